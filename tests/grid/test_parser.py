"""Alt keys are read as they come, however fast, and what else begins with Esc as before."""

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key

from lkjip_tui.grid.parser import AltKeys, AltTypes


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("\x1bm\x1bm", ["alt+m", "alt+m"]),
        ("\x1bV\x1b[A", ["alt+shift+v", "up"]),
        ("\x1b[B\x1bk\x7f", ["down", "alt+k", "backspace"]),
        ("\x1bOP", ["f1"]),
        ("\x1b[1;3D", ["alt+left"]),
        ("88\x1b9", ["8", "8", "alt+9"]),
        ("\x1b,\x1b ", ["alt+comma", "alt+space"]),
        ("^m", ["circumflex_accent", "m"]),
        ("\x1b\x07\x10\x1b[B", ["escape", "ctrl+g", "ctrl+p", "down"]),
        ("\x1b[5\x1b[B", ["left_square_bracket", "5", "down"]),
        ("\x1b\t\x1b[B", ["shift+tab", "down"]),
        ("\x1b\r\x1b[B", ["enter", "down"]),
    ],
)
def test_keys_behind_alt_keys_are_what_was_pressed(sent: str, keys: list[str]) -> None:
    """Held down, a key that widens a column would type into the cell."""
    assert [event.key for event in AltKeys().feed(sent) if isinstance(event, Key)] == keys


@given(
    st.lists(st.sampled_from(["\x1b", "\x1b[", "\x1bO", "\x07", "\x10", "\r", "5", "~", "a", "A"]))
)
def test_nothing_is_typed_that_was_not_sent(sent: list[str]) -> None:
    """A bunch of keys on a slow line would write over a cell, and save it."""
    text = "".join(sent)
    found = [event.character for event in AltKeys().feed(text) if isinstance(event, Key)]
    typed = [each for each in found if each is not None and each.isprintable()]
    assert set(typed) <= set(text)
    assert "^" not in typed


def test_esc_is_read_soon_unless_it_begins_something(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Esc stops would go on for a tenth of a second, or an arrow type `[A` into a cell."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as terminal, os.fdopen(writing, "w") as keyboard:
        monkeypatch.setattr(sys, "__stdin__", terminal)
        assert [event.key for event in AltKeys().feed("\x1b") if isinstance(event, Key)] == [
            "escape"
        ]
        keyboard.write("[A")
        keyboard.flush()
        parser = AltKeys()
        assert list(parser.feed("\x1b")) == []
        assert [event.key for event in parser.feed("[A") if isinstance(event, Key)] == ["up"]


@pytest.mark.parametrize(("mode", "types"), [(0, 0), (1, 0), (2, 1), (3, 0), (4, 0)])
def test_a_terminal_that_types_letters_for_alt_keys_is_known(mode: int, types: int) -> None:
    """Alt+O would type `ï` into a cell in xterm, and every other terminal be set to no purpose."""
    found = list(AltKeys().feed(f"\x1b[?1036;{mode}$y"))
    assert [isinstance(each, AltTypes) for each in found] == [True] * types
