"""What documents of a word processor are made of; heavy, so imported when one is written.

Owns the look of a document: its named styles, its pages and what a table is made of.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import groupby, islice, zip_longest
from typing import Final
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import CONTENT_TYPE
from docx.opc.part import PartFactory
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.parts.document import DocumentPart
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from lkjip_tui.core.errors import FileError, IsStopped
from lkjip_tui.core.figures.values import Kind, safe_text, show
from lkjip_tui.language import _
from lkjip_tui.transfer import word_layout
from lkjip_tui.transfer.files import StoppableRows
from lkjip_tui.transfer.printed import PrintedColumn, PrintedRow, PrintedTable
from lkjip_tui.transfer.word_layout import LEFT_MARGIN, MARGIN, PAPER, POINTS, STEP, Layout, padding

FONT: Final = "Times New Roman"
#: Word opens no table with more.
_MOST_COLUMNS: Final = 63
#: It holds 32,767, the headings' among them.
_MOST_ROWS: Final = 32_000
#: Rows that are made at once of a table's XML, and what ends it.
_PIECES, _END = 64, "</w:tbl>"
_TEXT_POINTS: Final = 12
NAMESPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PAGE_NUMBER: Final = (
    f'<w:fldSimple {NAMESPACE} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
)


class _Text(DocumentPart):
    """The text of a document, which becomes XML piece by piece.

    Where a long one becomes it at once, no other thread can do anything for a tenth of a second.
    """

    @property
    def blob(self) -> bytes:
        pieces = _Pieces()
        self.element.getroottree().write(pieces, encoding="UTF-8", standalone=True)
        return b"".join(pieces.written)


class _Pieces:
    """Keeps what is written; between two pieces, since this is Python's, other threads go on."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, piece: bytes) -> None:
        """Keep one more."""
        self.written.append(piece)


PartFactory.part_type_for[CONTENT_TYPE.WML_DOCUMENT_MAIN] = _Text


def blank() -> Document:
    """Return an empty A4 document with every style that a report needs."""
    return docx.Document(BytesIO(_blank()))


@cache
def _blank() -> bytes:
    """Return the file of such a document: to give it all its styles takes long."""
    document = docx.Document()
    _lay_paper(document.sections[0], turned=False)
    _style_texts(document)
    document.styles.element.append(parse_xml(_TABLE_STYLE))
    properties = document.core_properties
    properties.author = properties.comments = properties.title = ""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def turn(document: Document, *, turned: bool) -> None:
    """Let what follows stand on pages that are turned, or upright again."""
    section = document.sections[-1]
    width, height = section.page_width or 0, section.page_height or 0
    if (width > height) is turned:
        return
    if len(document.element.body) == 1:
        _lay_paper(section, turned=turned)  # nothing stands before it
        return
    new = document.add_section()
    _lay_paper(new, turned=turned)
    for numbers in new._sectPr.iter(qn("w:pgNumType")):  # noqa: SLF001 - no other way to it
        numbers.attrib.pop(qn("w:start"), None)


def number_pages(section: Section, style: str) -> None:
    """Let a section and those behind it bear page numbers in a style of Word's, from 1 on."""
    properties = section._sectPr  # noqa: SLF001 - no other way to it
    for former in properties.findall(qn("w:pgNumType")):
        properties.remove(former)
    margins = properties.find(qn("w:pgMar"))
    assert margins is not None  # noqa: S101 - `blank` laid them
    margins.addnext(parse_xml(f'<w:pgNumType {NAMESPACE} w:fmt="{style}" w:start="1"/>'))
    section.footer.is_linked_to_previous = False
    section.footer.paragraphs[0]._p.append(parse_xml(_PAGE_NUMBER))  # noqa: SLF001


def add_table(document: Document, table: PrintedTable, is_stopped: IsStopped = bool) -> None:
    """Add a table with its caption and notes, on a turned page when it is too wide.

    Raises FileError for one with more columns or rows than a word processor takes, Interrupted once
    it `is_stopped`.
    """
    if len(table.columns) > _MOST_COLUMNS:
        raise FileError(
            _("A table for a word processor has at most {most} columns, this one {count}.").format(
                most=_MOST_COLUMNS, count=len(table.columns)
            ),
            _("Choose fewer columns, or write it as csv, md or xlsx."),
        )
    rows = StoppableRows(islice(table.rows, _MOST_ROWS + 1), is_stopped)
    if len(rows) > _MOST_ROWS:
        raise FileError(
            _("A table for a word processor has at most {most} rows, this one more.").format(
                most=show(_MOST_ROWS, Kind.COUNT)
            ),
            _("Write it as CSV, which has no such limit."),
        )
    layout = word_layout.of_table(table, rows)
    turn(document, turned=layout.turned)
    if table.caption:
        document.add_paragraph(safe_text(table.caption), "Caption")
    body = document.element.body
    pieces = _table(table, rows, layout)
    body.insert(len(body) - 1, parse_xml(f"{next(pieces)}{_END}"))
    # To take over all rows of a long table at once takes ten times as long, in which no other
    # thread can do anything.
    while part := "".join(islice(pieces, _PIECES)):
        body[-2].extend(list(parse_xml(f"<w:tbl {NAMESPACE}>{part}{_END}")))
    for note in table.notes:
        document.add_paragraph(safe_text(note), "Catatan Tabel")
    if not table.notes:
        # Without a paragraph between them two tables would run into one.
        document.add_paragraph("", "Catatan Tabel")


def is_wide(table: PrintedTable) -> bool:
    """Say whether a table, whose rows are held, needs a turned page."""
    return word_layout.of_table(table, list(table.rows)).turned


def _table(table: PrintedTable, rows: Sequence[PrintedRow], layout: Layout) -> Iterator[str]:
    """Yield a table's XML without its end: what stands before the rows, then row by row.

    It is built as text, since long ones take minutes otherwise.
    """
    widths, size = layout.widths, _size(layout.points)
    margins = _margins(layout.points) if size else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield (
        f'<w:tbl {NAMESPACE}><w:tblPr><w:tblStyle w:val="TabelLKjIP"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/>{margins}<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )
    yield from _head(table.columns, widths, size)
    for row, next_row in zip_longest(rows, rows[1:]):
        cells = []
        for number, (column, text) in enumerate(zip(table.columns, row.cells, strict=True)):
            is_said_below = next_row is not None and not next_row.cells[number]
            style = "AngkaTabel" if column.right else "IsiTabel"
            indent = row.indent * STEP if number == table.trunk else 0
            # Cells that are one in print have no line between them. Merged ones make rows vanish
            # at a page's end in LibreOffice, and let nobody sort or move a row.
            edges = (column.once and not text, column.once and is_said_below)
            shape = _without_lines(*edges) if any(edges) else ""
            look = ("<w:b/><w:bCs/>" if row.strong else "") + size
            cells.append(_cell(text, style, widths[number], shape, look, indent=indent))
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _head(columns: Sequence[PrintedColumn], widths: Sequence[int], size: str) -> Iterator[str]:
    """Yield the heading rows, which every page repeats."""
    begin = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    grouped = any(column.group for column in columns)
    if grouped:
        cells, start = [], 0
        for name, members in groupby(columns, key=lambda column: column.group):
            count = len(list(members))
            spans = [(start, count)] if name else [(n, 1) for n in range(start, start + count)]
            for at, span in spans:
                text = name or columns[at].heading
                shape = f'<w:gridSpan w:val="{span}"/>' if name else '<w:vMerge w:val="restart"/>'
                width = sum(widths[at : at + span])
                cells.append(_cell(text, "KepalaTabel", width, shape, size))
            start += count
        yield f"{begin}{''.join(cells)}</w:tr>"
    cells = []
    for column, width in zip(columns, widths, strict=True):
        spanned = grouped and not column.group
        text, shape = ("", "<w:vMerge/>") if spanned else (column.heading, "")
        cells.append(_cell(text, "KepalaTabel", width, shape, size))
    yield f"{begin}{''.join(cells)}</w:tr>"


def _without_lines(above: bool, below: bool) -> str:  # noqa: FBT001
    lines = "".join(
        f'<w:{edge} w:val="nil"/>'
        for edge, is_gone in (("top", above), ("bottom", below))
        if is_gone
    )
    return f"<w:tcBorders>{lines}</w:tcBorders>"


def _cell(
    text: str, style: str, width: int, shape: str = "", look: str = "", *, indent: int = 0
) -> str:
    """Return a cell's XML; `look` is what its letters have beyond the paragraph's style."""
    indented = f'<w:ind w:left="{indent}"/>' if indent else ""
    looks = f"<w:rPr>{look}</w:rPr>" if look else ""
    lines = escape(safe_text(text, keep_newlines=True)).split("\n")
    run = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shape}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{indented}</w:pPr>'
        + (f"<w:r>{looks}{run}</w:r>" if text else "")
        + "</w:p></w:tc>"
    )


def _size(points: int) -> str:
    """Return the XML of a size of letters, nothing for that of the tables' styles."""
    return "" if points == POINTS else f'<w:sz w:val="{2 * points}"/>'


def _margins(points: int) -> str:
    """Return the XML of the room beside a table's texts."""
    side = padding(points) // 2
    sides = "".join(f'<w:{name} w:w="{side}" w:type="dxa"/>' for name in ("left", "right"))
    return f"<w:tblCellMar>{sides}</w:tblCellMar>"


def _lay_paper(section: Section, *, turned: bool) -> None:
    width, height = reversed(PAPER) if turned else PAPER
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = Mm(LEFT_MARGIN)
    section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)


def _style_texts(document: Document) -> None:
    """Give every kind of paragraph its named style: the user's to change, all of them at once."""
    styles = document.styles
    # name: points, bold, alignment, points before and after, kept with the next paragraph
    looks = {
        "Normal": (_TEXT_POINTS, False, ALIGN.LEFT, 0, 6, False),
        "Heading 1": (14, True, ALIGN.CENTER, 0, 18, True),
        "Heading 2": (_TEXT_POINTS, True, ALIGN.LEFT, 12, 6, True),
        "Heading 3": (_TEXT_POINTS, True, ALIGN.LEFT, 6, 6, True),
        "Heading 4": (_TEXT_POINTS, True, ALIGN.LEFT, 6, 6, True),
        "Caption": (11, True, ALIGN.CENTER, 12, 6, True),
        "Judul Laporan": (18, True, ALIGN.CENTER, 12, 12, False),
        "Judul Isi": (14, True, ALIGN.CENTER, 0, 18, True),
        "Paragraf": (_TEXT_POINTS, False, ALIGN.JUSTIFY, 0, 6, False),
        "Daftar": (_TEXT_POINTS, False, ALIGN.JUSTIFY, 0, 3, False),
        "Tanda Tangan": (_TEXT_POINTS, False, ALIGN.CENTER, 0, 0, True),
        "Gambar": (_TEXT_POINTS, False, ALIGN.CENTER, 6, 3, True),
        "Judul Gambar": (11, True, ALIGN.CENTER, 0, 12, False),
        "toc 1": (_TEXT_POINTS, True, ALIGN.LEFT, 6, 2, False),
        "toc 2": (_TEXT_POINTS, False, ALIGN.LEFT, 0, 2, False),
        "Isi Tabel": (POINTS, False, ALIGN.LEFT, 1, 1, False),
        "Angka Tabel": (POINTS, False, ALIGN.RIGHT, 1, 1, False),
        "Kepala Tabel": (POINTS, True, ALIGN.CENTER, 3, 3, True),
        "Catatan Tabel": (9, False, ALIGN.LEFT, 3, 3, False),
        "Footer": (_TEXT_POINTS, False, ALIGN.CENTER, 0, 0, False),
    }
    for name, (points, bold, alignment, before, after, kept) in looks.items():
        if name not in styles:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
        style: ParagraphStyle = styles[name]
        _use_font(style)
        style.font.size, style.font.bold, style.font.italic = Pt(points), bold, False
        form = style.paragraph_format
        form.alignment, form.keep_with_next = alignment, kept
        form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.0
    for name in ("Paragraf", "Daftar"):
        styles[name].paragraph_format.line_spacing = 1.3
    styles["Paragraf"].paragraph_format.first_line_indent = Mm(10)
    styles["Tanda Tangan"].paragraph_format.left_indent = Mm(80)
    styles["Heading 1"].paragraph_format.page_break_before = True
    for level in (1, 2):
        form = styles[f"toc {level}"].paragraph_format
        form.left_indent = Mm(8 * (level - 1))
        room = Mm(PAPER[0] - LEFT_MARGIN - MARGIN)
        form.tab_stops.add_tab_stop(room, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _use_font(style: ParagraphStyle) -> None:
    """Set a style's one font for all scripts, in black; a theme's would stand in the way."""
    style.font.name = FONT
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


_BORDERS: Final = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE_STYLE: Final = f"""
<w:style {NAMESPACE} w:type="table" w:customStyle="1" w:styleId="TabelLKjIP">
  <w:name w:val="Tabel LKjIP"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
  <w:tblPr>
    <w:tblBorders>{_BORDERS}</w:tblBorders>
    {_margins(POINTS)}
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:tblPr/><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/></w:tcPr>
  </w:tblStylePr>
</w:style>"""
