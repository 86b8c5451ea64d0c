"""All changes of one act in a window: of one that was done, or of one that is about to be."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from lkjip_tui.grid import Grid
from lkjip_tui.language import _
from lkjip_tui.tui.detail import Detail
from lkjip_tui.tui.dialogs import WINDOW, literal
from lkjip_tui.tui.history_model import ChangesModel
from lkjip_tui.tui.window import Window


class ActWindow(Window[bool]):
    """Lists what an act changes, however much that is; gives whether it shall be done.

    That is asked only with `to_do`, the word for doing it.
    """

    DEFAULT_CSS = f"""
    ActWindow {{
        {WINDOW}
        & > Vertical {{ width: 96%; height: 90%; padding: 0 1; }}
        & #heading {{ margin-bottom: 0; height: 1; }}
        & Grid {{ height: 1fr; }}
        & #keys {{ margin-top: 0; }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "leave", show=False),
        Binding("ctrl+o", "show_whole", show=False),
        Binding("f5", "accept", show=False),
    ]

    def __init__(self, heading: str, changes: ChangesModel, *, to_do: str = "") -> None:
        super().__init__()
        self._heading = heading
        self._changes = changes
        self._to_do = to_do

    def compose(self) -> ComposeResult:
        """Lay out the act and its changes."""
        with Vertical():
            yield Static(literal(self._heading), id="heading")
            yield Grid(typing=False)
            yield Detail()
            keys = f"F5  {self._to_do}    " if self._to_do else ""
            keys += _("Enter  read it whole    Esc  leave")
            yield Static(literal(keys), id="keys")

    def on_mount(self) -> None:
        """Show the first changes."""
        grid = self.query_one(Grid)
        grid.follower = self._follow
        grid.show(self._changes)
        grid.focus()
        self.call_after_refresh(self._follow, 0, 0)

    def on_grid_edit_requested(self, event: Grid.EditRequested) -> None:
        """Show the change whole."""
        event.stop()
        self.action_show_whole()

    def action_show_whole(self) -> None:
        """Show the cursor's change in a window of its own."""
        from lkjip_tui.tui.text_window import TextWindow  # noqa: PLC0415 - it is heavy

        text = self._changes.whole(self.query_one(Grid).cursor_row)
        self.app.push_screen(TextWindow(self._heading, text))

    def action_accept(self) -> None:
        """Do it, where it is not done yet."""
        if self._to_do:
            self.dismiss(result=True)

    def action_leave(self) -> None:
        """Go back to where the act was looked at."""
        self.dismiss(result=False)

    def _follow(self, row: int, _column: int) -> None:
        place, _newline, rest = self._changes.whole(row).partition("\n")
        self.query_one(Detail).show(place, rest)
