"""The real program on a real file, driven by keys."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import TypeAlias

import pytest
from textual import events
from textual.pilot import Pilot

from lkjip_tui import language
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Grid
from lkjip_tui.tui import workbench
from lkjip_tui.tui.app import LkjipApp
from lkjip_tui.tui.key_settings import KeySettings
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.navigator import FINDINGS
from lkjip_tui.tui.workbench import Workbench
from tests.grid.support import keys_acted

#: How often it is looked for what a person waits for, and the longest between two looks.
_PATIENCE, _LONGEST_WAIT = 400, 0.05
#: Turns of the loop in which a key comes from the terminal to the program's queue.
_TURNS = 5


class Desk:
    """A person at the keyboard: presses keys, and waits for what they see."""

    def __init__(self, app: LkjipApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def english(self) -> bool:
        """Whether the program speaks English."""
        return language.current() == "en"

    @property
    def workbench(self) -> Workbench:
        """The screen of the open file."""
        found = self.app.workbench
        assert found is not None
        return found

    @property
    def grid(self) -> Grid:
        """The grid of the pane that is shown."""
        return self.workbench.pane.query_one(Grid)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, and wait until they have acted."""
        await self.burst(keys, 0)
        await self._settle()

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click at a place of the screen, as the terminal tells it."""
        for kind in (events.MouseDown, events.MouseUp):
            self._send(kind(None, x, y, 0, 0, button, False, False, False, x, y))  # noqa: FBT003

    async def paste(self, text: str) -> None:
        """Paste a text as the terminal gives it, and wait until it has acted."""
        self._send(events.Paste(text))
        await self._settle()

    async def _settle(self) -> None:
        for _turn in range(_TURNS):
            await asyncio.sleep(0)
        taken = asyncio.Event()
        self.app.call_later(taken.set)
        while self.app.is_running:
            with suppress(TimeoutError):
                async with asyncio.timeout(0.1):
                    await taken.wait()
                    await keys_acted(self.app)
                    break
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.press(*text)

    async def burst(self, keys: Sequence[str], gap: float) -> None:
        """Press keys so many seconds apart, whether the program has taken the last or not."""
        for key in keys:
            self._send(events.Key(key, key if len(key) == 1 else None))
            await asyncio.sleep(gap)

    def _send(self, event: events.Event) -> None:
        driver = self.app._driver  # noqa: SLF001 - what a terminal's keys come from
        assert driver is not None
        driver.send_message(event)

    async def see(self, condition: Callable[[], object], what: str) -> None:
        """Wait until a condition holds; `what` names it when it never does."""
        wait = 0.005
        for _attempt in range(_PATIENCE):
            if condition():
                await self.pilot.pause()
                return
            await self.pilot.pause(wait)
            # To look takes processor time from what is waited for.
            wait = min(1.3 * wait, _LONGEST_WAIT)
        pytest.fail(f"never seen: {what}\n{self.screen()}")

    async def open(self, place: str) -> None:
        """Open a sheet, a table or another screen; a check is opened among the findings."""
        await self.workbench.open_place(place)
        shown = FINDINGS if place.startswith("quality.") else place
        await self.see(lambda: self.workbench.place == shown, shown)

    async def go_to(self, row_key: str, column: str) -> None:
        """Put the cursor on a cell of the query that is shown."""
        await self.workbench.open_place(self.workbench.place, row_key=row_key, column=column)
        await self.pilot.pause()

    def cell(self, row_key: str, column: str) -> str:
        """Return a cell's text as the grid draws it."""
        model = self.workbench.query_pane.model
        assert model is not None
        at = model.position(row_key)
        assert at is not None, f"no row {row_key}"
        number = [each.name for each in model.columns].index(column)
        return model.rows(at, at + 1)[0].cells[number].text

    def screen(self) -> str:
        """Return everything on the screen as text."""
        width, height = self.app.size
        lines = self.app.screen._compositor.render_strips()  # noqa: SLF001 - the drawn screen
        return "\n".join(strip.text[:width] for strip in lines[:height])


OpenDesk: TypeAlias = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put off what is counted behind the screen, in tests of something else: a third of their time.

    How it goes together with keys is tested where they come fast, and where figures are counted.
    """
    monkeypatch.setattr(workbench, "_AFTER_A_CHANGE", 3_600)


@pytest.fixture
def desk(tmp_path: Path) -> OpenDesk:
    """Open the program on a file, or on the start screen without one; `keys` are one's own."""

    @asynccontextmanager
    async def opened(
        path: Path | None,
        *,
        size: tuple[int, int] = (120, 36),
        read_only: bool = False,
        look: bool = False,
        keys: str = "",
    ) -> AsyncIterator[Desk]:
        door = Workspace.open_shown if look else Workspace.open
        workspace = None if path is None else door(path, read_only=read_only)
        app = LkjipApp(
            workspace,
            memory=Memory(tmp_path / "state.json"),
            keys=KeySettings.parse(keys, tmp_path / "settings" / "keys.toml"),
        )
        try:
            async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
                at_desk = Desk(app, pilot)
                if path is not None:
                    await at_desk.see(
                        lambda: app.workbench is not None and app.workbench.place, "the first sheet"
                    )
                yield at_desk
        finally:
            if app.workspace is not None:
                app.workspace.close()

    return opened
