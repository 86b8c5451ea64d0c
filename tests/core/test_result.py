"""What a statement gives: its first rows at once, and any of the others wherever they stand."""

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from lkjip_tui.core.errors import Interrupted, LkjipError, QueryError, StatementRefused
from lkjip_tui.core.query.rows import MOST_HELD, Rows
from lkjip_tui.core.sql import result as result_module
from lkjip_tui.core.sql.result import LOTS as DRAWN
from lkjip_tui.core.sql.result import PAGE, Result, Work, draws_lots, unlike
from lkjip_tui.core.storage import cursors
from lkjip_tui.core.storage import database as database_module
from lkjip_tui.core.storage.cursors import Session, Tuple
from lkjip_tui.core.workspace import Workspace
from tests.core.attacks import LOTS, READS, aimed, short
from tests.core.support import YEAR, bytes_of, inside
from tests.core.test_console import everything

_FOR_HOURS: Final = "select sum(a.range * b.range) from range(3000000) a, range(200000) b"
_LONG: Final = "select range as n, 'row ' || range as name from range(1000000)"
_SORTED: Final = f"{_LONG} order by n desc"


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


@pytest.fixture
def of(office: Workspace) -> Iterator[Callable[..., Result]]:
    """Begin results of statements; they are closed when the test ends."""
    begun: list[Result] = []

    def beginning(statement: str, **parameters: object) -> Result:
        begun.append(office.console.result(statement, parameters))
        begun[-1].begin(Work())
        return begun[-1]

    yield beginning
    for result in begun:
        result.close()


def read_ahead(result: Result) -> Result:
    """Do what is done behind the screen once the first rows are there."""
    result.find_places(Work())
    while result.is_open and result.has_room:
        result.read_on(Work())
    return result


def attached(workspace: Workspace) -> int:
    """Return how many databases there are beside the file."""
    return len(inside(workspace).database.read("from duckdb_databases() where not internal")) - 1


def test_a_short_result_is_held_whole(of: Callable[..., Result]) -> None:
    """Nobody could sort five rows without running the statement again."""
    result = of("select name from program order by program_id")
    assert result.rows.is_held
    assert not result.is_open, "the file could not rest"
    assert result.count == result.least == result.rows.count == 5
    assert result.columns == ("name",)
    assert result.types == ("VARCHAR",)


@pytest.mark.parametrize("count", [0, 1, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE, 5_000])
def test_as_much_as_can_be_held_is_read_on_to_the_end(
    of: Callable[..., Result], count: int
) -> None:
    """A result would stand there as if there were more of it, or end a page too early."""
    result = of(f"select range as n from range({count})")
    assert result.rows.is_part == (count >= PAGE)
    read_ahead(result)
    assert result.rows.is_held
    assert [row[0] for row in result.rows.window(0, count)] == list(range(count))
    assert result.count == count


def test_rows_as_they_lie_are_found_by_their_number(
    office: Workspace, of: Callable[..., Result]
) -> None:
    """Ten million rows would be copied before anyone sees the last of them."""
    result = of(f"{_LONG};  -- all of them")
    assert result.find_places(Work())
    assert not result.is_open
    assert (result.count, result.rows.count, result.rows.is_held) == (1_000_000, 1_000_000, False)
    for number in (0, 255, 256, 500_000, 999_999):
        assert result.rows.window(number, number + 1) == [(number, f"row {number}")]
    assert attached(office) == 0


@pytest.mark.parametrize(
    "statement",
    [
        f"select n, random() as r from ({_LONG})",
        f"select n, now() as t from ({_LONG})",
        f"select n, uuid() as u from ({_LONG})",
    ],
)
def test_what_is_never_twice_the_same_is_not_read_again(
    of: Callable[..., Result], statement: str
) -> None:
    """A row would change whenever it comes into view."""
    result = of(statement)
    first = list(result.rows.window(0, PAGE))
    assert not result.find_places(Work())
    assert list(result.rows.window(0, PAGE)) == first
    result.keep(Work())
    assert result.rows.window(0, PAGE) == first or "now" in statement, "only the time goes on"
    seen = list(result.rows.window(999_000, 999_010))
    assert result.rows.window(0, 1)[0][0] == 0
    assert list(result.rows.window(999_000, 999_010)) == seen


def test_what_draws_lots_is_known(office: Workspace, of: Callable[..., Result]) -> None:
    """A sample would be another one whenever it is filtered."""
    select = "select distinct function_name from duckdb_functions() where stability = 'VOLATILE'"
    assert {name for (name,) in inside(office).database.read(select)} == set(DRAWN)
    for lot in ("order by Random ()", "using  sample 5", "tablesample reservoir(5)"):
        result = of(f"select range as n from range(9999) {lot}")
        seen = list(result.rows.window(0, 5))
        assert result.rows.is_held == (result.count == 5)
        result.keep(Work())
        assert result.rows.window(0, 5) == seen


@pytest.mark.parametrize(
    ("sql", "is_so"),
    [
        ("select 1 -- rounding error (see note)", False),
        ("select 'uuid()' as t /* random() */", False),
        ("/* it's */ select random() as r, 'a' as t", True),
    ],
)
def test_only_what_is_run_draws_lots(sql: str, *, is_so: bool) -> None:
    """A remark would let all of a long result be kept before its first row is shown."""
    assert draws_lots(sql) is is_so


def test_a_view_that_draws_lots_is_known_however_deep_it_lies(
    office: Workspace, of: Callable[..., Result]
) -> None:
    """Rows would be others as soon as they are sorted or filtered."""
    held = office.find("basis.sub_activity_year")
    of("from sheet.activities")
    assert attached(office) == 0
    office.registry.put(replace(held, select=f"{held.select}\norder by random()"))
    try:
        of("from sheet.activities")
        assert attached(office) == 1
    finally:
        office.registry.put(held)


def test_pages_that_come_late_are_not_waited_for(
    of: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen would stand still at each page of a filtered table."""
    monkeypatch.setattr(result_module, "_SOON", 0)
    result = of(_LONG)
    assert not result.find_places(Work())
    assert result.count == 1_000_000, "it is known all the same"
    assert result.rows.is_part


def test_of_any_other_long_result_only_the_first_rows_are_held(of: Callable[..., Result]) -> None:
    """A million sorted rows would fill the memory, or keep the file from resting."""
    result = read_ahead(of(_SORTED))
    assert result.rows.is_part
    assert MOST_HELD <= result.rows.count < MOST_HELD + PAGE
    assert not result.is_open
    assert result.count is None
    assert result.least == result.rows.count + 1


def test_long_texts_are_held_less_of(
    of: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some thousands of rows of long passages would fill the memory."""
    monkeypatch.setattr(result_module, "_MOST_LETTERS", 1_000_000)
    result = read_ahead(of("select repeat('x', 10000) as t from range(5000) order by range"))
    assert result.rows.count < 1_000
    result.keep(Work())
    assert result.count == 5_000


def test_kept_rows_are_all_there_in_their_order(
    office: Workspace, of: Callable[..., Result]
) -> None:
    """The end of a sorted table could never be looked at."""
    result = read_ahead(of(_SORTED))
    result.keep(Work())
    assert result.count == result.rows.count == 1_000_000
    assert not result.rows.is_part
    for number in (0, 30_000, 999_999):
        assert result.rows.window(number, number + 1) == [
            (999_999 - number, f"row {999_999 - number}")
        ]
    assert attached(office) == 1
    result.close()
    assert attached(office) == 0


def test_parameters_stay_bound_where_the_rows_are_kept(of: Callable[..., Result]) -> None:
    """A text with an apostrophe would be run as SQL, or the wrong year be kept."""
    text = "it's; delete from program"
    statement = "select range as n, $t as t, $fiscal_year as y from range(30000)"
    result = read_ahead(of(statement, t=text))
    assert result.rows.is_part, "what asks for parameters is not asked for pages"
    result.keep(Work())
    assert result.rows.window(29_999, 30_000) == [(29_999, text, YEAR)]


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["a", "b"], ("a", "b")),
        (["a", "a", "A"], ("a", "a_1", "A_2")),
        (["a", "a_1", "a"], ("a", "a_1", "a_2")),
        (["a", "a", "a_1"], ("a", "a_2", "a_1")),
    ],
)
def test_columns_of_one_name_are_told_apart(names: list[str], wanted: tuple[str, ...]) -> None:
    """One of two columns would show the other's values, or sorting fail."""
    assert unlike(names) == wanted


def test_columns_of_any_name_are_read_sorted_and_looked_through(
    office: Workspace, of: Callable[..., Result]
) -> None:
    """A join of two tables with the same columns could be run and not be looked at."""
    result = of(
        """select range as rowid, range % 7 as "Rowid", -range as "a ""b"", c", 'x' as row_key"""
        " from range(50000)"
    )
    assert result.find_places(Work())
    columns = result.columns
    assert columns == ("rowid", "Rowid_1", 'a "b", c', "row_key")
    arranged = result.rows.arranged(
        ['rowid_1 = 3 and "a ""b"", c" < -100'], {}, {}, [('a "b", c', False)], office.session()
    )
    first = arranged.window(0, 1)[0]
    assert first == (49_997, 3, -49_997, "x")
    found = arranged.find("-101", {columns[2]: True}, -1, 1, office.session())
    assert arranged.window(at := next(found), at + 1)[0][0] % 7 == 3
    arranged.release()
    alike = result.rows.arranged([], {}, {}, [("Rowid_1", True)], office.session())
    kept = [row[0] for row in alike.window(0, 50_000)]
    assert kept == sorted(range(50_000), key=lambda n: -(n % 7)), "equal rows keep their order"
    alike.release()


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_long_result_is_filtered_sorted_and_searched(
    office: Workspace, of: Callable[..., Result], *, is_kept: bool
) -> None:
    """Of a million rows only those could be found that are on the screen."""
    result = of(_LONG)
    if is_kept:
        result.keep(Work())
    else:
        assert result.find_places(Work())
    with office.session() as session:
        assert next(result.rows.find("row 98765", {"name": False}, -1, 1, session)) == 98_765
        assert next(result.rows.find("row 7", {"name": False}, 1_000_000, -1, session)) == 799_999
    arranged = result.rows.arranged(
        ["n < 10"], {}, {"row": {"name": False}}, [("n", True)], office.session()
    )
    assert [row[0] for row in arranged.window(0, 100)] == [*range(9, -1, -1)]
    arranged.release()
    equal = result.rows.arranged([], {"name": "row 5"}, {}, [], office.session())
    assert equal.window(0, 9) == [(5, "row 5")]
    equal.release()
    with pytest.raises(QueryError), office.session() as session:
        result.rows.arranged(["nn < 10"], {}, {}, [], session)
    with pytest.raises(LkjipError), office.session() as session:
        result.rows.arranged(["1) or (delete from program"], {}, {}, [], session)


@pytest.mark.parametrize(("statement", "count"), READS, ids=short)
def test_whatever_reads_has_a_result(
    office: Workspace, of: Callable[..., Result], statement: str, count: int | None
) -> None:
    """A statement would run on the command line and not on the screen."""
    result = read_ahead(of(statement, **dict.fromkeys(office.console.parameters(statement), "1")))
    assert result.rows.is_held
    held = list(map(str, result.rows.window(0, 100)))
    assert count is None or len(held) == min(count, 100)
    if result.can_be_kept:
        result.keep(Work())
        assert list(map(str, result.rows.window(0, 100))) == held or "show" in statement
    else:
        assert statement.startswith(("explain", "pivot"))
        with pytest.raises(QueryError):
            result.keep(Work())


@pytest.fixture(scope="module")
def attacked(
    template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workspace, Path, dict[str, object]]]:
    """Return an open file that every attack is tried on, its folder, and what both hold."""
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "secret.csv").write_text("a,b\n1,2\n")
    with Workspace.open(shutil.copyfile(template, folder / "office.duckdb")) as workspace:
        inside(workspace).database.checkpoint()
        yield workspace, folder, {**everything(workspace), "files": bytes_of(folder)}


@pytest.mark.parametrize("attacks", LOTS, ids=short)
def test_nothing_that_is_kept_or_read_again_changes_anything(
    attacked: tuple[Workspace, Path, dict[str, object]], attacks: Sequence[str]
) -> None:
    """What is refused at first would be done when the cursor goes to the end."""
    workspace, folder, before = attacked
    for attack in attacks:
        try:
            result = workspace.console.result(aimed(attack, folder))
        except LkjipError:
            continue
        for act in (result.begin, result.find_places, result.keep):
            with suppress(LkjipError):
                act(Work())
        result.close()
    after = everything(workspace)
    inside(workspace).database.checkpoint()
    assert {**after, "files": bytes_of(folder)} == before, attacks


def test_what_was_not_taken_is_not_kept(office: Workspace) -> None:
    """A table can only be made where writing is possible: there nothing may run untried."""
    for statement in ("select nextval('id')", "with d as (delete from program returning *) from d"):
        result = office.console.result(statement)
        with pytest.raises(QueryError):
            result.keep(Work())
        with pytest.raises(StatementRefused):
            result.begin(Work())
        with pytest.raises(QueryError):
            result.keep(Work())
        result.close()


def _begin(result: Result, work: Work) -> None:
    result.begin(work)


def _keep(result: Result, work: Work) -> None:
    result.begin(Work())
    result.keep(work)


def _count(result: Result, work: Work) -> None:
    result.begin(Work())
    result.find_places(work)


_SLOW_COUNT: Final = (
    "select range as n from range(100000000000)"
    " where range < 4000 or regexp_matches(range::varchar, '^(x+)+$')"
)
_SLOW_ALL: Final = f"{_SLOW_COUNT} order by hash(n) limit 100"


@pytest.mark.parametrize(
    ("statement", "act"),
    [(_FOR_HOURS, _begin), (_SLOW_COUNT, _keep), (_SLOW_COUNT, _count)],
    ids=["first rows", "all rows", "their number"],
)
@pytest.mark.parametrize("seconds", [0.0, 0.001, 0.2])
def test_whatever_takes_long_is_stopped_and_leaves_nothing(
    office: Workspace,
    statement: str,
    act: Callable[[Result, Work], None],
    seconds: float,
) -> None:
    """Esc would be heard by nobody, or leave a database behind that fills the disk."""
    work, ended = Work(), threading.Event()
    result = office.console.result(statement)

    def stop() -> None:
        while not ended.wait(0.02):
            work.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        with pytest.raises(Interrupted):
            act(result, work)
    finally:
        ended.set()
        timer.join()
    result.close()
    assert attached(office) == 0
    again = office.console.result("select 7")
    again.begin(Work())
    assert again.rows.window(0, 1) == [(7,)]


def test_how_far_it_has_come_is_known_while_it_runs_and_goes_on(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bar that does not move tells nobody whether to wait."""
    work, seen, still = Work(), list[int](), list[int | None]()
    result = office.console.result(
        "select sum(a.range * b.range) from range(4000000) a, range(20) b"
    )
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.01):
            if (percent := work.percent) is not None:
                seen.append(percent)
            with monkeypatch.context() as all_stands_still:
                all_stands_still.setattr(cursors, "_STILL", 0)
                still.append(work.percent)

    thread = threading.Thread(target=look)
    thread.start()
    result.begin(work)
    ended.set()
    thread.join()
    result.close()
    assert seen == sorted(seen)
    assert any(0 < percent < 100 for percent in seen)
    assert set(still) == {None}


def test_an_error_behind_the_first_rows_leaves_them(
    of: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One text that is no number would take thousands of good rows from the screen."""
    monkeypatch.setattr(result_module, "_MOST_LETTERS", 1 << 30)
    result = of(
        "select cast(if(i = 19000, 'x', '') || i as int) as n,"
        " repeat('x', 1000 + i % 2) as t from range(20000) as t(i)"
    )
    with pytest.raises(QueryError):
        read_ahead(result)
    assert not result.is_open
    assert result.rows.is_part
    with pytest.raises(QueryError):
        result.keep(Work())
    assert result.rows.window(1, 2) == [(1, "x" * 1001)]


def test_a_result_knows_whether_the_facts_have_changed_since(
    office: Workspace, of: Callable[..., Result]
) -> None:
    """The user would take figures of before an edit for those of now."""
    result = of("select count(*) from report_year")
    was_of_now = result.is_of_now
    office.start_year(2022)
    assert (was_of_now, result.is_of_now) == (True, False)
    result.keep(Work())
    assert result.is_of_now
    assert result.rows.window(0, 1) == [(2,)]


def test_rows_that_are_gone_since_are_none_and_no_nulls(
    office: Workspace, of: Callable[..., Result]
) -> None:
    """A sum would leave them out, or a copy end the program."""
    with inside(office).database.transaction() as transaction:
        transaction.run("insert into population select range, 0, 0 from range(3000, 33000)")
    result = of("select * from population")
    assert result.find_places(Work())
    with inside(office).database.transaction() as transaction:
        transaction.run("delete from population where fiscal_year >= 3000")
    with pytest.raises(QueryError, match=r"(?i)run|jalan"):
        result.rows.window(15_000, 15_001)


@pytest.mark.parametrize("value", ["interval '5000000 years'", "to_days(2000000000)"])
def test_a_value_that_python_has_none_for_is_told(office: Workspace, value: str) -> None:
    """One time of millions of years would end the program."""
    with pytest.raises(QueryError, match="varchar"):
        inside(office).database.read(f"select {value}")
    assert inside(office).database.read(f"select cast({value} as varchar)")


def test_what_takes_too_much_says_so(template: Path, tmp_path: Path) -> None:
    """The machine would be eaten up, or the user read what only the engine understands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "_MUCH", "24MB")
        patch.setitem(database_module._SAFE, "max_temp_directory_size", "8MB")  # noqa: SLF001
        with Workspace.open(shutil.copyfile(template, tmp_path / "office.duckdb")) as workspace:
            for statement in (
                "select string_agg(range::varchar, ',') from range(10000000)",
                "select range, hash(range) as h from range(10000000) order by h",
            ):
                result = workspace.console.result(statement)
                with pytest.raises(QueryError) as told:
                    result.begin(Work())
                assert "MiB" in told.value.message
                assert told.value.hint
                assert "Possible solutions" not in str(told.value)
                result.close()
            again = workspace.console.result("select 7")
            again.begin(Work())
            assert again.rows.window(0, 1) == [(7,)]


def test_values_of_every_type_come_back_from_where_they_are_kept(of: Callable[..., Result]) -> None:
    """A date or a list would turn into another value when the result is read on."""
    statement = (
        "select range as n, 1.50::decimal(9, 2) as d, date '2021-02-03' as day, [1, null] as l,"
        " {'a': 1} as s, true as b, 'x'::blob as x, 1e100 as f, null as nothing,"
        " 170141183460469231731687303715884105727 as huge from range(30000) order by n"
    )
    result = read_ahead(of(statement))
    first = result.rows.window(0, 1)[0]
    assert first[1] == Decimal("1.50")
    result.keep(Work())
    assert result.rows.window(0, 1)[0] == first


def test_rows_of_a_statement_are_told_apart_by_their_number(office: Workspace) -> None:
    """After sorting, the cursor would stand on another row that has the same key."""
    held: list[Tuple] = [("a",), ("a",), ("b",)]
    rows = Rows.of_statement(inside(office).database, ("row_key",), held)
    assert [rows.key(row, number) for number, row in enumerate(held)] == ["0", "1", "2"]
    assert rows.position("1") == 1
    assert rows.position("a") is None


def test_a_session_that_ends_gives_up_what_it_sorted(
    office: Workspace, of: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each sorting would leave a copy of a million rows in the memory."""
    closed: list[Session] = []
    close = Session.close

    def noting(self: Session) -> None:
        closed.append(self)
        close(self)

    result = of(_LONG)
    assert result.find_places(Work())
    arranged = result.rows.arranged([], {}, {}, [("n", True)], session := office.session())
    monkeypatch.setattr(Session, "close", noting)
    arranged.release()
    assert closed == [session]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("interval '1 year 2 months 3 days'", "1 year 2 months 3 days"),
        ("timestamp_ns '2021-01-02 03:04:05.123456789'", "2021-01-02 03:04:05.123456789"),
        ("[to_days(2000000000)]", "[2000000000 days]"),
    ],
)
def test_what_python_has_no_type_for_is_as_the_database_says_it(
    standing: Workspace, value: str, text: str
) -> None:
    """A year, two months and three days would be 423 days."""
    result = standing.console.result(
        f'select {value} as "a ""b""", 1 as n from range(30000) order by n'
    )
    result.begin(Work())
    assert result.columns == ('a "b"', "n")
    assert result.rows.window(0, 1)[0] == (text, 1)
    result.keep(Work())
    assert result.rows.window(29_999, 30_000)[0] == (text, 1)
    result.close()
    with standing.console.stream(f"select {value} as v").start() as stream:
        assert stream.fetch(1) == [(text,)]


def test_a_span_that_nothing_can_read_from_is_given_all_the_same(standing: Workspace) -> None:
    """A statement that is read once more, to say it exactly, would fail."""
    result = standing.console.result("describe select interval '1 month' as v")
    result.begin(Work())
    assert result.rows.window(0, 1)[0][:2] == ("v", "INTERVAL")
    result.close()
