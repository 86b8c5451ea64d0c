"""What an office's table has besides its rows: signatures, and things of other levels."""

import pytest

from lkjip_tui.core.workspace import Workspace
from tests.core.importing.conftest import Compare
from tests.core.importing.sources import block, refusals, take_in
from tests.core.support import rows_of

_TREE = (
    "7.01.01 PROGRAM PENUNJANG|30|20",
    "7.01.01.2.01 Perencanaan|30|20",
    "7.01.01.2.01.0001 Dokumen|10|5",
    "7.01.01.2.01.0002 Evaluasi|20|15",
)


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Speak English: notes are read."""


@pytest.mark.parametrize("last", [(), ("Jumlah|30|20",)])
@pytest.mark.parametrize(
    "signed",
    [
        ("|", "||Kecamatan Baru, 31 Desember 2025", "||CAMAT BARU", "||", "||Drs. FULAN"),
        ("|Sooko, Januari 2022", "|Camat Sooko", "|NIP. 19700101 199503 1 002"),
        ("Mengetahui,|Sooko, …… Januari 2022", "Camat Baru|Bendahara", "FULAN|FULANAH"),
    ],
)
def test_a_signature_is_left_out_wherever_it_stands(
    new_office: Workspace, compare: Compare, last: tuple[str, ...], signed: tuple[str, ...]
) -> None:
    """Else every file's signature is refused, and left out by hand each month."""
    source = block("Uraian|Anggaran|Realisasi", *_TREE, *last, *signed)
    found = compare(new_office, "sheet.activities", source)
    assert (refusals(found), found.counts.new_rows) == ([], len(_TREE))
    assert any("a signature" in note for note in found.notes)


def test_a_signature_under_a_column_of_programs_is_none(
    new_office: Workspace, compare: Compare
) -> None:
    """Else the camat is the office's last program."""
    source = block(
        "Program|Kegiatan|Sub Kegiatan|Pagu", "A|B|C|5", "||D|6", "Sooko, 31 Desember 2021",
        "CAMAT SOOKO", "Drs. FULAN",
    )  # fmt: skip
    found = compare(new_office, "sheet.activities", source)
    assert (refusals(found), found.counts.new_rows) == ([], 4)


def test_what_only_looks_like_a_signature_stays(new_office: Workspace) -> None:
    """Else the last sub kegiatan of a plan is lost for its name."""
    source = block(
        "Kode|Uraian|Anggaran", "7.01.01|PROGRAM A|", "7.01.01.2.01|Kegiatan|",
        "7.01.01.2.01.0001|Sub|1", "7.01.01.2.01.0002|Mengetahui Desa|",
    )  # fmt: skip
    take_in(new_office, "sheet.activities", source)
    assert "Mengetahui Desa" in [row["name"] for row in rows_of(new_office, "activities")]


def test_code_and_name_in_one_cell_are_told_apart_in_a_list(
    new_office: Workspace, compare: Compare
) -> None:
    """Else a program is called by its code, and the next file makes it once more."""
    take_in(new_office, "sheet.programs", block("Program|Anggaran PK", "PROGRAM PELAYANAN|5"))
    source = block(
        "Program|Anggaran PK", "7.01.01 PROGRAM PENUNJANG|30", "7.01.02 Program Pelayanan|5"
    )
    take_in(new_office, "sheet.programs", source)
    assert [(row["code"], row["name"]) for row in rows_of(new_office, "programs")] == [
        ("7.01.02", "PROGRAM PELAYANAN"), ("7.01.01", "PROGRAM PENUNJANG"),
    ]  # fmt: skip
    again = compare(new_office, "sheet.programs", source).counts
    assert (again.changed, again.new_rows) == (0, 0)


@pytest.mark.parametrize("is_apart", [True, False])
def test_kegiatan_are_no_programs(
    new_office: Workspace, compare: Compare, *, is_apart: bool
) -> None:
    """Else the performance agreement lists a whole budget, and sums it three times."""
    lines = [line.rpartition("|")[0] for line in _TREE]
    if is_apart:
        source = block("Kode|Program|Anggaran PK", *(each.replace(" ", "|", 1) for each in lines))
    else:
        source = block("Program|Anggaran PK", *lines, "Jumlah|30")
    found = compare(new_office, "sheet.programs", source)
    assert (refusals(found), found.counts.new_rows) == ([], 1)
    assert ["7.01.01.2.01.0001" in note for note in found.notes] == [True]


def test_an_offices_own_program_codes_are_programs(new_office: Workspace) -> None:
    """Else an office that counts its programs 1.01 and 1.02 has none."""
    source = block("Kode|Program|Anggaran PK", "1.01|Penunjang|5", "1.02|Pelayanan|6")
    take_in(new_office, "sheet.programs", source)
    assert [row["code"] for row in rows_of(new_office, "programs")] == ["1.01", "1.02"]
