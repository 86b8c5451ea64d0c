"""What a pane has to say to the screen around it."""

from dataclasses import dataclass

from textual.message import Message


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
    """The user wants to see a cell; Backspace shall come back."""

    place: str
    row_key: str
    column: str
    year: int | None = None
