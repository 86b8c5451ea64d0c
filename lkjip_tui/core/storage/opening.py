"""Making and opening a file: whole or refused, brought up to date, nothing lost on the way."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from lkjip_tui import paths
from lkjip_tui.core.errors import FileError, FileMissing, FileReadOnly, system_reason
from lkjip_tui.core.storage import durability, migrations, seed
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.facts import Facts
from lkjip_tui.core.storage.harmless import require_harmless_file
from lkjip_tui.language import _


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file of ours, its fact tables, and what its log lost."""

    database: Database
    facts: Facts
    loss: durability.Loss | None


def make(path: Path, facts: Sequence[seed.Seed], clock: Callable[[], datetime]) -> None:
    """Make a file that appears whole or not at all; raises FileError when there is one."""
    durability.require_free(path)
    part = path.with_name(f"{path.name}.{uuid4().hex[:8]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.touch()
        part.unlink()  # the driver makes its own; by then it is known that it can
        with closing(Database(part, create=True)) as database:
            facts = [*seed.reference(paths.reference_folder()), *facts]
            seed.write(database, migrations.shipped(_schema_folder()), facts, clock)
        durability.put_in_place(part, path)
    except OSError as error:
        raise FileError(
            _("{file} cannot be made: {reason}.").format(file=path, reason=system_reason(error)),
            _("Name a folder with space that you may write to."),
        ) from error
    finally:
        durability.discard(part)


def open_file(path: Path, clock: Callable[[], datetime], *, read_only: bool) -> Opened:
    """Open a file of ours; raises a FileError that says why not, and leaves it as it was.

    A file from an older version is backed up and migrated.
    """
    steps = migrations.shipped(_schema_folder())

    def recognize(found: Database) -> None:
        require_harmless_file(found)
        migrations.pending(found, steps)

    database, loss = durability.open_whole(path, clock, recognize, read_only=read_only)
    try:
        _bring_up_to_date(database, steps, clock)
        return Opened(database, Facts(database, migrations.tables(steps)), loss)
    except BaseException:
        database.close()
        raise


@contextmanager
def open_copy(path: Path, clock: Callable[[], datetime]) -> Iterator[Opened]:
    """Open a file only to look at it; one from an older version is migrated in a copy of it."""
    with TemporaryDirectory() as folder:
        try:
            opened = open_file(path, clock, read_only=True)
        except FileReadOnly:
            copy = Path(folder, path.name)
            for source in (path, *durability.logs_of(path)):
                shutil.copyfile(source, copy.with_name(source.name))
            opened = open_file(copy, clock, read_only=False)
        except FileMissing as error:  # whoever looks for a copy wants no new file there
            hint = _("Check the path and your right to read it.")
            raise FileMissing(error.message, hint) from error
        with closing(opened.database):
            yield opened


def _schema_folder() -> Path:
    return paths.queries_folder() / "schema"


def _bring_up_to_date(
    database: Database, steps: Sequence[migrations.Migration], clock: Callable[[], datetime]
) -> None:
    """Migrate a file from an older version, after a backup of it."""
    lacking = migrations.pending(database, steps)
    if not lacking:
        return
    path = database.path
    if database.read_only:
        raise FileReadOnly(
            _("{file} is from an older version, and must be brought up to date first.").format(
                file=path
            ),
            _("Open it once without --read-only."),
        )
    older = path.with_name(f"{path.name}.{clock():%Y%m%dT%H%M%S%f}.older")
    durability.back_up(database, older)
    try:
        migrations.run(database, lacking, clock)
    except BaseException:
        durability.discard(older)  # the file is what it was
        raise
