"""A text in the editor that the user has chosen in VISUAL or EDITOR.

It works on a file of its own in a folder that only the user can read, which is gone when the text
is taken over. What an editor leaves that cannot be taken over stays there and is named.
"""

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from lkjip_tui.core.errors import FileError, UsageError, system_reason
from lkjip_tui.language import _


def edited(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return what the user's editor makes of a text, once it has ended; it takes the terminal.

    Raises UsageError when none is named, FileError when it fails.
    """
    command = _command(environment)
    before = text.encode("utf-8", "surrogatepass")
    try:
        folder = Path(mkdtemp(prefix="lkjip-"))
        path = folder / "text.txt"
        code, after = _left_by(command, path, before)
    except OSError as error:
        raise FileError(
            _("The editor “{command}” cannot be used: {reason}.").format(
                command=shlex.join(command), reason=system_reason(error)
            ),
            _("Name another in VISUAL or EDITOR, as in EDITOR=nano."),
        ) from error
    found = _read(after) if code == 0 else None
    if found is not None or after == before:
        rmtree(folder, ignore_errors=True)
    if found is None:
        raise FileError(
            _("What the editor left is no UTF-8 text, so nothing was taken over.")
            if code == 0
            else _("The editor failed with code {code}; nothing was taken over.").format(code=code),
            _("It left its text in {file}.").format(file=path) if after != before else "",
        )
    # Most editors end the last line of a file.
    return found if text.endswith("\n") else found.removesuffix("\n")


def _left_by(command: Sequence[str], path: Path, before: bytes) -> tuple[int, bytes]:
    """Return an editor's exit code and what it leaves in a file; the folder goes if it cannot."""
    try:
        path.write_bytes(before)
        with _interrupts_left_to_the_editor():
            code = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603
        return code, path.read_bytes()
    except OSError:
        rmtree(path.parent, ignore_errors=True)
        raise


def _read(left: bytes) -> str | None:
    try:
        return left.decode("utf-8", "surrogatepass").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _command(environment: Mapping[str, str]) -> list[str]:
    named = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        command = shlex.split(named)
    except ValueError:
        command = []
    if not command:
        raise UsageError(
            _("VISUAL and EDITOR name no editor."),
            _("Name one before the program is started, as in EDITOR=nano."),
        )
    return command


@contextmanager
def _interrupts_left_to_the_editor() -> Iterator[None]:
    """Let Ctrl+C reach the editor and end nothing here, where the text would go with it."""
    before = signal.signal(signal.SIGINT, lambda *_signal: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
