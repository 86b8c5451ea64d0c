"""A file of elsewhere as a table: its columns are what their cells are, and codes stay codes."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from openpyxl import Workbook

from lkjip_tui.core.errors import FileError, StatementRefused
from lkjip_tui.core.figures.block import Block
from lkjip_tui.core.sql.file_tables import FileTable
from lkjip_tui.core.sql.sql_names import Names
from lkjip_tui.core.storage.cursors import Tuple
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import file_table, source
from tests.core.support import inside

_DPA = """\
DOKUMEN PELAKSANAAN ANGGARAN;;;;;
Kode Rekening;Uraian;Pagu (Rp);Realisasi %;Tanggal;No
7.01;Gaji;4.349.483.103;67,59;31/12/2021;1
7.10;"Listrik; air";1.234;70;1-2-2021;2
;;;;;
7.11;Lain;-;;;03
"""


def kept(office: Workspace, file: Path, sheet: str = "") -> FileTable:
    """Open a file as a table."""
    return office.console.keep_file(file, sheet, file_table.read(file, sheet or None))


def answer(office: Workspace, statement: str) -> list[Tuple]:
    """Return all rows of a statement."""
    with office.console.stream(statement).start() as stream:
        return stream.fetch(100_000)


def test_columns_have_the_types_of_their_cells(standing: Workspace, tmp_path: Path) -> None:
    """Sums would have to be taken of texts, or a code lose its zeros."""
    file = tmp_path / "DPA 2021.csv"
    file.write_text(_DPA, "cp1252")
    table = kept(standing, file)
    assert (table.name, table.count) == ("files.dpa_2021", 3)
    assert table.columns == ("kode_rekening", "uraian", "pagu_rp", "realisasi", "tanggal", "no")
    assert answer(standing, f"from {table.name}") == [
        ("7.01", "Gaji", 4_349_483_103, Decimal("67.59"), date(2021, 12, 31), "1"),
        ("7.10", "Listrik; air", 1234, 70, date(2021, 2, 1), "2"),
        ("7.11", "Lain", None, None, None, "03"),
    ]
    assert answer(standing, "select sum(pagu_rp) from files.dpa_2021") == [(4_349_484_337,)]
    with pytest.raises(StatementRefused):
        answer(standing, f"with d as (delete from {table.name} returning *) from d")


@pytest.mark.parametrize(
    ("rows", "held", "told"),
    [
        ([("a", "b"), ("1.234", "1"), ("5.678", "2")], [(1234, 1), (5678, 2)], "1.234"),
        ([("a",), ("1.234",), ("2.5",)], [(Decimal("1.234"),), (Decimal("2.5"),)], ""),
        ([("a",), ("Rp 1.000.000",), ("2",)], [(1_000_000,), (2,)], ""),
        ([("1", "2"), ("3", "4")], [(1, 2), (3, 4)], ""),
        ([("x", "y"), ("81 Baik", "1" * 18)], [("81 Baik", "1" * 18)], ""),
        ([("x",), ("n/a",), ("",), ("-",)], [(None,), (None,)], ""),
        ([("x", "x", "order"), ("y", "0,5", "")], [("y", Decimal("0.5"), None)], ""),
    ],
)
def test_what_is_no_figure_everywhere_is_none_anywhere(
    standing: Workspace, rows: list[tuple[str, ...]], held: list[tuple[object, ...]], told: str
) -> None:
    """A thousand would be one, or a row vanish from a sum."""
    found = file_table.of_block(Block(tuple(rows)))
    assert told in found.told
    assert bool(told) == bool(found.told)
    table = standing.console.keep_file(Path("some.csv"), "", found)
    assert answer(standing, f"from {table.name}") == held


def test_spreadsheets_and_parquet_are_tables_too(standing: Workspace, tmp_path: Path) -> None:
    """Only who can make CSV of it could ask a question of such a file."""
    book = tmp_path / "buku.xlsx"
    made = Workbook()
    for sheet in (made.create_sheet("Satu", 0), made.create_sheet("Dua Tiga", 1)):
        sheet.append(["Nama", "Nilai", "Hari"])
        sheet.append([sheet.title, 1.234, datetime(2021, 12, 31)])  # noqa: DTZ001 - a cell's
    made.save(book)
    assert source.sheets(book)[:2] == ["Satu", "Dua Tiga"]
    table = kept(standing, book, "Dua Tiga")
    assert table.name == "files.buku_dua_tiga"
    found = answer(standing, f"select nama, nilai, hari from {table.name}")
    assert found == [("Dua Tiga", Decimal("1.234"), date(2021, 12, 31))]

    other, frame = tmp_path / "2021 order.parquet", pl.DataFrame({"a b": [1, None], "c": [[1], []]})
    frame.write_parquet(other)
    table = kept(standing, other)
    assert table.name == "files._2021_order"
    assert answer(standing, f"from {table.name}") == [(1, [1]), (None, [])]


def test_a_file_takes_the_place_of_itself_and_of_no_other(
    standing: Workspace, tmp_path: Path
) -> None:
    """A file that was saved anew would go on as it was, or two files be one."""
    names = []
    for folder, text in (("a", "x\n1\n"), ("b", "x\ny\nz\n"), ("a", "x\n1\n2\n")):
        (tmp_path / folder).mkdir(exist_ok=True)
        file = tmp_path / folder / "select.csv"
        file.write_text(text)
        names.append(kept(standing, file).name)
    assert names == ["files.select_2", "files.select_3", "files.select_2"]
    assert answer(standing, "select sum(x) from files.select_2") == [(3,)]
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    with pytest.raises(FileError):
        kept(standing, empty)
    with standing.session() as session:
        relations = {relation.path for relation in Names.read(session, standing.registry).relations}
    assert ("files", "select_2") in relations
    database = inside(standing).database
    assert database.read("from duckdb_tables() where database_name = current_database()"
                         " and table_name like 'select%'") == []  # fmt: skip
