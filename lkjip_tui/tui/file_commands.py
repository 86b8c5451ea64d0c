"""What is done with the whole file: a year started, a copy made."""

import asyncio
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from lkjip_tui.core.changes.years import LACKING, year_of
from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import keys_waiting
from lkjip_tui.language import _, plural
from lkjip_tui.tui.dialogs import Ask, Choose, path_of
from lkjip_tui.tui.long_act import LongAct
from lkjip_tui.tui.stoppable import Stoppable
from lkjip_tui.tui.told import NEXT_ACT, Changed

if TYPE_CHECKING:
    from lkjip_tui.tui.workbench import Workbench


class FileCommands(Stoppable[LongAct]):
    """Acts of a workbench that ask something first, and go on behind the screen."""

    def __init__(self, workspace: Workspace, bench: "Workbench") -> None:
        super().__init__(LongAct(bench, bench.tell))
        self._workspace = workspace
        self._bench = bench

    def do_start_year(self) -> None:
        """Make another year with this one's structure."""
        self._bench.run_worker(self._start_year())

    def do_revise(self) -> None:
        """Let the revised agreement count from now on."""
        self._bench.run_worker(self._revise())

    def do_back_up(self) -> None:
        """Write a verified copy."""
        self._bench.run_worker(self._back_up())

    async def _start_year(self) -> None:
        bench = self._bench
        answer = await bench.app.push_screen_wait(
            Ask(
                _("Start a year"),
                str(self._workspace.office.latest + 1),
                _("It gets the structure of {year}, with empty figures; Ctrl+Z takes it back.")
                .format(year=bench.year),
            )
        )  # fmt: skip
        if answer is None:
            return
        source = bench.year
        with keys_waiting(bench):
            try:
                year = year_of(answer)
                await bench.steps.change(partial(self._workspace.start_year, year, source))
            except LkjipError as error:
                bench.tell_failure(error)
                return
            await bench.switch_year(year)
            await bench.go_on(LACKING)
        told = _("{year} is started. {next}").format(year=year, next=_(NEXT_ACT))
        # By the pane's road, behind what it says of its reading.
        bench.query_pane.post_message(Changed(told))

    async def _revise(self) -> None:
        bench, year = self._bench, self._bench.year
        count = await asyncio.to_thread(self._workspace.unrevised, year)
        fill = _("Begin with the initial figures")
        chosen: str | None = fill
        if count:
            asked = plural(
                "{count} initial figure has no revised one",
                "{count} initial figures have no revised one",
                count,
            ).format(count=count)
            dropped = _("Leave them empty: the revision dropped them")
            chosen = await bench.app.push_screen_wait(Choose(asked, [fill, dropped]))
        if chosen is not None:
            revise = self._workspace.put_revision_in_force
            step = partial(revise, year, fill=chosen == fill)
            await bench.steps.do(step, _("revision in force"))

    async def _back_up(self) -> None:
        bench, path = self._bench, self._workspace.path
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        answer = await bench.app.push_screen_wait(
            Ask(_("Back up to"), str(path.with_name(f"{path.stem}-{stamp}{path.suffix}")))
        )
        if answer is not None:
            bench.stage.release_result()
            target = path_of(answer, path.parent)
            told = _("Writing {file}").format(file=target.name)
            try:
                act = partial(self._workspace.back_up, target, self._is_stopped)
                await self._work.run(told, act)
            except LkjipError as error:
                bench.tell_failure(error)
            else:
                bench.tell(_("A verified copy is in {file}.").format(file=target))

    def _is_stopped(self) -> bool:
        return self._work.is_stopping
