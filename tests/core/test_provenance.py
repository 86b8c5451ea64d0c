"""A figure says what it was computed from, and a fact who changed it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lkjip_tui.core.changes.provenance import Source, Trace
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR, cell, put, row_of
from tests.core.test_findings import CHANGED

GAJI = "sub_activity/3"


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


def trace(office: Workspace, view: str, row_key: str, column: str) -> Trace:
    """Trace a cell of the example's year."""
    findings, _faults = office.findings(YEAR)
    return office.trace(*cell(office, view, row_key, column), YEAR, findings)


def told(sources: "list[Source]") -> list[tuple[str, str, str, str]]:
    """Return where sources lead to and what they show."""
    return [(each.query.full_name, each.row_key, each.column, each.text) for each in sources]


def test_a_percent_shows_its_formula_with_its_figures_and_leads_to_the_facts(
    office: Workspace,
) -> None:
    """A figure of the report would have to be believed."""
    found = trace(office, "report.budget_summary", GAJI, "absorption_pct")
    assert found.text == "60,24"
    assert found.formula == "2.015.461.800 ÷ 3.345.833.103 × 100"
    assert told(list(found.sources)) == [
        ("report.budget_summary", GAJI, "budget_realization", "2.015.461.800"),
        ("report.budget_summary", GAJI, "budget", "3.345.833.103"),
    ]
    assert all(source.is_fact for source in found.sources)
    assert found.changes is None
    assert found.rests_on == ()


def test_a_sum_lists_all_that_it_sums(office: Workspace) -> None:
    """One sub kegiatan that is missing in a subtotal would never be found."""
    found = trace(office, "report.program_absorption", "program/1", "budget_realization")
    amounts = [int(source.text.replace(".", "")) for source in found.sources]
    assert len(amounts) == 18
    assert sum(amounts) == 2_939_652_444
    assert {source.query.full_name for source in found.sources} == {"report.budget_summary"}
    total = trace(office, "report.budget_summary", "total", "budget_realization")
    assert [source.row_key for source in total.sources] == [f"program/{n}" for n in range(1, 6)]
    assert not any(source.is_fact for source in total.sources)


def test_what_was_printed_for_a_cell_and_what_is_wrong_stand_beside_it(office: Workspace) -> None:
    """Whoever mends a report would have to look for each figure in it again."""
    found = trace(office, "report.program_absorption", "program/1", "absorption_pct")
    (printed,) = found.printed
    assert printed.name.startswith("Tabel 3.9, ")
    assert (printed.query.full_name, printed.column) == ("sheet.printed_figures", "printed")
    assert (printed.text, printed.is_fact) == ("52,70", True)
    assert row_of(office, "sheet.printed_figures", printed.row_key)["printed"] == "52,70"
    assert any("52,70" in each.message and "67,59" in each.message for each in found.found)
    put(office, "printed_figures", CHANGED, "printed", "99,92")
    right = trace(office, "report.budget_summary", "sub_activity/1", "absorption_pct")
    assert [each.text for each in right.printed] == ["99,92"]
    assert right.found == []


def test_a_fact_lists_its_changes_newest_first(template: Path, tmp_path: Path) -> None:
    """Nobody could say who put the figure there that stands in the report."""
    noon = datetime(2026, 1, 2, 12, tzinfo=UTC)
    path = tmp_path / "office.duckdb"
    path.write_bytes(template.read_bytes())
    with Workspace.open(path, clock=lambda: noon) as office:
        assert trace(office, "activities", GAJI, "realization").changes == []
        put(office, "activities", GAJI, "realization", "5")
        put(office, "activities", GAJI, "realization", "")
        put(office, "activities", GAJI, "name", "Gaji")
        office.undo()
        office.undo()
        for view, column in (
            ("activities", "realization"),
            ("budget_summary", "budget_realization"),
        ):
            found = trace(office, view, GAJI, column)
            assert found.changes is not None
            assert [(each.before, each.after, each.label) for each in found.changes] == [
                ("–", "5", "undo"),
                ("5", "–", "edit"),
                ("2.015.461.800", "5", "edit"),
            ]
            assert {each.at for each in found.changes} == {noon}
            assert found.sources == []
        name = trace(office, "activities", GAJI, "name")
        assert [each.after for each in name.changes or ()][-1] == "Gaji"
        # A figure with words behind it is one cell.
        put(office, "indicators", "indicator/4", "realization", "80 Cukup")
        (change,) = trace(office, "indicators", "indicator/4", "realization").changes or ()
        assert (change.before, change.after) == ("75%", "80% Cukup")


def test_a_fact_that_was_made_begins_with_nothing(office: Workspace) -> None:
    """The first figure of a new year would look as if it had always been there."""
    office.start_year(YEAR + 1)
    put_row = row_of(office, "activities", GAJI, YEAR + 1)
    query = office.find("sheet.activities")
    office.edit(query, query.header.columns["realization"], put_row, "7")
    row = row_of(office, "activities", GAJI, YEAR + 1)
    found = office.trace(query, query.header.columns["realization"], row, YEAR + 1)
    assert [(each.before, each.after) for each in found.changes or ()] == [("–", "7")]


def test_a_year_s_figure_of_quarters_leads_to_them(office: Workspace) -> None:
    """The sum would look like a fact that nobody can find."""
    put(office, "activities", GAJI, "realization", "")
    put(office, "quarters", GAJI, "realization_q1", "300")
    put(office, "quarters", GAJI, "realization_q3", "50")
    found = trace(office, "activities", GAJI, "realization")
    assert found.text == "350"
    assert [(source.column, source.text) for source in found.sources] == [
        ("realization_q1", "300"),
        ("realization_q2", "–"),
        ("realization_q3", "50"),
        ("realization_q4", "–"),
    ]
    assert found.changes


def test_a_query_of_one_s_own_says_what_it_does_not_know(fresh: Workspace) -> None:
    """A guess would be taken for the truth."""
    folder = fresh.path.parent / "queries" / "tables"
    folder.mkdir(parents=True)
    (folder / "mine.sql").write_text(
        """-- title: Punyaku
-- column label: text "Uraian"
-- column amount: rupiah "Jumlah"
-- column double: rupiah "Dua kali"
-- from double: sheet.activities.realization (sub_activity_id) "2 × {amount}"
select t.fiscal_year, t.row_key, t.name as label, t.budget_realization as amount,
    2 * t.budget_realization as double, t.sub_activity_id
from report.budget_summary as t
""",
        "utf-8",
    )
    assert fresh.read_queries() == []
    found = trace(fresh, "report.mine", GAJI, "amount")
    assert found.sources == []
    assert found.rests_on == ["report.budget_summary"]
    assert found.formula == ""
    double = trace(fresh, "report.mine", GAJI, "double")
    assert double.formula == "2 × 2.015.461.800"
    assert told(list(double.sources)) == [
        ("sheet.activities", GAJI, "realization", "2.015.461.800")
    ]
    assert trace(fresh, "report.mine", "total", "double").rests_on == ["report.budget_summary"]


@pytest.mark.parametrize("read_only", [True, False])
def test_a_closed_year_and_a_file_for_reading_explain_themselves_too(
    file: Path, *, read_only: bool
) -> None:
    """Whoever only reads the file asks most often where a figure comes from."""
    with Workspace.open(file, read_only=read_only) as office:
        query = office.find("report.population")
        row = row_of(office, "report.population", "population/2020", YEAR)
        found = office.trace(query, query.header.columns["sex_ratio"], row, YEAR)
        assert found.sources
        assert found.formula


def test_words_that_a_quarter_gives_are_no_fact_of_the_year(office: Workspace) -> None:
    """The year's own empty row would be shown as where the words come from."""
    put(office, "indicators", "indicator/4", "realization", "")
    put(office, "quarters", "indicator/4", "realization_q2", "80 Baik")
    found = trace(office, "indicators", "indicator/4", "realization")
    assert "80" in found.text
    assert "80% Baik" in [source.text for source in found.sources]


def test_another_year_s_figure_leads_into_that_year(office: Workspace) -> None:
    """The user would mend this year's target, and the wrong one would stay."""
    found = trace(office, "yearly_comparison", "indicator/10", "achievement_1_before_pct")
    assert found.sources
    for source in found.sources:
        row = row_of(office, source.query.full_name, source.row_key, source.fiscal_year or YEAR)
        column = source.query.header.columns[source.column]
        assert office.cells(source.query).text(column, row) == source.text
