"""Reads what a terminal sends for Alt with a letter as soon as it is there, and Esc soon."""

import os
import select
import sys
from collections.abc import Iterable, Iterator
from typing import Final

from textual import constants
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.events import Key
from textual.message import Message

_ESC: Final = "\x1b"
#: Asks whether Alt sends Esc and the letter; the answer of a terminal that types another letter
#: instead, as xterm does, `ï` for Alt+O; how it is told to send Esc, and to type again.
ASK_ALT: Final = "\x1b[?1036$p"
_ALT_TYPES: Final = "\x1b[?1036;2$y"
ALT_SENDS, ALT_TYPES_AGAIN = "\x1b[?1036h", "\x1b[?1036l"
#: What begins longer sequences behind Esc.
_BEGINNINGS: Final = frozenset("[O]PX^_\\")
#: What Alt does not make Esc of: in a spreadsheet Alt+Enter goes on with the cell.
_ENTER: Final = "\r\n"
#: Seconds in which more may follow Esc, of which it then is the beginning. The library's tenth of
#: a second is longer than all that Esc stops takes to stop; lines that take a sequence apart are
#: rare, and whoever has one sets `ESCDELAY`.
_AFTER_ESC: Final = 0.04


class AltTypes(Message):
    """The terminal types a letter for Alt with another one."""


class AltKeys(XTermParser):
    """A parser that waits for nothing behind Esc and a letter, and not for long behind Esc.

    The library waits a tenth of a second for what might follow, and looks no sooner whether it
    has. Where another Alt key did, as when one is held down, it typed `^` and the letter.
    """

    def feed(self, data: str) -> Iterator[Message]:
        """Yield what was sent; Esc as soon as nothing has followed it for a while."""
        yield from super().feed(data)
        if _ALT_TYPES in data:
            yield AltTypes()
        if data.endswith(_ESC) and not _follows(constants.ESCAPE_DELAY):
            yield from self.tick()

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:  # noqa: FBT001, FBT002
        escape, sign = sequence[:1], sequence[1:]
        if sequence == _ESC:  # a sequence that it does not know, for which the library types `^`
            return
        if escape != _ESC or len(sign) != 1 or sign in _ENTER:
            yield from super()._sequence_to_key_events(sequence, alt)
        elif not sign.isprintable():  # two keys that came at once, but for Shift+Tab and the like
            found = tuple(super()._sequence_to_key_events(sequence, alt))
            yield from found or (Key("escape", _ESC), *super()._sequence_to_key_events(sign))
        elif sign not in _BEGINNINGS:
            # The library types what stands behind Esc, or for digits what a Mac would: `ª` for 9.
            for key in super()._sequence_to_key_events(sign, alt=True):
                yield key if "+" in key.key else Key(f"alt+{key.key}", key.character)


def _follows(seconds: float) -> bool:
    """Say whether the terminal sends more within so many seconds, or whether that is not known."""
    if sys.__stdin__ is None:
        return True
    try:
        return bool(select.select([sys.__stdin__], [], [], seconds)[0])
    except (OSError, ValueError):  # it is none that can be asked
        return True


def read_alt_keys(driver: type[Driver]) -> None:
    """Have a driver read Alt keys and Esc so; the library has no other way to its parser."""
    if "ESCDELAY" not in os.environ:
        constants.ESCAPE_DELAY = _AFTER_ESC  # type: ignore[misc]  # it is read anew at each Esc
    module = sys.modules[driver.__module__]
    if hasattr(module, "XTermParser"):
        module.XTermParser = AltKeys  # type: ignore[attr-defined]
