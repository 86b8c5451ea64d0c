"""The changes that a compared source makes: rows that come to be, figures, and what follows them.

They are selects over the comparison's tables `shown` and `outcome`, for `bulk` to apply.
"""

from collections.abc import Iterator, Mapping, Sequence

from lkjip_tui.core.acts import CellRun, FactKey, RowRun
from lkjip_tui.core.changes.editing import WORDS, Editing
from lkjip_tui.core.checks.proof import PRINTED
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.imports.cell_writes import IS_NEW, CellWrite
from lkjip_tui.core.storage.facts import Facts
from lkjip_tui.core.storage.memory_tables import MemoryTables
from lkjip_tui.language import _


class ImportChanges:
    """The changes of one comparison: of cells by `writes`, and rows that were `made` for it."""

    def __init__(
        self,
        tables: MemoryTables,
        facts: Facts,
        editing: Editing,
        writes: Sequence[CellWrite],
        made: Sequence[RowRun],
    ) -> None:
        self._tables, self._facts, self._editing = tables, facts, editing
        self._writes, self._made = writes, made

    def runs(self) -> Sequence[RowRun | CellRun]:
        """Return the changes of all that is not refused; raises EditRefused where two differ."""
        runs: list[RowRun | CellRun] = list(self._rows_made())
        cell_runs: list[CellRun] = []
        keys_of: dict[str, list[str]] = {}
        for write in self._writes:
            table = write.table
            changed = (
                f"from {self._tables.name('outcome')} as o join {self._tables.name('shown')} as v"
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
                if self._tables.read(f"select 1 from ({rows}) limit 1"):
                    name = f"change_{write.number}_{part}"
                    self._tables.keep(name, rows)
                    self._require_single(name, table.key)
                    cell_runs.append(CellRun(table.name, column, self._tables.name(name)))
            keys_of.setdefault(table.name, []).append(
                f"select distinct {listed} {changed} and not o.has_row"
            )
        for name, selects in keys_of.items():
            runs += self._missing_rows(name, selects)
        return [*runs, *cell_runs, *self._read_again(cell_runs)]

    def new_rows(self) -> int:
        """Return how many rows the view will have more."""
        gone = "".join(
            f" and not exists (from {run.rows} as g anti join {left} as k on k.{own} = g.{own}"
            f" where v.row_key = '{run.table}/' || g.{own})"
            for run, left in self._things_kept().items()
            if (own := self._facts.tables[run.table].id_column)
        )
        ((count,),) = self._tables.read(
            f"select count(*) from {self._tables.name('shown')} as v where v.{IS_NEW}{gone}"
        )
        return int(count)

    def _rows_made(self) -> Iterator[RowRun]:
        """Yield what makes rows: things that are kept, and figures of these and of known ones."""
        kept = self._things_kept()
        for number, run in enumerate(self._made):
            rows = kept.get(run)
            if rows is None:
                gone = "".join(
                    f" and not exists (from {thing.rows} as g anti join {left} as k"
                    f" on k.{own} = g.{own} where g.{own} = r.{own})"
                    for thing, left in kept.items()
                    if (own := self._facts.tables[thing.table].id_column) in run.names
                )
                self._tables.keep(
                    f"kept_{number}", f"select r.* from {run.rows} as r where true{gone}"
                )
                rows = self._tables.name(f"kept_{number}")
            if self._tables.read(f"select 1 from {rows} limit 1"):
                yield RowRun(run.table, run.names, rows)

    def _things_kept(self) -> Mapping[RowRun, str]:
        """Return where the things stand that are made: some cell is left, or a thing under it.

        Whoever leaves a line out wants no row without a name instead.
        """
        kept: dict[RowRun, str] = {}
        for number, run in reversed([*enumerate(self._made)]):
            own = self._facts.tables[run.table].id_column
            if own is None:
                continue
            conditions = [
                (
                    f"exists (from {self._tables.name('outcome')} as o where o.refused = ''"
                    f" and o.row_key = '{run.table}/' || r.{own})"
                ),
                *(
                    f"exists (from {rows} as c where c.{own} = r.{own})"
                    for below, rows in kept.items()
                    if own in below.names and below.table != run.table
                ),
            ]
            self._tables.keep(
                f"kept_{number}", f"select r.* from {run.rows} as r where {' or '.join(conditions)}"
            )
            kept[run] = self._tables.name(f"kept_{number}")
        return kept

    def _read_again(self, runs: Sequence[CellRun]) -> Iterator[CellRun]:
        """Yield what printed figures that change read as then."""
        changed: dict[FactKey, list[tuple[str, Value, Value]]] = {}
        for run in runs:
            if run.table == PRINTED:
                for number, before, after in self._tables.read(f"from {run.rows}"):
                    key = ((f"{PRINTED}_id", number),)
                    changed.setdefault(key, []).append((run.column, before, after))
        columns = self._facts.tables[PRINTED].columns
        again = list(self._editing.printed_again(changed)) if changed else []
        for column in dict.fromkeys(name for _key, name, _before, _after in again):
            kind = columns[column].type
            rows = [
                (key[0][1], before, after) for key, name, before, after in again if name == column
            ]
            self._tables.keep(
                f"reads_{column}",
                f"select unnest(cast(? as integer[])) as {PRINTED}_id,"
                f" unnest(cast(? as {kind}[])) as before, unnest(cast(? as {kind}[])) as after",
                [list(values) for values in zip(*rows, strict=True)],
            )
            yield CellRun(PRINTED, column, self._tables.name(f"reads_{column}"))

    def _puts(self, write: CellWrite) -> Iterator[tuple[str, str, str, str]]:
        """Yield what a line's cells put where: column, before, after, and in which cells."""
        changed = "o.value is distinct from o.shown"
        if not write.has_words:
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
        twice = self._tables.read(
            f"select any_value(before) from {self._tables.name(name)} group by {listed}"
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
        self._tables.keep(
            f"row_{table}",
            f"select distinct {listed} from ({' union '.join(selects)}) as k where true{absent}",
        )
        if self._tables.read(f"select 1 from {self._tables.name(f'row_{table}')} limit 1"):
            yield RowRun(table, key, self._tables.name(f"row_{table}"))
