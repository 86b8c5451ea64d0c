"""What a pane has to say to the screen around it."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from lkjip_tui.core.acts import Act


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
class GoTo(Message):
    """The user wants to see a cell, or an act of the history; Backspace shall come back."""

    place: str
    row_key: str
    column: str
    year: int | None = None


@dataclass
class TakeBack(Message):
    """The user wants something undone; `step` does it, and returns None where nothing was."""

    step: Callable[[], Act | None]
