"""A printed table says what the report says, once where it says it once."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.core.header import Column, Words
from lkjip_tui.core.values import NULL_SIGN, Kind
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import printed, records
from lkjip_tui.transfer.printed import PrintedRow, PrintedTable

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
    with Workspace.create(tmp_path / "new.duckdb", "Kecamatan Baru", YEAR) as office:
        for name in ("performance_agreement", "achievement", "budget_summary"):
            (table,) = printed.of_query(office, office.find(name), YEAR)
            assert table.caption
            assert table.columns
            assert list(table.rows) == []


def test_a_statement_s_figures_stand_at_the_right(example: Path) -> None:
    """Otherwise a result's column of rupiah could not be compared by eye."""
    with Workspace.open(example) as office:
        stream = office.sql("select 'a' as t, 1::bigint as b, 1.5::decimal(9, 2) as d, null as n")
        table = printed.of_records("", records.of_stream(stream))
        assert [column.right for column in table.columns][:3] == [False, True, True]
        assert [list(row.cells) for row in table.rows] == [["a", "1", "1.5", NULL_SIGN]]


@given(st.lists(st.tuples(*[st.sampled_from(["x", "y", NULL_SIGN])] * 3), max_size=12))
def test_what_is_printed_once_can_be_filled_in_again(rows: list[tuple[str, str, str]]) -> None:
    """Otherwise a reader could not tell whose indicator a row is."""
    columns = [
        Column(name, Kind.TEXT, None, Words(name), once=name != "c") for name in ("a", "b", "c")
    ]
    shown = list(printed.without_repeats(columns, [PrintedRow(row) for row in rows]))
    above: tuple[str, ...] = ()
    for row, expected in zip(shown, rows, strict=True):
        filled = tuple(text or above[number] for number, text in enumerate(row.cells))
        assert filled == expected
        if above and expected[:2] == above[:2] and NULL_SIGN not in expected[:2]:
            assert list(row.cells[:2]) == ["", ""]
        if not row.cells[1]:
            assert not row.cells[0]
        above = filled
