"""How well what the file holds fits what is typed, and how it looks in the list and beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual.content import Content

from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.core.sql.sql_catalogue import Entry, Sort
from lkjip_tui.core.sql.sql_names import Column
from lkjip_tui.grid.layout import fit, width_of
from lkjip_tui.language import plural
from lkjip_tui.tui.dialogs import literal

#: Cells of a column's name and of its type that are shown before what it means.
_NAME: Final = 26
_TYPE: Final = 14
#: How well something fits: what comes from here on does so by one of its columns alone.
BY_COLUMN: Final = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: something that the file holds, or one of its columns."""

    entry: Entry
    column: Column | None = None


def rank(entry: Entry, words: Sequence[str]) -> int | None:
    """Return how well something has the words, the best 1; None if it does not."""
    name, typed = entry.name.casefold(), " ".join(words)
    bare = entry.path[-1].casefold() if entry.path else name
    about = f"{name} {entry.about.casefold()}"
    column = any(all(word in searched(column) for word in words) for column in entry.columns)
    fits = (
        not words or typed in {name, bare},
        name.startswith(typed) or bare.startswith(typed),
        all(word in name for word in words),
        all(word in about for word in words),
        column,
        all(word in f"{about} {entry.remark.casefold()}" for word in words),
    )
    return fits.index(True) + 1 if True in fits else None


def searched(column: Column) -> str:
    """Return what typed words are looked for in."""
    return f"{column.name} {column.about}".casefold()


def prompt(entry: Entry, *, is_open: bool) -> Content:
    """Return the line of something; `is_open` where its columns are listed beneath it."""
    signs = {Sort.FUNCTION: "ƒ", Sort.REFUSED: "●"}
    sign = signs.get(entry.sort, "▾" if is_open else "▸")
    about = Content(f"  {safe_text(entry.about)}").stylize("dim")
    return Content(f"{sign} {safe_text(entry.name)}").append(about)


def column_prompt(column: Column) -> Content:
    """Return the line of a column."""
    about = Content(f"  {safe_text(f'{column.type} {column.about}')}").stylize("dim")
    return Content(f"    {safe_text(column.name)}").append(about)


def told(row: Row, rows: str, width: int, *, is_open: bool) -> Content:
    """Return all that is known of something; the column that the bar is on is marked.

    Columns that are listed, `is_open`, are not told once more.
    """
    entry = row.entry
    head = [literal(entry.name).stylize("bold")]
    if entry.about:
        head[0] = head[0].append(literal(f"  {entry.about}").stylize("not bold dim"))
    if entry.remark:
        head.append(literal(entry.remark).stylize("dim"))
    if rows:
        columns = plural("{count} column", "{count} columns", len(entry.columns))
        head.append(literal(f"{rows} · {columns.format(count=len(entry.columns))}"))
    if is_open:
        return Content("\n").join(head)
    names = min(max((width_of(each.name) for each in entry.columns), default=0), _NAME)
    lines = [_told_column(each, names, width, is_here=each == row.column) for each in entry.columns]
    return Content("\n").join([*head, *lines])


def _told_column(column: Column, names: int, width: int, *, is_here: bool) -> Content:
    name = fit(safe_text(column.name), names)
    kind = fit(safe_text(column.type), _TYPE)
    room = max(width - names - _TYPE - 6, 0)
    about = safe_text(column.about) if width_of(column.about) <= room else fit(column.about, room)
    line = Content(f"{'▌' if is_here else ' '} {name}  ")
    line = line.append(Content(f"{kind}  ").stylize("dim")).append(Content(about))
    return line.stylize("bold") if is_here else line
