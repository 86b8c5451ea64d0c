"""Which thing a row of a view is, what it stands under, and what stands beside it.

The `row` lines of a query's header tell. A row that no line fits is computed; one whose line
names a table of figures is about a thing, and is none itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lkjip_tui.core.acts import CellChange, FactKey, FactRow
from lkjip_tui.core.changes.siblings import Siblings
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.query.header import RowPart, RowRule, ViewRow
from lkjip_tui.core.storage.facts import Facts, FactTable
from lkjip_tui.language import _


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as it is stored, the line that makes its like, and what that hangs it on."""

    fact: FactRow
    rule: RowRule
    parent: FactKey

    @property
    def part(self) -> RowPart:
        """Its own table in the line."""
        return self.rule.parts[0]

    @property
    def id(self) -> int:
        """Its id."""
        return whole(dict(self.fact)[f"{self.part.table}_id"])

    def put(self, column: str, after: Value) -> CellChange:
        """Return the change that puts a value into it."""
        key = ((f"{self.part.table}_id", self.id),)
        return CellChange(self.part.table, key, column, dict(self.fact)[column], after)


class Things:
    """Finds the things behind the rows of a view with these `row` lines."""

    def __init__(self, facts: Facts, rules: Sequence[RowRule]) -> None:
        self._facts = facts
        self._rules = rules

    def own(self, row: ViewRow) -> RowPart | None:
        """Return the table that a row itself stands in, None when it is computed."""
        for part in (rule.parts[0] for rule in self._rules):
            id_column = self._facts.tables[part.table].id_column
            own = part.key_in(row) if id_column is None else row.get(id_column)
            if own is not None:
                return part
        return None

    def find(self, row: ViewRow) -> Thing:
        """Return the thing that a row is; raises EditRefused when it is none, or gone."""
        if not self._rules:
            raise EditRefused(
                _("Rows of this table are not made or deleted by hand."),
                _("Its rows are there when what they are about is."),
            )
        part = self.own(row)
        if part is None:
            raise EditRefused(
                _("This row is computed."), _("Go to one of those that it is computed from.")
            )
        id_column = self._facts.tables[part.table].id_column
        if id_column is None:
            raise EditRefused(
                _("This row holds figures about something, and can be there only once."),
                _("Go to what it is about, in the sheet of its own."),
            )
        key = ((id_column, row[id_column]),)
        self._facts.require_things(key)
        fact = self._facts.rows(part.table, key)[0]
        rule = self._line_of(part.table, dict(fact))
        if rule is None:
            raise EditRefused(
                _("This row stands under nothing yet."), _("Fill in what it belongs to.")
            )
        held = dict(fact)
        return Thing(fact, rule, tuple((key.name, held[key.name]) for key in rule.parts[0].key))

    def above(self, thing: Thing) -> tuple[FactTable, Value]:
        """Return the table and the id of what a thing stands under; raises EditRefused."""
        for name, owner in thing.parent:
            table = self._facts.tables.get(name.removesuffix("_id"))
            if table and table.id_column == name:
                return table, owner
        raise EditRefused(
            _("This row stands under no other."),
            _("What is a part of something can be put under another."),
        )

    def siblings(self, rule: RowRule, parent: FactKey) -> Siblings | None:
        """Return what stands under a parent in any year, None where the line numbers nothing."""
        part = rule.parts[0]
        if part.by is None:
            return None
        placed = sorted(
            (whole(fact[part.by]), whole(fact[f"{part.table}_id"]))
            for fact in map(dict, self._facts.rows(part.table, parent))
            # A service without a group is no sibling of those that have one.
            if fact[part.by] is not None and self._line_of(part.table, fact) is rule
        )
        return Siblings(part.table, part.by, {owner: number for number, owner in placed})

    def _line_of(self, table: str, fact: Mapping[str, Value]) -> RowRule | None:
        """Return the first line whose keys a thing holds: it stands under what they name."""
        for rule in self._rules:
            part = rule.parts[0]
            if part.table == table and all(fact[key.name] is not None for key in part.key):
                return rule
        return None


def whole(value: Value) -> int:
    """Return an id or a number, which a view may give in any type."""
    return int(str(value))
