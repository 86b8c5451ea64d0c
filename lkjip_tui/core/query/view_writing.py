"""Writing queries as views: what does not hold is found, as much of it at once as can be.

A query does not hold when it does not bind, or when its header does not fit its select or the
facts.
"""

import re
from collections.abc import Sequence
from typing import Final

from lkjip_tui.core.errors import QueryError
from lkjip_tui.core.query.catalogue import made_queries
from lkjip_tui.core.query.header import Header
from lkjip_tui.core.query.queries import Kind, Macros, Query, Registry, bare_code, by_dependency
from lkjip_tui.core.storage.database import Database, Transaction
from lkjip_tui.core.storage.driver_errors import translated
from lkjip_tui.core.storage.facts import Facts
from lkjip_tui.core.storage.harmless import acting_call
from lkjip_tui.language import _

_MACRO: Final = re.compile(r"\s*create\s+(or\s+replace\s+)?macro\s", re.IGNORECASE)


class Attempt:
    """One attempt to write all views but those that are left out, all or nothing.

    What did not hold, and why, is in `broken` then. What rests on one of these is not: it may yet
    rest on what that replaced. An error of the database ends the attempt.
    """

    def __init__(
        self,
        database: Database,
        facts: Facts,
        registry: Registry,
        left_out: Sequence[Query | Macros],
    ) -> None:
        self.broken: list[tuple[Query | Macros, str]] = []
        self._database = database
        self._facts = facts
        self._registry = registry
        made = made_queries(registry)
        named = {query.full_name: query for query in [*registry.queries.values(), *made]}
        queries = by_dependency(named, named)
        parts: Sequence[Query | Macros] = [*registry.macros, *queries]
        self._parts = [part for part in parts if part not in left_out]
        self._is_whole = not left_out
        self._gone = {part.full_name for part in left_out if isinstance(part, Query)}
        self._gone -= registry.queries.keys()
        self._unsure: set[str] = set()
        self._carrying = set[str]().union(*(query.mentions for query in queries))
        # What is made of headers reads what they promise of the views before: those are seen first.
        reading = [query for query in made if query in self._parts and query.mentions]
        self._first_made = min(map(self._parts.index, reading), default=0)

    def run(self) -> None:
        """Write them, or find out what does not hold."""
        try:
            with self._database.transaction() as transaction:
                _drop_views(transaction)
                self._write_all(transaction, self._parts[: self._first_made])
                self._write_all(transaction, self._parts[self._first_made :])
                self._fill(transaction)
                # With one left out, all are tried again next time: it may be mended elsewhere.
                transaction.change(
                    "update workbook set queries_hash = ?",
                    [self._registry.fingerprint if self._is_whole else None],
                )
        except QueryError:
            if not self.broken:
                raise

    def _write_all(self, transaction: Transaction, parts: Sequence[Query | Macros]) -> None:
        """Write some parts; raises QueryError when any is broken."""
        written = [part for part in parts if self._is_written(transaction, part)]
        stored = stored_columns(transaction)
        for part in written:
            if isinstance(part, Query):
                try:
                    require_fit(part, self._facts, stored.get(part.full_name))
                    require_choices(part, transaction)
                except QueryError as error:
                    self.broken.append((part, error.message))
        if self.broken:
            raise QueryError(self.broken[0][1])

    def _is_written(self, transaction: Transaction, part: Query | Macros) -> bool:
        if isinstance(part, Query) and part.mentions & self._unsure:
            self._unsure.add(part.full_name)
            return False
        try:
            with translated():
                self._write(transaction, part)
        except QueryError as error:
            self.broken.append((part, error.message))
            if isinstance(part, Query):
                self._unsure.add(part.full_name)
            transaction.read("select 1")  # fails where the error has ended the transaction
            return False
        return True

    def _write(self, transaction: Transaction, part: Query | Macros) -> None:
        if call := acting_call(part.text if isinstance(part, Macros) else part.select):
            raise QueryError(_("calls {name}, which does more than give rows").format(name=call))
        if isinstance(part, Macros):
            for _kind, statement in transaction.statements(part.text):
                if not _MACRO.match(bare_code(statement)):
                    raise QueryError(_("holds a statement that makes no macro"))
                transaction.run(statement)
            return
        if rests_on := sorted(part.mentions & self._gone):
            raise QueryError(_("left out, as it rests on {name}").format(name=rests_on[0]))
        # A line of its own before it, as where it is written: an error names the same line.
        if [kind for kind, _text in transaction.statements(f"\n{part.select}")] != ["SELECT"]:
            raise QueryError(_("is not one SELECT"))
        _create(transaction, part)
        if part.full_name in self._carrying:
            _empty(transaction, part)

    def _fill(self, transaction: Transaction) -> None:
        """Put the real ones where empty views stood for them."""
        for part in reversed(self._parts):
            if isinstance(part, Query) and part.full_name in self._carrying:
                try:
                    with translated():
                        _create(transaction, part)
                except QueryError as error:
                    self.broken.append((part, error.message))
                    raise


def _drop_views(transaction: Transaction) -> None:
    for kind in Kind:
        transaction.run(f"create schema if not exists {kind}")
    for schema, name in transaction.read(
        "select schema_name, view_name from duckdb_views()"
        " where database_name = current_database() and not internal"
        " and schema_name in ('basis', 'sheet', 'report', 'quality')"
    ):
        transaction.run(f"drop view {schema}.{_quoted(name)}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _create(transaction: Transaction, query: Query) -> None:
    transaction.run(f"create or replace view {query.full_name} as\n{query.select}")


def _empty(transaction: Transaction, query: Query) -> None:
    """Let an empty view with the same columns stand in for a query while others are written on it.

    The database looks through all that lies beneath a view that it writes. With nothing beneath,
    sixty views that lie upon each other take a fifth of a second instead of more than one; the
    real ones are put back from the top down.
    """
    # Its columns are stored with it; to describe it would plan it once more.
    found = transaction.read(
        "select column_name, data_type from duckdb_columns()"
        " where database_name = current_database() and schema_name = ? and table_name = ?"
        " order by column_index",
        [query.kind, query.name],
    )
    columns = ", ".join(f"cast(null as {of}) as {_quoted(name)}" for name, of in found)
    transaction.run(f"create or replace view {query.full_name} as select {columns} where false")


def stored_columns(reader: Database | Transaction) -> dict[str, frozenset[str]]:
    """Return the columns of each stored view, by its full name."""
    found = reader.read(
        "select schema_name || '.' || table_name, list(column_name) from duckdb_columns()"
        " where database_name = current_database()"
        " and schema_name in ('basis', 'sheet', 'report', 'quality') group by all"
    )
    return {name: frozenset(columns) for name, columns in found}


def require_fit(query: Query, facts: Facts, columns: frozenset[str] | None) -> None:
    """Raise QueryError when a query's header does not fit its view's columns or the facts."""
    if columns is None:
        raise QueryError(_("its view is not in the file"))
    if missing := sorted(query.header.reads().union(query.kind.promised) - columns):
        raise QueryError(_("its select gives no column {name}").format(name=missing[0]))
    require_facts(query.header, facts)


def require_facts(header: Header, facts: Facts) -> None:
    """Raise QueryError when a header writes to what are no facts, or not by their whole key."""
    for name, targets in header.edits.items():
        for target in targets:
            table = facts.tables.get(target.table)
            if table is None or target.column not in table.columns:
                raise QueryError(
                    _("“edit {name}” names no fact: {table}.{column}").format(
                        name=name, table=target.table, column=target.column
                    )
                )
            if {part.name for part in target.key} != set(table.key):
                told = _(
                    "“edit {name}” names no fact by its whole key: of {table}.{column} that is"
                    " ({key})"
                )
                raise QueryError(
                    told.format(
                        name=name,
                        table=target.table,
                        column=target.column,
                        key=", ".join(table.key),
                    )
                )
    for rule in header.rows:
        for part in rule.parts:
            table = facts.tables.get(part.table)
            named = {*(key.name for key in part.key), *([part.by] if part.by else [])}
            if table is None or not named <= table.columns.keys():
                raise QueryError(
                    _("“row” names no table of facts with these columns: {table}").format(
                        table=part.table
                    )
                )


def require_choices(query: Query, reader: Database | Transaction) -> None:
    """Raise QueryError when a `choice` select is not one that gives a value and its label."""
    for name, choices in query.header.choices.items():
        if choices.sql is None:
            continue
        reason = _why_no_choices(choices.sql, reader)
        if reason:
            raise QueryError(_("“choice {name}”: {reason}").format(name=name, reason=reason))


def _why_no_choices(sql: str, reader: Database | Transaction) -> str:
    try:
        if [kind for kind, _text in reader.statements(sql)] != ["SELECT"]:
            return _("is not one SELECT")
        with translated():
            columns = reader.read(f"describe {sql}")
    except QueryError as error:
        return error.message.splitlines()[0]
    is_pair = len(columns) == len(("value", "label"))
    return "" if is_pair else _("it gives other columns than a value and its label")
