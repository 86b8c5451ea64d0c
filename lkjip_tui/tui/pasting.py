"""Where the cells of a pasted text go: by its headings and names, or from the cursor on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

from lkjip_tui.core.changes.plan import CellText
from lkjip_tui.core.figures.block import Block as TextBlock
from lkjip_tui.core.figures.block import read_block
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.imports.recognition import BlockMapping, RowMatch, match_rows, recognize
from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.grid import Block
from lkjip_tui.language import _, plural
from lkjip_tui.tui.block_texts import facts
from lkjip_tui.tui.query_model import QueryModel

_NAMED: Final = 3
_SEVERAL: Final = 2


@dataclass(frozen=True, slots=True)
class Copied:
    """A text of cells that were copied here: of which table and year, from which rows."""

    text: str
    place: tuple[str, Value]
    row_keys: tuple[str, ...]
    levels: tuple[Value, ...]

    @classmethod
    def of(cls, text: str, model: QueryModel, rows: Sequence[ViewRow]) -> Self:
        """Return a text of some rows of a model with what tells them again."""
        return cls(text, model.place, *_told(model, rows))

    def fits(self, model: QueryModel, rows: Sequence[ViewRow]) -> bool:
        """Whether lines fall on rows like their own: the same, or of the same year and levels."""
        row_keys, levels = _told(model, rows)
        if self.place == model.place:
            return levels == self.levels[: len(levels)]
        return self.place[0] == model.place[0] and row_keys == self.row_keys


def _told(model: QueryModel, rows: Sequence[ViewRow]) -> tuple[tuple[str, ...], tuple[Value, ...]]:
    keys = tuple(str(row.get("row_key")) for row in rows)
    return keys, tuple(row.get(model.levels or "") for row in rows)


class Paste:
    """A text that goes into the rows that a model shows, at the first of the chosen cells.

    Headings and names say where its cells go; without names they go line by line into the rows
    from there on, as in a spreadsheet. A single text fills all chosen cells. What was copied here
    may as well go into the rows that it was copied from.
    """

    def __init__(
        self, model: QueryModel, chosen: Block, text: str, copied: Copied | None = None
    ) -> None:
        self._model = model
        self._chosen = chosen
        self._block = block = read_block(text)
        beside = model.shown[chosen.columns.start :]
        self._mapping = recognize(block, model.cells, model.names, beside)
        self._below = range(chosen.rows.start, model.row_count)
        is_by_place = not self._mapping.keys and self._lines >= _SEVERAL
        is_copied = copied and copied.text == text and len(copied.row_keys) == self._lines
        self._copied = copied if is_copied and is_by_place else None
        self._is_as_copied = self._copied is not None and self._copied.fits(
            model, [model.row(number) for number in self._below[: self._lines]]
        )

    @property
    def other_year(self) -> Value:
        """The year of this table from other rows of which it was copied; None for none.

        It may as well be meant for these rows, which nobody but the user knows.
        """
        if self._copied is None or self._is_as_copied:
            return None
        (table, year), here = self._copied.place, self._model.place
        return year if table == here[0] and year != here[1] else None

    @property
    def subtotals(self) -> int:
        """How many of its lines fall on a tree's computed rows, unless they were copied from such.

        It may as well have no lines for these, which nobody but the user knows.
        """
        is_by_place = not self._mapping.keys and self._lines >= _SEVERAL
        if self._model.levels is None or not is_by_place or self._is_as_copied:
            return 0
        rows = self._below[: self._lines]
        return len(rows) - len(self._with_facts(rows, self._lines))

    def entries(
        self, *, pass_computed: bool = False, into_own_rows: bool = False
    ) -> tuple[Sequence[CellText], Sequence[str]]:
        """Return the texts with their cells, and what a user should know before it is done.

        With `pass_computed` it has no lines for rows that are computed; with `into_own_rows` it
        goes into those that it was copied from. What has no row yet gets a new one where it is
        named and the table is no tree.
        """
        model, block, mapping = self._model, self._block, self._mapping
        if into_own_rows and self._copied:
            keys = ("row_key",) * mapping.body + self._copied.row_keys
            keyed = zip(block.rows, keys, strict=True)
            block = TextBlock(tuple((*texts, key) for texts, key in keyed))
            mapping = BlockMapping((*mapping.columns, "row_key"), mapping.body, ("row_key",))
        if len(block.rows) == block.width == 1 and self._chosen.count > 1:
            cells = facts(model, self._chosen.rows, self._chosen.columns)
            return [CellText(row, column, block.rows[0][0]) for column, row in cells], ()
        if mapping.keys:
            rows = model.every_row()
        elif pass_computed:
            rows = self._with_facts(self._below, self._lines)
        else:
            rows = [model.row(number) for number in self._below[: self._lines]]
        matches = match_rows(block, mapping, model.cells, rows)
        entries = [
            CellText(rows[match.row], column, block.rows[match.number][number])
            for match in matches
            if match.row is not None and not (mapping.keys and match.is_total)
            for number, column in self._columns(mapping, named=True)
            if self._is_put(column, rows[match.row], block.rows[match.number][number])
        ]
        lost = [m for m in matches if m.row is None and not (mapping.keys and m.is_total)]
        if self._takes_rows:
            named = (m for m in lost if not m.fitting)
            new = [m for m in named if self._is_named(mapping, block.rows[m.number])]
            entries += [
                CellText({}, column, block.rows[match.number][number], new=place)
                for place, match in enumerate(new)
                for number, column in self._columns(mapping, named=True)
                if block.rows[match.number][number]
            ]
            lost = [m for m in lost if m not in new]
        return entries, list(self._notes(block.rows, mapping, matches, lost))

    def _is_put(self, column: Column, row: ViewRow, text: str) -> bool:
        """Whether a text is put into a cell: what names a row only where that is empty."""
        if self._model.cells.target(column, row) is None:
            return False
        names_it = column.name in self._mapping.keys
        return not names_it or (row[column.name] is None and bool(text.strip()))

    @property
    def _lines(self) -> int:
        """How many lines it has beneath its headings."""
        return len(self._block.rows) - self._mapping.body

    @property
    def _takes_rows(self) -> bool:
        """Whether rows can be made behind the others: in a tree nobody knows where they belong."""
        return self._model.levels is None and bool(self._model.cells.query.header.rows)

    def _is_named(self, mapping: BlockMapping, texts: Sequence[str]) -> bool:
        """Say whether a line tells its row's name; bare figures would make nameless ones."""
        cells = self._model.cells
        own = cells.shown[cells.trunk].name
        named = zip(mapping.columns, texts, strict=True)
        return any(name == own and text.strip() for name, text in named)

    def _columns(
        self, mapping: BlockMapping, *, named: bool = False
    ) -> Iterator[tuple[int, Column]]:
        """Yield the block's columns that are put somewhere; those that name a row with `named`."""
        for number, name in enumerate(mapping.columns):
            column = self._model.cells.columns.get(name or "")
            if column is not None and (named or name not in mapping.keys):
                yield number, column

    def _with_facts(self, rows: range, most: int) -> Sequence[ViewRow]:
        """Return the rows in which all of its columns are facts that can be, at most so many."""
        cells, found = self._model.cells, list[ViewRow]()
        facts = cells.query.header.edits
        columns = [
            column for _number, column in self._columns(self._mapping) if column.name in facts
        ]
        for number in rows:
            if len(found) == most:
                break
            row = self._model.row(number)
            if all(cells.target(column, row) is not None for column in columns):
                found.append(row)
        return found

    def _notes(
        self,
        texts: Sequence[Sequence[str]],
        mapping: BlockMapping,
        matches: Sequence[RowMatch],
        lost: Sequence[RowMatch],
    ) -> Iterator[str]:
        """Yield what is not put where the user may think, what is left out before all else."""
        if lost:
            told = plural("{count} row has no place", "{count} rows have no place", len(lost))
            first = ", ".join(
                f"“{next((t for t in texts[m.number] if t), '')}” ({m.doubt})"
                for m in lost[:_NAMED]
            )
            yield f"{told.format(count=len(lost))}: {first}"
        totals = [m for m in matches if mapping.keys and m.is_total]
        if totals:
            yield plural(
                "{count} row of totals left out", "{count} rows of totals left out", len(totals)
            ).format(count=len(totals))
        if mapping.left_over:
            heads = texts[mapping.body - 1] if mapping.body else ()
            told = ", ".join(heads[n] if heads else str(n + 1) for n in mapping.left_over)
            yield _("Columns left out: {columns}").format(columns=told)
        cells, names = self._model.cells, self._model.names
        if mapping.keys and mapping.body:
            told = " · ".join(
                f"{texts[mapping.body - 1][number]} → {cells.heading(column, names)}"
                for number, column in self._columns(mapping)
            )
            yield _("Columns: {columns}").format(columns=told)
            keys = zip(mapping.columns, texts[mapping.body - 1], strict=True)
            named = ", ".join(text for name, text in keys if name in mapping.keys)
            told = _("Rows are found by: {columns}. What stands in that column stays.")
            yield told.format(columns=named)
