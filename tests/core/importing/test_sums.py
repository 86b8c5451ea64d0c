"""Lines of a source that sum up others: never things, but a check of what they sum."""

import pytest

from lkjip_tui.core.workspace import Workspace
from tests.core.importing.conftest import Compare
from tests.core.importing.sources import block, refusals, take_in
from tests.core.support import rows_of

_TREE = (
    "7.01.01|PROGRAM PENUNJANG URUSAN|30",
    "7.01.01.2.01|Perencanaan|30",
    "7.01.01.2.01.0001|Dokumen|10",
    "7.01.01.2.01.0002|Evaluasi|20",
)
_SECOND = (
    "7.01.02|PROGRAM PELAYANAN|5",
    "7.01.02.2.01|Perizinan|5",
    "7.01.02.2.01.0001|Izin|5",
)
_HEAD = "Kode|Uraian|Anggaran"


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Speak English: notes are read."""


def _names(office: Workspace, sheet: str = "activities") -> list[object]:
    return [row["name"] for row in rows_of(office, sheet)]


_SUMS = (
    "Jumlah Program Penunjang", "JUMLAH PROGRAM", "Jumlah Belanja", "Total Anggaran",
    "Jumlah Kegiatan", "Jumlah Program I", "Jumlah Sub Kegiatan", "JUMLAH BELANJA DAERAH",
    "Sub Total Belanja", "Sub-Jumlah Perencanaan", "Jml. Pagu", "Rata-rata", "Rata - rata serapan",
    "Rerata",
)  # fmt: skip


@pytest.mark.parametrize("words", _SUMS)
@pytest.mark.parametrize(
    "head",
    [_HEAD, *(pytest.param(h, marks=pytest.mark.slow) for h in ("Uraian||Pagu", "No|Uraian|Pagu"))],
)
def test_a_sum_with_words_behind_is_no_sub_kegiatan(
    new_office: Workspace, compare: Compare, words: str, head: str
) -> None:
    """Else the office's budget is twice what it is, and a sub kegiatan is called Jumlah."""
    in_one = [each.replace("|", " ", 1).replace("|", "||") for each in _TREE]
    lines = {"K": _TREE, "U": in_one, "N": [f"|{each.replace('||', '|')}" for each in in_one]}
    total = f"|{words}|30" if head == _HEAD else f"{words}||30"
    found = compare(new_office, "sheet.activities", block(head, *lines[head[0]], total))
    assert not refusals(found)
    assert any(words in note and "left out" in note for note in found.notes)
    assert found.counts.new_rows == len(_TREE)
    new_office.take_in(found)
    assert words not in _names(new_office)


@pytest.mark.parametrize("words", _SUMS)
def test_a_sum_with_words_behind_is_no_program(
    new_office: Workspace, compare: Compare, words: str
) -> None:
    """Else the performance agreement has a program called Jumlah."""
    source = block("Kode|Program|Anggaran PK", _TREE[0], f"|{words}|30")
    found = compare(new_office, "sheet.programs", source)
    assert (refusals(found), found.counts.new_rows) == ([], 1)


def test_a_thing_may_begin_as_sums_do(new_office: Workspace) -> None:
    """Else a sub kegiatan that is called so is left out of the budget, year by year."""
    coded = "7.01.01.2.01.0003|Jumlah Penduduk yang Didata|5"
    take_in(new_office, "sheet.activities", block(_HEAD, *_TREE, coded))
    assert "Jumlah Penduduk yang Didata" in _names(new_office)
    again = block("Uraian|Realisasi", "Jumlah Penduduk yang Didata|4")
    take_in(new_office, "sheet.activities", again)
    assert [
        row["realization"]
        for row in rows_of(new_office, "activities")
        if row["name"] == "Jumlah Penduduk yang Didata"
    ] == [4]


def test_an_indicator_may_count_something(new_office: Workspace) -> None:
    """Else “Jumlah pengunjung” is a sum, and its target never comes in."""
    source = block(
        "Sasaran|Indikator|Satuan|Target",
        "Meningkatnya pelayanan|Jumlah Pengunjung|orang|500",
        "|Jumlah desa yang dibina|desa|7",
        "|Rata-rata lama sekolah|tahun|9",
        "|Rata-rata capaian SPM|%|90",
    )
    take_in(new_office, "sheet.indicators", source)
    assert _names(new_office, "indicators") == [
        "Meningkatnya pelayanan", "Jumlah Pengunjung", "Jumlah desa yang dibina",
        "Rata-rata lama sekolah", "Rata-rata capaian SPM",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["Rata-rata", "Rata-rata capaian", "Jumlah capaian", "Jumlah"])
def test_a_mean_under_indicators_is_no_objective(
    new_office: Workspace, compare: Compare, words: str
) -> None:
    """Else the report has an objective called Rata-rata, without any indicator."""
    source = block(
        "Sasaran|Indikator|Satuan|Target", "Meningkatnya pelayanan|IKM|indeks|80", f"{words}|||80"
    )
    found = compare(new_office, "sheet.indicators", source)
    assert (refusals(found), found.counts.new_rows) == ([], 2)


def test_each_sum_is_held_against_the_rows_that_it_sums(
    new_office: Workspace, compare: Compare
) -> None:
    """Else a file with a sum a program is never checked, and one cut figure goes unseen."""
    right = block(_HEAD, *_TREE, "|Jumlah|30", *_SECOND, "|Jumlah|5", "|JUMLAH TOTAL|35")
    assert not [n for n in compare(new_office, "sheet.activities", right).notes if "sums" in n]
    wrong = block(_HEAD, *_TREE, "|Jumlah|31", *_SECOND, "|Jumlah|6", "|JUMLAH TOTAL|37")
    (note,) = compare(new_office, "sheet.activities", wrong).notes
    for said in (
        "Jumlah in line 6 says 31, its rows 30", "Jumlah in line 10 says 6, its rows 5",
        "JUMLAH TOTAL says 37, its rows 35",
    ):  # fmt: skip
        assert said in note


def test_sums_within_sums_are_right(new_office: Workspace, compare: Compare) -> None:
    """Else every file that sums by kegiatan and by program is called wrong, and notes are noise."""
    source = block(
        _HEAD, *_TREE, "|Jumlah Kegiatan|30", "|Jumlah Program Penunjang|30", *_SECOND, "|Jumlah|5",
        "|Jumlah|5", "|Jumlah Belanja|35",
    )  # fmt: skip
    notes = compare(new_office, "sheet.activities", source).notes
    assert not [note for note in notes if "add up" in note]


def test_a_sum_is_held_against_what_its_name_says(new_office: Workspace, compare: Compare) -> None:
    """Else a program's wrong sum passes since it happens to be another's."""
    source = block(_HEAD, *_TREE, *_SECOND, "|Jumlah Program Pelayanan|30", "|Jumlah|35")
    (note, _left_out) = compare(new_office, "sheet.activities", source).notes
    assert "says 30, its rows 5" in note


def test_sums_are_told_of_what_was_mended(new_office: Workspace, compare: Compare) -> None:
    """Else whoever mends the figure still reads that the sum is wrong."""
    cut = _TREE[3].replace("|20", "|2O")
    found = compare(new_office, "sheet.activities", block(_HEAD, *_TREE[:3], cut, "|Jumlah|30"))
    assert any("its rows 10" in note for note in found.notes)
    (refused,) = found.page(0, 1)
    found.mend(refused, "20")
    assert not found.notes
    (again,) = [each for each in found.page(0, 100) if each.after == "20"]
    found.mend(again, "25")
    assert any("its rows 35" in note for note in found.notes)
