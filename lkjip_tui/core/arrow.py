"""The texts of a result as the bytes that they are, through Arrow's interface in C.

The driver hands a result out as Arrow without any library beside it; a column of text is then one
piece of memory, which needs no object of Python for each row. Only that much of the interface is
known here: https://arrow.apache.org/docs/format/CStreamInterface.html
"""

import ctypes
from collections.abc import Iterator
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_char, c_char_p, c_int, c_int64, c_void_p
from typing import Final

from lkjip_tui.core.driver_errors import as_raised

_TEXT: Final = b"U"  # with ends of 64 bits, so that no chunk is too long


class _Schema(Structure):
    pass


class _Array(Structure):
    pass


class _Stream(Structure):
    pass


_Schema._fields_ = [
    ("format", c_char_p), ("name", c_char_p), ("metadata", c_char_p), ("flags", c_int64),
    ("n_children", c_int64), ("children", POINTER(POINTER(_Schema))), ("dictionary", c_void_p),
    ("release", CFUNCTYPE(None, POINTER(_Schema))), ("private_data", c_void_p),
]  # fmt: skip
_Array._fields_ = [
    ("length", c_int64), ("null_count", c_int64), ("offset", c_int64), ("n_buffers", c_int64),
    ("n_children", c_int64), ("buffers", POINTER(c_void_p)),
    ("children", POINTER(POINTER(_Array))), ("dictionary", c_void_p),
    ("release", CFUNCTYPE(None, POINTER(_Array))), ("private_data", c_void_p),
]  # fmt: skip
_Stream._fields_ = [
    ("get_schema", CFUNCTYPE(c_int, POINTER(_Stream), POINTER(_Schema))),
    ("get_next", CFUNCTYPE(c_int, POINTER(_Stream), POINTER(_Array))),
    ("get_last_error", CFUNCTYPE(c_char_p, POINTER(_Stream))),
    ("release", CFUNCTYPE(None, POINTER(_Stream))),
    ("private_data", c_void_p),
]

_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype, _pointer.argtypes = c_void_p, [ctypes.py_object, c_char_p]


class Texts:
    """A result of one column of text, none of them null, read in order and once."""

    def __init__(self, capsule: object) -> None:
        self._capsule = capsule  # it ends the result when it goes
        self._stream = ctypes.cast(_pointer(capsule, b"arrow_array_stream"), POINTER(_Stream))
        schema = _Schema()
        self._checked(self._stream.contents.get_schema(self._stream, byref(schema)))
        formats = [schema.children[n].contents.format for n in range(schema.n_children)]
        schema.release(byref(schema))
        if formats != [_TEXT]:
            raise TypeError(formats)

    def __iter__(self) -> Iterator[memoryview]:
        """Yield the texts of some rows after the other, joined; raises what the driver would.

        What was yielded is gone once the next is asked for.
        """
        while True:
            rows = _Array()
            # Other threads go on meanwhile: what ctypes calls holds no lock of Python's.
            self._checked(self._stream.contents.get_next(self._stream, byref(rows)))
            if not rows.release:
                return
            try:
                texts = rows.children[0].contents
                ends = ctypes.cast(texts.buffers[1], POINTER(c_int64))
                first, last = ends[texts.offset], ends[texts.offset + texts.length]
                if last > first:
                    held = (c_char * (last - first)).from_address(texts.buffers[2] + first)
                    yield memoryview(held).cast("B")
            finally:
                rows.release(byref(rows))

    def _checked(self, code: int) -> None:
        if code:
            told = self._stream.contents.get_last_error(self._stream)
            raise as_raised((told or b"").decode("utf-8", "replace"))
