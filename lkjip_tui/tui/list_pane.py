"""Lists that are no query: what a check found, and the history."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from lkjip_tui.core.findings import Finding
from lkjip_tui.core.journal import Entry
from lkjip_tui.core.queries import Query, Registry
from lkjip_tui.core.values import safe_text
from lkjip_tui.grid import Grid, GridColumn
from lkjip_tui.language import _
from lkjip_tui.transfer import findings, history
from lkjip_tui.transfer.export import Exportable
from lkjip_tui.tui.dialogs import literal
from lkjip_tui.tui.text_model import TextModel


class ListPane(Widget):
    """A titled list of texts; Enter on a finding goes to its cell."""

    DEFAULT_CSS = """
    ListPane {
        height: 1fr;
        & > #title { height: 1; padding: 0 1; }
        & > Grid { height: 1fr; }
        & > #detail {
            height: auto; max-height: 8; min-height: 3; padding: 0 1; border-top: hkey $panel;
        }
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

    def compose(self) -> ComposeResult:
        """Lay out title, list and detail."""
        yield Static(id="title", markup=False)
        yield Grid(typing=False)
        yield Static(id="detail", markup=False)

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    def show_history(self, entries: Sequence[Entry]) -> None:
        """List changes, newest first."""
        what = Exportable(
            "history", lambda: [history.printed(entries)], lambda: history.records(entries)
        )
        self._show(what, _("History"), _("Nothing was changed yet."))

    def show_check(self, query: Query, found: Sequence[Finding], registry: Registry) -> None:
        """List what a check found; its rows lead to the cells."""
        what = Exportable(
            query.full_name,
            lambda: [findings.printed(found, registry)],
            lambda: findings.records(found),
        )
        self._show(what, query.title(), _("This check finds nothing wrong."), found)

    def _show(
        self, what: Exportable, title: str, empty: str, found: Sequence[Finding] = ()
    ) -> None:
        self._findings = found
        self._shown = what
        table = next(iter(what.tables()))
        self._model = TextModel(
            [
                GridColumn(column.heading, safe_text(column.heading), right=column.right)
                for column in table.columns
            ]
        )
        self._model.add(row.cells for row in table.rows)
        self.query_one("#title", Static).update(literal(title).stylize("bold"))
        self.grid.show(self._model, empty=empty)
        self.grid.focus()
        self._show_detail()

    def exportable(self) -> Exportable | None:
        """Return the list, to be written to a file."""
        return self._shown

    def on_grid_cursor_moved(self, event: Grid.CursorMoved) -> None:
        """Show the cell under the cursor whole."""
        event.stop()
        self._show_detail()

    def on_grid_edit_requested(self, event: Grid.EditRequested) -> None:
        """Go to the finding's cell."""
        event.stop()
        if event.row < len(self._findings):
            self.post_message(self.GoTo(self._findings[event.row]))

    def _show_detail(self) -> None:
        row, column = self.grid.cursor_row, self.grid.cursor_column
        text = literal(self._model.text(row, column))
        keys = _("Enter goes to the cell.") if row < len(self._findings) else ""
        told = text.append(Content(f"\n{keys}").stylize("$text-muted"))
        self.query_one("#detail", Static).update(told)
