"""Of which year and stage a source is: told where that is not what it is taken into."""

from dataclasses import replace

import pytest

from lkjip_tui.core.workspace import Workspace
from tests.core.importing.conftest import Compare
from tests.core.importing.sources import block
from tests.core.support import YEAR

_LINES = ("7.01.01|PROGRAM A||", "7.01.01.2.01|Rencana||", "7.01.01.2.01.0001|Dokumen|5|4")
_HEAD = "Kode|Uraian|Anggaran|Realisasi"


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Speak English: notes are read."""


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (("REALISASI ANGGARAN", "Tahun Anggaran 2020"), "2020"),
        (("T.A. 2020", "dicetak 5 Januari 2021"), "2020"),
        (("LAPORAN PER 31 DESEMBER 2020",), "2020"),
        (("RENSTRA 2022-2026",), "2022, 2026"),
        (("Tahun Anggaran 2021",), ""),
        (("Tahun 2020 dan Tahun 2021",), ""),
        (("RENSTRA 2018 s.d. 2023",), ""),
        (("Permendagri Nomor 90 Tahun 2019",), ""),
        (("DPA/A.1/7.01/001/2020",), ""),
        (("KECAMATAN BARU",), ""),
    ],
)
def test_a_source_of_another_year_is_told(
    new_office: Workspace, compare: Compare, titles: tuple[str, ...], expected: str
) -> None:
    """Else last year's realization is this year's, and the report is wrong throughout."""
    found = compare(new_office, "sheet.activities", block(*titles, _HEAD, *_LINES))
    told = [note for note in found.notes if "is taken into 2021" in note]
    assert len(told) == bool(expected)
    assert all(f"is of {expected}," in note for note in told)


def test_headings_and_the_sheets_name_say_a_year_too(
    new_office: Workspace, compare: Compare
) -> None:
    """Else a workbook of last year without a title comes in unseen."""
    source = block("Kode|Uraian|Anggaran 2020|Realisasi 2020", *_LINES)
    hand = {"budget_initial": "Anggaran 2020", "realization": "Realisasi 2020"}
    assert "is of 2020" in compare(new_office, "sheet.activities", source, **hand).notes[0]
    named = replace(block(_HEAD, *_LINES), title="Realisasi 2020")
    assert "is of 2020" in compare(new_office, "sheet.activities", named).notes[0]


def test_a_heading_may_be_of_the_year_before_as_its_column(
    standing: Workspace, compare: Compare
) -> None:
    """Else every table of the series is called one of another year."""
    source = block("Sasaran|Indikator|Satuan|Realisasi 2020", "A|B|%|5")
    assert not [n for n in compare(standing, "sheet.indicators", source).notes if "is of" in n]


def test_figures_of_a_stage_that_is_not_in_force_are_told(
    new_office: Workspace, compare: Compare
) -> None:
    """Else the revised budget is in the file, and no table of the report shows it."""
    revised = block("Kode|Uraian|Anggaran Perubahan|Realisasi", *_LINES)
    initial = block("Kode|Uraian|Anggaran Murni|Realisasi", *_LINES)
    both = block("Kode|Uraian|Anggaran Murni|Anggaran Perubahan", *_LINES)
    assert "Put the revision in force" in compare(new_office, "sheet.activities", revised).notes[0]
    assert not compare(new_office, "sheet.activities", initial).notes
    new_office.put_revision_in_force(YEAR, fill=False)
    assert not compare(new_office, "sheet.activities", revised).notes
    assert not compare(new_office, "sheet.activities", both).notes
    assert "the revision is in force" in compare(new_office, "sheet.activities", initial).notes[0]
