"""Changes put into the file: in their order, and only where all that they say of it is true.

Changes of one sort that stand together are one statement, so that a pasted ledger takes no longer
than the driver needs.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NoReturn, TypeAlias

from lkjip_tui.core.acts import CellChange, Change, FactKey, FactRow, RowMade, RowRemoved
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.storage.database import Transaction
from lkjip_tui.core.storage.facts import (
    FactColumn,
    Facts,
    FactTable,
    encode,
    matching,
    rows_with,
    typed_rows,
)
from lkjip_tui.language import _

Record: TypeAlias = tuple[str | None, ...]
"""What the journal keeps of a change: table, key, action, column, before and after, as text."""


def apply(transaction: Transaction, facts: Facts, changes: Iterable[Change]) -> list[Record]:
    """Make the changes, and return a record of each, in their order.

    Raises EditRefused when a value or row is not what a change says it is, InputRefused when a
    new value does not fit its column; whoever began the transaction takes it back.
    """
    records: list[Record] = []
    for run in _runs(changes):
        table = facts.tables[run[0].table]
        _require_keys(table, run[0])
        records += _update(transaction, table, [c for c in run if isinstance(c, CellChange)])
        records += _insert(transaction, table, [c for c in run if isinstance(c, RowMade)])
        records += _delete(transaction, table, [c for c in run if isinstance(c, RowRemoved)])
    return records


def record_of_note(table: str, key: FactKey, row: FactRow) -> Record:
    """Return the record of something that came to be and is no fact."""
    return table, _encode_row(key), "insert", None, None, _encode_row(row)


def _runs(changes: Iterable[Change]) -> Iterator[Sequence[Change]]:
    """Yield changes in runs that one statement makes: of one sort, each at a place of its own."""
    for _sort, together in groupby(changes, key=_sort_of):
        run: dict[FactKey, Change] = {}
        for change in together:
            if change.key in run:
                yield list(run.values())
                run = {}
            run[change.key] = change
        yield list(run.values())


def _sort_of(change: Change) -> tuple[object, ...]:
    """Return what changes of one statement have in common."""
    columns = change.column if isinstance(change, CellChange) else [name for name, _v in change.row]
    return type(change), change.table, [name for name, _v in change.key], columns


def _require_keys(table: FactTable, change: Change) -> None:
    if {name for name, _v in change.key} != set(table.key):
        raise EditRefused(
            _("A change does not say which row of {table} it means.").format(table=table.name),
            _("Nothing was changed."),
        )


def _update(
    transaction: Transaction, table: FactTable, run: Sequence[CellChange]
) -> Iterator[Record]:
    if not run:
        return
    column = table.columns[run[0].column]
    for change in run:
        column.require_fitting(change.after)
    update = _update_one if len(run) == 1 else _update_all
    stale = update(transaction, table, run)
    if stale is not None:
        _refuse_stale(transaction, stale, column)
    for change in run:
        key = written_key(table, change.key)
        yield table.name, key, "update", column.name, encode(change.before), encode(change.after)


def _update_one(
    transaction: Transaction, _table: FactTable, run: Sequence[CellChange]
) -> CellChange | None:
    """Change one value without planning a join; return the change that is stale."""
    (change,) = run
    where, key = matching(change.key)
    done = transaction.change(
        f"update {change.table} set {change.column} = ?"
        f" where {where} and {change.column} is not distinct from ?",
        [change.after, *key, change.before],
    )
    return None if done else change


def _update_all(
    transaction: Transaction, table: FactTable, run: Sequence[CellChange]
) -> CellChange | None:
    """Change the values of one column unless one is stale; return the first that is."""
    column = table.columns[run[0].column]
    keys = table.types(run[0].key)
    listed, values = typed_rows(
        {**keys, "before": column.type, "after": column.type},
        [(*_values(change.key), change.before, change.after) for change in run],
    )
    # Asked before, since RETURNING lacks rows that the same transaction changed many times.
    stale = set(
        transaction.read(
            f"select {', '.join(f'v.{name}' for name in keys)} from ({listed}) as v"
            f" anti join {table.name} as t on {_on(keys)}"
            f" and t.{column.name} is not distinct from v.before",
            values,
        )
    )
    if stale:
        return next(change for change in run if _values(change.key) in stale)
    transaction.change(
        f"update {table.name} as t set {column.name} = v.after from ({listed}) as v"
        f" where {_on(keys)}",
        values,
    )
    return None


def _insert(transaction: Transaction, table: FactTable, run: Sequence[RowMade]) -> Iterator[Record]:
    if not run:
        return
    for change in run:
        for name, value in change.row:
            table.columns[name].require_fitting(value)
    rows = [_values(change.row) for change in run]
    listed, values = typed_rows(table.types(run[0].row), rows)
    transaction.change(f"insert into {table.name} by name {listed}", values)
    # Read back, so that the journal holds the defaults that the table added.
    whole = _whole_rows(transaction, table, run)
    for change in run:
        row = _encode_row(whole[change.key])
        yield table.name, written_key(table, change.key), "insert", None, None, row


def _delete(
    transaction: Transaction, table: FactTable, run: Sequence[RowRemoved]
) -> Iterator[Record]:
    if not run:
        return
    whole = _whole_rows(transaction, table, run)
    for change in run:
        _require_same(table, change, whole.get(change.key))
    keys = table.types(run[0].key)
    listed, values = typed_rows(keys, [_values(change.key) for change in run])
    transaction.change(
        f"delete from {table.name} as t using ({listed}) as v where {_on(keys)}", values
    )
    for change in run:
        row = _encode_row(whole[change.key])
        yield table.name, written_key(table, change.key), "delete", None, row, None


def _whole_rows(
    transaction: Transaction, table: FactTable, run: Sequence[RowMade | RowRemoved]
) -> Mapping[FactKey, FactRow]:
    """Return the stored rows that the changes name, by key."""
    found = rows_with(transaction.read, table, [change.key for change in run])
    return {key: tuple(row.items()) for key, row in found.items()}


def _values(row: FactRow) -> tuple[Value, ...]:
    return tuple(value for _name, value in row)


def _on(names: Iterable[str]) -> str:
    return " and ".join(f"t.{name} = v.{name}" for name in names)


def written_key(table: FactTable, key: FactKey) -> str:
    """Return a fact's key as the journal writes it, however its columns are ordered."""
    held = dict(key)
    return _encode_row(tuple((name, held[name]) for name in table.key))


def _encode_row(row: FactRow) -> str:
    return json.dumps({name: encode(value) for name, value in row}, ensure_ascii=False)


def _refuse_stale(transaction: Transaction, change: CellChange, column: FactColumn) -> NoReturn:
    where, values = matching(change.key)
    stored = transaction.read(f"select {change.column} from {change.table} where {where}", values)
    if not stored:
        raise EditRefused(
            _("The cell shows {shown}, but the file holds nothing there.").format(
                shown=column.told(change.before)
            ),
            _("Its row is gone, or it is the sum of its quarters: edit those."),
        )
    raise EditRefused(
        _("The file holds {stored}, not {shown}.").format(
            stored=column.told(stored[0][0]), shown=column.told(change.before)
        ),
        _("It changed meanwhile, or it is the sum of its quarters; nothing was written."),
    )


def _require_same(table: FactTable, change: RowRemoved, stored: FactRow | None) -> None:
    held = dict(stored or ())
    for name, value in change.row:
        told = table.columns[name].told
        if stored is None or held[name] != value:
            raise EditRefused(
                _("A row of {table} is not what it was: {name} is {stored}, not {shown}.").format(
                    table=change.table, name=name, stored=told(held.get(name)), shown=told(value)
                ),
                _("It changed meanwhile, and nothing was written. Look at it and try again."),
            )
