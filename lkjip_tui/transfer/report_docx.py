"""A report as a document of a word processor; heavy, so imported when one is written."""

import io
from collections.abc import Mapping, Sequence
from itertools import count, takewhile
from typing import BinaryIO, Final
from xml.sax.saxutils import escape

from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Inches, Mm, Pt
from docx.text.paragraph import Paragraph

from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.transfer import chart_pictures, passages, word
from lkjip_tui.transfer.charts import Chart
from lkjip_tui.transfer.passages import Text
from lkjip_tui.transfer.printed import PrintedTable
from lkjip_tui.transfer.report_blocks import CONTENTS_DEPTH, Block, Heading, Report, Signed, Words

_CONTENTS: Final = "DAFTAR ISI"
#: How far each depth of a list stands to the right, in millimetres.
_STEP: Final = 8
#: Points above the name in which the head signs.
_TO_SIGN: Final = 60


def write(out: BinaryIO, report: Report, pictures: Mapping[str, bytes]) -> None:
    """Write a report; `pictures` are its charts as PNG by their views' names."""
    document = word.blank()
    for number, line in enumerate(report.title):
        paragraph = document.add_paragraph(safe_text(line), "Judul Laporan")
        if number == 0:
            paragraph.paragraph_format.space_before = Pt(160)
    writer = _Writer(document, pictures)
    word.number_pages(document.add_section(), "lowerRoman")
    writer.add(report.front)
    writer.add_contents(report)
    word.number_pages(document.add_section(), "decimal")
    writer.add(report.body)
    document.core_properties.title = safe_text(" ".join(report.title))
    document.save(out)


class _Writer:
    """Puts blocks into a document; its headings are counted, so that contents lead to them."""

    def __init__(self, document: Document, pictures: Mapping[str, bytes]) -> None:
        self._document, self._pictures = document, pictures
        self._numbers = count(1)

    def add(self, blocks: Sequence[Block]) -> None:
        """Add blocks beneath each other."""
        for number, block in enumerate(blocks):
            if isinstance(block, PrintedTable):
                word.add_table(self._document, block)
                continue
            word.turn(self._document, turned=_is_over_wide_table(blocks[number:]))
            match block:
                case Heading():
                    self._add_heading(block)
                case Words():
                    self._add_words(block)
                case Signed():
                    self._add_signature(block)
                case Chart():
                    self._add_chart(block)

    def add_contents(self, report: Report) -> None:
        """Add the list of contents: Word's own field, filled in already.

        On which page a heading stands only Word knows, so it asks on opening whether to update.
        """
        compatibility = self._document.settings.element.find(qn("w:compat"))
        assert compatibility is not None  # noqa: S101 - the library's template has it
        compatibility.addprevious(parse_xml(f'<w:updateFields {word.NAMESPACE} w:val="true"/>'))
        word.turn(self._document, turned=False)
        title = self._document.add_paragraph(_CONTENTS, "Judul Isi")
        title.paragraph_format.page_break_before = True
        blocks = (*report.front, *report.body)
        paragraph = None
        for number, heading in enumerate((b for b in blocks if isinstance(b, Heading)), 1):
            if heading.level > CONTENTS_DEPTH:
                continue
            style = f"toc {heading.level}"
            is_first, paragraph = paragraph is None, self._document.add_paragraph("", style)
            begin = _FIELD.format(f'TOC \\o "1-{CONTENTS_DEPTH}" \\h \\z \\u') if is_first else ""
            _append(paragraph, begin + _entry(heading, _bookmark(number)))
        if paragraph is not None:
            _append(paragraph, _FIELD_END)

    def _add_heading(self, heading: Heading) -> None:
        paragraph = self._document.add_paragraph("", f"Heading {heading.level}")
        number = next(self._numbers)
        _append(paragraph, f'<w:bookmarkStart w:id="{number}" w:name="{_bookmark(number)}"/>')
        if heading.mark:
            run = paragraph.add_run(safe_text(heading.mark))
            if heading.level == 1:
                run.add_break()
            else:
                run.add_text(" ")
        _add_text(paragraph, heading.text)
        _append(paragraph, f'<w:bookmarkEnd w:id="{number}"/>')

    def _add_words(self, words: Words) -> None:
        paragraph = self._document.add_paragraph("", "Daftar" if words.mark else "Paragraf")
        if words.mark:
            form = paragraph.paragraph_format
            form.left_indent, form.first_line_indent = Mm(_STEP * (words.depth + 1)), Mm(-_STEP)
            paragraph.add_run(f"{safe_text(words.mark)}\t")
        _add_text(paragraph, words.text)

    def _add_signature(self, signed: Signed) -> None:
        for number, line in enumerate(signed.lines):
            paragraph = self._document.add_paragraph("", "Tanda Tangan")
            _add_text(paragraph, line)
            if number == 0:
                paragraph.paragraph_format.space_before = Pt(24)
            if number == signed.name:
                paragraph.paragraph_format.space_before = Pt(_TO_SIGN)
                for run in paragraph.runs:
                    run.bold = run.underline = True

    def _add_chart(self, chart: Chart) -> None:
        picture = self._document.add_paragraph("", "Gambar")
        stream = io.BytesIO(self._pictures[chart.name])
        shape = picture.add_run().add_picture(stream, width=Inches(chart_pictures.WIDTH))
        caption = safe_text(chart.caption)
        shape._inline.docPr.set("descr", caption)  # noqa: SLF001 - no other way to it
        self._document.add_paragraph(caption, "Judul Gambar")


def _is_over_wide_table(blocks: Sequence[Block]) -> bool:
    """Say whether the first block is a heading right above a wide table, whose page it shares."""
    headings = list(takewhile(lambda block: isinstance(block, Heading), blocks))
    below = blocks[len(headings)] if headings and len(headings) < len(blocks) else None
    return isinstance(below, PrintedTable) and word.is_wide(below)


def _add_text(paragraph: Paragraph, text: Text) -> None:
    for piece in text:
        run = paragraph.add_run(safe_text(piece.text))
        if piece.broken:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _entry(heading: Heading, bookmark: str) -> str:
    """Return the XML of a line of the contents, without its page."""
    text = f"{heading.mark} {passages.plain(heading.text)}".strip()
    return (
        f'<w:hyperlink w:anchor="{bookmark}" w:history="1">'
        f'<w:r><w:t xml:space="preserve">{escape(safe_text(text))}</w:t></w:r></w:hyperlink>'
    )


def _bookmark(number: int) -> str:
    return f"_Toc{number:06}"


def _append(paragraph: Paragraph, xml: str) -> None:
    """Append pieces of XML to a paragraph."""
    pieces = parse_xml(f"<w:p {word.NAMESPACE}>{xml}</w:p>")
    for piece in list(pieces):
        paragraph._p.append(piece)  # noqa: SLF001 - no other way to it


_FIELD: Final = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_FIELD_END: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
