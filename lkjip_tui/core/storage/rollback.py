"""Taking back a checkpoint that was cut off, so that no kill or power cut costs the file.

DuckDB 2.0 writes a checkpoint's data into free blocks, but the blocks that hold its metadata over
themselves, while the file's headers still need them as they were. Cut off in the midst of one, the
file does not open any more, or reads its log wrong. So before each checkpoint these blocks and the
headers are copied into `X.duckdb.rollback`, on the disk; after it, that file goes. One that is
still there when the file is opened tells what to put back: the blocks that are torn, no others.
"""

import os
import struct
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from lkjip_tui.core.storage.held_file import HeldFile
from lkjip_tui.system import lock, sync_folder

ReadBytes: TypeAlias = Callable[[int, int], bytes]
"""Returns the bytes of the file at a place, of a length; fewer at its end."""

_ENDING: Final = ".rollback"
_MAGIC: Final = b"lkjip rollback 1\n"
#: The main header and two of the database, of which the younger counts.
_HEADER_SIZE: Final = 4096
_HEADERS: Final = 3
_BLOCKS_AT: Final = _HEADERS * _HEADER_SIZE
#: Bytes beside the file's own that what is kept of it takes at most.
_ROOM: Final = 1 << 20
_PLACE: Final = struct.Struct("<QQ")  # where a block stands, and its length
_CHECKSUM: Final = struct.Struct("<Q")


class Rollback:
    """What is kept of a file while a checkpoint writes into it."""

    def __init__(self, database_path: Path) -> None:
        self._file = database_path
        self.path = Path(f"{database_path}{_ENDING}")

    def keep(self, read: ReadBytes, blocks: Iterable[int], block_size: int) -> None:
        """Copy the headers and these blocks to the disk; raises OSError when it has no room."""
        assert block_size >= _HEADER_SIZE  # noqa: S101 - else nothing would be kept of a block
        places = [(number * _HEADER_SIZE, _HEADER_SIZE) for number in range(_HEADERS)]
        places += [(_BLOCKS_AT + number * block_size, block_size) for number in blocks]
        found = ((place, read(*place)) for place in places)
        kept = b"".join(
            _PLACE.pack(*place) + block for place, block in found if len(block) == place[1]
        )
        try:
            with self.path.open("wb") as file:
                file.write(_MAGIC + sha256(kept).digest() + kept)
                file.flush()
                os.fsync(file.fileno())
            sync_folder(self.path.parent)
        except OSError:
            self.forget()
            raise

    def forget(self) -> None:
        """Remove what was kept: the checkpoint is done, or did not begin."""
        with suppress(OSError):  # it harms nothing: the file's headers tell that it is done
            self.path.unlink()

    def is_due(self) -> bool:
        """Tell whether a checkpoint was cut off that must be taken back; writes nothing.

        One that another process is at is not cut off.
        """
        if not self.path.exists():
            return False
        with closing(HeldFile(self._file)) as held, self._file.open("rb") as file:
            return lock(file, shared=True) and bool(self._torn(held.read))

    def apply(self) -> None:
        """Put back what a checkpoint tore, if one was cut off; nothing while another one runs.

        Raises FileError or OSError; it can be tried again.
        """
        if not self.path.exists():
            return
        # Held, so that this process has no lock on the file that closing it would drop.
        with closing(HeldFile(self._file)), self._file.open("r+b") as file:
            if not lock(file):
                return  # its owner is at work on it, and opening it tells so
            for at, block in self._torn(_reader(file)):
                file.seek(at)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        self.forget()

    def _torn(self, read: ReadBytes) -> list[tuple[int, bytes]]:
        """Return places and contents of the blocks to put back."""
        changed = [
            (at, block, _is_whole(present))
            for at, block in self._kept()
            if (present := read(at, len(block))) != block
        ]
        if any(at < _BLOCKS_AT and whole for at, _block, whole in changed):
            return []  # its header, which is written last, is there: the checkpoint was done
        return [(at, block) for at, block, whole in changed if not whole]

    def _kept(self) -> list[tuple[int, bytes]]:
        """Return what was kept; nothing when that was cut off itself, and no checkpoint begun."""
        size = self._file.stat().st_size
        if self.path.stat().st_size > 2 * size + _ROOM:
            return []  # it never comes near that
        stored = self.path.read_bytes()
        digest, kept = stored[len(_MAGIC) :][:32], stored[len(_MAGIC) + 32 :]
        if not stored.startswith(_MAGIC) or sha256(kept).digest() != digest:
            return []
        found, start = [], 0
        while start + _PLACE.size <= len(kept):
            at, length = _PLACE.unpack_from(kept, start)
            start += _PLACE.size
            found.append((at, kept[start : start + length]))
            start += length
            if len(found[-1][1]) != length or length % _CHECKSUM.size or at > size + len(kept):
                return []  # none of ours: a hash proves who wrote it no more than a name
        return found


def _is_whole(block: bytes) -> bool:
    """Tell whether a block of DuckDB's bears the checksum of what it holds; a cut one does not."""
    if not block or len(block) % _CHECKSUM.size:
        return False
    found = 5381
    for (word,) in _CHECKSUM.iter_unpack(block[_CHECKSUM.size :]):
        found ^= word * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    return bool(_CHECKSUM.pack(found) == block[: _CHECKSUM.size])


def _reader(file: BinaryIO) -> ReadBytes:
    def read(at: int, length: int) -> bytes:
        file.seek(at)
        return file.read(length)

    return read
