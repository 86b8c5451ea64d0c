"""Whatever a user does while a cell is open, what was typed is saved or still there."""

from functools import partial
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input, TextArea

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import CellEditor
from lkjip_tui.tui.dialogs import Ask
from lkjip_tui.tui.help import Help
from lkjip_tui.tui.navigator import Navigator
from lkjip_tui.tui.text_window import TextWindow
from tests.tui.conftest import Desk, OpenDesk

_CELL = ("sub_activity/3", "realization")
_MONEY = ("budget_initial", "budget_revised", "realization")
_SIBLINGS = ("sub_activity/7", "sub_activity/8", "sub_activity/9")


def _is_shown(user: Desk, cell: tuple[str, str], text: str) -> bool:
    return user.cell(*cell) == text


async def _type_over(user: Desk, text: str) -> None:
    await user.go_to(*_CELL)
    await user.type(text)
    await user.see(lambda: user.workbench.is_editing, "the editor")


@pytest.mark.usefixtures("uncounted")
async def test_leaving_an_open_cell_saves_it(desk: OpenDesk, example: Path) -> None:
    """A figure typed and left by any other key than Enter would be gone."""
    async with desk(example) as user:
        for key, text in (("f6", "55"), ("f9", "56"), ("ctrl+g", "57"), ("ctrl+q", "58")):
            user.grid.focus()
            await _type_over(user, text)
            await user.press(key)
            await user.see(
                lambda: not user.app.is_running or not user.workbench.is_editing,
                f"the cell left by {key}",
            )
            if user.app.is_running:
                assert user.app.workspace is not None
                assert user.app.workspace.history(1)[0].after == text, key
            if key == "ctrl+g":
                await user.press("escape")
                await user.see(lambda: user.app.screen is user.workbench, "the workbench")
    with Workspace.open(example, read_only=True) as workspace:
        assert workspace.history(1)[0].after == "58"


@pytest.mark.usefixtures("uncounted")
async def test_quitting_over_a_refused_text_stays(desk: OpenDesk, example: Path) -> None:
    """The program would end with a figure that is nowhere."""
    async with desk(example) as user:
        await _type_over(user, "abc")
        await user.press("ctrl+q")
        assert user.app.is_running
        assert user.workbench.query_one(CellEditor).text == "abc"


@pytest.mark.usefixtures("english", "uncounted")
async def test_a_refused_text_stands_beside_what_the_file_holds(
    desk: OpenDesk, example: Path
) -> None:
    """Under the box nobody sees the figure that stands, nor that it is another by now."""
    async with desk(example) as user:
        await _type_over(user, "12x")
        await user.press("enter")
        assert "✎ “12x”" in user.screen()
        assert "The cell holds" in user.screen()
        model, found = user.workbench.query_pane.model, user.workbench.query_pane.facts.cell()
        assert model is not None
        assert found is not None
        assert user.app.workspace is not None
        shown = user.cell(*_CELL)
        user.app.workspace.edit(model.cells.query, *found, "7.654.321")
        await user.press("backspace", "enter")
        for told in (shown, "7.654.321", "The cell holds 7.654.321."):
            assert told in user.screen()
        assert user.workbench.query_one(CellEditor).text == "12"
        await user.press("enter")
        await user.see(lambda: user.cell(*_CELL) == "12", "the figure, now that both are known")


@pytest.mark.usefixtures("uncounted")
async def test_going_elsewhere_by_the_navigator_saves_the_open_cell(
    desk: OpenDesk, example: Path
) -> None:
    """A click on another sheet would drop what was typed."""
    async with desk(example) as user:
        await _type_over(user, "56")
        user.workbench.go("sheet.programs")
        await user.see(lambda: user.workbench.place == "sheet.programs", "the programs")
        assert not user.workbench.is_editing
        assert user.app.workspace is not None
        assert user.app.workspace.history(1)[0].after == "56"


@pytest.mark.usefixtures("uncounted")
async def test_a_refused_long_text_stays_in_its_window(desk: OpenDesk, example: Path) -> None:
    """A text that a figure's cell cannot hold would vanish with its window."""
    async with desk(example) as user:
        await user.go_to(*_CELL)
        await user.press("ctrl+o")
        await user.see(lambda: isinstance(user.app.screen, TextWindow), "the window")
        user.app.screen.query_one(TextArea).text = "abc"
        await user.press("ctrl+s")
        assert isinstance(user.app.screen, TextWindow)
        await user.press("ctrl+q")
        assert user.app.is_running
        await user.press("escape")
        assert isinstance(user.app.screen, TextWindow)
        await user.press("escape")
        await user.see(lambda: user.app.screen is user.workbench, "the workbench")


@pytest.mark.usefixtures("uncounted")
async def test_help_does_not_open_over_help(desk: OpenDesk, example: Path) -> None:
    """The user would have to close the same window many times."""
    async with desk(example) as user:
        await user.press("f1")
        await user.see(lambda: isinstance(user.app.screen, Help), "the help")
        await user.press("f1")
        await user.see(lambda: user.app.screen is user.workbench, "the workbench")


async def test_a_sheet_that_fails_after_an_edit_ends_nothing(desk: OpenDesk, example: Path) -> None:
    """One bad query of a user's own would end the program in the middle of the work."""
    folder = example.parent / "queries" / "sheets"
    folder.mkdir(parents=True)
    (folder / "numbers.sql").write_text(
        "-- title: Angka\n-- order: program_id\n"
        '-- column code: text "Kode"\n-- column number: count "Angka"\n'
        "-- edit code: program.code (program_id)\n"
        "select 2021 as fiscal_year, 'program/' || p.program_id as row_key, p.program_id,\n"
        "    p.code, cast(p.code as integer) as number\nfrom program as p\n",
        "utf-8",
    )
    async with desk(example) as user:
        await user.open("sheet.numbers")
        await user.go_to("program/1", "code")
        await user.type("abc")
        await user.press("enter")
        await user.see(lambda: not user.workbench.is_editing, "the edit")
        assert user.app.is_running
        await user.open("sheet.programs")
        assert user.cell("program/1", "code") == "abc"


async def test_checking_says_what_it_found(desk: OpenDesk, example: Path) -> None:
    """The key would seem to do nothing."""
    async with desk(example) as user:
        await user.see(lambda: user.workbench.counts.findings is not None, "the first counts")
        await user.press("f9")
        await user.see(lambda: "2021:" in user.screen().splitlines()[-2], "the counts in words")


@pytest.mark.slow
@pytest.mark.parametrize("end", ["tab", "enter"])
async def test_figures_typed_fast_stand_where_they_were_typed(
    desk: OpenDesk, example: Path, end: str
) -> None:
    """A key that overtakes another while a cell opens would put a wrong figure in the file."""
    cells = {
        "tab": [(_SIBLINGS[0], name) for name in _MONEY],
        "enter": [(row_key, _MONEY[0]) for row_key in _SIBLINGS],
    }[end]
    acts = 0
    async with desk(example) as user:
        assert user.app.workspace is not None
        for digit, gap_ms in enumerate([0, 1, 3, 10, 30], 1):
            figures = [f"{digit}{number}11111" for number in (1, 2, 3)]
            printed = [f"{digit}.{number}11.111" for number in (1, 2, 3)]
            gap = f"{gap_ms} ms apart"
            await user.go_to(*cells[0])
            await user.burst([key for figure in figures for key in (*figure, end)], gap_ms / 1000)
            await user.see(partial(_is_shown, user, cells[-1], printed[-1]), f"the last, {gap}")
            assert [user.cell(*cell) for cell in cells] == printed, gap
            assert not user.workbench.is_editing, gap
            acts += len(cells)
            history = user.app.workspace.history(acts + 1)
            assert len({entry.act_id for entry in history}) == acts, gap


@pytest.mark.usefixtures("uncounted")
async def test_tab_moves_from_cell_to_cell_and_keeps_what_is_typed(
    desk: OpenDesk, example: Path
) -> None:
    """A column passed over by Tab would send the next figure to another pane, or over the last."""
    async with desk(example) as user:
        await user.go_to(_SIBLINGS[0], "budget_initial")
        await user.press(*"2000000", "tab", "tab", *"4000000", "tab")
        await user.see(lambda: user.cell(_SIBLINGS[0], "realization") == "4.000.000", "the second")
        assert user.cell(_SIBLINGS[0], "budget_initial") == "2.000.000"
        # Difference and percent are computed: the next fact is the code.
        await user.press(*"A1", "tab")
        await user.see(lambda: user.cell(_SIBLINGS[0], "code") == "A1", "the code")
        await user.press(*"2", "shift+tab")
        await user.see(lambda: user.cell(_SIBLINGS[1], "number") == "2", "the next row")
        await user.press(*"B2", "enter")
        await user.see(lambda: user.cell(_SIBLINGS[0], "code") == "B2", "the row above again")


async def test_enter_goes_on_to_the_next_fact_below(desk: OpenDesk, example: Path) -> None:
    """A column of amounts would stop at a subtotal, and the rest be typed into nothing."""
    async with desk(example) as user:
        await user.go_to("sub_activity/1", "budget_initial")
        await user.burst([*"11", "enter", *"22", "enter", *"33", "enter"], 0)
        await user.see(lambda: user.cell("sub_activity/3", "budget_initial") == "33", "the third")
        assert user.cell("sub_activity/2", "budget_initial") == "22"


@pytest.mark.usefixtures("uncounted")
async def test_the_cursor_stays_with_a_refused_text(desk: OpenDesk, example: Path) -> None:
    """What is typed after the refusal would go to another row."""
    async with desk(example) as user:
        await _type_over(user, "88x")
        await user.press("enter")
        assert user.workbench.is_editing
        at = user.grid.cursor_row, user.grid.cursor_column
        await user.pilot.click(user.grid, offset=(60, 4))
        await user.pilot.pause()
        await user.see(lambda: (user.grid.cursor_row, user.grid.cursor_column) == at, "the cell")
        assert user.workbench.query_one(CellEditor).text == "88x"


@pytest.mark.usefixtures("uncounted")
async def test_a_click_elsewhere_saves_the_cell_and_is_not_lost(
    desk: OpenDesk, example: Path
) -> None:
    """The user would have to click again, or lose the figure."""
    async with desk(example) as user:
        await _type_over(user, "57")
        await user.pilot.click(Navigator, offset=(5, 3))
        await user.see(lambda: user.workbench.place == "sheet.programs", "the programs")
        assert user.app.workspace is not None
        assert user.app.workspace.history(1)[0].after == "57"


@pytest.mark.usefixtures("uncounted")
async def test_a_pasted_text_waits_to_be_accepted(desk: OpenDesk, example: Path) -> None:
    """A figure from another program could not be put in, or would replace one unseen."""
    async with desk(example) as user:
        await user.go_to(*_CELL)
        user.app.post_message(events.Paste("3.000.000\n"))
        await user.see(lambda: user.workbench.is_editing, "the editor")
        await user.press("enter")
        await user.see(lambda: user.cell(*_CELL) == "3.000.000", "the figure")
        user.app.post_message(events.Paste("1\n2"))
        await user.pilot.pause()
        assert not user.workbench.is_editing
        assert user.cell(*_CELL) == "3.000.000"


@pytest.mark.usefixtures("english", "uncounted")
async def test_another_year_s_fact_is_told_as_such(desk: OpenDesk, example: Path) -> None:
    """The published result of last year would change behind the word “saved”."""
    with Workspace.open(example) as workspace:
        workspace.start_year(2022)
    async with desk(example) as user:
        await user.open("sheet.indicators")
        await user.go_to("indicator/4", "realization_1_before")
        await user.press(*"77", "enter")
        await user.see(lambda: "saved: 2021" in user.screen(), "the year")


@pytest.mark.usefixtures("uncounted")
async def test_an_export_that_fails_asks_again(desk: OpenDesk, example: Path) -> None:
    """A path with a slip would have to be typed anew."""
    async with desk(example) as user:
        await user.press("ctrl+e")
        await user.see(lambda: isinstance(user.app.screen, Ask), "the question")
        asked = user.app.screen
        await user.press(*str(example / "in a file.csv"), "enter")
        await user.see(lambda: user.app.screen is not asked, "the question anew")
        await user.see(lambda: isinstance(user.app.screen, Ask), "the question anew")
        assert user.app.screen.query_one(Input).value == str(example / "in a file.csv")
        await user.press(*str(example.parent / "all.csv"), "enter")
        await user.see((example.parent / "all.csv").exists, "the file")
