"""A table with a cell cursor that reads only the rows it shows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from lkjip_tui.grid.keys import typed
from lkjip_tui.grid.layout import PAD, Layout, group_spans, measure, tree_prefix, widen
from lkjip_tui.grid.model import GridModel, GridRow, NoRows
from lkjip_tui.grid.pages import PAGE_ROWS, Pages
from lkjip_tui.grid.paint import Painter

MEASURED_ROWS = 3 * PAGE_ROWS
KEPT_STRIPS = 512


@dataclass
class GridMessage(Message):
    """Something that happened in a grid."""

    grid: "Grid"

    @property
    def control(self) -> "Grid":
        """The grid, for handlers that select by it."""
        return self.grid


class Grid(ScrollView, can_focus=True, inherit_bindings=False):
    """Show a model's rows and let a cursor move over its cells.

    The headings stay at the top; only lines that change are drawn again. With `typing` off,
    printable keys are left to the application.
    """

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", show=False, id="grid.cursor_up"),
        Binding("down", "cursor_down", show=False, id="grid.cursor_down"),
        Binding("left", "cursor_left", show=False, id="grid.cursor_left"),
        Binding("right", "cursor_right", show=False, id="grid.cursor_right"),
        Binding("pageup", "page_up", show=False, id="grid.page_up"),
        Binding("pagedown", "page_down", show=False, id="grid.page_down"),
        Binding("home", "row_start", show=False, id="grid.row_start"),
        Binding("end", "row_end", show=False, id="grid.row_end"),
        Binding("ctrl+home", "first", show=False, id="grid.first"),
        Binding("ctrl+end", "last", show=False, id="grid.last"),
        Binding("ctrl+up", "edge_up", show=False, id="grid.edge_up"),
        Binding("ctrl+down", "edge_down", show=False, id="grid.edge_down"),
        Binding("ctrl+left", "edge_left", show=False, id="grid.edge_left"),
        Binding("ctrl+right", "edge_right", show=False, id="grid.edge_right"),
        Binding("tab", "next_cell", show=False, id="grid.next_cell"),
        Binding("shift+tab", "previous_cell", show=False, id="grid.previous_cell"),
        Binding("enter", "edit", show=False, id="grid.edit"),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--heading",
        "grid--heading-here",
        "grid--group",
        "grid--row",
        "grid--cursor",
        "grid--cursor-here",
        "grid--strong",
        "grid--computed",
        "grid--null",
        "grid--error",
        "grid--warning",
        "grid--waiting",
    }

    DEFAULT_CSS = """
    Grid {
        background: $background;
        color: $foreground;
        /* the bar's place is always kept, so that no width depends on it; sideways the
           headings' signs say that there is more */
        overflow-y: scroll;
        scrollbar-size: 0 1;
        scrollbar-color: $panel;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;

        & > .grid--heading { color: $foreground 70%; background: $surface; }
        & > .grid--heading-here { color: $foreground; text-style: bold; }
        & > .grid--group { color: $foreground 70%; }
        & > .grid--row { background: $surface; }
        & > .grid--strong { text-style: bold; }
        & > .grid--computed { color: $foreground 65%; }
        & > .grid--null { color: $foreground 45%; }
        & > .grid--error { color: $text-error; }
        & > .grid--warning { color: $text-warning; }
        & > .grid--waiting { color: $text-accent; text-style: italic; }
        & > .grid--cursor { background: $panel; color: $foreground; text-style: underline; }
        /* reversed, so that the cursor is seen without colours too */
        & > .grid--cursor-here {
            background: $background; color: $text-primary; text-style: reverse;
        }
    }
    """

    @dataclass
    class CursorMoved(GridMessage):
        """The cursor stands on another cell."""

        row: int
        column: int

    @dataclass
    class EditRequested(GridMessage):
        """The user wants to change a cell; `text` replaces it, None edits what is there."""

        row: int
        column: int
        text: str | None

    @dataclass
    class FoldToggled(GridMessage):
        """The user wants a row's branch opened or closed."""

        row: int

    @dataclass
    class HeadingClicked(GridMessage):
        """A column's heading was clicked."""

        column: int

    def __init__(
        self,
        model: GridModel | None = None,
        *,
        typing: bool = True,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.typing = typing
        self.follower: Callable[[int, int], None] | None = None
        """Told of the cursor's new row and column before the message goes out: what it draws
        stands on the screen in the same frame as the cursor. It must be quick."""
        self._cursor_row = 0
        self._cursor_column = 0
        self._viewport = Size()
        self._wanted_frozen = 0
        self._empty = ""
        self._widths: list[int] = []
        self._widths_grew = False
        self._strips: LRUCache[int, Strip] = LRUCache(KEPT_STRIPS)
        self._inks: dict[tuple[str, ...], Style] = {}
        self.show(NoRows() if model is None else model)

    # What is shown

    @property
    def model(self) -> GridModel:
        """The model shown."""
        return self._pages.model

    @property
    def cursor_row(self) -> int:
        """The cursor's row; 0 while there are no rows."""
        return self._cursor_row

    @property
    def cursor_column(self) -> int:
        """The cursor's column; 0 while there are no columns."""
        return self._cursor_column

    def show(
        self,
        model: GridModel,
        *,
        cursor: tuple[int, int] = (0, 0),
        frozen: int = 0,
        empty: str = "",
    ) -> None:
        """Show a model from now on, with the cursor at (row, column).

        `frozen` leading columns stay at the left; `empty` is said where no rows are.
        """
        self._widths = []  # those of another model say nothing about this one
        self._pages = Pages(model, self._on_page)
        self._empty = empty
        self._wanted_frozen = frozen
        sample = map(self._pages.row, range(min(MEASURED_ROWS, self._pages.row_count)))
        self._widths = measure(model.columns, [row for row in sample if row is not None])
        self._cursor_row, self._cursor_column = self._clamp(*cursor)
        self._arrange()
        self._go_in()

    @property
    def rows_in_view(self) -> range:
        """The rows that show now."""
        top = self.scroll_offset.y
        return range(top, min(top + self._page, self._pages.row_count))

    def refresh_rows(self, changed: Iterable[int] | None = None) -> None:
        """Read the rows again; the columns and, while it can, the cursor stay.

        With `changed` only those at these positions, of as many as before.
        """
        if changed is not None:
            self._refresh_only(changed)
            return
        self._pages.forget()
        before = self._cursor_row, self._cursor_column
        self._cursor_row, self._cursor_column = self._clamp(*before)
        self._meet()
        self._arrange()
        self._reveal()
        if (self._cursor_row, self._cursor_column) != before:
            self._tell()

    def _refresh_only(self, changed: Iterable[int]) -> None:
        for index in changed:
            # What a row leaves out rests on the row above it.
            for row in (index, index + 1):
                self._pages.renew(row)
                self._strips.discard(row)
                self._refresh_row(row)
        if self._widths_grew:
            self._arrange()

    def move_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or the nearest there is, and bring it into view."""
        row, column = self._clamp(row, column)
        old_row, old_column = self._cursor_row, self._cursor_column
        self._cursor_row, self._cursor_column = row, column
        if not self._reveal():
            self._refresh_row(old_row)
            self._refresh_row(row)
            if column != old_column:
                self.refresh(Region(0, 0, self._viewport.width, self._heading_height))
        if (row, column) != (old_row, old_column):
            self._tell()

    def cell_region(self, row: int, column: int) -> Region:
        """Return where a cell stands, relative to the grid; empty when out of view."""
        if not (0 <= row < self._pages.row_count and 0 <= column < len(self._layout.widths)):
            return Region()
        scroll_x, scroll_y = self.scroll_offset
        x, width = self._layout.span(column, scroll_x)
        top = self._heading_height
        left = 0 if column < self._layout.frozen else self._layout.frozen_width
        body = Region(left, top, self._viewport.width - left, self._viewport.height - top)
        return Region(x, top + row - scroll_y, width, 1).intersection(body)

    # Moving and asking

    def action_cursor_up(self) -> None:
        """Move one row up."""
        self.move_to(self._cursor_row - 1, self._cursor_column)

    def action_cursor_down(self) -> None:
        """Move one row down."""
        self.move_to(self._cursor_row + 1, self._cursor_column)

    def action_cursor_left(self) -> None:
        """Move one column left."""
        self.move_to(self._cursor_row, self._cursor_column - 1)

    def action_cursor_right(self) -> None:
        """Move one column right."""
        self.move_to(self._cursor_row, self._cursor_column + 1)

    def action_next_cell(self) -> None:
        """Move one cell to the right; behind a row's last to the next row's first."""
        self._step(1)

    def action_previous_cell(self) -> None:
        """Move one cell to the left; before a row's first to the last of the row above."""
        self._step(-1)

    def action_page_up(self) -> None:
        """Move a screenful up; one line stays to read on from."""
        self._turn(-1)

    def action_page_down(self) -> None:
        """Move a screenful down; one line stays to read on from."""
        self._turn(1)

    def action_row_start(self) -> None:
        """Move to the row's first cell."""
        self.move_to(self._cursor_row, 0)

    def action_row_end(self) -> None:
        """Move to the row's last cell."""
        self.move_to(self._cursor_row, len(self._layout.widths))

    def action_first(self) -> None:
        """Move to the first cell of all."""
        self.move_to(0, 0)

    def action_last(self) -> None:
        """Move to the last cell of all."""
        self.move_to(self._pages.row_count, len(self._layout.widths))

    def action_edge_up(self) -> None:
        """Move to the column's first cell."""
        self.move_to(0, self._cursor_column)

    def action_edge_down(self) -> None:
        """Move to the column's last cell."""
        self.move_to(self._pages.row_count, self._cursor_column)

    def action_edge_left(self) -> None:
        """Move to the row's first cell."""
        self.action_row_start()

    def action_edge_right(self) -> None:
        """Move to the row's last cell."""
        self.action_row_end()

    def action_edit(self) -> None:
        """Ask for the cell to be edited as it stands."""
        self._ask_edit(None)

    def action_toggle_fold(self) -> None:
        """Ask for the cursor's row to be folded or unfolded, if it can be."""
        row = self._pages.row(self._cursor_row)
        if row is not None and row.fold:
            self.post_message(self.FoldToggled(self, self._cursor_row))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Return one line of the viewport."""
        return self._lines((y,))[0]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a part of the grid.

        Without a border there is nothing to put around them, so the strips go out as they
        are kept, with all that Textual remembers of each; that makes scrolling cheap.
        """
        # A new size is drawn before it is told: without this the first rows came a frame late.
        self._fit_in()
        if not self._is_bare:
            return super().render_lines(crop)
        lines = self._lines(crop.line_range)
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            lines = [line.apply_filter(line_filter, background) for line in lines]
        if crop.column_span != (0, self.size.width):
            lines = [line.crop(*crop.column_span) for line in lines]
        return lines

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old theme."""
        super().notify_style_update()
        self._inks.clear()
        self._strips.clear()

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """Draw the columns that come into view."""
        if round(old_value) != round(new_value):
            self._prepare()
        super().watch_scroll_x(old_value, new_value)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Read the rows that come into view before they are drawn.

        The bar is drawn again only when its thumb is seen to move: over ten million rows that
        is seldom, and drawing it costs as much as drawing the rows.
        """
        bar = self.vertical_scrollbar
        if self._thumb(old_value) == self._thumb(new_value):
            bar.set_reactive(ScrollBar.position, new_value)
        else:
            bar.position = new_value
        if round(old_value) != round(new_value):
            self._meet()
            self.refresh(self._viewport.region)

    def on_resize(self) -> None:
        """Place the columns in the new width."""
        self._fit_in()

    def _fit_in(self) -> None:
        """Place the columns in the width that there is, unless they stand in it already."""
        width, height = self.size
        viewport = Size(width - self.styles.scrollbar_size_vertical, height)
        if viewport == self._viewport:
            return
        is_first = not self._viewport
        self._viewport = viewport
        self._arrange()
        if is_first:
            self._go_in()
        else:
            self._meet()
            self._reveal()

    def _lines(self, ys: Iterable[int]) -> list[Strip]:
        top = self.scroll_offset.y - self._heading_height
        strips: list[Strip] = []
        for y in ys:
            index = top + y
            if y < self._heading_height - 1:
                strip = self._painter.groups(self._spans)
            elif y < self._heading_height:
                strip = self._painter.headings(self._cursor_column)
            elif index >= self._pages.row_count:
                strip = self._painter.remark(self._empty if index == 0 else "")
            elif index == self._cursor_row:
                strip = self._painter.row(self._pages.row(index), self._cursor_column)
            elif (kept := self._strips.get(index)) is not None:
                strip = kept
            else:
                strip = self._strips[index] = self._painter.row(self._pages.row(index))
            strips.append(strip)
        return strips

    def _ink(self, *names: str) -> Style:
        style = self._inks.get(names)
        if style is None:
            classes = [f"grid--{name}" for name in names]
            if "cursor" in names and self.has_focus:
                classes.append("grid--cursor-here")
            style = self.get_visual_style(*classes).rich_style
            # a visual style has no place for "reverse"
            if any(self.get_component_styles(name).text_style.reverse for name in classes):
                style += Style(reverse=True)
            self._inks[names] = style
        return style

    def _thumb(self, scroll_y: float) -> int:
        """Return the step at which the bar's thumb begins, eight to a line."""
        window, rows = self._viewport.height, self.virtual_size.height
        thumb = max(1, window * window / max(rows, 1))
        return int((window - thumb) * scroll_y / max(rows - window, 1) * 8)

    # Mouse and keys

    def on_focus(self, event: events.Focus) -> None:
        """Show that the keys go here."""
        self._turn_focus(event, events.DescendantFocus(self), here=True)

    def on_blur(self, event: events.Blur) -> None:
        """Show that the keys go elsewhere."""
        self._turn_focus(event, events.DescendantBlur(self), here=False)

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001
        """Leave the styles alone, which are the same wherever the keys go."""

    def _turn_focus(self, event: events.Event, told: events.Event, *, here: bool) -> None:
        """Do what every widget does, but draw the cursor's row alone and not the whole grid."""
        event.prevent_default()
        self.has_focus = here
        self._inks = {names: ink for names, ink in self._inks.items() if "cursor" not in names}
        self._refresh_row(self._cursor_row)
        if self.parent is not None:
            self.parent.post_message(told)

    def on_click(self, event: events.Click) -> None:
        """Move to the cell clicked; a second click edits it, a fold sign folds its row."""
        place = event.get_content_offset(self)
        if place is None:
            return
        scroll_x, scroll_y = self.scroll_offset
        column = self._layout.column_at(place.x, scroll_x)
        if column is None:
            return
        if place.y < self._heading_height:
            self.post_message(self.HeadingClicked(self, column))
            return
        index = scroll_y + place.y - self._heading_height
        row = self._pages.row(index)
        if row is None:
            return
        self.move_to(index, column)
        if self._is_fold(row, column, place.x):
            self.post_message(self.FoldToggled(self, index))
        elif event.chain > 1:
            self._ask_edit(None)

    def on_key(self, event: events.Key) -> None:
        """Let a character replace the cell's text, unless the user has bound it to an act."""
        character = typed(event) if self.typing else None
        if character is None or event.key in self.screen.active_bindings:
            return
        if self._ask_edit(character):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Let a pasted text replace the cell's."""
        if self.typing and event.text and self._ask_edit(event.text):
            event.stop()
            event.prevent_default()

    def _is_fold(self, row: GridRow, column: int, x: int) -> bool:
        if not (row.fold and self.model.columns[column].tree):
            return False
        left, _ = self._layout.span(column, self.scroll_offset.x)
        return x < left + PAD + len(tree_prefix(row))

    def _ask_edit(self, text: str | None) -> bool:
        if not (self._pages.row_count and self._layout.widths):
            return False
        self.post_message(self.EditRequested(self, self._cursor_row, self._cursor_column, text))
        return True

    # Within

    @property
    def _heading_height(self) -> int:
        return 2 if self._spans else 1

    @property
    def _is_bare(self) -> bool:
        """Whether nothing in the styles is to be drawn around or over the lines."""
        styles = self.styles
        return (
            not (styles.gutter or styles.outline.spacing or styles.tint.a)
            and self.opacity == styles.text_opacity == 1.0
            and not styles.has_rule("hatch")
        )

    @property
    def _page(self) -> int:
        """How many rows show at a time."""
        return max(self._viewport.height - self._heading_height, 1)

    def _clamp(self, row: int, column: int) -> tuple[int, int]:
        last_row = max(self._pages.row_count - 1, 0)
        last_column = max(len(self.model.columns) - 1, 0)
        return min(max(row, 0), last_row), min(max(column, 0), last_column)

    def _step(self, direction: int) -> None:
        """Move through the cells as they are read; behind the last comes the first."""
        width, count = len(self._layout.widths), self._pages.row_count
        if width and count:
            place = self._cursor_row * width + self._cursor_column + direction
            self.move_to(*divmod(place % (width * count), width))

    def _turn(self, direction: int) -> None:
        """Move and scroll alike, so that the cursor keeps its line on the screen."""
        step = max(self._page - 1, 1) * direction
        top = self.scroll_offset.y
        if top <= self._cursor_row < top + self._page:
            self.scroll_to(y=top + step, animate=False, force=True)
        self.move_to(self._cursor_row + step, self._cursor_column)

    def _tell(self) -> None:
        if self.follower is not None:
            self.follower(self._cursor_row, self._cursor_column)
        self.post_message(self.CursorMoved(self, self._cursor_row, self._cursor_column))

    def _refresh_row(self, index: int) -> None:
        y = index - self.scroll_offset.y
        if 0 <= y < self._page:
            self.refresh(Region(0, y + self._heading_height, self._viewport.width, 1))

    def _on_page(self, rows: Sequence[GridRow]) -> None:
        """Let a number that is wider than all before it widen its column."""
        if self._widths and widen(self._widths, self.model.columns, rows, numbers_only=True):
            self._widths_grew = True

    def _meet(self) -> None:
        """Have the rows in view read, and their columns wide enough."""
        in_view = self.rows_in_view
        self._pages.meet(in_view.start, in_view.stop)
        if self._widths_grew:
            self._arrange()

    def _arrange(self) -> None:
        """Place the columns anew and draw all."""
        columns = self.model.columns
        width = self._viewport.width
        self._widths_grew = False
        self._layout = Layout.place(columns, self._widths, width, self._wanted_frozen)
        self._spans = group_spans(columns, self._layout.frozen)
        self.virtual_size = Size(
            self._layout.scroll_end(width) + width, self._pages.row_count + self._heading_height
        )
        self._prepare()
        self.refresh()

    def _prepare(self) -> None:
        """Have a painter for the columns as they stand and are scrolled now."""
        self._strips.clear()
        self._painter = Painter(
            self.model.columns,
            self._layout,
            self.scroll_offset.x,
            self._viewport.width,
            self._ink,
        )

    def _go_in(self) -> None:
        """Scroll to where the cursor's row has some rows above and more below it."""
        if not self._viewport:
            return
        is_near = self._cursor_row < self._page
        top = 0 if is_near else self._cursor_row - self._page // 3
        self.scroll_to(0, top, animate=False, force=True)
        self._meet()
        self._reveal()

    def _reveal(self) -> bool:
        """Scroll the least that brings the cursor into view; True when that moved anything."""
        if not self._viewport or not self._layout.widths:
            return False
        scroll_x, scroll_y = self.scroll_offset
        x = self._layout.reveal(self._cursor_column, scroll_x, self._viewport.width)
        y = min(max(scroll_y, self._cursor_row - self._page + 1), self._cursor_row)
        y = max(min(y, self._pages.row_count - self._page), 0)
        if (x, y) == (scroll_x, scroll_y):
            return False
        self.scroll_to(x, y, animate=False, force=True)
        return True
