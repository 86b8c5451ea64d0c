"""What a killed program, a broken disk and a full folder leave: told, and never made worse."""

import os
import random
import shutil
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import duckdb
import pytest

from lkjip_tui.core import errors
from lkjip_tui.core.storage import copies, durability
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.durability import Loss, Mark
from lkjip_tui.core.workspace import Workspace
from tests.core.support import bytes_of, facts_of, inside, open_new_office, put, rows_of, run_python

EDITS = 12
KILLED = """
    import os, signal, sys
    from pathlib import Path
    from lkjip_tui.core.workspace import Workspace
    from tests.core.support import put
    workspace = Workspace.open(Path(sys.argv[1]))
    for number in range(int(sys.argv[2])):
        put(workspace, "programs", "program/1", "budget_revised", str(1000 + number))
    os.kill(os.getpid(), signal.SIGKILL)
    """


def kill_while_writing(file: Path, edits: int = EDITS) -> None:
    """Let another process edit the file, and die before it closes it."""
    run_python(KILLED, file, edits)
    assert Path(f"{file}.wal").stat().st_size > 0


@pytest.fixture(scope="module")
def left(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a file, its log and its mark, as a killed program left them."""
    folder = tmp_path_factory.mktemp("killed")
    kill_while_writing(shutil.copyfile(template, folder / "office.duckdb"))
    return folder


@pytest.fixture
def killed(left: Path, tmp_path: Path) -> Path:
    """Return such a file of one's own."""
    return shutil.copytree(left, tmp_path / "killed") / "office.duckdb"


@pytest.fixture
def log(killed: Path) -> Path:
    """Return its log."""
    return killed.with_name("office.duckdb.wal")


def damaged_inside(log: Path) -> bytes:
    """Change one byte of what a change in the middle of the log wrote, and return the log."""
    content = bytearray(log.read_bytes())
    # Not a length: behind a wrong one the driver sees a log that was cut.
    content[content.index(b"program_budget", len(content) // 2)] ^= 255
    log.write_bytes(content)
    return bytes(content)


def originals(file: Path) -> list[Path]:
    """Return the copies that were kept beside a file."""
    return sorted(file.parent.glob("*.original*"))


# After a kill


def test_nothing_is_missing_after_a_kill(killed: Path) -> None:
    """A power cut would cost the day's work."""
    with Workspace.open(killed) as workspace:
        assert workspace.loss is None
        assert [entry.journal_id for entry in workspace.history(100)] == [*range(EDITS, 0, -1)]
        assert workspace.undo() is not None
    assert originals(killed) == []
    assert sorted(path.name for path in killed.parent.iterdir()) == [
        "office.duckdb",
        "office.duckdb.mark",
    ]


def test_reading_a_killed_file_changes_nothing(killed: Path) -> None:
    """`lkjip show` would spend the log that a repair needs."""
    before = bytes_of(killed.parent)
    with Workspace.open(killed, read_only=True) as workspace:
        assert workspace.loss is None
        assert len(workspace.history(100)) == EDITS
    assert bytes_of(killed.parent) == before


def test_a_cut_log_is_told_and_the_originals_kept(killed: Path, log: Path) -> None:
    """The driver would replay what is left in silence, and delete the log."""
    content = log.read_bytes()
    log.write_bytes(content[: len(content) // 2])
    whole, cut = killed.read_bytes(), log.read_bytes()
    with Workspace.open(killed) as workspace:
        known = len(workspace.history(100))
        assert known < EDITS
        loss = workspace.loss
    assert loss
    assert loss.missing_rows == EDITS - known
    assert str(EDITS - known) in str(loss)
    assert [path.read_bytes() for path in loss.originals] == [whole, cut]
    assert all(path.name in str(loss) for path in loss.originals)
    assert originals(killed) == sorted(loss.originals)


def test_a_loss_is_told_again_until_work_goes_on(killed: Path, log: Path) -> None:
    """A user who looked away once would never hear of it."""
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])
    with Workspace.open(killed) as workspace:
        first = workspace.loss
    assert first
    for read_only in (True, False):
        with Workspace.open(killed, read_only=read_only) as workspace:
            assert workspace.loss == first
    with Workspace.open(killed) as workspace:
        put(workspace, "programs", "program/1", "budget_revised", "5")
    with Workspace.open(killed) as workspace:
        assert workspace.loss is None


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7])
def test_the_originals_of_a_log_that_holds_nothing_more_are_kept_once(
    example: Path, part: float
) -> None:
    """Each opening would keep two more copies, and a reading one call the file itself a copy."""
    kill_while_writing(example, 1)
    log = Path(f"{example}.wal")
    content = bytearray(log.read_bytes())
    at = int(len(content) * part)
    content[at : at + 8] = (byte ^ 255 for byte in content[at : at + 8])
    log.write_bytes(content)
    with Workspace.open(example) as workspace:
        first = workspace.loss
    assert first
    assert first.missing_rows == 1
    assert [*first.originals] == originals(example)
    for read_only in (True, False):
        with Workspace.open(example, read_only=read_only) as workspace:
            assert workspace.loss == first
    assert [*first.originals] == originals(example)


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 8))]
)
def test_a_damaged_log_never_loses_in_silence(
    left: Path,
    tmp_path: Path,
    seed: int,
    read_only: bool,  # noqa: FBT001
) -> None:
    """Figures that were acknowledged would be gone, and nobody would know."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    file = shutil.copytree(left, tmp_path / "killed") / "office.duckdb"
    log = file.with_name("office.duckdb.wal")
    content = bytearray(log.read_bytes())
    place = chance.randrange(len(content))
    match seed % 4:
        case 0:
            del content[place:]
        case 1:
            content[place] ^= 1 << chance.randrange(8)
        case 2:
            content[place : place + 64] = bytes(len(content[place : place + 64]))
        case _:
            content[place : place + 512] = chance.randbytes(len(content[place : place + 512]))
    log.write_bytes(content)
    before = bytes_of(file.parent)
    try:
        with Workspace.open(file, read_only=read_only) as workspace:
            known, loss = len(workspace.history(100)), workspace.loss
            numbers = [entry.journal_id for entry in workspace.history(100)]
            amount = inside(workspace).database.value(
                "select amount from program_budget where program_id = 1 and stage = 'revised'"
            )
    except errors.FileDamaged:
        assert read_only
        assert bytes_of(file.parent) == before
        return
    # What is known is a beginning of what was acknowledged, facts and journal alike.
    assert numbers == list(range(known, 0, -1))
    assert amount == (999 + known if known else 4_349_483_103)
    assert (loss.missing_rows if loss else 0) == EDITS - known
    if read_only:
        assert bytes_of(file.parent) == before
    elif loss:
        kept = [path.read_bytes() for path in loss.originals]
        assert bytes(content) in kept
        assert len(kept) == 2
    else:
        assert originals(file) == []


def test_a_log_damaged_in_its_middle_is_read_up_to_there(killed: Path, log: Path) -> None:
    """One bad sector would keep an office from its whole file."""
    content = damaged_inside(log)
    with pytest.raises(errors.FileDamaged):
        Workspace.open(killed, read_only=True)
    with Workspace.open(killed) as workspace:
        assert 0 < len(workspace.history(100)) < EDITS
        assert workspace.loss
        put(workspace, "programs", "program/1", "budget_revised", "5")
    assert content in [path.read_bytes() for path in originals(killed)]
    with Workspace.open(killed) as workspace:
        assert workspace.undo() is not None


def test_a_damaged_log_is_told_without_a_mark_too(killed: Path, log: Path) -> None:
    """A file that came by mail without its mark would lose changes in silence."""
    killed.with_name("office.duckdb.mark").unlink()
    damaged_inside(log)
    with Workspace.open(killed) as workspace:
        assert workspace.loss
        assert workspace.loss.missing_rows == 0
        assert len(workspace.loss.originals) == 2
        assert "original" in str(workspace.loss)


def test_a_log_of_another_file_is_set_aside(tmp_path: Path, log: Path) -> None:
    """Putting a backup back after a crash would end in a file that cannot be opened."""
    file = tmp_path / "new" / "other.duckdb"
    open_new_office(file, "Kecamatan Puri", 2022).close()
    shutil.copyfile(log, f"{file}.wal")
    foreign = log.read_bytes()
    before = bytes_of(file.parent)
    with pytest.raises(errors.FileDamaged):
        Workspace.open(file, read_only=True)
    assert bytes_of(file.parent) == before
    with Workspace.open(file) as workspace:
        assert workspace.loss
        assert workspace.history(10) == []
        assert foreign in [path.read_bytes() for path in workspace.loss.originals]


def test_a_damaged_file_with_a_log_stays_as_it_was(killed: Path) -> None:
    """A repair that cannot work would destroy what an expert could still read."""
    content = bytearray(killed.read_bytes())
    content[4096 : 3 * 4096] = bytes(8192)
    killed.write_bytes(content)
    before = bytes_of(killed.parent)
    for read_only in (True, False):
        with pytest.raises(errors.FileDamaged):
            Workspace.open(killed, read_only=read_only)
        assert bytes_of(killed.parent) == before


def test_a_killed_checkpoint_is_taken_up_again(killed: Path, log: Path) -> None:
    """A log that was being put into the file would be forgotten."""
    shutil.copyfile(log, f"{log}.checkpoint")
    before = bytes_of(killed.parent)
    with Workspace.open(killed, read_only=True) as workspace:
        assert len(workspace.history(100)) == EDITS
    assert bytes_of(killed.parent) == before


def test_what_was_cut_off_itself_goes_with_the_next_opening(killed: Path, log: Path) -> None:
    """Each kill while the file opens or is copied would leave the whole file once more."""
    stay = {
        "office.duckdb.20260102T030405000000.original.wal",
        "office.duckdb.20260102T030405000000.older",
        "office.duckdb.mine.part",
        "x.duckdb.0123abcd.part",
    }
    go = {
        "office.duckdb.20260102T030405000000.opening",
        "office.duckdb.20260102T030405000000.opening.wal",
        "office.duckdb.0123abcd.part",
        "office.duckdb.0123abcd.part.wal",
    }
    folder = killed.with_name("office.duckdb.ab_d01xy.part")
    for _log_there in (True, False):
        for name in stay | go:
            killed.with_name(name).write_text("left")
        folder.mkdir()
        (folder / "office.duckdb").write_text("left")
        with Workspace.open(killed, read_only=True) as workspace:
            assert workspace.loss is None
        assert go < {path.name for path in killed.parent.iterdir()}
        with Workspace.open(killed) as workspace:
            assert workspace.loss is None
        ours = {"office.duckdb", "office.duckdb.mark"}
        assert {path.name for path in killed.parent.iterdir()} == ours | stay
        assert not log.exists()


def test_what_a_killed_opening_kept_stays_when_something_is_lost(killed: Path, log: Path) -> None:
    """The only whole log could be the one that was copied before the kill."""
    left = killed.with_name("office.duckdb.20260102T030405000000.opening.wal")
    shutil.copyfile(log, left)
    whole = left.read_bytes()
    log.write_bytes(whole[: len(whole) // 2])
    with Workspace.open(killed) as workspace:
        assert workspace.loss
        assert workspace.loss.missing_rows
        assert whole in [path.read_bytes() for path in workspace.loss.originals]
    assert not left.exists()


@pytest.mark.usefixtures("english")
def test_no_room_for_a_copy_is_told_before_anything_is_touched(
    killed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk would cost the log that it kept from being copied."""
    copy = shutil.copyfile

    def full(source: Path, target: Path) -> Path:
        copy(source, target)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    before = bytes_of(killed.parent)
    with pytest.raises(errors.FileError) as told:
        Workspace.open(killed)
    assert "No space left" in told.value.message
    assert bytes_of(killed.parent) == before


def test_somebody_who_was_quicker_keeps_the_file(
    killed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Putting the originals back would take the file from under the program that has it open."""

    def busy(path: Path, *, read_only: bool = False) -> Database:
        if read_only:
            return Database(path, read_only=True)
        raise errors.FileBusy("held")

    monkeypatch.setattr(durability, "Database", busy)
    before, number = bytes_of(killed.parent), killed.stat().st_ino
    with pytest.raises(errors.FileBusy):
        Workspace.open(killed)
    assert bytes_of(killed.parent) == before
    assert killed.stat().st_ino == number


# Files that are not ours to open


def foreign(file: Path) -> type[errors.FileError]:
    """Put a DuckDB file of somebody else in the place of ours."""
    file.unlink()
    database = Database(file, create=True)
    with database.transaction() as transaction:
        transaction.run("create table sales (day date, amount decimal(9, 2))")
    database.close()
    return errors.FileForeign


def newer(file: Path) -> type[errors.FileError]:
    """Write what a later version of the program would have written."""
    database = Database(file)
    with database.transaction() as transaction:
        transaction.change("insert into migration values (9999, 'later', now())")
        transaction.run("update workbook set queries_hash = 'later'")
    database.close()
    return errors.FileNewer


def missing(file: Path) -> type[errors.FileError]:
    """Leave nothing."""
    file.unlink()
    return errors.FileMissing


def empty(file: Path) -> type[errors.FileError]:
    """Leave a file without a byte."""
    file.write_bytes(b"")
    return errors.FileForeign


def corrupted(file: Path) -> type[errors.FileError]:
    """Damage what the driver reads first."""
    content = bytearray(file.read_bytes())
    content[4096 : 3 * 4096] = random.Random(1).randbytes(8192)  # noqa: S311
    file.write_bytes(content)
    return errors.FileDamaged


@pytest.mark.parametrize("spoil", [foreign, newer, missing, empty, corrupted])
@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
def test_a_file_that_is_not_ours_to_open_stays_byte_for_byte(
    file: Path,
    spoil: "object",
    read_only: bool,  # noqa: FBT001
) -> None:
    """Opening somebody's data base would change it."""
    assert callable(spoil)
    kind = spoil(file)
    before = bytes_of(file.parent)
    with pytest.raises(errors.FileError) as told:
        Workspace.open(file, read_only=read_only)
    assert type(told.value) is kind
    assert "office.duckdb" in told.value.message
    assert told.value.hint
    assert told.value.exit_code == 1
    assert bytes_of(file.parent) == before
    with pytest.raises(kind):
        Workspace.open_to_read(file)
    assert bytes_of(file.parent) == before


@pytest.mark.parametrize("spoil", [foreign, newer])
def test_such_a_file_keeps_its_log_too(
    file: Path,
    spoil: "object",
) -> None:
    """The other program's unsaved work would be put into its file by us."""
    assert callable(spoil)
    kind = spoil(file)
    run_python(
        """
        import os, signal, sys
        from pathlib import Path
        from lkjip_tui.core.storage.database import Database
        database = Database(Path(sys.argv[1]))
        with database.transaction() as transaction:
            transaction.run("create table more (i int)")
        os.kill(os.getpid(), signal.SIGKILL)
        """,
        file,
    )
    before = bytes_of(file.parent)
    assert "office.duckdb.wal" in before
    for read_only in (True, False):
        with pytest.raises(errors.FileError) as told:
            Workspace.open(file, read_only=read_only)
        assert type(told.value) is kind
        assert bytes_of(file.parent) == before


# The mark


def test_a_mark_remembers_the_last_number_of_its_file(tmp_path: Path) -> None:
    """A loss would be told of a file that lost nothing."""
    path, one, other = tmp_path / "x.duckdb", uuid4(), uuid4()
    mark = Mark(path, one)
    assert mark.read() == 0
    for number in (1, 20, 12_345_678_901, 7):
        mark.write(number)
        assert mark.read() == number
        assert Mark(path, one).read() == number
        assert Mark(path, other).read() == 0
    assert mark.path.stat().st_size == 64
    mark.close()
    mark.close()
    mark.write(8)
    assert Mark(path, one).read() == 8
    mark.close()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a b", b"1 2 3", b"x" * 500])
def test_an_unreadable_mark_is_none(tmp_path: Path, content: bytes) -> None:
    """A stray file could keep an office from opening its own."""
    mark = Mark(tmp_path / "x.duckdb", uuid4())
    mark.path.write_bytes(content)
    assert mark.read() == 0


def test_the_mark_follows_each_acknowledged_change(office: Workspace) -> None:
    """A change could be acknowledged that nobody would miss."""
    mark = office.path.with_name("office.duckdb.mark")
    assert not mark.exists()
    put(office, "programs", "program/1", "budget_revised", "5")
    assert mark.read_text().split()[1] == "1"
    put(office, "programs", "program/1", "budget_revised", "6")
    office.undo()
    assert mark.read_text().split()[1] == "3"
    with pytest.raises(errors.InputRefused):
        put(office, "programs", "program/1", "budget_revised", "six")
    assert mark.read_text().split()[1] == "3"


def test_the_mark_is_written_after_the_commit(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change that failed would be missed for ever."""
    seen: list[int] = []
    write = inside(office).mark.write

    def look(number: int) -> None:
        # The change is already there for everybody, and the mark still behind.
        seen.append(inside(office).database.value("select max(journal_id) from journal"))
        assert inside(office).mark.read() == number - 1
        write(number)

    monkeypatch.setattr(inside(office).journal, "_acknowledged", look)
    put(office, "programs", "program/1", "budget_revised", "5")
    put(office, "programs", "program/1", "budget_revised", "6")
    assert seen == [1, 2]


def test_a_mark_that_cannot_be_written_is_told_and_the_change_is_saved(office: Workspace) -> None:
    """A full disk would look like a lost edit."""
    office.path.with_name("office.duckdb.mark").mkdir()
    with pytest.raises(errors.FileError) as told:
        put(office, "programs", "program/1", "budget_revised", "5")
    assert "office.duckdb.mark" in told.value.message
    assert inside(office).database.value("select max(journal_id) from journal") == 1


@pytest.mark.parametrize("is_replaced", [False, True], ids=["deleted", "replaced"])
def test_a_file_that_is_gone_takes_nothing_and_is_told_with_a_copy(
    office: Workspace,
    is_replaced: bool,  # noqa: FBT001
) -> None:
    """What is shown as saved would be in a file without a name, or in another office's log."""
    put(office, "programs", "program/1", "budget_revised", "5")
    assert office.moved() is None
    office.path.unlink()
    if is_replaced:
        office.path.write_bytes(b"another file")
    with pytest.raises(errors.FileMoved) as told:
        put(office, "programs", "program/1", "budget_revised", "6")
    with pytest.raises(errors.FileMoved):
        office.checkpoint()
    assert office.show_copy()  # it is not looked for by its name
    (copy,) = copies.folder_of(office.path).glob("2*.duckdb")
    assert str(copy) in told.value.hint
    with Workspace.open(copy) as found:
        assert [entry.after for entry in found.history(9)] == ["5"]
    assert office.path.exists() == is_replaced


def test_the_log_of_whoever_has_a_new_file_in_its_place_stays(file: Path) -> None:
    """Closing an office's old file would take away what is saved in its new one."""
    log = file.with_name("office.duckdb.wal")
    with Workspace.open(file) as workspace:
        put(workspace, "programs", "program/1", "budget_revised", "5")
        for there in (file, log):
            there.rename(f"{there}.old")  # else the new one might get its number
            there.write_bytes(b"another's")
    assert log.read_bytes() == file.read_bytes() == b"another's"


# Copies


def test_a_backup_holds_the_same_and_opens_as_a_file(office: Workspace, tmp_path: Path) -> None:
    """A backup would turn out to be none on the day it is needed."""
    put(office, "programs", "program/1", "budget_revised", "5")
    target = tmp_path / "cadangan.duckdb"
    office.findings(2021)  # what is computed in memory is no part of the file
    office.back_up(target)
    facts = facts_of(office)
    put(office, "programs", "program/1", "budget_revised", "6")
    with Workspace.open(target) as copy:
        assert facts_of(copy) == facts
        assert copy.loss is None
        assert rows_of(copy, "budget_summary")
        assert copy.undo() is not None
    assert sorted(path.name for path in tmp_path.glob("*.part*")) == []


def test_a_backup_replaces_nothing(office: Workspace, tmp_path: Path) -> None:
    """Last year's backup would be gone."""
    target = tmp_path / "cadangan.duckdb"
    target.write_text("mine")
    stray = tmp_path / "other.duckdb.wal"
    stray.write_text("a log of another file")
    for name in (target, tmp_path / "other.duckdb", office.path):
        with pytest.raises(errors.FileError):
            office.back_up(name)
    assert target.read_text() == "mine"
    assert stray.read_text() == "a log of another file"
    assert list(tmp_path.glob("*.part*")) == []


def test_a_backup_that_cannot_be_written_leaves_no_rest(office: Workspace, tmp_path: Path) -> None:
    """A folder would fill with halves of backups."""
    with pytest.raises(errors.FileError) as told:
        office.back_up(tmp_path / "no folder" / "x.duckdb")
    assert "no folder" in told.value.message
    assert list(tmp_path.rglob("*.part*")) == []


@pytest.mark.parametrize("pieces", [0, 1, 6])
def test_a_backup_that_is_stopped_leaves_no_rest(
    office: Workspace, tmp_path: Path, pieces: int
) -> None:
    """A file would lie there that looks like a backup and is none."""
    before, asked = sorted(tmp_path.iterdir()), iter(range(99))
    with pytest.raises(errors.Interrupted):
        office.back_up(tmp_path / "cadangan.duckdb", lambda: next(asked) >= pieces)
    assert sorted(tmp_path.iterdir()) == before
    office.back_up(tmp_path / "cadangan.duckdb")


def test_a_copy_that_differs_is_no_backup(
    office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that writes wrongly would be trusted."""

    def spoilt(database: Database, target: Path, is_stopped: errors.IsStopped) -> None:
        copy_to(database, target, is_stopped)
        with closing(Database(target)) as copy, copy.transaction() as transaction:
            transaction.change("update program_budget set amount = 1 where program_id = 2")

    copy_to = Database.copy_to
    monkeypatch.setattr(Database, "copy_to", spoilt)
    with pytest.raises(errors.FileDamaged):
        office.back_up(tmp_path / "cadangan.duckdb")
    assert list(tmp_path.glob("cadangan*")) == []


def test_after_a_backup_the_file_is_still_ours_alone(office: Workspace, tmp_path: Path) -> None:
    """On POSIX, closing a copy's handle drops the lock: another program would write beside us."""
    office.back_up(tmp_path / "cadangan.duckdb")
    found = run_python(
        """
        import sys
        from pathlib import Path
        from lkjip_tui.core.errors import FileBusy
        from lkjip_tui.core.workspace import Workspace
        for read_only in (False, True):
            try:
                Workspace.open(Path(sys.argv[1]), read_only=read_only)
                print("opened")
            except FileBusy as error:
                print(error.exit_code, sys.argv[2] in error.message)
        """,
        office.path,
        os.getpid(),
    )
    assert found.stdout.split() == ["3", "True", "3", "True"], found.stderr


def test_a_file_left_open_by_a_kill_is_not_copied_without_its_log(
    killed: Path, tmp_path: Path
) -> None:
    """A backup taken while reading would lack the last day."""
    with Workspace.open(killed, read_only=True) as workspace, pytest.raises(errors.FileError):
        workspace.back_up(tmp_path / "cadangan.duckdb")
    assert not (tmp_path / "cadangan.duckdb").exists()


def test_a_backup_in_an_old_ones_place_has_no_mark_of_it(office: Workspace, tmp_path: Path) -> None:
    """A good backup would be said to have lost changes."""
    target = tmp_path / "cadangan.duckdb"
    office.back_up(target)
    with Workspace.open(target) as copy:
        put(copy, "programs", "program/1", "budget_revised", "5")
    target.unlink()
    office.back_up(target)
    with Workspace.open(target) as copy:
        assert copy.loss is None


def test_a_loss_tells_how_much_and_where_the_rest_may_be() -> None:
    """A user would not know what to compare with what."""
    one = Loss(1, (Path("a/x.duckdb.original"),))
    assert "1" in str(one)
    assert "x.duckdb.original" in str(one)
    assert str(Loss(3, ())) != str(Loss(1, ()))
    assert str(Loss(0, ())) != str(Loss(1, ()))


def _reads(file: Path, *statements: str) -> bool:
    try:
        with duckdb.connect(file, read_only=True) as connection:
            for statement in statements:
                connection.execute(statement).fetchall()
    except duckdb.Error:
        return False
    return True


def _with_a_damaged_key(file: Path) -> bytes:
    """Return a file's bytes with a block damaged in which objectives are found by their number."""
    with duckdb.connect(file, read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables()").fetchall()
    every_row = [f"from {table}" for (table,) in tables]
    tried, whole = file.with_name("tried.duckdb"), file.read_bytes()
    for block in range(3 * 4096, len(whole), 65_536):
        damaged = bytearray(whole)
        damaged[block + 500] ^= 0xFF
        tried.write_bytes(damaged)
        by_key = "from objective where objective_id = 1"
        if not _reads(tried, by_key) and _reads(tried, *every_row):
            tried.unlink()
            return bytes(damaged)
    raise AssertionError("no such block")


def test_a_damaged_file_is_not_copied_over_its_good_copies(example: Path) -> None:
    """Each opening would make a copy that is as damaged, until no good one is left."""
    with Workspace.open(example) as office:
        put(office, "activities", "sub_activity/3", "realization", "7")
        good = office.keep_copy()
        assert good
    example.write_bytes(_with_a_damaged_key(example))
    with Workspace.open(example) as office:
        put(office, "activities", "sub_activity/3", "realization", "8")
        with pytest.raises(errors.FileDamaged) as told:
            office.keep_copy()
        assert example.name in told.value.message
        with pytest.raises(errors.FileDamaged):
            office.back_up(example.with_name("backup.duckdb"))
        assert [copy.path for copy in office.copies()] == [good]
    assert not example.with_name("backup.duckdb").exists()
    assert not list(example.parent.glob("*.part*"))
