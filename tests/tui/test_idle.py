"""What is done while nobody acts."""

import asyncio
import gc
import platform
import resource
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widget import Widget

from lkjip_tui import system
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
async def test_garbage_goes_and_memory_is_given_back_once_the_file_rests_after_an_act(
    desk: OpenDesk, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hours of edits would take more and more memory, or a look would stop what is at work."""
    given_back = threading.Event()
    for name, seconds in (("IDLE", 0.02), ("SOON", 0.02), ("MODULES", 3_600)):
        monkeypatch.setattr(idle, name, seconds)
    monkeypatch.setattr(system, "give_memory_back", given_back.set)

    def garbage() -> weakref.ref[_Circle]:
        return weakref.ref(_Circle())

    async with desk(example, size=(80, 24)) as user:
        gc.set_threshold(0)
        left = garbage()
        user.workbench.idle.begin()
        await user.see(lambda: left() is None and given_back.is_set(), "a first rest")
        given_back.clear()
        left = garbage()
        goes_on = asyncio.Event()
        user.workbench.run_worker(goes_on.wait())
        user.workbench.idle.begin()
        for look in ("first", "second"):
            before = user.workbench.idle._tidying  # noqa: SLF001 - the next look
            await user.see(lambda: user.workbench.idle._tidying is not before, f"a {look} look")  # noqa: B023, SLF001
        assert left() is not None
        assert not given_back.is_set()
        goes_on.set()
        await user.see(lambda: left() is None, "no garbage")
        await user.see(given_back.is_set, "memory given back")


_FREE = """
from pathlib import Path
from lkjip_tui import system
def held() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1])
texts = [bytes(1000) for _each in range(50_000)]
last = texts.pop()
texts.clear()
before = held()
system.give_memory_back()
print(before - held())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries give none back")
def test_memory_that_nothing_holds_any_more_goes_back_to_the_system() -> None:
    """What a large import took would be held until the end."""
    done = subprocess.run(
        [sys.executable, "-c", _FREE], capture_output=True, encoding="utf-8", check=True
    )
    assert int(done.stdout) * resource.getpagesize() > 20_000_000


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
sys.modules["lkjip_tui.tui.chart_window"] = None  # cannot be imported
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
