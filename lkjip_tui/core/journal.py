"""Applies acts, and remembers them: each in one transaction with its journal rows.

Refuses an act whole when one of its values is no longer what the act says was there, or does not
fit where it shall be. Undo and redo are inverses applied by the same road; what is undone is told
by the journal alone, so it survives a restart.

    an act        undo_of is null
    its undo      undo_of is the act
    a redo        undo_of is the undo
"""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from lkjip_tui.core import application
from lkjip_tui.core.acts import Act, CellChange, Change, FactKey, FactRow, RowMade, RowRemoved
from lkjip_tui.core.database import Database
from lkjip_tui.core.facts import Facts, typed_rows
from lkjip_tui.language import mark

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


_DEEDS = """
select
    j.act_id,
    min(epoch_us(j.changed_at)) over (partition by j.act_id),
    j.changed_by,
    j.label,
    count(*) over (partition by j.act_id),
    j.table_name,
    j.fact_key,
    j.action,
    j.column_name,
    j.before,
    j.after,
from journal as j
where j.act_id > (select max(n.act_id) from journal as n) - ?
qualify
    row_number() over (
        partition by j.act_id
        order by j.action = 'update', not list_contains(?, j.table_name), j.journal_id
    ) <= ?
    or j.journal_id = max(j.journal_id) over (partition by j.act_id)
order by j.act_id desc, j.journal_id
"""
#: As many changes of an act, and the last, as are looked at to say what it did.
_FIRST_CHANGES: Final = 20


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


@dataclass(frozen=True, slots=True)
class Deed:
    """An act that was done; `act` holds what tells it, its things first, `count` is of all."""

    act_id: int
    changed_at: datetime
    changed_by: str
    act: Act
    count: int


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
        self._last: tuple[int, int] | None = None
        """Numbers of the newest act and row: nothing else writes here while the file is open."""

    def apply(self, act: Act, undo_of: int | None = None) -> int:
        """Do all of an act or nothing of it, and return its number.

        Raises EditRefused when a value or row is not what the act says it is, InputRefused when
        a new value does not fit its column.
        """
        with self._database.alone():
            last_act, last_row = self._last or self._read_last()
            self._last = None  # until it is certain what the file holds
            with self._database.transaction() as transaction:
                records = application.apply(transaction, self._facts, act.changes)
                head = (last_act + 1, self._clock(), self._user, act.label)
                rows = [
                    (last_row + number, *head, *record, undo_of)
                    for number, record in enumerate(records, 1)
                ]
                if rows:
                    listed, values = typed_rows(_JOURNAL, rows)
                    transaction.change(f"insert into journal by name {listed}", values)
            self._last = last_act + 1, last_row + len(records)
            self._acknowledged(self._last[1])
        return last_act + 1

    def _read_last(self) -> tuple[int, int]:
        last = "select coalesce(max(act_id), 0), coalesce(max(journal_id), 0) from journal"
        return self._database.read(last)[0]

    def undo(self) -> Act | None:
        """Take back the last act that still stands; None when there is none."""
        return self._invert(_NEXT_UNDO, UNDO)

    def redo(self) -> Act | None:
        """Do again what was taken back last; None after a new act, or when there is none."""
        return self._invert(_NEXT_REDO, REDO)

    def history(self, limit: int) -> list[Entry]:
        """Return the entries of the newest `limit` acts, newest first."""
        return [
            Entry(
                number, act, _EPOCH + timedelta(microseconds=at), by or "", label or "",
                table, tuple(json.loads(key).items()), column, before, after, undo_of,
            )
            for number, act, at, by, label, table, key, column, before, after, undo_of
            in self._database.read(
                "select journal_id, act_id, epoch_us(changed_at), changed_by, label, table_name,"
                " fact_key, column_name, before, after, undo_of from journal"
                " where act_id > (select max(act_id) from journal) - ?"
                " order by journal_id desc",
                [limit],
            )
        ]  # fmt: skip

    def deeds(self, limit: int) -> list[Deed]:
        """Return the newest `limit` acts, newest first."""
        things = [table.name for table in self._facts.tables.values() if table.id_column]
        rows = self._database.read(_DEEDS, [limit, ["report_year", *things], _FIRST_CHANGES])
        return [
            Deed(
                number, _EPOCH + timedelta(microseconds=at), by or "",
                Act(label or "", tuple(self._change(*row[5:]) for row in group)), count,
            )
            for (number, at, by, label, count), group
            in itertools.groupby(rows, key=lambda row: row[:5])
        ]  # fmt: skip

    def changes_of(self, table: str, key: FactKey, limit: int) -> list[Deed]:
        """Return the newest changes of the fact with this key, a deed each, newest first."""
        rows = self._database.read(
            "select act_id, epoch_us(changed_at), changed_by, label, table_name, fact_key, action,"
            " column_name, before, after from journal where table_name = ? and fact_key = ?"
            " order by journal_id desc limit ?",
            [table, application.written_key(self._facts.tables[table], key), limit],
        )
        return [
            Deed(
                act_id, _EPOCH + timedelta(microseconds=at), by or "",
                Act(label or "", (self._change(*change),)), 1,
            )
            for act_id, at, by, label, *change in rows
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
