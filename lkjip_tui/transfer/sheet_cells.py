"""The cells of a printed table's rows in a spreadsheet: their looks, and sums as formulas.

Columns whose rows differ in nothing but the value are made at once, which is what makes a long
table quick; rows of a tree and what is printed once are made one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from lkjip_tui.core.query import row_texts
from lkjip_tui.core.query.row_texts import Piece
from lkjip_tui.core.storage.cursors import Rewrite
from lkjip_tui.transfer import spreadsheet, tree_sums
from lkjip_tui.transfer.printed import PrintedRow, PrintedTable, ViewRows
from lkjip_tui.transfer.sheet_columns import DIGITS, Content, Figure, SheetColumn, Source
from lkjip_tui.transfer.spreadsheet import Book
from lkjip_tui.transfer.spreadsheet_parts import Style


@dataclass(frozen=True, slots=True)
class _Mark:
    """What sets a row apart: its place in a tree, and which figures are sums.

    `repeated` are the columns that say what they say in the row above, `going_on` those that
    say it in the row beneath, too.
    """

    strong: bool = False
    indent: int = 0
    repeated: frozenset[str] = frozenset()
    going_on: frozenset[str] = frozenset()
    sums: Mapping[str, str] = field(default_factory=dict)


_PLAIN: Final = _Mark()


class SheetCells:
    """Makes the cells of one table, which stand behind `margin` columns; texts may be wrapped."""

    def __init__(
        self,
        book: Book,
        table: PrintedTable,
        columns: Sequence[SheetColumn],
        *,
        margin: int,
        wrapped: bool,
    ) -> None:
        self._book, self._table, self._columns = book, table, columns
        self._margin, self._wrapped = margin, wrapped
        self._view = table.source if isinstance(table.source, ViewRows) else None
        self._level = self._view.cells.query.header.level if self._view else None
        self._is_repeating = self._view is not None and any(c.once for c in self._view.columns)
        self._above: Source = None

    def of(self, rows: Sequence[Source], at: int) -> Sequence[Sequence[str]]:
        """Return each column's cells in the next rows, the first of which is the sheet's `at`th.

        The rows of a tree are all given at once.
        """
        marks = self._marks(rows, at) if self._level or self._is_repeating else None
        return [self._column(number, rows, marks) for number in range(len(self._columns))]

    def written(self, identity: Sequence[str]) -> Rewrite | None:
        """Return how the database puts rows together, the columns of `identity` before them.

        None when their cells are not all made from the value alone.
        """
        if self._level or self._is_repeating:
            return None
        pieces = (
            [
                _piece(identity[0], [spreadsheet.around_number(0)], is_text=False),
                _piece(identity[1], [spreadsheet.around_text(0)], is_text=True),
            ]
            if identity
            else []
        )
        for number, column in enumerate(self._columns):
            if column.is_text:
                around = [spreadsheet.around_text(self._style(number, "", _PLAIN))]
            else:
                around = [spreadsheet.around_number(style) for style in self._styles(number)]
            if not around:
                return None
            pieces.append(_piece(column.name, around, is_text=column.is_text))
        begin, end = spreadsheet.ROW
        return row_texts.put_together(
            pieces, begin=begin, end=end, longest_text=spreadsheet.SURELY_FITS, most_digits=DIGITS
        )

    def _marks(self, rows: Sequence[Source], at: int) -> Sequence[_Mark]:
        marks: list[_Mark] = []
        for row in rows:
            level = row[self._level] if self._level else None
            place = PrintedRow((), level if isinstance(level, int) else None)
            repeated = self._view.cells.repeated(row, self._above) if self._view else frozenset()
            if marks:
                marks[-1] = replace(marks[-1], going_on=repeated)
            marks.append(_Mark(place.strong, place.indent, repeated))
            self._above = row
        if self._level:
            levels = [row[self._level] or 0 for row in rows]
            for number, column in enumerate(self._columns, self._margin + 1):
                values = [column.value(row) for row in rows] if column.adds_up else []
                for each, code in tree_sums.formulas(levels, values, at, number).items():
                    marks[each] = replace(marks[each], sums={**marks[each].sums, column.name: code})
        return marks

    def _column(
        self, number: int, rows: Sequence[Source], marks: Sequence[_Mark] | None
    ) -> Sequence[str]:
        if marks is None:
            return self._alike(number, rows) or [self._cell(number, row, _PLAIN) for row in rows]
        return [self._cell(number, row, mark) for row, mark in zip(rows, marks, strict=True)]

    def _alike(self, number: int, rows: Sequence[Source]) -> Sequence[str] | None:
        """Return the cells of a column that differ in nothing but the value, None for others."""
        column = self._columns[number]
        values = [column.value(row) for row in rows]
        types = set(map(type, values))
        if column.is_text and types == {str}:
            return spreadsheet.texts(values, self._style(number, "", _PLAIN))
        if column.codes and types and types <= {int, Decimal}:
            digits = [str(value) for value in values]
            styles = self._styles(number)
            if max(map(len, digits)) <= DIGITS and len(styles) == 1:
                return [spreadsheet.number(each, styles[0]) for each in digits]
        return None

    def _styles(self, number: int) -> Sequence[int]:
        """Return those of a column's numbers: one, or one for each number of decimals."""
        codes = self._columns[number].codes
        return [self._style(number, Figure(0, code), _PLAIN) for code in codes]

    def _cell(self, number: int, row: Source, mark: _Mark) -> str:
        column = self._columns[number]
        content = "" if column.name in mark.repeated else column.content(row)
        style = self._style(number, content, mark)
        if isinstance(content, str):
            return spreadsheet.text(content, style)
        if column.name in mark.sums:
            return spreadsheet.formula(mark.sums[column.name], content.value, style)
        return spreadsheet.number(content.value, style)

    def _style(self, number: int, content: Content, mark: _Mark) -> int:
        is_figure = isinstance(content, Figure)
        is_right = is_figure or self._table.columns[number].right
        name = self._columns[number].name
        above, beneath = name not in mark.repeated, name not in mark.going_on
        return self._book.style(Style(
            content.code if isinstance(content, Figure) else "General",
            "right" if is_right else "left",
            bold=mark.strong,
            wrap=self._wrapped and not is_figure,
            # A figure keeps off the line beside it, and so off the text of the next column.
            indent=mark.indent if number == self._table.trunk else int(is_right),
            edges=f"lr{'t' * above}{'b' * beneath}",
        ))  # fmt: skip


def _piece(column: str, around: Sequence[tuple[str, str]], *, is_text: bool) -> Piece:
    return Piece(column, [before for before, _after in around], around[0][1], is_text)
