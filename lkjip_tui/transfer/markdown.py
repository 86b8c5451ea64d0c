"""Printed tables as GitHub's Markdown, every text of theirs as it is."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from lkjip_tui.core.values import safe_text
from lkjip_tui.transfer.printed import PrintedRow, PrintedTable

_MARKUP: Final = re.compile(r"[\\`*_\[\]<>#~&|]")
#: What would make a list of a paragraph: a sign, or the mark behind a number.
_LIST: Final = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+]))")
_STEP: Final = "&nbsp;" * 4


def write(out: TextIO, tables: Iterable[PrintedTable]) -> None:
    """Write tables beneath each other, each with its caption in bold and its notes."""
    blank = ""
    for table in tables:
        out.write(blank)
        out.write(f"{_strong(table.caption)}\n\n" if table.caption else "")
        out.write(_line(_escaped(column.whole_heading) for column in table.columns))
        out.write(_line("---:" if column.right else "---" for column in table.columns))
        out.writelines(_line(_cells(table, row)) for row in table.rows)
        out.writelines(f"\n{_paragraph(note)}\n" for note in table.notes)
        blank = "\n"


def _cells(table: PrintedTable, row: PrintedRow) -> Iterator[str]:
    for number, text in enumerate(row.cells):
        shown = _strong(text) if row.strong else _escaped(text)
        yield _STEP * row.indent + shown if number == table.trunk else shown


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _strong(text: str) -> str:
    escaped = _escaped(text)
    return f"**{escaped}**" if escaped else ""


def _paragraph(text: str) -> str:
    return _LIST.sub(r"\1\\", _escaped(text))


def _escaped(text: str) -> str:
    """Return a text that Markdown shows letter by letter, a new line as a new line."""
    safe = safe_text(text, keep_newlines=True).strip()
    return _MARKUP.sub(r"\\\g<0>", safe).replace("\n", "<br>")
