"""The application: one open file at most, the commands, the theme."""

import asyncio
import inspect
import os
import sys
import threading
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

from textual.binding import BindingsMap
from textual.driver import Driver
from textual.screen import ModalScreen, Screen
from textual.theme import Theme
from textual.worker import WorkerFailed

from lkjip_tui import garbage, paths
from lkjip_tui.core.errors import Interrupted, LkjipError
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import (
    ALT_SENDS,
    ALT_TYPES_AGAIN,
    ASK_ALT,
    Grid,
    KeysInOrder,
    acts_everywhere,
    keys_waiting,
)
from lkjip_tui.language import _
from lkjip_tui.tui.commands import BY_ID, Command, bindings, keymap
from lkjip_tui.tui.ending import CLEARED, go_on_after_stops
from lkjip_tui.tui.key_settings import KeySettings
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.query_pane import QueryPane
from lkjip_tui.tui.view import View
from lkjip_tui.tui.workbench import Workbench

#: Seconds that a thread may go on while another waits for it; Python's own are ten times as many.
_SWITCH: Final = 0.0005


def _with_our_bars(theme: Theme) -> Theme:
    """Return a theme whose scrollbars are no louder than its frames.

    The bar of a list that has the keys is underlined, which is seen without colours too.
    """
    quiet = {"": theme.panel, "-hover": theme.primary, "-active": theme.primary}
    quiet |= {f"-background{state}": theme.surface for state in ("", "-hover", "-active")}
    theme.variables |= {f"scrollbar{part}": color or "" for part, color in quiet.items()}
    theme.variables["block-cursor-text-style"] = "bold underline"
    return theme


DARK = _with_our_bars(Theme(
    name="lkjip-dark",
    dark=True,
    primary="#5fafd7",
    secondary="#87afaf",
    accent="#d7af5f",
    warning="#d7a55f",
    error="#e06c75",
    success="#87af87",
    foreground="#d8dce2",
    background="#14171c",
    surface="#1b1f26",
    panel="#2a303a",
))  # fmt: skip
LIGHT = _with_our_bars(Theme(
    name="lkjip-light",
    dark=False,
    primary="#1f6f9f",
    secondary="#4f7777",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#b3261e",
    success="#3f7a3f",
    foreground="#1d232b",
    background="#fbfaf7",
    surface="#f2f0ea",
    panel="#dedad0",
))  # fmt: skip


if TYPE_CHECKING:
    from lkjip_tui.tui.assistant import NewOffice
    from lkjip_tui.tui.start import Start


class LkjipApp(KeysInOrder[None]):
    """The workbench for one file, or the start screen while none is open."""

    TITLE = "lkjip"
    ENABLE_COMMAND_PALETTE = False
    # The library's list ends the program where it has no room for a letter.
    CSS = "OptionList { min-width: 10; }"

    def __init__(
        self,
        workspace: Workspace | None = None,
        first: View | None = None,
        *,
        memory: Memory,
        keys: KeySettings | None = None,
        assistant: "NewOffice | None" = None,
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.memory = memory
        self._first = first
        self._assistant = assistant
        self.key_settings = keys or KeySettings.read(paths.settings_folder() / "keys.toml")
        self._bind(self.key_settings.commands)
        self.left = threading.Event()
        self.owed_to_terminal = ""
        """What puts the terminal back as it was, behind all that the library does."""
        self._is_ready = False
        self._code: int | None = None
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = LIGHT.name if self.memory.theme == LIGHT.name else DARK.name

    def get_driver_class(self) -> type[Driver]:
        """Return the platform's driver; it leaves nothing on a terminal with one screen alone."""
        platforms = super().get_driver_class()

        class Leaving(platforms):  # type: ignore[valid-type,misc]  # known when it runs
            def stop_application_mode(self) -> None:
                self.write(CLEARED)
                super().stop_application_mode()

        return Leaving

    def _bind(self, commands: Sequence[Command]) -> None:
        """Let commands act by their keys."""
        # Ours alone: the library's own would quit before an open cell is saved.
        self._bindings = BindingsMap(bindings(commands))
        self.set_keymap(keymap(commands))
        keys = {command.id: command.keys for command in commands}
        self.urgent = frozenset({"escape", *keys["quit"]})
        pairs = (key.split() for key in chain.from_iterable(keys.values()) if " " in key)
        self.first_keys = frozenset(first for first, _second in pairs)

    def on_ready(self) -> None:
        """Collect garbage from now on, but not among what the start has made.

        The thread that writes the screen must not wait for the one that draws it.
        """
        sys.setswitchinterval(_SWITCH)
        garbage.begin()
        go_on_after_stops(self)
        self._tell_terminal(ASK_ALT)
        self._is_ready = True
        if self._code is not None:
            self._leave(self._code)

    def on_alt_types(self) -> None:
        """Have the terminal send Alt keys until the end: their letters would go into the cells."""
        self.owed_to_terminal = ALT_TYPES_AGAIN
        self._tell_terminal(ALT_SENDS)

    def _tell_terminal(self, sequence: str) -> None:
        # That of Apple would show the end of a question.
        if self._driver is not None and os.environ.get("TERM_PROGRAM") != "Apple_Terminal":
            self._driver.write(sequence)

    def get_default_screen(self) -> Screen[None]:
        """Return the file's screen, or the start screen."""
        if self.workspace is None:
            from lkjip_tui.tui.start import Start  # noqa: PLC0415 - only without a file

            return Start(self.memory, self._assistant)
        first = self._first or View.first(self.workspace, self.memory)
        bench = self._workbench(self.workspace, first)
        # The library takes one from each screen that gives way to another, and gives this one none.
        bench._push_result_callback(self, None)  # noqa: SLF001
        return bench

    def _workbench(self, workspace: Workspace, first: View, told: str = "") -> Workbench:
        self.memory.opened(workspace.path)
        return Workbench(workspace, self.memory, first, self.key_settings, told)

    def on_start_opened(self, event: "Start.Opened") -> None:
        """Show the file that was opened instead; the application closes it at its end."""
        self.workspace = event.workspace
        self.push_screen(self._workbench(event.workspace, event.first, event.told))

    async def show_instead(
        self, workspace: Workspace, first: View, told: str, here: tuple[str, int, str, str]
    ) -> None:
        """Show another state of the file instead of the one that is open, at the same place."""
        former, self.workspace = self.workspace, workspace
        bench = self._workbench(workspace, first, told)
        with keys_waiting(bench):
            await self.switch_screen(bench)
            if former is not None:
                await asyncio.to_thread(former.close)
            place, _year, row_key, column = here
            await bench.open_place(place, row_key=row_key, column=column)

    def on_grid_column_resized(self, event: Grid.ColumnResized) -> None:
        """Give a column of a list its width; sheets and tables remember theirs themselves."""
        from lkjip_tui.tui.text_model import resize  # noqa: PLC0415 - not before it is needed

        resize(event.grid, event.column, event.width)

    # Commands

    @property
    def workbench(self) -> Workbench | None:
        """The workbench, also beneath a dialog or the palette."""
        stack = reversed(self.screen_stack)
        return next((screen for screen in stack if isinstance(screen, Workbench)), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a key of a command acts now: under a dialog only quitting does.

        One that belongs elsewhere says why not: those of sheets and tables and of the console
        unless it would be typed, and those that act everywhere.
        """
        if action != "command":
            return super().check_action(action, parameters)
        command = BY_ID[str(parameters[0])]
        is_covered = isinstance(self.screen, ModalScreen) and command.id != "quit"
        is_everywhere = any(map(acts_everywhere, command.keys))
        is_typing = self.focused is not None and self.focused.check_consume_key("a", "a")
        says_why = is_everywhere or (command.scope in ("grid", "sql") and not is_typing)
        # Esc is pressed to be sure, too, and nothing runs then.
        says_why = says_why and self.workbench is not None and command.id != "stop"
        return not is_covered and (self.acts_here(command) or says_why)

    def acts_here(self, command: Command) -> bool:
        """Say whether a command means something on the screen beneath any dialog."""
        owner = self._owner(command)
        if owner is None:
            return False
        read_only = self.workspace is not None and self.workspace.read_only
        read_only = read_only and not getattr(owner, "changes_no_fact", False)
        return not (command.writes and read_only)

    async def action_command(self, command_id: str) -> None:
        """Do a command where it belongs, after an open cell is saved."""
        command = BY_ID[command_id]
        workbench = self.workbench
        try:
            beside = command_id in _BESIDE_EDITING
            if workbench is not None and not beside and not await workbench.finish_editing():
                return
            if workbench is not None and not self.acts_here(command):
                workbench.tell(self._why_not(command), error=True)
                return
            done = getattr(self._owner(command), f"do_{command_id}")()
            if inspect.isawaitable(done):
                await done
        except LkjipError as error:
            if workbench is None:
                raise
            workbench.tell_failure(error)

    def _why_not(self, command: Command) -> str:
        if self._owner(command) is not None and self.workspace is not None:
            return self.workspace.why_read_only
        told = _("“{act}” is for sheets and tables.")
        if command.scope == "sql":
            told = _("“{act}” is for the console.")
        return told.format(act=_(command.label))

    def _owner(self, command: Command) -> object | None:
        """Return who does a command on this screen, None when nobody does."""
        workbench = self.workbench
        if command.scope == "app":
            return self
        if workbench is None:
            return None
        if hasattr(self, f"do_{command.id}"):
            return self
        pane = workbench.pane
        owners: list[object] = [workbench, *workbench.acts]
        if command.scope != "workbench":
            # Of two that could, the one in which the keys are.
            children = sorted(pane.children, key=lambda child: not child.has_focus_within)
            parts = chain.from_iterable((it, *getattr(it, "acts", ())) for it in children)
            owners = [pane, *parts, *getattr(pane, "acts", ()), *owners]
        if command.id == "stop":
            # What was asked for and keeps keys waiting, before what a pane reads by itself.
            candidates = [*workbench.acts, *getattr(pane, "acts", ()), *owners]
            owners = [each for each in candidates if getattr(each, "is_at_work", False)]
        owner = next((each for each in owners if hasattr(each, f"do_{command.id}")), None)
        return owner or pane if command.built_in else owner

    def do_theme(self) -> None:
        """Change between light and dark."""
        self.theme = DARK.name if self.theme == LIGHT.name else LIGHT.name
        self.memory.themed(self.theme)

    def do_palette(self) -> None:
        """Open the palette."""
        from lkjip_tui.tui.palette import open_palette  # noqa: PLC0415 - opened seldom

        open_palette(self)

    def do_go_to(self) -> None:
        """Find a place, a year or a row of what is shown by its name."""
        from lkjip_tui.tui.palette import open_places  # noqa: PLC0415 - opened seldom

        if self.workbench is not None:
            open_places(self.workbench)

    def do_help(self) -> None:
        """Tell everything that there is."""
        self._help(_("Help"), self.key_settings.commands)

    def do_keys(self) -> None:
        """Tell what acts here."""
        self._tell_keys(_("Your keys: {file}"))

    def _tell_keys(self, about: str) -> None:
        """List the keys that act here, beneath a word about the file that binds them."""
        settings = self.key_settings
        # What the grid does by itself and has no key cannot be reached.
        here = [each for each in settings.commands if each.keys or not each.built_in]
        here = [each for each in here if self._owner(each)]
        notes = (about.format(file=settings.file), *settings.faults)
        self._help(_("Keys that act here"), here, notes)

    def _help(self, title: str, commands: Sequence[Command], notes: Sequence[str] = ()) -> None:
        from lkjip_tui.tui.help import Help  # noqa: PLC0415 - opened seldom

        self.push_screen(Help(title, commands, notes))

    def do_edit_keys(self) -> None:
        """Tell where one's keys are set, in a file that is there then."""
        made = self.key_settings.make_file()
        self._tell_keys(
            _("Made, to be edited: {file}") if made else _("Edit it, and start again: {file}")
        )

    def do_quit(self) -> None:
        """End; everything is saved already, or the dialog that holds it says how."""
        if getattr(self.screen, "is_unsaved", False):
            self.bell()
            return
        threading.Thread(target=self._stop_reads, daemon=True).start()
        self.exit()

    def leave(self, code: int) -> None:
        """End with an exit code, from any thread; an open cell stays as it was."""
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(self._leave, code)

    def show_anew(self) -> None:
        """Draw the whole screen again, from any thread."""
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(lambda: self.refresh(layout=True))

    def _leave(self, code: int) -> None:
        self._code = code
        if not self._is_ready:  # a screen that is made must not be taken away
            return
        if self.workbench is not None and self.workbench.query(QueryPane):
            self.workbench.query_pane.facts.close_editors()
        threading.Thread(target=self._stop_reads, daemon=True).start()
        self.exit(return_code=code)

    def _handle_exception(self, error: Exception) -> None:
        """Take what was stopped for leaving, wherever it was read, for no fault."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if not (self._exit and isinstance(cause, Interrupted)):
            super()._handle_exception(error)

    def _stop_reads(self) -> None:
        """Stop whatever is read until the program has been left: it must not wait for it."""
        while self.workspace is not None and not self.left.wait(0.05):
            self.workspace.interrupt()


#: What covers the screen and leaves an open cell as it is.
_BESIDE_EDITING = ("palette", "help", "keys", "theme")
