"""The commands that keep a file's state and hold it against another: `restore` and editions."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lkjip_tui.cli import opening
from lkjip_tui.cli.options import OfficeFile, ResultForm
from lkjip_tui.cli.output import put, say, stoppable, tell
from lkjip_tui.language import _, mark
from lkjip_tui.transfer.forms import Form

if TYPE_CHECKING:
    from lkjip_tui.core.restoring import Restoration
    from lkjip_tui.core.workspace import Workspace

commands = typer.Typer()


@commands.command(
    "restore", help=mark("Make the facts those of a copy again, as one act that undo takes back.")
)
def _restore(
    file: OfficeFile,
    copy: Annotated[Path, typer.Argument(metavar="COPY", help=mark("The copy; it is only read."))],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=mark("Only list what would change."))
    ] = False,
    other_office: Annotated[
        bool, typer.Option("--other-office", help=mark("The copy may be of another file."))
    ] = False,
    form: ResultForm = Form.TEXT,
) -> None:
    from lkjip_tui.transfer import history

    with (opening.to_read if dry_run else opening.to_write)(file) as workspace:
        found = stoppable(workspace, lambda: _found(workspace, copy, other_office=other_office))
        if not found.act.changes:
            tell(_("The copy holds what the file holds; there is nothing to restore."))
        elif dry_run:
            put(workspace, form, history.of_act(workspace, found.act))
            tell(_("Would change: {extent}").format(extent=found.extent))
        else:
            workspace.apply(found)
            say(_("Restored: {extent}").format(extent=found.extent))
            tell(_("Take it back with: lkjip undo {file}").format(file=file))


def _found(workspace: "Workspace", copy: Path, *, other_office: bool) -> "Restoration":
    with workspace.session() as session:
        return workspace.restoration(copy, session, other_office=other_office)
