"""Sums of large figures are right to the rupiah, or null where no column holds them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import pytest

from tests.core.difficult.book import YEAR, Book, Desk, written
from tests.core.difficult.laws import all_reads_and_prints


def write_huge(desk: Desk) -> dict[str, int]:
    """Write the money of 301 programs of 2.147.483.648.000; return their ids.

    Three programs have a hundred times that and spent a third, one has it and spent all but
    one rupiah. The first two serve the outcome.
    """
    hundred = {"budget_initial": "214.748.364.800.000", "realization": "71.582.788.266.666"}
    one = {"budget_initial": "2.147.483.648.000", "realization": "2.147.483.647.999"}
    amounts = {"first": hundred, "second": hundred, "third": hundred, "fourth": one}
    ids = desk.indicators("outcome")
    desk.fill("indicators", {f"indicator/{ids['outcome']}": {
        "name": "outcome", "target_initial": "3", "realization": "2",
    }})  # fmt: skip
    for name, cells in amounts.items():
        serves = {"indicator_id": "outcome"} if name in ("first", "second") else {}
        ids[name] = desk.program(budget_initial=cells["budget_initial"], **serves)
        desk.sub_activities(ids[name], cells)
    return ids


def write_slips(desk: Desk) -> dict[str, int]:
    """Write the largest figures that are read, ten of which no column can hold together."""
    most = "999.999.999.999.999.999"
    ids = desk.indicators("outcome")
    desk.fill("indicators", {f"indicator/{ids['outcome']}": {
        "name": "outcome", "target_initial": "99999999999999,9999", "realization": "0,0001",
    }})  # fmt: skip
    desk.sub_activities(
        desk.program(budget_initial=most, indicator_id="outcome"),
        {"budget_initial": most, "realization": f"-{most}"},
        *[{"budget_initial": most}] * 9,
    )
    desk.fill("sheet.population", {f"population/{YEAR}": {"male": most, "female": most}})
    return ids


@pytest.fixture(scope="module")
def huge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Return the book of huge sums, open."""
    with written(tmp_path_factory.mktemp("huge"), write_huge) as book:
        yield book


@pytest.fixture(scope="module")
def slips(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Return the book of sums that are too large, open."""
    with written(tmp_path_factory.mktemp("slips"), write_slips) as book:
        yield book


HUNDRED: Final = (214_748_364_800_000, 71_582_788_266_666, 143_165_576_533_334, Decimal("33.33"))
ONE: Final = (2_147_483_648_000, 2_147_483_647_999, 1, Decimal("100.00"))
WHOLE: Final = (
    646_392_578_048_000, 216_895_848_447_997, 429_496_729_600_003, Decimal("33.55"),
)  # fmt: skip


def test_money_beyond_every_small_number_is_right_to_the_rupiah(
    huge: Book,
) -> None:
    """A large office would print sums that lost their last digits, or their first."""
    hundred = [huge.key(f"program/{name}") for name in ("first", "second", "third")]
    by_key = {**dict.fromkeys(hundred, HUNDRED), huge.key("program/fourth"): ONE, "total": WHOLE}
    for key, (budget, realization, difference, pct) in by_key.items():
        row = huge.row("budget_summary", key)
        got = (row["budget"], row["budget_realization"], row["difference"], row["absorption_pct"])
        assert got == (budget, realization, difference, pct)
        shown = huge.row("sheet.activities", key)
        assert (shown["budget_initial"], shown["difference"]) == (budget, difference)
        if key != "total":
            for table in ("program_absorption", "performance_and_budget"):
                row = huge.row(table, key)
                assert (row["budget"], row["budget_realization"]) == (budget, realization), table
                assert row["absorption_pct"] == pct, table
            assert huge.row("agreement_budget", f"{key}/initial")["budget"] == budget
            assert huge.row("sheet.programs", key)["budget_initial"] == budget
    for key, row in huge.rows("sheet.quarters").items():
        if key.startswith("sub_activity/"):
            assert row["target"] in {HUNDRED[0], ONE[0]}
    outcome = huge.key("indicator/outcome")
    allocated = huge.row("objective_allocation", outcome)
    assert (allocated["budget"], allocated["share_pct"]) == (429_496_729_600_000, Decimal("66.45"))
    row = huge.row("efficiency", outcome)
    assert (row["achievement_pct"], row["absorption_pct"]) == (Decimal("66.67"), Decimal("33.33"))
    assert row["efficiency_pct"] == Decimal("33.34")


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


@pytest.mark.parametrize("name", ["huge", "slips"])
def test_every_view_of_large_sums_reads_and_prints(huge: Book, slips: Book, name: str) -> None:
    """One odd figure would take a table off the screen, or “nan” into print."""
    all_reads_and_prints({"huge": huge, "slips": slips}[name], YEAR)
