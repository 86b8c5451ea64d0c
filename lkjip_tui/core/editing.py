"""Makes acts out of what a user does to a cell or a row of a view; applies none of them.

Where a cell writes, what a new row is made of and what a removed one takes with it stand in the
query's header; this module only reads the facts that these lines lead to.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lkjip_tui.core.acts import Act, CellChange, Change, FactKey, FactRow, RowMade, RowRemoved
from lkjip_tui.core.cells import Cells
from lkjip_tui.core.database import Database
from lkjip_tui.core.errors import EditRefused, InputRefused
from lkjip_tui.core.facts import Facts, told
from lkjip_tui.core.header import Column, RowPart, RowRule, Target, ViewRow
from lkjip_tui.core.plan import CellText, Outcome, Plan
from lkjip_tui.core.proof import PRINTED, read_printed
from lkjip_tui.core.values import Kind, Reading, Value, read
from lkjip_tui.language import _, mark

EDIT: Final = mark("edit")
NEW_ROW: Final = mark("new row")
DELETE: Final = mark("delete")

#: Where the words behind a figure are kept, in the figure's own row.
_WORDS: Final = "label"


@dataclass(frozen=True, slots=True)
class NewRow:
    """An act that makes a row, and the `row_key` under which the view will show it."""

    act: Act
    row_key: str | None


@dataclass(frozen=True, slots=True)
class Deletion:
    """An act that removes a row, and what it takes along: table and number of rows.

    `loosened` are the rows that stay and name the removed one no more. `of_year` says that facts
    of the year are among them.
    """

    act: Act
    counts: tuple[tuple[str, int], ...]
    loosened: tuple[tuple[str, int], ...]
    stays_in_other_years: bool
    of_year: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Columns of one row, each with the value shown and the one that shall be there."""

    table: str
    key: FactKey
    puts: tuple[tuple[str, Value, Value], ...]

    def but(self, put: Mapping[tuple[str, FactKey, str], Value]) -> "_Wanted":
        """Return the same without what has been put already; raises EditRefused if otherwise."""
        left = []
        for name, shown, after in self.puts:
            known = (self.table, self.key, name) in put
            if known and put[self.table, self.key, name] != after:
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
        self._things: dict[str, set[Value]] = {}

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
        for name, owner in key:
            table = self._facts.tables.get(name.removesuffix("_id"))
            if table is None or name != table.id_column:
                continue
            if name not in self._things:
                owners = {dict(asked).get(name) for _table, asked in self._keys} | {owner}
                asked_for: list[FactKey] = [((name, each),) for each in owners - {None}]
                found = self._facts.found(table.name, asked_for)
                self._things[name] = {row[name] for row in found.values()}
            if owner not in self._things[name]:
                raise EditRefused(
                    _("What this belongs to is gone."), _("The screen shows it no more.")
                )


class Editing:
    """Turns edits of views into acts on facts."""

    def __init__(self, database: Database, facts: Facts) -> None:
        self._database = database
        self._facts = facts

    def read_typed(
        self, cells: Cells, column: Column, row: ViewRow, text: str, *, typed: bool = True
    ) -> Reading:
        """Return what a text means in a cell, and that its fact can hold it.

        With `typed` by the rules of hand entry, else by those for figures from elsewhere.

        Raises InputRefused when it means nothing there, EditRefused for a computed cell.
        """
        target, _key = self._target(cells, column, row)
        kind = column.kind_in(row)
        if column.name in cells.query.header.choices:
            reading = Reading(cells.chosen(column, text))
        else:
            reading = read(text, kind, typed=typed)
        columns = self._facts.tables[target.table].columns
        has_words = self._has_words(column, target)
        if reading.words and not has_words:
            raise InputRefused(
                _("“{words}” cannot stand behind a figure here.").format(words=reading.words),
                _("Type the figure alone."),
            )
        written = _WORDS if has_words and kind is Kind.TEXT else target.column
        columns[written].require_fitting(reading.value)
        return reading

    def edit(self, cells: Cells, column: Column, row: ViewRow, reading: Reading) -> Act | None:
        """Return the act that puts a reading into a cell; None when it is there already.

        Raises EditRefused when the stored value is not the one shown.
        """
        wanted = self._wanted(cells, column, row, reading)
        changes = list(self._changes(wanted, _Stored(self._facts, [wanted]), set()))
        return Act(EDIT, tuple(changes)) if changes else None

    def plan(self, cells: Cells, entries: Sequence[CellText], label: str, *, typed: bool) -> Plan:
        """Return what texts for many cells would do; what cannot be is refused by itself.

        `typed` tells whether they were typed here, or come from elsewhere.
        """
        read: list[tuple[CellText, Reading, _Wanted] | Outcome] = []
        for entry in entries:
            try:
                reading = self.read_typed(cells, entry.column, entry.row, entry.text, typed=typed)
                read.append((entry, reading, self._wanted(cells, entry.column, entry.row, reading)))
            except (InputRefused, EditRefused) as error:
                read.append(Outcome(entry, refused=str(error)))
        stored = _Stored(self._facts, [each[2] for each in read if isinstance(each, tuple)])
        made: set[tuple[str, FactKey]] = set()
        put: dict[tuple[str, FactKey, str], Value] = {}
        changes: list[Change] = []
        outcomes: list[Outcome] = []
        for each in read:
            if isinstance(each, Outcome):
                outcomes.append(each)
                continue
            entry, reading, wanted = each
            try:
                own = list(self._changes(wanted.but(put), stored, made))
            except EditRefused as error:
                outcomes.append(Outcome(entry, reading, refused=str(error)))
                continue
            made |= {(c.table, c.key) for c in own if isinstance(c, RowMade)}
            put |= {(c.table, c.key, c.column): c.after for c in own if isinstance(c, CellChange)}
            changes += own
            outcomes.append(Outcome(entry, reading, changes=bool(own)))
        return Plan(outcomes, Act(label, tuple(_together(changes))))

    def _wanted(self, cells: Cells, column: Column, row: ViewRow, reading: Reading) -> "_Wanted":
        """Return what a reading puts where; nothing when it is there already."""
        target, key = self._target(cells, column, row)
        puts = [(target.column, row[column.name], reading.value)]
        if column.companion and self._has_words(column, target):
            label = row.get(column.companion)
            if column.kind_in(row) is Kind.TEXT:
                puts = [(_WORDS, label, reading.value)]
            elif reading.words != label:
                # What is typed is all that shall be there: the editor began with the words, too.
                puts.append((_WORDS, label, reading.words))
        if all(before == after for _name, before, after in puts):
            puts = []
        elif target.table == PRINTED:
            puts += self._read_again(key, {name: after for name, _before, after in puts})
        return _Wanted(target.table, key, tuple(puts))

    def _changes(
        self, wanted: "_Wanted", known: "_Stored", made: Collection[tuple[str, FactKey]]
    ) -> Iterator[Change]:
        """Yield what puts values into a row, which is made unless it is there or `made`."""
        table, key = wanted.table, wanted.key
        exists = (table, key) in made
        stored: Value
        for name, shown, after in wanted.puts:
            if shown is not None and self._facts.tables[table].columns[name].default is None:
                # Only a stored row shows it; whoever applies the act sees whether it still does.
                exists, stored = True, shown
            else:
                is_there, stored = known.at(table, key, name)
                if stored != shown:
                    raise EditRefused(
                        _("The cell shows {shown}, but the fact behind it is {stored}.").format(
                            shown=told(shown), stored=told(stored)
                        ),
                        _("It changed meanwhile, or it is the sum of its quarters: edit those."),
                    )
                if not (exists or is_there):
                    known.require_things(key)
                    yield RowMade(table, key, key)
                exists = True
            if stored != after:
                yield CellChange(table, key, name, stored, after)

    def new_row(self, cells: Cells, row: ViewRow) -> NewRow:
        """Return the act that makes a row at the cursor; `row` has year and stage at least.

        Raises EditRefused when no row can be made here, or when it is there already.
        """
        rules = cells.query.header.rows
        rule = next((rule for rule in rules if _filled(rule.parts[0], row)), None)
        if rule is None:
            raise EditRefused(
                _("No row can be made here.") if rules
                else _("Rows of this table are not made or deleted by hand."),
                _("Its rows are there when what they are about is.")
                if not rules
                else _("Go to a row to which it belongs."),
            )  # fmt: skip
        first = self._facts.tables[rule.parts[0].table]
        _Stored(self._facts, ()).require_things(
            tuple((k.name, k.value(row)) for k in rule.parts[0].key if k.name != first.id_column)
        )
        changes: list[Change] = []
        row_key = None
        if first.id_column:
            new_id = self._facts.new_ids()[0]
            passed = rules[: rules.index(rule)]
            changes += self._entity(rule.parts[0], passed, row, new_id)
            row = {**row, first.id_column: new_id}
            row_key = f"{first.name}/{new_id}"
        for part in rule.parts[1 if first.id_column else 0 :]:
            key = tuple((k.name, k.value(row)) for k in part.key)
            if self._facts.rows(part.table, key):
                raise EditRefused(
                    _("This row is there already."), _("Fill its empty cells instead.")
                )
            changes.append(RowMade(part.table, key, key))
        return NewRow(Act(NEW_ROW, tuple(changes)), row_key)

    def delete(self, cells: Cells, row: ViewRow, year: int) -> Deletion:
        """Return the act that takes the cursor's row out of `year`.

        What other years hold stays there; a thing that no year holds any more goes too.
        Raises EditRefused for a row that is computed.
        """
        rules = cells.query.header.rows
        part = next((p for rule in rules if (p := self._own(rule, row))), None)
        if not rules:
            raise EditRefused(
                _("Rows of this table are not made or deleted by hand."),
                _("Del clears a cell that is a fact."),
            )
        if part is None:
            raise EditRefused(
                _("This row is computed and cannot be deleted."),
                _("Delete what it is computed from."),
            )
        table = self._facts.tables[part.table]
        if table.id_column:
            changes = list(self._remove(table.name, row[table.id_column], year))
            stays = not any(isinstance(c, RowRemoved) and c.table == table.name for c in changes)
        else:
            key = tuple((k.name, k.value(row)) for k in part.key)
            found = self._facts.rows(table.name, key)
            changes = [self._removed(table.name, fact) for fact in found]
            stays = False
        if not changes:
            raise EditRefused(
                _("Nothing of this row is stored in {year}.").format(year=year),
                _("There is nothing to delete."),
            )
        gone = Counter(change.table for change in changes if isinstance(change, RowRemoved))
        loose = Counter(change.table for change in changes if isinstance(change, CellChange))
        act = Act(DELETE, tuple(changes))
        of_year = any("fiscal_year" in self._facts.tables[name].columns for name in gone)
        return Deletion(act, tuple(gone.items()), tuple(loose.items()), stays, of_year)

    # What a row is made of

    def _entity(
        self, part: RowPart, passed: Sequence[RowRule], row: ViewRow, new_id: int
    ) -> Iterator[Change]:
        """Yield the new thing, after making room for its number among its siblings.

        `passed` are the rules that the cursor's row has no keys for: where they name a parent of
        the same table, the new thing has none, and so have its siblings.
        """
        table = self._facts.tables[part.table]
        key: FactKey = ((f"{table.name}_id", new_id),)
        parent = tuple((k.name, k.value(row)) for k in part.key)
        numbered: FactRow = ()
        if part.by:
            siblings = [dict(fact) for fact in self._facts.rows(part.table, parent)]
            for other in (rule.parts[0] for rule in passed):
                if other.table == part.table:
                    siblings = [s for s in siblings if all(s[k.name] is None for k in other.key)]
            number, moved = self._place(part, siblings, row)
            yield from moved
            numbered = ((part.by, number),)
        yield RowMade(table.name, key, (*key, *parent, *numbered))

    def _place(
        self, part: RowPart, siblings: Sequence[Mapping[str, Value]], row: ViewRow
    ) -> tuple[int, list[CellChange]]:
        """Return the number after the cursor's, or the next one, and who makes room for it."""
        by, id_column = str(part.by), f"{part.table}_id"
        numbers = {fact[id_column]: int(str(fact[by])) for fact in siblings if fact[by] is not None}
        here = numbers.get(row.get(id_column))
        if here is None:
            return max(numbers.values(), default=0) + 1, []
        behind = [(owner, n) for owner, n in numbers.items() if n > here]
        moved = [CellChange(part.table, ((id_column, owner),), by, n, n + 1) for owner, n in behind]
        return here + 1, moved

    # What a removed row takes along

    def _own(self, rule: RowRule, row: ViewRow) -> RowPart | None:
        """Return the part of a rule that the cursor's row itself is, None when it is none."""
        part = rule.parts[0]
        id_column = self._facts.tables[part.table].id_column
        if id_column is None:
            return part if _filled(part, row) else None
        return part if row.get(id_column) is not None else None

    def _remove(self, table: str, owner: Value, year: int) -> Iterator[Change]:
        """Yield what of a thing belongs to `year`, and the thing itself when nothing else does."""
        id_column = f"{table}_id"
        held = False
        loose: list[CellChange] = []
        for other in self._facts.tables.values():
            if other.name == table or id_column not in other.columns:
                continue
            rows = self._facts.rows(other.name, ((id_column, owner),))
            if other.id_column:
                for fact in rows:
                    gone = list(self._remove(other.name, dict(fact)[other.id_column], year))
                    yield from gone
                    last = gone[-1] if gone else None
                    held |= not (isinstance(last, RowRemoved) and last.table == other.name)
            elif id_column in other.key:
                for fact in rows:
                    if dict(fact).get("fiscal_year", year) == year:
                        yield self._removed(other.name, fact)
                    else:
                        held = True
            else:
                loose += [
                    CellChange(
                        other.name, self._facts.key_of(other.name, fact), id_column, owner, None
                    )
                    for fact in rows
                ]
        if not held:
            yield from loose
            for fact in self._facts.rows(table, ((id_column, owner),)):
                yield self._removed(table, fact)

    def _removed(self, table: str, fact: FactRow) -> RowRemoved:
        return RowRemoved(table, self._facts.key_of(table, fact), fact)

    def _read_again(
        self, key: FactKey, changed: Mapping[str, Value]
    ) -> Iterator[tuple[str, Value, Value]]:
        """Yield what a printed figure reads as, by the kind of the cell it is held against.

        Raises InputRefused for a number that no file can hold; one that is gone yields nothing.
        """
        found = self._facts.rows(PRINTED, key)
        if not found:
            return
        fact = dict(found[0])
        after = {**fact, **changed}
        kind = self._database.value(
            "select kind from basis.cell where view_name = ? and fiscal_year = ?"
            " and row_key = ? and column_name = ?",
            [after[name] for name in ("view_name", "fiscal_year", "row_key", "column_name")],
        )
        printed = after["printed"]
        value, places = read_printed(
            str(printed) if printed is not None else None, Kind(str(kind)) if kind else Kind.TEXT
        )
        self._facts.tables[PRINTED].columns["value"].require_fitting(value)
        yield "value", fact["value"], value
        yield "places", fact["places"], places

    def _has_words(self, column: Column, target: Target) -> bool:
        """Return whether the fact behind a cell has a place for words behind the figure."""
        return column.companion is not None and _WORDS in self._facts.tables[target.table].columns

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


def _filled(part: RowPart, row: ViewRow) -> bool:
    return all(key.value(row) is not None for key in part.key)
