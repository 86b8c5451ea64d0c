"""Texts for many cells of a view held against what they show: compared, shown and written in SQL.

Texts, rows and what comes of both are tables of a database in memory, so that hundreds of
thousands of cells need no Python value each. What a text means is said by the one reader
(`Editing.read_typed`), asked once for each text that is no plain number.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from lkjip_tui.core import bulk
from lkjip_tui.core.acts import BulkAct, CellRun, FactKey, RowRun
from lkjip_tui.core.cells import Cells
from lkjip_tui.core.cursors import Tuple
from lkjip_tui.core.database import Database
from lkjip_tui.core.editing import WORDS, Editing
from lkjip_tui.core.errors import EditRefused, InputRefused
from lkjip_tui.core.facts import FactColumn, Facts
from lkjip_tui.core.header import Column, Target, ViewRow
from lkjip_tui.core.identity import How
from lkjip_tui.core.proof import PRINTED
from lkjip_tui.core.values import NULL_SIGN, Reading, Value, plain
from lkjip_tui.language import _

_EVERY: Final = 1 << 40
#: Digits of whole numbers that are read by the database itself, where their column holds them.
_PLAIN: Final = 14
#: Kinds whose plain digits mean just these.
_DIGITS: Final = ("rupiah", "percent", "index", "count")
#: What a row that is not there yet is marked by; no view has such a column.
_IS_NEW: Final = '"is new"'
#: What a line is called, and by what it tells its row; likewise.
_PLACE: Final = '"its line"'
_HOW: Final = '"told by"'
#: In SQL: rows by keys, an empty text, and letters and digits alone, by which a name is the same.
_AMONG: Final = "v.row_key in (select unnest(cast(? as varchar[])))"
_NONE: Final = "''"
_FOLDED: Final = "regexp_replace(lower({}), '[^\\p{{L}}\\p{{N}}]', '', 'g')"


@dataclass(frozen=True, slots=True)
class _Write:
    """One `edit` line of a column that has texts: where it writes, as a number and in SQL."""

    number: int
    column: Column
    target: Target
    fact: FactColumn

    @property
    def keys(self) -> Mapping[str, str]:
        """The fact's key, each part as SQL over a row of the view."""
        return {part.name: _part(part.column, part.literal) for part in self.target.key}

    @property
    def fits(self) -> str:
        """Whether all parts of the key are there."""
        return " and ".join(f"{sql} is not null" for sql in self.keys.values())

    def same(self, alias: str) -> str:
        """Whether a row of the facts is the one that a row of the view names."""
        return " and ".join(f"{alias}.{name} = {sql}" for name, sql in self.keys.items())


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
        self._memory = database.attach_memory()
        self._session = database.session()
        self._all_writes: Sequence[_Write] = ()
        self._writes: Sequence[_Write] = ()
        self._made: Sequence[RowRun] = ()
        self._types: Mapping[str, str] = {}

    def close(self) -> None:
        """Let go of all tables."""
        self._session.close()
        self._database.detach_memory(self._memory)

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
        self._keep(
            "shown",
            f"select {listed}, false as {_IS_NEW} from {self._cells.query.full_name} as v"
            " where v.fiscal_year = ?",
            [year],
        )
        self._types = {row[0]: row[1] for row in self._read(f"describe {self._table('shown')}")}
        self._all_writes = [
            _Write(number, column, target, self._facts.tables[target.table].columns[target.column])
            for number, (column, target) in enumerate(
                (self._cells.columns[name], target)
                for name in columns
                for target in header.edits.get(name, ())
            )
        ]

    def put(self, places: Sequence[int], texts: Mapping[str, Sequence[str]]) -> None:
        """Take the source's texts by column, a text a line; `places` number the lines."""
        self._writes = [write for write in self._all_writes if write.column.name in texts]
        listed = (f", unnest(cast(? as varchar[])) as {_text(name)}" for name in texts)
        self._keep(
            "source",
            f"select unnest(cast(? as integer[])) as place{''.join(listed)}",
            [list(places), *map(list, texts.values())],
        )

    def meet(self, name: str, how: How) -> None:
        """Let each line mean the one row whose column `name` has its text."""
        text = f"rtrim(trim(s.{_text(name)}), '.')"
        self._keep(
            "meant",
            "select s.place, any_value(v.row_key) as row_key, ? as how"
            f" from {self._table('source')} as s join {self._table('shown')} as v"
            f" on v.{name} = {text} group by s.place having count(*) = 1",
            [how],
        )
        self._hold()

    def _hold(self) -> None:
        """Put the texts beside the rows that they mean."""
        self._keep(
            "held",
            f"select i.place as {_PLACE}, i.how as {_HOW}, s.* exclude (place), v.*"
            f" from {self._table('meant')} as i"
            f" join {self._table('source')} as s on s.place = i.place"
            f" join {self._table('shown')} as v on v.row_key = i.row_key",
        )

    def is_renamed(self, name: str) -> bool:
        """Whether a line calls its row otherwise in the column `name`, letters and digits alone."""
        same = _alike(f"v.{_text(name)}", f"v.{name}")
        found = self._read(f"select 1 from {self._table('held')} as v where not {same} limit 1")
        return bool(found)

    def mean(self, places: Sequence[int], row_keys: Sequence[str], hows: Sequence[How]) -> None:
        """Let each line mean a row."""
        self._keep(
            "meant",
            "select unnest(cast(? as integer[])) as place, unnest(cast(? as varchar[])) as row_key,"
            " unnest(cast(? as varchar[])) as how",
            [list(places), list(row_keys), [str(how) for how in hows]],
        )
        self._hold()

    def without_row(self) -> Sequence[int]:
        """Return the lines that mean no row."""
        found = self._read(
            f"select s.place from {self._table('source')} as s"
            f" anti join {self._table('meant')} as m on m.place = s.place order by all"
        )
        return [place for (place,) in found]

    def rows(self) -> Sequence[ViewRow]:
        """Return the rows of the view, with the columns that were read."""
        names, found = self._session.read(
            f"select * from {self._table('shown')} order by rowid", most=_EVERY
        )
        return [dict(zip(names, row, strict=True)) for row in found]

    def row_keys(self) -> Collection[str]:
        """Return the keys of the view's rows."""
        return {key for (key,) in self._read(f"select row_key from {self._table('shown')}")}

    def add_rows(self, made: Sequence[RowRun], year: int, row_keys: Sequence[str]) -> None:
        """Show rows that these facts would make, as the view would: made, read, and taken back.

        They stand instead of those of an earlier call.
        """
        self._made = made
        names = [name for name in self._types if f'"{name}"' != _IS_NEW]
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
        self._keep("fresh", f"select {fresh}, true as {_IS_NEW}", columns)
        self._keep(
            "shown_all",
            f"select * from {self._table('shown')} where not {_IS_NEW} union all by name"
            f" select * from {self._table('fresh')}",
        )
        self._keep("shown", f"select * from {self._table('shown_all')}")

    # What comes of it

    def mend(self, place: int, name: str, text: str) -> None:
        """Let another text of a line stand in the place of the source's."""
        self._read(
            f"update {self._table('held')} set {_text(name)} = ? where {_PLACE} = ?", [text, place]
        )

    def leave_out(self, cells: Collection[tuple[int, str]]) -> None:
        """Compare texts no more, which are named by line and column."""
        by_column: dict[str, list[int]] = {}
        for place, name in cells:
            by_column.setdefault(name, []).append(place)
        for name, places in by_column.items():
            self._read(
                f"update {self._table('held')} set {_text(name)} = null"
                f" where list_contains(cast(? as integer[]), {_PLACE})",
                [places],
            )

    def compare(self) -> None:
        """Hold the texts against the rows."""
        names = dict.fromkeys(write.column.name for write in self._writes)
        branches = [self._cells_of(write, names) for write in self._writes]
        empty = (
            "select 0 as place, '' as row_key, '' as column_name, 0 as write, '' as text,"
            " '' as shown, '' as stored, true as has_row, '' as shown_words, true as takes_words,"
            " '' as kind, '' as scale, false as is_new, '' as plain where false"
        )
        self._keep("cell", " union all ".join([empty, *branches]))
        self._read_texts()
        again = _("Another row of the source means the same row.")
        stale = _("The fact behind this cell is another: it is the sum of its quarters.")
        self._keep(
            "outcome",
            "select row_number() over (order by o.refused = '', not o.is_new, o.place, o.write)"
            " as rank, o.* from (select c.place, c.row_key, c.column_name, c.write, c.text,"
            " c.shown, c.has_row, c.shown_words, c.takes_words, c.is_new, c.kind,"
            " case when c.plain is null then r.value else c.plain end as value, r.words,"
            " coalesce(r.remark, '') as remark, case"
            " when r.refused is not null then r.refused when d.row_key is not null then ?"
            " when not c.is_new and c.stored is distinct from c.shown then ?"
            " else '' end as refused"
            f" from {self._table('cell')} as c"
            f" left join {self._table('reading')} as r on r.column_name = c.column_name"
            " and r.kind = c.kind and r.scale = c.scale and r.text = c.text"
            f" left join (select m.row_key from {self._table('meant')} as m"
            " group by m.row_key having count(*) > 1) as d on d.row_key = c.row_key) as o"
            " where o.refused <> '' or o.value is distinct from o.shown or (o.kind <> 'text'"
            " and o.takes_words and o.words <> coalesce(o.shown_words, ''))",
            [again, stale],
        )

    def _cells_of(self, write: _Write, names: Collection[str]) -> str:
        """Return in SQL the cells of a column that write by one line."""
        column, name = write.column, write.column.name
        words = column.companion if self._has_words(write) else None
        kind = f"'{column.kind}'" if column.kind else f"coalesce(v.{column.kind_from}, 'text')"
        shown = bulk.text_of(f"v.{name}", self._types[name])
        fact, table = write.fact, self._facts.tables[write.target.table]
        stored = bulk.text_of(f"t.{fact.name}", fact.type)
        if words is not None:  # where words alone stand, they are kept in a column of their own
            shown = f"case when {kind} = 'text' then v.{words} else {shown} end"
            stored = f"case when {kind} = 'text' then t.{WORDS} else {stored} end"
        default = f"cast({fact.default} as {fact.type})" if fact.default else "null"
        conditions = [write.fits, self._said(write, shown)]
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
        text = f"v.{_text(name)}"
        scale = f"coalesce(v.{column.scale}, {_NONE})" if column.scale else _NONE
        return (
            f"select v.{_PLACE} as place, v.row_key, '{name}' as column_name,"
            f" {write.number} as write, {text} as text, {shown} as shown,"
            f" case when t.{table.key[0]} is null then {bulk.text_of(default, fact.type)}"
            f" else {stored} end as stored, t.{table.key[0]} is not null as has_row,"
            f" {shown_words} as shown_words, {str(shown_words != 'null').lower()} as takes_words,"
            f" {kind} as kind, {scale} as scale, v.{_IS_NEW} as is_new,"
            f" case when {text} = {shown} or {self._is_plain_text(write, kind)} then {text}"
            f" when {self._is_plain(write, kind)} then replace({text}, '.', '') end as plain"
            f" from {self._table('held')} as v left join {table.name} as t on {write.same('t')}"
            f" where {' and '.join(conditions)}"
        )

    def _said(self, write: _Write, shown: str) -> str:
        """Return in SQL whether a text says something of its cell, not only which row it is in."""
        name = write.column.name
        text = f"v.{_text(name)}"
        is_key, is_empty = f"v.{_HOW} = '{How.KEY}'", f"trim({text}) in ('', '-', '–')"
        said = f"({is_key} or not {is_empty})"
        if write.column.once:  # what is printed once stands for those beneath it, `–` for nothing
            said = f"(trim({text}) <> '' and not ({text} = '{NULL_SIGN}' and {shown} is null))"
        elif name == "number":
            said = is_key
        elif name == "code":
            said = f"({is_key} or (not {is_empty} and v.{_HOW} <> '{How.CODE}'))"
        elif name == self._cells.shown[self._cells.trunk].name:
            same = _alike(text, f"coalesce({shown}, {_NONE})")
            said = f"({is_key} or not ({is_empty} or {same}))"
        return f"{text} is not null and {said}"

    def _is_plain(self, write: _Write, kind: str) -> str:
        """Return in SQL whether a text is a whole number that the reader takes for its digits.

        Dots may stand between thousands: one alone only where no decimals are.
        """
        digits = min(write.fact.whole_digits, _PLAIN)
        if not digits or write.column.scale or self._cells.is_chosen(write.column):
            return "false"
        text = f"v.{_text(write.column.name)}"
        return (
            f"({kind} in {_DIGITS} and length(replace({text}, '.', '')) <= {digits}"
            f" and regexp_full_match({text}, case when"
            f" {kind} in ('rupiah', 'count') then '0|[1-9]\\d*|[1-9]\\d{{0,2}}(\\.\\d{{3}})+'"
            " else '0|[1-9]\\d*|[1-9]\\d{0,2}(\\.\\d{3}){2,}' end))"
        )

    def _is_plain_text(self, write: _Write, kind: str) -> str:
        """Return in SQL whether a text is one that the reader takes letter by letter."""
        is_other = write.column.scale or self._cells.is_chosen(write.column)
        if is_other or (write.fact.type != "VARCHAR" and not self._has_words(write)):
            return "false"
        text = f"v.{_text(write.column.name)}"
        ends = "[!-~\u00a1-\u024f]"
        return f"({kind} = 'text' and regexp_full_match({text}, '{ends}([^\\t\\n\\r]*{ends})?'))"

    def _has_words(self, write: _Write) -> bool:
        columns = self._facts.tables[write.target.table].columns
        return write.column.companion is not None and WORDS in columns

    def _read_texts(self) -> None:
        """Ask the reader for each text that is no plain number, once a column, kind and scale."""
        groups = self._read(
            "select c.column_name, c.kind, c.scale, c.text, any_value(c.row_key)"
            f" from {self._table('cell')} as c where c.plain is null group by all"
        )
        samples = self._rows_with({row_key for *_g, row_key in groups})
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
        self._keep("reading", f"select {listed}", columns)

    def _meaning(self, column: Column, row: ViewRow, text: str) -> Reading:
        """Return what a text means in a cell; raises as the reader."""
        if self._cells.is_chosen(column):
            for choice in self._cells.choices(column, row) or ():
                if plain(choice.value) == text:  # as machines write it
                    return Reading(choice.value)
        return self._editing.read_typed(self._cells, column, row, text, typed=False)

    def _rows_with(self, row_keys: Collection[str]) -> Mapping[str, ViewRow]:
        names, found = self._session.read(
            f"select * from {self._table('shown')} as v where {_AMONG}",
            [list(row_keys)],
            most=_EVERY,
        )
        rows = (dict(zip(names, row, strict=True)) for row in found)
        return {str(row["row_key"]): row for row in rows}

    # What is told of it

    def counts(self) -> tuple[int, int, int]:
        """Return how many cells are refused, how many change, and how many stay as they are."""
        ((refused, changed),) = self._read(
            "select count(*) filter (o.refused <> ''), count(*) filter (o.refused = '')"
            f" from {self._table('outcome')} as o"
        )
        ((cells,),) = self._read(f"select count(*) from {self._table('cell')}")
        return refused, changed, cells - refused - changed

    def page(self, start: int, stop: int) -> Sequence[Compared]:
        """Return outcomes: the refused, then what is new, then what changes, as the source does."""
        found = self._read(
            "select o.place, o.row_key, o.column_name, o.text, o.shown, o.value, o.words, o.is_new,"
            f" o.refused, o.remark from {self._table('outcome')} as o"
            " where o.rank > ? and o.rank <= ? order by o.rank",
            [start, stop],
        )
        return [Compared(*row) for row in found]

    def rank(self, line: int, column: str) -> int | None:
        """Return where the outcome of a cell stands among all, from 0 on; None if it has none."""
        found = self._read(
            f"select o.rank from {self._table('outcome')} as o"
            " where o.place = ? and o.column_name = ?",
            [line, column],
        )
        return int(found[0][0]) - 1 if found else None

    def missing(self, prefix: str) -> Sequence[str]:
        """Return the keys of the rows, those that begin so, that no line means."""
        found = self._read(
            f"select v.row_key from {self._table('shown')} as v"
            f" anti join {self._table('meant')} as m on m.row_key = v.row_key"
            " where starts_with(v.row_key, ?) order by v.rowid",
            [prefix],
        )
        return [key for (key,) in found]

    def rows_with(self, row_keys: Collection[str]) -> Mapping[str, ViewRow]:
        """Return rows of the view by their keys."""
        return self._rows_with(row_keys)

    # The act

    def act(self, label: str) -> BulkAct:
        """Return the act of all that is not refused; raises EditRefused where two texts differ."""
        runs: list[RowRun | CellRun] = list(self._rows_made())
        cell_runs: list[CellRun] = []
        keys_of: dict[str, list[str]] = {}
        for write in self._writes:
            table = self._facts.tables[write.target.table]
            changed = (
                f"from {self._table('outcome')} as o join {self._table('shown')} as v"
                f" on v.row_key = o.row_key where o.write = {write.number} and o.refused = ''"
            )
            listed = ", ".join(
                f"cast({sql} as {table.columns[name].type}) as {name}"
                for name, sql in write.keys.items()
            )
            for part, (column, before, after, condition) in enumerate(self._puts(write)):
                kind = table.columns[column].type
                rows = (
                    f"select distinct {listed}, cast({before} as {kind}) as before,"
                    f" cast({after} as {kind}) as after {changed} and {condition}"
                )
                if self._read(f"select 1 from ({rows}) limit 1"):
                    name = f"change_{write.number}_{part}"
                    self._keep(name, rows)
                    self._require_single(name, table.key)
                    cell_runs.append(CellRun(table.name, column, self._table(name)))
            keys_of.setdefault(table.name, []).append(
                f"select distinct {listed} {changed} and not o.has_row"
            )
        for name, selects in keys_of.items():
            runs += self._missing_rows(name, selects)
        return BulkAct(label, (*runs, *cell_runs, *self._read_again(cell_runs)))

    def _rows_made(self) -> Iterator[RowRun]:
        """Yield what makes rows, without things of which no cell is left nor anything under them.

        Whoever leaves a line out wants no row without a name instead.
        """
        kept: dict[RowRun, str] = {}
        for number, run in reversed([*enumerate(self._made)]):
            own = self._facts.tables[run.table].id_column
            if own is None:
                continue
            conditions = [
                (
                    f"exists (from {self._table('outcome')} as o where o.refused = ''"
                    f" and o.row_key = '{run.table}/' || r.{own})"
                ),
                *(
                    f"exists (from {rows} as c where c.{own} = r.{own})"
                    for below, rows in kept.items()
                    if own in below.names and below.table != run.table
                ),
            ]
            self._keep(
                f"kept_{number}", f"select r.* from {run.rows} as r where {' or '.join(conditions)}"
            )
            kept[run] = self._table(f"kept_{number}")
        for number, run in enumerate(self._made):
            rows = kept.get(run)
            if rows is None:
                gone = "".join(
                    f" and not exists (from {thing.rows} as g anti join {left} as k"
                    f" on k.{own} = g.{own} where g.{own} = r.{own})"
                    for thing, left in kept.items()
                    if (own := self._facts.tables[thing.table].id_column) in run.names
                )
                self._keep(f"kept_{number}", f"select r.* from {run.rows} as r where true{gone}")
                rows = self._table(f"kept_{number}")
            if self._read(f"select 1 from {rows} limit 1"):
                yield RowRun(run.table, run.names, rows)

    def _read_again(self, runs: Sequence[CellRun]) -> Iterator[CellRun]:
        """Yield what printed figures that change read as then."""
        changed: dict[FactKey, list[tuple[str, Value, Value]]] = {}
        for run in runs:
            if run.table == PRINTED:
                for number, before, after in self._read(f"from {run.rows}"):
                    key = ((f"{PRINTED}_id", number),)
                    changed.setdefault(key, []).append((run.column, before, after))
        columns = self._facts.tables[PRINTED].columns
        again = list(self._editing.printed_again(changed)) if changed else []
        for column in dict.fromkeys(name for _key, name, _before, _after in again):
            kind = columns[column].type
            rows = [
                (key[0][1], before, after) for key, name, before, after in again if name == column
            ]
            self._keep(
                f"reads_{column}",
                f"select unnest(cast(? as integer[])) as {PRINTED}_id,"
                f" unnest(cast(? as {kind}[])) as before, unnest(cast(? as {kind}[])) as after",
                [list(values) for values in zip(*rows, strict=True)],
            )
            yield CellRun(PRINTED, column, self._table(f"reads_{column}"))

    def _puts(self, write: _Write) -> Iterator[tuple[str, str, str, str]]:
        """Yield what a line's cells put where: column, before, after, and in which cells."""
        changed = "o.value is distinct from o.shown"
        if not self._has_words(write):
            yield write.target.column, "o.shown", "o.value", changed
            return
        yield write.target.column, "o.shown", "o.value", f"{changed} and o.kind <> 'text'"
        yield WORDS, "o.shown", "o.value", f"{changed} and o.kind = 'text'"
        names = {other.column.name for other in self._writes}
        if write.column.companion not in names:
            # A figure alone leaves the words that stand behind it, unless it is another.
            differ = (
                "o.words is distinct from o.shown_words and o.kind <> 'text'"
                f" and (o.words is not null or {changed})"
            )
            yield WORDS, "o.shown_words", "o.words", differ

    def _require_single(self, name: str, key: Sequence[str]) -> None:
        listed = ", ".join(key)
        twice = self._read(
            f"select any_value(before) from {self._table(name)} group by {listed}"
            " having count(*) > 1 limit 1"
        )
        if twice:
            raise EditRefused(
                _("The same fact is to become two different things."),
                _("It stands in several cells: leave one of them out."),
            )

    def _missing_rows(self, table: str, selects: Sequence[str]) -> Iterator[RowRun]:
        """Yield the rows of facts that are to be made before their figures are put in."""
        key = self._facts.tables[table].key
        same = " and ".join(f"t.{name} = k.{name}" for name in key)
        there = [table, *(run.rows for run in self._made if run.table == table)]
        absent = "".join(f" and not exists (from {rows} as t where {same})" for rows in there)
        listed = ", ".join(f"k.{name}" for name in key)
        self._keep(
            f"row_{table}",
            f"select distinct {listed} from ({' union '.join(selects)}) as k where true{absent}",
        )
        if self._read(f"select 1 from {self._table(f'row_{table}')} limit 1"):
            yield RowRun(table, key, self._table(f"row_{table}"))

    # Inside

    def keep_rows(
        self, table: str, names: Sequence[str], rows: Sequence[Sequence[object]], name: str
    ) -> RowRun:
        """Keep rows of facts that come to be under a name of one's own."""
        types = self._facts.tables[table].columns
        listed = ", ".join(f"unnest(cast(? as {types[n].type}[])) as {n}" for n in names)
        self._keep(name, f"select {listed}", [list(column) for column in zip(*rows, strict=True)])
        return RowRun(table, tuple(names), self._table(name))

    def _needed(self, columns: Collection[str]) -> Iterator[str]:
        """Yield the view's columns that tell what cells of these hold and where they write."""
        known = self._cells.columns
        for column in (known[name] for name in columns):
            named = (column.kind_from, column.companion, column.scale)
            yield from (name for name in named if name)
            for target in self._cells.query.header.edits.get(column.name, ()):
                yield from (part.column for part in target.key if part.column)

    def _table(self, name: str) -> str:
        return f"{self._memory}.main.{name}"

    def _keep(self, name: str, sql: str, values: Sequence[object] = ()) -> None:
        self._session.keep(name, sql, values, memory=self._memory)

    def _read(self, sql: str, values: Sequence[object] = ()) -> list[Tuple]:
        return self._session.read(sql, values, most=_EVERY)[1]


class _TakenBack(Exception):
    """Ends a transaction that was only to be looked at."""


def _part(column: str | None, literal: str | int | None) -> str:
    if column is not None:
        return f"v.{column}"
    return str(literal) if isinstance(literal, int) else f"'{literal}'"


def _alike(text: str, other: str) -> str:
    """Return in SQL whether two texts have the same letters and digits; most are just the same."""
    return f"({text} = {other} or {_FOLDED.format(text)} = {_FOLDED.format(other)})"


def _text(name: str) -> str:
    """Return what a column's texts are called, which no column of ours is."""
    return '"text of ' + name.replace('"', '""') + '"'
