"""A fact about a thing that is no more is told, whichever column names the thing."""

from decimal import Decimal
from typing import Final

import pytest

from lkjip_tui.core.acts import CellChange
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.workspace import Workspace
from tests.core.rules.office import YEAR, apply, findings_of, store
from tests.core.support import inside

#: For each column that names a thing of another table, a row whose thing is not there.
LOOSE: Final[dict[tuple[str, str], dict[str, Value]]] = {
    ("indicator", "objective_id"): {"indicator_id": 200, "number": 9},
    ("activity", "program_id"): {"activity_id": 200, "number": 9},
    ("sub_activity", "activity_id"): {"sub_activity_id": 200, "number": 9},
    ("indicator_target", "indicator_id"): {
        "fiscal_year": YEAR, "plan": "revised", "quarter": 0, "value": Decimal(5),
    },
    ("indicator_result", "indicator_id"): {"fiscal_year": YEAR, "quarter": 0},
    ("indicator_analysis", "indicator_id"): {"fiscal_year": YEAR},
    ("program_budget", "program_id"): {"fiscal_year": YEAR, "stage": "revised", "amount": 5},
    ("sub_activity_budget", "sub_activity_id"): {"fiscal_year": YEAR, "stage": "revised"},
    ("sub_activity_realization", "sub_activity_id"): {"fiscal_year": YEAR, "quarter": 0},
    ("service_result", "service_id"): {"fiscal_year": YEAR},
}  # fmt: skip
SERVED: Final = ("program_budget", "indicator_id")


@pytest.mark.parametrize(("table", "column"), LOOSE)
def test_facts_whose_thing_is_gone_are_told(consistent: Workspace, table: str, column: str) -> None:
    """Money could be left out of every total, with nothing to see."""
    store(consistent, table, **LOOSE[table, column], **{column: 99})
    (finding,) = findings_of(consistent)
    assert (finding.check_name, finding.place, finding.stated) == ("thing_gone", table, 99)


def test_a_program_that_serves_an_indicator_that_is_gone_is_told_with_its_cell(
    consistent: Workspace,
) -> None:
    """Its money would be in no outcome, and the cell look empty."""
    key = (("program_id", 3), ("fiscal_year", YEAR), ("stage", "revised"))
    apply(consistent, CellChange("program_budget", key, "indicator_id", 7, 99))
    (finding,) = findings_of(consistent)
    assert (finding.check_name, finding.stated) == ("thing_gone", 99)
    assert (finding.view_name, finding.row_key) == ("sheet.programs", "program/3")
    assert finding.column_name == "indicator_id"


def test_every_column_that_names_another_thing_is_watched(consistent: Workspace) -> None:
    """A new table could lose its things without a word."""
    assert sorted([*LOOSE, SERVED]) == sorted(
        (table.name, column)
        for table in inside(consistent).facts.tables.values()
        for column in table.columns
        if column.endswith("_id") and column != table.id_column
    )


def test_what_is_loose_in_a_year_without_a_report_is_told_in_the_latest(
    consistent: Workspace,
) -> None:
    """Nobody would ever look at it."""
    store(consistent, "service_result", service_id=99, fiscal_year=2019)
    consistent.start_year(2024)
    told = {
        year: [f.stated for f in findings_of(consistent, year) if f.check_name == "thing_gone"]
        for year in (YEAR, 2024)
    }
    assert told == {YEAR: [], 2024: [99]}
