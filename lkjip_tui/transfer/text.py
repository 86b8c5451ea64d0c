"""Printed tables as aligned text for a terminal or a pipe.

Widths are terminal cells. They are measured a page of rows at a time, so that a long table
begins at once; a later page with longer texts takes the room that it needs.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, zip_longest
from typing import Final, TextIO

from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.transfer.printed import PrintedColumn, PrintedRow, PrintedTable

_GAP: Final = "  "
_STEP: Final = "  "
_RULE: Final = "─"
_CUT: Final = "…"
_PAGE: Final = 1000
#: Texts are not cut below this width.
_READABLE: Final = 16


def write(out: TextIO, tables: Iterable[PrintedTable], width: int | None = None) -> None:
    """Write tables beneath each other; texts are cut to fit into `width` cells if it is given."""
    blank = ""
    for table in tables:
        out.write(blank)
        out.write(f"{safe_text(table.caption)}\n\n" if table.caption else "")
        out.writelines(f"{line.rstrip()}\n" for line in _lines(table, width))
        out.write("\n" if table.notes else "")
        out.writelines(f"{safe_text(note)}\n" for note in table.notes)
        blank = "\n"


def _lines(table: PrintedTable, room: int | None) -> Iterator[str]:
    headings = [safe_text(column.heading) for column in table.columns]
    groups = [
        (safe_text(name), len(list(columns)))
        for name, columns in groupby(table.columns, key=lambda column: column.group)
    ]
    widths = _grouped([_width(heading) for heading in headings], groups)
    rows = iter(table.rows)
    begun = False
    while (page := [_cells(table, row) for row in islice(rows, _PAGE)]) or not begun:
        is_plain = all(map(_is_plain, zip(*page, strict=True)))
        if not is_plain:
            page = [tuple(safe_text(text, keep_newlines=True) for text in row) for row in page]
        for number, texts in enumerate(zip(*page, strict=True)):
            found = max(map(len if is_plain else _widest, texts))
            widths[number] = max(widths[number], found)
        fitted = widths if room is None else _fitted(table.columns, widths, room)
        if not begun:
            begun = True
            yield from _head(table.columns, headings, groups, fitted)
        if is_plain and fitted == widths:
            yield from map(_form(table.columns, widths).__mod__, page)
            continue
        for texts in page:
            for line in zip_longest(*(text.split("\n") for text in texts), fillvalue=""):
                yield _line(table.columns, line, fitted)


def _cells(table: PrintedTable, row: PrintedRow) -> tuple[str, ...]:
    """Return each cell's text, indented where it names a row of a tree."""
    if table.trunk is None or not row.indent:
        return tuple(row.cells)
    indent = _STEP * row.indent
    name = indent + row.cells[table.trunk].replace("\n", f"\n{indent}")
    return (*row.cells[: table.trunk], name, *row.cells[table.trunk + 1 :])


def _is_plain(texts: Sequence[str]) -> bool:
    """Whether each text is one line that stands as it is, a cell a sign."""
    signs = "".join(set("".join(texts)))
    return safe_text(signs) == signs and all(_width(sign) == 1 for sign in signs)


def _head(
    columns: Sequence[PrintedColumn],
    headings: Sequence[str],
    groups: Sequence[tuple[str, int]],
    widths: Sequence[int],
) -> Iterator[str]:
    if any(name for name, _count in groups):
        rest = iter(widths)
        spans = [_span(list(islice(rest, count))) for _name, count in groups]
        yield _GAP.join(
            _fit(name, span) for (name, _count), span in zip(groups, spans, strict=True)
        )
    yield _line(columns, headings, widths)
    yield _GAP.join(_RULE * width for width in widths)


def _line(columns: Sequence[PrintedColumn], texts: Sequence[str], widths: Sequence[int]) -> str:
    return _GAP.join(
        _fit(text, width, right=column.right)
        for column, text, width in zip(columns, texts, widths, strict=True)
    )


def _form(columns: Sequence[PrintedColumn], widths: Sequence[int]) -> str:
    """Return what makes a line of plain texts: the same as `_line`, and many times as quick."""
    return _GAP.join(
        f"%{width}s" if column.right else f"%-{width}s"
        for column, width in zip(columns, widths, strict=True)
    )


def _grouped(widths: list[int], groups: Sequence[tuple[str, int]]) -> list[int]:
    """Return the widths with room for each group's name over its columns."""
    end = 0
    for name, count in groups:
        begin, end = end, end + count
        widths[end - 1] += max(_width(name) - _span(widths[begin:end]), 0)
    return widths


def _fitted(columns: Sequence[PrintedColumn], widths: Sequence[int], room: int) -> Sequence[int]:
    """Return the widths with the widest texts cut until a line fits, as far as that goes."""
    fitted = [min(width, room) for width in widths]
    while _span(fitted) > room:
        texts = [number for number, column in enumerate(columns) if not column.right]
        widest = max(texts, key=fitted.__getitem__, default=None)
        if widest is None or fitted[widest] <= _READABLE:
            break
        fitted[widest] -= 1
    return fitted


def _span(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _fit(text: str, width: int, *, right: bool = False) -> str:
    from rich.cells import set_cell_size  # noqa: PLC0415 - only words to cut need it

    missing = width - _width(text)
    if missing < 0:
        return set_cell_size(text, width - 1) + _CUT
    return " " * missing + text if right else text + " " * missing


def _widest(text: str) -> int:
    return max(map(_width, text.split("\n")))


def _width(text: str) -> int:
    from rich.cells import cell_len  # noqa: PLC0415

    return len(text) if text.isascii() else cell_len(text)
