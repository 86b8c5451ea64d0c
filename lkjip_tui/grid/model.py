"""What a grid shows: the protocol that an application implements, and its values.

The grid asks for rows by position, a page at a time, and never for all of them, so a model
may stand for ten million rows. It formats nothing: texts come ready, one line each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Mark = Literal["", "error", "warning", "waiting", "computed"]
Fold = Literal["", "open", "closed"]


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its name for the application, its heading and group for the reader.

    `width` counts terminal cells; None is measured from the heading and the first pages.
    A `computed` column's heading bears the sign ƒ, and then whatever `sign` says. The one `tree`
    column bears each row's indent and fold sign.
    """

    name: str
    heading: str
    group: str = ""
    right: bool = False
    width: int | None = None
    computed: bool = False
    tree: bool = False
    sign: str = ""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell's text as it is to be read; `more` says that further lines follow it.

    A `quiet` one is dim; one that is computed in a column that is not bears a mark, too.
    """

    text: str
    null: bool = False
    quiet: bool = False
    more: bool = False
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """The cells of a row, in the order of the columns, and its place in a tree.

    `level` is 0 for a total, 1 for the outermost branch; None in a flat table.
    """

    cells: Sequence[GridCell]
    level: int | None = None
    fold: Fold = ""
    strong: bool = False


class GridModel(Protocol):
    """Rows by position.

    `rows(start, stop)` answers within a few milliseconds, with one row for each position
    (fewer are drawn as blanks), and never raises: it is called while the screen is drawn.
    """

    @property
    def columns(self) -> Sequence[GridColumn]:
        """The columns, from left to right."""

    @property
    def row_count(self) -> int:
        """How many rows there are; read again at `Grid.refresh_rows`."""

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return the rows at positions `start` to `stop`, without the last."""


@dataclass(frozen=True, slots=True)
class NoRows:
    """The model of a grid that has been given none."""

    columns: Sequence[GridColumn] = ()
    row_count: int = 0

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:  # noqa: ARG002
        """Return no rows."""
        return ()
