"""The lines beneath a grid that show the cursor's cell as whole as they can.

Their height never changes, so that they follow the cursor in the frame in which it moves. They
change with each key, so they are drawn line by line and not by the library's way for any widget,
which took as long as the rest of the frame.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import ClassVar, Final, TypeAlias

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from lkjip_tui.core.values import safe_text
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
        self._told: Sequence[Sequence[_Run]] = ()
        self._inks: dict[str, Style] = {}

    def show(self, heading: str, text: str, *, state: str = "", remarks: str = "") -> None:
        """Show these; a text that does not fit says how it is read whole."""
        width = self._width
        lines = sum(-(-len(line) // width) or 1 for line in text.splitlines()) if width else 0
        if lines > _LINES - 1:
            more = _("Ctrl+O shows all of it")
            state = f"{state}  {more}".strip()
        self._told = [
            ((safe_text(heading), "heading"), (f"  {safe_text(state)}", "state")),
            *(((line, "text"),) for line in _lines(text)),
            *(((line, "remarks"),) for line in _lines(remarks)),
        ]
        self.refresh()

    def clear(self) -> None:
        """Show nothing."""
        self._told = ()
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a part of it."""
        runs = islice(
            chain.from_iterable(_folded(line, self._width) for line in self._told), _LINES
        )
        drawn = [((_RULE * self.size.width, "rule"),), *(((" ", "text"), *line) for line in runs)]
        blank: Sequence[_Run] = ()
        lines = [self._strip(drawn[y] if y < len(drawn) else blank) for y in crop.line_range]
        return finished(self, lines, crop)

    def notify_style_update(self) -> None:
        """Forget the inks of the old theme."""
        super().notify_style_update()
        self._inks.clear()

    @property
    def _width(self) -> int:
        return self.size.width - 2

    def _strip(self, runs: Sequence[_Run]) -> Strip:
        segments = [Segment(text, self._ink(name)) for text, name in runs]
        return Strip(segments).adjust_cell_length(self.size.width, self._ink("text"))

    def _ink(self, name: str) -> Style:
        if name not in self._inks:
            self._inks[name] = self.get_component_rich_style(f"detail--{name}")
        return self._inks[name]


def _lines(text: str) -> Iterable[str]:
    return safe_text(text, keep_newlines=True).split("\n") if text else ()


def _folded(line: Sequence[_Run], width: int) -> Iterator[Sequence[_Run]]:
    """Yield a line in as many as it takes."""
    if sum(cell_len(text) for text, _ink in line) <= width:
        yield line
        return
    for text, ink in line:
        yield from (((part.plain, ink),) for part in Content(text.strip()).wrap(width))
