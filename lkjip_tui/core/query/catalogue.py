"""The views that are made of what headers say, beside those that have a file.

`basis.cell` and `basis.printed_cell` are the cells that print can be held against, out of all
queries that have a caption. In both `value` is the figure as printed, `exact_value` the unrounded
one where there is one, `words` the text of a cell without figures. `basis.rule` lists the checks,
`basis.named_column` the columns of sheets and tables; null is any, where a header declares none.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from lkjip_tui.core.query.header import Column, Header
from lkjip_tui.core.query.queries import Kind, Query, Registry

EXACT: Final = "_exact"
"""Ends the name of the column that holds the unrounded figure of another one."""

#: What is told of a cell, with the types, whatever a query's own columns are.
_PARTS: Final[Mapping[str, str]] = {
    "kind": "varchar",
    "value": "decimal(18, 4)",
    "exact_value": "decimal(38, 10)",
    "words": "varchar",
}
_NO_PARTS: Final = ", ".join(f"cast(null as {of}) as {name}" for name, of in _PARTS.items())
_NO_CELL: Final = f"""select
    cast(null as varchar) as view_name, cast(null as integer) as fiscal_year,
    cast(null as varchar) as row_key, cast(null as varchar) as column_name,
    {_NO_PARTS}
where false"""
_NO_PRINTED_CELL: Final = f"""select
    cast(null as integer) as printed_figure_id, {_NO_PARTS}
where false"""
_NO_COLUMN: Final = """select
    cast(null as varchar) as view_name, cast(null as varchar) as column_name
where false"""
_NO_RULE: Final = """select
    cast(null as varchar) as check_name, cast(null as varchar) as title,
    cast(null as varchar) as severity, cast(null as integer) as place
where false"""


def made_queries(registry: Registry) -> list[Query]:
    """Return the views that are made of the headers of a registry's queries."""
    captioned = _captioned(registry)
    return [
        _union("named_column", _NO_COLUMN, map(_columns_of, _shown(registry))),
        _union("rule", _NO_RULE, map(_rule, registry.of_kind(Kind.CHECK))),
        _union("cell", _NO_CELL, map(_cells_of, captioned)),
        _union("printed_cell", _NO_PRINTED_CELL, map(_printed_cells_of, captioned)),
    ]


def cells_of(registry: Registry, views: Collection[object]) -> str:
    """Return the select of what `basis.cell` holds of these views: all of it takes long to plan."""
    captioned = (query for query in _captioned(registry) if query.full_name in views)
    return _union("cell", _NO_CELL, map(_cells_of, captioned)).select


def printed_in_parts(registry: Registry) -> list[Query]:
    """Return the view of the printed cells once more, last, after parts that it is put together of.

    A part a table, which can be computed alone when what its table rests on has changed; no file
    holds the parts.
    """
    parts = [
        Query(
            Kind.BASIS,
            f"printed_cell_of_{query.kind}_{query.name}",
            query.file,
            Header(),
            _printed_cells_of(query),
        )
        for query in _captioned(registry)
    ]
    selects = [f"select p.* from {part.full_name} as p" for part in parts]
    return [*parts, _union("printed_cell", _NO_PRINTED_CELL, selects)]


def _shown(registry: Registry) -> list[Query]:
    return [*registry.of_kind(Kind.SHEET), *registry.of_kind(Kind.TABLE)]


def _columns_of(query: Query) -> str:
    names = ", ".join(f"'{name}'" for name in query.header.columns) or "cast(null as varchar)"
    return f"select '{query.full_name}', unnest([{names}])"


def _captioned(registry: Registry) -> list[Query]:
    return [
        query
        for query in registry.queries.values()
        if query.header.caption is not None and _cells(query)
    ]


def _union(name: str, none: str, parts: Iterable[str]) -> Query:
    select = "\nunion all\n".join([none, *parts])
    return Query(Kind.BASIS, name, f"{name}.sql", Header(), select)


def _cells_of(query: Query) -> str:
    """Return the select of every cell of a query."""
    cells = ",\n        ".join(
        "{" + ", ".join(f"{name}: {sql}" for name, sql in cell.items()) + "}"
        for cell in _cells(query)
    )
    return (
        f"select '{query.full_name}', v.fiscal_year, v.row_key, unnest([\n        {cells}\n    ],"
        f" recursive := true)\nfrom {query.full_name} as v"
    )


def _printed_cells_of(query: Query) -> str:
    """Return the select of a query's cells that print names, a row a printed figure."""
    cells = _cells(query)
    columns = ",\n    ".join(f"{_of_column(cells, part)} as {part}" for part in _PARTS)
    return (
        f"select\n    p.printed_figure_id,\n    {columns}\nfrom printed_figure as p"
        f"\ninner join {query.full_name} as v"
        "\n    on v.fiscal_year = p.fiscal_year and v.row_key = p.row_key"
        f"\nwhere p.view_name = '{query.full_name}'"
        f" and p.column_name in ({', '.join(cell['column_name'] for cell in cells)})"
    )


def _of_column(cells: Iterable[Mapping[str, str]], part: str) -> str:
    """Return the SQL of one part of the cell whose column a printed figure names.

    Columns that give the same share a branch, and those that give nothing have none: the database
    takes its time for each of them whenever it plans what rests on these cells.
    """
    none, names = _as(part, "null"), dict[str, list[str]]()
    for cell in cells:
        names.setdefault(cell[part], []).append(cell["column_name"])
    branches = "".join(
        f" when p.column_name in ({', '.join(columns)}) then {sql}"
        for sql, columns in names.items()
        if sql != none
    )
    return f"case{branches} end" if branches else none


def _cells(query: Query) -> list[dict[str, str]]:
    """Return the SQL of what each cell of a row is, in the order of its columns."""
    columns = query.header.columns
    return [
        _cell(column, has_exact=f"{name}{EXACT}" in columns)
        for name, column in columns.items()
        if not name.endswith(EXACT)
    ]


def _cell(column: Column, *, has_exact: bool) -> dict[str, str]:
    name = f'v."{column.name}"'
    exact = f'v."{column.name}{EXACT}"' if has_exact else "null"
    value, words = (name, "null") if column.is_figure else ("null", name)
    return {
        "column_name": f"'{column.name}'",
        "kind": f"'{column.kind}'" if column.kind else _as("kind", f'v."{column.kind_from}"'),
        "value": _as("value", value),
        "exact_value": _as("exact_value", exact),
        "words": _as("words", words),
    }


def _as(part: str, sql: str) -> str:
    return f"try_cast({sql} as {_PARTS[part]})"


def _rule(check: Query) -> str:
    """Return the select of a check's one row; its title is Indonesian, as the office's data is."""
    header = check.header
    title = (header.title.id if header.title else check.name).replace("'", "''")
    return f"select '{check.name}', '{title}', '{header.severity}', {header.place or 'null'}"
