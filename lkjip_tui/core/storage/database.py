"""The owner of the DuckDB driver: one file, its cursors, its one writer.

Every read has a cursor of its own, on the thread that uses it; every write is one transaction
under one lock. What outlives the call that began it is in `cursors`; whatever the driver raises
leaves both as one of ours (`driver_errors`).

The file is held as bytes, too (`held_file`), from before the driver opens it until after it has
let go: its locks are the process's own. The driver moves its log into the file only when it is told
to here, after what that writes over was kept (`rollback`).
"""

import itertools
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

import duckdb

from lkjip_tui.core import errors
from lkjip_tui.core.storage.cursors import PATIENCE, READ_ONLY, HeldCursor, Session, Stream, Tuple
from lkjip_tui.core.storage.driver_errors import cannot_open, translated
from lkjip_tui.core.storage.held_file import HeldFile
from lkjip_tui.core.storage.memory_cap import MemoryCap
from lkjip_tui.core.storage.rollback import Rollback
from lkjip_tui.language import _

_T = TypeVar("_T")

_Settings: TypeAlias = dict[str, str | bool | int | float | list[str]]
#: What the engine may hold while pages of a long table are read. Its cache fills whatever it may
#: hold, and the screen beside it takes some 100 MiB: with this the program stays under 150 however
#: far the cursor goes.
_LITTLE: Final = "16MB"
#: What anything else may hold; to sort ten million rows takes this, and the disk for the rest.
_MUCH: Final = "512MB"
#: What it may hold, of the machine's, while a file is opened: a log that was left behind is read
#: then, and an index made of its rows, and it is not damaged because that is much.
_MOST: Final = "80%"
#: Reads after which the driver is made to drop its list of buffers, and less memory than it ever
#: holds. It lists those that are gone, too, a few for each join, until it lacks memory.
_READS: Final = 64
_NONE: Final = "1kB"
_SAFE: Final[_Settings] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "python_enable_replacements": "false",
    "allowed_configs": [
        "memory_limit",
        "threads",
        "enable_progress_bar",
        "enable_progress_bar_print",
        "streaming_buffer_size",
    ],
    "arrow_large_buffer_size": "true",
    "max_temp_directory_size": "8GB",
    # What is counted behind the screen would else take the processor that draws it; what the
    # screens read is no quicker on two.
    "threads": 1,
    "checkpoint_threshold": "1TB",
}
#: What no setting of a connection says.
_SAFE_TOO: Final = "pragma disable_checkpoint_on_shutdown; set lock_configuration = true"
_CREATE: Final[_Settings] = {
    "storage_compatibility_version": "v1.5.0",
    # A column takes a block at least: an office's file is 3 MB in these, 10 in the driver's own,
    # and a table of millions of rows as small and as quick as there.
    "default_block_size": 65536,
}


#: Bytes of the log from which on it is moved into the file at the end of a change.
_LONG_LOG: Final = 16 << 20


#: What the views' schemas are called. The driver calls a database by its file's name up to the
#: first dot, and `report.achievement` could then be in either.
_SCHEMAS: Final = ("basis", "sheet", "report", "quality")


def _require_name(path: Path) -> None:
    name = path.name.partition(".")[0]
    if name.lower() in _SCHEMAS:
        raise errors.FileError(
            _(
                "{file} cannot be opened under this name: tables are called “{name}.…” within."
            ).format(file=path, name=name.lower()),
            _("Give it another name, as office.duckdb."),
        )


class Database:
    """An open DuckDB file."""

    def __init__(self, path: Path, *, read_only: bool = False, create: bool = False) -> None:
        """Open `path`; it must exist unless `create`, and hold nothing yet if `create`.

        Raises FileMissing, FileForeign, FileDamaged, FileNewer, FileReadOnly or FileBusy;
        a plain FileError when the machine lacks what it takes.
        """
        _require_name(path)
        self.path = path
        self.read_only = read_only
        self._held = None if create else HeldFile(path)
        config = {"memory_limit": _MOST, **_SAFE, **(_CREATE if create else {})}
        try:
            self._connection = duckdb.connect(str(path), read_only=read_only, config=config)
            self._connection.execute(_SAFE_TOO)
        except (duckdb.Error, OSError, MemoryError) as error:
            if self._held:
                self._held.close()
            raise cannot_open(path, error) from error
        if create:
            self._held = HeldFile(path)
        self._write_lock = threading.RLock()
        self._log_number: int | None = None

        self._writing: duckdb.DuckDBPyConnection | None = None
        self._stopping = threading.Lock()
        self._rehearsing: set[Session] = set()
        self._memory_lock = threading.Lock()
        self._memory_limit = _MOST
        self._needing_much = 0
        self._reads = itertools.count(1)
        self._cursors = threading.Condition()
        self._reading: set[duckdb.DuckDBPyConnection] = set()
        self._held_cursors: set[HeldCursor] = set()
        self._closed = False
        self._memories = itertools.count()
        self.cap = MemoryCap()
        #: Whether nothing is drawn while this reads, which may take every processor then.
        self.may_hurry = False
        self._limit_memory(_LITTLE)

    # Reading

    def read(
        self, sql: str, values: Sequence[object] = (), *, sparing: bool = False
    ) -> list[Tuple]:
        """Return all rows of a query that is known to be small; `sparing` in little memory."""
        with translated(), self._cursor() as cursor:
            return self.within_memory(
                lambda: cursor.execute(sql, values).fetchall(), sparing=sparing
            )

    def read_guarded(self, sql: str) -> list[Tuple]:
        """Return alike, in little memory, in a transaction that cannot write."""
        with translated(), self._cursor() as cursor:
            cursor.execute(READ_ONLY)  # it ends with the cursor
            with self.cap.capped():
                return self.within_memory(lambda: cursor.execute(sql).fetchall(), sparing=True)

    def value(self, sql: str, values: Sequence[object] = ()) -> Any:  # noqa: ANN401
        """Return the first value of a query's first row, None when it has no row."""
        rows = self.read(sql, values)
        return rows[0][0] if rows else None

    def session(self, *, telling: bool = False) -> "Session":
        """Return one connection to read several times; its temporary tables end with it.

        One that is `telling` knows how far it has come.
        """
        session = Session(self, self._new_cursor(), telling=telling)
        self._held_cursors.add(session)
        return session

    def stream(
        self, sql: str, values: Sequence[object] | dict[str, object] = (), *, guarded: bool = False
    ) -> "Stream":
        """Return a query that has not begun; `start` it, and fetch its rows as they are needed.

        `guarded` runs it in a read-only transaction that is rolled back at the end, and knows how
        far it has come.
        """
        stream = Stream(self, self._new_cursor(), sql, values, guarded=guarded)
        self._held_cursors.add(stream)
        return stream

    def attach_memory(self, name: str = "") -> str:
        """Return the name, for SQL, of a new database in memory, for tables that sessions share.

        It gets one that nobody types unless a name is given. Whatever lists tables or sizes lists
        it, too, unless it asks for `current_database()`.
        """
        name = name or f'"in memory {next(self._memories)}"'
        self.read(f"attach ':memory:' as {name} (read_write)")
        return name

    def detach_memory(self, name: str) -> None:
        """Let go of such a database, unless the file is closed, and it with it."""
        with suppress(errors.FileError):
            self.read(f"detach {name}")

    def interrupt(self) -> None:
        """Stop all that other threads read, for good; it raises Interrupted there."""
        for held in list(self._held_cursors):
            held.interrupt()

    def statements(self, sql: str) -> list[tuple[str, str]]:
        """Return type and text of each statement; raises QueryError when `sql` does not parse."""
        return _told(self._statements(sql))

    def parameters(self, sql: str) -> frozenset[str]:
        """Return the names of the parameters that statements ask for; may raise QueryError."""
        if "$" not in sql and "?" not in sql:  # to read a long one takes longer than a frame
            return frozenset()
        return frozenset(name for found in self._statements(sql) for name in found.named_parameters)

    def _statements(self, sql: str) -> list[duckdb.Statement]:
        with translated(), self._cursor() as cursor:
            return _extracted(cursor, sql)

    # Writing

    @contextmanager
    def alone(self, *, patient: bool = False) -> Iterator[None]:
        """Let no other thread write, so that several steps see one state of the file.

        What another thread rehearses is stopped for it, since nobody waits for that to save
        something; one who is `patient` does.
        """
        while True:
            for session in () if patient else list(self._rehearsing):
                session.interrupt()
            if self._write_lock.acquire(timeout=PATIENCE):
                break
        try:
            yield
        finally:
            self._write_lock.release()

    @contextmanager
    def transaction(self) -> Iterator["Transaction"]:
        """Write under the lock, all or nothing: committed at the end, rolled back on any error."""
        self._require_writable()
        with self.alone(), translated(), self.memory(), self._cursor() as cursor:
            self.require_in_place()
            cursor.execute("begin transaction")
            try:
                with self._stoppable(cursor):
                    yield Transaction(cursor)
            except BaseException:
                # A COMMIT after an error would answer OK and keep nothing.
                with suppress(duckdb.Error):  # nothing is left to take back
                    cursor.execute("rollback")
                raise
            cursor.execute("commit")
            self._log_number = self._number_of_log()
            if self._log_size() > _LONG_LOG:
                with suppress(errors.LkjipError):  # the log holds what was committed
                    self.checkpoint()

    def stop_writing(self) -> None:
        """Stop the statement of a transaction that runs just now, which then takes all back.

        What is being committed is not stopped any more, nor what runs between two statements.
        """
        with self._stopping:
            if self._writing is not None:
                self._writing.interrupt()

    @contextmanager
    def _stoppable(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
        self._writing = cursor
        try:
            yield
        finally:
            with self._stopping:
                self._writing = None

    @contextmanager
    def rehearsal(self, session: Session) -> Iterator["Transaction"]:
        """Write alike in a session, which can be stopped, and take all of it back at the end."""
        self._require_writable()
        with self._write_lock, session.acting() as cursor:
            self._rehearsing.add(session)
            try:
                yield Transaction(cursor)
            finally:
                self._rehearsing.discard(session)

    def _require_writable(self) -> None:
        if self.read_only:
            raise errors.FileReadOnly(
                _("{file} is open for reading only.").format(file=self.path.name),
                _("Open it without --read-only, or copy it to a folder that you may write."),
            )

    def require_in_place(self) -> None:
        """Raise FileMoved when the file's name is another file's by now, or none's.

        What is written then goes into a file that nobody finds again.
        """
        assert self._held is not None  # noqa: S101 - open as long as the database is
        if not self._held.is_at(self.path):
            raise errors.FileMoved(
                _("{file} was deleted, or another file is in its place, while it was open here.")
                .format(file=self.path),
                _("Nothing is written any more."),
            )  # fmt: skip

    def checkpoint(self) -> bool:
        """Move the log into the file; False when a running read or a full disk did not let it."""
        # Without enough memory for it the driver takes no statement any more.
        with self._write_lock, translated(), self.memory(), self._cursor() as cursor:
            return self._move_log(cursor)

    def _move_log(self, cursor: duckdb.DuckDBPyConnection) -> bool:
        log = self._log_size()
        if not log:
            return True
        assert self._held is not None  # noqa: S101 - open as long as the database is
        if not self._held.is_at(self.path) and self._log_number != self._number_of_log():
            return False  # it is the log of whoever has the other file
        rollback = Rollback(self.path)
        try:
            # It may write every table anew, and without room nothing could be read any more.
            if shutil.disk_usage(self.path.parent).free < self._held.size + log:
                return False
            self._keep_for(rollback, cursor)
            cursor.execute("checkpoint")
        except (duckdb.TransactionException, OSError):
            rollback.forget()
            return False
        rollback.forget()
        return True

    def _keep_for(self, rollback: Rollback, cursor: duckdb.DuckDBPyConnection) -> None:
        """Copy what a checkpoint writes over; raises OSError."""
        assert self._held is not None  # noqa: S101 - open as long as the database is
        blocks = cursor.execute(
            "select block_id from pragma_metadata_info() where free_blocks < total_blocks"
        ).fetchall()
        ((size,),) = cursor.execute(
            "select block_size from pragma_database_size() where database_name = current_database()"
        ).fetchall()
        rollback.keep(self._held.read, (number for (number,) in blocks), int(size))

    @property
    def _log(self) -> Path:
        return Path(f"{self.path}.wal")

    def _log_size(self) -> int:
        try:
            return self._log.stat().st_size
        except OSError:
            return 0

    def _number_of_log(self) -> int | None:
        try:
            return self._log.stat().st_ino
        except OSError:
            return None

    @property
    def size(self) -> int:
        """How many bytes the file has, whatever stands in its place by now."""
        assert self._held is not None  # noqa: S101 - open as long as the database is
        return self._held.size

    def digest(self) -> bytes | None:
        """Return a hash of the file, None where its log holds more, or it would take long."""
        return None if self._held is None or self._log_size() else self._held.digest()

    def written_at(self) -> datetime:
        """Return when the file was written last, in local time."""
        assert self._held is not None  # noqa: S101 - open as long as the database is
        return self._held.written_at()

    def copy_to(self, target: Path, is_stopped: errors.IsStopped = bool) -> None:
        """Checkpoint, and copy the file's bytes to `target` while nothing can be written.

        Raises Interrupted once `is_stopped` says so; what was written by then stays.
        """
        with self.alone(patient=True):
            if not self.read_only and not self.checkpoint():
                raise errors.FileError(
                    _("A running query keeps {file} from being copied.").format(
                        file=self.path.name
                    ),
                    _("Stop the query and try again."),
                )
            assert self._held is not None  # noqa: S101 - open as long as the database is
            self._held.copy_to(target, is_stopped)

    def close(self) -> None:
        """Move the log into the file and let go of it; ends what other threads still read."""
        with self.alone():
            if self._closed:
                return
            self._closed = True
            for held in list(self._held_cursors):
                held.close()
            with self._cursors:
                # The driver does not close under a query that runs.
                while self._reading:
                    for cursor in self._reading:
                        with suppress(duckdb.ConnectionException):  # its reading has just ended
                            cursor.interrupt()
                    self._cursors.wait(PATIENCE)
            is_moved, log = False, self._number_of_log()
            try:
                if not self.read_only and self._log_size():
                    with suppress(duckdb.OutOfMemoryException):  # it may hold more than that
                        self._connection.execute(f"set memory_limit = '{_MUCH}'")
                    if self.may_hurry:
                        with suppress(duckdb.Error):  # then by one processor
                            self._connection.execute("reset threads")
                    with suppress(duckdb.Error):  # the log still holds what was committed
                        is_moved = self._move_log(self._connection)
                with translated():
                    self._connection.close()
                # The driver leaves a damaged one of which it has read nothing.
                if is_moved and self._number_of_log() == log:
                    with suppress(OSError):
                        self._log.unlink()
            finally:
                if self._held:
                    self._held.close()

    # Cursors

    def _new_cursor(self) -> duckdb.DuckDBPyConnection:
        with self._cursors:
            if self._closed:
                raise errors.FileError(
                    _("{file} is closed.").format(file=self.path.name), _("Open it again.")
                )
            return self._connection.cursor()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._cursors:
            cursor = self._new_cursor()
            self._reading.add(cursor)
        try:
            yield cursor
        finally:
            cursor.close()
            with self._cursors:
                self._reading.discard(cursor)
                self._cursors.notify_all()

    @contextmanager
    def memory(self, *, sparing: bool = False) -> Iterator[None]:
        """Let the driver hold much meanwhile; `sparing` little, unless others need much."""
        with self._memory_lock:
            self._needing_much += not sparing
            if not (sparing and self._needing_much):
                self._limit_memory(_LITTLE if sparing else _MUCH)
        try:
            yield
        finally:
            with self._memory_lock:
                self._needing_much -= not sparing

    @contextmanager
    def hurrying(self) -> Iterator[None]:
        """Let the driver use every processor meanwhile, if nothing is drawn beside it."""
        if not self.may_hurry:
            yield
            return
        self.read("reset threads")
        try:
            yield
        finally:
            with suppress(errors.FileError):  # it is closed
                self.read(f"set threads = {_SAFE['threads']}")

    def within_memory(self, read: Callable[[], _T], *, sparing: bool) -> _T:
        """Return what is read, `sparing` in little memory if that is enough for it."""
        if next(self._reads) % _READS == 0:
            self._drop_list()
        try:
            with self.memory(sparing=sparing):
                return read()
        except duckdb.OutOfMemoryException:
            if not sparing:
                raise
            with self.memory():
                return read()

    def _limit_memory(self, limit: str) -> None:
        if limit != self._memory_limit:
            # What is held for good, as an open result, may be more: then the limit stays.
            with suppress(duckdb.OutOfMemoryException), self._cursor() as cursor:
                cursor.execute(f"set memory_limit = '{limit}'")
                self._memory_limit = limit

    def _drop_list(self) -> None:
        """Make the driver drop its list of buffers; without it, hours of use take 60 MiB more."""
        with self._memory_lock:
            if self._needing_much:
                return
            # It goes through all of the list before it finds that less cannot be had.
            with suppress(duckdb.Error), self._cursor() as cursor:
                cursor.execute(f"set memory_limit = '{_NONE}'")
                cursor.execute(f"set memory_limit = '{self._memory_limit}'")

    def forget(self, held: "HeldCursor") -> None:
        """Drop a stream or session that has ended."""
        self._held_cursors.discard(held)


class Transaction:
    """The writing side of one transaction."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def read(self, sql: str, values: Sequence[object] = ()) -> list[Tuple]:
        """Return all rows of a query, as this transaction sees them."""
        return self._cursor.execute(sql, values).fetchall()

    def change(self, sql: str, values: Sequence[object] | dict[str, object] = ()) -> int:
        """Run an INSERT, UPDATE or DELETE and return the number of rows it touched."""
        counted = self._cursor.execute(sql, values).fetchone()
        return int(counted[0]) if counted else 0

    def run(self, sql: str, values: Sequence[object] | dict[str, object] = ()) -> None:
        """Run statements; what they return is not asked for."""
        self._cursor.execute(sql, values)

    def statements(self, sql: str) -> list[tuple[str, str]]:
        """Return the same as the database's `statements`, and sooner where there are many texts."""
        return _told(_extracted(self._cursor, sql))


def _extracted(cursor: duckdb.DuckDBPyConnection, sql: str) -> list[duckdb.Statement]:
    try:
        return cursor.extract_statements(sql)
    except ValueError as error:
        raise errors.QueryError(str(error)) from error


def _told(found: Sequence[duckdb.Statement]) -> list[tuple[str, str]]:
    return [(_kind(each), each.query) for each in found]


def _kind(statement: duckdb.Statement) -> str:
    try:
        return statement.type.name
    except ValueError:  # the driver's own list lacks some, such as UPDATE EXTENSIONS
        return ""
