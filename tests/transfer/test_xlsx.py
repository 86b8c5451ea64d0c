"""A spreadsheet holds the values of the tables, and looks as they are printed."""

import io
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from lkjip_tui import paths
from lkjip_tui.core.errors import FileError
from lkjip_tui.core.figures.values import Kind, read
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import printed, xlsx
from lkjip_tui.transfer.printed import PrintedColumn, PrintedRow, PrintedTable, ViewRows
from lkjip_tui.transfer.records import Records
from tests.core.support import inside, open_new_office
from tests.transfer.test_machine import NUMBERS, TEXTS

YEAR = 2021
VIEWS = sorted(
    f"{schema}.{file.stem}"
    for folder, schema in (("sheets", "sheet"), ("tables", "report"))
    for file in (paths.queries_folder() / folder).glob("*.sql")
)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def office(_built_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open the example, with more of it filled than was printed, for all who read it."""
    path = tmp_path_factory.mktemp("xlsx") / "sooko.duckdb"
    with Workspace.open(shutil.copyfile(_built_example, path)) as workspace:
        with inside(workspace).database.transaction() as transaction:
            transaction.run("update program set code = '7.01.01' where number = 1")
            transaction.run("update indicator_result set label = 'Baik' where value > 80")
            transaction.run("update indicator set rounding = 'truncate', decimals = 1")
        yield workspace


def book_of(tables: Sequence[PrintedTable]) -> bytes:
    """Return the file with some tables."""
    out = io.BytesIO()
    xlsx.write(out, tables, "Judul", "asal")
    return out.getvalue()


def sheets_of(file: bytes) -> list[list[list[Any]]]:
    """Return what another program reads in each sheet: every row's cells."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file))
    return [
        book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
    ]


def parts_of(file: bytes) -> dict[str, str]:
    """Return the file's parts by their names in it."""
    with ZipFile(io.BytesIO(file)) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist()}


def cells_of(file: bytes) -> list[list[tuple[str | Decimal, str]]]:
    """Return the rows of the first sheet: what each cell holds, and how it looks."""
    parts = {name: ET.fromstring(part) for name, part in parts_of(file).items()}  # noqa: S314 - ours
    styles = parts["xl/styles.xml"]
    formats = {
        each.get("numFmtId"): each.get("formatCode") for each in styles.iter(f"{_MAIN}numFmt")
    }
    looks = []
    for each in styles.findall(f"{_MAIN}cellXfs/{_MAIN}xf"):
        each.set("numFmtId", formats.get(each.get("numFmtId"), "General") or "")
        looks.append(ET.tostring(each, "unicode"))
    return [
        [
            (
                Decimal(number)
                if (number := cell.findtext(f"{_MAIN}v"))
                else "".join(cell.itertext()),
                looks[int(cell.get("s") or 0)],
            )
            for cell in row
        ]
        for row in parts["xl/worksheets/sheet1.xml"].iter(f"{_MAIN}row")
    ]


def exported(office: Workspace, name: str) -> bytes:
    """Return the file with a view of the example."""
    return book_of(list(printed.of_query(office, office.find(name), YEAR)))


def rows_of(file: bytes) -> tuple[list[str], dict[str, list[Any]]]:
    """Return the hidden names of the columns, and the cells behind each hidden key."""
    names: list[str] = []
    found = {}
    for sheet in sheets_of(file):
        names = sheet[0][2:]
        assert sheet[0][:2] == ["fiscal_year", "row_key"]
        keyed = [row for row in sheet[1:] if row[1]]
        assert {row[0] for row in keyed} <= {float(YEAR)}
        found.update({row[1]: row[2:] for row in keyed})
    return names, found


def value_of(cell: Any, cells: Cells, column: Column, row: ViewRow) -> Any:  # noqa: ANN401
    """Return the value that a cell means in a row."""
    if isinstance(cell, int | float):
        return Decimal(repr(cell))
    if cells.is_chosen(column):
        return cells.chosen(column, cell)
    if cell == "" or column.kind_in(row) in {Kind.TEXT, Kind.LONG, Kind.CHOICE}:
        return cell or None
    return read(cell, column.kind_in(row), typed=False).value


@pytest.mark.parametrize("view", VIEWS)
def test_every_cell_reads_back_as_its_value(view: str, office: Workspace) -> None:
    """Otherwise a table that was filled in a spreadsheet would come back with other figures."""
    query = office.find(view)
    cells = office.cells(query)
    names, found = rows_of(exported(office, view))
    stream = office.stream(query, YEAR).start()
    rows = [dict(zip(stream.columns, row, strict=True)) for row in stream.fetch(10_000)]
    assert names == [column.name for column in cells.shown]
    assert list(found) == [row["row_key"] for row in rows]
    above: ViewRow | None = None
    for row, held in zip(rows, found.values(), strict=True):
        repeated = cells.repeated(row, above)
        for column, cell in zip(cells.shown, held, strict=True):
            if column.name in repeated:
                assert cell == ""
                continue
            if column.once and row[column.name] is None:
                assert cell in {"", "–"}
                continue
            words = row.get(column.companion) if column.companion else None
            if row[column.name] is None and words:
                assert cell == words
            else:
                assert value_of(cell, cells, column, row) == row[column.name], column.name
        above = row


@pytest.mark.parametrize("view", VIEWS)
def test_every_part_of_the_file_is_sound_and_shows_what_is_printed(
    view: str, office: Workspace
) -> None:
    """Otherwise a spreadsheet would offer to repair the file."""
    for name, part in parts_of(exported(office, view)).items():
        assert ET.fromstring(part) is not None, name  # noqa: S314 - our own file


def test_a_sheet_is_laid_out_as_the_report_prints_it(office: Workspace) -> None:
    """Otherwise each table would have to be formatted by hand, every year."""
    parts = parts_of(exported(office, "report.performance_and_budget"))
    (sheet,) = sheets_of(exported(office, "report.performance_and_budget"))
    assert sheet[1][2].startswith("Tabel 3.6 Pencapaian Kinerja dan Anggaran Kecamatan Sooko")
    assert [cell for cell in sheet[3][2:] if cell] == [
        "Sasaran", "No", "Program", "Indikator", "Kinerja", "Anggaran",
    ]  # fmt: skip
    assert sheet[4][6:] == ["Target", "Realisasi", "Capaian", "Alokasi", "Realisasi", "Capaian"]
    drawn = parts["xl/worksheets/sheet1.xml"]
    merged = re.findall(r'<mergeCell ref="([A-Z0-9:]+)"', drawn)
    assert merged[:7] == ["C2:L2", "C4:C5", "D4:D5", "E4:E5", "F4:F5", "G4:I4", "J4:L4"]
    assert re.findall(r'<col [^>]*hidden="1"', drawn) == re.findall(
        r'<col min="[12]"[^>]*"1"', drawn
    )
    assert drawn.count("<row hidden=") == 1
    assert 'orientation="landscape"' in drawn
    assert "$4:$5</definedName>" in parts["xl/workbook.xml"]
    assert sheet[-1][2].startswith("Alokasi dan realisasi anggaran")


def test_a_figure_is_a_number_that_looks_as_it_is_printed(office: Workspace) -> None:
    """Otherwise nobody could compute with it, or it would stand there with other decimals."""
    file = exported(office, "report.budget_summary")
    codes = re.findall(r'formatCode="([^"]*)"', parts_of(file)["xl/styles.xml"])
    assert {"#,##0", "#,##0.00"} <= set(codes)
    assert rows_of(file)[1]["total"][2] == 4_644_000_103


def test_subtotals_and_the_total_are_sums_in_the_file(office: Workspace) -> None:
    """Otherwise a mended figure would leave its program's sum behind."""
    drawn = parts_of(exported(office, "report.budget_summary"))["xl/worksheets/sheet1.xml"]
    sums = re.findall(r"<f>(SUM\([A-Z0-9:,]+\))</f><v>(\d+)</v>", drawn)
    _names, found = rows_of(exported(office, "report.budget_summary"))
    assert len(sums) == 3 * sum(not key.startswith("sub_activity") for key in found)


def test_a_missing_figure_differs_from_a_missing_text(office: Workspace) -> None:
    """Otherwise an import could not tell a dash that somebody wrote from nothing."""
    names, found = rows_of(exported(office, "sheet.activities"))
    row = dict(zip(names, found["total"], strict=True))
    assert (row["code"], row["budget_initial"]) == ("", "–")


def _of_results(rows: Sequence[Sequence[object]], *types: str) -> PrintedTable:
    names = tuple(f"c{number}" for number in range(len(types)))
    return printed.of_records("", Records(names, iter(rows), types))


@given(rows=st.lists(st.tuples(TEXTS, NUMBERS), min_size=1, max_size=8))
def test_any_text_and_any_number_come_back(rows: list[tuple[str, int | Decimal]]) -> None:
    """Otherwise a name with an odd sign would break the file, or be run as a formula."""
    file = book_of([_of_results(rows, "VARCHAR", "DECIMAL(38,4)")])
    assert "<f>" not in parts_of(file)["xl/worksheets/sheet1.xml"]
    (sheet,) = sheets_of(file)
    assert sheet[0] == ["c0", "c1"]
    for (text, number), (first, second) in zip(rows, sheet[1:], strict=False):
        assert first == re.sub("[\ufffe\uffff]", "\ufffd", text)
        if isinstance(second, str):
            assert len(second.lstrip("-").replace(".", "").rstrip("0")) > 15
            assert Decimal(second) == number
        else:
            assert Decimal(repr(second)) == number


def test_a_text_alone_stands_as_it_is() -> None:
    """Otherwise `_x0041_` would become A, and what begins with = a formula."""
    texts = ["=1+1", "@a", "'a", "_x0041_", "a\x1bb", " a ", "a\nb\r", "<&>", "-", "1"]
    (sheet,) = sheets_of(book_of([_of_results([[text] for text in texts], "VARCHAR")]))
    assert [row[0] for row in sheet[1 : len(texts) + 1]] == texts


def test_lists_of_texts_become_a_sheet_of_texts() -> None:
    """Otherwise the findings could not be handed to whoever mends them."""
    table = PrintedTable("Temuan", [PrintedColumn("a")], [PrintedRow(["x"]), PrintedRow(["12"])])
    (sheet,) = sheets_of(book_of([table]))
    assert [row[0] for row in sheet] == ["Temuan", "", "a", "x", "12", *[""] * (len(sheet) - 5)]


def test_a_text_that_no_cell_holds_is_refused() -> None:
    """Otherwise the end of a long passage would be lost in silence."""
    book_of([_of_results([["a" * 32_767]], "VARCHAR")])
    for text in ("a" * 32_768, "😀" * 16_384):
        with pytest.raises(FileError, match="767"):
            book_of([_of_results([[text]], "VARCHAR")])


def test_each_part_of_a_query_is_a_sheet_of_its_own(office: Workspace) -> None:
    """Otherwise the agreement before and after its revision would run into one."""
    file = exported(office, "report.performance_agreement")
    names = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file)).sheet_names
    assert names == ["Perjanjian Kinerja Murni", "Perjanjian Kinerja Perubahan"]


def test_a_sheet_s_name_is_one_that_can_stand() -> None:
    """Otherwise a caption with a slash would make a file that does not open."""
    captions = ["a/b: [c]*?", "a/b: [c]*?", "'", "x" * 40, "x" * 50]
    tables = [PrintedTable(caption, [PrintedColumn("a")], ()) for caption in captions]
    names = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book_of(tables))).sheet_names
    assert names == ["a b c", "a b c (2)", "Sheet", "x" * 31, "x" * 27 + " (2)"]


def test_an_empty_table_has_its_headings(tmp_path: Path) -> None:
    """Otherwise a new office's sheet could not be filled in a spreadsheet."""
    with open_new_office(tmp_path / "new.duckdb", "Kecamatan Baru", YEAR) as new:
        names, found = rows_of(exported(new, "sheet.activities"))
    assert names[:2] == ["number", "name"]
    assert not found


def test_a_long_table_is_written_like_a_short_one() -> None:
    """Otherwise what is quick would differ from what is tested."""
    rows = [(f"a{number}", number, None) for number in range(5000)]
    (sheet,) = sheets_of(book_of([_of_results(rows, "VARCHAR", "INTEGER", "VARCHAR")]))
    assert [tuple(row) for row in sheet[1:5001]] == [(a, float(b), "") for a, b, _c in rows]


@pytest.fixture(scope="module")
def long_table(
    _built_example: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """Open an office with a table that is long, and begins with what stands in `given`."""
    folder = tmp_path_factory.mktemp("long")
    table = folder / "queries" / "tables" / "long.sql"
    table.parent.mkdir(parents=True)
    with Workspace.open(shutil.copyfile(_built_example, folder / "sooko.duckdb")) as workspace:
        with inside(workspace).database.transaction() as transaction:
            transaction.run(
                "create table given (n integer, a text, b bigint, c decimal(38, 4),"
                " d decimal(18, 8), e decimal(4, 4))"
            )
        table.write_text(
            '-- order: row_key\n-- column a: text "A"\n-- column b: rupiah "B"\n'
            '-- column c: percent "C"\n-- column d: index "D"\n-- column e: index "E"\n'
            f"select {YEAR} as fiscal_year,"
            " printf('%05d', n) as row_key, a, b, c, d, e from given union all select"
            f" {YEAR}, printf('%05d', r.range + 9), 'filler', r.range, 0.5,"
            " cast(r.range / 8 as decimal(18, 8)), cast(0.25 as decimal(4, 4))"
            " from range(2100) as r",
            "utf-8",
        )
        assert workspace.read_queries() == []
        yield workspace


@pytest.mark.slow
@settings(deadline=None, max_examples=20)
@given(
    rows=st.lists(
        st.tuples(
            st.none() | TEXTS | st.sampled_from([" a", "\xa0", "_x0041_"]) | st.just("é" * 20_000),
            st.none() | st.integers(-(2**63), 2**63 - 1),
            st.none() | st.decimals(-(10**30), 10**30, places=4),
            st.none()
            | st.integers(0, 8).flatmap(lambda places: st.decimals(-99, 99, places=places)),
            st.none() | st.integers(-99, 99).map(lambda n: Decimal(n) / 100),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_rows_that_the_database_puts_together_are_the_same(
    long_table: Workspace, rows: list[tuple[str | int | Decimal | None, ...]]
) -> None:
    """Otherwise a table would change its cells once it is long."""
    with inside(long_table).database.transaction() as transaction:
        transaction.run("delete from given")
        for number, row in enumerate(rows):
            transaction.change("insert into given values (?, ?, ?, ?, ?, ?)", [number, *row])
    query = long_table.find("long")
    (quick,) = printed.of_query(long_table, query, YEAR)
    (slow,) = printed.of_query(long_table, query, YEAR)
    assert isinstance(slow.source, ViewRows)
    by_python = replace(slow, source=replace(slow.source, again=None))
    assert cells_of(book_of([quick])) == cells_of(book_of([by_python]))


def test_what_is_called_a_number_and_is_none_is_a_text_in_a_long_table(example: Path) -> None:
    """A file that was sent would put formulas into a spreadsheet, or break it."""
    values = [
        "cast('</v><f>9</f><v>' as enum('</v><f>9</f><v>', 'INT'))",
        "timestamp '2021-03-01' - timestamp '2021-01-01'",
        "[1, 2]",
        "map {1: 'DECIMAL'}",
        "[1.5]",
        "cast('12' as enum('12', 'INT'))",
    ]
    table = example.parent / "queries" / "tables"
    table.mkdir(parents=True)
    for number, value in enumerate(values):
        select = f"select {YEAR} as fiscal_year, 'r' || r.range as row_key, {value} as a"
        text = f'-- column a: count "A"\n{select} from range(2100) as r'
        (table / f"odd_{number}.sql").write_text(text, "utf-8")
    with Workspace.open(example) as workspace:
        for number in range(len(values)):
            (found,) = printed.of_query(workspace, workspace.find(f"odd_{number}"), YEAR)
            part = parts_of(book_of([found]))["xl/worksheets/sheet1.xml"]
            sheet = ET.fromstring(part)  # noqa: S314 - ours
            assert not sheet.findall(f".//{_MAIN}f")
            cells = [row[2] for row in sheet.iter(f"{_MAIN}row") if len(row) == 3][-2100:]
            assert len(cells) == 2100
            assert {cell.get("t") for cell in cells} == {"inlineStr"}, values[number]
