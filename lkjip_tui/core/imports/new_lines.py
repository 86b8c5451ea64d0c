"""Lines of a list that mean no row which is there: the rows that would be made of them."""

from collections.abc import Collection, Mapping, Sequence

from lkjip_tui.core.acts import RowRun
from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.figures.values import Value, read, says_nothing
from lkjip_tui.core.imports.held_lines import HeldLines
from lkjip_tui.core.imports.identity import How, Meaning
from lkjip_tui.core.imports.outline import Line
from lkjip_tui.core.imports.recognition import name_key
from lkjip_tui.core.imports.source_rows import SourceRows, held_of
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import CODE, ROW_KEY, RowRule, ViewRow
from lkjip_tui.language import _


class NewLines:
    """Makes rows of lines, and shows them beside those that are there."""

    def __init__(self, held: HeldLines, rows: SourceRows, cells: Cells, year: int) -> None:
        self._held, self._rows, self._cells, self._year = held, rows, cells, year

    def meanings(self, lines: Sequence[Line], keys: Collection[str]) -> Sequence[Meaning]:
        """Return what lines mean: new rows, shown from now on, where the `row` lines say how.

        `keys` are the columns that say which row is meant. Lines of one code, or else of one name,
        mean one row.
        """
        meanings = [Meaning(refused=_("There is no such row here.")) for _line in lines]
        said = [self._said(line) for line in lines]
        rules = [self._rows.rule_for(row) for row in said]
        named = [key for key in keys if key != ROW_KEY]
        first: dict[object, int] = {}
        again: dict[int, int] = {}
        by_rule: dict[RowRule, list[int]] = {}
        for at, rule in enumerate(rules):
            if rule is None:
                continue
            if not any(name_key(lines[at].texts.get(key, "")) for key in named):
                meanings[at] = Meaning(refused=_("It has no name."))
                continue
            code = lines[at].texts.get(CODE, "").strip().rstrip(".")
            same = (rule, code) if code else self._rows.told_by(rule, said[at])
            one = first.setdefault(same, at)
            if one == at:
                by_rule.setdefault(rule, []).append(at)
            else:
                again[at] = one
        made = self._shown_as_made(by_rule, said)
        meant = made
        if hidden := made.keys() - self._held.row_keys():
            unseen = {made[key] for key in hidden}  # nobody could fill or delete them
            left = {
                rule: [at for at in places if at not in unseen] for rule, places in by_rule.items()
            }
            made = self._shown_as_made({r: places for r, places in left.items() if places}, said)
            meant = {key: meant[key] for key in hidden} | made
        for key, at in meant.items():
            meanings[at] = Meaning(key, How.NEW)
        for at, one in again.items():
            meanings[at] = meanings[one]
        return meanings

    # Inside

    def _shown_as_made(
        self, by_rule: Mapping[RowRule, Sequence[int]], said: Sequence[ViewRow]
    ) -> dict[str, int]:
        """Show the rows that `row` lines make of what is said, and return their places by key."""
        runs: list[RowRun] = []
        made: dict[str, int] = {}
        for number, (rule, places) in enumerate(by_rule.items()):
            own, keys = self._rows.of_rule(
                rule, [said[at] for at in places], self._held.keep_rows, str(number)
            )
            runs += own
            made |= zip(keys, places, strict=True)
        self._held.add_rows(runs, self._year, [*made])
        return made

    def _said(self, line: Line) -> ViewRow:
        """Return what a line says of its row, read as the columns' kinds say."""
        found: dict[str, Value] = {}
        for name, text in line.texts.items():
            column = self._cells.columns.get(name)
            if column is None or column.kind is None or says_nothing(text):
                continue
            try:
                found[name] = (
                    self._cells.chosen(column, text) if self._cells.is_chosen(column)
                    else read(text, column.kind, typed=False).value
                )  # fmt: skip
            except InputRefused:
                continue
        return held_of(found)
