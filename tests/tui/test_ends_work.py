"""What works for a widget ends with it."""

import ast
import asyncio
from pathlib import Path

import pytest
from textual import work
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static

import lkjip_tui.tui
from lkjip_tui.core.errors import Interrupted
from lkjip_tui.tui.ends_work import EndsWork
from tests.tui.conftest import OpenDesk

_SOURCES = sorted(Path(lkjip_tui.tui.__file__).parent.glob("*.py"))


class _Slow(Static):
    """Something whose neighbours are gone while it is still leaving."""

    async def on_unmount(self) -> None:
        await asyncio.sleep(0.1)


class _Showing(Screen[None], EndsWork):
    """A screen that shows something again and again."""

    def compose(self) -> ComposeResult:
        yield _Slow()
        yield Static(id="shown")

    def on_mount(self) -> None:
        self.go_on()

    @work
    async def go_on(self) -> None:
        while True:
            self.query_one("#shown", Static).update("shown")
            await asyncio.sleep(0.005)


class _App(App[None]):
    def on_mount(self) -> None:
        self.push_screen(_Showing())


@pytest.mark.parametrize("leave", ["the screen", "the program"])
async def test_a_worker_never_outlives_what_it_shows_on(leave: str) -> None:
    """A count that came while the program closed would end it with an error."""
    async with _App().run_test() as pilot:
        await pilot.pause(0.05)
        if leave == "the screen":
            await pilot.app.pop_screen()
        await pilot.pause()


@pytest.mark.parametrize("source", _SOURCES, ids=lambda source: source.stem)
def test_whoever_has_workers_ends_them(source: Path) -> None:
    """The next widget that works behind the screen would be forgotten."""
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.ClassDef):
            marks = {
                ast.unparse(mark).partition("(")[0]
                for it in node.body
                if isinstance(it, ast.FunctionDef | ast.AsyncFunctionDef)
                for mark in it.decorator_list
            }
            works = "work" in marks or "self.run_worker(" in ast.unparse(node)
            assert not works or "EndsWork" in {ast.unparse(base) for base in node.bases}, node.name


@pytest.mark.usefixtures("uncounted")
async def test_what_is_stopped_for_leaving_is_no_fault(desk: OpenDesk, example: Path) -> None:
    """A terminal that is closed while something is read would end in a screen of code."""
    async with desk(example) as user:

        async def read() -> None:
            user.app.exit(return_code=129)
            raise Interrupted("Stopped.")

        user.app.run_worker(read())
        await user.see(lambda: not user.app.is_running, "the end")
    assert user.app.return_code == 129
