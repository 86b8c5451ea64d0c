"""The cursor moves over any number of rows, and reads no more than it shows."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region

from lkjip_tui.grid import Grid
from lkjip_tui.grid.pages import KEPT_PAGES, PAGE_ROWS, Pages
from tests.grid.support import SIZES, GridApp, Ledger, press, press_at_once, table

MANY = 10_000_000
MOVES: dict[str, Callable[[int, int, int, int], tuple[int, int]]] = {
    "down": lambda row, column, _page, _rows: (row + 1, column),
    "up": lambda row, column, _page, _rows: (row - 1, column),
    "right": lambda row, column, _page, _rows: (row, column + 1),
    "left": lambda row, column, _page, _rows: (row, column - 1),
    "pagedown": lambda row, column, page, _rows: (row + page, column),
    "pageup": lambda row, column, page, _rows: (row - page, column),
    "home": lambda row, _column, _page, _rows: (row, 0),
    "end": lambda row, _column, _page, _rows: (row, 99),
    "ctrl+home": lambda _row, _column, _page, _rows: (0, 0),
    "ctrl+end": lambda _row, _column, _page, rows: (rows, 99),
    "ctrl+up": lambda _row, column, _page, _rows: (0, column),
    "ctrl+down": lambda _row, column, _page, rows: (rows, column),
    "ctrl+left": lambda row, _column, _page, _rows: (row, 0),
    "ctrl+right": lambda row, _column, _page, _rows: (row, 99),
}
WALK = [
    *("down", "right", "down", "pagedown", "pagedown", "up", "end", "home", "ctrl+down"),
    *("right", "pageup", "ctrl+right", "left", "ctrl+up", "down", "ctrl+left", "pagedown"),
    *("ctrl+end", "up", "up", "pageup", "ctrl+home", "up", "left", "down"),
]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("row_count", [1, 10, MANY])
async def test_each_key_goes_where_it_says_and_the_cursor_stays_in_view(
    row_count: int, size: tuple[int, int]
) -> None:
    """A key that goes astray, or a cursor out of sight, puts figures into the wrong cell."""
    app = GridApp(Ledger(row_count))
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        page = max(size[1] - 2, 1)
        row = column = 0
        for key in WALK:
            row, column = MOVES[key](row, column, page, row_count)
            row, column = min(max(row, 0), row_count - 1), min(max(column, 0), 3)
            await press(app, pilot, key)
            assert app.cursor == (row, column), key
            seen = app.grid.cell_region(row, column)
            assert seen, f"after {key} the cursor is out of view"
            assert app.grid.size.region.contains_region(seen)
            if not column:
                shown = f"Baris {row}"[:8]
                assert any(shown in line for line in app.screen_lines()), key


async def test_a_move_reads_as_little_over_ten_million_rows_as_over_ten() -> None:
    """The grid would become slower with every row, and a great table unusable."""
    app = GridApp(model := Ledger(MANY))
    async with app.run_test(size=(160, 45), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        for key in WALK * 2:
            model.read_counts.clear()
            await press(app, pilot, key)
            assert len(model.read_counts) <= 2, key
            assert sum(model.read_counts) <= 2 * PAGE_ROWS, key


async def test_opening_reads_the_first_pages_only() -> None:
    """A great table would take seconds to open."""
    app = GridApp(model := Ledger(MANY))
    async with app.run_test(size=(160, 45), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        assert sum(model.read_counts) <= 4 * PAGE_ROWS


def drawn_regions(grid: Grid) -> list[Region]:
    """Return a list of what is drawn again from now on; all of the grid counts as a region."""
    drawn: list[Region] = []
    refresh = grid.refresh

    def noting(*regions: Region, **options: bool) -> Grid:
        drawn.extend(regions or [grid.region])
        return refresh(*regions, **options)

    grid.refresh = noting  # type: ignore[method-assign]
    return drawn


async def test_moving_on_the_screen_draws_two_lines() -> None:
    """Every arrow key would draw the whole screen, which is felt over a slow line."""
    app = GridApp(Ledger(100))
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        drawn = drawn_regions(app.grid)
        await pilot.press("down")
        assert [region.height for region in drawn] == [1, 1]
        assert [region.y for region in drawn] == [1, 2]


async def test_each_move_is_told_once_and_none_at_the_edge() -> None:
    """The detail beside the grid would tell of another cell than the cursor's."""
    app = GridApp(Ledger(2))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        followed: list[tuple[int, int]] = []
        app.grid.follower = lambda row, column: followed.append((row, column))
        await pilot.press("up", "down", "down", "right")
        told = [
            (message.row, message.column)
            for message in app.told
            if isinstance(message, Grid.CursorMoved)
        ]
        assert told == followed == [(1, 0), (1, 1)]


async def test_rows_read_again_keep_the_cursor_and_show_what_is_new() -> None:
    """After an edit the cursor would jump away, or the old figure would stay."""
    model = Ledger(50)
    app = GridApp(model)
    async with app.run_test(size=(60, 10), notifications=True, tooltips=True) as pilot:
        await pilot.press("ctrl+end")
        app.told.clear()
        model.row_count = 45
        app.grid.refresh_rows()
        await pilot.pause()
        assert app.cursor == (44, 3)
        assert len(app.told_of(Grid.CursorMoved)) == 1
        assert "Baris 44" in app.screen_lines()[-1]
        model.row_count = 0
        app.grid.refresh_rows()
        await pilot.press("down", "right", "ctrl+end", "pagedown", "f2", "x")
        assert app.cursor == (0, 3)
        assert not app.told_of(Grid.EditRequested)


async def test_single_rows_are_read_and_drawn_again_alone() -> None:
    """Every figure typed would draw the whole screen anew."""
    model = Ledger(50)
    app = GridApp(model)
    async with app.run_test(size=(60, 10), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        model.factor = 1000
        model.read_counts.clear()
        app.grid.refresh_rows([2])
        await pilot.pause()
        lines = app.screen_lines()
        assert "2000" in lines[3]
        assert "3000" in lines[4]  # what a row leaves out rests on the one above
        assert "1000" not in lines[2]
        assert sum(model.read_counts) == 2


async def test_the_focus_moves_without_drawing_every_row() -> None:
    """A cell that is left would cost as much as a table that is opened."""
    app = GridApp(Ledger(100))
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        drawn = drawn_regions(app.grid)
        styles = app.grid._ink("cursor")  # noqa: SLF001 - how it looks
        await pilot.press("f2")
        assert app.grid._ink("cursor") != styles  # noqa: SLF001 - likewise
        await pilot.press("escape")
        assert app.grid._ink("cursor") == styles  # noqa: SLF001 - likewise
        assert drawn
        assert {region.height for region in drawn} == {1}


async def test_another_model_is_shown_from_the_cursor_given() -> None:
    """A sheet come back to would begin at its first row again."""
    app = GridApp(Ledger(MANY))
    async with app.run_test(size=(60, 10), notifications=True, tooltips=True) as pilot:
        await pilot.press("ctrl+end")
        app.grid.show(Ledger(200), cursor=(150, 2))
        await pilot.pause()
        assert app.cursor == (150, 2)
        assert "Baris 150" in app.screen_text()
        assert "Baris 151" in app.screen_text()
        assert "Baris 149" in app.screen_text()
        app.grid.show(Ledger(3))
        await pilot.pause()
        assert "Baris 0" in app.screen_lines()[1]


async def test_an_empty_table_says_so_and_bears_every_key() -> None:
    """An empty sheet would look broken, or end the program."""
    app = GridApp(Ledger(0), empty="nothing here; Ins makes a row [/]")
    async with app.run_test(size=(60, 10), notifications=True, tooltips=True) as pilot:
        await pilot.press(*MOVES, "f2", "enter", "x")
        assert "nothing here; Ins makes a row [/]" in app.screen_lines()[1]
        app.grid.show(table(columns=[]))
        await pilot.press(*MOVES, "f2")


async def test_a_grid_that_does_not_type_leaves_characters_to_the_application() -> None:
    """The letter that accepts a finding would open an editor instead."""
    app = GridApp(Ledger(5))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        app.grid.typing = False
        await pilot.press("a")
        assert not app.told_of(Grid.EditRequested)
        app.grid.typing = True
        await pilot.press("alt+a", "ctrl+t")
        assert not app.told_of(Grid.EditRequested)


async def test_keys_of_one_batch_act_in_the_order_they_were_pressed() -> None:
    """Over a slow line "down, 5" would write the 5 into the row above the one meant."""
    app = GridApp(Ledger(20))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press_at_once(app, pilot, "down", "delete", "down", "delete", "down", "end")
        assert app.notes == [("delete", 1, 0), ("delete", 2, 0)]
        assert app.cursor == (3, 3)


async def test_keys_that_the_user_binds_anew_replace_the_old_ones() -> None:
    """A user's own keys would not work in the grid, or the old ones would still move."""
    app = GridApp(Ledger(20))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await pilot.press("down", "j")
        assert app.editor.is_open
        await pilot.press("escape")
        app.set_keymap({"grid.cursor_down": "j"})
        await pilot.pause()
        await pilot.press("j", "down", "j")
        assert app.cursor == (3, 0)


@given(st.data(), st.integers(0, 40 * PAGE_ROWS))
def test_pages_give_every_row_and_keep_few(data: st.DataObject, row_count: int) -> None:
    """A wrong page shows one row's figures beside another's name; endless ones fill the memory."""
    pages = Pages(model := Ledger(row_count))
    for _ in range(20):
        index = data.draw(st.integers(-5, row_count + 5))
        row = pages.row(index)
        if 0 <= index < row_count:
            assert row is not None
            assert row.cells[0].text == f"Baris {index}"
        else:
            assert row is None
    assert len(pages._kept) <= KEPT_PAGES  # noqa: SLF001 - the bound is the promise
    assert max(model.read_counts, default=0) <= PAGE_ROWS
