"""The console: what is typed, run, stopped and read on."""

import asyncio
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Static, TextArea

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui.console.pane import SqlPane
from lkjip_tui.tui.navigator import SQL
from tests.tui.conftest import Desk, OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted")

_FOR_HOURS = "select sum(a.range * b.range) from range(3000000) a, range(200000) b"
_SOON_AND_LATE = (
    "select r.range as n from range(100000000000) as r"
    " where r.range < 4000 or r.range > 99999999000"
)
_SOON_ENOUGH = 2.0


def _pane(user: Desk) -> SqlPane:
    return user.workbench.query_one(SqlPane)


def _editor(user: Desk) -> TextArea:
    return _pane(user).query_one(TextArea)


async def _stop(user: Desk) -> None:
    """Stop what runs by the key for it, soon."""
    await user.press("escape")
    async with asyncio.timeout(_SOON_ENOUGH):
        await user.see(lambda: not _pane(user).is_at_work, "the end of the statement")


async def _choose_year(user: Desk, key: str, year: int) -> None:
    await user.press("alt+y")
    await user.see(lambda: user.app.screen is not user.workbench, "the years")
    await user.press(key, "enter")
    await user.see(lambda: user.workbench.year == year, "the other year")


def _answer(user: Desk) -> str:
    """Return the first figure of the result, empty while there is none."""
    return user.grid.model.rows(0, 1)[0].cells[0].text if user.grid.model.row_count else ""


async def test_the_sample_runs_as_it_stands(desk: OpenDesk, example: Path) -> None:
    """The first thing a newcomer tries in the console would fail."""
    async with desk(example) as user:
        await user.open(SQL)
        await user.press("f5")
        await user.see(lambda: user.grid.model.row_count > 0, "the sample's rows")


async def test_what_is_typed_first_replaces_the_sample(desk: OpenDesk, example: Path) -> None:
    """A statement would be typed in front of the sample, and not be understood."""
    async with desk(example) as user:
        await user.open(SQL)
        await user.type("select 7")
        assert _editor(user).text == "select 7"
        await user.open("sheet.programs")
        await user.open(SQL)
        await user.type("8")
        assert _editor(user).text == "select 78", "it is selected the first time only"
        await user.press("home", "ctrl+a", "x")
        assert _editor(user).text == "x"


async def test_esc_without_a_statement_keeps_the_keys_in_the_editor(
    desk: OpenDesk, example: Path
) -> None:
    """What is typed after it would go to the table of results, and be lost."""
    async with desk(example) as user:
        await user.open(SQL)
        await user.press("escape", "x")
        assert _editor(user).text == "x"
        assert _editor(user).has_focus


@pytest.mark.slow
@pytest.mark.parametrize("place", ["the editor", "the result"])
async def test_esc_stops_a_statement_and_the_result_before_stays(
    desk: OpenDesk, example: Path, place: str
) -> None:
    """A statement that takes for hours would cost the user the program, or the last result."""
    async with desk(example) as user:
        await user.open(SQL)
        editor = _editor(user)
        editor.text = "select name from objective order by number"
        await user.press("f5")
        await user.see(lambda: user.grid.model.row_count == 4, "four objectives")
        focused = editor if place == "the editor" else user.grid
        focused.focus()
        editor.text = _FOR_HOURS
        await user.press("f5")
        await user.see(lambda: _pane(user).is_at_work, "the statement at work")
        await user.see(lambda: "Esc" in user.screen().splitlines()[-1], "the key that stops")
        await _stop(user)
        assert focused.has_focus
        assert user.grid.model.row_count == 4
        assert "Esc" not in user.screen().splitlines()[-1]
        editor.text = "select 7"
        await user.press("f5")
        await user.see(lambda: user.grid.model.row_count == 1, "the next result")


@pytest.mark.slow
@pytest.mark.usefixtures("english")
async def test_a_stopped_statement_is_told(desk: OpenDesk, example: Path) -> None:
    """The user would take the result before for the new one."""
    async with desk(example) as user:
        await user.open(SQL)
        _editor(user).text = _FOR_HOURS
        await user.press("f5")
        await user.see(lambda: _pane(user).is_at_work, "the statement at work")
        await _stop(user)
        assert "stopped after" in user.screen()
        assert "the result above" not in user.screen(), "there is none"
        _editor(user).text = "select 7"
        await user.press("f5")
        await user.see(lambda: user.grid.model.row_count == 1, "a result")
        _editor(user).text = _FOR_HOURS
        await user.press("f5")
        await user.see(lambda: "the result above is the one before." in user.screen(), "its mark")
        await _stop(user)
        assert "; the result above is the one before." in user.screen()
        assert "stopped after" in user.screen()


@pytest.mark.slow
@pytest.mark.usefixtures("english")
async def test_rows_that_stay_away_keep_no_key_waiting(desk: OpenDesk, example: Path) -> None:
    """A page that takes for hours would freeze the screen, and nothing could stop it."""
    async with desk(example) as user:
        await user.open(SQL)
        _editor(user).text = _SOON_AND_LATE
        await user.press("f5")
        await user.see(lambda: user.grid.model.row_count > 2_000, "what is there already")
        await user.see(lambda: "Esc stops it" in user.screen(), "the key that stops")
        user.grid.focus()
        count = user.grid.model.row_count
        await user.press("ctrl+end", "up")
        assert user.grid.cursor_row == count - 2
        assert " rows of at least " in user.screen()
        await _stop(user)
        assert "stopped; there may be more" in user.screen()
        await user.press("down", "down")
        assert not _pane(user).is_at_work, "what was stopped does not go on by itself"
        assert user.grid.model.row_count == count
        _editor(user).text = "select 7"
        await user.press("f5")
        await user.see(lambda: user.grid.model.row_count == 1, "the next result")


async def test_the_year_of_a_statement_is_the_one_on_the_screen(
    desk: OpenDesk, example: Path
) -> None:
    """The figures of another year would be read and written out as this one's."""
    with Workspace.open(example) as workspace:
        workspace.start_year(2022)
    async with desk(example) as user:
        await user.open(SQL)
        _editor(user).text = "select $fiscal_year as y"
        await user.press("f5")
        await user.see(lambda: _answer(user) == "2022", "the latest year")
        truth = _pane(user).result.query_one("#truth", Static)
        assert " 2022 " not in str(truth.render())
        await _choose_year(user, "up", 2021)
        await user.see(lambda: " 2022 " in str(truth.render()), "of which year the result is")
        await user.press("f5")
        await user.see(lambda: _answer(user) == "2021", "the year on the screen")
        assert " 2021 " not in str(truth.render())
        await _choose_year(user, "down", 2022)
        await user.app.run_action("command('export')")
        await user.see(lambda: user.app.screen is not user.workbench, "the question where")
        await user.press("enter")
        written = example.parent / "result.md"
        await user.see(written.exists, "the file")
        assert "2021" in written.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("keys", [("ctrl+q",), ()], ids=["by its key", "by what ends it"])
async def test_the_program_ends_while_a_statement_runs(
    desk: OpenDesk, example: Path, keys: tuple[str, ...]
) -> None:
    """Leaving would wait for hours, or end in a traceback."""
    async with asyncio.timeout(10 * _SOON_ENOUGH), desk(example) as user:
        await user.open(SQL)
        _editor(user).text = _FOR_HOURS
        await user.press("f5")
        await user.see(lambda: _pane(user).is_at_work, "the statement at work")
        await user.press(*keys)


async def test_alt_with_a_letter_types_nothing(desk: OpenDesk, example: Path) -> None:
    """A key of the program would leave a letter in the statement."""
    async with desk(example) as user:
        await user.open(SQL)
        before = user.workbench.query_one(TextArea).text
        for letter in "yo":
            user.app.post_message(events.Key(f"alt+{letter}", letter))
        await user.see(lambda: user.app.screen is not user.workbench, "the years")
        await user.press("escape")
        assert user.workbench.query_one(TextArea).text == before
