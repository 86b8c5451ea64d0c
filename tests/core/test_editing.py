"""What a user does to a cell of a sheet, and what becomes of the facts behind it."""

from decimal import Decimal
from pathlib import Path

import pytest

from lkjip_tui.core.acts import CellChange, RowMade
from lkjip_tui.core.errors import EditRefused, InputRefused
from lkjip_tui.core.figures.values import Kind, Reading, Value
from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.core.query.queries import Kind as QueryKind
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.workspace import Workspace
from tests.core.support import (
    YEAR,
    cell,
    delete,
    facts_of,
    insert,
    inside,
    put,
    row_of,
    rows_of,
    value_of,
)


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


# A cell


def test_one_realization_moves_its_percent_its_subtotals_and_the_report(office: Workspace) -> None:
    """The tables would contradict the facts: what the program is there to end."""
    names = ["sub_activity/3", "activity/2", "program/1", "total"]
    before = {name: row_of(office, "activities", name) for name in names}
    efficiency = {row["row_key"]: row for row in rows_of(office, "efficiency")}
    act = put(office, "activities", "sub_activity/3", "realization", "3.000.000.000")
    assert act
    key = (("sub_activity_id", 3), ("fiscal_year", 2021), ("quarter", 0))
    assert act.changes == (
        CellChange("sub_activity_realization", key, "amount", 2_015_461_800, 3_000_000_000),
    )
    more = 3_000_000_000 - 2_015_461_800
    for name in names:
        row = row_of(office, "activities", name)
        assert row["realization"] == before[name]["realization"] + more
        assert row["difference"] == before[name]["difference"] - more
        exact = Decimal(100) * row["realization"] / row["budget_revised"]
        assert row["absorption_pct"] == exact.quantize(Decimal("0.01"))
    program = row_of(office, "program_absorption", "program/1")
    assert program["budget_realization"] == before["program/1"]["realization"] + more
    moved = [
        row["row_key"]
        for row in rows_of(office, "efficiency")
        if row["efficiency_pct"] != efficiency[row["row_key"]]["efficiency_pct"]
    ]
    assert len(moved) == 1
    office.undo()
    assert {name: row_of(office, "activities", name) for name in names} == before


def test_subtotals_and_percents_are_not_typed(office: Workspace) -> None:
    """A sum could be overwritten, as it is in a spreadsheet."""
    newest = office.history(1)
    for row_key, column in (
        ("program/1", "realization"),
        ("total", "budget_revised"),
        ("total", "name"),
        ("sub_activity/3", "absorption_pct"),
        ("sub_activity/3", "difference"),
    ):
        with pytest.raises(EditRefused):
            put(office, "activities", row_key, column, "1")
        with pytest.raises(EditRefused):
            office.read_typed(*cell(office, "activities", row_key, column), "1")
    assert office.history(1) == newest


def test_one_column_writes_to_three_tables(office: Workspace) -> None:
    """A program's name could be changed only by whoever knows its table."""
    for row_key, table in (
        ("program/1", "program"),
        ("activity/1", "activity"),
        ("sub_activity/1", "sub_activity"),
    ):
        act = put(office, "activities", row_key, "name", f"Nama {table}")
        assert act
        assert [change.table for change in act.changes] == [table]
        assert value_of(office, "activities", row_key, "name") == f"Nama {table}"


def test_a_year_that_is_the_sum_of_its_quarters_is_not_overwritten(office: Workspace) -> None:
    """A year's figure would silently stop following its quarters."""
    put(office, "quarters", "sub_activity/1", "realization", "")
    put(office, "quarters", "sub_activity/1", "realization_q1", "1.000")
    put(office, "quarters", "sub_activity/1", "realization_q2", "2.500")
    assert value_of(office, "activities", "sub_activity/1", "realization") == 3500
    before = facts_of(office)
    with pytest.raises(EditRefused) as told:
        put(office, "activities", "sub_activity/1", "realization", "9.999")
    assert "3.500" in told.value.message
    assert told.value.hint
    assert facts_of(office) == before


def test_a_fact_that_changed_under_the_screen_is_told_and_kept(fresh: Workspace) -> None:
    """What somebody else wrote meanwhile would be lost."""
    where = cell(fresh, "activities", "sub_activity/1", "realization")
    with inside(fresh).database.transaction() as transaction:
        transaction.change(
            "update sub_activity_realization set amount = 7 where sub_activity_id = 1"
        )
    before = facts_of(fresh)
    with pytest.raises(EditRefused) as told:
        fresh.edit(*where, "5")
    assert "4.996.150" in told.value.message
    assert "7" in told.value.message
    assert facts_of(fresh) == before
    assert fresh.history(1) == []


def test_a_figure_without_a_row_gets_one(office: Workspace) -> None:
    """A budget that was never there could not be filled in."""
    before = facts_of(office)
    act = put(office, "activities", "sub_activity/1", "budget_initial", "4.000.000")
    assert act
    made, changed = act.changes
    assert isinstance(made, RowMade)
    assert isinstance(changed, CellChange)
    assert value_of(office, "activities", "sub_activity/1", "budget_initial") == 4_000_000
    office.undo()
    assert facts_of(office) == before


def test_clearing_a_cell_keeps_its_row(office: Workspace) -> None:
    """A sub kegiatan would leave the year because its realization is not known yet."""
    count = len(rows_of(office, "activities"))
    for column in ("realization", "budget_revised"):
        act = put(office, "activities", "sub_activity/1", column, "")
        assert act
        assert [change.after for change in act.changes if isinstance(change, CellChange)] == [None]
    assert len(rows_of(office, "activities")) == count
    assert put(office, "activities", "sub_activity/1", "realization", "–") is None
    assert put(office, "activities", "sub_activity/1", "budget_initial", "") is None


def test_typing_what_is_there_changes_nothing(office: Workspace) -> None:
    """The history would fill with edits that nobody made."""
    newest = office.history(1)
    assert put(office, "activities", "sub_activity/1", "realization", "4.996.150") is None
    assert put(office, "activities", "sub_activity/1", "realization", "Rp 4.996.150,00") is None
    assert office.history(1) == newest


@pytest.mark.parametrize(
    ("sheet", "row_key", "column", "text"),
    [
        ("activities", "sub_activity/1", "realization", "banyak"),
        ("activities", "sub_activity/1", "realization", "1,5"),
        ("activities", "sub_activity/1", "realization", "1234567890123456789"),
        ("activities", "sub_activity/1", "realization", "5 juta"),
        ("activities", "sub_activity/1", "realization", "5 orang"),
        ("indicators", "indicator/4", "realization", "75,12345"),
        ("indicators", "indicator/4", "decimals", "300"),
        ("indicators", "indicator/4", "decimals", ""),
        ("indicators", "indicator/4", "cap", "100,005"),
        ("indicators", "indicator/4", "number", ""),
        ("indicators", "indicator/4", "formula", ""),
        ("indicators", "indicator/4", "formula", "guess"),
        ("indicators", "indicator/4", "formula", "l"),
        ("scales", "scale_class/1", "lower_inclusive", "mungkin"),
        ("scales", "scale_class/1", "lower_inclusive", ""),
        ("report_years", "report_year/2021", "stage", "draft"),
        ("office", "office/1", "name", ""),
        ("office", "office/1", "area_km2", "24,755"),
        ("quarters", "sub_activity/1", "realization_q1", "5 orang"),
    ],
)
def test_what_a_cell_cannot_hold_is_refused(
    office: Workspace, sheet: str, row_key: str, column: str, text: str
) -> None:
    """A figure would be rounded, cut or guessed, and the report print something else."""
    newest = office.history(1)
    if (column, text) == ("decimals", ""):
        assert put(office, sheet, row_key, column, text) is None
        return
    with pytest.raises(InputRefused) as told:
        put(office, sheet, row_key, column, text)
    assert told.value.message
    assert told.value.hint
    assert office.history(1) == newest


def test_a_constraint_of_the_file_is_told_as_a_refusal(office: Workspace) -> None:
    """A digit too many would end the program."""
    newest = office.history(1)
    with pytest.raises(EditRefused):
        put(office, "indicators", "indicator/4", "decimals", "9")
    assert office.history(1) == newest


def test_a_choice_is_made_by_label_by_value_or_by_its_beginning(office: Workspace) -> None:
    """A parent could only be chosen by a number that nobody knows."""
    label = value_of(office, "indicators", "objective/2", "name")
    for text, number in ((str(label), 2), ("3", 3), (str(label).upper()[:24], 2)):
        put(office, "indicators", "indicator/4", "objective_id", text)
        assert value_of(office, "indicators", "indicator/4", "objective_id") == number
    put(office, "programs", "program/1", "indicator_id", "")
    assert value_of(office, "programs", "program/1", "indicator_id") is None
    put(office, "report_years", "report_year/2021", "stage", "init")
    assert value_of(office, "report_years", "report_year/2021", "stage") == "initial"
    with pytest.raises(InputRefused) as told:
        put(office, "indicators", "indicator/4", "objective_id", "Meningkatnya")
    assert str(label) in told.value.hint


def test_a_choice_shows_the_words_of_what_it_holds(office: Workspace) -> None:
    """A cell would show a number where it means a name."""
    query, column, row = cell(office, "programs", "program/1", "indicator_id")
    name = inside(office).database.value("select name from indicator where indicator_id = 10")
    assert office.cells(query).text(column, row) == f"4.1 {name}"
    put(office, "indicators", "indicator/10", "name", "Nama lain")
    assert office.cells(query).text(column, row) == "4.1 Nama lain"


def test_words_behind_a_figure_go_with_it(office: Workspace) -> None:
    """“81 Baik” would lose its grade, or not be accepted as people write it."""
    key = "indicator/10"
    put(office, "indicators", key, "realization", "81 Baik")
    row = row_of(office, "indicators", key)
    assert (row["realization"], row["realization_label"]) == (81, "Baik")
    query, column, row = cell(office, "indicators", key, "realization")
    assert office.cells(query).text(column, row) == "81 Baik"
    # What is typed is all that shall be there; words alone mean nothing here.
    put(office, "indicators", key, "realization", "82,5")
    row = row_of(office, "indicators", key)
    assert (row["realization"], row["realization_label"]) == (Decimal("82.5"), None)
    act = put(office, "indicators", key, "realization", "82,5 Sangat Baik")
    assert act
    assert [change.column for change in act.changes if isinstance(change, CellChange)] == ["label"]
    with pytest.raises(InputRefused):
        put(office, "indicators", key, "realization", "Baik")
    put(office, "indicators", key, "realization", "")
    row = row_of(office, "indicators", key)
    assert (row["realization"], row["realization_label"]) == (None, None)
    before = facts_of(office)
    put(office, "indicators", key, "realization", "81 Baik")
    office.undo()
    assert facts_of(office) == before


def test_a_value_in_words_is_a_label_alone(office: Workspace) -> None:
    """A target such as “WTP” could not be entered."""
    put(office, "indicators", "indicator/4", "value_kind", "text")
    put(office, "indicators", "indicator/4", "target_revised", "WTP")
    row = row_of(office, "indicators", "indicator/4")
    assert row["target_revised_label"] == "WTP"
    query, column, row = cell(office, "indicators", "indicator/5", "target_annual")
    put(office, "indicators", "indicator/5", "value_kind", "text")
    row = row_of(office, "indicators", "indicator/5")
    assert office.edit(query, column, row, "") is None
    act = office.edit(query, column, row, "Ada")
    assert act
    assert isinstance(act.changes[0], RowMade)
    # Where the fact has no place for words, they are refused.
    with pytest.raises(InputRefused):
        put(office, "indicators", "indicator/4", "upper_value", "banyak")


def test_a_read_only_file_refuses_every_edit(file: Path, fresh: Workspace) -> None:
    """A reader would see an edit that is nowhere."""
    fresh.close()
    with Workspace.open(file, read_only=True) as reader:
        for action in (
            lambda: put(reader, "activities", "sub_activity/1", "realization", "5"),
            lambda: insert(reader, "activities", "total"),
            lambda: delete(reader, "activities", "sub_activity/1"),
            lambda: reader.start_year(2022),
        ):
            with pytest.raises(Exception, match=r"office\.duckdb") as told:
                action()
            assert type(told.value).__name__ == "FileReadOnly"
        assert reader.undo() is None
        assert reader.redo() is None


# An empty office

SAMPLES: dict[Kind, tuple[str, Value]] = {
    Kind.RUPIAH: ("1.250.000", 1_250_000),
    Kind.PERCENT: ("67,5", Decimal("67.5")),
    Kind.INDEX: ("81,5", Decimal("81.5")),
    Kind.COUNT: ("12", 12),
    Kind.RANK: ("3", 3),
    Kind.ROMAN: ("IV", 4),
    Kind.FLAG: ("Tidak", False),
    Kind.TEXT: ("Uraian", "Uraian"),
    Kind.LONG: ("Baris\nkedua", "Baris\nkedua"),
}


def sample(workspace: Workspace, query: Query, column: Column, row: ViewRow) -> tuple[str, Value]:
    """Return what to type into a cell, and what it shall then hold."""
    options = workspace.cells(query).choices(column, row)
    if options is not None:
        assert options, f"{query.full_name}.{column.name} has nothing to choose from"
        option = options[1 if len(options) > 1 else 0]
        return option.label, option.value
    return SAMPLES[column.kind_in(row)]


def fill(workspace: Workspace, query: Query, row_key: str, year: int) -> int:
    """Fill every cell of a row that can be filled, look that it holds it, and count them."""
    filled = 0
    row = row_of(workspace, query.full_name, row_key, year)
    for name in query.header.edits:
        column = query.header.columns[name]
        if workspace.cells(query).target(column, row) is not None:
            text, value = sample(workspace, query, column, row)
            workspace.edit(query, column, row, text)
            row = row_of(workspace, query.full_name, row_key, year)
            assert row[name] == value, name
            filled += 1
    return filled


@pytest.mark.slow
def test_every_sheet_of_an_empty_office_can_be_filled(empty: Workspace) -> None:
    """A new office would have to borrow another one's file to begin with."""
    year = empty.office.latest
    order = {"objectives": 0, "indicators": 1, "programs": 2, "activities": 3}
    sheets = sorted(
        empty.registry.of_kind(QueryKind.SHEET), key=lambda sheet: order.get(sheet.name, 9)
    )
    start = facts_of(empty)
    for query in sheets:
        name = query.full_name
        if name in {"sheet.accepted_findings", "sheet.completeness"}:
            continue  # rows are made where the findings are; what is lacking is filled elsewhere
        there = rows_of(empty, name, year)
        keys = [there[0]["row_key"] if there else insert(empty, name, None, year)]
        for _rule in query.header.rows[1:]:
            # In a tree each line makes what stands one level deeper.
            keys.append(insert(empty, name, keys[-1 if query.header.level else 0], year))
        assert sum(fill(empty, query, key, year) for key in keys), name
    levels = {row["level"] for row in rows_of(empty, "activities", year)}
    assert levels == {0, 1, 2, 3}
    assert {row["level"] for row in rows_of(empty, "indicators", year)} == {1, 2}
    # What was filled is in the report, and all of it can be taken back.
    assert rows_of(empty, "performance_agreement", year)
    assert rows_of(empty, "budget_summary", year)
    findings, faults = empty.findings(year)
    assert faults == []
    assert isinstance(findings, list)
    while empty.undo():
        pass
    assert facts_of(empty) == start


def test_reading_alone_needs_no_target_in_the_file(office: Workspace) -> None:
    """A preview could not tell what a text would mean before it is put anywhere."""
    newest = office.history(1)
    where = cell(office, "activities", "sub_activity/1", "budget_initial")
    assert office.read_typed(*where, "5.000") == Reading(5000)
    assert office.history(1) == newest


def test_nothing_is_written_for_what_is_gone(office: Workspace) -> None:
    """A figure would be kept where no sheet shows it and no total counts it."""
    query, column, row = cell(office, "activities", "sub_activity/3", "budget_initial")
    activity = row_of(office, "activities", "activity/2")
    office.apply(office.deletion(query, [activity], YEAR))
    with pytest.raises(EditRefused):
        office.edit(query, column, row, "77")
    with pytest.raises(EditRefused):
        office.insert(query, {**office.names(YEAR), **row})
