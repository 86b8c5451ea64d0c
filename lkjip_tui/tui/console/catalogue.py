"""The window of what the file holds: searched, looked into, put into the console's editor."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.messages import Prune
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from lkjip_tui.core.errors import Interrupted, LkjipError
from lkjip_tui.core.figures.values import Kind, show
from lkjip_tui.core.sql.sql_catalogue import Entry, Sort, count, definition
from lkjip_tui.core.sql.sql_names import Column, Names
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import keys_waiting
from lkjip_tui.grid.layout import width_of
from lkjip_tui.language import _, mark, plural
from lkjip_tui.tui.console.entries import (
    BY_COLUMN,
    Row,
    column_prompt,
    prompt,
    rank,
    searched,
    told,
)
from lkjip_tui.tui.dialogs import WINDOW, literal
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.search_line import SearchLine
from lkjip_tui.tui.window import Window

_GROUPS: Final = {
    Sort.REFUSED: mark("Query files that were refused"),
    Sort.FACT: mark("Facts"),
    Sort.SHEET: mark("Sheets"),
    Sort.TABLE: mark("Report tables"),
    Sort.CHECK: mark("Checks"),
    Sort.BASIS: mark("Helper views"),
    Sort.FUNCTION: mark("Functions"),
    Sort.OTHER: mark("Others"),
}
#: Seconds for which the bar rests before rows are counted.
_SOON: Final = 0.15
#: Cells of a window's side from which on what is told stands beside the list.
_WIDE: Final = 110
#: The keys, those first that are missed most where there is no room for all.
_KEYS: Final = (
    ("Enter", mark("name")), ("Tab", mark("columns")), ("F5", mark("rows")), ("F8", "SQL"),
    ("F4", mark("edit")), ("^Del", mark("delete")), ("F9", mark("summary")),
)  # fmt: skip
#: Keys of what nothing can be read from.
_NO_ROWS: Final = {"Tab", "F5", "F9"}

_Counts = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text for the editor: put in at the cursor, shown as another text, or run there.

    Or a query's file to be opened there, or to be deleted.
    """

    text: str
    act: Literal["put", "begin", "run", "open", "delete"]


class _Line(SearchLine):
    """The line that is searched by: keys that it does not type belong to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "screen.open", show=False),
        Binding("f4", "screen.change", show=False),
        Binding("f5", "screen.look", show=False),
        Binding("f8", "screen.define", show=False),
        Binding("f9", "screen.sum_up", show=False),
        Binding("ctrl+delete", "screen.delete", show=False),
    ]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Keep the keys of the window from whatever is beneath it."""
        ours = key in {"f4", "f5", "f8", "f9"}
        return not ours and super().check_consume_key(key, character)


class SqlCatalogue(Window[Wanted | None], EndsWork):
    """A line to type in, what the file holds that has its words, and all about the one chosen."""

    DEFAULT_CSS = f"""
    SqlCatalogue {{
        {WINDOW}
        & > Vertical {{
            width: 100%; max-width: 150; height: 100%; max-height: 100%; padding: 0 1;
        }}
        & #body {{ height: 1fr; layout: vertical; }}
        & OptionList {{
            height: auto; max-height: 55%; padding: 0; border: none; background: $surface;
            text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1;
        }}
        & #about {{ height: 1fr; border-top: hkey $panel; scrollbar-size-vertical: 1; }}
        &.open {{
            & OptionList {{ height: 1fr; max-height: 100%; }}
            & #about {{ height: auto; max-height: 45%; }}
        }}
        &.wide {{
            & > Vertical {{ height: 94%; }}
            & #body {{ layout: horizontal; }}
            & OptionList {{ width: 2fr; height: 1fr; max-height: 100%; }}
            & #about {{ width: 3fr; border-top: none; padding: 0 0 0 2; }}
        }}
        & #keys {{ margin-top: 0; }}
    }}
    """

    def __init__(
        self, workspace: Workspace, names: Names, listed: Sequence[Entry], year: int
    ) -> None:
        super().__init__()
        self._workspace, self._names, self._all, self._year = workspace, names, listed, year
        self._line = _Line(self._list)
        self._line.placeholder = _("Words of a name, of what it means, of a column…")
        self._options = OptionList(markup=False, compact=True)
        self._options.can_focus = False  # what is typed goes on in the line
        self._rows: Sequence[Row | None] = ()
        self._opened: set[str] = set()
        self._counts: dict[str, _Counts | str] = {}
        self._session: Session | None = None

    def compose(self) -> ComposeResult:
        """Lay out line, list and what is told."""
        with Vertical() as window:
            window.border_title = _("What the file holds")
            yield self._line
            with Container(id="body"):
                yield self._options
                with VerticalScroll(id="about", can_focus=False):
                    yield Static(id="told", markup=False)
            yield Static(id="keys", markup=False)

    def _keys(self, entry: Entry | None) -> str:
        """Return the keys for what the bar is on in one line, as many as it has room for."""
        keys = [
            f"{key}  {_(word)}"
            for key, word in _KEYS
            if (entry is None or entry.has_rows or key not in _NO_ROWS)
            and (key != "^Del" or (entry is not None and entry.file))
        ]
        leave = "Esc  " + _("leave")
        told = "    ".join([*keys, leave])
        while width_of(told) > self.query_one("#keys").size.width and keys:
            told = "  ".join(key.replace("  ", " ") for key in (*keys, leave))
            keys.pop()
        return told

    def on_mount(self) -> None:
        """List everything."""
        self._list()

    def on_resize(self) -> None:
        """Let what is told stand beside the list where there is room."""
        self.set_class(self.size.width >= _WIDE, "wide")
        self.call_after_refresh(self._tell_here)

    async def on_prune(self, event: Prune) -> None:
        """Count no more."""
        await super().on_prune(event)
        if self._session is not None:
            self._session.interrupt()

    # The list

    def _list(self, *, keep: Row | None = None) -> None:
        """List what holds the words that are typed; the bar is on the best, or where it was."""
        words = self._line.value.casefold().split()
        ranked = ((rank(each, words), each) for each in self._all)
        found = [(number, each) for number, each in ranked if number is not None]
        rows: list[Row | None] = []
        options: list[Option] = []
        for sort in Sort:
            group = sorted(
                (pair for pair in found if pair[1].sort is sort), key=lambda pair: pair[0]
            )
            if group:
                rows.append(None)
                heading = Content(f" {_(_GROUPS[sort])}").stylize("bold")
                options.append(Option(heading, disabled=True))
            for how_well, entry in group:
                shown = self._columns_shown(entry, words, how_well)
                rows += [Row(entry), *(Row(entry, column) for column in shown)]
                options.append(Option(prompt(entry, is_open=entry.name in self._opened)))
                options += [Option(column_prompt(column)) for column in shown]
        self._rows = rows
        self._options.set_options(options)
        if keep is not None and keep in rows:
            self._options.highlighted = rows.index(keep)
        elif found:
            # Before anything is typed what has to be mended is meant, then what fits best.
            best = min(found, key=lambda f: (f[0], bool(words) == (f[1].sort is Sort.REFUSED)))[1]
            self._options.highlighted = rows.index(Row(best))
        else:
            told = literal(_("Nothing fits what is typed."))
            self._options.add_option(Option(told, disabled=True))
            self.query_one("#told", Static).update("")

    def _columns_shown(self, entry: Entry, words: Sequence[str], how_well: int) -> Sequence[Column]:
        if entry.name in self._opened:
            return entry.columns
        if not words or how_well < BY_COLUMN:
            return ()
        return [column for column in entry.columns if all(w in searched(column) for w in words)]

    @property
    def _row(self) -> Row | None:
        at = self._options.highlighted
        return None if at is None or at >= len(self._rows) else self._rows[at]

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell what is known of it, and count its rows."""
        event.stop()
        self._tell_here()
        row = self._row
        if row is not None and row.entry.has_rows and row.entry.name not in self._counts:
            self._count(row.entry)

    def _tell_here(self) -> None:
        """Tell what is known of what the bar is on, and which keys act there."""
        row = self._row
        keys = self._keys(row.entry if row is not None else None)
        self.query_one("#keys", Static).update(literal(keys))
        if row is None:
            return
        width = self.query_one("#told").size.width or 60
        is_open = row.entry.name in self._opened and not self.has_class("wide")
        self.set_class(is_open, "open")
        text = told(row, self._told_count(row.entry), width, is_open=is_open)
        self.query_one("#told", Static).update(text)
        line = row.entry.columns.index(row.column) if row.column is not None else 0
        self.query_one("#about", VerticalScroll).scroll_to(y=line, animate=False)

    def _told_count(self, entry: Entry) -> str:
        counts = self._counts.get(entry.name)
        if not entry.has_rows:
            return ""
        if counts is None:
            return _("counting its rows…")
        if isinstance(counts, str):
            return counts
        told = plural("{count} row", "{count} rows", counts[0])
        told = told.format(count=show(counts[0], Kind.COUNT))
        if counts[1] is not None:
            of_year = _("{count} of them of {year}")
            told += f", {of_year.format(count=show(counts[1], Kind.COUNT), year=self._year)}"
        return told

    @work(exclusive=True, group="count")
    async def _count(self, entry: Entry) -> None:
        """Count rows once the bar has come to rest."""
        await asyncio.sleep(_SOON)
        if self._session is not None:
            self._session.interrupt()
        self._session = session = self._workspace.session()
        try:
            found: _Counts | str = await asyncio.to_thread(_counted, session, entry, self._year)
        except Interrupted:
            return
        except LkjipError as error:
            found = error.message.partition("\n")[0]
        self._counts[entry.name] = found
        if (row := self._row) is not None and row.entry is entry:
            self._tell_here()

    # Acts

    def action_move(self, step: str) -> None:
        """Move the bar."""
        getattr(self._options, f"action_{step}")()

    def action_open(self) -> None:
        """List the columns of what the bar is on, or list them no more."""
        if (row := self._row) is not None and row.entry.columns:
            self._opened ^= {row.entry.name}
            self._list(keep=Row(row.entry))
            if row.entry.name in self._opened:
                self._options.call_after_refresh(self._options.scroll_to_highlight, top=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the name."""
        event.stop()
        self._take()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the name that was clicked."""
        event.stop()
        self._take()

    def _take(self) -> None:
        row = self._row
        if row is None:
            return
        if row.entry.sort is Sort.REFUSED:
            self.dismiss(Wanted(row.entry.file, "open"))
            return
        name = row.entry.name if row.column is None else self._names.written(row.column.name)
        self.dismiss(Wanted(f"{name}(" if row.entry.sort is Sort.FUNCTION else name, "put"))

    def action_look(self) -> None:
        """Look at rows."""
        if (row := self._row) is not None and row.entry.has_rows:
            self.dismiss(Wanted(row.entry.rows, "run"))

    def action_sum_up(self) -> None:
        """Say of each column what values it has."""
        if (row := self._row) is not None and row.entry.has_rows:
            self.dismiss(Wanted(row.entry.summary, "run"))

    @work(exclusive=True, group="definition")
    async def action_define(self) -> None:
        """Show how it is made."""
        from lkjip_tui.tui.text_window import TextWindow  # noqa: PLC0415 - opened seldom

        if (row := self._row) is not None:
            text = await self._definition(row.entry)
            if text:
                await self.app.push_screen(TextWindow(row.entry.name, text))

    @work(exclusive=True, group="definition")
    async def action_change(self) -> None:
        """Put what makes it into the editor."""
        if (row := self._row) is not None and row.entry.sort is Sort.REFUSED:
            self._take()
        elif row is not None and (text := await self._definition(row.entry)):
            self.dismiss(Wanted(f"{text}\n", "begin"))

    def action_delete(self) -> None:
        """Delete it, if it is a query of one's own."""
        if (row := self._row) is not None and row.entry.file:
            self.dismiss(Wanted(row.entry.file, "delete"))

    async def _definition(self, entry: Entry) -> str:
        def read() -> str:
            with self._workspace.session() as session:
                return definition(session, entry, self._workspace.registry)

        with keys_waiting(self):
            try:
                return await asyncio.to_thread(read)
            except (LkjipError, OSError) as error:
                return str(error)

    def action_leave(self) -> None:
        """Take nothing."""
        self.dismiss(None)


def _counted(session: Session, entry: Entry, year: int) -> _Counts:
    with session:
        return count(session, entry, year)
