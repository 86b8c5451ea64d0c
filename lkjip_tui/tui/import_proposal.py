"""A source that is imported, as the preview shows it."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Final

from lkjip_tui.core.cells import Cells
from lkjip_tui.core.errors import UsageError
from lkjip_tui.core.header import ViewRow
from lkjip_tui.core.importing import Import
from lkjip_tui.core.values import safe_text
from lkjip_tui.grid import GridCell, GridColumn, GridRow
from lkjip_tui.language import _
from lkjip_tui.transfer import imported
from lkjip_tui.tui.proposal import NEW

Do = Callable[[Import], Awaitable[str | None]]

#: Columns that stand at the right: line, what is there, what comes, and by how much it differs.
_RIGHT: Final = (1, 2, 3, 5)


class ImportProposal:
    """Cells of a source that are refused, new or changed; a Proposal and its own GridModel."""

    can_be_mended: Final = True

    def __init__(self, source: Import, do: Do, cells: Cells, names: ViewRow) -> None:
        self._source, self._do = source, do
        self._cells, self._names = cells, names
        headings = (_("Cell"), _("Now"), _("New"), _("Difference"), _("Why not"), _("Line"))
        self.columns = [
            GridColumn(heading, heading, right=number in _RIGHT)
            for number, heading in enumerate(headings)
        ]
        self._read()

    def _read(self) -> None:
        """Ask what comes of it now."""
        self._counts, self._notes = self._source.counts, self._source.notes

    @property
    def notes(self) -> Sequence[str]:
        """What should be known of it, as it was mended."""
        return self._notes

    @property
    def model(self) -> "ImportProposal":
        """The cells, read as far as they are shown."""
        return self

    @property
    def refused(self) -> int:
        """How many are refused."""
        return self._counts.refused

    @property
    def told(self) -> str:
        """How much it is, in words."""
        return imported.summary(self._counts)

    @property
    def row_count(self) -> int:
        """How many cells are listed."""
        return self._counts.refused + self._counts.changed

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return cells as the grid draws them."""
        outcomes = self._source.page(start, stop)
        told = imported.told(self._source, self._cells, self._names, outcomes)
        return [
            GridRow([
                GridCell(
                    safe_text(text.split("\n", 1)[0]),
                    more="\n" in text,
                    mark="waiting" if outcome.refused and number == NEW else "",
                )
                for number, text in enumerate(
                    (each.cell, each.now, each.new, each.difference, each.reason, each.line)
                )
            ])
            for each, outcome in zip(told, outcomes, strict=True)
        ]  # fmt: skip

    def refusal(self, row: int) -> str:
        """Return why a cell is refused."""
        return self._source.page(row, row + 1)[0].refused

    def text(self, row: int) -> str:
        """Return the source's text of a cell."""
        return self._source.page(row, row + 1)[0].text

    def mend(self, row: int, text: str) -> int:
        """Compare a cell with another text."""
        outcome = self._source.page(row, row + 1)[0]
        if outcome.column is None:
            raise UsageError(
                _("A whole line is refused: it cannot be mended here."),
                _("Leave it out with Del, or mend it in the source."),
            )
        at = self._source.mend(outcome, text)
        self._read()
        return min(row, max(self.row_count - 1, 0)) if at is None else at

    def leave_out(self, rows: Collection[int]) -> None:
        """Leave cells out."""
        first = min(rows, default=0)
        found = self._source.page(first, max(rows, default=-1) + 1)
        self._source.leave_out([each for at, each in enumerate(found, first) if at in rows])
        self._read()

    def leave_out_refused(self) -> None:
        """Leave all out that are refused."""
        self._source.leave_out_refused()
        self._read()

    def look_again(self) -> None:
        """Hold the source against the file as it is now."""
        self._source.look_again()
        self._read()

    async def do(self) -> str | None:
        """Take the source in."""
        return await self._do(self._source)
