"""The editor of several lines: statements and long texts."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widgets import TextArea

from lkjip_tui.grid.keys import typed


class TextPad(TextArea):
    """A text area in which Ctrl+A selects all, and whose Esc and Alt keys are the program's."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+a", "select_all", show=False)]

    def on_key(self, event: Key) -> None:
        """Keep Esc from moving to the next pane, and Alt with a letter from typing it."""
        if event.key == "escape" or (event.is_printable and typed(event) is None):
            event.prevent_default()
