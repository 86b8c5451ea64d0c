"""Where the cells of a pasted text go: by its headings and names, or from the cursor on."""

from collections.abc import Iterator, Sequence

from lkjip_tui.core.block import read_block
from lkjip_tui.core.header import Column, ViewRow
from lkjip_tui.core.plan import CellText
from lkjip_tui.core.recognition import BlockMapping, RowMatch, match_rows, recognize
from lkjip_tui.grid import Block
from lkjip_tui.language import _, plural
from lkjip_tui.tui.query_model import QueryModel

_NAMED = 3


class Paste:
    """A paste into the rows that a model shows, at a cursor's row with cells chosen."""

    def __init__(self, model: QueryModel, row: int, chosen: Block) -> None:
        self._model = model
        self._row = row
        self._chosen = chosen

    def entries(self, text: str) -> tuple[Sequence[CellText], Sequence[str]]:
        """Return the texts with their cells, and what a user should know before it is done.

        Without headings, computed rows are passed over, as Enter does; and a single text fills
        all chosen cells. What has no row yet gets a new one where the table is no tree.
        """
        model, block = self._model, read_block(text)
        if len(block.rows) == block.width == 1 and self._chosen.count > 1:
            cells = list(self._facts(self._chosen.rows, self._chosen.columns))
            return [CellText(row, column, block.rows[0][0]) for column, row in cells], ()
        beside = model.shown[self._chosen.columns.start :]
        mapping = recognize(block, model.cells, model.names, beside)
        if mapping.keys:
            rows: Sequence[ViewRow] = [model.row(number) for number in range(model.row_count)]
            matches = match_rows(block, mapping, model.cells, rows)
        else:
            names = {name for name in mapping.columns if name}
            columns = [n for n, column in enumerate(model.shown) if column.name in names]
            below = range(self._row, model.row_count)
            needed = len(block.rows) - mapping.body
            rows = self._with_facts(below, columns, needed)
            matches = match_rows(block, mapping, model.cells, rows)
        entries = [
            CellText(rows[match.row], column, block.rows[match.number][number])
            for match in matches
            if match.row is not None and not (mapping.keys and match.is_total)
            for number, column in self._columns(mapping)
            if model.cells.target(column, rows[match.row]) is not None
        ]
        lost = [m for m in matches if m.row is None and not (mapping.keys and m.is_total)]
        if self._takes_rows:
            new = [m for m in lost if not m.fitting]
            entries += [
                CellText({}, column, block.rows[match.number][number], new=place)
                for place, match in enumerate(new)
                for number, column in self._columns(mapping, named=True)
                if block.rows[match.number][number]
            ]
            lost = [m for m in lost if m not in new]
        return entries, list(self._notes(block.rows, mapping, matches, lost))

    @property
    def _takes_rows(self) -> bool:
        """Whether rows can be made behind the others: in a tree nobody knows where they belong."""
        return self._model.levels is None and bool(self._model.cells.query.header.rows)

    def _columns(
        self, mapping: BlockMapping, *, named: bool = False
    ) -> Iterator[tuple[int, Column]]:
        """Yield the block's columns that are put somewhere; those that name a row with `named`."""
        for number, name in enumerate(mapping.columns):
            column = self._model.cells.columns.get(name or "")
            if column is not None and (named or name not in mapping.keys):
                yield number, column

    def _facts(self, rows: range, columns: range) -> Iterator[tuple[Column, ViewRow]]:
        for number in rows:
            row = self._model.row(number)
            for each in columns:
                column = self._model.shown[each]
                if self._model.cells.target(column, row) is not None:
                    yield column, row

    def _with_facts(self, rows: range, columns: Sequence[int], most: int) -> Sequence[ViewRow]:
        """Return the rows in which one of these columns is a fact, at most so many."""
        found: list[ViewRow] = []
        for number in rows:
            if len(found) == most:
                break
            row = self._model.row(number)
            shown = (self._model.shown[each] for each in columns)
            if any(self._model.cells.target(column, row) is not None for column in shown):
                found.append(row)
        return found

    def _notes(
        self,
        texts: Sequence[Sequence[str]],
        mapping: BlockMapping,
        matches: Sequence[RowMatch],
        lost: Sequence[RowMatch],
    ) -> Iterator[str]:
        """Yield what is not put where the user may think."""
        cells, names = self._model.cells, self._model.names
        if mapping.keys:
            told = " · ".join(
                f"{texts[mapping.body - 1][number]} → {cells.heading(column, names)}"
                for number, column in self._columns(mapping)
            )
            yield _("Columns: {columns}").format(columns=told)
        if mapping.left_over:
            heads = texts[mapping.body - 1] if mapping.body else ()
            told = ", ".join(heads[n] if heads else str(n + 1) for n in mapping.left_over)
            yield _("Columns left out: {columns}").format(columns=told)
        totals = [m for m in matches if mapping.keys and m.is_total]
        if totals:
            yield plural(
                "{count} row of totals left out", "{count} rows of totals left out", len(totals)
            ).format(count=len(totals))
        if lost:
            told = plural("{count} row has no place", "{count} rows have no place", len(lost))
            first = ", ".join(
                f"“{next((t for t in texts[m.number] if t), '')}” ({m.doubt})"
                for m in lost[:_NAMED]
            )
            yield f"{told.format(count=len(lost))}: {first}"
