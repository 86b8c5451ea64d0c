"""A cell's whole text in a window of its own; apart from the other windows, since it is heavy."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from lkjip_tui.core.errors import LkjipError
from lkjip_tui.grid.layout import MARKS
from lkjip_tui.language import _
from lkjip_tui.tui.dialogs import WINDOW, literal
from lkjip_tui.tui.own_editor import edited
from lkjip_tui.tui.text_pad import TextPad
from lkjip_tui.tui.window import Window


class TextWindow(Window[None]):
    """A whole text, read or edited.

    `save` saves what it was edited to and says why not, empty when it is saved; without it the
    text is only read. The window stays until the text is saved or left.
    """

    DEFAULT_CSS = f"""
    TextWindow {{
        {WINDOW}
        & > Vertical {{ width: 100; height: 90%; }}
        & #heading {{ height: 1; text-wrap: nowrap; text-overflow: ellipsis; }}
        & TextArea {{ height: 1fr; border: none; padding: 0; }}
        & #refusal {{ color: $text-error; height: auto; }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("ctrl+s", "accept", show=False, priority=True),
        Binding("f2", "accept", show=False, priority=True),
        Binding("f4", "own_editor", show=False, priority=True),
    ]

    def __init__(
        self,
        heading: str,
        text: str,
        *,
        typed: str = "",
        save: Callable[[str], Awaitable[str]] | None = None,
    ) -> None:
        super().__init__()
        self._heading, self._text, self._typed, self._save = heading, text, typed, save
        self._is_warned = False

    def compose(self) -> ComposeResult:
        """Lay out heading and text."""
        keys = (
            _("Esc  close")
            if self._save is None
            else _("Ctrl+S or F2  save    F4  your own editor    Esc  leave it")
        )
        with Vertical():
            yield Static(literal(self._heading), id="heading")
            yield TextPad(self._text + self._typed, read_only=self._save is None)
            yield Static(id="refusal", markup=False)
            yield Static(literal(keys), id="keys")

    def on_mount(self) -> None:
        """Begin at the text's end when it is edited, at its start when it is read."""
        area = self.query_one(TextArea)
        if self._save is not None:
            area.move_cursor(area.document.end)
        area.focus()

    @property
    def is_unsaved(self) -> bool:
        """Whether leaving the program now would lose what was typed."""
        return self._save is not None and self.query_one(TextArea).text != self._text

    async def action_accept(self) -> None:
        """Save the text and close, or stay and say why it cannot be saved."""
        text = self.query_one(TextArea).text
        changed = self._save is not None and text != self._text
        refusal = await self._save(text) if self._save and changed else ""
        if refusal:
            self._tell(f"{MARKS['waiting']} {refusal}")
        else:
            self.dismiss()

    def action_own_editor(self) -> None:
        """Edit the text in the editor that VISUAL or EDITOR names; saving it is another step."""
        if self._save is None:
            return
        area = self.query_one(TextArea)
        before = after = area.text
        told = _("Your editor left the text as it was.")
        try:
            with self.app.suspend():
                # An error must not pass the end of the suspension: the screen would not come back.
                try:
                    after = edited(before)
                except LkjipError as error:
                    told = f"{MARKS['error']} {error}"
        except SuspendNotSupported:
            told = f"{MARKS['error']} " + _("No other program can be started from here.")
        if after != before:
            area.replace(after, area.document.start, area.document.end)
            told = _("The text is from your editor; Ctrl+S saves it.")
        self._tell(told)

    def action_leave(self) -> None:
        """Close without a change; what was typed is lost only on the second asking."""
        if self.is_unsaved and not self._is_warned:
            self._is_warned = True
            self._tell(_("Not saved yet: Ctrl+S saves it, Esc once more leaves it as it was."))
        else:
            self.dismiss()

    def _tell(self, text: str) -> None:
        self.query_one("#refusal", Static).update(literal(text))

    def on_text_area_changed(self) -> None:
        """Warn again before more is lost."""
        self._is_warned = False
