"""The command line: what scripts rest on.

Results go to standard output, all else to standard error. Exit codes: 0 good, 1 findings or an
error in data or query, 2 usage, 3 the file is busy, 130 interrupted. Everything heavy is
imported inside the command that needs it, so that help answers at once.
"""

import os
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final, Literal, cast

import typer
from typer.core import TyperArgument, TyperOption

from lkjip_tui import __version__, language
from lkjip_tui.cli import changing, files, importing, reading, reporting, safekeeping, sql
from lkjip_tui.cli.output import say, tell_error
from lkjip_tui.core.errors import LkjipError, UsageError
from lkjip_tui.language import _, mark

if TYPE_CHECKING:
    from io import TextIOWrapper

_INTERRUPTED: Final = 130
_OPTION: Final = re.compile(r"--[a-z-]+")

_app = typer.Typer(
    help=mark("A terminal workbench for an office's yearly performance report (LKjIP)."),
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for _part in (files, reading, reporting, sql, changing, importing, safekeeping):
    _app.add_typer(_part.commands)


@_app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    *,
    lang: Annotated[  # noqa: ARG001 - it is read before help is made
        Literal["en", "id"] | None,
        typer.Option(help=mark("The interface's language; else the locale's.")),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help=mark("Print the version."))] = False,
) -> None:
    if version:
        say(f"lkjip {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        files.open_screens(None)


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; errors that can be expected are told."""
    for stream in (sys.stdout, sys.stderr):
        cast("TextIOWrapper", stream).reconfigure(encoding="utf-8", newline="\n")
    try:
        return _invoke(arguments)
    except BrokenPipeError:
        # Whoever read has enough; what is still buffered must not fail at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except LkjipError as error:
        tell_error(error)
        return error.exit_code
    except typer.TyperException as error:
        tell_error(LkjipError(error.format_message(), _hint(error)))
        return error.exit_code
    except OSError as error:
        tell_error(LkjipError(str(error)))
        return LkjipError.exit_code
    except KeyboardInterrupt:
        return _INTERRUPTED


def _hint(error: typer.TyperException) -> str:
    """Return what to do about a command line that was not understood."""
    hint = _("lkjip --help lists the commands, lkjip COMMAND --help explains one.")
    option = getattr(error, "option_name", None)
    if option is None or _OPTION.fullmatch(option):
        return hint
    return "\n".join([_("A value with a leading minus goes last, after --, as in: -- -5"), hint])


def _invoke(arguments: Sequence[str]) -> int:
    app = typer.main.get_group(_app)
    # The language is asked for among the arguments, and errors and help in them speak it.
    asked = app.make_context("lkjip", [*arguments], resilient_parsing=True).params["lang"]
    language.use(asked or language.from_environment())
    _require_text(arguments)
    for command in (app, *app.commands.values()):
        command.help = _(command.help) if command.help else None
        for parameter in command.params:
            if isinstance(parameter, TyperArgument | TyperOption) and parameter.help:
                parameter.help = _(parameter.help)
    try:
        with app.make_context("lkjip", [*arguments]) as context:
            app.invoke(context)
    except typer.Exit as left:
        return left.exit_code
    finally:
        sys.stdout.flush()
    return 0


def _require_text(arguments: Sequence[str]) -> None:
    """Refuse what the driver can neither find nor store."""
    for argument in arguments:
        if argument.encode("utf-8", "replace").decode() != argument:
            raise UsageError(
                _("“{argument}” is not UTF-8 text.").format(argument=argument),
                _("Write names and texts in UTF-8."),
            )
