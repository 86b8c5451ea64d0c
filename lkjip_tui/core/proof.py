"""Holds printed figures against cells: makes `basis.cell`, and reads figures as they are printed.

The verdict itself is SQL (`queries/basis/proof.sql`), so that any client of the file sees it.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from lkjip_tui.core.acts import CellChange
from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.header import Column, Header
from lkjip_tui.core.queries import Kind, Query
from lkjip_tui.core.values import Kind as ValueKind
from lkjip_tui.core.values import Value, read

PRINTED: Final = "printed_figure"
"""The facts that hold what a report printed."""

EXACT: Final = "_exact"
"""Ends the name of the column that holds the unrounded figure of another one."""

_NO_CELL: Final = """select
    cast(null as varchar) as view_name, cast(null as integer) as fiscal_year,
    cast(null as varchar) as row_key, cast(null as varchar) as column_name,
    cast(null as varchar) as kind, cast(null as decimal(18, 4)) as value,
    cast(null as decimal(38, 10)) as exact_value, cast(null as varchar) as words
where false"""


def cell_query(queries: Iterable[Query]) -> Query:
    """Return the view of every cell that print can be held against, a row a cell.

    These are the columns of all queries that have a caption. `value` is the figure as printed,
    `exact_value` the unrounded one where there is one, `words` the text of a cell without figures.
    """
    captioned = [query for query in queries if query.header.caption is not None]
    parts = [_NO_CELL, *(_cells_of(query) for query in captioned)]
    return Query(Kind.BASIS, "cell", "cell.sql", Header(), "\nunion all\n".join(parts))


def _cells_of(query: Query) -> str:
    columns = query.header.columns
    cells = ",\n        ".join(
        _cell(column, has_exact=f"{name}{EXACT}" in columns)
        for name, column in columns.items()
        if not name.endswith(EXACT)
    )
    return (
        f"select '{query.full_name}', v.fiscal_year, v.row_key, unnest([\n        {cells}\n    ],"
        f" recursive := true)\nfrom {query.full_name} as v"
    )


def _cell(column: Column, *, has_exact: bool) -> str:
    name = f'v."{column.name}"'
    exact = f'v."{column.name}{EXACT}"' if has_exact else "null"
    kind = f"'{column.kind}'" if column.kind else f'v."{column.kind_from}"'
    value, words = (name, "null") if column.is_figure else ("null", f"cast({name} as varchar)")
    return (
        f"{{column_name: '{column.name}', kind: {kind},"
        f" value: try_cast({value} as decimal(18, 4)),"
        f" exact_value: try_cast({exact} as decimal(38, 10)),"
        f" words: cast({words} as varchar)}}"
    )


def is_read_again(change: CellChange) -> bool:
    """Whether a change only follows another: what a printed text reads as."""
    return change.table == PRINTED and change.column in ("value", "places")


def read_printed(printed: str | None, kind: ValueKind) -> tuple[Decimal | int | None, int | None]:
    """Return the number that a printed text means in a column, and its printed decimals.

    Both are null for words and for what cannot be read.
    """
    if printed is None or not kind.is_number:
        return None, None
    try:
        reading = read(printed, kind, typed=False)
    except InputRefused:
        return None, None
    value: Value = reading.value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None, None
    return value, reading.places
