"""The forms in which a result is shown or written; named apart from what makes them."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from lkjip_tui.core.errors import UsageError
from lkjip_tui.language import _, mark


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
    XLSX = "xlsx"
    DOCX = "docx"


def form_of(name: str) -> FileForm:
    """Return the form that an ending or a user names; raises UsageError."""
    try:
        return FileForm(name.lower())
    except ValueError:
        raise UsageError(
            _("{name} is no form of a file.").format(name=name),
            _("There are {forms}.").format(forms=" · ".join(FileForm)),
        ) from None


def ending_of(file: Path, known: Sequence[str]) -> str:
    """Return the ending of a file, in small letters; raises UsageError for one not known."""
    ending = file.suffix.lower().removeprefix(".")
    if ending not in known:
        raise UsageError(
            _("The name {file} does not say which form is meant.").format(file=file.name),
            _("End it with {endings}.").format(endings=" · ".join(f".{each}" for each in known)),
        )
    return ending


class CopyForm(StrEnum):
    """What cells may be copied as, in the order of a menu."""

    TSV = "tsv"
    CSV = "csv"
    MD = "md"
    TEXT = "text"
    SQL = "sql"

    @property
    def menu_name(self) -> str:
        """What a menu calls it, in the interface's language."""
        return _(_TITLES[self])


_TITLES = {
    CopyForm.TSV: mark("Cells for a spreadsheet"),
    CopyForm.CSV: mark("CSV for an Indonesian Excel"),
    CopyForm.MD: mark("Markdown table"),
    CopyForm.TEXT: mark("Printed table"),
    CopyForm.SQL: mark("SQL values"),
}
