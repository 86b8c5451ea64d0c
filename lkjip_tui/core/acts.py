"""What a user does to the facts, as values: changes, and acts that join them.

Every way of changing a file ends in an Act, and undoing one is applying its inverse. Nothing
here reads or writes; `journal` applies acts.
"""

from dataclasses import dataclass
from typing import TypeAlias

from lkjip_tui.core.values import Value

FactKey: TypeAlias = tuple[tuple[str, Value], ...]
"""Column names with values that select exactly one row of a fact table."""

FactRow: TypeAlias = tuple[tuple[str, Value], ...]
"""Column names with values of one row; columns that are not named have the table's default."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One value of one row: what was there, and what shall be there."""

    table: str
    key: FactKey
    column: str
    before: Value
    after: Value

    @property
    def inverse(self) -> "CellChange":
        """The change that takes this one back."""
        return CellChange(self.table, self.key, self.column, self.after, self.before)


@dataclass(frozen=True, slots=True)
class RowMade:
    """A row that comes to be; `row` includes its key."""

    table: str
    key: FactKey
    row: FactRow

    @property
    def inverse(self) -> "RowRemoved":
        """The change that takes this one back."""
        return RowRemoved(self.table, self.key, self.row)


@dataclass(frozen=True, slots=True)
class RowRemoved:
    """A row that ceases to be; `row` is all that it held."""

    table: str
    key: FactKey
    row: FactRow

    @property
    def inverse(self) -> RowMade:
        """The change that takes this one back."""
        return RowMade(self.table, self.key, self.row)


Change: TypeAlias = CellChange | RowMade | RowRemoved


@dataclass(frozen=True, slots=True)
class Act:
    """Changes that happen together or not at all, in order, under one label.

    `label` is an English message id translated where it is shown.
    """

    label: str
    changes: tuple[Change, ...]

    @property
    def facts(self) -> frozenset[str]:
        """What changes, by name: `table.column` for a value, `table` for rows that come or go."""
        return frozenset(
            f"{change.table}.{change.column}" if isinstance(change, CellChange) else change.table
            for change in self.changes
        )

    def inverse(self, label: str) -> "Act":
        """Return the act that takes this one back, last change first."""
        return Act(label, tuple(change.inverse for change in reversed(self.changes)))
