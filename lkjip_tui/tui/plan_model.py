"""What a plan would do as the grid draws it: a row a cell, old beside new."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from lkjip_tui.core.cells import Cells
from lkjip_tui.core.header import ViewRow
from lkjip_tui.core.plan import Outcome, Plan
from lkjip_tui.core.values import safe_text, show
from lkjip_tui.grid import GridCell, GridColumn, GridRow
from lkjip_tui.language import _

NEW: Final = 2
"""The number of the column that holds the text."""


class PlanModel:
    """The outcomes of a plan that refuse or change something, the refused first; a GridModel."""

    def __init__(self, plan: Plan, cells: Cells, names: ViewRow) -> None:
        self._cells, self._names = cells, names
        self.columns = [
            GridColumn("cell", _("Cell")),
            GridColumn("now", _("Now"), right=True),
            GridColumn("new", _("New"), right=True),
            GridColumn("difference", _("Difference"), right=True),
            GridColumn("reason", _("Why not")),
        ]
        self.outcomes: Sequence[Outcome] = ()
        self.replace(plan)

    def replace(self, plan: Plan) -> None:
        """Show another plan of the same table."""
        self.outcomes = [*plan.refused, *plan.changed]

    @property
    def row_count(self) -> int:
        """How many outcomes are listed."""
        return len(self.outcomes)

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return outcomes as the grid draws them."""
        return [self._row(outcome) for outcome in self.outcomes[start:stop]]

    def _row(self, outcome: Outcome) -> GridRow:
        entry, cells = outcome.entry, self._cells
        row, column = entry.row, entry.column
        name = cells.text(cells.shown[cells.trunk], row)
        if entry.new is not None:
            name = _("new row {number}").format(number=entry.new + 1)
        texts = [
            f"{cells.heading(column, self._names)} · {name}",
            cells.text(column, row),
            entry.text if outcome.refused else self.after(outcome),
            self._difference(outcome),
            outcome.refused.split("\n", 1)[0],
        ]
        return GridRow([
            GridCell(
                safe_text(text.split("\n", 1)[0]),
                more="\n" in text,
                mark="waiting" if outcome.refused and number == NEW else "",
            )
            for number, text in enumerate(texts)
        ])  # fmt: skip

    def after(self, outcome: Outcome) -> str:
        """Return a cell as it would be printed."""
        entry, reading = outcome.entry, outcome.reading
        row = {**entry.row, entry.column.name: reading.value if reading else None}
        if entry.column.companion and reading is not None:
            row[entry.column.companion] = reading.words
        return self._cells.text(entry.column, row)

    def _difference(self, outcome: Outcome) -> str:
        column, row = outcome.entry.column, outcome.entry.row
        before = row[column.name]
        after = outcome.reading.value if outcome.reading else None
        kind = column.kind_in(row)
        if outcome.refused or not kind.is_number:
            return ""
        if not isinstance(before, int | Decimal) or not isinstance(after, int | Decimal):
            return ""
        return show(after - before, kind)
