"""Texts for many cells at once: what each would become, what is refused, and the act of it all.

Nothing is written here. A plan is shown before it is done where it is large or refuses something.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lkjip_tui.core.acts import Act
from lkjip_tui.core.changes.extent import Extent
from lkjip_tui.core.figures.values import Reading
from lkjip_tui.core.query.header import Column, ViewRow


@dataclass(frozen=True, slots=True)
class CellText:
    """A text that shall stand in a cell of a row, or of the `new` row with that number."""

    row: ViewRow
    column: Column
    text: str
    new: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would become of an entry: its reading, or why it is refused.

    `changes` is false where the cell holds just that already.
    """

    entry: CellText
    reading: Reading | None = None
    refused: str = ""
    changes: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What entries would do: an outcome each, in order, and one act of all that is not refused."""

    outcomes: Sequence[Outcome]
    act: Act
    extent: Extent

    @property
    def changed(self) -> Sequence[Outcome]:
        """The outcomes that would change something."""
        return [outcome for outcome in self.outcomes if outcome.changes]

    @property
    def refused(self) -> Sequence[Outcome]:
        """The outcomes that cannot be."""
        return [outcome for outcome in self.outcomes if outcome.refused]
