"""What the cells of a block are: which column and which row of a view each of them means.

Headings are recognized in either language, as identifiers and as offices shorten them; rows by
their key, their code or their name. Nothing is guessed: what fits twice is told, not taken.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from lkjip_tui.core.changes.numbering import coded, unnumbered
from lkjip_tui.core.figures.block import Block
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import CODE, ROW_KEY, Column, ViewRow
from lkjip_tui.core.query.headings import Headings, merged
from lkjip_tui.language import _

_NUMBER: Final = "number"
#: The most rows above the headings: a caption and what it says of its unit.
_MOST_TITLES: Final = 4
#: The same in a file, which begins with whose it is.
_MOST_LINES: Final = 40
_FEWEST_NUMBERED: Final = 3

_TOTAL: Final = re.compile(
    r"(?:sub|grand)?(?:jumlah|jml|total)(?:total|akhir|umum|semua|(?:ke)?seluruh(?:an|nya)?|[ivx]+|\d+)?"
)
#: A number that is no year.
_FIGURE: Final = re.compile(r"(?!(?:19|20)\d\d$)(?:rp)?[\s.,%-]*\d[\d\s.,%-]*", re.IGNORECASE)
_ORDINAL: Final = re.compile(r"\(?(\d{1,2})\)?(?:\s*=.*)?")


@dataclass(frozen=True, slots=True)
class BlockMapping:
    """The name of the view's column that each column of a block is; None is left over.

    In a whole file it may be a `Level`'s name, or `ACCOUNT`, which no view's column has.
    `head` is the first row of headings, `body` the first beneath them. `keys` are the columns that
    say which row is meant, the surest first; without them rows follow each other as in the view.
    """

    columns: tuple[str | None, ...]
    body: int = 0
    keys: tuple[str, ...] = ()
    head: int = 0

    @property
    def left_over(self) -> tuple[int, ...]:
        """The numbers of the block's columns that are none of the view's."""
        return tuple(number for number, name in enumerate(self.columns) if name is None)


@dataclass(frozen=True, slots=True)
class RowMatch:
    """A row of a block and the places of the shown rows that it fits.

    `is_total` says that it sums up other rows; `is_repeated` that another row of the block means
    the same shown row.
    """

    number: int
    fitting: tuple[int, ...]
    is_total: bool = False
    is_repeated: bool = False

    @property
    def row(self) -> int | None:
        """The place of the one row that is meant; None when that is not sure."""
        return self.fitting[0] if len(self.fitting) == 1 and not self.is_repeated else None

    @property
    def doubt(self) -> str:
        """Why no row is meant, in words; empty when one is."""
        if not self.fitting:
            return _("There is no such row here.")
        if len(self.fitting) > 1:
            return _("More than one row here fits.")
        return _("Another row of the block means the same row.") if self.is_repeated else ""


def recognize(
    block: Block, cells: Cells, names: ViewRow, beside: Sequence[Column] = ()
) -> BlockMapping:
    """Return which columns of a view a block holds, by its headings.

    Without headings its columns are those `beside`, from the cursor on. `names` fill headings, and
    their `stage` decides between two budgets of which one is meant.
    """
    first = _first_row(block)
    most = min(2, len(block.rows) - first)
    headings = Headings(cells, names)
    found = [
        BlockMapping(headings.assign(merged(block.rows[first : first + count])), first + count)
        for count in range(1, most + 1)
    ]
    best = min(found, key=lambda mapping: len(mapping.left_over), default=None)
    if best is None or not _is_headed(block, best, first):
        by_place = [column.name for column in beside[: block.width]]
        return BlockMapping((*by_place, *[None] * (block.width - len(by_place))))
    return with_keys(_below_numbering(block, best), cells)


def recognize_file(
    block: Block, cells: Cells, names: ViewRow, tables: Sequence[str]
) -> BlockMapping:
    """Return which columns of a view a whole file holds, below whatever stands above its headings.

    With two and more `tables`, from the top of a tree down, it may have a column a level.
    """
    headings = Headings(cells, names, tables)
    last = len(block.rows)
    starts = (first for first in range(min(_MOST_LINES, last)) if not _is_title(block, first))
    found = [
        _headed(headings, block, first, first + count)
        for first in starts
        for count in (1, 2)
        if first + count <= last
    ]
    headed = [mapping for mapping in found if _is_headed(block, mapping, mapping.head)]
    if not headed:
        return BlockMapping((None,) * block.width)
    best = max(headed, key=lambda mapping: -len(mapping.left_over))
    return with_keys(_below_numbering(block, best), cells)


def _headed(headings: Headings, block: Block, head: int, body: int) -> BlockMapping:
    """Return what rows of headings say; where both together say nothing, the lower one may."""
    rows = block.rows[head:body]
    columns = headings.assign(merged(rows))
    if len(rows) > 1:
        lower = headings.assign(rows[-1])
        columns = tuple(
            own or (other if other not in columns else None)
            for own, other in zip(columns, lower, strict=True)
        )
    return BlockMapping(columns, body, head=head)


def match_rows(
    block: Block, mapping: BlockMapping, cells: Cells, rows: Sequence[ViewRow], at: int = 0
) -> Sequence[RowMatch]:
    """Return for each row of a block that holds anything which of the shown rows it means.

    When nothing in the block tells its rows apart, they are the shown ones from `at` on.
    """
    body = range(mapping.body, len(block.rows))
    if not mapping.keys:
        return [
            RowMatch(number, (place,) if place < len(rows) else (), is_total(block.rows[number]))
            for place, number in enumerate(body, at)
        ]
    index = _Index(mapping, cells, rows)
    found = [
        RowMatch(number, index.fitting(texts), is_total(texts))
        for number in body
        if any(map(name_key, texts := block.rows[number]))
    ]
    meant = Counter(match.row for match in found)
    return [
        replace(match, is_repeated=match.row is not None and meant[match.row] > 1)
        for match in found
    ]


def is_total(texts: Sequence[str]) -> bool:
    """Say whether a row of a block sums up others, by its first words."""
    first = next((key for text in texts if (key := name_key(text)) and not key.isdecimal()), "")
    return _TOTAL.fullmatch(first) is not None


class _Index:
    """Finds the shown rows that a row of a block may mean."""

    def __init__(self, mapping: BlockMapping, cells: Cells, rows: Sequence[ViewRow]) -> None:
        self._mapping = mapping
        self._cells = cells
        self._rows = rows
        self._above: dict[str, str] = {}
        looked_up = {*mapping.keys, *({CODE} & set(cells.columns))}
        self._places = {
            name: _places(_same(name, self._text(name, row)) for row in rows) for name in looked_up
        }
        self._narrowing = [
            name
            for name in mapping.columns
            if name and (column := cells.columns.get(name)) and (column.once or name == _NUMBER)
        ]

    def fitting(self, texts: Sequence[str]) -> tuple[int, ...]:
        """Return the places of the rows that a block's row fits: by all that it says of itself.

        Rows are asked for in their order: what is printed once stands for those beneath it.
        """
        pairs = zip(self._mapping.columns, texts, strict=True)
        held = {name: text for name, text in pairs if name is not None}
        self._above |= {name: held[name] for name in self._narrowing if name_key(held[name])}
        fitting: set[int] = set()
        for name in self._mapping.keys:
            for found in self._found(name, held[name]):
                # What speaks of different rows leaves both in question.
                fitting = (fitting & found) or (fitting | found)
            if name == ROW_KEY and fitting:
                break  # no name or code is surer
        for name in self._narrowing if len(fitting) > 1 else ():
            wanted = name_key(self._above.get(name, ""))
            alike = {n for n in fitting if name_key(self._text(name, self._rows[n])) == wanted}
            fitting = alike or fitting
        return tuple(sorted(fitting))

    def _found(self, name: str, text: str) -> Iterator[set[int]]:
        """Yield the rows with this text, else with the code and the name that it is made of."""
        if hits := self._called(name, text):
            yield hits
        elif name != ROW_KEY and (parts := coded(text)):
            yield self._called(CODE, parts[0])
            yield self._called(self._mapping.keys[-1], parts[1])

    def _called(self, name: str, text: str) -> set[int]:
        places = self._places.get(name, {})
        ways = (_same(name, way) for way in (text, unnumbered(text)))
        return next((places[way] for way in ways if way in places), set())

    def _text(self, name: str, row: ViewRow) -> str:
        column = self._cells.columns.get(name)
        return self._cells.text(column, row) if column else str(row[name])


def _places(keys: Iterator[str]) -> Mapping[str, set[int]]:
    found = defaultdict[str, set[int]](set)
    for place, key in enumerate(keys):
        if key:
            found[key].add(place)
    return found


def _same(name: str, text: str) -> str:
    """Return what is equal in texts that mean one thing; marks are all that tells codes apart."""
    if name == ROW_KEY:
        return text.strip()
    return text.strip().rstrip(".") if name == CODE else name_key(text)


def _below_numbering(block: Block, mapping: BlockMapping) -> BlockMapping:
    """Begin behind a row that numbers the columns."""
    body = mapping.body
    is_numbered = body < len(block.rows) - 1 and _is_numbering(block.rows[body])
    return replace(mapping, body=body + is_numbered)


def with_keys(mapping: BlockMapping, cells: Cells) -> BlockMapping:
    """Return a mapping with those of its columns that say which row is meant, the surest first."""
    own = cells.shown[cells.trunk].name if cells.shown else ROW_KEY
    keys = dict.fromkeys(key for key in (ROW_KEY, CODE, own) if key in mapping.columns)
    return replace(mapping, keys=tuple(keys))


def _first_row(block: Block) -> int:
    """Return the number of the row in which headings may stand."""
    numbers = range(min(_MOST_TITLES, len(block.rows)))
    return next((number for number in numbers if not _is_title(block, number)), 0)


def _is_title(block: Block, number: int) -> bool:
    """Say whether a row is a caption above the headings: it has one cell."""
    return block.width > 1 and sum(map(bool, map(str.strip, block.rows[number]))) <= 1


def _is_headed(block: Block, mapping: BlockMapping, first: int) -> bool:
    """Say whether what was taken for headings is some: half are known, and none is a figure."""
    rows = block.rows[first : mapping.body]
    written = sum(map(bool, map(str.strip, merged(rows))))
    known = sum(name is not None for name in mapping.columns)
    has_figure = any(_FIGURE.fullmatch(text.strip()) for texts in rows for text in texts)
    if mapping.body == len(block.rows):  # headings of nothing, or the one row that is meant
        return 1 < written == known and not has_figure
    return 0 < written <= 2 * known and not has_figure


def _is_numbering(texts: Sequence[str]) -> bool:
    """Say whether a row numbers the columns: 1, 2, 3, 4 = 3 / 2."""
    numbers = [_ORDINAL.fullmatch(text.strip()) for text in texts if text.strip()]
    ordinals = [int(number[1]) for number in numbers if number]
    return len(numbers) >= _FEWEST_NUMBERED and ordinals == list(range(1, len(numbers) + 1))


@lru_cache(1 << 16)
def name_key(text: str) -> str:
    """Return the letters and digits of a text, by which a name is the same however it is set."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())
