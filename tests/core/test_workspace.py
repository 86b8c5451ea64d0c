"""A file's life: made, opened, migrated, read by others, closed."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from lkjip_tui import paths
from lkjip_tui.core import errors
from lkjip_tui.core.storage import seed
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.workspace import Workspace
from tests.core.support import (
    YEAR,
    bytes_of,
    facts_of,
    inside,
    put,
    row_of,
    rows_of,
    run_python,
    start_python,
)

LATER = """
create table diary (fiscal_year integer primary key, body varchar);
alter table office add column motto varchar;
"""


def names_in(folder: Path) -> list[str]:
    """Return the names of a folder's files."""
    return sorted(path.name for path in folder.iterdir())


# Making


def test_a_new_office_has_its_name_its_year_and_the_scales(tmp_path: Path) -> None:
    """A new file would begin with another office's facts, or with no scale to judge by."""
    path = tmp_path / "a folder" / "puri.duckdb"
    with Workspace.create(path, "Kecamatan Puri", 2024) as made:
        assert made.office.name == "Kecamatan Puri"
        assert made.office.years == (2024,)
        assert made.loss is None
        assert made.registry.faults == []
        held = {table: len(rows) for table, rows in facts_of(made).items() if rows}
        assert set(held) == {"office", "report_year", "scale_class"}
        assert made.undo() is None
        assert made.history(5) == []
    assert names_in(path.parent) == ["puri.duckdb"]


def test_two_new_files_have_two_identities(tmp_path: Path) -> None:
    """The mark of one would tell a loss of the other."""
    ids = set()
    for name in ("a", "b"):
        with Workspace.create(tmp_path / f"{name}.duckdb", "Kantor", 2024) as made:
            ids.add(inside(made).database.value("select file_id from workbook"))
    assert len(ids) == 2


def test_making_a_file_replaces_none(file: Path, tmp_path: Path) -> None:
    """`lkjip new` with an old name would empty the office's file."""
    link = tmp_path / "link.duckdb"
    link.symlink_to(file)
    log = tmp_path / "other.duckdb.wal"
    log.write_text("a log that waits for its file")
    (tmp_path / "folder.duckdb").mkdir()
    before = bytes_of(tmp_path)
    for name in ("office", "link", "other", "folder"):
        with pytest.raises(errors.FileError) as told:
            Workspace.create(tmp_path / f"{name}.duckdb", "Kantor", 2024)
        assert name in told.value.message
        with pytest.raises(errors.FileError):
            Workspace.create_example(tmp_path / f"{name}.duckdb")
    assert bytes_of(tmp_path) == before


@pytest.mark.usefixtures("english")
def test_a_file_that_cannot_be_made_leaves_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder would fill with halves of files."""
    (tmp_path / "x").write_text("a file, no folder")
    with pytest.raises(errors.FileError):
        Workspace.create(tmp_path / "x" / "y.duckdb", "Kantor", 2024)

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(seed, "write", fail)
    with pytest.raises(errors.FileError, match="No space left"):
        Workspace.create(tmp_path / "z.duckdb", "Kantor", 2024)
    assert names_in(tmp_path) == ["x"]


def test_the_example_gives_the_figures_of_the_report(office: Workspace) -> None:
    """The example would not be the report that it is taken from."""
    total = row_of(office, "budget_summary", "total")
    assert (total["budget"], total["budget_realization"]) == (4_644_000_103, 3_230_910_909)
    assert str(total["absorption_pct"]) == "69.57"
    first = row_of(office, "budget_summary", "program/1")
    assert (first["budget"], first["budget_realization"]) == (4_349_483_103, 2_939_652_444)
    assert str(first["absorption_pct"]) == "67.59"
    reached = [row for row in rows_of(office, "achievement") if row["target"] == 81]
    assert "101.23" in [str(row["achievement_pct"]) for row in reached if row["realization"] == 82]


# Opening


def test_opening_and_closing_changes_nothing(file: Path) -> None:
    """A file would differ from its backup because somebody looked at it."""
    before = bytes_of(file.parent)
    for read_only in (False, True):
        with Workspace.open(file, read_only=read_only) as opened:
            assert opened.read_only is read_only
            assert opened.path == file
            assert opened.views_are_current
            rows_of(opened, "activities")
            opened.findings(YEAR)
    assert bytes_of(file.parent) == before


def test_a_path_may_be_relative_and_strange(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder with a space or an apostrophe would be no place for an office's file."""
    folder = tmp_path / "it's a [folder] %s ü"
    folder.mkdir()
    shutil.copyfile(file, folder / "kantor ü.duckdb")
    monkeypatch.chdir(folder)
    with Workspace.open(Path("kantor ü.duckdb")) as opened:
        put(opened, "programs", "program/1", "budget_revised", "5")
        opened.back_up(Path("cadangan.duckdb"))
    with Workspace.open(Path("cadangan.duckdb"), read_only=True) as copy:
        assert row_of(copy, "programs", "program/1")["budget_revised"] == 5
    assert names_in(folder) == ["cadangan.duckdb", "kantor ü.duckdb", "kantor ü.duckdb.mark"]


def test_an_undo_survives_closing(file: Path) -> None:
    """Yesterday's slip could not be taken back today."""
    with Workspace.open(file) as opened:
        before = facts_of(opened)
        put(opened, "programs", "program/1", "budget_revised", "5")
    with Workspace.open(file) as opened:
        assert opened.undo()
        assert facts_of(opened) == before
    with Workspace.open(file) as opened:
        assert opened.redo()
        assert row_of(opened, "programs", "program/1")["budget_revised"] == 5


def test_a_workspace_closes_when_work_ends_in_an_error(file: Path) -> None:
    """A crash would leave the file locked for the rest of the session."""
    with pytest.raises(ZeroDivisionError), Workspace.open(file):
        raise ZeroDivisionError
    Workspace.open(file).close()


def test_a_file_that_does_not_open_is_not_held(file: Path) -> None:
    """A second try would be told that the first one is still there."""
    with Workspace.open(file) as opened, inside(opened).database.transaction() as transaction:
        transaction.run("drop table office")
    for _try in range(2):
        with pytest.raises(errors.LkjipError) as told:
            Workspace.open(file)
        assert not isinstance(told.value, errors.FileBusy)


def test_a_file_in_use_elsewhere_is_told_by_every_way_of_opening(file: Path) -> None:
    """A script could not tell a busy file from a broken one."""
    with start_python(
        """
        import sys
        from pathlib import Path
        from lkjip_tui.core.workspace import Workspace
        with Workspace.open(Path(sys.argv[1])):
            print("open", flush=True)
            sys.stdin.read()
        """,
        file,
    ) as holder:
        assert holder.stdin
        assert holder.stdout
        assert holder.stdout.readline() == "open\n"
        before = bytes_of(file.parent)
        for way in (
            Workspace.open,
            partial(Workspace.open, read_only=True),
            Workspace.open_to_read,
        ):
            with pytest.raises(errors.FileBusy) as told:
                way(file)
            assert str(holder.pid) in told.value.message
            assert told.value.exit_code == 3
        assert bytes_of(file.parent) == before
        holder.stdin.close()


# Reading beside others


def test_readers_share_a_file(file: Path) -> None:
    """An export would wait for a look."""
    with Workspace.open(file, read_only=True):
        found = run_python(
            """
            import sys
            from pathlib import Path
            from lkjip_tui.core.workspace import Workspace
            with Workspace.open_to_read(Path(sys.argv[1])) as reader:
                print(reader.office.name)
            """,
            file,
        )
        assert found.stdout.strip() == "Kecamatan Sooko", found.stderr


@pytest.mark.slow
def test_reading_brings_the_views_up_to_date_once(file: Path) -> None:
    """`lkjip show` would print last year's formula until somebody opens the file."""
    folder = file.parent / "queries" / "tables"
    folder.mkdir(parents=True)
    (folder / "mine.sql").write_text("select 2021 as fiscal_year, 'x' as row_key", "utf-8")
    (folder / "bad.sql").write_text("select nothing", "utf-8")
    for _time in range(2):
        with Workspace.open_to_read(file) as reader:
            assert reader.read_only
            assert rows_of(reader, "report.mine")
            assert [fault for fault in reader.registry.faults if "bad.sql" in fault.message]
    (folder / "bad.sql").unlink()
    with Workspace.open_to_read(file) as reader:
        assert reader.views_are_current
    before = bytes_of(file.parent)
    with Workspace.open_to_read(file) as reader:
        assert reader.registry.faults == []
    assert bytes_of(file.parent) == before


def test_a_file_that_cannot_be_written_serves_as_it_is(file: Path) -> None:
    """A report on a shared disk could not be read after a query changed."""
    folder = file.parent / "queries" / "tables"
    folder.mkdir(parents=True)
    (folder / "mine.sql").write_text("select 2021 as fiscal_year, 'x' as row_key", "utf-8")
    chattr = shutil.which("chattr")
    if chattr is None or os.system(f"{chattr} +i {file} 2>/dev/null"):  # noqa: S605
        pytest.skip("this disk has no immutable files, and root may write everything else")
    try:
        with pytest.raises(errors.FileReadOnly):
            Workspace.open(file)
        with Workspace.open_to_read(file) as reader:
            assert not reader.views_are_current
            assert rows_of(reader, "budget_summary")
            assert reader.findings(YEAR)[1] == []
            with pytest.raises(errors.FileReadOnly):
                put(reader, "programs", "program/1", "budget_revised", "5")
    finally:
        os.system(f"{chattr} -i {file}")  # noqa: S605


# Versions


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the program be a later version, with one migration more, and return its folder."""
    folder = tmp_path / "later"
    shutil.copytree(paths.queries_folder(), folder)
    (folder / "schema" / "0002_diary.sql").write_text(LATER, "utf-8")
    monkeypatch.setattr(paths, "queries_folder", lambda: folder)
    return folder


def test_an_older_file_is_backed_up_and_brought_up_to_date(
    file: Path, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An update of the program would cost the office its file."""
    old = file.read_bytes()
    clock = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    with Workspace.open(file, clock=lambda: clock) as opened:
        assert inside(opened).database.read("select number, name from migration order by 1") == [
            (1, "facts"),
            (2, "diary"),
        ]
        assert "diary" in inside(opened).facts.tables
        assert "motto" in inside(opened).facts.tables["office"].columns
        assert rows_of(opened, "budget_summary")
        put(opened, "programs", "program/1", "budget_revised", "5")
    backup = file.with_name("office.duckdb.20260102T030405000000.older")
    assert backup.read_bytes() == old
    assert names_in(file.parent) == [
        "later",
        "office.duckdb",
        "office.duckdb.20260102T030405000000.older",
        "office.duckdb.mark",
    ]
    assert later.is_dir()
    # The earlier program tells that this file is too new for it, and still reads the backup.
    monkeypatch.undo()
    with pytest.raises(errors.FileNewer):
        Workspace.open(file)
    with Workspace.open(backup, read_only=True) as former:
        assert former.office.name == "Kecamatan Sooko"


def test_an_older_file_is_not_brought_up_to_date_by_reading(file: Path, later: Path) -> None:
    """A look at an archive would change it."""
    before = bytes_of(file.parent)
    with pytest.raises(errors.FileReadOnly) as told:
        Workspace.open(file, read_only=True)
    assert "office.duckdb" in told.value.message
    assert bytes_of(file.parent) == before
    with Workspace.open_to_read(file) as reader:
        assert "diary" in inside(reader).facts.tables
    assert len(list(file.parent.glob("*.older"))) == 1
    assert later.is_dir()


def test_a_migration_that_fails_leaves_the_file_as_it_was(file: Path, later: Path) -> None:
    """Half of an update would be in the office's file."""
    (later / "schema" / "0002_diary.sql").write_text(f"{LATER}; select error('no');", "utf-8")
    with pytest.raises(errors.QueryError):
        Workspace.open(file)
    assert not list(file.parent.glob("*.older")), "each attempt would leave another one"
    database = Database(file, read_only=True)
    assert database.value("select count(*) from migration") == 1
    assert database.value("select count(*) from duckdb_tables() where table_name = 'diary'") == 0
    database.close()


def test_an_update_that_was_cut_off_is_made_when_it_is_asked_for_again_at_once(
    file: Path, later: Path
) -> None:
    """The copy of the first attempt would be in the way of the second one's."""
    at = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
    aside = file.parent / "aside"
    aside.mkdir()
    Workspace.open(shutil.copyfile(file, aside / file.name), clock=lambda: at).close()
    (left,) = aside.glob("*.older")
    shutil.copyfile(left, file.with_name(left.name))
    with Workspace.open(file, clock=lambda: at + timedelta(milliseconds=9)) as opened:
        assert "diary" in inside(opened).facts.tables
    assert len(list(file.parent.glob("*.older"))) == 2
    assert later.is_dir()


# What a screen asks


def test_captions_know_the_office_and_the_year(office: Workspace) -> None:
    """A table would be printed under another office's name."""
    names = office.names(YEAR)
    assert names["office"] == "Kecamatan Sooko"
    assert names["fiscal_year"] == YEAR
    assert names["stage"] == "revised"
    assert names["strategic_end_year"] == 2026
    assert office.names(1999) == {"fiscal_year": 1999}


def test_the_office_s_name_follows_its_edit(office: Workspace) -> None:
    """The header would show the old name until the file is opened again."""
    put(office, "office", "office/1", "name", "Kecamatan Soko")
    assert office.office.name == "Kecamatan Soko"
    office.undo()
    assert office.office.name == "Kecamatan Sooko"


def test_a_year_that_is_not_there_is_told_with_those_there_are(office: Workspace) -> None:
    """A report would be printed empty, for a year that was mistyped."""
    assert office.year(None) == 2021
    with pytest.raises(errors.UsageError) as told:
        office.year(2012)
    assert "2012" in told.value.message
    assert "2021" in told.value.hint
    assert told.value.exit_code == 2


def test_a_checkpoint_moves_the_log_into_the_file(office: Workspace) -> None:
    """Somebody who copies the file by hand would copy it without today's work."""
    put(office, "programs", "program/1", "budget_revised", "5")
    log = Path(f"{office.path}.wal")
    assert log.stat().st_size
    assert office.checkpoint()
    assert not log.exists() or not log.stat().st_size
