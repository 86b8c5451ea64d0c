"""The line above the console's editor: the names of its texts, which can be clicked."""

from collections.abc import Iterator, Sequence
from typing import Final

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.language import _
from lkjip_tui.tui.console.buffers import Buffer, Buffers

_LONGEST: Final = 24


class SqlTabs(Widget):
    """The names, a sign before the one that is shown; as many as fit, that one among them."""

    DEFAULT_CSS = "SqlTabs { height: 1; background: $panel; color: $text-muted; }"

    class Clicked(Message):
        """The user has clicked on the name of a text, by its number."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._here = 0

    def show(self, buffers: Buffers) -> None:
        """Show the names of these."""
        self._names = [_named(number, each) for number, each in enumerate(buffers.open, 1)]
        self._here = buffers.at
        self.refresh()

    def render(self) -> Content:
        """Return the line."""
        return Content("").join([part for _number, part in self._parts()])

    def on_click(self, event: events.Click) -> None:
        """Say which name was clicked."""
        event.stop()
        at = event.x
        for number, part in self._parts():
            at -= part.cell_length
            if at < 0:
                self.post_message(self.Clicked(number))
                return

    def _parts(self) -> Iterator[tuple[int, Content]]:
        parts = [Content(f" {name} ") for name in self._names]
        if parts:
            here = Content(f"▌{self._names[self._here]} ")
            parts[self._here] = here.stylize("bold $text-accent")
        first, wide = self._here, 0
        while first >= 0 and (wide := wide + parts[first].cell_length) <= self.size.width:
            first -= 1
        first = min(first + 1, self._here)
        yield from enumerate(parts[first:], first)


def _named(number: int, buffer: Buffer) -> str:
    name = safe_text(" ".join(buffer.name.split())) or _("empty")
    shown = Content(name).truncate(_LONGEST, ellipsis=True).plain
    return f"{number} {shown}{' *' if buffer.is_unsaved else ''}"
