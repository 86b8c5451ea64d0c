"""Data is shown as it stands, in every widget, whatever it looks like."""

import shutil
from pathlib import Path

import pytest
from textual.widgets import TextArea

from lkjip_tui.core.values import safe_text
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui.navigator import HISTORY, SQL
from tests.tui.conftest import OpenDesk

HOSTILE = [
    "[/]",
    "[Meningkat]",
    "[@click=app.quit]x[/]",
    "\x1b]0;owned\x07\x1b[31mred",
    "\u202eterbalik",
    "x" * 10_000,
]


@pytest.fixture
def poisoned(example: Path, request: pytest.FixtureRequest) -> Path:
    """Return a file in which everything that bears a name bears the hostile text."""
    text = request.param
    with Workspace.open(example) as workspace:
        for sheet, column, key in (
            ("sheet.activities", "name", "sub_activity/1"),
            ("sheet.activities", "name", "program/1"),
            ("sheet.indicators", "name", "indicator/10"),
            ("sheet.objectives", "name", "objective/4"),
            ("sheet.office", "name", "office/1"),
            ("sheet.sections", "title", "section/1"),
        ):
            query = workspace.find(sheet)
            rows = workspace.rows(query, 2021)
            at = rows.position(key)
            row = rows.named(rows.window(at or 0, (at or 0) + 1)[0])
            workspace.edit(query, query.header.columns[column], row, text)
    return example


@pytest.mark.parametrize("poisoned", HOSTILE, indirect=True, ids=lambda text: ascii(text)[:24])
async def test_hostile_text_is_shown_as_it_stands_everywhere(
    desk: OpenDesk, poisoned: Path, request: pytest.FixtureRequest
) -> None:
    """A name in a file that somebody sent would end the program, or act in it."""
    text: str = request.node.callspec.params["poisoned"]
    shown = safe_text(text)[:12]
    async with desk(poisoned, size=(160, 45)) as user:
        assert user.app.workspace is not None
        assert shown in user.screen().splitlines()[0], "the office's name at the top"
        await user.go_to("sub_activity/1", "name")
        assert shown in user.screen(), "the grid and the detail"
        await user.press("f2")
        assert shown in user.screen(), "the editor"
        await user.press("escape", "ctrl+o")
        await user.see(lambda: user.app.screen is not user.workbench, "the whole text")
        assert shown in user.screen()
        await user.press("escape")
        await user.see(lambda: user.app.screen is user.workbench, "the workbench")
        for query in user.app.workspace.registry.queries.values():
            if query.kind != "basis":
                await user.open(query.full_name)
        await user.open("sheet.indicators")
        await user.go_to("indicator/10", "objective_id")
        await user.press("alt+down")
        assert shown in user.screen(), "the list of choices"
        await user.press("escape")
        await user.open(HISTORY)
        assert shown in user.screen(), "the history"
        await user.open(SQL)
        area = user.workbench.pane.query_one(TextArea)
        area.text = "select name from sub_activity where sub_activity_id = 1"
        await user.press("f5")
        await user.see(lambda: user.grid.model.row_count == 1, "the result")
        assert shown in user.screen(), "the result of a statement"
        assert not any(ord(character) < 32 for character in user.screen().replace("\n", ""))
        assert user.app.is_running


@pytest.mark.parametrize("poisoned", HOSTILE, indirect=True, ids=lambda text: ascii(text)[:24])
def test_hostile_text_survives_reopening(poisoned: Path, request: pytest.FixtureRequest) -> None:
    """What somebody wrote would come back as something else."""
    with Workspace.open(poisoned, read_only=True) as workspace:
        query = workspace.find("sheet.activities")
        rows = workspace.rows(query, 2021)
        at = rows.position("sub_activity/1")
        assert at is not None
        row = rows.named(rows.window(at, at + 1)[0])
        assert row["name"] == request.node.callspec.params["poisoned"]


async def test_the_start_screen_shows_hostile_file_names(
    desk: OpenDesk, example: Path, tmp_path: Path
) -> None:
    """A file's name would end the program before anything is open."""
    odd = tmp_path / "[@click=app.quit]x.duckdb"
    shutil.copyfile(example, odd)
    async with desk(odd) as user:
        assert "[@click=app.quit]x" in user.screen()
    async with desk(None) as user:
        await user.see(lambda: "[@click=app.quit]x" in user.screen(), "the file opened last")
