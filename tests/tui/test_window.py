"""Dialogs: what is beneath them is seen dimmed, as the library would show it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rich.style import Style
from textual._context import visible_screen_stack
from textual.screen import ModalScreen, Screen
from textual.strip import Strip

from lkjip_tui.tui.dialogs import Confirm
from lkjip_tui.tui.window import Scrolled, Window, until_drawn
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


async def test_no_key_is_lost_that_scrolls_a_dialog(desk: OpenDesk, example: Path) -> None:
    """Whoever reads fast would be back where they were, or believe that they had read it all."""
    async with desk(example, size=(80, 24)) as user:
        await user.press("f1")
        text = user.app.screen.query_one(Scrolled)
        page = text.scrollable_content_region.height
        assert text.max_scroll_y > 4 * page
        for keys, at in (
            (["pagedown"] * 4, 4 * page),
            (["up"] * 3, 4 * page - 3),
            (["end", "pageup"], text.max_scroll_y - page),
            (["home", "down"], 1),
        ):
            await user.burst(keys, 0)
            await user.see(lambda: text.scroll_y == at, f"line {at} behind {keys}")  # noqa: B023


async def test_a_dialog_is_styled_once_as_it_opens(
    desk: OpenDesk, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time takes as long as a tenth of what a frame may."""
    styled: list[Window[Any]] = []

    def style(window: Window[Any], **how: Any) -> None:  # noqa: ANN401 - as the library's
        styled.append(window)
        Screen.update_node_styles(window, **how)

    monkeypatch.setattr(Window, "update_node_styles", style)
    async with desk(example, size=(80, 24)) as user:
        first, second = (Confirm(f"{number}?", "", "Yes") for number in ("One", "Two"))
        user.app.push_screen(first)
        await user.see(lambda: "One?" in user.screen(), "a question")
        user.app.push_screen(second)
        await user.see(lambda: "Two?" in user.screen(), "another one")
        await user.press("escape")
        await user.see(lambda: user.app.screen is first, "the first again")
        assert styled == [first, second]


async def test_what_waits_for_a_frame_goes_on_when_its_dialog_goes_before(
    desk: OpenDesk, example: Path
) -> None:
    """An act would wait for ever, with all keys, and Esc would not end it."""
    async with desk(example, size=(80, 24)) as user:
        for turns in range(8):
            user.app.push_screen(Confirm("Sure?", "", "Yes"))
            waiting = asyncio.ensure_future(until_drawn(user.workbench))
            for _turn in range(turns):
                await asyncio.sleep(0)
            await user.app.pop_screen()
            await asyncio.wait_for(waiting, 10)
