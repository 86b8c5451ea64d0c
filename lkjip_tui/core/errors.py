"""Every error the program raises on purpose, as one tree.

    LkjipError                  exit code 1
      UsageError                2   a name, year or option that does not exist
      InputRefused                  a typed value that its column cannot hold
      EditRefused                   a cell or row that cannot be changed, or changed meanwhile
      QueryError                    a query file or statement that cannot be read or run
        StatementRefused            a statement that the read-only console does not run
      FileError                     a file that cannot be served
        FileMissing
        FileForeign                 not a DuckDB file, or not one of ours
        FileDamaged
        FileNewer                   written by a later version of the program
        FileReadOnly                the act needs to write and the file cannot be written
        FileThere                   another file would be replaced
        FileMoved                   it was deleted or replaced while it was open
        OtherOffice                 a copy of another file than the one it is held against
        FileBusy                3   another process holds it
      Interrupted             130   the user stopped it

`message` says what happened and to what, `hint` what to do next; both are in the
interface's language already. Errors of the driver are caught in `database` alone and
raised as one of these `from` the original.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from lkjip_tui.language import _, mark

IsStopped: TypeAlias = Callable[[], bool]
"""Says whether the user has stopped what is at work."""

#: What the system says most often, to be translated; the rest is told in its own words.
_REASONS: Final = (
    mark("No such file or directory"),
    mark("Permission denied"),
    mark("Operation not permitted"),
    mark("No space left on device"),
    mark("Disk quota exceeded"),
    mark("File too large"),
    mark("Read-only file system"),
    mark("Is a directory"),
    mark("Not a directory"),
    mark("File exists"),
    mark("File name too long"),
    mark("Input/output error"),
    mark("Too many open files"),
)


class LkjipError(Exception):
    """What happened (`message`), and what to do next (`hint`)."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class UsageError(LkjipError):
    """A name, a year or an option that does not exist here."""

    exit_code = 2


class UnheadedError(UsageError):
    """A source whose headings do not say what it holds; its `hint` is for the command line."""


class InputRefused(LkjipError):
    """A typed value that its column cannot hold; `hint` gives the readings or an example."""


class EditRefused(LkjipError):
    """A cell or row that cannot be changed, or that changed under the screen."""


class QueryError(LkjipError):
    """A query file or a statement that cannot be read or run."""


class StatementRefused(QueryError):
    """A statement that a read-only console does not run."""


class FileError(LkjipError):
    """A file that cannot be served."""


class FileMissing(FileError):
    """There is no such file."""


class FileForeign(FileError):
    """The file is not a DuckDB file, or not one made by this program."""


class FileDamaged(FileError):
    """The file or its log cannot be read whole."""


class FileNewer(FileError):
    """A later version of the program wrote the file."""


class FileReadOnly(FileError):
    """The act needs to write, and the file cannot be written."""


class FileThere(FileError):
    """Another file has the name already, and it was not said that it may be replaced."""


class FileMoved(FileError):
    """The file was deleted, moved or replaced by another one while it was open."""


class OtherOffice(FileError):
    """The file is no copy of the one that is open."""


class FileBusy(FileError):
    """Another process holds the file."""

    exit_code = 3


class SavedUnmarked(FileError):
    """The change is saved, but the mark beside the file that would tell its loss is not."""


class Interrupted(LkjipError):
    """The user stopped what was at work."""

    exit_code = 130


def system_reason(error: OSError) -> str:
    """Return why the system refused, without a full stop."""
    return _(error.strerror) if error.strerror else str(error)


def require_unstopped(is_stopped: IsStopped) -> None:
    """Raise Interrupted once the user has stopped what asks."""
    if is_stopped():
        raise Interrupted(_("Stopped."))
