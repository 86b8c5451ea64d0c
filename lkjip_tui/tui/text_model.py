"""Rows of ready texts as the grid's model: the result of a statement."""

import csv
import io
from collections.abc import Iterable, Sequence

from lkjip_tui.core.values import NULL_SIGN, safe_text
from lkjip_tui.grid import Grid, GridCell, GridColumn, GridRow


class TextModel:
    """Rows of texts, None for a missing value; more may be added. A GridModel."""

    def __init__(self, columns: Sequence[GridColumn]) -> None:
        self.columns = columns
        self.texts: list[Sequence[str | None]] = []

    def add(self, rows: Iterable[Sequence[str | None]]) -> None:
        """Put rows at the end."""
        self.texts.extend(rows)

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.texts)

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return rows as the grid draws them."""
        return [GridRow([text_cell(text) for text in row]) for row in self.texts[start:stop]]

    def text(self, row: int, column: int) -> str:
        """Return a cell's whole text, empty outside the rows."""
        if not (row < len(self.texts) and column < len(self.columns)):
            return ""
        return self.texts[row][column] or ""


def chosen_text(grid: Grid) -> str:
    """Return the chosen cells as they show, for a spreadsheet: tabs between them, a line a row."""
    block, out = grid.block, io.StringIO()
    rows = grid.model.rows(block.rows.start, block.rows.stop)
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    writer.writerows([row.cells[number].text for number in block.columns] for row in rows)
    return out.getvalue() if block.count > 1 else out.getvalue().rstrip("\n")


def text_cell(text: str | None) -> GridCell:
    """Return a text as a cell: its first line, None as a missing value."""
    if text is None:
        return GridCell(NULL_SIGN, null=True)
    first, _newline, rest = text.partition("\n")
    return GridCell(safe_text(first), more=bool(rest))
