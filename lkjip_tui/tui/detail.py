"""The lines beneath a grid that show the cursor's cell as whole as they can.

Their height never changes, so that they follow the cursor in the frame in which it moves.
"""

from textual.content import Content
from textual.widgets import Static

from lkjip_tui.language import _
from lkjip_tui.tui.dialogs import literal

_LINES = 4


class Detail(Static):
    """A heading, a text, and remarks beneath it."""

    DEFAULT_CSS = f"""
    Detail {{
        height: {_LINES + 1}; padding: 0 1;
        border-top: hkey $panel; background: $background;
    }}
    """

    def __init__(self) -> None:
        super().__init__(markup=False)

    def show(self, heading: str, text: str, *, state: str = "", remarks: str = "") -> None:
        """Show these; a text that does not fit says how it is read whole."""
        width = self.content_size.width
        lines = sum(-(-len(line) // width) or 1 for line in text.splitlines()) if width else 0
        if lines > _LINES - 1:
            more = _("Ctrl+O shows all of it")
            state = f"{state}  {more}".strip()
        told = literal(heading).stylize("bold").append(Content(f"  {state}").stylize("dim"))
        told = told.append("\n").append(literal(text))
        if remarks:
            told = told.append("\n").append(literal(remarks).stylize("$text-muted"))
        self.update(told, layout=False)

    def clear(self) -> None:
        """Show nothing."""
        self.update("", layout=False)
