"""The queries that are the workbench: found in folders, described by headers, stored as views.

A folder has one sub-folder a kind; a later folder replaces an earlier one's query by kind and
name. Each query becomes a view in the schema of its kind, so any other client of the file reads
the same numbers. A query that does not read or bind, or whose header does not fit its select or
the facts, is told with file, line and reason; it is left out, and nothing but what rests on it.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from lkjip_tui import language
from lkjip_tui.core.database import Database, Transaction
from lkjip_tui.core.errors import QueryError, UsageError
from lkjip_tui.core.facts import Facts
from lkjip_tui.core.header import Header, parse
from lkjip_tui.language import _


class Kind(StrEnum):
    """What a query is for; the value is the schema of its view."""

    BASIS = "basis"
    SHEET = "sheet"
    TABLE = "report"
    CHECK = "quality"


_FOLDERS: Final = {
    "basis": Kind.BASIS,
    "sheets": Kind.SHEET,
    "tables": Kind.TABLE,
    "checks": Kind.CHECK,
}
_MACROS: Final = "macros.sql"
#: What every view of a kind has, besides what its header reads.
_PROMISED: Final = {
    Kind.BASIS: frozenset[str](),
    Kind.SHEET: frozenset({"fiscal_year", "row_key"}),
    Kind.TABLE: frozenset({"fiscal_year", "row_key"}),
    Kind.CHECK: frozenset({"fiscal_year", "finding_key"}),
}
_NAME: Final = re.compile(r"[a-z_][a-z0-9_]*")
_NO_CODE: Final = re.compile(r"--[^\n]*|'(?:[^']|'')*'")
_MACRO: Final = re.compile(r"\s*create\s+(or\s+replace\s+)?macro\s", re.IGNORECASE)
_MENTION: Final = re.compile(r'\b(basis|sheet|report|quality)\s*\.\s*"?(\w+)', re.IGNORECASE)
_ERROR_LINE: Final = re.compile(r"^LINE (\d+):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Query:
    """One query file, read."""

    kind: Kind
    name: str
    file: str
    header: Header
    select: str

    @property
    def full_name(self) -> str:
        """The view's name with its schema, as users' SQL writes it."""
        return f"{self.kind}.{self.name}"

    @property
    def mentions(self) -> set[str]:
        """The full names of the views that the query may rest on."""
        found = _MENTION.findall(_NO_CODE.sub("", self.select))
        return {f"{schema}.{name}".lower() for schema, name in found} - {self.full_name}

    def title(self) -> str:
        """Return the title: a report table's is Indonesian, others follow the interface."""
        if self.header.title is None:
            return self.name
        spoken = "id" if self.kind is Kind.TABLE else language.current()
        return self.header.title.in_language(spoken)


@dataclass(frozen=True, slots=True)
class Macros:
    """A file of macros, read."""

    file: str
    text: str


@dataclass(slots=True)
class Registry:
    """All queries of a workbench, by full name, with what is wrong with those that are left out."""

    queries: Mapping[str, Query]
    macros: Sequence[Macros]
    fingerprint: str
    faults: list[QueryError] = field(default_factory=list)

    def of_kind(self, kind: Kind) -> list[Query]:
        """Return the queries of a kind, in the order of their places."""
        return [query for query in self.queries.values() if query.kind is kind]

    def find(self, name: str) -> Query:
        """Return the query called `name`, with or without its schema.

        Raises UsageError when there is none, or when a bare name fits several.
        """
        wanted = name.lower()
        if wanted in self.queries:
            return self.queries[wanted]
        shown = (q for q in self.queries.values() if q.kind is not Kind.BASIS)
        fitting = [query for query in shown if query.name == wanted]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            names = " · ".join(query.full_name for query in fitting)
            raise UsageError(
                _("{name} is not one name.").format(name=name),
                _("Say which: {names}").format(names=names),
            )
        raise UsageError(
            _("There is no sheet, table or check called {name}.").format(name=name),
            _("lkjip list FILE shows the names."),
        )


def load(folders: Iterable[Path]) -> Registry:
    """Read every query in the folders; a later folder's query replaces an earlier one's."""
    found: dict[str, Query] = {}
    macros: list[Macros] = []
    faults: list[QueryError] = []
    seal = hashlib.sha256()

    def text_of(path: Path) -> str:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{path.name}: {error}") from error
        seal.update(f"\0{path.parent.name}/{path.name}\0{text}".encode())
        return text

    for folder in dict.fromkeys(folder.resolve() for folder in folders):
        for path in sorted(folder.glob(_MACROS)):
            try:
                macros.append(Macros(str(path), text_of(path)))
            except QueryError as error:
                faults.append(error)
        for name, kind in _FOLDERS.items():
            for path in sorted((folder / name).glob("*.sql")):
                try:
                    query = _read(kind, path, text_of(path))
                except QueryError as error:
                    faults.append(error)
                else:
                    found[query.full_name] = query
    return Registry(_sorted(found), macros, seal.hexdigest(), faults)


def _read(kind: Kind, path: Path, text: str) -> Query:
    name = path.stem.lower()
    if not _NAME.fullmatch(name):
        raise QueryError(
            _("{file}: this is no name for a view").format(file=path.name),
            _("Use small letters, digits and _, and begin with a letter."),
        )
    header, select = parse(text, path.name)
    return Query(kind, name, str(path), header, select)


def write_views(database: Database, facts: Facts, registry: Registry) -> None:
    """Store every query as a view, in one transaction, unless the file has just these.

    One that cannot be stored leaves the registry, with all that rests on it, and is told in
    `registry.faults`. On a read-only file those stay whose stored view fits their header.
    """
    if are_current(database, registry):
        return
    if database.read_only:
        _keep_stored(database, facts, registry)
        return
    left_out: list[Query | Macros] = []
    while (broken := _try_to_write(database, facts, registry, left_out)) is not None:
        part, reason = broken
        left_out.append(part)
        registry.faults.append(_fault(part, reason))
    registry.queries = {n: q for n, q in registry.queries.items() if q not in left_out}


def are_current(database: Database, registry: Registry) -> bool:
    """Return whether the file's views are those of the registry."""
    stored = database.value("select queries_hash from workbook")
    return bool(stored == registry.fingerprint)


def _keep_stored(database: Database, facts: Facts, registry: Registry) -> None:
    stored = _stored_columns(database)
    kept = {}
    for name, query in registry.queries.items():
        try:
            _require_fit(query, facts, stored.get(name))
        except QueryError as error:
            registry.faults.append(_fault(query, error.message))
        else:
            kept[name] = query
    registry.queries = kept


def _try_to_write(
    database: Database, facts: Facts, registry: Registry, left_out: Sequence[Query | Macros]
) -> tuple[Query | Macros, str] | None:
    """Write all but what is left out; None when it held, else the first that did not, and why."""
    parts: list[Query | Macros] = [*registry.macros, *_by_dependency(registry.queries.values())]
    parts = [part for part in parts if part not in left_out]
    gone = {part.full_name for part in left_out if isinstance(part, Query)}
    part: Query | Macros | None = None
    try:
        with database.transaction() as transaction:
            _drop_views(transaction)
            for part in parts:
                _write(database, transaction, part, gone)
            stored = _stored_columns(transaction)
            for part in parts:
                if isinstance(part, Query):
                    _require_fit(part, facts, stored.get(part.full_name))
            # With one left out, all are tried again next time: it may be mended elsewhere.
            transaction.change(
                "update workbook set queries_hash = ?",
                [None if left_out else registry.fingerprint],
            )
    except QueryError as error:
        if part is None:
            raise
        return part, error.message
    return None


def _drop_views(transaction: Transaction) -> None:
    for kind in Kind:
        transaction.run(f"create schema if not exists {kind}")
    for schema, name in transaction.read(
        "select schema_name, view_name from duckdb_views()"
        " where schema_name in ('basis', 'sheet', 'report', 'quality') and not internal"
    ):
        transaction.run(f'drop view {schema}."{name.replace(chr(34), chr(34) * 2)}"')


def _write(
    database: Database, transaction: Transaction, part: Query | Macros, gone: set[str]
) -> None:
    if isinstance(part, Macros):
        for _kind, statement in database.statements(part.text):
            if not _MACRO.match(_NO_CODE.sub("", statement)):
                raise QueryError(_("holds a statement that makes no macro"))
            transaction.run(statement)
        return
    if rests_on := sorted(part.mentions & gone):
        raise QueryError(_("rests on {name}").format(name=rests_on[0]))
    if [kind for kind, _text in database.statements(part.select)] != ["SELECT"]:
        raise QueryError(_("is not one SELECT"))
    transaction.run(f"create view {part.full_name} as\n{part.select}")


def _stored_columns(reader: Database | Transaction) -> dict[str, frozenset[str]]:
    """Return the columns of each stored view, by its full name."""
    found = reader.read(
        "select schema_name || '.' || table_name, list(column_name) from duckdb_columns()"
        " where schema_name in ('basis', 'sheet', 'report', 'quality') group by all"
    )
    return {name: frozenset(columns) for name, columns in found}


def _require_fit(query: Query, facts: Facts, columns: frozenset[str] | None) -> None:
    """Raise QueryError when a query's header does not fit its view's columns or the facts."""
    if columns is None:
        raise QueryError(_("its view is not in the file"))
    if missing := sorted((query.header.reads() | _PROMISED[query.kind]) - columns):
        raise QueryError(_("its select gives no column {name}").format(name=missing[0]))
    for name, targets in query.header.edits.items():
        for target in targets:
            table = facts.tables.get(target.table)
            keyed = {part.name for part in target.key}
            if table is None or keyed != set(table.key) or target.column not in table.columns:
                raise QueryError(
                    _("“edit {name}” names no fact by its whole key: {table}.{column}").format(
                        name=name, table=target.table, column=target.column
                    )
                )
    for rule in query.header.rows:
        for part in rule.parts:
            table = facts.tables.get(part.table)
            named = {*(key.name for key in part.key), *([part.by] if part.by else [])}
            if table is None or not named <= table.columns.keys():
                raise QueryError(
                    _("“row” names no table of facts with these columns: {table}").format(
                        table=part.table
                    )
                )


def _fault(part: Query | Macros, reason: str) -> QueryError:
    """Tell what is wrong with a query, in the line of its own file."""
    place = Path(part.file).name
    if isinstance(part, Query) and (line := _ERROR_LINE.search(reason)):
        # `create view … as` takes the first line of what was run.
        number = part.header.select_line + int(line[1]) - 2
        place += ", " + _("line {number}").format(number=number)
    return QueryError(
        f"{place}: {reason.strip().splitlines()[0]}",
        _("The rest works without it. Mend the file and read the queries again."),
    )


def _by_dependency(queries: Iterable[Query]) -> list[Query]:
    """Return the queries so that each comes after those it mentions; a cycle ends anywhere."""
    by_name = {query.full_name: query for query in queries}
    ordered: dict[str, Query] = {}
    begun: set[str] = set()

    def place(query: Query) -> None:
        if query.full_name in begun:
            return
        begun.add(query.full_name)
        for name in sorted(query.mentions & by_name.keys()):
            place(by_name[name])
        ordered[query.full_name] = query

    for query in by_name.values():
        place(query)
    return list(ordered.values())


def _sorted(found: Mapping[str, Query]) -> dict[str, Query]:
    """Return the queries by kind and by the place that their headers give them."""
    kinds = list(Kind)

    def place(query: Query) -> tuple[object, ...]:
        place = query.header.place
        return kinds.index(query.kind), place is None, place or 0, query.name

    return {query.full_name: query for query in sorted(found.values(), key=place)}
