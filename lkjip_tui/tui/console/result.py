"""The result of a statement: its rows in the grid of the tables, and a line of truth beneath.

The result before stays until the new one has rows. Those come first; behind the screen it is then
found out how many there are, and a little is read on (`core.result`). What only all of the rows
can answer, as a sort, reads them first.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import uuid4

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from lkjip_tui.core.errors import Interrupted, LkjipError
from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.core.query.rows import Rows
from lkjip_tui.core.sql import saved_query
from lkjip_tui.core.sql.parameters import asks_for_year
from lkjip_tui.core.sql.result import PAGE, Result, Work
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Grid
from lkjip_tui.language import _
from lkjip_tui.transfer.export import Exportable, of_statement
from lkjip_tui.transfer.result_cells import ResultCells
from lkjip_tui.tui import block_sums, result_words
from lkjip_tui.tui.arranger import Arranger
from lkjip_tui.tui.commands import BY_ID
from lkjip_tui.tui.console.result_acts import ResultActs
from lkjip_tui.tui.console.result_job import GivenUp, Job, Jobs
from lkjip_tui.tui.console.runs import Ran
from lkjip_tui.tui.copying import Copying
from lkjip_tui.tui.dialogs import literal
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.finder import Finder
from lkjip_tui.tui.long_read import LongRead
from lkjip_tui.tui.query_model import QueryModel, cell_of
from lkjip_tui.tui.told import Told

#: Results of statements that ran in turn which can be turned to; older ones are let go.
_MOST_GIVEN: Final = 20
#: Seconds after which the rows of before are drawn as such: a quick statement blinks otherwise.
_SOON: Final = 0.2
#: Seconds in which it must be found out how many rows there are: nobody has asked for it.
_PATIENCE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """A run of a statement: the year that it is for, and what its parameters stand for."""

    statement: str
    year: int
    parameters: Mapping[str, object] = field(default_factory=dict)
    run: str = field(default_factory=lambda: uuid4().hex)

    @property
    def is_of_a_year(self) -> bool:
        """Whether the statement asks for the year."""
        return asks_for_year(self.statement)


@dataclass(frozen=True, slots=True)
class Given:
    """What a run gave, and what it took until the first rows were there."""

    asked: Asked
    took: Job
    cells: ResultCells


class SqlResult(EndsWork):
    """Runs one statement after the other, shows what it gave, and says what is true of it."""

    DEFAULT_CSS = """
    SqlResult {
        height: 1fr; border-top: hkey $panel;
        & > Grid { height: 1fr; }
        & > Grid.old { tint: $background 40%; }
        & > #truth { height: auto; max-height: 6; padding: 0 1; border-top: hkey $panel; }
    }
    """

    def __init__(self, workspace: Workspace, year: Callable[[], int]) -> None:
        """`year` returns the year on the screen."""
        super().__init__()
        self._workspace = workspace
        self._year = year
        self._reading = LongRead()
        self._jobs = Jobs(self, self._tell_progress)
        self._result: Result | None = None
        self._asked = Asked("", 0)
        self._model: QueryModel | None = None
        self._took = Job("")
        self._given: list[Given] = []
        self._at = 0
        self._is_anew = True
        self._remark = ""
        self._is_stopped = False
        self._row_before = 0
        self._read_ahead = asyncio.Event()
        self._read_ahead.set()
        self._put_rows: Rows | None = None
        self._counted: int | None = None
        self._acts = ResultActs(self)
        self._copying = Copying(self)

    def compose(self) -> ComposeResult:
        """Lay out rows and truth."""
        yield Arranger(
            None, self, self._reading,
            empty=self._words_for_empty, arranged=self._tell_rows, ready=self._ready,
        )  # fmt: skip
        yield Finder(self, self._reading, ready=self._ready)
        yield Grid(typing=False)
        yield Static(id="truth", markup=False)

    def on_unmount(self) -> None:
        """Let go of what still runs."""
        self.stop()
        if self._model is not None:
            self._model.release()
        for given in self._given:
            given.cells.result.close()

    @property
    def grid(self) -> Grid:
        """The grid with the rows."""
        return self.query_one(Grid)

    @property
    def model(self) -> QueryModel | None:
        """The rows on the screen."""
        return self._model

    def cell(self) -> tuple[Column, ViewRow] | None:
        """Return the cursor's column and row, None where there is none."""
        return cell_of(self._model, self.grid)

    @property
    def acts(self) -> tuple[object, ...]:
        """What acts on the rows beside this."""
        beside = (it for it in self.children if isinstance(it, Arranger | Finder))
        return *beside, self._acts, self._copying

    # Running

    @property
    def is_at_work(self) -> bool:
        """Whether a statement runs now, or its result is read on, sorted or looked through."""
        return self._jobs.current is not None or self._reading.is_at_work

    @property
    def is_running(self) -> bool:
        """Whether a statement has begun and has no row yet."""
        return self._jobs.current is not None and self._jobs.current.is_run

    def begin_anew(self) -> None:
        """Let what is run next be the first of those whose results can be turned to."""
        self._is_anew = True

    def do_next_result(self) -> None:
        """Show what the next of the statements gave that ran in turn."""
        self._turn_by(1)

    def do_previous_result(self) -> None:
        """Show what the one before gave."""
        self._turn_by(-1)

    def _turn_by(self, step: int) -> None:
        if self.is_running:
            self.tell_running()
        elif len(self._given) > 1:
            self._jobs.give_up()
            self._turn_to((self._at + step) % len(self._given))
        else:
            self.post_message(Told(_("There is no other result.")))

    def _turn_to(self, number: int) -> None:
        """Show one of the results; the one that was shown reads no more."""
        given, former = self._given[number], self._result
        self._at, self._asked, self._took = number, given.asked, given.took
        self._show(given.cells)
        if former is not None:  # which may have to wait for what is read of it still
            self.run_worker(former.let_go, group="close", thread=True)

    def run(
        self, statement: str, year: int, parameters: Mapping[str, object] | None = None
    ) -> None:
        """Run a statement; `$fiscal_year` in it is this year."""
        if self.is_running:
            self.tell_running()
            return
        self._jobs.give_up()
        job = self._jobs.begin(Job(_("running"), is_run=True))
        self._run(job, Asked(statement, year, parameters or {}))

    @work(group="sql")
    async def _run(self, job: Job, asked: Asked) -> None:
        """Run a statement until its first rows are there, and say what it came to."""

        def begun(work: Work) -> ResultCells:
            console = self._workspace.console
            result = console.result(asked.statement, asked.parameters, year=asked.year)
            result.begin(work)
            typed = zip(result.columns, result.types, strict=True)
            known = saved_query.layouts(asked.statement, typed, self._workspace.registry)
            return ResultCells(result, known)

        try:
            cells = await self._jobs.do(job, begun)
        except LkjipError as error:
            self._tell_failed(job, error)
            self.post_message(Ran(asked.run, asked.statement, job.milliseconds, error=error))
            return
        finally:
            self._jobs.end(job)
        if not self.is_attached:
            cells.result.close()  # the program is being left
            return
        anew, self._is_anew = self._is_anew, False
        gone = self._given if anew else self._given[: 1 - _MOST_GIVEN]
        self._given = [*self._given[len(gone) :], Given(asked, job, cells)]
        self._turn_to(len(self._given) - 1)
        for given in gone:  # it may have to wait for what is read of it still
            self.run_worker(given.cells.result.close, group="close", thread=True)
        self._post_ran(cells.result)

    def _post_ran(self, result: Result, *, is_more: bool = False) -> None:
        """Say what is known of the run whose result is shown."""
        self._counted = result.count
        asked, took = self._asked, self._took.milliseconds
        is_whole = result.count is not None
        count = result.least if is_whole else result.rows.count
        ran = Ran(asked.run, asked.statement, took, count, is_whole, is_more=is_more)
        self.post_message(ran)

    def stop(self) -> None:
        """Stop what runs."""
        self._reading.stop()
        self._jobs.stop()

    # What else is done in the place of a statement

    def begin(self, job: Job) -> Job:
        """Let something be what is done now: it is told of, and stopped, as a statement is."""
        self._jobs.give_up()
        return self._jobs.begin(job)

    async def do(self, job: Job, act: Callable[[Work], object]) -> None:
        """Do it on another thread; raises what it raises."""
        await self._jobs.do(job, act)

    def end(self, job: Job, error: LkjipError) -> None:
        """Say why nothing has come of it."""
        self._jobs.end(job)
        self._tell_failed(job, error)

    def tell(self, text: str) -> None:
        """Say what has come of it."""
        self.grid.remove_class("old")
        self._say(text)

    def tell_running(self) -> None:
        """Say that nothing else can be done now."""
        self.post_message(Told(_("A statement runs already; Esc stops it."), error=True))

    # Showing

    def _show(self, cells: ResultCells) -> None:
        """Put a new result in the place of the old one."""
        result = cells.result
        self._reading.stop()
        self._result = result
        if self._model is not None:
            self._model.release()
        self._remark, self._is_stopped, self._row_before = "", False, 0
        if not result.is_of_now:
            self._remark = _("the facts have changed since it ran")
        self._counted = None
        self._put_rows = result.rows
        model = self._model = QueryModel(cells, result.rows, {}, set())
        for arranger in self.query(Arranger):
            arranger.begin(model)
        self.grid.remove_class("old")
        self.grid.show(model, frozen=model.frozen, empty=self._words_for_empty(model))
        self._tell_rows()
        self._read_ahead = asyncio.Event()
        if result.rows.is_part:
            self._read_on_ahead(result, self._read_ahead)
        else:
            self._read_ahead.set()

    @work(group="ahead", exclusive=True)
    async def _read_on_ahead(self, result: Result, is_read: asyncio.Event) -> None:
        """Find out how many rows there are, and read some on, before anybody goes there."""
        try:
            await self._count(result)
            while result is self._result and result.is_open and result.has_room:
                await self._jobs.do(Job(_("reading on")), result.read_on)
                self._put(result)
        except LkjipError as error:
            self._tell_read_in_part(result, error)
        else:
            is_read.set()
            self._put(result)
            if result is self._result and result.count is None:
                self._post_ran(result, is_more=True)
        finally:
            is_read.set()

    async def _count(self, result: Result) -> None:
        """Find out where rows are found by their number, unless that takes long."""
        job = Job(_("counting"))
        patience = self.set_timer(_PATIENCE, job.work.interrupt)
        try:
            await self._jobs.do(job, result.find_places)
        except Interrupted:
            if job.is_stopping or job.is_given_up:
                raise
        except LkjipError:
            pass  # whoever goes on is told what fails
        finally:
            patience.stop()
        self._put(result)

    def _put(self, result: Result) -> None:
        """Show the rows that are there now of the result that is shown."""
        model = self._model
        if result is not self._result or model is None or not self.is_attached:
            return
        if result.rows is not self._put_rows:
            self._put_rows = result.rows
            is_arranged = bool(model.arrangement.sort or model.arrangement.filters)
            if is_arranged:  # these rows are not, yet
                model.arrange(replace(model.arrangement, sort=(), filters=()), None)
            model.replace(model.cells, result.rows, {})
            self.grid.refresh_rows()
            if is_arranged:
                self.grid.show_columns()
        if result.count not in {None, self._counted}:
            self._post_ran(result, is_more=True)
        if self._jobs.current is None:
            self._tell_rows()

    def _words_for_empty(self, model: QueryModel) -> str:
        if model.arrangement.filters:
            return _("No row fits. {key} shows all.").format(key=BY_ID["all_rows"].key_text)
        return _("The statement gave no row.")

    # Reading all of it

    async def _ready(self, in_database: bool) -> bool:  # noqa: FBT001 - it is a Ready
        """Read what is lacking of the rows before they are sorted, filtered or looked through."""
        result = self._result
        if self.is_running:
            self._say(_("A statement runs already; Esc stops it."))
            return False
        await self._read_ahead.wait()
        if result is None or result is not self._result:
            return False
        rows = result.rows
        return not (rows.is_part or (in_database and rows.is_held)) or await self._keep(result)

    async def _keep(self, result: Result) -> bool:
        """Let the database keep all rows of a result; False when that failed, which is told."""
        try:
            await self._jobs.do(Job(_("reading all rows")), result.keep)
        except LkjipError as error:
            self._tell_read_in_part(result, error)
            return False
        self._remark = ""
        self._put(result)
        return result is self._result

    def on_grid_cursor_moved(self, event: Grid.CursorMoved) -> None:
        """Read on before the cursor leaves the rows that were read."""
        before, self._row_before = self._row_before, event.row
        model, result = self._model, self._result
        if model is None or result is None:
            return
        if model.fault:
            self._say(model.fault, error=True)
        if not result.rows.is_part or self._jobs.current is not None or self._is_stopped:
            return
        if result.is_open and event.row >= model.row_count - PAGE // 2:
            self._read_on(result)
        elif event.row == model.row_count - 1 and result.can_be_kept:
            is_jump = event.row - before > 2 * len(self.grid.rows_in_view)
            self._go_on(result, to_the_end=is_jump)

    @work(group="ahead", exclusive=True)
    async def _read_on(self, result: Result) -> None:
        """Read on a result that the database cannot keep."""
        try:
            await self._jobs.do(Job(_("reading on")), result.read_on)
        except LkjipError as error:
            self._tell_read_in_part(result, error)
        else:
            self._put(result)

    @work(group="ahead", exclusive=True)
    async def _go_on(self, result: Result, *, to_the_end: bool) -> None:
        """Let all rows show once the cursor stands on the last that was read."""
        last = self.grid.cursor_row
        if await self._keep(result) and to_the_end and self.grid.cursor_row == last:
            self.grid.move_to(self.grid.model.row_count - 1, self.grid.cursor_column)

    # What is told

    def chosen(self) -> str:
        """Return what the chosen cells come to, empty when the cursor's is alone."""
        try:
            return block_sums.chosen(self, self.screen.size.width - 2)
        except LkjipError as error:  # the line beneath the rows tells it whole
            return error.message.partition("\n")[0]

    def _tell_rows(self) -> None:
        """Say what is shown, and what that took."""
        took = _("first rows after {time}").format(time=result_words.lasted(self._took.seconds))
        self._say(result_words.joined([*self._about_rows(), self._remark, took]))

    def _about_rows(self) -> Iterator[str]:
        """Yield what is true of the rows that are shown."""
        model, result = self._model, self._result
        if model is None or result is None:
            return
        if len(self._given) > 1:
            told = _("result {number} of {count}, {key}")
            key = BY_ID["next_result"].key_text
            yield told.format(number=self._at + 1, count=len(self._given), key=key)
        yield from result_words.about(model, result)
        if self._asked.year != self._year() and self._asked.is_of_a_year:
            yield _("the result is of {year}").format(year=self._asked.year)
        may_come = result.rows.is_part and (result.is_open or result.can_be_kept)
        is_at_rest = self._jobs.current is None and self._read_ahead.is_set()
        if may_come and is_at_rest and not self._is_stopped:
            yield _("more come as you go down")

    def _tell_progress(self, job: Job) -> None:
        """Say what goes on, and how far it has come."""
        if self._result is not None and not job.is_run:
            self._put(self._result)  # some may have come although more are waited for
        told = result_words.at_work(
            job.act, job.seconds, job.work.percent, is_stopping=job.is_stopping
        )
        if not job.is_run:
            told = result_words.joined([*self._about_rows(), told])
        elif self._result is not None:
            if job.seconds >= _SOON:
                self.grid.add_class("old")
            told = f"{told}; {_before()}"
        self._say(told)

    def _tell_failed(self, job: Job, error: LkjipError) -> None:
        """Say why there is no new result, and that the one before stands."""
        if not self.is_attached:
            return
        has_former = self._result is not None
        self.grid.set_class(has_former, "old")
        if isinstance(error, Interrupted):
            told = _("stopped after {time}").format(time=result_words.lasted(job.seconds))
            self._say(f"{told}; {_before()}" if has_former else f"{told}.")
        else:
            # Behind the first line: what the driver shows of the statement may have no room.
            first, end, rest = str(error).partition("\n")
            told = f"{first}\n{_before()}{end}{rest}"
            self._say(told if has_former else str(error), error=True)

    def _tell_read_in_part(self, result: Result, error: LkjipError) -> None:
        """Say why no more rows come, and that those that are there stand."""
        if result is not self._result or isinstance(error, GivenUp):
            return
        self._put(result)
        self._is_stopped = True
        result.let_go()
        if isinstance(error, Interrupted):
            self._remark = _("stopped; there may be more") if result.count is None else _("stopped")
            self._tell_rows()
        else:
            told = result_words.joined(list(self._about_rows()))
            self._say(f"{error}\n{told}", error=True)

    def _say(self, text: str, *, error: bool = False) -> None:
        style = "$text-error" if error else "$text-muted"
        sign = Content("● " if error else "").stylize(style)
        self.query_one("#truth", Static).update(sign.append(literal(text).stylize(style)))

    # Acts

    def on_grid_heading_clicked(self, event: Grid.HeadingClicked) -> None:
        """Sort the result by the column."""
        event.stop()
        if self._model is not None:
            column = self._model.shown[event.column].name
            self.query_one(Arranger).sort(column, also=event.also)

    def on_grid_column_resized(self, event: Grid.ColumnResized) -> None:
        """Give the column its width."""
        event.stop()
        self.query_one(Arranger).resize(event.column, event.width)

    def on_grid_edit_requested(self, event: Grid.EditRequested) -> None:
        """Show the row as a record: a result is not edited."""
        event.stop()
        self._acts.do_record()

    # What others ask

    def release(self) -> None:
        """End a result that is not read whole once it is not the file's present any more."""
        result = self._result
        if result is None or result.is_of_now:
            return
        if result.is_open:
            if not self.is_running:
                self._jobs.give_up()
            result.let_go()
        self._remark = _("the facts have changed since it ran")
        self._tell_again()

    def turn(self) -> None:
        """Say of which year the rows are, once another may be on the screen."""
        if self._result is not None and self._asked.is_of_a_year:
            self._tell_again()

    def _tell_again(self) -> None:
        if self._jobs.current is None and not self.grid.has_class("old"):  # what failed is told
            self._tell_rows()

    @property
    def is_arranged(self) -> bool:
        """Whether the rows are filtered or sorted here, as no file that is written is."""
        arrangement = self._model.arrangement if self._model is not None else None
        return arrangement is not None and bool(arrangement.filters or arrangement.sort)

    def exportable(self) -> Exportable | None:
        """Return the whole result of the statement that was run last, to be written to a file."""
        if self._result is None:
            return None
        asked, workspace = self._asked, self._workspace
        return of_statement(
            lambda: workspace.console.stream(
                asked.statement, asked.parameters, year=asked.year
            ).in_bulk()
        )


def _before() -> str:
    return _("the result above is the one before.")
