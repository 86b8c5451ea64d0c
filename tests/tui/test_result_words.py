"""The words and the signs beneath a result: times, bars, lines of dots."""

from decimal import Decimal

import pytest

from lkjip_tui.tui.line_plot import plotted
from lkjip_tui.tui.result_words import at_work, joined, lasted, progress


@pytest.mark.parametrize(
    ("percent", "told"),
    [
        (None, ""),
        (0, "▕          ▏0 %"),
        (6, "▕▌         ▏6 %"),
        (50, "▕█████     ▏50 %"),
        (100, "▕██████████▏100 %"),
    ],
)
def test_a_bar_is_as_long_as_its_figure(percent: int | None, told: str) -> None:
    """A bar would move while nothing does, or run out of its frame."""
    assert progress(percent) == told


@pytest.mark.usefixtures("english")
def test_a_time_is_told_as_people_say_it() -> None:
    """Nobody knows at once how long 83214 ms are."""
    assert [lasted(seconds) for seconds in (0.0004, 0.25, 0.9996, 83.214)] == [
        "0 ms", "250 ms", "1,0 s", "83,2 s",
    ]  # fmt: skip


@pytest.mark.usefixtures("english")
def test_what_goes_on_is_told_with_the_key_that_stops_it() -> None:
    """The user would wait for what has been stopped, or not know how to."""
    assert at_work("running", 1.5, None, is_stopping=False) == "running · 1,5 s · Esc stops it"
    assert at_work("running", 1.5, 50, is_stopping=True).endswith(" · 1,5 s · stopping…")
    assert joined(["a", "", "b"]) == "a · b"


def test_figures_lie_on_a_line_from_the_least_to_the_greatest() -> None:
    """A falling figure would be drawn as rising."""
    rising = plotted([Decimal(number) for number in range(3)], 4, 2)
    falling = plotted([Decimal(-number) for number in range(3)], 4, 2)
    assert rising[0][0] == "\u2800" != rising[0][-1]
    assert rising[1][-1] == "\u2800" != rising[1][0]
    assert falling[0][-1] == "\u2800" != falling[0][0]
    assert [len(line) for line in rising] == [4, 4]


@pytest.mark.parametrize(
    "values", [[], [None], [Decimal(5)], [Decimal(5), Decimal(5)], [None, Decimal(1), None]]
)
def test_few_or_missing_figures_are_drawn_too(values: list[Decimal | None]) -> None:
    """A result of one row would end the program."""
    drawn = plotted(values, 3, 2)
    assert [len(line) for line in drawn] == [3, 3]
    assert any(sign != "\u2800" for line in drawn for sign in line) == any(values)
