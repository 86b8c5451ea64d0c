"""Printed tables as tables of a word processor, which people go on editing."""

from collections.abc import Iterable
from typing import BinaryIO

from lkjip_tui.core.errors import IsStopped
from lkjip_tui.transfer.printed import PrintedTable


def write(out: BinaryIO, tables: Iterable[PrintedTable], is_stopped: IsStopped = bool) -> None:
    """Write tables beneath each other, each with its caption above and its notes below.

    Raises FileError for a table with more columns or rows than a word processor takes,
    Interrupted once it `is_stopped`.
    """
    from lkjip_tui.transfer import word  # noqa: PLC0415 - heavy, for those who write documents

    document = word.blank()
    for table in tables:
        word.add_table(document, table, is_stopped)
    document.save(out)
