"""A checkpoint that is cut off at any place costs nothing: what it tore is put back."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from lkjip_tui.core import errors
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.rollback import Rollback
from lkjip_tui.core.workspace import Workspace
from tests.core.support import Facts, bytes_of, facts_of, inside, put, run_python, start_python

#: Edits, and then a checkpoint that the system kills at its first byte behind the file's end.
CUT_OFF = """
    import resource, signal, sys
    from pathlib import Path
    from lkjip_tui.core.workspace import Workspace
    from tests.core.support import put
    file = Path(sys.argv[1])
    workspace = Workspace.open(file)
    workspace.findings(2021)  # what it computes in memory is no part of the file
    workspace.checkpoint()
    for number in range(5):
        put(workspace, "programs", "program/1", "budget_revised", str(1000 + number))
    size = file.stat().st_size
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    workspace.checkpoint()
    """
HELD = """
    import sys
    from pathlib import Path
    from lkjip_tui.core.storage.database import Database
    database = Database(Path(sys.argv[1]))
    print("open", flush=True)
    sys.stdin.read()
    """
BLOCK = 65536
HEADERS = range(0, 3 * 4096, 4096)


@pytest.fixture(scope="module")
def left(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what was left when a checkpoint was cut off."""
    folder = tmp_path_factory.mktemp("cut_off")
    assert run_python(CUT_OFF, shutil.copyfile(template, folder / "office.duckdb")).returncode < 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "office.duckdb", "office.duckdb.mark", "office.duckdb.rollback", "office.duckdb.wal",
    ]  # fmt: skip
    return folder


@pytest.fixture
def file(left: Path, tmp_path: Path) -> Path:
    """Return such a file of one's own."""
    return shutil.copytree(left, tmp_path / "cut_off") / "office.duckdb"


@pytest.fixture(scope="module")
def done(left: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Facts]:
    """Return the file's bytes and its facts once the same checkpoint was done."""
    file = shutil.copytree(left, tmp_path_factory.mktemp("done") / "done") / "office.duckdb"
    with Workspace.open(file) as workspace:
        facts = facts_of(workspace)
    return file.read_bytes(), facts


def torn_at_each_place(file: Path, done: bytes) -> Iterator[int]:
    """Tear, one after the other, each block that the checkpoint writes over."""
    whole = file.read_bytes()
    for at in (*HEADERS[1:], *range(HEADERS.stop, len(whole), BLOCK)):
        part = BLOCK // 2 if at >= HEADERS.stop else 2 * 8  # of a header its sum and its number
        torn = whole[:at] + done[at : at + part] + whole[at + part :]
        if torn != whole:
            file.write_bytes(torn)
            yield at


def test_a_checkpoint_may_be_cut_off_in_any_block(
    left: Path, done: tuple[bytes, Facts], tmp_path: Path
) -> None:
    """A power cut in the wrong millisecond would cost the office its file."""
    content, facts = done
    lost = []
    file = shutil.copytree(left, tmp_path / "torn") / "office.duckdb"
    for at in torn_at_each_place(file, content):
        folder = tmp_path / f"{at}"
        shutil.copytree(file.parent, folder)
        with Workspace.open(folder / file.name) as workspace:
            assert workspace.loss is None
            assert facts_of(workspace) == facts
        assert sorted(path.name for path in folder.iterdir()) == [
            "office.duckdb", "office.duckdb.mark"
        ]  # fmt: skip
        Rollback(file).forget()
        try:
            Database(file, read_only=True).close()
        except errors.FileDamaged:
            lost.append(at)
        shutil.copyfile(left / "office.duckdb.rollback", Rollback(file).path)
    assert len(lost) > 1  # without what was kept


def test_a_checkpoint_that_was_done_is_not_taken_back(file: Path, left: Path) -> None:
    """Old blocks in a newer file would destroy it."""
    with Workspace.open(file) as workspace:
        put(workspace, "programs", "program/2", "budget_revised", "77")
        facts = facts_of(workspace)
    content = bytearray(file.read_bytes())
    shutil.copyfile(left / "office.duckdb.rollback", Rollback(file).path)
    assert not Rollback(file).is_due()
    with Workspace.open(file) as workspace:
        assert facts_of(workspace) == facts
    assert not Rollback(file).path.exists()
    # Nor when the disk damaged a block since: what stood there before is no answer.
    content[HEADERS.stop] ^= 255
    file.write_bytes(content)
    shutil.copyfile(left / "office.duckdb.rollback", Rollback(file).path)
    Rollback(file).apply()
    assert file.read_bytes() == content


def test_what_was_kept_in_part_is_not_put_back(file: Path, done: tuple[bytes, Facts]) -> None:
    """A kill while blocks are kept, before the checkpoint, would let half of them be used."""
    kept = Rollback(file).path
    whole = kept.read_bytes()
    at = next(torn_at_each_place(file, done[0]))
    torn = file.read_bytes()
    assert at
    for stored in (whole[:-1], b"x" + whole[1:], whole[:-1] + bytes([whole[-1] ^ 1])):
        kept.write_bytes(stored)
        Rollback(file).apply()
        assert file.read_bytes() == torn
    kept.write_bytes(whole)
    Rollback(file).apply()
    assert file.read_bytes() != torn


@pytest.mark.usefixtures("english")
def test_a_torn_file_is_not_read_and_stays_as_it_was(file: Path, done: tuple[bytes, Facts]) -> None:
    """A reader would see figures from half of a checkpoint, or mend a file it may not write."""
    with Workspace.open(file, read_only=True) as workspace:  # cut off between two blocks
        assert facts_of(workspace) == done[1]
    next(torn_at_each_place(file, done[0]))
    before = bytes_of(file.parent)
    with pytest.raises(errors.FileDamaged, match="was left while its log"):
        Workspace.open(file, read_only=True)
    assert bytes_of(file.parent) == before


def test_a_file_that_is_cut_as_well_is_told_as_damaged(file: Path) -> None:
    """The program would end in the midst of opening, with words for nobody."""
    with file.open("r+b") as content:
        content.truncate(file.stat().st_size // 2 + 3)
    with pytest.raises(errors.FileDamaged):
        Workspace.open(file)


def test_a_file_that_another_process_writes_is_left_to_it(
    file: Path, done: tuple[bytes, Facts]
) -> None:
    """A second window would write into the file under the first one's checkpoint."""
    whole = file.read_bytes()
    with start_python(HELD, file) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "open\n"
        next(torn_at_each_place(file, done[0]))  # as if it were in the midst of a checkpoint
        before = bytes_of(file.parent)
        for read_only in (False, True):
            with pytest.raises(errors.FileBusy):
                Workspace.open(file, read_only=read_only)
        assert bytes_of(file.parent) == before
        file.write_bytes(whole)
        holder.communicate()
    with Workspace.open(file) as workspace:
        assert facts_of(workspace) == done[1]


def test_a_checkpoint_waits_until_its_blocks_can_be_kept(example: Path) -> None:
    """On a full disk the file would be written over without a way back."""
    with Workspace.open(example) as workspace:
        put(workspace, "programs", "program/1", "budget_revised", "5")
        Rollback(example).path.mkdir()
        before = example.read_bytes()
        assert not workspace.checkpoint()
        assert example.read_bytes() == before
        Rollback(example).path.rmdir()
        assert workspace.checkpoint()
        assert not Rollback(example).path.exists()


def test_a_checkpoint_waits_for_room(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that fails in the midst of it would let nothing be read until the file is reopened."""
    usage = shutil.disk_usage(example.parent)
    with Workspace.open(example) as workspace:
        put(workspace, "programs", "program/1", "budget_revised", "5")
        with monkeypatch.context() as patch:
            full = usage._replace(free=example.stat().st_size)
            patch.setattr("shutil.disk_usage", lambda _folder: full)
            assert not workspace.checkpoint()
        put(workspace, "programs", "program/1", "budget_revised", "6")
        assert workspace.checkpoint()


def test_a_long_log_is_moved_into_the_file(example: Path) -> None:
    """Months of imports would pile up in a log that every opening must read."""
    with Workspace.open(example) as workspace, inside(workspace).database.transaction() as change:
        change.change("create table wide as select repeat('x', 200) || range as a from range(9999)")
        for _ in range(10):
            change.change("insert into wide select a from wide limit 9999")
        log = Path(f"{example}.wal")
    assert not log.exists()


def test_a_new_file_takes_nothing_of_one_before_it(left: Path, tmp_path: Path) -> None:
    """A new office would begin with another one's blocks."""
    file = tmp_path / "new.duckdb"
    shutil.copyfile(left / "office.duckdb.rollback", Rollback(file).path)
    Workspace.create(file, "Kecamatan Puri", 2022).close()
    assert not Rollback(file).path.exists()
    with closing(Database(file)) as database:
        assert database.value("select name from office") == "Kecamatan Puri"
