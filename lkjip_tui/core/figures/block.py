"""A block of cells as text: what a clipboard holds, read into rows, whichever program wrote it.

Owns what the forms of such a text look like: tab-separated cells as spreadsheets copy them, CSV
when it is unmistakable, a Markdown table. Reading refuses nothing: any text is some block. What the
cells mean is for others: `recognition` finds columns and rows, `values` reads figures.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

#: The most cells that a block has; what is longer is cut at a whole row.
MOST_CELLS: Final = 2_000_000

#: What a spreadsheet would run, also behind what it passes over. Apostrophes before it count, so
#: that taking the first one off again gives every text back. The database reads this, too.
RUN: Final = re.compile(
    "'*(?:[\t\r]|[\\x00-\\x20\\x7f-\\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]*"
    "[-=+@\uff1d\uff0b\uff0d\uff20])"
)

#: Letters that are taken apart at once.
_PIECE: Final = 1 << 20
_QUOTED: Final = '"([^"]*+(?:""[^"]*+)*+)"'
_FIELDS: Final = {
    mark: re.compile(rf"(?:{_QUOTED}(?=[{mark}\n]|\Z)|([^{mark}\n]*+))({re.escape(mark)}|\n|\Z)")
    for mark in "\t;,|"
}
#: Fields of a line from which commas are taken for marks between them; two may be a sentence.
_FEWEST: Final = {";": 2, ",": 3}
_FIGURE: Final = re.compile(r"[\s\d.,%=–-]*(?:rp[\s\d.,%=–-]*)?", re.IGNORECASE)

_ROW: Final = re.compile(r"\s*\|(.*)\|\s*")
_ALIGNMENT: Final = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*")
_BAR: Final = re.compile(r"((?:[^|\\]|\\.|\\\Z)*+)(\||\Z)")
_STRONG: Final = re.compile(r"\*\*(.+)\*\*")
_INDENT: Final = re.compile(r"^(?:&nbsp;|\s)+")
_NEW_LINE: Final = re.compile(r"<br ?/?>", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of cells' texts, all of one width; a line break within a cell is a newline.

    `left_out` are the rows that were too many to be read; `title` is what a spreadsheet calls its
    sheet.
    """

    rows: tuple[tuple[str, ...], ...] = ()
    left_out: int = 0
    title: str = ""

    @property
    def width(self) -> int:
        """How many cells each row has."""
        return len(self.rows[0]) if self.rows else 0


def read_block(text: str) -> Block:
    """Return the cells of a clipboard's text; one line without a tab is one cell as it stands.

    Short rows are filled up with empty cells.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    whole = lines.removesuffix("\n")
    if not whole:
        return Block((("",),)) if lines else Block()
    if "\n" not in whole and "\t" not in whole:
        return Block(((whole,),))
    if "\t" in whole:  # no other form has any
        return _padded(_as_they_were(fields(whole, "\t")))
    return _padded(_markdown(whole) or _csv(whole) or _as_they_were(fields(whole, "\t")))


def neutralized(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula: an apostrophe stands before such."""
    return f"'{text}" if RUN.match(text) else text


def as_it_was(text: str) -> str:
    """Return a text without the apostrophe that `neutralized` put before it."""
    return text[1:] if text.startswith("'") and RUN.match(text, 1) else text


def fields(text: str, mark: str) -> Sequence[Sequence[str]]:
    """Return the fields of each line; quotes close one only before a mark or a line's end.

    A quote that nothing closes is a letter like others. Lines end with a newline alone.
    """
    if '"' not in text:
        return [line.split(mark) for line in _lines(text)]
    rows: list[list[str]] = [[]]
    for quoted, bare, end in _cut(text, mark):
        rows[-1].append(quoted.replace('""', '"') if quoted else bare)
        if end == "\n":
            rows.append([])
        elif not end:
            break
    return rows


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text; all at once, like all fields, would keep every other thread."""
    start = 0
    while (end := text.find("\n", start + _PIECE)) >= 0:
        yield from text[start:end].split("\n")
        start = end + 1
    yield from text[start:].split("\n")


def _cut(text: str, mark: str) -> Iterator[tuple[str, ...]]:
    """Yield what stands in quotes or without them, and what ends it, field by field.

    To find all of them at once would keep every other thread, the screen's too, for as long.
    """
    return (found.groups("") for found in _FIELDS[mark].finditer(text))


def _padded(rows: Sequence[Sequence[str]]) -> Block:
    width = max(map(len, rows))
    count = max(MOST_CELLS // width, 1)
    return Block(
        tuple((*row, *[""] * (width - len(row))) for row in rows[:count]),
        max(len(rows) - count, 0),
    )


def _csv(text: str) -> Sequence[Sequence[str]]:
    """Return the fields of a text that is unmistakably CSV; none when it may be something else."""
    for mark, fewest in _FEWEST.items():
        rows = _as_they_were(fields(text, mark)) if mark in text else []
        if rows and _is_table(rows, fewest, mark) and not _is_prose(text, mark):
            return rows
    return []


def _is_table(rows: Sequence[Sequence[str]], fewest: int, mark: str) -> bool:
    """Say whether a mark stands equally often in each line, and is none of a figure's."""
    width = len(rows[0])
    return (
        len(rows) > 1
        and width >= fewest
        and all(len(row) == width for row in rows)
        and not (mark == "," and _FIGURE.fullmatch(",".join(rows[0])))
    )


def _is_prose(text: str, mark: str) -> bool:
    """Say whether blanks follow the marks, as in a sentence."""
    return any(bare[:1].isspace() for _quoted, bare, _end in _cut(text, mark))


def _as_they_were(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    return [[as_it_was(field) for field in row] for row in rows]


def _markdown(text: str) -> Sequence[Sequence[str]]:
    """Return the rows of the first Markdown table in a text; none when there is none."""
    if not text.lstrip().startswith("|") and "\n|" not in text:
        return []
    lines = text.split("\n")
    if all(map(_ROW.fullmatch, lines)):
        begin = 0
    else:  # with a caption above it, or notes beneath
        rules = (n for n, line in enumerate(lines) if _ALIGNMENT.fullmatch(line))
        begin = next(rules, 0) - 1
        if begin < 0:
            return []
    table = list(takewhile(_ROW.fullmatch, lines[begin:]))
    is_ruled = len(table) > 1 and _ALIGNMENT.fullmatch(table[1])
    return [[*_bars(line)] for line in (table[:1] + table[2:] if is_ruled else table)]


def _bars(line: str) -> Iterator[str]:
    """Yield the cells of a line between bars, each letter by letter."""
    for cell, bar in _BAR.findall(line.strip()[1:-1]):
        bare = _INDENT.sub("", cell.strip())
        strong = _STRONG.fullmatch(bare)
        yield _ESCAPE.sub(r"\1", _NEW_LINE.sub("\n", strong[1] if strong else bare))
        if not bar:
            return
