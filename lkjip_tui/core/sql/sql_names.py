"""What a statement may name in this file: relations with their columns, functions, keywords.

Read with a session, so that a screen need not wait for it; what is read is plain values.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, Self

from lkjip_tui import language
from lkjip_tui.core.query.queries import Query, Registry
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.storage.sql_text import quoted

_PLAIN: Final = re.compile(r"[^\W\d]\w*\Z")
#: Kinds of keywords that cannot name a column, or not everywhere.
_RESERVED: Final = frozenset({"reserved", "type_function"})
_MOST: Final = 1_000_000
_PARAMETERS: Final = 5
#: The schemas in the order in which they are offered; others come last.
_SCHEMAS: Final = ("", "sheet", "report", "basis", "quality")

_COLUMNS: Final = """
select
    case
        when c.database_name != current_database() then c.database_name
        when c.schema_name != 'main' then c.schema_name
    end as place,
    c.table_name,
    c.column_name,
    c.data_type
from duckdb_columns() as c
where
    (c.database_name = current_database() or c.database_name in ('files', 'opened_files'))
    and not c.internal
order by place, c.table_name, c.column_index
"""
_FUNCTIONS: Final = """
select
    f.function_name,
    f.function_type in ('table', 'table_macro') as gives_rows,
    bool_or(not f.internal) as is_own,
    arg_min(f.parameters, len(f.parameters)) as fewest,
    arg_max(f.parameters, len(f.parameters)) as most,
    bool_or(f.varargs is not null) as goes_on,
    coalesce(any_value(f.description), '') as about
from duckdb_functions() as f
where
    (f.internal or f.database_name = current_database())
    and regexp_matches(f.function_name, '^[a-z_]\\w*$', 'i')
    and f.function_type != 'pragma' and f.schema_name != 'pg_catalog'
group by all
order by is_own desc, f.function_name, gives_rows
"""
_KEYWORDS: Final = "from duckdb_keywords()"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a relation: its type, and what it means where that is known."""

    name: str
    type: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view; `path` is the shortest name that finds it, part by part."""

    path: tuple[str, ...]
    columns: tuple[Column, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """A function or macro; `gives_rows` where it stands as a table."""

    name: str
    signature: str
    about: str = ""
    gives_rows: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """All that a statement may name. `keywords` have their kinds, as the database calls them."""

    relations: tuple[Relation, ...] = ()
    functions: tuple[Function, ...] = ()
    keywords: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, session: Session, registry: Registry) -> Self:
        """Read them; what a query's header says of its columns is what these mean."""
        keywords = session.read(_KEYWORDS, most=_MOST)[1]
        columns = session.read(_COLUMNS, most=_MOST)[1]
        functions = session.read(_FUNCTIONS, most=_MOST)[1]
        return cls(
            tuple(sorted(_relations(columns, registry), key=_place)),
            tuple(Function(row[0], _signature(row), row[6], row[1], row[2]) for row in functions),
            dict(keywords),
        )

    @property
    def words(self) -> frozenset[str]:
        """What tables, views and columns are called, whatever the case."""
        named = (each.name for relation in self.relations for each in relation.columns)
        ends = (part for relation in self.relations for part in relation.path)
        return frozenset(name.casefold() for name in (*named, *ends))

    def relation(self, path: Sequence[str]) -> Relation | None:
        """Return the relation of a name, which may say more than is needed."""
        wanted = [part.casefold() for part in path]
        bare = [part for part in wanted if part != "main"]
        # Behind a schema stands a view, behind the file's own name maybe a table called alike.
        for called in (wanted, bare, bare[1:]):
            for relation in self.relations:
                if called and [part.casefold() for part in relation.path] == called:
                    return relation
        return None

    def is_reserved(self, word: str) -> bool:
        """Whether a word cannot name a column, or not everywhere."""
        return self.keywords.get(word.lower()) in _RESERVED

    def written(self, name: str) -> str:
        """Return a name as a statement writes it: in quotes only where it needs them."""
        is_plain = _PLAIN.match(name) and not self.is_reserved(name)
        return name if is_plain else quoted(name)


def _relations(rows: Iterable[tuple[Any, ...]], registry: Registry) -> Iterable[Relation]:
    for parts, group in groupby(rows, lambda row: row[:2]):
        path = tuple(str(part) for part in parts if part is not None)
        query = registry.queries.get(".".join(path))
        columns = tuple(Column(name, kind, _meaning(query, name)) for *_parts, name, kind in group)
        yield Relation(path, columns, query.title() if query is not None else "")


def _place(relation: Relation) -> int:
    schema = ".".join(relation.path[:-1])
    return _SCHEMAS.index(schema) if schema in _SCHEMAS else len(_SCHEMAS)


def _meaning(query: Query | None, column: str) -> str:
    known = query.header.columns.get(column) if query is not None else None
    return known.heading.in_language(language.current()) if known is not None else ""


def _signature(row: Sequence[Any]) -> str:
    """Return how a function is called: what may be left out stands in brackets."""
    name, _gives_rows, _is_own, fewest, most, goes_on, _about = row
    shown = list(most[:_PARAMETERS])
    if goes_on or len(most) > _PARAMETERS:
        shown.append("…")
    needed = len(fewest) if most[: len(fewest)] == fewest else len(most)
    optional = shown[needed:]
    words = "".join(f"[, {each}" for each in optional) + "]" * len(optional)
    return f"{name}({', '.join(shown[:needed])}{words if needed else words.replace(', ', '', 1)})"
