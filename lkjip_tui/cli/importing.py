"""The command that takes a file of elsewhere in: `import`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lkjip_tui.cli import opening
from lkjip_tui.cli.options import OfficeFile, Year, pairs
from lkjip_tui.cli.output import output, say, stoppable, tell, width
from lkjip_tui.core.errors import LkjipError
from lkjip_tui.language import _, mark
from lkjip_tui.paths import is_writable

if TYPE_CHECKING:
    from lkjip_tui.core.imports.importing import Import
    from lkjip_tui.core.query.queries import Query
    from lkjip_tui.core.workspace import Workspace
    from lkjip_tui.transfer.source import Source

commands = typer.Typer()

_STANDARD_INPUT = "-"


@commands.command("import", help=mark("Take figures and names over from a file of elsewhere."))
def _import(
    file: OfficeFile,
    sheet: Annotated[str, typer.Argument(metavar="SHEET", help=mark("A sheet or table."))],
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help=mark("A .csv, .xlsx, .xls, .ods or .parquet file; - is text on standard input."),
        ),
    ],
    *,
    year: Year = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=mark("Only tell what would change."))
    ] = False,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=HEADING",
            help=mark("Which heading of the source a column has; may be repeated."),
        ),
    ] = None,
    worksheet: Annotated[
        str | None,
        typer.Option(
            "--sheet", metavar="NAME", help=mark("The spreadsheet's sheet; else the first.")
        ),
    ] = None,
    leave_out_refused: Annotated[
        bool,
        typer.Option("--leave-out-refused", help=mark("Take over what is not refused.")),
    ] = False,
) -> None:
    from lkjip_tui import paths
    from lkjip_tui.core.imports import source_columns
    from lkjip_tui.transfer import imported
    from lkjip_tui.tui.memory import Memory

    by_hand = {heading: column for column, heading in pairs("--map", mapped).items()}
    # What new rows would hold can only be told by making them, and taking them back.
    opened = opening.to_write if is_writable(file) or not dry_run else opening.to_read
    with opened(file) as workspace:
        query = opening.view(workspace, sheet)
        in_year = workspace.year(year)
        found = _read(source, worksheet)
        tell(
            _("{source}: {told} → {table}, {year}").format(
                source=source, told=found.told, table=query.title(), year=in_year
            )
        )
        memory = Memory(paths.state_folder() / "state.json")
        headings = source_columns.headings(found.block)
        said = {**memory.columns(query.full_name, headings), **by_hand}
        compared = stoppable(
            workspace, lambda: workspace.compare(query, in_year, found.block, said)
        )
        for told in imported.columns(compared, workspace.cells(query), workspace.names(in_year)):
            tell(told)
        try:
            if leave_out_refused and not dry_run:
                _tell_refused(workspace, query, in_year, compared)
                compared.leave_out_refused()
            _take_in(workspace, query, in_year, compared, dry_run=dry_run)
            if by_hand and not dry_run:
                memory.said(query.full_name, headings, said)
        finally:
            compared.close()


def _take_in(
    workspace: "Workspace", query: "Query", year: int, compared: "Import", *, dry_run: bool
) -> None:
    from lkjip_tui.transfer import imported, text

    counts = compared.counts
    if dry_run:
        table = imported.printed(compared, workspace.cells(query), workspace.names(year))
        text.write(output(), [table], width())
        say(imported.summary(counts))
        if counts.refused:
            raise typer.Exit(1)
        return
    for note in compared.notes:
        tell(note)
    if counts.refused:
        _tell_refused(workspace, query, year, compared)
        tell(imported.summary(counts))
        tell(_("Nothing was written. Mend the source, or go on without it: --leave-out-refused"))
        raise typer.Exit(1)
    if not counts.changed and not counts.new_rows:
        if counts.unchanged:
            tell(_("The file holds all of it already; nothing was changed."))
            return
        raise LkjipError(
            _("Nothing of the source could be taken over."),
            _("Look at it with --dry-run; --map COLUMN=HEADING says what a heading is."),
        )
    stoppable(workspace, lambda: workspace.take_in(compared))
    say(imported.summary(counts))


def _tell_refused(workspace: "Workspace", query: "Query", year: int, compared: "Import") -> None:
    from lkjip_tui.transfer import imported

    cells, names = workspace.cells(query), workspace.names(year)
    refused = compared.page(0, compared.counts.refused)
    for each in imported.told(compared, cells, names, refused):
        where = f"{each.cell}: {each.new}" if each.new else each.cell
        tell(_("Line {line}: {cell} – {reason}").format(
            line=each.line, cell=where, reason=each.reason.replace("\n", " ")
        ))  # fmt: skip


def _read(source: str, worksheet: str | None) -> "Source":
    from lkjip_tui.transfer import source as sources

    if source == _STANDARD_INPUT:
        return sources.of_text(sys.stdin.buffer.read())
    return sources.read(Path(source), worksheet)
