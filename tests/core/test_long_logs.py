"""A log that was left behind, and takes more memory than a screen's reads have."""

from contextlib import closing
from pathlib import Path

import pytest

from lkjip_tui.core import errors
from lkjip_tui.core.storage import database as storage
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.workspace import Workspace
from tests.core.support import bytes_of, inside, run_python

ROWS = 400_000
#: What finds so many rows by their key takes 20 MB, though the log is a list of blocks.
KILLED = """
    import os, signal, sys
    from pathlib import Path
    from lkjip_tui.core.workspace import Workspace
    from tests.core.support import inside
    with inside(Workspace.open(Path(sys.argv[1]))).database.transaction() as transaction:
        transaction.run(
            "insert into indicator_target (indicator_id, fiscal_year, plan, quarter)"
            f" select i, 2021, 'annual_plan', 1 from range(10000, 10000 + {sys.argv[2]}) as r(i)"
        )
    os.kill(os.getpid(), signal.SIGKILL)
    """
COUNT = "select count(*) from indicator_target where indicator_id >= 10000"


@pytest.fixture
def killed(example: Path) -> Path:
    """Return a file whose last change is in its log alone."""
    run_python(KILLED, example, ROWS)
    assert Path(f"{example}.wal").stat().st_size > 0
    return example


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
def test_it_is_read_whole(killed: Path, read_only: bool) -> None:  # noqa: FBT001
    """It counted as damaged, and was cut before the change that took so much."""
    with Workspace.open(killed, read_only=read_only) as workspace:
        assert workspace.loss is None
        assert inside(workspace).database.value(COUNT) == ROWS


def test_it_is_moved_into_the_file(killed: Path) -> None:
    """The driver takes nothing more once it lacks the memory for that."""
    with closing(Database(killed)) as database:
        assert database.checkpoint()
        assert database.value(COUNT) == ROWS
    with closing(Database(killed, read_only=True)) as database:
        assert database.value(COUNT) == ROWS


def test_it_is_moved_into_the_file_at_the_end(killed: Path) -> None:
    """Else each opening would read it again."""
    Database(killed).close()
    assert not Path(f"{killed}.wal").exists()
    with closing(Database(killed, read_only=True)) as database:
        assert database.value(COUNT) == ROWS


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
def test_what_the_machine_lacks_is_no_damage(
    killed: Path,
    monkeypatch: pytest.MonkeyPatch,
    read_only: bool,  # noqa: FBT001
) -> None:
    """Else the log would be cut on a machine that has little memory just then."""
    monkeypatch.setattr(storage, "_ALL", "16MB")
    before = bytes_of(killed.parent)
    with pytest.raises(errors.FileError) as told:
        Workspace.open(killed, read_only=read_only)
    assert type(told.value) is errors.FileError
    assert bytes_of(killed.parent) == before
    monkeypatch.undo()
    with Workspace.open(killed) as workspace:
        assert inside(workspace).database.value(COUNT) == ROWS
