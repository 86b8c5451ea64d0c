"""What is shown without a file: those opened last, the example, and making a new one."""

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lkjip_tui import paths
from lkjip_tui.core.changes.years import LACKING
from lkjip_tui.core.errors import FileBusy, LkjipError
from lkjip_tui.core.storage.shown_copy import shown_since, when
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import keys_waiting
from lkjip_tui.language import _
from lkjip_tui.tui.assistant import NewOffice
from lkjip_tui.tui.dialogs import Ask, Confirm, literal, path_of
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.key_line import KeyLine
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.told import NEXT_ACT
from lkjip_tui.tui.view import ACTIVITIES, View

_EXAMPLE = "example"
_NEW = "new"
_OTHER = "other"


class Start(Screen[None], EndsWork):
    """A list of files to open; with an `assistant` it asks for a new office at once."""

    @dataclass
    class Opened(Message):
        """A file is open, and read as far as it is shown first; `told` is what to say then."""

        workspace: Workspace
        first: View
        told: str

    DEFAULT_CSS = """
    Start {
        align: center middle;
        & > Vertical { width: 76; max-width: 96%; height: auto; max-height: 90%; }
        & OptionList { height: auto; max-height: 16; border: none; margin: 1 0; }
        & #told { color: $text-error; }
    }
    """

    def __init__(self, memory: Memory, assistant: NewOffice | None = None) -> None:
        super().__init__()
        self._assistant = assistant
        self._held = ExitStack()
        self._memory = memory
        self._recent = {str(number): path for number, path in enumerate(memory.recent)}

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical():
            yield Static(Content("lkjip").stylize("bold $text-accent"))
            yield Static(literal(_("The workbench for an office's performance report (LKjIP)")))
            yield OptionList(
                *[Option(literal(f"{path.name}  {path.parent}"), number)
                  for number, path in self._recent.items()],
                Option(literal(_("The example: Kecamatan Sooko 2021")), _EXAMPLE),
                Option(literal(_("A new office…")), _NEW),
                Option(literal(_("Another file…")), _OTHER),
                markup=False,
            )  # fmt: skip
            yield Static(id="told", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask for the new office that was wanted; keys that come before are meant for that."""
        if self._assistant is not None:
            self._held.enter_context(keys_waiting(self))
            self._open(_NEW)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was chosen."""
        self._open(event.option_id or "")

    @work
    async def _open(self, option: str) -> None:
        is_new = option == _NEW
        try:
            workspace = await self._workspace(option)
            if workspace is not None:
                place = LACKING if is_new else ACTIVITIES
                try:
                    first = await asyncio.to_thread(
                        View.first, workspace, self._memory, place=place
                    )
                except LkjipError:
                    workspace.close()
                    raise
                self.post_message(self.Opened(workspace, first, _(NEXT_ACT) if is_new else ""))
        except LkjipError as error:
            self.query_one("#told", Static).update(literal(str(error)))

    async def _workspace(self, option: str) -> Workspace | None:
        """Return the file that an option means, open; None when the user thought better of it."""
        if option in self._recent:
            return await self._opened(self._recent[option])
        if option == _EXAMPLE:
            path = paths.data_folder() / "sooko-2021.duckdb"
            if path.exists():
                return await self._opened(path)
            return await asyncio.to_thread(Workspace.create_example, path)
        if option == _OTHER:
            answer = await self.app.push_screen_wait(Ask(_("Which file?"), str(Path.cwd()) + "/"))
            if answer is None:
                return None
            return await self._opened(path_of(answer))
        assistant, self._assistant = self._assistant or NewOffice(), None
        asked = self.app.push_screen(assistant, wait_for_dismiss=True)
        assistant.call_after_refresh(self._held.close)
        return await asked

    async def _opened(self, path: Path) -> Workspace | None:
        """Open a file, or the copy of one that somebody else has, if the user wants that."""
        try:
            return await asyncio.to_thread(Workspace.open, path)
        except FileBusy as busy:
            at = shown_since(path)
            if at is None:
                raise
            about = _("Its copy of {time} can be looked at meanwhile.")
            about = about.format(time=when(at))
            if not await self.app.push_screen_wait(Confirm(busy.message, about, _("look at it"))):
                return None
        return await asyncio.to_thread(Workspace.open_shown, path)
