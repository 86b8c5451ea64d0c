"""A year more than a file has, for as long as it is tried what a view would show then.

What is right in a file of one year, as a sum that leaves out whose year it is, may be wrong from
the next one on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from lkjip_tui.core.query.header import FISCAL_YEAR
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.facts import FactColumn, Facts, FactTable

#: Types of figures; what is of another type is a year, a number or a text.
_FIGURES: Final = ("BIGINT", "DECIMAL")


@contextmanager
def another_year(database: Database, facts: Facts, session: Session) -> Iterator[int]:
    """Let a session see the latest year's rows once more, in the year behind it.

    Figures differ, row by row, from those that they are copied from. All of it is taken back.
    """
    with database.rehearsal(session) as transaction:
        ((latest,),) = transaction.read(f"select max({FISCAL_YEAR}) from report_year")
        for table in facts.tables.values():
            if FISCAL_YEAR in table.columns:
                transaction.run(_copying(table), [latest])
        yield int(latest) + 1


def _copying(table: FactTable) -> str:
    """Return what copies a year's rows; what the next one has already stays."""
    listed = ", ".join(f"{_copied(table, each)} as {each.name}" for each in table.columns.values())
    return (
        f"insert into {table.name} by name select {listed} from {table.name} as t"
        f" where t.{FISCAL_YEAR} = ? on conflict do nothing"
    )


def _copied(table: FactTable, column: FactColumn) -> str:
    name = f"t.{column.name}"
    if column.name == FISCAL_YEAR:
        return f"{name} + 1"
    if column.name == table.id_column:
        return f"{name} + (select max({column.name}) from {table.name})"
    if not column.in_key and column.type.startswith(_FIGURES):
        # Less than before, so that it surely has room.
        keys = ", ".join(f"t.{key}" for key in table.key)
        return f"cast({name} / (2 + hash({keys}) % 7) as {column.type})"
    return name
