"""How chosen cells go on downwards when they are filled as a series."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.core.figures.series import continued
from lkjip_tui.core.figures.values import Kind, edit_text, read


@pytest.mark.parametrize(
    ("begun", "kind", "further"),
    [
        (["2021"], Kind.RANK, ["2022", "2023"]),
        (["2021", "2023"], Kind.RANK, ["2025", "2027"]),
        (["3", "2"], Kind.RANK, ["1", "0"]),
        (["5.000.000"], Kind.RUPIAH, ["5.000.001", "5.000.002"]),
        (["5.000.000", "7.500.000"], Kind.RUPIAH, ["10.000.000", "12.500.000"]),
        (["70,5", "71"], Kind.PERCENT, ["71,5", "72"]),
        (["II"], Kind.ROMAN, ["III", "IV"]),
        (["7.01.01.2.09"], Kind.TEXT, ["7.01.01.2.10", "7.01.01.2.11"]),
        (["Triwulan 1", "Triwulan 3"], Kind.TEXT, ["Triwulan 5", "Triwulan 7"]),
        (["RW 01", "RT 05"], Kind.TEXT, ["RT 06", "RT 07"]),
        (["Tahun 2021 (murni)"], Kind.TEXT, ["Tahun 2022 (murni)", "Tahun 2023 (murni)"]),
        (["Ketua", "Anggota"], Kind.TEXT, ["Ketua", "Anggota"]),
        (["RW 2", "RW 1"], Kind.TEXT, ["RW 0", "RW 0"]),
    ],
)
def test_a_series_goes_on_as_a_spreadsheet_s_would(
    begun: list[str], kind: Kind, further: list[str]
) -> None:
    """Years, codes and numbers would have to be typed one by one, or come out wrong unseen."""
    assert list(continued(begun, kind, 2)) == further


@given(
    first=st.integers(-(10**12), 10**12),
    step=st.integers(-(10**9), 10**9),
    kind=st.sampled_from([Kind.RUPIAH, Kind.COUNT]),
    count=st.integers(0, 20),
)
def test_whole_figures_go_on_by_adding(first: int, step: int, kind: Kind, count: int) -> None:
    """A column of figures would drift away from its step."""
    texts = continued([edit_text(first, kind), edit_text(first + step, kind)], kind, count)
    assert [read(text, kind).value for text in texts] == [
        first + step * number for number in range(2, count + 2)
    ]


@given(
    first=st.decimals(0, 100, places=2),
    step=st.decimals(0, 10, places=2),
    count=st.integers(0, 20),
)
def test_percents_go_on_exactly(first: Decimal, step: Decimal, count: int) -> None:
    """A target of 70,10 would become 70,09999."""
    begun = [edit_text(value, Kind.PERCENT) for value in (first, first + step)]
    texts = continued(begun, Kind.PERCENT, count)
    assert [read(text, Kind.PERCENT).value for text in texts] == [
        first + step * number for number in range(2, count + 2)
    ]


@given(
    begun=st.lists(st.text(max_size=8), min_size=1, max_size=4),
    kind=st.sampled_from(list(Kind)),
    count=st.integers(0, 12),
)
def test_any_texts_go_on_as_often_as_asked_and_in_one_piece(
    begun: list[str], kind: Kind, count: int
) -> None:
    """Filling a long column at once would give other texts than filling it in two steps."""
    whole = continued(begun, kind, count)
    assert len(whole) == count
    assert list(continued(begun, kind, count + 3))[:count] == list(whole)
