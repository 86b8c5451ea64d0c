"""Columns as the memory that they are, out of the driver and into it, by Arrow's interface in C.

The driver speaks Arrow without any library beside it. A column is then one piece of memory: it
needs no object of Python for each row on the way out, and no value bound for each on the way in.
Only that much of the interface is known here:
https://arrow.apache.org/docs/format/CStreamInterface.html
"""

import ctypes
from array import array
from collections.abc import Iterator, Mapping, Sequence
from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    byref,
    c_char,
    c_char_p,
    c_int,
    c_int64,
    c_void_p,
    pointer,
    py_object,
)
from itertools import accumulate, islice
from typing import Any, Final, Protocol, TypeAlias

from lkjip_tui.core.storage.driver_errors import as_raised

_TEXT: Final = b"U"  # with ends of 64 bits, so that no chunk is too long
_NUMBER: Final = b"l"
_ROWS: Final = b"+s"
#: Texts that are put together in a thousandth of a second, in which nothing else of Python's runs.
_PIECE: Final = 10_000

Values: TypeAlias = "Sequence[str] | array[int]"
"""A column: texts, or whole numbers of 64 bits (type code `q`)."""
_STREAM: Final = b"arrow_array_stream"


class Stream(Protocol):
    """Rows that whoever holds them lends by that interface: ours, or a data frame."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return them."""


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
_GetSchema = CFUNCTYPE(c_int, POINTER(_Stream), POINTER(_Schema))
_GetNext = CFUNCTYPE(c_int, POINTER(_Stream), POINTER(_Array))
_GetLastError = CFUNCTYPE(c_char_p, POINTER(_Stream))
_Stream._fields_ = [
    ("get_schema", _GetSchema),
    ("get_next", _GetNext),
    ("get_last_error", _GetLastError),
    ("release", CFUNCTYPE(None, POINTER(_Stream))),
    ("private_data", c_void_p),
]

_address = ctypes.pythonapi.PyCapsule_GetPointer
_address.restype, _address.argtypes = c_void_p, [py_object, c_char_p]
_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype, _new_capsule.argtypes = py_object, [c_void_p, c_char_p, c_void_p]


def _letting_go(kind: type[Structure]) -> object:
    """Return what the driver calls once it no longer needs a structure: it may go, says that."""
    release = CFUNCTYPE(None, POINTER(kind))

    def let_go(held: Any) -> None:  # noqa: ANN401 - a pointer to any of them
        held.contents.release = release()

    return release(let_go)


_let_go_of_schema, _let_go_of_array, _let_go_of_stream = map(
    _letting_go, (_Schema, _Array, _Stream)
)


class Texts:
    """A result of one column of text, none of them null, read in order and once."""

    def __init__(self, capsule: object) -> None:
        self._capsule = capsule  # it ends the result when it goes
        self._stream = ctypes.cast(_address(capsule, _STREAM), POINTER(_Stream))
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


class Columns:
    """Columns of one length, of texts or of whole numbers, that the driver reads as a table.

    It must outlive whatever reads it: the driver is told where the memory is, and no more.
    """

    def __init__(self, columns: Mapping[str, Values]) -> None:
        self._length = max(map(len, columns.values()), default=0)
        self._columns = {name.encode(): _parts(values) for name, values in columns.items()}
        self._lent: list[object] = []

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return a stream of all rows; the interface calls it so."""
        left = [self._length] if self._length else []

        def tell_schema(_stream: object, schema: "ctypes._Pointer[_Schema]") -> int:
            schema[0] = self._schema()
            return 0

        def hand_rows(_stream: object, rows: "ctypes._Pointer[_Array]") -> int:
            rows[0] = self._rows(left.pop()) if left else _Array()
            return 0

        stream = _Stream(
            get_schema=_GetSchema(tell_schema),
            get_next=_GetNext(hand_rows),
            get_last_error=_GetLastError(lambda _stream: None),
            release=_let_go_of_stream,
        )
        self._lent.append(stream)
        return _new_capsule(ctypes.addressof(stream), _STREAM, None)

    def take_back(self) -> None:
        """Let go of the memory, once nothing reads it any more."""
        self._lent.clear()
        self._columns.clear()

    def _schema(self) -> _Schema:
        columns = [
            _Schema(format=form, name=name, release=_let_go_of_schema)
            for name, (form, _buffers) in self._columns.items()
        ]
        children = (POINTER(_Schema) * len(columns))(*map(pointer, columns))
        schema = _Schema(
            format=_ROWS, name=b"", n_children=len(columns), children=children,
            release=_let_go_of_schema,
        )  # fmt: skip
        self._lent.append(schema)
        return schema

    def _rows(self, length: int) -> _Array:
        columns = []
        for _form, parts in self._columns.values():
            places = [None, *(part.buffer_info()[0] for part in parts)]  # nothing is null
            columns.append(
                _Array(
                    length=length, n_buffers=len(places), release=_let_go_of_array,
                    buffers=(c_void_p * len(places))(*places),
                )
            )  # fmt: skip
        children = (POINTER(_Array) * len(columns))(*map(pointer, columns))
        rows = _Array(
            length=length, n_buffers=1, n_children=len(columns), children=children,
            buffers=(c_void_p * 1)(None), release=_let_go_of_array,
        )  # fmt: skip
        self._lent.append(rows)
        return rows


def _parts(values: Values) -> tuple[bytes, "list[array[int]]"]:
    """Return how a column is stored, and its memory: of texts their ends, then all their bytes."""
    if isinstance(values, array):
        return _NUMBER, [values]
    ends, texts = array("q", [0]), array("b")
    for start in range(0, len(values), _PIECE):  # between two, other threads go on
        joined = "".join(piece := values[start : start + _PIECE])
        encoded = joined.encode()
        lengths = map(len, piece if joined.isascii() else [text.encode() for text in piece])
        ends.extend(islice(accumulate(lengths, initial=ends[-1]), 1, None))
        texts.frombytes(encoded)
    return _TEXT, [ends, texts]
