"""Years, plans and results that are missing leave a gap, which is neither nought nor shifted."""

from collections.abc import Iterator
from typing import Any

import pytest

from lkjip_tui.core.figures.values import NULL_SIGN
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.transfer import printed
from tests.core.difficult.book import PLAN, YEAR, Book, Desk, exact, written
from tests.core.difficult.laws import all_reads_and_prints, no_view_has_a_figure
from tests.core.support import inside, open_new_office, row_of


def write(desk: Desk) -> dict[str, int]:
    """Write years around a strategic plan from 2022 to 2026; return the ids of their things.

    2020 lies before the plan, 2021 has no report, 2022 has all, 2023 has lost the plan's years
    and has no result but that of an indicator outside all plans, 2025 was started two years on.
    """
    workspace = desk.workspace
    desk.plan(*PLAN)
    ids = desk.indicators("indicator")
    key = f"indicator/{ids['indicator']}"
    desk.fill("indicators", {key: {"target_initial": "10", "realization": "8"}})
    workspace.start_year(2022)
    desk = Desk(workspace, 2022)
    desk.fill("indicators", {key: {
        "target_initial": "20", "target_strategic": "16", "final_target": "40",
        "realization_1_before": "12", "realization": "18",
    }})  # fmt: skip
    desk.fill("national_comparison", {key: {"national_value": "20"}})
    ids |= _services(desk)
    desk.fill("sheet.population", {
        "population/2022": {"male": "120", "female": "0"},
        "population/2021": {"female": "100"},
    })  # fmt: skip
    workspace.start_year(2023)
    desk = Desk(workspace, 2023)
    desk.fill_year(strategic_start_year="", strategic_end_year="")
    desk.fill("sheet.population", {"population/2023": {"male": "0", "female": "100"}})
    ids["outside"] = desk.insert("indicators", objective_id=ids["objective"])
    key = f"indicator/{ids['outside']}"
    desk.fill("indicators", {key: {"realization": "5"}})
    agreed = row_of(workspace, "performance_agreement", f"{key}/initial", 2023)
    query = workspace.find("performance_agreement")
    workspace.apply(workspace.deletion(query, [agreed], 2023))
    workspace.start_year(2025)
    return ids


def _services(desk: Desk) -> dict[str, int]:
    """Make services of three groups, the last of which has nothing."""
    figures = {
        "whole": ("A", "100", "90"), "unknown": ("A", "", ""), "nought": ("B", "0", "5"),
        "unplanned": ("B", "", "80"), "waiting": ("C", "", ""),
    }  # fmt: skip
    ids = {name: desk.insert("services") for name in figures}
    desk.fill("services", {
        f"service/{ids[name]}": {
            column: text
            for column, text in zip(("service_group", "target", "realization"), texts, strict=True)
            if text
        }
        for name, texts in figures.items()
    })  # fmt: skip
    return ids


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Return the book of years, open."""
    with written(tmp_path_factory.mktemp("years"), write, 2020) as book:
        yield book


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Return a book in which nothing was typed, open."""
    path = tmp_path_factory.mktemp("nothing") / "nothing.duckdb"
    with open_new_office(path, "Kecamatan Puri", YEAR) as workspace:
        yield Book(workspace)


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
    years: Book, year: int, table: str, expected: dict[str, str | None]
) -> None:
    """A missing year would be read as a year without success, or shift the others."""
    row = years.row(table, years.key("indicator/indicator"), year)
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
    years: Book, year: int, tables: list[str]
) -> None:
    """Targets of another plan would stand in the year's report."""
    for table in tables:
        assert years.rows(table, year) == {}, table


def test_a_result_outside_every_plan_stands_in_no_table(
    years: Book,
) -> None:
    """An indicator that nobody promised would be reported, or its result be lost."""
    key = years.key("indicator/outside")
    row = years.row("sheet.indicators", key)
    assert (row["target_initial"], row["realization"], row["achievement_pct"]) == (None, 5, None)
    for table in years.workspace.registry.of_kind(Kind.TABLE):
        assert not [name for name in years.rows(table.full_name) if name.startswith(key)]


def test_a_caption_without_the_plan_s_years_shows_that_they_are_missing(
    years: Book,
) -> None:
    """“None – None” would be printed above a table."""
    workspace = years.workspace
    for name in ("strategic_progress", "strategic_matrix"):
        (table,) = printed.of_query(workspace, workspace.find(name), YEAR)
        assert table.caption.endswith(f" {NULL_SIGN} – {NULL_SIGN}")
        assert not any("None" in column.whole_heading for column in table.columns)


def test_services_without_figures_are_null_and_count_in_no_mean(
    years: Book,
) -> None:
    """A service that nobody measured would pull its group down to nought."""
    expected: dict[str, tuple[str | None, str | None, str | None]] = {
        years.key("service/whole"): ("100", "90", "90"),
        years.key("service/unknown"): (None, None, None),
        "group/1": ("100", "90", "90"),
        years.key("service/nought"): ("0", "5", None),
        years.key("service/unplanned"): (None, "80", None),
        "group/2": ("0", "42.5", None),
        years.key("service/waiting"): (None, None, None),
        "group/3": (None, None, None),
        "total": ("50", "58.33", "116.67"),
    }
    rows = years.rows("service_coverage", 2022)
    columns = ("target_pct", "realization_pct", "coverage_pct")
    assert {key: tuple(row[column] for column in columns) for key, row in rows.items()} == {
        key: tuple(map(exact, texts)) for key, texts in expected.items()
    }
    for key in rows.keys() & years.rows("sheet.services", 2022).keys():
        row = years.row("sheet.services", key, 2022)
        assert (row["target"], row["realization"], row["coverage_pct"]) == tuple(
            map(exact, expected[key])
        )
    for row in years.rows("service_coverage", YEAR).values():
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
    years: Book, name: str, year: int, of: int, expected: tuple[Any, ...]
) -> None:
    """A ratio to no women would be infinite, and an uncounted village empty."""
    row = years.row(name, f"population/{of}", year)
    assert (row["male"], row["female"], row["total"], row["sex_ratio"]) == expected


def test_no_view_computes_in_binary(nothing: Book) -> None:
    """A figure would bear digits that nobody typed, and other clients would read infinities."""
    types = inside(nothing.workspace).database.read(
        "select schema_name || '.' || table_name || '.' || column_name from duckdb_columns()"
        " where data_type in ('DOUBLE', 'FLOAT')"
        " and schema_name in ('basis', 'sheet', 'report', 'quality')"
    )
    assert types == []


@pytest.mark.parametrize(
    ("name", "year"),
    [("years", 2022), pytest.param("years", 2023, marks=pytest.mark.slow), ("nothing", YEAR)],
)
def test_every_view_with_gaps_reads_and_prints(
    years: Book, nothing: Book, name: str, year: int
) -> None:
    """One odd figure would take a table off the screen, or “nan” into print."""
    all_reads_and_prints({"years": years, "nothing": nothing}[name], year)


@pytest.mark.parametrize(("name", "year"), [("years", 2025), ("nothing", YEAR)])
def test_a_year_without_results_has_no_figure_at_all(
    years: Book, nothing: Book, name: str, year: int
) -> None:
    """Noughts that nobody typed would be reported as failures."""
    no_view_has_a_figure({"years": years, "nothing": nothing}[name], year)
