"""Lists that are no query: what a check found, and the history."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from lkjip_tui.core.findings import Finding
from lkjip_tui.core.queries import Query, Registry
from lkjip_tui.core.values import safe_text
from lkjip_tui.grid import Grid, GridColumn
from lkjip_tui.language import _
from lkjip_tui.transfer import findings
from lkjip_tui.transfer.export import Exportable
from lkjip_tui.transfer.printed import PrintedTable
from lkjip_tui.tui.detail import Detail
from lkjip_tui.tui.dialogs import literal
from lkjip_tui.tui.text_model import TextModel


class ListPane(Widget):
    """A titled list of texts; Enter on a finding goes to its cell."""

    DEFAULT_CSS = """
    ListPane {
        height: 1fr;
        & > #title { height: 1; padding: 0 1; }
        & > Grid { height: 1fr; }
    }
    """

    @dataclass
    class GoTo(Message):
        """The user wants to see the cell of a finding."""

        finding: Finding

    def __init__(self) -> None:
        super().__init__()
        self._model = TextModel(())
        self._findings: Sequence[Finding] = ()
        self._shown: Exportable | None = None
        self._title_shown = ""

    def compose(self) -> ComposeResult:
        """Lay out title, list and detail."""
        yield Static(id="title", markup=False)
        yield Grid(typing=False)
        yield Detail()

    def on_mount(self) -> None:
        """Follow the cursor."""
        self.grid.follower = self._follow

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    def show_history(self, what: Exportable, table: PrintedTable) -> None:
        """List acts, newest first."""
        self._show(what, table, _("History"), _("Nothing was changed yet."))

    def show_check(
        self, query: Query, found: Sequence[Finding], registry: Registry, empty: str
    ) -> None:
        """List what a check found; its rows lead to the cells. `empty` is said without any."""
        what = findings.exportable(found, registry, of_one=True)
        self._show(what, next(iter(what.tables())), query.title(), empty, found)

    def _show(
        self,
        what: Exportable,
        table: PrintedTable,
        title: str,
        empty: str,
        found: Sequence[Finding] = (),
    ) -> None:
        is_same = title == self._title_shown
        at = (self.grid.cursor_row, self.grid.cursor_column) if is_same else (0, 0)
        self._title_shown = title
        self._findings = found
        self._shown = what
        self._model = TextModel(
            [
                GridColumn(column.heading, safe_text(column.heading), right=column.right)
                for column in table.columns
            ]
        )
        self._model.add(row.cells for row in table.rows)
        self.query_one("#title", Static).update(literal(title).stylize("bold"))
        self.grid.show(self._model, cursor=at, empty=empty)
        self._follow(self.grid.cursor_row, self.grid.cursor_column)

    def exportable(self) -> Exportable | None:
        """Return the list, to be written to a file."""
        return self._shown

    def _follow(self, row: int, column: int) -> None:
        """Show the cell under the cursor whole."""
        if not self._model.columns:
            return
        self.query_one(Detail).show(
            self._model.columns[column].heading,
            self._model.text(row, column),
            remarks=_("Enter goes to the cell.") if row < len(self._findings) else "",
        )

    def on_grid_edit_requested(self, event: Grid.EditRequested) -> None:
        """Go to the finding's cell."""
        event.stop()
        if event.row < len(self._findings):
            self.post_message(self.GoTo(self._findings[event.row]))
