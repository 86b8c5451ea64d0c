"""Cells are chosen by keys and by the mouse, and columns drawn wider."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.pilot import Pilot

from lkjip_tui.grid import Block, Grid
from lkjip_tui.grid.cursor import Cursor, Whole
from lkjip_tui.grid.paint import CHOSEN
from tests.grid.support import GridApp, Ledger, press
from tests.grid.test_cursor import drawn_regions

PLACES = st.tuples(st.integers(-2, 12), st.integers(-2, 8))
STEPS = st.lists(st.tuples(PLACES, st.booleans()), max_size=12)
LEFT, TOP, BOTTOM = CHOSEN[0], 1, 9


@given(
    st.integers(1, 10), st.integers(1, 6), STEPS, st.sampled_from(["", "rows", "columns", "all"])
)
def test_a_block_reaches_from_where_shift_was_first_held_to_the_cursor(
    row_count: int, column_count: int, steps: list[tuple[tuple[int, int], bool]], whole: Whole
) -> None:
    """Another cell than the ones that are shown as chosen would be cleared or filled."""
    cursor, here, begun = Cursor(), (0, 0), (0, 0)
    for place, extend in steps:
        cursor = cursor.to(*place, extend=extend).within(row_count, column_count)
        here = min(max(place[0], 0), row_count - 1), min(max(place[1], 0), column_count - 1)
        begun = begun if extend else here
        assert cursor.place == here
    chosen = cursor.choose(whole)
    rows, columns = sorted((begun[0], here[0])), sorted((begun[1], here[1]))
    assert chosen.block(row_count, column_count) == Block(
        range(row_count) if whole in ("columns", "all") else range(rows[0], rows[1] + 1),
        range(column_count) if whole in ("rows", "all") else range(columns[0], columns[1] + 1),
    )
    assert chosen.place == here
    assert chosen.to(*here).block(row_count, column_count).count == 1
    assert chosen.block(0, column_count).count == 0


def ends(app: GridApp) -> list[str]:
    """Return the lines in which a chosen block begins."""
    return [line for line in app.screen_lines() if LEFT in line]


async def test_keys_choose_from_the_cursor_on_and_a_plain_move_leaves() -> None:
    """Cells out of the user's mind would be cleared with those that are meant."""
    app = GridApp(Ledger(100))
    async with app.run_test(size=(60, 10), notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "down", "right", "shift+down", "shift+right")
        assert app.grid.block == Block(range(1, 3), range(1, 3))
        assert len(ends(app)) == 2
        assert all(line.index(LEFT) < line.index(CHOSEN[1]) for line in ends(app))
        await press(app, pilot, "shift+pagedown", "shift+up", "shift+home")
        assert app.grid.block.rows.start == 1
        assert app.grid.block.columns == range(2)
        await press(app, pilot, "alt+k")
        assert app.grid.block == Block(range(100), range(2))
        await press(app, pilot, "escape")
        assert not app.grid.has_block
        assert not ends(app)
        await press(app, pilot, "ctrl+home", "ctrl+shift+end", "alt+r")
        assert app.grid.block.count == 400
        await press(app, pilot, "up")
        assert app.grid.block == Block(range(98, 99), range(3, 4))
        await press(app, pilot, "ctrl+a")
        assert app.grid.block.count == 400
        assert app.cursor == (98, 3)
        await press(app, pilot, "tab")
        assert app.grid.block.count == 1


async def test_choosing_one_row_more_draws_that_row_alone() -> None:
    """Each key of a long choice would draw the whole screen."""
    app = GridApp(Ledger(100))
    async with app.run_test(size=(60, 20), notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "shift+down", "shift+down", "shift+down")
        drawn = drawn_regions(app.grid)
        await press(app, pilot, "shift+down")
        assert {region.y for region in drawn} == {4, 5}
        assert {region.height for region in drawn} == {1}


async def drag(pilot: Pilot[None], *places: tuple[int, int], shift: bool = False) -> None:
    """Press the mouse at the first place of the screen, draw it over the others and let go."""
    grid = pilot.app.query_one(Grid)

    async def send(kind: type[events.MouseEvent], place: tuple[int, int], button: int) -> None:
        x, y = place
        options: dict[str, Any] = dict.fromkeys(("meta", "ctrl"), False)
        event = kind(
            grid, x, y, 0, 0, button, shift=shift, screen_x=x, screen_y=y, **options
        )  # fmt: skip
        pilot.app.screen._forward_event(event)  # noqa: SLF001 - as the terminal's mouse comes
        await pilot.pause()

    await send(events.MouseDown, places[0], 1)
    for place in places[1:]:
        await send(events.MouseMove, place, 1)
    await send(events.MouseUp, places[-1], 1)


async def test_the_mouse_chooses_what_it_is_drawn_over_and_scrolls_at_the_edges() -> None:
    """Cells that are out of view could not be chosen, or others would be."""
    app = GridApp(Ledger(100, column_count=12), frozen=1)
    async with app.run_test(size=(60, 10), notifications=True, tooltips=True) as pilot:
        x = app.grid.cell_region(0, 2).x + 1
        await drag(pilot, (x, 2), (x, 3), (app.grid.cell_region(0, 3).x, 4))
        assert app.grid.block == Block(range(1, 4), range(2, 4))
        await drag(pilot, (x, 7), shift=True)
        assert app.grid.block == Block(range(1, 7), range(2, 3))
        await drag(pilot, (x, 5))
        assert app.grid.block == Block(range(4, 5), range(2, 3))
        await drag(pilot, (x, 5), *[(x, BOTTOM + 1)] * 5)
        assert app.grid.block == Block(range(4, 14), range(2, 3))
        assert app.grid.rows_in_view.stop == 14
        await drag(pilot, (x, 5), *[(x, 0)] * 3)
        assert app.grid.block.rows == range(6 - 4, 10)
        seen = app.grid.cell_region(3, 4)
        await drag(pilot, (seen.x, TOP), *[(60, TOP)] * 4)
        assert app.grid.block.columns.stop >= 8
        await drag(pilot, (seen.x, TOP), (-1, TOP))
        assert app.grid.block.columns.start == 0
        assert len(app.grid.block.rows) == 1


async def test_a_column_s_edge_is_drawn_and_its_heading_clicked() -> None:
    """Drawing a column wider would sort by it, or a click make it narrow."""
    app = GridApp(Ledger(5))

    def resized() -> list[tuple[int, int | None]]:
        told = app.told_of(Grid.ColumnResized)
        return [(it.column, it.width) for it in told if isinstance(it, Grid.ColumnResized)]

    async with app.run_test(size=(60, 10), notifications=True, tooltips=True) as pilot:
        region, width = app.grid.cell_region(0, 1), app.grid.width_of(1)
        edge = region.right - 1
        await drag(pilot, (edge, 0), (edge + 3, 0), (edge + 5, 2), (0, 0))
        assert resized() == [(1, width + 3), (1, width + 5), (1, 1)]
        assert not app.told_of(Grid.HeadingClicked)
        await pilot.click(Grid, offset=(edge, 0), times=2)
        assert resized()[-1] == (1, None)
        assert not app.told_of(Grid.HeadingClicked)
        await pilot.click(Grid, offset=(region.x + 1, 0), shift=True)
        await pilot.click(Grid, offset=(region.x + 1, 0), button=3)
        await pilot.click(Grid, offset=(region.x + 1, 2), button=3, times=2)
        assert not app.told_of(Grid.EditRequested)
        (clicked,) = app.told_of(Grid.HeadingClicked)
        assert isinstance(clicked, Grid.HeadingClicked)
        assert (clicked.column, clicked.also) == (1, True)
        app.grid.move_to(0, 2)
        app.grid.ask_wider(2)
        await pilot.pause()
        assert resized()[-1] == (2, app.grid.width_of(2) + 2)
