"""What a cell may hold, by kind: how it is read, printed, edited and shown on a terminal.

Owns the kinds of a column and the one reader and one printer that grid, imports, exports and
proof share; `figures` does the arithmetic of digits and marks. Numbers are `int` and `Decimal`
alone. The reader raises `InputRefused` and nothing else.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.figures import figures
from lkjip_tui.core.figures.figures import AS_STORED, AmbiguousError, UnreadableError, digits_of
from lkjip_tui.language import _, mark

__all__ = [
    "AS_STORED",
    "NULL_SIGN",
    "Kind",
    "Layout",
    "Reading",
    "Value",
    "edit_text",
    "fit",
    "is_number_type",
    "plain",
    "read",
    "safe_text",
    "says_nothing",
    "show",
]

Value = str | int | Decimal | bool | None

NULL_SIGN: Final = "–"


class Kind(StrEnum):
    """What a column holds; decides how text is read and how a value is printed."""

    RUPIAH = "rupiah"
    PERCENT = "percent"
    INDEX = "index"
    COUNT = "count"
    RANK = "rank"
    ROMAN = "roman"
    FLAG = "flag"
    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"

    @property
    def is_number(self) -> bool:
        """Whether values are figures: right-aligned, summed, followed by words at most."""
        return self in _NUMBERS


_NUMBERS = frozenset({Kind.RUPIAH, Kind.PERCENT, Kind.INDEX, Kind.COUNT, Kind.RANK})
_WITH_DECIMALS = frozenset({Kind.PERCENT, Kind.INDEX})
_TEXTS = frozenset({Kind.TEXT, Kind.LONG, Kind.CHOICE})
_DESCRIPTIONS = {
    Kind.RUPIAH: (mark("rupiah"), "4.349.483.103"),
    Kind.PERCENT: (mark("a percentage"), "67,59"),
    Kind.INDEX: (mark("an index"), "81,5"),
    Kind.COUNT: (mark("a count"), "1.250"),
    Kind.RANK: (mark("a whole number"), "12"),
    Kind.ROMAN: (mark("a roman numeral"), "IV"),
    Kind.FLAG: (mark("yes or no"), "Ya"),
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_NULL_WORDS = frozenset({"", "-", "–", "—", "n/a", "#div/0!"})
_FLAGS = {
    **dict.fromkeys(("ya", "yes", "true", "1"), True),
    **dict.fromkeys(("tidak", "no", "false", "0"), False),
}
_PLACES = {Kind.RUPIAH: 0, Kind.PERCENT: 2, Kind.COUNT: 0, Kind.RANK: 0, Kind.ROMAN: 0}
_GROUPED = _NUMBERS - {Kind.RANK}
_NUMBER_TYPE: Final = re.compile(
    r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|FLOAT|DOUBLE", re.IGNORECASE
)
_TOO_LARGE: Final = 10**38


@dataclass(frozen=True, slots=True)
class Layout:
    """How a value is printed: what `show` is told beside it."""

    kind: Kind
    decimals: int | None = None
    sign: bool = False

    @property
    def digits(self) -> tuple[int, bool]:
        """How many decimals a number has, or AS_STORED, and whether its thousands are marked."""
        places = _PLACES.get(self.kind, AS_STORED)
        if self.decimals is not None and self.kind in _WITH_DECIMALS:
            places = self.decimals
        return places, self.kind in _GROUPED

    @property
    def bears_sign(self) -> bool:
        """Whether % stands behind a number."""
        return self.sign and self.kind is Kind.PERCENT


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text means: its value, the words behind the number, and how sure the marks are.

    `mixed` says that dot and comma both stood for thousands (`4,600.242`); `places` are the
    decimals that were written, zeros too: they say how it stands, not what it means. `other` is
    the number that a text not typed here may mean as well: `1.234` is an index of 1,234.
    """

    value: Value
    words: str | None = None
    mixed: bool = False
    places: int = field(default=0, compare=False)
    other: Decimal | None = None

    @property
    def remark(self) -> str:
        """What whoever takes the value over should look at, in words; mostly empty."""
        if self.other is not None:
            return _("It may also be {number}.").format(number=digits_of(self.other))
        return _("Dot and comma both stand between thousands.") if self.mixed else ""


def read(text: str, kind: Kind, *, typed: bool = True) -> Reading:
    """Read a text by its column's kind.

    `typed` adds the rules of hand entry: the comma is the decimal mark and the dot the
    thousands, and what is ambiguous for the column is refused with both readings. Percents
    and indexes are `Decimal`, all other numbers `int`; an empty text is null, and so are
    `-`, `N/A` and their like where a figure is expected.
    """
    if kind in _TEXTS:
        return Reading(_read_text(text, kind))
    if says_nothing(text):
        return Reading(None)
    tidy = " ".join(text.split())
    described, example = _DESCRIPTIONS[kind]
    names = {"text": quoted(text), "kind": _(described)}
    try:
        return _read_figure(tidy, kind, typed=typed)
    except UnreadableError as error:
        raise InputRefused(
            _("“{text}” cannot be read as {kind}.").format(**names),
            error.reason or _("Type for example {example}.").format(example=example),
        ) from None
    except AmbiguousError as error:
        raise InputRefused(
            _("“{text}” can be read in two ways as {kind}.").format(**names),
            _("For {first} type {type_first}, for {second} type {type_second}.").format(
                first=digits_of(error.first),
                type_first=digits_of(error.first, grouped=False),
                second=digits_of(error.second),
                type_second=digits_of(error.second, grouped=False),
            ),
        ) from None


def says_nothing(text: str) -> bool:
    """Say whether a text means null where no words are expected: it is empty, `-`, `N/A`."""
    return " ".join(text.split()).casefold() in _NULL_WORDS


def _read_figure(tidy: str, kind: Kind, *, typed: bool) -> Reading:
    if kind is Kind.FLAG:
        if tidy.casefold() not in _FLAGS:
            raise UnreadableError
        return Reading(_FLAGS[tidy.casefold()])
    if kind is Kind.ROMAN:
        return Reading(figures.read_roman(tidy))
    if kind is Kind.RANK:
        figure = figures.read_bare(tidy)
    elif kind in _WITH_DECIMALS:
        figure = figures.read_decimal(tidy, typed=typed)
    else:
        figure = figures.read_whole(tidy, typed=typed)
    return Reading(figure.number, figure.words, figure.mixed, figure.places, figure.other)


def _read_text(text: str, kind: Kind) -> str | None:
    if _SURROGATE.search(text):
        raise InputRefused(
            _("“{text}” holds characters that no file can store.").format(text=quoted(text)),
            _("Type it again, or paste it from another program."),
        )
    if kind is Kind.CHOICE:
        return text or None
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if kind is Kind.LONG:
        return lines.rstrip() or None
    return lines.replace("\n", " ").replace("\t", " ").strip() or None


def quoted(text: str, longest: int = 40) -> str:
    """Return what a message can quote of a text: one line of at most so many characters."""
    return safe_text(text if len(text) <= longest else f"{text[: longest - 1]}…")


def show(value: object, kind: Kind, *, decimals: int | None = None, sign: bool = False) -> str:
    """Return the printed form of a value, id-ID: `4.349.483.103`, `67,59`; null is `–`.

    `decimals` None is the kind's own: two for a percent, as stored for an index;
    `AS_STORED` or a number of digits is the row's wish, which whole kinds ignore. `sign`
    puts % behind a percent. Rounds half up. Texts go through unchanged (see `safe_text`), and
    what is no value of ours, as a date in a user's own view, is its text.
    """
    if value is None or isinstance(value, str):
        return NULL_SIGN if value is None else value
    value = _ours(value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or kind is Kind.FLAG:
        return "Ya" if value else "Tidak"
    if kind is Kind.ROMAN and figures.has_roman(value):
        return figures.to_roman(int(value))
    layout = Layout(kind, decimals, sign)
    places, grouped = layout.digits
    printed = digits_of(value, places, grouped=grouped)
    return f"{printed}%" if layout.bears_sign else printed


def edit_text(value: object, kind: Kind) -> str:
    """Return the text an editor starts with: exact, and read back as the same value."""
    if value is None:
        return ""
    if (
        not isinstance(value, int | Decimal)
        or isinstance(value, bool)
        or kind in {Kind.FLAG, Kind.ROMAN}
    ):
        return show(value, kind)
    return digits_of(value, grouped=kind in {Kind.RUPIAH, Kind.COUNT})


def plain(value: object) -> str:
    """Return the machine text: `.` decimals, no exponent, no trailing zeros, `true`/`false`.

    Equal numbers give equal texts. Null gives an empty text; callers that must tell it from
    an empty text look at the value.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    value = _ours(value)
    if isinstance(value, str):
        return value
    return digits_of(value, grouped=False).replace(",", ".")


def _ours(value: object) -> int | Decimal | str:
    """Return what a user's own view may give besides our values as a number, else as text."""
    if isinstance(value, int | Decimal | str):
        return value
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    # What is far too long for any column of figures cannot be rounded, either.
    return number if number.is_finite() and abs(number) < _TOO_LARGE else str(value)


def is_number_type(name: str) -> bool:
    """Say whether a type of the database holds numbers."""
    return _NUMBER_TYPE.fullmatch(name) is not None


def fit(value: Value, precision: int, scale: int) -> None:
    """Refuse a number that a DECIMAL(precision, scale) column would round or not hold."""
    if value is None or isinstance(value, str | bool):
        return
    whole, _point, fraction = plain(value).lstrip("-").partition(".")
    if len(fraction) > scale:
        raise InputRefused(
            _("{number} has more decimals than fit here.").format(number=digits_of(value)),
            _("At most {count} decimals are kept.").format(count=scale)
            if scale
            else _("Type a whole number."),
        )
    room = precision - scale
    if len(whole.lstrip("0")) > room:
        raise InputRefused(
            _("{number} is too large for this column.").format(number=digits_of(value)),
            _("At most {count} digits fit before the decimal mark.").format(count=room),
        )


# Printable to Python, yet nothing to the eye, or a change of another character's width.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
_SIGNS = {
    **{chr(code): chr(0x2400 + code) for code in range(0x20)},
    "\x7f": "␡",
    "\n": "⏎",
    "\t": "→",
}
_UNKNOWN = "\ufffd"


def safe_text(text: str, *, keep_newlines: bool = False) -> str:
    """Return the text with a visible sign, one cell wide, for all that could fool a terminal.

    Control characters become their pictures (`␛`), a newline `⏎` unless kept, a tab `→`, any
    other space a plain one; bidi controls, surrogates and what else cannot be seen, U+FFFD.
    """
    if text.isprintable() and (text.isascii() or not _UNSEEN.search(text)):
        return text
    kept = "\n" if keep_newlines else ""
    return "".join(char if char in kept else _visible(char) for char in text)


def _visible(char: str) -> str:
    if char in _SIGNS:
        return _SIGNS[char]
    if unicodedata.category(char) == "Zs":
        return " "
    return char if char.isprintable() and not _UNSEEN.match(char) else _UNKNOWN
