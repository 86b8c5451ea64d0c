"""The commands that keep a file's state and hold it against another: `restore` and editions."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lkjip_tui.cli import opening
from lkjip_tui.cli.options import OfficeFile, ResultForm, Year
from lkjip_tui.cli.output import leave_if_failed, put, say, stoppable, tell
from lkjip_tui.language import _, mark
from lkjip_tui.transfer.forms import Form

if TYPE_CHECKING:
    from lkjip_tui.core.changes.restoring import Restoration
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

    opened = opening.to_read(file) if dry_run else opening.to_write(file, spared=copy)
    with opened as workspace:
        found = stoppable(workspace, lambda: _found(workspace, copy, other_office=other_office))
        if not found.act.changes:
            tell(_("The copy holds what the file holds; there is nothing to restore."))
        elif dry_run:
            put(workspace, form, history.of_act(workspace, found.act))
            tell(_("Would change: {extent}").format(extent=found.extent))
        else:
            workspace.restore(found)
            say(_("Restored: {extent}").format(extent=found.extent))
            tell(_("Take it back with: lkjip undo {file}").format(file=shlex.quote(str(file))))


@commands.command(
    "edition", help=mark("Freeze an edition: a read-only copy with report and tables, proved.")
)
def _edition(
    file: OfficeFile,
    name: Annotated[str, typer.Argument(metavar="NAME", help=mark("Its name: LKjIP 2021 final."))],
    year: Year = None,
) -> None:
    from lkjip_tui.transfer.freezing import freeze

    with opening.to_write(file) as workspace:
        chosen = workspace.year(year)
        with workspace.session() as session:
            edition, problems = stoppable(
                workspace, lambda: freeze(workspace, name, chosen, session)
            )
    say(edition.folder)
    for problem in problems:
        tell(str(problem))
    if problems:  # as for the report
        raise typer.Exit(1)


@commands.command("editions", help=mark("List the editions, and which were changed since."))
def _editions(file: OfficeFile, form: ResultForm = Form.TEXT) -> None:
    from lkjip_tui.transfer import editions

    with opening.to_read(file) as workspace:
        found, faults = workspace.editions.every()
        if found or form is not Form.TEXT:
            put(workspace, form, editions.listed(workspace, found))
    if not found:
        tell(_("No edition of this file is frozen yet."))
    leave_if_failed(faults)


@commands.command("diff", help=mark("List what the tables print differently from an edition."))
def _diff(
    file: OfficeFile,
    name: Annotated[str, typer.Argument(metavar="EDITION", help=mark("The edition's name."))],
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", help=mark("The fiscal year; else the edition's."))
    ] = None,
    form: ResultForm = Form.TEXT,
) -> None:
    from lkjip_tui.transfer import editions

    with opening.to_read(file) as workspace:
        edition = workspace.editions.named(name)
        if changed := editions.changed_text(workspace.editions.changed_files(edition)):
            tell(f"{name}: {changed}")
        chosen = workspace.year(edition.fiscal_year if year is None else year)
        with workspace.session() as session:
            found = stoppable(
                workspace, lambda: workspace.editions.differences(edition, chosen, session)
            )
        if found or form is not Form.TEXT:
            put(workspace, form, editions.compared(edition, found))
    if not found:
        tell(_("The tables print what the edition prints."))


def _found(workspace: "Workspace", copy: Path, *, other_office: bool) -> "Restoration":
    with workspace.session() as session:
        return workspace.restoration(copy, session, other_office=other_office)
