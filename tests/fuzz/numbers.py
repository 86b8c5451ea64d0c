"""Any text as a figure of any kind, on both roads: read as itself, or refused."""

import csv
import io
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.figures.values import (
    AS_STORED,
    Kind,
    Reading,
    edit_text,
    plain,
    read,
    safe_text,
    show,
)
from tests.core import test_values
from tests.fuzz.running import MANY

_PARTS = st.sampled_from([
    *("Rp", "Rp.", "rp ", "IDR", "%", " %", "-", "−", "–", "(", ")", "+", ".", ",", ",-", ",00"),
    "=",
    *(" ", "\u00a0", "\u2009", "\t", "\n", "0", "1", "12", "123", "000", "1.234", "5,5", "1e3"),
    "'",
    *(" juta", " rb", " Baik", " orang", "(BB)", "X", "iv", "ya", "n/a", "#DIV/0!", "٣", "³", "½"),
])  # fmt: skip
figures = st.lists(_PARTS, max_size=8).map("".join) | test_values.FIGURE_LIKE | test_values.ANY_TEXT


@MANY
@given(figures, st.sampled_from(Kind), st.booleans())
def test_what_is_read_is_printed_and_edited_as_what_reads_so_again(
    text: str,
    kind: Kind,
    typed: bool,  # noqa: FBT001
) -> None:
    """A figure would be another one after it was copied, or opened and left."""
    try:
        found = read(text, kind, typed=typed)
    except InputRefused as error:
        told = f"{error.message}{error.hint}"
    else:
        told = ""
        _must_stay(text, kind, found)
    assert told.isprintable()


def _must_stay(text: str, kind: Kind, found: Reading) -> None:
    """See that a value is printed and opened as what is read as itself, of the digits typed."""
    value = found.value
    assert read(edit_text(value, kind), kind).value == value
    assert (found.remark == "") == (found.other is None and not found.mixed)
    if value is None or not kind.is_number:
        return
    assert isinstance(value, int | Decimal)
    assert Decimal(plain(value)) == value
    again = read(show(value, kind, decimals=AS_STORED), kind, typed=False)
    assert value in {again.value, again.other}
    digits = "".join(each for each in text if each in "0123456789").strip("0")
    assert "".join(each for each in plain(value) if each.isdigit()).strip("0") in digits


@MANY
@given(st.lists(figures, min_size=1, max_size=4), st.sampled_from(Kind))
def test_blanks_around_a_figure_say_nothing(texts: list[str], kind: Kind) -> None:
    """A figure would be refused for what nobody can see."""
    for text in texts:
        if kind not in {Kind.TEXT, Kind.LONG, Kind.CHOICE}:
            assert _told(f" {text}\u00a0", kind) == _told(text, kind)
            assert _told(text.replace(" ", "\u00a0"), kind) == _told(text, kind)


def _told(text: str, kind: Kind) -> object:
    try:
        return read(text, kind, typed=False)
    except InputRefused:
        return "refused"


@MANY
@given(st.text(max_size=200))
def test_a_terminal_gets_only_what_can_be_seen(text: str) -> None:
    """A text would move the cursor, or hide what stands behind it."""
    safe = safe_text(text)
    assert safe.isprintable()
    assert safe_text(safe) == safe
    assert "\x1b" not in next(csv.reader(io.StringIO(f'"{safe.replace(chr(34), "")}"')), [""])[0]


LAWS = (
    test_what_is_read_is_printed_and_edited_as_what_reads_so_again,
    test_blanks_around_a_figure_say_nothing,
    test_a_terminal_gets_only_what_can_be_seen,
    *(
        law
        for name, law in vars(test_values).items()
        if name.startswith("test_")
        and hasattr(law, "hypothesis")
        and not hasattr(law, "pytestmark")
    ),
)
