"""Where a figure comes from, and who changed it.

A computed cell leads to the rows that its query's `from` lines name, with its formula; a fact to
its changes in the journal. What a query does not say of itself is told to be unknown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Final

from lkjip_tui.core.acts import CellChange, Change, FactKey, RowMade, RowRemoved
from lkjip_tui.core.changes.chronicle import Chronicle
from lkjip_tui.core.checks.findings import Finding
from lkjip_tui.core.errors import QueryError, UsageError
from lkjip_tui.core.figures.values import NULL_SIGN, Value
from lkjip_tui.core.query import rows
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import Column, Origin, Target, ViewRow, fill_names
from lkjip_tui.core.query.queries import Kind, Query, Registry
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.facts import Facts

#: As many rows and changes as anybody reads.
_MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Source:
    """A cell that a figure comes from, and how it is called and printed."""

    query: Query
    fiscal_year: int | None
    row_key: str
    column: str
    name: str
    heading: str
    text: str
    is_fact: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of a fact: `before` and `after` as its cell prints them."""

    act_id: int
    at: datetime
    by: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Trace:
    """Where one cell comes from.

    `formula` has its values put in, empty where no `from` line has one. `rests_on` names the
    views beneath a computed cell for which no such line speaks. `changes` are a fact's, newest
    first; None for a computed cell. `printed` are the printed figures that are held against the
    cell, `found` is what the checks found about it.
    """

    title: str
    name: str
    heading: str
    text: str
    formula: str
    sources: Sequence[Source]
    rests_on: Sequence[str]
    changes: Sequence[Changed] | None
    printed: Sequence[Source]
    found: Sequence[Finding]


class Tracer:
    """Traces cells of one file."""

    def __init__(
        self,
        database: Database,
        facts: Facts,
        chronicle: Chronicle,
        registry: Registry,
        cells: Callable[[Query], Cells],
    ) -> None:
        self._database = database
        self._facts = facts
        self._chronicle = chronicle
        self._registry = registry
        self._cells = cells

    def trace(
        self, query: Query, column: Column, row: ViewRow, names: ViewRow, found: Sequence[Finding]
    ) -> Trace:
        """Return where a cell comes from; `names` fill headings, `found` is of the checks."""
        cells = self._cells(query)
        route = cells.target(column, row)
        changes = None if route is None else self._changes(cells, column, row, *route)
        computed = route is None or not self._is_stored(column, row, *route)
        origins = query.header.origins.get(column.name, ()) if computed else ()
        keys = [(origin, key) for origin in origins if (key := origin.key_in(row)) is not None]
        texts = (origin.text for origin, _key in keys)
        place = query.full_name, str(row.get("row_key", "")), column.name
        return Trace(
            title=cells.caption({**names, **row}),
            name=cells.row_name(row),
            heading=cells.whole_heading(column, names),
            text=cells.text(column, row),
            formula=fill_names(next(filter(None, texts), ""), cells.printed(row)),
            sources=self._sources(keys, row, names),
            rests_on=sorted(query.mentions) if computed and not keys else (),
            changes=changes,
            printed=self._printed(row, place),
            found=[
                finding
                for finding in found
                if (finding.view_name, finding.row_key, finding.column_name) == place
            ],
        )

    def _is_stored(self, column: Column, row: ViewRow, target: Target, key: FactKey) -> bool:
        """Say whether the cell shows what its fact holds, and not what its quarters make."""
        shown = _shown(column, row, target)
        return all(
            row[name] is None or self._facts.stored(target.table, key, own)[1] == row[name]
            for own, name in shown.items()
        )

    def _sources(
        self, origins: Iterable[tuple[Origin, FactKey]], row: ViewRow, names: ViewRow
    ) -> Sequence[Source]:
        found: list[Source] = []
        for origin, key in origins:
            # What cannot be found or compared leads nowhere, and the other lines lead on.
            with suppress(UsageError, QueryError, KeyError):
                source = self._registry.find(origin.query)
                wanted = {"fiscal_year": row.get("fiscal_year"), **dict(key)}
                found += self._cells_of(source, origin.column, wanted, names, _MOST - len(found))
        return found

    def _cells_of(
        self, query: Query, column: str, wanted: ViewRow, names: ViewRow, most: int
    ) -> Sequence[Source]:
        """Return the cells of a column in the rows that hold what is wanted."""
        cells = self._cells(query)
        shown = cells.columns[column]
        return [
            Source(
                query,
                year if isinstance(year := row.get("fiscal_year"), int) else None,
                str(row.get("row_key", "")),
                column,
                cells.row_name(row),
                cells.whole_heading(shown, {**names, **row}),
                cells.text(shown, row),
                cells.target(shown, row) is not None,
            )
            for row in rows.matching(self._database, query, wanted, most)
        ]

    def _changes(
        self, cells: Cells, column: Column, row: ViewRow, target: Target, key: FactKey
    ) -> Sequence[Changed]:
        """Go back from what the fact holds now, act by act."""
        shown = _shown(column, row, target)

        def text(held: Mapping[str, Value] | None) -> str:
            if held is None:
                return NULL_SIGN
            return cells.text(
                column, {**row, **{name: held.get(own) for own, name in shown.items()}}
            )

        changes = []
        state: Mapping[str, Value] | None
        state = next(map(dict, self._facts.rows(target.table, key)), None)
        deeds = self._chronicle.changes_of(target.table, key, _MOST)
        for _act_id, together in groupby(deeds, key=attrgetter("act_id")):
            of_act = list(together)
            after = text(state)
            for deed in of_act:
                state = _before(state, deed.act.changes[0])
            if (before := text(state)) != after:
                first = of_act[0]
                changes.append(
                    Changed(
                        first.act_id, first.changed_at, first.changed_by, first.act.label,
                        before, after,
                    )
                )  # fmt: skip
        return changes

    def _printed(self, row: ViewRow, place: tuple[str, str, str]) -> Sequence[Source]:
        """Return what a report printed for the cell, where that is edited."""
        query = self._registry.queries.get(f"{Kind.SHEET}.printed_figures")
        column = query.header.columns.get("printed") if query else None
        if query is None or column is None:
            return []
        cells, year = self._cells(query), row.get("fiscal_year")
        held = dict(zip(("view_name", "cell_row_key", "column_name"), place, strict=True))
        found = rows.matching(self._database, query, {"fiscal_year": year, **held}, _MOST)
        return [
            Source(
                query,
                year if isinstance(year, int) else None,
                str(figure["row_key"]),
                column.name,
                ", ".join(
                    str(figure[name])
                    for name in ("place", "row_label", "column_label")
                    if figure.get(name)
                ),
                cells.heading(column, figure),
                cells.text(column, figure),
                cells.target(column, figure) is not None,
            )
            for figure in found
        ]


def _shown(column: Column, row: ViewRow, target: Target) -> Mapping[str, str]:
    """Return which columns of the fact a cell shows, with the row's columns that hold them."""
    words = {"label": column.companion} if column.companion in row and column.companion else {}
    return {target.column: column.name, **words}


def _before(state: Mapping[str, Value] | None, change: Change) -> Mapping[str, Value] | None:
    """Return what a fact held before a change; None for no fact."""
    match change:
        case CellChange():
            return {**(state or {}), change.column: change.before}
        case RowMade():
            return None
        case RowRemoved():
            return dict(change.row)
