"""Facts are edited by keys, and everything that rests on them follows."""

import time
from pathlib import Path

import pytest

from lkjip_tui.core.figures.values import NULL_SIGN
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import CellEditor
from lkjip_tui.tui.view import View
from tests.core.support import put
from tests.tui.conftest import OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted")

_SALARIES = "sub_activity/3"
#: Each program beside a choice that names the first one.
_CHAIN = """-- title: Rantai
-- column name: text "Nama"
-- column first_id: choice "Yang pertama"
-- edit name: program.name (program_id)
-- choice first_id: select program_id as id, name as label from program
select y.fiscal_year, 'program/' || p.program_id as row_key, p.program_id, p.name,
    case p.program_id when 4 then 1 end as first_id
from program as p cross join report_year as y
"""


async def test_an_edit_moves_its_percent_its_subtotals_and_the_tables(
    desk: OpenDesk, example: Path
) -> None:
    """A figure typed in one place that stands wrong in another is what the product ends."""
    async with desk(example) as user:
        await user.go_to(_SALARIES, "realization")
        await user.type("2.345.833.103")
        await user.press("enter")
        await user.see(lambda: user.cell(_SALARIES, "absorption_pct") == "70,11", "the new percent")
        assert user.cell("program/1", "realization") == "3.270.023.747"
        assert user.cell("total", "realization") == "3.561.282.212"
        await user.open("report.program_absorption")
        assert user.cell("program/1", "absorption_pct") == "75,18"
        await user.open("report.efficiency")
        changed = user.cell("indicator/10", "absorption_pct")
        await user.press("ctrl+z")
        await user.see(lambda: user.cell("indicator/10", "absorption_pct") != changed, "the undo")
        await user.open("sheet.activities")
        assert user.cell("total", "realization") == "3.230.910.909"


async def test_rows_that_an_edit_changes_are_drawn_anew_wherever_they_stand(
    desk: OpenDesk, example: Path
) -> None:
    """A sum or a name would be right in the file and old on the screen."""
    folder = example.parent / "queries" / "sheets"
    folder.mkdir(parents=True)
    (folder / "chain.sql").write_text(_CHAIN, "utf-8")
    async with desk(example) as user:
        before = user.cell("program/1", "realization")
        assert user.screen().count(before) == 1
        await user.go_to(_SALARIES, "realization")
        await user.type("2.345.833.103")
        await user.press("enter")
        await user.see(lambda: user.cell(_SALARIES, "absorption_pct") == "70,11", "the new percent")
        assert user.screen().count(user.cell("program/1", "realization")) == 1
        assert before not in user.screen()
        # The label of another row's choice is what was typed here.
        await user.open("sheet.chain")
        await user.go_to("program/1", "name")
        await user.type("Lain")
        await user.press("enter")
        await user.see(lambda: user.cell("program/1", "name") == "Lain", "the name")
        assert user.screen().count("Lain") == 2


async def test_undo_works_after_closing_and_opening_again(desk: OpenDesk, example: Path) -> None:
    """A mistake noticed the next morning could not be taken back."""
    async with desk(example) as user:
        await user.go_to(_SALARIES, "realization")
        await user.type("1")
        await user.press("enter")
        await user.see(lambda: user.cell(_SALARIES, "realization") == "1", "the edit")
    async with desk(example) as user:
        assert user.cell(_SALARIES, "realization") == "1"
        await user.press("ctrl+z")
        await user.see(lambda: user.cell(_SALARIES, "realization") == "2.015.461.800", "the undo")
        await user.press("ctrl+y")
        await user.see(lambda: user.cell(_SALARIES, "realization") == "1", "the redo")


async def test_undo_goes_to_the_cell_that_it_takes_back(desk: OpenDesk, example: Path) -> None:
    """The right figure, typed behind an undo, would land in the row below."""
    async with desk(example) as user:
        await user.go_to("sub_activity/3", "realization")
        await user.type("7")
        await user.press("enter")
        await user.see(lambda: user.cell("sub_activity/3", "realization") == "7", "the edit")
        below = user.grid.cursor_row
        await user.press("down", "left", "ctrl+z")
        await user.see(lambda: user.cell("sub_activity/3", "realization") != "7", "the undo")
        await user.see(lambda: user.grid.cursor_row == below - 1, "the cell that was edited")
        await user.press("down", "down", "ctrl+y")
        await user.see(lambda: user.grid.cursor_row == below - 1, "the cell, done again")


async def test_what_cannot_be_read_stays_in_the_open_editor_with_the_reason(
    desk: OpenDesk, example: Path
) -> None:
    """A mistyped figure would vanish, or be guessed."""
    async with desk(example) as user:
        await user.go_to(_SALARIES, "realization")
        await user.type("12,5")
        await user.press("enter")
        editor = user.workbench.query_one(CellEditor)
        assert editor.text == "12,5"
        assert "rupiah" in user.screen().lower()
        await user.press("escape")
        assert not editor.is_open
        assert user.cell(_SALARIES, "realization") == "2.015.461.800"


async def test_tab_goes_right_and_enter_goes_down(desk: OpenDesk, example: Path) -> None:
    """A row or a column of figures could not be typed without the arrows."""
    async with desk(example) as user:
        await user.go_to(_SALARIES, "budget_initial")
        row, column = user.grid.cursor_row, user.grid.cursor_column
        await user.type("5000")
        await user.press("tab")
        await user.see(lambda: user.grid.cursor_column == column + 1, "the next column")
        assert user.grid.cursor_row == row
        await user.press("f2", "enter")
        await user.see(lambda: user.grid.cursor_row == row + 1, "the next row")
        assert user.cell(_SALARIES, "budget_initial") == "5.000"


async def test_clearing_makes_a_figure_unknown_and_not_zero(desk: OpenDesk, example: Path) -> None:
    """A missing figure would count as nothing spent."""
    async with desk(example) as user:
        await user.go_to(_SALARIES, "realization")
        await user.press("delete")
        await user.see(lambda: user.cell(_SALARIES, "realization") == NULL_SIGN, "the null sign")


async def test_a_computed_cell_says_why_it_cannot_be_edited(desk: OpenDesk, example: Path) -> None:
    """The user would type over a formula, or wonder why nothing happens."""
    async with desk(example) as user:
        await user.go_to("program/1", "realization")
        await user.press("f2")
        assert "ƒ" in user.screen().splitlines()[-2]
        assert not user.workbench.is_editing


async def test_a_read_only_file_is_labelled_and_refuses_edits(
    desk: OpenDesk, example: Path
) -> None:
    """Someone would believe to have changed a file that nobody can change."""
    async with desk(example, read_only=True) as user:
        assert user.app.workspace is not None
        await user.go_to(_SALARIES, "realization")
        await user.press("5")
        assert not user.workbench.is_editing
        assert user.app.check_action("command", ("undo",)) is False


async def test_rows_are_made_and_deleted_and_taken_back(desk: OpenDesk, example: Path) -> None:
    """A sub kegiatan that was forgotten, or is one too many, could not be mended by keys."""
    async with desk(example) as user:
        await user.go_to(_SALARIES, "name")
        before = user.grid.model.row_count
        await user.press("insert")
        await user.see(lambda: user.grid.model.row_count == before + 1, "a new row")
        await user.type("Sub kegiatan baru")
        await user.press("enter")
        await user.see(lambda: "Sub kegiatan baru" in user.screen(), "its name")
        await user.press("up", "ctrl+delete")
        await user.see(lambda: user.app.screen is not user.workbench, "the question")
        await user.press("enter")
        await user.see(lambda: user.grid.model.row_count == before, "the deletion")
        await user.press("ctrl+z", "ctrl+z", "ctrl+z")
        await user.see(lambda: user.cell(_SALARIES, "number") == "1", "everything taken back")


@pytest.mark.usefixtures("english", "uncounted")
async def test_a_refused_text_is_not_told_to_be_saved(desk: OpenDesk, example: Path) -> None:
    """The word for the cell before it would stand for a figure that is in no file."""
    async with desk(example) as user:
        await user.go_to(_SALARIES, "realization")
        await user.press("5", "enter")
        await user.see(lambda: "saved" in user.screen().splitlines()[-2], "that it is saved")
        await user.press("x", "enter")
        await user.see(lambda: "cannot be read" in user.screen(), "why not")
        assert "saved" not in user.screen().splitlines()[-2]
        await user.press("ctrl+g")
        await user.see(lambda: "Esc leaves the cell" in user.screen(), "what is to be done")


@pytest.mark.usefixtures("uncounted")
async def test_an_edit_draws_its_rows_and_not_the_screen(desk: OpenDesk, example: Path) -> None:
    """Whoever types figures one below the other would wait for the screen each time."""
    async with desk(example) as user:
        bench = user.workbench
        await user.go_to(_SALARIES, "realization")
        for key in ("5", "enter"):
            await user.press(key)
            bench.set_focus(None if key == "enter" else bench.focused)
            assert not bench._repaint_required  # noqa: SLF001 - nothing else tells
        bench.refresh()
        assert bench._repaint_required  # noqa: SLF001 - likewise


@pytest.mark.usefixtures("english", "uncounted")
async def test_a_name_without_end_leaves_the_question_to_be_answered(
    desk: OpenDesk, example: Path
) -> None:
    """The keys that answer would stand beneath the screen."""
    with Workspace.open(example) as workspace:
        put(workspace, "activities", "sub_activity/1", "name", "x" * 10_000)
    async with desk(example, size=(80, 24)) as user:
        await user.go_to("sub_activity/1", "name")
        await user.press("ctrl+delete")
        await user.see(lambda: "Esc  leave it" in user.screen(), "the question")
        assert "Delete “xxx" in user.screen()


@pytest.mark.usefixtures("english", "uncounted")
async def test_the_chosen_rows_are_deleted_together(desk: OpenDesk, example: Path) -> None:
    """Of three rows that were chosen one alone would go, and the next key delete another."""
    async with desk(example) as user:
        before = user.grid.model.row_count
        await user.go_to("sub_activity/1", "name")
        await user.press("shift+down", "ctrl+delete")
        await user.see(lambda: user.app.screen is not user.workbench, "the question")
        assert "Delete 2 rows from 2021?" in user.screen()
        await user.press("enter")
        await user.see(lambda: user.grid.model.row_count == before - 2, "the deletion")
        assert not user.grid.has_block
        await user.press("ctrl+z")
        await user.see(lambda: user.grid.model.row_count == before, "both taken back")
        # A column is chosen, or every row by its cell: nobody meant to delete all of them.
        await user.press("alt+k", "ctrl+delete")
        await user.see(lambda: "Every row is chosen" in user.screen(), "why not")
        await user.press("ctrl+a", "ctrl+delete")
        await user.see(lambda: "“Jumlah”: This row is computed" in user.screen(), "which one")


async def test_a_name_typed_behind_insert_is_the_new_row_s_however_late_it_is_read(
    desk: OpenDesk, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a slow machine another sub kegiatan would be renamed, and the new one stay nameless."""
    read = View.read

    def late(workspace: Workspace, query: Query, year: int) -> View:
        time.sleep(0.8)
        return read(workspace, query, year)

    async with desk(example) as user:
        await user.go_to(_SALARIES, "name")
        before, name = user.grid.model.row_count, user.cell(_SALARIES, "name")
        monkeypatch.setattr(View, "read", late)
        await user.press("insert", *"Baru", "enter")
        await user.see(lambda: "Baru" in user.screen(), "the new name")
        assert user.grid.model.row_count == before + 1
        assert user.cell(_SALARIES, "name") == name


async def test_a_tree_is_folded_and_unfolded(desk: OpenDesk, example: Path) -> None:
    """Thirty programs with their sub kegiatan would be one long list."""
    async with desk(example) as user:
        everything = user.grid.model.row_count
        await user.go_to("program/1", "name")
        await user.press("alt+o")
        assert user.grid.model.row_count < everything
        await user.press("alt+o")
        assert user.grid.model.row_count == everything


async def test_a_choice_is_picked_by_typing_a_part_of_it(desk: OpenDesk, example: Path) -> None:
    """An indicator's formula would have to be known by heart."""
    async with desk(example) as user:
        await user.open("sheet.indicators")
        await user.go_to("indicator/4", "formula")
        await user.type("(T")
        await user.press("enter")
        await user.see(lambda: "(T − R) ÷ T" in user.cell("indicator/4", "formula"), "the choice")


async def test_a_column_of_choices_is_typed_downwards(desk: OpenDesk, example: Path) -> None:
    """Of formulas typed one after the other each would replace the one before."""
    async with desk(example) as user:
        await user.open("sheet.indicators")
        await user.go_to("indicator/4", "formula")
        model = user.workbench.query_pane.model
        assert model is not None
        at, column = user.grid.cursor_row, user.grid.cursor_column
        below = str(model.row(at + 1)["row_key"])
        await user.burst(["(", "T", "enter", "(", "T", "tab"], 0)
        await user.see(lambda: user.grid.cursor_column == column + 1, "the cell at its right")
        assert user.grid.cursor_row == at + 1
        for row_key in ("indicator/4", below):
            assert "(T − R) ÷ T" in user.cell(row_key, "formula")
