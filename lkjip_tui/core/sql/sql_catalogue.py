"""What a file holds, for whoever writes SQL: each name with its words, its columns, its definition.

The names are those of `sql_names`, which were read before; what they mean stands in the headers of
the queries, also for the facts that these write to. Definitions and counts are read when asked.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile
from pathlib import Path
from typing import Final

from lkjip_tui import language
from lkjip_tui.core.query.header import FISCAL_YEAR, ROW_KEY
from lkjip_tui.core.query.queries import Kind, Macros, Query, Registry
from lkjip_tui.core.sql.sql_names import Column, Function, Names, Relation
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.storage.sql_text import statements, tokens
from lkjip_tui.language import _, mark


class Sort(StrEnum):
    """What a name is, in the order in which they are listed."""

    REFUSED = "refused"
    FACT = "fact"
    SHEET = "sheet"
    TABLE = "table"
    CHECK = "check"
    BASIS = "basis"
    FUNCTION = "function"
    OTHER = "other"


_SORTS: Final = {
    "sheet": Sort.SHEET,
    "report": Sort.TABLE,
    "quality": Sort.CHECK,
    "basis": Sort.BASIS,
}
#: Views that no file holds: `catalogue` makes them of all headers.
_MADE: Final = {
    "basis.cell": mark("Every cell of the report's tables"),
    "basis.printed_cell": mark("The cells that printed figures are held against"),
    "basis.rule": mark("The checks"),
    "basis.named_column": mark("The columns of sheets and tables"),
}
#: What columns mean that no heading tells of.
_KEYS: Final = {
    FISCAL_YEAR: mark("the report's year"),
    ROW_KEY: mark("tells the rows of a year apart"),
    "finding_key": mark("tells the findings of a year apart"),
    "quarter": mark("1 to 4; 0 is the whole year"),
    "stage": mark("initial (murni) or revised (perubahan)"),
    "plan": mark("annual_plan, initial, revised or strategic"),
}
#: Words of a fact's column in different sheets that are told.
_MOST_WORDS: Final = 3
_REMARK: Final = re.compile(r"--\s*#?\s?(.*)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A table, view or function; `about` says in a line what it is, `remark` in several.

    `name` is as a statement writes it, and `columns` are with what they mean, as far as known.
    `file` is that of a query of one's own, or of one that was refused: `about` says why.
    """

    sort: Sort
    name: str
    about: str
    columns: tuple[Column, ...] = ()
    remark: str = ""
    path: tuple[str, ...] = ()
    file: str = ""

    @property
    def has_rows(self) -> bool:
        """Whether a statement can read from it."""
        return self.sort not in {Sort.FUNCTION, Sort.REFUSED}

    @property
    def full_name(self) -> str:
        """The name as the registry of queries has it."""
        return ".".join(self.path)

    @property
    def has_years(self) -> bool:
        """Whether its rows are of a year."""
        return any(column.name == FISCAL_YEAR for column in self.columns)

    @property
    def rows(self) -> str:
        """A statement that looks at its rows: of the workbench's year, where they have one."""
        where = f"\nwhere {FISCAL_YEAR} = ${FISCAL_YEAR}" if self.has_years else ""
        return f"from {self.name}{where}\nlimit 100"

    @property
    def summary(self) -> str:
        """A statement that says of each column how many values it has, the least, the greatest."""
        return f"summarize {self.name}"


def entries(names: Names, registry: Registry, facts: Collection[str]) -> list[Entry]:
    """Return all that the file holds by sort; `facts` are its tables of facts."""
    words = _Words(registry)
    found = [_of_relation(names, each, registry, facts, words) for each in names.relations]
    remarks = dict(_remarks(registry.macros))
    found += [_of_function(each, remarks) for each in names.functions if each.is_own]
    found += [
        Entry(Sort.REFUSED, each.name, str(each.error).replace("\n", " "), file=each.file)
        for each in registry.refused
    ]
    order = list(Sort)
    return sorted(found, key=lambda entry: order.index(entry.sort))  # else as they come


def _of_relation(
    names: Names,
    relation: Relation,
    registry: Registry,
    facts: Collection[str],
    words: "_Words",
) -> Entry:
    name = ".".join(map(names.written, relation.path))
    full_name = ".".join(relation.path)
    sort = _SORTS.get(relation.path[0]) if len(relation.path) > 1 else None
    if sort is None:
        sort = Sort.FACT if full_name in facts else Sort.OTHER
    columns = relation.columns
    if sort is Sort.FACT:
        columns = tuple(words.of_column(full_name, column) for column in columns)
    columns = tuple(_with_meaning(column, facts) for column in columns)
    if sort is Sort.FACT:
        return Entry(sort, name, words.of_table(full_name), columns, path=relation.path)
    query = registry.queries.get(full_name)
    about = relation.about or (_(_MADE[full_name]) if full_name in _MADE else "")
    remark = "" if query is None else remark_of(_text_of(query))
    file = query.file if query is not None and query.is_own else ""
    return Entry(sort, name, about, columns, remark, relation.path, file)


def _with_meaning(column: Column, facts: Collection[str]) -> Column:
    """Return a column with what is meant by it, if no heading tells that."""
    if column.about:
        return column
    thing = column.name.removesuffix("_id")
    if thing != column.name and thing in facts:
        return replace(column, about=_("id of {table}").format(table=thing))
    return replace(column, about=_(_KEYS[column.name]) if column.name in _KEYS else "")


def _of_function(function: Function, remarks: Mapping[str, str]) -> Entry:
    remark = remarks.get(function.name, "")
    return Entry(Sort.FUNCTION, function.name, function.signature, (), remark, (function.name,))


class _Words:
    """What facts are called where they are written: sheets come before tables."""

    def __init__(self, registry: Registry) -> None:
        self._columns: dict[tuple[str, str], list[str]] = {}
        self._tables: dict[str, list[str]] = {}
        spoken = language.current()
        for query in (*registry.of_kind(Kind.SHEET), *registry.of_kind(Kind.TABLE)):
            own: dict[tuple[str, str], list[str]] = {}
            for name, targets in query.header.edits.items():
                heading = query.header.columns[name].heading.in_language(spoken)
                for target in targets:
                    if query.kind is Kind.SHEET or target.table not in self._tables:
                        _add(self._tables.setdefault(target.table, []), query.title())
                    if not any(type(part.literal) is int and part.literal for part in target.key):
                        # Of all quarters one would be told.
                        _add(own.setdefault((target.table, target.column), []), heading)
            self._columns = {**own, **self._columns}

    def of_table(self, table: str) -> str:
        """Return which sheets write to a table."""
        titles = self._tables.get(table, [])
        return _("written in {sheets}").format(sheets=", ".join(titles)) if titles else ""

    def of_column(self, table: str, column: Column) -> Column:
        """Return a column of a table with what the first sheet that writes to it calls it."""
        return replace(column, about=" · ".join(self._columns.get((table, column.name), [])))


def _add(known: list[str], words: str) -> None:
    if words not in known and len(known) < _MOST_WORDS:
        known.append(words)


def remark_of(text: str) -> str:
    """Return what a query file remarks on itself before its select."""
    said: list[str] = []
    for line in takewhile(lambda line: line.startswith("--"), text.split("\n")):
        body = line.removeprefix("--").strip()
        if body.startswith("#"):
            said.append(body.removeprefix("#").strip())
    return " ".join(said)


def _remarks(macros: Sequence[Macros]) -> Iterator[tuple[str, str]]:
    """Yield the names of macros with the comment that stands right above each."""
    for name, text in _macros(macros):
        above = text[: _begin(text)].split("\n\n")[-1]
        lines = (match[1] for match in _REMARK.finditer(above))
        yield name, " ".join(lines)


def _macros(macros: Sequence[Macros]) -> Iterator[tuple[str, str]]:
    for file in macros:
        for statement in statements(file.text):
            words = [token for token in tokens(statement.text) if token.is_name]
            at = next((n for n, token in enumerate(words) if token.word == "macro"), None)
            if at is not None and len(words) > at + 1:
                yield words[at + 1].name, statement.text


def _begin(text: str) -> int:
    """Return where the statement begins behind the comments before it."""
    found = [token for token in tokens(text) if token.kind != "comment"]
    return found[0].start if found else 0


def _text_of(query: Query) -> str:
    """Return a query's file, or its select where there is none to be read."""
    try:
        return Path(query.file).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return query.select


# What is read when it is asked for


def count(session: Session, entry: Entry, year: int) -> tuple[int, int | None]:
    """Return how many rows there are in all, and in a year where they are of years."""
    of_year = f"count(*) filter ({FISCAL_YEAR} = {int(year)})" if entry.has_years else "null"
    found = session.read_guarded(f"select count(*), {of_year} from {entry.name}", most=1)
    return found[0]


def definition(session: Session, entry: Entry, registry: Registry) -> str:
    """Return how something is made: a query's file, or what the database says of it."""
    if entry.sort is Sort.REFUSED:
        return Path(entry.file).read_text("utf-8", errors="replace")
    query = registry.queries.get(entry.full_name)
    if query is not None and entry.sort not in (Sort.FACT, Sort.FUNCTION, Sort.OTHER):
        return _text_of(query).strip()
    if entry.sort is Sort.FUNCTION:
        texts = [text for name, text in _macros(registry.macros) if name == entry.name]
        if texts:
            above = texts[-1][: _begin(texts[-1])]
            return (above.split("\n\n")[-1] + texts[-1][_begin(texts[-1]) :]).strip()
        told = session.read_guarded(
            "select macro_definition from duckdb_functions() where not internal"
            " and database_name = current_database() and function_name = ?",
            [entry.name],
            most=1,
        )
        return f"create macro {entry.about} as\n    {told[0][0]}" if told else ""
    *schema, name = entry.path
    told = session.read_guarded(
        "select sql from duckdb_tables() where database_name = current_database()"
        " and not internal and schema_name = $schema and table_name = $name"
        " union all select sql from duckdb_views() where database_name = current_database()"
        " and not internal and schema_name = $schema and view_name = $name",
        {"schema": schema[0] if schema else "main", "name": name},
        most=1,
    )
    return _broken(str(told[0][0])) if told else ""


def _broken(sql: str) -> str:
    """Return what makes a table with a column a line."""
    if not sql.startswith("CREATE TABLE"):
        return sql.strip()
    text, depth, after = "", 0, 0
    for token in tokens(sql):
        gap = sql[after : token.start]
        after = token.end
        depth -= token.text == ")"
        if token.text == ")" and depth == 0:
            text = f"{text}\n)"
        else:
            text += ("" if text.endswith("\n    ") else gap) + token.text
        depth += token.text == "("
        if depth == 1 and token.text in {"(", ","}:
            text += "\n    "
    return text
