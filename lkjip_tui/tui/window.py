"""What every dialog is: a window before the screen that it was opened on, which is seen dimmed.

The library draws what is dimmed as it draws any text, which takes as long as the rest of a dialog,
and lays a dialog that opens out twice.
"""

import asyncio
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.containers import VerticalScroll
from textual.events import Resize, ScreenResume
from textual.geometry import Region, Size
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget

from lkjip_tui.grid import SparingCompositor, finished

_Result = TypeVar("_Result")

#: Seconds in which a frame is drawn, if it ever is.
_A_FRAME: Final = 0.2
#: The lines from which on a dialog has a class.
_HEIGHTS: Final = [(0, "-low"), (12, "-high")]


class Window(ModalScreen[_Result]):
    """A dialog that gives a result; it has the class `-low` where the screen has few lines."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()
        self.VERTICAL_BREAKPOINTS = _HEIGHTS

    async def on_screen_resume(self, event: ScreenResume) -> None:
        """Give way to others between what is composed, styled and drawn.

        The library styles and draws in one turn, finds out only then how high the screen is, and
        styles all of it a second time.
        """
        await _give_way()
        if event.refresh_styles:  # it opens
            event.refresh_styles = False
            classes = self._get_breakpoint_classes(self.app.size.height, _HEIGHTS)
            self.add_class(*classes, update=False)
            self.update_node_styles(animate=False)
            await _give_way()

    async def _on_resize(self, _event: Resize) -> None:
        """Give way to others between what is drawn and what is laid out beneath it."""
        await _give_way()

    def _screen_resized(self, size: Size) -> None:
        """Lay out what has another size: the library does it twice for what was just opened."""
        if self.outer_size != size:
            super()._screen_resized(size)

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


class Scrolled(VerticalScroll):
    """What may be longer than its dialog.

    The library goes on from where it stands, and loses the keys that come while it is on its way.
    """

    def scroll_to(self, *place: Any, **how: Any) -> None:  # noqa: ANN401 - as the library's
        """Be there at once."""
        super().scroll_to(*place, **{**how, "animate": False, "immediate": True})

    def action_scroll_end(self) -> None:
        """Go to the end."""
        self.scroll_to(y=self.max_scroll_y)


async def until_drawn(widget: Widget) -> None:
    """Wait for what is to be drawn now, so that what begins then does not slow that frame.

    Not for ever: nobody tells when the dialog that it was said to goes before it was drawn.
    """
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(widget.wait_for_refresh(), _A_FRAME)


async def _give_way() -> None:
    """Let the loop turn: once for what waits already, and once for what came due meanwhile."""
    for _turn in range(2):
        await asyncio.sleep(0)


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
