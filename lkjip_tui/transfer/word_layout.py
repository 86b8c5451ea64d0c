"""How a table is laid on a page of a word processor; lengths are twips, 1440 to an inch.

A table that is too wide for an upright page, or whose texts would run over too many lines there,
turns its page; one that is too wide even then has smaller letters.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from lkjip_tui.transfer.printed import PrintedRow, PrintedTable

#: Millimetres: the two sides of A4, and what stays empty at the left and around the rest.
PAPER: Final = (210, 297)
LEFT_MARGIN, MARGIN = 30, 25
#: Points of the letters of tables, and of those of tables that have no room otherwise.
POINTS: Final = 10
_SMALLER: Final = (8, 6)
#: How far each level of a tree stands to the right.
STEP: Final = 240
_TWIPS_OF_MILLIMETRE: Final = 1440 / 25.4
#: A text that would run over more lines than this in an upright table turns its page; as reports
#: go, a long name of an indicator does not.
_MOST_LINES: Final = 12
#: What a character of the font takes, in parts of its size: most, and the odd ones.
_WIDE, _NARROW = 0.5, 0.3
_BROAD: Final = frozenset("ABCDEFGHKLMNOPQRTUVWXYZmw%@&–—")
_SLIM: Final = frozenset("fijlrtI.,:;'| ()[]/-!")


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide each column is, on which page, and how large the letters are, in points."""

    widths: Sequence[int]
    turned: bool
    points: int


def of_table(table: PrintedTable, rows: Sequence[PrintedRow]) -> Layout:
    """Return how a table with these rows is laid on a page."""
    places = [(False, POINTS), *((True, points) for points in (POINTS, *_SMALLER))]
    for is_turned, points in places:
        layout, has_room = _laid(table, rows, is_turned, points)
        if has_room:
            break
    return layout


def _laid(
    table: PrintedTable,
    rows: Sequence[PrintedRow],
    is_turned: bool,  # noqa: FBT001
    points: int,
) -> tuple[Layout, bool]:
    """Return a layout with letters of a size, and whether all can be read well in it."""
    room, width = _room(turned=is_turned), partial(_width, points=points)
    groups = Counter(column.group for column in table.columns)
    least = [
        max(_least(column.heading, points), _least(column.group, points) // groups[column.group])
        for column in table.columns
    ]
    whole = list(least)
    for row in rows:
        for number, text in enumerate(row.cells):
            indent = row.indent * STEP if number == table.trunk else 0
            words = max(map(width, text.split()), default=0)
            least[number] = max(least[number], words + indent)
            whole[number] = max(whole[number], max(map(width, text.split("\n"))) + indent)
    texts = [number for number, column in enumerate(table.columns) if not column.right]
    unbroken = [least[n] if n in texts else full for n, full in enumerate(whole)]
    # Words behind a figure go beneath it only where there is no room beside it.
    widths = _fitted(unbroken if sum(unbroken) <= room else least, whole, texts, room)
    is_crowded = not is_turned and any(
        whole[n] > _MOST_LINES * (widths[n] - padding(points)) for n in texts
    )
    return Layout(widths, is_turned, points), sum(least) <= room and not is_crowded


def _fitted(
    least: Sequence[int], whole: Sequence[int], texts: Sequence[int], room: int
) -> Sequence[int]:
    """Return widths that fill the room; what is left over goes to the longest texts."""
    spare = room - sum(least)
    if spare < 0:
        return [width * room // sum(least) for width in least]
    wanted = [full - word for full, word in zip(whole, least, strict=True)]
    if sum(wanted) <= spare:
        # All stands in one line; texts get the rest of the page, figures keep to theirs.
        spare -= sum(wanted)
        shares = [whole[n] if n in texts else 0 for n in range(len(whole))]
        least = whole
    else:
        shares = wanted
    total = sum(shares)
    return [
        width + (spare * share // total if total else 0)
        for width, share in zip(least, shares, strict=True)
    ]


def _least(heading: str, points: int) -> int:
    """Return the room for a heading's longest word, in the bold of headings."""
    words = (_width(word, points) for word in heading.split())
    return round(1.1 * max(words, default=padding(points)))


def padding(points: int) -> int:
    """Return the room left and right of a cell's text."""
    return 17 * points


def _width(text: str, points: int) -> int:
    """Return about how wide a text of a cell is, with the room around it."""
    sizes = sum(
        0.72 if char in _BROAD else _NARROW if char in _SLIM else _WIDE if char < "\u2e80" else 1
        for char in text
    )
    return round(sizes * points * 20) + padding(points) + 20


def _room(*, turned: bool) -> int:
    return int((PAPER[turned] - LEFT_MARGIN - MARGIN) * _TWIPS_OF_MILLIMETRE)
