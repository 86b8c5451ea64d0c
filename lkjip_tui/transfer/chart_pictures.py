"""Charts drawn as SVG and PNG; heavy, so imported when one is drawn.

Series are told apart by pattern, too, and every bar and point bears its figure as the table
prints it. The same chart gives the same bytes.
"""

import io
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, Final, Literal

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from lkjip_tui.core.figures.values import AS_STORED, Kind, safe_text, show
from lkjip_tui.transfer.charts import Chart, Panel

#: Inches, the width of an upright page's text.
WIDTH: Final = 6.1
_DPI: Final = 200
_COLOURS: Final = ("#1f4e79", "#f4b183", "#70ad47", "#7f7f7f")
_PATTERNS: Final = ("", "///", "...", "xxx")
_MARKS: Final = ("o", "s", "^", "D")
_STROKES: Final = ("-", "--", ":", "-.")
_NAME_WIDTH, _TITLE_WIDTH = 38, 80
#: Room beyond the longest bar for its figure, in parts of the axis.
_BESIDE: Final = 1.3
_SETTINGS: Final[dict[Any, Any]] = {
    "font.family": "DejaVu Sans",  # comes with the library: a bare machine may have no font
    "font.size": 8,
    "text.parse_math": False,  # a name may hold a dollar
    "svg.fonttype": "none",
    "svg.hashsalt": "lkjip",
    "hatch.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def svg(chart: Chart) -> bytes:
    """Return a chart as SVG, its texts as texts."""
    out = io.BytesIO()
    with _drawn(chart) as figure:
        FigureCanvasSVG(figure)
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()


def png(chart: Chart) -> bytes:
    """Return a chart as PNG, sharp when it is printed as wide as `WIDTH`."""
    out = io.BytesIO()
    with _drawn(chart) as figure:
        FigureCanvasAgg(figure)
        figure.savefig(out, format="png", dpi=_DPI, metadata={"Software": None})
    return out.getvalue()


@contextmanager
def _drawn(chart: Chart) -> Iterator[Figure]:
    draw = _draw_bars if chart.kind == "bars" else _draw_lines
    heights = [_height(chart, panel) for panel in chart.panels]
    with rc_context(_SETTINGS), warnings.catch_warnings():
        # A sign that the font lacks, a name that takes all the room: seen in the picture.
        warnings.simplefilter("ignore", UserWarning)
        figure = Figure(figsize=(WIDTH, sum(heights)), layout="constrained")
        axes = figure.subplots(len(heights), squeeze=False, height_ratios=heights)
        for one, panel in zip(axes[:, 0], chart.panels, strict=True):
            if panel.title:
                title = _wrapped(panel.title, _TITLE_WIDTH)
                one.set_title(title, loc="left", fontsize=8, fontweight="bold")
            draw(one, panel)
            one.legend(
                loc="upper left", bbox_to_anchor=(0, -0.12), ncols=4, frameon=False, fontsize=8
            )
        yield figure


def _height(chart: Chart, panel: Panel) -> float:
    """Return how high a panel is, in inches."""
    if chart.kind == "lines":
        return 2.1
    return 0.8 + len(panel.labels) * max(0.18 * len(panel.series), 0.36)


def _draw_bars(axes: Axes, panel: Panel) -> None:
    thickness = 0.8 / len(panel.series)
    for number, series in enumerate(panel.series):
        places = [row + thickness * number for row in range(len(panel.labels))]
        axes.barh(
            places, _floats(series.values, 0), thickness, label=safe_text(series.name),
            color=_COLOURS[number % 4], hatch=_PATTERNS[number % 4], edgecolor="black",
            linewidth=0.4, align="edge",
        )  # fmt: skip
        for place, value, text in zip(places, series.values, series.texts, strict=True):
            axes.annotate(
                safe_text(text), (max(float(value or 0), 0), place + thickness / 2), (3, 0),
                textcoords="offset points", va="center", fontsize=7,
            )  # fmt: skip
    axes.set_yticks(
        [row + 0.4 for row in range(len(panel.labels))],
        [_wrapped(label, _NAME_WIDTH) for label in panel.labels],
        fontsize=7,
    )
    axes.invert_yaxis()
    left, right = axes.get_xlim()
    axes.set_xlim(left, right * _BESIDE)
    _number_axis(axes, "x")


def _draw_lines(axes: Axes, panel: Panel) -> None:
    places = range(len(panel.labels))
    for number, series in enumerate(panel.series):
        axes.plot(
            places, _floats(series.values, float("nan")), label=safe_text(series.name),
            color=_COLOURS[number % 4], marker=_MARKS[number % 4], linestyle=_STROKES[number % 4],
        )  # fmt: skip
        for place, value, text in zip(places, series.values, series.texts, strict=True):
            if value is not None:
                above = 6 if number % 2 == 0 else -11
                axes.annotate(
                    safe_text(text), (place, float(value)), (0, above),
                    textcoords="offset points", ha="center", fontsize=7,
                )  # fmt: skip
    axes.set_xticks(places, [safe_text(label) for label in panel.labels])
    axes.margins(x=0.12, y=0.35)
    _number_axis(axes, "y")


def _number_axis(axes: Axes, which: Literal["x", "y"]) -> None:
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_formatter(FuncFormatter(lambda value, _place: _printed(value)))
    axes.locator_params(axis=which, nbins=4)
    axes.grid(axis=which, linewidth=0.3, color="0.8")
    axes.set_axisbelow(True)


def _printed(value: float) -> str:
    return show(
        Decimal(repr(float(value))).quantize(Decimal("0.01")), Kind.INDEX, decimals=AS_STORED
    )


def _floats(values: Sequence[Decimal | None], missing: float) -> Sequence[float]:
    return [missing if value is None else float(value) for value in values]


def _wrapped(text: str, width: int) -> str:
    lines = textwrap.wrap(safe_text(text), width, max_lines=3, placeholder=" …")
    return "\n".join(lines)
