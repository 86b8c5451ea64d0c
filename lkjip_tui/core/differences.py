"""What two files print differently in a report table: cell by cell, and rows that came or went.

Only rows that differ are read. A column that one of the two does not print is not compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from lkjip_tui.core import rows
from lkjip_tui.core.cells import Cells
from lkjip_tui.core.comparing import Relation, Row, differing
from lkjip_tui.core.cursors import Session
from lkjip_tui.core.database import Database
from lkjip_tui.core.header import ViewRow


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
    """One of the files: how it prints a table, what reads it, and the names of the year."""

    cells: Cells
    database: Database
    session: Session
    names: ViewRow

    def texts(self, row: ViewRow) -> dict[str, str]:
        """Return a row's cells as they are printed, by column."""
        return {column.name: self.cells.text(column, row) for column in self.cells.shown}


def of_table(now: Side, then: Side, year: int) -> Iterator[Difference]:
    """Yield the differences of one table in a year, in its order."""
    query = now.cells.query
    select = f"select v.* from {query.full_name} as v where v.fiscal_year = ?"
    found = differing(Relation(select, ("row_key",), [year]), now.session, then.session)
    if not found:
        return
    places = [rows.read(side.database, query, year, side.session) for side in (now, then)]

    def place(row_key: str) -> tuple[bool, int, str]:
        at = next((p for each in places if (p := each.position(row_key)) is not None), None)
        return at is None, at or 0, row_key

    for key in sorted((str(row_key) for (row_key,) in found), key=place):
        yield from _of_row(key, now, then, *found[key,])


def _of_row(
    row_key: str, now: Side, then: Side, mine: Row | None, theirs: Row | None
) -> Iterator[Difference]:
    cells = now.cells
    query = cells.query
    number = query.header.number or ""
    table = f"{number} {query.title()}" if number[:1].isdigit() else query.title()
    if mine is None or theirs is None:
        side, row = (then, theirs) if mine is None else (now, mine)
        change: Literal["came", "went"] = "went" if mine is None else "came"
        name = side.cells.row_name(cast("ViewRow", row))
        yield Difference(query.full_name, row_key, "", change, table, name, "")
        return
    before, after = then.texts(theirs), now.texts(mine)
    for column in cells.shown:
        old, new = before.get(column.name), after[column.name]
        if old is not None and old != new:
            heading = cells.whole_heading(column, now.names)
            yield Difference(
                query.full_name, row_key, column.name, "changed", table, cells.row_name(mine),
                heading, old, new,
            )  # fmt: skip
