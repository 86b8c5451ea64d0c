"""A program in a pseudo-terminal of 160 × 45 cells, and the time until it has written a text."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Self

_ESCAPES = re.compile(
    rb"\x1b\[[0-9;?<>=]*[ -/]*[@-~]|\x1b[()][0-9A-B]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)"
)
_PATIENCE = 20.0


def surround(folder: Path) -> None:
    """Let every program keep what it compiled, as an installed one has it, and speak English."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ |= {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "LKJIP_LANG": "en"}


class Terminal:
    """Runs a command; leaving it kills the command."""

    def __init__(self, command: list[str], home: Path) -> None:
        self._began = time.perf_counter()
        self._written = b""
        self._child, self._terminal = pty.fork()
        if self._child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 45, 160, 0, 0))
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", HOME=str(home))
            os.execvp(command[0], command)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        os.kill(self._child, signal.SIGKILL)
        os.close(self._terminal)
        os.waitpid(self._child, 0)

    @property
    def process(self) -> int:
        """The number of its process."""
        return self._child

    def press(self, keys: str) -> None:
        """Send keys; what was written before counts no more, and time begins."""
        self._read(0)
        self._written = b""
        self._began = time.perf_counter()
        os.write(self._terminal, keys.encode())

    def seconds_until(self, wanted: str, *, patience: float = _PATIENCE) -> float:
        """Return the seconds from the start or the last keys until a text has been written."""
        self.first_of(wanted, patience=patience)
        return time.perf_counter() - self._began

    def first_of(self, *wanted: str, patience: float = _PATIENCE) -> str:
        """Return which of some texts is written first."""
        while not (found := next(filter(self._has_written, wanted), "")):
            if time.perf_counter() - self._began > patience:
                raise TimeoutError(f"{wanted!r} was never written")
            self._read(0.5)
        return found

    def seconds_to_answer(
        self, keys: Iterable[str], *, every: float, wanted: str = "", most: float = 600.0
    ) -> list[float]:
        """Press keys in turn until a text has been written, or for so many seconds without one.

        Returns the seconds from each until anything was written; one `every` so many seconds.
        """
        ended, taken = time.monotonic() + most, []
        self.press("")
        for key in keys:
            pressed = time.monotonic()
            if pressed > ended or (wanted and self._has_written(wanted)):
                break
            os.write(self._terminal, key.encode())
            while not self._read(_PATIENCE):
                raise TimeoutError(f"{key!r} was never answered")
            taken.append(time.monotonic() - pressed)
            while (left := pressed + every - time.monotonic()) > 0:
                self._read(left)
        return taken

    def rest(self, seconds: float) -> None:
        """Take what is written until nothing was for so many seconds."""
        while self._read(seconds):
            pass

    def _has_written(self, wanted: str) -> bool:
        return wanted.encode() in _ESCAPES.sub(b"", self._written)

    def _read(self, patience: float) -> bool:
        if not select.select([self._terminal], [], [], patience)[0]:
            return False
        self._written += os.read(self._terminal, 65536)
        return True
