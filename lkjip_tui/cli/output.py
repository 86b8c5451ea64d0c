"""Where results and messages go, and how long work on them is stopped.

Owns standard output and standard error: on a terminal no data may drive it, other programs get
results as they are.
"""

import shutil
import sys
from collections.abc import Callable, Sequence
from io import TextIOBase
from typing import TYPE_CHECKING, Final, TextIO, TypeVar, cast

import typer

from lkjip_tui.core.errors import LkjipError
from lkjip_tui.transfer.forms import Form

if TYPE_CHECKING:
    from lkjip_tui.core.workspace import Workspace
    from lkjip_tui.transfer.export import Exportable

_T = TypeVar("_T")

#: Seconds between two looks at whether something takes too long.
_NOW_AND_THEN: Final = 0.1


def put(
    workspace: "Workspace",
    form: Form,
    what: "Exportable",
    is_over: Callable[[], bool] | None = None,
) -> None:
    """Write a result in the form asked for; it is stopped once it `is_over`."""
    from lkjip_tui.transfer import machine, markdown, text

    def write() -> None:
        match form:
            case Form.TEXT:
                text.write(output(), what.tables(), width())
            case Form.MD:
                markdown.write(output(), what.tables())
            case Form.CSV:
                machine.write_csv(output(), what.records())
            case Form.JSON:
                machine.write_json(output(), what.records())

    stoppable(workspace, write, is_over)


def stoppable(
    workspace: "Workspace", work: Callable[[], _T], is_over: Callable[[], bool] | None = None
) -> _T:
    """Return what `work` returns, done on another thread: the driver would keep Ctrl-C waiting.

    Raises Interrupted once it `is_over`, which is asked now and then.
    """
    from concurrent.futures import ThreadPoolExecutor, wait

    with ThreadPoolExecutor(1) as pool:
        doing = pool.submit(work)
        try:
            while is_over is not None and not doing.done():
                wait([doing], timeout=_NOW_AND_THEN)
                if is_over():
                    workspace.interrupt()
            return doing.result()
        except KeyboardInterrupt:
            # Once may be between two queries.
            while not doing.done():
                workspace.interrupt()
                wait([doing], timeout=0.05)
            raise


def output() -> TextIO:
    """Return where results go."""
    return cast("TextIO", _Terminal()) if sys.stdout.isatty() else sys.stdout


def width() -> int | None:
    """Return how wide a line may be: as the terminal is, any width elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def say(what: object) -> None:
    """Put a line of result out."""
    output().write(f"{what}\n")


def tell(text: str) -> None:
    """Tell the user something that is no result."""
    from lkjip_tui.core.figures.values import safe_text

    sys.stderr.write(f"lkjip: {safe_text(text, keep_newlines=True)}\n")


def tell_error(error: LkjipError) -> None:
    """Tell what happened, and beneath it what to do next."""
    tell("\n  ".join([error.message, *error.hint.splitlines()]))


def leave_if_failed(failed: Sequence[LkjipError]) -> None:
    """Tell what failed while the rest went well, and leave with exit code 1 if anything did."""
    for error in failed:
        tell_error(error)
    if failed:
        raise typer.Exit(1)


class _Terminal(TextIOBase):
    """Standard output with every sign that would drive a terminal made visible."""

    def write(self, text: str) -> int:
        from lkjip_tui.core.figures.values import safe_text

        return sys.stdout.write(safe_text(text, keep_newlines=True))
