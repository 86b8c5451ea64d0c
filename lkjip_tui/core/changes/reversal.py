"""Acts of the journal taken back by the database, in sets, without a Python value a change.

The changes of one fact are taken back one behind the other, the last first. Those of several facts
do not touch each other, so that all of one sort are one statement, wherever they stand in an act.
What the journal then says is what it said, the other way round.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final

from lkjip_tui.core.acts import CellRun, RowRun
from lkjip_tui.core.changes import bulk
from lkjip_tui.core.changes.bulk import Head
from lkjip_tui.core.changes.chronicle import foreign_row
from lkjip_tui.core.storage.database import Transaction
from lkjip_tui.core.storage.facts import Facts, FactTable

_TAKEN: Final = "temp.main.taken_back"
_TAKE: Final = f"""
create temporary table {_TAKEN} as
select
    j.journal_id,
    j.act_id as undo_of,
    row_number() over (
        partition by j.table_name, j.fact_key
        order by j.journal_id desc
    ) as step,
    j.table_name,
    j.fact_key,
    case j.action when 'insert' then 'delete' when 'delete' then 'insert' else 'update' end
        as action,
    j.column_name,
    j.after as before,
    j.before as after,
from journal as j
where j.act_id in (select unnest(?))
"""
_SETS: Final = f"""
select distinct
    t.step,
    t.action,
    t.table_name,
    t.column_name,
    case when t.action <> 'update' then json_keys(coalesce(t.before, t.after)) end as names,
from {_TAKEN} as t
order by t.step
"""
_TELL: Final = f"""
insert into journal
select
    ? + row_number() over (order by t.journal_id desc),
    ?, ?, ?, ?,
    t.table_name,
    t.fact_key,
    t.action,
    t.column_name,
    t.before,
    t.after,
    t.undo_of,
from {_TAKEN} as t
"""


@dataclass(frozen=True, slots=True)
class _Set:
    """Changes of one sort in the same step of their facts; `names` are the columns of its rows."""

    step: int
    action: str
    table: FactTable
    column: str
    names: Sequence[str] | None


class Reversal:
    """What takes acts back, within one transaction."""

    def __init__(self, transaction: Transaction, facts: Facts, numbers: Sequence[int]) -> None:
        """Look at acts by their numbers; they are taken back newest first."""
        self._transaction = transaction
        self.count = transaction.change(_TAKE, [list(numbers)])
        """How many changes there are."""
        found = transaction.read(_SETS)
        for _step, action, table, column, _names in found:
            # What it names is written into statements.
            known = facts.tables.get(table)
            if known is None or column not in ({*known.columns} if action == "update" else {None}):
                raise foreign_row()
        self._sets = [
            _Set(step, action, facts.tables[table], column, names)
            for step, action, table, column, names in found
        ]

    @property
    def set_count(self) -> int:
        """How many statements do it."""
        return len(self._sets)

    @property
    def is_whole(self) -> bool:
        """Whether the journal has of each row all columns of its table: no migration added any."""
        return all(each.names in (None, [*each.table.columns]) for each in self._sets)

    @property
    def facts(self) -> frozenset[str]:
        """What changes, as an Act names it."""
        return frozenset(
            f"{each.table.name}.{each.column}" if each.action == "update" else each.table.name
            for each in self._sets
        )

    def apply(self) -> int | None:
        """Take all back; return the journal's number of a change that the file does not let be.

        It is the last one of the first step at which there is one. Whoever began the transaction
        takes it back then. Raises EditRefused for a row that is there already.
        """
        for _step, sets in groupby(self._sets, key=attrgetter("step")):
            stale = [number for number in map(self._apply, sets) if number is not None]
            if stale:
                return max(stale)
        return None

    def tell(self, head: Head, last_row: int) -> int:
        """Write to the journal what was taken back; return its last row's number."""
        return last_row + self._transaction.change(_TELL, [last_row, *head])

    def _apply(self, each: _Set) -> int | None:
        """Take a set back, unless the file does not let one be: return the last such's number."""
        if each.action == "insert":
            bulk.insert(self._transaction, _rows(each))
            return None
        run = _cells(each) if each.action == "update" else _rows(each)
        stale: int | None
        ((stale,),) = self._transaction.read(
            f"select max(v.journal_id) from {run.rows} as v"
            f" anti join {run.table} as t on {bulk.held(each.table, run)}"
        )
        if stale is not None:
            return stale
        if isinstance(run, CellRun):
            bulk.update(self._transaction, each.table, run)
        else:
            bulk.delete(self._transaction, each.table, run)
        return None


def _cells(each: _Set) -> CellRun:
    kind = each.table.columns[each.column].type
    ends = (f"cast(t.{end} as {kind}) as {end}" for end in ("before", "after"))
    listed = (*_typed(each.table, "t.fact_key", each.table.key), *ends)
    return CellRun(each.table.name, each.column, _relation(each, listed))


def _rows(each: _Set) -> RowRun:
    names = tuple(each.table.columns)
    listed = _typed(each.table, "coalesce(t.before, t.after)", names)
    return RowRun(each.table.name, names, _relation(each, listed))


def _typed(table: FactTable, text: str, names: Iterable[str]) -> Iterator[str]:
    """Yield in SQL the columns of a row that the journal holds as a text."""
    for name in names:
        yield f"cast({text} ->> '{name}' as {table.columns[name].type}) as {name}"


def _relation(each: _Set, listed: Iterable[str]) -> str:
    """Return in SQL the changes of a set, each with the journal's number."""
    column = f" and t.column_name = '{each.column}'" if each.column else ""
    return (
        f"(select t.journal_id, {', '.join(listed)} from {_TAKEN} as t where t.step = {each.step}"
        f" and t.action = '{each.action}' and t.table_name = '{each.table.name}'{column})"
    )
