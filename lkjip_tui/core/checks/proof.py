"""Reads figures as they are printed.

What they are held against and the verdict are SQL (`catalogue`, `queries/basis/proof.sql`), so that
any client of the file sees them.
"""

from decimal import Decimal
from typing import Final

from lkjip_tui.core.acts import CellChange
from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.figures.values import Kind, Value, read

PRINTED: Final = "printed_figure"
"""The facts that hold what a report printed."""


def is_read_again(change: CellChange) -> bool:
    """Whether a change only follows another: what a printed text reads as."""
    return change.table == PRINTED and change.column in ("value", "places")


def read_printed(printed: str | None, kind: Kind) -> tuple[Decimal | int | None, int | None]:
    """Return the number that a printed text means in a column, and its printed decimals.

    Both are null for words and for what cannot be read.
    """
    if printed is None or not kind.is_number:
        return None, None
    try:
        reading = read(printed, kind, typed=False)
    except InputRefused:
        return None, None
    value: Value = reading.value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None, None
    return value, reading.places
