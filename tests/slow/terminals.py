"""The program in a pseudo-terminal, with every byte that it writes."""

import errno
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

from tests.cli.conftest import environment

_STILL: Final = 0.15
_PATIENCE: Final = 30.0


class Recorded:
    """Runs `lkjip` with arguments; leaving it ends the program if it still runs."""

    def __init__(
        self,
        home: Path,
        *arguments: object,
        size: tuple[int, int] = (80, 24),
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self.received = b""
        command = [sys.executable, "-m", "lkjip_tui", *map(str, arguments)]
        surroundings = {
            **environment(home), "TERM": "xterm-256color", "COLORTERM": "truecolor",
            "LKJIP_LANG": "en", **(variables or {}),
        }  # fmt: skip
        self._child, self._terminal = pty.fork()
        if self._child == 0:
            columns, lines = size
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.chdir(home)
            os.execvpe(command[0], command, surroundings)  # noqa: S606 - no shell is wanted

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        os.close(self._terminal)
        try:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
        except (ProcessLookupError, ChildProcessError):
            pass

    def press(self, keys: str) -> None:
        """Send keys, and take what is written until nothing is for a while."""
        os.write(self._terminal, keys.encode())
        self.rest()

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size, and take what is written then."""
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.rest()

    def modes(self) -> list[object]:
        """Return how the terminal reads keys."""
        return termios.tcgetattr(self._terminal)

    def rest(self, still: float = _STILL) -> None:
        """Take what is written until nothing was for so many seconds."""
        begun = time.monotonic()
        while self._read(still) and time.monotonic() - begun < _PATIENCE:
            pass

    def wait_for(self, text: str, since: int = 0) -> None:
        """Take what is written until a text is among it."""
        begun = time.monotonic()
        while text.encode() not in self.received[since:]:
            if not self._read(_PATIENCE) or time.monotonic() - begun > _PATIENCE:
                raise TimeoutError(f"{text!r} was never written: {self.received[-2000:]!r}")

    def ended(self) -> int:
        """Take all that is written until the program ends, and return its exit code."""
        while self._read(_PATIENCE):
            pass
        _child, status = os.waitpid(self._child, 0)
        return os.waitstatus_to_exitcode(status)

    def _read(self, patience: float) -> bool:
        if not select.select([self._terminal], [], [], patience)[0]:
            return False
        try:
            found = os.read(self._terminal, 1 << 16)
        except OSError as error:
            if error.errno != errno.EIO:  # Linux says so at the end
                raise
            return False
        self.received += found
        return bool(found)
