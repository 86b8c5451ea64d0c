"""The console for reading queries: a statement above, its rows below, a line of truth beneath.

The result stays until another one has rows, and is fetched only as far as it is looked at.
"""

import asyncio
import re
import time
from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from lkjip_tui.core.database import Stream, Tuple
from lkjip_tui.core.errors import Interrupted, LkjipError
from lkjip_tui.core.values import Kind, safe_text, show
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Grid, GridColumn
from lkjip_tui.language import _, plural
from lkjip_tui.transfer.export import Exportable, of_statement
from lkjip_tui.transfer.records import exact_text
from lkjip_tui.tui.dialogs import literal
from lkjip_tui.tui.text_model import TextModel

_PAGE = 256
_NUMBERS = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|FLOAT|DOUBLE")
_START = """-- {ask}
select p.number, p.name, p.absorption_pct
from report.budget_summary as p
where p.level = 1
order by p.absorption_pct
"""


class SqlPane(Widget):
    """An editor, a grid with the result, and what is true of it."""

    DEFAULT_CSS = """
    SqlPane {
        height: 1fr;
        & > TextArea {
            height: 40%; min-height: 4; padding: 0; border: none;
            &:focus { border: none; }
        }
        & > Grid { height: 1fr; border-top: hkey $panel; }
        & > #truth { height: auto; max-height: 6; padding: 0 1; border-top: hkey $panel; }
    }
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._at_work: Stream | None = None
        self._shown: Stream | None = None
        self._ended = True
        self._fetching = False
        self._model = TextModel(())
        self._shown_statement = ""
        self._took_ms = 0

    def compose(self) -> ComposeResult:
        """Lay out editor, result and truth."""
        start = _START.format(ask=_("One statement that reads; F5 runs it."))
        yield TextArea(start, language="sql", tab_behavior="indent", show_line_numbers=True)
        yield Grid(typing=False)
        yield Static(id="truth", markup=False)

    @property
    def grid(self) -> Grid:
        """The grid with the result."""
        return self.query_one(Grid)

    @property
    def statement(self) -> str:
        """What is written: the selected text if any, else all of it."""
        area = self.query_one(TextArea)
        return area.selected_text.strip() or area.text

    @property
    def is_at_work(self) -> bool:
        """Whether a statement runs now."""
        return self._at_work is not None

    def focus_first(self) -> None:
        """Put the keys into the editor."""
        self.query_one(TextArea).focus()

    def on_unmount(self) -> None:
        """Let go of what still runs."""
        self.do_stop()
        if self._shown is not None:
            self._shown.close()

    def do_run(self) -> None:
        """Run the statement."""
        if self.is_at_work:
            self._tell(_("A statement runs already; Esc stops it."))
            return
        self._run(self.statement)

    def do_stop(self) -> None:
        """Stop a running statement."""
        if self._at_work is not None:
            self._at_work.interrupt()

    @work(exclusive=True, group="sql")
    async def _run(self, statement: str) -> None:
        began = time.perf_counter()
        self._tell(_("running… Esc stops it; the result above is the one before."))
        self.grid.add_class("old")
        stream: Stream | None = None
        try:
            self._at_work = stream = self._workspace.sql(statement)
            first = await asyncio.to_thread(_first_page, stream)
        except Interrupted:
            self._tell(_("stopped; the result above is the one before."))
        except LkjipError as error:
            self._tell(str(error), error=True)
        else:
            self._took_ms = round((time.perf_counter() - began) * 1000)
            self._show(stream, first)
            self._shown_statement = statement
            stream = None
        finally:
            self._at_work = None
            self.grid.remove_class("old")
            if stream is not None:
                stream.close()

    def _show(self, stream: Stream, first: Sequence[Tuple]) -> None:
        """Put a new result in the place of the old one."""
        if self._shown is not None:
            self._shown.close()
        self._shown = stream
        self._ended = len(first) < _PAGE
        rights = [_NUMBERS.fullmatch(kind) is not None for kind in stream.types]
        self._model = TextModel([
            GridColumn(safe_text(name), safe_text(name), right=right)
            for name, right in zip(stream.columns, rights, strict=True)
        ])  # fmt: skip
        self._model.add(_texts(row) for row in first)
        self.grid.show(self._model, empty=_("The statement gave no row."))
        self._tell_rows()

    async def on_grid_cursor_moved(self, event: Grid.CursorMoved) -> None:
        """Fetch on before the cursor reaches the last row that was fetched."""
        event.stop()
        if event.row >= self._model.row_count - _PAGE // 2:
            await self._fetch()

    async def _fetch(self) -> None:
        stream = self._shown
        if self._ended or self._fetching or stream is None:
            return
        self._fetching = True
        try:
            page = await asyncio.to_thread(stream.fetch, _PAGE)
        except LkjipError as error:
            self._ended = True
            self._tell(str(error), error=True)
            return
        finally:
            self._fetching = False
        if stream is self._shown:
            self._ended = len(page) < _PAGE
            self._model.add(_texts(row) for row in page)
            self.grid.refresh_rows()
            self._tell_rows()

    def _tell_rows(self) -> None:
        count = show(self._model.row_count, Kind.COUNT)
        if self._ended:
            told = plural("{count} row", "{count} rows", self._model.row_count)
        else:
            told = _("{count} rows read so far; more come as you go down")
        took = _("first rows after {ms} ms").format(ms=show(self._took_ms, Kind.COUNT))
        self._tell(f"{told.format(count=count)} · {took}")

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
        statement = self._shown_statement
        return of_statement(lambda: self._workspace.sql(statement))


def _first_page(stream: Stream) -> Sequence[Tuple]:
    return stream.start().fetch(_PAGE)


def _texts(row: Tuple) -> Sequence[str | None]:
    return [None if value is None else exact_text(value) for value in row]
