"""Which columns of a view a source has: as its headings say, and as its user says by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from lkjip_tui.core.errors import UnheadedError, UsageError
from lkjip_tui.core.figures.block import Block
from lkjip_tui.core.imports.recognition import BlockMapping, name_key, recognize_file, with_keys
from lkjip_tui.core.imports.source_rows import levels
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.query.headings import ACCOUNT, Level, merged
from lkjip_tui.core.query.queries import Query
from lkjip_tui.language import _

#: Lines in which headings given by hand are looked for where none was recognized.
_MOST_LINES: Final = 40


def recognized(
    block: Block, cells: Cells, names: ViewRow, tables: Sequence[str], mapped: Mapping[str, str]
) -> BlockMapping:
    """Return which columns a source has; `mapped` says of headings which columns they are.

    An empty column leaves a heading out. `tables` are the levels of a tree from the top down.
    Raises UsageError for a column or heading that is not there, and when the source has nothing
    that the view could take.
    """
    found = recognize_file(block, cells, names, tables)
    for heading, name in mapped.items():
        found = _mapped(found, block, cells, tables, (heading, name))
    if not written(found, cells) and not any(Level.named(name or "") for name in found.columns):
        raise UnheadedError(
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


def headings(block: Block, mapping: BlockMapping | None = None) -> Sequence[str]:
    """Return the heading of each column of a source; of one that was not understood, the first row.

    A column that has none has an empty one.
    """
    if mapping is not None and mapping.body:
        return merged(block.rows[mapping.head : mapping.body][:2])
    filled = (row for row in block.rows if sum(map(bool, row)) > 1)
    return next(filled, block.rows[0] if block.rows else ())


def levels_of(query: Query) -> Sequence[str]:
    """Return the tables of a tree's levels, from the top down; none of a list."""
    return levels(query.header.rows) if query.header.level else []


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
    heading, name = by_hand
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
    head = found.head if found.body else row
    return with_keys(replace(found, columns=tuple(columns), body=body, head=head), cells)


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
