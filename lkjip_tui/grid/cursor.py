"""Where a grid's cursor is and what is chosen with it; pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Whole = Literal["", "rows", "columns", "all"]

Move = Literal[
    "up", "down", "left", "right",
    "row_start", "row_end", "first", "last",
    "edge_up", "edge_down", "edge_left", "edge_right",
]  # fmt: skip
"""A way to go by one cell, or to an end of the row, the column or the table."""

_Way: TypeAlias = Callable[[int], int]


def _same(place: int) -> int:
    return place


def _next(place: int) -> int:
    return place + 1


def _before(place: int) -> int:
    return place - 1


def _first(_place: int) -> int:
    return 0


def _last(_place: int) -> int:
    return 1 << 62  # outside of any table


#: How a move changes row and column.
_WAYS: Final[dict[Move, tuple[_Way, _Way]]] = {
    "up": (_before, _same),
    "down": (_next, _same),
    "left": (_same, _before),
    "right": (_same, _next),
    "row_start": (_same, _first),
    "row_end": (_same, _last),
    "first": (_first, _first),
    "last": (_last, _last),
    "edge_up": (_first, _same),
    "edge_down": (_last, _same),
    "edge_left": (_same, _first),
    "edge_right": (_same, _last),
}


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring cells: these rows in these columns."""

    rows: range
    columns: range

    @property
    def count(self) -> int:
        """How many cells these are."""
        return len(self.rows) * len(self.columns)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The cursor's cell, and where the chosen block began when it is more than that cell.

    `whole` lets the block reach over all columns of its rows, all rows of its columns, or both.
    """

    row: int = 0
    column: int = 0
    anchor: tuple[int, int] | None = None
    whole: Whole = ""

    @property
    def place(self) -> tuple[int, int]:
        """Row and column."""
        return self.row, self.column

    def to(self, row: int, column: int, *, extend: bool = False) -> "Cursor":
        """Return the cursor on another cell, alone or at the end of a block that begins here."""
        if not extend:
            return Cursor(row, column)
        return Cursor(row, column, self.anchor or self.place, self.whole)

    def choose(self, whole: Whole) -> "Cursor":
        """Return the same cursor with whole rows, columns or the table chosen."""
        return Cursor(self.row, self.column, self.anchor or self.place, whole)

    def within(self, row_count: int, column_count: int) -> "Cursor":
        """Return the nearest cursor in a table of this size."""
        anchor = self.anchor and _clamp(*self.anchor, row_count, column_count)
        return Cursor(*_clamp(*self.place, row_count, column_count), anchor, self.whole)

    def moved(self, move: Move) -> tuple[int, int]:
        """Return the cell that lies in a direction; it may be outside the table."""
        to_row, to_column = _WAYS[move]
        return to_row(self.row), to_column(self.column)

    def block(self, row_count: int, column_count: int) -> Block:
        """Return what is chosen in a table of this size: the cursor's cell at least."""
        row, column = self.anchor or self.place
        rows = range(min(row, self.row), max(row, self.row) + 1)
        columns = range(min(column, self.column), max(column, self.column) + 1)
        if self.whole in ("rows", "all"):
            columns = range(column_count)
        if self.whole in ("columns", "all"):
            rows = range(row_count)
        if not (row_count and column_count):
            return Block(range(0), range(0))
        return Block(rows, columns)


def _clamp(row: int, column: int, row_count: int, column_count: int) -> tuple[int, int]:
    return min(max(row, 0), max(row_count - 1, 0)), min(max(column, 0), max(column_count - 1, 0))
