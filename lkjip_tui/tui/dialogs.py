"""Small windows that ask or show one thing; each returns its answer, None when left by Esc."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from lkjip_tui.core.errors import UsageError
from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.core.query.choosing import Choice, fitting
from lkjip_tui.language import _
from lkjip_tui.tui.window import Window

#: How a small window looks, for the style of one.
WINDOW = """
    align: center middle;
    & > Vertical {
        width: 76; max-width: 96%; height: auto; max-height: 90%;
        padding: 1 2; background: $surface; border: round $primary;
    }
    & #heading { text-style: bold; margin-bottom: 1; }
    & #keys { color: $text-muted; margin-top: 1; }
    &.-low {
        & > Vertical { padding: 0 1; max-width: 100%; max-height: 100%; }
        & #heading { margin-bottom: 0; }
        & #keys { margin-top: 0; }
    }
"""


def literal(text: str) -> Content:
    """Return data as something that a widget shows as it stands."""
    return Content(safe_text(text, keep_newlines=True))


def path_of(text: str, folder: Path = Path()) -> Path:
    """Return the file that a user named, in a folder where no other is said.

    Raises UsageError for a home that nobody has.
    """
    try:
        return folder / Path(text).expanduser()
    except RuntimeError as error:
        raise UsageError(
            _("{file} is no path here.").format(file=text), _("Name a folder that is there.")
        ) from error


def shown_path(file: Path) -> str:
    """Return where a file is, with `~` for the user's home."""
    whole = file.absolute()
    try:
        return str(Path("~") / whole.relative_to(Path.home()))
    except (RuntimeError, ValueError):
        return str(whole)


class Confirm(Window[bool]):
    """A question, what it is about, and the word of the act: Enter does it, Esc does not."""

    DEFAULT_CSS = f"Confirm {{ {WINDOW} }}"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", show=False),
        Binding("escape", "answer(False)", show=False),
    ]

    def __init__(self, question: str, about: str, act: str) -> None:
        super().__init__()
        self._question, self._about, self._act = question, about, act

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical():
            yield Static(literal(self._question), id="heading")
            yield Static(literal(self._about))
            keys = _("Enter  {act}    Esc  leave it").format(act=self._act)
            yield Static(literal(keys), id="keys")

    def action_answer(self, answer: bool) -> None:  # noqa: FBT001 - an action's argument
        """Close with the answer."""
        self.dismiss(answer)


class Notice(Window[None]):
    """Something that must be read before anything else is done: what is typed on goes nowhere."""

    DEFAULT_CSS = f"Notice {{ {WINDOW} }}"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, heading: str, about: str) -> None:
        super().__init__()
        self._heading, self._about = heading, about

    def compose(self) -> ComposeResult:
        """Lay out what there is to read."""
        with Vertical():
            yield Static(literal(self._heading), id="heading")
            yield Static(literal(self._about))
            yield Static(literal(_("Esc  close")), id="keys")

    def action_leave(self) -> None:
        """Close; only a key that is not typed does."""
        self.dismiss()


class Ask(Window[str | None]):
    """A line to fill in; `lacking` is said where it must not be empty."""

    DEFAULT_CSS = f"Ask {{ {WINDOW} }}"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+a", "choose_all", show=False, priority=True),
    ]

    def __init__(
        self, question: str, text: str = "", about: str = "", *, lacking: str = ""
    ) -> None:
        super().__init__()
        self._question, self._text, self._about = question, text, about
        self._lacking = lacking

    def compose(self) -> ComposeResult:
        """Lay out the question and its line."""
        with Vertical():
            yield Static(literal(self._question), id="heading")
            yield Input(self._text)
            yield Static(literal(self._about), id="about")
            yield Static(literal(_("Enter  accept    Esc  leave it")), id="keys")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with what was typed."""
        if self._lacking and not event.value.strip():
            self.query_one("#about", Static).update(literal(f"{self._about}\n● {self._lacking}"))
            return
        self.dismiss(event.value.strip() or None)

    def action_choose_all(self) -> None:
        """Choose the whole text, so that what is typed stands in its place."""
        self.query_one(Input).action_select_all()

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class Choose(Window[str | None]):
    """A list to choose from; what is typed narrows it."""

    DEFAULT_CSS = f"Choose {{ {WINDOW} & OptionList {{ height: auto; max-height: 16; }} }}"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("backspace", "widen", show=False),
    ]

    def __init__(self, question: str, options: Sequence[str], current: str = "") -> None:
        super().__init__()
        self._question, self._options, self._current = question, options, current
        self._shown, self._typed = options, ""

    def compose(self) -> ComposeResult:
        """Lay out the question and the list."""
        with Vertical():
            yield Static(literal(self._question), id="heading")
            yield OptionList(*[Option(literal(option)) for option in self._options], markup=False)
            yield Static(literal(self._keys()), id="keys")

    def _keys(self) -> str:
        if self._typed:
            return _("“{text}”    Enter  choose    Esc  leave it").format(text=self._typed)
        return _("Enter  choose    Esc  leave it    or type a part of it")

    def on_key(self, event: Key) -> None:
        """Narrow the list by what is typed."""
        if event.is_printable and event.character:
            event.stop()
            self._narrow(self._typed + event.character)

    def action_widen(self) -> None:
        """Take back the last letter that was typed."""
        self._narrow(self._typed[:-1])

    def _narrow(self, typed: str) -> None:
        """List what typed words may mean; what fits nothing is not typed."""
        choices = [Choice(number, text) for number, text in enumerate(self._options)]
        found = [choice.label for choice in fitting(choices, typed)]
        if not found:
            return
        self._shown, self._typed = found, typed
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(literal(text)) for text in found])
        listed.highlighted = 0
        self.query_one("#keys", Static).update(literal(self._keys()))

    def on_mount(self) -> None:
        """Begin at the present choice."""
        if self._current in self._options:
            self.query_one(OptionList).highlighted = self._options.index(self._current)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the choice."""
        self.dismiss(self._shown[event.option_index])

    def action_leave(self) -> None:
        """Close without a choice."""
        self.dismiss(None)
