"""What two files print differently in a report table: cell by cell, and rows that came or went.

Only rows that differ are read. A column that one of the two does not print is not compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from lkjip_tui.core.changes.differing import Relation, Row, differing
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.storage.cursors import Session

if TYPE_CHECKING:
    from lkjip_tui.core.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell as it was printed `then` and is `now`; or a row that came or went.

    A row's `column_name` and texts are empty; `table`, `row` and `column` are their words.
    """

    view_name: str
    row_key: str
    column_name: str
    change: Literal["changed", "came", "went"]
    table: str
    row: str
    column: str
    then: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the files, and what reads it."""

    workspace: "Workspace"
    session: Session


def of_table(now: Side, then: Side, name: str, year: int) -> Iterator[Difference]:
    """Yield the differences of one table in a year, in its order."""
    select = f"select v.* from {name} as v where v.fiscal_year = ?"
    found = differing(Relation(select, ("row_key",), [year]), now.session, then.session)
    if not found:
        return
    places, cells = [], []
    for side in (now, then):
        query = side.workspace.find(name)
        places.append(side.workspace.rows(query, year, side.session))
        cells.append(side.workspace.cells(query))
    names = now.workspace.names(year)

    def place(row_key: str) -> tuple[bool, int, str]:
        at = next((p for each in places if (p := each.position(row_key)) is not None), None)
        return at is None, at or 0, row_key

    for key in sorted((str(row_key) for (row_key,) in found), key=place):
        yield from _of_row(key, names, cells, found[key,])


def _of_row(
    row_key: str, names: ViewRow, cells: Sequence[Cells], rows: tuple[Row | None, Row | None]
) -> Iterator[Difference]:
    (now, then), (mine, theirs) = cells, rows
    query = now.query
    number = query.header.number or ""
    table = f"{number} {query.title()}" if number[:1].isdigit() else query.title()
    if mine is None or theirs is None:
        side, row = (then, theirs) if mine is None else (now, mine)
        change: Literal["came", "went"] = "went" if mine is None else "came"
        name = side.row_name(cast("ViewRow", row))
        yield Difference(query.full_name, row_key, "", change, table, name, "")
        return
    before = {column.name: then.text(column, theirs) for column in then.shown}
    for column in now.shown:
        old, new = before.get(column.name), now.text(column, mine)
        if old is not None and old != new:
            yield Difference(
                query.full_name, row_key, column.name, "changed", table, now.row_name(mine),
                now.whole_heading(column, names), old, new,
            )  # fmt: skip
