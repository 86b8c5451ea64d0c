"""A user of the real program: keys into a pseudo-terminal, and what its screen shows."""

import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping
from typing import Final, Self

from rich.cells import cell_len

ROWS: Final = 45
COLUMNS: Final = 160
#: Seconds after which something that does not come will not come.
_PATIENCE: Final = 30.0
_PARTS: Final = re.compile(
    r"\x1b\[(?P<numbers>[0-9;]*)(?P<end>[Hm])"
    r"|\x1b\[[0-9;?<>=$]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()].|\x1b[^[\]()]"
    r"|(?P<line>\r\n)|(?P<text>[^\x1b\r\n]+)|\r|\n",
    re.DOTALL,
)


class Screen:
    """What a terminal shows of what was written to it: text at places, no colours."""

    def __init__(self) -> None:
        self._lines = [[" "] * COLUMNS for _row in range(ROWS)]
        self._row = self._column = 0
        self._rest = b""

    def take(self, written: bytes) -> None:
        """Show what is written now."""
        text = (self._rest + written).decode("utf-8", "ignore")
        # What is cut in the middle waits for its other half.
        cut = max(text.rfind("\x1b"), 0)
        cut = cut if cut and not _PARTS.match(text, cut) else len(text)
        self._rest = text[cut:].encode()
        for part in _PARTS.finditer(text[:cut]):
            if part["end"] == "H":
                row, _semicolon, column = (part["numbers"] or "1;1").partition(";")
                self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
            elif part["line"]:
                self._row, self._column = self._row + 1, 0
            elif part["text"]:
                self._put(part["text"])

    def _put(self, text: str) -> None:
        for sign in text:
            width = cell_len(sign)
            if width and self._row < ROWS and self._column < COLUMNS:
                self._lines[self._row][self._column] = sign
                for cell in range(self._column + 1, min(self._column + width, COLUMNS)):
                    self._lines[self._row][cell] = ""
            self._column += width

    def __str__(self) -> str:
        return "\n".join("".join(line).rstrip() for line in self._lines)

    def line(self, text: str) -> str:
        """Return the first line that holds a text, empty when none does."""
        return next((line for line in str(self).splitlines() if text in line), "")

    @property
    def status(self) -> str:
        """What the program says: the last lines but one."""
        return "\n".join("".join(line).strip() for line in self._lines[-6:-1]).strip()


class Program:
    """The program at work in a terminal of its own; leaving it kills it."""

    def __init__(
        self,
        command: list[str],
        environment: Mapping[str, str],
        prepare: Callable[[], object] = lambda: None,
    ) -> None:
        self.screen = Screen()
        self.written = ""
        self.exit_status: int | None = None
        self._doom: tuple[float, Callable[[], None]] | None = None
        self.child, self._terminal = pty.fork()
        if self.child == 0:
            try:
                size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
                fcntl.ioctl(0, termios.TIOCSWINSZ, size)
                prepare()
                os.execvpe(command[0], command, dict(environment))  # noqa: S606 - as a shell would
            finally:
                os._exit(127)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self.exit_status is None:
            self.send(signal.SIGKILL)
            self.send(signal.SIGCONT)
        self.hang_up()
        self.wait()

    def doom(self, seconds: float, end: Callable[[], None]) -> None:
        """Let something happen to the program in so many seconds, unless it has happened."""
        self._doom = time.monotonic() + seconds, end

    def press(self, keys: str) -> None:
        """Send keys, unless the program has ended."""
        try:
            os.write(self._terminal, keys.encode())
        except OSError as error:
            if error.errno not in {errno.EIO, errno.EBADF}:
                raise

    def see(self, wanted: Callable[[Screen], bool], what: str = "") -> bool:
        """Read what is written until it shows what is wanted; False when the program ends first."""
        end = time.monotonic() + _PATIENCE
        while not wanted(self.screen):
            if not self._take(0.2) and self.has_ended():
                while self._take(0):
                    pass
                return wanted(self.screen)
            if time.monotonic() > end:
                raise TimeoutError(f"{what!r} was never shown:\n{self.screen}")
        return True

    def see_text(self, text: str) -> bool:
        """Read until the screen shows a text."""
        return self.see(lambda screen: text in str(screen), text)

    def see_said(self, text: str) -> bool:
        """Read until the program says a text."""
        return self.see(lambda screen: text in screen.status, text)

    def rest(self, seconds: float) -> None:
        """Read what is written for so many seconds, or until the program ends."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not self._take(left) and self.has_ended():
                return

    def send(self, number: int) -> None:
        """Send the program a signal, unless it has ended."""
        if not self.has_ended():
            os.kill(self.child, number)

    def see_stopped(self) -> None:
        """Wait until the program is suspended; what it writes before that is read."""
        end = time.monotonic() + _PATIENCE
        while not os.waitpid(self.child, os.WNOHANG | os.WUNTRACED)[0]:
            if time.monotonic() > end:
                raise TimeoutError("the program is not suspended")
            self._take(0.02)

    def hang_up(self) -> None:
        """Close the terminal."""
        if self._terminal >= 0:
            os.close(self._terminal)
            self._terminal = -1

    def modes(self) -> list[object]:
        """Return how the terminal reads keys."""
        return termios.tcgetattr(self._terminal)

    def has_ended(self) -> bool:
        """Tell whether the program has ended."""
        if self.exit_status is None:
            child, status = os.waitpid(self.child, os.WNOHANG)
            if child:
                self.exit_status = status
        return self.exit_status is not None

    def wait(self, seconds: float = _PATIENCE) -> int:
        """Return the exit code at the end of the program, negative for a signal."""
        end = time.monotonic() + seconds
        while not self.has_ended():
            if time.monotonic() > end:
                raise TimeoutError("the program does not end")
            if not self._take(0.02):
                time.sleep(0.005)
        assert self.exit_status is not None
        return os.waitstatus_to_exitcode(self.exit_status)

    def _take(self, patience: float) -> bool:
        """Read what is there; False when nothing came."""
        if self._doom is not None:
            at, end = self._doom
            patience = min(patience, max(at - time.monotonic(), 0))
            if time.monotonic() >= at:
                self._doom = None
                end()
        if self._terminal < 0:
            time.sleep(min(patience, 0.02))
            return False
        try:
            if not select.select([self._terminal], [], [], patience)[0]:
                return False
            written = os.read(self._terminal, 65536)
        except (OSError, ValueError):  # its other end is closed
            time.sleep(min(patience, 0.01))
            return False
        self.screen.take(written)
        self.written += written.decode("utf-8", "replace")
        return bool(written)
