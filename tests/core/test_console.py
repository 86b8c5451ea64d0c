"""The console reads: whatever is typed there, neither the file nor the disk around it changes."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from lkjip_tui.core.cursors import Stream
from lkjip_tui.core.errors import (
    Interrupted,
    LkjipError,
    QueryError,
    StatementRefused,
    UsageError,
)
from lkjip_tui.core.workspace import Workspace
from tests.core.support import bytes_of, digest_of, inside, journal_of, run_python

SECRET = "only for the owner"  # noqa: S105 - a word to look for

#: Statements that would change the file, the disk or the settings, or look outside. `{out}` is a
#: file that must not come to be, `{secret}` one whose text must not be seen.
ATTACKS = [
    "delete from program",
    "insert into program values (99, 9, null, 'x')",
    "update program set name = 'x'",
    "drop table program",
    "drop view sheet.activities",
    "truncate program",
    "alter table program add column x int",
    "create table x (i int)",
    "create temp table x as select 1",
    "create or replace view report.achievement as select 1",
    "create or replace macro ratio_pct(a, b) as 0",
    "create sequence x",
    "create schema x",
    "create type mood as enum ('x')",
    "merge into program using (select 1 as i) as s on false when not matched then insert *",
    "with d as (delete from program returning *) select count(*) from d",
    "with d as (update program set name = 'x' returning *) select count(*) from d",
    "with d as (insert into program values (97, 1, null, 'x') returning *) select * from d",
    "with c as (copy (select 1) to '{out}') select * from c",
    "explain analyze delete from program",
    "explain analyze insert into program values (96, 1, null, 'x')",
    "explain analyze copy (select 1) to '{out}'",
    "explain analyze with d as (delete from program returning *) select * from d",
    "select 1; delete from program",
    "select 1; commit; delete from program",
    "commit; delete from program; begin",
    "commit",
    "rollback",
    "begin transaction",
    "abort",
    "checkpoint",
    "force checkpoint",
    "select * from force_checkpoint()",
    "vacuum",
    "analyze",
    "copy program to '{out}'",
    "copy (select 1) to '{out}' (format parquet)",
    "copy program from '{secret}'",
    "copy from database memory to main",
    "export database '{out}'",
    "import database '{out}'",
    "attach '{out}' as other",
    "attach ':memory:' as other",
    "detach memory",
    "use memory",
    "select * from read_csv('{secret}')",
    "select * from read_text('{secret}')",
    "select * from read_blob('{secret}')",
    "select * from read_json('{secret}')",
    "select * from read_parquet('{secret}')",
    "select * from '{secret}'",
    "from sniff_csv('{secret}')",
    "from glob('{secret}*')",
    "from parquet_metadata('{secret}')",
    "select * from query('delete from program')",
    "select * from query_table('{secret}')",
    "from json_execute_serialized_sql(json_serialize_sql('select * from read_text(''{secret}'')'))",
    "pragma json_execute_serialized_sql('{{}}')",
    "select write_log('x')",
    "call enable_logging()",
    "call pragma_version()",
    "pragma enable_profiling",
    "pragma disable_optimizer",
    "set enable_external_access = true",
    "set memory_limit = '1TB'",
    "set variable x = 1",
    "reset enable_external_access",
    "select set_config('memory_limit', '1TB', false)",
    "select current_setting('memory_limit') from set_config('a', 'b')",
    "install httpfs",
    "load '{out}'",
    "create secret x (type s3)",
    "prepare p as delete from program",
    "execute p",
    "deallocate p",
    "comment on table program is 'x'",
    "select nextval('id')",
    "select * from (select nextval('id') as n) where n > 0",
    "grant all on program to public",
    "select python_frame from python_frame",
    "from workspace",
    "",
    "   ",
    ";",
    "-- nothing",
    "/* nothing */",
    "selec 1",
    "select",
    "select 1 from",
    "delete",
    "\x00",
    "select '",
    'select "',
    "; ; delete from program",
    "/* */ delete from program",
    "-- x\ndelete from program",
    "(delete from program)",
    "from (delete from program)",
    "select (delete from program)",
    "values (1); drop table program",
    "pivot program on name using count(*); delete from program",
]

READS = [
    ("select count(*) from program", 1),
    ("from report.budget_summary", None),
    ("with a as (select 1 as x) select x from a union all select 2", 2),
    ("values (1), (2), (3)", 3),
    ("table program", 5),
    ("summarize program", 4),
    ("describe program", 4),
    ("describe select 1 as x, 2 as y", 2),
    ("show tables", None),
    ("show all tables", None),
    ("explain select 1", None),
    ("explain analyze select count(*) from program", None),
    ("pivot program_budget on stage using sum(amount) group by program_id", 5),
    ("unpivot (select 1 as a, 2 as b) on a, b", 2),
    ("select ratio_pct(1, 3), 'it''s', [1, 2], {'a': 1}", 1),
    ("select * from duckdb_columns() where table_name = 'program'", 4),
    ("select name from program where program_id = $id", 1),
    ("-- a remark\nselect 1; -- and another", 1),
    ("select 1 where false", 0),
]


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


def run(workspace: Workspace, statement: str) -> list[tuple[object, ...]]:
    """Run a statement to its end."""
    values = {"id": 1} if "$id" in statement else {}
    with workspace.sql(statement, values).start() as stream:
        return stream.fetch(100_000)


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


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_typed_into_the_console_changes_anything(
    attacked: tuple[Workspace, Path, dict[str, object]], attack: str
) -> None:
    """A pasted statement could empty the office's file, or read the owner's disk."""
    workspace, near, before = attacked
    out, secret = near / "out.bin", near / "secret.csv"
    try:
        seen = str(
            run(workspace, attack.replace("{out}", str(out)).replace("{secret}", str(secret)))
        )
    except LkjipError as error:
        seen = f"{error.exit_code}: {error.message}"
    assert SECRET not in seen
    assert seen.startswith(("[", "1: "))
    after = everything(workspace)
    inside(workspace).database.checkpoint()
    assert {**after, "files": bytes_of(near.parent)} == before


@pytest.mark.parametrize(
    "statement",
    [attack for attack in ATTACKS if attack.split(" ")[0] in ("delete", "insert", "update", "drop",
     "create", "with", "copy", "attach", "set", "commit", "checkpoint", "")],
)  # fmt: skip
def test_what_would_write_is_refused_with_what_to_do(office: Workspace, statement: str) -> None:
    """A user would not know where facts are changed."""
    with pytest.raises(QueryError) as told:
        run(office, statement)
    if isinstance(told.value, StatementRefused):
        assert told.value.hint


@pytest.mark.parametrize(("statement", "count"), READS)
def test_whatever_reads_runs(office: Workspace, statement: str, count: int | None) -> None:
    """Power users could not look at their own figures."""
    rows = run(office, statement)
    assert rows or count == 0
    if count is not None:
        assert len(rows) == count


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
    assert office.parameters("select $a, $b, $a") == {"a", "b"}
    assert office.parameters("select 1") == set()
    text = "it's; delete from program"
    with office.sql("select $a as a, $b as b", {"a": text, "b": None}).start() as stream:
        assert stream.columns == ("a", "b")
        assert stream.fetch(5) == [(text, None)]
    with pytest.raises(QueryError):
        office.sql("select $a", {}).start()


def test_the_year_of_the_facts_is_seen_after_an_edit(office: Workspace) -> None:
    """The console would answer from before the last change."""
    assert run(office, "select count(*) from report_year") == [(1,)]
    office.start_year(2022)
    assert run(office, "select count(*) from report_year") == [(2,)]


@pytest.fixture
def heavy(fresh: Workspace) -> Iterator[Stream]:
    """Return a statement that would run for hours, not begun."""
    stream = fresh.sql("select count(*) from range(100_000_000_000) as t(i) where i % 7 = 3")
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
    stream = fresh.sql("select i from range(10_000_000) as t(i)").start()
    assert len(stream.fetch(100)) == 100
    fresh.start_year(2022)
    fresh.close()
    assert not Path(f"{file}.wal").exists()
    with Workspace.open(file) as again:
        assert again.office.latest == 2022


def test_a_name_is_not_taken_for_an_attempt_to_write(office: Workspace) -> None:
    """A slip in a table's name would be told as a forbidden change."""
    with pytest.raises(QueryError) as told, office.sql('select * from "read-only"').start():
        pass
    assert not isinstance(told.value, StatementRefused)
    with pytest.raises(StatementRefused):
        office.sql("with d as (delete from program returning *) select count(*) from d").start()


def test_the_year_is_known_to_every_statement(office: Workspace) -> None:
    """The same statement would work on the screen and fail in a script."""

    def years(
        statement: str, given: dict[str, object] | None = None, year: int | None = None
    ) -> object:
        with office.sql(statement, given, year=year).start() as stream:
            return stream.fetch(1)[0][0]

    office.start_year(2022)
    assert years("select $fiscal_year") == 2022
    assert years("select $fiscal_year", year=2021) == 2021
    assert years("select $fiscal_year", {"fiscal_year": 1}, year=2021) == 1
    assert years("select 5") == 5
    with pytest.raises(UsageError):
        office.sql("select $fiscal_year", year=1999)
