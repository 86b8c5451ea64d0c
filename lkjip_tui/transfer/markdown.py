"""Printed tables as GitHub's Markdown, every text of theirs as it is."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.core.query.lines import LEFT, Markup
from lkjip_tui.transfer.chunks import begun, write_bytes
from lkjip_tui.transfer.printed import PrintedRow, PrintedTable

#: What the database writes a table's lines with, and we, too.
MARKUP: Final = Markup(
    letters="\\`*_[]<>#~&|", links=("www.", "@"), schemes="(https?|ftp|mailto|xmpp)",
    strong="**", step="&nbsp;" * 4, new_line="<br>",
)  # fmt: skip
#: What GitHub would make a link of unasked, up to the mark that bears a backslash then.
_LINK: Final = re.compile(rf"((?i:{MARKUP.schemes})(?=:)|www(?=\.)|(?=@))")
_LETTER: Final = re.compile(f"[{re.escape(MARKUP.letters)}]")
#: What would make a list of a paragraph: a sign, or the mark behind a number.
_LIST: Final = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+]))")
_MARK: Final = re.compile(re.escape(LEFT.encode()))
#: A text that was left to be escaped here; it may be a strong one.
_LEFT: Final = re.compile(rb"(\*\*)?%b([^%b]*)%b(?:\*\*)?" % ((LEFT.encode(),) * 3))


def write(out: TextIO, tables: Iterable[PrintedTable]) -> None:
    """Write tables beneath each other, each with its caption in bold and its notes."""
    blank = ""
    for table in tables:
        found = table.lines(MARKUP)
        chunks = None if found is None else begun(found)
        out.write(blank)
        out.write(f"{_strong(table.caption)}\n\n" if table.caption else "")
        out.write(_line(_escaped(column.whole_heading) for column in table.columns))
        out.write(_line("---:" if column.right else "---" for column in table.columns))
        for chunk in chunks or ():
            write_bytes(out, _LEFT.sub(_finished, chunk) if _MARK.search(chunk) else chunk)
        if chunks is None:
            out.writelines(_line(_cells(table, row)) for row in table.rows)
        out.writelines(f"\n{paragraph(note)}\n" for note in table.notes)
        blank = "\n"


def _cells(table: PrintedTable, row: PrintedRow) -> Iterator[str]:
    for number, text in enumerate(row.cells):
        shown = _strong(text) if row.strong else _escaped(text)
        yield MARKUP.step * row.indent + shown if number == table.trunk else shown


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _strong(text: str) -> str:
    escaped = _escaped(text)
    return f"{MARKUP.strong}{escaped}{MARKUP.strong}" if escaped else ""


def paragraph(text: str) -> str:
    """Return a text that Markdown shows as a paragraph, letter by letter."""
    return _LIST.sub(r"\1\\", _escaped(text))


def _escaped(text: str) -> str:
    """Return a text that Markdown shows letter by letter, a new line as a new line."""
    safe = safe_text(text, keep_newlines=True).strip()
    return _LINK.sub(r"\1\\", _LETTER.sub(r"\\\g<0>", safe)).replace("\n", MARKUP.new_line)


def _finished(left: re.Match[bytes]) -> bytes:
    """Return a text that was left as JSON as it is written here."""
    text = json.loads(left[2])
    return (_strong(text) if left[1] else _escaped(text)).encode()
