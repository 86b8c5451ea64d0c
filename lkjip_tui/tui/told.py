"""What a pane has to say to the screen around it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from textual.message import Message

from lkjip_tui.core.acts import Act, RecordedAct
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.language import mark

#: What is said where the sheet of what a year lacks opens by itself.
NEXT_ACT: Final = mark("Enter goes to what lacks first, Backspace comes back here.")

#: Columns `goes_to_…` of a query, in which the cell stands that Enter on a row goes to.
_PARTS: Final = ("view", "row", "column")


@dataclass
class Told(Message):
    """Something for the status line."""

    text: str
    error: bool = False


@dataclass
class Changed(Message):
    """The file holds something else now; `told` says what in a few words."""

    told: str


@dataclass
class QuerySaved(Message):
    """A query was written beside the file, to be read and shown.

    `file` is where it is, as the registry of queries names it.
    """

    full_name: str
    file: str


@dataclass
class DeleteQuery(Message):
    """The user wants a query of their own gone, whose file this is."""

    file: str


@dataclass
class GoTo(Message):
    """The user wants to see a cell, or an act of the history; Backspace shall come back."""

    place: str
    row_key: str
    column: str
    year: int | None = None

    @classmethod
    def from_row(cls, row: ViewRow) -> "GoTo | None":
        """Return where a query says that its row leads, None when it says nothing of it."""
        place, row_key, column = (str(row.get(f"goes_to_{name}") or "") for name in _PARTS)
        return cls(place, row_key, column) if place else None


@dataclass
class TakeBack(Message):
    """The user wants something undone; `step` does it, and returns None where nothing was."""

    step: Callable[[], Act | RecordedAct | None]
