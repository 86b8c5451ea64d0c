"""How a column of texts goes on: by a step, by counting its last digits, or by repeating."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import cycle, islice
from typing import Final

from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.figures.values import Kind, edit_text, read

_LAST_DIGITS: Final = re.compile(r"(.*?)(\d+)(\D*)", re.DOTALL)


def continued(begun: Sequence[str], kind: Kind, count: int) -> Sequence[str]:
    """Return the `count` texts that come behind those that have begun, which are at least one.

    Figures go on by the difference of the last two, by one after a single one; texts that end in
    digits count them up and keep their zeros; all others repeat.
    """
    return list(islice(_going_on(begun, kind), count))


def _going_on(begun: Sequence[str], kind: Kind) -> Iterator[str]:
    figures = _figures(begun, kind)
    if figures:
        step = figures[-1] - figures[-2] if len(figures) > 1 else 1
        number = figures[-1]
        while True:
            number += step
            yield edit_text(number, kind)
    before, last = [None, *(_LAST_DIGITS.fullmatch(text) for text in begun)][-2:]
    if last is None:
        yield from cycle(begun)
        return
    step = int(last[2]) - int(before[2]) if before and before[1] == last[1] else 1
    number = int(last[2])
    while True:
        number += step
        yield f"{last[1]}{max(number, 0):0{len(last[2])}}{last[3]}"


def _figures(begun: Sequence[str], kind: Kind) -> Sequence[int | Decimal]:
    """Return the texts as figures, none when one of them is something else."""
    if not (kind.is_number or kind is Kind.ROMAN):
        return []
    try:
        values = [read(text, kind).value for text in begun]
    except InputRefused:
        return []
    numbers = [v for v in values if isinstance(v, int | Decimal) and not isinstance(v, bool)]
    return numbers if len(numbers) == len(values) else []
