"""The screens: what the workbench shows and the keys that act on it."""
# ruff: noqa: PLC0415 - what is heavy is imported while the file opens

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lkjip_tui.core.workspace import Workspace
    from lkjip_tui.tui.app import LkjipApp
    from lkjip_tui.tui.memory import Memory
    from lkjip_tui.tui.view import View


def run(
    path: Path | None, *, read_only: bool = False, year: int | None = None, look: bool = False
) -> int:
    """Open the screens on a file, or on the start screen, and return the exit code at the end.

    With `look` on the newest copy that the file's holder made. Raises a FileError or UsageError
    before anything is shown, and only then.
    """
    # The file is opened and first read while the screens are imported.
    import lkjip_tui.tui.view  # noqa: F401
    from lkjip_tui import paths
    from lkjip_tui.tui.memory import Memory

    memory = Memory(paths.state_folder() / "state.json")
    with ThreadPoolExecutor(1) as opener:
        opening = (
            None
            if path is None
            else opener.submit(_open, path, memory, year, read_only=read_only, look=look)
        )
        from lkjip_tui.tui.app import LkjipApp

        workspace, first = opening.result() if opening else (None, None)
    return _run(LkjipApp(workspace, first, memory=memory))


def run_assistant(file: Path | None, year: int | None) -> int:
    """Ask for a new office, to be made in this file if one is named; return the exit code."""
    from lkjip_tui import paths
    from lkjip_tui.tui.app import LkjipApp
    from lkjip_tui.tui.assistant import NewOffice
    from lkjip_tui.tui.memory import Memory

    memory = Memory(paths.state_folder() / "state.json")
    return _run(LkjipApp(memory=memory, assistant=NewOffice(file, year)))


def _run(app: "LkjipApp") -> int:
    from lkjip_tui.core.figures.values import safe_text
    from lkjip_tui.tui.ending import Ending

    try:
        _require_terminal()
        with Ending(app).watched(), _terminal_kept(app):
            app.run()
    finally:
        app.left.set()
        moved = None
        if app.workspace is not None:
            moved = app.workspace.moved()
            if moved is None:  # else it may be that of whoever has the other file
                app.workspace.hide_copy()
            app.workspace.close()
    if moved is not None:
        sys.stderr.write(f"lkjip: {safe_text(str(moved), keep_newlines=True)}\n")
    return app.return_code or (0 if moved is None else moved.exit_code)


def _require_terminal() -> None:
    """Raise UsageError where no screen can be shown: in a pipe, or on a terminal without one."""
    from lkjip_tui.core.errors import UsageError
    from lkjip_tui.language import _
    from lkjip_tui.system import is_dumb_terminal

    if is_dumb_terminal() or not all(
        stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)
    ):
        raise UsageError(
            _("The screens need a terminal that can move its cursor; this is none."),
            _("Open another one, or use the commands, as: lkjip show FILE NAME. lkjip --help lists"
              " them."),
        )  # fmt: skip


@contextmanager
def _terminal_kept(app: "LkjipApp") -> Iterator[None]:
    """Write signs whatever the locale, and leave the terminal as it was.

    Keep one that reorders Arabic or Hebrew from taking the columns behind with it: it
    draws a line's cells in their order then, as those terminals do that never reorder.
    """
    terminal = sys.__stderr__  # the screens are written there, too
    if terminal is None or not terminal.isatty():
        yield
        return
    # In a locale without UTF-8 each sign would be six letters, and the columns go astray.
    terminal.reconfigure(encoding="utf-8", errors="backslashreplace")
    terminal.write("\x1b[8l")
    try:
        yield
    finally:
        try:
            terminal.write(f"{app.owed_to_terminal}\x1b[8h")
            terminal.flush()
        except OSError:  # it is gone, and what is still buffered must not fail at exit either
            os.dup2(os.open(os.devnull, os.O_WRONLY), terminal.fileno())


def _open(
    path: Path, memory: "Memory", year: int | None, *, read_only: bool, look: bool
) -> "tuple[Workspace, View]":
    from lkjip_tui.core.workspace import Workspace
    from lkjip_tui.tui.view import View

    opened = Workspace.open_shown if look else Workspace.open
    workspace = opened(path, read_only=read_only)
    try:
        return workspace, View.first(workspace, memory, year)
    except BaseException:
        workspace.close()
        raise
