"""Data is shown as it stands, in every widget, whatever it looks like."""

import shutil
from pathlib import Path

import pytest
from textual.widgets import TextArea

from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid.layout import tame
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


HALVES = (HOSTILE[:3], HOSTILE[3:])


@pytest.fixture
def poisoned(example: Path, request: pytest.FixtureRequest) -> Path:
    """Return a file in which of everything that bears a name some bear a hostile text each.

    The first text is that of the first sub kegiatan, and so on; the office bears all of them.
    """
    texts = request.param
    with Workspace.open(example) as workspace:

        def put(sheet: str, column: str, key: str, text: str) -> None:
            query = workspace.find(sheet)
            rows = workspace.rows(query, 2021)
            at = rows.position(key)
            assert at is not None, key
            row = rows.named(rows.window(at, at + 1)[0])
            workspace.edit(query, query.header.columns[column], row, text)

        for number, text in enumerate(texts, 1):
            put("sheet.activities", "name", f"sub_activity/{number}", text)
            put("sheet.activities", "name", f"program/{number}", text)
            put("sheet.indicators", "name", f"indicator/{number}", text)
            put("sheet.indicators", "name", f"indicator/{number + 8}", text)
            put("sheet.objectives", "name", f"objective/{number + 1}", text)
            put("sheet.sections", "title", f"section/{number}", text)
        put("sheet.office", "name", "office/1", " ".join(texts))
    return example


@pytest.mark.slow
@pytest.mark.parametrize("poisoned", HALVES, indirect=True, ids=["marks", "signs and length"])
async def test_hostile_text_is_shown_as_it_stands_everywhere(
    desk: OpenDesk, poisoned: Path, request: pytest.FixtureRequest
) -> None:
    """A name in a file that somebody sent would end the program, or act in it."""
    texts: list[str] = request.node.callspec.params["poisoned"]
    all_shown = [safe_text(text)[:12] for text in texts]
    async with desk(poisoned, size=(160, 45)) as user:

        def are_shown(what: str) -> None:
            for shown in all_shown:
                assert shown in user.screen(), f"{shown} in {what}"

        assert user.app.workspace is not None
        for shown in all_shown:
            assert shown in user.screen().splitlines()[0], "the office's name at the top"
        for number, shown in enumerate(all_shown, 1):
            await user.go_to(f"sub_activity/{number}", "name")
            assert shown in user.screen(), "the grid and the detail"
            await user.press("f2")
            assert shown in user.screen(), "the editor"
            await user.press("escape", "ctrl+o")
            await user.see(lambda: user.app.screen is not user.workbench, f"{shown}, whole")
            assert shown in user.screen()
            await user.press("escape")
            await user.see(lambda: user.app.screen is user.workbench, "the workbench")
        for query in user.app.workspace.registry.queries.values():
            if query.kind != "basis":
                await user.open(query.full_name)
        await user.open("sheet.indicators")
        await user.go_to("indicator/10", "objective_id")
        await user.press("alt+down")
        are_shown("the list of choices")
        await user.press("escape")
        await user.open(HISTORY)
        are_shown("the history")
        await user.open(SQL)
        area = user.workbench.pane.query_one(TextArea)
        area.text = f"select name from sub_activity where sub_activity_id <= 3 -- {texts[0]}"
        await user.see(lambda: f"-- {tame(texts[0])}"[:8] in user.screen(), "the statement")
        await user.press("f5")
        await user.see(lambda: user.grid.model.row_count == 3, "the result")
        are_shown("the result of a statement")
        assert not any(ord(character) < 32 for character in user.screen().replace("\n", ""))
        assert user.app.is_running


@pytest.mark.parametrize("poisoned", HALVES, indirect=True, ids=["marks", "signs and length"])
def test_hostile_text_survives_reopening(poisoned: Path, request: pytest.FixtureRequest) -> None:
    """What somebody wrote would come back as something else."""
    with Workspace.open(poisoned, read_only=True) as workspace:
        query = workspace.find("sheet.activities")
        rows = workspace.rows(query, 2021)
        named = {row["row_key"]: row["name"] for row in map(rows.named, rows.window(0, rows.count))}
    for number, text in enumerate(request.node.callspec.params["poisoned"], 1):
        assert named[f"sub_activity/{number}"] == text


@pytest.mark.usefixtures("uncounted")
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
