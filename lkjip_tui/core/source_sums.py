"""Lines of a source that sum up others, held against what they sum: no data, but a check of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lkjip_tui.core.cells import Cells
from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.header import Column, ViewRow
from lkjip_tui.core.outline import Line
from lkjip_tui.core.recognition import is_total
from lkjip_tui.core.values import Kind, quoted, read, says_nothing, show
from lkjip_tui.language import _, plural

_NAMED: Final = 3


def differing(
    lines: Sequence[Line], leaf: str, columns: Sequence[str], cells: Cells, names: ViewRow
) -> Iterator[str]:
    """Yield a note for each money column in which lines say another sum than they sum up.

    `leaf` is the table of the things that are summed; every line that is no total, when empty.
    """
    for column in (cells.columns[name] for name in columns if name in cells.columns):
        if column.kind is Kind.RUPIAH:
            told = list(_differing(lines, leaf, column))
            if told:
                heading = cells.whole_heading(column, names)
                more = len(told) - _NAMED
                listed = "; ".join(told[:_NAMED])
                if more > 0:
                    listed += "; " + plural("and {count} more", "and {count} more", more).format(
                        count=more
                    )
                yield _("{column}: sums of the source that do not add up: {sums}").format(
                    column=heading, sums=listed
                )


def summed(lines: Sequence[Line], columns: Sequence[str], cells: Cells) -> Mapping[str, str]:
    """Return the texts of lines that are details of one thing: money added up, else the first's.

    Where one cannot be read its text stands, to be refused; where none says anything, nothing.
    """
    texts = dict(lines[0].texts)
    for name in columns:
        column = cells.columns.get(name)
        if column is not None and column.kind is Kind.RUPIAH:
            said = [text for line in lines if not says_nothing(text := line.texts.get(name, ""))]
            amounts = {text: _amount(text) for text in said}
            unread = [text for text, amount in amounts.items() if amount is None]
            total = sum(amounts[text] or 0 for text in said)
            texts[name] = unread[0] if unread else str(total) if said else ""
    return texts


def _differing(lines: Sequence[Line], leaf: str, column: Column) -> Iterator[str]:
    below: dict[int, int] = {}
    is_summed: set[int] = set()
    total = 0
    for at, line in enumerate(lines):
        amount = _amount(line.texts.get(column.name, ""))
        if line.is_total or line.is_detail or (leaf and line.table != leaf) or amount is None:
            continue
        total += amount
        above = line.parent
        while above is not None and above != at:
            below[above] = below.get(above, 0) + amount
            is_summed.add(above)
            above = lines[above].parent
    totals = [line for line in lines if line.is_total]
    if len(totals) == 1:  # of several nobody knows what each of them sums
        texts = totals[0].texts.values()
        name = next((text for text in texts if is_total([text])), _("Total"))
        yield from _told(totals[0], name, column, total)
    for at in sorted(is_summed):
        yield from _told(lines[at], lines[at].name, column, below[at])


def _told(line: Line, name: str, column: Column, computed: int) -> Iterator[str]:
    stated = _amount(line.texts.get(column.name, ""))
    if stated is not None and stated != computed:
        yield _("{name} says {stated}, its rows {computed}").format(
            name=quoted(name),
            stated=show(stated, Kind.RUPIAH),
            computed=show(computed, Kind.RUPIAH),
        )


def _amount(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    try:
        value = read(text, Kind.RUPIAH, typed=False).value
    except InputRefused:
        return None
    return value if isinstance(value, int) else None
