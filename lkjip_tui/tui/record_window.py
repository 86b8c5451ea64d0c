"""One row in a window: each column's name, and beside it the value, whole."""

from typing import ClassVar, Final

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.figures.values import Kind, safe_text, show
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.grid import Grid
from lkjip_tui.language import _
from lkjip_tui.tui.dialogs import WINDOW, literal
from lkjip_tui.tui.query_model import QueryModel
from lkjip_tui.tui.window import Scrolled, Window

#: Letters of one value that are laid out; what is longer is read in a window of its own.
_LONGEST: Final = 4_000
#: Cells that a column's name takes before it goes on beneath.
_WIDEST_NAME: Final = 28


class RecordWindow(Window[None]):
    """Shows a row until it is left; the row before and the next one are a key away."""

    DEFAULT_CSS = f"""
    RecordWindow {{
        {WINDOW}
        & > Vertical {{ width: 96%; height: 90%; }}
        & Scrolled {{ height: 1fr; scrollbar-gutter: stable; }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "leave", show=False),
        Binding("right", "step(1)", show=False, priority=True),
        Binding("left", "step(-1)", show=False, priority=True),
    ]

    def __init__(self, model: QueryModel, grid: Grid) -> None:
        super().__init__()
        self._model, self._grid = model, grid

    def compose(self) -> ComposeResult:
        """Lay out the place of the row, and room for its values."""
        with Vertical():
            yield Static(id="heading", markup=False)
            with Scrolled():
                yield Static(id="record", markup=False)
            keys = _("← →  row before, next    ↑ ↓  look around    Esc  close")
            yield Static(literal(keys), id="keys")

    def on_mount(self) -> None:
        """Let the arrow keys look around."""
        self.query_one(Scrolled).focus()
        self._show()

    def action_step(self, step: int) -> None:
        """Show the row before (-1), or the next one (1); the cursor goes with it."""
        self._grid.move_to(self._grid.cursor_row + step, self._grid.cursor_column)
        self.query_one(Scrolled).scroll_home(animate=False)
        self._show()

    def action_leave(self) -> None:
        """Close."""
        self.dismiss()

    def _show(self) -> None:
        at = self._grid.cursor_row
        told = _("row {number} of {count}").format(
            number=show(at + 1, Kind.COUNT), count=show(self._model.row_count, Kind.COUNT)
        )
        self.query_one("#heading", Static).update(literal(told))
        try:
            row = self._model.row(at)
        except LkjipError as error:
            self.query_one("#record", Static).update(literal(str(error)))
            return
        if row:
            self.query_one("#record", Static).update(self._record(row))

    def _record(self, row: ViewRow) -> Table:
        record = Table.grid(padding=(0, 2))
        record.add_column(style="dim", max_width=_WIDEST_NAME, overflow="fold")
        record.add_column(overflow="fold")
        all_of_it = _("Ctrl+O on its cell reads all of it")
        for column in self._model.shown:
            text = self._model.cells.on_screen(column, row)
            if len(text) > _LONGEST:
                text = f"{text[:_LONGEST]}… ({all_of_it})"
            value = Text(safe_text(text, keep_newlines=True))
            name = self._model.cells.whole_heading(column, self._model.names)
            record.add_row(Text(safe_text(name)), value)
        return record
