"""Acts are values: whatever is done can be taken back, in the opposite order."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.core.acts import Act, CellChange, Change, RowMade, RowRemoved

names = st.sampled_from(["program", "indicator_result", "amount", "fiscal_year"])
values = st.none() | st.text() | st.integers() | st.decimals(allow_nan=False) | st.booleans()
rows = st.lists(st.tuples(names, values), max_size=3).map(tuple)
changes: st.SearchStrategy[Change] = st.one_of(
    st.builds(CellChange, names, rows, names, values, values),
    st.builds(RowMade, names, rows, rows),
    st.builds(RowRemoved, names, rows, rows),
)
acts = st.builds(Act, st.text(), st.lists(changes, max_size=5).map(tuple))


@given(changes)
def test_taking_back_what_takes_back_is_the_change_itself(change: Change) -> None:
    """A redo would do something else than what was undone."""
    assert change.inverse.inverse == change
    assert type(change.inverse) is not type(change) or isinstance(change, CellChange)


@given(acts)
def test_an_act_is_taken_back_from_its_end(act: Act) -> None:
    """A row would be removed before the values that were put into it."""
    inverse = act.inverse("undo")
    assert inverse.changes == tuple(change.inverse for change in reversed(act.changes))
    assert inverse.label == "undo"
    assert inverse.inverse(act.label) == act


def test_a_change_tells_what_was_and_what_shall_be() -> None:
    """The history could not name both values."""
    change = CellChange("program_budget", (("program_id", 1),), "amount", None, Decimal(5))
    assert (change.before, change.after) == (None, Decimal(5))
    assert (change.inverse.before, change.inverse.after) == (Decimal(5), None)
