"""Tables as a statement leaves them, held against those of the file: the changes in between.

All of it is rows of a database in memory, so that hundreds of thousands of changes need no Python
value each. What a text is stored as, and what a printed figure reads as, is as the editing layer
has it, whatever the statement says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lkjip_tui.core.acts import CellRun, FactKey, RowRun
from lkjip_tui.core.changes import bulk, extent
from lkjip_tui.core.changes.editing import Editing
from lkjip_tui.core.checks.proof import PRINTED
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.storage.facts import FactTable

_EVERY: Final = 1 << 40
#: What a printed figure reads as: it follows from its text.
_READ: Final = ("value", "places")
_LISTED: Final = "listed"
_YEAR: Final = "fiscal_year"


@dataclass(frozen=True, slots=True)
class TableChanges:
    """How much changes in a table of `count` rows: cells, rows that hold these, and rows.

    Cells are counted as people see them, as in `extent`.
    """

    table: str
    count: int
    cells: int
    changed: int
    made: int
    removed: int


class StatementRuns:
    """The changes of some tables; `take` what they hold then, and `compare` that."""

    def __init__(self, reader: Session, memory: str, tables: Sequence[FactTable]) -> None:
        self._reader, self._memory, self._tables = reader, memory, tables
        self.runs: Sequence[CellRun | RowRun] = ()
        self.tables: Sequence[TableChanges] = ()
        self.count = 0
        """How many changes there are."""

    @staticmethod
    def listed(memory: str) -> str:
        """Return where the changes are listed as the journal would, with the `rank` of each."""
        return f"{memory}.main.{_LISTED}"

    def take(self, actor: Session) -> None:
        """Keep the tables as a session sees them."""
        for table in self._tables:
            select = ", ".join(_stored(table, name) for name in table.columns)
            self._reader.take(
                f"then_{table.name}", actor, f"select {select} from {table.name} as t",
                memory=self._memory,
            )  # fmt: skip

    def compare(self, editing: Editing) -> None:
        """Find the changes."""
        gone: list[RowRun] = []
        made: list[RowRun] = []
        cells: list[CellRun] = []
        for table in self._tables:
            gone += self._rows(table, "gone", table.name, f"then_{table.name}")
            made += self._rows(table, "made", f"then_{table.name}", table.name)
            cells += self._cells(table)
        cells += self._read_again(editing, made, cells)
        self.runs = [*gone, *made, *cells]
        self._list()
        self.tables = [found for table in self._tables if (found := self._counted(table))]

    def highest_ids(self) -> Iterator[tuple[str, int]]:
        """Yield the highest id of the things that are made of each table."""
        for run in self.runs:
            table = self._table(run)
            if isinstance(run, RowRun) and not run.gone and table.id_column:
                yield table.name, int(self._value(f"select max({table.id_column}) from {run.rows}"))

    def years(self) -> Iterator[int]:
        """Yield the first and the last fiscal year of what is made or moved, table by table."""
        for run in self.runs:
            if isinstance(run, CellRun):
                column = "after" if run.column == _YEAR else ""
            else:
                column = _YEAR if _YEAR in run.names and not run.gone else ""
            if column:
                select = f"select min({column}), max({column}) from {run.rows}"
                _names, rows = self._reader.read(select, most=1)
                yield from (int(year) for year in rows[0] if year is not None)

    # Inside

    def _rows(self, table: FactTable, name: str, those: str, but: str) -> Iterator[RowRun]:
        """Yield the rows of one of two that the other lacks."""
        names = tuple(table.columns)
        listed = [f"t.{each}" for each in names]
        if table.name == PRINTED and name == "made":
            names = tuple(each for each in names if each not in _READ)
            listed = [
                f"cast(null as {column.type}) as {column.name}" if column.name in _READ
                else f"t.{column.name}" for column in table.columns.values()
            ]  # fmt: skip
        rows = self._keep(
            f"{name}_{table.name}",
            f"select {', '.join(listed)} from {self._name(those)} as t"
            f" anti join {self._name(but)} as o on {_same(table, 'o')}",
        )
        if self._has_rows(rows):
            yield RowRun(table.name, names, rows, gone=name == "gone")

    def _cells(self, table: FactTable) -> Iterator[CellRun]:
        key = ", ".join(f"t.{name}" for name in table.key)
        for name in table.columns:
            if name in table.key or (table.name == PRINTED and name in _READ):
                continue
            rows = self._keep(
                f"cell_{table.name}_{name}",
                f"select {key}, t.{name} as before, o.{name} as after from {table.name} as t"
                f" join {self._name(f'then_{table.name}')} as o on {_same(table, 'o')}"
                f" where t.{name} is distinct from o.{name}",
            )
            if self._has_rows(rows):
                yield CellRun(table.name, name, rows)

    def _read_again(
        self, editing: Editing, made: Sequence[RowRun], cells: Sequence[CellRun]
    ) -> Iterator[CellRun]:
        """Yield what printed figures read as, where anything else of them changes."""
        changed: dict[FactKey, list[tuple[str, Value, Value]]] = {}
        runs: Sequence[RowRun | CellRun] = [*made, *cells]
        for run in runs:
            if run.table != PRINTED:
                continue
            names, rows = self._reader.read(f"from {run.rows}", most=_EVERY)
            for row in rows:
                held = dict(zip(names, row, strict=True))
                key = ((f"{PRINTED}_id", held[f"{PRINTED}_id"]),)
                puts = changed.setdefault(key, [])
                if isinstance(run, CellRun):
                    puts.append((run.column, held["before"], held["after"]))
                else:
                    puts += [(name, None, held[name]) for name in run.names if name != key[0][0]]
        again = list(editing.printed_again(changed)) if changed else []
        for name in _READ:
            read = [(key[0][1], before, after) for key, n, before, after in again if n == name]
            if read:
                kind = next(t for t in self._tables if t.name == PRINTED).columns[name].type
                rows_read = self._keep(
                    f"cell_{PRINTED}_{name}",
                    f"select unnest(cast(? as integer[])) as {PRINTED}_id,"
                    f" unnest(cast(? as {kind}[])) as before, unnest(cast(? as {kind}[])) as after",
                    [list(values) for values in zip(*read, strict=True)],
                )
                yield CellRun(PRINTED, name, rows_read)

    def _list(self) -> None:
        """List the changes as the journal would: by table, by key, and then by column."""
        nothing = (
            "select 0 as act_id, 0 as rank, '' as table_name, '' as fact_key, '' as action,"
            " '' as column_name, '' as before, '' as after where false"
        )
        selects = [nothing]
        for place, table in enumerate(self._tables):
            parts = [
                f"select {', '.join(f'v.{name} as k{n}' for n, name in enumerate(table.key))},"
                f" {part} as part, {bulk.record(table, run)} from {run.rows} as v"
                for part, run in enumerate(self.runs)
                if run.table == table.name
            ]
            key = [f"k{n}" for n in range(len(table.key))]
            names = ", ".join(f'"{name}"' for name in (
                *key, "part", "table_name", "fact_key", "action", "column_name", "before", "after",
            ))  # fmt: skip
            if parts:
                selects.append(
                    f"select 0, {place} * {1 << 32} + row_number() over"
                    f" (order by {', '.join(f'u.{n}' for n in key)}, u.part), u.table_name,"
                    " u.fact_key, u.action, u.column_name, u.before, u.after"
                    f" from ({' union all '.join(parts)}) as u({names})"
                )
        listed = self._keep(
            _LISTED,
            "select l.* replace (row_number() over (order by l.rank) as rank)"
            f" from ({' union all '.join(selects)}) as l",
        )
        self.count = int(self._value(f"select count(*) from {listed}"))

    def _counted(self, table: FactTable) -> TableChanges | None:
        listed = f"(from {self.listed(self._memory)} where table_name = '{table.name}')"
        _names, rows = self._reader.read(extent.select_of(listed), [[0], []], most=1)
        cells = int(rows[0][1]) if rows else 0
        _names, rows = self._reader.read(
            "select"
            " count(distinct l.fact_key) filter (l.action = 'update'),"
            " count(*) filter (l.action = 'insert'), count(*) filter (l.action = 'delete')"
            f" from {self.listed(self._memory)} as l where l.table_name = ?",
            [table.name],
            most=1,
        )
        changed, made, removed = map(int, rows[0])
        if not (changed or made or removed):
            return None
        count = int(self._value(f"select count(*) from {table.name}"))
        return TableChanges(table.name, count, cells, changed, made, removed)

    def _table(self, run: CellRun | RowRun) -> FactTable:
        return next(table for table in self._tables if table.name == run.table)

    def _name(self, table: str) -> str:
        """Return a table in SQL, be it kept here or the file's."""
        is_ours = table.startswith("then_")
        return f"{self._memory}.main.{table}" if is_ours else table

    def _keep(self, name: str, sql: str, values: Sequence[object] = ()) -> str:
        return self._reader.keep(name, sql, values, memory=self._memory)

    def _has_rows(self, rows: str) -> bool:
        return bool(self._reader.read(f"select 1 from {rows} limit 1", most=1)[1])

    def _value(self, sql: str) -> int | str:
        found: int | str = self._reader.read(sql, most=1)[1][0][0]
        return found


def _same(table: FactTable, other: str) -> str:
    return " and ".join(f"t.{name} = {other}.{name}" for name in table.key)


def _stored(table: FactTable, name: str) -> str:
    """Return in SQL what is stored of a value: an empty text is none, where none may be."""
    column = table.columns[name]
    if column.type != "VARCHAR" or column.required or column.in_key:
        return f"t.{name}"
    return f"nullif(t.{name}, '') as {name}"
