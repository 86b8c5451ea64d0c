"""A virtual grid with a cell cursor, and its editors; knows Textual and nothing else."""

from lkjip_tui.grid.choice import ChoiceList
from lkjip_tui.grid.cursor import Block
from lkjip_tui.grid.editor import CellEditor, Direction, Echo
from lkjip_tui.grid.grid import Grid
from lkjip_tui.grid.keys import KeysInOrder, keys_waiting
from lkjip_tui.grid.model import Fold, GridCell, GridColumn, GridModel, GridRow, Mark

__all__ = [
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
    "keys_waiting",
]
