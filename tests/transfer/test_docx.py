"""Tables of a word processor: what stands in them, and how they lie on their pages."""

import io
from collections.abc import Sequence
from itertools import count, pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st

from lkjip_tui.core.errors import FileError
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import docx, printed
from lkjip_tui.transfer.printed import PrintedColumn, PrintedRow, PrintedTable


def opened(*tables: PrintedTable) -> Opened:
    """Return the document that the tables make, read again."""
    out = io.BytesIO()
    docx.write(out, tables)
    return Document(io.BytesIO(out.getvalue()))


def of_example(example: Path, name: str, kind: str = "report") -> Opened:
    """Return the document of one table or sheet of the example."""
    with Workspace.open(example) as office:
        query = office.find(f"{kind}.{name}")
        return opened(*printed.of_query(office, query, 2021))


def texts(table: Table) -> Sequence[Sequence[str]]:
    """Return a table's cells, a merged one in each place that it takes."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_table_can_be_edited_as_a_table_with_its_caption_and_its_notes(example: Path) -> None:
    """Otherwise an office would have to draw the table once more."""
    document = of_example(example, "program_absorption")
    (table,) = document.tables
    assert texts(table)[0] == [
        "No", "Program", "Jumlah Anggaran", "Realisasi Penyerapan Anggaran", "%",
    ]  # fmt: skip
    assert texts(table)[1][2:] == ["4.349.483.103", "2.939.652.444", "67,59"]
    caption, note = (each for each in document.paragraphs if each.text)
    assert caption.text.startswith("Tabel 3.9 ")
    assert caption.style is not None
    assert caption.style.name == "Caption"
    assert note.text.startswith("Jumlah anggaran dan realisasi")


def test_a_heading_over_several_columns_is_one_cell(example: Path) -> None:
    """Otherwise nobody could tell the three achievements from the three realizations."""
    (table,) = of_example(example, "yearly_comparison").tables
    groups, headings, *_rows = texts(table)
    assert groups[3:6] == ["Realisasi"] * 3
    assert headings[3:6] == ["Th. 2019", "Th. 2020", "Th. 2021"]
    assert groups[0] == headings[0] == "Sasaran Strategis"


def test_headings_are_repeated_and_rows_stay_whole(example: Path) -> None:
    """Otherwise a table's second page would be figures without a name."""
    (table,) = of_example(example, "budget_summary").tables
    rows = table._tbl.tr_lst  # noqa: SLF001 - the library shows no such thing
    assert next(rows[0].iter(qn("w:tblHeader")), None) is not None
    assert all(next(row.iter(qn("w:cantSplit")), None) is not None for row in rows)


def test_figures_stand_at_the_right_and_a_tree_is_indented(example: Path) -> None:
    """Otherwise sums could not be read down a column, nor the parts of a program seen."""
    (table,) = of_example(example, "budget_summary").tables
    program, activity, part = (table.rows[n].cells for n in (1, 2, 3))
    assert [cells[2].paragraphs[0].style.name for cells in (program, part)] == ["Angka Tabel"] * 2
    assert program[1].paragraphs[0].runs[0].bold
    assert not part[1].paragraphs[0].runs[0].bold
    indents = [
        cells[1].paragraphs[0].paragraph_format.left_indent or 0
        for cells in (program, activity, part)
    ]
    assert all(above < below for above, below in pairwise(indents))


def test_a_table_too_wide_for_the_page_turns_it(example: Path) -> None:
    """Otherwise thirteen columns would stand in the room of five."""
    upright = of_example(example, "program_absorption").sections
    turned = of_example(example, "quarterly_plan").sections
    assert [section.orientation for section in upright] == [WD_ORIENT.PORTRAIT]
    assert [section.orientation for section in turned] == [WD_ORIENT.LANDSCAPE]


def test_long_names_of_indicators_alone_turn_no_page(example: Path) -> None:
    """Otherwise the report would change its paper's direction from table to table."""
    for name in ("achievement", "yearly_comparison"):
        assert [s.orientation for s in of_example(example, name).sections] == [WD_ORIENT.PORTRAIT]


def test_a_table_too_wide_for_a_turned_page_has_smaller_letters(example: Path) -> None:
    """Otherwise its words would be cut into pieces of three letters."""
    sizes = {
        run.font.size.pt
        for cell in of_example(example, "indicators", "sheet").tables[0].rows[0].cells
        for run in cell.paragraphs[0].runs
        if run.font.size
    }
    assert sizes == {6.0}


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=2, max_size=2))
def test_any_text_is_one_that_a_word_processor_opens(cells: list[str]) -> None:
    """Otherwise one odd character would spoil the whole report."""
    columns = [PrintedColumn(cells[0], group=cells[1]), PrintedColumn("B", right=True)]
    rows = [PrintedRow(cells, 1), PrintedRow(cells, 3)]
    (table,) = opened(PrintedTable(cells[0], columns, rows, cells, trunk=0)).tables
    assert len(table.rows) >= 3


def test_columns_never_are_wider_than_the_page() -> None:
    """Otherwise the last figures would lie beyond the paper's edge."""
    word = "x" * 300
    table = PrintedTable("", [PrintedColumn(word)] * 20, [PrintedRow([word] * 20)])
    document = opened(table)
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    assert sum(column.width for column in document.tables[0].columns) <= room


def test_a_long_table_has_every_row_once_and_in_order() -> None:
    """Its rows are made some at a time: else the screen would stand still until all are."""
    rows = [PrintedRow([str(number)]) for number in range(200)]
    (table,) = opened(PrintedTable("", [PrintedColumn("n", right=True)], rows)).tables
    cells = [cell.text for cell in table._cells]  # noqa: SLF001 - asked row by row it takes seconds
    assert cells == ["n", *map(str, range(200))]


def test_more_columns_than_word_opens_are_refused() -> None:
    """Otherwise Word would call the file damaged."""
    table = PrintedTable("", [PrintedColumn("A")] * 64, [])
    with pytest.raises(FileError, match="63"):
        opened(table)


def test_more_rows_than_word_opens_are_refused_without_reading_them_all() -> None:
    """A result of millions of rows would fill the memory, and nobody could stop it."""
    columns = [PrintedColumn("A")]
    rows = (PrintedRow([str(number)]) for number in count())
    with pytest.raises(FileError, match=r"32\.000"):
        opened(PrintedTable("", columns, rows))
