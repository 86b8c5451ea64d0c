"""Which columns of a view a source has: as its headings say, and as its user says by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from lkjip_tui.core.block import Block
from lkjip_tui.core.cells import Cells
from lkjip_tui.core.errors import UsageError
from lkjip_tui.core.header import ViewRow
from lkjip_tui.core.headings import ACCOUNT, Level, merged
from lkjip_tui.core.recognition import BlockMapping, name_key, recognize_file, with_keys
from lkjip_tui.language import _

#: Lines in which headings given by hand are looked for where none was recognized.
_MOST_LINES: Final = 40


def recognized(
    block: Block, cells: Cells, names: ViewRow, tables: Sequence[str], mapped: Mapping[str, str]
) -> BlockMapping:
    """Return which columns a source has; `mapped` names headings by columns of the view.

    `tables` are the levels of a tree from the top down. Raises UsageError for a column or heading
    that is not there, and when the source has nothing that the view could take.
    """
    found = recognize_file(block, cells, names, tables)
    for name, heading in mapped.items():
        found = _mapped(found, block, cells, tables, (name, heading))
    if not written(found, cells):
        raise UsageError(
            _("No heading of the source says which column of the table it is."),
            _("Name them with --map COLUMN=HEADING. Columns: {columns}").format(
                columns=", ".join(cells.query.header.edits)
            ),
        )
    return found


def written(mapping: BlockMapping, cells: Cells) -> Sequence[str]:
    """Return the columns of a source that write facts."""
    edits = cells.query.header.edits
    return [name for name in mapping.columns if name is not None and name in edits]


def headings(block: Block, mapping: BlockMapping) -> Sequence[str]:
    """Return the heading of each column of a source, else its number."""
    heads = block.rows[mapping.head : mapping.body]
    return merged(heads[:2]) if heads else [str(number + 1) for number in range(block.width)]


def choices(cells: Cells, tables: Sequence[str]) -> Sequence[str]:
    """Return what a heading may be said to be."""
    parts = [str(Level(table, part)) for table in tables for part in ("name", "code")]
    leveled = [*parts, ACCOUNT] if len(tables) > 1 else []
    return [*cells.query.header.edits, *leveled, "row_key", "fiscal_year"]


def _mapped(
    found: BlockMapping,
    block: Block,
    cells: Cells,
    tables: Sequence[str],
    by_hand: tuple[str, str],
) -> BlockMapping:
    name, heading = by_hand
    known = choices(cells, tables)
    if name and name not in known:
        raise UsageError(
            _("{query} has no column {column} to be filled.").format(
                query=cells.query.full_name, column=name
            ),
            _("Columns: {columns}").format(columns=", ".join(known)),
        )
    row, place = _heading(heading, block, found)
    columns = [None if own == name else own for own in found.columns]
    columns[place] = name or None
    body = max(found.body, row + 1)
    return with_keys(replace(found, columns=tuple(columns), body=body), cells)


def _heading(wanted: str, block: Block, found: BlockMapping) -> tuple[int, int]:
    """Return row and place of a heading, also of two that stand over each other.

    Without headings that were recognized any text of the first lines may be one.
    """
    first, body = found.head, found.body
    rows = block.rows[first : body or _MOST_LINES]
    both = [merged(rows[:2])] if body - first > 1 else []
    for number, texts in enumerate((*both, *rows), first):
        for place, text in enumerate(texts):
            if wanted.strip() and name_key(text) == name_key(wanted):
                return number if not body else body - 1, place
    heads = both[0] if both else rows[0] if rows else ()
    raise UsageError(
        _("The source has no heading “{heading}”.").format(heading=wanted),
        _("Its headings: {headings}").format(headings=", ".join(filter(None, heads))),
    )
