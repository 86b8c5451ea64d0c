"""Lines of a source that sum up others, held against what they sum: no data, but a check of it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.figures.values import Kind, quoted, read, says_nothing, show
from lkjip_tui.core.imports.outline import Line
from lkjip_tui.core.imports.recognition import name_key
from lkjip_tui.core.imports.sum_lines import is_mean, is_of_all, named_thing
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.language import _, plural

_NAMED: Final = 3
#: How finely it is told how near a sum comes.
_PARTS: Final = 10**9


class StatedSums:
    """The sums that a source says, to be held against its lines, also once some are mended.

    `leaf` is the table of the things that are summed; every line that is no total, when empty.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        leaf: str,
        columns: Collection[str],
        cells: Cells,
        names: ViewRow,
    ) -> None:
        self._lines, self._leaf = list(lines), leaf
        self._cells, self._names = cells, names
        known = (cells.columns[name] for name in columns if name in cells.columns)
        self._columns = [column for column in known if column.kind is Kind.RUPIAH]
        self._added: dict[int, Sequence[int]] = {}
        self._told: Sequence[str] | None = None

    def added_up(self, number: int, others: Sequence[int]) -> None:
        """Take what is mended in one line for all of these: the accounts of one thing."""
        self._added[number] = others

    def mend(self, number: int, column: str, text: str) -> None:
        """Let another text of a line stand in the place of the source's."""
        self._told = None
        others = {*self._added.get(number, ())}
        for at, line in enumerate(self._lines):
            if column in line.texts and line.number in {number, *others}:
                put = text if line.number == number else ""
                self._lines[at] = replace(line, texts={**line.texts, column: put})

    def differing(self) -> Sequence[str]:
        """Return a note for each money column in which lines say another sum than they sum up."""
        if self._told is None:
            self._told = list(self._differing())
        return self._told

    def _differing(self) -> Iterator[str]:
        if not self._columns:
            return
        told = _Sums(self._lines, self._leaf, [column.name for column in self._columns])
        for place, column in enumerate(self._columns):
            sums = [*told.of_totals(place), *told.of_things(place)]
            if sums:
                listed = "; ".join(sums[:_NAMED])
                if (more := len(sums) - _NAMED) > 0:
                    listed += "; " + plural("and {count} more", "and {count} more", more).format(
                        count=more
                    )
                yield _("{column}: sums of the source that do not add up: {sums}").format(
                    column=self._cells.whole_heading(column, self._names), sums=listed
                )


def summed(lines: Sequence[Line], columns: Sequence[str], cells: Cells) -> Mapping[str, str]:
    """Return the texts of lines that are details of one thing: money added up, else the first's.

    Where one cannot be read its text stands, to be refused; where none says anything, nothing.
    """
    texts = dict(lines[0].texts)
    for name in columns:
        column = cells.columns.get(name)
        if column is not None and column.kind is Kind.RUPIAH:
            said = [text for line in lines if not says_nothing(text := line.texts.get(name, ""))]
            amounts = {text: amount_of(text) for text in said}
            unread = [text for text, amount in amounts.items() if amount is None]
            total = sum(amounts[text] or 0 for text in said)
            texts[name] = unread[0] if unread else str(total) if said else ""
    return texts


class _Sums:
    """Adds up the lines of a source by column, and tells which of them say otherwise.

    A total does not say what it sums. It may be what has come since the total before it, what
    stands under the last thing of some level, or all; it is taken for what fits most columns.
    """

    def __init__(self, lines: Sequence[Line], leaf: str, columns: Sequence[str]) -> None:
        self._lines, self._leaf = lines, leaf
        self._below: dict[int, list[int]] = {}
        self._last = -1
        self._is_summed: list[set[int]] = [set() for _column in columns]
        self._amounts = [
            [amount_of(line.texts.get(name, "")) for name in columns] for line in lines
        ]
        self._all = [0] * len(columns)
        self._totals: list[tuple[int, list[list[int]]]] = []
        since, last = [0] * len(columns), dict[str, int]()
        for at, line in enumerate(lines):
            if line.is_total:
                if not is_mean(line.name):
                    self._totals.append((at, self._candidates(at, since, last)))
                    since = [0] * len(columns)
            else:
                if line.table:
                    last[line.table] = at
                self._add(at, since)
        self._labels = Counter(name_key(lines[at].name) for at, _sums in self._totals)

    def of_totals(self, place: int) -> Iterator[str]:
        """Yield which totals say another sum in a column."""
        for at, candidates in self._totals:
            line, stated = self._lines[at], self._amounts[at]
            sums = [sums for sums in candidates if any(sums)]
            if self._is_last_of_one(at) or is_of_all(line.name) or not sums:
                sums = [self._all]
            best = max(sums, key=lambda each: _fitness(stated, each))
            name = quoted(line.name or _("Total"))
            if self._labels[name_key(line.name)] > 1:
                name = _("{name} in line {line}").format(name=name, line=line.number + 1)
            yield from _differing(name, stated[place], best[place])

    def of_things(self, place: int) -> Iterator[str]:
        """Yield which things say another sum in a column than those under them."""
        for at in sorted(self._is_summed[place]):
            name = quoted(self._lines[at].name)
            yield from _differing(name, self._amounts[at][place], self._below[at][place])

    def _is_last_of_one(self, at: int) -> bool:
        """Whether it is the one total, and nothing that it could leave out comes behind it."""
        return len(self._totals) == 1 and at > self._last

    def _add(self, at: int, since: list[int]) -> None:
        line = self._lines[at]
        if line.is_detail or (self._leaf and line.table != self._leaf):
            return
        for place, amount in enumerate(self._amounts[at]):
            if amount is None:
                continue
            self._last = at
            since[place] += amount
            self._all[place] += amount
            above = line.parent
            while above is not None and above != at:
                self._below.setdefault(above, [0] * len(self._all))[place] += amount
                self._is_summed[place].add(above)
                above = self._lines[above].parent

    def _candidates(
        self, at: int, since: Sequence[int], last: Mapping[str, int]
    ) -> list[list[int]]:
        """Return what a total may sum up, the likeliest first; what it names is nothing else."""
        below = {place: self._below[place] for place in last.values() if place in self._below}
        if wanted := named_thing(self._lines[at].name):
            for place in reversed(below):
                if name_key(self._lines[place].name).startswith(wanted):
                    return [list(below[place])]
        under = [list(below[place]) for place in sorted(below, reverse=True)]
        return [list(since), *under, list(self._all), self._all]


def _fitness(stated: Sequence[int | None], sums: Sequence[int]) -> tuple[int, int]:
    """Return how well sums fit: in how many columns, and how near they come in the others."""
    pairs = [(said, own) for said, own in zip(stated, sums, strict=True) if said is not None]
    off = sum(_PARTS * abs(said - own) // max(abs(said), abs(own), 1) for said, own in pairs)
    return sum(said == own for said, own in pairs), -off


def _differing(name: str, stated: int | None, computed: int) -> Iterator[str]:
    if stated is not None and stated != computed:
        yield _("{name} says {stated}, its rows {computed}").format(
            name=name,
            stated=show(stated, Kind.RUPIAH),
            computed=show(computed, Kind.RUPIAH),
        )


def amount_of(text: str) -> int | None:
    """Return the rupiah that a text says, None when it says none."""
    if text.isdecimal():
        return int(text)
    try:
        value = read(text, Kind.RUPIAH, typed=False).value
    except InputRefused:
        return None
    return value if isinstance(value, int) else None
