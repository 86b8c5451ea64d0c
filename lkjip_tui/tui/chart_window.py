"""A table's chart in a window: bars of characters, a figure at each."""

from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from lkjip_tui.language import _
from lkjip_tui.transfer.charts import Chart, Panel
from lkjip_tui.tui.dialogs import WINDOW, literal

#: What a series is drawn with, so that no colour is needed.
_FILLS: Final = "█░▓▒"
_TIPS: Final = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


class ChartWindow(ModalScreen[None]):
    """Shows a chart until it is left."""

    DEFAULT_CSS = f"""
    ChartWindow {{
        {WINDOW}
        & > Vertical {{ width: 96%; height: 90%; }}
        & VerticalScroll {{ height: 1fr; scrollbar-gutter: stable; }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,alt+g", "leave", show=False)]

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart

    def compose(self) -> ComposeResult:
        """Lay out the caption and room for the bars."""
        with Vertical():
            yield Static(literal(self._chart.caption), id="heading")
            with VerticalScroll():
                yield Static(id="bars")
            yield Static(literal(_("↑ ↓  look around    Esc  close")), id="keys")

    def on_mount(self) -> None:
        """Let the arrow keys look around."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        """Draw the bars as wide as there is room."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        width = self.query_one(VerticalScroll).scrollable_content_region.width
        lines = (line for panel in self._chart.panels for line in _drawn(panel, width))
        self.query_one("#bars", Static).update(Content("\n").join(lines))

    def action_leave(self) -> None:
        """Close."""
        self.dismiss()


def _drawn(panel: Panel, width: int) -> Iterator[Content]:
    """Yield the lines of a panel: what each fill means, then the bars beneath their labels."""
    if panel.title:
        yield literal(panel.title).stylize("bold")
    meant = (f"{_fill(n)} {series.name}" for n, series in enumerate(panel.series))
    yield literal("  ".join(meant)).stylize("$text-muted")
    longest = max(len(text) for series in panel.series for text in series.texts)
    known = [value for series in panel.series for value in series.values if value is not None]
    room, most = max(width - longest - 1, 1), max(known, default=Decimal(0))
    for row, label in enumerate(panel.labels):
        yield literal(label)
        for number, series in enumerate(panel.series):
            bar = _bar(series.values[row], most, room, _fill(number))
            yield Content(f"{bar} ".lstrip()).append(literal(series.texts[row]).stylize("bold"))
    yield Content()


def _fill(number: int) -> str:
    return _FILLS[number % len(_FILLS)]


def _bar(value: Decimal | None, most: Decimal, room: int, fill: str) -> str:
    """Return a bar from nought on, to an eighth of a cell where the fill allows that."""
    if value is None or value <= 0 or most <= 0:
        return ""
    eighths = int(value * room * 8 / most)
    if fill == _FILLS[0]:
        return fill * (eighths // 8) + _TIPS[eighths % 8] or _TIPS[1]
    return fill * max(round(eighths / 8), 1)
