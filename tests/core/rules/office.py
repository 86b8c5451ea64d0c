"""An office whose facts agree with each other in every respect, and what rules find in it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from lkjip_tui.core.acts import Act, Change, RowMade
from lkjip_tui.core.checks.findings import Finding
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.workspace import Workspace
from tests.core.support import inside, open_new_office, put

YEAR: Final = 2023

Cell = tuple[str, str, str]
"""A sheet's name, a row's key and a column."""

#: The office's facts, a table a line of columns.
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


def create_agreeing(path: Path) -> Workspace:
    """Create the office and leave it open."""
    office = open_new_office(path, "Kecamatan Puri", YEAR)
    with inside(office).database.transaction() as transaction:
        for table, values in FACTS.items():
            transaction.change(f"insert into {table} values {values}")
        transaction.change(PLANNED)
        transaction.change(REPORTED)
    return office


def findings_of(office: Workspace, year: int = YEAR) -> list[Finding]:
    """Return what all rules find together."""
    findings, faults = office.findings(year)
    assert faults == []
    return findings


def program(number: int, column: str) -> Cell:
    """Return a cell of the sheet of programs."""
    return "sheet.programs", f"program/{number}", column


def sub_activity(number: int, column: str) -> Cell:
    """Return a sub kegiatan's cell of the sheet of activities."""
    return "sheet.activities", f"sub_activity/{number}", column


def indicator(number: int, column: str) -> Cell:
    """Return a cell of the sheet of indicators."""
    return "sheet.indicators", f"indicator/{number}", column


def service(number: int, column: str) -> Cell:
    """Return a cell of the sheet of services."""
    return "sheet.services", f"service/{number}", column


def heading(number: int) -> Cell:
    """Return the heading of a section."""
    return "sheet.sections", f"section/{number}", "title"


def type_in(office: Workspace, cell: Cell, text: str) -> Act | None:
    """Type a text into a cell; None when it stands there already."""
    return put(office, *cell, text, YEAR)


def store(office: Workspace, table: str, **row: Value) -> None:
    """Store a row that no sheet would make."""
    apply(office, _made(office, table, row))


def store_year(office: Workspace, year: int, in_force: str, table: str, **row: Value) -> None:
    """Store a year with its stage in force, and a row of it that no sheet would make."""
    told: dict[str, Value] = {"fiscal_year": year, "stage": in_force}
    rows = _made(office, "report_year", told), _made(office, table, {"fiscal_year": year, **row})
    apply(office, *rows)


def _made(office: Workspace, table: str, row: Mapping[str, Value]) -> RowMade:
    whole = tuple(row.items())
    return RowMade(table, inside(office).facts.key_of(table, whole), whole)


def apply(office: Workspace, *changes: Change) -> None:
    """Apply changes that no sheet would make, as one act."""
    office._apply(Act("edit", changes))  # noqa: SLF001 - the road of all acts
