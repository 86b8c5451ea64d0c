"""One row of a view, selected by values of its columns as people write them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from heapq import nlargest
from typing import Final

from lkjip_tui.core.errors import UsageError
from lkjip_tui.core.figures.values import plain
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.storage.cursors import Stream
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _, plural

_NEAR: Final = 3
#: Rows that are fetched at once.
_PAGE: Final = 2048


def find_row(workspace: Workspace, query: Query, year: int, keys: Mapping[str, str]) -> ViewRow:
    """Return the only row of a year that has each value, as stored or as printed.

    A row that has just these values stored comes before those that only print like them. Raises
    UsageError, naming the rows that come near, when none or several have them.
    """
    with workspace.stream(query, year).start() as stream:
        for name in keys:
            if name not in stream.columns:
                raise _no_column(query, name, stream.columns)
    with workspace.stream(query, year, keys).start() as stream:
        exact = list(_rows(stream, 2))
    if len(exact) == 1:
        return exact[0]
    with workspace.stream(query, year).start() as stream:
        rows = list(_rows(stream))
    cells = workspace.cells(query)
    fitting = [row for row in rows if all(_fits(cells, row, *key) for key in keys.items())]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageError(
            plural("{count} row fits.", "{count} rows fit.", len(fitting)).format(
                count=len(fitting)
            ),
            _("Say which with --key {name}=…: {rows}").format(
                name=_telling(query)[-1], rows=_named(cells, fitting[:_NEAR], keys)
            ),
        )
    near = nlargest(_NEAR, rows, key=lambda row: _likeness(cells, row, keys))
    raise UsageError(
        _("No row of {view} fits in {year}.").format(view=query.full_name, year=year),
        _("Near it: {rows}").format(rows=_named(cells, near, keys)) if near else "",
    )


def column_of(query: Query, name: str) -> Column:
    """Return a declared column; raises UsageError, naming all of them, when it is none."""
    if name not in query.header.columns:
        raise _no_column(query, name, query.header.columns)
    return query.header.columns[name]


def _rows(stream: Stream, most: int | None = None) -> Iterator[ViewRow]:
    """Yield a stream's rows with their columns' names, up to `most` of them."""
    while page := stream.fetch(most or _PAGE):
        yield from (dict(zip(stream.columns, row, strict=True)) for row in page)
        if most:
            return


def _telling(query: Query) -> Sequence[str]:
    """Return the columns that tell the rows of one year apart."""
    return [name for name in query.grain if name != "fiscal_year"] or query.grain


def _no_column(query: Query, name: str, known: Iterable[str]) -> UsageError:
    return UsageError(
        _("{view} has no column {column}.").format(view=query.full_name, column=name),
        _("Its columns: {columns}").format(columns=", ".join(known)),
    )


def _texts(cells: Cells, row: ViewRow, name: str) -> Iterator[str]:
    """Yield what a cell may be called: its value, and how it is printed."""
    yield plain(row[name])
    column = cells.columns.get(name)
    if column is not None and row[name] is not None:
        yield cells.text(column, row)


def _fits(cells: Cells, row: ViewRow, name: str, wanted: str) -> bool:
    return wanted.casefold() in (text.casefold() for text in _texts(cells, row, name))


def _likeness(cells: Cells, row: ViewRow, keys: Mapping[str, str]) -> int:
    """Return how like a row is to what was asked for, in thousandths a key."""
    return sum(
        max(int(1000 * SequenceMatcher(None, wanted, text).ratio()) for text in texts)
        for texts, wanted in ((_texts(cells, row, name), wanted) for name, wanted in keys.items())
    )


def _named(cells: Cells, rows: Sequence[ViewRow], keys: Mapping[str, str]) -> str:
    """Return rows for a message: what tells them apart, and what they have for the keys."""
    telling = _telling(cells.query)
    told = []
    for row in rows:
        itself = ", ".join(plain(row[name]) for name in telling)
        named = (name for name in keys if name not in telling)
        values = [f"{name}={next(_texts(cells, row, name))}" for name in named]
        told.append(f"{itself} ({', '.join(values)})" if values else itself)
    return " · ".join(told)
