"""Any work can be taken back and done again: the newest, one in the middle, or all since one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkjip_tui.core.acts import Act, CellChange, RecordedAct
from lkjip_tui.core.changes import extent
from lkjip_tui.core.changes.chronicle import Deed
from lkjip_tui.core.changes.extent import Extent
from lkjip_tui.core.changes.timeline import Timeline
from lkjip_tui.core.editions import FREEZE, TABLE
from lkjip_tui.core.errors import EditRefused, LkjipError
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.core.workspace import Workspace
from tests.core.support import (
    YEAR,
    digest_of,
    facts_of,
    inside,
    journal_of,
    put,
    row_of,
    rows_of,
    value_of,
)

GAJI = "sub_activity/3"
STEPS = (
    "edit", "edit", "edit", "insert", "insert", "delete", "year", "undo", "undo", "redo",
    "undo one", "undo one", "undo one", "undo to", "note", "reopen",
)  # fmt: skip
TEXTS = ("1", "12,5", "81 Baik", "", "Uraian baru", "revised", "text", "Ya", "250.000", "2")

Digest = list[tuple[Any, ...]]


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


def newest(workspace: Workspace) -> Deed:
    """Return the act that was done last."""
    return workspace.deeds(1)[0]


def dangling(workspace: Workspace) -> list[tuple[str, str]]:
    """Return the tables that name a thing which is not there."""
    parts = inside(workspace)
    return [
        (table.name, thing.name)
        for thing in parts.facts.tables.values()
        for table in parts.facts.tables.values()
        if thing.id_column in table.columns
        and parts.database.value(
            f"select count(*) from {table.name} as t anti join {thing.name} as o"
            f" using ({thing.id_column}) where t.{thing.id_column} is not null"
        )
    ]


@contextmanager
def refused(workspace: Workspace, *words: str) -> Iterator[None]:
    """Prove that this is refused with these words, and changes neither facts nor journal."""
    facts, journal = facts_of(workspace), journal_of(workspace)
    with pytest.raises(EditRefused) as told:
        yield
    assert facts_of(workspace) == facts
    assert journal_of(workspace) == journal
    for word in words:
        assert word in str(told.value)


# The laws


@dataclass
class Session:
    """A user at work: the acts in force and those that redo brings back, with the facts around."""

    path: Path
    workspace: Workspace
    done: list[tuple[int, Digest]] = field(default_factory=list)
    undone: list[tuple[list[tuple[int, Digest]], Digest]] = field(default_factory=list)

    def do(self, step: str, numbers: tuple[int, int, int], text: str) -> None:
        """Take one step, and keep the books of it."""
        before = digest_of(self.workspace)
        match step:
            case "undo":
                self.is_back(self.workspace.undo(), min(1, len(self.done)), before)
            case "undo to":
                count = numbers[1] % (len(self.done) + 1)
                number = self.done[-1 - count][0] if count < len(self.done) else 0
                assert self.workspace.newer(number)[0] == count
                self.is_back(self.workspace.undo_to(number), count, before)
            case "redo":
                redone = self.workspace.redo()
                assert (redone is not None) == bool(self.undone)
                if redone is not None:
                    acts, after = self.undone.pop()
                    self.done += acts
                    assert digest_of(self.workspace) == after
            case "undo one":
                self.undo_one(numbers[1], before)
            case "reopen":
                self.workspace.close()
                self.workspace = Workspace.open(self.path)
                assert digest_of(self.workspace) == before
            case "note":  # no act: undo and redo go on as if it were not there
                key = (("name", text),)
                inside(self.workspace).journal.note(FREEZE, TABLE, key, key)
                assert digest_of(self.workspace) == before
            case _:
                if self.act(step, numbers, text):
                    self.is_new(before)
                else:
                    assert digest_of(self.workspace) == before

    def is_new(self, before: Digest) -> None:
        """Book the act that was done last."""
        self.done.append((newest(self.workspace).act_id, before))
        self.undone.clear()

    def is_back(self, act: Act | RecordedAct | None, count: int, before: Digest) -> None:
        """Book that so many of the newest acts were taken back."""
        assert (act is not None) == bool(count)
        if count:
            acts = self.done[-count:]
            del self.done[-count:]
            self.undone.append((acts, before))
            assert digest_of(self.workspace) == acts[0][1]

    def undo_one(self, which: int, before: Digest) -> None:
        """Try to take back any act of the history."""
        deeds = self.workspace.deeds(100)
        if not deeds:
            return
        parts = inside(self.workspace)
        whole = {deed.act_id: parts.chronicle.act(deed.act_id).changes for deed in deeds}
        counted = {number: extent.of(whole[number], parts.facts.things) for number in whole}
        assert {deed.act_id: deed.extent for deed in deeds} == counted
        number = deeds[which % len(deeds)].act_id
        is_newest = bool(self.done) and number == self.done[-1][0]
        try:
            act = self.workspace.undo_act(number)
        except EditRefused:
            assert not is_newest
            assert digest_of(self.workspace) == before
            return
        assert dangling(self.workspace) == []
        made = parts.chronicle.act(newest(self.workspace).act_id).changes
        assert isinstance(act, RecordedAct) or act.changes == made
        for change in reversed(made):
            if isinstance(change, CellChange):
                facts = parts.facts
                assert facts.stored(change.table, change.key, change.column)[1] == change.after
        if is_newest:
            self.is_back(act, 1, before)
        else:
            self.is_new(before)

    def act(self, step: str, numbers: tuple[int, int, int], text: str) -> bool:
        """Try to change something; False when it was refused or changed nothing."""
        found = self.workspace.registry.of_kind(Kind.SHEET)
        sheets = [sheet for sheet in found if sheet.header.edits]  # the board is read only
        query = sheets[numbers[0] % len(sheets)]
        year = self.workspace.office.latest
        rows = rows_of(self.workspace, query.full_name, year)
        row = rows[numbers[1] % len(rows)] if rows else {}
        row = {**self.workspace.names(year), **row}
        try:
            if step == "year":
                return bool(self.workspace.start_year(year + 1).changes)
            if step == "insert":
                return bool(self.workspace.insert(query, row).act.changes)
            if not rows:
                return False
            if step == "delete":
                self.workspace.apply(self.workspace.deletion(query, [row], year))
                return True
            names = list(query.header.edits)
            column = query.header.columns[names[numbers[2] % len(names)]]
            return self.workspace.edit(query, column, row, text) is not None
        except LkjipError:
            return False


steps = st.lists(
    st.tuples(
        st.sampled_from(STEPS),
        st.tuples(st.integers(0, 20), st.integers(0, 200), st.integers(0, 60)),
        st.sampled_from(TEXTS),
    ),
    min_size=1,
    max_size=14,
)


@pytest.mark.slow
@pytest.mark.usefixtures("either_road")
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps)
def test_any_work_can_be_taken_back_and_done_again(
    template: Path, taken: Sequence[tuple[str, tuple[int, int, int], str]]
) -> None:
    """A user could not come back to where they were."""
    with TemporaryDirectory() as folder:
        path = copyfile(template, Path(folder) / "office.duckdb")
        session = Session(path, Workspace.open(path))
        try:
            start = digest_of(session.workspace)
            for step in taken:
                session.do(*step)
            end, depth = digest_of(session.workspace), len(session.done)
            for _ in range(depth):
                session.do("undo", (0, 0, 0), "")
            assert dangling(session.workspace) == []
            assert digest_of(session.workspace) == start
            assert session.workspace.undo() is None
            session.do("reopen", (0, 0, 0), "")
            for _ in range(depth):
                session.do("redo", (0, 0, 0), "")
            assert digest_of(session.workspace) == end
        finally:
            session.workspace.close()


moves = st.lists(
    st.tuples(st.sampled_from(("act", "undo", "redo", "one", "to")), st.integers(0, 9))
)


@given(moves)
def test_what_stands_is_told_by_what_each_act_takes_back(
    taken: Sequence[tuple[str, int]],
) -> None:
    """After a restart another act would be taken back than before it."""
    acts: list[tuple[int, list[int]]] = []
    in_force: list[int] = []
    redoable: list[tuple[int, list[int]]] = []
    for move, which in taken:
        number, back = len(acts) + 1, []
        timeline = Timeline(acts)
        assert timeline.next_undo == (in_force[-1] if in_force else None)
        assert timeline.next_redo == (redoable[-1][0] if redoable else None)
        assert timeline.newer(0) == in_force[::-1]
        standing = [act for act in in_force if timeline.is_standing(act)]
        if move == "redo":
            if not redoable:
                continue
            undo, again = redoable.pop()
            in_force += again
            back = [undo]
        elif move == "one" and standing and (one := standing[which % len(standing)]) < in_force[-1]:
            in_force.append(number)
            redoable.clear()
            back = [one]
        elif move in ("undo", "one", "to"):
            if not in_force:
                continue
            count = 1 if move != "to" else which % len(in_force) + 1
            back = in_force[-count:]
            del in_force[-count:]
            redoable.append((number, back))
        else:
            in_force.append(number)
            redoable.clear()
        acts.append((number, back[::-1]))
    timeline = Timeline(acts)
    assert timeline.newer(0) == in_force[::-1]
    undone = timeline.undone()
    for act in in_force:
        by = undone.get(act)
        assert timeline.is_standing(act) == (by is None)
        assert by is None or (by in in_force and act in timeline.takes_back(by))


# One act in the middle


@pytest.mark.usefixtures("either_road")
def test_an_act_in_the_middle_is_taken_back_alone(office: Workspace) -> None:
    """A wrong figure of this morning could be mended only by losing all that came after it."""
    put(office, "activities", GAJI, "realization", "5")
    wrong = newest(office).act_id
    put(office, "programs", "program/1", "budget_revised", "6")
    office.undo_act(wrong)
    assert value_of(office, "activities", GAJI, "realization") == 2_015_461_800
    assert value_of(office, "programs", "program/1", "budget_revised") == 6
    undo, _later, first = office.deeds(3)
    assert (undo.takes_back, undo.undone_by) == ((wrong,), None)
    assert (first.act_id, first.undone_by) == (wrong, undo.act_id)
    # Undo goes back over what was done last, which is that undo.
    office.undo()
    assert value_of(office, "activities", GAJI, "realization") == 5
    assert value_of(office, "programs", "program/1", "budget_revised") == 6
    office.redo()
    assert value_of(office, "activities", GAJI, "realization") == 2_015_461_800
    with refused(office, str(undo.act_id)):
        office.undo_act(wrong)


@pytest.mark.usefixtures("english")
def test_the_same_cell_changed_later_refuses_and_says_by_which_act(office: Workspace) -> None:
    """The figure that a colleague typed since would vanish under an older one."""
    put(office, "activities", GAJI, "realization", "5")
    wrong = newest(office).act_id
    put(office, "activities", GAJI, "realization", "77")
    put(office, "activities", GAJI, "name", "Gaji")
    later = newest(office).act_id - 1
    words = (f"Act {later} rests on act {wrong}", "edit", "Realization: 5 → 77", "77 now")
    with refused(office, *words, newest(office).changed_by):
        office.undo_act(wrong)
    # What was taken back itself is in nobody's way.
    office.undo_act(later)
    office.undo_act(wrong)
    assert value_of(office, "activities", GAJI, "realization") == 2_015_461_800
    assert value_of(office, "activities", GAJI, "name") == "Gaji"


@pytest.mark.usefixtures("either_road")
def test_a_row_that_later_ones_hang_on_stays(office: Workspace) -> None:
    """A sub kegiatan would hang on a kegiatan that is gone, and be in no table."""
    query = office.find("activities")
    names = office.names(YEAR)
    new = office.insert(query, {**names, **row_of(office, "activities", "program/1")})
    made = newest(office).act_id
    assert new.row_key
    office.insert(query, {**names, **row_of(office, "activities", new.row_key)})
    with refused(office, str(made + 1)):
        office.undo_act(made)
    office.undo_act(made + 1)
    office.undo_act(made)
    assert dangling(office) == []


def test_a_row_stays_gone_while_what_it_hangs_on_is(office: Workspace) -> None:
    """A sub kegiatan would come back beneath a kegiatan that is not there."""
    query = office.find("activities")
    row = row_of(office, "activities", GAJI)
    office.apply(office.deletion(query, [row], YEAR))
    first = newest(office).act_id
    above = row_of(office, "activities", f"activity/{row['activity_id']}")
    office.apply(office.deletion(query, [above], YEAR))
    with refused(office, str(first + 1)):
        office.undo_act(first)
    office.undo()
    office.undo_act(first)
    assert row_of(office, "activities", GAJI) == row


def test_a_year_that_is_worked_in_is_not_taken_away(office: Workspace) -> None:
    """Figures would stand in a year that no screen shows."""
    office.start_year(YEAR + 1)
    started = newest(office).act_id
    office.insert(office.find("activities"), office.names(YEAR + 1))
    with refused(office, str(started + 1)):
        office.undo_act(started)


def test_what_goes_along_the_history_is_no_act_to_undo(office: Workspace) -> None:
    """Undoing an undo in the middle would leave two stories of what stands."""
    put(office, "activities", GAJI, "realization", "5")
    office.undo()
    with refused(office):
        office.undo_act(newest(office).act_id)
    office.redo()
    with refused(office):
        office.undo_act(newest(office).act_id)
    with refused(office):
        office.undo_act(newest(office).act_id + 1)


# All since one


@pytest.mark.usefixtures("either_road")
def test_all_since_an_act_goes_and_comes_back_at_once(office: Workspace) -> None:
    """An afternoon's mistake would have to be taken back key by key, and again to come back."""
    put(office, "activities", GAJI, "realization", "5")
    here, facts = newest(office).act_id, facts_of(office)
    for text in ("6", "7", "5", "8"):
        put(office, "activities", GAJI, "realization", text)
    office.start_year(YEAR + 1)
    later, count = facts_of(office), newest(office).count
    whole = newest(office).extent
    assert office.newer(here) == (5, Extent(4, 0) + whole)
    assert office.undo_to(here)
    assert facts_of(office) == facts
    assert office.undo_to(here) is None
    assert office.newer(here) == (0, Extent(0, 0))
    back = newest(office)
    assert back.count == 4 + count
    assert list(back.takes_back) == [here + n for n in range(1, 6)]
    assert {deed.undone_by for deed in office.deeds(6)[1:]} == {back.act_id}
    office.redo()
    assert facts_of(office) == later
    office.undo()
    assert office.newer(here)[0] == 4


def test_an_act_s_changes_are_read_page_by_page(office: Workspace) -> None:
    """Of a long act only the first changes could be looked at."""
    office.start_year(YEAR + 1)
    deed = newest(office)
    pages = [office.changes(deed.act_id, at, at + 7) for at in range(0, deed.count + 7, 7)]
    assert [change for page in pages for change in page] == list(
        inside(office).chronicle.act(deed.act_id).changes
    )
    assert [len(page) for page in pages[-2:]] == [deed.count % 7, 0]
