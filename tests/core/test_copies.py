"""Safe copies: made when something changed, fewer the older they are, never a danger."""

import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.core.errors import FileError
from lkjip_tui.core.storage import copies
from lkjip_tui.core.storage.copies import MOST_KEPT, Copy, worth_keeping
from lkjip_tui.core.workspace import Workspace
from tests.core.support import digest_of, facts_of, put

GAJI = "activities", "sub_activity/3", "realization"
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)

moments = st.lists(
    st.integers(0, 500 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes)),
    unique=True,
    max_size=60,
).map(lambda times: [Copy(at, n, Path(str(n))) for n, at in enumerate(sorted(times), 1)])


@given(moments)
def test_the_newest_copies_stay_and_one_of_each_day_week_and_month(made: list[Copy]) -> None:
    """A mistake noticed after a month could not be taken back, or the disk would fill up."""
    kept = worth_keeping(made)
    assert kept <= set(made)
    assert len(kept) <= MOST_KEPT
    assert set(made[-5:]) <= kept
    months = {(copy.at.year, copy.at.month): copy for copy in made}
    assert set(list(months.values())[-12:]) <= kept
    days = {copy.at.date(): copy for copy in made}
    assert set(list(days.values())[-7:]) <= kept


@given(moments)
def test_thinning_out_time_and_again_keeps_what_thinning_out_once_keeps(made: list[Copy]) -> None:
    """Whoever opens the file often would have fewer old copies than who opens it seldom."""
    kept: frozenset[Copy] = frozenset()
    for copy in made:
        kept = worth_keeping([*kept, copy])
    assert kept == worth_keeping(made)
    assert worth_keeping(kept) == kept


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


def test_a_copy_is_made_only_after_a_change_and_holds_what_the_file_held(
    file: Path, clock: Clock
) -> None:
    """There would be no copy of what was done, or many of the same."""
    with Workspace.open(file, clock=clock) as office:
        assert office.keep_copy() is None, "nothing was ever changed"
        put(office, *GAJI, "7")
        held = digest_of(office)
        copy = office.keep_copy()
        assert copy is not None
        clock.now += timedelta(days=1)
        assert office.keep_copy() is None
        put(office, *GAJI, "8")
        assert office.keep_copy(spacing=timedelta(days=2)) is None, "a script makes fewer"
        second = office.keep_copy()
        assert [found.path for found in office.copies()] == [second, copy]
        assert [found.journal_id for found in office.copies()] == [2, 1]
    with Workspace.open(copy, read_only=True) as former:
        assert digest_of(former) == held


@pytest.mark.slow
def test_old_copies_go_and_nothing_else(file: Path, clock: Clock) -> None:
    """The folder would fill the disk, or a copy that somebody named would be gone."""
    with Workspace.open(file, clock=clock) as office:
        folder = copies.folder_of(file)
        folder.mkdir()
        foreign = [
            folder / "before the audit.duckdb",
            folder / "20200101-000000-00000000-1.duckdb",  # of another file
            folder / f"20201301-000000-{office.file_id.hex[:8]}-1.duckdb",  # no such month
        ]
        for each in foreign:
            each.write_bytes(b"mine")
        left = folder / "office.duckdb.0a1b2c3d.part"
        left.write_bytes(b"cut off")
        for number in range(9):
            clock.now += timedelta(minutes=5)
            put(office, *GAJI, str(number))
            office.keep_copy()
        made = office.copies()
        assert {*folder.iterdir()} == {*foreign, *(copy.path for copy in made)}
        assert [copy.journal_id for copy in made] == [9, 8, 7, 6, 5]
        assert all(later.at > earlier.at for later, earlier in pairwise(made))


def test_a_copy_that_is_needed_stays_until_the_next_one_is_made(file: Path, clock: Clock) -> None:
    """The copy that somebody restores from would be gone as the file is opened for that."""
    with Workspace.open(file, clock=clock) as office:
        for number in range(6):
            clock.now += timedelta(minutes=5)
            put(office, *GAJI, str(number))
            needed = office.copies()[-1].path if number == 5 else None
            office.keep_copy(spared=needed)
        assert needed in [copy.path for copy in office.copies()]
        clock.now += timedelta(minutes=5)
        put(office, *GAJI, "7")
        office.keep_copy()
        assert needed not in [copy.path for copy in office.copies()]


def test_a_clock_that_was_wrong_once_hinders_no_later_copy(file: Path, clock: Clock) -> None:
    """One opening with the year set wrong would end all copies of scripts until that year."""
    right = clock.now
    with Workspace.open(file, clock=clock) as office:
        clock.now += timedelta(days=365)
        put(office, *GAJI, "7")
        assert office.keep_copy()
        clock.now = right
        put(office, *GAJI, "8")
        copy = office.keep_copy(spacing=timedelta(hours=1))
        assert copy
        clock.now += timedelta(hours=2)
        assert office.keep_copy() is None, "nothing was changed since"
        assert {found.path for found in office.copies()} > {copy}


def test_a_copy_that_cannot_be_made_harms_nothing(file: Path) -> None:
    """A full disk would stop the work that it did not concern, or cost the copies there are."""
    with Workspace.open(file) as office:
        put(office, *GAJI, "7")
        facts = facts_of(office)
        copies.folder_of(file).write_text("no folder", "utf-8")
        with pytest.raises(FileError):
            office.keep_copy()
        assert office.copies() == []
        assert facts_of(office) == facts
        put(office, *GAJI, "8")


def test_another_file_under_the_same_name_has_copies_of_its_own(
    file: Path, tmp_path: Path, clock: Clock
) -> None:
    """A new file would have no copies until it had more changes than the one before it."""
    with Workspace.open(file, clock=clock) as office:
        for number in range(3):
            put(office, *GAJI, str(number))
        assert office.keep_copy()
    for left in tmp_path.glob("office.duckdb*"):
        if left.is_file():
            left.unlink()
    with Workspace.create(file, "Kecamatan Puri", 2022, clock=clock) as other:
        put(other, "office", "office/1", "regency", "Mojokerto", 2022)
        assert other.copies() == []
        assert other.keep_copy()


def test_a_file_put_back_to_an_older_state_is_copied_anew(
    file: Path, clock: Clock, template: Path
) -> None:
    """What is done after an old copy was put in place would not be kept for a long time."""
    shutil.copyfile(template, file)
    with Workspace.open(file, clock=clock) as office:
        put(office, *GAJI, "7")
        first = office.keep_copy()
        for number in range(3):
            put(office, *GAJI, str(number))
        clock.now += timedelta(minutes=5)
        assert office.keep_copy()
    assert first is not None
    shutil.copyfile(first, file)
    clock.now += timedelta(minutes=5)
    with Workspace.open(file, clock=clock) as office:
        assert office.keep_copy() is not None
