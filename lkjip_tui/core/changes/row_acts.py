"""Makes acts out of what a user does to the rows of a view; applies none of them.

The `row` lines of the query's header say what a row is: a thing under its parent, or figures
about one. Where a line numbers its things, siblings are all that stand under one parent, in
whatever year: those that the screen does not show keep their places among the others.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lkjip_tui.core.acts import Act, CellChange, Change, FactKey, RowMade, RowRemoved
from lkjip_tui.core.changes.branch import Branch
from lkjip_tui.core.changes.siblings import Siblings
from lkjip_tui.core.changes.things import Thing, Things, whole
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.core.figures.values import Value, quoted
from lkjip_tui.core.query import rows
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.choosing import Choice
from lkjip_tui.core.query.header import RowPart, RowRule, ViewRow
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.facts import Facts
from lkjip_tui.language import _, mark

NEW_ROW: Final = mark("new row")
DUPLICATE: Final = mark("duplicate")
MOVE: Final = mark("move")
PUT_UNDER: Final = mark("put under")
DELETE: Final = mark("delete")

#: Siblings among which a row is moved.
_MOST: Final = 20_000


@dataclass(frozen=True, slots=True)
class NewRow:
    """An act that makes a row, and the `row_key` under which the view will show it."""

    act: Act
    row_key: str | None


@dataclass(frozen=True, slots=True)
class MadeRow:
    """What makes one row, its `row_key`, and the keys that its cells are written by."""

    changes: tuple[Change, ...]
    row_key: str | None
    held: ViewRow


@dataclass(frozen=True, slots=True)
class Deletion:
    """An act that removes rows, and what they take along: table and number of rows.

    `loosened` are the rows that stay and name a removed one no more. `of_year` says that facts
    of the year are among them.
    """

    act: Act
    counts: tuple[tuple[str, int], ...]
    loosened: tuple[tuple[str, int], ...]
    stays_in_other_years: bool
    of_year: bool


class RowActs:
    """Turns what is done to whole rows into acts on facts."""

    def __init__(self, database: Database, facts: Facts) -> None:
        self._database = database
        self._facts = facts

    def new_row(self, cells: Cells, row: ViewRow) -> NewRow:
        """Return the act that makes a row at the cursor; `row` has year and stage at least.

        Raises EditRefused when no row can be made here, or when it is there already.
        """
        (made,) = self.new_rows(cells, row, 1)
        return NewRow(Act(NEW_ROW, made.changes), made.row_key)

    def new_rows(self, cells: Cells, row: ViewRow, count: int) -> Sequence[MadeRow]:
        """Return what makes so many rows at the cursor, one behind the other, as `new_row` does."""
        rules = cells.query.header.rows
        filled = ((rule, rule.parts[0].key_in(row)) for rule in rules)
        rule, parent = next(((r, key) for r, key in filled if key is not None), (None, ()))
        if rule is None:
            raise EditRefused(
                _("No row can be made here.") if rules
                else _("Rows of this table are not made or deleted by hand."),
                _("Its rows are there when what they are about is.")
                if not rules
                else _("Go to a row to which it belongs."),
            )  # fmt: skip
        part, things = rule.parts[0], Things(self._facts, rules)
        id_column = self._facts.tables[part.table].id_column
        self._facts.require_things(tuple(part for part in parent if part[0] != id_column))
        if id_column is None:
            return [self._made(rule.parts, row, "", ())]
        row = {name: row[name] for name in _named(rule) if name in row}
        numbered, moved = _room(things.siblings(rule, parent), row.get(id_column), count)
        found = []
        for place, new_id in enumerate(self._facts.new_ids(count)):
            key: FactKey = ((id_column, new_id),)
            own = {by: number + place for by, number in numbered.items()}
            thing = RowMade(part.table, key, (*key, *parent, *own.items()))
            changes = (*(moved if not place else ()), thing)
            held = {**row, **dict(parent), **own, id_column: new_id}
            found.append(self._made(rule.parts[1:], held, _row_key(part.table, key), changes))
        return found

    def _made(
        self, members: Sequence[RowPart], row: ViewRow, row_key: str, changes: Sequence[Change]
    ) -> MadeRow:
        """Return a row with the figures that make it a member of the view."""
        made = list(changes)
        for member in members:
            key = tuple((k.name, k.value(row)) for k in member.key)
            if self._facts.rows(member.table, key):
                raise EditRefused(
                    _("This row is there already."), _("Fill its empty cells instead.")
                )
            made.append(RowMade(member.table, key, key))
        return MadeRow(tuple(made), row_key or None, row)

    def duplicate(self, cells: Cells, row: ViewRow, year: int) -> NewRow:
        """Return the act that makes the cursor's thing once more behind itself.

        The copy holds what the thing and all beneath it hold in `year`, and nothing of other
        years. Raises EditRefused for a row that is no thing.
        """
        things = self._things(cells)
        thing = things.find(row)
        numbered, moved = _room(things.siblings(thing.rule, thing.parent), thing.id)
        branch = Branch.read(self._facts, thing.part.table, thing.fact, year)
        made = branch.copied(self._facts.new_ids, numbered)
        return NewRow(Act(DUPLICATE, (*moved, *made)), _row_key(thing.part.table, made[0].key))

    def move(self, cells: Cells, row: ViewRow, year: int, step: int) -> Act:
        """Return the act that exchanges a row with the sibling shown before or behind it.

        `step` is -1 or 1. Raises EditRefused at either end, and where rows are not numbered.
        """
        if not any(rule.parts[0].by for rule in cells.query.header.rows):
            raise _order_is_computed()
        things = self._things(cells)
        thing = things.find(row)
        siblings = things.siblings(thing.rule, thing.parent)
        shown = self._shown(cells, thing, row, year)
        # A view may be ordered by something else than the numbers.
        if siblings is None or thing.id not in shown or not siblings.are_in_order(shown):
            raise _order_is_computed()
        at = shown.index(thing.id) + step
        if not 0 <= at < len(shown):
            raise EditRefused(
                _("This row is the first already.") if step < 0
                else _("This row is the last already."),
                _("It moves among the rows beside it."),
            )  # fmt: skip
        return Act(MOVE, tuple(siblings.exchanged(thing.id, shown[at])))

    def renumbered_years(self, query: Query, act: Act) -> int:
        """Return in how many years a view shows what an act gave other numbers; 0 for nothing."""
        numbered = {(rule.parts[0].table, rule.parts[0].by) for rule in query.header.rows}
        keys = [
            change.key[0]
            for change in act.changes
            if isinstance(change, CellChange) and (change.table, change.column) in numbered
        ]
        if not keys:
            return 0
        return rows.year_count(self._database, query, keys[0][0], {owner for _id, owner in keys})

    def parents(self, cells: Cells, row: ViewRow, year: int) -> Sequence[Choice]:
        """Return the other things of the view that the cursor's could stand under, in its order.

        Raises EditRefused for what stands under nothing.
        """
        things = self._things(cells)
        table, held = things.above(things.find(row))
        found = rows.read(self._database, cells.query, year)
        paths: dict[tuple[str, Value], str] = {}
        choices = []
        for each in map(found.named, found.window(0, found.count)):
            part = things.own(each)
            if part is None:
                continue
            # Kegiatan of two programs may bear one number and one name.
            above = [paths.get((k.name, each.get(k.column or "")), "") for k in part.key]
            path = ".".join(filter(None, [*above, _number_text(cells, part, each)]))
            id_column = f"{part.table}_id"
            paths[id_column, each.get(id_column)] = path
            if part.table == table.name and each[id_column] != held:
                name = cells.text(cells.shown[cells.trunk], each)
                choices.append(Choice(each[id_column], f"{path} {name}".strip()))
        return choices

    def put_under(self, cells: Cells, row: ViewRow, parent: Value) -> Act:
        """Return the act that takes the cursor's thing to another parent, behind all others there.

        Where its old siblings were counted without a gap they are counted so again.
        """
        things = self._things(cells)
        thing = things.find(row)
        table, held = things.above(thing)
        column = f"{table.name}_id"
        if parent == held:
            raise EditRefused(_("It stands there already."), _("Choose another."))
        self._facts.require_things(((column, parent),))
        changes = [thing.put(column, parent)]
        new_parent = tuple((n, parent if n == column else v) for n, v in thing.parent)
        siblings = things.siblings(thing.rule, thing.parent)
        numbered, _moved = _room(things.siblings(thing.rule, new_parent), None)
        changes += [thing.put(by, number) for by, number in numbered.items()]
        changes += siblings.closed(thing.id) if siblings else []
        changes = [change for change in changes if change.before != change.after]
        return Act(PUT_UNDER, tuple(changes))

    def delete(self, cells: Cells, chosen: Sequence[ViewRow], year: int) -> Deletion:
        """Return the act that takes rows out of `year`; siblings stay as they are.

        What other years hold stays there; a thing that no year holds any more goes too.
        Raises EditRefused when one of them is computed, or not stored.
        """
        changes: dict[Change, None] = {}  # of what hangs on each other, each once
        stays = False
        for row in chosen:
            try:
                removal, row_stays = self._removal(cells, row, year)
            except EditRefused as error:
                if len(chosen) == 1:
                    raise
                name = quoted(cells.text(cells.shown[cells.trunk], row))
                raise EditRefused(f"“{name}”: {error.message}", error.hint) from error
            changes |= dict.fromkeys(removal)
            stays |= row_stays
        gone = Counter(change.table for change in changes if isinstance(change, RowRemoved))
        loose = Counter(change.table for change in changes if isinstance(change, CellChange))
        act = Act(DELETE, tuple(changes))
        of_year = any("fiscal_year" in self._facts.tables[name].columns for name in gone)
        return Deletion(act, tuple(gone.items()), tuple(loose.items()), stays, of_year)

    def _removal(self, cells: Cells, row: ViewRow, year: int) -> tuple[Sequence[Change], bool]:
        """Return what takes one row out of a year, and whether another year holds of it."""
        part = self._things(cells).own(row)
        if not cells.query.header.rows:
            raise EditRefused(
                _("Rows of this table are not made or deleted by hand."),
                _("Del clears a cell that is a fact."),
            )
        if part is None:
            raise EditRefused(
                _("This row is computed and cannot be deleted."),
                _("Delete what it is computed from."),
            )
        id_column = self._facts.tables[part.table].id_column
        key = ((id_column, row[id_column]),) if id_column else part.key_in(row) or ()
        changes: list[Change] = []
        stays = False
        for fact in self._facts.rows(part.table, key):
            if id_column:
                branch = Branch.read(self._facts, part.table, fact, year)
                changes += branch.removed()
                stays |= branch.stays
            else:
                changes.append(RowRemoved(part.table, self._facts.key_of(part.table, fact), fact))
        if not changes:
            raise EditRefused(
                _("Nothing of this row is stored in {year}.").format(year=year),
                _("There is nothing to delete."),
            )
        return changes, stays

    # Inside

    def _things(self, cells: Cells) -> Things:
        return Things(self._facts, cells.query.header.rows)

    def _shown(self, cells: Cells, thing: Thing, row: ViewRow, year: int) -> Sequence[int]:
        """Return the siblings that the view shows in a year, in its order."""
        header = cells.query.header
        names = [key.column for key in thing.part.key] + [header.level]
        held = {"fiscal_year": year, **{name: row[name] for name in names if name}}
        found = rows.matching(self._database, cells.query, held, _MOST)
        id_column = f"{thing.part.table}_id"
        return list(dict.fromkeys(whole(each[id_column]) for each in found if each[id_column]))


def _number_text(cells: Cells, part: RowPart, row: ViewRow) -> str:
    """Return a thing's number as its cell prints it, empty where none shows it."""
    for column in cells.shown:
        found = cells.target(column, row)
        if found and (found[0].table, found[0].column) == (part.table, part.by):
            return cells.text(column, row)
    return ""


def _row_key(table: str, key: FactKey) -> str:
    return f"{table}/{key[0][1]}"


def _named(rule: RowRule) -> Iterator[str]:
    """Yield the columns of a view that a row made by a line is keyed by."""
    return (key.column for part in rule.parts for key in part.key if key.column)


def _room(
    siblings: Siblings | None, owner: Value, count: int = 1
) -> tuple[Mapping[str, int], list[CellChange]]:
    """Return the first number, by its column, of what comes behind a thing; and who makes room."""
    if siblings is None:
        return {}, []
    number, moved = siblings.room_behind(owner, count)
    return {siblings.by: number}, moved


def _order_is_computed() -> EditRefused:
    return EditRefused(
        _("The order of these rows is computed."), _("It follows from what they hold.")
    )
