"""Files of elsewhere as rows with types, for statements: what a column holds tells its type.

Of Parquet the types are the file's own. Of all else a column is one of figures or of days only
where every cell is; codes, and what has more digits than a figure of an office, stay texts.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from lkjip_tui.core.errors import FileError
from lkjip_tui.core.figures import figures
from lkjip_tui.core.figures.block import Block
from lkjip_tui.core.figures.values import plain, says_nothing
from lkjip_tui.core.sql.file_tables import Rows, named
from lkjip_tui.core.storage import arrow
from lkjip_tui.language import _
from lkjip_tui.transfer import source

#: Rows among which headings are looked for; titles may stand above them.
_HEAD: Final = 40
_MOST_DIGITS: Final = 15
#: Headings of what is written in digits and is no figure.
_CODES: Final = re.compile(r"\b(kode|code|kd|nip|nik|npwp|no\.? ?rek\w*|rekening|akun|account)\b")
_ISO_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DAY: Final = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?")
_ZERO: Final = re.compile(r"[-−]?0\d")


class _NoneSuch(Exception):
    """A text that is no value of a column's type."""


class _Lent:
    """A data frame of which the driver sees no more than that it speaks Arrow."""

    def __init__(self, frame: arrow.Stream) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return its rows; the interface calls it so."""
        return self._frame.__arrow_c_stream__(requested_schema)


def read(file: Path, sheet: str | None = None) -> Rows:
    """Return what a file holds; raises as `source.read` does."""
    if file.suffix.lower() in source.PARQUET:
        frame = source.parquet(file)
        return Rows(_Lent(frame), tuple(frame.columns), {})
    block = source.read(file, sheet).block
    if not block.rows:
        raise FileError(_("There is nothing in {file}.").format(file=file.name))
    return of_block(block)


def of_block(block: Block) -> Rows:
    """Return the rows of a block of texts, under headings that statements can use."""
    head = _head(block)
    heads = block.rows[head] if head is not None else ("",) * block.width
    names: list[str] = []
    for number, text in enumerate(heads, 1):
        plain_name = " ".join(text.split()) or f"column_{number}"
        names.append(named(plain_name, {"", *names}))
    rows = [row for row in block.rows[0 if head is None else head + 1 :] if any(row)]
    columns: dict[str, Sequence[str]] = {}
    types: dict[str, str] = {}
    doubted: list[str] = []
    for at, name in enumerate(names):
        column = [row[at].strip() for row in rows]
        types[name], columns[name], doubt = _typed(column, heads[at])
        if doubt:
            doubted.append(doubt)
    told = _("As thousands: {figures}.").format(figures=", ".join(doubted)) if doubted else ""
    return Rows(arrow.Columns(columns), tuple(names), types, told)


def _head(block: Block) -> int | None:
    """Return the row of the headings: the first that is filled as most are, and not with figures.

    None where there is none, as in a list of figures.
    """
    first = block.rows[:_HEAD]
    most = max((sum(map(bool, row)) for row in first), default=0)
    for number, row in enumerate(first):
        filled = [text for text in row if text.strip()]
        if 2 * len(filled) > most or len(filled) == most:
            return None if all(map(_is_figure, filled)) else number
    return None


def _is_figure(text: str) -> bool:
    with suppress(_NoneSuch):
        _figure(text)
        return True
    return False


def _typed(column: Sequence[str], heading: str) -> tuple[str, Sequence[str], str]:
    """Return a column's type, its texts as the database reads them, and one with two readings."""
    filled = [text for text in column if not says_nothing(text)]
    if not filled:
        return "varchar", ["" if says_nothing(text) else text for text in column], ""
    for read_all in () if _CODES.search(heading.lower()) else (_figures, _days, _times):
        with suppress(_NoneSuch):
            kind, texts, doubt = read_all(filled)
            found = iter(texts)
            return kind, ["" if says_nothing(text) else next(found) for text in column], doubt
    return "varchar", column, ""


def _figures(texts: Sequence[str]) -> tuple[str, Sequence[str], str]:
    """Read all as whole numbers if that can be, else as numbers with decimals."""
    with suppress(_NoneSuch):
        whole = [_figure(text, is_whole=True) for text in texts]
        doubt = next((text for text in texts if _has_two_readings(text)), "")
        is_sure = any(text.count(".") + text.count(",") > 1 for text in texts)
        return "bigint", [plain(number) for number in whole], "" if is_sure else doubt
    numbers = [plain(_figure(text)) for text in texts]
    places = max(len(number.partition(".")[2]) for number in numbers)
    return f"decimal(38, {places})", numbers, ""


def _figure(text: str, *, is_whole: bool = False) -> int | Decimal:
    """Return the figure that a text is; raises _NoneSuch."""
    if _ZERO.match(text) and not re.match(r"[-−]?0[.,]", text):
        raise _NoneSuch
    tidy = " ".join(text.split())
    read_one: Callable[..., figures.Figure] = figures.read_decimal
    if is_whole:
        read_one = figures.read_whole
    try:
        figure = read_one(tidy, typed=False)
    except figures.UnreadableError as error:
        raise _NoneSuch from error
    if figure.number is None or figure.words or sum(map(str.isdigit, tidy)) > _MOST_DIGITS:
        raise _NoneSuch
    return figure.number


def _has_two_readings(text: str) -> bool:
    with suppress(_NoneSuch):
        return _figure(text) != _figure(text, is_whole=True)
    return False


def _days(texts: Sequence[str]) -> tuple[str, Sequence[str], str]:
    return "date", [_day(text) for text in texts], ""


def _day(text: str) -> str:
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return date.fromisoformat(text if _ISO_DAY.fullmatch(text) else "").isoformat()
    except ValueError as error:
        raise _NoneSuch from error


def _times(texts: Sequence[str]) -> tuple[str, Sequence[str], str]:
    if not all(map(_TIME.fullmatch, texts)):
        raise _NoneSuch
    return "timestamp", texts, ""
