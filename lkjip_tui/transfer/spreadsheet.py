"""A spreadsheet's file (Office Open XML), written row by row however many there are.

Owns how values stand in cells, and how much a file takes. No library writes a long table as
quickly as lines put together here and also knows hidden columns, titles on every page and
formulas with their results; `tests/bench/exports.py` compares.

Texts are never run as formulas or links. A control character, which XML cannot hold, stands as
`_x001B_`, which spreadsheets read back as that character; U+FFFE, U+FFFF and halves of a pair,
which are no characters, become U+FFFD.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, BinaryIO, Final, Self
from zipfile import ZIP_DEFLATED, ZipFile

from lkjip_tui.core.errors import FileError
from lkjip_tui.language import _
from lkjip_tui.transfer import spreadsheet_parts as parts
from lkjip_tui.transfer.spreadsheet_parts import Page, Style, cell_name, escaped

#: What a cell holds, in UTF-16's units.
_LONGEST: Final = 32_767
#: A text that is no longer fits into a cell whatever it is made of.
SURELY_FITS: Final = _LONGEST // 2
#: What stands around a row's cells.
ROW: Final = "<row>", "</row>"
_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
#: What a part of a file holds without an extension that not every reader knows.
_MOST_BYTES: Final = 2**31 - 2**20
#: Points of a line, and of the highest row.
_LINE, _HIGHEST = 15, 409
_LONGEST_NAME: Final = 31
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

#: Stands between texts that are looked through at once; one that holds it just takes longer.
_BETWEEN: Final = "\ue000"
_ODD: Final = re.compile("[&<>\x00-\x1f\ufffe\uffff\ud800-\udfff]")
#: What XML may leave out at a text's ends.
_BLANKS: Final = " \t\r\n"
_ODD_WORDS: Final = ("_x", f" {_BETWEEN}", f"{_BETWEEN} ")
#: A sheet's lines are much alike: more work than this makes the file hardly smaller.
_COMPRESSION: Final = 4


class Book:
    """A file that is written from front to end; to be used with `with`."""

    def __init__(self, out: BinaryIO, title: str, about: str = "") -> None:
        self._zip = ZipFile(out, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION)
        self._title, self._about = title, about
        self._styles: dict[Style, int] = {Style(): 0}
        self._sheets: dict[str, Page] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if error is None:
            found = parts.around(self._sheets, list(self._styles), self._title, self._about)
            for name, content in found.items():
                with self._zip.open(name, "w") as out:  # at no time of day: alike for alike rows
                    out.write(content.encode())
        self._zip.close()

    def style(self, style: Style) -> int:
        """Return the number by which cells name a style."""
        return self._styles.setdefault(style, len(self._styles))

    def sheet(self, name: str, page: Page) -> "Sheet":
        """Begin a sheet, to be used with `with`; its name is made one that can stand.

        Raises FileError for more columns than a sheet has.
        """
        if len(page.widths) > _MOST_COLUMNS:
            raise _too_much(_("It has more columns than a spreadsheet holds."))
        self._sheets[self._free_name(name)] = page
        return Sheet(self._zip.open(f"xl/worksheets/sheet{len(self._sheets)}.xml", "w"), page)

    def _free_name(self, wanted: str) -> str:
        taken = {name.casefold() for name in self._sheets}
        plain = " ".join(_NO_NAME.sub(" ", wanted).split()).strip("'") or "Sheet"
        name, number = _cut(plain, _LONGEST_NAME), 1
        while name.casefold() in taken:
            number += 1
            behind = f" ({number})"
            name = _cut(plain, _LONGEST_NAME - len(behind)) + behind
        return name


class Sheet:
    """One sheet of a book: rows of cells, each made by one of the functions below."""

    def __init__(self, out: IO[bytes], page: Page) -> None:
        self._out, self._page = out, page
        self._merged: list[str] = []
        self._bytes = 0
        self.count = 0

    def __enter__(self) -> Self:
        self._write(parts.sheet_head(self._page))
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if error is None:
                self._write(parts.sheet_end(self._page, self._merged))
        finally:
            self._out.close()

    def row(self, cells: Iterable[str] = (), *, lines: int = 1, hidden: bool = False) -> None:
        """Write a row that is so many lines high."""
        unseen = ' hidden="1"' if hidden else ""
        tall = f' ht="{min(_LINE * lines, _HIGHEST)}"' if lines > 1 else ""
        self.put([f"<row{tall}{unseen}>{''.join(cells)}</row>"])

    def rows(self, rows: Iterable[Sequence[str]]) -> None:
        """Write rows of one line; raises FileError for more than a sheet has."""
        self.put([f"{ROW[0]}{''.join(cells)}{ROW[1]}" for cells in rows])

    def merge(self, column: int, *, across: int = 1, down: int = 1) -> None:
        """Make one cell of several, the first of them in the row that is written next."""
        if across > 1 or down > 1:
            first = cell_name(self.count + 1, column)
            last = cell_name(self.count + down, column + across - 1)
            self._merged.append(f'<mergeCell ref="{first}:{last}"/>')

    def put(self, rows: Sequence[str]) -> None:
        """Write rows that are put together already, each its cells between `ROW`."""
        self.count += len(rows)
        if self.count > _MOST_ROWS:
            raise _too_much(_("It has more rows than a spreadsheet holds."))
        self._write("".join(rows))

    def _write(self, content: str) -> None:
        encoded = content.encode()
        self._bytes += len(encoded)
        if self._bytes > _MOST_BYTES:
            raise _too_much(_("It is larger than a spreadsheet may be."))
        self._out.write(encoded)


def blank(style: int) -> str:
    """Return a cell without a value."""
    return f'<c s="{style}"/>'


def text(value: str, style: int) -> str:
    """Return a cell with a text as it is; raises FileError when it is too long for one."""
    if not value:
        return blank(style)
    if len(value) > SURELY_FITS and len(value.encode("utf-16-le", "replace")) > 2 * _LONGEST:
        told = _("A cell of a spreadsheet holds 32,767 characters; this text is longer: {text}")
        raise _too_much(told.format(text=f"{value[:40]}…"))
    kept = ' xml:space="preserve"' if value != value.strip(_BLANKS) or "\n" in value else ""
    return f'<c s="{style}" t="inlineStr"><is><t{kept}>{escaped(value)}</t></is></c>'


def texts(values: Sequence[str], style: int) -> list[str]:
    """Return a cell for each text, quickly."""
    together = f"{_BETWEEN}{_BETWEEN.join(values)}{_BETWEEN}"
    is_plain = not (_ODD.search(together) or any(odd in together for odd in _ODD_WORDS))
    if not is_plain or max(map(len, values)) > SURELY_FITS:
        return [text(value, style) for value in values]
    before, after = around_text(style)
    return [f"{before}{value}{after}" for value in values]


def around_text(style: int) -> tuple[str, str]:
    """Return what stands around a text with nothing odd in it."""
    return f'<c s="{style}" t="inlineStr"><is><t>', "</t></is></c>"


def number(value: Decimal | float | str, style: int) -> str:
    """Return a cell with a finite number."""
    before, after = around_number(style)
    return f"{before}{value}{after}"


def around_number(style: int) -> tuple[str, str]:
    """Return what stands around a number."""
    return f'<c s="{style}"><v>', "</v></c>"


def formula(code: str, value: Decimal | float, style: int) -> str:
    """Return a cell with a formula and its result, which stands until it is worked out anew."""
    return f'<c s="{style}"><f>{escaped(code)}</f><v>{value}</v></c>'


def _cut(value: str, most: int) -> str:
    """Return a text that is short enough, ended behind a word if that is not far away."""
    if len(value) <= most:
        return value
    whole = value[: most + 1].rpartition(" ")[0]
    return (whole if len(whole) > most // 2 else value[:most]).rstrip(" '")


def _too_much(message: str) -> FileError:
    return FileError(message, _("Write it as CSV, which has no such limit."))
