"""Texts for many cells of a view held against what they show: compared, shown and written in SQL.

Texts, rows and what comes of both are tables of a database in memory, so that hundreds of
thousands of cells need no Python value each. What a text means is said by the one reader
(`Editing.read_typed`), asked once for each text that is no plain number.
"""

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from lkjip_tui.core import bulk
from lkjip_tui.core.acts import BulkAct, RowRun
from lkjip_tui.core.cell_writes import (
    HOW,
    IS_NEW,
    NOTHING,
    CellWrite,
    alike,
    text_column,
    text_name,
)
from lkjip_tui.core.cells import Cells
from lkjip_tui.core.cursors import Tuple
from lkjip_tui.core.database import Database
from lkjip_tui.core.editing import WORDS, Editing
from lkjip_tui.core.errors import EditRefused, InputRefused
from lkjip_tui.core.facts import Facts
from lkjip_tui.core.header import Column, ViewRow
from lkjip_tui.core.identity import How
from lkjip_tui.core.import_changes import ImportChanges
from lkjip_tui.core.memory_tables import MemoryTables
from lkjip_tui.core.values import Reading, plain
from lkjip_tui.language import _

#: What a line is called; no view has such a column.
_LINE: Final = "its line"
_PLACE: Final = f'"{_LINE}"'
#: In SQL: rows by keys, and an empty text.
_AMONG: Final = "v.row_key in (select unnest(cast(? as varchar[])))"
_NONE: Final = "''"


@dataclass(frozen=True, slots=True)
class Compared:
    """What a text would do in a cell: `column` is null for a whole line that is refused.

    `before` and `after` are values as the journal writes them. `line` is its number in the source.
    `remark` is what whoever takes the text over should look at, as its other reading.
    """

    line: int
    row_key: str
    column: str | None
    text: str
    before: str | None
    after: str | None
    words: str | None
    is_new: bool
    refused: str
    remark: str = ""


class Comparison:
    """The texts of one source held against one view in one year. Close it when done."""

    def __init__(self, database: Database, facts: Facts, editing: Editing, cells: Cells) -> None:
        self._database, self._facts = database, facts
        self._editing, self._cells = editing, cells
        self._tables = MemoryTables(database)
        self._all_writes: Sequence[CellWrite] = ()
        self._writes: Sequence[CellWrite] = ()
        self._made: Sequence[RowRun] = ()
        self._new_rows: int | None = None
        self._types: Mapping[str, str] = {}

    def close(self) -> None:
        """Let go of all tables."""
        self._tables.close()

    # What is compared

    def show(self, year: int, columns: Collection[str], telling: Collection[str]) -> None:
        """Read the view's rows of a year, with what writing these columns needs.

        `telling` are those by which rows are told apart.
        """
        header = self._cells.query.header
        read = {*columns, *telling}
        needed = {"row_key", *read, *self._needed(read)}
        if header.level:
            needed.add(header.level)
        for rule in header.rows:
            needed.update(part.column for part in rule.parts[0].key if part.column)
        listed = ", ".join(f"v.{name}" for name in sorted(needed))
        self._tables.keep(
            "shown",
            f"select {listed}, false as {IS_NEW} from {self._cells.query.full_name} as v"
            " where v.fiscal_year = ?",
            [year],
        )
        self._types = {
            row[0]: row[1] for row in self._tables.read(f"describe {self._tables.name('shown')}")
        }
        own = self._cells.shown[self._cells.trunk].name
        self._all_writes = [
            CellWrite(
                number,
                column,
                target,
                self._facts.tables[target.table],
                is_chosen=self._cells.is_chosen(column),
                is_trunk=column.name == own,
            )
            for number, (column, target) in enumerate(
                (self._cells.columns[name], target)
                for name in columns
                for target in header.edits.get(name, ())
            )
        ]

    def put(self, places: Sequence[int], texts: Mapping[str, Sequence[str]]) -> None:
        """Take the source's texts by column, a text a line; `places` number the lines."""
        self._writes = [write for write in self._all_writes if write.column.name in texts]
        self._tables.put(
            "source",
            {_LINE: array("q", places)}
            | {text_column(name): column for name, column in texts.items()},
        )

    def meet(self, name: str, how: How) -> None:
        """Let each line mean the one row whose column `name` has its text."""
        held = self._tables.keep(
            "held",
            f"select s.*, ? as {HOW}, v.* from {self._tables.name('source')} as s"
            f" join {self._tables.name('shown')} as v"
            f" on v.{name} = rtrim(trim(s.{text_name(name)}), '.')",
            [how],
        )
        self._tables.read(
            f"delete from {held} where {_PLACE} in"
            f" (select {_PLACE} from {held} group by {_PLACE} having count(*) > 1)"
        )

    def is_renamed(self, name: str) -> bool:
        """Whether a line calls its row otherwise in the column `name`, letters and digits alone."""
        same = alike(f"v.{text_name(name)}", f"v.{name}")
        found = self._tables.read(
            f"select 1 from {self._tables.name('held')} as v where not {same} limit 1"
        )
        return bool(found)

    def called_otherwise(self, name: str) -> tuple[int, int, str, str]:
        """Return how many lines that bear a key name their row, and how many of them otherwise.

        With them go what the first of these is called here, and in its line; `name` is the column
        that says it, and that the source has.
        """
        text, own = f"v.{text_name(name)}", f"v.{name}"
        named = f"v.{HOW} = '{How.KEY}' and trim({text}) not in ({NOTHING}) and {own} is not null"
        ((lines,),) = self._tables.read(
            f"select count(*) from {self._tables.name('held')} as v where {named}"
        )
        ((count, here, there),) = self._tables.read(
            f"select count(*), arg_min({own}, v.{_PLACE}), arg_min({text}, v.{_PLACE})"
            f" from {self._tables.name('held')} as v where {named} and not {alike(text, own)}"
        )
        return lines, count, here or "", there or ""

    def mean(self, places: Sequence[int], row_keys: Sequence[str], hows: Sequence[How]) -> None:
        """Let each line mean a row."""
        meant = self._tables.put(
            "meant", {"place": array("q", places), "row_key": row_keys, "how": hows}
        )
        self._tables.keep(
            "held",
            f"select s.*, m.how as {HOW}, v.* from {meant} as m"
            f" join {self._tables.name('source')} as s on s.{_PLACE} = m.place"
            f" join {self._tables.name('shown')} as v on v.row_key = m.row_key",
        )

    def without_row(self) -> Sequence[int]:
        """Return the lines that mean no row."""
        found = self._tables.read(
            f"select s.{_PLACE} from {self._tables.name('source')} as s"
            f" anti join {self._tables.name('held')} as v on v.{_PLACE} = s.{_PLACE} order by all"
        )
        return [place for (place,) in found]

    def rows(self) -> Sequence[ViewRow]:
        """Return the rows of the view, with the columns that were read."""
        names, found = self._tables.named(
            f"select * from {self._tables.name('shown')} order by rowid"
        )
        return [dict(zip(names, row, strict=True)) for row in found]

    def row_keys(self) -> Collection[str]:
        """Return the keys of the view's rows."""
        return {
            key for (key,) in self._tables.read(f"select row_key from {self._tables.name('shown')}")
        }

    def add_rows(self, made: Sequence[RowRun], year: int, row_keys: Sequence[str]) -> None:
        """Show rows that these facts would make, as the view would: made, read, and taken back.

        They stand instead of those of an earlier call.
        """
        self._made = made
        names = [name for name in self._types if f'"{name}"' != IS_NEW]
        listed = ", ".join(f"v.{name}" for name in names)
        found: list[Tuple] = []
        with suppress(_TakenBack), self._database.transaction() as transaction:
            bulk.insert(transaction, made)
            found = transaction.read(
                f"select {listed} from {self._cells.query.full_name} as v"
                f" where v.fiscal_year = ? and {_AMONG}",
                [year, list(row_keys)],
            )
            raise _TakenBack
        columns = [list(column) for column in zip(*found, strict=True)] or [[] for _n in names]
        fresh = ", ".join(f"unnest(cast(? as {self._types[name]}[])) as {name}" for name in names)
        self._tables.keep("fresh", f"select {fresh}, true as {IS_NEW}", columns)
        self._tables.keep(
            "shown_all",
            f"select * from {self._tables.name('shown')} where not {IS_NEW} union all by name"
            f" select * from {self._tables.name('fresh')}",
        )
        self._tables.keep("shown", f"select * from {self._tables.name('shown_all')}")

    # What comes of it

    def mend(self, place: int, name: str, text: str) -> None:
        """Let another text of a line stand in the place of the source's."""
        self._tables.read(
            f"update {self._tables.name('held')} set {text_name(name)} = ? where {_PLACE} = ?",
            [text, place],
        )

    def leave_out(self, cells: Collection[tuple[int, str]]) -> None:
        """Compare texts no more, which are named by line and column."""
        by_column: dict[str, list[int]] = {}
        for place, name in cells:
            by_column.setdefault(name, []).append(place)
        for name, places in by_column.items():
            self._tables.read(
                f"update {self._tables.name('held')} set {text_name(name)} = null"
                f" where {_PLACE} in (select unnest(cast(? as integer[])))",
                [places],
            )

    def compare(self) -> None:
        """Hold the texts against the rows."""
        self._new_rows = None
        names = dict.fromkeys(write.column.name for write in self._writes)
        branches = [self._cells_of(write, names) for write in self._writes]
        empty = (
            "select 0 as place, '' as row_key, '' as column_name, 0 as write, '' as text,"
            " '' as shown, '' as stored, true as has_row, '' as shown_words, true as takes_words,"
            " '' as kind, '' as scale, false as is_new, '' as plain where false"
        )
        self._tables.keep("cell", " union all ".join([empty, *branches]))
        self._read_texts()
        again = _("Another line of the source means the same row: leave one of the two out, or tell"
                  " them apart in the source by name or code.")  # fmt: skip
        if any(write.column.name == "number" for write in self._writes):
            again += " " + _("Numbers tell no rows apart.")
        stale = _("The fact behind this cell is another: it is the sum of its quarters.")
        self._tables.keep(
            "outcome",
            "select row_number() over (order by o.refused = '', not o.is_new, o.place, o.write)"
            " as rank, o.* from (select c.place, c.row_key, c.column_name, c.write, c.text,"
            " c.shown, c.has_row, c.shown_words, c.takes_words, c.is_new, c.kind,"
            " case when c.plain is null then r.value else c.plain end as value, r.words,"
            " coalesce(r.remark, '') as remark, case"
            " when r.refused is not null then r.refused when d.row_key is not null then ?"
            " when not c.is_new and c.stored is distinct from c.shown then ?"
            " else '' end as refused"
            f" from {self._tables.name('cell')} as c"
            f" left join {self._tables.name('reading')} as r on r.column_name = c.column_name"
            " and r.kind = c.kind and r.scale = c.scale and r.text = c.text"
            f" left join (select e.row_key from {self._tables.name('cell')} as e"
            f" semi join (select m.row_key from {self._tables.name('held')} as m"
            " group by m.row_key having count(*) > 1) as t on t.row_key = e.row_key"
            " group by e.row_key having min(e.place) < max(e.place)) as d"
            " on d.row_key = c.row_key) as o"
            " where o.refused <> '' or o.value is distinct from o.shown or (o.kind <> 'text'"
            " and o.takes_words and o.words <> coalesce(o.shown_words, ''))",
            [again, stale],
        )

    def _cells_of(self, write: CellWrite, names: Collection[str]) -> str:
        """Return in SQL the cells of a column that write by one line."""
        column, name = write.column, write.column.name
        words = column.companion if write.has_words else None
        kind = f"'{column.kind}'" if column.kind else f"coalesce(v.{column.kind_from}, 'text')"
        shown = bulk.text_of(f"v.{name}", self._types[name])
        fact, table = write.fact, write.table
        stored = bulk.text_of(f"t.{fact.name}", fact.type)
        if words is not None:  # where words alone stand, they are kept in a column of their own
            shown = f"case when {kind} = 'text' then v.{words} else {shown} end"
            stored = f"case when {kind} = 'text' then t.{WORDS} else {stored} end"
        default = f"cast({fact.default} as {fact.type})" if fact.default else "null"
        conditions = [write.fits, write.said(shown)]
        conditions += [
            f"not ({other.fits})"
            for other in self._writes
            if other.column is column and other.number < write.number
        ]
        shown_words = "null"
        if words is not None and words in names:  # they come in a column of their own
            conditions.append(f"{kind} <> 'text'")
        elif words is not None:
            shown_words = f"case when {kind} <> 'text' then v.{words} end"
        text = write.text
        scale = f"coalesce(v.{column.scale}, {_NONE})" if column.scale else _NONE
        return (
            f"select v.{_PLACE} as place, v.row_key, '{name}' as column_name,"
            f" {write.number} as write, {text} as text, {shown} as shown,"
            f" case when t.{table.key[0]} is null then {bulk.text_of(default, fact.type)}"
            f" else {stored} end as stored, t.{table.key[0]} is not null as has_row,"
            f" {shown_words} as shown_words, {str(shown_words != 'null').lower()} as takes_words,"
            f" {kind} as kind, {scale} as scale, v.{IS_NEW} as is_new,"
            f" case when {text} = {shown} or {write.is_plain_text(kind)} then {text}"
            f" when {write.is_plain(kind)} then replace({text}, '.', '') end as plain"
            f" from {self._tables.name('held')} as v"
            f" left join {table.name} as t on {write.same('t')}"
            f" where {' and '.join(conditions)}"
        )

    def _read_texts(self) -> None:
        """Ask the reader for each text that is no plain number, once a column, kind and scale."""
        groups = self._tables.read(
            "select c.column_name, c.kind, c.scale, c.text, any_value(c.row_key)"
            f" from {self._tables.name('cell')} as c where c.plain is null group by all"
        )
        samples = self.rows_with({row_key for *_g, row_key in groups})
        read: list[tuple[object, ...]] = []
        for name, kind, scale, text, row_key in groups:
            column, row = self._cells.columns[name], samples[row_key]
            try:
                meant = self._meaning(column, row, text)
            except (InputRefused, EditRefused) as error:
                read.append((name, kind, scale, text, None, None, None, str(error)))
            else:
                value = None if meant.value is None else plain(meant.value)
                read.append((name, kind, scale, text, value, meant.words, meant.remark, None))
        names = ("column_name", "kind", "scale", "text", "value", "words", "remark", "refused")
        columns = [list(column) for column in zip(*read, strict=True)] or [[] for _name in names]
        listed = ", ".join(f"unnest(cast(? as varchar[])) as {name}" for name in names)
        self._tables.keep("reading", f"select {listed}", columns)

    def _meaning(self, column: Column, row: ViewRow, text: str) -> Reading:
        """Return what a text means in a cell; raises as the reader."""
        if self._cells.is_chosen(column):
            for choice in self._cells.choices(column, row) or ():
                if plain(choice.value) == text:  # as machines write it
                    return Reading(choice.value)
        return self._editing.read_typed(self._cells, column, row, text, typed=False)

    def rows_with(self, row_keys: Collection[str]) -> Mapping[str, ViewRow]:
        """Return rows of the view by their keys."""
        names, found = self._tables.named(
            f"select * from {self._tables.name('shown')} as v where {_AMONG}", [list(row_keys)]
        )
        rows = (dict(zip(names, row, strict=True)) for row in found)
        return {str(row["row_key"]): row for row in rows}

    # What is told of it

    def counts(self) -> tuple[int, int, int]:
        """Return how many cells are refused, how many change, and how many stay as they are."""
        ((refused, changed),) = self._tables.read(
            "select count(*) filter (o.refused <> ''), count(*) filter (o.refused = '')"
            f" from {self._tables.name('outcome')} as o"
        )
        ((cells,),) = self._tables.read(f"select count(*) from {self._tables.name('cell')}")
        return refused, changed, cells - refused - changed

    def new_rows(self) -> int:
        """Return how many rows would be made, without those of which nothing is left."""
        if self._new_rows is None:
            self._new_rows = self._changes().new_rows() if self._made else 0
        return self._new_rows

    def page(self, start: int, stop: int) -> Sequence[Compared]:
        """Return outcomes: the refused, then what is new, then what changes, as the source does."""
        found = self._tables.read(
            "select o.place, o.row_key, o.column_name, o.text, o.shown, o.value, o.words, o.is_new,"
            f" o.refused, o.remark from {self._tables.name('outcome')} as o"
            " where o.rank > ? and o.rank <= ? order by o.rank",
            [start, stop],
        )
        return [Compared(*row) for row in found]

    def rank(self, line: int, column: str) -> int | None:
        """Return where the outcome of a cell stands among all, from 0 on; None if it has none."""
        found = self._tables.read(
            f"select o.rank from {self._tables.name('outcome')} as o"
            " where o.place = ? and o.column_name = ?",
            [line, column],
        )
        return int(found[0][0]) - 1 if found else None

    def missing(self, prefix: str) -> Sequence[str]:
        """Return the keys of the rows, those that begin so, that no line means."""
        found = self._tables.read(
            f"select v.row_key from {self._tables.name('shown')} as v"
            f" anti join {self._tables.name('held')} as m on m.row_key = v.row_key"
            " where starts_with(v.row_key, ?) order by v.rowid",
            [prefix],
        )
        return [key for (key,) in found]

    def act(self, label: str) -> BulkAct:
        """Return the act of all that is not refused; raises EditRefused where two texts differ."""
        return BulkAct(label, tuple(self._changes().runs()))

    # Inside

    def _changes(self) -> ImportChanges:
        return ImportChanges(self._tables, self._facts, self._editing, self._writes, self._made)

    def keep_rows(
        self, table: str, names: Sequence[str], rows: Sequence[Sequence[object]], name: str
    ) -> RowRun:
        """Keep rows of facts that come to be under a name of one's own."""
        types = self._facts.tables[table].columns
        listed = ", ".join(f"unnest(cast(? as {types[n].type}[])) as {n}" for n in names)
        self._tables.keep(
            name, f"select {listed}", [list(column) for column in zip(*rows, strict=True)]
        )
        return RowRun(table, tuple(names), self._tables.name(name))

    def _needed(self, columns: Collection[str]) -> Iterator[str]:
        """Yield the view's columns that tell what cells of these hold and where they write."""
        known = self._cells.columns
        for column in (known[name] for name in columns):
            named = (column.kind_from, column.companion, column.scale)
            yield from (name for name in named if name)
            for target in self._cells.query.header.edits.get(column.name, ()):
                yield from (part.column for part in target.key if part.column)


class _TakenBack(Exception):
    """Ends a transaction that was only to be looked at."""
