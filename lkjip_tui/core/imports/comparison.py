"""Texts for many cells of a view held against what they show: compared, shown and written in SQL.

Texts, rows and what comes of both are tables of a database in memory, so that hundreds of
thousands of cells need no Python value each. What a text means is said by the one reader
(`Editing.read_typed`), asked once for each text that is no plain number.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lkjip_tui.core.acts import BulkAct
from lkjip_tui.core.changes.editing import Editing
from lkjip_tui.core.errors import EditRefused, InputRefused
from lkjip_tui.core.figures.values import Reading, plain
from lkjip_tui.core.imports.cell_writes import CellWrite
from lkjip_tui.core.imports.held_lines import HeldLines
from lkjip_tui.core.imports.import_changes import ImportChanges
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.facts import Facts
from lkjip_tui.core.storage.memory_tables import MemoryTables
from lkjip_tui.language import _


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


#: What is known of a text: where it stands, what it means there, or why it means nothing.
_READ: Final = (
    "column_name", "kind", "scale", "text", "value", "words", "remark", "refused",
)  # fmt: skip


class Comparison:
    """The texts of one source held against one view in one year. Close it when done."""

    def __init__(self, database: Database, facts: Facts, editing: Editing, cells: Cells) -> None:
        self._facts, self._editing, self._cells = facts, editing, cells
        self._tables = MemoryTables(database)
        self.lines = HeldLines(database, facts, cells, self._tables)
        self._writes: Sequence[CellWrite] = ()
        self._new_rows: int | None = None

    def close(self) -> None:
        """Let go of all tables."""
        self._tables.close()

    # What comes of it

    def compare(self, *, once_more: bool = False) -> None:
        """Hold the texts against the rows; `once_more` with what they were found to mean before."""
        if not once_more:
            self._forget_readings()
        self._new_rows = None
        self._writes = [*self._all_writes()]
        held = self._tables.name("held")
        branches = [
            write.cells(self.lines.types[write.column.name], held, self._writes)
            for write in self._writes
        ]
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
            "select row_number() over (order by f.refused = '', not f.is_new, f.place, f.write)"
            " as rank, f.* from (select o.* exclude (is_stale) replace ("
            "case when o.refused = '' and o.is_stale then ? else o.refused end as refused)"
            " from (select c.place, c.row_key, c.column_name, c.write, c.text,"
            " c.shown, c.has_row, c.shown_words, c.takes_words, c.is_new, c.kind,"
            " case when c.plain is not null then c.plain when r.refused is null then r.value"
            " when trim(c.text) = c.shown then c.shown end as value, r.words,"
            " coalesce(r.remark, '') as remark, case"
            # What stands there already stays, as a 0 does where numbers are roman.
            " when r.refused is not null and trim(c.text) is distinct from c.shown then r.refused"
            " when d.row_key is not null then ? else '' end as refused,"
            " not c.is_new and c.stored is distinct from c.shown as is_stale"
            f" from {self._tables.name('cell')} as c"
            f" left join {self._tables.name('reading')} as r on c.plain is null"
            " and r.column_name = c.column_name"
            " and r.kind = c.kind and r.scale = c.scale and r.text = c.text"
            f" left join (select e.row_key from {self._tables.name('cell')} as e"
            f" semi join (select m.row_key from {self._tables.name('held')} as m"
            " group by m.row_key having count(*) > 1) as t on t.row_key = e.row_key"
            " group by e.row_key having min(e.place) < max(e.place)) as d"
            " on d.row_key = c.row_key) as o"
            " where o.refused <> '' or o.value is distinct from o.shown or (o.kind <> 'text'"
            " and o.takes_words and o.words <> coalesce(o.shown_words, ''))) as f",
            [stale, again],
        )

    def _read_texts(self) -> None:
        """Ask the reader for each text that is no plain number, once a column, kind and scale."""
        groups = self._tables.read(
            "select c.column_name, c.kind, c.scale, c.text, any_value(c.row_key)"
            f" from {self._tables.name('cell')} as c anti join {self._tables.name('reading')} as r"
            " on r.column_name = c.column_name and r.kind = c.kind and r.scale = c.scale"
            " and r.text = c.text where c.plain is null group by all"
        )
        if not groups:
            return
        samples = self.lines.rows_with({row_key for *_g, row_key in groups})
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
        listed = ", ".join("unnest(cast(? as varchar[]))" for _name in _READ)
        columns = [list(column) for column in zip(*read, strict=True)]
        self._tables.read(f"insert into {self._tables.name('reading')} select {listed}", columns)

    def _forget_readings(self) -> None:
        names = ", ".join(f"'' as {name}" for name in _READ)
        self._tables.keep("reading", f"select {names} where false")

    def _meaning(self, column: Column, row: ViewRow, text: str) -> Reading:
        """Return what a text means in a cell; raises as the reader."""
        if self._cells.is_chosen(column):
            for choice in self._cells.choices(column, row) or ():
                if plain(choice.value) == text:  # as machines write it
                    return Reading(choice.value)
        return self._editing.read_typed(self._cells, column, row, text, typed=False)

    # What is told of it

    def counts(self) -> tuple[int, int, int]:
        """Return how many cells are refused, how many change, and how many stay as they are."""
        ((refused, changed),) = self._tables.read(
            "select count(*) filter (o.refused <> ''), count(*) filter (o.refused = '')"
            f" from {self._tables.name('outcome')} as o"
        )
        ((cells,),) = self._tables.read(f"select count(*) from {self._tables.name('cell')}")
        return refused, changed, cells - refused - changed

    def changed_columns(self) -> Collection[str]:
        """Return the columns in which cells change."""
        found = self._tables.read(
            f"select distinct o.column_name from {self._tables.name('outcome')} as o"
            " where o.refused = ''"
        )
        return {name for (name,) in found}

    def new_rows(self) -> int:
        """Return how many rows would be made, without those of which nothing is left."""
        if self._new_rows is None:
            self._new_rows = self._changes().new_rows() if self.lines.made else 0
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

    def act(self, label: str) -> BulkAct:
        """Return the act of all that is not refused; raises EditRefused where two texts differ."""
        return BulkAct(label, tuple(self._changes().runs()))

    # Inside

    def _changes(self) -> ImportChanges:
        return ImportChanges(
            self._tables, self._facts, self._editing, self._writes, self.lines.made
        )

    def _all_writes(self) -> Iterator[CellWrite]:
        """Yield the `edit` lines of the columns that have texts."""
        edits, columns = self._cells.query.header.edits, self._cells.columns
        own = self._cells.shown[self._cells.trunk].name
        targets = ((name, target) for name in self.lines.columns for target in edits.get(name, ()))
        for number, (name, target) in enumerate(targets):
            yield CellWrite(
                number,
                columns[name],
                target,
                self._facts.tables[target.table],
                is_chosen=self._cells.is_chosen(columns[name]),
                is_trunk=name == own,
            )
