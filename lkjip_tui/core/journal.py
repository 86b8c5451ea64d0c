"""Applies acts, and remembers them: each in one transaction with its journal rows.

Refuses an act whole when one of its values is no longer what the act says was there, or does not
fit where it shall be. Undo and redo are inverses applied by the same road; what is undone is told
by the journal alone, so it survives a restart.

    an act        undo_of is null
    its undo      undo_of is the act
    a redo        undo_of is the undo
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final, NoReturn, TypeAlias, TypeVar

from lkjip_tui.core.acts import Act, CellChange, Change, FactKey, FactRow, RowMade, RowRemoved
from lkjip_tui.core.database import Database, Transaction
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.core.facts import Facts, encode, matching, told
from lkjip_tui.core.values import Value
from lkjip_tui.language import _, mark

_T = TypeVar("_T")

_Record: TypeAlias = tuple[str | None, ...]
"""Table, key, action, column, before and after of a journal row."""

_JOURNAL: Final = {
    "journal_id": "bigint",
    "act_id": "bigint",
    "changed_at": "timestamptz",
    "changed_by": "varchar",
    "label": "varchar",
    "table_name": "varchar",
    "fact_key": "varchar",
    "action": "varchar",
    "column_name": "varchar",
    "before": "varchar",
    "after": "varchar",
    "undo_of": "bigint",
}

UNDO: Final = mark("undo")
REDO: Final = mark("redo")

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

_STATE = """
with acts as (
    select j.act_id, any_value(j.undo_of) as undo_of
    from journal as j
    group by j.act_id),
undos as (
    select u.act_id, u.undo_of
    from acts as u
    where u.undo_of in (select a.act_id from acts as a where a.undo_of is null)
        and u.act_id not in (select r.undo_of from acts as r where r.undo_of is not null))
"""
_NEXT_UNDO = f"""{_STATE}
select max(a.act_id) from acts as a
where a.undo_of is null and a.act_id not in (select u.undo_of from undos as u)
"""
_NEXT_REDO = f"""{_STATE}
select max(u.act_id) from undos as u
where u.act_id > (select coalesce(max(a.act_id), 0) from acts as a where a.undo_of is null)
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history: a value that changed, or a row that came or went."""

    journal_id: int
    act_id: int
    changed_at: datetime
    changed_by: str
    label: str
    table: str
    key: FactKey
    column: str | None
    before: str | None
    after: str | None
    undo_of: int | None


class Journal:
    """The acts of one file. `acknowledged` is told the last number once an act is committed."""

    def __init__(
        self,
        database: Database,
        facts: Facts,
        *,
        user: str,
        clock: Callable[[], datetime],
        acknowledged: Callable[[int], None],
    ) -> None:
        self._database = database
        self._facts = facts
        self._user = user
        self._clock = clock
        self._acknowledged = acknowledged

    def apply(self, act: Act, undo_of: int | None = None) -> int:
        """Do all of an act or nothing of it, and return its number.

        Raises EditRefused when a value or row is not what the act says it is, InputRefused when
        a new value does not fit its column.
        """
        with self._database.alone():
            with self._database.transaction() as transaction:
                last_act, last_row = transaction.read(
                    "select coalesce(max(act_id), 0), coalesce(max(journal_id), 0) from journal"
                )[0]
                records = [
                    record
                    for _, run in groupby(act.changes, key=_shape)
                    for record in self._apply_run(transaction, list(run))
                ]
                head = (last_act + 1, self._clock(), self._user, act.label)
                rows = [
                    (last_row + number, *head, *record, undo_of)
                    for number, record in enumerate(records, 1)
                ]
                if rows:
                    listed, values = _list(_JOURNAL.values(), _JOURNAL, rows)
                    transaction.change(f"insert into journal by name {listed}", values)
            self._acknowledged(last_row + len(records))
        return int(last_act + 1)

    def undo(self) -> Act | None:
        """Take back the last act that still stands; None when there is none."""
        return self._invert(_NEXT_UNDO, UNDO)

    def redo(self) -> Act | None:
        """Do again what was taken back last; None after a new act, or when there is none."""
        return self._invert(_NEXT_REDO, REDO)

    def history(self, limit: int) -> list[Entry]:
        """Return the newest `limit` entries, newest first."""
        return [
            Entry(
                number, act, _EPOCH + timedelta(microseconds=at), by or "", label or "",
                table, tuple(json.loads(key).items()), column, before, after, undo_of,
            )
            for number, act, at, by, label, table, key, column, before, after, undo_of
            in self._database.read(
                "select journal_id, act_id, epoch_us(changed_at), changed_by, label, table_name,"
                " fact_key, column_name, before, after, undo_of from journal"
                " order by journal_id desc limit ?",
                [limit],
            )
        ]  # fmt: skip

    def _invert(self, which: str, label: str) -> Act | None:
        with self._database.alone():
            number = self._database.value(which)
            if number is None:
                return None
            inverse = self.act(number).inverse(label)
            self.apply(inverse, undo_of=number)
            return inverse

    def act(self, number: int) -> Act:
        """Return an act as the journal holds it."""
        rows = self._database.read(
            "select label, table_name, fact_key, action, column_name, before, after"
            " from journal where act_id = ? order by journal_id",
            [number],
        )
        return Act(rows[0][0] or "", tuple(self._change(*row[1:]) for row in rows))

    def _change(  # noqa: PLR0917 - a journal row's columns, in order
        self, table: str, key_text: str, action: str, column: str, before: str, after: str
    ) -> Change:
        key = self._decode_row(table, key_text)
        match action:
            case "insert":
                return RowMade(table, key, self._decode_row(table, after))
            case "delete":
                return RowRemoved(table, key, self._decode_row(table, before))
            case _:
                decode = self._facts.decode
                return CellChange(
                    table, key, column, decode(table, column, before), decode(table, column, after)
                )

    def _decode_row(self, table: str, text: str) -> FactRow:
        return tuple(
            (name, self._facts.decode(table, name, value))
            for name, value in json.loads(text).items()
        )

    # One run: changes of the same sort in the same columns of the same table, in one statement

    def _apply_run(self, transaction: Transaction, run: Sequence[Change]) -> Iterator[_Record]:
        if len({change.key for change in run}) < len(run):
            raise EditRefused(
                _("The act names the same place in {table} twice.").format(table=run[0].table),
                _("Nothing was changed."),
            )
        yield from self._update(transaction, [c for c in run if isinstance(c, CellChange)])
        yield from self._insert(transaction, [c for c in run if isinstance(c, RowMade)])
        yield from self._delete(transaction, [c for c in run if isinstance(c, RowRemoved)])

    def _update(self, transaction: Transaction, run: Sequence[CellChange]) -> Iterator[_Record]:
        if not run:
            return
        table, column = run[0].table, run[0].column
        columns = self._facts.tables[table].columns
        for change in run:
            columns[column].require_fitting(change.after)
        names = [name for name, _ in run[0].key]
        listed, values = _list(
            [columns[name].type for name in (*names, column, column)],
            [*names, "before", "after"],
            [(*(value for _, value in c.key), c.before, c.after) for c in run],
        )
        done = transaction.read(
            f"update {table} as t set {column} = v.after from ({listed}) as v where {_on(names)}"
            f" and t.{column} is not distinct from v.before returning {', '.join(names)}",
            values,
        )
        found = set(done)
        for change in run:
            if tuple(value for _, value in change.key) not in found:
                _refuse_stale(transaction, change)
            key = _encode_row(change.key)
            yield table, key, "update", column, encode(change.before), encode(change.after)

    def _insert(self, transaction: Transaction, run: Sequence[RowMade]) -> Iterator[_Record]:
        if not run:
            return
        table = run[0].table
        columns = self._facts.tables[table].columns
        for change in run:
            for name, value in change.row:
                columns[name].require_fitting(value)
        names = [name for name, _ in run[0].row]
        listed, values = _list(
            [columns[name].type for name in names],
            names,
            [[value for _, value in change.row] for change in run],
        )
        transaction.change(f"insert into {table} by name {listed}", values)
        # Read back, so that the journal holds the defaults that the table added.
        whole = self._whole_rows(transaction, run)
        for change in run:
            row = _encode_row(whole[change.key])
            yield table, _encode_row(change.key), "insert", None, None, row

    def _delete(self, transaction: Transaction, run: Sequence[RowRemoved]) -> Iterator[_Record]:
        if not run:
            return
        table = run[0].table
        whole = self._whole_rows(transaction, run)
        for change in run:
            _require_same(change, whole.get(change.key))
        listed, names, values = self._keys(run)
        transaction.change(
            f"delete from {table} as t using ({listed}) as v where {_on(names)}", values
        )
        for change in run:
            row = _encode_row(whole[change.key])
            yield table, _encode_row(change.key), "delete", None, row, None

    def _whole_rows(
        self, transaction: Transaction, run: Sequence[RowMade | RowRemoved]
    ) -> dict[FactKey, FactRow]:
        """Return key and whole row of the stored rows that the changes name."""
        table = run[0].table
        listed, names, values = self._keys(run)
        all_names = tuple(self._facts.tables[table].columns)
        rows = transaction.read(
            f"select {', '.join(f't.{name}' for name in all_names)} from {table} as t"
            f" join ({listed}) as v on {_on(names)}",
            values,
        )
        whole = (tuple(zip(all_names, row, strict=True)) for row in rows)
        return {_part(row, names): row for row in whole}

    def _keys(
        self, run: Sequence[RowMade | RowRemoved]
    ) -> tuple[str, Sequence[str], list[list[Value]]]:
        """Return the keys of a run as a select, their columns' names, and its values."""
        columns = self._facts.tables[run[0].table].columns
        names = [name for name, _ in run[0].key]
        keys = [[value for _, value in change.key] for change in run]
        listed, values = _list([columns[name].type for name in names], names, keys)
        return listed, names, values


def _list(
    types: Iterable[str], names: Iterable[str], rows: Sequence[Sequence[_T]]
) -> tuple[str, list[list[_T]]]:
    """Return a select that gives rows as a typed table, and its values: a list a column.

    A VALUES list with a mark a value takes twenty times as long for a thousand rows.
    """
    columns = (
        f"unnest(cast(? as {kind}[])) as {name}" for kind, name in zip(types, names, strict=True)
    )
    return f"select {', '.join(columns)}", [list(column) for column in zip(*rows, strict=True)]


def _on(names: Iterable[str]) -> str:
    return " and ".join(f"t.{name} = v.{name}" for name in names)


def _part(row: FactRow, names: Sequence[str]) -> FactRow:
    held = dict(row)
    return tuple((name, held[name]) for name in names)


def _shape(change: Change) -> tuple[object, ...]:
    columns = (
        (change.column,)
        if isinstance(change, CellChange)
        else tuple(name for name, _ in change.row)
    )
    return type(change), change.table, tuple(name for name, _ in change.key), columns


def _encode_row(row: Sequence[tuple[str, Value]]) -> str:
    return json.dumps({name: encode(value) for name, value in row}, ensure_ascii=False)


def _refuse_stale(transaction: Transaction, change: CellChange) -> NoReturn:
    where, values = matching(change.key)
    stored = transaction.read(f"select {change.column} from {change.table} where {where}", values)
    if not stored:
        raise EditRefused(
            _("The row is not in the file any more ({table}).").format(table=change.table),
            _("Nothing was changed. Read the table again and look."),
        )
    raise EditRefused(
        _("The file holds {stored}, not {shown}.").format(
            stored=told(stored[0][0]), shown=told(change.before)
        ),
        _("It changed under the screen, and nothing was written. Look at it and type again."),
    )


def _require_same(change: RowRemoved, stored: FactRow | None) -> None:
    held = dict(stored or ())
    for name, value in change.row:
        if stored is None or held[name] != value:
            raise EditRefused(
                _("A row of {table} is not what it was: {name} is {stored}, not {shown}.").format(
                    table=change.table, name=name, stored=told(held.get(name)), shown=told(value)
                ),
                _("It changed meanwhile, and nothing was written. Look at it and try again."),
            )
