"""What the cells of a statement's result are: exact values, each as a machine would read it.

Nothing in them is a fact that could be edited. Only the grid shows figures as people read them
here, as the same columns saved as a view would show them. Copies and charts ask here, too, as they
ask `Cells` for those of a view.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from lkjip_tui.core.figures.values import NULL_SIGN, Kind, Layout, show
from lkjip_tui.core.query.cells import Cells, raw_column
from lkjip_tui.core.query.header import Column, Header, ViewRow
from lkjip_tui.core.query.queries import Kind as QueryKind
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.sql.result import Result
from lkjip_tui.transfer.records import exact_text

_NAME: Final = "result"


class ResultCells(Cells):
    """Reads the cells of what a statement gave."""

    tells_facts = False

    def __init__(
        self, result: Result, layouts: Mapping[str, Layout] = MappingProxyType({})
    ) -> None:
        """Read a result that has begun, so that its columns are known.

        `layouts` are those of figures on the screen, by column.
        """
        self.result, self._layouts = result, layouts
        named = map(raw_column, result.columns, result.types)
        header = Header(columns={column.name: _summed(column) for column in named})
        super().__init__(Query(QueryKind.BASIS, _NAME, "", header, ""), result.database)

    def heading(self, column: Column, names: ViewRow) -> str:  # noqa: ARG002 - data fills nothing
        """Return the column's name."""
        return column.name

    def caption(self, names: ViewRow) -> str:  # noqa: ARG002 - likewise
        """Return no words: nothing is known of what a statement is about."""
        return ""

    def text(self, column: Column, row: ViewRow) -> str:
        """Return a value with all its digits; a missing one is the null sign."""
        value = row[column.name]
        return NULL_SIGN if value is None else exact_text(value)

    def on_screen(self, column: Column, row: ViewRow) -> str:
        """Return a value with all its digits; a figure as it is written here."""
        layout = self._layouts.get(column.name)
        if layout is None:
            return self.text(column, row)
        return show(row[column.name], layout.kind, decimals=layout.decimals)

    def holds(self, column: Column, row: ViewRow, text: str) -> bool:
        """Whether a cell holds a text, as it is on the screen or as a machine would write it."""
        return super().holds(column, row, text) or text in self.on_screen(column, row).casefold()

    def layout(self, column: Column) -> Layout | None:  # noqa: ARG002 - of no column
        """Return None: each value says itself how it is written."""
        return None

    def exact_text(self, column: Column, row: ViewRow, *, grouped: bool = True) -> str:
        """Return all that a cell holds as a text; figures as a spreadsheet here reads them."""
        if column.is_figure:
            return super().exact_text(column, row, grouped=grouped)
        return exact_text(row[column.name])


def _summed(column: Column) -> Column:
    """Return a column of whole numbers as one of counts: what they are is not known."""
    return replace(column, kind=Kind.COUNT) if column.kind is Kind.RANK else column
