"""The sparing compositor: draws what shows, and nothing that others cover."""

import gc
from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._compositor import Compositor, CompositorUpdate
from textual.app import App, ComposeResult
from textual.containers import Container, Horizontal
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from lkjip_tui.grid.compositor import SparingCompositor, conceal, draw, uncovered

_REGIONS = st.builds(
    Region, st.integers(0, 8), st.integers(0, 8), st.integers(0, 6), st.integers(0, 6)
)


def _cells(region: Region) -> set[tuple[int, int]]:
    return {(x, y) for x in range(region.x, region.right) for y in region.line_range}


@given(st.lists(st.tuples(_REGIONS, _REGIONS), max_size=6), _REGIONS)
def test_a_widget_shows_in_the_cells_that_nothing_before_it_covers(
    regions: Sequence[tuple[Region, Region]], screen: Region
) -> None:
    """A widget in part behind another would be blank where it shows."""
    placed = {Widget(): each for each in regions}
    seen: dict[Widget, set[tuple[int, int]]] = {}
    free = _cells(screen)
    for widget, (region, clip) in placed.items():
        if shows := free & _cells(region) & _cells(clip):
            seen[widget] = shows
        free -= _cells(region) & _cells(clip)
    found = uncovered(placed, screen)
    assert {each.widget: set().union(*map(_cells, each.parts)) for each in found} == seen
    assert [each.widget for each in found] == list(seen)


class Sparing(Screen[None]):
    """A screen with a widget over others, as an editor over its grid."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()

    def compose(self) -> ComposeResult:
        """Lay out the widgets."""
        with Horizontal():
            yield Static("left " * 40, id="left")
            with Container():
                yield Static("right " * 40)
        yield Static("above", id="over")


class _Drawn(App[None]):
    CSS = """
    Sparing { layers: below above; }
    Static { width: 20; }
    Container { height: 3; background: red; }
    #over { layer: above; dock: top; offset: 4 1; width: 9; height: 2; }
    """

    def get_default_screen(self) -> Screen[None]:
        """Return the screen."""
        return Sparing()


async def test_the_screen_is_the_one_that_textual_draws() -> None:
    """A line would show what stands beneath it, or nothing."""
    async with _Drawn().run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        usual = Compositor()
        usual.reflow(pilot.app.screen, pilot.app.size)
        sparing = pilot.app.screen._compositor  # noqa: SLF001 - it is what is tested
        assert isinstance(sparing, SparingCompositor)
        assert [strip.text for strip in sparing.render_strips()] == [
            strip.text for strip in usual.render_strips()
        ]
        assert any("above" in strip.text for strip in sparing.render_strips())


async def test_of_parts_that_changed_the_same_is_written_as_textual_writes() -> None:
    """What changed in several places at once would show in some of them alone."""
    async with _Drawn().run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        app, usual = pilot.app, Compositor()
        usual.reflow(app.screen, app.size)
        sparing = app.screen._compositor  # noqa: SLF001 - it is what is tested
        # None ends at the edge of a widget: there Textual writes a move to it, and nothing.
        regions = [
            Region(x, y, width, height)
            for x in (0, 3, 13, 30)
            for y in (0, 2, 4)
            for width in (1, 10)
            for height in (1, 5)
        ]
        for each in (usual, sparing):
            each.render_partial_update()  # what being laid out has left
        for changed in product(regions, regions):
            written = []
            for compositor in (usual, sparing):
                compositor._dirty_regions.update(changed)  # noqa: SLF001 - what a widget's change adds
                update = compositor.render_partial_update()
                assert update is not None
                written.append(update.render_segments(app.console))
            assert written[0] == written[1], changed


async def test_a_widget_between_what_changed_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scroll bar would be drawn at every key, beside the rows and what is said below them."""
    drawn: list[Widget] = []
    draw_lines = Static.render_lines

    def render_lines(widget: Static, crop: Region) -> list[Strip]:
        drawn.append(widget)
        return draw_lines(widget, crop)

    async with _Drawn().run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        sparing = pilot.app.screen._compositor  # noqa: SLF001 - it is what is tested
        sparing.render_partial_update()  # what being laid out has left
        monkeypatch.setattr(Static, "render_lines", render_lines)
        sparing._dirty_regions.update((Region(0, 0, 3, 1), Region(0, 9, 40, 1)))  # noqa: SLF001
        sparing.render_partial_update()
        assert drawn == [pilot.app.screen.query_one("#left")]


async def test_what_is_concealed_is_gone_in_the_next_frame_and_stays_gone() -> None:
    """The box of a cell would hide the figure that was typed into it, or come back."""
    async with _Drawn().run_test(size=(40, 10)) as pilot:
        screen = pilot.app.screen
        over = screen.query_one("#over")
        before = screen._compositor.render_strips()  # noqa: SLF001 - the drawn screen
        conceal(over)
        concealed = screen._compositor.render_strips()  # noqa: SLF001 - likewise
        assert "above" not in "".join(strip.text for strip in concealed)
        assert [strip.text for strip in concealed] != [strip.text for strip in before]
        over.display = False
        await pilot.pause()
        laid_out = screen._compositor.render_strips()  # noqa: SLF001 - likewise
        assert [strip.text for strip in laid_out] == [strip.text for strip in concealed]
        over.display = True
        await pilot.pause()
        again = screen._compositor.render_strips()  # noqa: SLF001 - likewise
        assert [strip.text for strip in again] == [strip.text for strip in before]


class _Recorded(_Drawn):
    """Keeps what goes to the terminal."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[str] = []

    def _display(self, _screen: Screen[Any], update: object) -> None:
        if isinstance(update, CompositorUpdate):
            self.frames.append(update.render_segments(self.console))


async def test_what_an_act_changes_is_drawn_before_any_message_passes() -> None:
    """Every key would wait for four messages and a timer until its cell is seen."""
    app = _Recorded()
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.pause()
        app.frames.clear()
        over = app.screen.query_one("#over", Static)
        over.update("changed", layout=False)
        draw(app.screen)
        assert ["changed" in frame for frame in app.frames] == [True]
        await pilot.pause()
        assert len(app.frames) == 1  # and not once more
        over.styles.width = 12
        draw(app.screen)
        assert len(app.frames) == 1  # what must be laid out waits for that


async def test_what_was_drawn_goes_without_the_collector_of_garbage() -> None:
    """The screen would stand still while that looks through the whole program."""
    async with _Drawn().run_test(size=(40, 6)) as pilot:
        await pilot.pause()
        screen, frames = pilot.app.screen, 50
        over = screen.query_one("#over", Static)

        def lines_drawn() -> int:
            for number in range(frames):
                over.update(str(number), layout=False)
                draw(screen)
            return sum(isinstance(each, Strip) for each in gc.get_objects())

        gc.collect()
        gc.disable()
        try:
            before = lines_drawn()
            assert lines_drawn() < before + frames
        finally:
            gc.enable()
