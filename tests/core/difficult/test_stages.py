"""Money and targets count by the stage in force: the first agreement, or its revision."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

import pytest

from tests.core.difficult.book import YEAR, Book, Desk, copied, exact, written
from tests.core.difficult.laws import all_reads_and_prints

#: What each program serves in both stages, and the amount that it was first agreed with.
PROGRAMS: Final = {
    "mixed": ("reached", "1.000"),
    "without kegiatan": ("reached", "5.000.000"),
    "without subs": ("", ""),
    "of nought": ("open", ""),
    "only spent": ("dropped", ""),
    "left out": ("", ""),
}


def write(desk: Desk) -> dict[str, int]:
    """Write budgets of the first agreement; return the ids of what is in them.

    `mixed` holds the sub kegiatan kept, gone, added and unknown.
    """
    ids = desk.indicators("reached", "open", "dropped")
    ids["empty objective"] = desk.insert("objectives")
    desk.fill("indicators", {
        f"indicator/{ids['reached']}": {
            "name": "reached", "target_initial": "50", "realization": "40",
        },
        f"indicator/{ids['open']}": {"name": "open", "target_initial": "10"},
        f"indicator/{ids['dropped']}": {
            "name": "dropped", "target_initial": "5", "realization": "5",
        },
    })  # fmt: skip
    for name, (outcome, amount) in PROGRAMS.items():
        ids[name] = desk.program(name=name, indicator_id=outcome, budget_initial=amount)
    ids["kept"], ids["gone"], ids["added"], ids["unknown"] = desk.sub_activities(
        ids["mixed"],
        {"budget_initial": "2.147.483.648.000", "realization": "536.870.912.000"},
        {"budget_initial": "1.000.000.000.000", "realization": "400.000.000.000"},
        {"realization": "250.000.000.000"},
        {},
    )
    ids["activity"] = desk.insert("activities", program_id=ids["without subs"])
    for program, name, cells in (
        ("of nought", "nought", {"budget_initial": "0", "realization": "0"}),
        ("only spent", "spent", {"realization": "7.000"}),
        ("left out", "outer", {"budget_initial": "600.000", "realization": "300.000"}),
    ):
        (ids[name],) = desk.sub_activities(ids[program], cells)
    return ids


def agree_anew(book: Book) -> None:
    """Fill the revision: all programs but one, and not every sub kegiatan and indicator."""
    desk = Desk(book.workspace)
    desk.fill("programs", {
        book.key(f"program/{name}"): {"budget_revised": "6.000.000", "indicator_id": outcome}
        for name, (outcome, _amount) in PROGRAMS.items() if name != "left out"
    })  # fmt: skip
    desk.fill("activities", {
        book.key("sub_activity/kept"): {"budget_revised": "2.147.483.648.000"},
        book.key("sub_activity/added"): {"budget_revised": "500.000.000.000"},
        book.key("sub_activity/nought"): {"budget_revised": "0"},
        book.key("sub_activity/outer"): {"budget_revised": "600.000"},
    })  # fmt: skip
    desk.fill("indicators", {
        book.key("indicator/reached"): {"target_revised": "64"},
        book.key("indicator/open"): {"target_revised": "10"},
    })  # fmt: skip


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Book]]:
    """Return the same budgets by the initial stage, by a bare revision and by a filled one."""
    folder = tmp_path_factory.mktemp("stages")
    with (
        written(folder, write) as initial,
        copied(initial, folder / "bare.duckdb") as bare,
    ):
        Desk(bare.workspace).fill_year(stage="revised")
        with copied(bare, folder / "revised.duckdb") as revised:
            agree_anew(revised)
            yield {"initial": initial, "bare": bare, "revised": revised}


#: Budget, realization, difference and percent of each row, by what the stage in force makes of it.
Money = tuple[int | None, int | None, int | None, str | None]
NOTHING: Final[Money] = (None, None, None, None)
INITIAL: Final[Mapping[str, Money]] = {
    "total": (3_147_484_248_000, 1_186_871_219_000, 1_960_613_029_000, "37.71"),
    "program/mixed": (3_147_483_648_000, 1_186_870_912_000, 1_960_612_736_000, "37.71"),
    "sub_activity/kept": (2_147_483_648_000, 536_870_912_000, 1_610_612_736_000, "25.00"),
    "sub_activity/gone": (1_000_000_000_000, 400_000_000_000, 600_000_000_000, "40.00"),
    "sub_activity/added": (None, 250_000_000_000, None, None),
    "sub_activity/unknown": NOTHING,
    "program/of nought": (0, 0, 0, None),
    "sub_activity/nought": (0, 0, 0, None),
    "program/only spent": (None, 7_000, None, None),
    "sub_activity/spent": (None, 7_000, None, None),
    "program/left out": (600_000, 300_000, 300_000, "50.00"),
    "sub_activity/outer": (600_000, 300_000, 300_000, "50.00"),
}
SUMMARY: Final[Mapping[str, Mapping[str, Money]]] = {
    "initial": INITIAL,
    # What was spent is all that a revision without budgets leaves.
    "bare": {name: (None, money[1], None, None) for name, money in INITIAL.items()},
    "revised": {
        **INITIAL,
        "total": (2_647_484_248_000, 1_186_871_219_000, 1_460_613_029_000, "44.83"),
        "program/mixed": (2_647_483_648_000, 1_186_870_912_000, 1_460_612_736_000, "44.83"),
        "sub_activity/gone": (None, 400_000_000_000, None, None),
        "sub_activity/added": (500_000_000_000, 250_000_000_000, 250_000_000_000, "50.00"),
    },
}
STAGES: Final = list(SUMMARY)


@pytest.mark.parametrize("stage", STAGES)
def test_the_budget_counts_by_the_stage_in_force(books: Mapping[str, Book], stage: str) -> None:
    """What the revision dropped would come back, or what it added be missing."""
    book, expected = books[stage], SUMMARY[stage]
    summary = book.rows("budget_summary")
    for name, (budget, realization, difference, pct) in expected.items():
        key = book.key(name)
        row = summary[key]
        got = (row["budget"], row["budget_realization"], row["difference"], row["absorption_pct"])
        assert got == (budget, realization, difference, exact(pct)), name
        shown = book.row("sheet.activities", key)
        assert (shown["realization"], shown["difference"]) == (realization, difference), name
        assert shown["absorption_pct"] == exact(pct), name
        if name.startswith("sub_activity/"):
            spread = book.row("sheet.quarters", key)
            assert (spread["target"], spread["realization"]) == (budget, realization), name
    # Beside these, one kegiatan a program that has some: the report names nothing else.
    kegiatan = [key for key in summary if key.startswith("activity/")]
    assert len(summary) == len(expected) + len(kegiatan)
    assert len(kegiatan) == 4
    # What waits to be filled stands in the sheet, and says nothing.
    for name in ("program/without kegiatan", "program/without subs", "activity/activity"):
        key = book.key(name)
        row = book.row("sheet.activities", key)
        columns = ("budget_initial", "budget_revised", "realization", "difference")
        assert [row[column] for column in columns] == [None] * 4
        assert key not in summary


@pytest.mark.parametrize("stage", STAGES)
def test_programs_count_by_the_agreement_in_force(books: Mapping[str, Book], stage: str) -> None:
    """A program would stand in the report with the amount that was agreed, not spent."""
    book = books[stage]
    agreed = {
        "initial": ["mixed", "without kegiatan", "without subs", "of nought", "only spent",
                    "left out"],
        "bare": [],
        "revised": ["mixed", "without kegiatan", "without subs", "of nought", "only spent"],
    }[stage]  # fmt: skip
    keys = {book.key(f"program/{name}"): f"program/{name}" for name in agreed}
    assert list(book.rows("program_absorption")) == list(keys)
    assert sorted(book.rows("performance_and_budget")) == sorted(keys)
    for key, name in keys.items():
        budget, realization, _difference, pct = SUMMARY[stage].get(name, NOTHING)
        for table in ("program_absorption", "performance_and_budget"):
            row = book.row(table, key)
            got = (row["budget"], row["budget_realization"], row["absorption_pct"])
            assert got == (budget, realization, exact(pct)), (table, name)


def test_the_agreement_keeps_both_stages(
    books: Mapping[str, Book],
) -> None:
    """The first agreement would be lost when the revision comes."""

    def amounts(book: str, stage: str) -> dict[str, int | None]:
        names = {books[book].ids[name]: name for name in PROGRAMS}
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

    reached, open_, dropped = map(
        books["initial"].key, ("indicator/reached", "indicator/open", "indicator/dropped")
    )
    initial = {f"{reached}/initial": 50, f"{open_}/initial": 10, f"{dropped}/initial": 5}
    assert targets("initial") == targets("bare") == initial
    assert targets("revised") == {**initial, f"{reached}/revised": 64, f"{open_}/revised": 10}


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
def test_outcomes_have_the_money_of_what_serves_them(books: Mapping[str, Book], stage: str) -> None:
    """Efficiency would be counted from money of another stage, or from none as if it were 0."""
    book, expected = books[stage], OUTCOMES[stage]
    keys = {name: book.key(f"indicator/{name}") for name in expected}
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
    books: Mapping[str, Book], stage: str, expected: dict[str, str | None]
) -> None:
    """Targets that the revision gave up would still be held against the office."""
    book = books[stage]
    keys = {book.key(f"indicator/{name}"): exact(pct) for name, pct in expected.items()}
    for table in ("achievement", "quarterly_plan", "factor_analysis"):
        rows = book.rows(table)
        assert {key: row["achievement_pct"] for key, row in rows.items()} == keys, table
    indicators = book.rows("sheet.indicators")
    for name in ("reached", "open", "dropped"):
        key = book.key(f"indicator/{name}")
        assert indicators[key]["achievement_pct"] == keys.get(key)
    # An objective without indicators waits in the sheets and stands in no table.
    empty = book.key("objective/empty objective")
    assert empty in indicators
    assert book.row("objectives", empty)["indicator_count"] == 0


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
    books: Mapping[str, Book], stage: str, check: str, names: list[str]
) -> None:
    """Spending without a budget would vanish from every percent without a word."""
    found = [f.row_key for f in books[stage].findings() if f.check_name == check]
    assert sorted(str(key).rpartition("/")[2] for key in found) == sorted(
        str(books[stage].ids[name]) for name in names
    )


def test_a_program_names_its_outcome_even_where_no_plan_does(
    books: Mapping[str, Book],
) -> None:
    """Tables 3.5 and 3.7 would name an indicator that 3.6 leaves out."""
    book = books["revised"]
    row = book.row("performance_and_budget", book.key("program/only spent"))
    assert (row["indicator_name"], row["objective_id"]) == ("dropped", book.ids["objective"])
    assert (row["target"], row["realization"], row["achievement_pct"]) == (None, None, None)
    for table in ("objective_allocation", "efficiency"):
        shown = book.row(table, book.key("indicator/dropped"))
        assert shown["indicator_name"] == "dropped"


@pytest.mark.parametrize("stage", ["bare", "revised"])
def test_every_view_of_a_revision_reads_and_prints(books: Mapping[str, Book], stage: str) -> None:
    """One odd figure would take a table off the screen, or “nan” into print."""
    all_reads_and_prints(books[stage], YEAR)
