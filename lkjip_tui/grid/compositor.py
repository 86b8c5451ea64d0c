"""Draws a screen sparingly: nothing that others cover, and no line that becomes garbage.

Textual has every widget beneath a part of the screen draw its lines, and keeps those of the
foremost. Most are containers that show nothing of themselves; they took nine tenths of a frame in
which the cursor moves. And it has each line that nothing cuts remember itself as its only part: so
all that is drawn, a hundred objects a key, goes only when the collector of garbage has looked
through the whole program, for which the screen stands still.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Shown:
    """A widget of which something shows: its region, what that is clipped to, and what shows."""

    widget: Widget
    region: Region
    clip: Region
    parts: Sequence[Region]

    def clip_to(self, regions: Iterable[Region]) -> Region:
        """Return the lines on which it shows in some regions, as wide as it is clipped to.

        The library cuts lines at the edges of widgets, so whole lines are needed.
        """
        found = [part.intersection(each) for part in self.parts for each in regions]
        if not any(found):
            return Region()
        lines = Region.from_union([each for each in found if each])
        return Region(self.clip.x, lines.y, self.clip.width, lines.height)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that does not remember itself, of which the library asks its parts alone."""

    strip: Strip

    def divide(self, cuts: Sequence[int]) -> Sequence[Strip]:
        """Return the parts that end at some cells; a cell behind the line ends none."""
        is_whole = cuts[:1] == [self.strip.cell_length]
        return [self.strip] if is_whole else self.strip.divide(cuts)


class SparingCompositor(Compositor):
    """A screen's compositor; it must be put into the screen before that is laid out."""

    def __init__(self) -> None:
        super().__init__()
        self._of: Mapping[Widget, tuple[Region, Region]] = {}
        self._showing: Sequence[Shown] = ()
        self._wanted: Sequence[Region] = ()

    def conceal(self, widget: Widget) -> None:
        """Draw what lies beneath a widget from the next frame on, and not the widget.

        It holds until the screen is laid out anew, which takes longer than a frame.
        """
        placed = self.visible_widgets
        for part in widget.walk_children(Widget, with_self=True):
            if part in placed:
                region, clip = placed.pop(part)
                self._dirty_regions.add(region.intersection(clip))
        self._of = {}

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what has changed: of a widget between two such parts nothing is drawn."""
        self._wanted = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._wanted = ()

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Yield the lines of each widget of which something shows in a part of the screen."""
        whole = self.size.region
        if self._of is not self.visible_widgets:
            self._of = self.visible_widgets
            self._showing = uncovered(self._of, whole)
        wanted = self._wanted or [crop or whole]
        for shown in self._showing:
            if clip := shown.clip_to(wanted):
                crop_of_it = shown.region.intersection(clip).translate(-shown.region.offset)
                lines = shown.widget.render_lines(crop_of_it)
                yield shown.region, clip, cast("list[Strip]", list(map(_Line, lines)))


def conceal(widget: Widget) -> None:
    """Have a widget gone in the next frame, where its screen can do that."""
    compositor = widget.screen._compositor  # noqa: SLF001 - the library has no other way to it
    if isinstance(compositor, SparingCompositor):
        compositor.conceal(widget)


def draw(screen: Screen[Any]) -> None:
    """Draw what an act has changed at once, where the screen need not be laid out for it.

    The library first passes a message from each widget to the screen, and has the screen wake a
    timer.
    """
    # The library has no other way to it.
    compositor, dirty = screen._compositor, screen._dirty_widgets  # noqa: SLF001
    if isinstance(compositor, SparingCompositor) and not screen._layout_required:  # noqa: SLF001
        for widget in compositor.visible_widgets:
            if widget._layout_required or widget._scroll_required:  # noqa: SLF001
                return
            if widget._repaint_required:  # noqa: SLF001
                dirty.add(widget)
        for widget in dirty:
            widget._repaint_required = False  # noqa: SLF001
        screen._on_timer_update()  # noqa: SLF001


def uncovered(placed: Mapping[Widget, tuple[Region, Region]], screen: Region) -> Sequence[Shown]:
    """Return those of some widgets, the foremost first, that show on a screen."""
    free, found = [screen], []
    for widget, (region, clip) in placed.items():
        covered = region.intersection(clip)
        parts = [part for each in free if (part := covered.intersection(each))]
        if parts:
            found.append(Shown(widget, region, clip, parts))
            free = [rest for each in free for rest in _without(each, covered)]
    return found


def _without(whole: Region, hole: Region) -> Iterable[Region]:
    """Yield the parts of a region that lie outside another: above, below, left and right of it."""
    hole = whole.intersection(hole)
    if not hole:
        return [whole]
    beside = Region(whole.x, hole.y, whole.width, hole.height)
    parts = (
        Region(whole.x, whole.y, whole.width, hole.y - whole.y),
        Region(whole.x, hole.bottom, whole.width, whole.bottom - hole.bottom),
        Region(beside.x, beside.y, hole.x - beside.x, beside.height),
        Region(hole.right, beside.y, beside.right - hole.right, beside.height),
    )
    return [each for each in parts if each]
