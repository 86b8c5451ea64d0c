"""A chart on the screen, and the whole report written from it."""

from pathlib import Path

import pytest

from lkjip_tui.tui.chart_window import ChartWindow
from tests.tui.conftest import OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted")


@pytest.mark.usefixtures("english")
async def test_a_chart_is_shown_where_there_is_one_and_told_where_not(
    desk: OpenDesk, example: Path
) -> None:
    """Which program spends could only be seen in figures."""
    async with desk(example, size=(80, 24)) as user:
        await user.press("alt+g")
        await user.see(lambda: "has no chart" in user.screen(), "that a sheet has none")
        await user.open("report.program_absorption")
        await user.press("alt+g")
        await user.see(lambda: isinstance(user.app.screen, ChartWindow), "the window")
        await user.see(lambda: "█ 4.349.483.103" in user.screen(), "a bar with its figure")
        assert "░ 2.939.652.444" in user.screen()
        await user.press("escape")
        await user.see(lambda: user.app.screen is user.workbench, "the workbench")


@pytest.mark.slow
@pytest.mark.usefixtures("english")
async def test_the_whole_report_is_written_and_what_is_wrong_in_it_is_told(
    desk: OpenDesk, example: Path
) -> None:
    """It would have to be written from the command line, or go out with holes."""
    async with desk(example) as user:
        await user.open("sheet.sections")
        await user.go_to("section/24", "title")
        await user.type("{nothing}")
        await user.press("enter")
        await user.app.run_action("command('report')")
        await user.see(lambda: "lkjip-2021.docx" in user.screen(), "the question")
        await user.paste(str(example.with_name("laporan.md")))
        await user.press("enter")
        await user.see(lambda: "called nothing" in user.screen(), "the name that is wrong")
        file = example.with_name("laporan.md")
        file.write_text("older")
        await user.app.run_action("command('report')")
        await user.see(lambda: "lkjip-2021.docx" in user.screen(), "the question")
        await user.paste(str(file))
        await user.press("enter")
        await user.see(
            lambda: "Replace what is there" in user.screen(), "that it would be replaced"
        )
        await user.press("enter")
        await user.see(lambda: "Written" in user.screen(), "that it is written")
        assert file.read_text("utf-8") != "older"
