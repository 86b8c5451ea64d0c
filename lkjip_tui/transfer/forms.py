"""The forms in which a result is shown or written; named apart from what makes them."""

from enum import StrEnum


class Form(StrEnum):
    """How a result is shown on standard output."""

    TEXT = "text"
    CSV = "csv"
    MD = "md"
    JSON = "json"


class FileForm(StrEnum):
    """What a table may be written as; the value is the file's ending."""

    CSV = "csv"
    MD = "md"
