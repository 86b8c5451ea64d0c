"""A DuckDB file as plain bytes, held open as long as the driver has it.

On POSIX systems closing *any* handle of a file drops all locks that the process holds on it. So a
copy is only ever read through the handle that is held here, and a process holds a file once.
"""

import os
import stat
import threading
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Final

from lkjip_tui.core.errors import (
    FileBusy,
    FileError,
    FileForeign,
    FileMissing,
    IsStopped,
    require_unstopped,
    system_reason,
)
from lkjip_tui.language import _

_MAGIC: Final = b"DUCK"
_MAGIC_AT: Final = 8
#: Bytes that are hashed in some thousandths of a second.
_SOON_READ: Final = 16 << 20
#: Bytes that are copied before it may be stopped.
_PIECE: Final = 1 << 20

#: The files that this process has open, by device and number.
_OPEN: Final[set[tuple[int, int]]] = set()
_OPEN_LOCK: Final = threading.Lock()


class HeldFile:
    """An existing DuckDB file, open as bytes; raises a FileError when it is none."""

    def __init__(self, path: Path) -> None:
        try:
            status = path.stat()
            if not (
                S_ISREG(status.st_mode) or S_ISDIR(status.st_mode)
            ):  # a pipe lets wait for ever
                raise FileForeign(
                    _("{file} is not a DuckDB file; it was left as it is.").format(file=path),
                    _("Name a file made with lkjip new or lkjip demo."),
                )
            self._number = status.st_dev, status.st_ino
            with _OPEN_LOCK:
                if self._number in _OPEN:
                    raise FileBusy(
                        _("{file} is open in this program already.").format(file=path),
                        _("Close it there first."),
                    )
                self._handle = path.open("rb")
                _OPEN.add(self._number)
        except FileNotFoundError as error:
            raise FileMissing(
                _("There is no file {file}.").format(file=path),
                _("Make one with: lkjip new {file} --office NAME --year YEAR").format(file=path),
            ) from error
        except OSError as error:
            raise FileError(
                _("{file} cannot be read: {reason}.").format(
                    file=path, reason=system_reason(error)
                ),
                _("Check the path and your right to read it."),
            ) from error
        if self._handle.read(_MAGIC_AT + len(_MAGIC))[_MAGIC_AT:] != _MAGIC:
            self.close()
            raise FileForeign(
                _("{file} is not a DuckDB file; it was left as it is.").format(file=path),
                _("Name a file made with lkjip new or lkjip demo."),
            )

    def read(self, at: int, length: int) -> bytes:
        """Return the bytes from a place on; fewer where the file ends."""
        self._handle.seek(at)
        return self._handle.read(length)

    def is_at(self, path: Path) -> bool:
        """Tell whether the file is still the one of that name; True where nobody can say."""
        try:
            return os.path.samestat(path.stat(), os.fstat(self._handle.fileno()))
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True

    @property
    def size(self) -> int:
        """How many bytes it has, whatever its name is by now."""
        return os.fstat(self._handle.fileno()).st_size

    def digest(self) -> bytes | None:
        """Return a hash of all that the file holds now, None for one that takes long to read."""
        if os.fstat(self._handle.fileno()).st_size > _SOON_READ:
            return None
        self._handle.seek(0)
        return sha256(self._handle.read()).digest()

    def written_at(self) -> datetime:
        """Return when the file was written last, in local time."""
        return datetime.fromtimestamp(os.fstat(self._handle.fileno()).st_mtime).astimezone()

    def copy_to(self, target: Path, is_stopped: IsStopped) -> None:
        """Write the bytes to `target`, which must not exist, and onto the disk.

        Raises Interrupted once `is_stopped` says so.
        """
        self._handle.seek(0)
        with target.open("xb") as copy:
            while piece := self._handle.read(_PIECE):
                require_unstopped(is_stopped)
                copy.write(piece)
            copy.flush()
            os.fsync(copy.fileno())
        target.chmod(stat.S_IMODE(os.fstat(self._handle.fileno()).st_mode))

    def close(self) -> None:
        """Let go of the file, and with it of every lock that this process has on it."""
        with _OPEN_LOCK:
            if not self._handle.closed:  # else it may be another's by now
                self._handle.close()
                _OPEN.discard(self._number)
