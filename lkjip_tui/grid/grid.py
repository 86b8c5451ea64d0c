"""A table with a cell cursor that reads only the rows it shows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from lkjip_tui.grid.appearance import INKS, LOOK
from lkjip_tui.grid.bindings import BINDINGS
from lkjip_tui.grid.compositor import draw
from lkjip_tui.grid.cursor import Block, Cursor, Move, Whole
from lkjip_tui.grid.keys import act_at_once, typed
from lkjip_tui.grid.layout import PAD, Layout, group_spans, measure, tree_prefix, widen
from lkjip_tui.grid.model import GridModel, GridRow, NoRows
from lkjip_tui.grid.mouse import Mouse
from lkjip_tui.grid.pages import PAGE_ROWS, Pages
from lkjip_tui.grid.paint import Painter, finished

MEASURED_ROWS = 3 * PAGE_ROWS
KEPT_STRIPS = 512

_NONE: Final = range(0)
_NO_BLOCK: Final = Block(_NONE, _NONE)


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
    printable keys and pastes are left to the application; with `letters_act` on, the keys alone.
    """

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = BINDINGS
    COMPONENT_CLASSES: ClassVar[set[str]] = INKS
    DEFAULT_CSS = LOOK

    @dataclass
    class CursorMoved(GridMessage):
        """The cursor stands on another cell, or other cells are chosen with it."""

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
        """A column's heading was clicked; `also` says with Shift or Ctrl."""

        column: int
        also: bool = False

    @dataclass
    class Pasted(GridMessage):
        """A text of several cells was pasted."""

        text: str

    @dataclass
    class ColumnResized(GridMessage):
        """The user wants a column to take so many cells, None as many as it needs."""

        column: int
        width: int | None

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
        self.letters_act = False
        self.follower: Callable[[int, int], None] | None = None
        """Told of the cursor's new row and column before the message goes out: what it draws
        stands on the screen in the same frame as the cursor. It must be quick."""
        self._cursor = Cursor()
        self._extends = False
        self._mouse = Mouse(self)
        self._viewport = Size()
        self._wanted_frozen = 0
        self._empty = ""
        self._widths: list[int] = []
        self._widths_grew = False
        self._strips: LRUCache[tuple[int, range], Strip] = LRUCache(KEPT_STRIPS)
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
        return self._cursor.row

    @property
    def cursor_column(self) -> int:
        """The cursor's column; 0 while there are no columns."""
        return self._cursor.column

    @property
    def block(self) -> Block:
        """The chosen cells: the cursor's at least, none where the table is empty."""
        return self._cursor.block(self._pages.row_count, len(self.model.columns))

    @property
    def has_block(self) -> bool:
        """Whether more than the cursor's cell was chosen."""
        return self._cursor.anchor is not None

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
        self._mouse.forget()
        self._pages = Pages(model, self._on_page)
        self._empty = empty
        self._wanted_frozen = frozen
        self._widths = self._measured()
        self._cursor = self._within(Cursor(*cursor))
        self._arrange()
        self._go_in()

    def show_columns(self, *, frozen: int | None = None, empty: str | None = None) -> None:
        """Show the columns and rows that the model has now; no column becomes narrower by it."""
        self._wanted_frozen = self._wanted_frozen if frozen is None else frozen
        self._empty = self._empty if empty is None else empty
        before = {it.name: w for it, w in zip(self._shown, self._widths, strict=True) if w}
        self._pages.forget()
        self._widths = self._measured()
        for index, column in enumerate(self.model.columns):
            if column.width is None:
                self._widths[index] = max(self._widths[index], before.get(column.name, 0))
        self._cursor = self._within(self._cursor)
        self._arrange()
        self._meet()
        self._reveal()

    @property
    def frozen(self) -> int:
        """How many columns stay at the left: as many as are wanted and leave room for others."""
        return self._layout.frozen

    def _measured(self) -> list[int]:
        """Return what width each column would like, by its first rows."""
        self._widths = []  # no page that is read meanwhile widens columns of before
        self._shown = tuple(self.model.columns)
        sample = map(self._pages.row, range(min(MEASURED_ROWS, self._pages.row_count)))
        return measure(self._shown, [row for row in sample if row is not None])

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
        before = self._cursor
        self._cursor = self._within(before)
        self._meet()
        self._arrange()
        self._reveal()
        if self._cursor.place != before.place:
            self._tell()

    def _refresh_only(self, changed: Iterable[int]) -> None:
        for index in changed:
            # What a row leaves out rests on the row above it.
            for row in (index, index + 1):
                self._pages.renew(row)
                for chosen in (_NONE, self.block.columns):
                    self._strips.discard((row, chosen))
                self._refresh_row(row)
        if self._widths_grew:
            self._arrange()

    def move_to(self, row: int, column: int, *, extend: bool = False) -> None:
        """Put the cursor on a cell, or the nearest there is, and bring it into view.

        With `extend` the cells from where it was are chosen with it.
        """
        self._put(self._cursor.to(row, column, extend=extend))

    def choose(self, rows: range, columns: range) -> None:
        """Choose a block of cells, the cursor at its end."""
        begun = Cursor(rows.start, columns.start)
        self._put(begun.to(rows.stop - 1, columns.stop - 1, extend=True))

    def _put(self, cursor: Cursor) -> None:
        cursor = self._within(cursor)
        old, old_block = self._cursor, self.block
        self._cursor = cursor
        if not self._reveal():
            self._refresh_row(old.row)
            self._refresh_row(cursor.row)
            if cursor.column != old.column:
                self.refresh(Region(0, 0, self._viewport.width, self._heading_height))
        if old.anchor or cursor.anchor:
            self._refresh_blocks(old_block, self.block)
        if cursor != old:
            self._tell()

    def _refresh_blocks(self, old: Block, new: Block) -> None:
        """Draw the rows in which other cells are chosen now."""
        for row in self.rows_in_view:
            was = old.columns if row in old.rows else _NONE
            if was != (new.columns if row in new.rows else _NONE):
                self._refresh_row(row)

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

    def action_move(self, move: Move, extend: bool = False) -> None:  # noqa: FBT001, FBT002
        """Move by a cell, or to an end; with `extend` the cells passed are chosen."""
        self.move_to(*self._cursor.moved(move), extend=extend or self._extends)

    def action_step(self, direction: int) -> None:
        """Move through the cells as they are read; behind the last comes the first."""
        width, count = len(self._layout.widths), self._pages.row_count
        if width and count:
            place = self.cursor_row * width + self.cursor_column + direction
            self.move_to(*divmod(place % (width * count), width))

    def action_turn(self, pages: float, extend: bool = False) -> None:  # noqa: FBT001, FBT002
        """Move by screenfuls, all but a line, and scroll alike: the cursor keeps its line."""
        step = round(max(self._page - 1, 1) * pages) or (1 if pages > 0 else -1)
        top = self.scroll_offset.y
        if top <= self.cursor_row < top + self._page:
            self.scroll_to(y=top + step, animate=False, force=True)
        self.move_to(self.cursor_row + step, self.cursor_column, extend=extend or self._extends)

    def choose_by_moving(self) -> None:
        """Let every move choose the cells that it passes, until Esc."""
        self._extends = True
        self._put(self._cursor.to(*self._cursor.place, extend=True))

    def action_choose(self, whole: Whole) -> None:
        """Choose the rows or columns of the chosen cells whole, or the table."""
        self._put(self._cursor.choose(whole))

    def unchoose(self) -> None:
        """Leave the cursor's cell alone chosen."""
        self._extends = False
        self._put(Cursor(*self._cursor.place))

    def action_edit(self) -> None:
        """Ask for the cell to be edited as it stands."""
        self.ask_edit(None)

    def ask_wider(self, step: int) -> None:
        """Ask for the cursor's column to take so many cells more, or fewer."""
        if self._layout.widths:
            column = self.cursor_column
            wanted = max(self.width_of(column) + step, 1)
            self.post_message(self.ColumnResized(self, column, wanted))

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
        return finished(self, self._lines(crop.line_range), crop)

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
            self.call_after_refresh(self._read_ahead, 1 if new_value > old_value else -1)

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
        block = self.block if self.has_block else _NO_BLOCK
        strips: list[Strip] = []
        for y in ys:
            index = top + y
            if y < self._heading_height - 1:
                strip = self._painter.groups(self._spans)
            elif y < self._heading_height:
                strip = self._painter.headings(self.cursor_column)
            elif index >= self._pages.row_count:
                strip = self._painter.remark(self._empty if index == 0 else "")
            else:
                strip = self._row_strip(index, block.columns if index in block.rows else _NONE)
            strips.append(strip)
        return strips

    def _row_strip(self, index: int, chosen: range) -> Strip:
        if index == self.cursor_row:
            return self._painter.row(self._pages.row(index), self.cursor_column, chosen)
        strip = self._strips.get((index, chosen))
        if strip is None:
            strip = self._painter.row(self._pages.row(index), None, chosen)
            self._strips[index, chosen] = strip
        return strip

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
        self._refresh_row(self.cursor_row)
        if self.parent is not None:
            self.parent.post_message(told)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to choose cells, or to draw a column's edge."""
        self._mouse.press(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Choose the cells drawn over, or widen the column."""
        self._mouse.draw(event)

    def on_mouse_up(self) -> None:
        """Be done with it."""
        self._mouse.release()

    def on_click(self, event: events.Click) -> None:
        """Fold, edit or sort by what was clicked."""
        self._mouse.click(event)

    def cell_at(self, x: int, y: int) -> tuple[int, int] | None:
        """Return row and column under a place of the grid; row -1 is the headings'."""
        column = self._layout.column_at(x, self.scroll_offset.x)
        row = self.scroll_offset.y + y - self._heading_height
        if y < self._heading_height:
            row = -1
        elif row >= self._pages.row_count:
            return None
        return None if column is None else (row, column)

    def cell_near(self, x: int, y: int) -> tuple[int, int]:
        """Return the cell nearest to a place; beyond an edge it is the next one out of view."""
        rows, width = self.rows_in_view, self._viewport.width
        row = self.scroll_offset.y + y - self._heading_height
        column = self._layout.column_at(min(max(x, 0), width), self.scroll_offset.x)
        last = len(self._layout.widths) - 1
        return min(max(row, rows.start - 1), rows.stop), last if column is None else column

    def edge_at(self, x: int) -> int | None:
        """Return the column whose right edge is at a place of the headings."""
        column = self._layout.column_at(x, self.scroll_offset.x)
        if column is None:
            return None
        left, width = self._layout.span(column, self.scroll_offset.x)
        return column if x >= left + width - PAD else None

    def is_fold_at(self, row: int, column: int, x: int) -> bool:
        """Whether a row's fold sign is at a place of its line."""
        shown = self._pages.row(row)
        if shown is None or not (shown.fold and self.model.columns[column].tree):
            return False
        left, _width = self._layout.span(column, self.scroll_offset.x)
        return x < left + PAD + len(tree_prefix(shown))

    def width_of(self, column: int) -> int:
        """Return how many cells a column's texts take now."""
        return self._layout.widths[column]

    async def on_key(self, event: events.Key) -> None:
        """Let a character replace the cell's text, unless the user has bound it to an act.

        Esc leaves chosen cells, and means something else only where there are none.
        """
        if event.key == "escape" and (self.has_block or self._extends):
            self.unchoose()
            event.stop()
            event.prevent_default()
            return
        character = typed(event) if self.typing and not self.letters_act else None
        if character is None or event.key in self.screen.active_bindings:
            await act_at_once(self, event)
            draw(self.screen)
        elif self.ask_edit(character):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Let a pasted text replace the cell's, or offer it when it is of several cells."""
        if not self.typing or not event.text:
            return
        if "\t" in event.text or len(event.text.strip().splitlines()) > 1:
            self.post_message(self.Pasted(self, event.text))
        elif not self.ask_edit(event.text):
            return
        event.stop()
        event.prevent_default()

    def ask_edit(self, text: str | None) -> bool:
        """Ask for the cursor's cell to be edited; False where there is none."""
        if not (self._pages.row_count and self._layout.widths):
            return False
        self.post_message(self.EditRequested(self, self.cursor_row, self.cursor_column, text))
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

    def _within(self, cursor: Cursor) -> Cursor:
        return cursor.within(self._pages.row_count, len(self.model.columns))

    def _tell(self) -> None:
        if self.follower is not None:
            self.follower(self.cursor_row, self.cursor_column)
        self.post_message(self.CursorMoved(self, self.cursor_row, self.cursor_column))

    def _refresh_row(self, index: int) -> None:
        y = index - self.scroll_offset.y
        if 0 <= y < self._page:
            self.refresh(Region(0, y + self._heading_height, self._viewport.width, 1))

    def _on_page(self, rows: Sequence[GridRow]) -> None:
        """Let what is wider than all before it widen its column: texts where no row scrolls.

        Elsewhere columns that grow with each text that comes into view would unsettle the eye.
        """
        if self._widths:
            scrolls = self._pages.row_count > self._page
            grew = widen(self._widths, self.model.columns, rows, numbers_only=scrolls)
            self._widths_grew = self._widths_grew or grew

    def _meet(self) -> None:
        """Have the rows in view read, and their columns wide enough."""
        in_view = self.rows_in_view
        self._pages.meet(in_view.start, in_view.stop)
        if self._widths_grew:
            self._arrange()

    def _read_ahead(self, step: int) -> None:
        """Have the rows read that the next page down (1) or up (-1) shows."""
        in_view = self.rows_in_view
        shift = step * len(in_view)
        self._pages.meet(in_view.start + shift, in_view.stop + shift)

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
        is_near = self.cursor_row < self._page
        top = 0 if is_near else self.cursor_row - self._page // 3
        self.scroll_to(0, top, animate=False, force=True)
        self._meet()
        self._reveal()

    def _reveal(self) -> bool:
        """Scroll the least that brings the cursor into view; True when that moved anything."""
        if not self._viewport or not self._layout.widths:
            return False
        scroll_x, scroll_y = self.scroll_offset
        x = self._layout.reveal(self.cursor_column, scroll_x, self._viewport.width)
        y = min(max(scroll_y, self.cursor_row - self._page + 1), self.cursor_row)
        y = max(min(y, self._pages.row_count - self._page), 0)
        if (x, y) == (scroll_x, scroll_y):
            return False
        self.scroll_to(x, y, animate=False, force=True)
        return True
