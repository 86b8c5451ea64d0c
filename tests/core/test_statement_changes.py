"""Write mode: what a statement would change is told before it happens, and is one act then."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path

import pytest

from lkjip_tui.core.acts import CellChange, RowMade, RowRemoved
from lkjip_tui.core.checks.check_counts import CheckCounts
from lkjip_tui.core.errors import (
    EditRefused,
    FileReadOnly,
    Interrupted,
    LkjipError,
    QueryError,
    StatementRefused,
)
from lkjip_tui.core.sql import statement_changes
from lkjip_tui.core.sql.result import Work
from lkjip_tui.core.sql.statement_changes import WRITTEN, StatementChanges
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR, digest_of, inside, journal_of, put

#: Statements with how many cells they change, and how many rows they make and remove.
WRITES = [
    ("update sub_activity_budget set amount = amount + 1", (29, 0, 0)),
    ("update program set name = 'Baru', code = $id where program_id = $id", (2, 0, 0)),
    ("update population set male = null, female = female where fiscal_year = 2021", (1, 0, 0)),
    ("insert into program (program_id, number) select nextval('id'), 9 from range(2)", (0, 2, 0)),
    ("delete from service_result where service_id < 3", (0, 0, 2)),
    ("truncate service", (0, 0, 8)),
    (
        "update program set name = '\"a\" \\ it''s' || chr(0) || chr(10) || chr(27) || chr(8238)",
        (5, 0, 0),
    ),
    ("update program set program_id = 900 where program_id = 1", (0, 1, 1)),
    ("insert or replace into program values (1, 1, 'x', 'y')", (2, 0, 0)),
    (
        (
            "merge into program as p using (values (1), (901)) as s(i) on p.program_id = s.i"
            " when matched then update set name = 'm'"
            " when not matched then insert (program_id, number) values (s.i, 3)"
        ),
        (1, 1, 0),
    ),
    (
        (
            "with gone as (delete from service where service_id = 1 returning *)"
            " update program set name = 'x' where program_id = 1"
        ),
        (1, 0, 1),
    ),
    ("-- a remark; and\nupdate program set name = 'a;b' where number = 1 returning *;", (1, 0, 0)),
    ("update program set name = 'x' where number = 1 returning name, null", (1, 0, 0)),
    ("update scale_class set lower_bound = lower_bound + 0.5, color = 'x'", None),
    ("update printed_figure set printed = '12,5' where printed_figure_id = 2", (3, 0, 0)),
]

#: What is refused, whatever it would change; the file holds a table `mine` that is none of ours.
REFUSED = [
    "update journal set label = 'x'",
    "delete from journal",
    "update workbook set queries_hash = 'x'",
    "insert into migration values (9, 'x', now())",
    "insert into mine values (2)",
    "with d as (delete from journal returning *) update program set name = name || 'x'",
    "with d as (insert into mine values (2) returning *) update program set name = name || 'x'",
    "with c as (copy (select 1) to '{out}') update program set name = 'x'",
    "update program set name = (select content from read_text('{out}'))",
    "update report.achievement set target = 5",
    "insert into sheet.programs values (1)",
    "delete from nothing",
    "update program set name = 'x'; commit",
    "select 1",
    "explain analyze delete from program",
    "create table x (i int)",
    "drop table program",
    "alter table program add column x int",
    "copy program to '{out}'",
    "copy program from '{out}'",
    "attach '{out}' as other",
    "set memory_limit = '1TB'",
    "commit",
    "checkpoint",
    "update program set name = 'x' from checkpoint()",
    "update program set name = 'x' from force_checkpoint()",
    "update program set name = 'x' from enable_logging()",
    "",
]


#: Makes a row of which there is one.
ACCEPTS = (
    "insert into accepted_finding (check_name, fiscal_year, finding_key, reason)"
    " values ('x', 2021, 'y', 'z')"
)


@contextmanager
def looked_at(workspace: Workspace, statement: str) -> Iterator[StatementChanges]:
    """Look at what a statement would change."""
    values = {"id": 1} if "$id" in statement else {}
    changes = workspace.changes_by(statement, values)
    try:
        changes.look(Work())
        yield changes
    finally:
        changes.close()


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the checks out, in tests of something else: they take most of the time."""
    monkeypatch.setattr(CheckCounts, "resting_on", lambda _self, _facts: [])


def write(workspace: Workspace, statement: str) -> None:
    """Do what a statement says."""
    with looked_at(workspace, statement) as changes:
        workspace.write(changes)


def made_directly(workspace: Workspace, statement: str) -> object:
    """Return what the facts are like once the database has run a statement, and take it back."""
    parts = inside(workspace)
    selects = (f"select '{t}', count(*), sum(hash(t)) from {t} as t" for t in parts.facts.tables)
    values: dict[str, object] = {"id": 1} if "$id" in statement else {}
    with parts.database.session() as session, parts.database.rehearsal(session) as transaction:
        transaction.run(statement, values)
        return transaction.read(f"{' union all '.join(selects)} order by all")


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize(("statement", "counts"), WRITES, ids=[text for text, _counts in WRITES])
def test_what_is_seen_is_what_happens_and_is_taken_back(
    standing: Workspace, statement: str, counts: tuple[int, int, int] | None
) -> None:
    """A user would accept one thing and get another, or could not take it back."""
    before, told = digest_of(standing), journal_of(standing)
    expected = made_directly(standing, statement)
    with looked_at(standing, statement) as changes:
        assert (digest_of(standing), journal_of(standing)) == (before, told), "it is only looked at"
        seen = changes.page(0, 1000)
        kinds = Counter(map(type, seen))
        if counts is not None:
            assert tuple(kinds[each] for each in (CellChange, RowMade, RowRemoved)) == counts
        extent, tables = changes.extent, changes.tables
        assert sum(each.cells for each in tables) == extent.cells, "one number for one thing"
        came_or_went = kinds[RowMade] + kinds[RowRemoved]
        assert sum(each.made + each.removed for each in tables) == came_or_went
        standing.write(changes)
    after = digest_of(standing)
    if "nextval" not in statement and "printed" not in statement:
        assert after == expected
    (deed,) = standing.deeds(1)
    assert (deed.act.label, deed.count) == (WRITTEN, len(seen))
    assert set(standing.changes(deed.act_id, 0, 1000)) == set(seen)
    assert deed.extent == extent
    standing.undo()
    assert digest_of(standing) == before
    standing.redo()
    assert digest_of(standing) == after


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("statement", REFUSED)
def test_nothing_but_facts_can_be_written(traps: tuple[Workspace, Path], statement: str) -> None:
    """A statement could falsify the journal, or reach the disk."""
    workspace, out = traps
    before, told = digest_of(workspace), journal_of(workspace)
    with (
        pytest.raises(QueryError) as refused,
        looked_at(workspace, statement.replace("{out}", str(out))),
    ):
        pass
    if isinstance(refused.value, StatementRefused):
        assert refused.value.hint
    assert (digest_of(workspace), journal_of(workspace)) == (before, told)
    assert not out.exists()
    assert inside(workspace).database.read("from mine") == [(1,)]


@pytest.fixture(scope="module")
def traps(
    template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workspace, Path]]:
    """Return an open file with a table of somebody else's and a journal, and a path without one."""
    folder = tmp_path_factory.mktemp("traps")
    with Workspace.open(shutil.copyfile(template, folder / "office.duckdb")) as workspace:
        write(workspace, "update population set male = 5")
        with inside(workspace).database.transaction() as transaction:
            transaction.run("create table mine as select 1 as i")
        yield workspace, folder / "out"


@pytest.mark.usefixtures("english", "unchecked")
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("insert into program (number) values (9)", "nextval('id')"),
        ("update program set number = null", "number of program cannot be empty."),
        ("insert into program values (1, 9, null, 'x')", "program_id: 1 is there already."),
        ("update report_year set stage = 'x'", "stage IN ('initial', 'revised') must hold."),
        ("delete from report_year", "no row of report_year left"),
        ("delete from office", "no row of office left"),
        ("insert into program values (5000, 9, null, 'x')", "program 5000 is an id"),
        ("update indicator_target set value = 1e15", "DECIMAL(18,4)"),
        ("update section set fiscal_year = -1 where section_id = 2", "-1 is no fiscal year."),
        ("insert into population values (99999, 1, 1)", "99999 is no fiscal year."),
    ],
)
def test_rows_that_a_table_does_not_take_are_refused_in_plain_words(
    standing: Workspace, statement: str, told: str
) -> None:
    """A user would read what the engine says to engineers, or get an id that is given again."""
    before = digest_of(standing)
    with pytest.raises(LkjipError, match=re.escape(told)), looked_at(standing, statement):
        pass
    assert digest_of(standing) == before


def test_what_the_checks_would_say_is_what_they_say_then(standing: Workspace) -> None:
    """A wrong figure would be accepted since its warning came only afterwards."""
    statement = "update sub_activity_budget set amount = amount - 1000000 where sub_activity_id < 9"
    now = standing_findings(standing)
    with looked_at(standing, statement) as changes:
        foreseen = {each.check.name: (each.now, each.then) for each in changes.checks or ()}
        assert {each.year for each in changes.checks or ()} == {YEAR}
        standing.write(changes)
    then = standing_findings(standing)
    names = {name for name in now | then if now[name] != then[name]}
    assert foreseen == {name: (now[name], then[name]) for name in names}
    assert names


def standing_findings(workspace: Workspace) -> Counter[str]:
    """Return how many findings of each check nobody accepted."""
    found, _faults = workspace.findings(YEAR)
    return Counter(each.check_name for each in found if not each.accepted)


def test_checks_that_take_long_are_not_waited_for(
    standing: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a large office nobody would see for minutes what would change."""
    monkeypatch.setattr(statement_changes, "PATIENCE", 0)
    with looked_at(standing, "update program set name = 'x'") as changes:
        assert changes.count == 5
        assert changes.checks is None
        standing.write(changes)


def test_a_check_that_fails_then_is_told_and_hides_no_other(few: Workspace) -> None:
    """One query of the user's own would keep all others from warning."""
    folder = few.path.parent / "queries" / "checks"
    folder.mkdir(parents=True)
    (folder / "mine.sql").write_text(
        "-- title: x\n-- check: error\n-- message en: x\n-- message id: x\n"
        "select 2021 as fiscal_year, cast(p.code as integer) as finding_key, null as view_name,"
        " null as row_key, null as column_name, null as place, null as stated, null as computed"
        " from program as p where p.code is not null"
    )
    few.read_queries()
    statement = (
        "with c as (update program set code = 'x' where program_id = 1 returning *)"
        " update sub_activity_budget set amount = 1"
    )
    with looked_at(few, statement) as changes:
        foreseen = {each.check.name: (each.now, each.then) for each in changes.checks or ()}
    assert foreseen["mine"] == (0, None)
    assert foreseen["realization_above_budget"] == (0, 29)


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize(
    ("statement", "meanwhile"),
    [
        ("update population set male = 7", "update population set male = 5"),
        ("delete from population", "update population set male = 5"),
        (ACCEPTS, ACCEPTS),
    ],
)
def test_what_changed_meanwhile_is_not_written_over(
    standing: Workspace, statement: str, meanwhile: str
) -> None:
    """Figures typed between the look and the key would be lost without a word."""
    with looked_at(standing, statement) as changes:
        write(standing, meanwhile)
        before = digest_of(standing)
        with pytest.raises(EditRefused):
            standing.write(changes)
        assert digest_of(standing) == before
        if statement != meanwhile:
            changes.look(Work())
            standing.write(changes)
            assert digest_of(standing) != before


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize(
    ("statement", "meets_no_row"),
    [
        ("update program set number = 7 where number = $id + 98", True),
        ("with w as (select 99 as n) delete from program using w where number = w.n", True),
        ("update program set number = number", False),
        ("update program set number = 7 where number = 99 returning 0", False),
        ("insert into program values (1, 1, 'x', 'y') on conflict do nothing", False),
    ],
)
def test_a_condition_that_no_row_fits_is_known(
    standing: Workspace, statement: str, *, meets_no_row: bool
) -> None:
    """A wrong WHERE would read as if the facts were as the statement wants them."""
    with looked_at(standing, statement) as changes:
        assert (changes.count, changes.meets_no_row) == (0, meets_no_row)


@pytest.mark.usefixtures("unchecked")
def test_printed_figures_read_as_their_text_says(standing: Workspace) -> None:
    """The proof would compare a figure that was never printed."""
    with looked_at(standing, "update printed_figure set value = 5") as changes:
        assert changes.count == 0
    statement = (
        "insert into printed_figure by name"
        " select p.* replace (nextval('id') as printed_figure_id, '55,50' as printed, 1 as value)"
        " from printed_figure as p where p.places = 2 limit 1"
    )
    write(standing, statement)
    rows = inside(standing).database.read(
        "select distinct value, places from printed_figure where printed = '55,50'"
    )
    assert [tuple(map(float, row)) for row in rows] == [(55.5, 2)]


@pytest.mark.usefixtures("unchecked")
def test_an_empty_text_is_stored_as_none(standing: Workspace) -> None:
    """Two sorts of nothing would stand in the file, one of which no check knows."""
    with looked_at(standing, "update program set name = '' where program_id = 1") as changes:
        (change,) = changes.page(0, 9)
        assert isinstance(change, CellChange)
        assert change.after is None


@pytest.mark.usefixtures("unchecked")
def test_ids_that_a_statement_was_given_are_never_given_again(file: Path, tmp_path: Path) -> None:
    """After a crash two programs would share an id, and their budgets."""
    statement = "insert into program (program_id, number) select nextval('id'), 9 from range(3)"
    copied = tmp_path / "copied.duckdb"
    with Workspace.open(file) as workspace:
        write(workspace, statement)
        highest = inside(workspace).database.value("select max(program_id) from program")
        shutil.copyfile(file, copied)
        shutil.copyfile(f"{file}.wal", f"{copied}.wal")
    with Workspace.open(copied) as workspace:
        assert min(inside(workspace).facts.new_ids()) > highest


@pytest.mark.parametrize("by", ["the user", "a figure that is saved"])
def test_a_statement_that_takes_for_hours_is_stopped(standing: Workspace, by: str) -> None:
    """The user could neither go on nor save anything."""
    statement = (
        "update population set male = (select sum(a.range * b.range)"
        " from range(3000000) as a, range(200000) as b)"
    )
    before, work = digest_of(standing), Work()
    changes = standing.changes_by(statement)
    with ThreadPoolExecutor(1) as thread:
        looking = thread.submit(changes.look, work)
        while not inside(standing).database._rehearsing:  # noqa: SLF001 - it has begun then
            assert not looking.done()
        if by == "the user":
            while not looking.done():  # it may be between two reads
                work.interrupt()
                wait([looking], timeout=0.05)
        else:
            put(standing, "activities", "sub_activity/1", "realization", "5")
        with pytest.raises(Interrupted):
            looking.result()
    changes.close()
    assert (digest_of(standing) == before) == (by == "the user")


@pytest.mark.usefixtures("unchecked")
def test_a_file_that_is_only_read_is_not_written(file: Path) -> None:
    """The refusal would come as a failure of the engine."""
    with (
        Workspace.open(file, read_only=True) as workspace,
        pytest.raises(FileReadOnly),
        looked_at(workspace, "update program set name = 'x'"),
    ):
        pass
