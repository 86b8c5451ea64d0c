"""What keeps the file's state, and holds it against another: restoring, and frozen editions."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lkjip_tui.core.errors import Interrupted, LkjipError, OtherOffice
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.tui.dialogs import Ask, Choose, Confirm, path_of
from lkjip_tui.tui.long_read import LongRead
from lkjip_tui.tui.navigator import DIFFERENCES
from lkjip_tui.tui.stoppable import Stoppable
from lkjip_tui.tui.told import Changed, GoTo, Told

if TYPE_CHECKING:
    from lkjip_tui.core.changes.restoring import Restoration
    from lkjip_tui.core.storage.copies import Copy
    from lkjip_tui.core.storage.cursors import Session
    from lkjip_tui.tui.workbench import Workbench

_T = TypeVar("_T")


class SafeKeeping(Stoppable[LongRead]):
    """Acts of a workbench that ask something first, and go on behind the screen."""

    def __init__(self, workspace: Workspace, bench: "Workbench") -> None:
        super().__init__(LongRead())
        self._workspace = workspace
        self._bench = bench

    def do_restore(self) -> None:
        """Make the facts those of a copy again, after a look at what would change."""
        self._bench.run_worker(self._restore())

    def do_freeze_edition(self) -> None:
        """Freeze an edition of this year."""
        self._bench.run_worker(self._freeze())

    def do_compare_edition(self) -> None:
        """List what an edition prints differently from the file."""
        self._bench.run_worker(self._compare())

    # Restoring

    async def _restore(self) -> None:
        bench, workspace = self._bench, self._workspace
        copy = await self._chosen_copy()
        if copy is None:
            return
        try:
            found = await self._restoration(copy)
        except LkjipError as error:
            bench.tell_failure(error)
            return
        if found is None:
            return
        if not found.act.changes:
            told = _("The copy holds what the file holds; there is nothing to restore.")
            bench.post_message(Told(told))  # behind what the reading says at its end
            return
        from lkjip_tui.tui.act_window import ActWindow  # noqa: PLC0415 - seldom opened
        from lkjip_tui.tui.history_model import ChangesModel  # noqa: PLC0415 - likewise

        changes = found.act.changes
        model = ChangesModel(
            workspace.wording(found.act), len(changes), lambda start, stop: changes[start:stop]
        )
        heading = _("Restore from {file}: {extent}").format(file=copy.name, extent=found.extent)
        if await bench.app.push_screen_wait(ActWindow(heading, model, to_do=_("restore"))):
            await bench.steps.do(lambda: workspace.restore(found), _("restored"))

    async def _chosen_copy(self) -> Path | None:
        """Return the safe copy that the user chooses, or another file that is named."""
        bench = self._bench
        bench.stage.release_result()
        await bench.idle.keep_copy()  # which would else take away one that is listed
        copies = {_name(copy): copy.path for copy in self._workspace.copies()}
        other = _("Another file…")
        chosen: str | None = other
        if copies:
            asked = Choose(_("Restore from a copy"), [*copies, other])
            chosen = await bench.app.push_screen_wait(asked)
        if chosen != other:
            return None if chosen is None else copies[chosen]
        folder = self._workspace.path.absolute().parent
        about = _("A file in {folder}, or anywhere. It is only read, and what would change is shown"
                  " first.").format(folder=folder)  # fmt: skip
        answer = await bench.app.push_screen_wait(Ask(_("Restore from"), about=about))
        return None if answer is None else path_of(answer, folder)

    async def _restoration(self, copy: Path) -> "Restoration | None":
        """Return what restoring would do; None when the user does not want that other office."""
        restoration = self._workspace.restoration
        try:
            return await self._read(lambda session: restoration(copy, session))
        except OtherOffice as error:
            asked = Confirm(_("Restore from another office?"), error.message, _("look at it"))
            if not await self._bench.app.push_screen_wait(asked):
                return None
        return await self._read(lambda session: restoration(copy, session, other_office=True))

    # Editions

    async def _freeze(self) -> None:
        from lkjip_tui.transfer.freezing import freeze  # noqa: PLC0415 - seldom

        bench, workspace, year = self._bench, self._workspace, self._bench.year
        name, about = f"LKjIP {year} final", _("Its name; it holds every report table of {year}.")
        about = about.format(year=year)
        while answer := await bench.app.push_screen_wait(Ask(_("Freeze an edition"), name, about)):
            name = answer
            bench.stage.release_result()
            try:
                edition, problems = await self._read(partial(freeze, workspace, name, year))
            except Interrupted as error:
                bench.tell(error.message)
                return
            except LkjipError as error:
                about = str(error)
            else:
                folder = edition.folder.relative_to(workspace.path.parent)
                frozen_in = _("Frozen in {folder}").format(folder=folder)
                bench.post_message(Changed(frozen_in))
                if problems:
                    told = "\n● ".join([frozen_in, *map(str, problems)])
                    bench.post_message(Told(told, error=True))
                return

    async def _compare(self) -> None:
        bench = self._bench
        found, faults = self._workspace.editions.every()
        if faults:
            bench.tell("\n● ".join(fault.message for fault in faults), error=True)
        if not found:
            if not faults:
                bench.tell(_("No edition of this file is frozen yet."))
            return
        names = [edition.name for edition in found]
        chosen: str | None = names[0]
        if names[1:]:
            asked = Choose(_("Compare with an edition"), names)
            chosen = await bench.app.push_screen_wait(asked)
        if chosen is not None:
            year = found[names.index(chosen)].fiscal_year
            bench.post_message(GoTo(DIFFERENCES, chosen, "", year=year))

    async def show_differences(self, year: int, name: str) -> None:
        """Compare a year with an edition, else with the one compared with last, or the newest."""
        from lkjip_tui.tui.differences_model import DifferencesModel  # noqa: PLC0415 - seldom
        from lkjip_tui.tui.differences_pane import DifferencesPane  # noqa: PLC0415 - likewise

        stage, workspace = self._bench.stage, self._workspace
        name = name or next((pane.edition_name for pane in stage.query(DifferencesPane)), "")
        model = await self._read(
            lambda session: DifferencesModel.read(workspace, name, year, session)
        )
        await stage.show_differences(model)

    # Inside

    async def _read(self, read: "Callable[[Session], _T]") -> _T:
        """Read another file off the screen; Esc stops it."""
        try:
            with self._workspace.session() as session:
                return await self._work.run(self._bench, session, read)
        finally:
            self._bench.refresh_bindings()


def _name(copy: "Copy") -> str:
    """Return what a list calls a safe copy."""
    return _("{when}  up to change {number}").format(
        when=f"{copy.at:%Y-%m-%d %H:%M:%S}", number=copy.journal_id
    )
