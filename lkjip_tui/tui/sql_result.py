"""The result of a statement: its rows in a grid, and a line of truth beneath.

It stays until another one has rows, and is fetched only as far as it is looked at.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from uuid import uuid4

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from lkjip_tui.core.cursors import Stream, Tuple
from lkjip_tui.core.errors import Interrupted, LkjipError
from lkjip_tui.core.values import Kind, is_number_type, safe_text, show
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Grid, GridColumn
from lkjip_tui.language import _, plural
from lkjip_tui.transfer.export import Exportable, of_statement
from lkjip_tui.tui.dialogs import literal
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.sql_runs import Ran
from lkjip_tui.tui.text_model import TextModel
from lkjip_tui.tui.told import Told

_PAGE = 256


class SqlResult(EndsWork):
    """Runs one statement after the other, shows what it gave, and says what is true of it."""

    DEFAULT_CSS = """
    SqlResult {
        height: 1fr;
        & > Grid { height: 1fr; border-top: hkey $panel; }
        & > #truth { height: auto; max-height: 6; padding: 0 1; border-top: hkey $panel; }
    }
    """

    # The key line shows the key that stops as long as one of these is there.
    _at_work = var[Stream | None](None, bindings=True)
    _read_on = var[Stream | None](None, bindings=True)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._shown: Stream | None = None
        self._ended = True
        self._is_whole = False
        self._model = TextModel(())
        self._shown_statement = "", 0
        self._took_ms = 0
        self._run_key = ""

    def compose(self) -> ComposeResult:
        """Lay out rows and truth."""
        yield Grid(typing=False)
        yield Static(id="truth", markup=False)

    @property
    def grid(self) -> Grid:
        """The grid with the rows."""
        return self.query_one(Grid)

    @property
    def is_at_work(self) -> bool:
        """Whether a statement runs now, or its result is read on."""
        return self._at_work is not None or self._read_on is not None

    @property
    def is_running(self) -> bool:
        """Whether a statement has begun and has no row yet."""
        return self._at_work is not None

    def on_unmount(self) -> None:
        """Let go of what still runs."""
        self.stop()
        if self._shown is not None:
            self._shown.close()

    def run(self, statement: str, year: int) -> None:
        """Run a statement; `$fiscal_year` in it is this year."""
        if self._at_work is not None:
            self._tell(_("A statement runs already; Esc stops it."))
            return
        try:
            self._at_work = self._workspace.sql(statement, year=year)
        except LkjipError as error:
            self._tell(str(error), error=True)
            self.post_message(Ran(uuid4().hex, statement, error=error))
            return
        self._run(self._at_work, statement, year)

    def stop(self) -> None:
        """Stop what runs."""
        stream = self._at_work or self._read_on
        if stream is not None:
            stream.interrupt()

    @work(group="sql")
    async def _run(self, stream: Stream, statement: str, year: int) -> None:
        began = time.perf_counter()
        self._tell(_("running… Esc stops it; the result above is the one before."))
        self.grid.add_class("old")
        first = await _read(lambda: stream.start().fetch(_PAGE))
        if not self.is_attached:
            return  # the program is being left
        self._at_work = None
        self.grid.remove_class("old")
        if isinstance(first, LkjipError):
            stream.close()
            self._tell_failure(first, _("stopped; the result above is the one before."))
            took_ms = round((time.perf_counter() - began) * 1000)
            self.post_message(Ran(uuid4().hex, statement, took_ms, error=first))
            return
        self._took_ms = round((time.perf_counter() - began) * 1000)
        self._show(stream, first)
        self._shown_statement = statement, year
        self._run_key = uuid4().hex
        self._post_ran()

    def _show(self, stream: Stream, first: Sequence[Tuple]) -> None:
        """Put a new result in the place of the old one."""
        if self._shown is not None:
            self._shown.close()
        self._shown = stream
        self._ended = self._is_whole = len(first) < _PAGE
        rights = [is_number_type(kind) for kind in stream.types]
        self._model = TextModel([
            GridColumn(safe_text(name), safe_text(name), right=right)
            for name, right in zip(stream.columns, rights, strict=True)
        ])  # fmt: skip
        self._model.add(first)
        self.grid.show(self._model, empty=_("The statement gave no row."))
        self._tell_rows()

    def _post_ran(self, *, is_more: bool = False) -> None:
        """Say what is known of the run whose result is shown."""
        statement, _year = self._shown_statement
        count = self._model.row_count
        ran = Ran(self._run_key, statement, self._took_ms, count, self._is_whole, is_more=is_more)
        self.post_message(ran)

    def show_long_text(self) -> None:
        """Show the whole text of the cursor's cell."""
        from lkjip_tui.tui.text_window import TextWindow  # noqa: PLC0415 - it is heavy

        row, column = self.grid.cursor_row, self.grid.cursor_column
        if row < self._model.row_count:
            heading = self._model.columns[column].heading
            self.app.push_screen(TextWindow(heading, self._model.text(row, column)))

    def on_grid_heading_clicked(self, event: Grid.HeadingClicked) -> None:
        """Sort the result by the column."""
        event.stop()
        self.sort(event.column, also=event.also)

    def sort(self, column: int, *, also: bool = False) -> None:
        """Sort by a column: up, then down, then as the statement gave the rows."""
        if not self._is_whole:
            told = _("Go to the result's end first, or write order by: it is not read whole.")
            self.post_message(Told(told, error=True))
        elif self._model.columns:
            self._model.sort(column, also=also)
            self.grid.show_columns()

    def on_grid_cursor_moved(self, event: Grid.CursorMoved) -> None:
        """Fetch on before the cursor reaches the last row that was fetched."""
        event.stop()
        if event.row >= self._model.row_count - _PAGE // 2:
            self._fetch()

    @work(group="fetch")
    async def _fetch(self) -> None:
        stream = self._shown
        if self._ended or stream is None or stream is self._read_on:
            return
        self._read_on = stream
        self._tell_rows()
        page = await _read(lambda: stream.fetch(_PAGE))
        if not self.is_attached:
            return  # the program is being left
        if stream is self._read_on:
            self._read_on = None
        if stream is not self._shown or self._ended:
            return  # another result is shown by now, or this one was released
        if isinstance(page, LkjipError):
            self._ended = True
            count = show(self._model.row_count, Kind.COUNT)
            stopped = _("stopped after {count} rows; there may be more.").format(count=count)
            self._tell_failure(page, stopped)
            return
        self._ended = self._is_whole = len(page) < _PAGE
        self._model.add(page)
        self.grid.refresh_rows()
        self._tell_rows()
        if self._ended:
            self._post_ran(is_more=True)

    def _tell_rows(self) -> None:
        count = show(self._model.row_count, Kind.COUNT)
        if self._ended:
            told = plural("{count} row", "{count} rows", self._model.row_count)
        elif self._shown is self._read_on:
            told = _("{count} rows read so far; reading on, Esc stops it")
        else:
            told = _("{count} rows read so far; more come as you go down")
        took = _("first rows after {ms} ms").format(ms=show(self._took_ms, Kind.COUNT))
        self._tell(f"{told.format(count=count)} · {took}")

    def _tell_failure(self, failure: LkjipError, stopped: str) -> None:
        """Say what went wrong, or `stopped` when it is what the user wanted."""
        if isinstance(failure, Interrupted):
            self._tell(stopped)
        else:
            self._tell(str(failure), error=True)

    def _tell(self, text: str, *, error: bool = False) -> None:
        told = literal(text)
        style = "$text-error" if error else "$text-muted"
        sign = Content("● " if error else "").stylize(style)
        self.query_one("#truth", Static).update(sign.append(told.stylize(style)))

    def release(self) -> None:
        """End a result that is not read whole, once it is not the file's present any more."""
        if self._shown is not None and not self._ended:
            self._ended = True
            self._shown.close()
            self._tell(_("The facts have changed since; F5 runs the statement again."))

    def exportable(self) -> Exportable | None:
        """Return the whole result of the statement that was run last, to be written to a file."""
        if self._shown is None:
            return None
        statement, year = self._shown_statement
        return of_statement(lambda: self._workspace.sql(statement, year=year))


async def _read(read: Callable[[], Sequence[Tuple]]) -> Sequence[Tuple] | LkjipError:
    """Return rows that are read on another thread, or why they are not."""
    try:
        return await asyncio.to_thread(read)
    except LkjipError as error:
        return error
