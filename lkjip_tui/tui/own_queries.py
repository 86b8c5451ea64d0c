"""The query files, also those of one's own: read again, and what the screen shows then."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lkjip_tui.core.queries import Kind, Query
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import keys_waiting
from lkjip_tui.language import _, plural
from lkjip_tui.tui.dialogs import shown_path
from lkjip_tui.tui.navigator import FINDINGS, Counts, Navigator
from lkjip_tui.tui.told import QuerySaved

if TYPE_CHECKING:
    from lkjip_tui.tui.workbench import Workbench

#: What the pane of queries shows; of a check the findings are.
_SHOWN: Final = (Kind.SHEET, Kind.TABLE)


class OwnQueries:
    """Acts of a workbench after which other queries are there."""

    def __init__(self, workspace: Workspace, bench: "Workbench") -> None:
        self._workspace = workspace
        self._bench = bench

    def do_read_queries(self) -> None:
        """Read the query files again; where a copy is looked at, the newest state there is."""
        self._bench.run_worker(self._read_again())

    def show_saved(self, event: QuerySaved) -> None:
        """Read the queries again and show the one that was saved, or say what is wrong with it."""
        self._bench.run_worker(self._show_saved(event))

    async def _read_again(self) -> None:
        before = list(self._workspace.registry.queries.values())
        with keys_waiting(self._bench):
            if self._bench.looking is not None:
                await self._bench.looking.look_again()
                return
            faults = await self._read()
            if faults is not None:
                gone = await self._show_what_is_there(before)
                count = len(self._workspace.registry.queries)
                told = plural("{count} query read", "{count} queries read", count)
                self._tell(gone or ("" if faults else told.format(count=count)), faults)
        self._bench.recount()

    async def _show_saved(self, event: QuerySaved) -> None:
        bench, file = self._bench, shown_path(Path(event.file))
        with keys_waiting(bench):
            faults = await self._read()
            if faults is None:
                return
            query = self._workspace.registry.queries.get(event.full_name)
            if query is None or query.file != event.file:
                self._tell("", [*faults, _("It stays for mending: {file}").format(file=file)])
                return
            if query.kind is Kind.CHECK:
                await self._count_at_once()
            await bench.go_on(event.full_name)
            self._tell(_("Saved: {file}").format(file=file), faults)
        bench.recount()

    async def _read(self) -> list[str] | None:
        """Read the query files; return what is wrong with them, None where they are not read."""
        faults = await self._bench.off_screen(self._workspace.read_queries)
        if faults is None:
            return None
        self._bench.query_one(Navigator).show(self._workspace.registry, self._bench.place)
        return [fault.message for fault in faults]

    async def _show_what_is_there(self, before: Sequence[Query]) -> str:
        """Show anew what is shown, or its neighbour where it is gone, and return that it is."""
        queries, here = self._workspace.registry.queries, self._bench.place
        gone = next((each for each in before if each.full_name == here), None)
        if gone is None or here in queries:
            await self._bench.open_place(here)
            return ""
        at = before.index(gone)
        beside = [each for each in (*before[at:], *reversed(before[:at])) if each.kind in _SHOWN]
        beside.sort(key=lambda each: each.kind is not gone.kind)
        there = (each.full_name for each in beside if each.full_name in queries)
        await self._bench.open_place(next(there, FINDINGS))
        told = _("“{title}” is not there any more; what stood beside it is shown.")
        return told.format(title=gone.title())

    async def _count_at_once(self) -> None:
        """Run the checks now, since what they find is to be shown."""
        bench, year = self._bench, self._bench.year
        counted = await bench.off_screen(lambda: self._workspace.findings(year))
        if counted is not None:
            bench.show_counts(year, Counts(bench.counts.rows, *counted))

    def _tell(self, told: str, faults: Sequence[str]) -> None:
        if faults:
            self._bench.tell_faults([told, *faults] if told else faults)
        else:
            self._bench.tell(told)
