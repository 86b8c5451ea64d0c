"""What the mouse does in a grid: choosing cells, drawing a column's edge, clicking."""

from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from lkjip_tui.grid.grid import Grid

_LEFT = 1


class Mouse:
    """The mouse over one grid, from press to release."""

    def __init__(self, grid: "Grid") -> None:
        self._grid = grid
        self._chooses = False
        self._edge: tuple[int, int, int] | None = None
        self._has_drawn = False

    def forget(self) -> None:
        """Be done with what the columns and rows were."""
        self._chooses, self._edge = False, None

    def press(self, event: events.MouseDown) -> None:
        """Begin: in the body with a cell, in the headings with a column's edge."""
        self.forget()
        self._has_drawn = False
        place = event.get_content_offset(self._grid)
        if place is None or event.button != _LEFT:
            return
        at = self._grid.cell_at(*place)
        if at is None:
            return
        if at[0] < 0:
            edge = self._grid.edge_at(place.x)
            if edge is None:
                return
            self._edge = edge, event.screen_x, self._grid.width_of(edge)
        else:
            self._chooses = True
            self._grid.move_to(*at, extend=event.shift)
        self._grid.capture_mouse()

    def draw(self, event: events.MouseMove) -> None:
        """Go on: choose up to the cell beneath, or the nearest one; or widen the column."""
        if self._edge is not None:
            column, began, width = self._edge
            self._has_drawn = True
            wanted = max(width + event.screen_x - began, 1)
            self._grid.post_message(self._grid.ColumnResized(self._grid, column, wanted))
        elif self._chooses:
            place = event.get_content_offset_capture(self._grid)
            at = self._grid.cell_near(place.x, place.y)
            if at != (self._grid.cursor_row, self._grid.cursor_column):
                self._has_drawn = True
                self._grid.move_to(*at, extend=True)

    def release(self) -> None:
        """End."""
        self.forget()
        self._grid.release_mouse()

    def click(self, event: events.Click) -> None:
        """Fold by a sign, edit by a second click, tell of a heading; drawing is no click."""
        place = event.get_content_offset(self._grid)
        at = None if place is None else self._grid.cell_at(*place)
        if at is None or place is None or self._has_drawn or event.button != _LEFT:
            return
        row, column = at
        if row < 0:
            if self._grid.edge_at(place.x) is None:
                also = event.shift or event.ctrl
                self._grid.post_message(self._grid.HeadingClicked(self._grid, column, also))
            elif event.chain > 1:
                self._grid.post_message(self._grid.ColumnResized(self._grid, column, None))
        elif self._grid.is_fold_at(row, column, place.x):
            self._grid.post_message(self._grid.FoldToggled(self._grid, row))
        elif event.chain > 1:
            self._grid.ask_edit(None)
