"""What the file prints differently from an edition: a list from which one goes to the cell."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from lkjip_tui.core.differences import Difference
from lkjip_tui.grid import Grid
from lkjip_tui.language import _, plural
from lkjip_tui.transfer import editions
from lkjip_tui.transfer.export import Exportable
from lkjip_tui.tui.detail import Detail
from lkjip_tui.tui.dialogs import literal
from lkjip_tui.tui.differences_model import DifferencesModel, name_of
from lkjip_tui.tui.told import GoTo


class DifferencesPane(Widget):
    """A titled list of differences."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.command('back')", show=False),
    ]

    DEFAULT_CSS = """
    DifferencesPane {
        height: 1fr;
        & > #title { height: 1; padding: 0 1; }
        & > Grid { height: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._model: DifferencesModel | None = None

    def compose(self) -> ComposeResult:
        """Lay out title, list and detail."""
        yield Static(id="title", markup=False)
        yield Grid(typing=False)
        yield Detail()

    def on_mount(self) -> None:
        """Follow the cursor."""
        self._grid.follower = self._follow

    @property
    def _grid(self) -> Grid:
        return self.query_one(Grid)

    def show(self, model: DifferencesModel) -> None:
        """List differences; the cursor stays, on another edition it begins at the top."""
        former, self._model = self._model, model
        is_same = former is not None and former.edition.folder == model.edition.folder
        row = min(self._grid.cursor_row, max(model.row_count - 1, 0)) if is_same else 0
        count = len(model.found)
        told = plural("{count} difference", "{count} differences", count).format(count=count)
        name = _("Compared with “{edition}”").format(edition=model.edition.name)
        title = literal(name).stylize("bold")
        title = title.append(literal(f"  {model.year} · {told}").stylize("$text-muted"))
        if model.changed:
            title = title.append(literal(f"  ● {editions.changed_text(model.changed)}"))
        self.query_one("#title", Static).update(title)
        empty = _("The tables print what the edition prints.")
        self._grid.show(model, cursor=(row, self._grid.cursor_column), frozen=1, empty=empty)
        self._follow(row, 0)

    @property
    def edition_name(self) -> str:
        """What the file was compared with."""
        return "" if self._model is None else self._model.edition.name

    def exportable(self) -> Exportable | None:
        """Return the list, to be written to a file."""
        model = self._model
        return None if model is None else editions.compared(model.edition, model.found)

    def do_long_text(self) -> None:
        """Show the difference at the cursor whole."""
        from lkjip_tui.tui.text_window import TextWindow  # noqa: PLC0415 - it is heavy

        if (here := self._difference(self._grid.cursor_row)) is not None:
            then, now = editions.texts(here)
            self.app.push_screen(TextWindow(name_of(here), f"{then}\n→\n{now}"))

    def on_grid_edit_requested(self, event: Grid.EditRequested) -> None:
        """Go to the cell."""
        event.stop()
        here = self._difference(event.row)
        if here is not None:
            self.post_message(GoTo(here.view_name, here.row_key, here.column_name))

    def _difference(self, row: int) -> Difference | None:
        return None if self._model is None else self._model.difference(row)

    def _follow(self, row: int, _column: int) -> None:
        """Show the difference under the cursor whole."""
        here, detail = self._difference(row), self.query_one(Detail)
        if here is None:
            detail.clear()
        else:
            then, now = editions.texts(here)
            detail.show(f"{here.table} · {name_of(here)}", f"{then}  →  {now}")
