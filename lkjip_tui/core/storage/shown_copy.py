"""The copy of a file that others look at while somebody has it.

Its holder makes it anew now and then, and takes it away at the end: whom the file's lock keeps out
sees neither the figures of last week nor those of another office.
"""

import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from lkjip_tui.core.errors import FileError, FileMissing, system_reason
from lkjip_tui.core.storage import durability
from lkjip_tui.core.storage.companions import foreign, is_plain
from lkjip_tui.core.storage.copies import LARGEST, SHOWN, folder_of, made_folder
from lkjip_tui.core.storage.database import Database
from lkjip_tui.language import _


def show(database: Database) -> bool:
    """Make the copy, proven as all are; False where it is not due, or the file too large.

    Raises FileError when it cannot be made; the one before stays then.
    """
    if database.size > LARGEST:
        take_away(database)
        return False
    since = shown_since(database.path)
    is_new = since is not None and since >= database.written_at()
    if database.read_only or (is_new and not durability.logs_of(database.path)):
        return False
    made_folder(database.path)
    durability.back_up(database, shown_of(database.path), replacing=True)
    return True


def take_away(database: Database) -> None:
    """Remove the copy: nobody has the file any more."""
    if not database.read_only:
        with suppress(OSError):  # on Windows, where somebody fetches it just now
            shown_of(database.path).unlink()


def shown_of(path: Path) -> Path:
    """Return where the copy is, if one was made."""
    return folder_of(path) / SHOWN


def shown_since(path: Path) -> datetime | None:
    """Return when the copy was made, in local time; None where there is none."""
    try:
        return datetime.fromtimestamp(shown_of(path).lstat().st_mtime).astimezone()
    except OSError:
        return None


def fetch(path: Path, folder: Path) -> Path:
    """Put the copy into a folder of one's own, as old as it is; raises FileMissing, FileError."""
    shown, fetched = shown_of(path), folder / path.name
    if shown_since(path) is not None and not is_plain(shown):
        raise foreign(shown)
    try:
        with shown.open("rb") as file, fetched.open("xb") as copy:
            shutil.copyfileobj(file, copy, 1 << 20)
            made = os.fstat(file.fileno())
        os.utime(fetched, ns=(made.st_atime_ns, made.st_mtime_ns))
    except FileNotFoundError as error:
        raise none_of(path) from error
    except OSError as error:
        raise FileError(
            _("{file} cannot be read: {reason}.").format(file=shown, reason=system_reason(error)),
            _("Free some space, and check your right to read it."),
        ) from error
    return fetched


def require_copy_of(path: Path, copy: Database) -> None:
    """Raise FileMissing for a copy of another file that stood here before.

    One in which nothing was saved yet has no mark that tells it, but is no newer than its copy.
    """
    marked = durability.marked_id(path)
    is_newer = marked is None and path.stat().st_mtime > copy.path.stat().st_mtime
    if is_newer or marked not in {None, durability.state(copy)[0]}:
        raise none_of(path)


def none_of(path: Path) -> FileMissing:
    """Return the error that says so."""
    return FileMissing(_("There is no copy of {file}.").format(file=path))


def when(at: datetime) -> str:
    """Return when a copy was made, as people say it: the day, too, unless it is this one."""
    is_today = at.date() == datetime.now().astimezone().date()
    return f"{at:%H:%M:%S}" if is_today else f"{at:%Y-%m-%d %H:%M}"
