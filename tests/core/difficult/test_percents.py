"""The percent of one indicator: its formula, its target, its range, nought, words and its cap."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import pytest

from tests.core.difficult.book import YEAR, Book, Desk, copied, exact, written
from tests.core.difficult.laws import all_reads_and_prints, no_view_has_a_figure


@dataclass(frozen=True, slots=True)
class Case:
    """One indicator as it is typed, and the percent that a hand works out.

    `raw` is the percent before the cap where one is; `predicate` the class of the percent.
    """

    name: str
    target: str = ""
    result: str = ""
    pct: str | None = None
    predicate: str | None = None
    raw: str | None = None
    upper: str = ""
    kind: str = "percent"
    rule: Mapping[str, str] = field(default_factory=dict)
    is_served: bool = False

    @property
    def raw_pct(self) -> str | None:
        """The percent before the cap."""
        return self.raw or self.pct

    @property
    def figures(self) -> Mapping[str, str]:
        """What is typed, by column of the sheet of indicators."""
        cells = dict.fromkeys(("target_initial", "target_strategic"), self.target)
        cells |= dict.fromkeys(("upper_value", "upper_strategic"), self.upper)
        cells |= {"realization": self.result}
        return {name: text for name, text in cells.items() if text}


HIGHEST, HIGH, MIDDLE, LOW, LOWEST = (
    "Sangat Tinggi", "Tinggi", "Sedang", "Rendah", "Sangat Rendah",
)  # fmt: skip

MET: Final = {"zero_policy": "met"}
CUT: Final = {"rounding": "truncate"}
LESS: Final = {"formula": "minimize"}
INVERSE: Final = {"formula": "minimize_inverse"}
REDUCTION: Final = {"formula": "minimize_reduction"}
RANGE: Final = {"formula": "range"}
OPINION: Final = {"formula": "ordinal", "value_scale": "opini"}
WORDS: Final = {"formula": "met"}

CASES: Final = [
    Case("more is better", "81", "82", "101.23", HIGHEST, is_served=True),
    Case("a nought that was typed", "80", "0", "0.00", LOWEST, is_served=True),
    Case("a loss", "10", "-5", "-50.00", LOWEST, is_served=True),
    Case("no result", "81", is_served=True),
    Case("no target", "", "81", is_served=True),
    Case("neither", ""),
    Case("nought as target", "0", "5", is_served=True),
    Case("nought reached", "0", "0", "100.00", HIGHEST, rule=MET),
    Case("nought not reached", "0", "-1", "0.00", LOWEST, rule=MET),
    Case("nought without result", "0", rule=MET),
    Case("a target below nought", "-10", "-5"),
    Case("reached below nought", "-10", "-5", "100.00", HIGHEST, rule=MET),
    Case("missed below nought", "-10", "-20", "0.00", LOWEST, rule=MET),
    Case("half up", "200", "66,67", "33.34", LOWEST),
    Case("cut at half", "200", "66,67", "33.33", LOWEST, rule=CUT),
    Case("half up of a binary fraction", "100", "1,005", "1.01", LOWEST),
    Case("cut of a binary fraction", "100", "0,29", "0.29", LOWEST, rule=CUT),
    Case("class of the cut percent", "1000", "909,99", "90.99", HIGH, rule=CUT),
    Case("class of the rounded percent", "1000", "909,96", "91.00", HIGHEST),
    Case("capped at 100", "40", "100", "100.00", HIGHEST, "250.00", rule={"cap": "100"}),
    Case("capped at 120", "40", "100", "120.00", HIGHEST, "250.00", rule={"cap": "120"},
         is_served=True),
    Case("capped at 150", "40", "100", "150.00", HIGHEST, "250.00", rule={"cap": "150"}),
    Case("capped at 200", "40", "100", "200.00", HIGHEST, "250.00", rule={"cap": "200"}),
    Case("below its cap", "100", "150", "150.00", HIGHEST, rule={"cap": "200"}),
    Case("capped without result", "40", rule={"cap": "120"}),
    Case("less is better", "10", "8", "120.00", HIGHEST, rule=LESS),
    Case("far too much", "10", "25", "0.00", LOWEST, rule=LESS, is_served=True),
    Case("nothing left to lessen", "10", "0", "200.00", HIGHEST, rule=LESS),
    Case("capped and lessened", "10", "0", "150.00", HIGHEST, "200.00",
         rule={**LESS, "cap": "150"}),
    Case("lessened below nought", "10", "-2", "220.00", HIGHEST, rule=LESS),
    Case("none allowed and none", "0", "0", rule=LESS),
    Case("none allowed, none came", "0", "0", "100.00", HIGHEST, rule=LESS | MET),
    Case("none allowed, some came", "0", "5", "0.00", LOWEST, rule=LESS | MET),
    Case("lessened without result", "10", rule=LESS),
    Case("inverse", "10", "8", "125.00", HIGHEST, rule=INVERSE),
    Case("inverse cut", "3", "7", "42.85", LOWEST, rule=INVERSE | CUT),
    Case("inverse of nought", "10", "0", rule=INVERSE, is_served=True),
    Case("inverse of nought by the policy", "10", "0", "100.00", HIGHEST, rule=INVERSE | MET),
    Case("inverse below nought", "10", "-5", rule=INVERSE),
    Case("inverse with nought as target", "0", "5", rule=INVERSE),
    Case("inverse of nought by nought", "0", "0", rule=INVERSE),
    Case("inverse, none came", "0", "0", "100.00", HIGHEST, rule=INVERSE | MET),
    Case("inverse, some came", "0", "5", "0.00", LOWEST, rule=INVERSE | MET),
    Case("the cut itself", "10", "4", "60.00", LOW, rule=REDUCTION),
    Case("a rise", "10", "15", "-50.00", LOWEST, rule=REDUCTION),
    Case("a cut of nought", "0", "0", rule=REDUCTION),
    Case("a cut of nought by the policy", "0", "0", "100.00", HIGHEST, rule=REDUCTION | MET),
    Case("inside", "10", "15", "100.00", HIGHEST, upper="20", rule=RANGE),
    Case("on the lower bound", "10", "10", "100.00", HIGHEST, upper="20", rule=RANGE),
    Case("on the upper bound", "10", "20", "100.00", HIGHEST, upper="20", rule=RANGE),
    Case("beneath the range", "10", "7,5", "75.00", MIDDLE, upper="20", rule=RANGE),
    Case("a loss beneath the range", "10", "-5", "-50.00", LOWEST, upper="20", rule=RANGE),
    Case("above the range", "10", "25", "75.00", MIDDLE, upper="20", rule=RANGE),
    Case("far above the range", "10", "45", "0.00", LOWEST, upper="20", rule=RANGE),
    Case("beneath a range without top", "10", "5", "50.00", LOWEST, rule=RANGE),
    Case("a range without top", "10", "15", rule=RANGE, is_served=True),
    Case("a range without floor", "", "15", upper="20", rule=RANGE),
    Case("a range without result", "10", "", upper="20", rule=RANGE),
    Case("a range from nought", "0", "0", "100.00", HIGHEST, upper="5", rule=RANGE),
    Case("beneath a range from nought", "0", "-1", upper="5", rule=RANGE),
    Case("above a range to nought", "-5", "3", upper="0", rule=RANGE),
    Case("above a range to nought by the policy", "-5", "3", "0.00", LOWEST, upper="0",
         rule=RANGE | MET),
    Case("a rank below", "WTP", "WDP", "75.00", MIDDLE, kind="text", rule=OPINION),
    Case("a rank by its whole name", "WDP", "wajar tanpa pengecualian", "133.33", HIGHEST,
         kind="text", rule=OPINION),
    Case("a rank outside the scale", "WTP", "Bagus", kind="text", rule=OPINION, is_served=True),
    Case("a promise outside the scale", "Bagus", "WTP", kind="text", rule=OPINION),
    Case("a rank without scale", "WTP", "WTP", kind="text", rule={"formula": "ordinal"}),
    Case("a rank not yet given", "WTP", kind="text", rule=OPINION),
    Case("a grade behind its value", "72 BB", "81 A", "112.50", HIGHEST,
         rule={"formula": "ordinal", "value_scale": "sakip"}),
    Case("kept in words", "Terlaksana", "terlaksana", "100.00", HIGHEST, kind="text", rule=WORDS),
    Case("not kept in words", "Terlaksana", "Belum", "0.00", LOWEST, kind="text", rule=WORDS,
         is_served=True),
    Case("no word yet", "Terlaksana", kind="text", rule=WORDS),
    Case("a word without promise", "", "Terlaksana", kind="text", rule=WORDS),
    Case("words under a ratio", "Terlaksana", "Terlaksana", kind="text", is_served=True),
    Case("kept in figures", "1", "1", "100.00", HIGHEST, kind="count", rule=WORDS),
    Case("not kept in figures", "1", "0", "0.00", LOWEST, kind="count", rule=WORDS),
    Case("rupiah", "2.147.483.648.000", "1.073.741.824.000", "50.00", LOWEST, kind="rupiah"),
]  # fmt: skip

SERVED: Final = [case for case in CASES if case.is_served]


def write(desk: Desk) -> dict[str, int]:
    """Write an indicator a case; return their ids.

    The agreement and the strategic plan, which ends in this year, have the same target, so that
    all tables must come to one percent. A program that spent 150 of 200 serves each case that is
    to be served.
    """
    desk.plan(YEAR - 4, YEAR)
    ids = desk.indicators(*(case.name for case in CASES))
    keys = {case.name: f"indicator/{ids[case.name]}" for case in CASES}
    desk.fill("indicators", {
        keys[case.name]: {"value_kind": case.kind, **case.rule} for case in CASES
    })  # fmt: skip
    desk.fill("indicators", {keys[case.name]: case.figures for case in CASES})
    desk.fill("indicators", {keys[case.name]: {"name": case.name} for case in SERVED})
    for case in SERVED:
        desk.sub_activities(
            desk.program(indicator_id=case.name), {"budget_initial": "200", "realization": "150"}
        )
    return ids


def typed(text: str, kind: str) -> Decimal | None:
    """Return the figure that a typed text is, None for words and for nothing."""
    figure = text.partition(" ")[0]
    if not figure or kind == "text":
        return None
    dotted = figure.replace(".", "") if kind == "rupiah" else figure
    return Decimal(dotted.replace(",", "."))


def worded(text: str, kind: str) -> str | None:
    """Return the words that a typed text is, or that stand behind its figure."""
    return (text if kind == "text" else text.partition(" ")[2]) or None


@pytest.fixture(scope="module")
def formulas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Return the book with an indicator a case, open."""
    with written(tmp_path_factory.mktemp("formulas"), write) as book:
        yield book


@pytest.fixture(scope="module")
def started(formulas: Book, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Return a copy of the book with the year after it begun, open."""
    with copied(formulas, tmp_path_factory.mktemp("started") / "book.duckdb") as book:
        book.workspace.start_year(YEAR + 1)
        yield book


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_table_comes_to_the_percent_that_a_hand_works_out(formulas: Book, case: Case) -> None:
    """One table of the report would contradict another, or all of them the rule."""
    key = formulas.key(f"indicator/{case.name}")
    pct, raw = exact(case.pct), exact(case.raw_pct)
    target, result = typed(case.target, case.kind), typed(case.result, case.kind)
    told = worded(case.target, case.kind), worded(case.result, case.kind)
    achieved = formulas.row("achievement", key)
    assert (achieved["target"], achieved["realization"]) == (target, result)
    assert (achieved["target_label"], achieved["realization_label"]) == told
    assert (achieved["achievement_pct"], achieved["predicate"]) == (pct, case.predicate)
    assert _rounded(achieved["achievement_raw_pct"], case.rule) == raw
    assert formulas.row("quarterly_plan", key)["achievement_pct"] == pct
    assert formulas.row("factor_analysis", key)["achievement_pct"] == pct
    assert formulas.row("factor_analysis", key)["trend"] is None
    sheet = formulas.row("sheet.indicators", key)
    assert (sheet["target_initial"], sheet["realization"]) == (target, result)
    assert (sheet["target_revised"], sheet["realization_1_before"]) == (None, None)
    bounds = {sheet[name] for name in ("upper_value", "upper_strategic", "final_upper_value")}
    assert bounds == {exact(case.upper or None)}
    assert sheet["achievement_pct"] == pct
    quarters = formulas.row("sheet.quarters", key)
    assert (quarters["target"], quarters["realization"]) == (target, result)
    assert formulas.row("performance_agreement", f"{key}/initial")["target"] == target
    if not (case.target or case.upper):
        assert key not in formulas.rows("yearly_comparison")
        return
    years = formulas.row("yearly_comparison", key)
    assert (years["target"], years["realization"], years["achievement_pct"]) == (
        target, result, pct,
    )  # fmt: skip
    assert (years["target_label"], years["realization_label"]) == told
    assert {years[f"{name}_before{end}"] for name, end in (
        ("realization_1", ""), ("realization_2", ""),
        ("achievement_1", "_pct"), ("achievement_2", "_pct"),
    )} == {None}  # fmt: skip
    progress = formulas.row("strategic_progress", key)
    assert (progress["final_target"], progress["realization"], progress["progress_pct"]) == (
        target, result, pct,
    )  # fmt: skip
    nation = formulas.row("national_comparison", key)
    assert (nation["realization"], nation["national_value"], nation["difference"]) == (
        result, None, None,
    )  # fmt: skip
    matrix = formulas.row("strategic_matrix", key)
    assert [matrix[f"target_{n}"] for n in range(1, 6)] == [None] * 4 + [target]
    assert [matrix[f"realization_{n}"] for n in range(1, 6)] == [None] * 4 + [result]
    assert (matrix["target_5_label"], matrix["realization_5_label"]) == told
    assert matrix["achievement_pct"] == pct


def _rounded(raw: Decimal | None, rule: Mapping[str, str]) -> Decimal | None:
    """Return an unrounded percent as it would be printed."""
    if raw is None:
        return None
    rounding = "ROUND_DOWN" if rule.get("rounding") == "truncate" else ROUND_HALF_UP
    return raw.quantize(Decimal("0.01"), rounding)


@pytest.mark.parametrize("case", SERVED, ids=lambda case: case.name)
def test_money_stands_beside_every_achievement_and_none(formulas: Book, case: Case) -> None:
    """Efficiency would be printed of a percent that nobody knows."""
    key, pct = formulas.key(f"indicator/{case.name}"), exact(case.pct)
    (served,) = (
        row for row in formulas.rows("performance_and_budget").values()
        if row["indicator_id"] == formulas.ids[case.name]
    )  # fmt: skip
    assert served["target"] == typed(case.target, case.kind)
    assert served["realization"] == typed(case.result, case.kind)
    assert served["achievement_pct"] == pct
    assert (served["budget"], served["budget_realization"]) == (200, 150)
    assert served["absorption_pct"] == 75
    efficiency = formulas.row("efficiency", key)
    assert (efficiency["achievement_pct"], efficiency["absorption_pct"]) == (pct, 75)
    assert efficiency["efficiency_pct"] == (None if pct is None else pct - 75)
    allocated = formulas.row("objective_allocation", key)
    share = (Decimal(100) / len(SERVED)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert (allocated["budget"], allocated["share_pct"]) == (200, share)


REASONS: Final = {
    "target_missing",
    "realization_missing",
    "target_zero",
    "achievement_unknown",
    "label_outside_scale",
}
#: Cases whose words no class of the scale bears.
OUTSIDE: Final = {"a rank outside the scale", "a promise outside the scale"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_percent_that_cannot_be_is_told_with_its_reason(formulas: Book, case: Case) -> None:
    """A dash in the report would leave everyone to guess what is missing."""
    key = formulas.key(f"indicator/{case.name}")
    reasons = {f.check_name for f in formulas.findings() if f.row_key == key} & REASONS
    expected = set()
    if case.pct is None:
        expected = {
            *(["target_missing"] if not case.target else []),
            *(["realization_missing"] if not case.result else []),
        } or {
            "target_zero" if case.target == "0"
            else "label_outside_scale" if case.name in OUTSIDE
            else "achievement_unknown"
        }  # fmt: skip
    assert reasons == expected


def test_the_reason_is_told_in_words_that_name_the_formula(formulas: Book) -> None:
    """Whoever reads the finding would not know what to change."""
    unknown = [f for f in formulas.findings() if f.check_name == "achievement_unknown"]
    by_place = {finding.place: finding.message for finding in unknown}
    assert "T ÷ R" in by_place["inverse of nought"]
    assert "Terlaksana" in by_place["words under a ratio"]


@pytest.mark.parametrize(("name", "year"), [("formulas", YEAR), ("started", YEAR + 1)])
def test_every_view_of_formulas_reads_and_prints(
    formulas: Book, started: Book, name: str, year: int
) -> None:
    """One odd figure would take a table off the screen, or “nan” into print."""
    all_reads_and_prints({"formulas": formulas, "started": started}[name], year)


def test_a_year_just_begun_has_no_figure_at_all(started: Book) -> None:
    """Noughts that nobody typed would be reported as failures."""
    no_view_has_a_figure(started, YEAR + 1)
