"""Reads what was done: acts, their changes, and which of them stand.

`journal` writes here; this only reads.
"""

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from lkjip_tui.core.acts import Act, CellChange, Change, FactKey, FactRow, RowMade, RowRemoved
from lkjip_tui.core.changes import application, extent
from lkjip_tui.core.changes.extent import Extent
from lkjip_tui.core.changes.timeline import Timeline
from lkjip_tui.core.errors import FileDamaged
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.facts import Facts
from lkjip_tui.language import _

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

#: Things tell an act before other rows, these before values, which tell more than the rows made
#: to hold them.
_DEEDS = """
with recent as (
    select j.*
    from journal as j
    where j.act_id > ? and j.act_id <= ?),
act as (
    select
        r.act_id,
        min(epoch_us(r.changed_at)) as changed_us,
        count(*) as change_count,
        max(r.journal_id) as last_id,
    from recent as r
    group by r.act_id),
filled as (
    select distinct r.act_id, r.table_name, r.fact_key
    from recent as r
    where r.action = 'update'),
told as (
    select
        r.act_id,
        r.journal_id,
        case
            when r.action = 'update' then 2
            when list_contains(?, r.table_name) then 0
            when f.act_id is null then 1
            else 3
        end as place,
    from recent as r
    left join filled as f
        on r.action <> 'update' and f.act_id = r.act_id and f.table_name = r.table_name
        and f.fact_key = r.fact_key),
chosen as (
    select t.journal_id
    from told as t
    inner join act as a on a.act_id = t.act_id
    qualify
        row_number() over (partition by t.act_id order by t.place, t.journal_id) <= ?
        or (t.place < 2 and t.journal_id = a.last_id))
select
    a.act_id,
    a.changed_us,
    r.changed_by,
    r.label,
    a.change_count,
    r.table_name,
    r.fact_key,
    r.action,
    r.column_name,
    r.before,
    r.after,
from chosen as c
inner join recent as r on r.journal_id = c.journal_id
inner join act as a on a.act_id = r.act_id
order by a.act_id desc, r.journal_id
"""
#: As many changes of an act, and the last, as are looked at to say what it did.
_FIRST_CHANGES: Final = 20


_ONE_CHANGE: Final = """
select
    j.act_id,
    epoch_us(j.changed_at),
    j.changed_by,
    j.label,
    j.table_name,
    j.fact_key,
    j.action,
    j.column_name,
    j.before,
    j.after,
from journal as j
"""

#: Changes of later acts that rest on those of one.
_RESTING: Final = """
with mine as (
    select j.*
    from journal as j
    where j.act_id = ?),
later as (
    select j.*
    from journal as j
    where j.act_id in (select unnest(?))),
thing as (
    select unnest(?) as table_name, unnest(?) as id_column),
made as (
    select t.id_column, json_extract_string(m.fact_key, '$.' || t.id_column) as id
    from mine as m
    inner join thing as t on t.table_name = m.table_name
    where m.action = 'insert'),
removed as (
    select
        l.journal_id,
        t.id_column,
        json_extract_string(l.fact_key, '$.' || t.id_column) as id,
    from later as l
    inner join thing as t on t.table_name = l.table_name
    where l.action = 'delete'),
resting as (
    select l.journal_id
    from later as l
    inner join mine as m on m.table_name = l.table_name and m.fact_key = l.fact_key
    where m.action <> 'update' or l.action <> 'update' or m.column_name = l.column_name
    union all
    select l.journal_id
    from later as l
    inner join made as t on t.id = case
        when l.action = 'insert' then json_extract_string(l.after, '$.' || t.id_column)
        when l.column_name = t.id_column then l.after
    end
    union all
    select t.journal_id
    from mine as m
    inner join removed as t on t.id = case
        when m.action = 'delete' then json_extract_string(m.before, '$.' || t.id_column)
        when m.column_name = t.id_column then m.before
    end)
"""


#: What is raised by a row of the journal that no lkjip wrote.
_MALFORMED: Final = (
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError,
)  # fmt: skip


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
    """An act that was done; `act` holds the changes that tell it, its things first.

    `count` is of all its changes in the journal, `extent` of what the user sees of them.
    `takes_back` are the acts that it undoes, `undone_by` the one that took it back.
    """

    act_id: int
    changed_at: datetime
    changed_by: str
    act: Act
    count: int
    extent: Extent
    takes_back: Sequence[int] = ()
    undone_by: int | None = None


class Chronicle:
    """The acts of one file, as the journal holds them."""

    def __init__(self, database: Database, facts: Facts) -> None:
        self._database = database
        self._facts = facts

    def timeline(self) -> Timeline:
        """Return which acts stand now; what is told of no fact is none of them."""
        return Timeline(
            self._database.read(
                "select act_id, coalesce(list(distinct undo_of) filter (undo_of is not null), [])"
                " from journal where table_name in (select unnest(?))"
                " group by act_id order by act_id",
                [[*self._facts.tables]],
            )
        )

    def notes(self, table: str) -> list[Entry]:
        """Return what was noted under the name of a table that there is not, oldest first."""
        return self._entries("where table_name = ? order by journal_id", [table])

    def history(self, limit: int) -> list[Entry]:
        """Return the entries of the newest `limit` acts, newest first."""
        return self._entries(
            "where act_id > (select max(act_id) from journal) - ? order by journal_id desc", [limit]
        )

    def _entries(self, where: str, values: Sequence[object]) -> list[Entry]:
        return [
            Entry(
                number, act, _EPOCH + timedelta(microseconds=at), by or "", label or "",
                table, self._key_of(key), column, before, after, undo_of,
            )
            for number, act, at, by, label, table, key, column, before, after, undo_of
            in self._database.read(
                "select journal_id, act_id, epoch_us(changed_at), changed_by, label, table_name,"
                f" fact_key, column_name, before, after, undo_of from journal {where}",
                values,
            )
        ]  # fmt: skip

    def _key_of(self, text: str) -> FactKey:
        try:
            return tuple(json.loads(text).items())
        except _MALFORMED as error:
            raise foreign_row() from error

    def deeds(self, limit: int) -> list[Deed]:
        """Return the newest `limit` acts, newest first."""
        last = int(self._database.value("select coalesce(max(act_id), 0) from journal"))
        return self._deeds(last - limit, last)

    def deed(self, number: int) -> Deed:
        """Return the act with this number."""
        return self._deeds(number - 1, number)[0]

    def _deeds(self, after: int, last: int) -> list[Deed]:
        things = [*self._things()]
        rows = self._database.read(_DEEDS, [after, last, things, _FIRST_CHANGES])
        timeline = self.timeline()  # read last, so that it knows all of these
        undone = timeline.undone()
        extents = self.extents({row[0] for row in rows})
        return [
            Deed(
                number, _EPOCH + timedelta(microseconds=at), by or "",
                Act(label or "", tuple(self.change_of(*row[5:]) for row in group)), count,
                extents[number],
                timeline.takes_back(number), undone.get(number),
            )
            for (number, at, by, label, count), group
            in itertools.groupby(rows, key=lambda row: row[:5])
        ]  # fmt: skip

    def changes_of(self, table: str, key: FactKey, limit: int) -> list[Deed]:
        """Return the newest changes of the fact with this key, a deed each, newest first."""
        rows = self._database.read(
            f"{_ONE_CHANGE} where j.table_name = ? and j.fact_key = ?"
            " order by j.journal_id desc limit ?",
            [table, application.written_key(self._facts.tables[table], key), limit],
        )
        return [self._deed(*row) for row in rows]

    def resting_on(self, number: int, later: Sequence[int]) -> Deed | None:
        """Return the newest change of later acts that an act cannot be taken back from under.

        It changes what the act changed, uses a thing that the act made, or removed one that what
        the act took away hangs on.
        """
        things = self._things()
        rows = self._database.read(
            f"{_RESTING} {_ONE_CHANGE} where j.journal_id = (select max(r.journal_id) from resting"
            " as r)",
            [number, list(later), list(things), list(things.values())],
        )
        return self._deed(*rows[0]) if rows else None

    def changes(self, number: int, start: int, stop: int) -> Sequence[Change]:
        """Return an act's changes from `start` to before `stop`, in the order they were made."""
        rows = self._database.read(
            "select j.table_name, j.fact_key, j.action, j.column_name, j.before, j.after"
            " from journal as j, (select min(f.journal_id) as first_id from journal as f"
            " where f.act_id = ?) as f where j.act_id = ?"
            " and j.journal_id >= f.first_id + ? and j.journal_id < f.first_id + ?"
            " order by j.journal_id",
            [number, number, start, stop],
        )
        return [self.change_of(*row) for row in rows]

    def change(self, journal_id: int) -> Change:
        """Return the change that a row of the journal tells."""
        (row,) = self._database.read(
            "select j.table_name, j.fact_key, j.action, j.column_name, j.before, j.after"
            " from journal as j where j.journal_id = ?",
            [journal_id],
        )
        return self.change_of(*row)

    def count(self, numbers: Sequence[int]) -> int:
        """Return how many changes acts have together."""
        counted = "select count(*) from journal where act_id in (select unnest(?))"
        return int(self._database.value(counted, [list(numbers)]))

    def extents(self, numbers: Iterable[int]) -> Mapping[int, Extent]:
        """Return how much acts changed, by their numbers."""
        counted = self._database.read(extent.select_of(), [[*numbers], [*self._facts.things]])
        return {number: Extent(cells, rows) for number, cells, rows in counted}

    def _things(self) -> Mapping[str, str]:
        """Return the tables whose rows other rows hang on, each with the column that names one."""
        tables = self._facts.tables.values()
        return {"report_year": "fiscal_year"} | {t.name: t.id_column for t in tables if t.id_column}

    def _deed(self, act_id: int, at: int, by: str, label: str, *change: str) -> Deed:
        act = Act(label or "", (self.change_of(*change),))
        size = extent.of(act.changes, self._facts.things)
        return Deed(act_id, _EPOCH + timedelta(microseconds=at), by or "", act, 1, size)

    def act(self, number: int) -> Act:
        """Return an act as the journal holds it."""
        rows = self._database.read(
            "select label, table_name, fact_key, action, column_name, before, after"
            " from journal where act_id = ? order by journal_id",
            [number],
        )
        return Act(rows[0][0] or "", tuple(self.change_of(*row[1:]) for row in rows))

    def change_of(  # noqa: PLR0917 - a journal row's columns, in order
        self, table: str, key_text: str, action: str, column: str, before: str, after: str
    ) -> Change:
        """Return the change that a row of the journal tells, of its columns.

        Raises FileDamaged for one that no lkjip wrote: what it names is written into statements.
        """
        try:
            return self._change_of(table, key_text, action, column, before, after)
        except _MALFORMED as error:
            raise foreign_row() from error

    def _change_of(  # noqa: PLR0917 - likewise
        self, table: str, key_text: str, action: str, column: str, before: str, after: str
    ) -> Change:
        key = self._decode_row(table, key_text)
        known = self._facts.tables.get(table)
        if known is not None and {name for name, _value in key} != {*known.key}:
            raise LookupError(key_text)
        if action in {"insert", "delete"} and column is not None:
            raise LookupError(column)
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
            (name, self._facts.decode(table, name, _required_text(value)))
            for name, value in json.loads(text).items()
        )


def _required_text(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(value)
    return value


def foreign_row() -> FileDamaged:
    """Return what is told of a journal that a program of elsewhere wrote into."""
    return FileDamaged(
        _("The history of this file holds a row that no lkjip wrote."),
        _("The facts are as they are shown. Open your newest backup for the history."),
    )
