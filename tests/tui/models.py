"""Rows as a pane holds them, laid out as a user may have them, without a screen."""

from collections.abc import Iterable, Sequence

from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Block
from lkjip_tui.tui.arrangement import Arrangement
from lkjip_tui.tui.query_model import QueryModel
from lkjip_tui.tui.view import View
from tests.core.support import YEAR


def model_of(
    workspace: Workspace,
    name: str,
    *,
    year: int = YEAR,
    folded: Iterable[str] = (),
    arrangement: Arrangement = Arrangement(),  # noqa: B008 - it is a value
) -> QueryModel:
    """Return a query's rows, folded and laid out."""
    view = View.read(workspace, workspace.find(name), year)
    cells = workspace.cells(view.query)
    model = QueryModel(cells, view.rows, view.names, set(folded), arrangement)
    model.arranged(arrangement, model.session())()
    return model


def block_of(model: QueryModel, rows: Sequence[int], *columns: str) -> Block:
    """Return the cells between the first and last of these rows and columns."""
    numbers = [number for number, column in enumerate(model.shown) if column.name in columns]
    return Block(range(rows[0], rows[-1] + 1), range(numbers[0], numbers[-1] + 1))


def keys_of(model: QueryModel) -> list[str]:
    """Return the keys of the rows that show, in their order."""
    return [str(model.row(number)["row_key"]) for number in range(model.row_count)]


def is_fact(model: QueryModel, column: Column, row: ViewRow) -> bool:
    """Say whether a cell can be written to."""
    return model.cells.target(column, row) is not None
