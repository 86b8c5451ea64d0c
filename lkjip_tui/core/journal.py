"""Applies acts, and remembers them: each in one transaction with its journal rows.

Refuses an act whole when one of its values is no longer what the act says was there, or does not
fit where it shall be. Undo and redo are inverses applied by the same road, whose rows name what
they take back; `timeline` reads from these what stands. A note tells what was done
with the file and changes no fact of it: nothing takes that back.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import chain
from typing import Final

from lkjip_tui.core import application, bulk
from lkjip_tui.core.acts import Act, BulkAct, Change, FactKey, FactRow
from lkjip_tui.core.chronicle import Chronicle
from lkjip_tui.core.database import Database, Transaction
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


class Journal:
    """The acts of one file. `acknowledged` is told the last number once an act is committed."""

    def __init__(
        self,
        database: Database,
        facts: Facts,
        chronicle: Chronicle,
        *,
        user: str,
        clock: Callable[[], datetime],
        acknowledged: Callable[[int], None],
    ) -> None:
        self._database = database
        self._facts = facts
        self._chronicle = chronicle
        self._user = user
        self._clock = clock
        self._acknowledged = acknowledged
        self._last: tuple[int, int] | None = None
        """Numbers of the newest act and row: nothing else writes here while the file is open."""

    def apply(self, act: Act | BulkAct) -> int:
        """Do all of an act or nothing of it, and return its number.

        Raises EditRefused when a value or row is not what the act says it is, InputRefused when
        a new value does not fit its column.
        """
        if isinstance(act, BulkAct):
            return self._write_bulk(act)
        return self._write(act.label, [(act.changes, None)])

    def note(self, label: str, table: str, key: FactKey, row: FactRow) -> int:
        """Record what is no fact, under the name of a table that there is not."""
        record = application.record_of_note(table, key, row)
        return self._write_records(label, lambda _transaction: [(record, None)])

    def undo(self) -> Act | None:
        """Take back the newest act that is in force; None when there is none."""
        with self._database.alone():
            number = self._chronicle.timeline().next_undo
            return None if number is None else self._take_back([number], UNDO)

    def redo(self) -> Act | None:
        """Do again what was taken back last; None after a new act, or when there is none."""
        with self._database.alone():
            number = self._chronicle.timeline().next_redo
            return None if number is None else self._take_back([number], REDO)

    def undo_act(self, number: int) -> Act:
        """Take back one act, wherever it stands: whoever asks knows that nothing rests on it."""
        return self._take_back([number], UNDO)

    def undo_to(self, number: int) -> Act | None:
        """Take back all that is in force and newer than an act, as one; None when nothing is."""
        with self._database.alone():
            newer = self._chronicle.timeline().newer(number)
            return self._take_back(newer, UNDO) if newer else None

    def _take_back(self, numbers: Sequence[int], label: str) -> Act:
        """Do the inverses of acts, in this order, as one act."""
        with self._database.alone():
            inverses = [self._chronicle.act(number).inverse(label).changes for number in numbers]
            self._write(label, list(zip(inverses, numbers, strict=True)))
        return Act(label, tuple(chain.from_iterable(inverses)))

    def _write(self, label: str, parts: Sequence[tuple[Sequence[Change], int | None]]) -> int:
        """Do one act whose parts each take back an act, or none, and return its number."""
        return self._write_records(
            label,
            lambda transaction: [
                (record, undo_of)
                for changes, undo_of in parts
                for record in application.apply(transaction, self._facts, changes)
            ],
        )

    def _write_records(
        self,
        label: str,
        make: Callable[[Transaction], Sequence[tuple[application.Record, int | None]]],
    ) -> int:
        """Write what `make` does and tells as one act, and return its number."""
        with self._database.alone():
            last_act, last_row = self._last or self._read_last()
            self._last = None  # until it is certain what the file holds
            with self._database.transaction() as transaction:
                records = make(transaction)
                head = (last_act + 1, self._clock(), self._user, label)
                rows = [
                    (last_row + number, *head, *record, undo_of)
                    for number, (record, undo_of) in enumerate(records, 1)
                ]
                if rows:
                    listed, values = typed_rows(_JOURNAL, rows)
                    transaction.change(f"insert into journal by name {listed}", values)
            self._last = last_act + 1, last_row + len(records)
            self._acknowledged(self._last[1])
        return last_act + 1

    def _write_bulk(self, act: BulkAct) -> int:
        with self._database.alone():
            last_act, last_row = self._last or self._read_last()
            self._last = None  # until it is certain what the file holds
            with self._database.transaction() as transaction:
                head = (last_act + 1, self._clock(), self._user, act.label)
                last_row = bulk.apply(transaction, self._facts, act.runs, head, last_row)
            self._last = last_act + 1, last_row
            self._acknowledged(last_row)
        return last_act + 1

    def _read_last(self) -> tuple[int, int]:
        last = "select coalesce(max(act_id), 0), coalesce(max(journal_id), 0) from journal"
        return self._database.read(last)[0]
