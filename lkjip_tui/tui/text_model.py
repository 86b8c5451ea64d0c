"""What lists that are neither sheets nor tables share: texts as cells, copies, widths."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, cast

from lkjip_tui.core.figures.values import NULL_SIGN, safe_text
from lkjip_tui.grid import Grid, GridCell, GridColumn


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
    """Return the chosen cells as they show, for a spreadsheet: tabs between them, a line a row."""
    model, block, out = grid.model, grid.block, io.StringIO()
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
