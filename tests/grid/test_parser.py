"""Alt keys are read as they come, however fast, and what else begins with Esc as before."""

import pytest
from textual.events import Key

from lkjip_tui.grid.parser import AltKeys


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("\x1bm\x1bm", ["alt+m", "alt+m"]),
        ("\x1bV\x1b[A", ["alt+shift+v", "up"]),
        ("\x1b[B\x1bk\x7f", ["down", "alt+k", "backspace"]),
        ("\x1bOP", ["f1"]),
        ("\x1b[1;3D", ["alt+left"]),
        ("^m", ["circumflex_accent", "m"]),
    ],
)
def test_keys_behind_alt_keys_are_what_was_pressed(sent: str, keys: list[str]) -> None:
    """Held down, a key that widens a column would type into the cell."""
    assert [event.key for event in AltKeys().feed(sent) if isinstance(event, Key)] == keys
