"""How much an act changed is told in the cells and rows that its user sees."""

import pytest

from lkjip_tui.core.acts import CellChange, Change, FactKey, RowMade
from lkjip_tui.core.changes import extent
from lkjip_tui.core.changes.extent import Extent
from lkjip_tui.core.changes.plan import CellText
from lkjip_tui.core.workspace import Workspace
from tests.core.support import rows_of

_THINGS = ("program",)


@pytest.mark.usefixtures("english")
def test_a_figure_with_its_words_is_one_cell_and_its_row_none() -> None:
    """Of 58 pasted cells 87 would be told to be undone, as if others had gone, too."""
    key: FactKey = (("indicator_id", 1), ("fiscal_year", 2021))
    figure: list[Change] = [
        RowMade("indicator_result", key, key),
        CellChange("indicator_result", key, "value", None, 81),
        CellChange("indicator_result", key, "label", None, "Baik"),
    ]
    assert extent.of(figure, _THINGS) == Extent(1, 0)
    assert extent.of([change.inverse for change in figure], _THINGS) == Extent(1, 0)
    thing = RowMade("program", (("program_id", 9),), (("program_id", 9),))
    member = RowMade("program_budget", (("program_id", 9), ("fiscal_year", 2021)), ())
    assert extent.of([member], _THINGS) == Extent(0, 1)
    assert extent.of([thing, member], _THINGS) == Extent(0, 1)
    assert str(extent.of([thing, *figure], _THINGS)) == "1 cell, 1 row"
    assert str(Extent(0, 0)) == "0 cells"


@pytest.mark.usefixtures("english")
def test_what_a_preview_counts_is_told_again_when_it_is_undone(office: Workspace) -> None:
    """The counts before and after would frighten whoever compares them."""
    query = office.find("activities")
    rows = [row for row in rows_of(office, "sheet.activities") if row["level"] == 3]
    columns = [query.header.columns[name] for name in ("budget_initial", "realization")]
    entries = [CellText(row, column, "77") for row in rows for column in columns]
    plan = office.plan(query, entries, "paste")
    assert plan.extent == Extent(len(plan.changed), 0) == Extent(58, 0)
    assert len(plan.act.changes) > plan.extent.count
    office.apply(plan)
    undone = office.undo()
    assert undone is not None
    told = str(office.told(undone))
    assert told.startswith("58 cells · 2021 · ")
    assert ": 77 → " in told, "what was typed tells it, not the row that holds it"
    now, before = office.deeds(2)
    assert str(office.wording().told(now.act, now.extent)) == told
    assert str(office.wording().told(before.act, before.extent)).startswith("58 cells · 2021 · ")
