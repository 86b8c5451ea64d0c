"""What the parameters of a statement stand for: values, read from how people and SQL write them.

A number without a mark before its decimals, or with a dot, is one; so are `70,5` and `1.234.567`
where somebody types them. What begins with a zero is a code, and stays a text; so does what stands
in apostrophes.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.figures import figures, values
from lkjip_tui.core.query.header import FISCAL_YEAR
from lkjip_tui.core.storage.sql_text import tokens
from lkjip_tui.language import _, mark

#: A number as the driver can hold it; 007 is none, a code keeps its zeros.
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,27})(\.[0-9]{1,10})?")
_FIGURE: Final = re.compile(r"[-−]?(?!0[0-9])[0-9][0-9.,]{0,36}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_LOCAL_DAY: Final = re.compile(r"(\d\d?)([-/])(\d\d?)\2(\d{4})")
_TIME: Final = re.compile(rf"{_DAY.pattern}[ T]\d\d:\d\d(?::\d\d(?:\.\d{{1,6}})?)?")
_WORDS: Final = {"true": True, "false": False, "null": None}
_KINDS: Final[Mapping[type, str]] = {
    bool: mark("yes or no"),
    int: mark("a whole number"),
    Decimal: mark("a decimal number"),
    datetime: mark("a point in time"),
    date: mark("a date"),
    str: mark("a text"),
}
_IN_MARKS: Final = re.compile(r"'(?:[^']|'')*'", re.DOTALL)


def is_year(name: str) -> bool:
    """Whether a parameter of this name is the year on the screen, which nobody is asked for."""
    return name.casefold() == FISCAL_YEAR


def asks_for_year(statement: str) -> bool:
    """Whether a statement asks for the year."""
    if "$" not in statement:  # to go through a long one takes longer than a frame
        return False
    return any(t.kind == "parameter" and is_year(t.text[1:]) for t in tokens(statement))


def in_order(statements: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return names of parameters as they first stand in statements, each once, without the year.

    To the database names are the same whatever their letters' size.
    """
    written = [token.text[1:] for each in statements for token in tokens(each)
               if token.kind == "parameter"]  # fmt: skip
    places = {name.casefold(): at for at, name in reversed(list(enumerate(written)))}
    found = {name.casefold(): name for name in names if not is_year(name)}
    number = {key: int(key) if key.isdecimal() else 0 for key in found}
    order = sorted(found, key=lambda key: (places.get(key, len(written)), number[key], key))
    return [found[key] for key in order]


def chosen(names: Iterable[str], given: Mapping[str, object]) -> dict[str, object]:
    """Return those of the values given that a statement asks for, under its own names."""
    known = {name.casefold(): value for name, value in given.items()}
    return {name: known[name.casefold()] for name in names if name.casefold() in known}


def value_of(word: str) -> object:
    """Return what a word of a command line stands for: number, day, truth or null, else a text."""
    if number := _NUMBER.fullmatch(word):
        return Decimal(word) if number[1] else int(word)
    with suppress(ValueError):  # the 31st of February is a text
        if _DAY.fullmatch(word):
            return date.fromisoformat(word)
        if _TIME.fullmatch(word):
            return datetime.fromisoformat(word)
    return _WORDS.get(word, word)


def read(text: str) -> object:
    """Return what a typed text stands for; nothing is null, and so is the word.

    Raises InputRefused for a figure that can be read in two ways.
    """
    tidy = text.strip()
    values.read(tidy, values.Kind.LONG)  # what no file can store is in no file
    if not tidy:
        return None
    if _IN_MARKS.fullmatch(tidy):
        return tidy[1:-1].replace("''", "'")
    if _FIGURE.fullmatch(tidy):
        return _figure(tidy)
    with suppress(ValueError):
        if day := _LOCAL_DAY.fullmatch(tidy):
            return date(int(day[4]), int(day[3]), int(day[1]))
    return value_of(tidy.lower() if tidy.lower() in _WORDS else tidy)


def _figure(text: str) -> object:
    """Return a figure as people here write it; a text where it is none, as in `7.01.01`."""
    try:
        number = figures.read_decimal(text, typed=True).number
    except figures.UnreadableError:
        return value_of(text)
    except figures.AmbiguousError as error:
        raise InputRefused(
            _("“{text}” can be read in two ways.").format(text=text),
            _("Type {decimal} for the decimal number, {whole} for the whole one.").format(
                decimal=values.plain(error.first).replace(".", ","),
                whole=values.plain(error.second),
            ),
        ) from None
    assert number is not None  # noqa: S101 - it begins with a digit
    return int(number) if number == int(number) and "," not in text else number


def kind_of(value: object) -> str:
    """Return in words what sort of value a parameter stands for."""
    return "null" if value is None else _(_KINDS[type(value)])
