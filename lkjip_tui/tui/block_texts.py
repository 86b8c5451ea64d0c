"""What is put into which facts when chosen cells are cleared or filled, or a text is replaced.

Where many are chosen it takes its time to find: it belongs off the screen.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from time import monotonic
from typing import TYPE_CHECKING, Final

from lkjip_tui.core.changes.plan import CellText
from lkjip_tui.core.figures.series import continued
from lkjip_tui.core.figures.values import Kind, edit_text
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.grid import Block
from lkjip_tui.tui.query_model import QueryModel

if TYPE_CHECKING:
    from regex import Pattern

Cell = tuple[Column, ViewRow]

_TEXTS: Final = (Kind.TEXT, Kind.LONG)

#: Seconds that an expression may take in one text: some would take years. And the least it gets.
_PATIENCE: Final = 2.0
_LEAST: Final = 0.01


def text_to_edit(cells: Cells, column: Column, row: ViewRow) -> str:
    """Return the text that means what a cell holds, as its editor begins with."""
    if cells.is_chosen(column):
        return cells.exact_text(column, row)  # what is chosen has no other name
    text = edit_text(row[column.name], column.kind_in(row))
    words = row.get(column.companion) if column.companion else None
    return f"{text} {words}".strip() if words else text


def facts(model: QueryModel, rows: Iterable[int], columns: Sequence[int]) -> Iterator[Cell]:
    """Yield those of some cells that are facts, row by row."""
    for number in rows:
        row = model.row(number)
        for each in columns:
            if model.cells.target(model.shown[each], row) is not None:
                yield model.shown[each], row


def cleared(model: QueryModel, block: Block) -> list[CellText]:
    """Return an empty text for each fact."""
    found = facts(model, block.rows, block.columns)
    return [CellText(row, column, "") for column, row in found]


def filled_down(model: QueryModel, block: Block) -> list[CellText]:
    """Return each column's first value for the others; the row above fills a single one."""
    rows = block.rows
    if len(rows) == 1:
        rows = range(max(rows.start - 1, 0), rows.stop)
    return _filled(model, [list(facts(model, rows, [column])) for column in block.columns])


def filled_right(model: QueryModel, block: Block) -> list[CellText]:
    """Return each row's first value for the others; the cell before fills a single one."""
    columns = block.columns
    if len(columns) == 1:
        columns = range(max(columns.start - 1, 0), columns.stop)
    rows = (range(number, number + 1) for number in block.rows)
    return _filled(model, [list(facts(model, row, columns)) for row in rows])


def _filled(model: QueryModel, lines: Sequence[Sequence[Cell]]) -> list[CellText]:
    return [
        CellText(row, column, text_to_edit(model.cells, *line[0]))
        for line in lines
        for column, row in line[1:]
    ]


def series(model: QueryModel, block: Block) -> list[CellText]:
    """Return how each column's first values go on in those below them."""
    entries: list[CellText] = []
    for each in block.columns:
        cells = list(facts(model, block.rows, [each]))
        texts = [text_to_edit(model.cells, *cell) for cell in cells]
        begun = list(takewhile(bool, texts[:2] if all(texts) else texts))
        if not begun or len(begun) == len(texts):
            continue
        kind = cells[0][0].kind_in(cells[0][1])
        further = continued(begun, kind, len(texts) - len(begun))
        entries += [
            CellText(row, column, text)
            for (column, row), text in zip(cells[len(begun) :], further, strict=True)
        ]
    return entries


def replaceable(
    model: QueryModel, block: Block | None, goes_on: Callable[[], bool] = lambda: True
) -> Iterator[tuple[Column, ViewRow, str]]:
    """Yield the facts in which a text may be replaced, with their texts, as long as it goes on.

    In a block those of every kind; without one the texts alone, of all rows that show.
    """
    if not model.cells.query.header.edits:  # however long it is, it need not be searched
        return
    every = range(model.row_count) if block is None else block.rows
    rows = takewhile(lambda _row: goes_on(), every)
    columns = range(len(model.shown)) if block is None else block.columns
    for column, row in facts(model, rows, columns):
        if block is not None or column.kind_in(row) in _TEXTS:
            yield column, row, text_to_edit(model.cells, column, row)


def replaced(
    model: QueryModel, block: Block | None, pattern: "Pattern[str]", by: str
) -> list[CellText]:
    """Return the facts in which a pattern stands, with the text that they get.

    Raises TimeoutError when it takes too long in one of them.
    """
    return [
        CellText(row, column, other)
        for column, row, text in replaceable(model, block)
        if (other := pattern.sub(by, text, timeout=_PATIENCE, concurrent=True)) != text
    ]


def holding(
    model: QueryModel, block: Block | None, pattern: "Pattern[str]", seconds: float
) -> tuple[int, bool]:
    """Return how many facts a pattern finds something in, and whether all were seen in time."""
    end, count = monotonic() + seconds, 0
    is_all = True

    def goes_on() -> bool:
        nonlocal is_all
        is_all = monotonic() < end
        return is_all

    for _column, _row, text in replaceable(model, block, goes_on):
        left = max(end - monotonic(), _LEAST)
        try:
            found = pattern.search(text, timeout=left, concurrent=True)
        except TimeoutError:
            return count, False
        count += bool(found and found.group())
    return count, is_all
