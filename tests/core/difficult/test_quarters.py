"""Quarters make one year: by sum, by the last that is filled or by their mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Final

import pytest

from tests.core.difficult.book import PLAN, YEAR, Book, Desk, copied, exact, written
from tests.core.difficult.laws import all_reads_and_prints


@dataclass(frozen=True, slots=True)
class Case:
    """An indicator of quarters as they are typed, and what a hand makes of them.

    `emptied` names cells that were typed and then cleared again.
    """

    name: str
    rule: str
    targets: Sequence[str] = ("", "", "", "")
    results: Sequence[str] = ("", "", "", "")
    target: str = ""
    result: str = ""
    emptied: Sequence[str] = ()
    kind: str = "index"
    formula: str = "maximize"
    year_target: str | None = None
    year_result: str | None = None
    words: str | None = None
    pct: str | None = None

    @property
    def cells(self) -> Mapping[str, str]:
        """What is typed, by column of the sheet of quarters."""
        cells = {f"target_q{n}": text for n, text in enumerate(self.targets, 1)}
        cells |= {f"realization_q{n}": text for n, text in enumerate(self.results, 1)}
        cells |= {"target": self.target, "realization": self.result}
        return {name: text for name, text in cells.items() if text}


CASES: Final = [
    Case(
        "sum of some", "sum", ("10", "20", "30", "40"), ("5", "", "15", "9"),
        emptied=("realization_q4",), year_target="100", year_result="20", pct="20.00",
    ),
    Case(
        "last that is filled", "last", ("25", "50", "75", "100"), ("20", "45", "70", ""),
        emptied=("realization_q3",), year_target="100", year_result="45", pct="45.00",
    ),
    Case(
        "mean of three", "mean", ("80", "80", "80", "80"), ("79", "80", "84", ""),
        year_target="80", year_result="81", pct="101.25",
    ),
    Case(
        "mean without end", "mean", results=("10", "10", "11", ""), target="10",
        year_target="10", year_result="10.3333", pct="103.33",
    ),
    Case(
        "quarters all emptied", "sum", results=("7", "8", "", ""), target="100",
        emptied=("realization_q1", "realization_q2"), year_target="100",
    ),
    Case("targets alone", "sum", ("1", "2", "3", "4"), year_target="10"),
    Case(
        "a nought in a quarter", "sum", results=("0", "", "", ""), target="10",
        year_target="10", year_result="0", pct="0.00",
    ),
    Case(
        "year and quarters", "sum", results=("30", "40", "25", ""), target="100", result="90",
        year_target="100", year_result="90", pct="90.00",
    ),
    Case(
        "year emptied", "sum", results=("4", "6", "", ""), target="40", result="90",
        emptied=("realization",), year_target="40", year_result="10", pct="25.00",
    ),
    Case(
        "words of the last", "last", results=("70 Kurang Baik", "80 Baik", "", ""), target="80",
        year_target="80", year_result="80", words="Baik", pct="100.00",
    ),
    Case(
        "a year of its own", "last", results=("70 Kurang Baik", "80 Baik", "", ""), target="80",
        result="90", year_target="80", year_result="90", pct="112.50",
    ),
    Case(
        "kept at last", "last", results=("Belum", "Terlaksana", "", ""), target="Terlaksana",
        kind="text", formula="met", words="Terlaksana", pct="100.00",
    ),
    Case(
        "lessened by quarters", "sum", ("1", "1", "1", "1"), ("0", "2", "", "3"),
        formula="minimize", year_target="4", year_result="5", pct="75.00",
    ),
]  # fmt: skip


def write(desk: Desk) -> dict[str, int]:
    """Write an indicator a case, all in the strategic plan with 50; return their ids.

    Two sub kegiatan have quarters too: one 100, nothing and 300; one 500 in the year, but 100
    and 200 in its quarters.
    """
    desk.plan(*PLAN)
    ids = desk.indicators(*(case.name for case in CASES))
    keys = {case.name: f"indicator/{ids[case.name]}" for case in CASES}
    desk.fill("indicators", {
        keys[case.name]: {
            "name": case.name, "value_kind": case.kind, "formula": case.formula,
            "quarter_rule": case.rule,
        }
        for case in CASES
    })  # fmt: skip
    desk.fill("indicators", {key: {"target_strategic": "50"} for key in keys.values()})
    desk.fill("quarters", {keys[case.name]: case.cells for case in CASES})
    for case in CASES:
        for name in case.emptied:
            desk.fill("quarters", {keys[case.name]: {name: ""}})
    first, second = desk.sub_activities(desk.program(), *[{"budget_initial": "1.000"}] * 2)
    desk.fill("quarters", {
        f"sub_activity/{first}": {"realization_q1": "100", "realization_q3": "300"},
        f"sub_activity/{second}": {
            "realization": "500", "realization_q1": "100", "realization_q2": "200",
        },
    })  # fmt: skip
    return {**ids, "first": first, "second": second}


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Return the book of quarters, open."""
    with written(tmp_path_factory.mktemp("quarters"), write) as book:
        yield book


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_quarters_make_one_year_in_every_table(quarters: Book, case: Case) -> None:
    """A year would be added up wrongly, or be nought for the quarters that are still to come."""
    key = quarters.key(f"indicator/{case.name}")
    target, result, pct = map(exact, (case.year_target, case.year_result, case.pct))
    for name in ("achievement", "sheet.quarters"):
        row = quarters.row(name, key)
        assert (row["target"], row["realization"]) == (target, result), name
        assert row["realization_label"] == case.words, name
    for name in ("achievement", "quarterly_plan", "factor_analysis", "sheet.indicators"):
        assert quarters.row(name, key)["achievement_pct"] == pct, name
    assert quarters.row("sheet.indicators", key)["target_initial"] == target
    # The strategic plan wants 50 of each, which is no word that could be kept.
    strategic = None if result is None else (result * 2).quantize(Decimal("0.01"), ROUND_HALF_UP)
    strategic = {"minimize": Decimal(190), "met": Decimal(0)}.get(case.formula, strategic)
    for name, column, percent in (
        ("yearly_comparison", "realization", "achievement_pct"),
        ("strategic_progress", "realization", None),
        ("national_comparison", "realization", None),
        ("strategic_matrix", "realization_2", "achievement_pct"),
    ):
        row = quarters.row(name, key)
        assert (row[column], row[f"{column}_label"]) == (result, case.words), name
        assert percent is None or row[percent] == strategic, name
    shown = quarters.row("quarterly_plan", key)
    for n in range(1, 5):
        for column, texts in (("target", case.targets), ("realization", case.results)):
            text = "" if f"{column}_q{n}" in case.emptied else texts[n - 1]
            figure, _space, words = text.partition(" ")
            if case.kind == "text":
                figure, words = "", text
            got = (shown[f"{column}_q{n}"], shown[f"{column}_q{n}_label"])
            assert got == (exact(figure or None), words or None), f"{column}_q{n}"


def test_a_year_typed_above_its_quarters_can_be_typed_again(quarters: Book, tmp_path: Path) -> None:
    """The words of a quarter would lock the year's own figure."""
    key = quarters.key("indicator/a year of its own")
    with copied(quarters, tmp_path / "copy.duckdb") as copy:
        Desk(copy.workspace).fill("indicators", {key: {"realization": "85"}})
        assert copy.row("achievement", key)["realization"] == 85


def test_money_of_quarters_makes_one_year(quarters: Book) -> None:
    """A year's spending would be counted twice, or lost."""
    spent = {quarters.key("sub_activity/first"): 400, quarters.key("sub_activity/second"): 500}
    for key, amount in spent.items():
        assert quarters.row("sheet.quarters", key)["realization"] == amount
        assert quarters.row("sheet.activities", key)["realization"] == amount
        summary = quarters.row("budget_summary", key)
        assert (summary["budget_realization"], summary["difference"]) == (amount, 1000 - amount)
    total = quarters.row("budget_summary", "total")
    assert (total["budget"], total["budget_realization"], total["absorption_pct"]) == (
        2000, 900, 45,
    )  # fmt: skip
    (program,) = quarters.rows("program_absorption").values()
    assert (program["budget_realization"], program["absorption_pct"]) == (900, 45)


def test_a_year_that_differs_from_its_quarters_is_told(
    quarters: Book,
) -> None:
    """Two figures would stand for one year, and nobody would know of the second."""
    differing = {
        (finding.row_key, finding.stated, finding.computed)
        for finding in quarters.findings()
        if finding.check_name == "year_differs_from_quarters"
    }
    assert differing == {
        (quarters.key("indicator/year and quarters"), 90, 95),
        (quarters.key("indicator/a year of its own"), 90, 80),
        (quarters.key("sub_activity/second"), 500, 300),
    }


def test_every_view_of_quarters_reads_and_prints(quarters: Book) -> None:
    """One odd figure would take a table off the screen, or “nan” into print."""
    all_reads_and_prints(quarters, YEAR)
