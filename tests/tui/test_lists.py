"""What is no sheet and no table: findings and acts are looked at as these are."""

from pathlib import Path

import pytest
from textual.widgets import Static

from lkjip_tui.grid import Grid
from lkjip_tui.language import _
from lkjip_tui.tui.arrangement import UP
from lkjip_tui.tui.commands import COMMANDS
from lkjip_tui.tui.navigator import FINDINGS, HISTORY, OTHER_SCREENS
from tests.tui.conftest import OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted")


async def test_lists_are_chosen_copied_and_drawn_wider_or_say_why_not(
    desk: OpenDesk, example: Path
) -> None:
    """A key that acts on every sheet would be dead elsewhere, and nobody would know why."""
    async with desk(example, size=(80, 24)) as user:
        for place in (FINDINGS, HISTORY):
            await user.open(place)
            user.grid.focus()
            if user.grid.model.row_count:
                await user.press("down", "alt+r", "ctrl+c")
                cells = len(user.grid.model.columns)
                assert f"{cells} " in user.screen().splitlines()[-2], place
                assert user.app.clipboard.count("\t") == cells - 1
            width = user.grid.width_of(0)
            await user.press("alt+m")
            assert user.grid.width_of(0) == width + 2, place
            await user.press("alt+s")
            assert str(user.workbench.query_one("#status", Static).render()).startswith("●"), place
            user.grid.post_message(Grid.HeadingClicked(user.grid, 0))
            await user.pilot.pause()
            assert UP not in user.screen()


@pytest.mark.slow
async def test_a_command_that_does_not_act_here_says_why(desk: OpenDesk, example: Path) -> None:
    """A user would press its key again, or believe that something was done."""
    async with desk(example, size=(80, 24)) as user:
        for place in ("sheet.activities", "report.program_absorption", *OTHER_SCREENS):
            await user.open(place)
            user.grid.focus()
            elsewhere = [
                command
                for command in COMMANDS
                if command.scope in {"grid", "sql"} and command.id != "stop"
                and not user.app.acts_here(command)
            ]  # fmt: skip
            assert elsewhere
            for command in elsewhere:
                assert user.app.check_action("command", (command.id,))
                await user.app.action_command(command.id)
                await user.pilot.pause()
                told = user.screen().splitlines()[-2]
                assert told.startswith(f" ● “{_(command.label)}”"), (place, command.id)
