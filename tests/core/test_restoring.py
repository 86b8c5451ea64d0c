"""Restoring: the facts of a copy come back as one act, and nothing done since is lost."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkjip_tui import paths
from lkjip_tui.core.acts import CellChange, RowMade, RowRemoved
from lkjip_tui.core.changes.restoring import Restoration
from lkjip_tui.core.errors import FileBusy, FileDamaged, OtherOffice
from lkjip_tui.core.workspace import Workspace
from tests.core.support import bytes_of, delete, digest_of, insert, inside, open_new_office, put

GAJI = "activities", "sub_activity/3", "realization"


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


def look(workspace: Workspace, copy: Path, *, other_office: bool = False) -> Restoration:
    """Return what restoring from a copy would do."""
    with workspace.session() as session:
        return workspace.restoration(copy, session, other_office=other_office)


def test_a_restore_is_one_act_that_undo_takes_back_whole(office: Workspace, tmp_path: Path) -> None:
    """Whoever restores the wrong copy would lose the work of weeks."""
    put(office, *GAJI, "7")
    then, copy = digest_of(office), tmp_path / "copy.duckdb"
    office.back_up(copy)
    assert look(office, copy).act.changes == (), "nothing differs yet"
    put(office, *GAJI, "8")
    put(office, "activities", "sub_activity/4", "name", "Nama lain")
    insert(office, "activities", "sub_activity/3")
    delete(office, "activities", "program/2")
    office.start_year(2022)
    now, acts = digest_of(office), len(office.deeds(100))
    found = look(office, copy)
    assert digest_of(office) == now, "looking changes nothing"
    kinds = {type(change) for change in found.act.changes}
    assert kinds == {CellChange, RowMade, RowRemoved}
    office.restore(found)
    assert digest_of(office) == then
    assert len(office.deeds(100)) == acts + 1
    assert office.office.latest == 2021
    office.undo()
    assert digest_of(office) == now
    office.redo()
    assert digest_of(office) == then


edits = st.lists(
    st.tuples(
        st.integers(1, 29),
        st.sampled_from(["realization", "name", "budget_revised"]),
        st.sampled_from(["1", "", "250.000", "81"]),
    ),
    max_size=8,
)


@pytest.mark.slow
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits, edits)
def test_whatever_was_done_before_and_after_a_copy_restoring_gives_its_facts(
    standing: Workspace,
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[int, str, str]],
    after: list[tuple[int, str, str]],
) -> None:
    """A restored file would be neither what it was then nor what it is now."""
    copy = tmp_path_factory.mktemp("copies") / "copy.duckdb"
    for number, column, text in before:
        put(standing, "activities", f"sub_activity/{number}", column, text)
    then = digest_of(standing)
    standing.back_up(copy)
    for number, column, text in after:
        put(standing, "activities", f"sub_activity/{number}", column, text)
    found = look(standing, copy)
    assert bool(found.act.changes) == (digest_of(standing) != then)
    if found.act.changes:
        standing.restore(found)
    assert digest_of(standing) == then


def test_a_thing_that_only_the_copy_has_is_told_by_its_name(
    file: Path, template: Path, tmp_path: Path
) -> None:
    """A list of figures without names could not be judged before it is accepted."""
    newer = shutil.copyfile(template, tmp_path / "newer.duckdb")
    with Workspace.open(newer) as ahead:
        key = insert(ahead, "activities", "sub_activity/3")
        put(ahead, "activities", key, "name", "Pengadaan Kendaraan")
        put(ahead, "activities", key, "realization", "5")
    with Workspace.open(file) as office:
        found = look(office, newer)
        wording = office.wording(found.act)
        told = {
            wording.told(type(found.act)("", (change,))).row
            for change in found.act.changes
            if isinstance(change, RowMade)
        }
        assert told == {"Pengadaan Kendaraan"}
        office.restore(found)
        # An id that came with the copy is not given to anything new.
        assert insert(office, "activities", "sub_activity/3") != key


def test_a_copy_of_another_office_or_none_at_all_is_refused(
    office: Workspace, tmp_path: Path
) -> None:
    """One office's figures would stand in another's report."""
    other = tmp_path / "other.duckdb"
    open_new_office(other, "Kecamatan Puri", 2022).close()
    before = digest_of(office)
    with pytest.raises(OtherOffice) as told:
        look(office, other)
    assert "Kecamatan Puri" in told.value.message
    torn = tmp_path / "torn.duckdb"
    torn.write_bytes(other.read_bytes()[:20_000])
    with pytest.raises(FileDamaged):
        look(office, torn)
    with pytest.raises(FileBusy):
        look(office, office.path)
    assert digest_of(office) == before
    office.restore(look(office, other, other_office=True))
    assert office.office.name == "Kecamatan Puri"
    office.undo()
    assert digest_of(office) == before


@pytest.mark.slow
def test_a_copy_of_an_older_version_is_brought_up_to_date_apart_from_it(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies from before an update of the program could not be used, or would be changed."""
    old = shutil.copyfile(template, tmp_path / "old.duckdb")
    file = shutil.copyfile(template, tmp_path / "office.duckdb")
    folder = tmp_path / "later"
    shutil.copytree(paths.queries_folder(), folder)
    (folder / "schema" / "0002_motto.sql").write_text(
        "alter table office add column motto varchar default 'Melayani'", "utf-8"
    )
    monkeypatch.setattr(paths, "queries_folder", lambda: folder)
    before = old.read_bytes()
    with Workspace.open(file) as office:
        inside(office).database.read("select o.motto from office as o")
        put(office, *GAJI, "7")
        found = look(office, old)
        assert [change.table for change in found.act.changes] == ["sub_activity_realization"]
    assert old.read_bytes() == before
    assert [name for name in bytes_of(tmp_path) if name.startswith("old.")] == ["old.duckdb"]
