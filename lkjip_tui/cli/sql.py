"""The command `sql`: a statement from where it is kept, and what its parameters stand for."""

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from lkjip_tui.cli import opening
from lkjip_tui.cli.options import OfficeFile, ResultForm, pairs
from lkjip_tui.cli.output import put
from lkjip_tui.core.errors import Interrupted, LkjipError, QueryError, UsageError
from lkjip_tui.language import _, mark
from lkjip_tui.transfer.forms import Form

commands = typer.Typer()

#: Seconds that a statement may take unless it is said otherwise: nobody is there to stop it.
_HOUR: Final = 3600


@commands.command(
    "sql", help=mark("Run one statement that reads, or with --write one that changes facts.")
)
def _sql(
    file: OfficeFile,
    statement: Annotated[
        str | None,
        typer.Argument(
            metavar="[QUERY]", help=mark("The statement, or - to read it from standard input.")
        ),
    ] = None,
    *,
    source: Annotated[
        Path | None,
        typer.Option(
            "--file", metavar="F", help=mark("A file that holds the statement."), readable=False
        ),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            metavar="NAME=VALUE",
            help=mark("What $NAME stands for; may be repeated. $fiscal_year is known."),
        ),
    ] = None,
    form: ResultForm = Form.TEXT,
    write: Annotated[
        bool,
        typer.Option(
            "--write", help=mark("Let UPDATE, INSERT, DELETE or MERGE change facts, as one act.")
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=mark("Only tell what would change."))
    ] = False,
    timeout: Annotated[
        float,
        typer.Option(
            metavar="SECONDS",
            min=0,
            help=mark("How long the database may work for it before it is stopped."),
        ),
    ] = _HOUR,
) -> None:
    from lkjip_tui.core.parameters import value_of
    from lkjip_tui.transfer.export import of_statement

    text = _text(statement, source)
    given = {name: value_of(word) for name, word in pairs("--param", values).items()}
    if write or dry_run:
        from lkjip_tui.cli.writing import write_facts

        write_facts(file, text, given, form, dry_run=dry_run)
        return
    with opening.to_read(file) as workspace:
        stream = workspace.sql(text, given)

        def is_over() -> bool:
            return stream.milliseconds > timeout * 1000

        try:
            put(workspace, form, of_statement(lambda: stream), is_over)
        except Interrupted as error:
            if not is_over():
                raise
            told = _("The database worked for {seconds} seconds, and the statement was stopped.")
            raise QueryError(
                told.format(seconds=f"{timeout:g}"), _("--timeout SECONDS lets it take longer.")
            ) from error


def _text(statement: str | None, source: Path | None) -> str:
    """Return the statement, read from a file or from standard input where it is there."""
    if (statement is None) == (source is None):
        raise UsageError(
            _("Give one statement: as text, as - or with --file."),
            _("For example: lkjip sql FILE 'select * from report.achievement'"),
        )
    if statement is not None and statement != "-":
        return statement
    try:
        stored = sys.stdin.buffer.read() if source is None else source.read_bytes()
        return stored.decode("utf-8-sig")
    except OSError as error:
        raise LkjipError(
            _("{file} cannot be read: {reason}.").format(file=source, reason=error.strerror)
        ) from error
    except UnicodeDecodeError as error:
        raise QueryError(_("The statement is not UTF-8 text."), _("Save it as UTF-8.")) from error
