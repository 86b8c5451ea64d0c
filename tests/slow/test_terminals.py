"""The program in terminals of many kinds and sizes: shown, resized, left as they were."""

from pathlib import Path

import pytest

from tests.slow.terminals import Recorded

pytestmark = pytest.mark.slow

_ALT_TYPES = "\x1b[?1036;2$y"
_NO_UTF_8 = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


@pytest.mark.parametrize(
    "variables",
    [
        {"TERM": "xterm"},
        {"TERM": "screen", "COLORTERM": ""},
        {"TERM": "tmux-256color", "COLORTERM": ""},
        {"TERM": "linux", "COLORTERM": ""},
        {"TERM": "vt100", "COLORTERM": ""},
        {"NO_COLOR": "1"},
        _NO_UTF_8,
    ],
    ids=lambda variables: " ".join(variables.values()),
)
def test_a_terminal_is_used_and_left_as_it_was(
    tmp_path: Path, example: Path, variables: dict[str, str]
) -> None:
    """The program would not start, show letters for signs, or leave a terminal without echo."""
    with Recorded(tmp_path, "open", example, variables=variables) as terminal:
        before = terminal.modes()
        terminal.wait_for("\x1b[?1049h")
        terminal.wait_for("▾")
        terminal.wait_for("75")
        terminal.press("\x11")
        terminal.wait_for("\x1b[?1049l")
        terminal.rest()
        assert terminal.modes() == before
        assert terminal.ended() == 0
        left = terminal.received.index(b"\x1b[?1049l")
        assert b"\x1b[2J" in terminal.received[left - 100 : left], (
            "no rest where there is one screen"
        )
        assert b"\\u" not in terminal.received, "signs as they are"


def test_a_terminal_that_types_for_alt_keys_sends_them_until_the_end(
    tmp_path: Path, example: Path
) -> None:
    """Alt keys would type into cells, or the shell afterwards would get others than before."""
    with Recorded(tmp_path, "open", example) as terminal:
        terminal.wait_for("\x1b[?1036$p")
        terminal.wait_for("75")
        assert b"\x1b[?1036h" not in terminal.received
        terminal.press(_ALT_TYPES)
        terminal.wait_for("\x1b[?1036h")
        terminal.press("\x11")
        terminal.wait_for("\x1b[?1036l")
        assert terminal.ended() == 0


def test_a_terminal_becomes_as_small_as_can_be_and_large_again(
    tmp_path: Path, example: Path
) -> None:
    """Whoever draws a window smaller would lose what was typed, or all of the program."""
    with Recorded(tmp_path, "open", example) as terminal:
        terminal.wait_for("75")
        terminal.press("\x1b[B\x1b[B\x1b[C\x1b[C12345")
        for size in ((20, 5), (1, 1), (3, 40), (160, 45), (20, 5)):
            terminal.resize(*size)
        seen = len(terminal.received)
        terminal.resize(80, 24)
        terminal.wait_for("12345", seen)
        terminal.press("\r")
        terminal.wait_for("12.345", seen)
        terminal.press("\x11")
        assert terminal.ended() == 0
        assert b"Traceback" not in terminal.received
