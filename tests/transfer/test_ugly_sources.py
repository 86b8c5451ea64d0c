"""Files as offices really have them, from their bytes to the facts: right, or refused and told."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import source
from tests.core.support import YEAR, facts_of, inside, rows_of

_TITLES = "PEMERINTAH KABUPATEN MOJOKERTO\nKECAMATAN BARU\n\n"
_CODES = (
    "7.01.01 PROGRAM PENUNJANG", "7.01.01.2.01 Perencanaan", "7.01.01.2.01.0001 Dokumen",
    "7.01.01.2.01.0002 Evaluasi é",
)  # fmt: skip
_TREE = [(1, "PROGRAM PENUNJANG"), (2, "Perencanaan"), (3, "Dokumen"), (3, "Evaluasi é")]


def _take_in(
    office: Workspace, file: Path, *, refused: int = 0
) -> list[tuple[int, str, int | None, int | None]]:
    """Take a file in but for what is refused, prove that once more changes nothing, and tell it."""
    query = office.find("sheet.activities")
    compared = office.compare(query, YEAR, source.read(file).block)
    assert compared.counts.refused == refused
    before = facts_of(office)
    compared.leave_out_refused()
    office.take_in(compared)
    compared.close()
    again = office.compare(query, YEAR, source.read(file).block)
    assert (again.counts.changed, again.counts.new_rows) == (0, 0)
    again.close()
    found = rows_of(office, "sheet.activities")
    office.undo()
    assert facts_of(office) == before
    office.redo()
    return [(r["level"], r["name"], r["budget_initial"], r["realization"]) for r in found[:-1]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_code_and_name_in_one_cell_in_any_encoding(
    new_office: Workspace, tmp_path: Path, encoding: str
) -> None:
    """Else an accent makes a second thing of a name, or a code becomes part of it."""
    file = tmp_path / "dpa.csv"
    lines = "".join(f"{name};{n}.000,00\n" for n, name in enumerate(_CODES))
    file.write_bytes(f"{_TITLES}Uraian;Pagu (Rp)\n{lines}".encode(encoding))
    assert [row[:2] for row in _take_in(new_office, file)] == _TREE


def test_decimal_commas_and_english_numbers_in_one_column(
    new_office: Workspace, tmp_path: Path
) -> None:
    """Else `5,000,000.00` is five, or `4,600.242` four thousand."""
    file = tmp_path / "real.csv"
    texts = ("", "", "5,000,000.00", "4.600,242")
    lines = "".join(f'"{name}";"{text}"\n' for name, text in zip(_CODES, texts, strict=True))
    file.write_text(f"Uraian;Realisasi\n{lines}", "utf-8")
    found = _take_in(new_office, file)
    assert [row[3] for row in found[2:]] == [5_000_000, 4_600_242]


def test_figures_that_cannot_be_are_refused_one_by_one(
    new_office: Workspace, tmp_path: Path
) -> None:
    """Else one cut figure keeps all out, or comes in as another."""
    file = tmp_path / "real.csv"
    texts = ("", "", ".393.066", "12,5")
    lines = "".join(f"{name};{text}\n" for name, text in zip(_CODES, texts, strict=True))
    file.write_text(f"Uraian;Realisasi\n{lines}", "utf-8")
    found = _take_in(new_office, file, refused=2)
    assert [row[3] for row in found[2:]] == [None, None]


def test_totals_in_between_are_no_data(new_office: Workspace, tmp_path: Path) -> None:
    """Else each Jumlah is a sub kegiatan, and the office's budget is twice what it is."""
    file = tmp_path / "dpa.csv"
    rows = [*_CODES[:3], "Jumlah Perencanaan", _CODES[3], "Sub Total", "JUMLAH TOTAL"]
    lines = "".join(f"{name}\t{1000 * n}\n" for n, name in enumerate(rows))
    file.write_text(f"Uraian\tPagu\n{lines}", "utf-8")
    assert [row[:2] for row in _take_in(new_office, file)] == _TREE


def _saved(tmp_path: Path, fill: Callable[[Worksheet], None]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    book.save(tmp_path / "office.xlsx")
    return tmp_path / "office.xlsx"


def test_two_rows_of_headings_and_merged_cells(new_office: Workspace, tmp_path: Path) -> None:
    """Else a heading over two columns is one of them, and merged names are missing."""

    def fill(sheet: Worksheet) -> None:
        for row in (
            ["RINGKASAN"], [],
            ["No", "Program", "Kegiatan", "Sub Kegiatan", "Tahun Anggaran 2021", None],
            [None, None, None, None, "Anggaran", "Realisasi"],
            [1, 2, 3, 4, 5, 6],
            ["I", "PROGRAM PENUNJANG", "Perencanaan", "Dokumen", 1000, 900.0],
            [None, None, None, "Evaluasi é", 2000, "1.900"],
        ):  # fmt: skip
            sheet.append(row)
        sheet.merge_cells("A3:A4")
        sheet.merge_cells("E3:F3")
        sheet.merge_cells("B6:B7")

    found = _take_in(new_office, _saved(tmp_path, fill))
    assert [row[:2] for row in found] == _TREE
    assert [row[2:] for row in found[2:]] == [(1000, 900), (2000, 1900)]


def test_renamed_programs_keep_their_code(new_office: Workspace, tmp_path: Path) -> None:
    """Else next year's name makes the program once more."""
    file = tmp_path / "a.csv"
    lines = [name.replace(" ", ";", 1) for name in _CODES]
    file.write_text("Kode;Uraian\n" + "\n".join(lines), "utf-8")
    _take_in(new_office, file)
    file.write_text("Kode;Uraian\n" + "\n".join([*lines[:2], f"{lines[2]} Baru"]), "utf-8")
    assert [row[1] for row in _take_in(new_office, file)] == [
        "PROGRAM PENUNJANG", "Perencanaan", "Dokumen Baru", "Evaluasi é",
    ]  # fmt: skip


def test_a_missing_column_leaves_what_it_would_hold(new_office: Workspace, tmp_path: Path) -> None:
    """Else a file of budgets alone clears every realization."""
    file = tmp_path / "a.csv"
    whole = "".join(f"{name};1000;900\n" for name in _CODES)
    file.write_text(f"Uraian;Pagu;Realisasi\n{whole}", "utf-8")
    _take_in(new_office, file)
    part = "".join(f"{name};2000\n" for name in _CODES)
    file.write_text(f"Uraian;Pagu\n{part}", "utf-8")
    assert [row[2:] for row in _take_in(new_office, file)[2:]] == [(2000, 900), (2000, 900)]


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        ((1.01, 1.02, 1.1), ("1.01", "1.02", "1.10")),
        ((1.001, 1.002, 1.01), ("1.001", "1.002", "1.010")),
        ((1.1, 1.2, 1.3), ("1.1", "1.2", "1.3")),
    ],
)
def test_codes_that_a_spreadsheet_holds_as_numbers(
    new_office: Workspace, tmp_path: Path, numbers: tuple[float, ...], codes: tuple[str, ...]
) -> None:
    """Else the kegiatan's code is `1,01`, of which no level is known and no other file speaks."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["Kode", "Uraian", "Pagu"])
        sheet.append([1, "Penunjang", None])
        for number, code in zip(numbers, codes, strict=True):
            sheet.append([number, f"Rencana {code}", None])
            sheet.append([f"{code}.01", f"Sub {code}", 5])

    _take_in(new_office, _saved(tmp_path, fill))
    found = [row["code"] for row in rows_of(new_office, "sheet.activities") if row["level"] == 2]
    assert found == [*codes]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_three_hundred_thousand_lines(tmp_path: Path) -> None:
    """Else a realization by account of a whole regency takes all memory, or the evening."""
    office = Workspace.create(tmp_path / "office.duckdb", "Kecamatan Baru", YEAR)
    file = tmp_path / "big.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write("Kode;Uraian;Pagu;Realisasi\n7.01.01;PROGRAM A;;\n7.01.01.2.01;Kegiatan A;;\n")
        for number in range(300_000):
            amount = f"{1000 * number:,}".replace(",", ".")
            out.write(f"7.01.01.2.01.{number:06d};Sub {number};{amount};{number}\n")
    # Codes of six digits are no nomenclature: what fills a figure is told by that.
    query = office.find("sheet.activities")
    for expected in (300_002, 0):
        compared = office.compare(query, YEAR, source.read(file).block)
        counts = compared.counts
        assert (counts.refused, counts.new_rows) == (0, expected)
        office.take_in(compared)
        compared.close()
    found = inside(office).database.read(
        "select count(*), sum(amount) from sub_activity_budget where fiscal_year = 2021"
    )
    office.close()
    assert found == [(300_000, 1000 * 299_999 * 150_000)]
