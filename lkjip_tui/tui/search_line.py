"""The line above a list in a window: what is typed there narrows the list."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from lkjip_tui.grid.editor import TextBox


class SearchLine(TextBox):
    """A line to search by: keys that it does not type belong to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.move('cursor_down')", show=False),
        Binding("up", "screen.move('cursor_up')", show=False),
        Binding("pagedown", "screen.move('page_down')", show=False),
        Binding("pageup", "screen.move('page_up')", show=False),
        Binding("escape", "screen.leave", show=False),
    ]
