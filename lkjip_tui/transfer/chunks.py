"""Text that comes in large pieces of UTF-8, and goes out as it came."""

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TextIO, TypeVar

_T = TypeVar("_T")


def begun(pieces: Iterator[_T]) -> Iterable[_T]:
    """Return the pieces with the first of them read, so that what fails at once writes nothing."""
    for first in pieces:
        return chain([first], pieces)
    return ()


def write_bytes(out: TextIO, piece: bytes | memoryview) -> None:
    """Write a piece of UTF-8, past the encoder where `out` would encode it so again."""
    buffer = getattr(out, "buffer", None)
    if buffer is None or codecs.lookup(out.encoding).name != "utf-8":
        out.write(str(piece, "utf-8"))
        return
    out.flush()
    buffer.write(piece)
