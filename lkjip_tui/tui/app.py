"""The application: one open file at most, the commands, the theme."""

import inspect
from pathlib import Path

from textual.app import App
from textual.binding import BindingsMap
from textual.theme import Theme

from lkjip_tui import paths
from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.tui.commands import BY_ID, COMMANDS, Command, bindings
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.workbench import Workbench

DARK = Theme(
    name="lkjip-dark",
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
    dark=True,
)
LIGHT = Theme(
    name="lkjip-light",
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
    dark=False,
)


class LkjipApp(App[None]):
    """The workbench for one file, or the start screen while none is open."""

    TITLE = "lkjip"
    CSS = """
    * {
        scrollbar-size-vertical: 1;
        scrollbar-color: $panel; scrollbar-color-hover: $primary; scrollbar-color-active: $primary;
        scrollbar-background: $surface; scrollbar-background-hover: $surface;
        scrollbar-background-active: $surface;
    }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        workspace: Workspace | None = None,
        *,
        year: int | None = None,
        memory: Memory | None = None,
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.memory = memory or Memory(paths.state_folder() / "state.json")
        self._year = year
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(bindings())])
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = LIGHT.name if self.memory.theme == LIGHT.name else DARK.name

    def on_mount(self) -> None:
        """Show the file, or the start screen."""
        if self.workspace is None:
            from lkjip_tui.tui.start import Start  # noqa: PLC0415 - only without a file

            self.push_screen(Start(self.memory))
        else:
            self.show_workspace(self.workspace, self._year)

    def show_workspace(self, workspace: Workspace, year: int | None = None) -> None:
        """Show an open file; the application closes it at its end."""
        self.workspace = workspace
        self.memory.opened(workspace.path)
        self.push_screen(Workbench(workspace, year or workspace.office.latest))

    # Commands

    @property
    def workbench(self) -> Workbench | None:
        """The workbench, also beneath a dialog or the palette."""
        stack = reversed(self.screen_stack)
        return next((screen for screen in stack if isinstance(screen, Workbench)), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a command acts here: None shows it as not available."""
        if action != "command":
            return super().check_action(action, parameters)
        command = BY_ID[str(parameters[0])]
        if self._owner(command) is None:
            return False
        if command.writes and self.workspace is not None and self.workspace.read_only:
            return None
        return True

    async def action_command(self, command_id: str) -> None:
        """Do a command where it belongs."""
        command = BY_ID[command_id]
        workbench = self.workbench
        if workbench is not None and workbench.is_editing and command.id not in _BESIDE_EDITING:
            workbench.tell_editing()
            return
        done = getattr(self._owner(command), f"do_{command_id}")()
        if inspect.isawaitable(done):
            await done

    def _owner(self, command: Command) -> object | None:
        """Return who does a command on this screen, None when nobody does."""
        workbench = self.workbench
        if command.scope == "app":
            return self
        if workbench is None:
            return None
        owner = workbench if command.scope == "workbench" else workbench.pane
        if not hasattr(owner, f"do_{command.id}") and not command.built_in:
            return None
        if command.id == "stop" and not getattr(owner, "is_at_work", False):
            return None
        return owner

    def do_theme(self) -> None:
        """Change between light and dark."""
        self.theme = DARK.name if self.theme == LIGHT.name else LIGHT.name
        self.memory.themed(self.theme)

    def do_palette(self) -> None:
        """Open the palette."""
        from lkjip_tui.tui.palette import open_palette  # noqa: PLC0415 - it is heavy

        open_palette(self)

    def do_help(self) -> None:
        """Tell everything that there is."""
        self._help(_("Help"), COMMANDS)

    def do_keys(self) -> None:
        """Tell what acts here."""
        here = [command for command in COMMANDS if self._owner(command) and command.keys]
        self._help(_("Keys that act here"), here)

    def _help(self, title: str, commands: "tuple[Command, ...] | list[Command]") -> None:
        from lkjip_tui.tui.help import Help  # noqa: PLC0415 - opened seldom

        self.push_screen(Help(title, commands))

    def do_quit(self) -> None:
        """End; everything is saved already."""
        self.exit()


#: What may be done while a cell's editor is open: it covers the screen, and leaves the editor.
_BESIDE_EDITING = ("palette", "help", "keys", "theme")


def run(path: Path | None, *, read_only: bool = False, year: int | None = None) -> None:
    """Open the screens on a file, or on the start screen; returns when the user quits.

    Raises a FileError or UsageError before anything is shown.
    """
    workspace = None
    if path is not None:
        workspace = Workspace.open(path, read_only=read_only)
        try:
            year = workspace.year(year)
        except LkjipError:
            workspace.close()
            raise
    app = LkjipApp(workspace, year=year)
    try:
        app.run()
    finally:
        if app.workspace is not None:
            app.workspace.close()
