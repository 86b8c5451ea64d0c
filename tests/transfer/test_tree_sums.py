"""A spreadsheet adds up what the report adds up, and nothing else."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.transfer.tree_sums import formulas

_RANGE = re.compile(r"C(\d+)(?::C(\d+))?")


def sums(levels: Sequence[int], values: Sequence[object]) -> Mapping[int, str]:
    """Return the formulas of a tree whose figures stand in column C from row 1 on."""
    return formulas(levels, values, 1, 3)


def test_a_subtotal_is_the_sum_of_what_stands_directly_beneath_it() -> None:
    """Otherwise a kegiatan's figures would count twice in their program."""
    levels, values = [1, 2, 3, 3, 2, 3, 0], [6, 3, 1, 2, 3, 3, 6]
    assert sums(levels, values) == {
        0: "SUM(C2,C5)", 1: "SUM(C3:C4)", 4: "SUM(C6)", 6: "SUM(C1)",
    }  # fmt: skip


def test_a_total_may_stand_above_what_it_adds_up() -> None:
    """Otherwise somebody's own table would lose its formulas."""
    assert sums([0, 1, 1], [3, 1, 2]) == {0: "SUM(C2:C3)"}


def test_what_is_no_sum_stays_as_it_is_stated() -> None:
    """Otherwise the spreadsheet would silently mend what a finding tells."""
    assert sums([1, 2, 2], [4, 1, 2]) == {}


def test_what_is_not_known_adds_nothing() -> None:
    """Otherwise a kegiatan without a budget would undo its program's sum."""
    assert sums([1, 2, 2], [Decimal("1.5"), Decimal("1.50"), None]) == {0: "SUM(C2:C3)"}
    assert sums([1, 2], [None, None]) == {}
    assert sums([1, 2], [None, 1]) == {}


@given(
    rows=st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(-9, 9)), max_size=30),
)
def test_every_formula_gives_the_value_that_is_stated(rows: list[tuple[int, int | None]]) -> None:
    """Otherwise a file recalculated would differ from the report."""
    values = [value for _level, value in rows]
    for number, code in sums([level for level, _value in rows], values).items():
        added = [
            row
            for first, last in _RANGE.findall(code)
            for row in range(int(first) - 1, int(last or first))
        ]
        assert number not in added
        assert len(set(added)) == len(added)
        assert sum(values[row] or 0 for row in added) == values[number]
