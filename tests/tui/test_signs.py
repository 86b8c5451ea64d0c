"""What colours tell is told by signs, too."""

import re
from pathlib import Path

import pytest
from textual.theme import Theme

from lkjip_tui.grid.layout import COMPUTED, MARKS
from lkjip_tui.grid.paint import CHOSEN, FROZEN
from lkjip_tui.tui.app import DARK, LIGHT
from lkjip_tui.tui.arrangement import DOWN, UP
from lkjip_tui.tui.navigator import HISTORY
from lkjip_tui.tui.query_model import FILTERED
from tests.tui.conftest import OpenDesk


@pytest.mark.usefixtures("uncounted")
async def test_every_state_of_a_table_has_a_sign(
    desk: OpenDesk, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without colours nobody would see what can be typed, what is left out, what was refused."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with desk(example, size=(100, 30)) as user:

        def row(text: str) -> str:
            return next(line for line in user.screen().splitlines() if text in line)

        assert re.search(rf"{COMPUTED} +4\.349\.483\.103", row("Program Penunjang"))
        assert COMPUTED not in row("Penyusunan Dok")
        assert FROZEN in row("Penyusunan Dok")
        await user.go_to("sub_activity/1", "name")
        await user.press("shift+down")
        assert all(sign in row("Penyusunan Dok") for sign in CHOSEN)
        await user.press("escape", "alt+o", "alt+p", "alt+s")
        assert UP in user.screen()
        await user.press("alt+s")
        assert DOWN in user.screen()
        await user.press("alt+v")
        await user.see(lambda: FILTERED in user.screen().splitlines()[1], "the filter in the title")
        await user.press("alt+shift+v", "right", "alt+x")
        hidden = "1 column hidden" if user.english else "1 kolom disembunyikan"
        await user.see(lambda: hidden in user.screen().splitlines()[1], "that one is hidden")
        await user.press("alt+shift+x")
        await user.go_to("sub_activity/1", "realization")
        await user.press("x", "enter")
        await user.see(lambda: f"{MARKS['waiting']} “x”" in user.screen(), "what is refused")
        await user.press("escape", "7", "enter")
        await user.see(lambda: user.cell("sub_activity/1", "realization") == "7", "the edit")
        await user.press("ctrl+z")
        await user.open(HISTORY)
        await user.see(lambda: "↶" in user.screen(), "the act that is undone")


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_the_bar_of_a_list_is_seen_without_colours(theme: Theme) -> None:
    """Nobody would know which line Enter takes, or which pane has the keys."""
    assert "underline" in theme.variables["block-cursor-text-style"]
