"""A log that was left behind, and takes more memory than a screen's reads have."""

from contextlib import closing
from pathlib import Path

import pytest

from lkjip_tui.core import errors
from lkjip_tui.core.storage import database
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.workspace import Workspace
from tests.core.support import bytes_of, inside, run_python

#: The index of so many takes almost the 16 MB that a screen's reads have, though the log is short.
ROWS = 300_000
KILLED = """
    import os, signal, sys
    from pathlib import Path
    from lkjip_tui.core.workspace import Workspace
    from tests.core.support import inside
    path, rows, acts = Path(sys.argv[1]), *map(int, sys.argv[2:])
    database = inside(Workspace.open(path)).database
    for first in range(10_000, 10_000 + rows, rows // acts):
        with database.transaction() as transaction:
            transaction.run(
                "insert into indicator_target (indicator_id, fiscal_year, plan, quarter)"
                f" select i, 2021, 'annual_plan', 1 from range({first}, {first + rows // acts})"
                " as r(i)"
            )
    os.kill(os.getpid(), signal.SIGKILL)
    """
COUNT = "select count(*) from indicator_target where indicator_id >= 10000"


def left_behind(file: Path, rows: int, acts: int) -> Path:
    """Let another process change a file and die; its last changes are in the log alone."""
    run_python(KILLED, file, rows, acts)
    assert Path(f"{file}.wal").stat().st_size > 0
    return file


@pytest.fixture
def killed(example: Path) -> Path:
    """Return a file whose last change was a large one."""
    return left_behind(example, ROWS, 1)


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
def test_it_is_read_whole(killed: Path, read_only: bool) -> None:  # noqa: FBT001
    """It counted as damaged, and was cut before the change that took so much."""
    with Workspace.open(killed, read_only=read_only) as workspace:
        assert workspace.loss is None
        assert inside(workspace).database.value(COUNT) == ROWS


def test_it_is_moved_into_the_file(killed: Path) -> None:
    """The driver takes nothing more once it lacks the memory for that."""
    with closing(Database(killed)) as office:
        assert office.checkpoint()
        assert office.value(COUNT) == ROWS
    with closing(Database(killed, read_only=True)) as office:
        assert office.value(COUNT) == ROWS


def test_it_is_moved_into_the_file_at_the_end(killed: Path) -> None:
    """Else each opening would read it again."""
    Database(killed).close()
    assert not Path(f"{killed}.wal").exists()
    with closing(Database(killed, read_only=True)) as office:
        assert office.value(COUNT) == ROWS


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
@pytest.mark.parametrize(("rows", "acts"), [(300_000, 1), (120_000, 60)])
def test_what_the_machine_lacks_is_no_damage(
    example: Path,
    monkeypatch: pytest.MonkeyPatch,
    rows: int,
    acts: int,
    read_only: bool,  # noqa: FBT001
) -> None:
    """Else the log would be cut on a machine that has little memory just then.

    The driver lacks it while it takes the rows, or where an act of the log ends.
    """
    left_behind(example, rows, acts)
    monkeypatch.setattr(database, "_MOST", "4MB")
    before = bytes_of(example.parent)
    with pytest.raises(errors.FileError) as told:
        Workspace.open(example, read_only=read_only)
    assert type(told.value) is errors.FileError
    assert bytes_of(example.parent) == before
    monkeypatch.undo()
    with Workspace.open(example) as workspace:
        assert inside(workspace).database.value(COUNT) == rows
