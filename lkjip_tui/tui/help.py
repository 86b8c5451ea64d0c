"""What there is and which keys call it, made from the commands themselves."""

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from lkjip_tui.language import _, mark
from lkjip_tui.tui.commands import Command
from lkjip_tui.tui.dialogs import literal
from lkjip_tui.tui.key_names import written

_INTRODUCTION = mark(
    "Everything on the screen is a query over the facts in one file. Sheets are for editing; the"
    " report's tables and the checks follow each edit. What bears ƒ is computed: edit what it is"
    " computed from. – is a value that is not known, unlike 0. Every edit is saved at once."
)
_SUMS = mark(
    "Of chosen cells a narrow screen tells in signs: n the number of figures, Σ their sum, ΣΣ with"
    " subtotals among them, ⌀ the mean, ↓ the least, ↑ the greatest."
)


class Help(ModalScreen[None]):
    """A list of commands by group, with keys and help, beneath notes or what there is to know."""

    DEFAULT_CSS = """
    Help {
        align: center middle;
        & > VerticalScroll {
            width: 88; max-width: 96%; height: auto; max-height: 90%;
            padding: 1 2; background: $surface; border: round $primary;
        }
        & Horizontal { height: auto; }
        & .group { color: $text-accent; text-style: bold; margin-top: 1; }
        & .note { margin-top: 1; }
        & Horizontal > Static { width: 1fr; }
        & Horizontal > .keys { width: 16; color: $text-primary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,f7,q,enter", "leave", show=False)]

    def __init__(self, heading: str, commands: Sequence[Command], notes: Sequence[str]) -> None:
        super().__init__()
        self._notes = notes
        self._heading = heading
        self._commands = sorted(commands, key=lambda command: command.group)

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with VerticalScroll():
            yield Static(Content(self._heading).stylize("bold"))
            for note in self._notes or (_(_INTRODUCTION), _(_SUMS)):
                yield Static(literal(note), classes="note")
            for group, commands in groupby(self._commands, key=lambda command: command.group):
                yield Static(Content(_(group)), classes="group")
                for command in commands:
                    with Horizontal():
                        keys = "\n".join(written(key) for key in command.keys)
                        yield Static(Content(keys or "–"), classes="keys")
                        yield Static(_about(command))
            yield Static(Content(_("Esc  close")), classes="group")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)


def _about(command: Command) -> Content:
    """Return a command's name, where its keys come from when they were changed, and its help."""
    about = Content(_(command.label)).stylize("bold")
    if command.origin:
        origin = _("yours") if command.origin == "user" else command.origin
        about = about.append(Content(f"  ({origin})").stylize("not bold $text-accent"))
    if command.help:
        about = about.append(Content(f"\n{_(command.help)}").stylize("dim"))
    return about
