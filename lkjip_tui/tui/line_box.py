"""A line above the rows, for what they shall hold or what is looked for."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from lkjip_tui.grid import TextBox


class LineBox(TextBox):
    """One line; Enter goes to the rows, Esc empties it and goes there too."""

    DEFAULT_CSS = """
    LineBox, LineBox:focus { background: $panel; display: none; }
    LineBox.open, LineBox.open:focus { display: block; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", show=False),
        Binding("down", "submit", show=False),
    ]

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.placeholder = placeholder

    def begin(self) -> None:
        """Come into view and take the keys."""
        self.add_class("open")
        self.focus()
        self.action_select_all()

    def action_clear(self) -> None:
        """Leave without a text."""
        self.value = ""
        self.post_message(self.Submitted(self, ""))
