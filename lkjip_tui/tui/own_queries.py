"""The query files: read again, one's own deleted, and what the screen shows then."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.query.deleted_query import explained_by, place_of, put_away, resting_on
from lkjip_tui.core.query.queries import Kind, Query, Refused
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import keys_waiting
from lkjip_tui.language import _, plural
from lkjip_tui.tui.dialogs import Choose, Confirm, shown_path
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

    def do_delete_query(self) -> None:
        """Delete a query of one's own: the one that is shown or chosen."""
        self.delete(self._chosen())

    def delete(self, name: str) -> None:
        """Delete a query of one's own by its full name or its file; else ask which."""
        if self._workspace.read_only:
            self._bench.tell(self._workspace.why_read_only, error=True)
            return
        self._bench.run_worker(self._delete(name))

    def show_saved(self, event: QuerySaved) -> None:
        """Read the queries again and show the one that was saved, or say what is wrong with it."""
        self._bench.run_worker(self._show_saved(event))

    async def _read_again(self) -> None:
        before = list(self._workspace.registry.queries.values())
        with keys_waiting(self._bench):
            if self._bench.looking is not None:
                self._bench.looking.look_again()
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

    # Deleting

    def _chosen(self) -> str:
        bench = self._bench
        names = bench.query_one(Navigator)
        if bench.focused is names and (option := names.highlighted_option) is not None:
            return str(option.id)
        return str(getattr(bench.pane, "rule", "")) or bench.place

    async def _delete(self, name: str) -> None:
        bench, registry = self._bench, self._workspace.registry
        every: list[Query | Refused] = [*registry.queries.values(), *registry.refused]
        files = {each.file: each for each in every}
        query = registry.queries.get(name) or files.get(name) or await self._asked_which()
        if query is None:
            return
        title = query.name if isinstance(query, Refused) else query.title()
        if not query.is_own:
            told = _("“{title}” comes with the program and is not deleted.").format(title=title)
            bench.tell(f"{told}\n{_instead(query)}", error=True)
            return
        file, folder = Path(query.file), (self._workspace.path.parent / "queries").resolve()
        place = await asyncio.to_thread(place_of, file, folder)
        told = _("Its file goes to {place}; put back, it is there again.")
        about = [told.format(place=shown_path(place))]
        if isinstance(query, Query):
            about += await asyncio.to_thread(self._with_it, query)
        question = _("Delete “{title}”?").format(title=title)
        if not await bench.app.push_screen_wait(Confirm(question, "\n".join(about), _("delete"))):
            return
        before, known = list(registry.queries.values()), {each.message for each in registry.faults}
        with keys_waiting(bench):
            try:
                await asyncio.to_thread(put_away, file, place)
            except LkjipError as error:
                bench.tell_failure(error)
                return
            faults = await self._read()
            if faults is not None:
                await self._show_what_is_there(before)
                told = _("Deleted; its file is kept: {file}")
                told = told.format(file=place.relative_to(folder.parent))
                self._tell(told, [fault for fault in faults if fault not in known])
        bench.recount()

    async def _asked_which(self) -> Query | Refused | None:
        registry = self._workspace.registry
        own: dict[str, Query | Refused] = {
            f"{query.title()}  {query.full_name}": query
            for query in registry.queries.values()
            if query.is_own
        }
        own |= {each.name: each for each in registry.refused if each.is_own}
        if not own:
            told = _("There is no query of your own: they lie in queries/ beside the file.")
            self._bench.tell(told, error=True)
            return None
        question = _("Delete which query of your own?")
        chosen = await self._bench.app.push_screen_wait(Choose(question, list(own)))
        return None if chosen is None else own[chosen]

    def _with_it(self, query: Query) -> list[str]:
        """Return what else changes when a query is gone, and what stays."""
        registry, told = self._workspace.registry, []
        former = registry.replaced.get(query.full_name)
        reading = _("What reads from it fails then: {names}.")
        if former is not None:
            again = _("“{title}”, which comes with the program, stands in its place again.")
            told.append(again.format(title=former.title()))
            reading = _("What reads from it reads that then: {names}.")
        names = ", ".join(
            f"{each.title()} ({each.full_name})"
            for each in resting_on(registry, query.full_name)
            if former is None or each.is_own
        )
        if names:
            told.append(reading.format(names=names))
        if former is None and (explained := explained_by(registry, query.full_name)):
            said = _("Cells that come from it do not say so any more: {names}.")
            names = ", ".join(f"{each.title()} ({each.full_name})" for each in explained)
            told.append(said.format(names=names))
        if query.kind is Kind.CHECK:
            with self._workspace.session() as session:
                ask = "select count(*) from accepted_finding where check_name = ?"
                count = session.read_guarded(ask, [query.name], most=1)[0][0]
            if count:
                accepted = plural(
                    "{count} accepted finding stays a fact, in the sheet of those accepted.",
                    "{count} accepted findings stay facts, in the sheet of those accepted.",
                    count,
                )
                told.append(accepted.format(count=count))
        elif query.kind is not Kind.BASIS:
            told.append(_("The facts that it shows stay."))
        return told

    # Reading

    async def _read(self) -> list[str] | None:
        """Read the query files; return what is wrong with them, None where they are not read."""
        faults = await self._bench.off_screen(self._workspace.read_queries)
        if faults is None:
            return None
        bench, registry = self._bench, self._workspace.registry
        # Rows that are counted now may be those of what is gone, which would be told.
        bench.workers.cancel_group(bench, "rows")
        bench.query_one(Navigator).show(registry, bench.place)
        bench.show_counts(bench.year, bench.counts.of(registry))
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


def _instead(query: Query | Refused) -> str:
    """Return what can be done with a query of the program."""
    if query.kind is Kind.CHECK:
        return _("“Switch the rule off” silences it; the sheet of rules switches it on again.")
    return _("One of yours can stand in its place: in the console by Alt+Shift+C, F4 and Ctrl+S.")
