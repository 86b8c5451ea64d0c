"""What the grid shows: every text as it stands, in its column, with its signs."""

import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual import events

from lkjip_tui.grid import Grid, GridCell, GridColumn, GridRow
from lkjip_tui.grid.model import Fold, Mark
from tests.grid.support import HOSTILE, MOST_SIZES_SLOW, GridApp, Ledger, Table, press, table


@pytest.mark.slow
@pytest.mark.parametrize("size", MOST_SIZES_SLOW)
async def test_every_text_is_shown_and_runs_nothing(size: tuple[int, int]) -> None:
    """A name in brackets would vanish, end the program, or be a button."""
    app = GridApp(table(["first"]))
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        for text in HOSTILE:
            name = ascii(text)[:24]
            columns = [
                GridColumn("a", text, group=text, computed=True),
                GridColumn("b", text, right=True),
            ]
            app.grid.show(table(columns=columns), empty=text)
            await pilot.pause()
            assert all(line.isprintable() for line in app.screen_lines()), name
            app.grid.show(table([text, text], [text, "ok"], columns=columns), empty=text)
            await pilot.pause()
            lines = app.screen_lines()
            assert all(cell_len(line) == size[0] for line in lines), name
            assert all(line.isprintable() for line in lines), name
            begin = text[:3] if text.isprintable() else ""
            assert begin in lines[1], name
            assert begin in lines[2], name
            for segment in drawn(app):
                assert not (segment.style and segment.style.meta), f"{name} must not be clickable"
            await pilot.click(Grid, offset=(3, 2))
            await press(app, pilot, "f2", "escape", "right", "f2", "escape")
            assert app.is_running, name


def drawn(app: GridApp) -> list[Segment]:
    """Return the segments of the grid's lines."""
    grid = app.grid
    return [segment for y in range(grid.size.height) for segment in grid.render_line(y)]


async def test_wide_characters_keep_the_columns_aligned() -> None:
    """A Japanese or Chinese name would push every figure behind it out of its column."""
    app = GridApp(table(["漢字かな", "1|"], ["kana", "2|"], ["漢" * 99, "3|"]))
    async with app.run_test(size=(40, 8), notifications=True, tooltips=True):
        lines = [line for line in app.screen_lines() if "|" in line]
        assert len(lines) == 3
        assert len({cell_len(line[: line.index("|")]) for line in lines}) == 1
        assert "…" in lines[2]


async def test_a_long_text_is_cut_and_further_lines_are_told() -> None:
    """A text that goes on would look as if it ended."""
    columns = [GridColumn("a", "A", width=6), GridColumn("b", "B")]
    row = GridRow([GridCell("abcdefghij"), GridCell("first", more=True)])
    both = GridRow([GridCell("abcdefghij", more=True), GridCell("x")])
    app = GridApp(Table(columns, [row, both]))
    async with app.run_test(size=(40, 6), notifications=True, tooltips=True):
        lines = app.screen_lines()
        assert lines[1].startswith(" abcde… ")
        assert "first⏎" in lines[1]
        assert lines[2].startswith(" abcd…⏎ ")


@pytest.mark.parametrize(
    ("mark", "sign"), [("error", "●"), ("warning", "▲"), ("waiting", "✎"), ("computed", "ƒ")]
)
async def test_marks_have_signs_and_take_no_room(mark: Mark, sign: str) -> None:
    """Without colours nobody would see which figure is wrong."""
    column = GridColumn("a", "A", right=True, width=5)
    rows = [GridRow([GridCell("12345", mark=mark)]), GridRow([GridCell("12345")])]
    app = GridApp(Table([column], rows))
    async with app.run_test(size=(20, 5), notifications=True, tooltips=True):
        assert app.screen_lines()[1].startswith(f"{sign}12345")
        assert app.screen_lines()[2].startswith(" 12345")


async def test_computed_columns_bear_the_sign_and_numbers_stand_at_the_right() -> None:
    """The user would try to type into a formula, or misread a figure's size."""
    columns = [GridColumn("a", "A"), GridColumn("b", "Selisih", right=True, computed=True)]
    app = GridApp(table(["x", "1"], ["y", "1000"], columns=columns))
    async with app.run_test(size=(30, 6), notifications=True, tooltips=True):
        heading, first, second, *_ = app.screen_lines()
        end = heading.rindex("ƒ")
        assert "Selisih ƒ" in heading
        assert first.rindex("1") == second.rindex("0") == end


async def test_groups_span_their_columns_and_stay_above_them() -> None:
    """Two columns called "Target" could not be told apart."""
    columns = [
        GridColumn("a", "No"),
        GridColumn("b", "Target", group="Kinerja", width=10),
        GridColumn("c", "Capaian", group="Kinerja", width=10),
        GridColumn("d", "Target", group="Anggaran", width=10),
    ]
    app = GridApp(table(*[["1", "2", "3", "4"]] * 50, columns=columns))
    async with app.run_test(size=(60, 10), notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "ctrl+end")
        groups, headings, *_ = app.screen_lines()
        left, right = headings.index("Target"), headings.index("Capaian") + len("Capaian")
        assert left <= groups.index("Kinerja") <= right
        assert "─" in groups
        assert groups.index("Anggaran") >= headings.rindex("Target") - 1
        assert app.grid.cell_region(49, 0).y == 9


async def test_headings_without_groups_take_one_line() -> None:
    """A line of the screen would be lost for nothing."""
    app = GridApp(table(["x"]))
    async with app.run_test(size=(20, 5), notifications=True, tooltips=True):
        assert "x" in app.screen_lines()[1]


def tree() -> Table:
    """Return a small tree with a total."""
    columns = [GridColumn("no", "No", tree=True), GridColumn("name", "Uraian")]
    branches: list[tuple[int, Fold, str]] = [
        (1, "open", "I"),
        (2, "closed", "1"),
        (3, "", "a"),
        (0, "", "Jumlah"),
    ]
    return Table(
        columns,
        [
            GridRow([GridCell(no), GridCell("x")], level=level, fold=fold, strong=level < 2)
            for level, fold, no in branches
        ],
    )


async def test_a_tree_is_indented_and_shows_what_can_be_folded() -> None:
    """Programs, kegiatan and sub kegiatan would look alike."""
    app = GridApp(tree())
    async with app.run_test(size=(40, 8), notifications=True, tooltips=True):
        _, *rows = app.screen_lines()
        assert rows[0].startswith(" ▾ I")
        assert rows[1].startswith("  ▸ 1")
        assert rows[2].startswith("     a")
        assert rows[3].startswith("   Jumlah")


async def test_a_click_on_the_fold_sign_folds_and_elsewhere_only_moves() -> None:
    """The mouse could not fold, or would fold at every click."""
    app = GridApp(tree())
    async with app.run_test(size=(40, 8), notifications=True, tooltips=True) as pilot:
        await pilot.click(Grid, offset=(2, 2))
        await pilot.click(Grid, offset=(12, 1))
        await pilot.click(Grid, offset=(5, 3))
        folds = app.told_of(Grid.FoldToggled)
        assert [fold.row for fold in folds if isinstance(fold, Grid.FoldToggled)] == [1]
        assert app.cursor == (2, 0)


async def test_clicks_on_headings_and_cells_are_told() -> None:
    """Sorting by a click, and editing by two, would not work."""
    app = GridApp(Ledger(5))
    async with app.run_test(size=(60, 10), notifications=True, tooltips=True) as pilot:
        x = app.grid.cell_region(0, 2).x + 1
        await pilot.click(Grid, offset=(x, 0))
        heading = app.told_of(Grid.HeadingClicked)[0]
        assert isinstance(heading, Grid.HeadingClicked)
        assert heading.column == 2
        await pilot.click(Grid, offset=(x, 3), times=2)
        assert app.cursor == (2, 2)
        asked = app.told_of(Grid.EditRequested)[0]
        assert isinstance(asked, Grid.EditRequested)
        assert (asked.row, asked.column, asked.text) == (2, 2, None)
        await press(app, pilot, "escape")
        await pilot.click(Grid, offset=(x, 9))
        assert app.cursor == (2, 2)


async def test_the_mouse_wheel_scrolls_and_the_cursor_stays() -> None:
    """Looking around would lose the place."""
    app = GridApp(Ledger(500))
    async with app.run_test(size=(60, 10), notifications=True, tooltips=True) as pilot:
        for _ in range(5):
            app.grid.post_message(
                events.MouseScrollDown(app.grid, 5, 5, 0, 0, 0, False, False, False)  # noqa: FBT003
            )
        await pilot.pause()
        assert app.cursor == (0, 0)
        assert "Baris 0" not in app.screen_text()
        assert not app.grid.cell_region(0, 0)
        await press(app, pilot, "down")
        assert "Baris 1" in app.screen_text()


async def test_more_columns_to_the_side_are_told_and_frozen_ones_stay() -> None:
    """The user would not know whose figures they see."""
    app = GridApp(Ledger(30, column_count=12), frozen=1)
    async with app.run_test(size=(50, 10), notifications=True, tooltips=True) as pilot:
        assert "‹" not in app.screen_lines()[0]
        assert "›" in app.screen_lines()[0]
        await press(app, pilot, "end")
        lines = app.screen_lines()
        assert "‹" in lines[0]
        assert "›" not in lines[0]
        assert lines[1].startswith(" Baris 0")
        assert "Jumlah 11" in lines[0]
        await press(app, pilot, "left", "left")
        assert app.grid.cell_region(0, 9).width
        region = app.grid.cell_region(0, 0)
        assert region.x == 0
        assert region.width >= len(" Baris 29 ")


async def test_a_number_wider_than_those_before_widens_its_column() -> None:
    """The end of a great figure would be cut off, which is another figure."""
    rows = [GridRow([GridCell("x"), GridCell("1" if i < 900 else "123456789")]) for i in range(999)]
    columns = [GridColumn("a", "A"), GridColumn("b", "B", right=True)]
    app = GridApp(Table(columns, rows))
    async with app.run_test(size=(40, 10), notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "ctrl+end")
        assert "123456789" in app.screen_text()
        assert "…" not in app.screen_text()


async def test_a_text_widens_its_column_where_all_rows_show() -> None:
    """The first names of a new office would be cut off beside an empty screen."""
    rows = [GridRow([GridCell("x")])]
    model = Table([GridColumn("a", "A")], rows)
    app = GridApp(model)
    async with app.run_test(size=(40, 10), notifications=True, tooltips=True):
        rows[0] = GridRow([GridCell("Program Penunjang")])
        app.query_one(Grid).refresh_rows()
        assert "Program Penunjang" in app.screen_text()


async def test_a_figure_that_does_not_fit_is_left_out_whole() -> None:
    """4.349 would be read where 4.349.483.103 stands."""
    columns = [GridColumn(c, c, right=True, width=13) for c in "ABC"]
    app = GridApp(table(["4.349.483.103"] * 3, columns=columns))
    async with app.run_test(size=(38, 5), notifications=True, tooltips=True) as pilot:
        assert app.screen_lines()[1].split() == ["4.349.483.103", "4.349.483.103"]
        await press(app, pilot, "end")
        assert app.screen_lines()[1].split() == ["4.349.483.103", "4.349.483.103"]


async def test_a_figure_in_a_column_that_is_too_narrow_is_a_sign() -> None:
    """4.349 would be read where 4.349.483.103 stands."""
    app = GridApp(table(["4.349.483.103"], columns=[GridColumn("a", "A", right=True, width=9)]))
    async with app.run_test(size=(38, 5), notifications=True, tooltips=True):
        assert app.screen_lines()[1].split() == ["…"]


async def test_the_name_stays_beside_figures_that_need_scrolling() -> None:
    """At 80 columns nobody would know whose figures these are."""
    columns = [GridColumn("a", "Uraian"), *(GridColumn(c, c, right=True) for c in "BCDEF")]
    app = GridApp(table(["panjang sekali " * 4, *["4.349.483.103"] * 5], columns=columns), frozen=1)
    async with app.run_test(size=(58, 6), notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "end")
        line = app.screen_lines()[1]
        assert line.startswith(" panjang sek")
        assert line.split().count("4.349.483.103") == 2


async def test_a_narrow_screen_narrows_texts_before_it_hides_figures() -> None:
    """At 80 columns the figures would be out of sight behind a long name."""
    columns = [GridColumn("a", "Uraian"), GridColumn("b", "Pagu", right=True)]
    app = GridApp(table(["panjang sekali " * 4, "12.345"], columns=columns))
    async with app.run_test(size=(45, 6), notifications=True, tooltips=True) as pilot:
        assert "12.345" in app.screen_lines()[1]
        await pilot.resize_terminal(100, 6)
        await pilot.pause()
        assert "12.345" in app.screen_lines()[1]
        assert "…" not in app.screen_lines()[1]


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
async def test_the_cursor_is_seen_without_colours_and_differs_without_focus(
    theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With NO_COLOR, or while another pane has the keys, nobody would know where they are."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = GridApp(Ledger(5))
    async with app.run_test(size=(60, 10), notifications=True, tooltips=True) as pilot:
        app.theme = theme
        await press(app, pilot, "down", "right")

        def style_of_cursor() -> object:
            region = app.grid.cell_region(*app.cursor)
            strip = app.grid.render_line(region.y).crop(region.x, region.right)
            return next(iter(strip)).style

        focused = style_of_cursor()
        assert "reverse" in str(focused)
        app.set_focus(None)
        await pilot.pause()
        assert "underline" in str(style_of_cursor())
        assert "reverse" not in str(style_of_cursor())


async def test_a_theme_chosen_later_is_drawn_at_once() -> None:
    """Half of the screen would stay in the old colours."""
    app = GridApp(Ledger(50))
    async with app.run_test(size=(60, 10), notifications=True, tooltips=True) as pilot:
        before = str(next(iter(app.grid.render_line(5))).style)
        app.theme = "textual-light"
        await pilot.pause()
        assert str(next(iter(app.grid.render_line(5))).style) != before


async def test_a_border_that_an_application_gives_is_drawn() -> None:
    """The shorter way to the screen would leave a frame out."""
    app = GridApp(Ledger(5))
    async with app.run_test(size=(60, 10), notifications=True, tooltips=True) as pilot:
        app.grid.styles.border = ("round", "red")
        await pilot.pause()
        assert app.screen_lines()[0].startswith("╭")
        assert "Baris 0" in app.screen_lines()[2]


async def test_rows_that_come_short_are_blank() -> None:
    """Rows deleted by another meanwhile would end the program."""

    class Short(Ledger):
        def rows(self, start: int, stop: int) -> list[GridRow]:
            return list(super().rows(start, stop))[:3]

    app = GridApp(Short(100))
    async with app.run_test(size=(60, 10), notifications=True, tooltips=True) as pilot:
        assert "Baris 2" in app.screen_text()
        await press(app, pilot, "ctrl+end", "f2")
        await pilot.click(Grid, offset=(3, 5))


def test_no_colour_is_written_in_the_code() -> None:
    """A theme could not change it, and a light terminal would be unreadable."""
    sources = Path(__file__).parents[2] / "lkjip_tui" / "grid"
    for source in sources.glob("*.py"):
        assert not re.search(r"#[0-9a-f]{6}\b|rgb\(", source.read_text(encoding="utf-8"))
