"""A virtual grid with a cell cursor, and its editors; knows Textual and nothing else."""

from textual.binding import Binding

from lkjip_tui.grid.choice import ChoiceList, FilterBox, Options
from lkjip_tui.grid.compositor import SparingCompositor, draw
from lkjip_tui.grid.cursor import Block
from lkjip_tui.grid.editor import CellBox, CellEditor, Direction, Echo, TextBox
from lkjip_tui.grid.grid import Grid
from lkjip_tui.grid.keys import UNBOUND, KeysInOrder, acts_everywhere, keys_dropped, keys_waiting
from lkjip_tui.grid.model import Fold, GridCell, GridColumn, GridModel, GridRow, Mark
from lkjip_tui.grid.paint import finished
from lkjip_tui.grid.parser import ALT_SENDS, ALT_TYPES_AGAIN, ASK_ALT, AltTypes

KEYS = {
    binding.id: tuple(key for key in binding.key.split(",") if key != UNBOUND)
    for widget in (Grid, CellBox, FilterBox)
    for binding in widget.BINDINGS
    if isinstance(binding, Binding) and binding.id
}
"""The keys that the grid and its editors come with, by the ids that bind them anew."""

__all__ = [
    "ALT_SENDS",
    "ALT_TYPES_AGAIN",
    "ASK_ALT",
    "KEYS",
    "UNBOUND",
    "AltTypes",
    "Block",
    "CellEditor",
    "ChoiceList",
    "Direction",
    "Echo",
    "Fold",
    "Grid",
    "GridCell",
    "GridColumn",
    "GridModel",
    "GridRow",
    "KeysInOrder",
    "Mark",
    "Options",
    "SparingCompositor",
    "TextBox",
    "acts_everywhere",
    "draw",
    "finished",
    "keys_dropped",
    "keys_waiting",
]
