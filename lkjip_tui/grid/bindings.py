"""The keys that a grid comes with; each can be bound anew by its id."""

from typing import Final

from textual.binding import Binding, BindingType

from lkjip_tui.grid.keys import UNBOUND

#: A key, what it is called, and the act that it does; with Shift it takes the cells with it.
_MOVES: Final = (
    ("up", "cursor_up", "move('up'"),
    ("down", "cursor_down", "move('down'"),
    ("left", "cursor_left", "move('left'"),
    ("right", "cursor_right", "move('right'"),
    ("pageup", "page_up", "turn(-1"),
    ("pagedown", "page_down", "turn(1"),
    (UNBOUND, "half_page_up", "turn(-0.5"),
    (UNBOUND, "half_page_down", "turn(0.5"),
    ("home", "row_start", "move('row_start'"),
    ("end", "row_end", "move('row_end'"),
    ("ctrl+home", "first", "move('first'"),
    ("ctrl+end", "last", "move('last'"),
    ("ctrl+up", "edge_up", "move('edge_up'"),
    ("ctrl+down", "edge_down", "move('edge_down'"),
    ("ctrl+left", "edge_left", "move('edge_left'"),
    ("ctrl+right", "edge_right", "move('edge_right'"),
)


def _shifted(key: str) -> str:
    """Return a key with Shift, as the terminal's library names it."""
    if key == UNBOUND:
        return UNBOUND
    return key.replace("ctrl+", "ctrl+shift+") if key.startswith("ctrl+") else f"shift+{key}"


BINDINGS: Final[list[BindingType]] = [
    *(
        binding
        for key, name, act in _MOVES
        for binding in (
            Binding(key, f"{act})", show=False, id=f"grid.{name}"),
            Binding(_shifted(key), f"{act}, True)", show=False, id=f"grid.select_{name}"),
        )
    ),
    Binding("ctrl+a", "choose('all')", show=False, id="grid.choose_all"),
    Binding("alt+r", "choose('rows')", show=False, id="grid.choose_rows"),
    Binding("alt+k", "choose('columns')", show=False, id="grid.choose_columns"),
    Binding("tab", "step(1)", show=False, id="grid.next_cell"),
    Binding("shift+tab", "step(-1)", show=False, id="grid.previous_cell"),
    Binding("enter", "edit", show=False, id="grid.edit"),
]
