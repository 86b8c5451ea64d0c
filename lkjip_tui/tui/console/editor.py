"""The console's editor: several texts, kept while they are typed, and what is done with them."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import work
from textual.app import ComposeResult
from textual.document._history import EditHistory
from textual.messages import Prune
from textual.timer import Timer
from textual.widgets import TextArea

from lkjip_tui.core.errors import FileError, Interrupted, LkjipError, system_reason
from lkjip_tui.core.sql.completion import lacks_comma, near_names
from lkjip_tui.core.sql.sql_names import Names
from lkjip_tui.core.storage.sql_text import (
    Statement,
    line_and_column,
    place_of_fault,
    statement_at,
    statements,
    toggled,
)
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import keys_waiting
from lkjip_tui.language import _, plural
from lkjip_tui.tui.console.buffers import Buffer, Buffers, folder_of, write_whole
from lkjip_tui.tui.console.completion import SqlText, SuggestionList
from lkjip_tui.tui.console.find import SqlFind
from lkjip_tui.tui.console.runs import Ran, Run, Runs
from lkjip_tui.tui.console.tabs import SqlTabs
from lkjip_tui.tui.dialogs import Ask, Confirm, path_of
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.told import Told

if TYPE_CHECKING:
    from lkjip_tui.tui.console.history import Chosen

#: Seconds after which what is typed goes to the disk.
_SOON: Final = 0.5
_CHECKPOINTS: Final = 50


class SqlEditor(EndsWork):
    """The texts of a file's console, one of them shown."""

    DEFAULT_CSS = "SqlEditor { height: 40%; min-height: 5; }"

    #: What it replaces is no fact: that can be done where nothing is written, too.
    changes_no_fact: Final = True

    def __init__(self, workspace: Workspace, memory: Memory, sample: str) -> None:
        """`sample` is what stands there before anything was typed."""
        super().__init__()
        self._workspace = workspace
        self._sample = sample
        folder = folder_of(memory.file.parent, workspace.path, workspace.file_id)
        self._buffers = Buffers.read(folder, sample)
        self._runs = Runs(folder)
        self._list = SuggestionList()
        self.area = SqlText(self._list)
        """The text that is shown."""
        self._find = SqlFind(self.area)
        self._past: dict[str, EditHistory] = {}
        self._timer: Timer | None = None
        self._is_told = False
        self._writing = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """Lay out the names, the text, and what lies over it."""
        yield SqlTabs()
        yield self._find
        yield self.area
        yield self._list

    def on_mount(self) -> None:
        """Show the text that was shown last; a sample is chosen, so that typing replaces it."""
        self._show()
        if self.area.text == self._sample:
            self.area.select_all()

    async def on_prune(self, event: Prune) -> None:
        """Keep what is typed, before it is taken away."""
        await super().on_prune(event)
        self._note()
        try:
            self._buffers.writing(besides=self._sample)()
        except OSError as error:
            self._tell_unkept(error)

    # What is written here

    @property
    def file(self) -> Path | None:
        """The file that the text was opened from or saved to."""
        return self._buffers.current.path

    def to_run(self) -> list[Statement]:
        """Return the statements that are chosen, else the one under the cursor."""
        text = self.area.text
        start, stop = sorted(self.area.chosen_offsets)
        if chosen := statements(text[start:stop]):
            return [Statement(each.text, each.start + start, each.stop + start) for each in chosen]
        found = statement_at(text, self.area.offset_of_cursor)
        return [] if found is None else [found]

    def all_statements(self) -> list[Statement]:
        """Return every statement of the text."""
        return statements(self.area.text)

    def focus_first(self) -> None:
        """Put the keys into the text, and learn what the file holds now."""
        self.area.focus()
        self.read_names()

    def put_in(self, text: str) -> None:
        """Put a text in the place of what is chosen, or at the cursor; the keys go behind it."""
        self.area.put(text, *sorted(self.area.chosen_offsets))
        self.area.focus()

    def begin(self, text: str) -> None:
        """Show a text: beside the others, unless nothing is typed where the cursor is."""
        if self.area.text.strip() not in {"", self._sample.strip()}:
            self._turn(partial(self._buffers.add, Buffer()))
        self.put_whole(text)

    def put_whole(self, text: str) -> None:
        """Put a text in the place of all that is shown; the keys go behind it."""
        self.area.put(text, 0, len(self.area.text))
        self.area.focus()

    @work(exclusive=True, group="names")
    async def read_names(self) -> None:
        """Learn anew which names a statement may use."""
        workspace = self._workspace

        def read() -> Names:
            with workspace.session() as session:
                return Names.read(session, workspace.registry)

        try:
            self.area.names = await asyncio.to_thread(read)
        except Interrupted:
            return  # the program is being left
        except LkjipError as error:
            self._tell(str(error), error=True)

    # Runs and their faults

    @work(group="runs")
    async def keep_run(self, ran: Ran) -> None:
        """Keep what became of a statement."""
        run = Run.of(ran, datetime.now().astimezone())
        try:
            await asyncio.to_thread(self._runs.add, run)
        except OSError as error:
            self._tell_unkept(error)

    def mark_fault(self, statement: Statement, error: LkjipError, told: str = "") -> str:
        """Mark where a statement is wrong; return that in words, with names that may be meant.

        It begins with what is `told` besides; it is empty where nothing is known.
        """
        message = str(error.__cause__ or error)
        place = place_of_fault(statement.text, message)
        lines = [told] if told else []
        is_there = self.area.text.startswith(statement.text, statement.start)
        if is_there and (place or told):
            at = statement.start + (place[0] if place else 0)
            line, column = line_and_column(self.area.text, at)
            lines.append(_("Line {line}, column {column}.").format(line=line, column=column))
            self.area.go_to(at)
        if is_there and place:
            self.area.mark_fault((at, max(statement.start + place[1], at + 1)))
        names = self.area.names
        near = near_names(names, statement.text, place, message) if place else ()
        lacking = lacks_comma(names, statement.text, place, message) if place else ""
        if lacking:
            lines.append(_("Perhaps a comma is missing before “{name}”.").format(name=lacking))
        elif near:
            lines.append(_("Near it: {names}.").format(names=", ".join(near)))
        return " ".join(lines)

    @work
    async def do_sql_history(self) -> None:
        """List earlier statements; the one that is chosen comes into the editor."""
        from lkjip_tui.tui.console.history import SqlHistory  # noqa: PLC0415 - opened seldom

        with keys_waiting(self):
            window = SqlHistory(await asyncio.to_thread(self._runs.read))
            opened = self.app.push_screen(window, self._take_run)
            await opened

    def _take_run(self, chosen: "Chosen | None") -> None:
        if chosen is not None:
            self.begin(chosen.statement)
            if chosen.to_run:
                self.app.call_later(self.app.run_action, "command('run')")

    # Commands on the text

    def do_complete(self) -> None:
        """List what may stand at the cursor."""
        self.area.focus()
        self.area.do_complete()

    def do_find(self) -> None:
        """Ask for a text and go to where it stands."""
        self._find.do_find()

    def do_find_next(self) -> None:
        """Go to where the text stands next."""
        self._find.do_find_next()

    def do_find_previous(self) -> None:
        """Go to where the text stood before."""
        self._find.do_find_previous()

    def do_replace(self) -> None:
        """Replace a text in what is chosen, or everywhere."""
        self._find.do_replace()

    def do_comment(self) -> None:
        """Make comments of the chosen lines, or statements of such comments."""
        area = self.area
        begin, end = area.chosen_offsets
        text = area.text
        start, stop = sorted((begin, end))
        if start < stop and text[stop - 1] == "\n":
            stop -= 1  # the cursor stands before a line that is not chosen
        start = text.rfind("\n", 0, start) + 1
        stop = len(text) if (found := text.find("\n", stop)) < 0 else found
        new = "\n".join(toggled(text[start:stop].split("\n")))
        area.put(new, start, stop)
        if begin == end:
            area.go_to(max(begin + len(new) - (stop - start), start))
        else:
            area.go_to(start, start + len(new))

    @work(exclusive=True, group="layout")
    async def do_lay_out(self) -> None:
        """Lay out the chosen statements, or all."""
        area = self.area
        start, stop = sorted(area.chosen_offsets)
        if "\n" not in area.selected_text.strip():
            start, stop = 0, len(area.text)
        old, at = area.text[start:stop], area.offset_of_cursor - start
        with keys_waiting(self):
            from lkjip_tui.transfer.sql_layout import laid_out, moved  # noqa: PLC0415 - heavy

            layout = await asyncio.to_thread(laid_out, old)
            if layout.text != old:
                area.put(layout.text, start, stop)
                area.go_to(start + moved(old, layout.text, at))
        told = plural("{count} statement laid out", "{count} statements laid out", layout.count)
        told = told.format(count=layout.count)
        if layout.left:
            lines = [line_and_column(area.text, start + layout.text.find(each.text))[0]
                     for each in layout.left]  # fmt: skip
            left = _("It stays as it is where it cannot be read: line {lines}.")
            told += ". " + left.format(lines=", ".join(map(str, lines)))
        self._tell(told, error=bool(layout.left))

    # Commands on the texts

    def do_new_buffer(self) -> None:
        """Begin another text."""
        self._turn(partial(self._buffers.add, Buffer()))

    def do_next_buffer(self) -> None:
        """Show the next text."""
        self._turn(partial(self._buffers.step, 1))

    def do_previous_buffer(self) -> None:
        """Show the text before."""
        self._turn(partial(self._buffers.step, -1))

    def do_close_buffer(self) -> None:
        """Close the text that is shown."""
        self._turn(self._buffers.close)

    def do_reopen_buffer(self) -> None:
        """Bring back the text that was closed last."""
        if not self._turn(self._buffers.reopen):
            self._tell(_("No text was closed."))

    def on_sql_tabs_clicked(self, event: SqlTabs.Clicked) -> None:
        """Show the text whose name was clicked."""
        event.stop()
        self._turn(partial(self._buffers.step, event.number - self._buffers.at))

    @work
    async def do_open_sql(self) -> None:
        """Open a file as another text."""
        folder, about = f"{self._workspace.path.absolute().parent}/", ""
        while answer := await self.app.push_screen_wait(Ask(_("Open an SQL file"), folder, about)):
            try:
                await self.open_file(path_of(answer, self._workspace.path.parent).absolute())
            except LkjipError as error:
                folder, about = answer, str(error)
            else:
                return

    async def open_file(self, file: Path) -> None:
        """Show a file as another text, or the text that it is already; raises FileError."""
        text = await asyncio.to_thread(_read, file)
        known = [number for number, each in enumerate(self._buffers.open) if each.path == file]
        if known:
            self._turn(partial(self._buffers.step, known[0] - self._buffers.at))
        else:
            self._turn(partial(self._buffers.add, Buffer(text, path=file, saved=text)))

    @work
    async def do_save_sql(self) -> None:
        """Save the text to a file."""
        self._note()
        buffer = self._buffers.current
        offered, about = (
            str(buffer.path or self._workspace.path.absolute().parent / "query.sql"),
            "",
        )
        while answer := await self.app.push_screen_wait(Ask(_("Save as"), offered, about)):
            try:
                file = path_of(answer, self._workspace.path.parent).absolute()
                held = await asyncio.to_thread(_read, file) if file.exists() else None
                is_ours = held is None or (file == buffer.path and held == buffer.saved)
                if not is_ours and held != buffer.text:
                    question = _("Write over {file}?").format(file=file)
                    told = _("It holds something else.")
                    if not await self.app.push_screen_wait(Confirm(question, told, _("write"))):
                        return
                await asyncio.to_thread(_write, file, buffer.text)
            except LkjipError as error:
                offered, about = answer, str(error)
                continue
            buffer.path, buffer.saved = file, buffer.text
            self._changed()
            self._tell(_("Written: {file}").format(file=file))
            return

    # Inside

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep what is typed, soon."""
        event.stop()
        self._note()
        self._changed()

    def _note(self) -> None:
        """Take over what stands on the screen."""
        if self.area.is_attached:
            buffer = self._buffers.current
            buffer.text, buffer.cursor = self.area.text, self.area.cursor_location

    def _turn(self, act: Callable[[], object]) -> bool:
        """Show another text, which `act` puts in the place of the one that is shown."""
        self._note()
        before = self._buffers.current
        self._past[before.key] = self.area.history
        is_done = act() is not False
        if self._buffers.current is not before:
            self._show()
        self._changed()
        self.area.focus()
        return is_done

    def _show(self) -> None:
        buffer, area = self._buffers.current, self.area
        past = self._past.get(buffer.key)
        # To load a text forgets the steps back of the one before.
        area.history = EditHistory(_CHECKPOINTS, 2.0, 100)
        area.load_text(buffer.text)
        if past is not None:
            area.history = past
        area.mark_fault(None)
        area.move_cursor(buffer.cursor)
        self.query_one(SqlTabs).show(self._buffers)

    def _changed(self) -> None:
        self.query_one(SqlTabs).show(self._buffers)
        if self._timer is None:
            self._timer = self.set_timer(_SOON, self._keep)

    @work(group="keep")
    async def _keep(self) -> None:
        """Write what is typed."""
        self._timer = None
        async with self._writing:
            self._note()
            write = self._buffers.writing(besides=self._sample)
            try:
                await asyncio.to_thread(write)
            except OSError as error:
                self._tell_unkept(error)
            else:
                self._is_told = False

    def _tell_unkept(self, error: OSError) -> None:
        """Say once that what is typed is not kept."""
        if not self._is_told:
            self._is_told = True
            told = _("What is typed here is not kept: {reason}.")
            self._tell(told.format(reason=system_reason(error)), error=True)

    def _tell(self, text: str, *, error: bool = False) -> None:
        self.post_message(Told(text, error))


def _read(file: Path) -> str:
    """Return a file's text; raises FileError."""
    told = _("{file} cannot be read: {reason}.")
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FileError(told.format(file=file, reason=system_reason(error))) from error
    except UnicodeDecodeError as error:
        raise FileError(told.format(file=file, reason=_("it is no UTF-8 text"))) from error
    return text.replace("\r\n", "\n")


def _write(file: Path, text: str) -> None:
    """Write a file whole; raises FileError."""
    try:
        write_whole(file, text)
    except OSError as error:
        told = _("{file} cannot be written: {reason}")
        raise FileError(told.format(file=file, reason=system_reason(error))) from error
