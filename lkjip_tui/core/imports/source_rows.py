"""The facts that make rows of a source which the file has not: things, and what a year has of them.

A thing comes under its parent, behind those that are there; one that only other years have becomes
one of this year. The `row` lines of the view's header say which facts that takes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

from lkjip_tui.core.acts import RowRun
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.imports.identity import KnownThing, NewThing
from lkjip_tui.core.imports.recognition import name_key
from lkjip_tui.core.query.header import KeyPart, RowPart, RowRule, ViewRow
from lkjip_tui.core.storage.facts import Facts

KeepRows = Callable[[str, Sequence[str], Sequence[Sequence[object]], str], RowRun]
"""Keeps rows of a table, by its columns' names, under a name for SQL."""

#: Ids that are taken at once, and how often that many are doubled.
_SOME, _MOST = 100, 9


@dataclass(frozen=True, slots=True)
class Joining:
    """A thing that the year's view shall show: new, or known from other years."""

    table: str
    id: int


def levels(rules: Sequence[RowRule]) -> Sequence[str]:
    """Return the tables of a tree from the top down; its header has them the other way round."""
    return list(dict.fromkeys(rule.parts[0].table for rule in reversed(rules)))


class SourceRows:
    """Knows the things of the tables that a view's rows are made of, and makes more."""

    def __init__(self, facts: Facts, rules: Sequence[RowRule], names: ViewRow) -> None:
        self._facts, self._rules, self._names = facts, rules, names
        batches = (facts.new_ids(_SOME << min(number, _MOST)) for number in count())
        self._ids: Iterator[int] = chain.from_iterable(batches)

    def new_id(self) -> int:
        """Return an id that no thing ever had."""
        return next(self._ids)

    def known(self, table: str) -> Sequence[KnownThing]:
        """Return the things of a table in whatever year."""
        found = []
        parent = self._parent_of(table)
        for fact in map(dict, self._facts.rows(table)):
            above = fact[parent.name] if parent else None
            found.append(
                KnownThing(
                    int(str(fact[f"{table}_id"])),
                    int(str(above)) if above is not None else None,
                    str(fact.get("code") or ""),
                    str(fact.get("name") or ""),
                )
            )
        return found

    def of_things(
        self, made: Sequence[NewThing], joining: Sequence[Joining], keep: KeepRows
    ) -> Sequence[RowRun]:
        """Return what makes new things of a tree, and takes things into the year."""
        runs: list[RowRun] = []
        for table in levels(self._rules):
            things = [thing for thing in made if thing.table == table]
            if things:
                runs.append(self._things(table, things, keep))
        for rule in self._rules:
            ids = [each.id for each in joining if each.table == rule.parts[0].table]
            for part in rule.parts[1:] if ids else ():
                rows = [self._key(part, {f"{rule.parts[0].table}_id": own}) for own in ids]
                runs += self._members(part, rows, keep)
        return runs

    def of_rule(
        self, rule: RowRule, held: Sequence[ViewRow], keep: KeepRows, name: str
    ) -> tuple[Sequence[RowRun], Sequence[str]]:
        """Return what makes rows by one `row` line, and their row keys.

        `held` are what the source says of each row; it has all parts of the line's key.
        """
        part = rule.parts[0]
        table = self._facts.tables[part.table]
        id_column = table.id_column
        rows: list[dict[str, Value]] = []
        keys: list[str] = []
        owners: list[ViewRow] = []
        numbers = self._numbers(part)
        for row in held:
            key = self._key(part, row)
            own: dict[str, Value] = dict(zip((each.name for each in part.key), key, strict=True))
            if id_column:
                owner = self.new_id()
                own[id_column] = owner
                owners.append({**row, id_column: owner})
                keys.append(f"{part.table}/{owner}")
                if part.by:
                    numbers[key] += 1
                    own[part.by] = numbers[key]
            else:
                owners.append(row)
                keys.append(f"{part.table}/{key[-1]}")
            rows.append(own)
        names = list(rows[0])
        runs = [keep(part.table, names, [[row[n] for n in names] for row in rows], f"made_{name}")]
        for member in rule.parts[1:]:
            runs += self._members(member, [self._key(member, row) for row in owners], keep, name)
        return runs, keys

    def rule_for(self, held: ViewRow) -> RowRule | None:
        """Return the first line whose key the source's row fills; None when it fills none."""
        for rule in self._rules:
            if None not in self._key(rule.parts[0], held):
                return rule
        return None

    def told_by(self, rule: RowRule, held: ViewRow) -> tuple[object, ...]:
        """Return what tells a row that a `row` line makes: its key, and what it is called."""
        part = rule.parts[0]
        key = (part.table, *self._key(part, held))
        if self._facts.tables[part.table].id_column is None:
            return key
        words = {name: name_key(text) for name, text in held.items() if isinstance(text, str)}
        return *key, *sorted(words.items())

    def _things(self, table: str, things: Sequence[NewThing], keep: KeepRows) -> RowRun:
        part = next(rule.parts[0] for rule in self._rules if rule.parts[0].table == table)
        parent = self._parent_of(table)
        numbers = self._numbers(part)
        rows = []
        for thing in things:
            row: list[Value] = [thing.id]
            if parent:
                row.append(thing.parent)
            if part.by:
                key = (thing.parent,) if parent else ()
                numbers[key] += 1
                row.append(numbers[key])
            rows.append(row)
        names = [f"{table}_id", *([parent.name] if parent else []), *([part.by] if part.by else [])]
        return keep(table, names, rows, f"made_{table}")

    def _members(
        self, part: RowPart, rows: Sequence[tuple[Value, ...]], keep: KeepRows, name: str = ""
    ) -> Iterator[RowRun]:
        """Yield what makes rows of figures, those that are there already left out."""
        names = [key.name for key in part.key]
        wanted = [tuple(zip(names, row, strict=True)) for row in dict.fromkeys(rows)]
        there = self._facts.found(part.table, wanted)
        missing = [[value for _n, value in key] for key in wanted if key not in there]
        if missing:
            yield keep(part.table, names, missing, f"member_{part.table}{name}")

    def _numbers(self, part: RowPart) -> dict[tuple[Value, ...], int]:
        """Return the last number under each parent."""
        last: dict[tuple[Value, ...], int] = defaultdict(int)
        for fact in map(dict, self._facts.rows(part.table) if part.by else ()):
            key = tuple(fact[each.name] for each in part.key)
            last[key] = max(last[key], int(str(fact[part.by or ""] or 0)))
        return last

    def _parent_of(self, table: str) -> KeyPart | None:
        """Return the part of a thing's row that names what it stands under."""
        for rule in self._rules:
            for key in rule.parts[0].key if rule.parts[0].table == table else ():
                if key.name.endswith("_id") and key.name.removesuffix("_id") in self._facts.tables:
                    return key
        return None

    def _key(self, part: RowPart, held: ViewRow) -> tuple[Value, ...]:
        return tuple(
            key.literal if key.column is None else held.get(key.column, self._names.get(key.column))
            for key in part.key
        )


def held_of(texts: Mapping[str, Value]) -> ViewRow:
    """Return what a source says of a row, without what it leaves open."""
    return {name: value for name, value in texts.items() if value is not None}
