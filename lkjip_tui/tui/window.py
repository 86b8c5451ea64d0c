"""What every dialog is: a window before the screen that it was opened on, which is seen dimmed.

The library draws what is dimmed as it draws any text, which takes as long as the rest of a dialog.
"""

import asyncio
from functools import lru_cache
from typing import Any, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.events import Resize
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.strip import Strip

from lkjip_tui.grid import SparingCompositor, finished

_Result = TypeVar("_Result")


class Window(ModalScreen[_Result]):
    """A dialog that gives a result."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()

    async def on_screen_resume(self) -> None:
        """Let others have their turn between what is composed and what is drawn."""
        await asyncio.sleep(0)

    async def _on_resize(self, event: Resize) -> None:
        """Lay nothing out twice, as the library does when a dialog opens."""
        if all(each.outer_size == event.size for each in (self, *self.app._background_screens)):  # noqa: SLF001
            event.stop()
            event.prevent_default()

    @property
    def _beneath(self) -> Screen[Any] | None:
        stack = self.app.screen_stack
        at = stack.index(self) if self in stack else 0
        return stack[at - 1] if at else None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines of the screen beneath, dimmed."""
        if (beneath := self._beneath) is None:
            return super().render_lines(crop)
        own, tint, width = self.rich_style, self.styles.background, self.size.width
        strips = beneath._compositor.render_strips()[crop.y : crop.bottom]  # noqa: SLF001 - as the library
        lines = [_dimmed(strip, own, tint).adjust_cell_length(width) for strip in strips]
        lines += [Strip.blank(width)] * (crop.height - len(lines))  # it is being resized
        return finished(self, lines, crop)


def _dimmed(strip: Strip, own: Style, tint: Color) -> Strip:
    null = Style.null()
    return Strip(
        [Segment(text, _dimmed_style(style or null, own, tint)) for text, style, _how in strip],
        strip.cell_length,
    )


@lru_cache(maxsize=2048)
def _dimmed_style(style: Style, own: Style, tint: Color) -> Style:
    """Return a style in dimmed colours on the dialog's own, without what a click would do."""
    color, background = (
        None if each is None else (Color.from_rich_color(each) + tint).rich_color
        for each in (style.color, style.bgcolor)
    )
    return own + style.clear_meta_and_links() + Style.from_color(color, background)
