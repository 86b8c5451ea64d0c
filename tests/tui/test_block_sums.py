"""What the figures among chosen cells come to is told exactly, and says what it sums."""

import pytest

from lkjip_tui import language
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Block
from lkjip_tui.tui import block_sums
from lkjip_tui.tui.query_model import QueryModel
from tests.tui.models import block_of, keys_of, model_of

_ROOM = 200


def told(model: QueryModel, first: str, last: str, *columns: str) -> str:
    """Return what is told of the cells between two rows and columns."""
    keys = keys_of(model)
    block = block_of(model, [keys.index(first), keys.index(last)], *columns)
    return block_sums.told(model, block, _ROOM)


@pytest.mark.usefixtures("english")
def test_figures_are_summed_and_what_is_missing_or_no_figure_is_not(standing: Workspace) -> None:
    """The sum that is held against the office's Excel file would be another one."""
    model = model_of(standing, "activities")
    first, last = "sub_activity/1", "sub_activity/2"
    assert told(model, first, last, "realization") == (
        "2 cells · 2 figures · sum 14.994.054 · mean 7.497.027,00 · min 4.996.150 · max 9.997.904"
    )
    assert told(model, first, first, "name", "budget_revised") == (
        "3 cells · 1 figure · sum 5.000.000 · mean 5.000.000,00 · min 5.000.000 · max 5.000.000"
    )
    assert told(model, first, last, "name", "budget_initial") == "4 cells"
    assert told(model, first, last, "number") == "2 cells"


@pytest.mark.usefixtures("english")
def test_a_sum_over_subtotals_and_of_several_kinds_says_so(standing: Workspace) -> None:
    """Everything would be counted twice, and nobody would see it."""
    model = model_of(standing, "activities")
    first, last = "activity/1", "sub_activity/2"
    assert "sum 30.000.000 (with subtotals)" in told(model, first, last, "budget_revised")
    mixed = told(model, "sub_activity/1", "sub_activity/1", "realization", "absorption_pct")
    assert "3 figures · sum 5.000.099,92 ·" in mixed


def test_sums_beyond_a_computer_s_own_numbers_are_exact(
    standing: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sum of great figures would lose its last rupiah."""
    model = model_of(standing, "activities")
    row: ViewRow = {**model.row(2), "realization": 10**17 + 1}
    monkeypatch.setattr(model, "row", lambda _number: row)  # no office has so much
    columns = [column.name for column in model.shown]
    at = columns.index("realization")
    found = block_sums.told(model, Block(range(1_000), range(at, at + 1)), _ROOM)
    assert "100.000.000.000.000.001.000" in found


@pytest.mark.usefixtures("english")
def test_on_a_narrow_screen_all_five_are_told_in_signs(standing: Workspace) -> None:
    """At 80 columns the greatest of some budgets would be told nowhere."""
    model = model_of(standing, "activities")
    block = block_of(model, [2, 3], "budget_revised")
    assert block_sums.told(model, block, 78) == (
        "n 2  Σ 15.000.000  ⌀ 7.500.000,00  ↓ 5.000.000  ↑ 10.000.000"
    )
    assert block_sums.told(model, block, 30) == "n 2  Σ 15.000.000"


@pytest.mark.parametrize("spoken", ["en", "id"])
def test_the_greatest_is_told_with_subtotals_too(standing: Workspace, spoken: str) -> None:
    """Of a whole table of budgets the greatest, or that all count twice, would be told nowhere."""
    language.use(spoken)
    model = model_of(standing, "activities")
    block = block_of(model, [0, model.row_count - 1], "budget_revised")
    assert block_sums.told(model, block, 78) == (
        "n 46  ΣΣ 18.576.000.412  ⌀ 403.826.095,91  ↓ 1.500.000  ↑ 4.644.000.103"
    )
