"""Printed tables as tables of a word processor, which people go on editing."""

from collections.abc import Iterable
from typing import BinaryIO

from lkjip_tui.transfer.printed import PrintedTable


def write(out: BinaryIO, tables: Iterable[PrintedTable]) -> None:
    """Write tables beneath each other, each with its caption above and its notes below.

    Raises FileError for a table with more columns or rows than a word processor takes.
    """
    from lkjip_tui.transfer import word  # noqa: PLC0415 - heavy, for those who write documents

    document = word.blank()
    for table in tables:
        word.add_table(document, table)
    document.save(out)
