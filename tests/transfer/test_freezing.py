"""A frozen edition: whole or not there, proved when it is read, held against the file."""

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lkjip_tui.core import editions
from lkjip_tui.core.differences import Difference
from lkjip_tui.core.editions import MANIFEST, Edition
from lkjip_tui.core.errors import EditRefused, FileDamaged, FileError, Interrupted, UsageError
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer.editions import compared
from lkjip_tui.transfer.forms import FileForm
from lkjip_tui.transfer.freezing import freeze
from tests.core.support import YEAR, bytes_of, delete, digest_of, insert, put, value_of

GAJI = "activities", "sub_activity/3", "realization"
FINAL = "LKjIP 2021 final"


@pytest.fixture(scope="module")
def _edition(_standing: Workspace) -> Edition:
    put(_standing, *GAJI, "7")
    edition = frozen(_standing)
    _standing.undo()
    return edition


@pytest.fixture
def edition(_edition: Edition, standing: Workspace) -> Iterator[Edition]:
    """Return an edition of the office that the tests here share, with its 7; as it was frozen."""
    put(standing, *GAJI, "7")
    yield _edition
    assert standing.editions.changed_files(_edition) == []


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


def frozen(workspace: Workspace, name: str = FINAL) -> Edition:
    """Freeze the year."""
    with workspace.session() as session:
        edition, problems = freeze(workspace, name, YEAR, session)
    assert not problems
    return edition


def differences(workspace: Workspace, edition: Edition, year: int = YEAR) -> list[Difference]:
    """Return what the file prints otherwise."""
    with workspace.session() as session:
        return list(workspace.editions.differences(edition, year, session))


def test_an_edition_holds_the_file_and_its_tables_and_is_told_by_the_history(
    office: Workspace, edition: Edition
) -> None:
    """What went to print could not be shown a year later, or nobody would know when it was."""
    tables = {
        f"tables/{table.name}.{form}"
        for table in office.registry.of_kind(Kind.TABLE)
        for form in FileForm
    }
    assert {*tables, f"lkjip-{YEAR}.docx"} <= edition.files.keys()
    assert all(not file.stat().st_mode & 0o222 for file in edition.folder.rglob("*.*"))
    assert (edition.name, edition.fiscal_year, edition.journal_id) == (FINAL, YEAR, 1)
    with Workspace.open(edition.database, read_only=True) as former:
        assert digest_of(former) == digest_of(office)
    (note,) = (deed for deed in office.deeds(100) if deed.act.label == editions.FREEZE)
    told = office.wording().told(note.act)
    assert FINAL in str(told)
    assert str(YEAR) in str(told)


def test_freezing_is_no_act_that_undo_takes_back(office: Workspace, edition: Edition) -> None:
    """Ctrl+Z would seem to do nothing, or the history would lie about what was printed."""
    before = digest_of(office)
    put(office, *GAJI, "8")
    office.undo()
    office.editions.record(edition)
    number = office.deeds(1)[0].act_id
    with pytest.raises(EditRefused):
        office.undo_act(number)
    assert office.newer(number)[0] == 0
    office.redo()
    assert value_of(office, *GAJI) == 8
    office.undo()
    assert digest_of(office) == before
    assert FINAL in {dict(entry.key).get("name") for entry in office.history(100)}


@pytest.mark.slow
def test_what_changed_since_is_told_cell_by_cell(office: Workspace, edition: Edition) -> None:
    """A printed report and the file would drift apart, and nobody could say where."""
    put(office, *GAJI, "2.000.000.000")
    put(office, "indicators", "indicator/4", "decimals", "2")
    new = insert(office, "activities", "sub_activity/3")
    put(office, "activities", new, "name", "Pengadaan Kendaraan")
    delete(office, "activities", "sub_activity/29")
    found = differences(office, edition)
    by_cell = {(each.view_name, each.row_key, each.column_name): each for each in found}
    summary = "report.budget_summary"
    cell = by_cell[summary, "sub_activity/3", "budget_realization"]
    assert (cell.then, cell.now) == ("7", "2.000.000.000")
    assert by_cell["report.program_absorption", "program/1", "absorption_pct"].then
    assert by_cell[summary, new, ""].change == "came"
    assert by_cell[summary, "sub_activity/29", ""].change == "went"
    assert by_cell[summary, "sub_activity/29", ""].row
    printed = by_cell["report.achievement", "indicator/4", "target"]
    assert (printed.then, printed.now) == ("81%", "81,00%"), "compared as it is printed"
    keys = [each.row_key for each in found if each.view_name == summary]
    assert keys.index("sub_activity/3") < keys.index("total"), "in the table's order"
    records = compared(edition, found).records()
    assert records.columns == (
        "view_name", "row_key", "column_name", "change", "then", "now"
    )  # fmt: skip
    assert len(list(records.rows)) == len(found) == len(by_cell)
    for _act in range(5):
        office.undo()
    assert differences(office, edition) == []


def test_an_edition_that_was_changed_is_told(
    office: Workspace, edition: Edition, tmp_path: Path
) -> None:
    """A forged table would pass for the printed one."""
    folder = Path(shutil.copytree(edition.folder, tmp_path / "copy"))
    table, manifest = folder / "tables" / "achievement.md", folder / MANIFEST
    for file in (table, manifest):
        file.chmod(0o644)
    table.write_text("| forged |\n", "utf-8")
    assert office.editions.changed_files(Edition.read(folder)) == ["tables/achievement.md"]
    # Whoever forges the manifest, too, is told by the journal; and what is no part of it.
    held = json.loads(manifest.read_text("utf-8"))
    held["files"].pop("tables/achievement.md")
    held["frozen_at"] = held["frozen_at"].partition("+")[0]
    manifest.write_text(json.dumps(held), "utf-8")
    forged = Edition.read(folder)
    assert office.editions.changed_files(forged) == [MANIFEST, "tables/achievement.md"]
    assert forged.frozen_at.tzinfo
    manifest.write_text("{}", "utf-8")
    with pytest.raises(FileDamaged):
        Edition.read(folder)


@pytest.mark.slow
def test_tables_of_ones_own_are_frozen_and_compared(example: Path) -> None:
    """The one table that an office added to its report would be missing."""
    folder = example.parent / "queries" / "tables"
    folder.mkdir(parents=True)
    (folder / "own.sql").write_text(
        "-- title: Sendiri\n-- caption: Sendiri\n-- grain: fiscal_year, row_key\n"
        '-- column name: text "Nama"\n'
        "select 2021 as fiscal_year, 'office' as row_key, o.name from office as o",
        "utf-8",
    )
    with Workspace.open(example) as office:
        edition = frozen(office)
        with (edition.folder / "tables" / "own.csv").open(encoding="utf-8") as lines:
            assert [row["name"] for row in csv.DictReader(lines)] == ["Kecamatan Sooko"]
        put(office, "office", "office/1", "name", "Kecamatan Puri")
        (change,) = (d for d in differences(office, edition) if d.view_name == "report.own")
        assert (change.then, change.now) == ("Kecamatan Sooko", "Kecamatan Puri")


@pytest.mark.slow
def test_an_edition_is_whole_or_not_there(office: Workspace, edition: Edition) -> None:
    """Half an edition would be taken for what was printed."""
    folder = editions.folder_of(office.path)
    held, journal = bytes_of(folder), office.history(100)
    with pytest.raises(FileError):
        frozen(office)
    for name in ("", "a/b", "..", " draft", "x" * 200):
        with pytest.raises(UsageError):
            frozen(office, name)
    with office.session() as session:
        session.interrupt()
        with pytest.raises(Interrupted):
            freeze(office, "stopped", YEAR, session)
    assert bytes_of(folder) == held
    assert office.history(100) == journal
    left = folder / ".cut off.0a1b2c3d.part"
    left.mkdir()
    (folder / "torn").mkdir()
    (folder / "torn" / MANIFEST).write_text("{}", "utf-8")
    second = frozen(office, "second")
    assert not left.exists()
    found, faults = office.editions.every()
    assert sorted(each.name for each in found) == [edition.name, second.name]
    assert len(faults) == 1
    assert office.editions.named(FINAL) == edition
    shutil.rmtree(folder / "torn")
    with pytest.raises(UsageError):
        office.editions.named("third")
