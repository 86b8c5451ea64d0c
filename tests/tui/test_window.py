"""Dialogs: what is beneath them is seen dimmed, as the library would show it."""

from pathlib import Path
from typing import Any

import pytest
from rich.style import Style
from textual._context import visible_screen_stack
from textual.screen import ModalScreen, Screen
from textual.strip import Strip

from lkjip_tui.tui.dialogs import Confirm
from tests.tui.conftest import OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted")


def _cells(strips: list[Strip]) -> list[list[tuple[str, Style | None]]]:
    return [[(letter, style) for text, style, _how in strip for letter in text] for strip in strips]


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_what_is_beneath_a_dialog_looks_as_the_library_dims_it(
    desk: OpenDesk, example: Path, size: tuple[int, int]
) -> None:
    """The sheet would be gone while a question about it is asked, or look as if it could act."""
    async with desk(example, size=size) as user:
        await user.press("ctrl+p")
        await user.see(lambda: user.app.screen is not user.workbench, "the palette")

        def look_alike(window: Screen[Any]) -> None:
            visible_screen_stack.set(list(user.app.screen_stack[:-1]))
            window._styles_cache.clear()  # noqa: SLF001 - what the library remembers
            theirs = _cells(ModalScreen.render_lines(window, window.region))
            ours = _cells(window.render_lines(window.region))
            assert any("lkjip" in "".join(letter for letter, _s in line) for line in ours)
            assert ours == theirs
            assert ours != _cells(user.workbench._compositor.render_strips())  # noqa: SLF001

        look_alike(user.app.screen)
        first = user.app.screen
        user.app.push_screen(Confirm("Sure?", "", "Yes"))
        await user.see(lambda: isinstance(user.app.screen, Confirm), "the question")
        assert user.app.screen_stack[-2] is first
        look_alike(user.app.screen)
