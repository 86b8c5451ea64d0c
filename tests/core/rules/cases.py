"""For every rule one broken fact, and the one finding that it makes."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.workspace import Workspace
from tests.core.rules.office import (
    YEAR,
    Cell,
    heading,
    indicator,
    program,
    service,
    store,
    store_year,
    sub_activity,
    type_in,
)
from tests.core.support import row_of

Breaking = Callable[[Workspace], object]


@dataclass(frozen=True, slots=True)
class Case:
    """What breaks one fact; the finding's cell and year, what it tells as stated and computed."""

    rule: str
    breaking: Breaking
    cell: tuple[str | None, str | None, str | None]
    stated: Value
    computed: Value
    year: int = YEAR


def typed(
    rule: str, cell: Cell, text: str, stated: Value, computed: Value, *, at: Cell | None = None
) -> Case:
    """Return the case of a text typed into a cell, where the finding stands if not `at` another."""

    def breaking(office: Workspace) -> None:
        assert type_in(office, cell, text) is not None

    return Case(rule, breaking, at or cell, stated, computed)


def worded(rule: str, cell: Cell, text: str, computed: Value, *, at: Cell | None = None) -> Case:
    """Return the case of a typed text that the finding states as it is."""
    return typed(rule, cell, text, text, computed, at=at)


def printed(rule: str, number: int, text: str, of: Cell, computed: Value) -> Case:
    """Return the case of a printed figure of a cell that is typed anew."""
    figure = ("sheet.printed_figures", f"printed_figure/{number}", "printed")
    return worded(rule, figure, text, computed, at=of)


def insert(office: Workspace, sheet: str, row_key: str) -> None:
    """Make a row at another one."""
    office.insert(office.find(sheet), row_of(office, sheet, row_key, YEAR))


def delete(office: Workspace, sheet: str, row_key: str) -> None:
    """Delete a row."""
    row = row_of(office, sheet, row_key, YEAR)
    office.apply(office.deletion(office.find(sheet), [row], YEAR))


NAME: Final = ("sheet.office", "office/1", "name")
TITLE_YEAR: Final = ("sheet.report_years", "report_year/2023", "fiscal_year")
ACHIEVED: Final = ("report.achievement", "indicator/1", "achievement_pct")
ALLOCATED: Final = ("report.objective_allocation", "indicator/1", "budget")
RATIO: Final = ("report.population", "population/2023", "sex_ratio")
BUDGET: Final = ("report.budget_summary", "sub_activity/103", "budget")
ABSORBED: Final = ("report.budget_summary", "sub_activity/103", "absorption_pct")

#: What was printed, held against the facts.
PRINT: Final = [
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
    printed("printed_wrong", 7, "101.000.000", BUDGET, 110_000_000),
    typed(
        "printed_cell_missing",
        ("sheet.printed_figures", "printed_figure/7", "cell_row_key"), "sub_activity/999",
        "110.000.000", None, at=("sheet.printed_figures", "printed_figure/7", "printed"),
    ),
    Case(
        "printed_without_counterpart",
        lambda o: store(o, "printed_figure", printed_figure_id=99, fiscal_year=YEAR, printed="77"),
        ("sheet.printed_figures", "printed_figure/99", "printed"), "77", None,
    ),
]  # fmt: skip

#: The sub kegiatan that stands above sub_activity/102.
ABOVE: Final = "Penyusunan Dokumen Perencanaan"

#: Names, codes, numbers and headings.
NAMES: Final = [
    worded("code_outside_parent", sub_activity(103, "code"), "7.01.01.2.01.0009", "7.01.01.2.02"),
    worded("code_twice", sub_activity(102, "code"), "7.01.01.2.01.0001", ABOVE),
    worded(
        "name_nearly_twice", sub_activity(102, "name"), "Penyusunan Dokumen Perencanan", ABOVE
    ),
    worded("name_twice", sub_activity(102, "name"), "PENYUSUNAN DOKUMEN  PERENCANAAN.", ABOVE),
    typed("number_twice", sub_activity(102, "number"), "1", 1, ABOVE),
    typed(
        "section_other_office", heading(3), "Capaian Kinerja Kecamatan Sooko",
        "Kecamatan Sooko", "Kecamatan Puri",
    ),
    typed(
        "section_name_unknown", heading(3), "Serapan {budget_summary:total:nothing}",
        "budget_summary:total:nothing", None,
    ),
    Case(
        "section_number_twice",
        lambda o: type_in(o, ("sheet.sections", "section/4", "number"), "A"),
        ("sheet.sections", "section/4", "number"),
        "Tindak Lanjut Evaluasi Tahun 2022", "Capaian Kinerja Kecamatan Puri",
    ),
    worded("section_other_year", heading(2), "Perjanjian Kinerja Tahun 2022", YEAR),
]  # fmt: skip

#: Budgets and what was spent of them.
MONEY: Final = [
    Case(
        "activities_outside_agreement",
        lambda office: insert(office, "activities", "activity/15"),
        program(4, "budget_revised"), None, None,
    ),
    typed(
        "agreement_budget_differs", program(1, "budget_revised"), "136.000.001",
        136_000_001, 136_000_000, at=("report.agreement_budget", "program/1/revised", "budget"),
    ),
    typed("budget_dropped", sub_activity(104, "budget_revised"), "", 8_000_000, None),
    Case(
        "program_without_activities",
        lambda office: delete(office, "activities", "sub_activity/106"),
        program(3, "budget_revised"), 15_000_000, None,
    ),
    typed(
        "realization_above_budget", sub_activity(102, "realization"), "14.000.001",
        14_000_001, 14_000_000,
    ),
    typed(
        "realization_repeats_row_above", sub_activity(102, "realization"), "11.900.000",
        11_900_000, ABOVE,
    ),
    typed("realization_without_budget", sub_activity(104, "realization"), "5.000", 5_000, 0),
]  # fmt: skip

NEXT: Final = YEAR + 1
NEXT_STAGE: Final = ("sheet.report_years", f"report_year/{NEXT}", "stage")

#: What is planned, and what serves it.
PLANS: Final = [
    Case(
        "agreement_missing",
        lambda office: store_year(
            office, NEXT, "revised", "indicator_target",
            indicator_id=3, plan="initial", quarter=0, value=5,
        ),
        NEXT_STAGE, "Target PK", 1, NEXT,
    ),
    Case(
        "revision_not_in_force",
        lambda office: store_year(
            office, NEXT, "initial", "program_budget", program_id=3, stage="revised", amount=7
        ),
        NEXT_STAGE, 1, None, NEXT,
    ),
    worded("outcome_without_target", program(3, "indicator_id"), "Jumlah pengunjung", None),
    typed("program_without_outcome", program(3, "indicator_id"), "", None, None),
    typed(
        "indicator_outside_agreement", indicator(10, "target_annual"), "900", "RKT", "PK",
        at=indicator(10, "target_revised"),
    ),
    typed(
        "indicator_outside_annual_plan", indicator(10, "target_revised"), "900", "PK", "RKT",
        at=indicator(10, "target_annual"),
    ),
    typed("range_reversed", indicator(6, "upper_value"), "10", Decimal(10), Decimal(90)),
    typed("target_differs", indicator(2, "target_annual"), "85", Decimal(85), Decimal(90)),
    typed("target_missing", indicator(3, "target_revised"), "", None, None),
    worded(
        "target_words_differ", indicator(8, "target_annual"), "Paling lambat Maret", "Tepat waktu"
    ),
]  # fmt: skip

#: What was reached, and what measures it.
RESULTS: Final = [
    typed(
        "achievement_unknown", indicator(4, "value_scale"), "", None, None,
        at=indicator(4, "achievement_pct"),
    ),
    typed("figure_below_zero", service(2, "realization"), "-5", Decimal(-5), None),
    typed(
        "label_contradicts_value", indicator(1, "realization"), "82 Kurang Baik",
        "Kurang Baik", "Baik",
    ),
    worded("label_outside_scale", indicator(4, "realization"), "Memuaskan", None),
    typed(
        "population_of_one_sex", ("sheet.population", "population/2022", "female"), "",
        1000, None,
    ),
    typed("realization_missing", indicator(3, "realization"), "", None, None),
    typed(
        "scale_bound_twice", ("sheet.scales", "scale_class/14", "lower_bound"), "30",
        Decimal(30), "Cukup (Memadai)", at=("sheet.scales", "scale_class/15", "lower_bound"),
    ),
    typed(
        "scale_gone", ("sheet.scales", "scale_class/90", "scale"), "selesai",
        "tuntas", None, at=indicator(2, "value_scale"),
    ),
    typed("service_without_target", service(1, "target"), "", Decimal(98), None),
    typed(
        "target_zero", indicator(5, "zero_policy"), "null", Decimal(0), None,
        at=indicator(5, "achievement_pct"),
    ),
    Case(
        "thing_gone",
        lambda office: store(office, "service_result", service_id=99, fiscal_year=YEAR),
        (None, None, None), 99, None,
    ),
    typed(
        "year_differs_from_quarters",
        ("sheet.quarters", "indicator/7", "realization_q4"), "4",
        Decimal(12), Decimal(13), at=indicator(7, "realization"),
    ),
]  # fmt: skip

CASES: Final = [*PRINT, *NAMES, *MONEY, *PLANS, *RESULTS]
