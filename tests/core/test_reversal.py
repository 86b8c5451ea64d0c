"""What the database takes back in sets is what changes one by one take back, and is told so."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lkjip_tui import paths
from lkjip_tui.core.acts import Act, CellChange, Change, FactKey, RecordedAct, RowMade, RowRemoved
from lkjip_tui.core.changes import journal
from lkjip_tui.core.changes.journal import A_SET, MANY
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.storage.facts import matching, typed_rows
from lkjip_tui.core.workspace import Workspace
from tests.core.support import digest_of, facts_of, inside, journal_of, put, take_back, undoing

Fact: TypeAlias = tuple[str, FactKey]
Step: TypeAlias = tuple[Fact, str, str, int]
"""A fact, what happens to it, and with which value of which of its columns."""

_TEXTS: Final = (
    None,
    "",
    "Ya",
    '"quoted" \\ it\'s',
    "a\nb\tc",
    "\x1b[31m\x7f",
    "\u202e é 漢 😀",
    "\0",
)
_COLUMNS: Final[dict[str, dict[str, tuple[Value, ...]]]] = {
    "population": {"male": (None, 0, -1, 10**17), "female": (None, 7)},
    "program_budget": {"amount": (None, 1, 2), "note": _TEXTS, "indicator_id": (None, 4)},
    "scale_class": {
        "label": _TEXTS,
        "lower_bound": (None, Decimal(0), Decimal("-0.5"), Decimal("12345678.9012"), Decimal(100)),
        "lower_inclusive": (True, False),
    },
    "accepted_finding": {"reason": _TEXTS, "stated": ("1", "1.0")},
}
_FACTS: Final[tuple[Fact, ...]] = (
    *(("population", (("fiscal_year", year),)) for year in (2020, 3000, 3001)),
    *(
        ("program_budget", (("program_id", 1), ("fiscal_year", 2021), ("stage", stage)))
        for stage in ("initial", "revised")
    ),
    *(("scale_class", (("scale_class_id", number),)) for number in (1, 900)),
    *(
        ("accepted_finding", (("check_name", "x"), ("fiscal_year", 2021), ("finding_key", text)))
        for text in ('a "b"', "é/1\\")
    ),
)

steps = st.tuples(
    st.sampled_from(_FACTS),
    st.sampled_from(("come or go", "change", "change", "change")),
    st.sampled_from(("first", "second", "third")),
    st.integers(0, 9),
)
ends = st.integers(0, 3)
acts = st.lists(st.lists(steps, min_size=1, max_size=12), min_size=1, max_size=4)


class _Rows:
    """The rows that acts in the making would leave."""

    def __init__(self, workspace: Workspace) -> None:
        self._facts = inside(workspace).facts
        self._held: dict[Fact, dict[str, Value] | None] = {}
        for table, key in _FACTS:
            found = self._facts.rows(table, key)
            self._held[table, key] = dict(found[0]) if found else None

    def act(self, taken: Sequence[Step]) -> Act:
        """Return the act that takes these steps, as far as they can be taken."""
        return Act("edit", tuple(change for step in taken for change in self._changes(*step)))

    def _changes(self, fact: Fact, what: str, which: str, number: int) -> Iterator[Change]:
        table, key = fact
        held = self._held[fact]
        columns = _COLUMNS[table]
        name = [*columns][("first", "second", "third").index(which) % len(columns)]
        value = columns[name][number % len(columns[name])]
        if held is None:
            row = {**dict(key), name: value}
            defaults = {each: self._facts.default(table, each) for each in self._all(table)}
            self._held[fact] = {**defaults, **row}
            yield RowMade(table, key, tuple(row.items()))
        elif what == "come or go":
            self._held[fact] = None
            yield RowRemoved(table, key, tuple(held.items()))
        elif held[name] != value:
            before, held[name] = held[name], value
            yield CellChange(table, key, name, before, value)

    def _all(self, table: str) -> Sequence[str]:
        return [*self._facts.tables[table].columns]


def told_since(workspace: Workspace, act: int) -> list[tuple[Any, ...]]:
    """Return the journal's rows of later acts, which they number from 1, and the rows from 1."""
    since = [row for row in journal_of(workspace) if row[1] > act]
    return [
        (number, row[1] - act, *row[2:-1], None if row[-1] is None else row[-1] - act)
        for number, row in enumerate(since, 1)
    ]


@pytest.mark.slow
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(taken=acts, at_once=st.booleans())
def test_it_leaves_the_same_facts_and_the_same_journal(
    standing: Workspace, *, taken: Sequence[Sequence[Step]], at_once: bool
) -> None:
    """What a large act left would depend on how many changes it had."""
    before = digest_of(standing)
    found = []
    for in_sets in (False, True):
        base = max((row[1] for row in journal_of(standing)), default=0)
        rows = _Rows(standing)
        done = [act for act in map(rows.act, taken) if act.changes]
        for act in done:
            inside(standing).journal.apply(act)
        after = digest_of(standing)
        with undoing(in_sets=in_sets):
            for _act in done[:1] if at_once else done:
                undone = standing.undo_to(base) if at_once else standing.undo()
                assert isinstance(undone, RecordedAct if in_sets else Act)
            assert digest_of(standing) == before
            while standing.redo():
                pass
            assert digest_of(standing) == after
            take_back(standing)
        found.append(told_since(standing, base))
    assert found[0] == found[1]


@contextmanager
def altered(workspace: Workspace, fact: Fact, which: int) -> Iterator[None]:
    """Let another program change a column of a fact meanwhile, or let its row come or go."""
    table, key = fact
    where, values = matching(key)
    found = inside(workspace).facts.rows(table, key)
    column = [*_COLUMNS[table], None][which % (len(_COLUMNS[table]) + 1)]
    with inside(workspace).database.transaction() as transaction:
        if not found:
            listed, row = typed_rows(inside(workspace).facts.tables[table].types(key), [values])
            transaction.change(f"insert into {table} by name {listed}", row)
        elif column is None:
            transaction.change(f"delete from {table} where {where}", values)
        else:
            odd = f"case when {column} then false else true end" if "inclusive" in column else "99"
            transaction.change(f"update {table} set {column} = {odd} where {where}", values)
    try:
        yield
    finally:
        with inside(workspace).database.transaction() as transaction:
            transaction.change(f"delete from {table} where {where}", values)
            for row in found:
                marks = ", ".join("?" for _value in row)
                transaction.change(f"insert into {table} values ({marks})", [v for _name, v in row])


@pytest.mark.slow
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(taken=st.lists(steps, min_size=1, max_size=12), which=st.tuples(st.integers(0, 11), ends))
def test_what_the_file_does_not_let_be_is_refused_in_the_same_words(
    standing: Workspace, *, taken: Sequence[Step], which: tuple[int, int]
) -> None:
    """A large act would be taken back over what another program wrote, or it would not be told."""
    fact = taken[which[0] % len(taken)][0]
    found: list[object] = []
    for in_sets in (False, True):
        act = _Rows(standing).act(taken)
        assume(act.changes)  # else an earlier one would be done again
        inside(standing).journal.apply(act)
        with altered(standing, fact, which[1]), undoing(in_sets=in_sets):
            before = facts_of(standing), len(journal_of(standing))
            try:
                standing.undo()
            except EditRefused as error:
                assert (facts_of(standing), len(journal_of(standing))) == before
                found.append((str(error), error.hint))
            else:
                found.append(facts_of(standing))
                standing.redo()
        take_back(standing)
    assert found[0] == found[1]


def test_of_several_that_are_not_let_be_the_same_one_is_named(standing: Workspace) -> None:
    """Two people who undo the same act would be sent to look at different cells."""
    people, budget = (_FACTS[0], "male"), (_FACTS[4], "amount")
    cells = [
        CellChange(*fact, name, inside(standing).facts.stored(*fact, name)[1], after)
        for after, (fact, name) in enumerate((people, budget))
    ]
    inside(standing).journal.apply(Act("paste", tuple(cells)))
    with altered(standing, people[0], 0), altered(standing, budget[0], 0):
        told = []
        for in_sets in (False, True):
            with undoing(in_sets=in_sets), pytest.raises(EditRefused) as refused:
                standing.undo()
            told.append(str(refused.value))
        assert told[0] == told[1]


def test_a_large_act_is_told_as_any_other(standing: Workspace) -> None:
    """The status line would say nothing of it, and findings that it ends would stay."""
    keys = [(("fiscal_year", 3000 + number),) for number in range(MANY)]
    rows = Act("import", tuple(RowMade("population", key, key) for key in keys))
    cells = Act("paste", tuple(CellChange("population", key, "male", None, 7) for key in keys))
    for act in (rows, cells):
        inside(standing).journal.apply(act)
        for step in (standing.undo, standing.redo):
            done = step()
            assert isinstance(done, RecordedAct)
            assert done.facts == act.facts
            whole = inside(standing).chronicle.act(done.number)
            assert standing.told(done) == standing.told(whole)
            assert done.label == whole.label


def test_a_long_story_of_few_facts_is_taken_back_step_by_step(
    standing: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Going back over a year of edits would take a statement of the slower sort for each."""
    monkeypatch.setattr(journal, "MANY", 2 * A_SET)
    for number in range(MANY, MANY + 2 * A_SET):
        put(standing, "activities", "sub_activity/3", "realization", str(number))
    assert isinstance(standing.undo_to(0), Act)


@pytest.mark.parametrize("in_sets", [False, True])
def test_rows_of_before_a_migration_come_back_with_what_it_added(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, in_sets: bool
) -> None:
    """An update of the program would bar the way back over it, or leave the journal without it."""
    key = (("fiscal_year", 3000),)
    with Workspace.open(file) as office:
        inside(office).journal.apply(Act("new row", (RowMade("population", key, key),)))
        row = (*key, ("male", None), ("female", None))
        inside(office).journal.apply(Act("delete", (RowRemoved("population", key, row),)))
    folder = tmp_path / "later"
    shutil.copytree(paths.queries_folder(), folder)
    (folder / "schema" / "0002_others.sql").write_text(
        "alter table population add column other bigint default 7", "utf-8"
    )
    monkeypatch.setattr(paths, "queries_folder", lambda: folder)
    with Workspace.open(file) as office, undoing(in_sets=in_sets):
        office.undo()
        whole = (*row, ("other", 7))
        assert inside(office).facts.rows("population", key) == [whole]
        assert inside(office).chronicle.act(3).changes == (RowMade("population", key, whole),)
        office.undo()
        assert inside(office).facts.rows("population", key) == []
