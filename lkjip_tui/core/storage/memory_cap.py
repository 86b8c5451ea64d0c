"""A cap on the memory that the process gets while a statement runs.

The database counts what it sorts and holds, not the texts and lists that a function makes of one
row: `repeat('x', 4000000000)` takes four thousand million bytes at once, and cannot be stopped. The
system refuses them to a process that has been told so; the database then tells that of the
statement, and goes on. Where no system can tell, nothing is capped.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from lkjip_tui.system import limit_memory

#: Bytes that a statement may take of the system, of which the database holds 512 MB and the rest
#: is what it does not count, and the rows in Python.
MOST: Final = 3 << 29


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
                limit_memory(MOST)
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
                if not self._running:
                    limit_memory(None)
