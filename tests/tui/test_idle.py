"""What is done while nobody acts."""

import asyncio
import gc
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widget import Widget

from lkjip_tui.tui import idle
from tests.tui.conftest import OpenDesk


class _Circle:
    """What refers to itself, so that it does not go by itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(name="only_when_asked")
def _only_when_asked() -> Iterator[None]:
    """Let Python look for garbage by itself again afterwards."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("only_when_asked")
async def test_garbage_goes_after_an_act_once_nothing_is_at_work(
    desk: OpenDesk, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hours of edits would take more and more memory, or a look would stop what is at work."""
    for name, seconds in (("IDLE", 0.02), ("SOON", 0.02), ("MODULES", 3_600)):
        monkeypatch.setattr(idle, name, seconds)
    async with desk(example, size=(80, 24)) as user:
        gc.set_threshold(0)
        circle = _Circle()
        left = weakref.ref(circle)
        del circle
        goes_on = asyncio.Event()
        work = user.workbench.run_worker(goes_on.wait())
        user.workbench.idle.begin()
        await asyncio.sleep(0.2)  # ten times as long as it would wait
        assert work.is_running
        assert left() is not None
        goes_on.set()
        await user.see(lambda: left() is None, "no garbage")


async def test_the_lines_of_a_dialog_go_with_the_next_at_the_latest(
    desk: OpenDesk, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand windows would stay in memory, and be looked through at each look for garbage."""
    monkeypatch.setattr(idle, "MODULES", 3_600)
    drawn: list[weakref.ref[object]] = []
    async with desk(example, size=(80, 24)) as user:
        for _time in range(2):
            await user.press("ctrl+p")
            await user.see(lambda: user.app.screen is not user.workbench, "the palette")
            drawn = drawn or [
                weakref.ref(widget._styles_cache)  # noqa: SLF001 - what holds the lines
                for widget in user.app.screen.walk_children(Widget, with_self=True)
            ]
            await user.press("escape")
            await user.see(lambda: user.app.screen is user.workbench, "no palette")
        await user.see(lambda: not any(each() for each in drawn), "its lines gone")


_READ = """
import sys
from lkjip_tui.tui import idle
before = "lkjip_tui.tui.console.pane" in sys.modules
idle.read_modules()
heavy = {"polars", "docx", "matplotlib", "numpy"} & sys.modules.keys()
print(before, "lkjip_tui.tui.console.pane" in sys.modules, *heavy)
"""


def test_the_modules_of_all_screens_are_read_and_none_of_what_is_heavy() -> None:
    """The key that opens the console would wait for them, or others would fill the memory."""
    done = subprocess.run(
        [sys.executable, "-c", _READ], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.split() == ["False", "True"]
