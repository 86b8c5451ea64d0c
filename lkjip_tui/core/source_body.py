"""Which lines of a source are read: those beneath its headings that hold anything, of one year.

What a printed table has around its rows is no line: caption, headings once more, notes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lkjip_tui.core.block import Block
from lkjip_tui.core.header import Column, ViewRow, fill_names
from lkjip_tui.core.recognition import BlockMapping

_KEY: Final = "row_key"
_YEAR: Final = "fiscal_year"


@dataclass(frozen=True, slots=True)
class Body:
    """The lines that are read, with their numbers in the block; and how many of other years."""

    places: Sequence[int]
    rows: Sequence[tuple[str, ...]]
    of_other_years: int


def body_of(
    block: Block, mapping: BlockMapping, columns: Mapping[str, Column], names: ViewRow
) -> Body:
    """Return the lines of a source that are read; `columns` are the view's, of which it has some.

    A line that names no year is of the one that is imported.
    """
    rows = block.rows
    headings = set(rows[mapping.head : mapping.body])  # again on top of a page
    numbers = _numbers(block, mapping, columns, names)
    filled = [at for at in numbers if any(rows[at]) and rows[at] not in headings]
    places = filled
    if _YEAR in mapping.columns:
        own, place = {str(names[_YEAR]), ""}, mapping.columns.index(_YEAR)
        places = [at for at in filled if rows[at][place].strip() in own]
    return Body(places, [rows[at] for at in places], len(filled) - len(places))


def _numbers(
    block: Block, mapping: BlockMapping, columns: Mapping[str, Column], names: ViewRow
) -> range:
    """Return the numbers of the lines; where they bear keys, without what is printed around.

    A table as it is printed has its caption and headings between the columns' names and its
    rows, and notes behind an empty line.
    """
    rows, body = block.rows, mapping.body
    if _KEY not in mapping.columns or _YEAR not in mapping.columns:
        return range(body, len(rows))
    key = mapping.columns.index(_KEY)
    if body >= len(rows) or rows[body][key].strip():  # no caption or heading follows
        return range(body, len(rows))
    keyed = [number for number in range(body, len(rows)) if rows[number][key].strip()]
    first = keyed[0] if keyed else body + 1
    said = _said(columns, names)
    while not keyed and first < len(rows) and said.issuperset(map(str.strip, rows[first])):
        first += 1
    last = keyed[-1] if keyed else first - 1
    ends = (number for number in range(last + 1, len(rows)) if not any(rows[number]))
    return range(first, next(ends, len(rows)))


def _said(columns: Mapping[str, Column], names: ViewRow) -> set[str]:
    """Return all that a printed heading may say, also nothing."""
    return {"", *(
        fill_names(words.in_language(language), names)
        for column in columns.values()
        for words in (column.heading, column.group)
        if words is not None
        for language in ("id", "en")
    )}  # fmt: skip
