"""A change that is not done yet, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposed:
    """A cell that would hold something else, or a row that comes or goes.

    `reason` is why it is refused where it is, else what should be looked at; `line` is where a
    source says it.
    """

    row: str
    column: str
    year: str = ""
    now: str = ""
    new: str = ""
    difference: str = ""
    reason: str = ""
    line: str = ""
    is_refused: bool = False

    @property
    def cell(self) -> str:
        """What it is, as a printed list of changes names it."""
        return _joined(self.column, self.row, self.year)

    @property
    def place(self) -> str:
        """What the cell is, the row's name last: it may be long."""
        return _joined(self.column, self.year, self.row)


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
