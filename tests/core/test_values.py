"""Reading, printing and showing values: what a user types is what stands, or is refused."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.figures.values import (
    AS_STORED,
    Kind,
    Reading,
    Value,
    edit_text,
    fit,
    plain,
    read,
    safe_text,
    show,
)

WHOLE_NUMBERS = st.integers(min_value=-(10**18) + 1, max_value=10**18 - 1)
DECIMALS = st.decimals(min_value=-(10**14), max_value=10**14, places=4)
ANY_TEXT = st.text(st.characters(), max_size=60)
FIGURE_LIKE = st.text("0123456789.,-− RpRp%=()\u00a0 jutaBaikIVXe+", max_size=24)
VALUES: dict[Kind, st.SearchStrategy[Value]] = {
    Kind.RUPIAH: WHOLE_NUMBERS,
    Kind.COUNT: WHOLE_NUMBERS,
    Kind.RANK: WHOLE_NUMBERS,
    Kind.PERCENT: DECIMALS,
    Kind.INDEX: DECIMALS,
    Kind.ROMAN: st.integers(min_value=1, max_value=3999),
    Kind.FLAG: st.booleans(),
    Kind.TEXT: ANY_TEXT.map(lambda text: " ".join(text.split()) or None),
    Kind.LONG: ANY_TEXT.map(lambda text: text.replace("\r", "").rstrip() or None),
    Kind.CHOICE: ANY_TEXT.map(lambda text: text or None),
}


def storable(value: Value) -> bool:
    """Whether a database can hold a generated value."""
    return not isinstance(value, str) or all(unicodedata.category(c) != "Cs" for c in value)


@given(st.data(), st.sampled_from(Kind))
def test_what_the_editor_starts_with_reads_back_as_the_same_value(
    data: st.DataObject, kind: Kind
) -> None:
    """Otherwise F2 and Enter on an untouched cell would change a fact."""
    value = data.draw(VALUES[kind].filter(storable))
    assert read(edit_text(value, kind), kind) == Reading(value)
    assert read(edit_text(None, kind), kind) == Reading(None)


@given(WHOLE_NUMBERS)
def test_printed_rupiah_read_back_as_the_same_amount(amount: int) -> None:
    """Otherwise an amount copied out of a table and pasted would be another amount."""
    printed = show(amount, Kind.RUPIAH)
    assert read(printed, Kind.RUPIAH).value == amount
    assert read(printed, Kind.RUPIAH, typed=False).value == amount


@given(st.data(), st.sampled_from([kind for kind in Kind if kind.is_number]))
def test_what_is_printed_is_read_back_or_told_to_be_in_doubt(
    data: st.DataObject, kind: Kind
) -> None:
    """Otherwise a table of the report, taken over into another file, would hold other figures."""
    value = data.draw(VALUES[kind])
    printed = show(value, kind, decimals=4, sign=True)
    reading = read(printed, kind, typed=False)
    assert value in {reading.value, reading.other}
    assert (reading.value == value) or reading.remark


@given(st.one_of(WHOLE_NUMBERS, DECIMALS))
def test_a_number_stored_with_trailing_zeros_has_the_machine_text_of_its_value(
    number: int | Decimal,
) -> None:
    """Otherwise the same figure would look changed in the journal and in a machine's CSV."""
    text = plain(number)
    assert Decimal(text) == number
    assert "E" not in text.upper()
    sign, digits, exponent = Decimal(number).as_tuple()
    assert plain(Decimal((sign, (*digits, 0, 0), int(exponent) - 2))) == text


@given(st.one_of(ANY_TEXT, FIGURE_LIKE), st.sampled_from(Kind), st.booleans())
def test_every_text_reads_or_is_refused(text: str, kind: Kind, typed: bool) -> None:  # noqa: FBT001
    """Otherwise a stray paste would end the program."""
    try:
        value = read(text, kind, typed=typed).value
    except InputRefused as error:
        told = (error.message, error.hint)
    else:
        told = ("read", "as")
        if kind.is_number and value is not None:
            assert type(value) is (Decimal if kind in {Kind.PERCENT, Kind.INDEX} else int)
    assert all(part and part.isprintable() for part in told)


@given(FIGURE_LIKE, st.sampled_from(Kind))
def test_what_is_read_as_typed_is_read_the_same_from_a_file_unless_marks_decide(
    text: str, kind: Kind
) -> None:
    """Otherwise the same text would be two figures in one report, by the way it came in."""
    try:
        typed = read(text, kind)
    except InputRefused:
        return
    assert read(text, kind, typed=False) == typed


READ_FROM_FILES: list[tuple[str, Kind, Value]] = [
    # rule 1: two kinds of separator
    ("5,000,000.00", Kind.RUPIAH, 5_000_000),
    ("1.500.000,00", Kind.RUPIAH, 1_500_000),
    ("27,000,000", Kind.RUPIAH, 27_000_000),
    ("1.234,5", Kind.PERCENT, Decimal("1234.5")),
    ("1,234.56", Kind.INDEX, Decimal("1234.56")),
    ("1,234.567", Kind.INDEX, Decimal("1234.567")),
    ("4,600.242", Kind.RUPIAH, 4_600_242),
    # rule 2: one kind, several times
    ("4.349.483.103", Kind.RUPIAH, 4_349_483_103),
    ("1.234.567", Kind.PERCENT, Decimal(1_234_567)),
    # rule 3: one kind, once
    ("3.850", Kind.RUPIAH, 3_850),
    ("3,850", Kind.COUNT, 3_850),
    ("5.946", Kind.PERCENT, Decimal("5.946")),
    ("99,012", Kind.INDEX, Decimal("99.012")),
    ("99.96", Kind.PERCENT, Decimal("99.96")),
    ("99,96", Kind.PERCENT, Decimal("99.96")),
    ("0,1234", Kind.INDEX, Decimal("0.1234")),
    ("5000.0000", Kind.RUPIAH, 5_000),
    # rule 5: null is not zero
    ("-", Kind.RUPIAH, None),
    ("–", Kind.PERCENT, None),
    ("", Kind.COUNT, None),
    (" \u00a0 ", Kind.INDEX, None),
    ("N/A", Kind.INDEX, None),
    ("n/a", Kind.ROMAN, None),
    ("#DIV/0!", Kind.PERCENT, None),
    ("Rp -", Kind.RUPIAH, None),
    ("0", Kind.RUPIAH, 0),
    ("0,00", Kind.PERCENT, Decimal(0)),
    # what is read past
    ("Rp 5.000.000", Kind.RUPIAH, 5_000_000),
    ("Rp. 4.644.000.103,-", Kind.RUPIAH, 4_644_000_103),
    ("rp.5.000,=", Kind.RUPIAH, 5_000),
    ("Rp\u00a05.000", Kind.RUPIAH, 5_000),
    ("94,41%", Kind.PERCENT, Decimal("94.41")),
    ("81 %", Kind.PERCENT, Decimal(81)),
    ("-5.000", Kind.RUPIAH, -5_000),
    ("−2,5", Kind.PERCENT, Decimal("-2.5")),
    ("-Rp5.000", Kind.RUPIAH, -5_000),
    ("Rp -5.000", Kind.RUPIAH, -5_000),
    ("-0", Kind.PERCENT, Decimal(0)),
    # rule 6: the kind decides
    ("2021", Kind.RANK, 2021),
    ("IV", Kind.ROMAN, 4),
    ("iv", Kind.ROMAN, 4),
    ("4", Kind.ROMAN, 4),
    ("Ya", Kind.FLAG, True),
    ("TIDAK", Kind.FLAG, False),
    ("yes", Kind.FLAG, True),
    ("false", Kind.FLAG, False),
    ("0", Kind.FLAG, False),
    ("1.234", Kind.TEXT, "1.234"),
    ("-", Kind.TEXT, "-"),
    ("  Baik\tsekali\r\nbenar ", Kind.TEXT, "Baik sekali benar"),
    ("  ", Kind.TEXT, None),
    ("satu\r\n\tdua \r\n", Kind.LONG, "satu\n\tdua"),
    ("\n", Kind.LONG, None),
    ("maximize", Kind.CHOICE, "maximize"),
]


@pytest.mark.parametrize(("text", "kind", "value"), READ_FROM_FILES)
def test_a_text_from_a_file_reads_by_the_rules_of_its_kind(
    text: str, kind: Kind, value: Value
) -> None:
    """Otherwise an import would bring in other figures than the office wrote."""
    reading = read(text, kind, typed=False)
    assert reading.value == value
    assert type(reading.value) is type(value)


@pytest.mark.parametrize(
    ("text", "kind", "value", "words"),
    [
        ("140 Kelompok", Kind.COUNT, 140, "Kelompok"),
        ("81 Baik", Kind.INDEX, Decimal(81), "Baik"),
        ("81,5 % Sangat Baik", Kind.PERCENT, Decimal("81.5"), "Sangat Baik"),
        ("81 (Baik)", Kind.INDEX, Decimal(81), "(Baik)"),
        ("24,75 Km²", Kind.INDEX, Decimal("24.75"), "Km²"),
        ("Rp 5.000 per bulan", Kind.RUPIAH, 5_000, "per bulan"),
        ("81", Kind.INDEX, Decimal(81), None),
    ],
)
def test_words_behind_a_number_are_kept(
    text: str, kind: Kind, value: Value, words: str | None
) -> None:
    """Otherwise "81 Baik" would lose its predicate, or the number with it."""
    assert read(text, kind) == Reading(value, words)


def test_dot_and_comma_both_as_thousands_are_flagged() -> None:
    """Otherwise an import could not point at the amounts whose marks contradict each other."""
    flagged = read("4,600.242", Kind.RUPIAH, typed=False)
    assert flagged == Reading(4_600_242, None, mixed=True)
    assert flagged.remark
    assert not read("5,000,000.00", Kind.RUPIAH, typed=False).mixed
    assert not read("4.600.242", Kind.RUPIAH, typed=False).mixed


@pytest.mark.parametrize(
    ("text", "kind", "value", "other"),
    [
        ("1.234", Kind.INDEX, Decimal("1.234"), 1234),
        ("-5.946%", Kind.PERCENT, Decimal("-5.946"), -5946),
        ("1,234.567", Kind.INDEX, Decimal("1234.567"), 1_234_567),
        ("5.000,000", Kind.RUPIAH, 5_000_000, 5_000),
        ("99,012", Kind.INDEX, Decimal("99.012"), None),
        ("0.125", Kind.INDEX, Decimal("0.125"), None),
        ("5.000", Kind.RUPIAH, 5_000, None),
    ],
)
def test_a_text_from_a_file_tells_its_other_reading(
    text: str, kind: Kind, value: Value, other: int | None
) -> None:
    """Otherwise a thousandth of a figure could be taken over without a word."""
    reading = read(text, kind, typed=False)
    assert (reading.value, reading.other) == (value, other)
    assert bool(reading.remark) == (other is not None)


@pytest.mark.parametrize("typed", [True, False])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (".393.066", Kind.RUPIAH),
        (",5", Kind.PERCENT),
        ("1.23.456", Kind.RUPIAH),
        ("1.2345.678", Kind.RUPIAH),
        ("1.234,567.890", Kind.PERCENT),
        ("1234.567", Kind.RUPIAH),
        ("2.047.245.844,", Kind.RUPIAH),
        ("5.000,50", Kind.RUPIAH),
        ("12,5", Kind.COUNT),
        ("2.021", Kind.RANK),
        ("2021,0", Kind.RANK),
        ("81 82", Kind.PERCENT),
        ("1 234", Kind.RUPIAH),
        ("--5", Kind.RUPIAH),
        ("- Rp -5", Kind.RUPIAH),
        ("5-", Kind.RUPIAH),
        ("1.5E+09", Kind.INDEX),
        ("5e3", Kind.RUPIAH),
        ("5 juta", Kind.RUPIAH),
        ("Rp", Kind.RUPIAH),
        ("%", Kind.PERCENT),
        ("inf", Kind.INDEX),
        ("NaN", Kind.PERCENT),
        ("1_000", Kind.RUPIAH),
        ("٣٤", Kind.COUNT),
        ("\uff11\uff12", Kind.RUPIAH),
        ("²", Kind.COUNT),
        ("9" * 19, Kind.RUPIAH),
        ("9" * 39, Kind.INDEX),
        ("9" * 100_000, Kind.RANK),
        ("#REF!", Kind.RUPIAH),
        ("IIII", Kind.ROMAN),
        ("IC", Kind.ROMAN),
        ("0", Kind.ROMAN),
        ("M" * 100_000, Kind.ROMAN),
        ("mungkin", Kind.FLAG),
        ("\ud800", Kind.TEXT),
    ],
)
def test_what_is_no_such_figure_is_refused(text: str, kind: Kind, typed: bool) -> None:  # noqa: FBT001
    """Otherwise a malformed or cut figure would be guessed at and stand in the report."""
    with pytest.raises(InputRefused):
        read(text, kind, typed=typed)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("70.5", Kind.PERCENT, Decimal("70.5")),
        ("70,5", Kind.PERCENT, Decimal("70.5")),
        ("1,234", Kind.PERCENT, Decimal("1.234")),
        ("1.234,567", Kind.INDEX, Decimal("1234.567")),
        ("0.125", Kind.INDEX, Decimal("0.125")),
        ("1.234", Kind.RUPIAH, 1_234),
        ("1,234", Kind.RUPIAH, 1_234),
        ("1.234", Kind.COUNT, 1_234),
        ("4,600.242", Kind.RUPIAH, 4_600_242),
        ("5.000,00", Kind.RUPIAH, 5_000),
        ("2.015.461.800", Kind.RUPIAH, 2_015_461_800),
    ],
)
def test_what_has_one_reading_in_its_column_is_accepted_by_hand(
    text: str, kind: Kind, value: Value
) -> None:
    """Otherwise the grid would argue about figures that anyone reads at a glance."""
    assert read(text, kind).value == value


@pytest.mark.parametrize(
    ("text", "kind", "readings"),
    [
        ("1.234", Kind.PERCENT, ("1,234", "1.234")),
        ("1.234", Kind.INDEX, ("1,234", "1.234")),
        ("-12.500", Kind.INDEX, ("-12,5", "-12.500")),
        ("1,234.567", Kind.INDEX, ("1.234,567", "1.234.567")),
        ("5.000,000", Kind.RUPIAH, ("5.000", "5.000.000")),
    ],
)
def test_what_is_ambiguous_by_hand_is_refused_with_both_readings(
    text: str, kind: Kind, readings: tuple[str, str]
) -> None:
    """Otherwise 1,234 percent could become a thousand times as much without a word."""
    with pytest.raises(InputRefused) as refused:
        read(text, kind)
    for reading in readings:
        assert reading in refused.value.hint


@pytest.mark.parametrize(
    ("value", "kind", "printed"),
    [
        (4_349_483_103, Kind.RUPIAH, "4.349.483.103"),
        (Decimal("5000.0000"), Kind.RUPIAH, "5.000"),
        (-1_409, Kind.RUPIAH, "-1.409"),
        (0, Kind.RUPIAH, "0"),
        (73_035, Kind.COUNT, "73.035"),
        (2021, Kind.RANK, "2021"),
        (4, Kind.ROMAN, "IV"),
        (0, Kind.ROMAN, "0"),
        (Decimal("67.585"), Kind.PERCENT, "67,59"),
        (Decimal(100), Kind.PERCENT, "100,00"),
        (Decimal("-0.004"), Kind.PERCENT, "0,00"),
        (Decimal("1234.5000"), Kind.INDEX, "1.234,5"),
        (Decimal("81.0000"), Kind.INDEX, "81"),
        (True, Kind.FLAG, "Ya"),
        (False, Kind.FLAG, "Tidak"),
        ("[/x]\x1b[31m", Kind.TEXT, "[/x]\x1b[31m"),
        ("Baik", Kind.PERCENT, "Baik"),
        (1017, Kind.CHOICE, "1017"),
        *((None, kind, "–") for kind in Kind),
    ],
)
def test_a_value_is_printed_as_the_report_prints_its_kind(
    value: Value, kind: Kind, printed: str
) -> None:
    """Otherwise a table would not look like the office's own report."""
    assert show(value, kind) == printed


def test_the_row_decides_how_many_decimals_a_target_has() -> None:
    """Otherwise "81" and "79,50" of one column could not both be printed as agreed."""
    assert show(Decimal("81.0000"), Kind.PERCENT, decimals=AS_STORED) == "81"
    assert show(Decimal("79.5000"), Kind.PERCENT, decimals=AS_STORED, sign=True) == "79,5%"
    assert show(Decimal("79.5000"), Kind.INDEX, decimals=2) == "79,50"
    assert show(Decimal("2.5"), Kind.INDEX, decimals=0) == "3"
    assert show(5_000, Kind.RUPIAH, decimals=2) == "5.000"
    assert show(None, Kind.PERCENT, sign=True) == "–"


@pytest.mark.parametrize("kind", list(Kind))
def test_a_value_that_is_no_number_is_shown_and_harms_nothing(kind: Kind) -> None:
    """Otherwise a division by zero in a user's own query would end the program."""
    for text in ("NaN", "Infinity", "-Infinity"):
        assert show(Decimal(text), kind)
        assert plain(Decimal(text)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=10, min_value=0, max_value=10**20))
def test_printing_rounds_half_up_and_exactly(number: Decimal) -> None:
    """Otherwise a percent would differ from the one an auditor computes by hand."""
    printed = show(number, Kind.PERCENT).replace(".", "").replace(",", ".")
    assert Decimal("-0.005") <= number - Decimal(printed) < Decimal("0.005")


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "true"), (False, "false"), ("a,b", "a,b"), (Decimal("1E+5"), "100000"),
     (Decimal("81.50"), "81.5"), (Decimal("-0.00"), "0"), (4_349_483_103, "4349483103")],
)  # fmt: skip
def test_machine_text_is_plain(value: Value, text: str) -> None:
    """Otherwise a script could not read what `lkjip show --format csv` wrote."""
    assert plain(value) == text


@pytest.mark.parametrize(
    ("value", "precision", "scale", "fits"),
    [
        (Decimal("81.1234"), 18, 4, True),
        (Decimal("81.12345"), 18, 4, False),
        (Decimal("81.12340000"), 18, 4, True),
        (Decimal("9999999.99"), 9, 2, True),
        (Decimal(10_000_000), 9, 2, False),
        (Decimal("-0.5"), 2, 2, True),
        (2021, 9, 0, True),
        (-1_000_000_000, 9, 0, False),
        (None, 9, 2, True),
        ("text", 1, 0, True),
        (True, 1, 1, True),
    ],
)
def test_a_number_that_its_column_would_round_is_refused(
    value: Value,
    precision: int,
    scale: int,
    fits: bool,  # noqa: FBT001
) -> None:
    """Otherwise the file would hold another figure than the one typed."""
    if fits:
        fit(value, precision, scale)
    else:
        with pytest.raises(InputRefused):
            fit(value, precision, scale)


@given(st.text(st.characters(), max_size=80), st.booleans())
def test_safe_text_is_printable_and_settled(text: str, keep_newlines: bool) -> None:  # noqa: FBT001
    """Otherwise a cell could drive the terminal, or change each time that it is drawn."""
    safe = safe_text(text, keep_newlines=keep_newlines)
    assert len(safe) == len(text)
    assert safe_text(safe, keep_newlines=keep_newlines) == safe
    assert (safe.replace("\n", "") if keep_newlines else safe).isprintable()


@given(st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Zs"]))
def test_the_sign_of_an_unseen_character_is_one_cell_wide(char: str) -> None:
    """Otherwise the columns of the grid would no longer stand under each other."""
    assert cell_len(safe_text(char)) == 1


def test_safe_text_shows_what_would_fool_a_terminal() -> None:
    """Otherwise an escape, a reversed name or a hidden blank would pass for plain text."""
    assert safe_text("\x1b[31mmerah\x07") == "␛[31mmerah␇"
    assert safe_text("a\nb\tc") == "a⏎b→c"
    assert safe_text("a\nb\rc", keep_newlines=True) == "a\nb␍c"
    assert (
        safe_text("\x7f\x9b\u202e\u2066\u061c\u200b\u2028\ufeff\ud800\ufe0f") == "␡" + "\ufffd" * 9
    )
    assert safe_text("Rp\u00a05.000") == "Rp 5.000"
    assert safe_text("[/x] 10 Km² – “é” 漢字") == "[/x] 10 Km² – “é” 漢字"


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2021, 12, 31), "2021-12-31"),
        ([1, 2], "[1, 2]"),
        ({"a": 1}, "{'a': 1}"),
        (b"x", "b'x'"),
    ],
)
def test_what_is_no_value_of_ours_is_its_text(value: object, text: str, kind: Kind) -> None:
    """A user's own view with a date in a column of figures would end the program."""
    assert show(value, kind) == plain(value) == edit_text(value, kind) == text


@pytest.mark.parametrize("kind", Kind)
@given(value=st.floats())
def test_a_float_of_a_user_s_view_is_shown(value: float, kind: Kind) -> None:
    """An average in a user's own view would end the program."""
    assert show(value, kind)
    assert plain(value)
    if value == value and abs(value) < 1e9:  # noqa: PLR0124 - what is no number equals nothing
        assert Decimal(plain(value)) == Decimal(repr(value))
