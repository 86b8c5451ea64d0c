"""What changes anything of the file at once, backwards and forwards, however long it takes."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from lkjip_tui.core.acts import Act, RecordedAct
from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import keys_waiting
from lkjip_tui.language import _, mark
from lkjip_tui.tui.long_act import SOON, LongAct
from lkjip_tui.tui.stoppable import Stoppable

if TYPE_CHECKING:
    from lkjip_tui.tui.workbench import Workbench

Step: TypeAlias = Callable[[], Act | RecordedAct | None]
"""Does something, and returns what; None where there was nothing to do."""
_T = TypeVar("_T")

_CHANGING: Final = mark("Changing the file")


class Steps(Stoppable[LongAct]):
    """Acts of a workbench upon all of its file."""

    def __init__(self, workspace: Workspace, bench: "Workbench") -> None:
        super().__init__(LongAct(bench, bench.tell))
        self._workspace = workspace
        self._bench = bench

    async def do_undo(self) -> None:
        """Take the last act back."""
        await self.take_back(self._workspace.undo)

    async def do_redo(self) -> None:
        """Do again what was taken back."""
        await self.do(self._workspace.redo, _("redone"), _("There is nothing to redo."))

    async def take_back(self, step: Step) -> None:
        """Take something back."""
        await self.do(step, _("undone"), _("There is nothing to undo."))

    async def do(self, step: Step, done: str, nothing: str = "") -> None:
        """Do what may change anything, the years too, and tell it behind `done`.

        What lasts goes on behind the action or message that began it, so that Esc can stop it.
        """
        asked = asyncio.ensure_future(asyncio.to_thread(step))
        shown = partial(self._show, asked, self._workspace.office.years, done, nothing)
        await asyncio.wait({asked}, timeout=SOON)
        if asked.done():
            await shown()
            return
        with ExitStack() as held:
            held.enter_context(keys_waiting(self._bench))
            self._bench.run_worker(self._go_on(asked, held.pop_all(), shown))

    async def change(self, act: Callable[[], _T]) -> _T:
        """Do what may change much; raises what that raises, and Interrupted once Esc stopped it."""
        return await self._work.run(_(_CHANGING), act, self._workspace.stop_writing)

    async def _go_on(
        self, asked: asyncio.Future[_T], held: ExitStack, shown: Callable[[], Awaitable[None]]
    ) -> None:
        with held:
            with self._work.telling(_(_CHANGING), self._workspace.stop_writing):
                await asyncio.wait({asked})
            await shown()

    async def _show(
        self,
        asked: asyncio.Future[Act | RecordedAct | None],
        before: Sequence[int],
        done: str,
        nothing: str,
    ) -> None:
        bench = self._bench
        try:
            act = asked.result()
        except LkjipError as error:
            bench.tell_failure(error)
            return
        if act is None:
            bench.tell(nothing)
            return
        told = await asyncio.to_thread(self._workspace.told, act)
        years = self._workspace.office.years
        if come := [year for year in years if year not in before]:
            await bench.switch_year(max(come))  # as when it was started
        elif bench.year not in years:
            await bench.switch_year(self._workspace.office.latest)
        else:
            await bench.reload()
        if isinstance(act, Act):
            bench.query_pane.show_change(act)
        done = f"{done}: "
        bench.changed(done + told.within(bench.size.width - 2 - len(done)))
