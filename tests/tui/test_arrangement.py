"""Rows and columns as a user lays them out: each there once, a tree's branches whole."""

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.tui.arrangement import Arrangement, Filter, kept, matching, ordered

_NAMES = ("a", "b", "c", "d", "e")

values = st.one_of(
    st.none(),
    st.integers(-3, 3),
    st.decimals(-3, 3, places=1),
    st.sampled_from(["", "a", "B", "10"]),
)
terms = st.lists(st.tuples(st.integers(0, 1), st.booleans()), min_size=1, max_size=2)
names = st.sampled_from(_NAMES)
arrangements = st.builds(
    Arrangement,
    sort=st.lists(st.tuples(names, st.booleans()), unique_by=lambda term: term[0]).map(tuple),
    hidden=st.frozensets(names),
    order=st.lists(names, unique=True).map(tuple),
    widths=st.dictionaries(names, st.integers(1, 200)),
    frozen=st.one_of(st.none(), st.integers(0, 9)),
)


@st.composite
def trees(draw: st.DrawFn) -> list[int]:
    """Draw the levels of a tree's rows in their printed order, a total behind them or not."""
    levels: list[int] = []
    for _row in range(draw(st.integers(0, 20))):
        levels.append(draw(st.integers(1, min(levels[-1] + 1, 3) if levels else 1)))
    has_total: bool = draw(st.booleans())
    return [*levels, 0] if levels and has_total else levels


def parents(levels: Sequence[int], shown: Sequence[int]) -> dict[int, int | None]:
    """Return for each row that is shown the one that it lies beneath there."""
    found: dict[int, int | None] = {}
    above: list[int] = []
    for row in shown:
        while above and levels[above[-1]] >= levels[row]:
            above.pop()
        found[row] = above[-1] if above else None
        above.append(row)
    return found


@given(levels=trees(), by=terms, data=st.data())
def test_a_sorted_tree_has_every_row_once_and_beneath_its_own(
    levels: list[int], by: list[tuple[int, bool]], data: st.DataObject
) -> None:
    """A sub kegiatan would be read as part of another kegiatan, or not at all."""
    rows = [(data.draw(values), data.draw(values)) for _level in levels]
    shown = ordered(range(len(levels)), levels.__getitem__, rows, by)
    assert sorted(shown) == list(range(len(levels)))
    assert parents(levels, shown) == parents(levels, range(len(levels)))
    if levels[-1:] == [0]:
        assert shown[-1] == len(levels) - 1
    siblings: dict[int | None, list[int]] = {}
    for row, above in parents(levels, shown).items():
        siblings.setdefault(above, []).append(row)
    at, descending = by[0]
    for beside in siblings.values():
        held = [rows[row][at] for row in beside if levels[row]]
        filled = [value for value in held if value is not None]
        assert held[: len(filled)] == filled, "what is missing comes last"
        numbers = [value for value in filled if isinstance(value, int | Decimal)]
        assert numbers == sorted(numbers, reverse=descending)


@given(count=st.integers(0, 12), by=terms, data=st.data())
def test_rows_that_are_equal_keep_their_order(
    count: int, by: list[tuple[int, bool]], data: st.DataObject
) -> None:
    """Sorting by one column after another would not sort by both."""
    few = st.sampled_from([None, 1, 2])
    rows = [(data.draw(few), data.draw(few)) for _row in range(count)]
    shown = ordered(range(count), lambda _row: 0, rows, by)
    keys = [[rows[row][at] for at, _descending in by] for row in shown]
    for (above, upper), (below, lower) in zip(
        zip(shown, keys, strict=True), zip(shown[1:], keys[1:], strict=True), strict=False
    ):
        assert upper != lower or above < below


@given(levels=trees(), data=st.data())
def test_a_filtered_tree_keeps_what_the_rows_lie_beneath(
    levels: list[int], data: st.DataObject
) -> None:
    """Of a sub kegiatan that is found nobody would know whose it is."""
    wanted = data.draw(st.sets(st.sampled_from(range(len(levels))))) if levels else set()
    shown = matching(len(levels), levels.__getitem__, wanted.__contains__)
    above = parents(levels, range(len(levels)))
    needed = set(wanted)
    for row in wanted:
        parent = above[row]
        while parent is not None:
            needed.add(parent)
            parent = above[parent]
    assert shown == sorted(needed)


@given(
    before=st.lists(st.integers(0, 12), unique=True),
    after=st.lists(st.integers(0, 12), unique=True),
    data=st.data(),
)
def test_rows_read_again_stay_where_they_were_and_new_ones_follow_the_one_above(
    before: list[int], after: list[int], data: st.DataObject
) -> None:
    """The row that was just made, or edited, would jump out of sight."""
    known = data.draw(st.permutations(before).map(lambda order: order[: len(before) // 2 + 1]))
    names, shown = list(map(str, after)), list(map(str, known))
    found = [names[number] for number in kept(names, shown, set(map(str, before)))]
    assert len(set(found)) == len(found)
    assert [key for key in found if key in shown] == [key for key in shown if key in names]
    new = [key for key in names if key not in set(map(str, before))]
    assert set(found) == {*new, *(key for key in shown if key in names)}
    for key in new:
        above = [k for k in names[: names.index(key)] if k in found]
        place = found.index(key)
        assert (found[place - 1] if place else None) == (above[-1] if above else None)


@given(arrangements)
def test_what_is_kept_of_a_layout_comes_back_the_same(arrangement: Arrangement) -> None:
    """A table laid out yesterday would look otherwise today."""
    assert Arrangement.remembered(arrangement.kept()) == arrangement
    filtered = Arrangement(filters=(Filter("text", "x"),))
    assert not Arrangement.remembered(filtered.kept()).filters


@given(
    st.dictionaries(
        st.sampled_from(["sort", "hidden", "order", "widths", "frozen"]),
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=3)),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.text(max_size=2), inner, max_size=2)
            ),
            max_leaves=6,
        ),
    )
)
def test_whatever_stands_in_the_state_file_some_layout_comes_of_it(held: dict[str, object]) -> None:
    """A damaged state file would keep a table from opening."""
    found = Arrangement.remembered(held)
    assert set(found.shown(_NAMES)) <= set(_NAMES)
    assert found.shown(_NAMES)


@given(arrangement=arrangements, column=names, add=st.booleans())
def test_sorting_three_times_by_a_column_leaves_no_trace_of_it(
    arrangement: Arrangement, column: str, *, add: bool
) -> None:
    """Nobody would find the way back to the order of the report."""
    others = tuple(term for term in arrangement.sort if term[0] != column) if add else ()
    unsorted = Arrangement(sort=others)
    up = unsorted.sorted_by(column, add=add)
    down = up.sorted_by(column, add=add)
    assert up.sort == (*others, (column, False))
    assert down.sort == (*others, (column, True))
    assert down.sorted_by(column, add=add) == unsorted
    assert column in dict(arrangement.sorted_by(column, add=False).sort) or arrangement.sort


@given(arrangement=arrangements, column=names, step=st.sampled_from([-1, 1]))
def test_a_column_moves_by_one_that_shows_and_back(
    arrangement: Arrangement, column: str, step: int
) -> None:
    """A column would move unseen, past those that are hidden."""
    shown = list(arrangement.shown(_NAMES))
    if column not in shown:
        return
    moved = arrangement.moved(_NAMES, column, step)
    at = shown.index(column)
    expected = list(shown)
    expected.remove(column)
    expected.insert(min(max(at + step, 0), len(shown) - 1), column)
    assert list(moved.shown(_NAMES)) == expected
    if expected != shown:
        assert list(moved.moved(_NAMES, column, -step).shown(_NAMES)) == shown
