"""What every dialog is: a window before the screen that it was opened on, which is seen dimmed.

The library draws what is dimmed as it draws any text, which takes as long as the rest of a dialog,
and lays a dialog that opens out twice.
"""

import asyncio
from functools import lru_cache
from typing import Any, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.containers import VerticalScroll
from textual.events import ScreenResume
from textual.geometry import Region, Size
from textual.screen import ModalScreen, Screen
from textual.strip import Strip

from lkjip_tui.grid import SparingCompositor, finished

_Result = TypeVar("_Result")


class Window(ModalScreen[_Result]):
    """A dialog that gives a result; it has the class `-low` where few lines are left to it."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (12, "-high")]

    async def on_screen_resume(self, event: ScreenResume) -> None:
        """Give way to others between what is composed, styled and drawn.

        The library styles and draws in one turn, finds out only then how high the screen is, and
        styles all of it a second time.
        """
        await _give_way()
        heights = self.VERTICAL_BREAKPOINTS or []
        self.add_class(*self._get_breakpoint_classes(self.app.size.height, heights), update=False)
        self.update_node_styles(animate=False)
        event.refresh_styles = False
        await _give_way()

    async def on_resize(self) -> None:
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
