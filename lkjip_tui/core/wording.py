"""Facts and acts in the words of the people who work with them.

A fact's column is called by the heading under which a sheet edits it, a thing by its own name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from lkjip_tui import language
from lkjip_tui.core import extent
from lkjip_tui.core.acts import Act, CellChange, Change, FactKey, RowMade, RowRemoved
from lkjip_tui.core.database import Database
from lkjip_tui.core.extent import Extent
from lkjip_tui.core.facts import Facts
from lkjip_tui.core.header import Column, Target, fill_names
from lkjip_tui.core.proof import is_read_again
from lkjip_tui.core.queries import Kind as QueryKind
from lkjip_tui.core.queries import Query, Registry
from lkjip_tui.core.values import NULL_SIGN, Kind, Value, plain, show
from lkjip_tui.language import _, mark

_TABLES: Final = {
    "office": mark("office"),
    "report_year": mark("report year"),
    "objective": mark("objective"),
    "indicator": mark("indicator"),
    "program": mark("program"),
    "activity": mark("activity"),
    "sub_activity": mark("sub-activity"),
    "service": mark("service"),
    "section": mark("section of the text"),
    "scale_class": mark("class of a scale"),
    "indicator_target": mark("target of an indicator"),
    "indicator_result": mark("result of an indicator"),
    "indicator_analysis": mark("analysis of an indicator"),
    "program_budget": mark("agreed budget of a program"),
    "sub_activity_budget": mark("budget of a sub-activity"),
    "sub_activity_realization": mark("realization of a sub-activity"),
    "service_result": mark("result of a service"),
    "population": mark("population"),
    "printed_figure": mark("printed figure"),
    "accepted_finding": mark("accepted finding"),
    "check_setting": mark("setting of a check"),
    "edition": mark("edition"),
}


def thing(table: str) -> str:
    """Return what a row of a fact table is called."""
    return _(_TABLES[table]) if table in _TABLES else table


#: The columns that name a thing, the first that its table has.
_NAMES: Final = ("name", "title", "label", "check_name", "place")


#: Characters of a row's name that are always told.
_LEAST_NAME: Final = 12


@dataclass(frozen=True, slots=True)
class Told:
    """What an act did, in words: the change that it is about, and how much it changed in all.

    `cell` names the value that changed, or the sort of row that came or went. `year` is “every
    year” for a thing that all years of a file share.
    """

    year: str
    row: str
    cell: str
    before: str
    after: str
    extent: Extent

    def __str__(self) -> str:
        """Return all of it in one line."""
        extent = str(self.extent) if self.extent.count > 1 else ""
        parts = (part for part in (extent, self.year, self.row, self.cell) if part)
        return f"{' · '.join(parts)}: {self.before} → {self.after}"

    def within(self, room: int) -> str:
        """Return all of it in so many characters; the row's name gives way, to a point."""
        kept = max(len(self.row) - 1 - max(len(str(self)) - room, 0), _LEAST_NAME)
        is_long = len(str(self)) > room and kept < len(self.row)
        return str(replace(self, row=f"{self.row[:kept].rstrip()}…") if is_long else self)


class Wording:
    """Calls facts by the names that people know; reads each table's names once."""

    def __init__(
        self,
        database: Database,
        facts: Facts,
        registry: Registry,
        year_count: int,
        changes: Sequence[Change] = (),
    ) -> None:
        """Know the file's facts; `changes` are not done yet, and name what they would make."""
        self._changes = changes
        self._database = database
        self._facts = facts
        self._names: dict[str, Mapping[Value, str | None]] = {}
        self._years = year_count
        self._registry = registry

    @cached_property
    def _rules(self) -> Mapping[str, str]:
        checks = self._registry.of_kind(QueryKind.CHECK)
        return {check.name: check.title() for check in checks}

    @cached_property
    def _columns(self) -> Mapping[tuple[str, str], list[tuple[Query, Column, Target]]]:
        found: dict[tuple[str, str], list[tuple[Query, Column, Target]]] = {}
        for query in self._registry.queries.values():
            for name, targets in query.header.edits.items():
                for target in targets:
                    known = found.setdefault((target.table, target.column), [])
                    known.append((query, query.header.columns[name], target))
        return found

    def table(self, name: str) -> str:
        """Return what a row of a fact table is called."""
        return thing(name)

    def place(self, table: str, column: str) -> str:
        """Return where a fact's column is edited: the sheet and the heading; empty if nowhere."""
        found = self._columns.get((table, column))
        if not found:
            return ""
        query, shown, _target = found[0]
        return f"{query.title()} · {shown.heading.in_language(language.current())}"

    def year(self, act: Act) -> str:
        """Return the year that an act is about, in words; empty for none in particular."""
        main = self._main(act.changes)
        is_shared = main.table in self._facts.things
        if is_shared and isinstance(main, CellChange) and self._years > 1:
            return _("every year")
        held = dict(main.key if isinstance(main, CellChange) else main.row)
        return plain(held.get("fiscal_year"))

    def told(self, act: Act, whole: Extent | None = None) -> Told:
        """Return an act in words; `whole` is its extent where `act` holds the first changes."""
        main = self._main(act.changes)
        held = dict(main.key if isinstance(main, CellChange) else main.row)
        if isinstance(main, CellChange):
            # The figure comes first, the words behind it follow.
            words = [
                c
                for c in act.changes
                if isinstance(c, CellChange)
                and (c.table, c.key, c.column) == (main.table, main.key, "label")
                and c != main
            ]
            cell, *ends = self._cell(main)
            for _heading, *texts in map(self._cell, words):
                ends = [
                    " ".join(text for text in pair if text != NULL_SIGN) or NULL_SIGN
                    for pair in zip(ends, texts, strict=True)
                ]
            before, after = ends
        else:
            cell = self.table(main.table)
            is_new = isinstance(main, RowMade)
            before, after = (NULL_SIGN, _("new")) if is_new else (_("there"), _("deleted"))
        return Told(
            self.year(act),
            self._row(main.table, held),
            cell,
            before,
            after,
            whole or extent.of(act.changes, self._facts.things),
        )

    def whole(self, change: Change) -> str:
        """Return one change in words, a row with what it holds that people know a heading for."""
        lines = [str(self.told(Act("", (change,))))]
        if not isinstance(change, CellChange):
            for name, value in change.row:
                if value is not None and (change.table, name) in self._columns:
                    held = CellChange(change.table, change.key, name, None, value)
                    heading, _before, after = self._cell(held)
                    lines.append(f"  {heading}: {after}")
        return "\n".join(lines)

    def _main(self, changes: Sequence[Change]) -> Change:
        """Return the change that an act is about: its thing, else its row, else its first value.

        A thing is made before what hangs on it, and removed after that. A row that only holds
        what was typed is not what the act is about.
        """
        values = [change for change in changes if isinstance(change, CellChange)]
        rows = [change for change in changes if not isinstance(change, CellChange)]
        things = [
            row
            for row in rows
            if row.table in self._facts.tables
            and (self._facts.tables[row.table].id_column or row.table == "report_year")
        ]
        filled = {(value.table, value.key) for value in values}
        found = things or [row for row in rows if (row.table, row.key) not in filled]
        if not found:
            own = (v for v in values if v.column != "label" and not is_read_again(v))
            return next(own, values[0])
        return found[-1] if isinstance(found[-1], RowRemoved) else found[0]

    def _row(self, table: str, held: Mapping[str, Value]) -> str:
        """Return the name of the thing that a row is, or is about."""
        if table not in self._facts.tables:
            return str(held.get("name") or "")
        key = self._facts.tables[table].key
        id_column = next((name for name in key if name.endswith("_id")), None)
        if id_column is None:
            return self._rules.get(str(held.get("check_name")), "")
        entity = id_column.removesuffix("_id")
        own = next((held[n] for n in _NAMES if held.get(n)), None) if entity == table else None
        return str(own or self._named(entity).get(held[id_column]) or "")

    def _named(self, table: str) -> Mapping[Value, str | None]:
        """Return the names of all things of a table by their id, also of those that are gone."""
        if table not in self._names:
            columns = self._facts.tables[table].columns
            name = next((n for n in _NAMES if n in columns), None)
            gone = self._database.read(
                f"select cast(before ->> '{table}_id' as bigint), before ->> '{name}' from journal"
                " where action = 'delete' and table_name = ? order by journal_id",
                [table],
            )
            names: dict[Value, str | None] = dict(gone)
            changes = (change for change in self._changes if change.table == table)
            made = (dict(change.row) for change in changes if isinstance(change, RowMade))
            names |= {row[f"{table}_id"]: _text(row.get(name or "")) for row in made}
            if name:
                names |= dict(self._database.read(f"select {table}_id, {name} from {table}"))
            self._names[table] = names
        return self._names[table]

    def _cell(self, change: CellChange) -> tuple[str, str, str]:
        """Return a value's heading, and both values as a cell prints them."""
        key = dict(change.key)
        found = self._columns.get((change.table, change.column), [])
        fitting = [known for known in found if _may_be(known[2], change.key)]
        # Results of earlier years stand beside the year's own, under headings of their own.
        fitting.sort(key=lambda known: not _is_of_the_year(known[2]))
        parent = change.column.removesuffix("_id")
        if not fitting and parent in _TABLES:
            names = self._named(parent)
            before, after = (names.get(value) for value in (change.before, change.after))
            return self.table(parent), before or NULL_SIGN, after or NULL_SIGN
        if not fitting:
            return change.column, show(change.before, Kind.INDEX), show(change.after, Kind.INDEX)
        query, column, _target = fitting[0]
        spoken = language.current()
        heading = fill_names(column.heading.in_language(spoken), key)
        if column.group:
            heading = f"{column.group.in_language(spoken)} {heading}"
        labels = query.header.choices.get(column.name)

        def text(value: Value) -> str:
            if labels is not None and str(value) in labels.options:
                return labels.options[str(value)].in_language(language.current())
            if labels is not None and labels.sql is not None and change.column.endswith("_id"):
                return self._named(change.column.removesuffix("_id")).get(value) or show(
                    value, Kind.RANK
                )
            return show(value, column.kind or Kind.INDEX)

        return heading, text(change.before), text(change.after)


def _text(value: Value) -> str | None:
    return None if value is None else plain(value)


def _may_be(target: Target, key: FactKey) -> bool:
    """Say whether an `edit` line can write to the fact with this key."""
    wanted = dict(key)
    return all(wanted.get(part.name) == part.literal for part in target.key if part.column is None)


def _is_of_the_year(target: Target) -> bool:
    """Say whether an `edit` line writes to facts of the row's own year."""
    return all(part.column in (None, part.name) for part in target.key)
