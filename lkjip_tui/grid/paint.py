"""A grid's lines as strips: few segments, since each one costs at every repaint."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from lkjip_tui.grid.layout import (
    PAD,
    GroupSpan,
    Layout,
    cell_text,
    fit,
    heading_of,
    width_of,
)
from lkjip_tui.grid.model import GridColumn, GridRow

CHOSEN = "▐▌"
"""The signs at the left and right end of chosen cells."""

FROZEN = "│"
"""The sign behind the columns that stay while the others move."""

LEAST_RULE = 2
"""A group's name stands in a rule when at least this many cells of it remain."""


class Line:
    """A strip in the making; neighbours of one style become one segment."""

    def __init__(self) -> None:
        self.width = 0
        self._segments: list[Segment] = []
        self._texts: list[str] = []
        self._style: Style | None = None

    def add(self, text: str, width: int, style: Style) -> None:
        """Put a text of a known width at the end."""
        if style is not self._style:
            self._close()
            self._style = style
        self._texts.append(text)
        self.width += width

    def fill(self, width: int, style: Style) -> None:
        """Put blanks at the end until the line is so wide."""
        if width > self.width:
            self.add(" " * (width - self.width), width - self.width, style)

    def strip(self) -> Strip:
        """Return what has been put together."""
        self._close()
        return Strip(self._segments, self.width)

    def _close(self) -> None:
        if self._texts:
            self._segments.append(Segment("".join(self._texts), self._style))
            self._texts.clear()


@dataclass(frozen=True, slots=True)
class Painter:
    """Paints what a viewport of `width` cells shows of the columns.

    `ink` gives the style of some of the grid's component classes together, each named without
    `grid--`; the same names always give the same object.
    """

    columns: Sequence[GridColumn]
    layout: Layout
    scroll_x: int
    width: int
    ink: Callable[..., Style]

    def row(
        self, row: GridRow | None, cursor: int | None = None, chosen: range = range(0)
    ) -> Strip:
        """Paint a row; `cursor` is the cursor's column when it stands in this row.

        The `chosen` columns begin and end with a sign.
        """
        ink = self.ink
        names: tuple[str, ...] = () if cursor is None else ("row",)
        blank = ink(*names)
        if row is None:
            return Strip.blank(self.width, blank)
        if row.strong:
            names = (*names, "strong")
        plain = ink(*names)
        cells, columns = row.cells, self.columns

        def cell(index: int, width: int) -> tuple[str, Style]:
            if index >= len(cells):
                return " " * (width + 2 * PAD), blank
            it = cells[index]
            text = cell_text(it, columns[index], row, width)
            if index in chosen:
                text = _between(text, first=index == chosen.start, last=index == chosen.stop - 1)
            if index == cursor or index in chosen:
                place = "cursor" if index == cursor else "chosen"
                is_alarming = it.mark and it.mark != "computed"
                return text, ink(place, it.mark) if is_alarming else ink(place)
            state = it.mark or (it.null and "null") or (it.quiet and "computed")
            return text, ink(*names, state) if state else plain

        return self._across(cell, blank)

    def headings(self, cursor: int) -> Strip:
        """Paint the columns' headings, and signs where more columns are to either side."""
        plain, here = self.ink("heading"), self.ink("heading", "heading-here")

        def cell(index: int, width: int) -> tuple[str, Style]:
            column = self.columns[index]
            text = fit(heading_of(column), width, right=column.right)
            return f" {text} ", here if index == cursor else plain

        strip = self._across(cell, plain)
        if self.scroll_x > 0:
            strip = _with_sign(strip, self.layout.frozen_width, "‹", here)
        if self.layout.total - self.scroll_x > self.width:
            strip = _with_sign(strip, self.width - 1, "›", here)
        return strip

    def groups(self, spans: Sequence[GroupSpan]) -> Strip:
        """Paint the groups' names, each in the middle of what shows of its columns."""
        plain, named = self.ink("heading"), self.ink("heading", "group")
        layout, line = self.layout, Line()
        for span in spans:
            frozen = span.first < layout.frozen
            shift, edge = (0, 0) if frozen else (self.scroll_x, layout.frozen_width)
            left = max(layout.lefts[span.first] - shift, edge)
            right = min(layout.lefts[span.last + 1] - shift, self.width)
            width = right - left - 2 * PAD
            if width > 0:
                line.fill(left, plain)
                line.add(f" {_in_rule(span.name, width)} ", width + 2 * PAD, named)
        line.fill(self.width, plain)
        return line.strip()

    def remark(self, text: str) -> Strip:
        """Paint a sentence that stands in place of rows."""
        return Strip([Segment(f" {fit(text, self.width - 1)}", self.ink("null"))], self.width)

    def _across(self, cell: Callable[[int, int], tuple[str, Style]], blank: Style) -> Strip:
        """Put cells side by side: the frozen ones, then what shows of the others.

        `cell` gives, for a column and its text's width, the text with its pads and its style.
        """
        layout = self.layout
        frozen, scrolled = Line(), Line()
        for index in range(layout.frozen):
            width = layout.widths[index]
            text, style = cell(index, width)
            if index == layout.frozen - 1 < len(self.columns) - 1 and text.endswith(" "):
                text = text[:-1] + FROZEN
            frozen.add(text, width + 2 * PAD, style)
        visible = layout.visible(self.scroll_x, self.width)
        edge = self.scroll_x + self.width
        for index in visible:
            width = layout.widths[index]
            cut = layout.lefts[index + 1] - edge
            if cut > 0:  # the last column that shows, and not all of it
                width -= cut
                if width <= 0 or self.columns[index].right:  # a part is another figure
                    break
            text, style = cell(index, width)
            scrolled.add(text, width + 2 * PAD, style)
        room = self.width - layout.frozen_width
        hidden = layout.frozen_width + self.scroll_x - layout.lefts[visible.start]
        scrolled.fill(hidden + room, blank)
        strip = scrolled.strip()
        if hidden:
            strip = strip.crop(hidden, hidden + room)
        return Strip.join([frozen.strip(), strip]) if layout.frozen else strip


def _between(text: str, *, first: bool, last: bool) -> str:
    """Return a cell's text with the signs of a chosen block's ends in its pads."""
    if first and text[:1] == " ":
        text = CHOSEN[0] + text[1:]
    return text[:-1] + CHOSEN[1] if last else text


def _in_rule(name: str, width: int) -> str:
    """Return a name in the middle of a rule of `width` cells, or as much of it as fits."""
    spare = width - width_of(name) - 2
    if spare < LEAST_RULE:
        return fit(name, width)
    left = spare // 2
    return f"{'─' * left} {fit(name, width - spare - 2)} {'─' * (spare - left)}"


def _with_sign(strip: Strip, x: int, sign: str, style: Style) -> Strip:
    """Return the strip with one cell of it covered by a sign."""
    cover = Strip([Segment(sign, style)], 1)
    return Strip.join([strip.crop(0, x), cover, strip.crop(x + 1)])


def finished(widget: Widget, lines: list[Strip], crop: Region) -> list[Strip]:
    """Return a widget's lines as the screen takes them: the columns that it asks for.

    Each strip goes out as it is kept, with all that Textual remembers of it.
    """
    background = widget.background_colors[1]
    for line_filter in widget.get_line_filters():
        lines = [line.apply_filter(line_filter, background) for line in lines]
    if crop.column_span != (0, widget.size.width):
        lines = [line.crop(*crop.column_span) for line in lines]
    return lines
