"""A terminal that can see: when the screen last changed after a key, and what memory was held.

What a program writes is stamped as it arrives, and played through an emulator (pyte) only once
the program is silent, so that it draws undisturbed; a key took until the last cell that it
changed. Memory is the kernel's own mark of the most that each process held (Linux).
"""

import os
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyte

from tests.bench.terminal import Terminal

DOWN: Final = "\x1b[B"
PAGE_DOWN: Final = "\x1b[6~"
ENTER: Final = "\r"
ESCAPE: Final = "\x1b"
F5, F6 = "\x1b[15~", "\x1b[17~"
CTRL_END: Final = "\x1b[1;5F"
CTRL_G, CTRL_J, CTRL_Q = "\x07", "\n", "\x11"

#: Seconds without a word that end a repaint, and those that a key's first change may take.
_QUIET: Final = 0.1
_PATIENCE: Final = 1.5
#: Seconds that anything may take to be shown.
_LONGEST: Final = 120.0
#: Seconds after which a program that always writes is taken as it is.
_RESTLESS: Final = 20.0
#: Sequences that draw nothing, and that pyte would print.
_UNDRAWN: Final = re.compile(
    rb"\x1b\[[<>=][\d;:]*[a-zA-Z]|\x1b\[\?[\d;]*(?:\$p|[uSm])|\x1b\[[\d;]*\$[a-z]"
    rb"|\x1b\[[\d;]*t|\x1b\[[\d;]* q|\x1b\[!p|\x1bP.*?\x1b\\|\x1b_.*?\x1b\\",
    re.DOTALL,
)
#: A sequence that the end of a chunk has cut.
_CUT: Final = re.compile(rb"\x1b(?:\[[\x20-\x3f]*|[P_\]][^\x07\x1b]*\x1b?|)$")
#: What programs ask a terminal at their start, and what a modern one answers.
_ANSWERS: Final = (
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
    (b"\x1b[6n", b"\x1b[1;1R"),
)


class Probe(Terminal):
    """Runs a command, and reads its screen."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        self._chunks: list[tuple[float, bytes]] = []
        self._held = b""
        self._screen = pyte.Screen(160, 45)
        self._stream = pyte.ByteStream(self._screen)
        self._rows = [""] * 45
        super().__init__([*command], home)

    def key(self, keys: str, *, at_once: bool = False) -> float:
        """Return the milliseconds from a key to the last cell that it changed."""
        if not at_once:
            self._settle()
        self.press(keys)  # what comes now and belongs to what was before is counted, too
        changed = self._settle(_PATIENCE)
        if changed is None:
            raise TimeoutError(f"{keys!r} changed nothing:\n{self.text()}")
        return 1_000 * (changed - self._began)

    def seconds_until_shown(self, wanted: str) -> float:
        """Return when a text stood on the screen, also one that was written bit by bit."""
        while wanted not in "\n".join(self._screen.display):
            if time.perf_counter() - self._began > _LONGEST:
                raise TimeoutError(f"{wanted!r} was never shown:\n{self.text()}")
            self._read(1)
            self._play_all()
        return time.perf_counter() - self._began

    def type(self, *steps: str) -> None:
        """Send keys, each once the screen rests from the one before."""
        for keys in steps:
            self.rest(0.4)
            self.press(keys)
        self.rest(0.4)

    def text(self) -> str:
        """Return what stands on the screen."""
        self._settle()
        return "\n".join(line.rstrip() for line in self._screen.display)

    def rest(self, seconds: float) -> None:
        """Take what is written until nothing was for so many seconds, or for long: carets blink."""
        end = time.perf_counter() + _RESTLESS
        while self._read(seconds) and time.perf_counter() < end:
            pass

    def peak(self) -> float:
        """Return the MiB that the program and all that it started held at most."""
        return sum(_high_water(pid) for pid in _family(self._child))

    def leave(self, keys: str) -> None:
        """End the program as a user does, so that it puts its files in order."""
        self.press(keys)
        try:
            while time.perf_counter() - self._began < _LONGEST:
                self._read(1)
        except OSError:  # it has let go of the terminal
            return
        raise TimeoutError(f"{keys!r} did not end it:\n{self.text()}")

    def _settle(self, patience: float = 0) -> float | None:
        """Wait for a silent program; return when its screen last changed, if it has."""
        end, changed = time.perf_counter() + patience, None
        while changed is None:
            self.rest(_QUIET)
            changed = self._play_all()
            if time.perf_counter() >= end:
                break
        return changed

    def _play_all(self) -> float | None:
        """Draw all that was written; return when the screen last changed since the last keys."""
        changed = None
        for moment, written in self._chunks:
            if self._play(written) and moment > self._began:
                changed = moment
        self._chunks.clear()
        return changed

    def _play(self, written: bytes) -> bool:
        """Draw what was written; tell whether a sign or a colour is another now."""
        written = self._held + written
        cut = _CUT.search(written)
        at = cut.start() if cut else len(written)
        written, self._held = written[:at], written[at:]
        self._stream.feed(_UNDRAWN.sub(b"", written))
        before = [self._rows[y] for y in self._screen.dirty]
        for y in self._screen.dirty:
            row = self._screen.buffer[y]
            self._rows[y] = repr([row[x] for x in range(160)])
        changed = before != [self._rows[y] for y in self._screen.dirty]
        self._screen.dirty.clear()
        return changed

    def _read(self, patience: float) -> bool:
        before = len(self._written)
        if not super()._read(patience):
            return False
        written = self._written[before:]
        self._chunks.append((time.perf_counter(), written))
        for question, answer in _ANSWERS:
            if question in written:
                os.write(self._terminal, answer)
        return True


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    found = children.read_text("ascii").split() if children.exists() else []
    return [pid, *(each for child in found for each in _family(int(child)))]


def _high_water(pid: int) -> float:
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text("utf-8")) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0
