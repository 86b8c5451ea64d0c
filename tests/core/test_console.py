"""The console reads: whatever is typed there, neither the file nor the disk around it changes."""

import shutil
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from lkjip_tui import language
from lkjip_tui.core.errors import (
    Interrupted,
    LkjipError,
    QueryError,
    StatementRefused,
    UsageError,
)
from lkjip_tui.core.storage.cursors import Stream
from lkjip_tui.core.workspace import Workspace
from tests.core.attacks import ATTACKS, ENDLESS, HOGS, LOTS, READS, aimed, short
from tests.core.support import bytes_of, digest_of, inside, journal_of, run_python

SECRET = "only for the owner"  # noqa: S105 - a word to look for


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


def run(workspace: Workspace, statement: str, **values: object) -> list[tuple[object, ...]]:
    """Run a statement to its end."""
    with workspace.console.stream(statement, values).start() as stream:
        return stream.fetch(100_000)


def stopped_after(workspace: Workspace, statement: str, seconds: float) -> list[object]:
    """Run a statement that another thread stops; return whether it was, and what it gave else."""
    stop = threading.Timer(seconds, workspace.interrupt)
    stop.start()
    try:
        return [*run(workspace, statement)]
    except Interrupted:
        return ["stopped"]
    finally:
        stop.cancel()


def everything(workspace: Workspace) -> dict[str, object]:
    """Return all that a statement could change inside a file."""
    database = inside(workspace).database
    return {
        "facts": digest_of(workspace),
        "journal": journal_of(workspace),
        **{
            name: database.read(f"select {columns} from duckdb_{name}() order by all")
            for name, columns in {
                "settings": "name, value",
                "tables": "database_name, schema_name, table_name, sql",
                "views": "database_name, schema_name, view_name, sql",
                "sequences": "sequence_name, last_value",
                "functions": "schema_name, function_name, macro_definition",
                "databases": "database_name, path",
            }.items()
        },
    }


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """Return a file outside that nobody may read from here."""
    path = tmp_path / "secret.csv"
    path.write_text(f"a,b\n1,{SECRET}\n")
    return path


@pytest.fixture(scope="module")
def attacked(
    template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workspace, Path, dict[str, object]]]:
    """Return an open file that every attack is tried on, what lies near it, and what it holds."""
    folder = tmp_path_factory.mktemp("attacked")
    near = folder / "near"
    near.mkdir()
    (near / "secret.csv").write_text(f"a,b\n1,{SECRET}\n")
    with Workspace.open(shutil.copyfile(template, folder / "office.duckdb")) as workspace:
        inside(workspace).database.checkpoint()
        yield workspace, near, {**everything(workspace), "files": bytes_of(folder)}


@pytest.mark.parametrize("attacks", LOTS, ids=short)
def test_nothing_typed_into_the_console_changes_anything(
    attacked: tuple[Workspace, Path, dict[str, object]], attacks: Sequence[str]
) -> None:
    """A pasted statement could empty the office's file, or read the owner's disk."""
    workspace, near, before = attacked
    for attack in attacks:
        try:
            seen = str(run(workspace, aimed(attack, near)))
        except LkjipError as error:
            seen = f"{error.exit_code}: {error.message}"
        assert SECRET not in seen
        assert seen.startswith(("[", "1: "))
    after = everything(workspace)
    inside(workspace).database.checkpoint()
    assert {**after, "files": bytes_of(near.parent)} == before, attacks


@pytest.mark.parametrize(
    "statement",
    [attack for attack in ATTACKS if attack.split(" ")[0] in ("delete", "insert", "update", "drop",
     "create", "with", "copy", "attach", "set", "commit", "checkpoint", "")],
    ids=short,
)  # fmt: skip
def test_what_would_write_is_refused_with_what_to_do(office: Workspace, statement: str) -> None:
    """A user would not know where facts are changed."""
    with pytest.raises(QueryError) as told:
        run(office, statement)
    if isinstance(told.value, StatementRefused):
        assert told.value.hint


def test_what_is_wrong_most_often_is_said_in_indonesian_before_the_engines_own(
    office: Workspace,
) -> None:
    """Whoever reads no English would not know what to mend."""
    language.use("id")
    for statement, said in (
        ("select nam from program", "Tidak ada kolom “nam” di sini."),
        ("select nam", "Tidak ada kolom “nam” di sini."),
        ("select p.nam from program as p", "p tidak mempunyai kolom “nam”."),
        ("select * from sheet.progam", "Tidak ada tabel “progam” di sini."),
        ("select q.name from program as p", "Tidak ada tabel “q” di sini."),
        ("select name, frm from program group", "Yang tertulis pada “group”"),
        ("select name, count(*) from program", "“name” tidak ada dalam GROUP BY"),
        ("select cast('abc' as int)", "“abc” bukan nilai bertipe INT32."),
    ):
        with pytest.raises(QueryError) as told:
            run(office, statement)
        own, engine, *_rest = told.value.message.split("\n")
        assert own.startswith(said)
        assert " Error: " in engine


@pytest.mark.parametrize(("statement", "count"), READS, ids=short)
def test_whatever_reads_runs(office: Workspace, statement: str, count: int | None) -> None:
    """Power users could not look at their own figures."""
    rows = run(office, statement, **dict.fromkeys(office.console.parameters(statement), "1"))
    assert rows or count == 0
    if count is not None:
        assert len(rows) == count


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no system caps a process")
@pytest.mark.parametrize("statement", HOGS, ids=short)
def test_what_takes_all_memory_ends_with_a_reason(office: Workspace, statement: str) -> None:
    """The machine would stand still, and the program be killed with what is typed elsewhere."""
    with pytest.raises(QueryError) as told:
        run(office, statement)
    assert told.value.hint
    assert run(office, "select 1") == [(1,)]
    office.start_year(2022)


@pytest.mark.parametrize("statement", ENDLESS, ids=short)
def test_what_never_ends_is_stopped(fresh: Workspace, statement: str) -> None:
    """Esc would do nothing, and the screen wait for hours."""
    assert stopped_after(fresh, statement, 0.2) == ["stopped"]
    assert run(fresh, "select 1") == [(1,)]


def test_a_file_made_with_traps_is_read_without_harm(file: Path, secret: Path) -> None:
    """A view that came with somebody's file would read the disk when it is shown."""
    made = run_python(
        """
        import sys, duckdb
        with duckdb.connect(sys.argv[1]) as connection:
            connection.execute(f"create view main.trap as select * from read_csv('{sys.argv[2]}')")
            connection.execute(
                f"create macro trap() as table select * from read_text('{sys.argv[2]}')"
            )
        """,
        file,
        secret,
    )
    assert made.returncode == 0, made.stderr
    with Workspace.open(file) as office:
        for statement in ("from trap", "from trap()", "summarize trap"):
            with pytest.raises(QueryError):
                run(office, statement)


def test_parameters_are_named_and_bound(office: Workspace) -> None:
    """A name with an apostrophe would be run as SQL."""
    assert office.console.parameters("select $a, $b, $a") == {"a", "b"}
    assert office.console.parameters("select 1") == set()
    text = "it's; delete from program"
    with office.console.stream("select $a as a, $b as b", {"a": text, "b": None}).start() as stream:
        assert stream.columns == ("a", "b")
        assert stream.fetch(5) == [(text, None)]
    with pytest.raises(QueryError):
        office.console.stream("select $a", {}).start()


def test_the_year_of_the_facts_is_seen_after_an_edit(office: Workspace) -> None:
    """The console would answer from before the last change."""
    assert run(office, "select count(*) from report_year") == [(1,)]
    office.start_year(2022)
    assert run(office, "select count(*) from report_year") == [(2,)]


@pytest.fixture
def heavy(fresh: Workspace) -> Iterator[Stream]:
    """Return a statement that would run for hours, not begun."""
    stream = fresh.console.stream(
        "select count(*) from range(100_000_000_000) as t(i) where i % 7 = 3"
    )
    yield stream
    stream.close()


@pytest.mark.parametrize("by", ["workspace", "stream"])
def test_a_running_statement_is_stopped_from_another_thread(
    fresh: Workspace, heavy: Stream, by: str
) -> None:
    """Esc would do nothing, and the screen wait for hours."""
    stop = fresh.interrupt if by == "workspace" else heavy.interrupt
    threading.Timer(0.2, stop).start()
    with pytest.raises(Interrupted) as told:
        heavy.start()
    assert told.value.exit_code == 130
    assert run(fresh, "select 1") == [(1,)]


def test_an_edit_goes_through_while_a_statement_runs(fresh: Workspace, heavy: Stream) -> None:
    """A long question would keep everybody from working."""
    raised: list[type[BaseException]] = []

    def ask() -> None:
        try:
            heavy.start()
        except Interrupted as error:
            raised.append(type(error))

    thread = threading.Thread(target=ask)
    thread.start()
    threading.Event().wait(0.2)
    fresh.start_year(2022)
    heavy.interrupt()
    thread.join(30)
    assert raised == [Interrupted]
    assert fresh.office.latest == 2022


def test_a_result_that_is_half_read_keeps_nobody_from_closing(fresh: Workspace, file: Path) -> None:
    """Quitting with a result on the screen would leave a log behind."""
    stream = fresh.console.stream("select i from range(10_000_000) as t(i)").start()
    assert len(stream.fetch(100)) == 100
    fresh.start_year(2022)
    fresh.close()
    assert not Path(f"{file}.wal").exists()
    with Workspace.open(file) as again:
        assert again.office.latest == 2022


def test_a_name_is_not_taken_for_an_attempt_to_write(office: Workspace) -> None:
    """A slip in a table's name would be told as a forbidden change."""
    with (
        pytest.raises(QueryError) as told,
        office.console.stream('select * from "read-only"').start(),
    ):
        pass
    assert not isinstance(told.value, StatementRefused)
    with pytest.raises(StatementRefused):
        office.console.stream(
            "with d as (delete from program returning *) select count(*) from d"
        ).start()


def test_the_year_is_known_to_every_statement(office: Workspace) -> None:
    """The same statement would work on the screen and fail in a script."""

    def years(
        statement: str, given: dict[str, object] | None = None, year: int | None = None
    ) -> object:
        with office.console.stream(statement, given, year=year).start() as stream:
            return stream.fetch(1)[0][0]

    office.start_year(2022)
    assert years("select $fiscal_year") == 2022
    assert years("select $fiscal_year", year=2021) == 2021
    assert years("select $fiscal_year", {"fiscal_year": 1}, year=2021) == 1
    assert years("select 5") == 5
    with pytest.raises(UsageError):
        office.console.stream("select $fiscal_year", year=1999)
