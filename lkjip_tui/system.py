"""What one system has and another lacks: all that is POSIX's alone, and what stands for it.

Where a system has nothing for it, nothing is done: a folder's names are durable there by themselves
or not at all, a file that another holds cannot even be opened, and no process can be limited.
"""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

if sys.platform != "win32":
    import fcntl
    import resource
    import termios

    _WHOLE_MEMORY: Final = resource.getrlimit(resource.RLIMIT_DATA)

#: How a terminal reads keys and shows what is written, as the system tells it.
Modes = list[Any]

#: Where Linux tells how many pages a process holds, and at which place its data.
_SIZES: Final = Path("/proc/self/statm")
_DATA: Final = 5


def _signals(*names: str) -> tuple[signal.Signals, ...]:
    return tuple(signal.Signals[name] for name in names if name in signal.Signals.__members__)


#: The signals that end a program with a terminal; that suspend it; that let it go on.
ENDING: Final = _signals("SIGTERM", "SIGHUP", "SIGINT")
SUSPENDING: Final = _signals("SIGTSTP")
CONTINUING: Final = _signals("SIGCONT")


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def lock(file: BinaryIO, *, shared: bool = False) -> bool:
    """Lock a file as DuckDB does, until it is closed; False where another has locked it."""
    if sys.platform != "win32":
        try:
            fcntl.lockf(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def limit_memory(more: int | None) -> None:
    """Let this process have so many bytes more than it has now; with None, all it could have."""
    if sys.platform == "win32":
        return
    soft, hard = _WHOLE_MEMORY
    if more is not None:
        try:
            held = int(_SIZES.read_bytes().split()[_DATA]) * resource.getpagesize()
        except (OSError, ValueError, IndexError):  # not on Linux
            return
        soft = held + more if soft < 0 else min(held + more, soft)
    with suppress(OSError, ValueError):  # a system may count otherwise
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def give_memory_back() -> None:
    """Give the system back what this process holds and does not use, where its C library can.

    Of 100 MB in pieces it takes 10 ms, in which other threads wait for memory.
    """
    if sys.platform == "linux":
        with suppress(ImportError, OSError):
            from ctypes import CDLL  # noqa: PLC0415 - not for the start

            if hasattr(library := CDLL(None), "malloc_trim"):
                library.malloc_trim(0)


def terminal_modes() -> Modes | None:
    """Return the terminal's modes, None where it has none."""
    if sys.platform == "win32":
        return None
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def set_terminal_modes(modes: Modes | None) -> None:
    """Put the terminal's modes back as they were."""
    if sys.platform != "win32" and modes is not None:
        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, modes)


def is_dumb_terminal() -> bool:
    """Whether the terminal says that it can move no cursor; on Windows none says anything."""
    return sys.platform != "win32" and os.environ.get("TERM", "dumb") in {"dumb", ""}
