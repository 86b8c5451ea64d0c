"""Where a rule ends: what looks like a fault and is none, beside what is one."""

from decimal import Decimal

import pytest

from lkjip_tui.core.workspace import Workspace
from tests.core.rules.office import (
    YEAR,
    Cell,
    findings_of,
    heading,
    indicator,
    service,
    store,
    sub_activity,
    type_in,
)
from tests.core.support import rows_of


def name_two(office: Workspace, one: str, other: str) -> None:
    """Name two sub kegiatan of one kegiatan."""
    type_in(office, sub_activity(101, "name"), one)
    type_in(office, sub_activity(102, "name"), other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lulusan SD yang melanjutkan", "Lulusan SMP yang melanjutkan"),
        ("Penyusunan Dokumen RKA-SKPD", "Penyusunan Dokumen DPA-SKPD"),
        ("Pembangunan Pasar Tahap II", "Pembangunan Pasar Tahap III"),
        ("Pembangunan Pasar Blok000001", "Pembangunan Pasar Blok000002"),
        ("Pengelolaan Sampah Organik", "Pengelolaan Sampah Anorganik"),
        ("Pendidikan Formal", "Pendidikan Informal"),
        ("Pengadaan Mebel", "Pengadaan Mobil"),
        ("Peningkatan Jalan", "Peningkatan Jalan Desa"),
    ],
)
def test_names_that_tell_two_things_apart_are_not_called_one(
    consistent: Workspace, one: str, other: str
) -> None:
    """Half of an office's sub kegiatan would be called misspelt."""
    name_two(consistent, one, other)
    assert findings_of(consistent) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Penunjang Urusan Pemerintah Daerah", "Penunjang Urusan Pemerintahan Daerah"),
        ("Peningkatan Efektifitas Kegiatan", "Peningkatan Efektivitas Kegiatan"),
        ("Presentase Kehadiran", "Persentase Kehadiran"),
        ("Pelayanan Publik", "Pelayanan Public"),
    ],
)
def test_one_name_in_two_spellings_is_found(consistent: Workspace, one: str, other: str) -> None:
    """One thing would be counted as two."""
    name_two(consistent, one, other)
    (finding,) = findings_of(consistent)
    assert finding.check_name == "name_nearly_twice"
    assert (finding.stated, finding.computed) == (other, one)


@pytest.mark.parametrize("column", ["number", "name", "code"])
def test_things_beneath_different_parents_may_be_alike(consistent: Workspace, column: str) -> None:
    """Each program begins to count anew, and every one may plan and evaluate."""
    row = next(r for r in rows_of(consistent, "activities", YEAR) if r["sub_activity_id"] == 103)
    text = {"number": "1", "name": "Pelayanan Loket", "code": "0001"}[column]
    type_in(consistent, sub_activity(105, column), text)
    if row[column] != 1:
        type_in(consistent, sub_activity(103, column), text)
    assert findings_of(consistent) == []


def test_each_plan_may_count_its_own_indicators(consistent: Workspace) -> None:
    """Two documents that both begin at 1 would be called wrong."""
    type_in(consistent, indicator(10, "number"), "1")
    assert findings_of(consistent) == []
    type_in(consistent, indicator(10, "target_revised"), "900")
    assert "number_twice" in {finding.check_name for finding in findings_of(consistent)}


def test_a_program_of_another_year_may_bear_the_same_name(consistent: Workspace) -> None:
    """A program that was made anew would be held against the one that it replaced."""
    store(
        consistent, "program", program_id=90, number=1, name="Program Pemberdayaan Masyarakat Desa"
    )
    store(consistent, "program_budget", program_id=90, fiscal_year=2020, stage="initial")
    assert findings_of(consistent) == []


@pytest.mark.parametrize("code", ["0001", "01", "2.01.0001"])
def test_a_code_that_counts_on_from_its_parent_s_is_right(consistent: Workspace, code: str) -> None:
    """Whoever leaves out what stands above would be told a fault on each line."""
    type_in(consistent, sub_activity(105, "code"), code)
    assert findings_of(consistent) == []


@pytest.mark.parametrize(
    "titles",
    [[
        "Evaluasi Kinerja Tahun 2022",
        "Perbandingan Realisasi Tahun 2022 dengan Tahun 2023",
        "Perbandingan dengan Tahun 2022",
        "Peraturan Menteri Nomor 53 Tahun 2014",
        "Rencana Strategis Tahun 2026",
        "Rencana Tahun 2021 – 2026",
    ], [
        "Target Akhir Tahun 2026",
        "Tahun Anggaran 2023",
        "Pelayanan Administrasi Terpadu Kecamatan (PATEN)",
        "Kecamatan Dalam Angka",
        "Struktur Organisasi KECAMATAN PURI KABUPATEN MOJOKERTO",
        "Kerja Sama dengan Dinas Kesehatan",
    ]],
    ids=["years", "offices"],
)  # fmt: skip
def test_a_heading_that_rightly_names_a_year_or_an_office_is_left_alone(
    consistent: Workspace, titles: list[str]
) -> None:
    """A right heading would be changed into a wrong one."""
    for number, title in enumerate(titles, 1):
        type_in(consistent, heading(number), title)
    assert findings_of(consistent) == []


@pytest.mark.parametrize(
    ("title", "rule", "stated"),
    [
        ("CAPAIAN KINERJA TAHUN ANGGARAN 2021", "section_other_year", None),
        ("STRUKTUR ORGANISASI KECAMATAN JATIREJO", "section_other_office", "KECAMATAN JATIREJO"),
        ("Profil Kecamatan Gedeg Tahun 2023", "section_other_office", "Kecamatan Gedeg"),
        ("Profil Kecamatan Dawar Blandong Kabupaten Mojokerto", "section_other_office",
         "Kecamatan Dawar Blandong"),
    ],
)  # fmt: skip
def test_a_heading_that_was_taken_from_another_report_is_found(
    consistent: Workspace, title: str, rule: str, stated: str | None
) -> None:
    """Another office or another year would stand above the office's own figures."""
    type_in(consistent, heading(1), title)
    (finding,) = findings_of(consistent)
    assert (finding.check_name, finding.stated) == (rule, stated or title)


def test_a_class_for_just_one_figure_is_no_second_bound(consistent: Workspace) -> None:
    """“> 75” above “>= 75” is a right scale."""
    store(consistent, "scale_class", scale_class_id=91, scale="tuntas", label="Lebih dari tuntas",
           lower_bound=Decimal(75), lower_inclusive=False)  # fmt: skip
    assert findings_of(consistent) == []


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (sub_activity(103, "realization"), "11.900.000"),
        (service(1, "realization"), "0"),
        (("sheet.population", "population/2022", "male"), "1.500"),
    ],
)
def test_a_figure_that_only_looks_odd_is_not_called_wrong(
    consistent: Workspace, cell: Cell, text: str
) -> None:
    """A right figure would be changed into a wrong one."""
    type_in(consistent, cell, text)
    assert [f for f in findings_of(consistent) if not f.check_name.startswith("printed_")] == []


@pytest.mark.parametrize("words", ["82 (Baik)", "82 BAIK"])
def test_a_label_is_the_same_however_it_is_set(consistent: Workspace, words: str) -> None:
    """Offices that write 82 (Baik) would be told that its scale calls it Baik."""
    assert type_in(consistent, indicator(1, "realization"), words)
    assert findings_of(consistent) == []
