"""What a user does to a row of a sheet: made, duplicated, moved, put elsewhere, deleted."""

from itertools import takewhile

import pytest

from lkjip_tui.core.acts import Act, CellChange, RowMade
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.core.workspace import Workspace
from tests.core.support import (
    YEAR,
    delete,
    facts_of,
    insert,
    inside,
    numbers,
    put,
    row_of,
    rows_of,
    value_of,
)


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


# A new row


def test_a_row_is_made_where_the_cursor_stands(office: Workspace) -> None:
    """A sub kegiatan would be made under another kegiatan, or not at all."""
    before = facts_of(office)
    key = insert(office, "activities", "sub_activity/1")
    row = row_of(office, "activities", key)
    assert (row["level"], row["activity_id"], row["program_id"]) == (3, 1, 1)
    assert row["name"] is None
    # It stands behind the cursor's, and who stood there moved on.
    assert numbers(office, "sub_activity", "activity_id = 1") == [
        (1, 1),
        (int(key.split("/")[1]), 2),
        (2, 3),
    ]
    keys = [row["row_key"] for row in rows_of(office, "activities")]
    assert keys.index(key) == keys.index("sub_activity/1") + 1
    key = insert(office, "activities", "activity/1")
    assert row_of(office, "activities", key)["number"] == 4
    key = insert(office, "activities", "program/1")
    row = row_of(office, "activities", key)
    assert (row["level"], row["program_id"]) == (2, 1)
    assert row["number"] == len(numbers(office, "activity", "program_id = 1"))
    key = insert(office, "activities", "total")
    row = row_of(office, "activities", key)
    assert (row["level"], row["number"]) == (1, 6)
    assert office.undo()
    assert office.undo()
    assert office.undo()
    assert office.undo()
    assert facts_of(office) == before
    assert office.undo() is None


def test_a_new_thing_belongs_to_the_year_and_stage_of_the_screen(office: Workspace) -> None:
    """What was just made would not be seen."""
    key = insert(office, "activities", "total")
    number = int(key.split("/")[1])
    assert inside(office).facts.rows("program_budget", (("program_id", number),)) == [
        (
            ("program_id", number),
            ("fiscal_year", 2021),
            ("stage", "revised"),
            ("amount", None),
            ("note", None),
            ("indicator_id", None),
        )
    ]
    assert key in [row["row_key"] for row in rows_of(office, "programs")]


def test_numbers_of_other_parents_stay(office: Workspace) -> None:
    """Making a kegiatan in one program would renumber those of another."""
    others = numbers(office, "sub_activity", "activity_id <> 1")
    insert(office, "activities", "sub_activity/1")
    assert numbers(office, "sub_activity", "activity_id <> 1") == others


def test_things_without_a_parent_are_numbered_among_themselves(office: Workspace) -> None:
    """A service without a group would renumber the services of all groups."""
    grouped = numbers(office, "service")
    first = insert(office, "services")
    second = insert(office, "services", first)
    third = insert(office, "services", first)
    assert numbers(office, "service", "service_group is not null") == grouped
    ids = [int(key.split("/")[1]) for key in (first, third, second)]
    assert numbers(office, "service", "service_group is null") == [
        (ids[0], 1),
        (ids[1], 2),
        (ids[2], 3),
    ]


def test_a_row_of_figures_is_made_once(office: Workspace) -> None:
    """A year's population would be there twice, or overwritten with nothing."""
    with pytest.raises(EditRefused):
        insert(office, "sheet.population", "population/2021")
    delete(office, "sheet.population", "population/2020")
    new = office.insert(
        office.find("sheet.population"),
        {**office.names(YEAR), **row_of(office, "sheet.population", "population/2020")},
    )
    assert [type(change) for change in new.act.changes] == [RowMade]
    assert new.row_key is None


def test_tables_without_row_lines_make_none(office: Workspace) -> None:
    """Insert in a report table would do something that nobody expects."""
    newest = office.history(1)
    for name in ("report.achievement", "sheet.quarters", "sheet.office", "sheet.report_years"):
        query = office.find(name)
        with pytest.raises(EditRefused):
            office.insert(query, {**office.names(YEAR), **rows_of(office, name)[0]})
        with pytest.raises(EditRefused):
            office.deletion(query, [rows_of(office, name)[0]], YEAR)
    assert office.history(1) == newest


# A duplicate


def duplicate(workspace: Workspace, name: str, row_key: str, year: int = YEAR) -> str:
    """Duplicate a row, and return the copy's key."""
    row = row_of(workspace, name, row_key, year)
    return str(workspace.duplicate(workspace.find(name), row, year).row_key)


def beneath(workspace: Workspace, row_key: str, year: int = YEAR) -> list[list[object]]:
    """Return names and figures of a row of the activities and of all beneath it."""
    rows = rows_of(workspace, "activities", year)
    first = next(at for at, row in enumerate(rows) if row["row_key"] == row_key)
    level = rows[first]["level"]
    below = takewhile(lambda row: row["level"] > level, rows[first + 1 :])
    names = ("name", "code", "budget_initial", "budget_revised", "realization", "absorption_pct")
    return [[row[name] for name in names] for row in (rows[first], *below)]


@pytest.mark.parametrize("key", ["program/1", "activity/4", "sub_activity/3"])
def test_a_copy_stands_behind_its_original_with_all_beneath_it(office: Workspace, key: str) -> None:
    """A program that begins like another would have to be typed again, figure by figure."""
    before, figures = facts_of(office), beneath(office, key)
    copy = duplicate(office, "activities", key)
    assert beneath(office, copy) == beneath(office, key) == figures
    level = row_of(office, "activities", key)["level"]
    keys = [row["row_key"] for row in rows_of(office, "activities") if row["level"] == level]
    assert keys.index(copy) == keys.index(key) + 1
    number = value_of(office, "activities", key, "number")
    assert value_of(office, "activities", copy, "number") == int(str(number)) + 1
    office.undo()
    assert facts_of(office) == before


def test_the_copy_of_an_indicator_has_the_year_s_plans_and_result(office: Workspace) -> None:
    """It would stand in no agreement, or bring results of years in which it was not there."""
    key, copy = "indicator/10", duplicate(office, "indicators", "indicator/10")
    old, new = row_of(office, "indicators", key), row_of(office, "indicators", copy)
    same = ("objective_id", "name", "unit", "formula", "value_scale", "target_strategic")
    for column in (*same, "realization", "achievement_pct"):
        assert new[column] == old[column], column
    assert (old["realization_1_before"], new["realization_1_before"]) == (80, None)
    served = inside(office).facts.rows("program_budget", (("indicator_id", new["indicator_id"]),))
    assert served == []


def test_a_copy_leaves_other_years_and_their_parts_alone(office: Workspace) -> None:
    """What was dropped years ago would come back, or last year's report would count twice."""
    office.start_year(2022)
    delete(office, "activities", "sub_activity/1", 2022)
    shown = rows_of(office, "activities", 2021)
    copy = duplicate(office, "activities", "activity/1", 2022)
    assert len(beneath(office, copy, 2022)) == len(beneath(office, "activity/1", 2022))
    assert [row["row_key"] for row in rows_of(office, "activities", 2021)] == [
        row["row_key"] for row in shown
    ]
    made = numbers(office, "sub_activity", f"activity_id = {copy.split('/')[1]}")
    assert len(made) == len(numbers(office, "sub_activity", "activity_id = 1")) - 1


def test_a_row_of_figures_has_no_copy(office: Workspace) -> None:
    """Two amounts would stand for one program and one stage."""
    newest = office.history(1)
    for name, key in (
        ("sheet.population", "population/2021"),
        ("agreement_budget", "program/1/revised"),
        ("activities", "total"),
        ("report.achievement", "indicator/5"),
    ):
        with pytest.raises(EditRefused) as told:
            duplicate(office, name, key)
        assert told.value.hint
    assert office.history(1) == newest


# Another place


def move(workspace: Workspace, name: str, row_key: str, step: int, year: int = YEAR) -> Act:
    """Move a row up (-1) or down (1)."""
    return workspace.move(workspace.find(name), row_of(workspace, name, row_key, year), year, step)


def put_under(workspace: Workspace, name: str, row_key: str, parent: int, year: int = YEAR) -> Act:
    """Put a row under another thing."""
    query = workspace.find(name)
    return workspace.put_under(query, row_of(workspace, name, row_key, year), parent)


def test_a_row_changes_places_with_the_one_beside_it(office: Workspace) -> None:
    """The order of the printed table could be mended only by typing numbers."""
    before = facts_of(office)
    act = move(office, "activities", "program/2", -1)
    assert act.changes == tuple(
        CellChange("program", (("program_id", owner),), "number", was, now)
        for owner, was, now in ((2, 2, 1), (1, 1, 2))
    )
    keys = [row["row_key"] for row in rows_of(office, "activities")]
    assert keys.index("program/2") < keys.index("sub_activity/3")
    assert value_of(office, "program_absorption", "program/2", "number") == 1
    move(office, "activities", "program/2", 1)
    assert facts_of(office) == before


def test_numbers_change_in_every_year_in_which_what_bears_them_stands(office: Workspace) -> None:
    """The order of a report that is published already would change, and nobody be told."""
    query = office.find("sheet.activities")

    def years(act: Act) -> int:
        return office.renumbered_years(query, act)

    def new_row(row_key: str) -> Act:
        return office.insert(query, row_of(office, "activities", row_key)).act

    assert years(move(office, "activities", "sub_activity/1", 1)) == 1
    assert years(new_row("sub_activity/2")) == 1
    office.start_year(YEAR + 1)
    assert years(move(office, "activities", "activity/1", 1)) == 2
    assert years(new_row("sub_activity/2")) == 2
    assert years(new_row("activity/1")) == 0  # behind all others
    alone = [*map(new_row, ["activity/1", "activity/1"])]
    assert years(alone[0]) == 0
    last = f"sub_activity/{dict(alone[1].changes[0].key)['sub_activity_id']}"
    assert years(move(office, "activities", last, -1)) == 1


def test_the_first_row_goes_no_higher_and_the_last_no_lower(office: Workspace) -> None:
    """A sub kegiatan would slip into another kegiatan unseen."""
    newest = office.history(1)
    for key, step in (("sub_activity/3", -1), ("activity/1", -1), ("program/5", 1)):
        with pytest.raises(EditRefused) as told:
            move(office, "activities", key, step)
        assert told.value.hint
    assert office.history(1) == newest


def test_rows_without_numbers_keep_their_computed_order(office: Workspace) -> None:
    """A key would change what nobody sees."""
    for name in ("scales", "sections", "sheet.population", "printed_figures", "achievement"):
        with pytest.raises(EditRefused):
            move(office, name, rows_of(office, name)[1]["row_key"], -1)


def test_a_row_passes_those_that_the_year_does_not_show(office: Workspace) -> None:
    """A key would seem to do nothing, once for each that other years have in between."""
    office.start_year(2022)
    delete(office, "activities", "program/2", 2022)
    move(office, "activities", "program/3", -1, 2022)
    shown = [row["row_key"] for row in rows_of(office, "activities", 2022) if row["level"] == 1]
    assert shown[:2] == ["program/3", "program/1"]
    assert [owner for owner, _number in numbers(office, "program")] == [3, 2, 1, 4, 5]


def test_numbers_that_stand_twice_are_moved_all_the_same(office: Workspace) -> None:
    """Two programs with one number could not be brought into order."""
    put(office, "programs", "program/2", "number", "1")
    put(office, "programs", "program/3", "number", "1")
    move(office, "activities", "program/3", -1)
    assert [owner for owner, _number in numbers(office, "program")] == [1, 3, 2, 4, 5]
    move(office, "activities", "program/3", -1)
    assert [owner for owner, _number in numbers(office, "program")] == [3, 1, 2, 4, 5]


def test_a_part_is_put_under_another_whole(office: Workspace) -> None:
    """A kegiatan in the wrong program would have to be typed again, and lose its history."""
    before, figures = facts_of(office), beneath(office, "activity/2")
    act = put_under(office, "activities", "activity/2", 3)
    assert {(change.table, type(change)) for change in act.changes} == {("activity", CellChange)}
    assert beneath(office, "activity/2") == figures
    assert numbers(office, "activity", "program_id = 3")[-1] == (2, 2)
    left = [number for _owner, number in numbers(office, "activity", "program_id = 1")]
    assert left == [*range(1, 7)]
    assert value_of(office, "activities", "total", "realization") == sum(
        row["realization"] for row in rows_of(office, "activities") if row["level"] == 1
    )
    office.undo()
    assert facts_of(office) == before


def test_a_gap_that_was_there_stays(office: Workspace) -> None:
    """Numbers that an office keeps on purpose would be counted anew."""
    put(office, "activities", "activity/7", "number", "9")
    act = put_under(office, "activities", "activity/2", 3)
    assert {change.key for change in act.changes if isinstance(change, CellChange)} == {
        (("activity_id", 2),)
    }


def test_the_parents_to_choose_from_are_those_on_the_screen(office: Workspace) -> None:
    """A row could be put where nobody sees it, or under a namesake."""
    for name, key, labels in (
        ("activities", "activity/2", ["II Program", "III Program", "IV Program", "V Program"]),
        ("indicators", "indicator/4", ["1 Meningkatnya", "3 Meningkatnya", "4 Meningkatnya"]),
    ):
        found = office.parents(office.find(name), row_of(office, name, key), YEAR)
        assert [" ".join(choice.label.split()[:2]) for choice in found] == labels
    row = row_of(office, "activities", "sub_activity/3")
    found = office.parents(office.find("activities"), row, YEAR)
    assert found[0].label.startswith("I.1 ")
    assert found[-1].label.startswith("V.1 ")
    with pytest.raises(EditRefused):
        office.parents(office.find("programs"), row_of(office, "programs", "program/1"), YEAR)
    with pytest.raises(EditRefused):
        put_under(office, "activities", "activity/2", 1)
    with pytest.raises(EditRefused):
        put_under(office, "activities", "activity/2", 999)
