"""Files that offices hold, as blocks of texts: CSV of any kind, spreadsheets, Parquet.

A cell of a spreadsheet that is a number becomes a text that has one reading only, a percent what
it shows (0,6759 formatted as a percent is 67,59), an indent blanks before the text. What the texts
mean is not known here. Files are read, never run: formulas count by the values stored with them.
"""

import csv
import io
import re
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from functools import lru_cache
from itertools import islice
from pathlib import Path
from subprocess import DEVNULL
from typing import TYPE_CHECKING, Final

from lkjip_tui import garbage
from lkjip_tui.core.errors import FileError, UsageError, system_reason
from lkjip_tui.core.figures.block import Block, as_it_was, fields, read_block
from lkjip_tui.language import _, plural

if TYPE_CHECKING:
    import polars as pl

#: The most cells that are read of one file as texts, and of one that keeps its types.
_MOST_CELLS: Final = 4_000_000
_MOST_COLUMNS: Final = 16_384
_MOST_TYPED: Final = 400_000_000
#: Bytes that the parts of a spreadsheet's file may take unpacked: twice what so many cells do. A
#: file of three megabytes can be made that unpacks to as many gigabytes.
_MOST_UNPACKED: Final = 512 << 20
#: How much more than its bytes anything packed this way can be at most.
_TIGHTEST: Final = 1032
_CHUNK: Final = 1 << 20
_MARKS: Final = ";,\t|"
_SAMPLE: Final = 1 << 16
_TEXTS: Final = (".csv", ".tsv", ".txt", ".md")
_WITH_FORMATS: Final = (".xlsx", ".xlsm")
_SHEETS: Final = "xl/worksheets/"
_OTHER_SHEETS: Final = (".xls", ".xlsb", ".ods")
PARQUET: Final = (".parquet", ".pq")
ENDINGS: Final = (*_TEXTS, *_WITH_FORMATS, *_OTHER_SHEETS, *PARQUET)
#: What another process does with a file before it is read here.
_TRIED: Final = {
    **dict.fromkeys(
        _OTHER_SHEETS,
        "import sys, python_calamine as calamine\n"
        "with calamine.CalamineWorkbook.from_path(sys.argv[1]) as book:\n"
        "    for name in book.sheet_names: book.get_sheet_by_name(name)",
    ),
    **dict.fromkeys(
        PARQUET,
        "import sys, polars\n"
        "file = sys.argv[1]\n"
        "rows = polars.scan_parquet(file).select(polars.len()).collect().item()\n"
        f"if rows * len(polars.read_parquet_schema(file)) <= {_MOST_TYPED}:\n"
        "    polars.read_parquet(file)",
    ),
}
_LEAST: Final = Decimal("1e-10")
#: For any number that a double or a database holds.
_EXACT: Final = Context(prec=400)
_GROUP: Final = 3
#: What stands in a number's format for itself, or for a blank of its width.
_LITERAL: Final = re.compile(r'"[^"]*"|[\\_*].')
#: The line beneath the headings of a Markdown table.
_ALIGNMENT: Final = re.compile(r"^\s*\|(?:\s*:?-+:?\s*\|)+\s*$", re.MULTILINE)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file's cells, and how it was read, for its user: sheet, encoding, mark between fields."""

    block: Block
    told: str


def sheets(file: Path) -> Sequence[str]:
    """Return the names of a spreadsheet's visible sheets; none for other files.

    Raises FileError when it cannot be read.
    """
    if file.suffix.lower() not in (*_WITH_FORMATS, *_OTHER_SHEETS):
        return ()
    with _readable(file):
        _require_moderate(file)
    _require_sound(file)
    import python_calamine  # noqa: PLC0415 - only for who reads a spreadsheet

    with _readable(file), python_calamine.CalamineWorkbook.from_path(file) as book:
        visible = python_calamine.SheetVisibleEnum.Visible
        return [each.name for each in book.sheets_metadata if each.visible == visible]


def read(file: Path, sheet: str | None = None) -> Source:
    """Read a file; of a spreadsheet the sheet named, else the first that holds anything.

    Raises FileError when it cannot be read, UsageError when it is no such file or has no such
    sheet.
    """
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(
            _("{file} is no file that can be read here.").format(file=file.name),
            _("It ends with one of {endings}.").format(endings=" · ".join(ENDINGS)),
        )
    names = sheets(file)
    if sheet is not None and sheet not in names:
        raise UsageError(
            _("{file} has no sheet “{sheet}”.").format(file=file.name, sheet=sheet),
            _("Its sheets: {sheets}").format(sheets=", ".join(names) or _("none")),
        )
    with _readable(file), garbage.uncollected(), warnings.catch_warnings():
        # What a library says of a file is about its code, and would stand on the screen.
        warnings.simplefilter("ignore")
        if ending in _TEXTS:
            return of_text(file.read_bytes())
        if ending in PARQUET:
            return Source(_block(_parquet(file)), "Parquet")
        rows = _formatted if ending in _WITH_FORMATS else _plain
        for name in [sheet] if sheet is not None else names:
            block = _block(rows(file, name))
            if block.rows:
                told = _("sheet “{sheet}”").format(sheet=name)
                return Source(replace(block, title=name), told)
    return Source(Block(), _("empty"))


class _readable:  # noqa: N801 - read as a statement
    """Raises FileError for whatever a reader of files raises."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise FileError(
                _("{file} cannot be read: {reason}.").format(
                    file=self._file, reason=system_reason(error)
                )
            ) from error
        if isinstance(error, Exception) and not isinstance(error, (FileError, UsageError)):
            raise FileError(
                _("{file} cannot be read: it is damaged, locked by a password, or something else"
                  " than its name says.").format(file=self._file),
                _("Open it in a spreadsheet and save it anew as .xlsx or .csv."),
            ) from error  # fmt: skip


def _require_sound(file: Path) -> None:
    """Let another process read a file first; raises FileError when it does not come to the end.

    Readers that are not Python's end the process when a damaged file asks for too much memory, or
    write where the screen is.
    """
    with _readable(file):
        found = file.stat()
        if file.suffix.lower() in _TRIED and not _is_sound(file, found.st_mtime_ns, found.st_size):
            raise ValueError(file)


@lru_cache(4)
def _is_sound(file: Path, _changed_at: int, _size: int) -> bool:
    # -P: nothing is loaded from the folder in which the user is.
    command = (sys.executable, "-P", "-c", _TRIED[file.suffix.lower()], str(file.absolute()))
    return not subprocess.run(  # noqa: S603 - ourselves, with a path
        command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, check=False
    ).returncode


def of_text(content: bytes) -> Source:
    """Return the cells of a text in any encoding: CSV with any mark, or a Markdown table."""
    text, encoding = _decoded(content)
    if _ALIGNMENT.search(text[:_SAMPLE]):
        return Source(read_block(text), f"Markdown · {encoding}")
    mark = _mark_of(text[:_SAMPLE])
    rows: Iterable[Sequence[str]] = fields(text, mark)
    if mark == ";" and "'" in text:  # CSV for machines has no apostrophes but its own
        rows = ([as_it_was(field) for field in row] for row in rows)
    named = _("tab") if mark == "\t" else mark
    told = _("fields by {mark}").format(mark=f"“{named}”")
    return Source(_block(rows), f"{told} · {encoding}")


def _decoded(content: bytes) -> tuple[str, str]:
    """Return a file's text and its encoding: as its mark says, else UTF-8 if fitting, or cp1252."""
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return _decoded_as(name, content, "replace"), name.removesuffix("-sig")
    try:
        return _decoded_as("utf-8", content, "strict"), "utf-8"
    except UnicodeDecodeError:
        return _decoded_as("cp1252", content, "replace"), "cp1252"


def _decoded_as(encoding: str, content: bytes, errors: str) -> str:
    """Return a text whose lines all end with a newline.

    It is decoded by parts, which are then joined: as a whole it would keep every other thread, the
    screen's too, three times as long.
    """
    with io.TextIOWrapper(io.BytesIO(content), encoding, errors) as text:
        return "".join(iter(lambda: text.read(_CHUNK), ""))


def _mark_of(sample: str) -> str:
    """Return the mark between fields: the one with which most lines have equally many fields."""
    lines = [line for line in sample.split("\n")[:200] if line.strip()]

    def fitness(mark: str) -> tuple[int, int]:
        counts = [len(next(csv.reader([line], delimiter=mark), ())) for line in lines]
        several = [count for count in counts if count > 1]
        most = max(set(several), key=several.count, default=1)
        return several.count(most), most

    return max(_MARKS, key=fitness)


def _formatted(file: Path, sheet: str) -> Iterator[Sequence[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - it takes long, and most never need it

    with ExitStack() as stack:  # it leaves its own handle open where a file is none
        kinds = [{"data_only": True}, *[{"data_only": False}] * _has_formulas(file)]
        handles = [stack.enter_context(file.open("rb")) for _kind in kinds]
        books = [
            load_workbook(handle, read_only=True, **kind)
            for handle, kind in zip(handles, kinds, strict=True)
        ]
        for book in books:
            book[sheet].reset_dimensions()  # what a writer says of its sheet's size may be old
        for row, *formulas in zip(*(book[sheet].iter_rows() for book in books), strict=True):
            cells = []
            for at, cell in enumerate(row):
                value = cell.value
                if value is None and formulas:  # written by a program that works nothing out
                    written = formulas[0][at].value
                    value = getattr(written, "text", written)
                is_number = isinstance(value, int | float) and not isinstance(value, bool)
                if is_number and "%" in _LITERAL.sub("", str(cell.number_format)):
                    value = Decimal(repr(value)) * 100
                text = _unescaped(value) if isinstance(value, str) else _text(value)
                indent = cell.alignment.indent if text and cell.has_style else 0
                cells.append("  " * int(indent or 0) + text)
            yield cells


def _has_formulas(file: Path) -> bool:
    with zipfile.ZipFile(file) as parts:
        sheets = (name for name in parts.namelist() if name.startswith(_SHEETS))
        return any(_holds_formula(parts, name) for name in sheets)


def _holds_formula(parts: zipfile.ZipFile, name: str) -> bool:
    end = b""
    with parts.open(name) as part:
        while chunk := part.read(_CHUNK):
            if b"<f" in end + chunk:
                return True
            end = chunk[-1:]
    return False


def _require_moderate(file: Path) -> None:
    """Raise FileError for a spreadsheet that unpacks to more than any office's holds."""
    if not zipfile.is_zipfile(file):  # the old .xls is not packed
        return
    with zipfile.ZipFile(file) as parts:
        found = parts.infolist()
        if sum(part.file_size for part in found) > _MOST_UNPACKED:
            raise _too_large(_MOST_CELLS)
        is_read_here = file.suffix.lower() in _WITH_FORMATS
        for part in found:
            # Of the others only unpacking tells whether they are as long as they say.
            is_sure = part.compress_size * _TIGHTEST < _MOST_UNPACKED
            if is_sure or (is_read_here and part.filename.startswith(_SHEETS)):
                continue
            with parts.open(part) as whole:
                while whole.read(_CHUNK):
                    pass


def _unescaped(text: str) -> str:
    """Return a spreadsheet's text with the characters that it names by number."""
    from openpyxl.utils.escape import unescape  # noqa: PLC0415 - as above

    return _SURROGATE.sub("\ufffd", unescape(text)) if "_x" in text else text


def _plain(file: Path, sheet: str) -> Iterator[Sequence[str]]:
    import python_calamine  # noqa: PLC0415 - only for who reads a spreadsheet

    with python_calamine.CalamineWorkbook.from_path(file) as book:
        found = book.get_sheet_by_name(sheet)
        _require_room(found.total_height, found.total_width)  # a few bytes may say "a million rows"
        for row in found.to_python(skip_empty_area=False):
            yield [_text(value) for value in row]


def parquet(file: Path, most: int = _MOST_TYPED) -> "pl.DataFrame":
    """Read a Parquet file with the types that it has; raises FileError when it cannot be read."""
    import polars as pl  # noqa: PLC0415 - it takes long, and most never need it

    _require_sound(file)
    with _readable(file):
        columns = len(pl.read_parquet_schema(file))
        if columns * pl.scan_parquet(file).select(pl.len()).collect().item() > most:
            raise _too_large(most)
        return pl.read_parquet(file)


def _parquet(file: Path) -> Iterator[Sequence[str]]:
    frame = parquet(file, _MOST_CELLS)
    yield frame.columns
    for row in frame.iter_rows():
        yield [_text(value) for value in row]


def _text(value: object) -> str:
    """Return a cell's value as a text with one reading: three decimals are written with four."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, int | float | Decimal):
        return number_text(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)


def number_text(value: float | Decimal) -> str:
    """Return a number as a text that is read as itself in any column."""
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite():
        return str(value)
    rounded = number.quantize(_LEAST, context=_EXACT)
    whole, _point, fraction = f"{rounded:f}".partition(".")
    fraction = fraction.rstrip("0")
    if not fraction:
        return whole if whole != "-0" else "0"
    return f"{whole},{fraction}0" if len(fraction) == _GROUP else f"{whole},{fraction}"


def _block(rows: Iterable[Sequence[str]]) -> Block:
    """Return rows of one width, without rows and columns at the end that are empty."""
    found = [
        tuple(row) if row and row[-1] else _without_end(row) for row in islice(rows, _MOST_CELLS)
    ]
    while found and not found[-1]:
        found.pop()
    width = max((len(row) for row in found), default=0)  # others have their turn between
    _require_room(len(found), width)
    if any(len(row) != width for row in found):
        found = [(*row, *[""] * (width - len(row))) for row in found]
    return Block(tuple(found))


def _require_room(height: int, width: int) -> None:
    """Raise FileError for more columns or cells than are read."""
    if width > _MOST_COLUMNS:
        raise FileError(
            plural("It has more than {count} column.", "It has more than {count} columns.",
                   _MOST_COLUMNS).format(count=_MOST_COLUMNS),
            _("Split it into several files."),
        )  # fmt: skip
    if height * width > _MOST_CELLS:
        raise _too_large(_MOST_CELLS)


def _too_large(most: int) -> FileError:
    return FileError(
        plural("It has more than {count} cell.", "It has more than {count} cells.", most).format(
            count=most
        ),
        _("Split it into several files."),
    )


def _without_end(row: Sequence[str]) -> tuple[str, ...]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return tuple(row[:end])
