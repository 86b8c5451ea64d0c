"""A new fiscal year begins with the structure of the last one, and with nothing to report yet."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lkjip_tui.core.acts import RowMade
from lkjip_tui.core.changes.years import years_of
from lkjip_tui.core.errors import InputRefused, UsageError
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.core.workspace import Workspace
from tests.core.support import facts_of, inside, put, row_of, rows_of

FIGURES = (
    "amount", "value", "upper_value", "label", "note", "target", "realization", "male", "female",
    "body",
)  # fmt: skip
STAGES = ("initial", "revised")


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


def held_in(workspace: Workspace, year: int) -> dict[str, list[dict[str, Any]]]:
    """Return what each table of figures and passages holds of a year, by column."""
    held = {}
    for name, table in inside(workspace).facts.tables.items():
        if "fiscal_year" in table.columns:
            rows = inside(workspace).facts.rows(name, (("fiscal_year", year),))
            held[name] = [dict(row) for row in rows]
    return held


def keys_of(workspace: Workspace, name: str, year: int) -> Iterator[str]:
    """Return the keys of a view's rows."""
    return (row["row_key"] for row in rows_of(workspace, name, year))


def test_a_new_year_has_the_structure_and_no_figures(office: Workspace) -> None:
    """Last year's figures would stand in this year's report."""
    before = facts_of(office)
    act = office.start_year(2022)
    years = office.office.years
    assert years == (2021, 2022)
    assert all(isinstance(change, RowMade) for change in act.changes)
    old, new = held_in(office, 2021), held_in(office, 2022)
    for rows in new.values():
        for row in rows:
            is_place = re.fullmatch(r"(\{[\w.:]+\}\s*)+", str(row.get("body")))
            figures = [name for name in FIGURES if name != "body" or not is_place]
            assert all(row[name] is None for name in figures if name in row), row
    assert any(row["body"] for row in new["section"]), "where tables stand is structure"
    # In force in 2021 was the revision; it begins 2022 as the first agreement.
    (year,) = new["report_year"]
    assert year["stage"] == "initial"
    assert year["head_name"] == "MASLUCHMAN, SH, MSi"
    for table, thing in (
        ("program_budget", "program_id"),
        ("sub_activity_budget", "sub_activity_id"),
    ):
        revised = [row[thing] for row in old[table] if row["stage"] == "revised"]
        assert [(row[thing], row["stage"]) for row in new[table]] == [
            (r, "initial") for r in revised
        ]
    assert {row["plan"] for row in new["indicator_target"]} == {
        "annual_plan", "initial", "strategic",
    }  # fmt: skip
    agreed = [
        sorted(row["indicator_id"] for row in held["indicator_target"] if row["plan"] == plan)
        for held, plan in ((old, "revised"), (new, "initial"))
    ]
    assert agreed[0] == agreed[1]
    # A program goes on serving its outcome, and the report keeps its chapters.
    serves = {row["program_id"]: row["indicator_id"] for row in new["program_budget"]}
    assert serves == {
        row["program_id"]: row["indicator_id"]
        for row in old["program_budget"]
        if row["stage"] == "revised"
    }
    told = [
        [(row["chapter"], row["number"], row["title"]) for row in held["section"]]
        for held in (old, new)
    ]
    assert sorted(told[0], key=str) == sorted(told[1], key=str)
    # Nothing of the year before was touched.
    assert held_in(office, 2021) == old
    office.undo()
    assert facts_of(office) == before
    assert office.year(None) == 2021


def test_a_year_taken_back_can_be_started_again_and_filled(office: Workspace) -> None:
    """A slip with the year's number would stay for ever."""
    office.start_year(2022)
    office.undo()
    office.start_year(2022)
    before = {sheet: rows_of(office, sheet, 2021) for sheet in sheets(office)}
    put(office, "activities", "sub_activity/3", "budget_initial", "3.000", 2022)
    put(office, "activities", "sub_activity/3", "realization", "1.500", 2022)
    row = row_of(office, "activities", "program/1", 2022)
    assert (row["budget_initial"], row["realization"]) == (3000, 1500)
    assert str(row["absorption_pct"]) == "50.00"
    put(office, "indicators", "indicator/10", "realization", "82 Baik", 2022)
    assert row_of(office, "indicators", "indicator/10", 2022)["realization"] == 82
    # 2021 is untouched, and 2022 compares itself with it.
    assert {sheet: rows_of(office, sheet, 2021) for sheet in sheets(office)} == before
    old = row_of(office, "indicators", "indicator/10", 2021)["realization"]
    assert row_of(office, "indicators", "indicator/10", 2022)["realization_1_before"] == old


def sheets(workspace: Workspace) -> list[str]:
    """Return the names of all sheets."""
    return [sheet.full_name for sheet in workspace.registry.of_kind(Kind.SHEET)]


def test_every_row_of_the_agreement_is_there_to_be_filled(office: Workspace) -> None:
    """A user would have to type the whole structure again, every year."""
    office.start_year(2022)
    for name in ("activities", "programs", "services"):
        assert list(keys_of(office, name, 2022)) == list(keys_of(office, name, 2021))
    assert set(keys_of(office, "sections", 2022)).isdisjoint(keys_of(office, "sections", 2021))
    kept = set(keys_of(office, "indicators", 2022))
    assert kept <= set(keys_of(office, "indicators", 2021))
    findings, faults = office.findings(2022)
    assert faults == []
    assert all(finding.fiscal_year == 2022 for finding in findings)


def test_figures_that_the_new_year_has_already_stay(fresh: Workspace) -> None:
    """A strategic target set in advance would be refused, or overwritten with nothing."""
    with inside(fresh).database.transaction() as transaction:
        transaction.change(
            "insert into indicator_target values (10, 2022, 'strategic', 0, 82, null, null)"
        )
        transaction.change("insert into population values (2022, 5, 6)")
    fresh.start_year(2022)
    stored = inside(fresh).facts.stored
    key = (("indicator_id", 10), ("fiscal_year", 2022), ("plan", "strategic"), ("quarter", 0))
    assert stored("indicator_target", key, "value") == (True, 82)
    assert stored("population", (("fiscal_year", 2022),), "male") == (True, 5)
    fresh.undo()
    assert stored("indicator_target", key, "value") == (True, 82)


def test_a_revision_begins_with_what_was_agreed(office: Workspace) -> None:
    """Tables 3.1 and 3.9 would be empty from the day on that the revision is in force."""
    office.start_year(2022)
    put(office, "indicators", "indicator/4", "target_initial", "80", 2022)
    put(office, "programs", "program/1", "budget_initial", "5.000.000", 2022)
    put(office, "activities", "sub_activity/3", "budget_initial", "3.000.000", 2022)
    put(office, "activities", "sub_activity/3", "budget_revised", "2.000.000", 2022)
    before = facts_of(office)
    tables = ("achievement", "agreement_budget", "performance_agreement")
    agreed = {name: [*keys_of(office, name, 2022)] for name in tables}
    assert office.unrevised(2022) == 0
    office.put_revision_in_force(2022, fill=False)
    assert row_of(office, "achievement", "indicator/4", 2022)["target"] == 80
    assert [*keys_of(office, "achievement", 2022)] == agreed["achievement"]
    for name in ("agreement_budget", "performance_agreement"):
        keys = {*keys_of(office, name, 2022)}
        assert keys == {key.replace("initial", stage) for key in agreed[name] for stage in STAGES}
    assert row_of(office, "activities", "program/1", 2022)["budget_revised"] == 2_000_000
    assert row_of(office, "programs", "program/1", 2022)["budget_revised"] == 5_000_000
    with pytest.raises(UsageError):
        office.put_revision_in_force(2022, fill=True)
    office.undo()
    assert facts_of(office) == before


@pytest.mark.parametrize(("fill", "total"), [(True, 3_500_000), (False, 2_000_000)])
def test_what_a_revision_leaves_out_is_asked_about(
    office: Workspace, *, fill: bool, total: int
) -> None:
    """One revised budget would take all the others away, or bring back what was dropped."""
    office.start_year(2022)
    for number, amount in ((3, "3.000.000"), (4, "1.500.000")):
        put(office, "activities", f"sub_activity/{number}", "budget_initial", amount, 2022)
    put(office, "activities", "sub_activity/3", "budget_revised", "2.000.000", 2022)
    assert office.unrevised(2022) == 1
    office.put_revision_in_force(2022, fill=fill)
    assert row_of(office, "activities", "program/1", 2022)["budget_revised"] == total


def test_a_revised_figure_that_was_cleared_is_none(office: Workspace) -> None:
    """Typed once and taken out, it would leave the whole year without money."""
    office.start_year(2022)
    put(office, "activities", "sub_activity/3", "budget_initial", "3.000.000", 2022)
    put(office, "activities", "sub_activity/3", "budget_revised", "1", 2022)
    put(office, "activities", "sub_activity/3", "budget_revised", "", 2022)
    office.put_revision_in_force(2022, fill=False)
    assert row_of(office, "activities", "program/1", 2022)["budget_revised"] == 3_000_000


def test_a_year_starts_from_the_one_that_is_named(office: Workspace) -> None:
    """A plan three years ahead would copy a year that is not finished."""
    office.start_year(2022)
    for row_key in ("program/2", "program/3"):
        query = office.find("programs")
        office.apply(office.deletion(query, [row_of(office, "programs", row_key, 2022)], 2022))
    office.start_year(2024, 2021)
    office.start_year(2023)
    assert len(rows_of(office, "programs", 2024)) == 5
    assert len(rows_of(office, "programs", 2023)) == 3
    assert office.office.years == (2021, 2022, 2023, 2024)
    assert office.office.latest == 2024


@pytest.mark.parametrize(
    ("year", "source"), [(2021, None), (2020, None), (2022, 2019), (2022, 2022), (2021, 2021)]
)
def test_a_year_that_cannot_be_started_is_told_with_those_there_are(
    office: Workspace, year: int, source: int | None
) -> None:
    """A year would be written twice, or begin from nothing."""
    newest = office.history(1)
    before = facts_of(office)
    with pytest.raises(UsageError) as told:
        office.start_year(year, source)
    assert "2021" in told.value.hint
    assert facts_of(office) == before
    assert office.history(1) == newest


def test_a_year_of_an_empty_office_starts_empty(empty: Workspace) -> None:
    """A new office could not go into its second year."""
    empty.start_year(2023)
    assert empty.office.years == (2022, 2023)
    assert rows_of(empty, "activities", 2023) == []
    with pytest.raises(UsageError):
        empty.year(2021)
    assert empty.year(None) == 2023
    assert empty.year(2022) == 2022
    with pytest.raises(InputRefused):
        put(empty, "report_years", "report_year/2023", "stage", "akhir", 2023)


@pytest.mark.parametrize("year", [0, -1, 1899, 10_000, 20_211])
def test_what_is_no_year_is_refused(office: Workspace, tmp_path: Path, year: int) -> None:
    """A slip of the finger would make a year that no report has."""
    newest = office.history(1)
    file = tmp_path / "other.duckdb"
    with pytest.raises(UsageError) as refused:
        office.start_year(year)
    assert str(year) in refused.value.message
    with pytest.raises(UsageError):
        Workspace.create(file, "Kecamatan Puri", year)
    assert not file.exists()
    assert office.history(1) == newest


@pytest.mark.parametrize(
    "text", ["2025–2029", "2025-2029", " 2025 - 2029 ", "2025 s.d. 2029", "2025 s/d 2029"]
)
def test_the_years_of_a_plan_are_read_as_people_write_them(text: str) -> None:
    """A Renstra's years would be refused as its cover prints them."""
    assert years_of(text) == (2025, 2029)
    assert years_of("  ") is None


@pytest.mark.parametrize("text", ["2025", "2029–2025", "x", "2025–", "2025–2027–2029", "1–2"])
def test_what_names_no_two_years_in_order_is_refused(text: str) -> None:
    """A plan would end before it begins."""
    with pytest.raises(UsageError):
        years_of(text)
