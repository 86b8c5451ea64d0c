"""Which figures of a tree are the sums of their direct children, as a spreadsheet's formulas."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from lkjip_tui.transfer.sheet_columns import is_exact
from lkjip_tui.transfer.spreadsheet_parts import cell_name

#: What a function of a spreadsheet takes.
_MOST_ARGUMENTS: Final = 255


def formulas(
    levels: Sequence[int], values: Sequence[Any], first_row: int, column: int
) -> Mapping[int, str]:
    """Return the formula of each row, by its number, whose value is its children's sum.

    The rows stand beneath each other from `first_row` on, a total (level 0) anywhere among them;
    a missing value adds nothing. Rows without such a sum are left out.
    """
    found = {}
    for parent, children in _children(levels).items() if values else ():
        stated, summed = values[parent], [values[child] for child in children]
        known = [value for value in summed if value is not None]
        if not known or not all(map(is_exact, (stated, *known))):
            continue
        if sum(map(_exact, known)) != _exact(stated):
            continue
        ranges = list(_ranges([first_row + child for child in children], column))
        if len(ranges) <= _MOST_ARGUMENTS:
            found[parent] = f"SUM({','.join(ranges)})"
    return found


def _children(levels: Sequence[int]) -> Mapping[int, Sequence[int]]:
    """Return the rows directly beneath each row; beneath the total those that have no parent."""
    found: dict[int, list[int]] = {number: [] for number in range(len(levels))}
    total = next((number for number, level in enumerate(levels) if level == 0), None)
    above: list[int] = []
    for number, level in enumerate(levels):
        while above and levels[above[-1]] >= level:
            above.pop()
        parent = above[-1] if above else total
        if parent is not None and parent != number:
            found[parent].append(number)
        above.append(number)
    return found


def _ranges(rows: Sequence[int], column: int) -> Iterator[str]:
    """Yield the cells of a column in these rows, neighbours as one range."""
    for _apart, found in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        together = [row for _number, row in found]
        ends = (cell_name(row, column) for row in (together[0], together[-1]))
        yield ":".join(dict.fromkeys(ends))


def _exact(value: object) -> Decimal:
    return Decimal(str(value))
