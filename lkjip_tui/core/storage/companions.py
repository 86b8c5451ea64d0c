"""What stands beside a file and is named after it: the driver's log, our mark, folders of copies.

All of it may have come in the same archive as the file. A link among it would let the driver and
us write, cut or read somewhere else, and a pipe lets who opens it wait for ever; so a file with
such companions is not opened.
"""

from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import Final

from lkjip_tui.core.errors import FileForeign
from lkjip_tui.language import _

_FILES: Final = (".wal", ".wal.checkpoint", ".wal.recovery", ".mark", ".rollback")
_FOLDERS: Final = (".tmp", ".backups", ".editions")


def require_plain(path: Path) -> None:
    """Raise FileForeign when what stands beside a file leads elsewhere, or is a pipe."""
    for ending in (*_FILES, *_FOLDERS):
        beside = Path(f"{path}{ending}")
        try:
            mode = beside.lstat().st_mode
        except OSError:  # mostly it is not there; and what cannot be seen cannot be used
            continue
        if S_ISLNK(mode) or not (S_ISREG(mode) or S_ISDIR(mode)):
            raise foreign(beside)


def foreign(path: Path) -> FileForeign:
    """Return the error that says so of what is no file or folder of the program's."""
    return FileForeign(
        _("{file} is a link, or something else than the program makes there.").format(file=path),
        _("Who put it there may have it write elsewhere. Take it away, then open again."),
    )


def is_plain(path: Path) -> bool:
    """Whether a path is a file itself, and no link to one."""
    try:
        return S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
