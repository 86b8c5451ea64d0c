"""What a statement that writes would change in the facts, before anything is written.

The statement runs in a transaction that is taken back. What the tables held then is kept in a
database in memory and held against the file (`statement_runs`), so that whatever the statement
says, its changes are those of values and rows, as any act's. Only facts may change: every other
table of the file is held against itself, too.
"""

import re
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from lkjip_tui.core.acts import BulkAct, CellRun, Change, RowRun
from lkjip_tui.core.changes import bulk, extent
from lkjip_tui.core.changes.chronicle import Chronicle
from lkjip_tui.core.changes.editing import Editing
from lkjip_tui.core.changes.extent import Extent
from lkjip_tui.core.changes.years import require_year
from lkjip_tui.core.checks.check_counts import CheckCounts, Counted
from lkjip_tui.core.errors import (
    EditRefused,
    Interrupted,
    LkjipError,
    QueryError,
    StatementRefused,
    UsageError,
)
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.sql.statement_runs import StatementRuns, TableChanges
from lkjip_tui.core.storage import guard
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.storage.database import Database, Transaction
from lkjip_tui.core.storage.facts import Facts
from lkjip_tui.core.storage.sql_text import tokens
from lkjip_tui.language import _, mark

if TYPE_CHECKING:
    from lkjip_tui.core.sql.result import Work

WRITTEN: Final = mark("SQL statement")

#: Seconds that the checks may take: nobody waits longer to see what would change.
PATIENCE: Final = 8
#: A row's name that no table has for a column.
_ROW: Final = '"row of the table"'
_LAST_ID: Final = (
    "select coalesce(s.last_value, s.start_value - 1) from duckdb_sequences() as s"
    " where s.database_name = current_database() and s.sequence_name = 'id'"
)

_NOT_NULL: Final = re.compile(r'NOT NULL constraint failed: "?(?P<table>\w+)"?\.(?P<column>\w+)')
_TWICE: Final = re.compile(r'[Dd]uplicate key "(?P<key>[^"]*)"')
_RULE: Final = re.compile(
    r'CHECK constraint failed on table "?(?P<table>\w+)"?'
    r" with expression CHECK\(\((?P<rule>.*)\)\)",
    re.DOTALL,
)
_NOTHING: Final = Extent(0, 0)
#: What the driver says of a view that a statement would write to.
_OF_A_VIEW: Final = re.compile("base table|is not an table|is not a table")


@dataclass(frozen=True, slots=True)
class CheckChange:
    """A check that finds something else in a year, with how much it finds now and then.

    `then` is None where it could not be run then.
    """

    check: Query
    year: int
    now: int
    then: int | None


@dataclass(frozen=True, slots=True)
class _Looked:
    """What has come of a look: changes, which a database in memory holds, and the checks."""

    memory: str = ""
    runs: Sequence[CellRun | RowRun] = ()
    tables: Sequence[TableChanges] = ()
    count: int = 0
    extent: Extent = _NOTHING
    has_new_ids: bool = False
    meets_no_row: bool = False
    checks: Sequence[CheckChange] | None = ()


class StatementChanges:
    """The changes of one statement that writes. `look` at them first, close it when done."""

    def __init__(
        self,
        database: Database,
        facts: Facts,
        editing: Editing,
        checks: CheckCounts,
        statement: tuple[str, dict[str, object]],
    ) -> None:
        """Make ready for a statement with its parameters; raises as `guard.writing`."""
        self._database, self._facts, self._editing = database, facts, editing
        self._checks, self._chronicle = checks, Chronicle(database, facts)
        text, self._values = statement
        self._text = guard.writing(database, text)
        self._looked = _Looked()

    def close(self) -> None:
        """Let go of the changes."""
        memory, self._looked = self._looked.memory, _Looked()
        if memory:
            self._database.detach_memory(memory)

    def look(self, work: "Work") -> None:
        """Find out what would change now, and what the checks would say.

        Raises StatementRefused where anything but facts would change, EditRefused for rows that
        their table does not take, QueryError, and Interrupted.
        """
        database = self._database
        memory = database.attach_memory()
        try:
            with database.alone(patient=True):
                try:
                    with database.session() as actor, database.session() as reader:
                        looked = self._look(work, actor, reader, memory)
                    checks = self._check(work, looked.runs)
                except LkjipError as error:
                    if work.is_stopped:
                        raise Interrupted(_("Stopped.")) from error
                    raise
        except BaseException:
            database.detach_memory(memory)
            raise
        self.close()
        self._looked = replace(looked, checks=checks)

    # What has come of it

    @property
    def tables(self) -> Sequence[TableChanges]:
        """How much changes in which table."""
        return self._looked.tables

    @property
    def extent(self) -> Extent:
        """How much changes, as people count it."""
        return self._looked.extent

    @property
    def count(self) -> int:
        """How many changes there are, as the journal counts them."""
        return self._looked.count

    @property
    def checks(self) -> Sequence[CheckChange] | None:
        """The checks that would find something else, year by year; None where that takes long."""
        return self._looked.checks

    @property
    def has_new_ids(self) -> bool:
        """Whether the statement took ids for new things, which nothing else must get again."""
        return self._looked.has_new_ids

    @property
    def meets_no_row(self) -> bool:
        """Whether no row fits what an UPDATE or DELETE asks for, as far as that is known."""
        return self._looked.meets_no_row

    def page(self, start: int, stop: int) -> Sequence[Change]:
        """Return changes from `start` to before `stop`, in the order of their tables and keys."""
        if not self.count:
            return []
        found = self._database.read(
            "select l.table_name, l.fact_key, l.action, l.column_name, l.before, l.after"
            f" from {StatementRuns.listed(self._looked.memory)} as l"
            " where l.rank > ? and l.rank <= ? order by l.rank",
            [start, stop],
        )
        return [self._chronicle.change_of(*row) for row in found]

    def act(self) -> BulkAct:
        """Return the act of all that changes."""
        return BulkAct(WRITTEN, tuple(self._looked.runs))

    # Inside

    def _look(self, work: "Work", actor: Session, reader: Session, memory: str) -> _Looked:
        try:
            found, before, last_id, touched = self._rehearse(work.by(actor), reader, memory)
        except LkjipError as error:
            if (told := self._in_plain_words(error)) is not None:
                raise told from error.__cause__
            raise
        work.by(reader)
        found.compare(self._editing)
        for table, highest in found.highest_ids():
            if highest > last_id:
                raise EditRefused(
                    _("{table} {number} is an id that was never given.").format(
                        table=table, number=highest
                    ),
                    _("nextval('id') gives the id of a new row."),
                )
        for year in found.years():
            _require_year(year)
        _columns, rows = reader.read(
            extent.select_of(StatementRuns.listed(memory)), [[0], [*self._facts.things]], most=1
        )
        cells, came_or_went = rows[0][1:] if rows else (0, 0)
        return _Looked(
            memory, found.runs, found.tables, found.count, Extent(cells, came_or_went),
            has_new_ids=last_id > before, meets_no_row=touched == 0,
        )  # fmt: skip

    def _rehearse(
        self, actor: Session, reader: Session, memory: str
    ) -> tuple[StatementRuns, int, int, int | None]:
        """Run the statement, keep what it makes of the facts, and take it back.

        Returns these, the last id that was given before and then, and how many rows were met.
        """
        with self._database.rehearsal(actor) as transaction:
            before, last_id = self._sums(transaction), _last_id(transaction)
            actor.require_unstopped()
            touched = self._run(transaction)
            after = self._sums(transaction)
            changed = [name for name in after if after[name] != before[name]]
            self._require_facts(changed)
            _require_office(transaction)
            found = StatementRuns(reader, memory, [self._facts.tables[name] for name in changed])
            found.take(actor)
            return found, last_id, _last_id(transaction), touched

    def _run(self, transaction: Transaction) -> int | None:
        """Run the statement; return how many rows its conditions fit, None where that is unknown.

        An INSERT meets none where all is there already, and RETURNING gives rows, not their number.
        """
        ((kind, text),) = transaction.statements(self._text)
        is_counted = kind in {"UPDATE", "DELETE"}
        if is_counted and all(token.word != "returning" for token in tokens(text)):
            return transaction.change(text, self._values)
        transaction.run(text, self._values)
        return None

    def _sums(self, transaction: Transaction) -> Mapping[str, tuple[int, int]]:
        """Return of each table of the file how many rows it has, and the sum of their hashes."""
        names = transaction.read(
            "select t.schema_name, t.table_name from duckdb_tables() as t"
            " where t.database_name = current_database() and not t.internal"
        )
        selects = []
        for number, (schema, name) in enumerate(names):
            quoted = ".".join(f'"{part.replace(chr(34), 2 * chr(34))}"' for part in (schema, name))
            selects.append(f"select {number}, count(*), sum(hash({_ROW})) from {quoted} as {_ROW}")
        found = transaction.read(" union all ".join(selects))
        called = [name if schema == "main" else f"{schema}.{name}" for schema, name in names]
        return {called[number]: (count, total) for number, count, total in found}

    def _in_plain_words(self, error: LkjipError) -> LkjipError | None:
        """Say why rows are not taken, as far as the driver's words for it are known."""
        said, tables = str(error.__cause__), self._facts.tables
        if found := _NOT_NULL.search(said):
            table, column = found["table"], found["column"]
            is_id = table in tables and column == tables[table].id_column
            return EditRefused(
                _("{column} of {table} cannot be empty.").format(column=column, table=table),
                _("nextval('id') gives the id of a new row.") if is_id else _("Give it a value."),
            )
        if found := _TWICE.search(said):
            return EditRefused(
                _("A row with {key} is there already.").format(key=found["key"]),
                _("There is one row for each key: UPDATE changes it."),
            )
        if found := _RULE.search(said):
            return EditRefused(
                _("{table} does not take this: {rule} must hold.").format(
                    table=found["table"], rule=found["rule"]
                ),
                _("Nothing was changed."),
            )
        if isinstance(error, QueryError) and _OF_A_VIEW.search(said):
            return StatementRefused(
                _("What a query computes is not written to: change the facts beneath it."),
                self._facts_named(),
            )
        return None

    def _facts_named(self) -> str:
        return _("Tables of facts: {tables}").format(tables=", ".join(self._facts.tables))

    def _require_facts(self, changed: Collection[str]) -> None:
        for name in changed:
            if name not in self._facts.tables:
                raise StatementRefused(
                    _("{table} holds no facts: nothing is written there.").format(table=name),
                    self._facts_named(),
                )

    def _check(
        self, work: "Work", runs: Sequence[CellRun | RowRun]
    ) -> Sequence[CheckChange] | None:
        """Return which checks find something else once the changes are made."""
        checks = self._checks.resting_on(BulkAct("", tuple(runs)).facts)
        if not runs or not checks:
            return []

        def act(transaction: Transaction) -> None:
            for run in runs:
                bulk.put(transaction, self._facts.tables[run.table], run)

        with work.by(self._database.session()) as session:
            patience = threading.Timer(PATIENCE, session.close)
            patience.start()
            try:
                now = self._checks.counted(session, checks, lambda _transaction: None)
                then = self._checks.counted(session, checks, act)
            except Interrupted:
                if work.is_stopped:
                    raise
                return None
            finally:
                patience.cancel()
        return _differing(checks, now, then)


def _differing(checks: Sequence[Query], now: Counted, then: Counted) -> Sequence[CheckChange]:
    years = sorted({year for year, _name in [*now.standing, *then.standing]})
    found = []
    for year in years:
        for check in checks:
            key = year, check.name
            count: int | None = then.standing.get(key, 0)
            if check.name in then.failed:
                count = None
            if check.name not in now.failed and count != now.standing.get(key, 0):
                found.append(CheckChange(check, year, now.standing.get(key, 0), count))
    return found


def _require_office(transaction: Transaction) -> None:
    """Refuse what leaves a file that is of no office, or of no year: it could not be opened."""
    for table in ("office", "report_year"):
        if not transaction.read(f"select 1 from {table} limit 1"):
            raise EditRefused(
                _("The file would have no row of {table} left.").format(table=table),
                _("A file is of one office, and of one year at least."),
            )


def _require_year(year: int) -> None:
    """Refuse what no sheet and no import takes for a fiscal year, either."""
    try:
        require_year(year)
    except UsageError as error:
        raise EditRefused(error.message, error.hint) from error


def _last_id(transaction: Transaction) -> int:
    ((last,),) = transaction.read(_LAST_ID)
    return int(last)
