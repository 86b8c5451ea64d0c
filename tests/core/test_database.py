"""The one door to the driver: what it opens, what it refuses, and how it lets go."""

import os
import shutil
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from lkjip_tui.core import errors
from lkjip_tui.core.storage.database import Database
from tests.core.support import bytes_of, run_python, start_python

HEAVY = "select count(*) from range(100_000_000_000) as t(i) where i % 7 = 3"
OPEN = """
    import sys
    from pathlib import Path
    from lkjip_tui.core.storage.database import Database
    from lkjip_tui.core.errors import LkjipError
    try:
        Database(Path(sys.argv[1]), read_only=len(sys.argv) > 2).close()
        print("opened")
    except LkjipError as error:
        print(type(error).__name__)
    """


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file with one small table."""
    path = tmp_path / "x.duckdb"
    database = Database(path, create=True)
    with database.transaction() as transaction:
        transaction.run("create table t (i bigint primary key, s varchar)")
        transaction.change("insert into t values (1, 'one'), (2, 'two')")
    database.close()
    return path


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """Open that file."""
    database = Database(path)
    yield database
    database.close()


# Reading


def test_rows_come_as_asked_for_and_in_order(database: Database) -> None:
    """A page would begin where the last one did not end."""
    with database.stream("from t order by i").start() as stream:
        assert stream.columns == ("i", "s")
        assert stream.types == ("BIGINT", "VARCHAR")
        assert stream.fetch(1) == [(1, "one")]
        assert stream.fetch(5) == [(2, "two")]
        assert stream.fetch(5) == []


def test_two_streams_do_not_disturb_each_other(database: Database) -> None:
    """A table on the screen would show rows of a query that runs beside it."""
    first = database.stream("select i from range(5000) as t(i) order by i").start()
    second = database.stream("select -i from range(5000) as t(i) order by i").start()
    for start in range(0, 5000, 1000):
        assert [row[0] for row in first.fetch(1000)] == list(range(start, start + 1000))
        assert [row[0] for row in second.fetch(1000)] == [-i for i in range(start, start + 1000)]
    first.close()
    second.close()


def test_a_query_that_fails_leaves_the_database_usable(database: Database) -> None:
    """One wrong statement would end the session."""
    for sql in ("select nothing", "selec 1", "select error('no')", "from nowhere"):
        with pytest.raises(errors.QueryError):
            database.read(sql)
        with pytest.raises(errors.QueryError):
            database.stream(sql).start()
    assert database.value("select count(*) from t") == 2


def test_a_guarded_stream_leaves_nothing_behind(database: Database) -> None:
    """Looking at facts could change them."""
    stream = database.stream("from t", guarded=True).start()
    assert len(stream.fetch(10)) == 2
    stream.close()
    with pytest.raises(errors.StatementRefused):
        database.stream("insert into t values (3, 'x')", guarded=True).start()
    assert database.value("select count(*) from t") == 2


def test_what_is_held_stays_through_hundreds_of_reads(database: Database) -> None:
    """What the driver drops to keep little in memory would be missing where it is read on."""
    rows = "select i, repeat('x', 100) || i as s from range(50_000) as r(i)"
    with database.session() as session, database.stream(f"from ({rows}) order by i").start() as it:
        kept = session.keep("kept", rows)
        seen = it.fetch(1)
        for _time in range(600):
            assert database.read("select count(*) from t join t as u using (i)") == [(2,)]
        total = f"select count(*), sum(i), sum(length(s)) from {kept}"
        assert session.read(total, most=1)[1] == [(50_000, 1_249_975_000, 5_238_890)]
        seen += it.fetch(60_000)
    assert [i for i, _text in seen] == list(range(50_000))
    assert database.value("select current_setting('memory_limit')") != "1000 bytes"


def test_a_running_query_is_stopped_from_another_thread(database: Database) -> None:
    """A runaway query could only be ended with the program."""
    stream = database.stream(HEAVY)
    threading.Timer(0.2, database.interrupt).start()
    with pytest.raises(errors.Interrupted):
        stream.start()
    assert database.value("select 1") == 1


def test_a_stop_before_the_start_is_not_lost(database: Database) -> None:
    """Esc pressed at once would be forgotten, and the query run to its end."""
    stream = database.stream(HEAVY)
    stream.interrupt()
    with pytest.raises(errors.Interrupted):
        stream.start()


def test_a_stream_that_was_stopped_gives_no_more_rows(database: Database) -> None:
    """Half a result would look like a whole one."""
    stream = database.stream("from range(1_000_000)").start()
    assert len(stream.fetch(10)) == 10
    stream.interrupt()
    with pytest.raises(errors.Interrupted):
        stream.fetch(10)
    stream.close()
    stream.close()


def test_closing_a_stream_ends_it_on_its_own_thread(database: Database) -> None:
    """Leaving a screen would wait for a query that nobody wants any more."""
    stream = database.stream(HEAVY)
    raised: list[BaseException] = []

    def run() -> None:
        try:
            stream.start()
        except errors.LkjipError as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    threading.Event().wait(0.2)
    stream.close()
    thread.join(30)
    assert [type(error) for error in raised] == [errors.Interrupted]


# Writing


def write(database: Database, *statements: str) -> None:
    """Run statements in one transaction; `!` ends it with an error that is not the driver's."""
    with database.transaction() as transaction:
        for statement in statements:
            if statement == "!":
                raise ZeroDivisionError
            transaction.run(statement)


@pytest.mark.parametrize(
    ("last", "error"),
    [
        ("insert into t values (1, 'twice')", errors.EditRefused),
        ("insert into t values ('a word', 'x')", errors.QueryError),
        ("this is no statement", errors.QueryError),
        ("!", ZeroDivisionError),
    ],
)
def test_a_transaction_that_fails_keeps_nothing(
    database: Database, last: str, error: type[Exception]
) -> None:
    """Half of an act would be in the file."""
    with pytest.raises(error):
        write(database, "insert into t values (3, 'three')", last)
    assert database.read("select i from t order by i") == [(1,), (2,)]
    write(database, "insert into t values (3, 'three')")
    assert database.value("select count(*) from t") == 3


def test_an_error_that_was_caught_inside_commits_nothing_unnoticed(database: Database) -> None:
    """The driver answers OK to a COMMIT after an error, and keeps nothing."""

    def careless() -> None:
        with database.transaction() as transaction:
            transaction.change("insert into t values (3, 'three')")
            with suppress(Exception):
                transaction.run("select error('gone wrong')")
            transaction.read("from t")

    with pytest.raises(errors.LkjipError):
        careless()
    assert database.value("select count(*) from t") == 2


def test_writers_wait_for_each_other(database: Database) -> None:
    """Two edits at once would end in a conflict."""

    def write(start: int) -> None:
        for number in range(start, start + 20):
            with database.transaction() as transaction:
                transaction.change("insert into t values (?, 'x')", [number])

    threads = [threading.Thread(target=write, args=(start,)) for start in (100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert database.value("select count(*) from t") == 62


def test_what_is_being_written_is_stopped_and_taken_back(database: Database) -> None:
    """Whoever has accepted a long import by mistake would have to wait until it is done."""

    def stop() -> None:
        while not stopped.wait(0.02):
            database.stop_writing()

    stopped = threading.Event()
    stopping = threading.Thread(target=stop)
    stopping.start()
    with pytest.raises(errors.Interrupted):
        write(database, "insert into t select r.range + 9, 'x' from range(1000) as r", HEAVY)
    stopped.set()
    stopping.join()
    assert database.value("select count(*) from t") == 2
    database.stop_writing()  # nothing is written: it harms nothing
    write(database, "insert into t values (3, 'three')")


def test_a_file_for_reading_refuses_to_write(path: Path) -> None:
    """A user would believe that a change was saved."""
    database = Database(path, read_only=True)
    with pytest.raises(errors.FileReadOnly), database.transaction():
        pass
    database.close()


def test_a_checkpoint_waits_for_no_reader(database: Database) -> None:
    """An idle moment would freeze the screen behind a half-read table."""
    with database.transaction() as transaction:
        transaction.change("insert into t values (3, 'three')")
    stream = database.stream("from t, range(1_000_000)").start()
    stream.fetch(1)
    database.checkpoint()
    stream.close()
    assert database.checkpoint()
    assert not Path(f"{database.path}.wal").exists()


# Opening and closing


def test_a_closed_file_has_no_log(path: Path) -> None:
    """Somebody who copies the file alone would lose what was in its log."""
    database = Database(path)
    with database.transaction() as transaction:
        transaction.change("insert into t values (3, 'three')")
    assert Path(f"{path}.wal").exists()
    database.close()
    assert not Path(f"{path}.wal").exists()


def test_closing_ends_what_still_reads(path: Path) -> None:
    """Quitting would hang, or leave the file locked."""
    database = Database(path)
    idle = database.stream("from range(1_000_000)").start()
    idle.fetch(5)
    ended: list[str] = []

    def run(read: object) -> None:
        try:
            assert callable(read)
            read()
        except errors.LkjipError as error:
            ended.append(type(error).__name__)

    running = database.stream(HEAVY)
    threads = [
        threading.Thread(target=run, args=(running.start,)),
        threading.Thread(target=run, args=(lambda: database.value(HEAVY),)),
    ]
    for thread in threads:
        thread.start()
    threading.Event().wait(0.3)
    database.close()
    for thread in threads:
        thread.join(30)
    assert ended == ["Interrupted", "Interrupted"]
    assert run_python(OPEN, path).stdout.strip() == "opened"
    with pytest.raises(errors.FileError):
        database.read("select 1")
    with pytest.raises(errors.LkjipError):
        idle.fetch(5)


def test_files_keep_the_format_that_other_clients_read(path: Path) -> None:
    """A colleague's older DuckDB could not open the office's file."""
    database = Database(path)
    with database.transaction() as transaction:
        transaction.change("insert into t values (3, 'three')")
    database.checkpoint()
    assert "v1.5.0" in str(database.read("select tags from duckdb_databases() where not internal"))
    database.close()


def test_a_file_that_another_process_holds_is_told_with_its_number(path: Path) -> None:
    """A user would look for a broken file, where a window is open elsewhere."""
    with start_python(
        """
        import sys
        from pathlib import Path
        from lkjip_tui.core.storage.database import Database
        database = Database(Path(sys.argv[1]))
        print("open", flush=True)
        sys.stdin.read()
        """,
        path,
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "open\n"
        before = bytes_of(path.parent)
        for read_only in (False, True):
            with pytest.raises(errors.FileBusy) as told:
                Database(path, read_only=read_only)
            assert str(holder.pid) in told.value.message
            assert "python" in told.value.message
            assert told.value.exit_code == 3
        assert bytes_of(path.parent) == before
        assert holder.stdin
        holder.stdin.close()
        assert holder.wait(30) == 0
    Database(path).close()


def test_one_process_opens_a_file_once(path: Path, tmp_path: Path) -> None:
    """Closing the second would drop the lock of the first, and let another program write."""
    link = tmp_path / "link.duckdb"
    link.symlink_to(path)
    database = Database(path)
    for again in (path, link, Path(os.path.relpath(path))):
        for read_only in (False, True):
            with pytest.raises(errors.FileBusy):
                Database(again, read_only=read_only)
    assert run_python(OPEN, path).stdout.strip() == "FileBusy"
    database.close()
    Database(link).close()


def test_closing_again_lets_go_of_nobody_elses_file(path: Path) -> None:
    """Another handle of this program would lose its locks, and a second one would come in."""
    first = Database(path)
    first.close()
    second = Database(path)
    first.close()
    with pytest.raises(errors.FileBusy):
        Database(path)
    second.close()


def test_several_programs_may_read_together(path: Path) -> None:
    """A look at the figures would wait for another look."""
    database = Database(path, read_only=True)
    assert run_python(OPEN, path, "read only").stdout.strip() == "opened"
    assert run_python(OPEN, path).stdout.strip() == "FileBusy"
    database.close()


def test_a_copy_does_not_drop_the_lock(database: Database, tmp_path: Path) -> None:
    """On POSIX, closing any handle of a file drops its locks: two programs would write to it."""
    target = tmp_path / "copy.duckdb"
    database.copy_to(target)
    assert run_python(OPEN, database.path).stdout.strip() == "FileBusy"
    assert run_python(OPEN, database.path, "read only").stdout.strip() == "FileBusy"
    with database.transaction() as transaction:
        transaction.change("insert into t values (3, 'three')")
    copy = Database(target)
    assert copy.value("select count(*) from t") == 2
    copy.close()


def test_a_copy_replaces_no_file(database: Database, tmp_path: Path) -> None:
    """A backup could be overwritten by a worse one."""
    target = tmp_path / "copy.duckdb"
    target.write_text("mine")
    with pytest.raises(FileExistsError):
        database.copy_to(target)
    assert target.read_text() == "mine"


# Files that cannot be served stay as they are, byte for byte


def newer_storage(content: bytes) -> bytes:
    """Return a file as a later DuckDB might write it: a higher version, its checksum right."""
    block = bytearray(content[:4096])
    block[12:20] = struct.pack("<Q", 7000)
    check = 5381
    for (word,) in struct.iter_unpack("<Q", block[8:]):
        check ^= (word * 0xBF58476D1CE4E5B9) % (1 << 64)
    block[:8] = struct.pack("<Q", check)
    return bytes(block) + content[4096:]


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (lambda content: content[:0], errors.FileForeign),
        (lambda content: content[:9], errors.FileForeign),
        (lambda content: b"PK\x03\x04" + content[4:8] + b"XLSX" + content[12:], errors.FileForeign),
        (lambda _content: b"nama;nilai\n" * 500, errors.FileForeign),
        (lambda content: content[:20], errors.FileDamaged),
        (lambda content: content[:5000], errors.FileDamaged),
        (lambda content: content[:100] + b"\xff" + content[101:], errors.FileDamaged),
        (lambda content: content[:4096] + bytes(8192) + content[12288:], errors.FileDamaged),
        (newer_storage, errors.FileNewer),
    ],
    ids=["empty", "short", "workbook", "text", "head", "cut", "bit", "headers", "newer"],
)
@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
def test_a_file_that_cannot_be_served_is_told_and_left(
    path: Path,
    spoil: "object",
    kind: type[errors.FileError],
    read_only: bool,  # noqa: FBT001
) -> None:
    """Trying to open somebody's file would destroy what could still be saved of it."""
    assert callable(spoil)
    path.write_bytes(spoil(path.read_bytes()))
    before = bytes_of(path.parent)
    with pytest.raises(errors.FileError) as told:
        Database(path, read_only=read_only)
    assert type(told.value) is kind
    assert str(path) in told.value.message
    assert told.value.hint
    assert bytes_of(path.parent) == before
    with pytest.raises(kind):
        Database(path)


def test_a_damaged_block_is_told_when_it_is_read(path: Path) -> None:
    """A figure would be wrong, or a query be blamed for a broken disk."""
    database = Database(path)
    with database.transaction() as transaction:
        transaction.run(
            "create table big as select md5(cast(i as varchar)) as s from range(50_000) as t(i)"
        )
    database.close()
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 8] = bytes(255 - byte for byte in content[middle : middle + 8])
    path.write_bytes(content)
    database = Database(path, read_only=True)
    with pytest.raises(errors.FileDamaged):
        database.read("select max(s) from big")
    database.close()


def test_a_missing_file_is_told_with_what_makes_one(tmp_path: Path) -> None:
    """A misspelt name would quietly make a new, empty file."""
    for path in (tmp_path / "nowhere.duckdb", tmp_path / "no folder" / "x.duckdb"):
        with pytest.raises(errors.FileMissing) as told:
            Database(path)
        assert str(path) in told.value.message
        assert "lkjip new" in told.value.hint
        assert not path.exists()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A slip in the file dialog would end the program."""
    with pytest.raises(errors.FileError):
        Database(tmp_path)


def test_a_file_that_may_not_be_written_is_told_so(path: Path) -> None:
    """A user would look for damage where only a right is missing."""
    chattr = shutil.which("chattr")
    if chattr is None or os.system(f"{chattr} +i {path} 2>/dev/null"):  # noqa: S605
        pytest.skip("this disk has no immutable files, and root may write everything else")
    try:
        with pytest.raises(errors.FileReadOnly):
            Database(path)
        Database(path, read_only=True).close()
    finally:
        os.system(f"{chattr} -i {path}")  # noqa: S605


# What the driver parses


def test_statements_are_told_apart(database: Database) -> None:
    """The console could not refuse what would change the file."""
    assert [kind for kind, _ in database.statements("select 1; delete from t")] == [
        "SELECT",
        "DELETE",
    ]
    assert database.statements("  -- nothing\n") == []
    assert database.parameters("select $year, $b + $year") == {"year", "b"}
    with pytest.raises(errors.QueryError):
        database.statements("select from from")
