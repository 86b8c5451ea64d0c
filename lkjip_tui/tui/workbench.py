"""The screen of an open file: navigator, one pane, header, status line and footer."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import ScreenResume, ScreenSuspend
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from lkjip_tui.core.acts import Act
from lkjip_tui.core.errors import Interrupted, LkjipError, QueryError, SavedUnmarked
from lkjip_tui.core.query.queries import Kind, Query
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Grid, SparingCompositor, keys_waiting
from lkjip_tui.language import _, plural
from lkjip_tui.tui.dialogs import Choose, literal
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.export_commands import ExportCommands
from lkjip_tui.tui.file_commands import FileCommands
from lkjip_tui.tui.idle import IDLE, SOON, Idle
from lkjip_tui.tui.import_commands import ImportCommands
from lkjip_tui.tui.key_line import KeyLine
from lkjip_tui.tui.key_settings import KeySettings
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.navigator import (
    DIFFERENCES,
    FINDINGS,
    HISTORY,
    OTHER_SCREENS,
    SQL,
    Counts,
    Navigator,
)
from lkjip_tui.tui.own_queries import OwnQueries
from lkjip_tui.tui.query_pane import QueryPane
from lkjip_tui.tui.safekeeping import SafeKeeping
from lkjip_tui.tui.stage import Stage
from lkjip_tui.tui.steps import Steps
from lkjip_tui.tui.told import Changed, DeleteQuery, GoTo, QuerySaved, TakeBack, Told
from lkjip_tui.tui.top_line import TopLine
from lkjip_tui.tui.view import View

if TYPE_CHECKING:
    from lkjip_tui.core.checks.findings import Finding
    from lkjip_tui.tui.findings_pane import FindingsPane
    from lkjip_tui.tui.looking import Looking

_T = TypeVar("_T")

#: Seconds after which counts are made for the first time, and after a change: before, they would
#: take the processor's time from the rows that are shown.
_AFTER_THE_FIRST_ROWS = 0.15
_AFTER_A_CHANGE = 0.03
#: Cells by which a key makes a column wider.
_STEP = 2
#: Seconds in which what is said can be read.
_READ = 3.0


class Workbench(Screen[None], EndsWork):
    """Everything that an open file shows."""

    DEFAULT_CSS = """
    Workbench {
        & > #status {
            height: 1; padding: 0 1; color: $text-muted;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        & > #status.error {
            height: auto; max-height: 40%; color: $text-error; text-wrap: wrap;
        }
        & > Horizontal { height: 1fr; }
    }
    """

    # The library draws the whole screen anew whenever the focus moves, as it does around each edit.
    # What looks otherwise then is drawn anew by itself.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(
        self, workspace: Workspace, memory: Memory, first: View, keys: KeySettings, told: str = ""
    ) -> None:
        super().__init__()
        self._compositor = SparingCompositor()
        self._memory = memory
        self._keeping = SafeKeeping(workspace, self)
        self.idle = Idle(workspace, self)
        self.looking: Looking | None = None
        self._queries = OwnQueries(workspace, self)
        self.steps = Steps(workspace, self)
        self.acts = (
            self.steps, FileCommands(workspace, self), ExportCommands(workspace, self),
            ImportCommands(workspace, self, memory), self._keeping, self._queries,
        )  # fmt: skip
        self.workspace = workspace
        self.year = first.year
        self.place = first.query.full_name
        self._first = first
        self._told_first = told
        self._keys = keys
        self.counts = Counts({})
        self._count_wanted = False
        self._asked_for_counts = False
        self.saved_at: datetime | None = None
        self._told_at = 0.0
        self._trail: list[tuple[str, int, str, str]] = []
        self._counting = False
        self._tells_chosen = False

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield TopLine()
        with Horizontal():
            yield Navigator()
            yield Stage(self.workspace, self._memory, lambda: self.counts)
        yield Static(id="status", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what was read first."""
        self.query_one(Navigator).show(self.workspace.registry, self.place)
        self._show_top()
        self.query_pane.show(self._first)
        self.query_pane.grid.letters_act = self._keys.letters_act
        self.query_pane.grid.focus()
        self._tell_opening()
        self.set_timer(_AFTER_THE_FIRST_ROWS, self.recount)
        self.idle.start()
        if self.workspace.copied_at is not None:
            from lkjip_tui.tui.looking import Looking  # noqa: PLC0415 - seldom

            self.looking = Looking(self.workspace, self, self._memory)

    @on(ScreenSuspend)
    @on(ScreenResume)
    def _dialog_has_changed(self) -> None:
        self.idle.tidy_in(SOON)

    # Places

    @property
    def stage(self) -> Stage:
        """Where the panes stand."""
        return self.query_one(Stage)

    @property
    def pane(self) -> Widget:
        """The pane that is shown; the empty stage while the screen is made or ends."""
        return self.stage.pane

    @property
    def query_pane(self) -> QueryPane:
        """The pane of sheets, tables and other queries."""
        return self.stage.query_pane

    @property
    def is_editing(self) -> bool:
        """Whether a cell's editor is open."""
        return self.query_pane.facts.is_editing

    def go(self, place: str, *, row_key: str = "") -> None:
        """Go to a place, instead of any that is on its way; `back` comes back."""
        self.run_worker(self.go_on(place, row_key=row_key), exclusive=True, group="place")

    async def go_on(
        self, place: str, *, row_key: str = "", column: str = "", year: int | None = None
    ) -> None:
        """Open a place, and remember where the user went from."""
        here = self.here()
        if await self.open_place(place, row_key=row_key, column=column, year=year):
            if self.here() != here:
                self._trail.append(here)
            self.refresh_bindings()

    async def finish_editing(self) -> bool:
        """Save an open cell; False, and a word about it, when its text is refused."""
        if await self.query_pane.facts.finish_editing():
            return True
        self.tell(_("The cell's text is refused: mend it, or Esc leaves the cell as it was."))
        return False

    async def open_place(
        self, place: str, *, row_key: str = "", column: str = "", year: int | None = None
    ) -> bool:
        """Open a query by its full name, the console or the history, of a year or of this one.

        In the history `row_key` is the number of an act, among the differences the name of an
        edition. Keys wait for it. False when it cannot be opened; what was shown stays then.
        """
        year = year or self.year
        with keys_waiting(self):
            if not await self.finish_editing():
                return False
            if place != self.place:
                self._say(Content())  # what was said there is not about what comes
            try:
                place = await self._show_place(place, year, row_key=row_key, column=column)
            except LkjipError as error:
                self.tell_failure(error)
                return False
            if place != SQL:
                self.pane.query_one(Grid).focus()
            self.place = place
            self._forget()
            self.query_one(Navigator).mark(place)
            self.refresh_bindings()
            if year != self.year:
                self._turn_to(year)
            return True

    async def _show_place(self, place: str, year: int, *, row_key: str, column: str) -> str:
        """Show a place on the stage, and return which one it is: a check is a finding."""
        if place == SQL:
            await self.stage.show_console(lambda: self.year)
        elif place == HISTORY:
            await self.stage.show_history(int(row_key or 0))
        elif place == DIFFERENCES:
            await self._keeping.show_differences(year, row_key)
        elif place == FINDINGS:
            await self._open_findings(year)
        elif (query := self.workspace.find(place)).kind is Kind.CHECK:
            await self._open_findings(year, query)
            return FINDINGS
        else:
            await self.stage.show_query(query, year, row_key=row_key, column=column)
        return place

    def _turn_to(self, year: int) -> None:
        """Count for another year, which is on the screen already."""
        self.year = year
        self._memory.turned_to(self.workspace.path, year)
        self.stage.turn_result()
        self.counts = Counts({})
        self.query_one(Navigator).count(self.counts)
        self._show_top()
        self.recount()

    async def _open_findings(self, year: int, rule: Query | None = None) -> None:
        """List the findings, the cursor on a rule if one is named; tell when that finds nothing."""
        counts = self.counts if year == self.year else Counts({})
        await self.stage.show_findings(counts, year, rule=rule.name if rule else "")
        if rule is None or counts.findings is None:
            return
        if (failed := counts.failed.get(rule.full_name)) is not None:
            self.tell(str(failed), error=True)
        elif not any(finding.check_name == rule.name for finding in counts.findings):
            self.tell(_("“{rule}” finds nothing wrong.").format(rule=rule.title()))

    def on_navigator_chosen(self, event: Navigator.Chosen) -> None:
        """Open what was chosen at the left."""
        self.go(event.place)

    @work(exclusive=True, group="place")
    async def on_go_to(self, event: GoTo) -> None:
        """Open a cell from which Backspace comes back to what is shown now."""
        await self.go_on(event.place, row_key=event.row_key, column=event.column, year=event.year)

    def here(self) -> tuple[str, int, str, str]:
        """Return place, year and, in a query, row key and column of the cursor's cell."""
        found = self.query_pane.facts.cell() if isinstance(self.pane, QueryPane) else None
        cell = ("", "") if found is None else (str(found[1].get("row_key", "")), found[0].name)
        return (self.place, self.year, *cell)

    @property
    def can_go_back(self) -> bool:
        """Whether the user has gone here from elsewhere."""
        return bool(self._trail)

    @work(exclusive=True, group="place")
    async def do_back(self) -> None:
        """Go back to where the user went from."""
        queries = self.workspace.registry.queries
        places = queries.keys() | OTHER_SCREENS.keys() | {DIFFERENCES}
        while self._trail and self._trail[-1][0] not in places:
            self._trail.pop()  # its query was taken away since
        if not self._trail:
            self.tell(_("You have not come here from anywhere."))
            return
        place, year, row_key, column = self._trail[-1]
        if year not in self.workspace.office.years:  # its start was undone
            year = self.year
        if await self.open_place(place, year=year, row_key=row_key, column=column):
            self._trail.pop()
            self.refresh_bindings()

    async def on_findings_pane_accepted(self, event: "FindingsPane.Accepted") -> None:
        """Let findings stand, or count again."""
        workspace, found, reason = self.workspace, event.findings, event.reason
        if reason is None:
            await self._settle(lambda: workspace.reopen(found), _("opened again"))
        else:
            await self._settle(lambda: workspace.accept(found, reason), _("accepted"))

    async def on_findings_pane_rule_off(self, event: "FindingsPane.RuleOff") -> None:
        """Silence a rule."""
        told = _("“{rule}” is off; the sheet of rules switches it on again.")
        await self._settle(
            lambda: self.workspace.switch_rule(
                self.workspace.find(f"{Kind.CHECK}.{event.check_name}"), on=False
            ),
            told.format(rule=event.title),
        )

    async def _settle(self, act: Callable[[], "Act"], told: str) -> None:
        """Do what changes no figure, only what is counted."""
        try:
            await asyncio.to_thread(act)
        except SavedUnmarked as error:
            self.changed(str(error))
        except LkjipError as error:
            self.tell_failure(error)
        else:
            self.changed(told)

    async def reload(self) -> None:
        """Read again what is shown."""
        if isinstance(self.pane, QueryPane):
            await self.pane.reload()
        elif self.place in (HISTORY, DIFFERENCES):
            await self.open_place(self.place)

    # What is told

    def tell(self, text: str, *, error: bool = False) -> None:
        """Say something in the status line until something else is said, or the user goes on."""
        self._told_at = time.monotonic()
        self._tells_chosen = False
        self._say(Content("● " if error else "").append(literal(text)), error=error)

    def tell_failure(self, error: LkjipError) -> None:
        """Tell why something was not done; that it was stopped is no error."""
        if isinstance(error, Interrupted):
            self.tell(error.message)
        else:
            self.tell(str(error), error=True)

    def _say(self, content: Content, *, error: bool = False) -> None:
        status = self.query_one("#status", Static)
        # Only errors may take more than a line.
        layout = error or status.has_class("error")
        status.set_class(error, "error")
        status.update(content, layout=layout)

    def on_grid_cursor_moved(self) -> None:
        """Tell what the chosen cells come to, else take away what was said."""
        chosen = getattr(self.pane, "chosen", str)()
        if chosen or self._tells_chosen:
            self._say(literal(chosen))
        else:
            self._forget()
        self._tells_chosen = bool(chosen)

    def _forget(self) -> None:
        """Take away what was said, once it has been there to be read."""
        if self._told_at and time.monotonic() - self._told_at > _READ:
            self._told_at = 0.0
            self._say(Content())

    def on_told(self, event: Told) -> None:
        """Say what a pane has to say."""
        self.tell(event.text, error=event.error)

    def on_changed(self, event: Changed) -> None:
        """Count anew and say that it is saved."""
        self.changed(event.told)

    def changed(self, told: str) -> None:
        """Say that something is saved, and count anew."""
        self.saved_at = datetime.now().astimezone()
        self.tell(told)
        self._show_top()
        self.recount()
        self.idle.begin()

    def _show_top(self) -> None:
        top = self.query_one(TopLine)
        top.show(self.workspace, self.year, self.counts, self.saved_at)

    def _tell_opening(self) -> None:
        """Say what was found wrong on opening."""
        told = [] if self.workspace.loss is None else [str(self.workspace.loss)]
        told += [fault.message for fault in self.workspace.registry.faults]
        if told or self._keys.faults:
            self.tell_faults([*told, *self._keys.faults])
        elif not self.workspace.views_are_current:
            self.tell(_("Read only: the tables are those that were stored in the file."))
        elif self._told_first:
            self.tell(self._told_first)

    def tell_faults(self, faults: Sequence[str]) -> None:
        """Tell each thing that is wrong, in as many lines as the status has."""
        self.tell("\n● ".join(faults), error=True)

    # Counting

    def recount(self) -> None:
        """Run the checks and count the rows, behind the screen."""
        self._count_wanted = True
        if not self._counting:
            self._counting = True
            self._count()

    @work(group="count")
    async def _count(self) -> None:
        try:
            await self._count_what_is_wanted()
        finally:
            self._counting = False

    async def _count_what_is_wanted(self) -> None:
        while self._count_wanted:
            await asyncio.sleep(_AFTER_A_CHANGE)
            self._count_wanted = False
            year = self.year
            try:
                found, faults = await asyncio.to_thread(self.workspace.findings, year)
                known = {fault.message for fault in self.counts.faults}
                # What is wrong now is told before what there is.
                self.show_counts(year, Counts(self.counts.rows, found, faults))
                new = [each for each in faults if each.message not in known]
                await self._tell_findings(year, found, faults if self._asked_for_counts else new)
            except LkjipError as error:
                self.tell_failure(error)
                continue
            if year == self.year:
                self._count_rows(year)

    @work(group="rows", exclusive=True)
    async def _count_rows(self, year: int) -> None:
        """Count the rows of the sheets when no cell has been edited for a while."""
        if self.counts.rows:
            await asyncio.sleep(IDLE)
            while self.query(QueryPane) and self.is_editing:  # noqa: ASYNC110 - many ways
                await asyncio.sleep(IDLE)
        rows = await self.off_screen(lambda: self.workspace.row_counts(year))
        if rows is not None:
            self.show_counts(year, replace(self.counts, rows=rows))

    async def _tell_findings(
        self, year: int, found: Sequence["Finding"], faults: Sequence[QueryError]
    ) -> None:
        """List them where they are on the screen, and say what has to be said of them."""
        if year == self.year and self.place == FINDINGS:
            await self._open_findings(year)
        if faults:
            self.tell_faults([fault.message for fault in faults])
        elif self._asked_for_counts:
            from lkjip_tui.transfer.findings import summary  # noqa: PLC0415 - seldom

            self.tell(summary(found, year))
        self._asked_for_counts = False

    def show_counts(self, year: int, counts: Counts) -> None:
        """Show what was counted in a year, unless another one is on the screen by now."""
        # While the screen ends there is nothing left to show them on.
        if year == self.year and self.query(Navigator):
            self.counts = counts
            self.query_one(Navigator).count(counts)
            self._show_top()

    # Commands

    async def on_take_back(self, event: TakeBack) -> None:
        """Take back what was chosen in the history."""
        await self.steps.take_back(event.step)

    def do_copy(self) -> None:
        """Copy the chosen cells of a list that is neither a sheet nor a table, as they show."""
        from lkjip_tui.tui.text_model import chosen_text  # noqa: PLC0415 - not before it is needed

        for grid in self.pane.query(Grid):
            self.app.copy_to_clipboard(chosen_text(grid))
            count = grid.block.count
            told = plural("{count} cell copied", "{count} cells copied", count)
            self.tell(told.format(count=count))

    def do_select(self) -> None:
        """Let every move choose cells, until Esc."""
        for grid in self.pane.query(Grid):
            grid.choose_by_moving()

    def do_narrower(self) -> None:
        """Make the cursor's column narrower."""
        self._widen(-_STEP)

    def do_wider(self) -> None:
        """Make the cursor's column wider."""
        self._widen(_STEP)

    def _widen(self, step: int) -> None:
        for grid in self.pane.query(Grid):
            grid.ask_wider(step)

    async def on_grid_heading_clicked(self) -> None:
        """Say why a list that does not sort does not."""
        await self.app.run_action("command('sort')")

    @work
    async def do_year(self) -> None:
        """Switch to another year."""
        years = [str(year) for year in self.workspace.office.years]
        chosen = await self.app.push_screen_wait(Choose(_("Fiscal year"), years, str(self.year)))
        if chosen is not None and int(chosen) != self.year:
            with keys_waiting(self):
                await self.switch_year(int(chosen))

    async def switch_year(self, year: int) -> None:
        """Show another year of what is shown; the cursor stays on its row where that is there."""
        model = self.pane.model if isinstance(self.pane, QueryPane) else None
        is_whole = model is not None and not model.arrangement.filters
        row = model.row(self.pane.query_one(Grid).cursor_row) if model and is_whole else {}
        await self.open_place(self.place, year=year, row_key=str(row.get("row_key", "")))

    @property
    def is_at_work(self) -> bool:
        """Whether the pane of queries reads what may take long, be it shown or about to be."""
        return any(pane.is_at_work for pane in self.query(QueryPane))

    def do_stop(self) -> None:
        """Stop that."""
        self.query_pane.stop()

    def do_next_pane(self) -> None:
        """Give the keys to the next pane."""
        self.focus_next("Navigator, Grid, TextArea")

    def do_previous_pane(self) -> None:
        """Give the keys to the pane before."""
        self.focus_previous("Navigator, Grid, TextArea")

    def do_findings(self) -> None:
        """Open the findings."""
        self.go(FINDINGS)

    def do_history(self) -> None:
        """Open the history."""
        self.go(HISTORY)

    def do_sql(self) -> None:
        """Open the console."""
        self.go(SQL)

    def do_check(self) -> None:
        """Run every check again, and say what they find."""
        self.tell(_("checking…"))
        self.workspace.forget_findings()
        self._asked_for_counts = True
        self.recount()

    def on_query_saved(self, event: QuerySaved) -> None:
        """Read the queries again and show the one that was saved."""
        self._queries.show_saved(event)

    def on_delete_query(self, event: DeleteQuery) -> None:
        """Delete a query after asking."""
        self._queries.delete(event.file)

    async def off_screen(self, act: Callable[[], _T]) -> _T | None:
        """Do something long on another thread; None when it failed, which is then told."""
        try:
            return await asyncio.to_thread(act)
        except LkjipError as error:
            self.tell_failure(error)
            return None
