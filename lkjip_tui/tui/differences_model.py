"""What an edition prints differently from the file, as the grid's model: beneath each table."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final, Self

from lkjip_tui.core.differences import Difference
from lkjip_tui.core.editions import Edition
from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import GridCell, GridColumn, GridRow
from lkjip_tui.language import _
from lkjip_tui.transfer.editions import texts
from lkjip_tui.tui.text_model import cut_words, text_cell

#: What is longer is read whole beneath the list.
_WIDTH: Final = 18


class DifferencesModel:
    """A line a table, and beneath it one a difference. A GridModel.

    `changed` are the files of the edition that are not what was frozen.
    """

    def __init__(
        self, edition: Edition, year: int, found: Sequence[Difference], changed: Sequence[str]
    ) -> None:
        self.edition, self.year, self.found, self.changed = edition, year, found, changed
        self._lines: list[Difference | str] = []
        for table, group in groupby(found, key=attrgetter("table")):
            listed = list(group)
            self._lines += [f"{table}  {len(listed)}", *listed]
        self.columns = [
            GridColumn("cell", _("Cell"), tree=True),
            GridColumn("then", _("Edition"), right=True, width=_WIDTH),
            GridColumn("now", _("Now"), right=True, width=_WIDTH),
        ]

    @classmethod
    def read(cls, workspace: Workspace, name: str, year: int, session: Session) -> Self:
        """Compare a year with an edition, the newest without a name."""
        edition = workspace.editions.named(name)
        found = workspace.editions.differences(edition, year, session)
        return cls(edition, year, found, workspace.editions.changed_files(edition))

    @property
    def row_count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return lines as the grid draws them."""
        return [_drawn(line) for line in self._lines[start:stop]]

    def difference(self, row: int) -> Difference | None:
        """Return the difference of a line, None on a table's own and beyond the last."""
        line = self._lines[row] if row < len(self._lines) else None
        return line if isinstance(line, Difference) else None


def name_of(difference: Difference) -> str:
    """Return what differs, in words."""
    return " · ".join(part for part in (difference.row, difference.column) if part)


def _drawn(line: Difference | str) -> GridRow:
    if isinstance(line, str):
        return GridRow([GridCell(safe_text(line)), GridCell(""), GridCell("")], strong=True)
    cells = [text_cell(cut_words(text, _WIDTH)) for text in texts(line)]
    return GridRow([text_cell(name_of(line)), *cells], level=2)
