"""Every rule is silent about an office whose facts agree, and tells of one broken fact alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pytest

from lkjip_tui import paths
from lkjip_tui.core.acts import Act, CellChange, RowMade
from lkjip_tui.core.findings import Finding
from lkjip_tui.core.values import Value
from lkjip_tui.core.workspace import Workspace
from tests.core.support import cell, inside, put, rows_of, take_back

YEAR: Final = 2023

#: The office's facts, a table a line of columns; they agree with each other in every respect.
FACTS: Final = {
    "objective (objective_id, number, name)": """
        (1, 1, 'Meningkatnya kualitas pelayanan publik'),
        (2, 2, 'Meningkatnya tata kelola kecamatan')
    """,
    "indicator (indicator_id, objective_id, number, name, unit, value_kind, formula,"
    " zero_policy, quarter_rule, value_scale)": """
        (1, 1, 1, 'Indeks Kepuasan Masyarakat', 'Indeks', 'index', 'maximize', 'null', 'last',
            'ikm'),
        (2, 1, 2, 'Persentase pengaduan yang selesai', 'Persen', 'percent', 'maximize', 'null',
            'last', 'tuntas'),
        (3, 1, 3, 'Waktu tunggu di loket', 'Menit', 'count', 'minimize', 'null', 'mean', null),
        (4, 2, 1, 'Opini atas laporan keuangan', 'Opini', 'text', 'ordinal', 'null', 'last',
            'opini'),
        (5, 2, 2, 'Temuan yang berulang', 'Temuan', 'count', 'minimize', 'met', 'sum', null),
        (6, 2, 3, 'Tingkat kehadiran aparatur', 'Persen', 'percent', 'range', 'null', 'mean', null),
        (7, 2, 4, 'Desa yang dibina', 'Desa', 'count', 'maximize', 'null', 'sum', null),
        (8, 2, 5, 'Penyampaian laporan', 'Ketepatan', 'text', 'met', 'null', 'last', null),
        (10, 1, 4, 'Jumlah pengunjung', 'Orang', 'count', 'maximize', 'null', 'sum', null)
    """,
    "program (program_id, number, code, name)": """
        (1, 1, '7.01.01', 'Program Penunjang Urusan Pemerintahan Daerah'),
        (2, 2, '7.01.02', 'Program Penyelenggaraan Pelayanan Publik'),
        (3, 3, '7.01.03', 'Program Pemberdayaan Masyarakat Desa'),
        (4, 4, '7.01.04', 'Program Koordinasi Ketentraman')
    """,
    "activity (activity_id, program_id, number, code, name)": """
        (11, 1, 1, '7.01.01.2.01', 'Perencanaan dan Penganggaran'),
        (12, 1, 2, '7.01.01.2.02', 'Administrasi Keuangan'),
        (13, 2, 1, '7.01.02.2.01', 'Pelayanan Perizinan'),
        (14, 3, 1, '7.01.03.2.01', 'Pemberdayaan Desa'),
        (15, 4, 1, '7.01.04.2.01', 'Koordinasi Ketenteraman')
    """,
    "sub_activity (sub_activity_id, activity_id, number, code, name)": """
        (101, 11, 1, '7.01.01.2.01.0001', 'Penyusunan Dokumen Perencanaan'),
        (102, 11, 2, '7.01.01.2.01.0002', 'Evaluasi Kinerja'),
        (103, 12, 1, '7.01.01.2.02.0001', 'Penyediaan Gaji'),
        (104, 12, 2, '7.01.01.2.02.0002', 'Pelaksanaan Perjalanan Dinas'),
        (105, 13, 1, '7.01.02.2.01.0001', 'Pelayanan Loket'),
        (106, 14, 1, '7.01.03.2.01.0001', 'Pelatihan Kader Desa')
    """,
    "program_budget (program_id, fiscal_year, stage, amount, note, indicator_id)": """
        (1, 2023, 'initial', 123000000, 'APBD', 4), (1, 2023, 'revised', 136000000, 'PAPBD', 4),
        (2, 2023, 'initial', 20000000, 'APBD', 1), (2, 2023, 'revised', 20000000, 'APBD', 1),
        (3, 2023, 'initial', 15000000, 'APBD', 7), (3, 2023, 'revised', 15000000, 'APBD', 7)
    """,
    "sub_activity_budget (sub_activity_id, fiscal_year, stage, amount)": """
        (101, 2023, 'initial', 10000000), (101, 2023, 'revised', 12000000),
        (102, 2023, 'initial', 5000000), (102, 2023, 'revised', 14000000),
        (103, 2023, 'initial', 100000000), (103, 2023, 'revised', 110000000),
        (104, 2023, 'initial', 8000000), (104, 2023, 'revised', 0),
        (105, 2023, 'initial', 20000000), (105, 2023, 'revised', 20000000),
        (106, 2023, 'initial', 15000000), (106, 2023, 'revised', 15000000)
    """,
    "sub_activity_realization (sub_activity_id, fiscal_year, quarter, amount)": """
        (101, 2023, 0, 11900000), (102, 2023, 0, 5500000), (103, 2023, 0, 108123456),
        (105, 2023, 0, 19600000), (105, 2023, 1, 4900000), (105, 2023, 2, 4900000),
        (105, 2023, 3, 4900000), (105, 2023, 4, 4900000), (106, 2023, 0, 14200000)
    """,
    "indicator_target (indicator_id, fiscal_year, plan, quarter, value, upper_value, label)": """
        (10, 2022, 'annual_plan', 0, 900, null, null),
        (7, 2023, 'revised', 1, 3, null, null), (7, 2023, 'revised', 2, 3, null, null),
        (7, 2023, 'revised', 3, 3, null, null), (7, 2023, 'revised', 4, 3, null, null)
    """,
    "indicator_result (indicator_id, fiscal_year, quarter, value, label)": """
        (1, 2021, 0, 79, 'Baik'), (1, 2022, 0, 80, 'Baik'), (1, 2023, 0, 82, 'Baik'),
        (2, 2023, 0, 95, null), (3, 2023, 0, 27, null), (4, 2023, 0, null, 'WTP'),
        (5, 2023, 0, 0, null), (6, 2023, 0, 97, null),
        (7, 2023, 0, 12, null), (7, 2023, 1, 3, null), (7, 2023, 2, 3, null),
        (7, 2023, 3, 3, null), (7, 2023, 4, 3, null), (8, 2023, 0, null, 'Tepat waktu'),
        (10, 2022, 0, 880, null), (10, 2023, 0, 950, null)
    """,
    "service (service_id, service_group, number, name)": """
        (1, 'Perizinan', 1, 'Izin keramaian'), (2, 'Perizinan', 2, 'Izin usaha mikro'),
        (3, 'Nonperizinan', 1, 'Surat keterangan pindah')
    """,
    "service_result (service_id, fiscal_year, target, realization)": """
        (1, 2023, 100, 98), (2, 2023, 100, 100), (3, 2023, 90, 90)
    """,
    "population (fiscal_year, male, female)": "(2022, 1000, 1100), (2023, 1010, 1120)",
    "section (section_id, fiscal_year, chapter, number, title)": """
        (1, 2023, 'I', 'A', 'Latar Belakang'),
        (2, 2023, 'II', 'B', 'Perjanjian Kinerja Tahun 2023'),
        (3, 2023, 'III', 'A', 'Capaian Kinerja Kecamatan Puri'),
        (4, 2023, 'III', 'B', 'Tindak Lanjut Evaluasi Tahun 2022'),
        (5, 2023, 'III', 'C', 'Perbandingan Tahun 2022 dan Tahun 2023'),
        (6, 2023, 'IV', 'A', 'Kecamatan dan Desa')
    """,
    "scale_class (scale_class_id, scale, label, lower_bound)": "(90, 'tuntas', 'Tuntas', 75)",
    "printed_figure (printed_figure_id, fiscal_year, place, printed, value, places, view_name,"
    " row_key, column_name)": """
        (1, 2023, 'Judul', 'KECAMATAN PURI', null, null, 'sheet.office', 'office/1', 'name'),
        (2, 2023, 'Judul', '2023', 2023, 0, 'sheet.report_years', 'report_year/2023',
            'fiscal_year'),
        (3, 2023, '3.1', '82', 82, 0, 'report.achievement', 'indicator/1', 'realization'),
        (4, 2023, '3.1', '102,50', 102.5, 2, 'report.achievement', 'indicator/1',
            'achievement_pct'),
        (5, 2023, '3.5', '20.000.000', 20000000, 0, 'report.objective_allocation', 'indicator/1',
            'budget'),
        (6, 2023, 'I', '90,18', 90.18, 2, 'report.population', 'population/2023', 'sex_ratio'),
        (7, 2023, 'III', '110.000.000', 110000000, 0, 'report.budget_summary', 'sub_activity/103',
            'budget'),
        (8, 2023, 'III', '98,29', 98.29, 2, 'report.budget_summary', 'sub_activity/103',
            'absorption_pct')
    """,
}
#: What RKT, both agreements and Renstra ask alike, and its end: indicator, target, end of range,
#: words.
TARGETS: Final = """
    (1, 80, null, 'Baik'), (2, 90, null, null), (3, 30, null, null), (4, null, null, 'WTP'),
    (5, 0, null, null), (6, 90, 100, null), (7, 12, null, null), (8, null, null, 'Tepat waktu')
"""
PLANNED: Final = f"""
    insert into indicator_target
    select t.indicator_id, p.fiscal_year, p.plan, 0, t.value, t.upper_value, t.label
    from (values {TARGETS}) as t(indicator_id, value, upper_value, label)
    cross join (
        values (2023, 'annual_plan'), (2023, 'initial'), (2023, 'revised'), (2023, 'strategic'),
            (2026, 'strategic')
    ) as p(fiscal_year, plan)
"""
REPORTED: Final = """
    update report_year
    set stage = 'revised', strategic_start_year = 2021, strategic_end_year = 2026
"""


@pytest.fixture(scope="module")
def _agreeing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("rules") / "puri.duckdb"
    with Workspace.create(path, "Kecamatan Puri", YEAR) as office:
        with inside(office).database.transaction() as transaction:
            for table, values in FACTS.items():
                transaction.change(f"insert into {table} values {values}")
            transaction.change(PLANNED)
            transaction.change(REPORTED)
        yield office


@pytest.fixture
def consistent(_agreeing: Workspace) -> Iterator[Workspace]:
    """Return an office whose facts agree; what a test does in it is taken back."""
    yield _agreeing
    take_back(_agreeing)


def findings_of(office: Workspace, year: int = YEAR) -> list[Finding]:
    """Return what all rules find together."""
    findings, faults = office.findings(year)
    assert faults == []
    return findings


Breaking = Callable[[Workspace], object]


def typed(sheet: str, row_key: str, column: str, text: str) -> Breaking:
    """Return what types a text into a cell."""

    def act(office: Workspace) -> Act:
        done = put(office, sheet, row_key, column, text, YEAR)
        assert done is not None
        return done

    return act


def deleted(sheet: str, row_key: str) -> Breaking:
    """Return what deletes a row."""

    def act(office: Workspace) -> None:
        query, _column, row = cell(office, sheet, row_key, "name", YEAR)
        office.apply(office.deletion(query, row, YEAR))

    return act


def inserted(sheet: str, row_key: str) -> Breaking:
    """Return what makes a row at another one."""

    def act(office: Workspace) -> None:
        query, _column, row = cell(office, sheet, row_key, "name", YEAR)
        office.insert(query, row)

    return act


def stored(table: str, **row: Value) -> Breaking:
    """Return what stores a row that no sheet would make."""

    def act(office: Workspace) -> None:
        facts = inside(office).facts
        whole = tuple(row.items())
        made = RowMade(table, facts.key_of(table, whole), whole)
        inside(office).journal.apply(Act("edit", (made,)))
        office.forget_findings()

    return act


@dataclass(frozen=True, slots=True)
class Case:
    """One broken fact, and the one finding it makes: its cell, what is stated and computed."""

    rule: str
    breaking: Breaking
    cell: tuple[str | None, str | None, str | None]
    stated: Value
    computed: Value


def printed(rule: str, number: int, text: str, to: tuple[str, str, str], right: Value) -> Case:
    """Return the case of a printed figure that is typed anew."""
    row_key = f"printed_figure/{number}"
    return Case(rule, typed("printed_figures", row_key, "printed", text), to, text, right)


NAME: Final = ("sheet.office", "office/1", "name")
TITLE_YEAR: Final = ("sheet.report_years", "report_year/2023", "fiscal_year")
ACHIEVED: Final = ("report.achievement", "indicator/1", "achievement_pct")
ALLOCATED: Final = ("report.objective_allocation", "indicator/1", "budget")
RATIO: Final = ("report.population", "population/2023", "sex_ratio")
BUDGET: Final = ("report.budget_summary", "sub_activity/103", "budget")
ABSORBED: Final = ("report.budget_summary", "sub_activity/103", "absorption_pct")

CASES: Final = [
    Case(
        "achievement_unknown",
        typed("indicators", "indicator/4", "value_scale", ""),
        ("sheet.indicators", "indicator/4", "achievement_pct"),
        None, None,
    ),
    Case(
        "activities_outside_agreement",
        inserted("activities", "activity/15"),
        ("sheet.programs", "program/4", "budget_revised"),
        None, None,
    ),
    Case(
        "agreement_budget_differs",
        typed("programs", "program/1", "budget_revised", "136.000.001"),
        ("report.agreement_budget", "program/1/revised", "budget"),
        136_000_001, 136_000_000,
    ),
    Case(
        "budget_dropped",
        typed("activities", "sub_activity/104", "budget_revised", ""),
        ("sheet.activities", "sub_activity/104", "budget_revised"),
        8_000_000, None,
    ),
    Case(
        "code_outside_parent",
        typed("activities", "sub_activity/103", "code", "7.01.01.2.01.0009"),
        ("sheet.activities", "sub_activity/103", "code"),
        "7.01.01.2.01.0009", "7.01.01.2.02",
    ),
    Case(
        "code_twice",
        typed("activities", "sub_activity/102", "code", "7.01.01.2.01.0001"),
        ("sheet.activities", "sub_activity/102", "code"),
        "7.01.01.2.01.0001", "Penyusunan Dokumen Perencanaan",
    ),
    Case(
        "figure_below_zero",
        typed("services", "service/2", "realization", "-5"),
        ("sheet.services", "service/2", "realization"),
        Decimal(-5), None,
    ),
    Case(
        "indicator_outside_agreement",
        typed("indicators", "indicator/10", "target_annual", "900"),
        ("sheet.indicators", "indicator/10", "target_revised"),
        "RKT", "PK",
    ),
    Case(
        "indicator_outside_annual_plan",
        typed("indicators", "indicator/10", "target_revised", "900"),
        ("sheet.indicators", "indicator/10", "target_annual"),
        "PK", "RKT",
    ),
    Case(
        "label_contradicts_value",
        typed("indicators", "indicator/1", "realization", "82 Kurang Baik"),
        ("sheet.indicators", "indicator/1", "realization"),
        "Kurang Baik", "Baik",
    ),
    Case(
        "label_outside_scale",
        typed("indicators", "indicator/4", "realization", "Memuaskan"),
        ("sheet.indicators", "indicator/4", "realization"),
        "Memuaskan", None,
    ),
    Case(
        "name_nearly_twice",
        typed("activities", "sub_activity/102", "name", "Penyusunan Dokumen Perencanan"),
        ("sheet.activities", "sub_activity/102", "name"),
        "Penyusunan Dokumen Perencanan", "Penyusunan Dokumen Perencanaan",
    ),
    Case(
        "name_twice",
        typed("activities", "sub_activity/102", "name", "PENYUSUNAN DOKUMEN  PERENCANAAN."),
        ("sheet.activities", "sub_activity/102", "name"),
        "PENYUSUNAN DOKUMEN  PERENCANAAN.", "Penyusunan Dokumen Perencanaan",
    ),
    Case(
        "number_twice",
        typed("activities", "sub_activity/102", "number", "1"),
        ("sheet.activities", "sub_activity/102", "number"),
        1, "Penyusunan Dokumen Perencanaan",
    ),
    Case(
        "outcome_without_target",
        typed("programs", "program/3", "indicator_id", "Jumlah pengunjung"),
        ("sheet.programs", "program/3", "indicator_id"),
        "Jumlah pengunjung", None,
    ),
    Case(
        "population_of_one_sex",
        typed("sheet.population", "population/2022", "female", ""),
        ("sheet.population", "population/2022", "female"),
        1000, None,
    ),
    printed("printed_misspelt", 1, "KECAMATAN PUNI", NAME, "Kecamatan Puri"),
    printed("printed_mixed_marks", 7, "110,000.000", BUDGET, 110_000_000),
    printed("printed_other_words", 1, "KECAMATAN SOOKO", NAME, "Kecamatan Puri"),
    printed("printed_other_year", 2, "2022", TITLE_YEAR, YEAR),
    printed("printed_program_misplaced", 5, "35.000.000", ALLOCATED, 20_000_000),
    printed("printed_ratio_inverted", 6, "110,89", RATIO, Decimal("90.18")),
    printed("printed_repeats_realization", 4, "82", ACHIEVED, Decimal("102.5")),
    printed("printed_rounded", 8, "98,3", ABSORBED, Decimal("98.29")),
    printed("printed_truncated", 6, "90,17", RATIO, Decimal("90.18")),
    printed("printed_unreadable", 7, "110.000.00", BUDGET, 110_000_000),
    Case(
        "printed_cell_missing",
        typed("printed_figures", "printed_figure/7", "cell_row_key", "sub_activity/999"),
        ("sheet.printed_figures", "printed_figure/7", "printed"),
        "110.000.000", None,
    ),
    Case(
        "printed_without_counterpart",
        stored("printed_figure", printed_figure_id=99, fiscal_year=YEAR, printed="77"),
        ("sheet.printed_figures", "printed_figure/99", "printed"),
        "77", None,
    ),
    printed("printed_wrong", 7, "101.000.000", BUDGET, 110_000_000),
    Case(
        "program_without_activities",
        deleted("activities", "sub_activity/106"),
        ("sheet.programs", "program/3", "budget_revised"),
        15_000_000, None,
    ),
    Case(
        "program_without_outcome",
        typed("programs", "program/3", "indicator_id", ""),
        ("sheet.programs", "program/3", "indicator_id"),
        None, None,
    ),
    Case(
        "range_reversed",
        typed("indicators", "indicator/6", "upper_value", "10"),
        ("sheet.indicators", "indicator/6", "upper_value"),
        Decimal(10), Decimal(90),
    ),
    Case(
        "realization_above_budget",
        typed("activities", "sub_activity/102", "realization", "14.000.001"),
        ("sheet.activities", "sub_activity/102", "realization"),
        14_000_001, 14_000_000,
    ),
    Case(
        "realization_missing",
        typed("indicators", "indicator/3", "realization", ""),
        ("sheet.indicators", "indicator/3", "realization"),
        None, None,
    ),
    Case(
        "realization_repeats_row_above",
        typed("activities", "sub_activity/102", "realization", "11.900.000"),
        ("sheet.activities", "sub_activity/102", "realization"),
        11_900_000, "Penyusunan Dokumen Perencanaan",
    ),
    Case(
        "realization_without_budget",
        typed("activities", "sub_activity/104", "realization", "5.000"),
        ("sheet.activities", "sub_activity/104", "realization"),
        5_000, 0,
    ),
    Case(
        "scale_bound_twice",
        typed("scales", "scale_class/14", "lower_bound", "30"),
        ("sheet.scales", "scale_class/15", "lower_bound"),
        Decimal(30), "Cukup (Memadai)",
    ),
    Case(
        "scale_gone",
        typed("scales", "scale_class/90", "scale", "selesai"),
        ("sheet.indicators", "indicator/2", "value_scale"),
        "tuntas", None,
    ),
    Case(
        "section_other_office",
        typed("sections", "section/3", "title", "Capaian Kinerja Kecamatan Sooko"),
        ("sheet.sections", "section/3", "title"),
        "Kecamatan Sooko", "Kecamatan Puri",
    ),
    Case(
        "section_other_year",
        typed("sections", "section/2", "title", "Perjanjian Kinerja Tahun 2022"),
        ("sheet.sections", "section/2", "title"),
        "Perjanjian Kinerja Tahun 2022", YEAR,
    ),
    Case(
        "service_without_target",
        typed("services", "service/1", "target", ""),
        ("sheet.services", "service/1", "target"),
        Decimal(98), None,
    ),
    Case(
        "target_differs",
        typed("indicators", "indicator/2", "target_annual", "85"),
        ("sheet.indicators", "indicator/2", "target_annual"),
        Decimal(85), Decimal(90),
    ),
    Case(
        "target_missing",
        typed("indicators", "indicator/3", "target_revised", ""),
        ("sheet.indicators", "indicator/3", "target_revised"),
        None, None,
    ),
    Case(
        "target_words_differ",
        typed("indicators", "indicator/8", "target_annual", "Paling lambat Maret"),
        ("sheet.indicators", "indicator/8", "target_annual"),
        "Paling lambat Maret", "Tepat waktu",
    ),
    Case(
        "target_zero",
        typed("indicators", "indicator/5", "zero_policy", "null"),
        ("sheet.indicators", "indicator/5", "achievement_pct"),
        Decimal(0), None,
    ),
    Case(
        "thing_gone",
        stored("service_result", service_id=99, fiscal_year=YEAR),
        (None, None, None),
        99, None,
    ),
    Case(
        "year_differs_from_quarters",
        typed("quarters", "indicator/7", "realization_q4", "4"),
        ("sheet.indicators", "indicator/7", "realization"),
        Decimal(12), Decimal(13),
    ),
]  # fmt: skip


def test_an_office_whose_facts_agree_is_told_nothing(consistent: Workspace) -> None:
    """Someone who did all right would be sent to look for faults."""
    assert findings_of(consistent) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_one_broken_fact_is_told_by_one_rule_until_it_is_mended(
    consistent: Workspace, case: Case
) -> None:
    """A fault would go into print, hide behind others, or stay on the list when it is gone."""
    case.breaking(consistent)
    (finding,) = findings_of(consistent)
    assert finding.check_name == case.rule
    assert (finding.view_name, finding.row_key, finding.column_name) == case.cell
    assert (finding.stated, finding.computed) == (case.stated, case.computed)
    assert "{" not in finding.message
    if finding.view_name:
        columns = consistent.find(finding.view_name).header.columns
        assert finding.column_name in columns
        shown = rows_of(consistent, finding.view_name, YEAR)
        assert finding.row_key in [row["row_key"] for row in shown]
    consistent.undo()
    assert findings_of(consistent) == []


def test_every_rule_has_its_case() -> None:
    """A rule could be silent for ever, and nobody would know."""
    rules = [file.stem for file in (paths.queries_folder() / "checks").glob("*.sql")]
    assert sorted(case.rule for case in CASES) == sorted(rules)


def test_a_year_just_begun_is_told_what_is_missing_and_what_is_out_of_date(
    consistent: Workspace,
) -> None:
    """Empty cells would be called faults on the first day of a report."""
    consistent.start_year(2024)
    found = findings_of(consistent, 2024)
    assert {finding.check_name for finding in found} == {
        "target_missing", "realization_missing", "section_other_year",
    }  # fmt: skip
    assert [f.stated for f in found if f.check_name == "section_other_year"] == [
        "Perjanjian Kinerja Tahun 2023"
    ]
    assert findings_of(consistent) == []


#: For each column that names a thing of another table, a row whose thing is not there.
LOOSE: Final[dict[tuple[str, str], dict[str, Value]]] = {
    ("indicator", "objective_id"): {"indicator_id": 200, "number": 9},
    ("activity", "program_id"): {"activity_id": 200, "number": 9},
    ("sub_activity", "activity_id"): {"sub_activity_id": 200, "number": 9},
    ("indicator_target", "indicator_id"): {
        "fiscal_year": YEAR, "plan": "revised", "quarter": 0, "value": Decimal(5),
    },
    ("indicator_result", "indicator_id"): {"fiscal_year": YEAR, "quarter": 0},
    ("indicator_analysis", "indicator_id"): {"fiscal_year": YEAR},
    ("program_budget", "program_id"): {"fiscal_year": YEAR, "stage": "revised", "amount": 5},
    ("sub_activity_budget", "sub_activity_id"): {"fiscal_year": YEAR, "stage": "revised"},
    ("sub_activity_realization", "sub_activity_id"): {"fiscal_year": YEAR, "quarter": 0},
    ("service_result", "service_id"): {"fiscal_year": YEAR},
}  # fmt: skip
SERVED: Final = ("program_budget", "indicator_id")


@pytest.mark.parametrize(("table", "column"), LOOSE)
def test_facts_whose_thing_is_gone_are_told(consistent: Workspace, table: str, column: str) -> None:
    """Money could be left out of every total, with nothing to see."""
    stored(table, **LOOSE[table, column], **{column: 99})(consistent)
    (finding,) = findings_of(consistent)
    assert (finding.check_name, finding.place, finding.stated) == ("thing_gone", table, 99)


def test_a_program_that_serves_an_indicator_that_is_gone_is_told_with_its_cell(
    consistent: Workspace,
) -> None:
    """Its money would be in no outcome, and the cell look empty."""
    key = (("program_id", 3), ("fiscal_year", YEAR), ("stage", "revised"))
    change = CellChange("program_budget", key, "indicator_id", 7, 99)
    inside(consistent).journal.apply(Act("edit", (change,)))
    consistent.forget_findings()
    (finding,) = findings_of(consistent)
    assert (finding.check_name, finding.stated) == ("thing_gone", 99)
    assert (finding.view_name, finding.row_key) == ("sheet.programs", "program/3")
    assert finding.column_name == "indicator_id"


def test_every_column_that_names_another_thing_is_watched(consistent: Workspace) -> None:
    """A new table could lose its things without a word."""
    assert sorted([*LOOSE, SERVED]) == sorted(
        (table.name, column)
        for table in inside(consistent).facts.tables.values()
        for column in table.columns
        if column.endswith("_id") and column != table.id_column
    )


def test_what_is_loose_in_a_year_without_a_report_is_told_in_the_latest(
    consistent: Workspace,
) -> None:
    """Nobody would ever look at it."""
    stored("service_result", service_id=99, fiscal_year=2019)(consistent)
    consistent.start_year(2024)
    told = {
        year: [f.stated for f in findings_of(consistent, year) if f.check_name == "thing_gone"]
        for year in (YEAR, 2024)
    }
    assert told == {YEAR: [], 2024: [99]}


def test_an_agreement_that_departs_from_both_other_plans_is_told_once(
    consistent: Workspace,
) -> None:
    """One slip in the agreement would look like two."""
    put(consistent, "indicators", "indicator/2", "target_revised", "95", YEAR)
    (finding,) = findings_of(consistent)
    assert (finding.check_name, finding.stated, finding.computed) == ("target_differs", 90, 95)
    assert "RKT, Renstra" in finding.message


# Where a rule ends: what looks like a fault and is none


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
    put(consistent, "activities", "sub_activity/101", "name", one, YEAR)
    put(consistent, "activities", "sub_activity/102", "name", other, YEAR)
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
    put(consistent, "activities", "sub_activity/101", "name", one, YEAR)
    put(consistent, "activities", "sub_activity/102", "name", other, YEAR)
    (finding,) = findings_of(consistent)
    assert finding.check_name == "name_nearly_twice"
    assert (finding.stated, finding.computed) == (other, one)


@pytest.mark.parametrize("column", ["number", "name", "code"])
def test_things_beneath_different_parents_may_be_alike(consistent: Workspace, column: str) -> None:
    """Each program begins to count anew, and every one may plan and evaluate."""
    row = next(r for r in rows_of(consistent, "activities", YEAR) if r["sub_activity_id"] == 103)
    text = {"number": "1", "name": "Pelayanan Loket", "code": "0001"}[column]
    put(consistent, "activities", "sub_activity/105", column, text, YEAR)
    if row[column] != 1:
        put(consistent, "activities", "sub_activity/103", column, text, YEAR)
    assert findings_of(consistent) == []


def test_each_plan_may_count_its_own_indicators(consistent: Workspace) -> None:
    """Two documents that both begin at 1 would be called wrong."""
    put(consistent, "indicators", "indicator/10", "number", "1", YEAR)
    assert findings_of(consistent) == []
    put(consistent, "indicators", "indicator/10", "target_revised", "900", YEAR)
    assert "number_twice" in {finding.check_name for finding in findings_of(consistent)}


def test_a_program_of_another_year_may_bear_the_same_name(consistent: Workspace) -> None:
    """A program that was made anew would be held against the one that it replaced."""
    stored("program", program_id=90, number=1, name="Program Pemberdayaan Masyarakat Desa")(
        consistent
    )
    stored("program_budget", program_id=90, fiscal_year=2020, stage="initial")(consistent)
    assert findings_of(consistent) == []


@pytest.mark.parametrize("code", ["0001", "01", "2.01.0001"])
def test_a_code_that_counts_on_from_its_parent_s_is_right(consistent: Workspace, code: str) -> None:
    """Whoever leaves out what stands above would be told a fault on each line."""
    put(consistent, "activities", "sub_activity/105", "code", code, YEAR)
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
        put(consistent, "sections", f"section/{number}", "title", title, YEAR)
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
    put(consistent, "sections", "section/1", "title", title, YEAR)
    (finding,) = findings_of(consistent)
    assert (finding.check_name, finding.stated) == (rule, stated or title)


def test_a_class_for_just_one_figure_is_no_second_bound(consistent: Workspace) -> None:
    """“> 75” above “>= 75” is a right scale."""
    stored("scale_class", scale_class_id=91, scale="tuntas", label="Lebih dari tuntas",
           lower_bound=Decimal(75), lower_inclusive=False)(consistent)  # fmt: skip
    assert findings_of(consistent) == []


@pytest.mark.parametrize(
    ("sheet", "row_key", "column", "text"),
    [
        ("activities", "sub_activity/103", "realization", "11.900.000"),
        ("services", "service/1", "realization", "0"),
        ("sheet.population", "population/2022", "male", "1.500"),
    ],
)
def test_a_figure_that_only_looks_odd_is_not_called_wrong(
    consistent: Workspace, sheet: str, row_key: str, column: str, text: str
) -> None:
    """A right figure would be changed into a wrong one."""
    put(consistent, sheet, row_key, column, text, YEAR)
    assert [f for f in findings_of(consistent) if not f.check_name.startswith("printed_")] == []
