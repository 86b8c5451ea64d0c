"""Text that comes in large pieces of UTF-8, and goes out as it came."""

import codecs
import errno
import os
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, TextIO, TypeVar

from lkjip_tui.core.storage.cursors import Piece

_T = TypeVar("_T")

#: Bytes that are written at once: for more a system may look long for memory in one piece.
_AT_ONCE: Final = 1 << 18


def begun(pieces: Iterator[_T]) -> Iterable[_T]:
    """Return the pieces with the first of them read, so that what fails at once writes nothing."""
    for first in pieces:
        return chain([first], pieces)
    return ()


def write_bytes(out: TextIO, piece: Piece) -> None:
    """Write a piece of UTF-8, past the encoder where `out` would encode it so again."""
    buffer = getattr(out, "buffer", None)
    if buffer is None or codecs.lookup(out.encoding).name != "utf-8":
        out.write(str(piece, "utf-8"))
        return
    out.flush()
    left = memoryview(piece)
    while left:
        written = buffer.write(left[:_AT_ONCE])
        if not written:  # nobody reads, and the writer is not to wait
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        left = left[written:]  # a buffer takes all, what is unbuffered perhaps a part
