"""What there is and which keys call it, made from the commands themselves."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from lkjip_tui.language import _, mark
from lkjip_tui.tui.commands import Command
from lkjip_tui.tui.dialogs import literal
from lkjip_tui.tui.key_names import written
from lkjip_tui.tui.window import Scrolled, Window

_INTRODUCTION = mark(
    "Everything on the screen is a query over the facts in one file. Sheets are for editing; the"
    " report's tables and the checks follow each edit. What bears ƒ is computed: edit what it is"
    " computed from. – is a value that is not known, unlike 0. Every edit is saved at once."
)
_SUMS = mark(
    "Of chosen cells a narrow screen tells in signs: n the number of figures, Σ their sum, ΣΣ with"
    " subtotals among them, ⌀ the mean, ↓ the least, ↑ the greatest."
)


class Help(Window[None]):
    """A list of commands by group, with keys and help, beneath notes or what there is to know."""

    DEFAULT_CSS = """
    Help {
        align: center middle;
        & > Vertical {
            width: 88; max-width: 96%; height: 90%;
            padding: 0 2; background: $surface; border: round $primary;
        }
        & Scrolled { height: 1fr; scrollbar-size-vertical: 1; }
        & Horizontal { height: auto; }
        & #close { color: $text-muted; }
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
        self._commands = commands

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical():
            yield Static(Content(self._heading).stylize("bold"))
            with Scrolled():
                for note in self._notes or (_(_INTRODUCTION), _(_SUMS)):
                    yield Static(literal(note), classes="note")
                for heading, commands in self._sections():
                    yield Static(Content(heading), classes="group")
                    for command in commands:
                        with Horizontal():
                            keys = "\n".join(written(key) for key in command.keys)
                            yield Static(Content(keys or "–"), classes="keys")
                            yield Static(_about(command))
            yield Static(Content(_("↑ ↓ PgUp PgDn  read on    Esc  close")), id="close")

    def _sections(self) -> Iterator[tuple[str, Sequence[Command]]]:
        """Yield headings with the commands of a group; what the palette alone reaches is last."""
        bare = [each for each in self._commands if not (each.keys or each.built_in)]
        keyed = [each for each in self._commands if each not in bare]
        for group in dict.fromkeys(command.group for command in keyed):
            yield _(group), [command for command in keyed if command.group == group]
        if bare:
            key = next((each.key_text for each in self._commands if each.id == "palette"), "")
            told = _("Without a key: in the palette ({key}) by words of the name")
            yield told.format(key=key), bare

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
