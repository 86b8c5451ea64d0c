"""A copy that is looked at because somebody else has the file: newer ones, and the file again."""

from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from lkjip_tui.core.errors import FileBusy
from lkjip_tui.core.storage.shown_copy import shown_since, when
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import keys_waiting
from lkjip_tui.language import _
from lkjip_tui.paths import is_writable
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.view import View

if TYPE_CHECKING:
    from lkjip_tui.tui.app import LkjipApp
    from lkjip_tui.tui.workbench import Workbench

#: Seconds after which it is seen whether there is a newer copy.
_SOON: Final = 2.0

Found: TypeAlias = "tuple[Workspace, View, str]"
"""What is open instead, what of it is shown first, and what to say of it."""


class Looking:
    """Watches behind a workbench on a copy whether there is something newer to look at."""

    def __init__(self, workspace: Workspace, bench: "Workbench", memory: Memory) -> None:
        self._workspace = workspace
        self._bench = bench
        self._memory = memory
        self._told: datetime | None = workspace.copied_at
        bench.set_interval(_SOON, self._tell_newer)

    def _tell_newer(self) -> None:
        newest = shown_since(self._workspace.path)
        if newest is not None and newest != self._told:
            self._told = newest
            told = _("There is a newer copy, of {time}: Shift+F5 shows it.")
            self._bench.tell(told.format(time=when(newest)))

    def look_again(self) -> None:
        """Show the file itself if it is free by now, else the newest copy of it."""
        # This screen's own workers end with it.
        self._bench.app.run_worker(self._look_again(), exclusive=True, group="looking")

    async def _look_again(self) -> None:
        bench = self._bench
        with keys_waiting(bench):
            here = bench.here()
            found = await bench.off_screen(lambda: self._newest(here[1]))
            if found is not None:
                await cast("LkjipApp", bench.app).show_instead(*found, here)

    def _newest(self, year: int) -> Found:
        """Open what is newer; raises FileBusy where nothing is."""
        former = self._workspace
        read_only = not (former.wants_to_write and is_writable(former.path))
        try:
            found = Workspace.open(former.path, read_only=read_only)
            told = _("The file is free by now, and this is the file itself.")
        except FileBusy as busy:
            if shown_since(former.path) == former.copied_at:
                raise FileBusy(busy.message, _("There is no newer copy yet.")) from busy
            found = Workspace.open_shown(former.path, read_only=not former.wants_to_write)
            told = _("This is the copy of {time}.")
            told = told.format(time="" if found.copied_at is None else when(found.copied_at))
        try:
            still = year if year in found.office.years else None
            return found, View.first(found, self._memory, still), told
        except BaseException:
            found.close()
            raise
