"""A sheet, a report table or any other query on the screen: its title, its rows, its detail."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from lkjip_tui.core.acts import Act, CellChange
from lkjip_tui.core.checks.findings import Finding
from lkjip_tui.core.errors import EditRefused, LkjipError, SavedUnmarked
from lkjip_tui.core.figures.values import Kind, safe_text, show
from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.query.rows import Rows
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Grid, keys_waiting
from lkjip_tui.language import _, plural
from lkjip_tui.tui import block_sums
from lkjip_tui.tui.arrangement import Arrangement
from lkjip_tui.tui.arrangement import told as filtered_by
from lkjip_tui.tui.arranger import Arranger
from lkjip_tui.tui.block_commands import BlockCommands
from lkjip_tui.tui.commands import BY_ID
from lkjip_tui.tui.detail import Detail
from lkjip_tui.tui.dialogs import Notice
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.fact_grid import FactGrid
from lkjip_tui.tui.finder import Finder, Replacer
from lkjip_tui.tui.long_read import LongRead
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.navigator import HISTORY
from lkjip_tui.tui.query_model import FILTERED, QueryModel
from lkjip_tui.tui.row_commands import RowCommands
from lkjip_tui.tui.told import Changed, GoTo, Told
from lkjip_tui.tui.view import View

if TYPE_CHECKING:
    from lkjip_tui.core.changes.provenance import Trace
    from lkjip_tui.transfer.export import Exportable


_T = TypeVar("_T")
_R = TypeVar("_R")

#: Seconds that a change waits for its rows before the screen goes on.
_MOMENT = 0.5
#: Seconds without an edit after which the rows out of view are read again.
_WHILE = 0.7
#: Seconds in which rows are read together with what changes them: a frame.
_FRAME = 1 / 60

#: Cells of a title that always show.
_LEAST_TITLE = 12


@dataclass(slots=True)
class _Stand:
    """Where the user stood in a query, to come back to."""

    row: int = 0
    column: int = 0
    folded: set[str] = field(default_factory=set)
    arrangement: Arrangement | None = None


class QueryPane(EndsWork):
    """Shows one query at a time, and changes what its header lets be changed."""

    DEFAULT_CSS = """
    QueryPane {
        height: 1fr;
        & > #title { height: 1; padding: 0 1; background: $background; }
    }
    """

    def __init__(
        self,
        workspace: Workspace,
        memory: Memory,
        known_findings: Callable[[], Sequence[Finding]],
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._memory = memory
        self._known_findings = known_findings
        self.facts = FactGrid(workspace, self._save)
        self._detail = Detail()
        self._year = workspace.office.latest
        self._stands: dict[str, _Stand] = {}
        self.blocks = BlockCommands(workspace, self)
        self.acts = (self.blocks, RowCommands(workspace, self))
        self._is_read_in_part = False
        self._seconds = 0.0
        self._new_row = ""
        self._reading = LongRead()

    def compose(self) -> ComposeResult:
        """Lay out title, grid and detail."""
        yield Static(id="title", markup=False)
        yield Arranger(
            self._memory, self.facts, self._reading,
            empty=self._words_for_empty, arranged=self._on_arranged,
        )  # fmt: skip
        yield Replacer(self.facts, self.blocks, self._reading)
        yield self.facts
        yield self._detail

    def on_mount(self) -> None:
        """Follow the cursor."""
        self.grid.follower = self._follow
        self.watch(self.grid, "scroll_y", self._on_scroll, init=False)

    def on_resize(self) -> None:
        """Give the title the room that there is."""
        self.call_after_refresh(self._show_title)

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.facts.grid

    @property
    def year(self) -> int:
        """The year on the screen."""
        return self._year

    @property
    def model(self) -> QueryModel | None:
        """The rows on the screen."""
        return self.facts.model

    def _is_on_screen(self, model: QueryModel) -> bool:
        """Whether a model is shown still; while the screen ends its parts go one by one."""
        parts = self.query("#title"), self.query(Grid), self.query(Detail)
        return all(parts) and model is self.model

    # Showing

    async def read(self, query: Query, year: int, row_key: str) -> View:
        """Read what is to be shown, off the screen, and where the row with this key stands.

        Raises QueryError, and Interrupted when Esc stops it.
        """

        def read(session: Session) -> View:
            with session:
                view = View.read(self._workspace, query, year, session)
                view.rows.seek([row_key], session)
                return view

        return await self._reading.run(self, self._workspace.session(), read)

    async def seek(self, rows: Rows | QueryModel, row_keys: Collection[str]) -> None:
        """Find out where rows stand, off the screen; that Esc stops it is told."""
        if rows.is_held:
            return

        def seek(session: Session) -> None:
            with session:
                rows.seek(row_keys, session)

        try:
            await self._reading.run(self, rows.session(), seek)
        except LkjipError as error:
            self._tell(str(error), error=True)

    def show(self, view: View, *, row_key: str = "", column: str = "") -> None:
        """Show what was read, the cursor where it was left or on the cell named."""
        self._leave()
        self._is_read_in_part, self._new_row = False, ""
        self._seconds = view.seconds
        query = view.query
        known = self._stands.get(query.full_name)
        stand = known or _Stand()
        cells = self._workspace.cells(query)
        arranger = self.query_one(Arranger)
        if stand.arrangement is None:
            stand.arrangement = arranger.remembered(query.full_name)
        model = QueryModel(cells, view.rows, view.names, stand.folded, stand.arrangement)
        arranger.begin(model)
        if known is None:
            stand.column = model.begin
            self._stands[query.full_name] = stand
        self._year = view.year
        if row_key and (found := model.reveal(row_key)) is not None:
            stand.row = found
        shown = [each.name for each in model.shown]
        if column in shown:
            stand.column = shown.index(column)
        self.facts.show(model, cursor=(stand.row, stand.column), empty=self._words_for_empty(model))
        arranging = arranger.again(row_key, stand.row, needed=bool(row_key))
        arranger.run_worker(arranging, group="arrange", exclusive=True)
        self._show_title()
        self._show_detail()
        if not model.is_held:
            self.call_after_refresh(self._read_end, model)

    @work(group="end", exclusive=True)
    async def _read_end(self, model: QueryModel) -> None:
        """Read the end of a long table while its beginning is looked at."""
        session = model.session()

        def read() -> None:
            with session, suppress(LkjipError):  # whoever goes there is told what fails
                model.read_end(session)

        try:
            await asyncio.to_thread(read)
        except asyncio.CancelledError:
            session.interrupt()
            raise

    async def reload(self, *, new_row: str = "") -> None:
        """Read the shown rows again; the cursor stays on its row, wherever that is now.

        With `new_row` it goes to the row of that key, which was just made. Returns after a moment
        although a slow query goes on; keys wait for its rows.
        """
        read = asyncio.Event()
        self._new_row = new_row or self._new_row
        self._is_read_in_part = False  # no scrolling may take the place of reading everything
        self._begin(self._read_again, read)
        with suppress(TimeoutError):
            async with asyncio.timeout(_MOMENT):
                await read.wait()
                return
        self._tell(_("reading…"))

    @work(group="read", exclusive=True)
    async def _begin(self, reading: Callable[[_T], Awaitable[None]], about: _T) -> None:
        """Read in place of whatever is being read."""
        await reading(about)

    async def _read_again(self, read: asyncio.Event) -> None:
        try:
            if self.model is not None:
                await self._read_all(self.model)
        finally:
            read.set()

    async def _read_all(self, model: QueryModel) -> None:
        query, year, in_view = model.cells.query, self._year, self.grid.rows_in_view

        def read() -> View:
            view = View.read(self._workspace, query, year)
            with suppress(LkjipError):  # it is read again as it is drawn, and told there
                view.rows.window(in_view.start, in_view.stop)
            return view

        with keys_waiting(self):
            try:
                view = await asyncio.to_thread(read)
            except LkjipError as error:
                self._tell(str(error), error=True)
                await self._be_done_with_new_row(str(error))
            else:
                await self.seek(view.rows, self._keys_to_keep(model))
                if self._is_on_screen(model):
                    row = self.grid.cursor_row
                    row_key = self._replace(model, view)
                    is_new = row_key == self._new_row
                    if not model.is_held:
                        await self.query_one(Arranger).again(row_key, row, needed=is_new)
                    unseen = "" if is_new else _("Its query leaves it out as it is now.")
                    await self._be_done_with_new_row(unseen)

    async def _be_done_with_new_row(self, unseen: str) -> None:
        """Let what is typed behind Insert go to the new row; nowhere where it does not show."""
        new_row, self._new_row = self._new_row, ""
        if new_row and unseen:
            undo = _("{key} takes it back.").format(key=BY_ID["undo"].key_text)
            heading = _("The new row is in the file, but this table does not show it.")
            await self.app.push_screen(Notice(heading, f"{unseen}\n{undo}"))

    def _keys_to_keep(self, model: QueryModel) -> Collection[str]:
        """Return the keys of the cursor's row, of the one that is edited and of a new one."""
        here = str(model.row(self.grid.cursor_row).get("row_key", ""))
        return {here, self.facts.edited_key, self._new_row} - {""}

    async def _read_by_and_by(self, model: QueryModel) -> None:
        """Read all rows of a long model again when no further edit has come for a while."""
        await asyncio.sleep(_WHILE)
        # An open editor stands over its row.
        while self._is_on_screen(model) and self.facts.is_editing:  # noqa: ASYNC110 - many ways
            await asyncio.sleep(_WHILE)
        if self._is_on_screen(model):
            await self._read_all(model)

    def _on_scroll(self) -> None:
        """Read what comes into view while it may still show what was before an edit."""
        if self._is_read_in_part and self.model is not None:
            # Reading beside the frame would make both late.
            self.call_after_refresh(self._begin, self._read_in_view, self.model)

    async def _read_in_view(self, model: QueryModel) -> None:
        with keys_waiting(self):
            try:
                draw = await asyncio.to_thread(self._read_rows, model, *self._in_view())
            except LkjipError as error:
                self._tell(str(error), error=True)
                return
            if draw is not None:
                draw()
        if draw is None:
            await self._read_all(model)
        else:
            await self._read_by_and_by(model)

    def _in_view(self) -> tuple[range, int]:
        return self.grid.rows_in_view, self.grid.cursor_row

    def _read_rows(self, model: QueryModel, shown: range, cursor: int) -> Callable[[], None] | None:
        """Read the rows at these positions of a long model again; returns what draws them.

        None when all rows have to be read.
        """
        put = model.refreshed(self._workspace.cells(model.cells.query), shown, cursor)
        if put is None:
            return None

        def draw() -> None:
            if self._is_on_screen(model):
                self._is_read_in_part = True
                self.grid.refresh_rows(put())
                self._show_title()
                self._show_detail()

        return draw

    def _replace(self, model: QueryModel, view: View) -> str:
        """Show what was read; returns the key of the cursor's row, empty when that is gone."""
        grid = self.grid
        self._is_read_in_part, self._seconds = False, view.seconds
        row_key = str(model.row(grid.cursor_row).get("row_key", ""))
        grid.refresh_rows(model.replace(self._workspace.cells(view.query), view.rows, view.names))
        found = model.reveal(row_key)  # it may stand beneath a folded row now
        if found is not None and found != grid.cursor_row:
            grid.move_to(found, grid.cursor_column)
        # However late it is read: what is typed behind Insert belongs to it.
        is_elsewhere = self._new_row not in ("", row_key)
        if is_elsewhere and self.facts.show_new_row(self._new_row):
            row_key, found = self._new_row, grid.cursor_row
        self._show_title()
        self._show_detail()
        return "" if found is None else row_key

    def _leave(self) -> None:
        """Remember where the user stands in the query that is shown now, and let go of its rows."""
        if self.model is not None:
            stand = self._stands[self.model.cells.query.full_name]
            stand.row, stand.column = self.grid.cursor_row, self.grid.cursor_column
            stand.arrangement = self.model.arrangement
            self.model.release()

    def _words_for_empty(self, model: QueryModel) -> str:
        if model.arrangement.filters:
            return _("No row fits. {key} shows all.").format(key=BY_ID["all_rows"].key_text)
        rules = model.cells.query.header.rows
        can_begin = any(rule.parts[0].key_in(model.names) is not None for rule in rules)
        if can_begin and not self._workspace.read_only:
            return _("Nothing here yet. Ins makes the first row.")
        return _("Nothing here in {year}.").format(year=self._year)

    def _show_title(self) -> None:
        model = self.model
        if model is None:
            return
        # A table of several parts bears the caption of the part in which the cursor is.
        title = model.cells.caption({**model.names, **model.row(self.grid.cursor_row)})
        count = plural("{count} row", "{count} rows", model.row_count).format(
            count=show(model.row_count, Kind.COUNT)
        )
        filters = model.arrangement.filters
        if filters and model.is_held:
            count = _("{count} of {all} rows").format(
                count=show(model.row_count, Kind.COUNT), all=show(model.all_count, Kind.COUNT)
            )
        if hidden := len(model.cells.shown) - len(model.shown):
            told = plural("{count} column hidden", "{count} columns hidden", hidden)
            count += f" · {told.format(count=hidden)}"
        state = Content(f"  {count}").stylize("$text-muted")
        if filters:
            headings = {c.name: model.cells.heading(c, model.names) for c in model.cells.shown}
            narrowed = f"  {FILTERED} {filtered_by(filters, headings)}"
            state = state.append(Content(narrowed).stylize("$text-warning"))
        line = self.query_one("#title", Static)
        # A long caption gives way: nobody would know that rows are left out.
        room = max(line.content_size.width - state.cell_length, _LEAST_TITLE)
        named = Content(safe_text(title)).stylize("bold").truncate(room, ellipsis=True)
        line.update(named.append(state), layout=False)
        if model.fault:
            self._tell(model.fault, error=True)

    def _show_detail(self) -> None:
        """Show the cursor's cell whole, what it is, and of which row: a name may be cut above."""
        model, found = self.model, self.facts.cell()
        if found is None or model is None:
            self._detail.clear()
            return
        cells, (column, row) = model.cells, found
        remarks = list(cells.notes(model.names))
        if column is not cells.shown[cells.trunk]:
            remarks.insert(0, cells.row_name(row))
        self._detail.show(
            cells.heading(column, model.names),
            cells.text(column, row),
            state=_("ƒ computed") if self.facts.is_computed(column, row) else "",
            remarks="\n".join(filter(None, remarks)),
        )

    def chosen(self) -> str:
        """Return what the chosen cells come to, empty when the cursor's is alone."""
        return block_sums.chosen(self.facts, self.screen.size.width - 2)

    def _on_arranged(self) -> None:
        """Tell what is shown now."""
        self._show_title()
        self._show_detail()

    def on_grid_heading_clicked(self, event: Grid.HeadingClicked) -> None:
        """Sort by the column."""
        event.stop()
        if self.model is not None:
            column = self.model.shown[event.column].name
            self.query_one(Arranger).sort(column, also=event.also)

    async def on_grid_pasted(self, event: Grid.Pasted) -> None:
        """Put the cells where they belong."""
        event.stop()
        if self._workspace.read_only:
            self._tell(self._workspace.why_read_only, error=True)
        else:
            await self.blocks.paste(event.text)

    def on_grid_column_resized(self, event: Grid.ColumnResized) -> None:
        """Give the column its width."""
        event.stop()
        self.query_one(Arranger).resize(event.column, event.width)

    def _follow(self, _row: int, _column: int) -> None:
        if self.model is not None and self.model.cells.query.header.parts:
            self._show_title()
        self._show_detail()

    # Commands

    @property
    def is_at_work(self) -> bool:
        """Whether something is read to be shown, sorted, filtered or looked for."""
        return self._reading.is_at_work

    def stop(self) -> None:
        """Stop that."""
        self._reading.stop()

    def find(self, text: str) -> None:
        """Go to where a text stands in the rows that show."""
        self.query_one(Finder).find(text)

    @property
    def is_arranged(self) -> bool:
        """Whether the rows are filtered or sorted here, as no file that is written is."""
        arrangement = self.model.arrangement if self.model is not None else None
        return arrangement is not None and bool(arrangement.filters or arrangement.sort)

    def exportable(self) -> "Exportable | None":
        """Return what is shown, to be written to a file."""
        from lkjip_tui.transfer.export import of_query  # noqa: PLC0415 - not before it is asked for

        if self.model is None:
            return None
        return of_query(self._workspace, self.model.cells.query, self._year)

    @work
    async def do_where_from(self) -> None:
        """Tell where the cursor's cell comes from, and go where the user wants to go on."""
        from lkjip_tui.tui.trace_window import TraceWindow  # noqa: PLC0415 - likewise

        if (trace := await self._trace()) is not None:
            source = await self.app.push_screen_wait(TraceWindow(trace))
            if source is not None:
                cell = source.query.full_name, source.row_key, source.column
                self.post_message(GoTo(*cell, source.fiscal_year))

    @work
    async def do_who_changed(self) -> None:
        """List the changes of the cursor's cell, and go to the act that the user wants to see."""
        from lkjip_tui.tui.changes_window import ChangesWindow  # noqa: PLC0415 - likewise

        if (trace := await self._trace()) is not None:
            act = await self.app.push_screen_wait(ChangesWindow(trace))
            if act is not None:
                self.post_message(GoTo(HISTORY, str(act), ""))

    @work
    async def do_chart(self) -> None:
        """Draw the figures of what is shown."""
        from lkjip_tui.transfer import charts  # noqa: PLC0415 - likewise
        from lkjip_tui.tui.chart_window import ChartWindow  # noqa: PLC0415 - likewise

        if self.model is None:
            return
        query = self.model.cells.query
        if query.header.chart is None:
            self._tell(_("“{title}” has no chart.").format(title=query.title()))
            return
        try:
            with keys_waiting(self):
                chart = await asyncio.to_thread(charts.of_query, self._workspace, query, self._year)
        except LkjipError as error:
            self._tell(str(error), error=True)
            return
        if chart is None:
            self._tell(_("There are no figures to draw yet."))
            return
        await self.app.push_screen_wait(ChartWindow(chart))

    def do_record(self) -> None:
        """Show the cursor's row, a line or more a column."""
        from lkjip_tui.tui.record_window import RecordWindow  # noqa: PLC0415 - likewise

        if self.model is not None and self.model.row_count:
            self.app.push_screen(RecordWindow(self.model, self.grid))

    async def _trace(self) -> "Trace | None":
        """Find out where the cursor's cell comes from; what fails is told."""
        found, model = self.facts.cell(), self.model
        if found is None or model is None:
            return None
        query = model.cells.query
        try:
            with keys_waiting(self):
                return await asyncio.to_thread(
                    self._workspace.trace, query, *found, self._year, self._known_findings()
                )
        except LkjipError as error:
            self._tell(str(error), error=True)
            return None

    async def _save(self, column: Column, row: ViewRow, text: str) -> str | None:
        """Write a text into a cell and read the rows again; return why not, None when done."""
        model = self.model
        if model is None:
            return None
        try:
            act, draw = await asyncio.to_thread(
                self._edit, model, column, row, text, *self._in_view()
            )
        except SavedUnmarked as error:
            await self.reload()
            self.post_message(Changed(str(error)))
            return None
        except EditRefused as error:
            await self.reload()  # it may have changed under the screen
            return str(error)
        except LkjipError as error:
            return str(error)
        if act is None:
            return None
        if draw is None:
            await self.reload()
        else:
            draw()
            if self._is_read_in_part:
                self._begin(self._read_by_and_by, model)
        self.changed(_("saved"), act)
        return None

    def _edit(  # noqa: PLR0917 - what is written, and what is to be read then
        self, model: QueryModel, column: Column, row: ViewRow, text: str, shown: range, cursor: int
    ) -> tuple[Act | None, Callable[[], None] | None]:
        """Write a text into a cell and read, in the same go, what can be read in a moment.

        That is what is in view of a long model, and all of one that was quick to read before.
        """
        query = model.cells.query
        act = self._workspace.edit(query, column, row, text)
        if act is not None:
            with suppress(LkjipError):  # it is saved all the same; reading everything tells it
                if model.is_long:
                    return act, self._read_rows(model, shown, cursor)
                if model.is_held and self._seconds < _FRAME:
                    view = View.read(self._workspace, query, self._year)
                    return act, partial(self._draw, model, view)
        return act, None

    def _draw(self, model: QueryModel, view: View) -> None:
        """Show what was read behind a change; what was read before it is not shown any more."""
        if not self._is_on_screen(model):
            return
        if self._new_row:  # whoever reads for it must tell where it is
            self._begin(self._read_all, model)
            return
        self.workers.cancel_group(self, "read")
        self._replace(model, view)

    def here(self) -> ViewRow:
        """Return what a new row at the cursor is made by: its row, year and stage at least."""
        if self.model is None:
            return {}
        row = self.model.row(self.grid.cursor_row)
        context = {"fiscal_year": self._year, "stage": self.model.names.get("stage")}
        return context | {name: value for name, value in row.items() if value is not None}

    def show_change(self, act: Act) -> None:
        """Put the cursor on the first cell that an act changed, if it is among the rows shown."""
        model = self.model
        change = next((each for each in act.changes if isinstance(each, CellChange)), None)
        if model is None or change is None or not model.is_held:
            return
        fact, edits = (change.table, change.column), model.cells.query.header.edits
        for at, column in enumerate(model.shown):
            if fact in {(each.table, each.column) for each in edits.get(column.name, ())}:
                for number in range(model.row_count):
                    found = model.cells.target(column, model.row(number))
                    if found and (found[0].table, found[0].column, found[1]) == (*fact, change.key):
                        self.grid.move_to(number, at)
                        return

    async def attempt(self, act: Callable[[], _R]) -> _R | None:
        """Do or ask something off the screen; None when it was refused, which is told."""
        try:
            return await asyncio.to_thread(act)
        except SavedUnmarked as error:
            await self.reload()
            self.post_message(Changed(str(error)))
        except LkjipError as error:
            self._tell(str(error), error=True)
        return None

    def changed(self, done: str, act: Act) -> None:
        """Say that an act is done, and in which year if it is not the one shown."""
        year = self._workspace.wording().year(act)
        self.post_message(Changed(done if year in ("", str(self._year)) else f"{done}: {year}"))

    def _tell(self, text: str, *, error: bool = False) -> None:
        self.post_message(Told(text, error))
