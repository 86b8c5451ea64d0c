"""What the database writes is, letter by letter, what Python would have written."""

import io
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkjip_tui.core.errors import Interrupted, QueryError
from lkjip_tui.core.figures.values import AS_STORED, Kind, Layout, safe_text, show
from lkjip_tui.core.query import lines
from lkjip_tui.core.query.lines import Printed
from lkjip_tui.core.storage.memory_tables import MemoryTables
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import machine, markdown, printed, records
from lkjip_tui.transfer.chunks import write_bytes
from lkjip_tui.transfer.printed import PrintedColumn, PrintedRow, PrintedTable
from lkjip_tui.transfer.records import Records
from tests.core.support import inside

YEAR = 2021
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text(
    "a1–é,;\"'#=+-@|\\*_<&`~[] \t\r\n\0\x1c\x85\xa0\u2003\u3000\ufeff\uff1d😀", max_size=6
)
DATES = ["2021-12-31", "0001-01-01", "9999-12-31", "12000-01-01", "0044-03-15 (BC)"]


def about_marks(unit: int, most: int) -> st.SearchStrategy[int]:
    """Return numbers about where a mark comes in between thousands, none larger than `most`."""
    marks = [10**power * unit + step for power in (3, 6, 9, 12, 18) for step in (-1, 0, 1)]
    return st.sampled_from([0, *(n for mark in marks for n in (mark, -mark) if mark <= most)])


def whole(bits: int) -> st.SearchStrategy[int]:
    """Return whole numbers of so many bits, with a sign."""
    most = 2 ** (bits - 1) - 1
    return st.integers(-most - 1, most) | st.integers(-1001, 1001) | about_marks(1, most)


def decimals(width: int, scale: int) -> st.SearchStrategy[str]:
    """Return the numbers that a DECIMAL holds, many of which are whole, or nearly so."""
    most, near, largest = 10**width - 1, min(10**5, 10**width - 1), 10 ** (width - scale) - 1
    whole = st.integers(-min(largest, 1001), min(largest, 1001)).map(lambda n: n * 10**scale)
    units = st.integers(-most, most) | st.integers(-near, near) | whole
    units |= about_marks(10**scale, most)
    return units.map(lambda n: f"{Decimal(f'{n}e-{scale}'):f}")


#: Digits that a DECIMAL has, and how many of them behind the point.
DECIMALS = (
    (18, 2), (9, 4), (18, 0), (4, 4), (3, 3), (10, 1), (20, 5), (36, 2), (30, 12)
)  # fmt: skip
NUMBERS: dict[str, st.SearchStrategy[Any]] = {
    "TINYINT": st.integers(-128, 127), "SMALLINT": whole(16), "INTEGER": whole(32),
    "BIGINT": whole(64), "UBIGINT": st.integers(0, 2**64 - 1),
    "HUGEINT": whole(127).map(str),
    **{
        f"DECIMAL({width},{scale})": decimals(width, scale) for width, scale in DECIMALS
    },
}  # fmt: skip
OTHERS: dict[str, st.SearchStrategy[Any]] = {
    "VARCHAR": TEXTS,
    "ENUM('a,b', '', '=c')": st.sampled_from(["a,b", "", "=c"]),
    "BOOLEAN": st.booleans(),
    "UUID": st.uuids().map(str),
    "DATE": st.sampled_from([*DATES, "infinity", "-infinity"]),
    "TIMESTAMP": st.datetimes().map(str)
    | st.sampled_from([*(f"{day} 01:02:03.5" for day in DATES), "infinity", "-infinity"]),
}
NEAR = st.integers(-(10**6), 10**6).map(float)
FLOATS: dict[str, st.SearchStrategy[Any]] = {
    "DOUBLE": st.floats() | NEAR,
    "FLOAT": st.floats(width=32) | NEAR,
}
TYPES = NUMBERS | OTHERS | FLOATS
KINDS = [kind for kind in Kind if kind is not Kind.ROMAN]


@pytest.fixture(scope="module")
def office(_built_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open the example for all who ask it something."""
    path = tmp_path_factory.mktemp("lines") / "sooko.duckdb"
    with Workspace.open_to_read(shutil.copyfile(_built_example, path)) as workspace:
        yield workspace


def asked(office: Workspace, held: Sequence[Any], type_name: str, *, beside: str = "") -> Records:
    """Ask for values of a type as the column `x`, null among them."""
    parameter = {"held": [None if value is None else str(value) for value in held]}
    statement = f"select unnest(cast($held as varchar[]))::{type_name} as x{beside}"
    return records.of_stream(office.console.stream(statement, parameter))


def both(found: Records, again: Records, write: Any) -> tuple[str, str]:  # noqa: ANN401
    """Return what the database and what Python write of the same rows."""
    assert found.source is not None
    quick, slow = io.StringIO(newline=""), io.StringIO(newline="")
    write(quick, found)
    write(slow, Records(again.columns, again.rows, again.types))
    return quick.getvalue(), slow.getvalue()


def spreadsheet(out: io.StringIO, found: Records) -> None:
    """Write CSV for a spreadsheet."""
    machine.write_spreadsheet_csv(out, found, {})


def table(out: io.StringIO, found: Records) -> None:
    """Write a Markdown table of machine texts."""
    markdown.write(out, [printed.of_records("", found)])


WRITERS = {
    machine.write_csv: lines.csv,
    spreadsheet: lines.spreadsheet_csv,
    machine.write_json: lines.json,
    table: None,
}


@pytest.mark.slow
@pytest.mark.parametrize("type_name", TYPES)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_every_value_is_written_as_python_writes_it(
    office: Workspace, type_name: str, data: st.DataObject
) -> None:
    """Otherwise a figure or a text would be another one because its table is long."""
    held = data.draw(st.lists(st.none() | TYPES[type_name], min_size=1, max_size=40))
    beside = data.draw(st.sampled_from(["", ", 'y' as y"]))
    for write, written in WRITERS.items():
        found, again = (asked(office, held, type_name, beside=beside) for _time in range(2))
        assert found.types[0] == type_name
        assert written is None or written(found.types, [0], ",")
        quick, slow = both(found, again, write)
        assert quick == slow


@pytest.mark.slow
@pytest.mark.parametrize("type_name", NUMBERS)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_every_figure_is_printed_as_python_prints_it(
    office: Workspace, type_name: str, data: st.DataObject
) -> None:
    """Otherwise a long table would round, group or sign its figures unlike a short one."""
    held = data.draw(st.lists(NUMBERS[type_name], min_size=1, max_size=20))
    layout = Layout(
        data.draw(st.sampled_from(KINDS)),
        data.draw(st.sampled_from([None, AS_STORED, 0, 1, 2, 3])),
        data.draw(st.booleans()),
    )
    quick, slow = printed_twice(office, [None, *held], type_name, layout)
    # Rounding to more decimals than there is room for is left to Python.
    assert quick is None or quick == slow
    if type_name == "DECIMAL(18,2)":
        assert quick


def printed_twice(
    office: Workspace, held: Sequence[Any], type_name: str, layout: Layout
) -> tuple[str | None, str]:
    """Return a table of one printed column as the database and as Python write it."""
    found = asked(office, held, type_name)
    values = [row[0] for row in asked(office, held, type_name).rows]
    texts = [
        show(value, layout.kind, decimals=layout.decimals, sign=layout.sign) for value in values
    ]
    slow = io.StringIO()
    markdown.write(slow, [PrintedTable("", [PrintedColumn("x")], [PrintedRow([t]) for t in texts])])
    assert found.source is not None
    of_query = lines.markdown(found.types, [Printed(0, layout)], markdown.MARKUP)
    if of_query is None:
        return None, slow.getvalue()
    quick = io.StringIO()
    chunks = found.source.stream.texts(of_query)
    columns = [PrintedColumn("x")]
    markdown.write(quick, [PrintedTable("", columns, [], lines=lambda _markup: chunks)])
    return quick.getvalue(), slow.getvalue()


def test_what_the_database_may_escape_is_seen_in_every_version_of_python() -> None:
    """Otherwise a sign that cannot be seen could stand in a report, by how long its table is."""
    ranges = re.findall("(.)-(.)", lines.SEEN, re.DOTALL)
    assert "".join(f"{first}-{last}" for first, last in ranges) == lines.SEEN
    for first, last in ranges:
        seen = "".join(map(chr, range(ord(first), ord(last) + 1)))
        assert safe_text(seen) == seen
        assert not any(char.isspace() for char in seen)


TREE = (
    "from (values (0, 'Jumlah', 1234567, 'x'), (1, '', 12, null), (2, ' 😀 ', 3, ''),"
    " (1, ' \u00a0', 1, null), (1, '*a😀*', null, 'Baik'), (3, null, null, '\t|'),"
    " (null, 'b', 0, 'c'))"
    " as t(level, name, amount, words)"
)


def test_a_tree_and_words_behind_figures_are_printed_alike(office: Workspace) -> None:
    """Otherwise the sums of a long table would not be bold, nor its names stand under them."""
    found = records.of_stream(office.console.stream(TREE))
    rows = list(records.of_stream(office.console.stream(TREE)).rows)
    cells = [Printed(1, Layout(Kind.TEXT)), Printed(2, Layout(Kind.RUPIAH), words=3)]
    assert found.source is not None
    of_query = lines.markdown(found.types, cells, markdown.MARKUP, level=0, trunk=0)
    assert of_query is not None
    chunks = found.source.stream.texts(of_query)
    columns = [PrintedColumn("Uraian"), PrintedColumn("Anggaran")]
    quick, slow = io.StringIO(), io.StringIO()
    markdown.write(quick, [PrintedTable("", columns, [], lines=lambda _markup: chunks)])
    texts = [
        PrintedRow([show(name, Kind.TEXT), behind(show(amount, Kind.RUPIAH), amount, words)], level)
        for level, name, amount, words in rows
    ]
    markdown.write(slow, [PrintedTable("", columns, texts, trunk=0)])
    assert quick.getvalue() == slow.getvalue()


def behind(shown: str, amount: int | None, words: str | None) -> str:
    """Return a figure with words behind it, as a cell prints both."""
    if not words:
        return shown
    return words if amount is None else f"{shown} {words}"


@pytest.mark.parametrize(
    "statement",
    [
        """select 1 as "it's", 'x' as "a""b", null as "{x}", 0.5 as "é\n", 2 as a, 3 as a""",
        "select 'a' as x where false",
        "select n, 'text \x1f of ' || n as name from range(5000) as t(n)",
        "select unnest(['a', '\x0b\x1e\x7f', 'b\\u001F\x1f', '\u2028/\t\b\f', '', null]) as x",
        "select unnest(['inf', '-inf', 'nan', '1e300', '-0', null]::double[]) as x, true as y",
        "select [1, 2] as x, {'a': 1} as y, 'b' as z",
    ],
)
def test_objects_are_written_alike(office: Workspace, statement: str) -> None:
    """Otherwise a program that reads JSON would find other texts, or none at all."""
    found, again = (records.of_stream(office.console.stream(statement)) for _time in range(2))
    quick, slow = both(found, again, machine.write_json)
    assert quick == slow
    assert isinstance(json.loads(quick), list)


LONG = "select v.range as n, 'row ' || v.range as name from range(300000) as v"


def of_a_statement(office: Workspace, query: str) -> Records:
    """Return the rows of what someone wrote, of which some lines are waited for."""
    return records.of_stream(office.console.stream(query))


def of_a_table(office: Workspace, query: str) -> Records:
    """Return the rows of what is exported, which come as Arrow, very many at a time."""
    return records.of_stream(inside(office).database.stream(query))


Reading: TypeAlias = Callable[[Workspace, str], Records]
both_ways = pytest.mark.parametrize("read", [of_a_statement, of_a_table])


@both_ways
def test_a_long_result_comes_whole_and_in_order(
    office: Workspace, tmp_path: Path, read: Reading
) -> None:
    """Otherwise rows would be lost between the pieces in which they come."""
    file = tmp_path / "long.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        machine.write_csv(out, read(office, LONG))
    assert file.read_text("utf-8") == "n,name\n" + "".join(f"{n},row {n}\n" for n in range(300_000))


@pytest.mark.parametrize("order", ["", " order by l.n % 7, l.n desc"])
def test_rows_that_two_processors_read_keep_their_places(example: Path, order: str) -> None:
    """Otherwise a table would be exported in another order than it is shown."""
    with Workspace.open(example).hurried() as office, MemoryTables(inside(office).database) as kept:
        name = kept.keep("long", LONG)
        out = io.StringIO()
        machine.write_csv(out, of_a_table(office, f"select l.n, l.name from {name} as l{order}"))
    numbers = sorted(range(300_000), key=lambda n: (n % 7, -n)) if order else range(300_000)
    assert out.getvalue() == "n,name\n" + "".join(f"{n},row {n}\n" for n in numbers)


@both_ways
@pytest.mark.parametrize("row", [0, 250_000])
def test_what_fails_on_its_way_is_told_as_ever(office: Workspace, row: int, read: Reading) -> None:
    """Otherwise a long table with one impossible row would end in a traceback."""
    statement = LONG.replace(
        "'row '", f"case when v.range <> {row} then 'row ' else error('out of rows') end"
    )
    with pytest.raises(QueryError, match="out of rows"):
        machine.write_csv(io.StringIO(), read(office, statement))
    statement = LONG.replace("'row '", f"cast(case when v.range = {row} then 'x' end as integer)")
    with pytest.raises(QueryError, match="Could not convert"):
        machine.write_csv(io.StringIO(), read(office, statement))


class Stopping(io.StringIO):
    """A file whose second piece makes someone stop all that is read."""

    def __init__(self, office: Workspace) -> None:
        super().__init__()
        self.pieces = 0
        self._office = office

    def write(self, text: str) -> int:
        """Take a piece."""
        self.pieces += 1
        if self.pieces == 2:
            stopping = threading.Thread(target=self._office.interrupt)
            stopping.start()
            stopping.join()
        return super().write(text)


@both_ways
def test_a_long_result_can_be_stopped(office: Workspace, read: Reading) -> None:
    """Otherwise Esc and Ctrl-C would wait for the last of ten million rows."""
    out = Stopping(office)
    endless = LONG.replace("300000", "1000000000000")
    with pytest.raises(Interrupted):
        machine.write_csv(out, read(office, endless))
    assert out.pieces < 10


@pytest.mark.parametrize(
    "statement",
    ["explain select 1", "show tables", "describe select 1 as a", "select 1 as a, 2 as a -- two"],
)
def test_what_cannot_be_read_within_another_query_is_written_too(
    office: Workspace, statement: str
) -> None:
    """Otherwise only some statements would have a result that can be kept."""
    out = io.StringIO()
    machine.write_csv(out, records.of_stream(office.console.stream(statement)))
    found = records.of_stream(office.console.stream(statement))
    slow = io.StringIO()
    machine.write_csv(slow, Records(found.columns, found.rows))
    assert out.getvalue() == slow.getvalue()


def test_bytes_reach_what_is_no_file_of_utf_8_as_text() -> None:
    """Otherwise a terminal of another encoding would show two letters for one."""
    whole, latin = io.BytesIO(), io.BytesIO()
    for held, encoding in ((whole, "utf-8"), (latin, "latin-1")):
        with io.TextIOWrapper(held, encoding, newline="") as out:
            out.write("é")
            write_bytes(out, "à".encode())
            out.flush()
            assert held.getvalue() == "éà".encode(encoding)


def test_a_file_closes_under_a_long_result(example: Path) -> None:
    """Otherwise leaving the program while it exports would hang, crash or keep the file."""
    with Workspace.open_to_read(example) as office:
        pieces = records.of_stream(office.console.stream(LONG)).source
        assert pieces is not None
        of_query = lines.csv(pieces.stream.types, pieces.chosen, ",")
        assert of_query is not None
        written = pieces.stream.texts(of_query)
        assert next(written)
    with pytest.raises(Interrupted):
        next(written)
    Workspace.open(example).close()
