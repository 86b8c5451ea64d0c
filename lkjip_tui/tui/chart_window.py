"""A chart in a window: bars of characters, a figure at each, or a line for each series."""

from collections.abc import Iterator
from decimal import Decimal
from operator import itemgetter
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from lkjip_tui.language import _
from lkjip_tui.transfer.charts import Chart, Panel
from lkjip_tui.tui.dialogs import WINDOW, literal
from lkjip_tui.tui.line_plot import plotted
from lkjip_tui.tui.window import Scrolled, Window

#: What a series is drawn with, so that no colour is needed.
_FILLS: Final = "█░▓▒"
#: Lines that a series takes where it is drawn as one.
_HEIGHT: Final = 6
_TIPS: Final = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


class ChartWindow(Window[None]):
    """Shows a chart until it is left."""

    DEFAULT_CSS = f"""
    ChartWindow {{
        {WINDOW}
        & > Vertical {{ width: 96%; height: 90%; }}
        & Scrolled {{ height: 1fr; scrollbar-gutter: stable; }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,alt+g", "leave", show=False),
        Binding("l", "turn", show=False),
    ]

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart
        self._as_lines = False

    def compose(self) -> ComposeResult:
        """Lay out the caption and room for the bars."""
        with Vertical():
            yield Static(literal(self._chart.caption), id="heading")
            with Scrolled():
                yield Static(id="bars")
            keys = _("l  bars or lines    ↑ ↓  look around    Esc  close")
            yield Static(literal(keys), id="keys")

    def on_mount(self) -> None:
        """Let the arrow keys look around."""
        self.query_one(Scrolled).focus()

    def on_resize(self) -> None:
        """Draw the bars as wide as there is room."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        width = self.query_one(Scrolled).scrollable_content_region.width
        drawn = _as_lines if self._as_lines else _drawn
        lines = (line for panel in self._chart.panels for line in drawn(panel, width))
        self.query_one("#bars", Static).update(Content("\n").join(lines))

    def action_turn(self) -> None:
        """Draw lines in the place of bars, or bars again."""
        self._as_lines = not self._as_lines
        self._draw()

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


def _as_lines(panel: Panel, width: int) -> Iterator[Content]:
    """Yield the lines of a panel: each series by itself, its ends named along both axes."""
    if panel.title:
        yield literal(panel.title).stylize("bold")
    for series in panel.series:
        yield literal(series.name).stylize("$text-muted")
        known = [
            (value, text)
            for value, text in zip(series.values, series.texts, strict=True)
            if value is not None
        ]
        if not known:
            continue
        top, bottom = max(known, key=itemgetter(0))[1], min(known, key=itemgetter(0))[1]
        side = max(len(top), len(bottom))
        room = max(width - side - 2, 1)
        for number, line in enumerate(plotted(series.values, room, _HEIGHT)):
            text = top if number == 0 else bottom if number == _HEIGHT - 1 else ""
            yield literal(f"{text.rjust(side)} ").stylize("bold").append(line)
        ends = (literal(label).truncate(room // 2 - 1, ellipsis=True) for label in panel.labels)
        first, *_between, last = ends if len(panel.labels) > 1 else (*ends, Content())
        gap = " " * (room - first.cell_length - last.cell_length)
        yield Content(" " * (side + 1)).append(first).append(gap).append(last)
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
