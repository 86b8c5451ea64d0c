"""Copies, restoring and editions from the screen."""

from pathlib import Path
from shutil import copyfile

import pytest
from textual.widgets import Input

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.tui import idle
from lkjip_tui.tui.act_window import ActWindow
from lkjip_tui.tui.dialogs import Ask, Choose, Confirm
from lkjip_tui.tui.navigator import DIFFERENCES
from tests.core.support import open_new_office, put, value_of
from tests.tui.conftest import Desk, OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted")

GAJI = "activities", "sub_activity/3", "realization"


def office(user: Desk) -> Workspace:
    """Return the open file."""
    assert user.app.workspace is not None
    return user.app.workspace


async def test_the_file_is_copied_at_rest_and_restored_from_the_copy(
    desk: OpenDesk, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever spoilt the figures of a week would have no way back, or one that costs the week."""
    with Workspace.open(example) as workspace:
        put(workspace, *GAJI, "7")
    monkeypatch.setattr(idle, "IDLE", 0.01)
    async with desk(example, size=(80, 24)) as user:
        await user.see(lambda: office(user).copies(), "the copy")
        put(office(user), *GAJI, "8")
        await user.app.run_action("command('restore')")
        await user.see(lambda: isinstance(user.app.screen, Choose), "the copies")
        await user.press("enter")
        await user.see(lambda: isinstance(user.app.screen, ActWindow), "what would change")
        assert "8" in user.screen()
        await user.press("escape")
        await user.see(lambda: user.app.screen is user.workbench, "nothing done")
        assert value_of(office(user), *GAJI) == 8
        await user.app.run_action("command('restore')")
        await user.see(lambda: isinstance(user.app.screen, Choose), "the copies")
        await user.press("enter")
        await user.see(lambda: isinstance(user.app.screen, ActWindow), "what would change")
        await user.press("f5")
        await user.see(lambda: value_of(office(user), *GAJI) == 7, "the restored figure")
        await user.press("ctrl+z")
        await user.see(lambda: value_of(office(user), *GAJI) == 8, "the undo")
        assert len(office(user).copies()) == 1, "one an opening"


@pytest.mark.slow
async def test_a_named_file_of_another_office_is_asked_about(
    desk: OpenDesk, example: Path, tmp_path: Path
) -> None:
    """Another office's figures would come in by a slip, or a file that is none would end it."""
    open_new_office(tmp_path / "other.duckdb", "Kecamatan Puri", 2022).close()
    copyfile(example, tmp_path / "same.duckdb")
    async with desk(example, size=(80, 24)) as user:

        async def restore_from(name: str) -> None:
            await user.app.run_action("command('restore')")
            await user.see(lambda: isinstance(user.app.screen, Ask), "which file")
            user.app.screen.query_one(Input).value = name
            await user.press("enter")

        await restore_from("none.duckdb")
        status = user.workbench.query_one("#status")
        await user.see(lambda: status.has_class("error"), "why not")
        await restore_from("same.duckdb")
        told = _("The copy holds what the file holds; there is nothing to restore.")
        await user.see(lambda: told[:40] in user.screen(), "that nothing differs")
        await restore_from("other.duckdb")
        await user.see(lambda: isinstance(user.app.screen, Confirm), "whether it is meant")
        await user.press("enter")
        await user.see(lambda: isinstance(user.app.screen, ActWindow), "what would change")
        await user.press("f5")
        await user.see(lambda: user.workbench.year == 2022, "the other office's year")
        await user.press("ctrl+z")
        await user.see(lambda: user.workbench.year == 2021, "the undo")


@pytest.mark.slow
async def test_an_edition_is_frozen_and_what_changed_since_is_gone_to(
    desk: OpenDesk, example: Path
) -> None:
    """A printed figure that the file does not hold any more would be found by reading alone."""
    async with desk(example, size=(80, 24)) as user:
        await user.app.run_action("command('compare_edition')")
        await user.see(lambda: _("No edition of this file is frozen yet.") in user.screen(), "none")
        await user.app.run_action("command('freeze_edition')")
        await user.see(lambda: isinstance(user.app.screen, Ask), "its name")
        await user.press("enter")
        await user.see(lambda: office(user).editions.every()[0], "the edition")
        await user.see(lambda: user.app.screen is user.workbench, "the screen")
        put(office(user), *GAJI, "8")
        await user.app.run_action("command('compare_edition')")
        await user.see(lambda: user.workbench.place == DIFFERENCES, "the differences")
        assert "LKjIP 2021 final" in user.screen()
        count = user.grid.model.row_count
        assert count > 10
        await user.press("down", "enter")
        place = "report.performance_and_budget"
        await user.see(lambda: user.workbench.place == place, "the cell")
        await user.press("backspace")
        await user.see(lambda: user.workbench.place == DIFFERENCES, "the list again")
        assert user.grid.cursor_row == 1
        await user.press("ctrl+z")
        await user.see(lambda: user.grid.model.row_count == 0, "nothing differs any more")
