"""Queries as views in the file, so that any other client of it reads the same numbers.

They are written anew only when a query changed. A query that does not bind, or whose header does
not fit its select or the facts, is told with file, line and reason; it is left out, and nothing
but what rests on it. A `from` line that leads nowhere is told and left out alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from lkjip_tui.core.catalogue import made_queries
from lkjip_tui.core.database import Database, Transaction, translated
from lkjip_tui.core.errors import QueryError, UsageError
from lkjip_tui.core.facts import Facts
from lkjip_tui.core.header import Origin
from lkjip_tui.core.queries import Kind, Macros, Query, Registry, bare_code, by_dependency
from lkjip_tui.language import _

_MACRO: Final = re.compile(r"\s*create\s+(or\s+replace\s+)?macro\s", re.IGNORECASE)
_ERROR_LINE: Final = re.compile(r"^LINE (\d+):", re.MULTILINE)


def write(database: Database, facts: Facts, registry: Registry) -> None:
    """Store every query as a view, in one transaction, unless the file has just these.

    One that cannot be stored is told in `registry.faults` and leaves the registry, with all that
    rests on it unless it only replaced another. On a read-only file those stay whose stored view
    fits their header.
    """
    if not are_current(database, registry):
        if database.read_only:
            _keep_stored(database, facts, registry)
        else:
            _store(database, facts, registry)
    if database.read_only and not are_current(database, registry):
        hint = _("Open the file once for editing; that brings its views up to date.")
    else:
        hint = _("The cell does not say where it comes from until the line is mended.")
    _leave_out_lost_origins(registry, _stored_columns(database), hint)


def are_current(database: Database, registry: Registry) -> bool:
    """Return whether the file's views are those of the registry."""
    stored = database.value("select queries_hash from workbook")
    return bool(stored == registry.fingerprint)


def _store(database: Database, facts: Facts, registry: Registry) -> None:
    """Write the views, without those that cannot be."""
    left_out: list[Query | Macros] = []
    while (broken := _try_to_write(database, facts, registry, left_out)) is not None:
        part, reason = broken
        left_out.append(part)
        if isinstance(part, Query):
            registry.leave_out(part)
        hint = _("The rest works without it. Mend the file and read the queries again.")
        registry.faults.append(_fault(part, reason, hint))


def _keep_stored(database: Database, facts: Facts, registry: Registry) -> None:
    """Keep the queries that the file has a fitting view of."""
    stored = _stored_columns(database)
    unsure = list(registry.queries.values())
    while unsure:
        query = unsure.pop(0)
        name = query.full_name
        try:
            _require_fit(query, facts, stored.get(name))
            _require_choices(query, database, database)
        except QueryError as error:
            hint = _("Open the file once for editing; that brings its views up to date.")
            registry.faults.append(_fault(query, error.message, hint))
            registry.leave_out(query)
            unsure += [registry.queries[name]] if name in registry.queries else []


def _try_to_write(
    database: Database, facts: Facts, registry: Registry, left_out: Sequence[Query | Macros]
) -> tuple[Query | Macros, str] | None:
    """Write all but what is left out; None when it held, else the first that did not, and why."""
    made = made_queries(registry)
    named = {query.full_name: query for query in [*registry.queries.values(), *made]}
    queries = by_dependency(named, named)
    parts: list[Query | Macros] = [*registry.macros, *queries]
    parts = [part for part in parts if part not in left_out]
    gone = {part.full_name for part in left_out if isinstance(part, Query)}
    gone -= registry.queries.keys()
    part: Query | Macros | None = None
    # What is made of headers reads what they promise of the views before: those are seen first.
    reading = [query for query in made if query in parts and query.mentions]
    first_made = min(map(parts.index, reading), default=0)
    carrying = set[str]().union(*(query.mentions for query in queries))
    try:
        with database.transaction() as transaction:
            _drop_views(transaction)
            for group in (parts[:first_made], parts[first_made:]):
                for part in group:
                    _write(database, transaction, part, gone)
                    if isinstance(part, Query) and part.full_name in carrying:
                        _empty(transaction, part)
                stored = _stored_columns(transaction)
                for part in group:
                    if isinstance(part, Query):
                        _require_fit(part, facts, stored.get(part.full_name))
                        _require_choices(part, database, transaction)
            for part in reversed(parts):
                if isinstance(part, Query) and part.full_name in carrying:
                    _create(transaction, part)
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
        transaction.run(f"drop view {schema}.{_quoted(name)}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _write(
    database: Database, transaction: Transaction, part: Query | Macros, gone: set[str]
) -> None:
    if isinstance(part, Macros):
        for _kind, statement in database.statements(part.text):
            if not _MACRO.match(bare_code(statement)):
                raise QueryError(_("holds a statement that makes no macro"))
            transaction.run(statement)
        return
    if rests_on := sorted(part.mentions & gone):
        raise QueryError(_("left out, as it rests on {name}").format(name=rests_on[0]))
    # A line of its own before it, as where it is written: an error names the same line.
    if [kind for kind, _text in database.statements(f"\n{part.select}")] != ["SELECT"]:
        raise QueryError(_("is not one SELECT"))
    _create(transaction, part)


def _create(transaction: Transaction, query: Query) -> None:
    transaction.run(f"create or replace view {query.full_name} as\n{query.select}")


def _empty(transaction: Transaction, query: Query) -> None:
    """Let an empty view with the same columns stand in for a query while others are written on it.

    The database looks through all that lies beneath a view that it writes. With nothing beneath,
    sixty views that lie upon each other take a fifth of a second instead of more than one; the
    real ones are put back from the top down.
    """
    columns = ", ".join(
        f"cast(null as {column_type}) as {_quoted(name)}"
        for name, column_type, *_rest in transaction.read(f"describe {query.full_name}")
    )
    transaction.run(f"create or replace view {query.full_name} as select {columns} where false")


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
    if missing := sorted(query.header.reads().union(query.kind.promised) - columns):
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


def _leave_out_lost_origins(
    registry: Registry, stored: Mapping[str, frozenset[str]], hint: str
) -> None:
    """Tell the first `from` line of each query that leads nowhere, and do without all of those.

    Only the explanation of a cell rests on one, and it may be another query that changed.
    """
    for query in list(registry.queries.values()):
        reasons = {
            origin: reason
            for origins in query.header.origins.values()
            for origin in origins
            if (reason := _why_lost(origin, query, registry, stored))
        }
        if not reasons:
            continue
        kept = {
            name: tuple(origin for origin in origins if origin not in reasons)
            for name, origins in query.header.origins.items()
        }
        registry.put(replace(query, header=replace(query.header, origins=kept)))
        origin, reason = next(iter(reasons.items()))
        message = _("{file}, line {line}: {reason}").format(
            file=Path(query.file).name, line=origin.line, reason=reason
        )
        registry.faults.append(QueryError(message, hint))


def _why_lost(
    origin: Origin, query: Query, registry: Registry, stored: Mapping[str, frozenset[str]]
) -> str:
    """Return why a `from` line leads nowhere; empty when it leads somewhere."""
    try:
        source = registry.find(origin.query)
    except UsageError as error:
        return error.message
    if missing := sorted(origin.reads() - stored.get(query.full_name, frozenset())):
        return _("its select gives no column {name}").format(name=missing[0])
    wanted = {origin.column, "fiscal_year", *(part.name for part in origin.key)}
    if missing := sorted(wanted - stored.get(source.full_name, frozenset())):
        return _("{view} has no column {column}.").format(view=source.full_name, column=missing[0])
    return ""


def _require_choices(query: Query, database: Database, reader: Database | Transaction) -> None:
    """Raise QueryError when a `choice` select is not one that gives a value and its label."""
    for name, choices in query.header.choices.items():
        if choices.sql is None:
            continue
        reason = _why_no_choices(choices.sql, database, reader)
        if reason:
            raise QueryError(_("“choice {name}”: {reason}").format(name=name, reason=reason))


def _why_no_choices(sql: str, database: Database, reader: Database | Transaction) -> str:
    try:
        if [kind for kind, _text in database.statements(sql)] != ["SELECT"]:
            return _("is not one SELECT")
        with translated():
            columns = reader.read(f"describe {sql}")
    except QueryError as error:
        return error.message.splitlines()[0]
    is_pair = len(columns) == len(("value", "label"))
    return "" if is_pair else _("it gives other columns than a value and its label")


def _fault(part: Query | Macros, reason: str, hint: str) -> QueryError:
    """Tell what is wrong with a query, in the line of its own file."""
    place = Path(part.file).name
    if isinstance(part, Query) and (line := _ERROR_LINE.search(reason)):
        # `create view … as` takes the first line of what was run.
        number = part.header.select_line + int(line[1]) - 2
        place += ", " + _("line {number}").format(number=number)
    return QueryError(f"{place}: {reason.strip().splitlines()[0]}", hint)
