"""The catalogue of the console: found by words, told, put into the editor, looked at."""

from pathlib import Path

import pytest
from textual.widgets import OptionList, Static

from lkjip_tui.tui.console.catalogue import SqlCatalogue
from lkjip_tui.tui.console.pane import SqlPane
from lkjip_tui.tui.dialogs import Confirm
from lkjip_tui.tui.navigator import SQL
from lkjip_tui.tui.text_window import TextWindow
from tests.tui.conftest import Desk, OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted", "english")


def _text(user: Desk) -> str:
    return user.workbench.query_one(SqlPane).editor.area.text


async def _open(user: Desk, words: str = "") -> None:
    await user.press("alt+shift+c")
    await user.see(lambda: isinstance(user.app.screen, SqlCatalogue), "the catalogue")
    await user.type(words)


async def _look(user: Desk) -> None:
    """Look at rows, at what they come to, and at a definition."""
    await _open(user, "service_result")
    await user.press("f5")
    await user.see(lambda: user.grid.model.row_count == 8, "its rows")
    assert _text(user) == "from service_result\nwhere fiscal_year = $fiscal_year\nlimit 100"
    await _open(user, "service_result")
    await user.press("f9")
    await user.see(lambda: user.grid.model.columns[0].name == "column_name", "its summary")
    assert _text(user) == "summarize service_result"
    assert "3 " not in user.screen().splitlines()[1], "in the place of what was looked at"
    await _open(user, "report.budget_summary")
    await user.press("f8")
    await user.see(lambda: isinstance(user.app.screen, TextWindow), "its definition")
    assert "-- title: " in user.screen()
    await user.press("escape", "f4")
    await user.see(lambda: _text(user).startswith("-- title: "), "the same in the editor")


async def _mend(user: Desk, file: Path) -> None:
    """Ask to delete a file that was refused, leave it, and open it instead."""
    await _open(user, "mine")
    assert "mine.sql, line 1: “titel: Mine”" in user.screen()
    await user.press("ctrl+delete")
    await user.see(lambda: isinstance(user.app.screen, Confirm), "the question")
    await user.press("escape")
    await _open(user, "mine")
    await user.press("enter")
    await user.see(lambda: _text(user) == file.read_text(), "the refused file")
    assert user.workbench.query_one(SqlPane).editor.file == file


@pytest.mark.slow
async def test_what_a_file_holds_is_found_and_comes_into_the_editor(
    desk: OpenDesk, example: Path
) -> None:
    """Whoever does not know the names could ask nothing, nor mend a query file."""
    file = example.parent / "queries" / "sheets" / "mine.sql"
    file.parent.mkdir(parents=True)
    file.write_text("-- titel: Mine\nselect 1")
    async with desk(example, size=(80, 24)) as user:
        await user.open(SQL)
        await user.press(*"select count(*) from")
        await _open(user, "penyerapan")
        await user.see(lambda: "5 rows, 5 of them of 2021 · 9 columns" in user.screen(), "rows")
        assert "report.program_absorption" in user.screen()
        await user.press("enter")
        assert _text(user) == "select count(*) from report.program_absorption"
        await user.press(*" where ")
        await _open(user)
        await user.press("pagedown", "pagedown", "tab")
        window, listed = user.app.screen, user.app.screen.query_one(OptionList)
        await user.see(lambda: listed.scroll_offset.y == listed.highlighted, "its columns")
        keys = window.query_one("#keys", Static)
        assert keys.size.height == 1
        assert str(keys.render()).endswith("Esc leave")
        await user.type("report.program_absorption")
        await user.press("tab", "down", "down", "down", "enter")
        assert _text(user).endswith("where program_id")
        await _open(user, "unrounded ratio")
        assert "sex_ratio_exact" in user.screen(), "a column by its meaning"
        await user.press("escape")
        assert _text(user).endswith("where program_id")
        await _open(user, "met_pct")
        await user.press("enter")
        assert _text(user).endswith("program_id met_pct(")
        await _look(user)
        await _mend(user, file)
