"""A command's file, opened to read or to write, and the query that it names.

What a user should know about the file is told as it opens.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from lkjip_tui.cli.output import tell, tell_error
from lkjip_tui.core.errors import FileBusy, LkjipError, UsageError
from lkjip_tui.language import _

if TYPE_CHECKING:
    from lkjip_tui.core.query.queries import Query
    from lkjip_tui.core.workspace import Workspace


#: A script that changes many cells makes no more safe copies than someone who works as long.
_BETWEEN_COPIES: Final = timedelta(hours=1)


@contextmanager
def to_read(file: Path) -> Iterator["Workspace"]:
    """Open a file beside other readers."""
    from lkjip_tui.core.workspace import Workspace

    with Workspace.open_to_read(file) as workspace:
        _tell_state(workspace)
        if not workspace.registry.faults and not workspace.views_are_current:
            tell(
                _("{file} could not be written, so its tables are as older queries made them.")
                .format(file=file)
            )  # fmt: skip
        yield workspace


@contextmanager
def to_write(file: Path, *, spared: Path | None = None) -> Iterator["Workspace"]:
    """Open a file for this process alone; `spared` is a safe copy of it that must stay."""
    from lkjip_tui.core.workspace import Workspace

    with Workspace.open(file).hurried() as workspace:
        _tell_state(workspace)
        try:
            workspace.keep_copy(spacing=_BETWEEN_COPIES, spared=spared)
        except LkjipError as error:
            tell_error(error)
        yield workspace


def may_look(file: Path, busy: FileBusy) -> bool:
    """Ask whether to look at the copy of a file that somebody else has, if there is one."""
    from lkjip_tui.core.storage.shown_copy import shown_since, when

    at = shown_since(file)
    if at is None or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    tell(busy.message)
    asked = _("Look at its copy of {time}, and change nothing?").format(time=when(at))
    return typer.confirm(asked, default=True)


def view(workspace: "Workspace", name: str) -> "Query":
    """Return the sheet, table or check of that name; raises UsageError."""
    from lkjip_tui.core.query.queries import Kind

    query = workspace.find(name)
    if query.kind is Kind.BASIS:
        raise UsageError(
            _("{name} is a step of other queries, not a table.").format(name=query.full_name),
            _("Read it with: lkjip sql FILE 'select * from {name}'").format(name=query.full_name),
        )
    return query


def _tell_state(workspace: "Workspace") -> None:
    if workspace.loss is not None:
        tell(str(workspace.loss))
    for fault in workspace.registry.faults:
        tell_error(fault)
