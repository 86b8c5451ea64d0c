"""What a user does to the facts, as values: changes, and acts that join them.

Every way of changing a file ends in an Act, and undoing one is applying its inverse. One that
changes very many cells may be held by the database, as a BulkAct before it is done and as a
RecordedAct after that: to the file and its journal it is the same. Nothing here reads or writes;
`journal` applies acts.
"""

from dataclasses import dataclass
from typing import TypeAlias

from lkjip_tui.core.figures.values import Value

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


@dataclass(frozen=True, slots=True)
class CellRun:
    """Values of one column in many rows: CellChanges, which a select of the database holds.

    `rows` is a relation with the table's key columns, `before` and `after`, in their order.
    """

    table: str
    column: str
    rows: str


@dataclass(frozen=True, slots=True)
class RowRun:
    """Rows of one table, which a select of the database holds; in a BulkAct they come to be.

    `rows` is a relation with the columns `names`, the table's key among them, in their order.
    Of rows that are `gone` then, these are all columns.
    """

    table: str
    names: tuple[str, ...]
    rows: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class BulkAct:
    """An act of very many changes, each run of them done by one statement."""

    label: str
    runs: tuple[CellRun | RowRun, ...]

    @property
    def facts(self) -> frozenset[str]:
        """What changes, as an Act names it."""
        return frozenset(
            f"{run.table}.{run.column}" if isinstance(run, CellRun) else run.table
            for run in self.runs
        )


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """An act that was done, of very many changes, which the journal alone holds under its number.

    `facts` names what changed, as an Act does.
    """

    label: str
    number: int
    facts: frozenset[str]
