"""Choices: values that are picked by their words, and which of them typed words mean.

The list over a cell and the reader of its text both ask here, so that what narrows the one is what
the other takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.figures.figures import UnreadableError, read_roman
from lkjip_tui.core.figures.values import Value, plain
from lkjip_tui.language import _

_EXACT: Final = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a cell may have, and the words that stand for it.

    A label may begin with a number, as in `II Program` or `4.1 Nilai`; `also` are other words
    that mean just this one.
    """

    value: Value
    label: str
    also: tuple[str, ...] = ()


def fitting(options: Sequence[Choice], text: str) -> Sequence[Choice]:
    """Return the choices that typed words may mean, the best ones first; all for no words.

    They are its label or name, its number in either writing, a beginning, any part.
    """
    typed = _tidy(text)
    if not typed:
        return options
    return [option for _fit, option in _ranked(options, typed)]


def exactly(options: Sequence[Choice], text: str) -> Choice | None:
    """Return the choice that bears just these words, None when none or several do."""
    found = [option for fit, option in _ranked(options, _tidy(text)) if fit == _EXACT]
    return found[0] if len(found) == 1 else None


def chosen(options: Sequence[Choice], text: str) -> Choice:
    """Return the choice that typed words mean best.

    Raises InputRefused when they fit none, or several equally well.
    """
    ranked = _ranked(options, _tidy(text))
    best = [option for fit, option in ranked if fit == ranked[0][0]]
    if len(best) == 1:
        return best[0]
    named = " · ".join(option.label for option in (best or options))
    raise InputRefused(
        _("“{text}” fits more than one choice.").format(text=text)
        if best
        else _("“{text}” is not one of the choices.").format(text=text),
        _("Choose from: {choices}").format(choices=named or _("nothing yet")),
    )


def _ranked(options: Sequence[Choice], typed: str) -> list[tuple[int, Choice]]:
    """Return the choices that fit, each after how well it does, the best (0) first."""
    number = _number(typed)
    fits = [(_fit(option, typed, number), option) for option in options]
    return sorted(((fit, it) for fit, it in fits if fit is not None), key=lambda pair: pair[0])


def _fit(option: Choice, typed: str, number: Sequence[int] | None) -> int | None:
    label = _tidy(option.label)
    head, _space, name = label.partition(" ")
    own_number = _number(head)
    words = [label, *map(_tidy, option.also)]
    if own_number and name:
        words.append(name)
    if isinstance(option.value, str):
        words.append(_tidy(option.value))
    fits = (
        typed in words,
        number is not None and number == own_number,
        any(word.startswith(typed) for word in words),
        any(typed in word for word in words),
        # An id is no word of a user; files for machines bear it.
        typed == plain(option.value),
    )
    return fits.index(True) if True in fits else None


def _tidy(text: str) -> str:
    return " ".join(text.split()).casefold()


def _number(text: str) -> Sequence[int] | None:
    """Return the parts of a number such as `2`, `II` or `II.1`, None for other words."""
    try:
        return [read_roman(part) for part in text.removesuffix(".").split(".")]
    except UnreadableError:
        return None
