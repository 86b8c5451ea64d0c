"""The commands that read a file's queries: `list`, `show`, `export`, `check` and `history`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from lkjip_tui.cli import opening
from lkjip_tui.cli.options import OfficeFile, ResultForm, Year
from lkjip_tui.cli.output import leave_if_failed, output, put, say, stoppable, tell, width
from lkjip_tui.core.errors import UsageError
from lkjip_tui.language import _, mark
from lkjip_tui.transfer.forms import FileForm, Form

commands = typer.Typer()


@commands.command("list", help=mark("List the sheets, tables and checks."))
def _list(file: OfficeFile) -> None:
    from lkjip_tui.transfer import printed, text

    with opening.to_read(file) as workspace:
        text.write(output(), printed.of_registry(workspace.registry), width())


@commands.command("show", help=mark("Show a sheet, table or check."))
def _show(
    file: OfficeFile,
    name: Annotated[str, typer.Argument(metavar="NAME", help=mark("A sheet, table or check."))],
    year: Year = None,
    form: ResultForm = Form.TEXT,
) -> None:
    from lkjip_tui.transfer import export

    with opening.to_read(file) as workspace:
        query = opening.view(workspace, name)
        put(workspace, form, export.of_query(workspace, query, workspace.year(year)))


@commands.command("export", help=mark("Write sheets, tables or checks as files into a folder."))
def _export(
    file: OfficeFile,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help=mark("What to write."))
    ] = None,
    *,
    folder: Annotated[Path, typer.Option("--to", metavar="DIR", help=mark("The folder."))],
    every: Annotated[
        bool, typer.Option("--all", help=mark("All report tables, and a manifest of them."))
    ] = False,
    forms: Annotated[
        list[FileForm] | None,
        typer.Option("--format", help=mark("The form of the files; may be repeated. Else csv.")),
    ] = None,
    year: Year = None,
    locale: Annotated[
        Literal["id"] | None, typer.Option(help=mark("CSV as an Indonesian Excel opens it."))
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=mark("Replace files that are there already."))
    ] = False,
) -> None:
    from lkjip_tui.transfer import export
    from lkjip_tui.transfer.manifest import TableSet

    with opening.to_read(file) as workspace:
        queries = [opening.view(workspace, name) for name in names or ()]
        if not (queries or every):
            raise UsageError(
                _("Nothing is named that could be exported."), _("Name tables, or give --all.")
            )
        chosen = workspace.year(year)
        wanted = [export.of_query(workspace, query, chosen) for query in queries]
        written, failed = stoppable(
            workspace,
            lambda: export.export(
                wanted + (export.of_report(workspace, chosen) if every else []),
                folder,
                forms or [FileForm.CSV],
                spreadsheet=locale is not None,
                replace=force,
                table_set=TableSet(workspace.origin(), chosen) if every else None,
            ),
        )
    for path in written:
        say(path)
    leave_if_failed(failed)


@commands.command(
    "check", help=mark("Tell what cannot be right; exit code 1 if there is an error.")
)
def _check(file: OfficeFile, year: Year = None, form: ResultForm = Form.TEXT) -> None:
    from lkjip_tui.transfer import findings

    with opening.to_read(file) as workspace:
        chosen, registry = workspace.year(year), workspace.registry
        found, failed = stoppable(workspace, lambda: workspace.findings(chosen))
        if form is Form.TEXT:
            findings.write(output(), found, registry)
        else:
            put(workspace, form, findings.exportable(found, registry))
    tell(findings.summary(found, chosen))
    leave_if_failed(failed)
    # A rule that could not be read is no rule that found nothing; it was told on opening.
    if registry.faults or any(one.severity == "error" and not one.accepted for one in found):
        raise typer.Exit(1)


@commands.command("history", help=mark("List what was changed, newest first."))
def _history(
    file: OfficeFile,
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, max=10**9, help=mark("How many acts at most."))
    ] = 100,
    form: ResultForm = Form.TEXT,
) -> None:
    from lkjip_tui.transfer import history

    with opening.to_read(file) as workspace:
        put(workspace, form, history.exportable(workspace, limit))
