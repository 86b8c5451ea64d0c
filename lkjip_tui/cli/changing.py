"""The commands that change a file's facts: `set`, `undo`, `redo` and `year`."""

from typing import TYPE_CHECKING, Annotated

import typer

from lkjip_tui.cli import opening
from lkjip_tui.cli.options import OfficeFile, Year, pairs
from lkjip_tui.cli.output import output, say, tell
from lkjip_tui.core.errors import LkjipError
from lkjip_tui.language import _, mark, plural

if TYPE_CHECKING:
    from lkjip_tui.core.acts import Act, RecordedAct
    from lkjip_tui.core.workspace import Workspace

commands = typer.Typer()


@commands.command("set", help=mark("Put a value into a cell, as typed in the grid."))
def _set(
    file: OfficeFile,
    sheet: Annotated[str, typer.Argument(metavar="SHEET", help=mark("A sheet or table."))],
    column: Annotated[str, typer.Argument(metavar="COLUMN", help=mark("The column."))],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE",
            help=mark(
                "The value; empty clears the cell. With a leading minus it goes last, after --."
            ),
        ),
    ],
    *,
    keys: Annotated[
        list[str] | None,
        typer.Option(
            "--key", metavar="COLUMN=VALUE", help=mark("What selects the one row; may be repeated.")
        ),
    ] = None,
    year: Year = None,
) -> None:
    from lkjip_tui.core.selection import column_of, find_row
    from lkjip_tui.transfer import history

    with opening.to_write(file) as workspace:
        query = opening.view(workspace, sheet)
        changed = column_of(query, column)
        row = find_row(workspace, query, workspace.year(year), pairs("--key", keys))
        act = workspace.edit(query, changed, row, value)
        if act is None:
            tell(_("The cell holds that already; nothing was changed."))
        else:
            history.write_act(output(), workspace, act)


@commands.command("undo", help=mark("Take the last act back."))
def _undo(file: OfficeFile) -> None:
    with opening.to_write(file) as workspace:
        _say_act(workspace, workspace.undo(), otherwise=_("There is nothing to undo."))


@commands.command("redo", help=mark("Do again what was taken back last."))
def _redo(file: OfficeFile) -> None:
    with opening.to_write(file) as workspace:
        _say_act(workspace, workspace.redo(), otherwise=_("There is nothing to redo."))


@commands.command("year", help=mark("Start a fiscal year with the structure of an earlier one."))
def _year(
    file: OfficeFile,
    year: Annotated[
        int,
        typer.Argument(metavar="YEAR", help=mark("The year to start.")),
    ],
    source: Annotated[
        int | None,
        typer.Option("--from", metavar="YEAR", help=mark("The earlier year; else the latest.")),
    ] = None,
) -> None:
    with opening.to_write(file) as workspace:
        count = len(workspace.start_year(year, source).changes)
        say(
            plural(
                "{year} was started with {count} row.",
                "{year} was started with {count} rows.",
                count,
            ).format(year=year, count=count)
        )
        _say_what_lacks(workspace, year)


def _say_what_lacks(workspace: "Workspace", year: int) -> None:
    """Tell each part of the report that is to be filled: how much of it is, and in which sheet."""
    from lkjip_tui.core.changes.years import LACKING

    parts = workspace.rows(workspace.find(LACKING), year)
    for row in map(parts.named, parts.window(0, parts.count)):
        if row["lacking"] is not None:
            sheet = workspace.find(str(row["goes_to_view"])).title()
            filled = f"{row['filled']}/{row['expected']}"
            say(f"  {filled:>7}  {row['chapter']} · {row['name']}  ({sheet})")


def _say_act(workspace: "Workspace", act: "Act | RecordedAct | None", *, otherwise: str) -> None:
    from lkjip_tui.transfer import history

    if act is None:
        raise LkjipError(otherwise)
    history.write_act(output(), workspace, act)
