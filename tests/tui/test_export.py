"""Tables leave the screen as files, none over another's unless that was wanted."""

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from lkjip_tui.tui.console.pane import SqlPane
from lkjip_tui.tui.dialogs import Ask, Confirm
from lkjip_tui.tui.navigator import SQL
from tests.tui.conftest import Desk, OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted", "english")


async def ask(user: Desk, command: str) -> None:
    """Call an act that asks where to, and wait for its question."""
    await user.app.run_action(f"command('{command}')")
    await user.see(lambda: isinstance(user.app.screen, Ask), "the question")


async def answer(user: Desk, text: str) -> None:
    """Write over what is proposed."""
    asked = user.app.screen
    asked.query_one(Input).value = text
    await user.burst(["enter"], 0)  # who waits for keys would wait for the file
    await user.see(lambda: user.app.screen is not asked, "what comes behind the question")


async def test_a_file_that_is_there_is_replaced_when_the_user_says_so(
    desk: OpenDesk, example: Path
) -> None:
    """Otherwise a table finished by hand would be lost, or nothing be written twice."""
    file = example.parent / "mine.xlsx"
    file.write_text("mine", "utf-8")
    async with desk(example) as user:
        for key, kept in (("escape", True), ("enter", False)):
            await ask(user, "export")
            await answer(user, str(file))
            await user.see(lambda: isinstance(user.app.screen, Confirm), "whether to replace it")
            await user.press(key)
            await user.see(lambda: user.app.screen is user.workbench, "the table again")
            if not kept:
                await user.see(lambda: "Written" in user.screen(), "that it is written")
            assert (file.read_bytes() == b"mine") is kept


@pytest.mark.slow
async def test_the_report_s_tables_are_written_together(desk: OpenDesk, example: Path) -> None:
    """Otherwise each of eighteen tables would have to be exported by hand."""
    folder = example.parent / "out"
    async with desk(example) as user:
        await ask(user, "export_report")
        await answer(user, str(folder))
        await answer(user, "md pdf")
        await user.see(lambda: "pdf is no form" in user.screen(), "that there is no such form")
        assert user.app.screen.query_one(Input).value == "md pdf"
        await answer(user, "md XLSX")
        await user.see((folder / "manifest.json").exists, "the manifest")
        count = len(list(folder.iterdir()))
        await user.see(
            lambda: f"{count} files written: {folder}" in user.screen(), "how many there are"
        )
    assert {file.suffix for file in folder.iterdir()} == {".md", ".xlsx", ".json"}


@pytest.mark.slow
async def test_esc_stops_what_is_written(desk: OpenDesk, example: Path) -> None:
    """Otherwise a result that was far too long would have to be waited for."""
    async with desk(example) as user:
        await user.open(SQL)
        pane = user.workbench.pane
        assert isinstance(pane, SqlPane)
        pane.query_one(TextArea).text = "select r.range as n from range(500000000) as r"
        await user.press("f5")
        await user.see(lambda: pane.exportable() is not None, "the result")
        await ask(user, "export")
        await answer(user, str(example.parent / "long.csv"))
        await user.see(lambda: list(example.parent.glob(".long*")), "the file in the making")
        await user.burst(["escape"], 0)
        await user.see(lambda: "Stopped" in user.screen(), "that it stopped")
    assert not list(example.parent.glob("*long*"))


async def test_a_name_without_a_folder_is_written_beside_the_office_and_that_is_said(
    desk: OpenDesk, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise it is written where the program was started, and looked for everywhere."""
    (elsewhere := example.parent / "elsewhere").mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("HOME", str(example.parent))
    async with desk(example) as user:
        await ask(user, "export")
        await answer(user, "serapan.md")
        await user.see(lambda: "~/serapan.md" in user.screen(), "where it is")


async def test_the_next_table_is_offered_where_and_as_what_the_last_was_written(
    desk: OpenDesk, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise folder and ending of eighteen tables would have to be typed anew each time."""
    (folder := example.parent / "lampiran").mkdir()
    monkeypatch.chdir(example.parent)
    async with desk(Path(example.name)) as user:
        await user.open("report.achievement")
        await ask(user, "export")
        assert _offered(user) == example.parent / "achievement.md"
        await answer(user, "lampiran/one.csv")
        await user.see(lambda: "Written" in user.screen(), "that it is written")
        await user.open("report.budget_summary")
        await ask(user, "export")
        assert _offered(user) == folder / "budget_summary.csv"
        await user.press("escape")
        await ask(user, "report")
        assert _offered(user).parent == folder


def _offered(user: Desk) -> Path:
    return Path(user.app.screen.query_one(Input).value)
