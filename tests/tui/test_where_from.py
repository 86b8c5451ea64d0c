"""F8 tells where a figure comes from, and leads there and back."""

from pathlib import Path

import pytest
from textual.widgets import OptionList

from lkjip_tui.tui.trace_window import TraceWindow
from tests.tui.conftest import Desk, OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted")


async def ask(user: Desk) -> None:
    """Ask where the cursor's cell comes from."""
    await user.press("f8")
    await user.see(lambda: isinstance(user.app.screen, TraceWindow), "the window")


async def test_the_way_goes_from_a_percent_to_a_fact_and_back(
    desk: OpenDesk, example: Path
) -> None:
    """A wrong figure could be seen but not mended from where it is seen."""
    async with desk(example) as user:
        await user.open("report.performance_and_budget")
        await user.go_to("program/1", "budget_realization")
        await ask(user)
        await user.see(lambda: "Penyediaan Gaji" in user.screen(), "the sub kegiatan")
        listed = user.app.screen.query_one(OptionList)
        assert listed.option_count == 18 + 1, "what it sums, and what was printed for it"
        await user.press("down", "down", "enter")
        await user.see(
            lambda: user.workbench.place == "report.budget_summary", "the sub kegiatan's row"
        )
        model = user.workbench.query_pane.model
        assert model is not None
        assert model.row(user.grid.cursor_row)["row_key"] == "sub_activity/3"
        await user.type("7")
        await user.press("enter")
        await user.see(lambda: user.cell("sub_activity/3", "budget_realization") == "7", "the edit")
        await user.press("backspace")
        await user.see(
            lambda: user.workbench.place == "report.performance_and_budget", "the table again"
        )
        assert user.cell("program/1", "budget_realization") == "924.190.651"


async def test_a_fact_tells_who_changed_it_and_esc_leaves(desk: OpenDesk, example: Path) -> None:
    """The user would have to search the whole history for one cell."""
    async with desk(example, size=(80, 24)) as user:
        await user.go_to("sub_activity/3", "realization")
        await user.type("77.000")
        await user.press("enter", "up")
        await ask(user)
        await user.see(lambda: "2.015.461.800 → 77.000" in user.screen(), "the change")
        await user.press("escape")
        await user.see(lambda: user.app.screen is user.workbench, "the workbench")
        await user.press("f8", "f8")
        await user.see(lambda: user.app.screen is user.workbench, "the same key closes it")
