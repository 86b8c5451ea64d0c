"""Rows of a view: in the header's order, whole or a window at a time, and always the same."""

import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkjip_tui.core.errors import Interrupted, LkjipError, QueryError, StatementRefused
from lkjip_tui.core.query import rows
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.query.rows import Rows
from lkjip_tui.core.storage.cursors import Session, Tuple
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR, inside, put, rows_of

LEDGER = """-- title: Buku besar
{order}
select 2021 as fiscal_year, 'ledger/' || i as row_key, i as number, i % 7 as rest
from range({count}) as t(i)
"""


NULLS = """-- order: n nulls {way}
select 2021 as fiscal_year, coalesce(cast(n as varchar), '-') as row_key, n
from (values (1), (2), (null)) as t(n)
"""

NUMBER, REST = "-- order: number", "-- order: rest"
MIXED = "-- order: rest desc, number desc"
REST_FIRST = "-- order: rest desc nulls first, fiscal_year"

#: The tables that the tests read, by how many rows they have and how those are ordered.
LEDGERS = [
    *((count, "") for count in (0, 1, 10, 256, 257)),
    *((count, NUMBER) for count in (20_000, 20_001, 30_000)),
    *((30_000, order) for order in (REST, REST_FIRST)),
    (100, MIXED),
]


@pytest.fixture(scope="module")
def office(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open a file with short and long tables beside it, to be read only."""
    place = tmp_path_factory.mktemp("rows")
    folder = place / "queries" / "tables"
    folder.mkdir(parents=True)
    for number, (count, order) in enumerate(LEDGERS):
        text = LEDGER.format(count=count, order=order)
        (folder / f"ledger_{number}.sql").write_text(text, "utf-8")
    for way in ("first", "last"):
        (folder / f"nulls_{way}.sql").write_text(NULLS.format(way=way), "utf-8")
    with Workspace.open(shutil.copyfile(template, place / "office.duckdb")) as workspace:
        assert workspace.registry.faults == []
        yield workspace


def ledger(workspace: Workspace, count: int, order: str = "") -> Query:
    """Return the table with so many rows in this order."""
    return workspace.find(f"ledger_{LEDGERS.index((count, order))}")


def test_rows_come_in_the_headers_order(office: Workspace) -> None:
    """A tree would be drawn with its leaves before its branches."""
    query = ledger(office, 100, MIXED)
    found = office.rows(query, YEAR)
    place = [found.columns.index(name) for name in ("rest", "number")]
    shown = [tuple(row[at] for at in place) for row in found.window(0, 100)]
    assert shown == sorted(shown, reverse=True)


def test_nulls_stand_where_the_header_puts_them(office: Workspace) -> None:
    """A program would stand beneath its own kegiatan."""
    for way, order in (("first", [None, 1, 2]), ("last", [1, 2, None])):
        assert [row["n"] for row in rows_of(office, f"nulls_{way}")] == order


@pytest.mark.parametrize(
    ("count", "order"),
    [
        (0, ""),
        (1, ""),
        (256, ""),
        (257, ""),
        (20_000, NUMBER),
        (20_001, NUMBER),
    ],
)
def test_a_table_of_any_length_is_counted_and_read_to_its_end(
    office: Workspace, count: int, order: str
) -> None:
    """The last row would be missing exactly when a page is full."""
    found = office.rows(ledger(office, count, order), YEAR)
    assert found.count == count
    assert len(found.window(0, count + 10)) == count
    assert found.window(count, count + 10) == []
    last = found.window(max(count - 1, 0), count)
    assert [found.named(row)["number"] for row in last] == ([count - 1] if count else [])
    assert office.rows(ledger(office, count, order), 1999).count == 0


@pytest.mark.parametrize("count", [257, 512, 513])
def test_the_end_of_a_long_table_is_read_before_anyone_goes_there(
    template: Path, tmp_path: Path, count: int
) -> None:
    """Whoever jumps to the last row would wait, or see other rows there than by scrolling."""
    folder = tmp_path / "queries" / "tables"
    folder.mkdir(parents=True)
    (folder / "ledger.sql").write_text(LEDGER.format(count=count, order=""), "utf-8")
    with Workspace.open(shutil.copyfile(template, tmp_path / "office.duckdb")) as office:
        query = office.find("ledger")
        scrolled, jumped, unread = (office.rows(query, YEAR) for _each in range(3))
        there = scrolled.window(count - 200, count)
        with jumped.session() as session:
            jumped.read_end(session)
    assert len(there) == 200
    assert jumped.window(count - 200, count) == there  # the file is closed
    with pytest.raises(LkjipError):
        unread.window(0, 1)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 30_000), st.integers(0, 300))
def test_a_window_is_the_same_wherever_it_begins(
    template: Path, long: "tuple[Workspace, Query]", start: int, length: int
) -> None:
    """Scrolling back would show other rows than scrolling down."""
    workspace, query = long
    found = workspace.rows(query, YEAR)
    assert found.whole is None
    at = found.columns.index("number")
    shown = [row[at] for row in found.window(start, start + length)]
    assert shown == list(range(start, min(start + length, 30_000)))
    assert template


@pytest.fixture
def long(office: Workspace) -> "tuple[Workspace, Query]":
    """Return a workspace with a table that is too long to be held whole."""
    return office, ledger(office, 30_000, NUMBER)


def test_a_row_is_found_again_by_its_key(office: Workspace) -> None:
    """The cursor would jump after every edit."""
    found = office.rows(office.find("activities"), YEAR)
    for index in range(found.count):
        row = found.named(found.window(index, index + 1)[0])
        assert found.position(str(row["row_key"])) == index
    assert found.position("sub_activity/99") is None


@pytest.mark.parametrize("order", [NUMBER, REST, REST_FIRST])
def test_a_row_of_a_long_table_is_found_by_its_key_in_the_order_shown(
    office: Workspace, order: str
) -> None:
    """What is typed behind Insert would overwrite another row."""
    plain = office.rows(ledger(office, 30_000, order), YEAR)
    arranged = plain.arranged(["number > 9"], {}, {}, [("rest", True)], plain.session())
    with plain.session() as session:
        for found in (plain, arranged):
            assert found.whole is None
            for at in (0, 255, 256, 29_000, found.count - 1):
                row_key = str(found.named(found.window(at, at + 1)[0])["row_key"])
                assert found.position(row_key) is None, "it was not sought"
                found.seek([row_key, "ledger/x", "ledger/3"], session)
                assert found.position(row_key) == at
            assert found.position("ledger/x") is None
        assert plain.position("ledger/3") is not None
        assert arranged.position("ledger/3") is None
    arranged.release()


def test_every_year_can_be_read_at_once(standing: Workspace) -> None:
    """A comparison over years could not be exported."""
    standing.start_year(2022)
    query = standing.find("programs")
    years = [row[0] for row in standing.rows(query, None).window(0, 100)]
    assert sorted(set(years)) == [2021, 2022]
    assert len(years) == standing.rows(query, 2021).count + standing.rows(query, 2022).count


def test_rows_read_again_tell_where_they_differ(standing: Workspace, office: Workspace) -> None:
    """A changed row would not be drawn anew, or rows in another order not at all."""
    query = standing.find("activities")
    before = standing.rows(query, YEAR)
    assert standing.rows(query, YEAR).differing(before) == []
    put(standing, "activities", "sub_activity/3", "realization", "7")
    after = standing.rows(query, YEAR)
    changed = [
        number
        for number, (row, other) in enumerate(
            zip(after.whole or (), before.whole or (), strict=True)
        )
        if row != other
    ]
    assert len(changed) == 4  # its own, and the three that sum it
    assert after.differing(before) == changed
    put(standing, "activities", "sub_activity/3", "number", "99")
    assert standing.rows(query, YEAR).differing(before) is None
    assert standing.rows(standing.find("programs"), YEAR).differing(before) is None
    long = office.rows(ledger(office, 30_000, NUMBER), YEAR)
    assert long.differing(long) is None


def test_a_stream_gives_the_same_rows_as_the_screen(office: Workspace) -> None:
    """An export would differ from what was seen."""
    for name in ("activities", "report.achievement", "sections"):
        query = office.find(name)
        found = office.rows(query, YEAR)
        with office.stream(query, YEAR).start() as stream:
            assert stream.columns == found.columns
            assert stream.fetch(10_000) == list(found.window(0, found.count))


def test_sheets_are_counted(office: Workspace) -> None:
    """The numbers at the left would not be those of the sheets."""
    counts = office.row_counts(YEAR)
    trees = {"sheet.activities", "sheet.indicators"}
    assert trees < counts.keys()
    assert all(
        count == len(rows_of(office, name)) for name, count in counts.items() if name not in trees
    )


def test_a_view_that_fails_is_an_error_of_its_query(fresh: Workspace) -> None:
    """One broken table would end the program."""
    query = fresh.find("report.achievement")
    with inside(fresh).database.transaction() as transaction:
        transaction.run("drop view report.achievement")
    with pytest.raises(QueryError):
        fresh.rows(query, YEAR)
    with pytest.raises(QueryError):
        fresh.stream(query, YEAR).start()
    assert rows_of(fresh, "activities")


@pytest.mark.parametrize("order", [REST, REST_FIRST])
def test_equal_rows_stand_in_one_order_in_every_window(office: Workspace, order: str) -> None:
    """Scrolling would show some rows twice, and others never."""
    found = office.rows(ledger(office, 30_000, order), YEAR)
    assert found.whole is None
    at = found.columns.index("row_key")
    keys = [row[at] for start in range(0, 30_000, 997) for row in found.window(start, start + 997)]
    assert len(keys) == len(set(keys)) == 30_000
    with office.stream(ledger(office, 30_000, order), YEAR).start() as stream:
        assert [row[at] for row in stream.fetch(30_000)] == keys


def test_rows_are_asked_for_by_their_texts(office: Workspace) -> None:
    """A cell of a long table could be set only by reading all of it."""
    query = ledger(office, 10)
    for texts, keys in (
        ({"number": "3"}, ["ledger/3"]),
        ({"rest": "1", "row_key": "ledger/8"}, ["ledger/8"]),
        ({"row_key": "x' or '1' = '1"}, []),
    ):
        with office.stream(query, YEAR, texts).start() as stream:
            assert [row[stream.columns.index("row_key")] for row in stream.fetch(20)] == keys


def test_rows_gone_through_one_by_one_are_read_by_the_page(
    long: "tuple[Workspace, Query]", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copying a thousand rows of a long table would ask the database a thousand times."""
    workspace, query = long
    found = workspace.rows(query, YEAR)
    asked: list[str] = []
    read = Database.read

    def noting(
        self: Database, sql: str, values: Sequence[object] = (), *, sparing: bool = False
    ) -> list[Tuple]:
        asked.append(sql)
        return read(self, sql, values, sparing=sparing)

    monkeypatch.setattr(Database, "read", noting)
    at = found.columns.index("number")
    assert [found.window(row, row + 1)[0][at] for row in range(1000, 2000)] == list(
        range(1000, 2000)
    )
    assert len(asked) <= 1 + 1000 // 256 + 1


def test_filtered_rows_are_kept_and_not_looked_for_again(
    long: "tuple[Workspace, Query]",
) -> None:
    """Each page of a filtered ledger would go through all of it, for seconds."""
    workspace, query = long
    found = workspace.rows(query, YEAR)
    texts = {"ledger/1": {"row_key": False}}
    arranged = found.arranged(["number % 2 = 0"], {}, texts, [], found.session())
    at = found.columns.index("number")
    numbers = [n for n in range(0, 30_000, 2) if str(n).startswith("1")]
    assert arranged.count == len(numbers)
    assert [row[at] for row in arranged.window(0, arranged.count)] == numbers
    arranged.release()


def test_a_text_is_found_in_every_row_of_the_columns_asked_for(
    long: "tuple[Workspace, Query]", monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text would be told to be nowhere, though it stands in a row far below."""
    monkeypatch.setattr(rows, "_SPAN", 7_000)  # so that there are several in few rows
    workspace, query = long
    plain = workspace.rows(query, YEAR)
    arranged = plain.arranged(["number >= 0"], {}, {}, [("number", False)], plain.session())
    key, figures = {"row_key": False}, {"number": True, "rest": True}
    with plain.session() as session:
        for found in (plain, arranged):
            assert list(found.find("LEDGER", key, 99, 1, session)) == list(range(100, 30_000))
            assert list(found.find("LEDGER", key, 9_999, -1, session)) == [*range(9_998, -1, -1)]
            assert list(found.find("er/29", key, 7_001, 1, session)) == list(range(29_000, 30_000))
            assert not list(found.find("ledger", figures, -1, 1, session))
            assert list(found.find("12.345", figures, -1, 1, session)) == [12_345]
            assert not list(found.find("12.345", {"number": False}, -1, 1, session))
            assert not list(found.find(".", figures, -1, 1, session))
    arranged.release()


def test_a_text_filters_the_rows_that_have_it_where_it_is_looked_for(
    long: "tuple[Workspace, Query]",
) -> None:
    """Rows would show of which nobody sees why, or not those with the figure that is seen."""
    workspace, query = long
    plain = workspace.rows(query, YEAR)
    for text, columns, count in (
        ("LEDGER/12345", {"row_key": False, "number": True}, 1),
        ("ledger", {"number": True}, 0),
        ("12.345", {"row_key": False, "number": True}, 1),
        ("12.345", {"row_key": False}, 0),
    ):
        found = plain.arranged([], {}, {text: columns}, [], plain.session())
        assert found.count == count
        found.release()


@pytest.mark.parametrize("name", ["n", "rowid"])
def test_a_text_is_found_however_a_column_is_called(office: Workspace, name: str) -> None:
    """A column that bears a name of the search's own would not be searched."""
    database = inside(office).database
    select = (
        f"select v.* from (select 'k' || i as row_key, 10 * i + 3 as {name}"
        " from range(30000) as t(i)) as v"
    )
    plain = Rows(("row_key", name), 30_000, None, database, select, "", ())
    arranged = plain.arranged([], {}, {}, [("row_key", True)], plain.session())
    with plain.session() as session:
        for found in (plain, arranged):
            (at,) = found.find("100003", {name: True}, -1, 1, session)
            assert found.window(at, at + 1) == [("k10000", 100_003)]
            (at,) = found.find("k29999", {"row_key": False}, -1, 1, session)
            assert found.window(at, at + 1) == [("k29999", 299_993)]
    arranged.release()


def test_a_read_that_was_stopped_gives_nothing(long: "tuple[Workspace, Query]") -> None:
    """Esc would stop a sort of ten million rows when it has ended."""
    workspace, query = long
    found = workspace.rows(query, YEAR)
    for read in (
        lambda session: found.arranged([], {}, {}, [("number", True)], session),
        lambda session: found.seek(["ledger/29000"], session),
        lambda session: workspace.rows(query, YEAR, session),
    ):
        with found.session() as session:
            session.interrupt()
            with pytest.raises(Interrupted):
                read(session)
    assert found.position("ledger/29000") is None


def test_a_search_of_arranged_rows_is_stopped_and_they_stay(
    long: "tuple[Workspace, Query]",
) -> None:
    """Esc would not stop a search of what was sorted, or end what is on the screen with it."""
    workspace, query = long
    found = workspace.rows(query, YEAR)
    arranged = found.arranged([], {}, {}, [("number", True)], found.session())
    with found.session() as session:
        search = arranged.find("ledger", {"row_key": False}, -1, 1, session)
        assert next(search) == 0
        session.interrupt()
        with pytest.raises(Interrupted):
            list(search)
        with pytest.raises(Interrupted):
            arranged.seek(["ledger/9"], session)
    at = found.columns.index("number")
    assert [row[at] for row in arranged.window(20_000, 20_002)] == [9_999, 9_998]
    arranged.release()


def fulfilling(found: Rows, condition: str, session: Session) -> None:
    """Look for the rows that fulfil a condition, as a filter does."""
    if found.whole is None:
        found.arranged([condition], {}, {}, [], session)
    else:
        found.keys_where(condition, session)


@pytest.mark.parametrize("count", [20_000, 30_000])
def test_a_condition_is_stopped_where_it_runs(office: Workspace, count: int) -> None:
    """Esc would be promised, and do nothing until a condition of minutes has ended."""
    found = office.rows(ledger(office, count, NUMBER), YEAR)
    slow = "(select count(*) from range(100_000_000_000) as a(x) where x % 7 = v.number % 3) >= 0"
    session = found.session()
    stopper = threading.Timer(0.2, session.interrupt)
    stopper.start()
    with pytest.raises(Interrupted):
        fulfilling(found, slow, session)
    stopper.join()


@pytest.mark.parametrize("count", [20_000, 30_000])
def test_a_condition_that_would_write_is_refused(office: Workspace, count: int) -> None:
    """A filter would change facts without an act that can be undone."""
    found = office.rows(ledger(office, count, NUMBER), YEAR)
    for condition in ("true); drop table program; select (1", "nextval('id') > 0"):
        with found.session() as session, pytest.raises(StatementRefused):
            fulfilling(found, condition, session)
    assert rows_of(office, "programs")


@pytest.mark.parametrize("count", [20_000, 30_000])
def test_a_condition_that_fails_is_told_with_what_was_meant(office: Workspace, count: int) -> None:
    """Whoever misspells a column would be told so in the database's English, about its columns."""
    found = office.rows(ledger(office, count, NUMBER), YEAR)
    for condition, *told in (
        ("numbre > 5", "“numbre”", "number."),
        ("anggaran > 5", "“anggaran”", "number"),
        ("number >", '")"'),
    ):
        with found.session() as session, pytest.raises(QueryError) as refused:
            fulfilling(found, condition, session)
        assert all(part in str(refused.value) for part in told)
        assert "LINE" not in str(refused.value)


def test_pages_are_read_in_little_memory_and_all_else_in_much(
    long: "tuple[Workspace, Query]",
) -> None:
    """The program would grow with every row that the cursor passes, or not be able to sort."""
    workspace, query = long
    database = inside(workspace).database
    limit = "select current_setting('memory_limit')"
    found = workspace.rows(query, YEAR)
    found.window(29_000, 29_010)
    assert database.read(limit, sparing=True) == [("15.2 MiB",)]
    assert database.read(limit) == [("488.2 MiB",)]
