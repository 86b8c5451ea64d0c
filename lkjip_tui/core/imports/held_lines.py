"""The lines of a source beside the rows of a view that they mean, as tables in memory.

`shown` are the view's rows, also those that the source would make; `source` are its texts, a row a
line; `held` are both together, once it is told which line means which row.
"""

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final

from lkjip_tui.core.acts import RowRun
from lkjip_tui.core.changes import bulk
from lkjip_tui.core.imports.cell_writes import (
    HOW,
    IS_NEW,
    LINE,
    NOTHING,
    PLACE,
    alike,
    text_column,
    text_name,
)
from lkjip_tui.core.imports.identity import How
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.storage.cursors import Tuple
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.facts import Facts
from lkjip_tui.core.storage.memory_tables import MemoryTables

#: In SQL: rows by keys.
_AMONG: Final = "v.row_key in (select unnest(cast(? as varchar[])))"


class HeldLines:
    """The lines of one source and the rows of one view in one year.

    `types` are those of the rows' columns in SQL, `columns` the columns that have texts, `made`
    what would make the rows that are new.
    """

    def __init__(
        self, database: Database, facts: Facts, cells: Cells, tables: MemoryTables
    ) -> None:
        self._database, self._facts, self._cells, self._tables = database, facts, cells, tables
        self.types: Mapping[str, str] = {}
        self.columns: Sequence[str] = ()
        self.made: Sequence[RowRun] = ()

    # The view's rows

    def show(self, year: int, columns: Collection[str]) -> None:
        """Read the view's rows of a year: these columns, and what writing them needs."""
        header = self._cells.query.header
        needed = {"row_key", *columns, *self._needed(columns)}
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
        self.types = {
            row[0]: row[1] for row in self._tables.read(f"describe {self._tables.name('shown')}")
        }

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
        if not (made or self.made):
            return
        self.made = made
        names = [name for name in self.types if f'"{name}"' != IS_NEW]
        listed = ", ".join(f"v.{name}" for name in names)
        found: list[Tuple] = []
        with suppress(_TakenBack), self._database.transaction() as transaction:
            for run in made:
                bulk.insert(transaction, run)
            found = transaction.read(
                f"select {listed} from {self._cells.query.full_name} as v"
                f" where v.fiscal_year = ? and {_AMONG}",
                [year, list(row_keys)],
            )
            raise _TakenBack
        columns = [list(column) for column in zip(*found, strict=True)] or [[] for _n in names]
        fresh = ", ".join(f"unnest(cast(? as {self.types[name]}[])) as {name}" for name in names)
        self._tables.keep("fresh", f"select {fresh}, true as {IS_NEW}", columns)
        self._tables.keep(
            "shown_all",
            f"select * from {self._tables.name('shown')} where not {IS_NEW} union all by name"
            f" select * from {self._tables.name('fresh')}",
        )
        self._tables.keep("shown", f"select * from {self._tables.name('shown_all')}")

    def rows_with(self, row_keys: Collection[str]) -> Mapping[str, ViewRow]:
        """Return rows of the view by their keys."""
        names, found = self._tables.named(
            f"select * from {self._tables.name('shown')} as v where {_AMONG}", [list(row_keys)]
        )
        rows = (dict(zip(names, row, strict=True)) for row in found)
        return {str(row["row_key"]): row for row in rows}

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

    # The source's lines

    def put(self, places: Sequence[int], texts: Mapping[str, Sequence[str]]) -> None:
        """Take the source's texts by column, a text a line; `places` number the lines."""
        self.columns = list(texts)
        self._tables.put(
            "source",
            {LINE: array("q", places)}
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
            f"delete from {held} where {PLACE} in"
            f" (select {PLACE} from {held} group by {PLACE} having count(*) > 1)"
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
            f"select count(*), arg_min({own}, v.{PLACE}), arg_min({text}, v.{PLACE})"
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
            f" join {self._tables.name('source')} as s on s.{PLACE} = m.place"
            f" join {self._tables.name('shown')} as v on v.row_key = m.row_key",
        )

    def without_row(self) -> Sequence[int]:
        """Return the lines that mean no row."""
        found = self._tables.read(
            f"select s.{PLACE} from {self._tables.name('source')} as s"
            f" anti join {self._tables.name('held')} as v on v.{PLACE} = s.{PLACE} order by all"
        )
        return [place for (place,) in found]

    def missing(self, prefix: str) -> Sequence[str]:
        """Return the keys of the rows, those that begin so, that no line means."""
        found = self._tables.read(
            f"select v.row_key from {self._tables.name('shown')} as v"
            f" anti join {self._tables.name('held')} as m on m.row_key = v.row_key"
            f" where starts_with(v.row_key, ?) and not v.{IS_NEW} order by v.rowid",
            [prefix],
        )
        return [key for (key,) in found]

    def mend(self, place: int, name: str, text: str) -> None:
        """Let another text of a line stand in the place of the source's."""
        self._tables.read(
            f"update {self._tables.name('held')} set {text_name(name)} = ? where {PLACE} = ?",
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
                f" where {PLACE} in (select unnest(cast(? as integer[])))",
                [places],
            )

    # Inside

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
