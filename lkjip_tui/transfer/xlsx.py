"""Printed tables as sheets of a spreadsheet, which are read back without loss.

A sheet has, from top to bottom: the caption over all columns and an empty row; the headings, in
two rows where some stand under a group; the rows; an empty row and the notes. What is printed once
is an empty cell in the rows that repeat it. A figure is a number (`sheet_cells` says when not);
a program's or an activity's, and the total, is the formula of a sum over its direct children
where it is just that, with the stated value as its result.

A sheet or table of a file bears what an import needs, hidden. Row 1 holds the columns'
identifiers: `fiscal_year` in A1, `row_key` in B1, then from C1 on one for each column that is
shown. Columns A and B hold the year and the key of each row. So what bears a `row_key` below row 1
is a row, and nothing else is; all that is printed begins in column C. The results of statements
and checks and lists of findings have neither: they begin in A1.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice
from textwrap import wrap
from typing import BinaryIO, Final

from lkjip_tui.core.errors import IsStopped
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.transfer import spreadsheet
from lkjip_tui.transfer.files import StoppableRows
from lkjip_tui.transfer.printed import PrintedTable, ViewRows
from lkjip_tui.transfer.sheet_cells import SheetCells
from lkjip_tui.transfer.sheet_columns import SheetColumn, Source, of_table
from lkjip_tui.transfer.spreadsheet import Book, Sheet
from lkjip_tui.transfer.spreadsheet_parts import Page, Style

IDENTITY: Final = ("fiscal_year", "row_key")

#: Rows that are written at once, and those of a long table that say how wide the columns are.
_PAGE, _MEASURED = 2048, 200
#: Characters: what any column takes at least, the longest figure, a step of a tree, the room
#: beside a text, and that between a figure and the line at its right.
_NARROW, _LONG_FIGURE, _STEP, _ROOM, _INDENT = 4, 20, 4, 2, 1
#: What a column of texts takes at most; one of whole passages, or in a long table, where it is
#: not wrapped.
_WIDE, _WIDEST = 46, 90
#: What an A4 page holds, upright and turned, and down to what texts are made narrower for that.
_UPRIGHT, _TURNED, _READABLE = 92, 140, 22
#: Lines of a text that an upright page is turned for.
_MOST_LINES: Final = 12
#: How much broader the bold letters of headings are.
_BOLD: Final = 1.2

_TITLE: Final = Style(align="center", bold=True, wrap=True)
_HEADING: Final = Style(align="center", bold=True, wrap=True, edges="lrtb", shaded=True)
_NOTE: Final = Style(align="left", wrap=True)


def write(
    out: BinaryIO,
    tables: Iterable[PrintedTable],
    title: str,
    about: str = "",
    is_stopped: IsStopped = bool,
) -> None:
    """Write each table as a sheet; `about` stands at the foot of every page.

    `out` must be a file that can be sought in. Raises FileError for what no spreadsheet holds: a
    text of more than 32,767 characters, more than 1,048,576 rows or 16,384 columns; Interrupted
    once it `is_stopped`.
    """
    with Book(out, title, about) as book:
        for table in tables:
            columns, rows = of_table(table)
            layout = _Layout(book, table, columns, about)
            layout.write(iter(rows), table.caption or title, is_stopped)


class _Layout:
    """One table on its sheet."""

    def __init__(
        self, book: Book, table: PrintedTable, columns: Sequence[SheetColumn], about: str
    ) -> None:
        self._book, self._table, self._columns, self._about = book, table, columns, about
        self._view = table.source if isinstance(table.source, ViewRows) else None
        self._is_identified = False
        self._has_groups = any(column.group for column in table.columns)

    def write(self, rows: Iterator[Source], name: str, is_stopped: IsStopped) -> None:
        # The sums of a tree look ahead, so all of it is held.
        is_tree = self._view is not None and self._view.cells.query.header.level
        first = StoppableRows(rows if is_tree else islice(rows, _PAGE), is_stopped)
        self._is_identified = self._view is not None and _is_identified(self._view, first)
        is_all = len(first) != _PAGE
        widths = self._widths(first if is_all else first[:_MEASURED], is_all=is_all)
        captioned = 2 * bool(self._table.caption)
        above = self._is_identified + captioned
        fixed = above + 1 + self._has_groups
        page = Page(
            [10.0] * self._margin + widths,
            hidden=self._margin,
            repeated=above + 1,
            fixed=fixed,
            landscape=sum(widths) > _UPRIGHT,
            footer=self._about,
        )
        with self._book.sheet(name, page) as sheet:
            if self._is_identified:
                names = (*IDENTITY, *(column.name for column in self._columns))
                sheet.row((spreadsheet.text(each, 0) for each in names), hidden=True)
            if self._table.caption:
                self._line(sheet, self._table.caption, _TITLE, sum(widths))
                sheet.row()
            self._headings(sheet, widths)
            cells = SheetCells(
                self._book, self._table, self._columns, margin=self._margin, wrapped=is_all
            )
            if is_all:
                lines = self._lines(cells, first, sheet)
                for above, row, line in zip([None, *first], first, lines, strict=False):
                    sheet.row(line, lines=self._height(row, above, widths))
            elif not self._put(cells, sheet):
                for part in chain([first], iter(lambda: list(islice(rows, _PAGE)), [])):
                    sheet.rows(self._lines(cells, part, sheet))
            sheet.row()
            for note in self._table.notes:
                self._line(sheet, note, _NOTE, sum(widths))

    @property
    def _margin(self) -> int:
        """How many columns stand before those that are printed."""
        return len(IDENTITY) if self._is_identified else 0

    @property
    def _nothing(self) -> Sequence[str]:
        return [spreadsheet.blank(0)] * self._margin

    def _line(self, sheet: Sheet, text: str, style: Style, width: float) -> None:
        """Write a text over all columns, as high as it needs: no program finds that out."""
        number = self._book.style(style)
        sheet.merge(self._margin + 1, across=len(self._columns))
        cells = [*self._nothing, spreadsheet.text(text, number)]
        sheet.row(cells, lines=_lines(text, width))

    # Headings

    def _headings(self, sheet: Sheet, widths: Sequence[float]) -> None:
        style = self._book.style(_HEADING)
        columns = self._table.columns
        own = max(
            _lines(column.heading, width / _BOLD)
            for column, width in zip(columns, widths, strict=True)
        )
        if self._has_groups:
            upper: list[str] = []
            for group, found in groupby(columns, key=lambda column: column.group):
                count, at = len(list(found)), self._margin + len(upper) + 1
                if group:
                    sheet.merge(at, across=count)
                    upper += [spreadsheet.text(group, style)]
                    upper += [spreadsheet.blank(style)] * (count - 1)
                    continue
                for column in columns[len(upper) : len(upper) + count]:
                    sheet.merge(self._margin + len(upper) + 1, down=2)
                    upper.append(spreadsheet.text(column.heading, style))
            sheet.row([*self._nothing, *upper])
        lower = [
            spreadsheet.blank(style)
            if self._has_groups and not column.group
            else spreadsheet.text(column.heading, style)
            for column in columns
        ]
        sheet.row([*self._nothing, *lower], lines=own)

    def _widths(self, rows: Sequence[Source], *, is_all: bool) -> list[float]:
        """Return how wide the columns are, by the texts of the rows that are known."""
        widths = []
        for number, printed in enumerate(self._table.columns):
            column = self._columns[number]
            shown = [column.shown(row) for row in rows]
            lines = (line for text in shown for line in text.split("\n"))
            longest = max(map(_width, lines), default=0) + _STEP * (number == self._table.trunk)
            if printed.right:
                longest = max(longest + _INDENT, 0 if is_all else _LONG_FIGURE)
            else:
                is_passage = any(_lines(text, _WIDE) > _MOST_LINES for text in shown)
                longest = min(longest, _WIDEST if is_passage or not is_all else _WIDE)
            word = max(map(_width, printed.heading.split()), default=0)
            widths.append(1.1 * max(longest, word, _NARROW) + _ROOM)
        if not is_all:
            return widths
        for room in (_UPRIGHT, _TURNED):
            fitted = self._fitted(widths, room)
            if sum(fitted) <= room and not self._is_crowded(rows, fitted):
                break
        return fitted

    def _is_crowded(self, rows: Sequence[Source], widths: Sequence[float]) -> bool:
        """Say whether a text runs over more lines than can be read well."""
        return any(
            _lines(column.shown(row), width) > _MOST_LINES
            for row in rows
            for column, width in zip(self._columns, widths, strict=True)
        )

    def _fitted(self, widths: Sequence[float], room: float) -> list[float]:
        """Return the widths with the widest texts made narrower, as far as they can be read."""
        fitted = list(widths)
        texts = [n for n, column in enumerate(self._table.columns) if not column.right]
        while sum(fitted) > room:
            widest = max(texts, key=fitted.__getitem__, default=None)
            if widest is None or fitted[widest] <= _READABLE:
                break
            fitted[widest] -= 1
        return fitted

    def _height(self, row: Source, above: Source, widths: Sequence[float]) -> int:
        """Return how many lines a row takes: not every program finds that out."""
        repeated = self._view.cells.repeated(row, above) if self._view else ()
        return max(
            _lines(column.shown(row), width - _STEP * (number == self._table.trunk))
            for number, (column, width) in enumerate(zip(self._columns, widths, strict=True))
            if not column.name or column.name not in repeated
        )

    def _put(self, cells: SheetCells, sheet: Sheet) -> bool:
        """Write the rows that the database puts together, if it can."""
        again = self._view.again if self._view else None
        written = cells.written(IDENTITY[: self._margin])
        if again is None or written is None:
            return False
        with again().rewritten(written).start() as found:
            while page := found.fetch(_PAGE):
                begin, end = spreadsheet.ROW
                sheet.put([
                    f"{begin}{''.join(next(self._lines(cells, [held], sheet)))}{end}"
                    if line is None
                    else line
                    for line, held in page
                ])  # fmt: skip
        return True

    def _lines(
        self, cells: SheetCells, rows: Sequence[Source], sheet: Sheet
    ) -> Iterator[Sequence[str]]:
        """Return each row's cells, the hidden ones before the printed ones."""
        if not rows:
            return iter(())
        columns = cells.of(rows, sheet.count + 1)
        return zip(*self._identity(rows), *columns, strict=True)

    def _identity(self, rows: Sequence[Source]) -> Sequence[Sequence[str]]:
        """Return the cells of the hidden columns."""
        if not self._is_identified:
            return []
        years = [spreadsheet.number(row["fiscal_year"], 0) for row in rows]
        return [years, spreadsheet.texts([str(row["row_key"]) for row in rows], 0)]


def _is_identified(view: ViewRows, rows: Sequence[Source]) -> bool:
    """Say whether a view's rows have a year and a key: somebody's own may have forgotten them."""
    return view.cells.query.kind in {Kind.SHEET, Kind.TABLE} and all(
        name in row for row in rows[:1] for name in IDENTITY
    )


def _width(text: str) -> int:
    from rich.cells import cell_len  # noqa: PLC0415 - only words of other scripts need it

    return len(text) if text.isascii() else cell_len(text)


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column so many digits wide."""
    room = max(int(1.1 * width), 1)  # letters are narrower than digits
    return sum(1 if len(line) <= room else len(wrap(line, room)) or 1 for line in text.split("\n"))
