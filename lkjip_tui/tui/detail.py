"""The lines beneath a grid that show the cursor's cell as whole as they can.

Their height never changes, so that they follow the cursor in the frame in which it moves. They
change with each key, so they are drawn line by line and not by the library's way for any widget,
which took as long as the rest of the frame.
"""

from collections.abc import Sequence
from typing import ClassVar, Final, TypeAlias

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.grid import finished
from lkjip_tui.language import _

_LINES: Final = 4
_RULE: Final = "▔"

#: A text and its ink: one of Detail's component classes, without `detail--`.
_Run: TypeAlias = tuple[str, str]


class Detail(Widget):
    """A heading, a text, and remarks beneath it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "detail--rule", "detail--heading", "detail--state", "detail--text", "detail--remarks",
    }  # fmt: skip
    DEFAULT_CSS = f"""
    Detail {{
        height: {_LINES + 1}; background: $background;
        & > .detail--rule {{ color: $panel; }}
        & > .detail--heading {{ text-style: bold; }}
        & > .detail--state {{ text-style: dim; }}
        & > .detail--remarks {{ color: $text-muted; }}
    }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._told = ("", "", "", "")
        self._inks: dict[str, Style] = {}

    def show(self, heading: str, text: str, *, state: str = "", remarks: str = "") -> None:
        """Show these; a text that does not fit says how it is read whole."""
        self._told = (safe_text(heading), safe_text(state), text, remarks)
        self.refresh()

    def clear(self) -> None:
        """Show nothing."""
        self.show("", "")

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a part of it."""
        told = [((" ", "text"), *line) for line in self._lines()]
        drawn = [((_RULE * self.size.width, "rule"),), *told]
        blank: Sequence[_Run] = ()
        lines = [self._strip(drawn[y] if y < len(drawn) else blank) for y in crop.line_range]
        return finished(self, lines, crop)

    def notify_style_update(self) -> None:
        """Forget the inks of the old theme."""
        super().notify_style_update()
        self._inks.clear()

    def _lines(self) -> Sequence[Sequence[_Run]]:
        heading, state, text, remarks = self._told
        width, count = self.size.width - 2, self.size.height - 1
        head, body = _head(heading, state, width, count), _folded(text, width)
        if len(body) > count - len(head):
            more = _("Ctrl+O shows all of it")
            head = _head(heading, f"{state}  {more}".strip(), width, count)
        beneath = ((body, "text"), (_folded(remarks, width), "remarks"))
        return [*head, *([(line, ink)] for lines, ink in beneath for line in lines)][:count]

    def _strip(self, runs: Sequence[_Run]) -> Strip:
        segments = [Segment(text, self._ink(name)) for text, name in runs]
        return Strip(segments).adjust_cell_length(self.size.width, self._ink("text"))

    def _ink(self, name: str) -> Style:
        if name not in self._inks:
            self._inks[name] = self.get_component_rich_style(f"detail--{name}")
        return self._inks[name]


def _head(heading: str, state: str, width: int, count: int) -> Sequence[Sequence[_Run]]:
    """Return heading and state in one line, or the state in one beneath; `count` are in all."""
    if cell_len(heading) + 2 + cell_len(state) <= width:
        return [[(heading, "heading"), (f"  {state}", "state")]]
    above = [[(line, "heading")] for line in _folded(heading, width)[: max(count - 2, 2)]]
    return [*above, [(state, "state")]] if state else above


def _folded(text: str, width: int) -> Sequence[str]:
    """Return the lines that a text takes."""
    if not text:
        return []
    lines = safe_text(text, keep_newlines=True).split("\n")
    fits = (cell_len(line) <= width for line in lines)
    return [
        part
        for line, fit in zip(lines, fits, strict=True)
        for part in ([line] if fit else [each.plain for each in Content(line).wrap(width)])
    ]
