"""A printed table says what the report says, once where it says it once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkjip_tui.core.figures.values import NULL_SIGN
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import printed, records
from lkjip_tui.transfer.printed import PrintedRow, PrintedTable
from tests.core.support import inside, open_new_office

YEAR = 2021


def tables(example: Path, name: str) -> list[tuple[PrintedTable, list[PrintedRow]]]:
    """Return the printed tables of a view of the example, each with its rows."""
    with Workspace.open(example) as office:
        found = printed.of_query(office, office.find(name), YEAR)
        return [(table, list(table.rows)) for table in found]


def test_a_table_bears_its_number_its_caption_and_its_notes(example: Path) -> None:
    """Otherwise the caption would have to be typed into the report each year."""
    ((table, rows),) = tables(example, "achievement")
    assert table.caption == "Tabel 3.1 Pencapaian Kinerja Kecamatan Sooko Tahun 2021"
    assert [column.heading for column in table.columns] == [
        "No", "Sasaran", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian",
        "Predikat",
    ]  # fmt: skip
    assert table.notes
    assert rows[2].cells[-4:] == ["81%", "82%", "101,23%", "Sangat Tinggi"]


def test_a_table_in_parts_is_one_table_a_stage(example: Path) -> None:
    """Otherwise the agreement before and after its revision would run into one."""
    (first, before), (second, after) = tables(example, "performance_agreement")
    assert first.caption == "Perjanjian Kinerja Murni Kecamatan Sooko Tahun 2021"
    assert second.caption == "Perjanjian Kinerja Perubahan Kecamatan Sooko Tahun 2021"
    assert len(before) == len(after) == 6


def test_a_sasaran_is_printed_once_for_its_indicators(example: Path) -> None:
    """Otherwise the same sentence would fill the page."""
    ((_table, rows),) = tables(example, "achievement")
    assert [row.cells[0] for row in rows] == ["1", "", "2", "", "", ""]
    assert [bool(row.cells[1]) for row in rows] == [True, False, True, False, False, False]


def test_a_tree_tells_its_levels(example: Path) -> None:
    """Otherwise a subtotal would look like one more row."""
    ((table, rows),) = tables(example, "budget_summary")
    assert table.trunk == 1
    assert rows[-1].level == 0
    assert rows[-1].strong
    assert [row.indent for row in rows[:3]] == [0, 1, 2]
    assert {row.level for row in rows} == {0, 1, 2, 3}


def test_an_empty_table_is_printed_with_its_headings(tmp_path: Path) -> None:
    """Otherwise a new office's tables would look broken."""
    with open_new_office(tmp_path / "new.duckdb", "Kecamatan Baru", YEAR) as office:
        for name in ("performance_agreement", "achievement", "budget_summary"):
            (table,) = printed.of_query(office, office.find(name), YEAR)
            assert table.caption
            assert table.columns
            assert list(table.rows) == []


def test_a_statement_s_figures_stand_at_the_right(example: Path) -> None:
    """Otherwise a result's column of rupiah could not be compared by eye."""
    with Workspace.open(example) as office:
        stream = office.console.stream(
            "select 'a' as t, 1::bigint as b, 1.5::decimal(9, 2) as d, null as n"
        )
        table = printed.of_records("", records.of_stream(stream))
        assert [column.right for column in table.columns][:3] == [False, True, True]
        assert [list(row.cells) for row in table.rows] == [["a", "1", "1.5", NULL_SIGN]]


@pytest.fixture(scope="module")
def repeating(
    _built_example: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """Open an office with a table that shows what stands in `given`, twice in columns `once`."""
    folder = tmp_path_factory.mktemp("repeating")
    table = folder / "queries" / "tables" / "repeating.sql"
    table.parent.mkdir(parents=True)
    with Workspace.open(shutil.copyfile(_built_example, folder / "sooko.duckdb")) as office:
        with inside(office).database.transaction() as transaction:
            transaction.run("create table given (row_key text, a text, b text, c text)")
        table.write_text(
            '-- order: row_key\n-- column a: text "A" once\n-- column b: text "B" once\n'
            f'-- column c: text "C"\nselect {YEAR} as fiscal_year, g.* from given as g',
            "utf-8",
        )
        assert office.read_queries() == []
        yield office


@settings(deadline=None)
@given(rows=st.lists(st.tuples(*[st.sampled_from(["x", "y", None])] * 3), max_size=12))
def test_what_is_printed_once_can_be_filled_in_again(
    repeating: Workspace, rows: list[tuple[str | None, str | None, str | None]]
) -> None:
    """Otherwise a reader could not tell whose indicator a row is."""
    with inside(repeating).database.transaction() as transaction:
        transaction.run("delete from given")
        for number, row in enumerate([("first", "first", "first"), *rows]):
            transaction.change("insert into given values (?, ?, ?, ?)", [f"r{number:02}", *row])
    (printed_table,) = printed.of_query(repeating, repeating.find("repeating"), YEAR)
    shown = [tuple(row.cells) for row in printed_table.rows][1:]
    above = ("first", "first", "first")
    for cells, row in zip(shown, rows, strict=True):
        expected = tuple(NULL_SIGN if value is None else value for value in row)
        assert tuple(text or above[n] for n, text in enumerate(cells)) == expected
        if expected[:2] == above[:2] and NULL_SIGN not in expected[:2]:
            assert cells[:2] == ("", "")
        if not cells[1]:
            assert not cells[0]
        above = (expected[0], expected[1], expected[2])


def test_a_view_that_declares_no_column_is_shown_and_exported_whole(example: Path) -> None:
    """A user's first query would show an empty sheet."""
    table = example.parent / "queries" / "tables" / "bare.sql"
    table.parent.mkdir(parents=True, exist_ok=True)
    table.write_text(
        "select 2021 as fiscal_year, 'a' as row_key, 1250.5 as amount, true as done,"
        " date '2021-12-31' as day, [1, 2] as list",
        "utf-8",
    )
    with Workspace.open(example) as office:
        query = office.find("bare")
        names = ["fiscal_year", "row_key", "amount", "done", "day", "list"]
        assert [column.name for column in office.cells(query).shown] == names
        (shown,) = printed.of_query(office, query, YEAR)
        assert [column.heading for column in shown.columns] == names
        cells = ["2021", "a", "1.250,5", "Ya", "2021-12-31", "[1, 2]"]
        assert [list(row.cells) for row in shown.rows] == [cells]
        assert records.of_query(office, query, YEAR).columns == tuple(names)
        assert list(printed.headings(office.cells(query), office.names(YEAR))) == names
