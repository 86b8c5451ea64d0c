"""Arguments and options that several commands take, and how `NAME=VALUE` is read."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from lkjip_tui.core.errors import UsageError
from lkjip_tui.language import _, mark
from lkjip_tui.transfer.forms import Form

OfficeFile = Annotated[
    Path, typer.Argument(metavar="FILE", help=mark("The office's file."), readable=False)
]
Year = Annotated[
    int | None, typer.Option(metavar="YEAR", help=mark("The fiscal year; else the latest one."))
]
ResultForm = Annotated[Form, typer.Option("--format", help=mark("The form of the result."))]


def pairs(option: str, given: Sequence[str] | None) -> Mapping[str, str]:
    """Return the values by name that an option was given as `NAME=VALUE`; raises UsageError."""
    found = {}
    for word in given or ():
        name, equals, value = word.partition("=")
        if not name or not equals:
            raise UsageError(
                _("{option} needs a name and a value.").format(option=option),
                _("Write: {option} NAME=VALUE").format(option=option),
            )
        found[name] = value
    return found
