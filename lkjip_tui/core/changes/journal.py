"""Applies acts, and remembers them: each in one transaction with its journal rows.

Refuses an act whole when one of its values is no longer what the act says was there, or does not
fit where it shall be. Undo and redo are inverses applied by the same road, or by the database where
they are many (`reversal`), whose rows name what they take back; `timeline` reads from these what
stands. A note tells what was done with the file and changes no fact of it: nothing takes that back.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lkjip_tui.core.acts import Act, BulkAct, Change, FactKey, FactRow, RecordedAct
from lkjip_tui.core.changes import application, bulk
from lkjip_tui.core.changes.bulk import Head
from lkjip_tui.core.changes.chronicle import Chronicle
from lkjip_tui.core.changes.reversal import Reversal
from lkjip_tui.core.storage.database import Database, Transaction
from lkjip_tui.core.storage.facts import Facts, typed_rows
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

#: Changes from which on the database is quicker, although they are read again to be told.
MANY: Final = 1000
#: As many are taken back one by one in the time of one of its statements.
A_SET: Final = 10


@dataclass(slots=True)
class _Telling:
    """An act on its way into the file, and the number of the journal's last row so far."""

    transaction: Transaction
    head: Head
    last_row: int

    def tell(self, done: Iterable[tuple[application.Record, int | None]]) -> None:
        """Write to the journal what was done, each with the act that it takes back, if any."""
        rows = [
            (self.last_row + number, *self.head, *record, undo_of)
            for number, (record, undo_of) in enumerate(done, 1)
        ]
        if rows:
            listed, values = typed_rows(_JOURNAL, rows)
            self.transaction.change(f"insert into journal by name {listed}", values)
            self.last_row += len(rows)


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
        with self._telling(act.label) as telling:
            if isinstance(act, BulkAct):
                telling.last_row = bulk.apply(
                    telling.transaction, self._facts, act.runs, telling.head, telling.last_row
                )
            else:
                records = application.apply(telling.transaction, self._facts, act.changes)
                telling.tell((record, None) for record in records)
        return telling.head[0]

    def note(self, label: str, table: str, key: FactKey, row: FactRow) -> int:
        """Record what is no fact, under the name of a table that there is not."""
        with self._telling(label) as telling:
            telling.tell([(application.record_of_note(table, key, row), None)])
        return telling.head[0]

    def undo(self) -> Act | RecordedAct | None:
        """Take back the newest act that is in force; None when there is none."""
        with self._database.alone():
            number = self._chronicle.timeline().next_undo
            return None if number is None else self._take_back([number], UNDO)

    def redo(self) -> Act | RecordedAct | None:
        """Do again what was taken back last; None after a new act, or when there is none."""
        with self._database.alone():
            number = self._chronicle.timeline().next_redo
            return None if number is None else self._take_back([number], REDO)

    def undo_act(self, number: int) -> Act | RecordedAct:
        """Take back one act, wherever it stands: whoever asks knows that nothing rests on it."""
        return self._take_back([number], UNDO)

    def undo_to(self, number: int) -> Act | RecordedAct | None:
        """Take back all that is in force and newer than an act, as one; None when nothing is."""
        with self._database.alone():
            newer = self._chronicle.timeline().newer(number)
            return self._take_back(newer, UNDO) if newer else None

    def _take_back(self, numbers: Sequence[int], label: str) -> Act | RecordedAct:
        """Do the inverses of acts, in this order, as one act."""
        with self._database.alone():
            are_many = self._chronicle.count(numbers) >= MANY
            with self._telling(label) as telling:
                recorded = self._in_sets(numbers, telling) if are_many else None
                return recorded or self._one_by_one(numbers, telling)

    def _in_sets(self, numbers: Sequence[int], telling: _Telling) -> RecordedAct | None:
        """Let the database do the inverses; None where that takes longer, or it cannot."""
        transaction, head = telling.transaction, telling.head
        reversal = Reversal(transaction, self._facts, numbers)
        if reversal.count < A_SET * reversal.set_count or not reversal.is_whole:
            return None
        stale = reversal.apply()
        if stale is not None:
            # Alone it is refused with what the file holds instead.
            application.apply(transaction, self._facts, [self._chronicle.change(stale).inverse])
            raise bulk.changed_meanwhile()
        telling.last_row = reversal.tell(head, telling.last_row)
        return RecordedAct(head[-1], head[0], reversal.facts)

    def _one_by_one(self, numbers: Sequence[int], telling: _Telling) -> Act:
        label = telling.head[-1]
        taken: list[Change] = []
        done: list[tuple[application.Record, int]] = []
        for number in numbers:
            changes = self._chronicle.act(number).inverse(label).changes
            records = application.apply(telling.transaction, self._facts, changes)
            done += ((record, number) for record in records)
            taken += changes
        telling.tell(done)
        return Act(label, tuple(taken))

    @contextmanager
    def _telling(self, label: str) -> Iterator[_Telling]:
        """Do one act, in one transaction with its journal rows."""
        with self._database.alone():
            last_act, last_row = self._last or self._read_last()
            self._last = None  # until it is certain what the file holds
            with self._database.transaction() as transaction:
                head = (last_act + 1, self._clock(), self._user, label)
                telling = _Telling(transaction, head, last_row)
                yield telling
            self._last = last_act + 1, telling.last_row
            self._acknowledged(telling.last_row)

    def _read_last(self) -> tuple[int, int]:
        last = "select coalesce(max(act_id), 0), coalesce(max(journal_id), 0) from journal"
        return self._database.read(last)[0]
