"""The editor of several lines: statements and long texts."""

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widgets import TextArea

from lkjip_tui.grid.keys import typed
from lkjip_tui.grid.layout import tame


class TextPad(TextArea):
    """A text area that shows every character, also one that would drive the terminal.

    Ctrl+A selects all; Esc and the Alt keys are the program's.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+a", "select_all", show=False),
        Binding("ctrl+home", "edge('start', False)", show=False),
        Binding("ctrl+end", "edge('end', False)", show=False),
        Binding("ctrl+shift+home", "edge('start', True)", show=False),
        Binding("ctrl+shift+end", "edge('end', True)", show=False),
    ]

    def action_edge(self, name: str, select: bool) -> None:  # noqa: FBT001 - an action's argument
        """Go to the text's start or end, choosing what is passed or not."""
        self.move_cursor(getattr(self.document, name), select=select)

    def get_line(self, line_index: int) -> Text:
        """Return a line with a visible sign for each character that has none; tabs are spread."""
        parts = self.document.get_line(line_index).split("\t")
        return Text("\t".join(map(tame, parts)), end="", no_wrap=True)

    def on_key(self, event: Key) -> None:
        """Keep Esc from moving to the next pane, and Alt with a letter from typing it."""
        if event.key == "escape" or (event.is_printable and typed(event) is None):
            event.prevent_default()
