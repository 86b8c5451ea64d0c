"""A list of which any number is picked, with what stands beneath each."""

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.core.storage.template import Part


class PickList(OptionList):
    """Everything is picked at first; a sign before each tells it, without any colour.

    A part goes in and out with all beneath it, and comes with what it stands beneath.
    """

    DEFAULT_CSS = "PickList { text-wrap: nowrap; text-overflow: ellipsis; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", show=False),
        Binding("a", "all", show=False),
        Binding("enter", "done", show=False),
    ]

    class Done(Message):
        """The user has picked what there is to pick."""

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__(*[""] * len(parts), markup=False, compact=True)
        self._parts = parts
        self.picked = {part.key for part in parts}
        """The keys of what is picked."""
        self._is_answered = False

    def on_mount(self) -> None:
        """List the parts."""
        self._show()
        self.highlighted = 0

    def offer(self, keys: Collection[str]) -> None:
        """Pick just these, unless the user has picked."""
        if not self._is_answered:
            self.picked = set(keys)
            self._show()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Put a part in or out."""
        event.stop()
        self._is_answered = True
        at = event.option_index
        branch = {part.key for part in (self._parts[at], *self._beneath(at))}
        if self._parts[at].key in self.picked:
            self.picked -= branch
        else:
            self.picked |= branch | {part.key for part in self._above(at)}
        self._show()

    def action_all(self) -> None:
        """Put everything in, or everything out."""
        self._is_answered = True
        self.picked = set() if self.picked else {part.key for part in self._parts}
        self._show()

    def action_done(self) -> None:
        """Say that it is enough."""
        self.post_message(self.Done())

    def _beneath(self, at: int) -> Sequence[Part]:
        level, behind = self._parts[at].level, self._parts[at + 1 :]
        ends = (number for number, part in enumerate(behind) if part.level <= level)
        return behind[: next(ends, len(behind))]

    def _above(self, at: int) -> Sequence[Part]:
        found = [self._parts[at]]
        for part in reversed(self._parts[:at]):
            if part.level < found[-1].level:
                found.append(part)
        return found[1:]

    def _show(self) -> None:
        for number, part in enumerate(self._parts):
            self.replace_option_prompt_at_index(number, self._line(part))

    def _line(self, part: Part) -> Content:
        sign = "[✓]" if part.key in self.picked else "[ ]"
        return Content(f"{sign} {'  ' * (part.level - 1)}{safe_text(part.name)}")
