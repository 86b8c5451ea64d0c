"""Whole rows are duplicated, moved and put elsewhere by keys."""

from pathlib import Path

import pytest

from lkjip_tui.tui.dialogs import Notice
from tests.core.support import facts_of
from tests.tui.conftest import OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted")

_FIRST = "sub_activity/1"
_NAMED_ALONE = """-- title: Bernama | Named
-- column name: text "Nama | Name"
-- column number: rank "No"
-- edit name: objective.name (objective_id)
-- row: objective () by number
select y.fiscal_year, 'objective/' || o.objective_id as row_key, o.objective_id, o.name, o.number
from objective as o cross join report_year as y
where o.name is not null
"""
_NOT_COUNTED = """-- title: Belum didata | Not counted
-- column population_year: rank "Tahun | Year"
-- column male: count "Laki-laki | Male"
-- edit male: population.male (fiscal_year = population_year)
-- order: population_year
-- row: population (fiscal_year = population_year)
select y.fiscal_year, 'population/' || n.range as row_key, n.range as population_year, p.male
from report_year as y cross join range(2010, 2015) as n
left join main.population as p on p.fiscal_year = n.range
where p.fiscal_year is null
"""


async def test_a_row_is_duplicated_named_and_moved(desk: OpenDesk, example: Path) -> None:
    """A sub kegiatan like another would be typed again, and stand where it was made."""
    async with desk(example) as user:
        await user.go_to(_FIRST, "budget_revised")
        at, before = user.grid.cursor_row, user.grid.model.row_count
        await user.press("alt+insert")
        await user.see(lambda: user.grid.model.row_count == before + 1, "the copy")
        assert user.grid.cursor_row == at + 1
        await user.press(*"Salinan", "enter")
        await user.see(lambda: "Salinan" in user.screen(), "its name")
        assert user.cell(_FIRST, "number") == "1"
        await user.press("alt+pageup")
        await user.see(lambda: user.cell(_FIRST, "number") == "2", "the other place")
        assert user.grid.cursor_row == at
        await user.press("alt+pageup")
        assert "●" in user.screen().splitlines()[-3]
        await user.press("alt+pagedown")
        await user.see(lambda: user.cell(_FIRST, "number") == "1", "its own place again")
        assert user.grid.cursor_row == at + 1


@pytest.mark.usefixtures("english")
async def test_no_row_is_moved_while_another_order_shows_or_rows_are_left_out(
    desk: OpenDesk, example: Path
) -> None:
    """It would seem to stand still, or change places with a row that nobody sees."""
    async with desk(example) as user:
        await user.go_to(_FIRST, "realization")
        assert user.app.workspace is not None
        for key, told in (("alt+s", "Alt+S in the column with ⇡"), ("alt+v", "Alt+Shift+V shows")):
            await user.press(key, "alt+pagedown")
            assert told in user.screen()
            assert not user.app.workspace.deeds(1)
            await user.press(*["alt+s"] * 2 if key == "alt+s" else ["alt+shift+v"])
        await user.press("alt+pagedown")
        await user.see(lambda: user.cell(_FIRST, "number") == "2", "its new place")


async def test_a_row_is_put_under_what_is_picked_by_a_part_of_its_name(
    desk: OpenDesk, example: Path
) -> None:
    """A kegiatan in the wrong program could only be typed again."""
    async with desk(example) as user:
        await user.go_to("activity/1", "name")
        await user.app.run_action("command('put_under')")
        await user.press(*"IV ", "enter")
        await user.see(lambda: user.cell("activity/1", "number") == "2", "its new number")
        model = user.workbench.query_pane.model
        assert model is not None
        assert model.row(user.grid.cursor_row)["row_key"] == "activity/1"
        assert model.row(user.grid.cursor_row)["program_id"] == 4
        await user.press("ctrl+z")
        await user.see(lambda: user.cell("activity/1", "number") == "1", "everything taken back")


@pytest.mark.slow
@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("sheet", "row_key", "gap"),
    [
        (_NAMED_ALONE, "objective/1", 0),
        (_NAMED_ALONE, "objective/1", 0.03),
        (_NOT_COUNTED, "population/2011", 0.03),
    ],
)
async def test_what_is_typed_behind_a_new_row_that_its_sheet_leaves_out_goes_nowhere(
    desk: OpenDesk, example: Path, sheet: str, row_key: str, gap: float
) -> None:
    """The objective under the cursor would be renamed, and the one below it get a figure."""
    folder = example.parent / "queries" / "sheets"
    folder.mkdir(parents=True)
    (folder / "own.sql").write_text(sheet, "utf-8")
    async with desk(example) as user:
        await user.open("sheet.own")
        await user.go_to(row_key, "male" if sheet == _NOT_COUNTED else "name")
        workspace = user.app.workspace
        assert workspace is not None
        before = facts_of(workspace)
        keys = ["insert", *"Baru", "tab", *"9", "enter", "down", *"Lain", "enter", "delete"]
        await user.burst(keys, gap)
        await user.see(lambda: isinstance(user.app.screen, Notice), "that it is not shown")
        await user.press("x")
        assert "this table does not show it" in user.screen()
        assert len(workspace.deeds(5)) == 1
        await user.press("escape", "ctrl+z")
        await user.see(lambda: facts_of(workspace) == before, "everything as it was")
