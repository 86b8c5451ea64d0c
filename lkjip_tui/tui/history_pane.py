"""The history: every act of the file, newest first."""

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from lkjip_tui.core.values import safe_text
from lkjip_tui.grid import Grid, GridColumn
from lkjip_tui.language import _
from lkjip_tui.transfer.export import Exportable
from lkjip_tui.transfer.printed import PrintedTable
from lkjip_tui.tui.detail import Detail
from lkjip_tui.tui.dialogs import literal
from lkjip_tui.tui.text_model import TextModel


class HistoryPane(Widget):
    """A titled list of acts."""

    DEFAULT_CSS = """
    HistoryPane {
        height: 1fr;
        & > #title { height: 1; padding: 0 1; }
        & > Grid { height: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._model = TextModel(())
        self._shown: Exportable | None = None

    def compose(self) -> ComposeResult:
        """Lay out title, list and detail."""
        yield Static(literal(_("History")).stylize("bold"), id="title", markup=False)
        yield Grid(typing=False)
        yield Detail()

    def on_mount(self) -> None:
        """Follow the cursor."""
        self.grid.follower = self._follow

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    def show(self, what: Exportable, table: PrintedTable) -> None:
        """List acts, the cursor where it was."""
        at = self.grid.cursor_row, self.grid.cursor_column
        self._shown = what
        self._model = TextModel(
            [
                GridColumn(column.heading, safe_text(column.heading), right=column.right)
                for column in table.columns
            ]
        )
        self._model.add(row.cells for row in table.rows)
        self.grid.show(self._model, cursor=at, empty=_("Nothing was changed yet."))
        self._follow(self.grid.cursor_row, self.grid.cursor_column)

    def exportable(self) -> Exportable | None:
        """Return the list, to be written to a file."""
        return self._shown

    def _follow(self, row: int, column: int) -> None:
        """Show the cell under the cursor whole."""
        if self._model.columns:
            self.query_one(Detail).show(
                self._model.columns[column].heading, self._model.text(row, column)
            )

    def on_grid_edit_requested(self, event: Grid.EditRequested) -> None:
        """Take Enter: nothing is edited here."""
        event.stop()
