"""CSV and JSON that other programs read back without loss, and CSV for a spreadsheet.

A row is written as soon as it is read, so that any number of them needs little memory. What the
database can write itself comes from there, the same and much sooner; how it looks is said here.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, Final, TextIO

from lkjip_tui.core.figures.block import neutralized
from lkjip_tui.core.figures.values import Kind, show
from lkjip_tui.core.query import lines
from lkjip_tui.core.storage.cursors import Piece, Rewrite
from lkjip_tui.transfer.chunks import begun, write_bytes
from lkjip_tui.transfer.records import Records, exact_text, json_text

#: Beside the mark between fields: what is no plain text to a reader unless it is quoted.
_QUOTED: Final = r'["\r\n]|^$|^[\s#]|\s$'
#: A JSON text that the database has left to be written here.
_MARK: Final = re.compile(re.escape(lines.LEFT.encode()))
_LEFT: Final = re.compile(rb"%b([^%b]*)%b" % ((lines.LEFT.encode(),) * 3))


def write_csv(out: TextIO, found: Records) -> None:
    """Write identifiers and raw values: null is an empty field, an empty text is `""`."""
    if not _write_from_there(out, found, found.columns, ",", lines.csv):
        rows = ([_raw(value) for value in row] for row in found.rows)
        _write_lines(out, ",", chain([found.columns], rows))


def write_spreadsheet_csv(out: TextIO, found: Records, headings: Mapping[str, str]) -> None:
    """Write CSV as an Indonesian Excel opens it: `;`, decimal comma, headings for identifiers.

    Text that it would run as a formula bears an apostrophe. `out` should begin with a byte
    order mark, which tells Excel the encoding.
    """
    names = [neutralized(headings.get(name, name)) for name in found.columns]
    if not _write_from_there(out, found, names, ";", lines.spreadsheet_csv):
        rows = ([_local(value) for value in row] for row in found.rows)
        _write_lines(out, ";", chain([names], rows))


def write_json(out: TextIO, found: Records) -> None:
    """Write a list of objects, one a line."""
    names = [f"{json_text(name)}: " for name in found.columns]
    if found.source is not None:
        stream = found.source.stream
        if of_query := lines.json(stream.types, found.source.chosen, names):
            _write_objects(out, begun(stream.texts(of_query)))
            return
    before = "[\n"
    for row in found.rows:
        fields = (name + json_text(value) for name, value in zip(names, row, strict=True))
        out.write(f"{before}{{{', '.join(fields)}}}")
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")


def _write_objects(out: TextIO, chunks: Iterable[Piece]) -> None:
    """Write objects that the database has written, each behind a comma and a new line."""
    is_first = True
    for chunk in chunks:
        finished = _LEFT.sub(_finished, chunk) if _MARK.search(chunk) else chunk
        if is_first:
            out.write("[")
            finished, is_first = memoryview(finished)[1:], False
        write_bytes(out, finished)
    out.write("[]\n" if is_first else "\n]\n")


def _finished(left: re.Match[bytes]) -> bytes:
    """Return a text that was left as JSON as it is written here."""
    return json_text(json.loads(left[1])).encode()


def _raw(value: Any) -> str | None:  # noqa: ANN401 - a statement returns any type
    return value if value is None or type(value) is str else exact_text(value)


def _local(value: Any) -> str | None:  # noqa: ANN401
    if value is None:
        return None
    if isinstance(value, bool):
        return show(value, Kind.FLAG)
    if isinstance(value, int | Decimal | float):
        return exact_text(value).replace(".", ",")
    return neutralized(exact_text(value))


def _write_from_there(
    out: TextIO,
    found: Records,
    names: Sequence[str],
    mark: str,
    written: Callable[[Sequence[str], Sequence[int], str], Rewrite | None],
) -> bool:
    """Write the rows as the database writes them; False where it cannot, and nothing is written."""
    if found.source is None:
        return False
    stream = found.source.stream
    of_query = written(stream.types, found.source.chosen, mark)
    if of_query is None:
        return False
    chunks = begun(stream.texts(of_query))
    _write_lines(out, mark, [names])
    for chunk in chunks:
        write_bytes(out, chunk)
    return True


def _write_lines(out: TextIO, mark: str, rows: Iterable[Sequence[str | None]]) -> None:
    # The csv module cannot tell null from an empty text.
    quoted = re.compile(f"{mark}|{_QUOTED}").search

    def field(text: str | None) -> str:
        if text is None:
            return ""
        return '"' + text.replace('"', '""') + '"' if quoted(text) else text

    joined = (mark.join(map(field, row)) for row in rows)
    # A line with nothing on it would be skipped.
    out.writelines(f"{line or field('')}\n" for line in joined)
