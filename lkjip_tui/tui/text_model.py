"""Rows of values as the grid's model: the result of a statement; and what all lists share."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol, cast

from lkjip_tui.core.cursors import Tuple
from lkjip_tui.core.values import NULL_SIGN, safe_text
from lkjip_tui.grid import Grid, GridCell, GridColumn, GridRow
from lkjip_tui.transfer.records import exact_text
from lkjip_tui.tui.arrangement import Arrangement, ordered


class TextModel:
    """Rows of values as exact texts; more may be added. A GridModel."""

    def __init__(self, columns: Sequence[GridColumn]) -> None:
        self.columns = columns
        self._rows: list[Tuple] = []
        self._arrangement = Arrangement()
        self._order: Sequence[int] | None = None

    def add(self, rows: Iterable[Tuple]) -> None:
        """Put rows at the end of those that nobody has sorted."""
        self._rows.extend(rows)

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return rows as the grid draws them."""
        numbers = range(len(self._rows))[start:stop]
        return [
            GridRow([text_cell(None if v is None else exact_text(v)) for v in self._row(number)])
            for number in numbers
        ]

    def text(self, row: int, column: int) -> str:
        """Return a cell's whole text, empty for a missing value."""
        return exact_text(self._row(row)[column])

    def sort(self, column: int, *, also: bool = False) -> None:
        """Sort by a column: up, then down, then as the rows came; `also` within the sorting."""
        self._arrangement = self._arrangement.sorted_by(str(column), add=also)
        terms = [(int(name), descending) for name, descending in self._arrangement.sort]
        numbers = range(len(self._rows))
        self._order = ordered(numbers, lambda _row: 0, self._rows, terms) if terms else None
        self.columns = [
            replace(each, sign=self._arrangement.sort_sign(str(at)))
            for at, each in enumerate(self.columns)
        ]

    def _row(self, number: int) -> Tuple:
        return self._rows[number if self._order is None else self._order[number]]


class _List(Protocol):
    columns: Sequence[GridColumn]


def resize(grid: Grid, column: int, width: int | None) -> None:
    """Let a list's column take so many cells, None as many as it needs."""
    model = cast("_List", grid.model)
    columns = list(model.columns)
    columns[column] = replace(columns[column], width=width)
    model.columns = columns
    grid.show_columns()


def chosen_text(grid: Grid) -> str:
    """Return the chosen cells for a spreadsheet: tabs between them, a line a row.

    A statement's values are whole; other lists are copied as they show.
    """
    model, block, out = grid.model, grid.block, io.StringIO()
    if isinstance(model, TextModel):
        texts = [[model.text(row, column) for column in block.columns] for row in block.rows]
    else:
        rows = model.rows(block.rows.start, block.rows.stop)
        texts = [[row.cells[number].text for number in block.columns] for row in rows]
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(texts)
    return out.getvalue() if block.count > 1 else out.getvalue().rstrip("\n")


def text_cell(text: str | None) -> GridCell:
    """Return a text as a cell: its first line, None as a missing value."""
    if text is None:
        return GridCell(NULL_SIGN, null=True)
    first, _newline, rest = text.partition("\n")
    return GridCell(safe_text(first), more=bool(rest))


def cut_words(text: str, width: int | None) -> str:
    """Return words in a figure's place as far as they fit; a part of a figure would be another."""
    if width is None or len(text) <= width or not any(map(str.isalpha, text)):
        return text
    return f"{text[: width - 1]}…"
