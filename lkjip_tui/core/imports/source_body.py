"""Which lines of a source are read: those beneath its headings that hold anything, of one year.

What a printed table has around its rows is no line: caption, headings once more, notes, and what
its signers put under it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lkjip_tui.core.changes.numbering import coded
from lkjip_tui.core.figures.block import Block
from lkjip_tui.core.imports.recognition import BlockMapping
from lkjip_tui.core.query.header import CODE, FISCAL_YEAR, ROW_KEY, Column, ViewRow, fill_names

_MONTHS: Final = (
    "januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november"
    "|nopember|desember"
)
#: With what a signature begins: place and date, or a word of those who sign.
_SIGNED: Final = re.compile(
    rf"(?:[^\d,]{{0,80}},)?\s*(?:tanggal\s*)?(?:\d{{1,2}}|[\s._…]*)\s*(?:{_MONTHS})\s+\d{{4}}\.?"
    r"|(?:mengetahui|menyetujui|disahkan|ditetapkan|dibuat oleh|ttd)\b.*",
    re.IGNORECASE | re.DOTALL,
)
#: What can be a row of the table: a figure, but no number of a civil servant.
_FIGURE: Final = re.compile(r"(?:rp\.?\s*)?-?\d[\d.,\s]{0,15}%?", re.IGNORECASE)
#: The most lines that a signature has.
_MOST_SIGNED: Final = 16
#: The most cells of one of its lines: those who sign stand beside each other.
_MOST_SIGNERS: Final = 3


@dataclass(frozen=True, slots=True)
class Body:
    """The lines that are read, with their numbers in the block.

    With them goes how many are of other years, and how many are what the signers put there.
    """

    places: Sequence[int]
    rows: Sequence[tuple[str, ...]]
    of_other_years: int
    of_signers: int


def body_of(
    block: Block, mapping: BlockMapping, columns: Mapping[str, Column], names: ViewRow
) -> Body:
    """Return the lines of a source that are read; `columns` are the view's, of which it has some.

    A line that names no year is of the one that is imported.
    """
    rows = block.rows
    headings = set(rows[mapping.head : mapping.body])  # again on top of a page
    numbers = _numbers(block, mapping, columns, names)
    filled = [at for at in numbers if any(rows[at]) and rows[at] not in headings]
    signed = _signed([rows[at] for at in filled[-_MOST_SIGNED:]], mapping)
    filled = filled[: len(filled) - signed]
    places = filled
    if FISCAL_YEAR in mapping.columns:
        own, place = {str(names[FISCAL_YEAR]), ""}, mapping.columns.index(FISCAL_YEAR)
        places = [at for at in filled if rows[at][place].strip() in own]
    return Body(places, [rows[at] for at in places], len(filled) - len(places), signed)


def _signed(rows: Sequence[Sequence[str]], mapping: BlockMapping) -> int:
    """Return how many of the last rows are a signature, wherever in the row it stands.

    None of them has a code, a key or a figure.
    """
    if ROW_KEY in mapping.columns:
        return 0
    found = 0
    code = mapping.columns.index(CODE) if CODE in mapping.columns else None
    for behind, row in enumerate(reversed(rows), 1):
        texts = [text.strip() for text in row if text.strip()]
        is_row = len(texts) > _MOST_SIGNERS or (code is not None and row[code].strip() in texts)
        if is_row or any(_FIGURE.fullmatch(text) or coded(text) for text in texts):
            break
        if any(_SIGNED.fullmatch(text) for text in texts):
            found = behind
    return found


def _numbers(
    block: Block, mapping: BlockMapping, columns: Mapping[str, Column], names: ViewRow
) -> range:
    """Return the numbers of the lines; where they bear keys, without what is printed around.

    A table as it is printed has its caption and headings between the columns' names and its
    rows, and notes behind an empty line.
    """
    rows, body = block.rows, mapping.body
    if ROW_KEY not in mapping.columns or FISCAL_YEAR not in mapping.columns:
        return range(body, len(rows))
    key = mapping.columns.index(ROW_KEY)
    if body >= len(rows) or rows[body][key].strip():  # no caption or heading follows
        return range(body, len(rows))
    keyed = [number for number in range(body, len(rows)) if rows[number][key].strip()]
    first = keyed[0] if keyed else body + 1
    said = _said(columns, names)
    while not keyed and first < len(rows) and said.issuperset(map(str.strip, rows[first])):
        first += 1
    last = keyed[-1] if keyed else first - 1
    ends = (number for number in range(last + 1, len(rows)) if not any(rows[number]))
    return range(first, next(ends, len(rows)))


def _said(columns: Mapping[str, Column], names: ViewRow) -> set[str]:
    """Return all that a printed heading may say, also nothing."""
    return {"", *(
        fill_names(words.in_language(language), names)
        for column in columns.values()
        for words in (column.heading, column.group)
        if words is not None
        for language in ("id", "en")
    )}  # fmt: skip
