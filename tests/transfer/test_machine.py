"""CSV and JSON read back as the values that were written."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui import paths
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import machine, printed, records
from lkjip_tui.transfer.chunks import write_bytes
from lkjip_tui.transfer.records import Records

YEAR = 2021
VIEWS = sorted(
    f"{schema}.{file.stem}"
    for folder, schema in (("sheets", "sheet"), ("tables", "report"))
    for file in (paths.queries_folder() / folder).glob("*.sql")
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20) | st.text(
    "'=+-@\t\r\n\",; #a1", min_size=1, max_size=8
)
NUMBERS = st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=4)
FACTS = st.none() | st.booleans() | TEXTS | NUMBERS


def written(rows: list[tuple[Any, ...]], columns: tuple[str, ...] = ("a", "b")) -> Records:
    """Return rows as the writers take them."""
    return Records(columns, iter(rows))


@pytest.fixture(scope="module")
def office(_built_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open the example for all who read it."""
    path = tmp_path_factory.mktemp("machine") / "sooko.duckdb"
    with Workspace.open(shutil.copyfile(_built_example, path), read_only=True) as workspace:
        yield workspace


def csv_of(office: Workspace, view: str, file: Path) -> Records:
    """Write a view of the example as CSV, and return what was written."""
    found = records.of_query(office, office.find(view), YEAR)
    rows = list(found.rows)
    with file.open("w", encoding="utf-8", newline="") as out:
        machine.write_csv(out, Records(found.columns, iter(rows), found.types))
    return Records(found.columns, iter(rows), found.types)


@pytest.mark.parametrize("view", VIEWS)
def test_csv_reads_back_in_duckdb_as_the_view(view: str, office: Workspace, tmp_path: Path) -> None:
    """Otherwise a figure would be another one in the user's own database."""
    file = tmp_path / "x.csv"
    found = csv_of(office, view, file)
    types = dict(zip(found.columns, found.types, strict=True))
    with duckdb.connect() as connection:
        read = connection.read_csv(str(file), header=True, dtype=types)
        assert tuple(read.columns) == found.columns
        assert read.fetchall() == list(found.rows)


@pytest.mark.parametrize("view", VIEWS)
def test_csv_reads_back_in_polars_as_the_view(view: str, office: Workspace, tmp_path: Path) -> None:
    """Otherwise a figure would be another one in the user's notebook."""
    file = tmp_path / "x.csv"
    found = csv_of(office, view, file)
    types = dict(zip(found.columns, map(polars_type, found.types), strict=True))
    read = pl.read_csv(file, schema_overrides=types)
    assert tuple(read.columns) == found.columns
    assert read.rows() == list(found.rows)


def polars_type(name: str) -> pl.DataType:
    """Return the Polars type of a DuckDB type."""
    if digits := re.fullmatch(r"DECIMAL\((\d+),(\d+)\)", name):
        return pl.Decimal(int(digits[1]), int(digits[2]))
    return {"VARCHAR": pl.String(), "BOOLEAN": pl.Boolean()}.get(name, pl.Int64())


@pytest.mark.parametrize("view", VIEWS)
def test_json_holds_the_same_as_the_view(view: str, office: Workspace) -> None:
    """Otherwise a script would count with other figures than the report prints."""
    out = io.StringIO()
    query = office.find(view)
    machine.write_json(out, records.of_query(office, query, YEAR))
    found = records.of_query(office, query, YEAR)
    expected = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    assert json.loads(out.getvalue(), parse_float=Decimal) == expected


def test_a_view_s_columns_are_the_promised_ones_behind_year_and_key(office: Workspace) -> None:
    """Otherwise a script would find its columns moved with each release."""
    query = office.find("budget_summary")
    columns = records.of_query(office, query, YEAR).columns
    assert columns == ("fiscal_year", "row_key", *query.header.columns)
    assert "absorption_pct_exact" in columns
    years = records.of_query(office, office.find("report_years"), YEAR).columns
    assert len(years) == len(set(years))


@given(st.lists(st.tuples(FACTS, FACTS), max_size=6))
def test_any_fact_reads_back_from_csv(rows: list[tuple[Any, Any]]) -> None:
    """Otherwise a comma or a line break in a passage would shift its row."""
    out = io.StringIO(newline="")
    machine.write_csv(out, written(rows))
    read = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert read == [["a", "b"], *([records.exact_text(v) for v in row] for row in rows)]


@given(st.lists(st.tuples(FACTS, st.lists(FACTS, max_size=3)), max_size=6))
def test_any_fact_reads_back_from_json(rows: list[tuple[Any, Any]]) -> None:
    """Otherwise a figure of nineteen digits would be rounded on its way."""
    out = io.StringIO()
    machine.write_json(out, written(rows))
    read = json.loads(out.getvalue(), parse_float=Decimal)
    assert read == [{"a": a, "b": b} for a, b in rows]


@given(st.lists(st.tuples(FACTS, FACTS), max_size=6))
def test_nothing_in_a_spreadsheet_s_csv_is_run(rows: list[tuple[Any, Any]]) -> None:
    """Otherwise a name that begins with = would be a command in the reader's Excel."""
    out = io.StringIO(newline="")
    machine.write_spreadsheet_csv(out, written(rows), {"a": "=Jumlah", "b": "Uraian"})
    read = list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=";"))
    assert read[0] == ["'=Jumlah", "Uraian"]
    for row, fields in zip(rows, read[1:], strict=True):
        for value, field in zip(row, fields, strict=True):
            if isinstance(value, str):
                assert field[:1] not in set("=+-@\t\r＝＋－＠")  # noqa: RUF001 - Excel runs these too
                assert field in {value, f"'{value}"}
            elif value is not None and not isinstance(value, bool):
                assert Decimal(field.replace(",", ".")) == value


def test_numbers_keep_all_their_digits_and_have_no_exponent() -> None:
    """Otherwise a figure would be cut where a reader takes it for text."""
    values = (10**37, Decimal("0.0000001"), Decimal("1E+5"), 1e300, 0.1, -0.0, 2.5e-7)
    texts = [records.exact_text(value) for value in values]
    assert all(not set(text) & set("eE,") for text in texts)
    assert [float(text) for text in texts] == [float(value) for value in values]


def test_what_a_statement_may_return_beside_facts_has_a_text_too(office: Workspace) -> None:
    """Otherwise one column of another type would cost the whole answer."""
    statement = (
        "select date '2021-12-31' as d, timestamp '2021-12-31 08:00:00' as t, [1, 2.5] as l,"
        " {'a': 'x', 'b': null} as s, map {'k': 1} as m, '\\xAA'::blob as b, 1/0 as i, 1 as d"
    )
    out, lines = io.StringIO(), io.StringIO()
    machine.write_json(out, records.of_stream(office.console.stream(statement)))
    machine.write_csv(lines, records.of_stream(office.console.stream(statement)))
    assert json.loads(out.getvalue()) == [
        {
            "d": "2021-12-31", "t": "2021-12-31 08:00:00", "l": [1, 2.5],
            "s": {"a": "x", "b": None}, "m": {"k": 1}, "b": "aa", "i": "inf", "d_1": 1,
        }
    ]  # fmt: skip
    assert lines.getvalue().startswith("d,t,l,s,m,b,i,d_1\n2021-12-31,2021-12-31 08:00:00,")


def test_headings_for_a_spreadsheet_are_indonesian_and_carry_their_group(office: Workspace) -> None:
    """Otherwise two columns called TW I could not be told apart."""
    cells = office.cells(office.find("quarters"))
    headings = printed.headings(cells, office.names(YEAR))
    assert headings["target_q1"] == "Target: TW I"
    assert headings["realization_q1"] == "Realisasi: TW I"


class _Slow(io.RawIOBase):
    """Takes a part of what it is given, as a pipe without a buffer does; then nothing more."""

    def __init__(self, most: int) -> None:
        self.taken = b""
        self._most = most

    def writable(self) -> bool:
        """Say so."""
        return True

    def write(self, piece: Any) -> int | None:  # noqa: ANN401 - whatever is a buffer
        """Take what is left of the most."""
        part = bytes(piece[: min(1000, self._most - len(self.taken))])
        self.taken += part
        return len(part) or None


def test_what_takes_a_part_at_a_time_gets_all_of_it_or_it_is_told() -> None:
    """Rows would be missing at the end of a pipe, with exit code 0."""
    piece = "".join(f"{n},é\n" for n in range(3000)).encode()
    whole = _Slow(len(piece))
    out = io.TextIOWrapper(cast("Any", whole), "utf-8", write_through=True)
    write_bytes(out, memoryview(piece))
    assert whole.taken == piece
    with pytest.raises(BlockingIOError):
        write_bytes(io.TextIOWrapper(cast("Any", _Slow(1500)), "utf-8"), piece)
