"""The command `sql`: a statement from where it is kept, and what its parameters stand for."""

import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from lkjip_tui.cli import opening
from lkjip_tui.cli.limit import in_time
from lkjip_tui.cli.options import OfficeFile, ResultForm, pairs
from lkjip_tui.cli.output import put
from lkjip_tui.core.errors import LkjipError, QueryError, UsageError, system_reason
from lkjip_tui.language import _, mark
from lkjip_tui.transfer.forms import Form

commands = typer.Typer()

#: Seconds that a statement may take unless it is said otherwise: nobody is there to stop it.
_HOUR: Final = 3600
_STANDARD_INPUT: Final = Path("-")


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
    from lkjip_tui.core.sql.parameters import value_of
    from lkjip_tui.transfer.export import of_statement

    text = _text(statement, source)
    given = {name: value_of(word) for name, word in pairs("--param", values).items()}
    writes = write or dry_run
    opened = opening.to_write if writes else opening.to_read
    with opened(file) as workspace, _placed(text, source), in_time(timeout) as limit:
        _require_values(workspace.console.parameters(text), given)
        if writes:
            from lkjip_tui.cli.writing import write_facts

            write_facts(workspace, text, given, form, limit, dry_run=dry_run)
        else:
            stream = workspace.console.stream(text, given)
            put(
                workspace, form, of_statement(lambda: stream), limit.of(lambda: stream.milliseconds)
            )


@contextmanager
def _placed(text: str, source: Path | None) -> Iterator[None]:
    """Say of a mistake in which line and column it stands, and of which file."""
    from lkjip_tui.core.storage.sql_text import line_and_column, place_of_fault

    try:
        yield
    except QueryError as error:
        place = place_of_fault(text, str(error.__cause__ or error), exactly=True)
        if place is None:
            raise
        line, column = line_and_column(text, place[0])
        if source is None or source == _STANDARD_INPUT:
            told = _("Line {line}, column {column}.").format(line=line, column=column)
        else:
            told = _("{file}, line {line}, column {column}.").format(
                file=source, line=line, column=column
            )
        hint = "\n".join(filter(None, [told, error.hint]))
        raise type(error)(error.message, hint) from error


def _require_values(asked: Collection[str], given: Mapping[str, object]) -> None:
    """Refuse a statement without a value that it asks for, and a value that it does not."""
    from lkjip_tui.core.sql.parameters import is_year

    known = {name.casefold() for name in given}
    wanted = {name.casefold() for name in asked}
    lacking = sorted(name for name in asked if not is_year(name) and name.casefold() not in known)
    if lacking:
        raise UsageError(
            _("The statement asks for {names}.").format(
                names=", ".join(f"${name}" for name in lacking)
            ),
            _("Write: {option} NAME=VALUE").format(option="--param"),
        )
    unasked = sorted(name for name in given if name.casefold() not in wanted)
    if unasked:
        raise UsageError(
            _("The statement does not ask for {names}.").format(
                names=", ".join(f"${name}" for name in unasked)
            ),
            _("It asks for: {names}").format(
                names=", ".join(f"${name}" for name in sorted(asked)) or _("none")
            ),
        )


def _text(statement: str | None, source: Path | None) -> str:
    """Return the statement, read from a file or from standard input where it is there."""
    if (statement is None) == (source is None):
        raise UsageError(
            _("Give one statement: as text, as - or with --file."),
            _("For example: lkjip sql FILE 'select * from report.achievement'"),
        )
    if statement is not None and statement != str(_STANDARD_INPUT):
        return statement
    try:
        is_there = source is not None and source != _STANDARD_INPUT
        stored = source.read_bytes() if source and is_there else sys.stdin.buffer.read()
        return stored.decode("utf-8-sig")
    except OSError as error:
        raise LkjipError(
            _("{file} cannot be read: {reason}.").format(file=source, reason=system_reason(error))
        ) from error
    except UnicodeDecodeError as error:
        raise QueryError(_("The statement is not UTF-8 text."), _("Save it as UTF-8.")) from error
