"""Which choice typed words mean, and in which order a list offers what they may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.query.choosing import Choice, chosen, exactly, fitting

PROGRAMS = [
    Choice(11, "I Program Penunjang"),
    Choice(12, "II Program Pelayanan"),
    Choice(13, "III Program Pemberdayaan"),
    Choice(3, "XI Pelayanan Program"),
]
WORDS = st.text(max_size=12)
OPTIONS = st.lists(st.builds(Choice, st.integers(0, 99), WORDS, st.tuples(WORDS)), max_size=6)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [11, 12, 13, 3]),
        ("ii", [12, 13]),
        ("2", [12]),
        ("pelayanan", [3, 12]),
        ("program pem", [13]),
        ("zzz", []),
    ],
)
def test_what_is_meant_best_comes_first(text: str, numbers: list[int]) -> None:
    """Enter after a number or the beginning of a name would take another row's name."""
    assert [option.value for option in fitting(PROGRAMS, text)] == numbers


def test_a_number_is_told_from_the_id_behind_it() -> None:
    """“3” would be the program that the file counts as its third."""
    assert chosen(PROGRAMS, "3").value == 13
    assert chosen(PROGRAMS, "11").value == 3


def test_several_that_fit_equally_well_are_refused_with_their_names() -> None:
    """One of several programs would be taken without a word."""
    with pytest.raises(InputRefused) as told:
        chosen(PROGRAMS, "program p")
    assert "II Program Pelayanan" in told.value.hint
    assert "XI Pelayanan" not in told.value.hint


@given(options=OPTIONS, text=WORDS)
def test_what_a_cell_takes_is_what_the_list_puts_first(options: list[Choice], text: str) -> None:
    """The list would show one choice under its bar, and the cell would take another."""
    listed = fitting(options, text)
    try:
        taken = chosen(options, text)
    except InputRefused:
        assert exactly(options, text) is None
    else:
        assert not text.strip() or taken is listed[0]


@given(options=OPTIONS, text=WORDS)
def test_a_list_only_leaves_out(options: list[Choice], text: str) -> None:
    """A choice would appear twice, or one that the column does not have."""
    listed = fitting(options, text)
    assert len(listed) <= len(options)
    assert all(any(it is option for option in options) for it in listed)
