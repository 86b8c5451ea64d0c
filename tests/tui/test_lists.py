"""What is no sheet and no table: results, findings and acts are looked at as these are."""

from decimal import Decimal
from pathlib import Path

import pytest
from textual.widgets import Static, TextArea

from lkjip_tui.grid import Grid, GridColumn
from lkjip_tui.language import _
from lkjip_tui.tui.arrangement import DOWN, UP
from lkjip_tui.tui.commands import COMMANDS
from lkjip_tui.tui.navigator import FINDINGS, HISTORY, OTHER_SCREENS, SQL
from lkjip_tui.tui.text_model import TextModel
from tests.tui.conftest import OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted")


def test_a_result_is_sorted_by_value_and_comes_back_as_it_was() -> None:
    """100 would stand before 20, or a sorted figure beside another row's name."""
    model = TextModel([GridColumn("n", "n"), GridColumn("t", "t")])
    model.add([(20, "b"), (None, "c"), (100, "a"), (Decimal("3.5"), "a")])

    def texts(column: int) -> list[str]:
        return [model.text(row, column) for row in range(model.row_count)]

    model.sort(0)
    assert texts(0) == ["3.5", "20", "100", ""]
    assert texts(1) == ["a", "b", "a", "c"]
    assert model.columns[0].sign == UP
    model.sort(0)
    assert texts(0) == ["100", "20", "3.5", ""]
    assert model.columns[0].sign == DOWN
    model.sort(1)
    model.sort(0, also=True)
    assert texts(0) == ["3.5", "100", "20", ""]
    model.sort(1)
    model.sort(1)
    assert texts(0) == ["20", "", "100", "3.5"]
    assert [column.sign for column in model.columns] == ["", ""]


async def test_lists_are_chosen_copied_and_drawn_wider_or_say_why_not(
    desk: OpenDesk, example: Path
) -> None:
    """A key that acts on every sheet would be dead elsewhere, and nobody would know why."""
    async with desk(example, size=(80, 24)) as user:
        for place in (FINDINGS, HISTORY, SQL):
            await user.open(place)
            if place == SQL:
                area = user.workbench.pane.query_one(TextArea)
                area.text = "select range as n, 'x' || chr(10) || 'y' as t from range(300)"
                await user.press("f5")
                await user.see(lambda: user.grid.model.row_count == 256, "the first page")
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
        assert user.app.clipboard == '1\t"x\ny"\n'
        await user.press("ctrl+end")
        await user.see(lambda: user.grid.model.row_count == 300, "the whole result")
        await user.press("home", "alt+s", "alt+s")
        await user.see(lambda: DOWN in user.screen(), "the sign of sorting")
        assert user.grid.model.rows(0, 1)[0].cells[0].text == "299"


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
