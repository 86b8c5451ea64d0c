"""The command that writes the whole report: `report`."""

from pathlib import Path
from typing import Annotated

import typer

from lkjip_tui.cli import opening
from lkjip_tui.cli.options import OfficeFile, Year
from lkjip_tui.cli.output import say, stoppable, tell
from lkjip_tui.language import _, mark

commands = typer.Typer()


@commands.command("report", help=mark("Write the whole report of a year as one document."))
def _report(
    file: OfficeFile,
    *,
    target: Annotated[
        Path, typer.Option("--to", metavar="FILE", help=mark("The document: .docx or .md."))
    ],
    year: Year = None,
    force: Annotated[
        bool, typer.Option("--force", help=mark("Replace files that are there already."))
    ] = False,
) -> None:
    from lkjip_tui.transfer import report_files

    with opening.to_read(file) as workspace:
        chosen = workspace.year(year)
        tell(_("Report of the year {year}").format(year=chosen))
        written, problems = stoppable(
            workspace, lambda: report_files.write(workspace, chosen, target, replace=force)
        )
    for path in written:
        say(path)
    for problem in problems:
        tell(str(problem))
    if problems:
        raise typer.Exit(1)
