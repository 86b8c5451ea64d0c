"""Each rule is silent where the facts agree, and tells of the one fact that breaks it."""

import pytest

from lkjip_tui import paths
from lkjip_tui.core.workspace import Workspace
from tests.core.rules.cases import CASES, Case
from tests.core.rules.office import findings_of, indicator, type_in
from tests.core.support import rows_of


def test_an_office_whose_facts_agree_is_told_nothing(consistent: Workspace) -> None:
    """Someone who did all right would be sent to look for faults."""
    assert findings_of(consistent) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_one_broken_fact_is_told_by_one_rule_until_it_is_mended(
    consistent: Workspace, case: Case
) -> None:
    """A fault would go into print, hide behind others, or stay on the list when it is gone."""
    case.breaking(consistent)
    (finding,) = findings_of(consistent, case.year)
    assert finding.check_name == case.rule
    assert (finding.view_name, finding.row_key, finding.column_name) == case.cell
    assert (finding.stated, finding.computed) == (case.stated, case.computed)
    assert "{" not in finding.message
    if finding.view_name:
        columns = consistent.find(finding.view_name).header.columns
        assert finding.column_name in columns
        shown = rows_of(consistent, finding.view_name, case.year)
        assert finding.row_key in [row["row_key"] for row in shown]
    consistent.undo()
    assert findings_of(consistent) == []


def test_every_rule_has_its_case() -> None:
    """A rule could be silent for ever, and nobody would know."""
    rules = [file.stem for file in (paths.queries_folder() / "checks").glob("*.sql")]
    assert sorted(case.rule for case in CASES) == sorted(rules)


def test_a_year_just_begun_is_told_what_is_missing_and_what_is_out_of_date(
    consistent: Workspace,
) -> None:
    """Empty cells would be called faults on the first day of a report."""
    consistent.start_year(2024)
    found = findings_of(consistent, 2024)
    assert {finding.check_name for finding in found} == {
        "target_missing", "realization_missing", "section_other_year",
    }  # fmt: skip
    assert [f.stated for f in found if f.check_name == "section_other_year"] == [
        "Perjanjian Kinerja Tahun 2023"
    ]
    assert findings_of(consistent) == []


def test_an_agreement_that_departs_from_both_other_plans_is_told_once(
    consistent: Workspace,
) -> None:
    """One slip in the agreement would look like two."""
    type_in(consistent, indicator(2, "target_revised"), "95")
    (finding,) = findings_of(consistent)
    assert (finding.check_name, finding.stated, finding.computed) == ("target_differs", 90, 95)
    assert "RKT, Renstra" in finding.message
