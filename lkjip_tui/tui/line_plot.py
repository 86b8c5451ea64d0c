"""Figures as a line made of characters, eight dots in each."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

#: The bit that stands for a dot, by its place in a character: two columns of four rows.
_BITS: Final = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
_BLANK: Final = 0x2800
_ACROSS: Final = 2
_DOWN: Final = 4


def plotted(values: Sequence[Decimal | None], width: int, height: int) -> Sequence[str]:
    """Return lines of characters, the highest first, on which the figures lie from left to right.

    The greatest lies at the top, the least at the bottom; one that is missing is a gap.
    """
    across, down = width * _ACROSS, height * _DOWN
    cells = [[_BLANK] * width for _line in range(height)]
    for x, y in _dots(_points(values, across, down)):
        cells[y // _DOWN][x // _ACROSS] |= _BITS[x % _ACROSS][y % _DOWN]
    return ["".join(map(chr, line)) for line in cells]


def _points(
    values: Sequence[Decimal | None], across: int, down: int
) -> Sequence[tuple[int, int] | None]:
    """Return where each figure lies, from the left and from the top."""
    known = [value for value in values if value is not None]
    least, most = min(known, default=Decimal(0)), max(known, default=Decimal(0))
    span, last = most - least or Decimal(1), max(len(values) - 1, 1)
    return [
        None
        if value is None
        else (number * (across - 1) // last, round((most - value) * (down - 1) / span))
        for number, value in enumerate(values)
    ]


def _dots(points: Sequence[tuple[int, int] | None]) -> Iterator[tuple[int, int]]:
    """Yield the dots of the figures, and those between two that follow each other."""
    yield from filter(None, points)
    for begin, end in pairwise(points):
        if begin is None or end is None:
            continue
        right, down = end[0] - begin[0], end[1] - begin[1]
        steps = max(abs(right), abs(down), 1)
        for step in range(steps):
            yield begin[0] + right * step // steps, begin[1] + round(down * step / steps)
