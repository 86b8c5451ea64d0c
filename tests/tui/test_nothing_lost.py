"""Whatever a user does while a cell is open, what was typed is saved or still there."""

from pathlib import Path

import pytest
from textual.widgets import TextArea

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import CellEditor
from lkjip_tui.tui.help import Help
from lkjip_tui.tui.text_window import TextWindow
from tests.tui.conftest import Desk, OpenDesk

_CELL = ("sub_activity/3", "realization")
_MONEY = ("budget_initial", "budget_revised", "realization")
_SIBLINGS = ("sub_activity/7", "sub_activity/8", "sub_activity/9")


async def _type_over(user: Desk, text: str) -> None:
    await user.go_to(*_CELL)
    await user.type(text)
    await user.see(lambda: user.workbench.is_editing, "the editor")


@pytest.mark.parametrize("keys", [("ctrl+q",), ("ctrl+g",), ("f6",), ("f9",)])
async def test_leaving_an_open_cell_saves_it(
    desk: OpenDesk, example: Path, keys: tuple[str, ...]
) -> None:
    """A figure typed and left by any other key than Enter would be gone."""
    async with desk(example) as user:
        await _type_over(user, "55")
        await user.press(*keys)
        await user.see(
            lambda: not user.app.is_running or not user.workbench.is_editing, "the cell left"
        )
    with Workspace.open(example, read_only=True) as workspace:
        assert workspace.history(1)[0].after == "55"


async def test_quitting_over_a_refused_text_stays(desk: OpenDesk, example: Path) -> None:
    """The program would end with a figure that is nowhere."""
    async with desk(example) as user:
        await _type_over(user, "abc")
        await user.press("ctrl+q")
        assert user.app.is_running
        assert user.workbench.query_one(CellEditor).text == "abc"


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
        await user.see(lambda: user.app.screen is user.workbench, "the workbench")


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


@pytest.mark.parametrize("gap_ms", [0, 1, 3, 10, 30])
@pytest.mark.parametrize("end", ["tab", "enter"])
async def test_figures_typed_fast_stand_where_they_were_typed(
    desk: OpenDesk, example: Path, end: str, gap_ms: int
) -> None:
    """A key that overtakes another while a cell opens would put a wrong figure in the file."""
    cells = {
        "tab": [(_SIBLINGS[0], name) for name in _MONEY],
        "enter": [(row_key, _MONEY[0]) for row_key in _SIBLINGS],
    }[end]
    figures = ["1111111", "2222222", "3333333"]
    async with desk(example) as user:
        await user.go_to(*cells[0])
        await user.burst([key for figure in figures for key in (*figure, end)], gap_ms / 1000)
        await user.see(lambda: user.cell(*cells[-1]) == "3.333.333", "the last figure")
        assert [user.cell(*cell) for cell in cells] == ["1.111.111", "2.222.222", "3.333.333"]
        assert not user.workbench.is_editing
        assert user.app.workspace is not None
        acts = {entry.act_id for entry in user.app.workspace.history(10)}
        assert len(acts) == len(cells)
