"""Safe copies of a file, made as it is opened, fewer the older they are.

They stand in `X.duckdb.backups/`, each named by its time, the file's id and the number of the
last journal row that it surely holds. Beside them stands the one that others look at while the
file is held (`shown_copy`). Nothing else in that folder is ever touched.
"""

import re
from collections.abc import Callable, Collection, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from lkjip_tui.core.errors import FileError, system_reason
from lkjip_tui.core.storage import durability
from lkjip_tui.core.storage.database import Database
from lkjip_tui.language import _

_NAME: Final = re.compile(r"(\d{8}-\d{6})-([0-9a-f]{8})-(\d+)\.duckdb")
_TIME: Final = "%Y%m%d-%H%M%S"
#: What the copy is called that others look at.
SHOWN: Final = "current.duckdb"
#: Copying and proving take some 3 ms a megabyte, in which nothing can be saved: a fifth of a
#: second for the largest file that is copied unasked.
LARGEST: Final = 64 << 20

_NEWEST: Final = 5
_PERIODS: Final[Sequence[tuple[int, Callable[[datetime], Hashable]]]] = (
    (7, datetime.date),
    (5, lambda at: at.isocalendar()[:2]),
    (12, lambda at: (at.year, at.month)),
)
"""Of how many of the newest days, weeks and months the last copy is kept."""

MOST_KEPT: Final = _NEWEST + sum(most for most, _period in _PERIODS)
"""The most copies that a file has."""


@dataclass(frozen=True, slots=True, order=True)
class Copy:
    """A safe copy; `at` is local time."""

    at: datetime
    journal_id: int
    path: Path


def folder_of(path: Path) -> Path:
    """Return where a file's safe copies stand."""
    return Path(f"{path}.backups")


def of_file(path: Path, file_id: UUID) -> list[Copy]:
    """Return the safe copies of a file, newest first."""
    found = []
    with suppress(OSError):  # no folder, no copies
        for entry in folder_of(path).iterdir():
            told = _NAME.fullmatch(entry.name)
            if told and told[2] == file_id.hex[:8] and entry.is_file() and not entry.is_symlink():
                with suppress(ValueError):  # digits that are no time
                    at = datetime.strptime(told[1], _TIME).astimezone()
                    found.append(Copy(at, int(told[3]), entry))
    return sorted(found, reverse=True)


def worth_keeping(copies: Collection[Copy]) -> frozenset[Copy]:
    """Return the newest copies, and the last one of each of the newest days, weeks and months."""
    newest_first = sorted(copies, reverse=True)
    kept = set(newest_first[:_NEWEST])
    for most, period in _PERIODS:
        last: dict[Hashable, Copy] = {}
        for copy in newest_first:
            last.setdefault(period(copy.at), copy)
        kept.update(list(last.values())[:most])
    return frozenset(kept)


def keep(
    database: Database,
    now: datetime,
    *,
    spacing: timedelta = timedelta(),
    spared: Path | None = None,
) -> Path | None:
    """Copy a file that was changed since its newest copy, and remove those not worth keeping.

    None where no copy is due: also when the newest is younger than `spacing`, or the file too
    large. `spared` is a copy that is needed just now, and stays. Raises FileError when the copy
    cannot be made; the file and the other copies are then as they were.
    """
    file_id, number = durability.state(database)
    made = of_file(database.path, file_id)
    # A copy from a time to come is of a clock that was wrong: it may not be the newest.
    newest = next((copy for copy in made if copy.at <= now), None)
    is_due = number and not database.read_only and (not newest or newest.journal_id != number)
    is_soon = newest and now - newest.at < spacing
    if not is_due or is_soon or database.size > LARGEST:
        return None
    new = _made(database, now, file_id, number)
    copies = [new, *made]
    needed = spared and spared.resolve()
    for old in set(copies) - worth_keeping(copies):
        if old.path.resolve() != needed:
            with suppress(OSError):  # it is tried again with the next one
                old.path.unlink()
    return new.path


def rescue(database: Database, now: datetime) -> Path:
    """Return a copy of all that was saved in a file that is not in its place any more.

    Raises FileError when it cannot be made.
    """
    with database.alone(patient=True):  # or who asks, too, would clear it away unfinished
        file_id, number = durability.state(database)
        made = of_file(database.path, file_id)
        if made and made[0].journal_id == number:
            return made[0].path
        return _made(database, now, file_id, number).path


def _made(database: Database, now: datetime, file_id: UUID, number: int) -> Copy:
    """Make a copy, and return it."""
    local = now.astimezone()
    name = f"{local:{_TIME}}-{file_id.hex[:8]}-{number}.duckdb"
    copy = Copy(local, number, made_folder(database.path) / name)
    durability.back_up(database, copy.path)
    return copy


def made_folder(path: Path) -> Path:
    """Return the folder of a file's copies, there now, without what a copy cut off has left."""
    folder = folder_of(path)
    durability.clear(folder, path.name)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise FileError(
            _("No safe copy could be made in {folder}: {reason}.").format(
                folder=folder, reason=system_reason(error)
            ),
            _("The file itself is as it was. Free some space in its folder."),
        ) from error
    return folder
