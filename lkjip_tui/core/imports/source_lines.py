"""The lines of a source, each with the row of the view that it means, and what they do not say.

A tree's lines are told by `outline` and `identity`, those of a list as a pasted block's are
(`recognition`). Things that the file has not, or not in this year, are shown to the comparison as
rows, so that their cells are compared like all others.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Final, TypeAlias

from lkjip_tui.core.errors import UnheadedError
from lkjip_tui.core.figures.block import Block
from lkjip_tui.core.figures.values import Kind, quoted
from lkjip_tui.core.imports import list_codes, outline, source_sums
from lkjip_tui.core.imports.held_lines import HeldLines
from lkjip_tui.core.imports.identity import How, Identities, KnownThing, Meaning
from lkjip_tui.core.imports.new_lines import NewLines
from lkjip_tui.core.imports.nomenclature import TABLES
from lkjip_tui.core.imports.number_codes import read_codes, settled
from lkjip_tui.core.imports.outline import Line
from lkjip_tui.core.imports.recognition import BlockMapping, is_total, match_rows, name_key
from lkjip_tui.core.imports.source_body import body_of
from lkjip_tui.core.imports.source_columns import written
from lkjip_tui.core.imports.source_rows import Joining, SourceRows
from lkjip_tui.core.imports.source_sums import StatedSums
from lkjip_tui.core.imports.sum_lines import SumLines
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import CODE, FISCAL_YEAR, ROW_KEY, ViewRow
from lkjip_tui.core.query.headings import ACCOUNT, Level
from lkjip_tui.language import _, plural

_NAMED: Final = 3

Told: TypeAlias = tuple[Line, Meaning]


class SourceLines:
    """The lines of one source; `notes` tell what is left out, `sums` are those that it says."""

    def __init__(
        self,
        held: HeldLines,
        rows: SourceRows,
        cells: Cells,
        names: ViewRow,
        source: tuple[Block, BlockMapping],
    ) -> None:
        self._held, self._rows = held, rows
        self._cells, self._names = cells, names
        block, self._mapping = source
        self._year = int(str(names[FISCAL_YEAR]))
        self.notes: list[str] = []
        self.sums: StatedSums | None = None
        body = body_of(block, self._mapping, cells.columns, names)
        self._places = body.places
        self._texts, self._numbers = read_codes(body.rows, self._mapping.columns)
        if other := body.of_other_years:
            self.notes.append(
                plural("{count} line of another year left out",
                       "{count} lines of other years left out", other).format(count=other)
            )  # fmt: skip

        if signers := body.of_signers:
            self.notes.append(
                plural("{count} line left out: a signature under the table",
                       "{count} lines left out: a signature under the table",
                       signers).format(count=signers)
            )  # fmt: skip

    def release(self) -> None:
        """Let go of the texts, and of what they add up to."""
        self._texts, self._numbers, self.sums = [], [], None

    @property
    def mapping(self) -> BlockMapping:
        """Which columns the lines have: the source's, and the code that stood before names."""
        return self._mapping

    def met_at_once(self) -> bool:
        """Let the database find every row by key or code; False where a line needs a closer look.

        The comparison has the texts then, its lines numbered as the block's.
        """
        columns, rows = self._mapping.columns, self._texts
        name = next((key for key in (ROW_KEY, CODE) if key in columns), None)
        is_outlined = any(each and (each == ACCOUNT or Level.named(each)) for each in columns)
        if name is None or is_outlined or self._numbers or not rows:
            return False
        self._held.put(
            self._places,
            {
                each: list(map(itemgetter(at), rows))
                for at, each in enumerate(columns)
                if each is not None
            },
        )
        self._held.meet(name, How.KEY if name == ROW_KEY else How.CODE)
        own = self._cells.shown[self._cells.trunk].name
        if name == CODE and own in columns and self._held.is_renamed(own):
            return False  # the name may be another's
        left = set(self._held.without_row())
        if left and self._cells.query.header.level:
            return False  # sums of a tree are told by what stands under what
        numbered = zip(self._places, rows, strict=True)
        if not all(is_total(row) for place, row in numbered if place in left):
            return False
        if left:
            sums = self._sum_lines()
            self._check_sums(
                [
                    Line(
                        place,
                        name=sums.label(row, []) if place in left else "",
                        texts=self._named(row),
                        is_total=place in left,
                    )
                    for place, row in zip(self._places, rows, strict=True)
                ]
            )
        return True

    def of_tree(self, tables: Sequence[str]) -> Sequence[Told]:
        """Return the lines of a tree with what they mean; `tables` from the top down."""
        things = {table: self._rows.known(table) for table in tables}
        lines = self._outlined(tables, things)
        self._check_sums(lines, tables[-1])
        if self._numbers:
            codes = {table: {each.code.rstrip(".") for each in things[table]} for table in tables}
            lines = self._settled(lines, codes)
        identities = Identities(tables, things, self._rows.new_id)
        meanings = identities.meanings(lines)
        shown = self._held.row_keys()
        wanted = dict.fromkeys(m.row_key for m in meanings if m.row_key and m.row_key not in shown)
        joining = [Joining(key.partition("/")[0], int(key.partition("/")[2])) for key in wanted]
        runs = self._rows.of_things(identities.made, joining, self._held.keep_rows)
        self._held.add_rows(runs, self._year, list(wanted))
        details = sum(line.is_detail for line in lines)
        if details:
            self.notes.append(
                plural("{count} line left out: an account, a class above programs, a signature",
                       "{count} lines left out: accounts, classes above programs, signatures",
                       details).format(count=details)
            )  # fmt: skip
        own = self._cells.shown[self._cells.trunk].name
        return self._added_up([
            (
                line
                if meaning.how is How.KEY  # its cells stand as they were exported
                else replace(line, texts={**line.texts, own: line.name, CODE: line.code}),
                meaning,
            )
            for line, meaning in zip(lines, meanings, strict=True)
            if not (line.is_total or line.is_detail)
            and (line.table or line.name.strip() or any(line.texts.values()))
        ])  # fmt: skip

    def of_list(self) -> Sequence[Told]:
        """Return the lines of a list with what they mean; raises UnheadedError."""
        self._texts, self._mapping = list_codes.codes_apart(self._texts, self._mapping, self._cells)
        mapping = self._mapping
        if not mapping.keys:
            raise UnheadedError(
                _("Nothing in the source says which row a line means: no key, code or name."),
                _("Name the column with --map {column}=HEADING.").format(
                    column=self._cells.shown[self._cells.trunk].name
                ),
            )
        shown = self._held.rows()
        own = self._cells.shown[self._cells.trunk].name
        sums = self._sum_lines({name_key(str(row.get(own) or "")) for row in shown})
        block = Block(tuple(map(tuple, self._with_codes(list(self._filled_down())))))
        found = match_rows(block, replace(mapping, body=0), self._cells, shown)
        other_levels = list_codes.of_other_levels(list(map(self._named, block.rows)), self._cells)
        told: list[Told] = []
        new: list[int] = []
        for match in found:
            texts = self._named(block.rows[match.number])
            place = self._places[match.number]
            if len(match.fitting) == 1:
                row = shown[match.fitting[0]]
                line = Line(place, texts=texts, is_total=match.is_total)
                told.append((line, Meaning(str(row[ROW_KEY]), _how(texts, row))))
                continue
            named = [(texts.get(CODE, "").strip(), name)] if (name := texts.get(own, "")) else []
            label = sums.label(block.rows[match.number], named, texts.get("unit", ""))
            code = list_codes.code_of(texts)
            is_detail = not (match.fitting or label) and code in other_levels
            line = Line(
                place, code=code, name=label, texts=texts, is_total=bool(label), is_detail=is_detail
            )
            if not (match.fitting or label or is_detail):
                new.append(len(told))
            told.append((line, Meaning(refused=match.doubt)))
        self._check_sums([line for line, _meaning in told])
        self.notes += list_codes.told([line for line, _meaning in told if line.is_detail])
        new_lines = NewLines(self._held, self._rows, self._cells, self._year)
        made = new_lines.meanings([told[at][0] for at in new], mapping.keys)
        for at, meaning in zip(new, made, strict=True):
            told[at] = told[at][0], meaning
        return [
            (line, meaning)
            for line, meaning in told
            if meaning.row_key or not (line.is_total or line.is_detail)
        ]

    # Inside

    def _outlined(
        self, tables: Sequence[str], things: Mapping[str, Sequence[KnownThing]]
    ) -> Sequence[Line]:
        columns = self._mapping.columns
        numbered = zip(self._places, self._texts, strict=True)
        levels = {
            place: level
            for place, name in enumerate(columns)
            if name is not None and (level := Level.named(name)) is not None
        }
        figures = [place for place, name in enumerate(columns) if self._is_money(name)]
        known: dict[str, str] = {}
        for table in tables:
            for thing in things[table]:
                key = name_key(thing.name)
                known[key] = table if known.get(key, table) == table else ""
        sums = self._sum_lines(known)
        if levels:
            said = [str(columns[place]) for place in figures]
            return outline.by_levels(numbered, columns, levels, tables, figures=said, sums=sums)
        own = self._cells.shown[self._cells.trunk].name
        return outline.by_names(
            numbered, columns, tables, own=own, known=known, figures=figures, sums=sums
        )

    def _settled(
        self, lines: Sequence[Line], codes: Mapping[str, Collection[str]]
    ) -> Sequence[Line]:
        """Return lines with the codes that their numbers stand for; `codes` are those here."""
        by_key = {str(row[ROW_KEY]): str(row.get(CODE) or "") for row in self._held.rows()}
        found, notes = settled(lines, self._numbers, codes, by_key)
        self.notes += notes
        return found

    def _with_codes(self, rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
        """Return rows of a list with the codes that their numbers stand for."""
        if not self._numbers:
            return rows
        own = self._cells.shown[self._cells.trunk].name
        place = self._mapping.columns.index(CODE)
        told = [self._named(row) for row in rows]
        lines = [
            Line(0, code=texts[CODE].strip(), name=texts.get(own, ""), texts=texts)
            for texts in told
        ]
        codes = {str(row.get(CODE) or "").rstrip(".") for row in self._held.rows()}
        return [
            (*row[:place], line.code, *row[place + 1 :])
            for row, line in zip(rows, self._settled(lines, {"": codes}), strict=True)
        ]

    def _added_up(self, told: Sequence[Told]) -> Sequence[Told]:
        """Return lines with those that are accounts of one thing as one."""
        if ACCOUNT not in self._mapping.columns:
            return told
        of_thing: dict[str, list[Told]] = defaultdict(list)
        for number, (line, meaning) in enumerate(told):
            of_thing[meaning.row_key or f"#{number}"].append((line, meaning))
        found = []
        for (line, meaning), *others in of_thing.values():
            lines = [line, *(each for each, _m in others)]
            if others and self.sums is not None:
                self.sums.added_up(line.number, [each.number for each, _m in others])
            texts = source_sums.summed(lines, written(self._mapping, self._cells), self._cells)
            found.append((replace(line, texts=texts) if others else line, meaning))
        return found

    def _filled_down(self) -> Iterator[Sequence[str]]:
        """Yield rows with what is printed once for several of them in each."""
        if ROW_KEY in self._mapping.columns:
            yield from self._texts
            return
        known = self._cells.columns
        once = [
            place for place, name in enumerate(self._mapping.columns)
            if name in known and known[str(name)].once
        ]  # fmt: skip
        above: dict[int, str] = {}
        for row in self._texts:
            filled = list(row)
            for place in once:
                if row[place].strip():
                    above[place] = row[place]
                filled[place] = above.get(place, "")
            yield filled

    def _named(self, row: Sequence[str]) -> Mapping[str, str]:
        pairs = zip(self._mapping.columns, row, strict=True)
        return {name: text for name, text in pairs if name is not None}

    def _is_money(self, name: str | None) -> bool:
        column = self._cells.columns.get(name or "")
        return column is not None and column.kind is Kind.RUPIAH

    def _sum_lines(self, known: Collection[str] = ()) -> SumLines:
        """Return what tells sums; `known` are the names that the file has, by `name_key`."""
        tables = {part.table for rule in self._cells.query.header.rows for part in rule.parts}
        return SumLines(known, of_money=not TABLES.isdisjoint(tables))

    def _check_sums(self, lines: Sequence[Line], leaf: str = "") -> None:
        columns = [name for name in self._mapping.columns if name]
        self.sums = StatedSums(lines, leaf, columns, self._cells, self._names)
        said = [line.name for line in lines if line.is_total and not is_total([line.name])]
        if said:
            named = ", ".join(map(quoted, said[:_NAMED])) + (" …" if len(said) > _NAMED else "")
            self.notes.append(
                plural("{count} line left out: a sum or a mean of others: {names}",
                       "{count} lines left out: sums or means of others: {names}",
                       len(said)).format(count=len(said), names=named)
            )  # fmt: skip


def _how(texts: Mapping[str, str], row: ViewRow) -> How:
    """Return by what a line of a list tells its row."""
    if texts.get(ROW_KEY, "").strip() == row[ROW_KEY]:
        return How.KEY
    code = texts.get(CODE, "").strip()
    return How.CODE if code and code == row.get(CODE) else How.NAME
