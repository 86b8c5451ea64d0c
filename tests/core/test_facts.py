"""Facts as text and back, and what a column can hold."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui import paths
from lkjip_tui.core.errors import InputRefused, QueryError
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.storage.facts import FactColumn, encode, matching
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.system import sync_folder
from tests.core.support import facts_of, inside, rows_of

TYPES = {
    "BIGINT": st.integers(-(10**18) + 1, 10**18 - 1),
    "INTEGER": st.integers(-(10**9) + 1, 10**9 - 1),
    "TINYINT": st.integers(-99, 99),
    "DECIMAL(18,4)": st.decimals(-(10**14) + 1, 10**14 - 1, places=4),
    "DECIMAL(9,2)": st.decimals(-(10**7) + 1, 10**7 - 1, places=2),
    "BOOLEAN": st.booleans(),
    "VARCHAR": st.text(st.characters(exclude_categories=["Cs"])),
}


def test_every_type_of_the_schema_is_tried_here(office: Workspace) -> None:
    """A new type of column would go through the journal untested."""
    used = {
        c.type for table in inside(office).facts.tables.values() for c in table.columns.values()
    }
    assert used <= {*TYPES, "DECIMAL(12,2)", "DECIMAL(12,4)"}


@pytest.mark.parametrize("kind", TYPES)
def test_a_fact_read_back_from_its_text_is_the_same(kind: str, office: Workspace) -> None:
    """An undo would put back another figure than there was."""
    table, column = next(
        (table.name, column.name)
        for table in inside(office).facts.tables.values()
        for column in table.columns.values()
        if column.type == kind
    )

    @given(st.none() | TYPES[kind])
    def law(value: Value) -> None:
        text = encode(value)
        assert inside(office).facts.decode(table, column, text) == value
        (stored,) = inside(office).database.read(f"select cast(? as {kind})", [value])[0]
        assert encode(stored) == text

    law()


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("BIGINT", [0, -5, Decimal(7), Decimal("7.00"), 10**18 - 1], [Decimal("7.5"), 10**18]),
        ("TINYINT", [4], [128, 100]),
        ("DECIMAL(9,2)", [1, Decimal("12.30"), Decimal("12.3000")], [Decimal("1.005"), 10**7]),
        ("BOOLEAN", [True, False], [1, 0, "true"]),
        ("VARCHAR", ["", "5"], [5, True, Decimal(5)]),
        ("INTEGER", [5], ["5", True]),
        ("DECIMAL(18,4)", [Decimal("0.0001")], [Decimal("0.00001"), "x", True]),
    ],
)
def test_what_would_be_rounded_or_converted_is_refused(
    kind: str, good: list[Value], bad: list[Value]
) -> None:
    """The file would hold another value than was typed, and nobody would know."""
    column = FactColumn("c", kind, in_key=False, required=False, default=None)
    column.require_fitting(None)
    for value in good:
        column.require_fitting(value)
    for value in bad:
        with pytest.raises(InputRefused):
            column.require_fitting(value)
    with pytest.raises(InputRefused):
        FactColumn("c", kind, in_key=False, required=True, default=None).require_fitting(None)


def test_only_tables_of_ours_hold_facts(office: Workspace) -> None:
    """Deleting a program would take rows of a table that somebody else keeps in the file."""
    with inside(office).database.transaction() as transaction:
        transaction.run("create table note (program_id integer primary key, body varchar)")
        transaction.change("insert into note values (1, 'mine')")
    path = office.path
    office.close()
    with Workspace.open(path) as again:
        assert "note" not in inside(again).facts.tables
        assert {"journal", "migration", "workbook"}.isdisjoint(inside(again).facts.tables)
        query = again.find("sheet.programs")
        row = rows_of(again, "sheet.programs")[0]
        again.apply(again.deletion(query, [row], 2021))
        assert inside(again).database.read("from note") == [(1, "mine")]


def test_entities_and_figures_are_told_apart_by_their_keys(office: Workspace) -> None:
    """A deletion would not know a thing from a figure about it."""
    tables = inside(office).facts.tables
    assert tables["program"].id_column == "program_id"
    assert tables["program_budget"].id_column is None
    assert tables["program_budget"].key == ("program_id", "fiscal_year", "stage")
    assert tables["office"].id_column == "office_id"


def test_ids_are_never_given_twice(office: Workspace) -> None:
    """A new program would inherit the history of a deleted one."""
    first = inside(office).facts.new_ids(3)
    path = office.path
    office.close()
    with Workspace.open(path) as again:
        second = inside(again).facts.new_ids(2)
        assert len({*first, *second}) == 5
        assert min(second) > max(first)
        assert inside(again).facts.new_ids(0) == []
        used = inside(again).database.read("select max(section_id) from section")
        assert min(first) > used[0][0]


def test_a_condition_binds_its_values() -> None:
    """A name with an apostrophe would end a statement."""
    assert matching(()) == ("true", [])
    assert matching((("a", 1), ("b", "it's"))) == ("a = ? and b = ?", [1, "it's"])


def test_a_key_that_selects_nothing_is_no_error(office: Workspace) -> None:
    """A figure that nobody has filled yet could not be shown."""
    key = (("program_id", 99), ("fiscal_year", 2021), ("stage", "initial"))
    assert inside(office).facts.stored("program_budget", key, "amount") == (False, None)
    with pytest.raises(QueryError):
        inside(office).facts.stored("program_budget", key, "no_such_column")


def test_the_example_is_in_the_file_as_it_stands_in_its_csv(office: Workspace) -> None:
    """A figure would change on its way from the transcript into the file."""
    held = facts_of(office)
    for file in [*paths.example_folder().glob("*.csv"), *paths.reference_folder().glob("*.csv")]:
        with file.open(encoding="utf-8", newline="") as lines:
            names, *rows = csv.reader(lines)
        columns = list(inside(office).facts.tables[file.stem].columns)
        assert len(held[file.stem]) == len(rows)
        for row in rows:
            fact = tuple(
                inside(office).facts.decode(file.stem, name, text or None)
                for name, text in zip(names, row, strict=True)
            )
            whole = dict(zip(names, fact, strict=True))
            assert any(
                all(stored[columns.index(name)] == value for name, value in whole.items())
                for stored in held[file.stem]
            ), (file.stem, whole)


def test_where_files_ship_they_are(tmp_path: Path) -> None:
    """The installed program would not find its own queries."""
    assert (paths.queries_folder() / "schema").is_dir()
    assert (paths.example_folder() / "office.csv").is_file()
    assert (paths.reference_folder() / "scale_class.csv").is_file()
    assert (paths.templates_folder() / "kecamatan" / "section.csv").is_file()
    sync_folder(tmp_path)
