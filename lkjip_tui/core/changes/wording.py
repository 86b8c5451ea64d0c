"""Facts and acts in the words of the people who work with them.

A fact's column is called by the heading under which a sheet edits it, a thing by its own name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from lkjip_tui import language
from lkjip_tui.core.acts import Act, CellChange, Change, FactKey, RowMade, RowRemoved
from lkjip_tui.core.changes import extent
from lkjip_tui.core.changes.extent import Extent
from lkjip_tui.core.checks.proof import is_read_again
from lkjip_tui.core.figures.values import NULL_SIGN, Kind, Value, plain, show
from lkjip_tui.core.query.header import Column, Target, fill_names
from lkjip_tui.core.query.queries import Kind as QueryKind
from lkjip_tui.core.query.queries import Query, Registry
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.facts import Facts
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
#: Tables of which one column names several things.
_NAMED_BY: Final = {
    "printed_figure": ("place", "row_label", "column_label"),
    "scale_class": ("label", "scale"),
}
_BETWEEN: Final = " · "

#: Columns that no sheet shows.
_COLUMNS: Final = {
    "fiscal_year": mark("Fiscal year"),
    "value": mark("Value"),
    "places": mark("Decimals"),
    "stated": mark("Accepted for"),
}
#: What tells figures of one thing and year apart.
_STAGES: Final = {
    "annual_plan": mark("annual plan"),
    "initial": mark("agreed"),
    "revised": mark("revised"),
    "strategic": mark("strategic plan"),
}


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
        self._names: dict[str, Mapping[Value, str]] = {}
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
        row = self._row(main.table, held)
        if isinstance(main, CellChange):
            # The figure comes first, the words behind it follow.
            cell, *ends = self._cell(_in_all(act.changes, main, main.column) or main)
            if not row and (number := held.get(f"{main.table}_id")):
                row = f"{self.table(main.table)} {number}"
            words = _in_all(act.changes, main, "label")
            if words is not None and main.column != "label":
                _heading, *texts = self._cell(words)
                ends = [
                    " ".join(text for text in pair if text != NULL_SIGN) or NULL_SIGN
                    for pair in zip(ends, texts, strict=True)
                ]
            before, after = ends
        else:
            cell = self._sort(main)
            is_new = isinstance(main, RowMade)
            before, after = (NULL_SIGN, _("new")) if is_new else (_("there"), _("deleted"))
        return Told(
            self.year(act),
            row,
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
            rule = str(held.get("check_name") or "")
            return _joined(self._rules.get(rule, rule), held.get("finding_key"))
        entity = id_column.removesuffix("_id")
        own = _joined(*map(held.get, self._names_in(table))) if entity == table else ""
        return own or self._named(entity).get(held[id_column]) or ""

    def _names_in(self, table: str) -> Sequence[str]:
        """Return the columns that name a thing of a table."""
        columns = self._facts.tables[table].columns
        first = next((name for name in _NAMES if name in columns), None)
        return _NAMED_BY.get(table) or ([first] if first else [])

    def _sort(self, change: Change) -> str:
        """Return what sort of row it is, and which of those of one thing and year."""
        key = dict(change.key)
        stage, quarter = key.get("plan") or key.get("stage"), key.get("quarter")
        told = _("quarter {number}").format(number=plain(quarter)) if quarter else ""
        staged = _(_STAGES[str(stage)]) if str(stage) in _STAGES else stage
        return _joined(self.table(change.table), staged, told)

    def _named(self, table: str) -> Mapping[Value, str]:
        """Return the names of all things of a table by their id, also of those that are gone."""
        if table not in self._names:
            columns = self._names_in(table)
            names_of = ", ".join(f"nullif(before ->> '{name}', '')" for name in columns)
            gone = self._database.read(
                f"select cast(before ->> '{table}_id' as bigint),"
                f" concat_ws('{_BETWEEN}', {names_of or 'null'}) from journal"
                " where action = 'delete' and table_name = ? order by journal_id",
                [table],
            )
            names: dict[Value, str] = dict(gone)
            changes = (change for change in self._changes if change.table == table)
            made = (dict(change.row) for change in changes if isinstance(change, RowMade))
            names |= {row[f"{table}_id"]: _joined(*map(row.get, columns)) for row in made}
            if columns:
                names_of = ", ".join(f"nullif({name}, '')" for name in columns)
                select = f"select {table}_id, concat_ws('{_BETWEEN}', {names_of}) from {table}"
                names |= dict(self._database.read(select))
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
            name = _(_COLUMNS[change.column]) if change.column in _COLUMNS else change.column
            kind = Kind.RANK if change.column.endswith("_year") else Kind.INDEX
            cell = _joined(self._sort(change), name)
            return cell, show(change.before, kind), show(change.after, kind)
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


def _joined(*parts: Value) -> str:
    return _BETWEEN.join(plain(part) for part in parts if part)


def _may_be(target: Target, key: FactKey) -> bool:
    """Say whether an `edit` line can write to the fact with this key."""
    wanted = dict(key)
    return all(wanted.get(part.name) == part.literal for part in target.key if part.column is None)


def _is_of_the_year(target: Target) -> bool:
    """Say whether an `edit` line writes to facts of the row's own year."""
    return all(part.column in (None, part.name) for part in target.key)


def _in_all(changes: Sequence[Change], of: CellChange, column: str) -> CellChange | None:
    """Return what becomes of a value of a fact in all, None where it does not change.

    An act that takes many back may change it often.
    """
    found = [
        c
        for c in changes
        if isinstance(c, CellChange) and (c.table, c.key, c.column) == (of.table, of.key, column)
    ]
    return replace(found[0], after=found[-1].after) if found else None
