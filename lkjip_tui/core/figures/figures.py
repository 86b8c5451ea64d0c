"""Numbers as people write them: marks, groups, signs, currency, roman numerals (domain § 6).

Owns the way between a text and an exact number, both ways, and knows no columns and no users:
`values` decides by kind what to read and tells what was refused. Floats never occur, no
rounding is silent, and what has two readings is not read.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from lkjip_tui.language import _

AS_STORED: Final = -1
"""For decimals: as many as the number has, without trailing zeros."""

_MOST_WHOLE_DIGITS = 18  # what every BIGINT holds
_MOST_DIGITS = 38  # what the widest DECIMAL holds
_EXACT = Context(prec=4 * _MOST_DIGITS)
_CENTS = 2
_GROUP = 3

_NUMBER = re.compile(
    r"(?P<before>[-+−]?) ?(?:rp\.? ?)?(?P<sign>[-+−]?) ?"
    r"(?P<figure>[0-9.,]+?)(?: ?,[-–=])? ?%?(?: (?P<words>\(?[^\W\d_].*))?",
    re.IGNORECASE,
)
_NO_NUMBER = re.compile(r"(?:rp\.? ?)?[-–—] ?%?", re.IGNORECASE)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")
_FRACTION = re.compile(
    r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?P<mark>[.,])[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
    r"(?!(?P=mark))[.,](?P<fraction>[0-9]+)"
)
_MULTIPLIERS = frozenset({"ribu", "rb", "juta", "jt", "miliar", "milyar", "triliun"})


class UnreadableError(Exception):
    """A text that is no such number; `reason` may be empty."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


class AmbiguousError(Exception):
    """A text that may be either of two numbers."""

    def __init__(self, first: Decimal, second: Decimal) -> None:
        super().__init__(first, second)
        self.first = first
        self.second = second


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as read, the words behind it, and whether dot and comma both meant thousands.

    `places` are the decimals that were written, zeros too. `other` is the number that the text
    means where its last mark has the other sense.
    """

    number: int | Decimal | None
    words: str | None = None
    mixed: bool = False
    places: int = 0
    other: Decimal | None = None


def read_whole(text: str, *, typed: bool) -> Figure:
    """Read a number that has no decimals; `,00` and marks between the thousands may stand."""
    parts = _take_apart(text)
    if parts is None:
        return Figure(None)
    minus, figure, words = parts
    grouped = _GROUPED.fullmatch(figure)
    fraction = _FRACTION.fullmatch(figure)
    mixed = bool(grouped) and "." in figure and "," in figure
    if figure.isdecimal() or grouped:
        digits = _bare(figure)
    elif fraction and fraction["fraction"].strip("0"):
        raise UnreadableError(_("There are no decimals here."))
    elif fraction and _is_empty(fraction["fraction"], typed=typed):
        digits = _bare(fraction["whole"])
    else:
        raise UnreadableError(_("Thousands stand in groups of exactly three digits."))
    other = None
    if mixed and figure.endswith("0" * _GROUP):
        other = Decimal(minus + digits[:-_GROUP])
        if typed:
            raise AmbiguousError(other, Decimal(minus + digits))
    return Figure(_whole(minus, digits), words, mixed, other=other)


def read_bare(text: str) -> Figure:
    """Read a whole number without marks: a year, a rank."""
    parts = _take_apart(text)
    if parts is None:
        return Figure(None)
    minus, figure, words = parts
    if not figure.isdecimal():
        raise UnreadableError(_("Type its digits without marks, as in 2021."))
    return Figure(_whole(minus, figure), words)


def read_decimal(text: str, *, typed: bool) -> Figure:
    """Read a number that may have decimals, without trailing zeros and without minus zero."""
    parts = _take_apart(text)
    if parts is None:
        return Figure(None)
    minus, figure, words = parts
    grouped = _GROUPED.fullmatch(figure)
    places, other = 0, None
    if fraction := _FRACTION.fullmatch(figure):
        places = len(fraction["fraction"])
        digits = f"{int(_bare(fraction['whole']))}.{fraction['fraction'].rstrip('0')}"
        if grouped and figure[-_GROUP - 1] == ".":
            other = Decimal(minus + _bare(figure))
            if typed:
                raise AmbiguousError(Decimal(minus + digits), other)
    elif figure.isdecimal() or (grouped and not ("." in figure and "," in figure)):
        digits = _bare(figure)
    else:
        raise UnreadableError(_("Thousands stand in groups of exactly three digits."))
    return Figure(Decimal(minus + digits) or Decimal(0), words, places=places, other=other)


def digits_of(number: int | Decimal, places: int = AS_STORED, *, grouped: bool = True) -> str:
    """Return a number in id-ID, rounded half up to `places` decimals or exact."""
    exact = Decimal(number)
    if not exact.is_finite():
        return str(exact)
    if places >= 0:
        exact = exact.quantize(Decimal((0, (1,), -places)), ROUND_HALF_UP, _EXACT)
    whole, _point, fraction = f"{exact.copy_abs():f}".partition(".")
    if places < 0:
        fraction = fraction.rstrip("0")
    if grouped:
        whole = f"{int(whole):,}".replace(",", ".")
    minus = "-" if exact < 0 else ""
    return f"{minus}{whole},{fraction}" if fraction else f"{minus}{whole}"


def _take_apart(text: str) -> tuple[str, str, str | None] | None:
    """Return a text's minus, its figure and its words; None when it says null."""
    if _NO_NUMBER.fullmatch(text):
        return None
    match = _NUMBER.fullmatch(text)
    if not match or (match["before"] and match["sign"]):
        foreign = any(char.isdigit() and not char.isascii() for char in text)
        raise UnreadableError(_("Only the digits 0 to 9 are read.") if foreign else "")
    figure, words = match["figure"], match["words"]
    if figure[0] in ".,":
        raise UnreadableError(_("A digit seems to be missing before the mark."))
    if len(_bare(figure)) > _MOST_DIGITS:
        raise UnreadableError(_("It has too many digits."))
    if words and words.split()[0].casefold() in _MULTIPLIERS:
        raise UnreadableError(_("Write the number out, with all its zeros."))
    return "-" if (match["before"] or match["sign"]) in {"-", "−"} else "", figure, words


def _whole(minus: str, digits: str) -> int:
    if len(digits.lstrip("0")) > _MOST_WHOLE_DIGITS:
        raise UnreadableError(_("It has too many digits."))
    return int(minus + digits)


def _bare(figure: str) -> str:
    return figure.replace(".", "").replace(",", "")


def _is_empty(fraction: str, *, typed: bool) -> bool:
    """Whether zeros behind a mark are decimals that say nothing; three may be thousands."""
    return len(fraction) <= _CENTS or (not typed and len(fraction) != _GROUP)


_ROMAN_STEPS = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LARGEST_ROMAN = 3999
_LONGEST_ROMAN = len("MMMDCCCLXXXVIII")


def has_roman(number: int | Decimal) -> bool:
    """Whether a number can be written in roman numerals."""
    whole = Decimal(number).is_finite() and number == int(number)
    return whole and 1 <= number <= _LARGEST_ROMAN


def to_roman(number: int) -> str:
    """Return the numeral of a number that `has_roman`."""
    numeral = ""
    for step, sign in _ROMAN_STEPS:
        count, number = divmod(number, step)
        numeral += sign * count
    return numeral


def read_roman(text: str) -> int:
    """Read a roman numeral, in capitals or not, or the number that it stands for."""
    numeral = text.upper()
    number, rest = 0, numeral if len(numeral) <= _LONGEST_ROMAN else ""
    if rest.isascii() and rest.isdecimal():
        number, numeral = int(rest), ""
    for step, sign in _ROMAN_STEPS if numeral else ():
        while rest.startswith(sign):
            number += step
            rest = rest.removeprefix(sign)
    if not has_roman(number) or (numeral and to_roman(number) != numeral):
        raise UnreadableError
    return number
