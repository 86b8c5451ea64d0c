"""Keys of one's own, on the screen."""

from pathlib import Path

import pytest

from lkjip_tui import language
from lkjip_tui.grid import CellEditor
from lkjip_tui.tui.commands import BY_ID
from lkjip_tui.tui.help import Help
from tests.tui.conftest import OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted")

GAPS = (0.0, 0.02)


@pytest.mark.slow
async def test_own_keys_act_and_are_shown_with_what_does_not_hold(
    desk: OpenDesk, example: Path
) -> None:
    """A user's keys would do nothing, or the screen would teach them the old ones."""
    keys = '[keys]\nhelp = "alt+j"\nundo = "alt+shift+u"\nredo = "alt+1"\nexprot = "f4"\n'
    keys += '"grid.cursor_down" = "ctrl+n"\n'
    async with desk(example, size=(120, 200), keys=keys) as user:
        status = user.screen()
        assert "keys.toml:4, redo:" in status
        assert "keys.toml:5, exprot:" in status
        assert "Alt+J" in status.splitlines()[-1]
        at = user.grid.cursor_row
        await user.press("down", "ctrl+n")
        assert user.grid.cursor_row == at + 1
        before = user.cell("sub_activity/3", "realization")
        await user.go_to("sub_activity/3", "realization")
        await user.press("7", "enter")
        await user.see(lambda: user.cell("sub_activity/3", "realization") == "7", "the edit")
        await user.press("ctrl+z", "alt+U")
        await user.see(lambda: user.cell("sub_activity/3", "realization") == before, "undone")
        await user.press("f7")
        await user.see(lambda: isinstance(user.app.screen, Help), "the keys that act here")
        shown = user.screen()
        for each in (
            "Alt+Shift+U",
            "keys.toml:4, redo:",
            "Ctrl+N",
        ):
            assert each.replace(" ", "") in shown.replace("\n", "").replace(" ", "").replace(
                "│", ""
            )
        notes = [str(note.render()) for note in user.app.screen.query(".note")]
        assert any(str(user.app.key_settings.file) in note for note in notes)


async def test_letters_move_and_edit_in_the_profile_of_vim(desk: OpenDesk, example: Path) -> None:
    """Letters would be written into the cells over which the user only wants to move."""
    async with desk(example, keys='profile = "vim"') as user:
        await user.go_to("sub_activity/3", "realization")
        row, column = user.grid.cursor_row, user.grid.cursor_column
        for gap in GAPS:
            await user.burst("jjhklzq", gap)
            await user.press("h", "l")
            assert (user.grid.cursor_row, user.grid.cursor_column) == (row + 1, column)
            await user.burst("Gggjgk", gap)
            await user.press("h", "l")
            assert user.grid.cursor_row == 1
            await user.go_to("sub_activity/3", "realization")
        await user.press("dollar_sign")
        assert user.grid.cursor_column == len(user.grid.model.columns) - 1
        await user.go_to("sub_activity/3", "realization")
        before = user.cell("sub_activity/3", "realization")
        await user.burst(["c", *"77", "enter"], 0)
        await user.see(lambda: user.cell("sub_activity/3", "realization") == "77", "the edit")
        await user.burst(["k", "i", "8", "enter"], 0)
        await user.see(lambda: user.cell("sub_activity/3", "realization") == "877", "at its start")
        await user.press("u", "u")
        await user.see(lambda: user.cell("sub_activity/3", "realization") == before, "undone")
        assert not user.workbench.query_one(CellEditor).is_open


async def test_a_key_that_waits_for_its_second_is_shown_and_can_be_left(
    desk: OpenDesk, example: Path
) -> None:
    """Nobody would know why a key did nothing, or a row would go by one slip."""
    async with desk(example, keys='profile = "vim"') as user:
        await user.go_to("sub_activity/3", "realization")
        assert "vim" in user.screen().splitlines()[-1]
        await user.press("d")
        await user.see(lambda: "d …" in user.screen().splitlines()[-1], "the waiting key")
        await user.press("escape", "d", "x", "d", "f1", "d", "j")
        assert "d …" not in user.screen()
        assert user.app.screen is user.workbench
        assert user.cell("sub_activity/3", "realization") == "2.015.461.800"
        await user.burst("dd", 0)
        await user.see(lambda: user.app.screen is not user.workbench, "the question")


@pytest.mark.slow
async def test_the_file_of_keys_is_made_once_and_its_place_told(
    desk: OpenDesk, example: Path
) -> None:
    """The user would not find where keys are set, or lose what they set there."""
    async with desk(example) as user:
        file = user.app.key_settings.file
        for _time in range(2):
            await user.app.run_action("command('edit_keys')")
            await user.see(lambda: isinstance(user.app.screen, Help), "the keys")
            notes = [str(note.render()) for note in user.app.screen.query(".note")]
            assert str(file) in notes[0]
            await user.press("escape")
            file.write_text('profile = "vim"' if _time else file.read_text("utf-8"), "utf-8")
        await user.app.run_action("command('edit_keys')")
        assert file.read_text("utf-8") == 'profile = "vim"'


@pytest.mark.slow
async def test_the_keys_that_act_here_are_followed_by_what_has_none(
    desk: OpenDesk, example: Path
) -> None:
    """An act without a key would be known only to whoever guesses its name in the palette."""
    async with desk(example, size=(120, 300), keys='[keys]\npalette = "alt+j"') as user:
        await user.press("f7")
        await user.see(lambda: isinstance(user.app.screen, Help), "the keys that act here")
        keyed, bare = user.screen().split("(Alt+J)")
        for command in ("fill_series", "put_under", "back_up"):
            label = language._(BY_ID[command].label)
            assert label in bare
            assert label not in keyed
        for command in ("rule_off", "grid.half_page_up"):
            assert language._(BY_ID[command].label) not in keyed + bare
