"""Where the columns stand and how a text fits into a cell; pure, in terminal cells."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Self
from unicodedata import category

from rich.cells import cell_len, set_cell_size

from lkjip_tui.grid.model import GridCell, GridColumn, GridRow

PAD = 1
"""Blank cells at either side of a column's text."""

WIDEST = 60
NARROWEST = 3
READABLE = 20
"""Texts give way down to this many cells before the grid scrolls sideways."""

SHORTEST = 12
"""A frozen text gives way down to this many, so that it stays while the others scroll."""

ELLIPSIS = "…"
MORE = "⏎"
COMPUTED = "ƒ"
MARKS = {"error": "●", "warning": "▲", "waiting": "✎", "computed": COMPUTED}
FOLDS = {"open": "▾ ", "closed": "▸ ", "": "  "}

_UNKNOWN = "\ufffd"
_SIGNS = {"\n": MORE, "\t": "→"}
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
#: Marks that take a cell of their own in some terminals and none in others.
_UNEVEN_MARKS = frozenset({"Mc", "Me"})
#: Printable, yet of no width or a change of another's; then what Unicode made wider lately.
_UNEVEN = re.compile(
    "[\u034f\u115f-\u11ff\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"
    "\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
    "\u2630-\u2637\u268a-\u268f\u3248-\u324f\u4dc0-\u4dff\U0001d300-\U0001d376]"
)


def tame(text: str) -> str:
    """Return the text as every terminal draws it: equally wide, and driven by nothing in it.

    Each character stays one: a � for those that drive a terminal or of whose width terminals
    have different ideas, a flag's letters for the flag.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_tamed, text))


@lru_cache(2048)
def _tamed(char: str) -> str:
    if ord(char) in _FLAG_LETTERS:
        return chr(ord(char) - _FLAG_LETTERS.start + ord("A"))
    kind = category(char)
    if kind == "Zs":
        return char if char == "\u3000" else " "
    if char.isprintable() and kind not in _UNEVEN_MARKS and not _UNEVEN.match(char):
        return char
    return _SIGNS.get(char, _UNKNOWN)


def width_of(text: str) -> int:
    """Return how many cells a text takes, tamed."""
    return len(text) if text.isascii() else cell_len(tame(text))


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return the text in exactly `width` cells: padded, or cut with an ellipsis."""
    cut = len(text) > 4 * width + 8  # no one reads on, and measuring 10,000 characters costs
    if cut:
        text = text[: 4 * width + 8]
    text = tame(text)
    taken = cell_len(text)
    if taken <= width and not cut:
        blank = " " * (width - taken)
        return blank + text if right else text + blank
    if width <= 0:
        return ""
    return set_cell_size(text, width - 1) + ELLIPSIS


def heading_of(column: GridColumn) -> str:
    """Return a column's heading with its signs."""
    signs = COMPUTED * column.computed + column.sign
    return f"{column.heading} {signs}" if signs else column.heading


def tree_prefix(row: GridRow) -> str:
    """Return the indent and fold sign that a row's tree column begins with."""
    if row.level is None:
        return ""
    return " " * max(row.level - 1, 0) + FOLDS.get(row.fold, "  ")


def cell_text(cell: GridCell, column: GridColumn, row: GridRow, width: int) -> str:
    """Return a cell as painted, in `width` cells and its pads; the left pad bears the mark.

    A figure that does not fit is left out whole: its first digits would be another figure.
    """
    text = tree_prefix(row) + cell.text if column.tree else cell.text
    room = width - cell.more
    if column.right and width_of(text[: 4 * width + 8]) > room:
        text = ELLIPSIS
    body = fit(text, room, right=column.right)
    if cell.more:
        shown = body.rstrip(" ")
        body = shown + MORE + " " * (len(body) - len(shown))
    return f"{MARKS.get(cell.mark, ' ')}{body} "


def measure(columns: Sequence[GridColumn], rows: Sequence[GridRow]) -> list[int]:
    """Return the cells each column would like, from its heading and these rows."""
    widths = [
        min(max(width_of(heading_of(column)), NARROWEST), WIDEST)
        if column.width is None
        else max(column.width, 1)
        for column in columns
    ]
    widen(widths, columns, rows)
    return widths


def widen(
    widths: list[int],
    columns: Sequence[GridColumn],
    rows: Sequence[GridRow],
    *,
    numbers_only: bool = False,
) -> bool:
    """Raise `widths` in place to what these rows need, up to the widest; True when any rose."""
    rose = False
    for index, column in enumerate(columns):
        if column.width is not None or widths[index] >= WIDEST:
            continue
        if numbers_only and not column.right:
            continue
        cells = [(row, row.cells[index]) for row in rows if index < len(row.cells)]
        if numbers_only and max((len(it.text) for _, it in cells), default=0) <= widths[index]:
            continue
        widest = max((_wanted(it, column, row) for row, it in cells), default=0)
        if widest > widths[index]:
            widths[index] = min(widest, WIDEST)
            rose = True
    return rose


def _wanted(cell: GridCell, column: GridColumn, row: GridRow) -> int:
    prefix = len(tree_prefix(row)) if column.tree else 0
    return prefix + width_of(cell.text[: WIDEST + 1]) + cell.more


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns placed side by side.

    `lefts` has one place more than there are columns, the right edge of all; a column spans
    its text and both pads. The first `frozen` columns stay while the others scroll.
    """

    widths: tuple[int, ...]
    lefts: tuple[int, ...]
    frozen: int

    @classmethod
    def place(
        cls, columns: Sequence[GridColumn], wanted: Sequence[int], viewport: int, frozen: int
    ) -> Self:
        """Place columns that want these widths into a viewport.

        Measured texts give way, the widest first, while that saves scrolling sideways. The
        widest of them takes what is left over, also beside columns that are out of view: the
        grid then begins with whole columns alone. Frozen columns leave more than half of the
        viewport to the others.
        """
        widths = list(wanted)
        asked = frozen = min(max(frozen, 0), len(widths))
        texts = [
            index
            for index, column in enumerate(columns)
            if column.width is None and not column.right
        ]
        spare = viewport - _lefts(widths)[-1]
        if spare < 0:
            _level(widths, texts, -spare, READABLE)
            spare = viewport - _lefts(widths)[-1]
        if spare < 0:
            # What could not stay however short the texts are shall not make them short.
            while frozen and _least(widths, texts, frozen) > _most_frozen(viewport):
                frozen -= 1
            trunk = [index for index in texts if index < frozen]
            _level(widths, trunk, _lefts(widths)[frozen] - _most_frozen(viewport), SHORTEST)
            spare = viewport - max(left for left in _lefts(widths) if left <= viewport)
        lefts = _lefts(widths)
        if whole := [index for index in texts if lefts[index + 1] <= viewport]:
            widest = max(whole, key=lambda index: widths[index])
            if widest < frozen and lefts[-1] > viewport:
                spare = min(spare, max(_most_frozen(viewport) - lefts[frozen], 0))
            widths[widest] += spare
            lefts = _lefts(widths)
        while frozen and lefts[frozen] > _most_frozen(viewport):
            frozen -= 1
        if frozen < asked:  # what was narrowed so that it could stay need not be narrow
            return cls.place(columns, wanted, viewport, frozen)
        # A long heading gives way: a column that is never whole in view would show no figure.
        room = max(viewport - lefts[frozen] - 2 * PAD, NARROWEST)
        for index in range(frozen, len(widths)):
            if columns[index].width is None:
                widths[index] = min(widths[index], room)
        return cls(tuple(widths), _lefts(widths), frozen)

    @property
    def total(self) -> int:
        """The width of all columns."""
        return self.lefts[-1]

    @property
    def frozen_width(self) -> int:
        """The width of the columns that stay."""
        return self.lefts[self.frozen]

    def visible(self, scroll_x: int, viewport: int) -> range:
        """Return the scrolling columns of which any cell shows."""
        first = max(bisect_right(self.lefts, self.frozen_width + scroll_x) - 1, self.frozen)
        first = min(first, len(self.widths))
        last = bisect_left(self.lefts, scroll_x + viewport)
        return range(first, max(min(last, len(self.widths)), first))

    def span(self, column: int, scroll_x: int) -> tuple[int, int]:
        """Return a column's first cell in the viewport and its width; not clipped."""
        left = self.lefts[column]
        return (left if column < self.frozen else left - scroll_x), self.widths[column] + 2 * PAD

    def column_at(self, x: int, scroll_x: int) -> int | None:
        """Return the column under a cell of the viewport."""
        place = x if x < self.frozen_width else x + scroll_x
        if not 0 <= place < self.total:
            return None
        return bisect_right(self.lefts, place) - 1

    def reveal(self, column: int, scroll_x: int, viewport: int) -> int:
        """Return the sideways scroll, near to the present one, that shows a column.

        It begins with a whole column: half a figure at the left is another figure.
        """
        scroll_x = self._whole(scroll_x)  # a resize may have changed how much is frozen
        if column >= self.frozen:
            left = self.lefts[column] - self.frozen_width
            least = self._whole(self.lefts[column + 1] - viewport)
            scroll_x = min(max(scroll_x, least), left)
        return min(scroll_x, self.scroll_end(viewport))

    def scroll_end(self, viewport: int) -> int:
        """Return the farthest sideways scroll: all of the last column shows."""
        return self._whole(self.total - viewport)

    def _whole(self, scroll_x: int) -> int:
        """Return the nearest scroll from here on that begins with a whole column."""
        first = bisect_left(self.lefts, max(scroll_x, 0) + self.frozen_width, lo=self.frozen)
        return self.lefts[min(first, len(self.widths))] - self.frozen_width


def _least(widths: Sequence[int], texts: Sequence[int], frozen: int) -> int:
    """Return the width of the frozen columns when their texts give way as far as they can."""
    saved = sum(max(widths[index] - SHORTEST, 0) for index in texts if index < frozen)
    return _lefts(widths)[frozen] - saved


def _most_frozen(viewport: int) -> int:
    return viewport * 9 // 20


def _lefts(widths: Sequence[int]) -> tuple[int, ...]:
    return tuple(accumulate((width + 2 * PAD for width in widths), initial=0))


def _level(widths: list[int], texts: Sequence[int], excess: int, floor: int) -> None:
    """Narrow the widest of these columns until the excess is saved or all are at the floor."""
    while excess > 0:
        widest = max((widths[index] for index in texts), default=0)
        if widest <= floor:
            return
        tallest = [index for index in texts if widths[index] == widest]
        below = max((widths[index] for index in texts if widths[index] < widest), default=0)
        step = min(widest - max(below, floor), max(excess // len(tallest), 1))
        for index in tallest:
            if excess <= 0:
                return
            saved = min(step, excess)
            widths[index] -= saved
            excess -= saved


@dataclass(frozen=True, slots=True)
class GroupSpan:
    """Neighbouring columns, `first` to `last` inclusive, under one group's name."""

    name: str
    first: int
    last: int


def group_spans(columns: Sequence[GridColumn], frozen: int) -> list[GroupSpan]:
    """Return the groups from left to right, broken where the frozen columns end."""
    spans: list[GroupSpan] = []
    for index, column in enumerate(columns):
        if not column.group:
            continue
        before = spans[-1] if spans else None
        if (
            before is not None
            and before.name == column.group
            and before.last == index - 1
            and index != frozen
        ):
            spans[-1] = GroupSpan(before.name, before.first, index)
        else:
            spans.append(GroupSpan(column.group, index, index))
    return spans
