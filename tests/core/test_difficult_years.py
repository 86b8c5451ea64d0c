"""Years that are hard to count come out as a hand works them out (domain.md, § 3), or as null.

What was typed stands in `difficult.py`. A null is a figure that nobody can state; where target and
result are there and still give none, a finding says why.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from lkjip_tui.core.findings import Finding
from lkjip_tui.core.queries import Kind
from lkjip_tui.core.values import NULL_SIGN, is_number_type
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import machine, markdown, printed, records
from tests.core.difficult import (
    YEAR,
    Book,
    Case,
    Desk,
    Quartered,
    write_cases,
    write_huge,
    write_money,
    write_quarters,
    write_slips,
    write_years,
)
from tests.core.support import inside

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


def exact(text: str | None) -> Decimal | None:
    """Return a figure as a hand writes it."""
    return None if text is None else Decimal(text)


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
def formulas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, dict[str, int]]]:
    """Return the book with an indicator a case, open, and the ids of its indicators."""
    path = tmp_path_factory.mktemp("formulas") / "formulas.duckdb"
    ids = write_cases(path, CASES)
    with Workspace.open(path) as workspace:
        yield Book(workspace), ids


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_table_comes_to_the_percent_that_a_hand_works_out(
    formulas: tuple[Book, dict[str, int]], case: Case
) -> None:
    """One table of the report would contradict another, or all of them the rule."""
    book, ids = formulas
    key = f"indicator/{ids[case.name]}"
    pct, raw = exact(case.pct), exact(case.raw_pct)
    target, result = typed(case.target, case.kind), typed(case.result, case.kind)
    told = worded(case.target, case.kind), worded(case.result, case.kind)
    achieved = book.row("achievement", key)
    assert (achieved["target"], achieved["realization"]) == (target, result)
    assert (achieved["target_label"], achieved["realization_label"]) == told
    assert (achieved["achievement_pct"], achieved["predicate"]) == (pct, case.predicate)
    assert _rounded(achieved["achievement_raw_pct"], case.rule) == raw
    assert book.row("quarterly_plan", key)["achievement_pct"] == pct
    assert book.row("factor_analysis", key)["achievement_pct"] == pct
    assert book.row("factor_analysis", key)["trend"] is None
    sheet = book.row("sheet.indicators", key)
    assert (sheet["target_initial"], sheet["realization"]) == (target, result)
    assert (sheet["target_revised"], sheet["realization_1_before"]) == (None, None)
    bounds = {sheet[name] for name in ("upper_value", "upper_strategic", "final_upper_value")}
    assert bounds == {exact(case.upper or None)}
    assert sheet["achievement_pct"] == pct
    quarters = book.row("sheet.quarters", key)
    assert (quarters["target"], quarters["realization"]) == (target, result)
    assert book.row("performance_agreement", f"{key}/initial")["target"] == target
    if not (case.target or case.upper):
        assert key not in book.rows("yearly_comparison")
        return
    years = book.row("yearly_comparison", key)
    assert (years["target"], years["realization"], years["achievement_pct"]) == (
        target, result, pct,
    )  # fmt: skip
    assert (years["target_label"], years["realization_label"]) == told
    assert {years[f"{name}_before{end}"] for name, end in (
        ("realization_1", ""), ("realization_2", ""),
        ("achievement_1", "_pct"), ("achievement_2", "_pct"),
    )} == {None}  # fmt: skip
    progress = book.row("strategic_progress", key)
    assert (progress["final_target"], progress["realization"], progress["progress_pct"]) == (
        target, result, pct,
    )  # fmt: skip
    nation = book.row("national_comparison", key)
    assert (nation["realization"], nation["national_value"], nation["difference"]) == (
        result, None, None,
    )  # fmt: skip
    matrix = book.row("strategic_matrix", key)
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
def test_money_stands_beside_every_achievement_and_none(
    formulas: tuple[Book, dict[str, int]], case: Case
) -> None:
    """Efficiency would be printed of a percent that nobody knows."""
    book, ids = formulas
    key, pct = f"indicator/{ids[case.name]}", exact(case.pct)
    (served,) = (
        row for row in book.rows("performance_and_budget").values()
        if row["indicator_id"] == ids[case.name]
    )  # fmt: skip
    assert served["target"] == typed(case.target, case.kind)
    assert served["realization"] == typed(case.result, case.kind)
    assert served["achievement_pct"] == pct
    assert (served["budget"], served["budget_realization"]) == (200, 150)
    assert served["absorption_pct"] == 75
    efficiency = book.row("efficiency", key)
    assert (efficiency["achievement_pct"], efficiency["absorption_pct"]) == (pct, 75)
    assert efficiency["efficiency_pct"] == (None if pct is None else pct - 75)
    allocated = book.row("objective_allocation", key)
    share = (Decimal(100) / len(SERVED)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert (allocated["budget"], allocated["share_pct"]) == (200, share)


@pytest.fixture(scope="module")
def told(formulas: tuple[Book, dict[str, int]]) -> Sequence[Finding]:
    """Return the findings of the book of formulas."""
    return formulas[0].findings()


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
def test_a_percent_that_cannot_be_is_told_with_its_reason(
    formulas: tuple[Book, dict[str, int]], told: Sequence[Finding], case: Case
) -> None:
    """A dash in the report would leave everyone to guess what is missing."""
    key = f"indicator/{formulas[1][case.name]}"
    reasons = {f.check_name for f in told if f.row_key == key} & REASONS
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


def test_the_reason_is_told_in_words_that_name_the_formula(told: Sequence[Finding]) -> None:
    """Whoever reads the finding would not know what to change."""
    by_place = {f.place: f.message for f in told if f.check_name == "achievement_unknown"}
    assert "T ÷ R" in by_place["inverse of nought"]
    assert "Terlaksana" in by_place["words under a ratio"]


# Quarters


QUARTERS: Final = [
    Quartered(
        "sum of some", "sum", ("10", "20", "30", "40"), ("5", "", "15", "9"),
        emptied=("realization_q4",), year_target="100", year_result="20", pct="20.00",
    ),
    Quartered(
        "last that is filled", "last", ("25", "50", "75", "100"), ("20", "45", "70", ""),
        emptied=("realization_q3",), year_target="100", year_result="45", pct="45.00",
    ),
    Quartered(
        "mean of three", "mean", ("80", "80", "80", "80"), ("79", "80", "84", ""),
        year_target="80", year_result="81", pct="101.25",
    ),
    Quartered(
        "mean without end", "mean", results=("10", "10", "11", ""), target="10",
        year_target="10", year_result="10.3333", pct="103.33",
    ),
    Quartered(
        "quarters all emptied", "sum", results=("7", "8", "", ""), target="100",
        emptied=("realization_q1", "realization_q2"), year_target="100",
    ),
    Quartered("targets alone", "sum", ("1", "2", "3", "4"), year_target="10"),
    Quartered(
        "a nought in a quarter", "sum", results=("0", "", "", ""), target="10",
        year_target="10", year_result="0", pct="0.00",
    ),
    Quartered(
        "year and quarters", "sum", results=("30", "40", "25", ""), target="100", result="90",
        year_target="100", year_result="90", pct="90.00",
    ),
    Quartered(
        "year emptied", "sum", results=("4", "6", "", ""), target="40", result="90",
        emptied=("realization",), year_target="40", year_result="10", pct="25.00",
    ),
    Quartered(
        "words of the last", "last", results=("70 Kurang Baik", "80 Baik", "", ""), target="80",
        year_target="80", year_result="80", words="Baik", pct="100.00",
    ),
    Quartered(
        "a year of its own", "last", results=("70 Kurang Baik", "80 Baik", "", ""), target="80",
        result="90", year_target="80", year_result="90", pct="112.50",
    ),
    Quartered(
        "kept at last", "last", results=("Belum", "Terlaksana", "", ""), target="Terlaksana",
        kind="text", formula="met", words="Terlaksana", pct="100.00",
    ),
    Quartered(
        "lessened by quarters", "sum", ("1", "1", "1", "1"), ("0", "2", "", "3"),
        formula="minimize", year_target="4", year_result="5", pct="75.00",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, dict[str, int]]]:
    """Return the book of quarters, open, and the ids of what is in it."""
    path = tmp_path_factory.mktemp("quarters") / "quarters.duckdb"
    ids = write_quarters(path, QUARTERS)
    with Workspace.open(path) as workspace:
        yield Book(workspace), ids


@pytest.mark.parametrize("case", QUARTERS, ids=lambda case: case.name)
def test_quarters_make_one_year_in_every_table(
    quarters: tuple[Book, dict[str, int]], case: Quartered
) -> None:
    """A year would be added up wrongly, or be nought for the quarters that are still to come."""
    book, ids = quarters
    key = f"indicator/{ids[case.name]}"
    target, result, pct = map(exact, (case.year_target, case.year_result, case.pct))
    for name in ("achievement", "sheet.quarters"):
        row = book.row(name, key)
        assert (row["target"], row["realization"]) == (target, result), name
        assert row["realization_label"] == case.words, name
    for name in ("achievement", "quarterly_plan", "factor_analysis", "sheet.indicators"):
        assert book.row(name, key)["achievement_pct"] == pct, name
    assert book.row("sheet.indicators", key)["target_initial"] == target
    # The strategic plan wants 50 of each, which is no word that could be kept.
    strategic = None if result is None else (result * 2).quantize(Decimal("0.01"), ROUND_HALF_UP)
    strategic = {"minimize": Decimal(190), "met": Decimal(0)}.get(case.formula, strategic)
    for name, column, percent in (
        ("yearly_comparison", "realization", "achievement_pct"),
        ("strategic_progress", "realization", None),
        ("national_comparison", "realization", None),
        ("strategic_matrix", "realization_2", "achievement_pct"),
    ):
        row = book.row(name, key)
        assert (row[column], row[f"{column}_label"]) == (result, case.words), name
        assert percent is None or row[percent] == strategic, name
    shown = book.row("quarterly_plan", key)
    for n in range(1, 5):
        for column, texts in (("target", case.targets), ("realization", case.results)):
            text = "" if f"{column}_q{n}" in case.emptied else texts[n - 1]
            figure, _space, words = text.partition(" ")
            if case.kind == "text":
                figure, words = "", text
            got = (shown[f"{column}_q{n}"], shown[f"{column}_q{n}_label"])
            assert got == (exact(figure or None), words or None), f"{column}_q{n}"


def test_a_year_typed_above_its_quarters_can_be_typed_again(
    quarters: tuple[Book, dict[str, int]], tmp_path: Path
) -> None:
    """The words of a quarter would lock the year's own figure."""
    book, ids = quarters
    path = tmp_path / "copy.duckdb"
    book.workspace.back_up(path)
    with Workspace.open(path) as workspace:
        key = f"indicator/{ids['a year of its own']}"
        Desk(workspace).fill("indicators", {key: {"realization": "85"}})
        assert Book(workspace).row("achievement", key)["realization"] == 85


def test_money_of_quarters_makes_one_year(quarters: tuple[Book, dict[str, int]]) -> None:
    """A year's spending would be counted twice, or lost."""
    book, ids = quarters
    spent = {f"sub_activity/{ids['first']}": 400, f"sub_activity/{ids['second']}": 500}
    for key, amount in spent.items():
        assert book.row("sheet.quarters", key)["realization"] == amount
        assert book.row("sheet.activities", key)["realization"] == amount
        summary = book.row("budget_summary", key)
        assert (summary["budget_realization"], summary["difference"]) == (amount, 1000 - amount)
    total = book.row("budget_summary", "total")
    assert (total["budget"], total["budget_realization"], total["absorption_pct"]) == (
        2000, 900, 45,
    )  # fmt: skip
    (program,) = book.rows("program_absorption").values()
    assert (program["budget_realization"], program["absorption_pct"]) == (900, 45)


def test_a_year_that_differs_from_its_quarters_is_told(
    quarters: tuple[Book, dict[str, int]],
) -> None:
    """Two figures would stand for one year, and nobody would know of the second."""
    book, ids = quarters
    differing = {
        (finding.row_key, finding.stated, finding.computed)
        for finding in book.findings()
        if finding.check_name == "year_differs_from_quarters"
    }
    assert differing == {
        (f"indicator/{ids['year and quarters']}", 90, 95),
        (f"indicator/{ids['a year of its own']}", 90, 80),
        (f"sub_activity/{ids['second']}", 500, 300),
    }


# Money and its stages


@pytest.fixture(scope="module")
def money(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Mapping[str, Book], dict[str, int]]]:
    """Return the three books of money, open, and the ids of what is in them."""
    files, ids = write_money(tmp_path_factory.mktemp("money"))
    books = {name: Book(Workspace.open(file)) for name, file in files.items()}
    yield books, ids
    for book in books.values():
        book.workspace.close()


#: Budget, realization, difference and percent of each row, by what the stage in force makes
#: of it. `mixed` holds the sub kegiatan kept, gone, added and unknown.
Money = tuple[int | None, int | None, int | None, str | None]
SPENT_OF_MIXED: Final = 1_186_870_912_000
NOTHING: Final[Money] = (None, None, None, None)
KEPT: Final[Money] = (2_147_483_648_000, 536_870_912_000, 1_610_612_736_000, "25.00")
GONE: Final[Money] = (None, 400_000_000_000, None, None)
ADDED: Final[Money] = (None, 250_000_000_000, None, None)
NOUGHT: Final[Money] = (0, 0, 0, None)
SPENT: Final[Money] = (None, 7_000, None, None)
OUTER: Final[Money] = (600_000, 300_000, 300_000, "50.00")
SUMMARY: Final[Mapping[str, Mapping[str, Money]]] = {
    "initial": {
        "total": (3_147_484_248_000, 1_186_871_219_000, 1_960_613_029_000, "37.71"),
        "program/mixed": (3_147_483_648_000, SPENT_OF_MIXED, 1_960_612_736_000, "37.71"),
        "sub_activity/kept": KEPT,
        "sub_activity/gone": (1_000_000_000_000, 400_000_000_000, 600_000_000_000, "40.00"),
        "sub_activity/added": ADDED,
        "sub_activity/unknown": NOTHING,
        "program/of nought": NOUGHT,
        "sub_activity/nought": NOUGHT,
        "program/only spent": SPENT,
        "sub_activity/spent": SPENT,
        "program/left out": OUTER,
        "sub_activity/outer": OUTER,
    },
    "bare": {
        "total": (None, 1_186_871_219_000, None, None),
        "program/mixed": (None, SPENT_OF_MIXED, None, None),
        "sub_activity/kept": (None, 536_870_912_000, None, None),
        "sub_activity/gone": GONE,
        "sub_activity/added": ADDED,
        "sub_activity/unknown": NOTHING,
        "program/of nought": (None, 0, None, None),
        "sub_activity/nought": (None, 0, None, None),
        "program/only spent": SPENT,
        "sub_activity/spent": SPENT,
        "program/left out": (None, 300_000, None, None),
        "sub_activity/outer": (None, 300_000, None, None),
    },
    "revised": {
        "total": (2_647_484_248_000, 1_186_871_219_000, 1_460_613_029_000, "44.83"),
        "program/mixed": (2_647_483_648_000, SPENT_OF_MIXED, 1_460_612_736_000, "44.83"),
        "sub_activity/kept": KEPT,
        "sub_activity/gone": GONE,
        "sub_activity/added": (500_000_000_000, 250_000_000_000, 250_000_000_000, "50.00"),
        "sub_activity/unknown": NOTHING,
        "program/of nought": NOUGHT,
        "sub_activity/nought": NOUGHT,
        "program/only spent": SPENT,
        "sub_activity/spent": SPENT,
        "program/left out": OUTER,
        "sub_activity/outer": OUTER,
    },
}
STAGES: Final = list(SUMMARY)


def keyed(ids: Mapping[str, int], name: str) -> str:
    """Return the row key of a thing that is named by its kind and its name here."""
    kind, slash, thing = name.partition("/")
    return f"{kind}/{ids[thing]}" if slash else kind


@pytest.mark.parametrize("stage", STAGES)
def test_the_budget_counts_by_the_stage_in_force(
    money: tuple[Mapping[str, Book], dict[str, int]], stage: str
) -> None:
    """What the revision dropped would come back, or what it added be missing."""
    books, ids = money
    book, expected = books[stage], SUMMARY[stage]
    summary = book.rows("budget_summary")
    for name, (budget, realization, difference, pct) in expected.items():
        row = summary[keyed(ids, name)]
        got = (row["budget"], row["budget_realization"], row["difference"], row["absorption_pct"])
        assert got == (budget, realization, difference, exact(pct)), name
        shown = book.row("sheet.activities", keyed(ids, name))
        assert (shown["realization"], shown["difference"]) == (realization, difference), name
        assert shown["absorption_pct"] == exact(pct), name
        if name.startswith("sub_activity/"):
            spread = book.row("sheet.quarters", keyed(ids, name))
            assert (spread["target"], spread["realization"]) == (budget, realization), name
    # Beside these, one kegiatan a program that has some: the report names nothing else.
    kegiatan = [key for key in summary if key.startswith("activity/")]
    assert len(summary) == len(expected) + len(kegiatan)
    assert len(kegiatan) == 4
    # What waits to be filled stands in the sheet, and says nothing.
    for key in (
        f"program/{ids['without kegiatan']}",
        f"program/{ids['without subs']}",
        f"activity/{ids['activity']}",
    ):
        row = book.row("sheet.activities", key)
        columns = ("budget_initial", "budget_revised", "realization", "difference")
        assert [row[column] for column in columns] == [None] * 4
        assert key not in summary


@pytest.mark.parametrize("stage", STAGES)
def test_programs_count_by_the_agreement_in_force(
    money: tuple[Mapping[str, Book], dict[str, int]], stage: str
) -> None:
    """A program would stand in the report with the amount that was agreed, not spent."""
    books, ids = money
    book = books[stage]
    agreed = {
        "initial": ["mixed", "without kegiatan", "without subs", "of nought", "only spent",
                    "left out"],
        "bare": [],
        "revised": ["mixed", "without kegiatan", "without subs", "of nought", "only spent"],
    }[stage]  # fmt: skip
    keys = [f"program/{ids[name]}" for name in agreed]
    assert list(book.rows("program_absorption")) == keys
    for name in agreed:
        budget, realization, _difference, pct = SUMMARY[stage].get(f"program/{name}", NOTHING)
        row = book.row("program_absorption", f"program/{ids[name]}")
        got = (row["budget"], row["budget_realization"], row["absorption_pct"])
        assert got == (budget, realization, exact(pct)), name
        served = book.row("performance_and_budget", f"program/{ids[name]}")
        money_of_row = (served["budget"], served["budget_realization"], served["absorption_pct"])
        assert money_of_row == got, name
    assert sorted(book.rows("performance_and_budget")) == sorted(keys)


def test_the_agreement_keeps_both_stages(
    money: tuple[Mapping[str, Book], dict[str, int]],
) -> None:
    """The first agreement would be lost when the revision comes."""
    books, ids = money

    def amounts(book: str, stage: str) -> dict[str, int | None]:
        names = {ids[name]: name for name in ids}
        return {
            names[row["program_id"]]: row["budget"]
            for row in books[book].rows("agreement_budget").values()
            if row["stage"] == stage
        }

    first = {
        "mixed": 1_000, "without kegiatan": 5_000_000, "without subs": None, "of nought": None,
        "only spent": None, "left out": None,
    }  # fmt: skip
    assert {name: amounts(name, "initial") for name in STAGES} == dict.fromkeys(STAGES, first)
    assert amounts("initial", "revised") == amounts("bare", "revised") == {}
    assert amounts("revised", "revised") == dict.fromkeys(
        (name for name in first if name != "left out"), 6_000_000
    )

    def targets(book: str) -> dict[str, Decimal]:
        return {
            key: row["target"] for key, row in books[book].rows("performance_agreement").items()
        }

    initial = {
        f"indicator/{ids['reached']}/initial": 50,
        f"indicator/{ids['open']}/initial": 10,
        f"indicator/{ids['dropped']}/initial": 5,
    }
    assert targets("initial") == targets("bare") == initial
    assert targets("revised") == initial | {
        f"indicator/{ids['reached']}/revised": 64,
        f"indicator/{ids['open']}/revised": 10,
    }


#: Percent of the achievement, budget, share, spending, its percent and the efficiency.
OUTCOMES: Final[Mapping[str, Mapping[str, tuple[Any, ...]]]] = {
    "initial": {
        "reached": ("80.00", 3_147_483_648_000, "100.00", "37.71", "42.29"),
        "open": (None, 0, "0.00", None, None),
        "dropped": ("100.00", None, None, None, None),
    },
    "bare": {},
    "revised": {
        "reached": ("62.50", 2_647_483_648_000, "100.00", "44.83", "17.67"),
        "open": (None, 0, "0.00", None, None),
        # The revision dropped the indicator, yet a program goes on serving it.
        "dropped": (None, None, None, None, None),
    },
}


@pytest.mark.parametrize("stage", STAGES)
def test_outcomes_have_the_money_of_what_serves_them(
    money: tuple[Mapping[str, Book], dict[str, int]], stage: str
) -> None:
    """Efficiency would be counted from money of another stage, or from none as if it were 0."""
    books, ids = money
    book, expected = books[stage], OUTCOMES[stage]
    keys = {name: f"indicator/{ids[name]}" for name in expected}
    assert sorted(book.rows("efficiency")) == sorted(keys.values())
    assert sorted(book.rows("objective_allocation")) == sorted(keys.values())
    for name, (achievement, budget, share, absorption, efficiency) in expected.items():
        row = book.row("efficiency", keys[name])
        got = (row["achievement_pct"], row["absorption_pct"], row["efficiency_pct"])
        assert got == (exact(achievement), exact(absorption), exact(efficiency)), name
        allocated = book.row("objective_allocation", keys[name])
        assert (allocated["budget"], allocated["share_pct"]) == (budget, exact(share)), name


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("initial", {"reached": "80.00", "open": None, "dropped": "100.00"}),
        ("bare", {}),
        ("revised", {"reached": "62.50", "open": None}),
    ],
)
def test_achievements_are_those_of_the_stage_in_force(
    money: tuple[Mapping[str, Book], dict[str, int]], stage: str, expected: dict[str, str | None]
) -> None:
    """Targets that the revision gave up would still be held against the office."""
    books, ids = money
    keys = {f"indicator/{ids[name]}": exact(pct) for name, pct in expected.items()}
    for table in ("achievement", "quarterly_plan", "factor_analysis"):
        rows = books[stage].rows(table)
        assert {key: row["achievement_pct"] for key, row in rows.items()} == keys, table
    indicators = books[stage].rows("sheet.indicators")
    for name in ("reached", "open", "dropped"):
        key = f"indicator/{ids[name]}"
        assert indicators[key]["achievement_pct"] == keys.get(key)
    # An objective without indicators waits in the sheets and stands in no table.
    empty = f"objective/{ids['empty objective']}"
    assert empty in indicators
    assert books[stage].row("objectives", empty)["indicator_count"] == 0


@pytest.mark.parametrize(
    ("stage", "check", "names"),
    [
        ("initial", "realization_without_budget", ["added", "spent"]),
        ("revised", "realization_without_budget", ["gone", "spent"]),
        ("bare", "realization_without_budget", ["kept", "gone", "added", "spent", "outer"]),
        ("initial", "budget_dropped", []),
        ("revised", "budget_dropped", ["gone"]),
        ("bare", "budget_dropped", ["kept", "gone", "nought", "outer"]),
        ("initial", "activities_outside_agreement", []),
        ("revised", "activities_outside_agreement", ["left out"]),
        ("initial", "program_without_activities", ["without kegiatan", "without subs"]),
        ("revised", "program_without_activities", ["without kegiatan", "without subs"]),
        ("revised", "outcome_without_target", ["only spent"]),
    ],
)
def test_money_that_no_table_can_count_is_told(
    money: tuple[Mapping[str, Book], dict[str, int]], stage: str, check: str, names: list[str]
) -> None:
    """Spending without a budget would vanish from every percent without a word."""
    books, ids = money
    found = [f.row_key for f in books[stage].findings() if f.check_name == check]
    assert sorted(str(key).rpartition("/")[2] for key in found) == sorted(
        str(ids[name]) for name in names
    )


# Years


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, dict[str, int]]]:
    """Return the book of years, open, and the ids of what is in it."""
    path = tmp_path_factory.mktemp("years") / "years.duckdb"
    ids = write_years(path)
    with Workspace.open(path) as workspace:
        yield Book(workspace), ids


@pytest.mark.parametrize(
    ("year", "table", "expected"),
    [
        (2020, "achievement", {"target": "10", "realization": "8", "achievement_pct": "80"}),
        (2020, "factor_analysis", {"achievement_pct": "80", "trend": None}),
        (2020, "strategic_matrix", {"target_1": "16", "target_5": "40", "achievement_pct": None}),
        (2022, "achievement", {"target": "20", "realization": "18", "achievement_pct": "90"}),
        (2022, "yearly_comparison", {
            "target": "16", "realization_2_before": "8", "realization_1_before": "12",
            "realization": "18", "achievement_2_before_pct": None,
            "achievement_1_before_pct": None, "achievement_pct": "112.5",
        }),
        (2022, "strategic_progress", {
            "final_target": "40", "realization": "18", "progress_pct": "45",
        }),
        (2022, "national_comparison", {
            "realization": "18", "national_value": "20", "difference": "-2",
        }),
        (2022, "factor_analysis", {"achievement_pct": "90", "trend": "Naik"}),
        (2022, "strategic_matrix", {
            "target_1": "16", "target_2": None, "target_3": None, "target_4": None,
            "target_5": "40", "realization_1": "18", "realization_2": None,
            "realization_5": None, "achievement_pct": "112.5",
        }),
        (2023, "achievement", {"target": None, "realization": None, "achievement_pct": None}),
        (2023, "yearly_comparison", {
            "target": None, "realization_2_before": "12", "realization_1_before": "18",
            "realization": None, "achievement_2_before_pct": None,
            "achievement_1_before_pct": "112.5", "achievement_pct": None,
        }),
        (2023, "strategic_progress", {
            "final_target": None, "realization": None, "progress_pct": None,
        }),
        (2023, "factor_analysis", {"achievement_pct": None, "trend": None}),
        (2025, "yearly_comparison", {
            "target": None, "realization_2_before": None, "realization_1_before": None,
            "realization": None, "achievement_2_before_pct": None,
            "achievement_1_before_pct": None, "achievement_pct": None,
        }),
    ],
)  # fmt: skip
def test_a_year_compares_itself_with_the_years_that_there_are(
    years: tuple[Book, dict[str, int]], year: int, table: str, expected: dict[str, str | None]
) -> None:
    """A missing year would be read as a year without success, or shift the others."""
    book, ids = years
    row = book.row(table, f"indicator/{ids['indicator']}", year)
    got = {name: row[name] for name in expected}
    words = ("trend",)
    assert got == {n: t if n in words else exact(t) for n, t in expected.items()}


@pytest.mark.parametrize(
    ("year", "tables"),
    [
        (2020, ["yearly_comparison", "strategic_progress", "national_comparison"]),
        (2023, ["strategic_matrix"]),
        (2025, ["strategic_matrix"]),
    ],
)
def test_a_year_outside_a_strategic_plan_has_no_rows_of_one(
    years: tuple[Book, dict[str, int]], year: int, tables: list[str]
) -> None:
    """Targets of another plan would stand in the year's report."""
    for table in tables:
        assert years[0].rows(table, year) == {}, table


def test_a_result_outside_every_plan_stands_in_no_table(
    years: tuple[Book, dict[str, int]],
) -> None:
    """An indicator that nobody promised would be reported, or its result be lost."""
    book, ids = years
    key = f"indicator/{ids['outside']}"
    row = book.row("sheet.indicators", key)
    assert (row["target_initial"], row["realization"], row["achievement_pct"]) == (None, 5, None)
    for table in book.workspace.registry.of_kind(Kind.TABLE):
        assert not [name for name in book.rows(table.full_name) if name.startswith(key)]


def test_a_program_names_its_outcome_even_where_no_plan_does(
    money: tuple[Mapping[str, Book], dict[str, int]],
) -> None:
    """Tables 3.5 and 3.7 would name an indicator that 3.6 leaves out."""
    books, ids = money
    row = books["revised"].row("performance_and_budget", f"program/{ids['only spent']}")
    assert (row["indicator_name"], row["objective_id"]) == ("dropped", ids["objective"])
    assert (row["target"], row["realization"], row["achievement_pct"]) == (None, None, None)
    for table in ("objective_allocation", "efficiency"):
        shown = books["revised"].row(table, f"indicator/{ids['dropped']}")
        assert shown["indicator_name"] == "dropped"


def test_a_caption_without_the_plan_s_years_shows_that_they_are_missing(
    years: tuple[Book, dict[str, int]],
) -> None:
    """“None – None” would be printed above a table."""
    workspace = years[0].workspace
    for name in ("strategic_progress", "strategic_matrix"):
        (table,) = printed.of_query(workspace, workspace.find(name), YEAR)
        assert table.caption.endswith(f" {NULL_SIGN} – {NULL_SIGN}")
        assert not any("None" in column.whole_heading for column in table.columns)


def test_services_without_figures_are_null_and_count_in_no_mean(
    years: tuple[Book, dict[str, int]],
) -> None:
    """A service that nobody measured would pull its group down to nought."""
    book, ids = years
    expected: dict[str, tuple[str | None, str | None, str | None]] = {
        f"service/{ids['whole']}": ("100", "90", "90"),
        f"service/{ids['unknown']}": (None, None, None),
        "group/1": ("100", "90", "90"),
        f"service/{ids['nought']}": ("0", "5", None),
        f"service/{ids['unplanned']}": (None, "80", None),
        "group/2": ("0", "42.5", None),
        f"service/{ids['waiting']}": (None, None, None),
        "group/3": (None, None, None),
        "total": ("50", "58.33", "116.67"),
    }
    rows = book.rows("service_coverage", 2022)
    columns = ("target_pct", "realization_pct", "coverage_pct")
    assert {key: tuple(row[column] for column in columns) for key, row in rows.items()} == {
        key: tuple(map(exact, texts)) for key, texts in expected.items()
    }
    for key in rows.keys() & book.rows("sheet.services", 2022).keys():
        row = book.row("sheet.services", key, 2022)
        assert (row["target"], row["realization"], row["coverage_pct"]) == tuple(
            map(exact, expected[key])
        )
    for row in book.rows("service_coverage", YEAR).values():
        assert [row[column] for column in columns] == [None] * 3


@pytest.mark.parametrize("name", ["report.population", "sheet.population"])
@pytest.mark.parametrize(
    ("year", "of", "expected"),
    [
        (2022, 2022, (120, 0, 120, None)),
        (2022, 2021, (None, 100, None, None)),
        (2023, 2023, (0, 100, 100, 0)),
        (2025, 2025, (None, None, None, None)),
        (2025, 2024, (None, None, None, None)),
    ],
)
def test_people_who_were_not_counted_are_not_none(
    years: tuple[Book, dict[str, int]], name: str, year: int, of: int, expected: tuple[Any, ...]
) -> None:
    """A ratio to no women would be infinite, and an uncounted village empty."""
    row = years[0].row(name, f"population/{of}", year)
    assert (row["male"], row["female"], row["total"], row["sex_ratio"]) == expected


# Sums


@pytest.fixture(scope="module")
def huge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, dict[str, int]]]:
    """Return the book of huge sums, open, and the ids of what is in it."""
    path = tmp_path_factory.mktemp("huge") / "huge.duckdb"
    ids = write_huge(path)
    with Workspace.open(path) as workspace:
        yield Book(workspace), ids


HUNDRED: Final = (214_748_364_800_000, 71_582_788_266_666, 143_165_576_533_334, Decimal("33.33"))
ONE: Final = (2_147_483_648_000, 2_147_483_647_999, 1, Decimal("100.00"))
WHOLE: Final = (
    646_392_578_048_000, 216_895_848_447_997, 429_496_729_600_003, Decimal("33.55"),
)  # fmt: skip


def test_money_beyond_every_small_number_is_right_to_the_rupiah(
    huge: tuple[Book, dict[str, int]],
) -> None:
    """A large office would print sums that lost their last digits, or their first."""
    book, ids = huge
    by_key = {f"program/{ids[name]}": HUNDRED for name in ("first", "second", "third")}
    by_key |= {f"program/{ids['fourth']}": ONE, "total": WHOLE}
    for key, (budget, realization, difference, pct) in by_key.items():
        row = book.row("budget_summary", key)
        got = (row["budget"], row["budget_realization"], row["difference"], row["absorption_pct"])
        assert got == (budget, realization, difference, pct)
        shown = book.row("sheet.activities", key)
        assert (shown["budget_initial"], shown["difference"]) == (budget, difference)
        if key != "total":
            for table in ("program_absorption", "performance_and_budget"):
                row = book.row(table, key)
                assert (row["budget"], row["budget_realization"]) == (budget, realization), table
                assert row["absorption_pct"] == pct, table
            assert book.row("agreement_budget", f"{key}/initial")["budget"] == budget
            assert book.row("sheet.programs", key)["budget_initial"] == budget
    for key, row in book.rows("sheet.quarters").items():
        if key.startswith("sub_activity/"):
            assert row["target"] in {HUNDRED[0], ONE[0]}
    outcome = f"indicator/{ids['outcome']}"
    allocated = book.row("objective_allocation", outcome)
    assert (allocated["budget"], allocated["share_pct"]) == (429_496_729_600_000, Decimal("66.45"))
    row = book.row("efficiency", outcome)
    assert (row["achievement_pct"], row["absorption_pct"]) == (Decimal("66.67"), Decimal("33.33"))
    assert row["efficiency_pct"] == Decimal("33.34")


@pytest.fixture(scope="module")
def slips(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Return the book of sums that are too large, open."""
    path = tmp_path_factory.mktemp("slips") / "slips.duckdb"
    write_slips(path)
    with Workspace.open(path) as workspace:
        yield Book(workspace)


def test_a_sum_that_no_column_holds_is_null(slips: Book) -> None:
    """A key held down too long would take the whole budget off the screen."""
    total = slips.row("budget_summary", "total")
    most = 10**18 - 1
    assert (total["budget"], total["budget_realization"]) == (None, -most)
    assert (total["difference"], total["absorption_pct"]) == (None, None)
    first, *others = (r for r in slips.rows("budget_summary").values() if r["level"] == 3)
    assert (first["budget"], first["difference"]) == (most, 2 * most)
    assert first["absorption_pct"] == -100
    assert [(row["budget"], row["difference"]) for row in others] == [(most, None)] * 9
    (program,) = slips.rows("program_absorption").values()
    assert (program["budget"], program["absorption_pct"]) == (None, None)
    people = slips.row("sheet.population", f"population/{YEAR}")
    assert (people["male"], people["total"], people["sex_ratio"]) == (most, 2 * most, 100)
    assert "figure_below_zero" in {finding.check_name for finding in slips.findings()}


# All books


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Return a book in which nothing was typed, open."""
    path = tmp_path_factory.mktemp("nothing") / "nothing.duckdb"
    with Workspace.create(path, "Kecamatan Puri", YEAR) as workspace:
        yield Book(workspace)


@pytest.fixture(scope="module")
def started(
    formulas: tuple[Book, dict[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Book]:
    """Return a copy of the book of formulas with the year after it begun, open."""
    path = tmp_path_factory.mktemp("started") / "started.duckdb"
    formulas[0].workspace.back_up(path)
    with Workspace.open(path) as workspace:
        workspace.start_year(YEAR + 1)
        yield Book(workspace)


@pytest.fixture(scope="module")
def books(  # noqa: PLR0917 - all there are
    formulas: tuple[Book, dict[str, int]],
    quarters: tuple[Book, dict[str, int]],
    money: tuple[Mapping[str, Book], dict[str, int]],
    years: tuple[Book, dict[str, int]],
    huge: tuple[Book, dict[str, int]],
    slips: Book,
    nothing: Book,
    started: Book,
) -> Mapping[str, Book]:
    """Return all books by name."""
    several = {"formulas": formulas, "quarters": quarters, "years": years, "huge": huge}
    return {
        **{name: book for name, (book, _ids) in several.items()},
        **money[0],
        "slips": slips,
        "nothing": nothing,
        "started": started,
    }


WALKS: Final = [
    ("formulas", YEAR), ("started", YEAR + 1), ("quarters", YEAR), ("bare", YEAR),
    ("revised", YEAR), ("years", 2022), ("years", 2023), ("huge", YEAR),
    ("slips", YEAR), ("nothing", YEAR),
]  # fmt: skip
UNPRINTABLE: Final = re.compile(r"\b(?:None|nan|NaN|inf|Infinity)\b")


@pytest.mark.parametrize(("name", "year"), WALKS)
def test_every_view_of_a_difficult_year_reads_and_prints(
    books: Mapping[str, Book], name: str, year: int
) -> None:
    """One odd figure would take a table off the screen, or “nan” into print."""
    workspace = books[name].workspace
    books[name].findings(year)
    for query in workspace.registry.of_kind(Kind.SHEET) + workspace.registry.of_kind(Kind.TABLE):
        found = records.of_query(workspace, query, year)
        rows = list(found.rows)
        keys = Counter(row[found.columns.index("row_key")] for row in rows)
        assert None not in keys, query.full_name
        assert max(keys.values(), default=1) == 1, query.full_name
        values = [value for row in rows for value in row]
        assert not any(isinstance(value, float) for value in values), query.full_name
        out = io.StringIO()
        machine.write_csv(out, records.Records(found.columns, iter(rows)))
        if query.kind is Kind.TABLE:
            markdown.write(out, printed.of_query(workspace, query, year))
        assert not UNPRINTABLE.search(out.getvalue()), query.full_name


def test_no_view_computes_in_binary(nothing: Book) -> None:
    """A figure would bear digits that nobody typed, and other clients would read infinities."""
    types = inside(nothing.workspace).database.read(
        "select schema_name || '.' || table_name || '.' || column_name from duckdb_columns()"
        " where data_type in ('DOUBLE', 'FLOAT')"
        " and schema_name in ('basis', 'sheet', 'report', 'quality')"
    )
    assert types == []


#: Columns of sheets and tables that say where a row stands and how it counts, not what it comes to.
PLACES: Final = {
    "fiscal_year", "number", "level", "population_year", "indicator_count", "program_id",
    "activity_id", "sub_activity_id", "indicator_id", "objective_id", "cap", "decimals",
}  # fmt: skip
#: Columns about other years, which a year that was only begun shows too.
OTHER_YEARS: Final = re.compile(
    r"(realization|achievement)_[12]_before.*|final_.*|target_[1-5]|realization_[1-5]"
)


@pytest.mark.parametrize(
    ("name", "year"), [("started", YEAR + 1), ("years", 2025), ("nothing", YEAR)]
)
def test_a_year_without_results_has_no_figure_at_all(
    books: Mapping[str, Book], name: str, year: int
) -> None:
    """Noughts that nobody typed would be reported as failures."""
    workspace = books[name].workspace
    for query in workspace.registry.of_kind(Kind.SHEET) + workspace.registry.of_kind(Kind.TABLE):
        if query.name in {"office", "report_years", "scales", "rules", "completeness"}:
            continue  # settings, and how many cells are filled: none is a count like another
        found = records.of_query(workspace, query, year)
        types = dict(zip(found.columns, found.types, strict=True))
        figures = [
            n for n, column in enumerate(found.columns)
            if is_number_type(types[column]) and column not in PLACES
            and not OTHER_YEARS.fullmatch(column)
        ]  # fmt: skip
        for row in found.rows:
            assert [row[n] for n in figures] == [None] * len(figures), (query.full_name, row)
