"""Acts go into the file whole or not at all, and come out of it again by undo."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest

from lkjip_tui.core.acts import Act, CellChange, Change, FactKey, RowMade, RowRemoved
from lkjip_tui.core.changes.journal import REDO, UNDO
from lkjip_tui.core.errors import EditRefused, InputRefused
from lkjip_tui.core.workspace import Workspace
from tests.core.support import facts_of, inside, journal_of, put


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


def budget(program: int, stage: str = "revised") -> FactKey:
    """Return the key of a program's budget."""
    return (("program_id", program), ("fiscal_year", 2021), ("stage", stage))


def amounts(workspace: Workspace) -> dict[int, int]:
    """Return the agreed amounts by program."""
    return dict(
        inside(workspace).database.read(
            "select program_id, amount from program_budget where stage = 'revised'"
        )
    )


@contextmanager
def unchanged(workspace: Workspace) -> Iterator[None]:
    """Prove that neither facts nor journal change in this block."""
    facts, journal = facts_of(workspace), journal_of(workspace)
    yield
    assert facts_of(workspace) == facts
    assert journal_of(workspace) == journal


# Undo and redo


def test_a_new_act_ends_what_could_be_done_again(office: Workspace) -> None:
    """A redo would put an old value over one that was typed since."""
    put(office, "programs", "program/1", "budget_revised", "1")
    put(office, "programs", "program/2", "budget_revised", "2")
    office.undo()
    put(office, "programs", "program/3", "budget_revised", "3")
    assert office.redo() is None
    assert office.undo() is not None
    assert office.redo() is not None
    assert amounts(office)[3] == 3
    assert amounts(office)[2] == 35_000_000


def test_undo_and_redo_may_go_back_and_forth(office: Workspace) -> None:
    """Looking at both versions a second time would lose one of them."""
    before = facts_of(office)
    put(office, "programs", "program/1", "budget_revised", "1")
    after = facts_of(office)
    for _ in range(4):
        undone = office.undo()
        assert undone
        assert undone.label == UNDO
        assert facts_of(office) == before
        redone = office.redo()
        assert redone
        assert redone.label == REDO
        assert facts_of(office) == after
    assert office.redo() is None


def test_the_history_tells_an_act_and_its_undo(fresh: Workspace) -> None:
    """Nobody could tell afterwards who changed a figure, and that it was put back."""
    put(fresh, "programs", "program/1", "budget_revised", "5")
    fresh.undo()
    fresh.redo()
    redo, undo, edit = fresh.history(10)
    assert [entry.act_id for entry in (edit, undo, redo)] == [1, 2, 3]
    assert [entry.undo_of for entry in (edit, undo, redo)] == [None, 1, 2]
    assert (edit.before, edit.after) == ("4349483103", "5")
    assert (undo.before, undo.after) == ("5", "4349483103")
    assert (edit.table, edit.column) == ("program_budget", "amount")
    assert dict(edit.key) == {"program_id": "1", "fiscal_year": "2021", "stage": "revised"}
    assert edit.changed_by
    assert edit.changed_at.tzinfo
    assert edit.changed_at <= undo.changed_at <= redo.changed_at
    assert [entry.journal_id for entry in fresh.history(1)] == [3]
    assert fresh.history(0) == []


# All or nothing


def test_a_value_that_changed_meanwhile_is_told_and_kept(fresh: Workspace) -> None:
    """Two people's edits would silently overwrite each other."""
    with inside(fresh).database.transaction() as transaction:
        transaction.change("update program_budget set amount = 77 where program_id = 1")
    act = Act("edit", (CellChange("program_budget", budget(1), "amount", 4349483103, 5),))
    with unchanged(fresh), pytest.raises(EditRefused) as told:
        inside(fresh).journal.apply(act)
    assert "77" in str(told.value)
    assert "4.349.483.103" in str(told.value)


@pytest.mark.parametrize(
    "bad",
    [
        CellChange("program_budget", budget(99), "amount", None, 5),
        CellChange("program_budget", budget(4), "amount", 1, 5),
        CellChange("indicator", (("indicator_id", 1),), "formula", "maximize", "guess"),
        CellChange("program_budget", budget(4), "amount", None, Decimal("0.5")),
        RowMade("program_budget", budget(4), budget(4)),
        RowMade("program_budget", budget(9, "draft"), budget(9, "draft")),
        RowMade("indicator", (("indicator_id", 900),), (("indicator_id", 900),)),
        RowRemoved("program_budget", budget(99), budget(99)),
        RowRemoved("program_budget", budget(4), (*budget(4), ("amount", 1))),
    ],
    ids=[
        "no row", "other value", "check", "decimals", "twice", "stage", "required", "gone",
        "other row",
    ],
)  # fmt: skip
@pytest.mark.parametrize("position", [0, 1, 2])
def test_an_act_that_fails_anywhere_leaves_nothing(
    office: Workspace, bad: Change, position: int
) -> None:
    """Half of a paste would be in the file."""
    held = amounts(office)
    good: list[Change] = [
        CellChange("program_budget", budget(n), "amount", held[n], 100 + n) for n in (1, 2)
    ]
    good.insert(position, bad)
    with unchanged(office), pytest.raises((EditRefused, InputRefused)):
        inside(office).journal.apply(Act("edit", tuple(good)))
    assert office.undo() is None


def test_one_place_cannot_be_named_twice(office: Workspace) -> None:
    """The last of two pasted values would win by chance."""
    held = amounts(office)[1]
    whole = inside(office).facts.rows("program_budget", budget(1))[0]
    for changes in (
        [CellChange("program_budget", budget(1), "amount", held, n) for n in (5, 5)],
        [CellChange("program_budget", budget(1), "amount", held, n) for n in (5, 6)],
        [RowRemoved("program_budget", budget(1), whole)] * 2,
        [RowMade("program_budget", budget(9), budget(9))] * 2,
    ):
        with unchanged(office), pytest.raises(EditRefused):
            inside(office).journal.apply(Act("edit", tuple(changes)))


def test_a_change_names_one_row(office: Workspace) -> None:
    """One edit would reach the budgets of every stage and year."""
    key = (("program_id", 1),)
    held = amounts(office)[1]
    for change in (
        CellChange("program_budget", key, "amount", held, 5),
        CellChange("program_budget", (), "amount", held, 5),
        CellChange("program_budget", (*budget(1), ("note", "PAPBD 2021")), "amount", held, 5),
        RowRemoved("program_budget", key, key),
    ):
        with unchanged(office), pytest.raises(EditRefused):
            inside(office).journal.apply(Act("edit", (change,)))


def test_an_act_is_done_in_its_order(office: Workspace) -> None:
    """A value could not be put into a row that the same act makes."""
    key = budget(9)
    act = Act(
        "edit",
        (
            RowMade("program_budget", key, key),
            CellChange("program_budget", key, "amount", None, 5),
            CellChange("program_budget", key, "note", None, "baru"),
            CellChange("program_budget", budget(1), "note", "PAPBD 2021", None),
            CellChange("program_budget", key, "amount", 5, 6),
        ),
    )
    before = facts_of(office)
    number = inside(office).journal.apply(act)
    whole = inside(office).facts.rows("program_budget", key)[0]
    assert dict(whole) == {**dict(key), "amount": 6, "note": "baru", "indicator_id": None}
    recalled = inside(office).chronicle.act(number)
    assert recalled.label == act.label
    assert recalled.changes[1:] == act.changes[1:]
    office.undo()
    assert facts_of(office) == before


def test_a_made_row_is_remembered_with_the_tables_defaults(office: Workspace) -> None:
    """A redo in a later version would make another row than there was."""
    key: FactKey = (("indicator_id", 900),)
    row = (*key, ("objective_id", 1), ("number", 9))
    number = inside(office).journal.apply(Act("new row", (RowMade("indicator", key, row),)))
    (made,) = inside(office).chronicle.act(number).changes
    assert isinstance(made, RowMade)
    assert dict(made.row)["formula"] == "maximize"
    assert made.row == inside(office).facts.rows("indicator", key)[0]


def test_five_thousand_values_are_one_act(fresh: Workspace) -> None:
    """A pasted ledger would take minutes, or be many steps to take back."""
    count = 5000
    key = [(("fiscal_year", 3000 + n),) for n in range(count)]
    before = facts_of(fresh)
    inside(fresh).journal.apply(Act("import", tuple(RowMade("population", k, k) for k in key)))
    made = facts_of(fresh)
    number = inside(fresh).journal.apply(
        Act("paste", tuple(CellChange("population", k, "male", None, n) for n, k in enumerate(key)))
    )
    database = inside(fresh).database
    assert database.value("select count(*) from journal where act_id = ?", [number]) == count
    total = database.value("select sum(male) from population where fiscal_year >= 3000")
    assert total == count * (count - 1) // 2
    # One row of the journal a value, in the act's order.
    told = inside(fresh).chronicle.act(number).changes
    assert [change.key for change in told] == key
    pasted = facts_of(fresh)
    fresh.undo()
    assert facts_of(fresh) == made
    fresh.undo()
    assert facts_of(fresh) == before
    fresh.redo()
    fresh.redo()
    assert facts_of(fresh) == pasted


def test_one_stale_value_among_thousands_refuses_all(fresh: Workspace) -> None:
    """A large paste would be half in the file, and nobody could tell which half."""
    key = [(("fiscal_year", 3000 + n),) for n in range(1000)]
    inside(fresh).journal.apply(Act("import", tuple(RowMade("population", k, k) for k in key)))
    with inside(fresh).database.transaction() as transaction:
        transaction.change("update population set male = 41 where fiscal_year = 3777")
    act = Act("paste", tuple(CellChange("population", k, "male", None, 1) for k in key))
    with unchanged(fresh), pytest.raises(EditRefused, match="41"):
        inside(fresh).journal.apply(act)


def test_numbers_of_acts_and_rows_have_no_holes(fresh: Workspace) -> None:
    """A lost commit could not be told from a refused one."""
    for program in (1, 2, 3):
        put(fresh, "programs", f"program/{program}", "budget_revised", "9")
        with pytest.raises(EditRefused):
            inside(fresh).journal.apply(
                Act("edit", (CellChange("program_budget", budget(1), "amount", 8, 7),))
            )
    fresh.undo()
    numbers = inside(fresh).database.read(
        "select journal_id, act_id from journal order by journal_id"
    )
    assert numbers == [(1, 1), (2, 2), (3, 3), (4, 4)]


def test_acts_of_several_threads_stand_one_behind_the_other(
    fresh: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mark beside the file would name fewer changes than were acknowledged."""
    acknowledged: list[int] = []
    write = inside(fresh).mark.write

    def told(number: int) -> None:
        acknowledged.append(number)
        write(number)

    monkeypatch.setattr(inside(fresh).journal, "_acknowledged", told)

    def work(start: int) -> None:
        for n in range(start, start + 15):
            key = (("fiscal_year", n),)
            inside(fresh).journal.apply(Act("new row", (RowMade("population", key, key),)))

    threads = [threading.Thread(target=work, args=(start,)) for start in (3000, 4000, 5000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert acknowledged == list(range(1, 46))
    assert inside(fresh).mark.read() == 45


def test_undo_by_several_threads_takes_each_act_back_once(fresh: Workspace) -> None:
    """Two quick keys would be refused, or take back one act twice."""
    for n in range(8):
        put(fresh, "programs", "program/1", "budget_revised", str(n))
    threads = [threading.Thread(target=inside(fresh).journal.undo) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert amounts(fresh)[1] == 4_349_483_103
    assert fresh.undo() is None


def test_an_act_without_changes_leaves_no_trace(fresh: Workspace) -> None:
    """An undo would take back something that nobody did."""
    with unchanged(fresh):
        inside(fresh).journal.apply(Act("edit", ()))
    assert fresh.undo() is None


def test_texts_of_any_kind_go_through_the_journal(office: Workspace) -> None:
    """A passage with quotes or escapes could be written, and not be taken back."""
    before = facts_of(office)
    for text in (
        "[/]",
        '"quoted" \\ it\'s',
        "\x1b[31m",
        "baris\nbaru\ttab",
        "\u202ekiri",
        "x" * 10_000,
    ):
        put(office, "sections", "section/1", "body", text)
        stored = inside(office).database.value("select body from section where section_id = 1")
        assert stored == text
    while office.undo():
        pass
    assert facts_of(office) == before
