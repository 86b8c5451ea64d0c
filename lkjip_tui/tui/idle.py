"""What is done for the file while nobody acts: its log moved in, copies made."""

import time
from typing import TYPE_CHECKING, Final

from lkjip_tui.core.workspace import Workspace

if TYPE_CHECKING:
    from textual.timer import Timer

    from lkjip_tui.tui.workbench import Workbench

#: Seconds without an act after which the log is moved into the file, copies are made, rows counted.
IDLE: Final = 2.0
#: Seconds after which it is tried again where something was read just then.
BETWEEN_TRIES: Final = 10.0
#: Seconds between two copies that others look at.
BETWEEN_SHOWN: Final = 60.0


class Idle:
    """Waits behind a workbench for it to be idle; nothing of it is asked for by the user."""

    def __init__(self, workspace: Workspace, bench: "Workbench") -> None:
        self._workspace = workspace
        self._bench = bench
        self._timer: Timer | None = None
        self._is_copied = False
        self._shown_at: float | None = None
        self._is_shown = False

    def begin(self) -> None:
        """Wait anew, since something was done just now."""
        self._is_shown = False
        if not self._workspace.read_only:
            self._wait(IDLE)

    def _wait(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._bench.set_timer(seconds, self._rest)

    def _rest(self) -> None:
        self._bench.run_worker(self._keep(), group="rest")

    async def _keep(self) -> None:
        """Move the log into the file, and copy it."""
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
