"""Every formula of the report, from what is given to what a hand computes (domain.md, § 3)."""

from decimal import Decimal

import pytest

from lkjip_tui.core.figures.values import Kind, Value, show
from lkjip_tui.core.workspace import Workspace
from tests.core.support import inside, put, value_of

_RAW = """
select printed_pct(achievement_raw_pct(
    g.formula, g.zero_policy, g.target, g.upper_value, g.result, g.words_met
), 'half_up')
from (
    select
        cast(? as varchar) as formula,
        cast(? as varchar) as zero_policy,
        cast(? as decimal(38, 4)) as target,
        cast(? as decimal(38, 4)) as upper_value,
        cast(? as decimal(38, 4)) as result,
        cast(? as boolean) as words_met
) as g
"""


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


@pytest.mark.parametrize(
    ("formula", "target", "result", "expected"),
    [
        ("maximize", "81", "82", "101.23"),
        ("maximize", "80", "0", "0"),
        ("maximize", "100", "33.3333", "33.33"),
        ("minimize", "10", "8", "120"),
        ("minimize", "10", "12", "80"),
        ("minimize", "10", "25", "0"),
        ("minimize_inverse", "10", "8", "125"),
        ("minimize_inverse", "10", "0", None),
        ("minimize_reduction", "10", "4", "60"),
        ("range", "10", "15", "100"),
        ("range", "10", "10", "100"),
        ("range", "10", "20", "100"),
        ("range", "10", "5", "50"),
        ("range", "10", "25", "75"),
        ("ordinal", "3", "4", "133.33"),
    ],
)  # fmt: skip
def test_an_achievement_is_what_its_formula_says(
    office: Workspace, formula: str, target: str, result: str, expected: str | None
) -> None:
    """The report would praise a failure, or blame a success."""
    upper = "20" if formula == "range" else None
    raw = inside(office).database.value(_RAW, [formula, "null", target, upper, result, None])
    assert raw == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("formula", "policy", "result", "expected"),
    [
        ("maximize", "null", "5", None),
        ("maximize", "met", "5", 100),
        ("minimize", "met", "0", 100),
        ("minimize", "met", "5", 0),
        ("minimize", "null", "0", None),
    ],
)
def test_a_target_of_zero_has_no_ratio(
    office: Workspace, formula: str, policy: str, result: str, expected: int | None
) -> None:
    """A division by zero would print an infinity, or a silent nought."""
    raw = inside(office).database.value(_RAW, [formula, policy, "0", None, result, None])
    assert raw == expected


@pytest.mark.parametrize(("met", "expected"), [(True, 100), (False, 0), (None, None)])
def test_a_target_in_words_is_met_or_not(
    office: Workspace,
    met: bool | None,  # noqa: FBT001 - a case
    expected: int | None,
) -> None:
    """“Terlaksana” could not be held against “Terlaksana”."""
    raw = inside(office).database.value(_RAW, ["met", "null", None, None, None, met])
    assert raw == expected


def achieved(workspace: Workspace, column: str = "achievement_pct") -> Value:
    """Return what 3.1 says of the indicator that the tests below fill."""
    return value_of(workspace, "achievement", "indicator/4", column)


def fill(workspace: Workspace, **cells: str) -> None:
    """Type into the indicator's row."""
    for column, text in cells.items():
        put(workspace, "indicators", "indicator/4", column, text)


def test_a_cap_is_kept_beside_what_it_caps(office: Workspace) -> None:
    """200 % would be printed where the office allows 120, or the 200 be lost."""
    fill(office, target_revised="50", realization="100", cap="120")
    assert achieved(office) == 120
    assert achieved(office, "achievement_raw_pct") == 200
    fill(office, cap="")
    assert achieved(office) == 200


def test_a_percent_is_rounded_as_the_indicator_says(office: Workspace) -> None:
    """Offices that truncate would find other figures than they print."""
    fill(office, target_revised="3", realization="2", rounding="half_up")
    assert achieved(office) == Decimal("66.67")
    fill(office, rounding="truncate")
    assert achieved(office) == Decimal("66.66")


def test_what_is_not_known_is_not_nought(office: Workspace) -> None:
    """A result that nobody has yet would be printed as a failure."""
    fill(office, realization="")
    assert achieved(office) is None
    assert value_of(office, "achievement", "indicator/4", "predicate") is None


@pytest.mark.parametrize(
    ("rule", "expected"), [("sum", "30"), ("last", "12"), ("mean", "10")]
)  # fmt: skip
def test_quarters_make_the_year_by_their_rule(office: Workspace, rule: str, expected: str) -> None:
    """A year's figure would be added up where it should be the last."""
    fill(office, realization="", quarter_rule=rule)
    for quarter, text in ((1, "10"), (2, "8"), (3, "12")):
        put(office, "quarters", "indicator/4", f"realization_q{quarter}", text)
    # A year that is emptied is a row without a figure: the quarters count then.
    assert value_of(office, "indicators", "indicator/4", "realization") == Decimal(expected)


@pytest.mark.parametrize(
    ("formula", "cap", "text"),
    [
        ("maximize", "null", "R ÷ T × 100"),
        ("minimize", "120", "(2 × T − R) ÷ T × 100, paling tinggi 120 %"),
        ("met", "99.5", "100 bila terpenuhi, selain itu 0, paling tinggi 99,5 %"),
    ],
)
def test_a_formula_is_told_in_words(office: Workspace, formula: str, cap: str, text: str) -> None:
    """A reader of the report could not tell how a percent came about."""
    told = inside(office).database.value(
        f"select formula_text('{formula}', cast({cap} as decimal(9, 2)))"
    )
    assert told == text


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({"formula": "maximize"}, "75 ÷ 81 × 100"),
        ({"formula": "minimize"}, "(2 × 81 − 75) ÷ 81 × 100, paling rendah 0 %"),
        ({"formula": "minimize_inverse"}, "81 ÷ 75 × 100"),
        ({"formula": "minimize_reduction"}, "(81 − 75) ÷ 81 × 100"),
        ({"formula": "range", "upper_value": "90"}, "75 ÷ 81 × 100"),
        (
            {"formula": "range", "upper_value": "90,5", "realization": "1200,25"},
            "(2 × 90,5 − 1.200,25) ÷ 90,5 × 100, paling rendah 0 %",
        ),
        (
            {"formula": "range", "upper_value": "90", "realization": "85"},
            "85 di dalam rentang 81 – 90: 100",
        ),
        ({"formula": "met"}, "75 dengan target 81: 100 bila terpenuhi, selain itu 0"),
        (
            {"target_revised": "0", "realization": "0", "zero_policy": "met"},
            "0 dengan target 0: 100 bila terpenuhi, selain itu 0",
        ),
        ({"target_revised": "0"}, None),
        ({"realization": ""}, None),
        ({"cap": "90,5"}, "75 ÷ 81 × 100, paling tinggi 90,5 %"),
        ({"decimals": "0", "realization": "75,25"}, "75,25 ÷ 81 × 100"),
    ],
)
def test_an_achievement_shows_its_formula_with_its_figures(
    office: Workspace, cells: dict[str, str], text: str | None
) -> None:
    """F8 would explain a percent by another formula than the one that made it."""
    fill(office, **cells)
    assert achieved(office, "achievement_formula") == text


def test_words_stand_in_the_formula_by_their_scores(office: Workspace) -> None:
    """“WTP ÷ WDP” is nothing that a reader could reckon."""
    fill(office, target_revised="", realization="")
    fill(office, value_kind="text", formula="ordinal", value_scale="opini")
    fill(office, target_revised="WDP", realization="WTP")
    assert achieved(office, "achievement_formula") == "skor 4 ÷ skor 3 × 100"
    fill(office, formula="met")
    assert (
        achieved(office, "achievement_formula")
        == "WTP dengan target WDP: 100 bila terpenuhi, selain itu 0"
    )


@pytest.mark.parametrize(
    "figure",
    ["0", "75.0000", "-0.5", "81.25", "1200.0001", "9999999999.9999", "-1234567", "100"],
)
def test_a_figure_within_words_is_printed_like_a_cell(office: Workspace, figure: str) -> None:
    """The figures of a formula could not be found again among the cells."""
    database = inside(office).database
    told = database.value("select figure_text(cast(? as decimal(18, 4)))", [figure])
    assert told == show(Decimal(figure), Kind.INDEX)
    amount = 4_349_483_103_123_456_789
    assert database.value("select amount_text(?::bigint)", [amount]) == show(amount, Kind.RUPIAH)


def test_the_final_year_of_the_plan_is_held_against_this_year_s_result(office: Workspace) -> None:
    """3.3 would show the progress towards another year's target."""
    put(office, "strategic_progress", "indicator/10", "final_target", "90 Baik")
    assert value_of(office, "strategic_progress", "indicator/10", "progress_pct") == 90
    # The year's own target is another fact.
    assert value_of(office, "yearly_comparison", "indicator/10", "achievement_pct") == Decimal(
        "106.58"
    )


def test_earlier_years_are_held_against_their_own_targets(fresh: Workspace) -> None:
    """A year before the first report would be judged by this year's target."""
    assert value_of(fresh, "yearly_comparison", "indicator/10", "achievement_1_before_pct") is None
    with inside(fresh).database.transaction() as transaction:
        transaction.run(
            "insert into indicator_target values (10, 2020, 'strategic', 0, 100, null, null)"
        )
    assert value_of(fresh, "yearly_comparison", "indicator/10", "achievement_1_before_pct") == 80


def test_groups_of_services_are_plain_means(office: Workspace) -> None:
    """A group with one weak service would be printed as whole."""
    put(office, "services", "service/2", "realization", "30")
    put(office, "services", "service/3", "realization", "")
    assert value_of(office, "service_coverage", "group/2", "realization_pct") == Decimal("88.33")
