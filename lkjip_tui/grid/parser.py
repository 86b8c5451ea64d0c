"""Reads what a terminal sends for Alt with a letter as soon as it is there."""

import sys
from collections.abc import Iterable
from typing import Final

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.events import Key

_ESC: Final = "\x1b"
#: What begins longer sequences behind Esc.
_BEGINNINGS: Final = frozenset("[O]PX^_\\")


class AltKeys(XTermParser):
    """A parser that waits for nothing behind Esc and a letter.

    The library waits a tenth of a second for what might follow. Where another Alt key did, as
    when one is held down, it typed `^` and the letter.
    """

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:  # noqa: FBT001, FBT002
        found = list(super()._sequence_to_key_events(sequence, alt))
        if found or len(sequence) != 2 or sequence[0] != _ESC:  # noqa: PLR2004
            return found
        letter = sequence[1]
        return [] if letter in _BEGINNINGS else super()._sequence_to_key_events(letter, alt=True)


def read_alt_keys(driver: type[Driver]) -> None:
    """Have a driver read Alt keys so; the library has no other way to its parser."""
    module = sys.modules[driver.__module__]
    if hasattr(module, "XTermParser"):
        module.XTermParser = AltKeys  # type: ignore[attr-defined]
