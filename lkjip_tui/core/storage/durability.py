"""Making, opening and copying a file so that nothing acknowledged is lost unnoticed.

Beside `X.duckdb` stands `X.duckdb.mark`: the file's id and the number of the last journal row
that was acknowledged, synced to the disk after each commit. A file that knows fewer rows than
its mark has lost some. DuckDB replays a log that was cut as far as it goes, in silence, and then
deletes it; behind a damaged one it does not open the file at all. So a log that was left behind
is copied, with its file, before anything writes to either; a damaged one is cut before the
damage; and the copies stay when something may be missing. Before all that, a checkpoint that was
cut off is taken back (`rollback`). What an opening or a copy that was itself cut off left behind
goes with the next opening.
"""

import os
import re
import shutil
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path
from stat import S_IWUSR
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias
from uuid import UUID, uuid4

from lkjip_tui.core.errors import (
    EditRefused,
    FileBusy,
    FileDamaged,
    FileError,
    FileReadOnly,
    IsStopped,
    LkjipError,
    QueryError,
    SavedUnmarked,
    require_unstopped,
    system_reason,
)
from lkjip_tui.core.storage.companions import require_plain
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.rollback import Rollback
from lkjip_tui.core.storage.sql_text import quoted
from lkjip_tui.language import _, plural
from lkjip_tui.system import sync_folder

Recognize: TypeAlias = Callable[[Database], object]
"""Raises a FileError for a file that is not ours to open."""

#: Bytes of a mark, and more.
_LONGEST_MARK: Final = 128
#: DuckDB's log beside a file, and what it becomes while it is put into the file.
_LOGS: Final = (".wal", ".wal.checkpoint", ".wal.recovery")
#: What is kept of them while a file opens, and what that becomes when something may be lost.
_KEPT: Final = ".opening"
_ORIGINAL: Final = ".original"
_OPENING: Final = re.compile(r"\.\d{8}T\d{6,12}\.opening(?:\.wal.*)?")
#: The ending of what is not finished.
_PART: Final = ".part"
_BEGUN: Final = re.compile(r"\.[0-9a-z_]{8}\.part(?:\.wal.*)?")


@dataclass(frozen=True, slots=True)
class Loss:
    """What a file lacks, and the copies that may still hold it.

    `missing_rows` are those that its mark knows: 0 when a log was damaged behind the last of them.
    """

    missing_rows: int
    originals: tuple[Path, ...]

    def __str__(self) -> str:
        if self.missing_rows:
            told = plural(
                "{count} saved change is missing from this file: its log was damaged or cut, or an"
                " older copy was put in its place.",
                "{count} saved changes are missing from this file: its log was damaged or cut, or"
                " an older copy was put in its place.",
                self.missing_rows,
            ).format(count=self.missing_rows)
        else:
            told = _("The log of this file was damaged, and its last changes may be missing.")
        if self.originals:
            kept = ", ".join(path.name for path in self.originals)
            told += " " + _("The originals were kept beside it: {files}.").format(files=kept)
        return told + " " + _("Compare with your newest backup before you go on.")


class Mark:
    """The last acknowledged journal row of one file, kept beside it and always on the disk."""

    _WIDTH = 64

    def __init__(self, database_path: Path, file_id: UUID) -> None:
        self.path = _beside(database_path, ".mark")
        self._id = file_id
        self._handle: int | None = None

    def read(self) -> int:
        """Return the number of the last acknowledged row; 0 when this file has no mark."""
        file_id, number = _marked(self.path)
        return number if file_id == self._id else 0

    def write(self, journal_id: int) -> None:
        """Put the number on the disk; it is there when this returns."""
        line = f"{self._id} {journal_id}".ljust(self._WIDTH - 1) + "\n"
        try:
            if self._handle is None:
                self._handle = os.open(self.path, os.O_CREAT | os.O_RDWR, 0o644)
                sync_folder(self.path.parent)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, line.encode("ascii"))
            os.fsync(self._handle)
        except OSError as error:
            raise SavedUnmarked(
                _("The change is saved, but {file} cannot be written: {reason}.").format(
                    file=self.path.name, reason=system_reason(error)
                ),
                _("Without it a loss would not be noticed. Free some space in its folder."),
            ) from error

    def close(self) -> None:
        """Let go of the mark's file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def marked_id(path: Path) -> UUID | None:
    """Return the id of the file in which something was saved last by this name."""
    return _marked(_beside(path, ".mark"))[0]


def open_whole(
    path: Path, clock: Callable[[], datetime], recognize: Recognize, *, read_only: bool
) -> tuple[Database, Loss | None]:
    """Open a file that `recognize` accepts, and say what it lacks.

    Raises a FileError; the file and its log are then as they were, byte for byte, but for a
    checkpoint that was cut off and is taken back.
    """
    require_plain(path)
    _take_back_checkpoint(path, read_only=read_only)
    logs = logs_of(path)
    if not logs:
        database, missing = _open(path, recognize, read_only=read_only)
        if not read_only:
            _settle(path, is_lost=missing > 0)
        copies = path.parent.glob(f"{escape(path.name)}.*{_ORIGINAL}*")
        return database, Loss(missing, tuple(sorted(copies))) if missing else None
    if read_only:
        try:
            database, missing = _open(path, recognize, read_only=True)
        except FileDamaged as damage:
            hint = _("Open it once for editing: copies are kept, and what can be read is read.")
            raise FileDamaged(damage.message, hint) from damage
        return database, Loss(missing, (path, *logs)) if missing else None
    # Reading replays a log without touching it: a foreign, newer or busy file is told here.
    readable = _readable_bytes(path, logs, recognize)
    kept = _keep(path, logs, clock(), _KEPT if readable is None else _ORIGINAL)
    try:
        if readable is not None:
            os.truncate(logs[0], readable)
        database, missing = _open(path, recognize, read_only=False)
    except FileBusy:  # somebody else was quicker, and mends it
        _remove(kept.values())
        raise
    except LkjipError:
        _put_back(kept)
        raise
    except OSError as error:
        _put_back(kept)
        raise FileReadOnly(
            _("{file} was not closed properly, and its log cannot be mended: {reason}.").format(
                file=path, reason=system_reason(error)
            ),
            _("Free some space in its folder, or open it with --read-only."),
        ) from error
    originals = _settle(path, is_lost=missing > 0)
    if readable is not None:
        return database, Loss(missing, (*originals, *kept.values()))
    return database, Loss(missing, originals) if missing else None


def back_up(
    database: Database,
    target: Path,
    *,
    replacing: bool = False,
    is_stopped: IsStopped = bool,
) -> None:
    """Copy the file to `target`, and prove that the copy holds the same.

    `target` appears whole or not at all; it must not exist unless it is one of the program's own
    that the copy is `replacing`. Raises FileError when it is there already, when it cannot be
    written, or when the copy does not hold every row of every table; Interrupted once
    `is_stopped` says so.
    """
    if not replacing:
        require_free(target)
    if database.read_only and logs_of(database.path):
        raise FileError(
            _("{file} was not closed properly: a copy would lack what is in its log.").format(
                file=database.path
            ),
            _("Open it once without --read-only."),
        )
    part = target.with_name(f"{database.path.name}.{uuid4().hex[:8]}{_PART}")
    try:
        with database.alone(patient=True):
            database.copy_to(part, is_stopped)
            held = _contents(database, is_stopped)
        with closing(Database(part, read_only=True)) as copy:
            if _contents(copy, is_stopped) != held:
                raise FileDamaged(
                    _("The copy does not hold what the file holds; it was removed."),
                    _("Check the disk, and try again."),
                )
        if not replacing:
            _require_sound_keys(part, database.path, is_stopped)
        if replacing:
            part.replace(target)
            sync_folder(target.parent)
        else:
            put_in_place(part, target)
    except OSError as error:
        raise FileError(
            _("{file} cannot be written: {reason}.").format(
                file=target, reason=system_reason(error)
            ),
            _("Name a folder with space that you may write to."),
        ) from error
    finally:
        discard(part)


def require_free(path: Path) -> None:
    """Raise FileError when a file bears this name, or left a log that a new one would swallow."""
    for there in (path, *logs_of(path)):
        if there.exists():
            raise FileError(
                _("{file} is already there; it was left as it is.").format(file=there),
                _("Name another file."),
            )


def put_in_place(part: Path, target: Path) -> None:
    """Give a finished file its name; it replaces none."""
    require_free(target)
    _beside(target, ".mark").unlink(missing_ok=True)
    Rollback(target).forget()
    try:
        target.hardlink_to(part)  # which a file in its place prevents, unlike a rename
    except OSError:
        require_free(target)
        part.rename(target)  # a disk without links
    sync_folder(target.parent)


def discard(part: Path) -> None:
    """Remove a file that was not finished, or has its name by now, and its log."""
    for file in (part, *logs_of(part)):
        with suppress(OSError):
            file.unlink()


def logs_of(path: Path) -> list[Path]:
    """Return what DuckDB left beside a file that was not closed."""
    logs = [_beside(path, ending) for ending in _LOGS]
    return [log for log in logs if log.is_file() and log.stat().st_size]


def _take_back_checkpoint(path: Path, *, read_only: bool) -> None:
    """Put back what a checkpoint tore that was cut off."""
    rollback = Rollback(path)
    try:
        if not read_only:
            rollback.apply()
        elif rollback.is_due():
            raise FileDamaged(
                _("{file} was left while its log was moved into it.").format(file=path),
                _("Open it once for editing: what was half written is put back."),
            )
    except OSError as error:
        raise FileReadOnly(
            _("{file} was left while its log was moved into it, and cannot be mended: {reason}."
              ).format(file=path, reason=system_reason(error)),
            _("Free some space in its folder, or copy all its files to another one."),
        ) from error  # fmt: skip


def _contents(database: Database, is_stopped: IsStopped) -> list[tuple[object, ...]]:
    """Return each table's name, its number of rows and a sum over their hashes."""
    tables = database.read(
        "select schema_name, table_name from duckdb_tables()"
        " where database_name = current_database() and not internal order by all"
    )
    found: list[tuple[object, ...]] = []
    for schema, table in tables:
        require_unstopped(is_stopped)
        sums = f"select count(*), sum(hash(t)) from {quoted(schema)}.{quoted(table)} as t"
        found.append((schema, table, *database.read(sums)[0]))
    return found


def _require_sound_keys(part: Path, path: Path, is_stopped: IsStopped) -> None:
    """Raise FileDamaged for a copy of `path` in which rows are no more found by their keys.

    What finds them is not read with the rows, but where one is asked for or written: so each is
    written as it is, and that taken back.
    """
    mode = part.stat().st_mode
    part.chmod(mode | S_IWUSR)
    with closing(Database(part)) as copy:
        keys = copy.read(
            "select schema_name, table_name, constraint_column_names[1] from duckdb_constraints()"
            " where database_name = current_database()"
            " and constraint_type in ('PRIMARY KEY', 'UNIQUE')"
        )
        for schema, table, column in keys:
            require_unstopped(is_stopped)
            key = quoted(column)
            try:
                with closing(copy.session()) as session, session.acting() as cursor:
                    cursor.execute(f"update {quoted(schema)}.{quoted(table)} set {key} = {key}")
            except FileDamaged as error:
                raise FileDamaged(
                    _("{file} is damaged; it was not copied.").format(file=path),
                    _("Older copies stay: “Restore from a copy” takes what they hold."),
                ) from error
            except (EditRefused, QueryError):  # a table of somebody else's may forbid that
                continue
    part.chmod(mode)


def _open(path: Path, recognize: Recognize, *, read_only: bool) -> tuple[Database, int]:
    """Open a file of ours; return it with the number of journal rows that it lacks."""
    database = Database(path, read_only=read_only)
    try:
        recognize(database)
        file_id, held = state(database)
    except BaseException:
        database.close()
        raise
    return database, max(Mark(path, file_id).read() - held, 0)


def state(database: Database) -> tuple[UUID, int]:
    """Return a file's id and the number of its journal's last row, 0 before the first."""
    ((file_id, number),) = database.read(
        "select w.file_id, (select coalesce(max(j.journal_id), 0) from journal as j)"
        " from workbook as w"
    )
    return file_id, int(number)


def _readable_bytes(path: Path, logs: Sequence[Path], recognize: Recognize) -> int | None:
    """Return how much of the first log can be read, None when all of it can.

    Raises FileDamaged when the file cannot be read without it either.
    """
    try:
        _open(path, recognize, read_only=True)[0].close()
    except FileDamaged:
        whole = logs[0].read_bytes()
        with TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.", suffix=_PART) as folder:
            tried = [Path(folder, source.name) for source in (path, *logs)]
            for source, copy in zip((path, *logs), tried, strict=True):
                shutil.copyfile(source, copy)

            def fails(length: int) -> bool:
                tried[1].write_bytes(whole[:length])
                try:
                    Database(tried[0], read_only=True).close()
                except FileDamaged:
                    return True
                return False

            if fails(0):
                raise
            return bisect_left(range(len(whole) + 1), True, key=fails) - 1  # noqa: FBT003
    return None


def _keep(path: Path, logs: Sequence[Path], now: datetime, ending: str) -> dict[Path, Path]:
    """Copy a file and its logs, and return the copy of each."""
    original = f"{path.name}.{now:%Y%m%dT%H%M%S%f}{ending}"
    copies = {
        source: path.with_name(original + source.name.removeprefix(path.name))
        for source in (path, *logs)
    }
    try:
        for source, copy in copies.items():
            copy.unlink(missing_ok=True)  # were it a link, what it leads to would be written over
            shutil.copyfile(source, copy)
            with copy.open("rb") as handle:
                os.fsync(handle.fileno())
        sync_folder(path.parent)
    except OSError as error:
        _remove(copies.values())
        raise FileReadOnly(
            _("{file} was not closed properly, and no copy could be kept before mending it:"
              " {reason}.").format(file=path, reason=system_reason(error)),
            _("Free some space in its folder, or open it with --read-only."),
        ) from error  # fmt: skip
    return copies


def clear(folder: Path, file_name: str) -> None:
    """Remove what copies of a file left in a folder when they were cut off.

    The file is ours alone, so that nobody is at work on any of that.
    """
    with suppress(OSError):  # it is tried again with the next one
        for entry in folder.iterdir():
            ending = entry.name.removeprefix(file_name)
            if ending != entry.name and _BEGUN.fullmatch(ending):
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _settle(path: Path, *, is_lost: bool) -> tuple[Path, ...]:
    """Let what was kept go, or stay as originals, which are returned; clear what is left over."""
    clear(path.parent, path.name)
    stay = []
    with suppress(OSError):  # it is tried again with the next opening
        for entry in sorted(path.parent.glob(f"{escape(path.name)}.*{_KEPT}*")):
            ending = entry.name.removeprefix(path.name)
            if not _OPENING.fullmatch(ending):
                continue
            if is_lost:
                original = path.name + ending.replace(_KEPT, _ORIGINAL)
                stay.append(entry.replace(path.with_name(original)))
            else:
                entry.unlink()
    return tuple(stay)


def _put_back(originals: Mapping[Path, Path]) -> None:
    """Undo what a failed opening did to a file and its logs."""
    _remove(set(logs_of(next(iter(originals)))) - originals.keys())
    for source, copy in originals.items():
        copy.replace(source)


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _marked(mark: Path) -> tuple[UUID | None, int]:
    """Return which file a mark is of, and its number; none where there is no mark."""
    try:
        with mark.open("rb") as file:
            file_id, number = file.read(_LONGEST_MARK).decode("ascii").split()
        return UUID(file_id), int(number)
    except (OSError, ValueError):
        return None, 0


def _beside(path: Path, ending: str) -> Path:
    return Path(f"{path}{ending}")  # a folder may have no name
