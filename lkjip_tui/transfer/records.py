"""Rows for machines: identifiers and raw values, in order, gone through once.

A view gives its declared columns behind `fiscal_year` and `row_key`; a statement, the findings
and the history give what they have.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from operator import itemgetter
from typing import Any, Final, TypeAlias

from lkjip_tui.core.figures.values import plain
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.query.queries import Kind, Query
from lkjip_tui.core.sql.result import unlike
from lkjip_tui.core.storage.cursors import Stream
from lkjip_tui.core.workspace import Workspace

Record: TypeAlias = Sequence[Any]
"""One row: facts, or whatever else a statement returns."""

#: Rows that are fetched at once: few enough to hold, enough to be quick.
_PAGE: Final = 2048


@dataclass(frozen=True, slots=True)
class Records:
    """Rows and their columns' names, each name once; `rows` can be gone through once.

    `types` are the columns' types in DuckDB's words where they are known; `source` is what the
    rows will be read from, if the database may write them instead.
    """

    columns: tuple[str, ...]
    rows: Iterator[Record]
    types: tuple[str, ...] = ()
    source: "Source | None" = None


@dataclass(frozen=True, slots=True)
class Source:
    """A stream that has not begun, and the numbers of those of its columns that are wanted."""

    stream: Stream
    chosen: Sequence[int]


def of_query(workspace: Workspace, query: Query, year: int) -> Records:
    """Return the rows of a sheet, table or check for a year.

    Raises QueryError when the view is not in the file or fails.
    """
    found = of_stream(workspace.stream(query, year))
    if query.kind not in (Kind.SHEET, Kind.TABLE) or not query.header.columns:
        return found  # a check promises all that it returns, and so does what declares nothing
    names = tuple(dict.fromkeys(("fiscal_year", "row_key", *query.header.columns)))
    numbers = [found.columns.index(name) for name in names]
    chosen = itemgetter(*numbers)
    source = found.source and Source(found.source.stream, numbers)
    return Records(names, map(chosen, found.rows), chosen(found.types), source)


def of_stream(stream: Stream) -> Records:
    """Return the rows of a stream that has not begun; it ends with them.

    A query that fails may do so only when they are gone through.
    """
    if stream.foresee():
        source = Source(stream, range(len(stream.columns)))
        return Records(unlike(stream.columns), _rows(stream), stream.types, source)
    stream.start()
    return Records(unlike(stream.columns), _pages(stream), stream.types)


def by_name(found: Records) -> Iterator[ViewRow]:
    """Yield the rows of a view, by column name."""
    return (dict(zip(found.columns, row, strict=True)) for row in found.rows)


def exact_text(value: Any) -> str:  # noqa: ANN401 - a statement returns any type
    """Return the machine text of any value: a number with `.` and no exponent, a date in ISO.

    Null gives an empty text; lists and structs give JSON, bytes hexadecimal digits.
    """
    match value:
        case int() | str() if not isinstance(value, bool):
            return str(value)
        case None | bool() | Decimal():
            return plain(value)
        case float() if isfinite(value):
            return f"{Decimal(repr(value)):f}"  # the shortest digits that mean this number
        case bytes():
            return value.hex()
        case list() | tuple() | dict():
            return json_text(value)
        case _:
            return str(value)


def json_text(value: Any) -> str:  # noqa: ANN401
    """Return any value as JSON; numbers stand with all their digits, never through a float."""
    match value:
        case None:
            return "null"
        case bool() | int() | Decimal():
            return exact_text(value)
        case float() if isfinite(value):
            return exact_text(value)
        case Mapping():
            pairs = (f"{json_text(str(name))}: {json_text(one)}" for name, one in value.items())
            return f"{{{', '.join(pairs)}}}"
        case list() | tuple():
            return f"[{', '.join(json_text(one) for one in value)}]"
        case _:
            return json.dumps(exact_text(value), ensure_ascii=False)


def _rows(stream: Stream) -> Iterator[Record]:
    yield from _pages(stream.start())


def _pages(stream: Stream) -> Iterator[Record]:
    with stream:
        while page := stream.fetch(_PAGE):
            yield from page
