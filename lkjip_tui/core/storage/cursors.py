"""Reads that outlive the call that began them: one connection each, ended from any thread."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias, TypeVar

import duckdb

from lkjip_tui.core import errors
from lkjip_tui.core.storage.driver_errors import translated
from lkjip_tui.core.storage.sql_text import quoted
from lkjip_tui.language import _

if TYPE_CHECKING:
    from lkjip_tui.core.storage import arrow
    from lkjip_tui.core.storage.database import Database

Tuple: TypeAlias = tuple[Any, ...]
"""One fetched row."""
Rewrite: TypeAlias = Callable[[str], str]
"""Makes of a query's text another query, which reads the rows of the first."""
Piece: TypeAlias = bytes | memoryview
"""Text as UTF-8."""
_T = TypeVar("_T")

#: Rows that are fetched at once; more would hold the screen's thread too long.
_PAGE: Final = 256
#: Lines that are waited for before any goes out: few enough to come soon, enough to be quick.
_LINES: Final = 2048
#: Seconds after which a query that was told to stop is told again: one that was just about to
#: run did not hear it.
PATIENCE: Final = 1
#: Nanoseconds after which what is told to be done, and has not become more, is no figure to show.
_STILL: Final = 1_000_000_000
#: Begins a transaction in which nothing can be written.
READ_ONLY: Final = "begin transaction read only"
#: Lets a cursor know how far it has come, without writing that on the terminal; and hand on what
#: it has found as soon as that is a page, where it else would gather ten times as much.
_TELLING: Final = (
    "set enable_progress_bar = true; set enable_progress_bar_print = false;"
    " set streaming_buffer_size = '1MB'"
)
#: What columns of the program's own are called while a statement reads them.
_COLUMNS: Final = "columns_of_the_program"
#: Types that the driver gives Python without a part of them: months in days, or no nanoseconds.
_INEXACT: Final = re.compile(r"\b(INTERVAL|TIME_NS|TIMESTAMP_NS)\b")
#: Steps of a plan that leave rows in their table's order however many processors take them.
_ORDERLY: Final = frozenset({"SEQ_SCAN", "TABLE_SCAN", "FILTER", "PROJECTION"})


def plan_steps(explained: str) -> frozenset[str]:
    """Return the names of the steps of a plan that the database has told as JSON."""
    steps, names = list(json.loads(explained)), set()
    while steps:
        step = steps.pop()
        names.add(str(step["name"]))
        steps += step["children"]
    return frozenset(names)


class HeldCursor:
    """A cursor that outlives the call that made it, used by one thread at a time.

    One that is `telling` knows how far it has come.
    """

    def __init__(
        self, database: "Database", cursor: duckdb.DuckDBPyConnection, *, telling: bool = False
    ) -> None:
        self._database = database
        self._cursor = cursor
        self._lock = threading.RLock()
        self._stopped = False
        self._began: int | None = None
        self._worked = 0
        self._told, self._told_at = Decimal(-1), 0
        if telling:
            with translated():
                cursor.execute(_TELLING)

    @property
    def percent(self) -> int | None:
        """How much is done of what another thread runs here, None where that is not known.

        The database guesses: what stands still says nothing of what is still to be done.
        """
        with suppress(duckdb.ConnectionException):  # it is closed already
            told, now = Decimal(self._cursor.query_progress()), time.monotonic_ns()
            if told != self._told:
                self._told, self._told_at = told, now
            return min(int(told), 100) if told >= 0 and now - self._told_at < _STILL else None
        return None

    @property
    def milliseconds(self) -> int:
        """How long the database has worked for this, as far as that is held against a limit."""
        began = self._began
        now = 0 if began is None else time.monotonic_ns() - began
        return (self._worked + now) // 1_000_000

    @contextmanager
    def _working(self) -> Iterator[None]:
        self._began = began = time.monotonic_ns()
        try:
            yield
        finally:
            self._began = None
            self._worked += time.monotonic_ns() - began

    def interrupt(self) -> None:
        """Stop what another thread runs here, now and later; it raises Interrupted there."""
        self._stopped = True
        with suppress(duckdb.ConnectionException):  # it is closed already
            self._cursor.interrupt()

    @property
    def is_stopped(self) -> bool:
        """Whether it was told to stop."""
        return self._stopped

    def require_unstopped(self) -> None:
        """Raise Interrupted once it was stopped."""
        # An interrupt that comes before the driver runs would be lost.
        if self._stopped:
            raise errors.Interrupted(_("Stopped."))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End it, even while it runs on another thread, and give the cursor back."""
        self.interrupt()
        while not self._lock.acquire(timeout=PATIENCE):
            self.interrupt()
        try:
            self._cursor.close()
        finally:
            self._lock.release()
        self._database.forget(self)


class Session(HeldCursor):
    """One connection for reads that share temporary tables."""

    def read(
        self,
        sql: str,
        values: Sequence[object] | dict[str, object] = (),
        *,
        most: int,
        sparing: bool = False,
    ) -> tuple[tuple[str, ...], list[Tuple]]:
        """Return the columns of a query and at most so many of its rows.

        `sparing` reads them in little memory.
        """

        def found() -> tuple[tuple[str, ...], list[Tuple]]:
            cursor = self._cursor.execute(sql, values)
            columns = tuple(str(column[0]) for column in cursor.description or ())
            rows: list[Tuple] = []
            while page := cursor.fetchmany(min(_PAGE, most - len(rows))):
                self.require_unstopped()
                rows += page
            return columns, rows

        with self._lock, translated(), self._database.cap.capped():
            self.require_unstopped()
            return self._database.within_memory(found, sparing=sparing)

    def read_guarded(
        self, sql: str, values: Sequence[object] | dict[str, object] = (), *, most: int
    ) -> list[Tuple]:
        """Return at most so many rows of a query, in a transaction that cannot write."""
        with self._lock, translated():
            self._cursor.execute(READ_ONLY)
            try:
                return self.read(sql, values, most=most)[1]
            finally:
                with suppress(duckdb.Error):  # nothing is left to take back
                    self._cursor.execute("rollback")

    def keep(
        self,
        name: str,
        sql: str,
        values: Sequence[object] | dict[str, object] = (),
        *,
        memory: str | None = None,
    ) -> str:
        """Keep the rows of a query in a table, and return its name for SQL.

        It is temporary, and this session's alone, unless it goes into a database in `memory`.
        What has the name already gives way, also where the query fails.
        """
        scope = "" if memory else "temporary "
        full_name = f"{memory or 'temp'}.main.{name}"
        with self._lock, translated(), self._database.cap.capped(), self._database.memory():
            self.require_unstopped()
            self._cursor.execute(f"drop table if exists {full_name}")
            self._cursor.execute(f"create {scope}table {full_name} as {sql}", values)
        return full_name

    def put(self, name: str, columns: "Mapping[str, arrow.Values]", *, memory: str) -> str:
        """Keep columns of equal length in a table of a database in `memory`; return its name."""
        from lkjip_tui.core.storage import arrow  # noqa: PLC0415 - only sources need it

        lent = arrow.Columns(columns)
        try:
            return self.take_lent(name, lent, memory=memory)
        finally:
            lent.take_back()

    def take_lent(
        self, name: str, rows: "arrow.Stream", *, memory: str, select: Iterable[str] = "*"
    ) -> str:
        """Keep alike what `select` makes of the columns of rows that are lent."""
        with self._lock:
            with translated():
                self._cursor.register(_COLUMNS, rows)
            try:
                sql = f"select {', '.join(select)} from {_COLUMNS}"
                return self.keep(name, sql, memory=memory)
            finally:
                self._cursor.unregister(_COLUMNS)

    def take(self, name: str, giver: "Session", sql: str, *, memory: str) -> str:
        """Keep what a query gives in another session, as that one sees it; return the name."""
        return self.take_lent(name, _Given(giver, sql), memory=memory)

    @contextmanager
    def acting(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend the cursor to its database, in a transaction that is taken back at the end."""
        with self._lock, translated(), self._database.cap.capped(), self._database.memory():
            self.require_unstopped()
            self._cursor.execute("begin transaction")
            try:
                yield self._cursor
            finally:
                with suppress(duckdb.Error):  # nothing is left to take back
                    self._cursor.execute("rollback")

    def given(self, sql: str) -> object:
        """Return what a query gives, as columns that another session can read."""
        return self._cursor.sql(sql).__arrow_c_stream__()


class _Given:
    """Rows of a session, which the driver may ask for more than once."""

    def __init__(self, giver: Session, sql: str) -> None:
        self._giver, self._sql = giver, sql

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._giver.given(self._sql)


class Stream(HeldCursor):
    """The rows of a query, fetched in order and only as far as asked for."""

    def __init__(
        self,
        database: "Database",
        cursor: duckdb.DuckDBPyConnection,
        sql: str,
        values: Sequence[object] | dict[str, object],
        *,
        guarded: bool,
    ) -> None:
        super().__init__(database, cursor, telling=guarded)
        self._query = sql, values
        self._guarded = guarded
        self._is_awaited = guarded
        self.columns: tuple[str, ...] = ()
        self.types: tuple[str, ...] = ()

    def start(self) -> Self:
        """Run the query; `columns` and `types` (DuckDB's names) are known afterwards."""
        try:
            self._held(self._execute)
        except BaseException:
            self.close()
            raise
        return self

    @property
    def text(self) -> str:
        """What is read: once it has begun maybe another text for the same rows."""
        return self._query[0]

    def _execute(self) -> None:
        self._begin()
        self.require_unstopped()
        self._cursor.execute(*self._query)
        self.require_unstopped()
        self._describe()
        if self._guarded and any(map(_INEXACT.search, self.types)):
            self._read_exactly()

    def _read_exactly(self) -> None:
        """Read as texts what Python has no type for."""
        query, values = self._query
        names = [f"c{number}" for number in range(len(self.columns))]
        listed = ", ".join(
            f"cast(v.{name} as varchar) as {quoted(column)}"
            if _INEXACT.search(kind)
            else f"v.{name} as {quoted(column)}"
            for name, column, kind in zip(names, self.columns, self.types, strict=True)
        )
        exact = f"select {listed} from ({query}\n) as v({', '.join(names)})"
        try:
            self._cursor.execute(exact, values)
        except duckdb.InterruptException:
            raise
        except duckdb.Error:  # nothing can read from it
            self._cursor.execute(query, values)
        else:
            self._query = exact, values
            self._describe()

    def in_bulk(self) -> Self:
        """Let `texts` be slow to give the first of them, and quicker with all."""
        self._is_awaited = False
        return self

    def rewritten(self, rewrite: Rewrite) -> Self:
        """Read another query, made of this one, which has not begun."""
        query, values = self._query
        self._query = rewrite(query), values
        return self

    def foresee(self) -> bool:
        """Learn `columns` and `types` without running the query; False if only that tells them."""
        query, values = self._query

        def found() -> bool:
            self._begin()
            try:
                self._cursor.execute(f"select * from ({query}\n) limit 0", values)
            except duckdb.InterruptException:
                raise
            except duckdb.Error:  # running it tells what is wrong, if anything is
                return False
            else:
                self._describe()
                return True
            finally:
                self._end()

        try:
            return self._held(found)
        except BaseException:
            self.close()
            raise

    def texts(self, rewrite: Rewrite) -> Iterator[Piece]:
        """Run what `rewrite` makes of the query, one text a row; yield those of many rows, joined.

        None of them is null. What was yielded is gone once the next is asked for. A statement that
        someone wrote may be slow to give rows: of such a one fewer are waited for.
        """
        query = rewrite(self._query[0])
        with self:
            self._held(self._begin)
            hurries = self._database.may_hurry and self._is_orderly()
            with self._database.hurrying() if hurries else nullcontext():
                if self._is_awaited:
                    yield from self._pages(query)
                    return
                texts = iter(self._held(lambda: self._arrow(query)))
                while (joined := self._held(lambda: next(texts, None))) is not None:
                    yield joined

    def _pages(self, query: str) -> Iterator[Piece]:
        self._held(lambda: self._cursor.execute(query, self._query[1]))
        while page := self.fetch(_LINES):
            yield "".join([line for (line,) in page]).encode()

    def _arrow(self, query: str) -> "arrow.Texts":
        from lkjip_tui.core.storage import arrow  # noqa: PLC0415 - only long results need it

        result = self._cursor.sql(query, params=self._query[1])
        return arrow.Texts(result.__arrow_c_stream__())

    def _is_orderly(self) -> bool:
        """Whether rows come in one order however many processors read them."""
        explained = self._held(
            lambda: self._cursor.execute(
                f"explain (format json) {self._query[0]}", self._query[1]
            ).fetchall()
        )
        return plan_steps(explained[0][1]) <= _ORDERLY

    def _held(self, read: Callable[[], _T]) -> _T:
        database = self._database
        with self._lock, translated(), database.cap.capped(), database.memory(), self._working():
            self.require_unstopped()
            return read()

    def _describe(self) -> None:
        description = self._cursor.description or ()
        self.columns = tuple(str(column[0]) for column in description)
        self.types = tuple(str(column[1]) for column in description)

    def _begin(self) -> None:
        if self._guarded:
            self._cursor.execute(READ_ONLY)

    def _end(self) -> None:
        if self._guarded:
            self._cursor.execute("rollback")

    def fetch(self, count: int) -> list[Tuple]:
        """Return up to `count` further rows; fewer mean that the query has ended."""
        return self._held(lambda: self._cursor.fetchmany(count))
