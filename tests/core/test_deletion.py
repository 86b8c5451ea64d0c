"""Rows of a sheet that are deleted: what goes with them, and what stays."""

from collections import Counter

import pytest

from lkjip_tui.core.acts import RowRemoved
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.core.workspace import Workspace
from tests.core.support import (
    YEAR,
    Facts,
    delete,
    facts_of,
    inside,
    numbers,
    put,
    row_of,
    rows_of,
    take_back,
)


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


def gone(before: Facts, after: Facts) -> dict[str, int]:
    """Return how many rows fewer each table has."""
    return {
        table: len(rows) - len(after[table])
        for table, rows in before.items()
        if len(rows) != len(after[table])
    }


def test_a_deletion_tells_what_it_takes_along(office: Workspace) -> None:
    """A whole program would go with one key, unasked."""
    before = facts_of(office)
    counts = delete(office, "activities", "program/1")
    assert counts["program"] == 1
    assert counts["activity"] == len([r for r in before["activity"] if r[1] == 1])
    assert counts["program_budget"] == 2
    assert counts["sub_activity"] > 10
    assert counts == gone(before, facts_of(office))
    assert "program/1" not in [row["row_key"] for row in rows_of(office, "activities")]
    office.undo()
    assert facts_of(office) == before


def test_looking_at_a_deletion_deletes_nothing(office: Workspace) -> None:
    """Asking would be doing."""
    newest = office.history(1)
    before = facts_of(office)
    office.deletion(office.find("activities"), [row_of(office, "activities", "program/1")], YEAR)
    assert facts_of(office) == before
    assert office.history(1) == newest


def test_what_other_years_hold_stays_there(office: Workspace) -> None:
    """Taking a program out of this year's agreement would take it out of all reports."""
    office.start_year(2022)
    before, shown = facts_of(office), rows_of(office, "activities", 2021)
    found = office.deletion(
        office.find("activities"), [row_of(office, "activities", "program/1", 2022)], 2022
    )
    assert found.stays_in_other_years
    office.apply(found)
    after = facts_of(office)
    assert set(gone(before, after)) == {"program_budget", "sub_activity_budget"}
    assert rows_of(office, "activities", 2021) == shown
    assert "program/1" not in [row["row_key"] for row in rows_of(office, "activities", 2022)]
    # Out of the last year that holds it, the thing itself goes.
    found = office.deletion(
        office.find("activities"), [row_of(office, "activities", "program/1")], YEAR
    )
    assert not found.stays_in_other_years
    office.apply(found)
    assert numbers(office, "program", "program_id = 1") == []
    office.undo()
    office.undo()
    assert facts_of(office) == before


def test_a_part_that_another_year_holds_keeps_its_whole(office: Workspace) -> None:
    """Last year's sub kegiatan would stand under no program."""
    office.start_year(2022)
    for row in rows_of(office, "activities", 2022):
        if row["level"] == 3 and row["program_id"] == 1 and row["sub_activity_id"] != 1:
            delete(office, "activities", row["row_key"], 2022)
    delete(office, "activities", "program/1", 2021)
    assert numbers(office, "program", "program_id = 1")
    assert numbers(office, "activity", "activity_id = 1")
    assert numbers(office, "activity", "activity_id = 2") == []
    keys = [row["row_key"] for row in rows_of(office, "activities", 2022)]
    assert {"program/1", "activity/1", "sub_activity/1"} <= set(keys)


def test_a_deleted_outcome_is_let_go_by_its_programs(fresh: Workspace) -> None:
    """A program would serve an indicator that does not exist."""
    before = facts_of(fresh)
    served = Counter(
        row[0]
        for row in inside(fresh).database.read(
            "select indicator_id from program_budget where indicator_id is not null"
        )
    )
    number = served.most_common(1)[0][0]
    database = inside(fresh).database
    with database.transaction() as transaction:
        # The strategic plan's last year would keep it, as it should.
        transaction.change("delete from indicator_target where fiscal_year <> 2021")
        transaction.change("delete from indicator_result where fiscal_year <> 2021")
    held = facts_of(fresh)
    found = fresh.deletion(
        fresh.find("indicators"), [row_of(fresh, "indicators", f"indicator/{number}")], YEAR
    )
    fresh.apply(found)
    assert (
        database.value("select count(*) from program_budget where indicator_id = ?", [number]) == 0
    )
    assert len(facts_of(fresh)["program_budget"]) == len(before["program_budget"])
    assert dict(found.counts)["indicator"] == 1
    assert found.loosened == (("program_budget", served[number]),)
    fresh.undo()
    assert facts_of(fresh) == held


def test_rows_that_were_chosen_together_go_in_one_act(office: Workspace) -> None:
    """A sub kegiatan chosen with its own kegiatan would be removed twice, and nothing be saved."""
    before = facts_of(office)
    chosen = ["sub_activity/5", "activity/1", "sub_activity/1", "program/3"]
    rows = [row_of(office, "activities", row_key) for row_key in chosen]
    counts = Counter[str]()
    for row_key in ("sub_activity/5", "activity/1", "program/3"):
        counts.update(delete(office, "activities", row_key))
    alone = facts_of(office)
    take_back(office)
    found = office.deletion(office.find("activities"), rows, YEAR)
    assert dict(found.counts) == counts
    office.apply(found)
    assert facts_of(office) == alone
    office.undo()
    assert facts_of(office) == before


def test_one_computed_row_among_the_chosen_keeps_all(office: Workspace) -> None:
    """Part of what was chosen would go, and nobody would know which."""
    before = facts_of(office)
    rows = [row_of(office, "activities", key) for key in ("sub_activity/1", "total")]
    with pytest.raises(EditRefused):
        office.deletion(office.find("activities"), rows, YEAR)
    assert facts_of(office) == before


def test_nothing_stored_is_nothing_to_delete(office: Workspace) -> None:
    """A deletion of nothing would stand in the history."""
    delete(office, "sheet.population", "population/2021")
    with pytest.raises(EditRefused):
        delete(office, "sheet.population", "population/2021")
    with pytest.raises(EditRefused):
        delete(office, "activities", "total")


def test_a_row_that_changed_since_it_was_looked_at_is_not_deleted(office: Workspace) -> None:
    """A figure typed elsewhere meanwhile would go unseen."""
    found = office.deletion(
        office.find("activities"), [row_of(office, "activities", "sub_activity/1")], YEAR
    )
    put(office, "activities", "sub_activity/1", "realization", "7")
    before = facts_of(office)
    with pytest.raises(EditRefused):
        office.apply(found)
    assert facts_of(office) == before
    assert any(isinstance(change, RowRemoved) for change in found.act.changes)
