"""Cells that are chosen by words: parents, and the classes of a scale."""

import pytest

from lkjip_tui.core.errors import InputRefused
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.workspace import Workspace
from tests.core.support import cell, put, row_of, value_of


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


@pytest.mark.parametrize(
    ("text", "parent"),
    [
        ("II", 2),
        ("2", 2),
        (" iv. ", 4),
        ("Meningkatnya kualitas Pelayanan Kecamatan", 3),
        ("3 meningkatnya  kualitas Pelayanan Kecamatan", 3),
        ("kesekretariatan", 2),
    ],
)
def test_a_parent_is_named_by_its_number_or_by_its_name(
    office: Workspace, text: str, parent: int
) -> None:
    """Only who types the whole of a long name could say which objective is meant."""
    put(office, "indicators", "indicator/1", "objective_id", text)
    assert value_of(office, "indicators", "indicator/1", "objective_id") == parent


def test_a_parent_is_its_number_on_the_screen_before_it_is_its_id(office: Workspace) -> None:
    """After a renumbering “2” would mean an objective that bears another number."""
    for key, number in (("objective/2", "7"), ("objective/3", "2")):
        put(office, "objectives", key, "number", number)
    put(office, "indicators", "indicator/1", "objective_id", "2")
    assert value_of(office, "indicators", "indicator/1", "objective_id") == 3
    put(office, "indicators", "indicator/1", "objective_id", "VII")
    assert value_of(office, "indicators", "indicator/1", "objective_id") == 2


def test_namesakes_are_told_apart_and_each_can_be_chosen(office: Workspace) -> None:
    """Of two objectives with one number and one name only one could be chosen."""
    name = str(value_of(office, "indicators", "objective/2", "name"))
    for which, text in (("number", "2"), ("name", name)):
        put(office, "objectives", "objective/3", which, text)
    query, column, row = cell(office, "indicators", "indicator/1", "objective_id")
    options = office.cells(query).choices(column, row) or ()
    for wanted in (2, 3):
        (label,) = [option.label for option in options if option.value == wanted]
        put(office, "indicators", "indicator/1", "objective_id", label)
        assert value_of(office, "indicators", "indicator/1", "objective_id") == wanted
    with pytest.raises(InputRefused):
        put(office, "indicators", "indicator/1", "objective_id", "2")


@pytest.fixture
def ranked(office: Workspace) -> Workspace:
    """Return an office whose indicator 10 is an audit opinion: a score with its word."""
    for column, text in (("formula", "ordinal"), ("value_kind", "count"), ("value_scale", "opini")):
        put(office, "indicators", "indicator/10", column, text)
    return office


@pytest.mark.parametrize(
    ("text", "score", "label"),
    [
        ("WTP", 4, "WTP"),
        ("wdp", 3, "WDP"),
        ("Tidak Wajar", 2, "TW"),
        ("tidak menyatakan", 1, "TMP"),
        ("4", 4, None),
        ("3 Wajar", 3, "Wajar"),
        ("-", None, None),
    ],
)
def test_a_label_of_the_scale_is_typed_for_its_score(
    ranked: Workspace, text: str, score: int | None, label: str | None
) -> None:
    """An opinion could only be typed by who knows that WTP counts as four."""
    for name, column in (("indicators", "realization"), ("report.yearly_comparison", "target")):
        put(ranked, name, "indicator/10", column, text)
        row = row_of(ranked, name, "indicator/10")
        assert (row[column], row[f"{column}_label"]) == (score, label)


def test_a_word_that_is_not_on_the_scale_is_refused_with_those_that_are(ranked: Workspace) -> None:
    """A misspelt opinion would be told to be no number."""
    for text in ("WTB", "wajar"):
        with pytest.raises(InputRefused) as told:
            put(ranked, "indicators", "indicator/10", "realization", text)
        assert "WTP · Wajar Tanpa Pengecualian" in told.value.hint


def test_the_classes_of_a_scale_are_offered_where_figures_are_scores(ranked: Workspace) -> None:
    """The list would be empty, or offer a grade as if it were the index that it stands for."""
    query, column, row = cell(ranked, "indicators", "indicator/10", "realization")
    labels = [option.label for option in ranked.cells(query).choices(column, row) or ()]
    assert [label.split()[:2] for label in labels] == [
        ["4", "WTP"], ["3", "WDP"], ["2", "TW"], ["1", "TMP"],
    ]  # fmt: skip
    for label in labels:
        put(ranked, "indicators", "indicator/10", "realization", label)
        shown = row_of(ranked, "indicators", "indicator/10")
        assert label.startswith(ranked.cells(query).text(column, shown))
    put(ranked, "indicators", "indicator/10", "value_kind", "text")
    _query, _column, row = cell(ranked, "indicators", "indicator/10", "realization")
    words = [option.value for option in ranked.cells(query).choices(column, row) or ()]
    assert words == ["WTP", "WDP", "TW", "TMP"]
    put(ranked, "indicators", "indicator/10", "value_kind", "count")
    put(ranked, "indicators", "indicator/10", "formula", "maximize")
    _query, _column, row = cell(ranked, "indicators", "indicator/10", "realization")
    assert ranked.cells(query).choices(column, row) is None
    with pytest.raises(InputRefused):
        put(ranked, "indicators", "indicator/10", "realization", "WTP")


def test_a_score_does_not_contradict_its_own_label(ranked: Workspace) -> None:
    """Each grade of a scale whose bounds are no scores would be called an error."""
    put(ranked, "indicators", "indicator/10", "value_scale", "sakip")

    def contradictions() -> list[Value]:
        found, _failed = ranked.findings(2021)
        return [it.stated for it in found if it.check_name == "label_contradicts_value"]

    put(ranked, "indicators", "indicator/10", "realization", "BB")
    assert "BB" not in contradictions()
    put(ranked, "indicators", "indicator/10", "realization", "5 AA")
    assert "AA" in contradictions()
