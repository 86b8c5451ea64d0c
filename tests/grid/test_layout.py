"""Widths and places of columns, for any texts, columns and screens."""

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from lkjip_tui.grid import GridCell, GridColumn, GridRow
from lkjip_tui.grid.layout import (
    NARROWEST,
    PAD,
    WIDEST,
    Layout,
    cell_text,
    fit,
    group_spans,
    measure,
    tame,
    widen,
)
from lkjip_tui.grid.paint import Painter

#: What terminals draw in different widths: joined and coloured faces, flags, keycaps, marks that
#: take room, letters of one syllable; and what is written from right to left.
UNEVEN = (
    *("👨\u200d👩\u200d👧", "👍🏽", "🇮🇩", "1\ufe0f\u20e3", "❤\ufe0f", "☰", "நி", "ᬅᬓ᭄"),
    *("\u1112\u1161\u11ab", "e\u0301", "\u0301", "بِسْمِ 12", "שלום", "\u202e", "a\u200bb"),
    *("a\tb\nc", "\u3000", "\u00a0", "漢"),
)
TEXTS = (
    st.text(st.characters(), max_size=80)
    | st.lists(st.sampled_from(UNEVEN), max_size=20).map("".join)
    | st.sampled_from(["[/]", "漢字" * 30, "\x1b[0m"])
)
COLUMNS = st.lists(
    st.builds(
        GridColumn,
        name=st.just("a"),
        heading=TEXTS,
        group=st.sampled_from(["", "Kinerja", "漢字", "[/]"]),
        right=st.booleans(),
        width=st.none() | st.integers(1, 80),
        computed=st.booleans(),
        tree=st.booleans(),
    ),
    max_size=12,
)
CELLS = st.builds(
    GridCell,
    text=TEXTS,
    null=st.booleans(),
    quiet=st.booleans(),
    more=st.booleans(),
    mark=st.sampled_from(["", "error", "warning", "waiting", "computed"]),
)
ROWS = st.builds(
    GridRow,
    cells=st.lists(CELLS, max_size=12),
    level=st.none() | st.integers(0, 4),
    fold=st.sampled_from(["", "open", "closed"]),
    strong=st.booleans(),
)
VIEWPORTS = st.integers(1, 200)


@given(TEXTS, st.integers(0, 60), st.booleans())
def test_a_fitted_text_takes_exactly_its_width(text: str, width: int, right: bool) -> None:  # noqa: FBT001
    """Every column behind a wide character would be out of line."""
    fitted = fit(text, width, right=right)
    assert cell_len(fitted) == width
    assert cell_len(tame(text)) > width or tame(text) in fitted


@given(CELLS, COLUMNS.filter(bool), ROWS, st.integers(1, 60))
def test_a_cell_takes_its_width_and_two_pads(
    cell: GridCell, columns: list[GridColumn], row: GridRow, width: int
) -> None:
    """Signs and indents would push the next column aside."""
    assert cell_len(cell_text(cell, columns[0], row, width)) == width + 2 * PAD


@given(TEXTS)
def test_a_tamed_text_drives_no_terminal_and_keeps_its_length(text: str) -> None:
    """A prepared text could clear the screen, and the caret would stand beside its place."""
    tamed = tame(text)
    assert len(tamed) == len(text)
    assert not set(tamed) & {chr(code) for code in (*range(32), *range(127, 160))}
    assert tame(tamed) == tamed


@given(TEXTS)
def test_no_character_of_a_tamed_text_changes_the_width_of_another(text: str) -> None:
    """A terminal that joins what another does not would push the columns behind aside."""
    assert cell_len(tame(text)) == sum(cell_len(char) for char in tame(text))


def test_what_can_be_read_is_left_to_be_read() -> None:
    """Names would be full of signs where every terminal draws them alike."""
    assert tame("é e\u0301 漢字 بِسْمِ שלום ที่ “½” –") == "é e\u0301 漢字 بِسْمِ שלום ที่ “½” –"
    assert tame("🇮🇩 a\tb\nc") == "ID a→b⏎c"


@given(COLUMNS, st.lists(ROWS, max_size=5), VIEWPORTS, st.integers(0, 3))
@example(  # two shall stay, and do only as long as the second is narrow
    [
        GridColumn("a", "", width=48),
        GridColumn("a", ""),
        GridColumn("a", "", width=23),
        GridColumn("a", "", width=47),
    ],
    [GridRow([GridCell(""), GridCell("0" * 18)])],
    143,
    2,
)
def test_columns_fill_the_screen_and_keep_the_widths_that_were_given(
    columns: list[GridColumn], rows: list[GridRow], viewport: int, frozen: int
) -> None:
    """A column that was set by hand would change with the screen."""
    wanted = measure(columns, rows)
    layout = Layout.place(columns, wanted, viewport, frozen)
    for column, width, asked in zip(columns, layout.widths, wanted, strict=True):
        assert width >= 1
        if column.width is not None:
            assert width == column.width
        else:
            assert asked <= WIDEST
    assert layout.total == sum(layout.widths) + 2 * PAD * len(columns)
    assert layout.frozen_width <= viewport // 2
    assert layout == Layout.place(columns, wanted, viewport, layout.frozen), "as if it were wanted"
    if any(column.width is None and not column.right for column in columns):
        assert layout.total >= min(viewport, sum(wanted) + 2 * PAD * len(columns))


@given(COLUMNS.filter(bool), VIEWPORTS, st.integers(0, 3), st.data())
def test_a_revealed_column_shows_and_a_click_on_it_finds_it(
    columns: list[GridColumn], viewport: int, frozen: int, data: st.DataObject
) -> None:
    """The cursor would leave the screen sideways, or a click go to the neighbour."""
    layout = Layout.place(columns, measure(columns, []), viewport, frozen)
    column = data.draw(st.integers(0, len(columns) - 1))
    before = data.draw(st.integers(0, layout.scroll_end(viewport)))
    scroll_x = layout.reveal(column, before, viewport)
    assert 0 <= scroll_x <= layout.scroll_end(viewport)
    assert scroll_x + layout.frozen_width in layout.lefts, "half a figure is another figure"
    x, width = layout.span(column, scroll_x)
    edge = 0 if column < layout.frozen else layout.frozen_width
    assert x >= edge
    if column >= layout.frozen and columns[column].width is None:
        # A figure is drawn whole or not at all.
        assert width <= max(viewport - layout.frozen_width, NARROWEST + 2 * PAD)
    assert x + width <= viewport or x == edge or column < layout.frozen
    if x < viewport:
        assert layout.column_at(x, scroll_x) == column


@given(COLUMNS, st.lists(ROWS, max_size=3), VIEWPORTS, st.integers(0, 3), st.data())
def test_every_line_is_as_wide_as_the_screen(
    columns: list[GridColumn],
    rows: list[GridRow],
    viewport: int,
    frozen: int,
    data: st.DataObject,
) -> None:
    """A line too long or too short would leave traces of the last one."""
    layout = Layout.place(columns, measure(columns, rows), viewport, frozen)
    scroll_x = data.draw(st.integers(0, layout.scroll_end(viewport)))
    painter = Painter(columns, layout, scroll_x, viewport, lambda *_names: Style())
    lines = [painter.row(row) for row in rows]
    lines += [painter.row(row, 0) for row in rows]
    lines += [
        painter.row(None),
        painter.headings(0),
        painter.groups(group_spans(columns, layout.frozen)),
        painter.remark("nothing here [/]"),
    ]
    for line in lines:
        assert line.cell_length == viewport
        assert cell_len(line.text) == viewport


@given(COLUMNS, st.integers(0, 4))
def test_groups_hold_neighbours_of_one_name_and_break_where_columns_are_frozen(
    columns: list[GridColumn], frozen: int
) -> None:
    """A group's name would stand over columns of another."""
    spans = group_spans(columns, frozen)
    covered = [index for span in spans for index in range(span.first, span.last + 1)]
    assert covered == [index for index, column in enumerate(columns) if column.group]
    for span in spans:
        assert {columns[i].group for i in range(span.first, span.last + 1)} == {span.name}
        assert not span.first < frozen <= span.last


def test_only_numbers_widen_their_column_later() -> None:
    """Texts would make the columns jump while one reads on."""
    columns = [GridColumn("a", "A"), GridColumn("b", "B", right=True)]
    rows = [GridRow([GridCell("x" * 20), GridCell("1" * 20)])]
    widths = measure(columns, [])
    assert widen(widths, columns, rows, numbers_only=True)
    assert widths == [3, 20]
    assert not widen(widths, columns, rows, numbers_only=True)
