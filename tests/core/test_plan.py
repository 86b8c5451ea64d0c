"""Texts for many cells become one act, and what cannot be is refused by itself."""

from contextlib import AbstractContextManager
from decimal import Decimal

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkjip_tui.core.acts import CellChange, RowMade
from lkjip_tui.core.changes.plan import CellText, Plan
from lkjip_tui.core.checks.proof import read_printed
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.core.figures.values import Kind
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.workspace import Workspace
from tests.core.support import (
    YEAR,
    digest_of,
    facts_of,
    inside,
    journal_of,
    put,
    rows_of,
    take_back,
    value_of,
)

PASTE = "paste"


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by one with each statement or transaction from now on."""
    found: list[str] = []
    cursors = Database._cursor  # noqa: SLF001 - each read and each transaction has one

    def counted(database: Database) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        found.append("")
        return cursors(database)

    monkeypatch.setattr(Database, "_cursor", counted)
    return found


def planned(
    workspace: Workspace,
    *texts: tuple[str, str, str],
    name: str = "activities",
    year: int = YEAR,
    typed: bool = False,
) -> Plan:
    """Return what (row_key, column, text) would do in a sheet."""
    query = workspace.find(name)
    rows = {row["row_key"]: row for row in rows_of(workspace, name, year)}
    entries = [
        CellText(rows[key], query.header.columns[column], text) for key, column, text in texts
    ]
    return workspace.plan(query, entries, PASTE, typed=typed)


def test_a_block_is_one_act_and_one_undo(office: Workspace) -> None:
    """After a paste that undoes cell by cell nobody knows where they are."""
    before, acts = digest_of(office), len({row[1] for row in journal_of(office)})
    found = planned(
        office,
        ("sub_activity/1", "realization", "4.000.000"),
        ("sub_activity/2", "realization", "9,000,000"),
        ("sub_activity/2", "name", "Evaluasi"),
    )
    assert not found.refused
    assert len(found.changed) == 3
    office.apply(found)
    assert value_of(office, "activities", "sub_activity/2", "realization") == 9_000_000
    assert len({row[1] for row in journal_of(office)}) == acts + 1
    office.undo()
    assert digest_of(office) == before


def test_what_cannot_be_is_refused_alone_and_says_why(office: Workspace) -> None:
    """One bad cell of thirty must neither stop the others nor slip in."""
    found = planned(
        office,
        ("sub_activity/1", "realization", ".393.066"),
        ("sub_activity/2", "realization", "9.000.000"),
        ("program/1", "realization", "1"),
    )
    assert [bool(outcome.refused) for outcome in found.outcomes] == [True, False, True]
    assert ".393.066" in found.refused[0].refused
    assert [type(change) for change in found.act.changes] == [CellChange]


def test_what_stands_there_already_changes_nothing(office: Workspace) -> None:
    """A paste of what is there would fill the history with nothing."""
    printed = office.cells(office.find("activities"))
    row = rows_of(office, "activities")[5]
    column = printed.query.header.columns["realization"]
    text = printed.text(column, row)
    found = planned(office, (row["row_key"], "realization", text))
    assert not found.changed
    assert not found.act.changes


def test_rows_that_are_not_stored_yet_are_made_once(fresh: Workspace) -> None:
    """Two figures of one row would make it twice, which the file refuses."""
    fresh.start_year(2022, YEAR)
    found = planned(
        fresh,
        ("sub_activity/1", "realization", "1.000"),
        ("sub_activity/1", "budget_revised", "2.000"),
        ("sub_activity/2", "budget_revised", "3.000"),
        year=2022,
    )
    assert not found.refused
    made = [change.key for change in found.act.changes if isinstance(change, RowMade)]
    assert len(made) == len(set(made)) > 0
    fresh.apply(found)
    held = {row["row_key"]: row for row in rows_of(fresh, "activities", 2022)}
    assert [held[f"sub_activity/{n}"]["budget_revised"] for n in (1, 2)] == [2_000, 3_000]
    assert held["total"]["realization"] == 1_000


def test_a_change_meanwhile_stops_the_whole_act(office: Workspace) -> None:
    """Half a paste over somebody's correction is worse than none."""
    found = planned(
        office,
        ("sub_activity/1", "realization", "4.000.000"),
        ("sub_activity/2", "realization", "9.000.000"),
    )
    put(office, "activities", "sub_activity/2", "realization", "8.000.000")
    before = digest_of(office)
    with pytest.raises(EditRefused, match=r"8\.000\.000"):
        office.apply(found)
    assert digest_of(office) == before


def test_a_column_is_put_in_few_statements(fresh: Workspace, asked: list[str]) -> None:
    """A column of a large office would be pasted for minutes."""
    fresh.start_year(2022, YEAR)
    keys = [r["row_key"] for r in rows_of(fresh, "activities", 2022) if r["sub_activity_id"]]
    asked.clear()
    found = planned(fresh, *((key, "realization", "1.234") for key in keys), year=2022)
    fresh.apply(found)
    assert len(keys) == 29
    assert len(asked) < 20, "statements may not grow with the cells"
    rows = rows_of(fresh, "activities", 2022)
    assert {r["realization"] for r in rows if r["sub_activity_id"]} == {1_234}


def test_printed_figures_are_read_again_in_few_statements(
    office: Workspace, asked: list[str]
) -> None:
    """A pasted report of some hundred figures would be looked at for minutes."""
    rows = rows_of(office, "printed_figures")
    first, second, *others = (row["row_key"] for row in rows if row["value"] is not None)
    texts = [(key, "printed", f"{number},5") for number, key in enumerate(others)]
    texts += [(first, "printed", "9" * 16), (second, "column_name", "name")]
    asked.clear()
    found = planned(office, *texts, name="printed_figures")
    assert len(asked) < 10, "statements may not grow with the cells"
    assert [outcome.entry.row["row_key"] for outcome in found.refused] == [first]
    assert len(found.changed) > 250
    office.apply(found)
    for printed, kind, value, places in inside(office).database.read(
        "select printed, kind, value, places from basis.proof where kind is not null"
    ):
        assert read_printed(printed, Kind(kind)) == (value, places), printed


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_block_touches_only_the_rows_it_names_and_is_taken_back_whole(
    data: st.DataObject, office: Workspace
) -> None:
    """What undo does not bring back is lost, and so is what changed beside the block."""
    before = facts_of(office)
    keys = st.sampled_from([row["row_key"] for row in rows_of(office, "activities")])
    columns = st.sampled_from(["budget_revised", "realization", "name", "number"])
    texts = ["", "0", "12", "1.250.000", "x", "=1", ".393.066", "7,5"]
    entries = st.lists(st.tuples(keys, columns, st.sampled_from(texts)), max_size=12)
    office.apply(found := planned(office, *data.draw(entries)))
    named = {(change.table, *dict(change.key).values()) for change in found.act.changes}
    keyed = {table: inside(office).facts.tables[table].key for table in before}
    for table, rows in facts_of(office).items():
        changed = set(rows) ^ set(before[table])
        assert {(table, *row[: len(keyed[table])]) for row in changed} <= named
    take_back(office)
    assert facts_of(office) == before


def test_figures_from_elsewhere_are_read_by_their_own_rules(office: Workspace) -> None:
    """What an Excel file of another country holds would have to be typed again."""
    rows = rows_of(office, "indicators")
    percent = next(row["row_key"] for row in rows if row["value_kind"] == "percent")
    text = (percent, "realization", "81.234")
    assert planned(office, text, name="indicators", typed=True).refused
    (outcome,) = planned(office, text, name="indicators").outcomes
    assert outcome.reading
    assert outcome.reading.value == Decimal("81.234")


def test_rows_that_are_not_there_are_made_with_their_texts(office: Workspace) -> None:
    """A pasted list would lose what is new in it, or need a key for each row."""
    query, before = office.find("services"), digest_of(office)
    rows = rows_of(office, "services")
    columns = query.header.columns
    texts = [("name", "Layanan baru"), ("target", "80"), ("realization", "75")]
    entries = [
        CellText({}, columns[name], text.replace("baru", f"baru {new}"), new=new)
        for new in (0, 1)
        for name, text in texts
    ]
    found = office.plan(query, entries, PASTE, typed=False, at=rows[-1])
    assert not found.refused
    office.apply(found)
    after = rows_of(office, "services")
    made = [row for row in after if str(row["name"]).startswith("Layanan baru")]
    assert [(row["name"], row["target"], row["realization"]) for row in made] == [
        ("Layanan baru 0", 80, 75),
        ("Layanan baru 1", 80, 75),
    ]
    assert len(after) == len(rows) + 2
    office.undo()
    assert digest_of(office) == before
