"""The last line of the screen: the keys that act here, which can be clicked.

One widget for all keys: a widget for each, as the library's footer has it, takes a fifth of the
time from start to the first rows.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from lkjip_tui.language import _
from lkjip_tui.tui.commands import Command
from lkjip_tui.tui.key_names import written

if TYPE_CHECKING:
    from lkjip_tui.tui.app import LkjipApp


class KeyLine(Widget):
    """Shows as many of the footer's commands as fit, help always.

    Before them stand the profile in which letters act, and a key that waits for its second.
    """

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom; height: 1; padding: 0 1; background: $panel;
        link-style: none; link-color: $foreground; link-style-hover: none;
        link-background-hover: $primary 40%; link-color-hover: $foreground;
    }
    """

    def on_mount(self) -> None:
        """Follow what acts here."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def render(self) -> Content:
        """Return the keys and what they do."""
        here = list(self._here())
        while here and self._line(here).cell_length > self.size.width and len(here) > 1:
            del here[-2]  # the last one is help
        return self._line(here)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the line's height."""
        return 1

    def _here(self) -> Iterator[Command]:
        app = cast("LkjipApp", self.app)
        can_go_back = app.workbench is not None and app.workbench.can_go_back
        # Where one types Backspace takes a letter away, and Ctrl+E goes to the end of the line; no
        # such widget is loaded for this.
        is_typing = hasattr(app.focused, "action_delete_left")
        own = app.own_acts(app.focused) if app.focused is not None and is_typing else {}
        for command in app.key_settings.commands if app.screen is self.screen else ():
            is_idle = command.id == "back" and not can_go_back
            can_stand = command.footer and command.keys and command.keys[0] not in own
            if can_stand and not is_idle and app.acts_here(command):  # which takes the longest
                yield command

    def _line(self, commands: list[Command]) -> Content:
        return Content("  ").join([
            *self._state(),
            *(
                Content.assemble(
                    (command.key_text.replace("Ctrl+", "^"), "bold $text-accent"),
                    f" {_(command.footer)}",
                ).stylize(f"@click=app.command('{command.id}')")
                for command in commands
            ),
        ])  # fmt: skip

    def _state(self) -> Iterator[Content]:
        app = cast("LkjipApp", self.app)
        if app.key_settings.letters_act:
            yield Content(app.key_settings.profile).stylize("bold")
        if app.pending:
            yield Content(f"{written(app.pending)} …").stylize("bold reverse")
