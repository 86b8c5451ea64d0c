"""What a parameter stands for: as people write figures and days, and as SQL does."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.sql import parameters
from lkjip_tui.core.workspace import Workspace


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (" 2021 ", 2021),
        ("-5", -5),
        ("1.234.567", 1_234_567),
        ("70,5", Decimal("70.5")),
        ("67.59", Decimal("67.59")),
        ("1.000,50", Decimal("1000.5")),
        ("7.01.01", "7.01.01"),
        ("007", "007"),
        ("1e5", "1e5"),
        ("9" * 40, "9" * 40),
        ("'7'", "7"),
        ("'it''s'", "it's"),
        ("it's", "it's"),
        ("''", ""),
        ("", None),
        ("NULL", None),
        ("true", True),
        ("2021-12-31", date(2021, 12, 31)),
        ("31/12/2021", date(2021, 12, 31)),
        ("31-02-2021", "31-02-2021"),
        ("2021-02-31", "2021-02-31"),
        ("2021-12-31 10:30", datetime(2021, 12, 31, 10, 30)),  # noqa: DTZ001 - as it is typed
        ("Umum", "Umum"),
    ],
)
def test_a_typed_text_stands_for_what_it_looks_like(text: str, value: object) -> None:
    """A statement would compare a year with a text, or a code with a figure."""
    read = parameters.read(text)
    assert (type(read), read) == (type(value), value)
    assert parameters.kind_of(read)


def test_a_figure_with_two_readings_is_refused_with_both() -> None:
    """A thousand would be taken for one, and no figure of the answer would tell."""
    with pytest.raises(InputRefused) as told:
        parameters.read("1.234")
    assert "1,234" in told.value.hint
    assert "1234" in told.value.hint
    assert parameters.read("1,234") == Decimal("1.234")
    with pytest.raises(InputRefused):
        parameters.read("x\ud800")


def test_what_is_asked_for_stands_in_the_order_of_the_statement(standing: Workspace) -> None:
    """The form would ask in an order that nobody finds in the text, or twice for the same."""
    texts = ["select $b, $a, $B, $fiscal_year, '$no' -- $neither", "select $c, $a"]
    names = [name for text in texts for name in standing.console.parameters(text)]
    assert [name.lower() for name in parameters.in_order(texts, names)] == ["b", "a", "c"]
    assert parameters.in_order(["select ?, ?"], {"2", "1"}) == ["1", "2"]
    with standing.console.stream("select $FISCAL_YEAR").start() as stream:
        assert stream.fetch(1) == [(2021,)]
    with standing.console.stream("select $FISCAL_YEAR", {"Fiscal_Year": 2}).start() as stream:
        assert stream.fetch(1) == [(2,)]


@pytest.mark.parametrize(
    ("statement", "asks"),
    [
        ("select $fiscal_year", True),
        ("select a from t where y=$Fiscal_Year", True),
        ("select $fiscal_years, '$fiscal_year', a$fiscal_year -- $fiscal_year", False),
    ],
)
def test_a_statement_asks_for_the_year_whatever_its_letters(statement: str, *, asks: bool) -> None:
    """It would run for the year on the screen, and be refused or kept as if for all."""
    assert parameters.asks_for_year(statement) is asks


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("1.234", Decimal("1.234")),
        ("70,5", "70,5"),
        ("'7'", "'7'"),
        ("2021-12-31", date(2021, 12, 31)),
        ("2021-02-31", "2021-02-31"),
        ("null", None),
        ("", ""),
    ],
)
def test_a_script_s_word_has_the_dot_before_its_decimals(word: str, value: object) -> None:
    """Scripts of before would get other answers."""
    read = parameters.value_of(word)
    assert (type(read), read) == (type(value), value)
