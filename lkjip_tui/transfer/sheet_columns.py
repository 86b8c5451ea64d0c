"""What the cells of a printed table hold in a spreadsheet: figures as numbers, the rest as texts.

A figure is a number with a format as long as a spreadsheet keeps all its digits, which are 15;
then, and where words stand behind it, it is the printed text, or the exact one where that would
be read back as something else. A missing figure is `–`, a missing text an empty cell. Yes and no,
roman numerals and choices are the words that are printed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeAlias

from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.figures.values import NULL_SIGN, Kind, is_number_type, read
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.transfer.printed import PrintedRow, PrintedTable, ViewRows
from lkjip_tui.transfer.records import Records, exact_text

#: Digits of a number that a spreadsheet keeps.
DIGITS: Final = 15
_TEXTS: Final = frozenset({Kind.TEXT, Kind.LONG, Kind.CHOICE})
_NUMBERS: Final = (int, Decimal, float)
_EVEN: Final = frozenset({Kind.RUPIAH, Kind.PERCENT, Kind.COUNT, Kind.RANK})
#: Numbers that are printed as stored: none, one, two decimals and so on.
_SAMPLES: Final = tuple(Decimal(1).scaleb(-places) for places in range(7))

Source: TypeAlias = Any
"""A row that a table is printed from: of a view, of a result, or a printed one."""


class Figure(NamedTuple):
    """A number, and the code of the format that shows it as it is printed."""

    value: int | Decimal | float
    code: str


Content: TypeAlias = str | Figure
"""What a cell holds; an empty text is an empty cell."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its name where it has one, and what its cell in a row holds and shows.

    Where all cells are alike `value` is what they hold, and either `codes` the formats of their
    numbers or `is_text` true: those can be written many at once. One format serves all numbers,
    of several each that of its decimals, counted from none. `adds_up` says that a sum of its
    figures means something.
    """

    name: str
    content: Callable[[Source], Content]
    shown: Callable[[Source], str]
    value: Callable[[Source], Any]
    codes: Sequence[str] = ()
    is_text: bool = False
    adds_up: bool = False


def of_table(table: PrintedTable) -> tuple[Sequence[SheetColumn], Iterable[Source]]:
    """Return a table's columns, and its rows to be gone through once."""
    match table.source:
        case ViewRows(cells=cells, columns=columns, rows=rows):
            return [_of_view(cells, column) for column in columns], rows
        case Records(columns=names, rows=rows, types=types):
            numbered = enumerate(zip(names, types or [""] * len(names), strict=True))
            return [_of_result(number, name, kind) for number, (name, kind) in numbered], rows
        case _:
            return [_of_texts(number) for number in range(len(table.columns))], table.rows


def is_exact(value: object) -> bool:
    """Say whether a spreadsheet keeps all digits of a value, which then is a number."""
    if isinstance(value, bool) or not isinstance(value, _NUMBERS):
        return False
    if isinstance(value, float):
        return isfinite(value)
    exact = Decimal(value)
    return exact.is_finite() and len(exact.normalize().as_tuple().digits) <= DIGITS


def _of_view(cells: Cells, column: Column) -> SheetColumn:
    kind = column.kind
    is_even = not (column.companion or column.once or cells.is_chosen(column))
    codes = []
    if is_even and kind and kind in _EVEN | {Kind.INDEX}:
        samples = _SAMPLES[:1] if kind in _EVEN else _SAMPLES
        codes = [_code(cells.text(column, {column.name: sample}), kind) for sample in samples]
    return SheetColumn(
        column.name,
        lambda row: _content(cells, column, row),
        lambda row: cells.text(column, row),
        itemgetter(column.name),
        codes,
        is_even and kind in {Kind.TEXT, Kind.LONG},
        kind in {Kind.RUPIAH, Kind.COUNT},
    )


def _content(cells: Cells, column: Column, row: ViewRow) -> Content:
    value, kind, printed = row[column.name], column.kind_in(row), cells.text(column, row)
    words = row.get(column.companion) if column.companion else None
    if value is None and not words:
        # In a column that is printed once an empty cell is what stands above.
        return "" if printed == "" or (kind in _TEXTS and not column.once) else NULL_SIGN
    if not kind.is_number or cells.is_chosen(column) or not isinstance(value, _NUMBERS):
        return printed
    if not words and is_exact(value):
        return Figure(value, _code(printed, kind))
    return printed if _is_read_back(printed, value, kind) else cells.exact_text(column, row)


def _is_read_back(text: str, value: object, kind: Kind) -> bool:
    try:
        return read(text, kind, typed=False).value == value
    except InputRefused:
        return False


def _code(printed: str, kind: Kind) -> str:
    """Return the format that shows a number of a kind as it was printed."""
    places = len(printed.rstrip("%").partition(",")[2])
    whole = "0" if kind is Kind.RANK else "#,##0"
    return f"{whole}{'.' * (places > 0)}{'0' * places}" + '"%"' * printed.endswith("%")


def _of_result(number: int, name: str, type_name: str) -> SheetColumn:
    def content(row: Source) -> Content:
        value = row[number]
        if value is None:
            return NULL_SIGN if is_number_type(type_name) else ""
        if not is_exact(value):
            return exact_text(value)
        return Figure(
            value, "General" if isinstance(value, float) else _code(shown(row), Kind.RANK)
        )

    def shown(row: Source) -> str:
        return exact_text(row[number]).replace(".", ",")

    return SheetColumn(name, content, shown, itemgetter(number), is_text=type_name == "VARCHAR")


def _of_texts(number: int) -> SheetColumn:
    def text(row: PrintedRow) -> str:
        return row.cells[number]

    return SheetColumn("", text, text, text, is_text=True)
