"""The history: what was done, undone there one by one or many at once, and all of an act."""

from pathlib import Path

import pytest
from textual.widgets import OptionList

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Grid
from lkjip_tui.language import _
from lkjip_tui.tui.act_window import ActWindow
from lkjip_tui.tui.changes_window import ChangesWindow
from lkjip_tui.tui.dialogs import Confirm
from lkjip_tui.tui.navigator import FINDINGS, HISTORY
from lkjip_tui.tui.told import TakeBack
from tests.core.support import inside, put, value_of
from tests.tui.conftest import Desk, OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted")

GAJI = "sub_activity/3"
WAS = 2_015_461_800


def realization(user: Desk) -> object:
    """Return what the cell holds that the tests change."""
    assert user.app.workspace is not None
    return value_of(user.app.workspace, "activities", GAJI, "realization")


def work(path: Path) -> None:
    """Do three acts: a realization, a name, a year's start."""
    with Workspace.open(path) as workspace:
        put(workspace, "activities", GAJI, "realization", "7")
        put(workspace, "activities", GAJI, "name", "Gaji")
        workspace.start_year(2022)


@pytest.mark.usefixtures("either_road")
async def test_an_act_is_undone_where_it_stands_and_all_since_it_at_once(
    desk: OpenDesk, example: Path
) -> None:
    """A mistake of this morning could be mended only by losing the afternoon."""
    work(example)
    async with desk(example, size=(80, 24)) as user:
        await user.press("alt+z")
        await user.see(lambda: user.workbench.place == HISTORY, "the history")
        assert user.grid.model.row_count == 3
        assert user.grid.max_scroll_x == 0, "when, what and who"
        await user.press("down", "down", "u")
        await user.see(lambda: user.grid.model.row_count == 4, "the undo")
        assert realization(user) == WAS
        assert user.grid.cursor_row == 3, "it stays on its act"
        assert "↶" in user.screen()
        await user.press("u")
        await user.see(lambda: "● " in user.screen().splitlines()[-2], "why not twice")
        await user.press("ctrl+z")
        await user.see(lambda: realization(user) == 7, "the undo of the undo")
        await user.press("U")
        await user.see(lambda: isinstance(user.app.screen, Confirm), "the question")
        await user.press("enter")
        await user.see(lambda: user.grid.model.row_count == 6, "all since")
        assert user.app.workspace is not None
        assert user.app.workspace.office.latest == 2021
        assert value_of(user.app.workspace, "activities", GAJI, "name") != "Gaji"
        assert realization(user) == 7
        await user.press("ctrl+y")
        await user.see(lambda: user.grid.model.row_count == 7, "the redo")
        assert user.app.workspace.office.latest == 2022


async def test_enter_lists_all_that_an_act_changed(desk: OpenDesk, example: Path) -> None:
    """Of a year's start or an import nobody could tell what it wrote."""
    work(example)
    async with desk(example, size=(80, 24)) as user:
        await user.press("alt+z")
        await user.see(lambda: user.workbench.place == HISTORY, "the history")
        assert user.app.workspace is not None
        await user.press("enter")
        await user.see(lambda: isinstance(user.app.screen, ActWindow), "its changes")
        listed = user.app.screen.query_one(Grid)
        assert listed.model.row_count == user.app.workspace.deeds(1)[0].count
        await user.press("ctrl+end", "enter")
        await user.see(lambda: not isinstance(user.app.screen, ActWindow), "a change whole")
        await user.press("escape", "backspace")
        await user.see(lambda: user.app.screen is user.workbench, "the history again")


async def test_a_cell_lists_who_changed_it_and_leads_into_the_history(
    desk: OpenDesk, example: Path
) -> None:
    """Who put a figure there would have to be searched for in the whole history."""
    work(example)
    async with desk(example, size=(80, 24)) as user:
        await user.press("alt+y", "up", "enter")
        await user.see(lambda: user.workbench.year == 2021, "the year of the act")
        for cell in (("total", "realization"), (GAJI, "budget_revised")):
            await user.go_to(*cell)
            await user.press("shift+f8")
            await user.see(lambda: isinstance(user.app.screen, ChangesWindow), "the window")
            assert not user.app.screen.query(OptionList)
            assert ("F8" in user.screen()) == (cell[0] == "total")
            await user.press("escape")
        await user.go_to(GAJI, "realization")
        await user.press("shift+f8")
        await user.see(lambda: "2.015.461.800 → 7" in user.screen(), "the change")
        await user.press("enter")
        await user.see(lambda: user.workbench.place == HISTORY, "the history")
        assert user.grid.cursor_row == 2
        await user.press("backspace")
        await user.see(lambda: user.workbench.place == "sheet.activities", "the cell again")


@pytest.mark.parametrize("key", ["escape", "backspace"])
async def test_the_history_is_left_by_a_key_that_the_foot_names(
    desk: OpenDesk, example: Path, key: str
) -> None:
    """Whoever looked into the history would not find the way back to the cell."""
    async with desk(example, size=(80, 24)) as user:
        await user.go_to(GAJI, "realization")
        at = user.grid.cursor_row, user.grid.cursor_column
        assert "Backspace" not in user.screen()
        await user.press("alt+z")
        await user.see(lambda: user.workbench.place == HISTORY, "the history")
        assert "Backspace" in user.screen().splitlines()[-1]
        await user.press(key)
        await user.see(lambda: user.workbench.place == "sheet.activities", "the sheet again")
        assert (user.grid.cursor_row, user.grid.cursor_column) == at
        assert "Backspace" not in user.screen()


async def test_back_goes_step_by_step_and_never_to_a_year_that_is_gone(
    desk: OpenDesk, example: Path
) -> None:
    """The way back would lead past a screen, or into a year whose start was undone."""
    work(example)
    async with desk(example) as user:
        assert user.workbench.year == 2022
        await user.press("alt+z", "ctrl+z")
        await user.see(lambda: user.workbench.year == 2021, "the year that is left")
        await user.app.run_action("command('findings')")
        await user.see(lambda: user.workbench.place == FINDINGS, "the findings")
        await user.press("escape")
        await user.see(lambda: user.workbench.place == HISTORY, "the history")
        await user.press("escape")
        await user.see(lambda: user.workbench.place == "sheet.activities", "the sheet")
        assert user.workbench.year == 2021


async def test_esc_stops_what_changes_the_file_for_long(desk: OpenDesk, example: Path) -> None:
    """Taking back an import of a year would have to be waited for, whatever it was asked for."""
    async with desk(example) as user:
        workspace = user.app.workspace
        assert workspace is not None

        def step() -> None:
            with inside(workspace).database.transaction() as transaction:
                transaction.change("update sub_activity_realization set amount = 0")
                transaction.read(
                    "select count(*) from range(100_000_000_000) as r(n) where n % 7 = 3"
                )

        user.workbench.post_message(TakeBack(step))
        await user.see(lambda: _("Changing the file") in user.screen(), "what goes on")
        await user.press("escape")
        await user.see(lambda: _("Stopped.") in user.screen(), "that it stopped")
        assert realization(user) == WAS
        await user.press("down")
