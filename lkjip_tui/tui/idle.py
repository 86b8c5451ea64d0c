"""What is done while nobody acts: the file's log moved in, copies made, memory given back."""

import asyncio
import sys
import time
from contextlib import suppress
from functools import partial
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Final

from textual._styles_cache import StylesCache

from lkjip_tui import garbage, system, tui
from lkjip_tui.core.errors import IsStopped
from lkjip_tui.core.workspace import Workspace

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.worker import WorkType

    from lkjip_tui.tui.workbench import Workbench

#: Seconds without an act after which the file rests: its log is moved in, copies are made, rows are
#: counted, garbage is looked for.
IDLE: Final = 2.0
#: Seconds after which the modules of the screens that are not shown first are read.
MODULES: Final = 1.0
#: Seconds after which it is tried again where something was read just then.
BETWEEN_TRIES: Final = 10.0
#: Seconds between two modules: what is drawn just then is slowed by one of them at most.
BETWEEN_MODULES: Final = 0.01
#: Seconds after which a dialog that goes is no more in use by the library. It is tried again where
#: anything is at work, each time twice as late, up to the most.
SOON: Final = 0.2
LATE: Final = 5.0
#: Seconds between two copies that others look at.
BETWEEN_SHOWN: Final = 60.0


def read_modules(is_stopped: IsStopped = bool) -> None:
    """Read the modules of all screens, for which the first opening of each would wait."""
    for found in walk_packages(tui.__path__, f"{tui.__name__}."):
        if is_stopped():
            return
        if sys.modules.get(found.name):
            continue
        with suppress(ImportError, OSError):  # the first opening tells it
            import_module(found.name)
        time.sleep(BETWEEN_MODULES)


class Idle:
    """Waits behind a workbench for it to be idle; nothing of it is asked for by the user."""

    def __init__(self, workspace: Workspace, bench: "Workbench") -> None:
        self._workspace = workspace
        self._bench = bench
        self._timer: Timer | None = None
        self._tidying: asyncio.TimerHandle | None = None
        self._gives_back = False
        self._is_copied = False
        self._shown_at: float | None = None
        self._is_shown = False

    def start(self) -> None:
        """Begin as the screen comes."""
        self.begin()
        self._bench.set_timer(MODULES, self._read_modules)

    def begin(self) -> None:
        """Wait anew, since something was done just now."""
        self._is_shown = False
        if self._workspace.read_only:
            self.tidy_in(IDLE, whole=True)
        else:
            self._wait(IDLE)

    def tidy_in(self, seconds: float, *, whole: bool = False) -> None:
        """Look for garbage then, once nothing is at work; when `whole` give its memory back, too.

        What gives it back stops other threads, so that is for moments in which nobody acts.
        """
        if self._tidying is not None:
            self._tidying.cancel()
        self._gives_back |= whole  # also if a dialog comes before
        # A timer of the screen's own would draw it anew beneath each dialog, again and again.
        loop = asyncio.get_running_loop()
        self._tidying = loop.call_later(seconds, partial(self._tidy, seconds))

    def _tidy(self, seconds: float) -> None:
        if not self._bench.is_running:
            return
        # The application's own worker waits for keys as long as it runs.
        if any(each.is_running for each in self._bench.workers if each.node is not self._bench.app):
            self.tidy_in(min(2 * seconds, LATE))
            return
        # Textual remembers by it the last thousand widgets, with all lines that they drew.
        StylesCache.get_inner_outer.cache_clear()
        garbage.look()
        if self._gives_back:
            self._gives_back = False
            asyncio.get_running_loop().run_in_executor(None, system.give_memory_back)

    def _read_modules(self) -> None:
        async def read() -> None:
            await asyncio.to_thread(read_modules, lambda: not self._bench.is_running)
            garbage.keep(read_modules)

        self._begin_work(read, "modules")

    def _wait(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._bench.set_timer(seconds, self._rest)

    def _rest(self) -> None:
        self._begin_work(self._keep, "rest")

    def _begin_work(self, work: "WorkType[None]", group: str) -> None:
        # The function: a coroutine that the end of the program comes before would be warned of.
        self._bench.run_worker(work, group=group)

    async def _keep(self) -> None:
        """Move the log into the file, and copy it; then give back what memory that took."""
        try:
            await self._keep_file()
        finally:
            self.tidy_in(SOON, whole=True)

    async def _keep_file(self) -> None:
        bench, workspace = self._bench, self._workspace
        if bench.saved_at is not None:
            bench.stage.release_result()
        is_moved = await bench.off_screen(workspace.checkpoint)
        if is_moved is None:  # why not is told
            return
        if is_moved is False and not self._is_copied:  # something is read just now
            self.begin()
            return
        await self.keep_copy()
        if is_moved is False:
            self._wait(BETWEEN_TRIES)
            return
        if self._is_shown:
            return
        since = time.monotonic() - (self._shown_at or -BETWEEN_SHOWN)
        if since < BETWEEN_SHOWN:
            self._wait(BETWEEN_SHOWN - since)
            return
        self._shown_at, self._is_shown = time.monotonic(), True
        await bench.off_screen(workspace.show_copy)

    async def keep_copy(self) -> None:
        """Copy the file once after it was opened; later no safe copy comes or goes by itself."""
        if not self._is_copied:
            self._is_copied = True
            await self._bench.off_screen(self._workspace.keep_copy)
