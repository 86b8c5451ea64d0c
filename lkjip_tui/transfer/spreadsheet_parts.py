"""The XML of a spreadsheet's file around its rows: how it looks and prints, and what it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

#: What XML cannot hold as it is, and what a spreadsheet would take for an escape of its own.
_HARD: Final = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_": "_x005F_"}

_PROLOGUE: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_PACKAGE_TYPE: Final = "application/vnd.openxmlformats-package"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_FONT: Final = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
_SHADE: Final = "FFE7E6E6"
#: Formats of one's own are numbered from here.
_FIRST_FORMAT: Final = 164
_A4: Final = 9


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks.

    `number` is a format code with US marks, which each reader shows with their own; `edges` are
    those that have a line: l, r, t, b.
    """

    number: str = "General"
    align: str = "general"
    bold: bool = False
    wrap: bool = False
    indent: int = 0
    edges: str = ""
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """How a sheet is shown and printed.

    `widths` are those of its columns, in characters; the first `hidden` columns are not shown.
    The rows up to `fixed` stay while the others move, and those from `repeated` on stand on
    every printed page, too. `footer` is what each page has at its foot beside its number.
    """

    widths: Sequence[float]
    hidden: int
    repeated: int
    fixed: int
    landscape: bool = False
    footer: str = ""


def escaped(value: str) -> str:
    """Return a text as XML and spreadsheets read it back."""
    return _HARD.sub(lambda found: _harmless(found[0]), value)


def cell_name(row: int, column: int) -> str:
    """Return a cell's name, as `C5`; rows and columns are counted from 1."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def sheet_head(page: Page) -> str:
    """Return what stands before a sheet's rows."""
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width:g}" customWidth="1"'
        f' hidden="{int(number <= page.hidden)}"/>'
        for number, width in enumerate(page.widths, 1)
    )
    below = cell_name(page.fixed + 1, 1)
    return (
        f'{_PROLOGUE}<worksheet xmlns="{_MAIN}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{page.fixed}" topLeftCell="{below}" activePane="bottomLeft"'
        ' state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
    )


def sheet_end(page: Page, merged: Sequence[str]) -> str:
    """Return what stands behind a sheet's rows."""
    cells = f'<mergeCells count="{len(merged)}">{"".join(merged)}</mergeCells>' if merged else ""
    footer = _on_one_line(page.footer.replace("&", "&&"))
    return (
        f"</sheetData>{cells}"
        '<pageMargins left="0.6" right="0.6" top="0.7" bottom="0.7" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="{_A4}"'
        f' orientation="{"landscape" if page.landscape else "portrait"}" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>&amp;L&amp;8 {footer}&amp;R&amp;8 &amp;P / &amp;N</oddFooter>"
        "</headerFooter></worksheet>"
    )


def around(
    sheets: Mapping[str, Page], styles: Sequence[Style], title: str, about: str
) -> Mapping[str, str]:
    """Return the parts of a file beside its sheets, by their names in it."""
    files = [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    types = {
        "xl/workbook.xml": f"{_SHEET_TYPE}.sheet.main+xml",
        "xl/styles.xml": f"{_SHEET_TYPE}.styles+xml",
        "docProps/core.xml": f"{_PACKAGE_TYPE}.core-properties+xml",
        **{f"xl/{file}": f"{_SHEET_TYPE}.worksheet+xml" for file in files},
    }
    listed = "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in types.items())
    return {
        "[Content_Types].xml": (
            f'{_PROLOGUE}<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="{_PACKAGE_TYPE}.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
        ),
        "_rels/.rels": _relations(
            [
                (f"{_RELATION}/officeDocument", "xl/workbook.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": (
            f'{_PROLOGUE}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{_on_one_line(title)}</dc:title>"
            f"<dc:description>{_on_one_line(about)}</dc:description></cp:coreProperties>"
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *((f"{_RELATION}/worksheet", file) for file in files),
                (f"{_RELATION}/styles", "styles.xml"),
            ]
        ),
        "xl/workbook.xml": _workbook(sheets),
        "xl/styles.xml": _styles(styles),
    }


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_PROLOGUE}<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _workbook(sheets: Mapping[str, Page]) -> str:
    listed = titles = ""
    for number, (name, page) in enumerate(sheets.items()):
        words = _on_one_line(name)
        listed += f'<sheet name="{words}" sheetId="{number + 1}" r:id="rId{number + 1}"/>'
        rows = f"'{words.replace(chr(39), chr(39) * 2)}'!${page.repeated}:${page.fixed}"
        titles += (
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">{rows}</definedName>'
        )
    return (
        f'{_PROLOGUE}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}">'
        f"<bookViews><workbookView/></bookViews><sheets>{listed}</sheets>"
        f"<definedNames>{titles}</definedNames></workbook>"
    )


def _styles(styles: Sequence[Style]) -> str:
    codes = list(dict.fromkeys(style.number for style in styles))
    edges = list(dict.fromkeys(style.edges for style in styles))
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{_on_one_line(code)}"/>'
        for number, code in enumerate(codes, _FIRST_FORMAT)
    )
    looks = "".join(_look(style, codes, edges) for style in styles)
    return (
        f'{_PROLOGUE}<styleSheet xmlns="{_MAIN}">'
        f'<numFmts count="{len(codes)}">{formats}</numFmts>'
        f'<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
        f'<fgColor rgb="{_SHADE}"/><bgColor indexed="64"/></patternFill></fill></fills>'
        f'<borders count="{len(edges)}">{"".join(map(_border, edges))}</borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(styles)}">{looks}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _border(edges: str) -> str:
    lines = "".join(
        f'<{side} style="thin"><color auto="1"/></{side}>' if side[0] in edges else f"<{side}/>"
        for side in ("left", "right", "top", "bottom")
    )
    return f"<border>{lines}<diagonal/></border>"


def _look(style: Style, codes: Sequence[str], edges: Sequence[str]) -> str:
    number = 0 if style.number == "General" else _FIRST_FORMAT + codes.index(style.number)
    return (
        f'<xf numFmtId="{number}" fontId="{int(style.bold)}" fillId="{2 * style.shaded}"'
        f' borderId="{edges.index(style.edges)}" xfId="0" applyNumberFormat="1" applyFont="1"'
        ' applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment horizontal="{style.align}"'
        f' vertical="{"center" if style.shaded else "top"}"'
        f' wrapText="{int(style.wrap)}" indent="{style.indent}"/></xf>'
    )


def _on_one_line(value: str) -> str:
    """Return a text as names and attributes hold it."""
    return escaped(" ".join(value.split())).replace('"', "&quot;")


def _harmless(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    return f"_x{ord(char):04X}_" if char < " " else "\ufffd"
