"""Tables as offices keep them, and what an import makes of them."""

from collections.abc import Sequence

from lkjip_tui.core.figures.block import Block
from lkjip_tui.core.imports.importing import Import
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR

Changes = dict[tuple[str, str], tuple[str | None, str | None]]
"""What was in a cell, and what comes, by the name of its row and the column."""


def block(*lines: str) -> Block:
    """Return lines of a table as a block; cells are parted by bars, what is short is filled up."""
    rows = [[cell.removesuffix(" ") for cell in line.split("|")] for line in lines]
    width = max(map(len, rows))
    return Block(tuple((*row, *[""] * (width - len(row))) for row in rows))


def changes(source: Import, workspace: Workspace, sheet: str) -> Changes:
    """Return what would change, by the row's name as it will be and the column."""
    cells = workspace.cells(workspace.find(sheet))
    outcomes = source.page(source.counts.refused, 1 << 30)
    rows = source.rows_of(outcomes)
    trunk = cells.shown[cells.trunk].name
    named = {each.row_key: each.after for each in outcomes if each.column == trunk}
    return {
        (named.get(each.row_key) or cells.row_name(rows[each.row_key]), str(each.column)): (
            each.before,
            each.after,
        )
        for each in outcomes
    }


def refusals(source: Import) -> Sequence[tuple[int, str | None, str]]:
    """Return what is refused: the line, the column (none for a whole line) and the text."""
    return [
        (source.line_of(each), each.column, each.text)
        for each in source.page(0, source.counts.refused)
    ]


def take_in(workspace: Workspace, sheet: str, source: Block) -> None:
    """Take a source in that nothing is refused of."""
    compared = workspace.compare(workspace.find(sheet), YEAR, source)
    try:
        assert not refusals(compared)
        workspace.take_in(compared)
    finally:
        compared.close()
