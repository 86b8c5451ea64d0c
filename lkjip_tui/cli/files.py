"""The commands of a file's life: `demo`, `new`, `open` and `backup`."""

import shlex
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from lkjip_tui.cli import opening
from lkjip_tui.cli.options import OfficeFile
from lkjip_tui.cli.output import say, tell
from lkjip_tui.core.errors import FileBusy, UsageError
from lkjip_tui.language import _, mark
from lkjip_tui.paths import is_writable

commands = typer.Typer()

_EXAMPLE_FILE: Final = "sooko-2021.duckdb"


@commands.command("demo", help=mark("Make the example's file unless it is there, and open it."))
def _demo(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help=mark("Where to make it; else in your data folder.")),
    ] = None,
    *,
    no_open: Annotated[bool, typer.Option("--no-open", help=mark("Only make it."))] = False,
) -> None:
    from lkjip_tui import paths
    from lkjip_tui.core.workspace import Workspace

    path = file or paths.data_folder() / _EXAMPLE_FILE
    if not path.exists():
        Workspace.create_example(path).close()
    if no_open:
        say(path)
    else:
        open_screens(path)


@commands.command(
    "new", help=mark("Make the file of a new office; without --office a terminal asks for it.")
)
def _new(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help=mark("The office's file."))
    ] = None,
    *,
    office: Annotated[
        str | None, typer.Option(metavar="NAME", help=mark("The office's name."))
    ] = None,
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", help=mark("The first fiscal year."))
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help=mark(
                "What it begins with, without figures: kecamatan has programs, indicators and the"
                " report's chapters. Without it the office is empty."
            ),
        ),
    ] = None,
) -> None:
    if office is None and sys.stdin.isatty() and sys.stdout.isatty():
        from lkjip_tui.tui import run_assistant

        raise typer.Exit(run_assistant(file, year))
    from lkjip_tui import paths
    from lkjip_tui.core.storage.template import Template
    from lkjip_tui.core.workspace import Workspace

    if file is None or office is None or year is None:
        raise UsageError(
            _("A new office needs a file, a name and a year."),
            _("Write: lkjip new FILE --office NAME --year YEAR"),
        )
    begin = (
        () if template is None else Template.read(paths.templates_folder(), template).seeds(year)
    )
    Workspace.create(file, office, year, begin=begin).close()
    say(file)
    tell(_("Open it with: lkjip open {file}").format(file=shlex.quote(str(file))))


@commands.command("open", help=mark("Open a file on the screen."))
def _open(
    file: OfficeFile,
    *,
    read_only: Annotated[
        bool, typer.Option("--read-only", help=mark("Change nothing, and let others read."))
    ] = False,
    year: Annotated[
        int | None,
        typer.Option(metavar="YEAR", help=mark("The fiscal year; else the one shown last.")),
    ] = None,
) -> None:
    open_screens(file, read_only=read_only, year=year)


@commands.command("backup", help=mark("Copy a file, and prove that the copy holds the same."))
def _backup(
    file: OfficeFile,
    target: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DEST]",
            help=mark("The copy's name or folder; else beside the file, named by date and time."),
        ),
    ] = None,
) -> None:
    stamped = f"{file.stem}-{datetime.now().astimezone():%Y%m%d-%H%M%S}.duckdb"
    copy = target or file.with_name(stamped)
    if copy.is_dir():
        copy /= stamped
    # Only who may write can take in what a log still holds.
    opened = opening.to_write if is_writable(file) else opening.to_read
    with opened(file) as workspace:
        workspace.back_up(copy)
    say(copy)


def open_screens(
    path: Path | None, *, read_only: bool = False, year: int | None = None
) -> NoReturn:
    """Show a file on the screen, or the start screen without one; leave as the screens do."""
    from lkjip_tui.tui import run

    if path is not None and path.exists() and not read_only and not is_writable(path):
        tell(_("{file} cannot be written; it opens for reading only.").format(file=path))
        read_only = True
    try:
        code = run(path, read_only=read_only, year=year)
    except FileBusy as busy:
        if path is None or not opening.may_look(path, busy):
            raise
        code = run(path, read_only=read_only, year=year, look=True)
    raise typer.Exit(code)
