"""Text tables are aligned, whole on a pipe, and cut only to fit a terminal."""

import io
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.transfer import text
from lkjip_tui.transfer.printed import PrintedColumn, PrintedRow, PrintedTable

LINES = st.characters(exclude_categories=["Cs"], exclude_characters="\n")
TEXTS = st.text(LINES, max_size=30) | st.text("日本ab ", max_size=9)


def lines(table: PrintedTable, width: int | None = None) -> list[str]:
    """Return a table's lines as they are written."""
    out = io.StringIO()
    text.write(out, [table], width)
    return out.getvalue().split("\n")[:-1]


def test_a_table_is_laid_out_in_columns_with_groups_above() -> None:
    """Otherwise Target and Realisasi of two groups could not be told apart."""
    columns = [
        PrintedColumn("Uraian"),
        PrintedColumn("Target", "Kinerja", right=True),
        PrintedColumn("Capaian", "Kinerja", right=True),
        PrintedColumn("Alokasi", "Anggaran tahun ini", right=True),
    ]
    rows = [PrintedRow(["Program I", "81", "101,23", "4.349"]), PrintedRow(["II", "–", "–", "35"])]
    assert lines(PrintedTable("Tabel 3.6", columns, rows, ["Catatan."])) == [
        "Tabel 3.6",
        "",
        "           Kinerja          Anggaran tahun ini",
        "Uraian     Target  Capaian             Alokasi",
        "─────────  ──────  ───────  ──────────────────",
        "Program I      81   101,23               4.349",
        "II              –        –                  35",
        "",
        "Catatan.",
    ]


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_every_text_is_whole_where_no_terminal_reads(rows: list[tuple[str, str]]) -> None:
    """Otherwise `lkjip show | grep` would miss what was cut."""
    columns = [PrintedColumn("a"), PrintedColumn("b", right=True)]
    shown = lines(PrintedTable("", columns, [PrintedRow(row) for row in rows]))[2:]
    assert len(shown) == len(rows)
    for line, (one, two) in zip(shown, rows, strict=True):
        assert line.startswith(safe_text(one).rstrip())
        assert line.endswith(safe_text(two).rstrip())


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5), st.integers(45, 80))
def test_no_line_is_longer_than_the_terminal_while_texts_can_be_cut(
    rows: list[tuple[str, str]], width: int
) -> None:
    """Otherwise the lines would wrap into each other."""
    columns = [PrintedColumn("a"), PrintedColumn("b"), PrintedColumn("c", right=True)]
    table = PrintedTable("", columns, [PrintedRow([*row, "1.234"]) for row in rows])
    assert all(cell_len(line) <= width for line in lines(table, width))


def test_figures_are_never_cut() -> None:
    """Otherwise a rupiah amount would lose its last digits on a narrow terminal."""
    columns = [PrintedColumn("Uraian"), PrintedColumn("Anggaran", right=True)]
    row = PrintedRow(["Program " * 20, "4.349.483.103"])
    assert "…  4.349.483.103" in lines(PrintedTable("", columns, [row]), 40)[-1]


def test_a_text_of_several_lines_keeps_them() -> None:
    """Otherwise a passage, or the plan of a statement, could not be read."""
    columns = [PrintedColumn("a"), PrintedColumn("b", right=True)]
    row = PrintedRow(["one\ntwo\n\nthree", "1"])
    assert lines(PrintedTable("", columns, [row]))[2:] == ["one    1", "two", "", "three"]


def test_a_long_table_is_written_as_it_is_read() -> None:
    """Otherwise a million rows would have to fit into memory before the first is seen."""
    begun: list[int] = []
    out = io.StringIO()

    def rows() -> Iterator[PrintedRow]:
        for number in range(50_000):
            if out.tell() and not begun:
                begun.append(number)
            yield PrintedRow([f"row {number}"])

    text.write(out, [PrintedTable("", [PrintedColumn("a")], rows())])
    assert begun
    assert begun[0] < 5_000
    assert out.getvalue().endswith("row 49999\n")


def test_a_table_without_rows_still_shows_its_headings() -> None:
    """Otherwise an empty result would look like no answer."""
    assert lines(PrintedTable("T", [PrintedColumn("Uraian")], [])) == ["T", "", "Uraian", "──────"]
