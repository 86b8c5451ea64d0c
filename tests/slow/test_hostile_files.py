"""Files that somebody prepared to do harm, and what stands beside them: they are told or harmless.

`test_hostile_screens` shows such files on the real program, byte by byte.
"""

import json
import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Final

import duckdb
import pytest

from lkjip_tui.core.errors import FileDamaged, FileError, FileForeign, LkjipError
from lkjip_tui.core.storage.rollback import Rollback
from lkjip_tui.core.workspace import Workspace
from tests.core.support import bytes_of, digest_of, put

pytestmark = pytest.mark.slow

_DELETING: Final = (
    "json_execute_serialized_sql(json_serialize_sql("
    "'with d as (delete from program_budget returning *) from d'))"
)


@pytest.mark.parametrize(
    "brought",
    [
        f"create or replace view sheet.activities as select 1 as x from {_DELETING}",
        f"create view v as from {_DELETING}",
        "create view v as from query('select nextval(''id'')')",
        f"create macro v() as table from {_DELETING}",
        f"create macro v(a) as a, (a, b) as (select count(*) from {_DELETING})",
        "create macro sum(x) as 0",
        "create macro duckdb_tables() as table select 1 as x",
        'create macro "+"(a, b) as 0',
        "create view v as select setval('id', 1) as x",
    ],
    ids=lambda brought: brought[7:45],
)
def test_a_file_that_acts_by_itself_is_not_opened_for_writing(example: Path, brought: str) -> None:
    """Facts would be deleted by whoever looks at a sheet, and no history would tell."""
    with duckdb.connect(example) as connection:
        connection.execute(brought)
    before = bytes_of(example.parent)
    with pytest.raises(FileForeign, match="--read-only"):
        Workspace.open(example)
    assert bytes_of(example.parent) == before
    if "duckdb_tables" not in brought:
        Workspace.open(example, read_only=True).close()
    assert bytes_of(example.parent) == before


def test_a_trigger_that_came_with_a_file_does_not_run(example: Path, tmp_path: Path) -> None:
    """Each change would do another one, of which no history tells."""
    newer = tmp_path / "newer.duckdb"
    with duckdb.connect(newer, config={"storage_compatibility_version": "latest"}) as connection:
        connection.execute(f"attach '{example}' as old (read_only)")
        connection.execute("copy from database old to newer")
        connection.execute(
            "create trigger t after insert on journal for each statement delete from program_budget"
        )
    with pytest.raises(FileForeign, match=r"\bt\b"):
        Workspace.open(newer)


@pytest.mark.parametrize("ending", [".wal", ".mark", ".rollback", ".tmp", ".backups", ".editions"])
@pytest.mark.parametrize("is_there", [True, False], ids=["there", "not there"])
def test_no_link_beside_a_file_leads_what_is_written_elsewhere(
    example: Path, tmp_path: Path, ending: str, *, is_there: bool
) -> None:
    """A file of the user's would be written over, or cut, when a sent archive is unpacked."""
    victim = tmp_path / "elsewhere" / "victim"
    victim.parent.mkdir()
    if is_there:
        victim.write_text("mine")
    Path(f"{example}{ending}").symlink_to(victim)
    for read_only in (True, False):
        with pytest.raises(FileForeign, match=re.escape(ending)):
            Workspace.open(example, read_only=read_only)
    assert victim.exists() is is_there
    assert not is_there or victim.read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
@pytest.mark.parametrize("ending", ["", ".mark", ".rollback", ".wal"])
def test_no_pipe_lets_the_program_wait_for_ever(example: Path, ending: str) -> None:
    """The program would hang before it shows anything."""
    file = example if ending else example.with_name("pipe.duckdb")
    os.mkfifo(f"{file}{ending}")
    with pytest.raises(FileForeign):
        Workspace.open(file)


@pytest.mark.parametrize("name", ["report", "SHEET", "basis.2021", "quality"])
def test_a_file_called_as_the_views_schemas_is_told(example: Path, name: str) -> None:
    """Every table of the report would fail with words about catalogs and schemas."""
    file = example.rename(example.with_name(f"{name}.duckdb"))
    with pytest.raises(FileError, match=re.escape(file.name)):
        Workspace.open(file)
    with pytest.raises(FileError, match=re.escape("report.duckdb")):
        Workspace.create(example.with_name("report.duckdb"), "Kecamatan", 2021)
    assert [path.name for path in example.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    "change",
    [
        'alter table program rename column name to "name from program; drop table x; --"',
        'alter table program add column "a\x1b[31m" text',
        "drop table program; create view program as select 1 as program_id",
        "drop table section",
        "create or replace table program as from program",
    ],
)  # fmt: skip
def test_tables_that_are_ours_by_name_alone_are_not_opened(example: Path, change: str) -> None:
    """What a column is called would become a part of the program's statements."""
    with duckdb.connect(example) as connection:
        connection.execute(change)
    before = bytes_of(example.parent)
    for read_only in (True, False):
        with pytest.raises(FileForeign):
            Workspace.open(example, read_only=read_only)
    assert bytes_of(example.parent) == before


@pytest.mark.parametrize(
    "places",
    [
        [(1 << 62, b"x" * 8)],
        [((1 << 64) - 1, b"x" * 8)],
        [(1 << 40, b"")],
        [(0, b"odd")],
        [(4096 * 3, b"")],
    ],
)
def test_a_prepared_rollback_harms_nothing(example: Path, places: list[tuple[int, bytes]]) -> None:
    """A file of eight exabytes would come to be, or the program end with a trace."""
    rollback = Rollback(example)
    found = dict(places)
    rollback.keep(lambda _at, length: b"x" * length, (), 4096)
    prefix = rollback.path.read_bytes()[:17]
    kept = b"".join(
        at.to_bytes(8, "little") + len(block).to_bytes(8, "little") + block
        for at, block in found.items()
    )
    rollback.path.write_bytes(prefix + sha256(kept).digest() + kept)
    before = example.read_bytes()
    Workspace.open(example).close()
    assert len(example.read_bytes()) == len(before)


def test_queries_are_read_from_their_own_folder_alone(example: Path, tmp_path: Path) -> None:
    """A sent folder could show, and let an edition take along, what lies elsewhere."""
    sheets = tmp_path / "queries" / "sheets"
    sheets.mkdir(parents=True)
    secret = tmp_path / "secret.sql"
    secret.write_text("-- title: A secret\nselect 1 as fiscal_year, 'a' as row_key")
    (sheets / "linked.sql").symlink_to(secret)
    (sheets / "circle.sql").symlink_to(sheets / "circle.sql")
    (sheets / "lost.sql").symlink_to(tmp_path / "nothing.sql")
    os.mkfifo(sheets / "pipe.sql")
    (sheets / "long.sql").write_text(f"-- note: {'x' * (1 << 20)}\n{secret.read_text()}")
    (sheets / "latin.sql").write_bytes(b"-- title: \xff\nselect 1")
    (sheets / os.fsdecode(b"odd\xff.sql")).write_text(secret.read_text())
    (sheets / "counts.sql").write_text(f"{secret.read_text()}, nextval('id') as n")
    with Workspace.open(example) as workspace:
        assert len(workspace.registry.faults) == 8
        assert not [query for query in workspace.registry.queries.values() if query.is_own]


def test_an_edition_s_manifest_reads_nothing_elsewhere(example: Path) -> None:
    """To list the editions would read without end, or tell what other files hold."""
    folder = Path(f"{example}.editions", "2021")
    folder.mkdir(parents=True)
    with Workspace.open(example) as workspace:
        held = {
            "name": "2021", "fiscal_year": 2021, "frozen_at": "2022-01-01", "journal_id": 0,
            "file_id": str(workspace.file_id), "database": "../../sooko.duckdb",
            "files": {"/dev/zero": "", "../../sooko.duckdb": "", "a\x1b": ""},
        }  # fmt: skip
        (folder / "edition.json").write_text(json.dumps(held))
        (folder / "link").symlink_to("/dev/zero")
        every, faults = workspace.editions.every()
        assert not faults
        found = every[0]
        assert set(workspace.editions.changed_files(found)) == {
            "edition.json",
            "/dev/zero",
            "../../sooko.duckdb",
            "a\x1b",
        }
        with pytest.raises(FileDamaged), workspace.session() as session:
            workspace.editions.differences(found, 2021, session)
        (folder / "edition.json").write_text("[" * 100_000)
        assert workspace.editions.every()[0] == []
        (folder / "edition.json").unlink()
        (folder / "edition.json").symlink_to("/dev/zero")
        assert workspace.editions.every()[0] == []


def test_a_mark_that_was_written_for_another_purpose_is_none(example: Path) -> None:
    """A mark of ten gigabytes would take the machine's memory."""
    mark = Path(f"{example}.mark")
    with mark.open("wb") as file:
        file.truncate(1 << 40)
    with Workspace.open(example) as workspace:
        assert workspace.loss is None
        put(workspace, "sheet.office", "office/1", "name", "Kecamatan")


@pytest.mark.usefixtures("either_road")
@pytest.mark.parametrize(
    ("key", "action", "column", "before", "after"),
    [
        ('{"program_id": "1"}', "update", "name = null; drop table program; --", "a", "b"),
        ('{"program_id": "1"}', "insert", "x' or true); drop table program; --", None, "{}"),
        ('{"program_id": "1"}', "delete", None, '{"name; --": "x"}', None),
        ('{"program_id; --": "1"}', "update", "name", "a", "b"),
        ('{"program_id": 1}', "update", "name", "a", "b"),
        ("[]", "update", "name", "a", "b"),
        ("[" * 100_000, "update", "name", "a", "b"),
        ("{", "update", "name", "a", "b"),
        ('{"program_id": "x"}', "update", "number", "x", "y"),
    ],
)
def test_a_prepared_journal_is_told_and_no_part_of_a_statement(  # noqa: PLR0917 - its columns
    example: Path, key: str, action: str, column: str | None, before: str | None, after: str | None
) -> None:
    """Undo would run what a row names as its column, or the history end the program."""
    with duckdb.connect(example) as connection:
        connection.execute(
            "insert into journal values (1, 1, now(), 'x', 'x', 'program', ?, ?, ?, ?, ?, null)",
            [key, action, column, before, after],
        )
    with Workspace.open(example) as workspace:
        held = digest_of(workspace)
        with pytest.raises(LkjipError):
            workspace.deeds(10)
        with pytest.raises(LkjipError):
            workspace.undo()
        assert digest_of(workspace) == held
