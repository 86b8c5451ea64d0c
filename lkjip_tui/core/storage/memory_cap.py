"""A cap on the memory that the process gets while a statement runs.

The database counts what it sorts and holds, not the texts and lists that a function makes of one
row: `repeat('x', 4000000000)` takes four thousand million bytes at once, and cannot be stopped. The
system refuses them to a process that has been told so; the database then tells that of the
statement, and goes on. Where no system can tell, nothing is capped.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

try:
    import resource
except ImportError:  # Windows has no such limits
    _WHOLE = None
else:
    _WHOLE = resource.getrlimit(resource.RLIMIT_DATA)

#: Bytes that a statement may take of the system, of which the database holds 512 MB and the rest
#: is what it does not count, and the rows in Python.
MOST: Final = 3 << 29
_SIZES: Final = Path("/proc/self/statm")
_DATA: Final = 5


class MemoryCap:
    """Caps the process while statements of one file run."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running = 0

    @contextmanager
    def capped(self) -> Iterator[None]:
        """Let the process have so much more than it has now, and no more; raises MemoryError."""
        with self._lock:
            if not self._running:
                _limit(MOST)
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
                if not self._running:
                    _limit(None)


def _limit(more: int | None) -> None:
    if _WHOLE is None:
        return
    soft, hard = _WHOLE
    if more is not None:
        try:
            held = int(_SIZES.read_bytes().split()[_DATA]) * resource.getpagesize()
        except (OSError, ValueError, IndexError):
            return
        soft = held + more if soft < 0 else min(held + more, soft)
    with suppress(OSError, ValueError):  # a system may count otherwise
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
