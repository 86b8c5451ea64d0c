"""Runs of changes put into the file, and told to the journal, without a Python value a change.

What is refused, and what the journal then says, is the same as for changes one by one
(`application`): only how long it takes differs. What makes changes untold returns how many it made:
fewer than there are where the file does not hold what they say.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, TypeAlias

from lkjip_tui.core.acts import CellRun, RowRun
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.core.storage.database import Transaction
from lkjip_tui.core.storage.facts import Facts, FactTable
from lkjip_tui.language import _

Head: TypeAlias = tuple[int, datetime, str, str]
"""What the journal says of an act in each of its rows: number, time, user, label."""

_JOURNAL: Final = (
    "insert into journal (journal_id, act_id, changed_at, changed_by, label, table_name, fact_key,"
    " action, column_name, before, after)"
    " select ? + row_number() over (), ?, ?, ?, ?,"
)


def apply(
    transaction: Transaction,
    facts: Facts,
    runs: Iterable[CellRun | RowRun],
    head: Head,
    last_row: int,
) -> int:
    """Make the changes of runs, with their journal rows, and return the last row's number.

    `last_row` is the number of the journal's last row before. Raises EditRefused when a value is
    not what a change says it is; whoever began the transaction takes it back.
    """
    for run in runs:
        table = facts.tables[run.table]
        told = (last_row, *head)
        if isinstance(run, CellRun):
            last_row += _tell_update(transaction, table, run, told)
        elif run.gone:
            last_row += _tell_delete(transaction, table, run, told)
        else:
            last_row += _tell_insert(transaction, table, run, told)
    return last_row


def put(transaction: Transaction, table: FactTable, run: CellRun | RowRun) -> int:
    """Make the changes of a run, untold."""
    if isinstance(run, CellRun):
        return update(transaction, table, run)
    return delete(transaction, table, run) if run.gone else insert(transaction, run)


def update(transaction: Transaction, table: FactTable, run: CellRun) -> int:
    """Change the values of a run where the file holds what was before, untold."""
    return transaction.change(
        f"update {table.name} as t set {run.column} = v.after from {run.rows} as v"
        f" where {held(table, run)}"
    )


def insert(transaction: Transaction, run: RowRun) -> int:
    """Make the rows of a run, untold."""
    names = ", ".join(run.names)
    return transaction.change(f"insert into {run.table} ({names}) select {names} from {run.rows}")


def delete(transaction: Transaction, table: FactTable, run: RowRun) -> int:
    """Remove the rows of a run that the file holds just so, untold."""
    return transaction.change(
        f"delete from {table.name} as t using {run.rows} as v where {held(table, run)}"
    )


def held(table: FactTable, run: CellRun | RowRun) -> str:
    """Return in SQL that a table's row t is what a row v of a run says was there."""
    if isinstance(run, CellRun):
        return f"{_same(table)} and t.{run.column} is not distinct from v.before"
    others = (name for name in run.names if name not in table.key)
    return " and ".join((_same(table), *(f"t.{n} is not distinct from v.{n}" for n in others)))


def record(table: FactTable, run: CellRun | RowRun, row: str = "v") -> str:
    """Return in SQL what the journal says of a row of a run, from the table's name on."""
    types = {column.name: column.type for column in table.columns.values()}
    key = _object(row, {name: types[name] for name in table.key})
    if isinstance(run, CellRun):
        kind = types[run.column]
        ends = text_of(f"{row}.before", kind), text_of(f"{row}.after", kind)
        action, column = "update", f"'{run.column}'"
    else:
        whole = _object(row, types)
        ends = (whole, "null") if run.gone else ("null", whole)
        action, column = "delete" if run.gone else "insert", "null"
    return f"'{table.name}', {key}, '{action}', {column}, {', '.join(ends)}"


def changed_meanwhile() -> EditRefused:
    """Return the refusal of changes of which it is not known which one the file does not let be."""
    return EditRefused(
        _("What the file holds changed meanwhile; nothing was written."),
        _("Look again at what would change."),
    )


def _tell_update(
    transaction: Transaction, table: FactTable, run: CellRun, told: tuple[object, ...]
) -> int:
    return _tell(transaction, run, told, update(transaction, table, run), record(table, run))


def _tell_delete(
    transaction: Transaction, table: FactTable, run: RowRun, told: tuple[object, ...]
) -> int:
    return _tell(transaction, run, told, delete(transaction, table, run), record(table, run))


def _tell(
    transaction: Transaction,
    run: CellRun | RowRun,
    told: tuple[object, ...],
    done: int,
    fields: str,
) -> int:
    listed = transaction.change(f"{_JOURNAL} {fields} from {run.rows} as v", told)
    if done != listed:
        raise changed_meanwhile()
    return listed


def _tell_insert(
    transaction: Transaction, table: FactTable, run: RowRun, told: tuple[object, ...]
) -> int:
    insert(transaction, run)
    # Read back, so that the journal holds the defaults that the table added.
    return transaction.change(
        f"{_JOURNAL} {record(table, run, 't')}"
        f" from {run.rows} as v join {table.name} as t on {_same(table)}",
        told,
    )


def _same(table: FactTable) -> str:
    return " and ".join(f"t.{name} = v.{name}" for name in table.key)


def _object(row: str, types: Mapping[str, str]) -> str:
    """Return in SQL a row as the journal writes it: JSON, every value a text."""
    fields = (
        f"'\"{name}\": ' || coalesce(to_json({text_of(f'{row}.{name}', kind)}), 'null')"
        for name, kind in types.items()
    )
    joined = " || ', ' || ".join(fields)
    return f"'{{' || {joined} || '}}'"


def text_of(value: str, kind: str) -> str:
    """Return in SQL what `encode` makes of a value."""
    text = f"cast({value} as varchar)"
    return f"rtrim(rtrim({text}, '0'), '.')" if kind.startswith("DECIMAL") else text
