"""Makes acts out of what a user does to cells of a view; applies none of them.

Where a cell writes stands in the query's header; this module only reads the facts that its lines
lead to.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from lkjip_tui.core.acts import Act, CellChange, Change, FactKey, RowMade
from lkjip_tui.core.changes import extent
from lkjip_tui.core.changes.plan import CellText, Outcome, Plan
from lkjip_tui.core.checks.proof import PRINTED, read_printed
from lkjip_tui.core.errors import EditRefused, InputRefused
from lkjip_tui.core.figures.values import Kind, Reading, Value, read
from lkjip_tui.core.query.catalogue import cells_of
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import Column, Target, ViewRow
from lkjip_tui.core.query.queries import Registry
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.facts import Facts, typed_rows
from lkjip_tui.language import _, mark

EDIT: Final = mark("edit")

#: Where the words behind a figure are kept, in the figure's own row.
WORDS: Final = "label"
#: What names the cell that a printed figure is held against.
_CELL: Final = ("view_name", "fiscal_year", "row_key", "column_name")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Columns of one row, each with the value shown and the one that shall be there."""

    table: str
    key: FactKey
    puts: tuple[tuple[str, Value, Value], ...]

    def but(self, put: Mapping[tuple[str, FactKey, str], Value], facts: Facts) -> "_Wanted":
        """Return the same without what has been put already; raises EditRefused if otherwise."""
        left = []
        for name, shown, after in self.puts:
            known = (self.table, self.key, name) in put
            if known and put[self.table, self.key, name] != after:
                told = facts.tables[self.table].columns[name].told
                raise EditRefused(
                    _("The same fact is to become {first} and {second}.").format(
                        first=told(put[self.table, self.key, name]), second=told(after)
                    ),
                    _("It stands in several cells: leave one of them out."),
                )
            if not known:
                left.append((name, shown, after))
        return _Wanted(self.table, self.key, tuple(left))


class _Stored:
    """The facts that rows of changes rest on, read a table at a time when one is asked for."""

    def __init__(self, facts: Facts, wanted: Iterable[_Wanted]) -> None:
        self._facts = facts
        self._keys = {
            (each.table, each.key)
            for each in wanted
            if any(shown is None for _name, shown, _after in each.puts)
        }
        self._rows: dict[str, Mapping[FactKey, Mapping[str, Value]]] = {}
        self._missing: Collection[tuple[str, Value]] | None = None

    def at(self, table: str, key: FactKey, column: str) -> tuple[bool, Value]:
        """Return whether a row exists, and what is there, or would be in a new row."""
        if (table, key) not in self._keys:
            return self._facts.stored(table, key, column)
        if table not in self._rows:
            asked = [key for name, key in self._keys if name == table]
            self._rows[table] = self._facts.found(table, asked)
        row = self._rows[table].get(key)
        return (False, self._facts.default(table, column)) if row is None else (True, row[column])

    def require_things(self, key: FactKey) -> None:
        """Refuse a row of things that are gone; raises EditRefused."""
        if self._missing is None:
            keys = (key for _table, key in self._keys)
            self._missing = self._facts.missing_things(chain(keys, [key]))
        self._facts.require_things(key, self._missing)


class _Prints:
    """What printed figures read as, by the kinds of the cells that they are held against.

    Both are read once for all rows of changes: computing the cells takes far longer than a fact.
    """

    def __init__(
        self, database: Database, facts: Facts, registry: Registry, wanted: Iterable[_Wanted]
    ) -> None:
        self._columns = facts.tables[PRINTED].columns
        changed = [each for each in wanted if each.table == PRINTED and each.puts]
        self._rows = facts.found(PRINTED, list({each.key for each in changed}))
        cells = {self._cell(each) for each in changed}
        self._kinds: dict[tuple[Value, ...], str] = {}
        if cells:
            types = {name: self._columns[name].type for name in _CELL}
            listed, values = typed_rows(types, list(cells))
            same = " and ".join(f"c.{name} = v.{name}" for name in _CELL)
            found = database.read(
                f"select {', '.join(f'c.{name}' for name in _CELL)}, c.kind"
                f" from ({cells_of(registry, {view for view, *_rest in cells})}) as c"
                f" join ({listed}) as v on {same}",
                values,
            )
            self._kinds = {tuple(cell): kind for *cell, kind in found}

    def read_again(self, wanted: _Wanted) -> _Wanted:
        """Return the same with what a printed figure reads as then; others as they are.

        Raises InputRefused for a number that no file can hold.
        """
        if wanted.table != PRINTED or not wanted.puts:
            return wanted
        fact = self._fact(wanted)
        printed = self._after(wanted)["printed"]
        value, places = read_printed(
            str(printed) if printed is not None else None,
            Kind(self._kinds.get(self._cell(wanted)) or Kind.TEXT),
        )
        self._columns["value"].require_fitting(value)
        reads = (("value", fact["value"], value), ("places", fact["places"], places))
        return replace(wanted, puts=wanted.puts + reads)

    def _after(self, wanted: _Wanted) -> Mapping[str, Value]:
        return {**self._fact(wanted), **{name: after for name, _shown, after in wanted.puts}}

    def _fact(self, wanted: _Wanted) -> Mapping[str, Value]:
        """Return the row that is changed; what is new holds nothing but its key yet."""
        return self._rows.get(wanted.key) or {**dict.fromkeys(self._columns), **dict(wanted.key)}

    def _cell(self, wanted: _Wanted) -> tuple[Value, ...]:
        after = self._after(wanted)
        return tuple(after[name] for name in _CELL)


class Editing:
    """Turns edits of views into acts on facts."""

    def __init__(self, database: Database, facts: Facts, registry: Registry) -> None:
        self._database = database
        self._facts = facts
        self._registry = registry

    def read_typed(
        self, cells: Cells, column: Column, row: ViewRow, text: str, *, typed: bool = True
    ) -> Reading:
        """Return what a text means in a cell, and that its fact can hold it.

        With `typed` by the rules of hand entry, else by those for figures from elsewhere.

        Raises InputRefused when it means nothing there, EditRefused for a computed cell.
        """
        target, _key = self._target(cells, column, row)
        kind = column.kind_in(row)
        if cells.is_chosen(column):
            reading = Reading(cells.chosen(column, text))
        else:
            reading = read(cells.spelled_out(column, row, text), kind, typed=typed)
        columns = self._facts.tables[target.table].columns
        has_words = self._has_words(column, target)
        if reading.words and not has_words:
            raise InputRefused(
                _("“{words}” cannot stand behind a figure here.").format(words=reading.words),
                _("Type the figure alone."),
            )
        written = WORDS if has_words and kind is Kind.TEXT else target.column
        columns[written].require_fitting(reading.value)
        return reading

    def edit(self, cells: Cells, column: Column, row: ViewRow, reading: Reading) -> Act | None:
        """Return the act that puts a reading into a cell; None when it is there already.

        Raises EditRefused when the stored value is not the one shown.
        """
        wanted = self._wanted(cells, column, row, reading)
        wanted = self._prints([wanted]).read_again(wanted)
        changes = list(self._changes(wanted, _Stored(self._facts, [wanted]), {}))
        return Act(EDIT, tuple(changes)) if changes else None

    def plan(
        self,
        cells: Cells,
        entries: Sequence[CellText],
        label: str,
        *,
        typed: bool,
        made: Sequence[Change] = (),
    ) -> Plan:
        """Return what texts for many cells would do; what cannot be is refused by itself.

        `typed` tells whether they were typed here, or come from elsewhere; `made` makes the rows
        that are not there yet.
        """
        read: list[tuple[CellText, Reading, _Wanted] | Outcome] = []
        for entry in entries:
            try:
                reading = self.read_typed(cells, entry.column, entry.row, entry.text, typed=typed)
                read.append((entry, reading, self._wanted(cells, entry.column, entry.row, reading)))
            except (InputRefused, EditRefused) as error:
                read.append(Outcome(entry, refused=str(error)))
        prints = self._prints([each[2] for each in read if isinstance(each, tuple)])
        for number, each in enumerate(read):
            if isinstance(each, tuple):
                entry, reading, wanted = each
                try:
                    read[number] = entry, reading, prints.read_again(wanted)
                except InputRefused as error:
                    read[number] = Outcome(entry, refused=str(error))
        stored = _Stored(self._facts, [each[2] for each in read if isinstance(each, tuple)])
        new = {(c.table, c.key): dict(c.row) for c in made if isinstance(c, RowMade)}
        put: dict[tuple[str, FactKey, str], Value] = {}
        changes = list(made)
        outcomes: list[Outcome] = []
        for each in read:
            if isinstance(each, Outcome):
                outcomes.append(each)
                continue
            entry, reading, wanted = each
            try:
                own = list(self._changes(wanted.but(put, self._facts), stored, new))
            except EditRefused as error:
                outcomes.append(Outcome(entry, reading, refused=str(error)))
                continue
            new |= {(c.table, c.key): dict(c.row) for c in own if isinstance(c, RowMade)}
            put |= {(c.table, c.key, c.column): c.after for c in own if isinstance(c, CellChange)}
            changes += own
            outcomes.append(Outcome(entry, reading, changes=bool(own)))
        act = Act(label, tuple(_together(changes)))
        return Plan(outcomes, act, extent.of(act.changes, self._facts.things))

    def printed_again(
        self, changed: Mapping[FactKey, Sequence[tuple[str, Value, Value]]]
    ) -> Iterator[tuple[FactKey, str, Value, Value]]:
        """Yield what changed printed figures read as then: key, column, before and after.

        `changed` has columns with their values before and after. Raises InputRefused for a number
        that no file can hold.
        """
        wanted = [_Wanted(PRINTED, key, tuple(puts)) for key, puts in changed.items()]
        prints = self._prints(wanted)
        for each in wanted:
            for name, before, after in prints.read_again(each).puts[len(each.puts) :]:
                if before != after:
                    yield each.key, name, before, after

    def _wanted(self, cells: Cells, column: Column, row: ViewRow, reading: Reading) -> "_Wanted":
        """Return what a reading puts where; nothing when it is there already."""
        target, key = self._target(cells, column, row)
        puts = [(target.column, row[column.name], reading.value)]
        if column.companion and self._has_words(column, target):
            label = row.get(column.companion)
            if column.kind_in(row) is Kind.TEXT:
                puts = [(WORDS, label, reading.value)]
            elif reading.words != label:
                # What is typed is all that shall be there: the editor began with the words, too.
                puts.append((WORDS, label, reading.words))
        if all(before == after for _name, before, after in puts):
            puts = []
        return _Wanted(target.table, key, tuple(puts))

    def _changes(
        self,
        wanted: "_Wanted",
        known: "_Stored",
        new: Mapping[tuple[str, FactKey], Mapping[str, Value]],
    ) -> Iterator[Change]:
        """Yield what puts values into a row, which is made unless it is there or `new`."""
        table, key = wanted.table, wanted.key
        held = new.get((table, key))
        exists = False
        stored: Value
        for name, shown, after in wanted.puts:
            column = self._facts.tables[table].columns[name]
            if held is not None:
                stored = held[name] if name in held else self._facts.default(table, name)
            elif shown is not None and column.default is None:
                # Only a stored row shows it; whoever applies the act sees whether it still does.
                exists, stored = True, shown
            else:
                is_there, stored = known.at(table, key, name)
                if stored != shown:
                    raise EditRefused(
                        _("The cell shows {shown}, but the fact behind it is {stored}.").format(
                            shown=column.told(shown), stored=column.told(stored)
                        ),
                        _("It changed meanwhile, or it is the sum of its quarters: edit those."),
                    )
                if not (exists or is_there):
                    known.require_things(key)
                    yield RowMade(table, key, key)
                exists = True
            if stored != after:
                yield CellChange(table, key, name, stored, after)

    def _prints(self, wanted: Iterable[_Wanted]) -> _Prints:
        return _Prints(self._database, self._facts, self._registry, wanted)

    def _has_words(self, column: Column, target: Target) -> bool:
        """Return whether the fact behind a cell has a place for words behind the figure."""
        return column.companion is not None and WORDS in self._facts.tables[target.table].columns

    def _target(self, cells: Cells, column: Column, row: ViewRow) -> tuple[Target, FactKey]:
        found = cells.target(column, row)
        if found is None:
            raise EditRefused(
                _("This cell is computed."), _("Edit the figures that it is computed from.")
            )
        return found


def _together(changes: Iterable[Change]) -> Iterable[Change]:
    """Return the rows made first, then the values column by column: few statements apply them."""

    def order(change: Change) -> tuple[bool, str, str]:
        is_cell = isinstance(change, CellChange)
        return is_cell, change.table, change.column if isinstance(change, CellChange) else ""

    return sorted(changes, key=order)
