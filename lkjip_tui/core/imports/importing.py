"""What a file from elsewhere would change in a view, before anything is written.

Its headings say which columns it has (`source_columns`), its lines which rows they mean
(`source_lines`); what cells would become is compared by the database (`comparison`). What cannot be
is refused cell by cell, with the reason, and can be mended or left out; the rest is one act.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lkjip_tui.core.acts import BulkAct
from lkjip_tui.core.figures.block import Block
from lkjip_tui.core.figures.values import Kind
from lkjip_tui.core.imports import source_columns, source_times
from lkjip_tui.core.imports.comparison import Compared, Comparison
from lkjip_tui.core.imports.outline import Line
from lkjip_tui.core.imports.source_lines import SourceLines, Told
from lkjip_tui.core.imports.source_rows import SourceRows
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import CODE, ROW_KEY, ViewRow
from lkjip_tui.core.storage.facts import Facts
from lkjip_tui.language import _, mark, plural

IMPORT: Final = mark("import")

_NAMED: Final = 3
#: Rows that a file calls otherwise make one doubt whose it is: two, and one in four.
_FEWEST_OTHERWISE: Final = 2
_ONE_IN: Final = 4


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cells are refused, change or stay; how many rows are new or not in the source.

    What the user left out is in none of these but `left_out`. A row of which nothing is left, since
    its cells are refused or left out, is not new.
    """

    refused: int
    changed: int
    unchanged: int
    new_rows: int
    missing: int
    left_out: int


class Import:
    """A source held against a view in one year. Close it when done."""

    def __init__(
        self,
        comparison: Comparison,
        facts: Facts,
        cells: Cells,
        names: ViewRow,
        source: tuple[Block, Mapping[str, str]],
    ) -> None:
        """Compare a block; beside it stand columns of the view by its headings, given by hand.

        Raises UsageError when it cannot be told which columns it has, or what its rows are about.
        """
        self._comparison, self._cells, self._names = comparison, cells, names
        self._block, mapped = source
        header = cells.query.header
        self._tables = source_columns.levels_of(cells.query)
        self.mapping = source_columns.recognized(self._block, cells, names, self._tables, mapped)
        self._lost: list[Compared] = []
        self._left_out = 0
        self._numbers: Mapping[int, int] = {}
        self._called: dict[int, str] = {}
        comparison.lines.show(int(str(names["fiscal_year"])), {*self._written(), *self._telling()})
        rows = SourceRows(facts, header.rows, names)
        self._lines = SourceLines(comparison.lines, rows, cells, names, (self._block, self.mapping))
        if not self._lines.met_at_once():
            lines = self._lines
            self._place(lines.of_tree(self._tables) if self._tables else lines.of_list())
        comparison.compare()

    def close(self) -> None:
        """Let go of all that was compared, and of the source's texts, whoever still knows this."""
        self._comparison.close()
        self._lines.release()
        self._block = Block()
        self._lost, self._numbers, self._called = [], {}, {}

    # What a user is told

    @property
    def counts(self) -> Counts:
        """What would come of it, in numbers; a whole line that is refused counts as a cell."""
        refused, changed, unchanged = self._comparison.counts()
        new_rows, missing = self._comparison.new_rows(), len(self._missing())
        refused += len(self._lost)
        return Counts(refused, changed, unchanged, new_rows, missing, self._left_out)

    @property
    def notes(self) -> Sequence[str]:
        """What should be known before it is done."""
        sums = self._lines.sums
        differing = sums.differing() if sums is not None else ()
        return [
            *self._told_of_years(),
            *self._told_otherwise(),
            *differing,
            *self._told_of_stages(),
            *self._lines.notes,
            *self._told_missing(),
        ]

    def page(self, start: int, stop: int) -> Sequence[Compared]:
        """Return outcomes: the lines and cells that are refused, then what is new, then changes."""
        lost = len(self._lost)
        first, last = max(start - lost, 0), max(stop - lost, 0)
        return [*self._lost[start:stop], *self._comparison.page(first, last)]

    def rows_of(self, outcomes: Sequence[Compared]) -> Mapping[str, ViewRow]:
        """Return the rows that outcomes are about, as the view shows them, by their keys."""
        return self._comparison.lines.rows_with({each.row_key for each in outcomes if each.row_key})

    def name_of(self, outcome: Compared) -> str:
        """Return how the source calls an outcome's row, for one that the view does not show yet."""
        return self._called.get(outcome.line, "")

    def line_of(self, outcome: Compared) -> int:
        """Return the number of an outcome's line in the source, from 1 on."""
        if outcome.column is None:
            return outcome.line + 1
        return self._numbers.get(outcome.line, outcome.line) + 1

    def headings(self) -> Sequence[tuple[str, str | None]]:
        """Return each heading of the source with the column that it was taken for."""
        texts = source_columns.headings(self._block, self.mapping)
        return list(zip(texts, self.mapping.columns, strict=True))

    def columns(self) -> Sequence[str]:
        """Return what a heading may be taken for by hand."""
        return source_columns.choices(self._cells, self._tables)

    # What a user does

    def mend(self, outcome: Compared, text: str) -> int | None:
        """Let a cell be compared with another text than the source's.

        Returns where its outcome stands now, None when it holds just that already. A whole line
        that is refused stays so.
        """
        if outcome.column is None:
            return self._lost.index(outcome)
        self._comparison.lines.mend(outcome.line, outcome.column, text)
        if self._lines.sums is not None:
            number = self._numbers.get(outcome.line, outcome.line)
            self._lines.sums.mend(number, outcome.column, text)
        self._comparison.compare(once_more=True)
        rank = self._comparison.rank(outcome.line, outcome.column)
        return None if rank is None else rank + len(self._lost)

    def leave_out(self, outcomes: Sequence[Compared]) -> None:
        """Leave cells and whole lines out."""
        self._left_out += len(outcomes)
        lost = {id(each) for each in outcomes if each.column is None}
        self._lost = [each for each in self._lost if id(each) not in lost]
        self._comparison.lines.leave_out(
            [(each.line, each.column) for each in outcomes if each.column is not None]
        )
        self._comparison.compare(once_more=True)

    def leave_out_refused(self) -> None:
        """Leave out all that is refused."""
        self.leave_out(self.page(0, self.counts.refused))

    def look_again(self) -> None:
        """Hold the source against the facts as the file has them now; what was mended stays."""
        self._comparison.compare()

    def act(self) -> BulkAct:
        """Return the act of all that is not refused; raises EditRefused as `Comparison.act`."""
        return self._comparison.act(IMPORT)

    # Inside

    def _written(self) -> Sequence[str]:
        """Return the columns whose texts are compared: those of the source that write facts."""
        names = dict.fromkeys(source_columns.written(self.mapping, self._cells))
        if self._tables:  # a tree's name and code may stand in one cell, or in a column a level
            edits = self._cells.query.header.edits
            own = self._cells.shown[self._cells.trunk].name
            names |= dict.fromkeys(name for name in (own, CODE) if name in edits)
        return list(names)

    def _telling(self) -> Collection[str]:
        """Return the columns by which rows are told apart."""
        known = self._cells.columns
        once = (column.name for column in known.values() if column.once)
        own = self._cells.shown[self._cells.trunk].name
        return {
            *once,
            *(name for name in (CODE, "number", own) if name in known),
            *(name for name in self.mapping.columns if name is not None and name in known),
        }

    def _place(self, told: Sequence[Told]) -> None:
        """Hand the lines that mean a row to the comparison; keep the others with the reason."""
        own = self._cells.shown[self._cells.trunk].name
        shown = self._comparison.lines.row_keys()
        placed: list[Told] = []
        for line, meaning in told:
            if meaning.refused:
                self._lost.append(_lost(line, own, meaning.refused))
            elif meaning.row_key not in shown:
                hidden = _("The table would not show it, so that nothing can be put there.")
                self._lost.append(_lost(line, own, hidden))
            else:
                self._called[len(placed)] = line.name or line.texts.get(own, "")
                placed.append((line, meaning))
        self._numbers = {place: line.number for place, (line, _meaning) in enumerate(placed)}
        names = dict.fromkeys((*self._written(), own, *({CODE} & {*self._lines.mapping.columns})))
        self._comparison.lines.put(
            range(len(placed)),
            {name: [line.texts.get(name, "") for line, _meaning in placed] for name in names},
        )
        self._comparison.lines.mean(
            range(len(placed)),
            [meaning.row_key for _line, meaning in placed],
            [meaning.how for _line, meaning in placed],
        )

    def _missing(self) -> Sequence[str]:
        return self._comparison.lines.missing(f"{self._tables[-1]}/" if self._tables else "")

    def _told_of_years(self) -> Iterator[str]:
        years = source_times.of_other_years(
            self._block, self.mapping, self._cells.columns, self._names
        )
        if years:
            yield _("The source says that it is of {years}, but it is taken into {year}.").format(
                years=", ".join(map(str, years)), year=self._names["fiscal_year"]
            )

    def _told_of_stages(self) -> Iterator[str]:
        changed = self._comparison.changed_columns()
        for name, told in source_times.not_in_force(self.mapping, self._cells, self._names):
            if name in changed:
                yield told

    def _told_otherwise(self) -> Iterator[str]:
        """Ask whose file it is, where its keys are of rows that bear other names here.

        Keys of every office look alike, and tell rows whatever else is said of them. Codes count
        where no names come: those of a whole office may change with the nomenclature.
        """
        own = self._cells.shown[self._cells.trunk]
        has_name = own.name in self.mapping.columns and own.kind in {Kind.TEXT, Kind.LONG}
        name = own.name if has_name else CODE
        if ROW_KEY not in self.mapping.columns or name not in self.mapping.columns:
            return
        lines, count, here, there = self._comparison.lines.called_otherwise(name)
        if count >= _FEWEST_OTHERWISE and count * _ONE_IN >= lines:
            told = (
                _("{count} of {lines} lines that bear a key call their row otherwise (“{here}”"
                  " here, “{there}” there): is it this office's file?")
                if has_name else
                _("{count} of {lines} lines that bear a key give their row another code (“{here}”"
                  " here, “{there}” there): is it this office's file?")
            )  # fmt: skip
            yield told.format(count=count, lines=lines, here=here, there=there)

    def _told_missing(self) -> Iterator[str]:
        missing = self._missing()
        if missing:
            rows = self._comparison.lines.rows_with(missing[:_NAMED])
            named = ", ".join(f"“{self._cells.row_name(rows[key])}”" for key in missing[:_NAMED])
            told = plural(
                "{count} row here is not in the source and stays: {rows}",
                "{count} rows here are not in the source and stay: {rows}",
                len(missing),
            )
            more = " …" if len(missing) > _NAMED else ""
            yield told.format(count=len(missing), rows=named + more)


def _lost(line: Line, own: str, refused: str) -> Compared:
    parts = (line.code or line.texts.get(CODE, ""), line.name or line.texts.get(own, ""))
    text = " ".join(filter(None, parts)) or next(filter(None, line.texts.values()), "")
    return Compared(
        line.number, "", None, text, before=None, after=None, words=None, is_new=False,
        refused=refused,
    )  # fmt: skip
