"""Which agreement is in force, as the palette lets it be changed."""

from pathlib import Path

import pytest

from lkjip_tui.core.workspace import Workspace
from tests.core.support import put
from tests.tui.conftest import OpenDesk

pytestmark = pytest.mark.usefixtures("english", "uncounted")


async def test_the_revision_is_put_in_force_and_taken_back(desk: OpenDesk, example: Path) -> None:
    """A user would look for a switch that no key and no menu names."""
    with Workspace.open(example) as office:
        put(office, "report_years", "report_year/2021", "stage", "initial")
    async with desk(example) as user:
        await user.open("report_years")
        stage = ("report_year/2021", "stage")
        assert user.cell(*stage) == "initial"
        await user.press("ctrl+p", *"revision in force", "enter")
        await user.see(lambda: user.cell(*stage) == "revised", "the revision")
        await user.see(lambda: "revision in force: " in user.screen(), "that it is told")
        await user.press("ctrl+p", *"revision in force", "enter")
        await user.see(lambda: "in force already" in user.screen(), "why not again")
        await user.press("escape", "ctrl+z")
        await user.see(lambda: user.cell(*stage) == "initial", "the initial agreement")


async def test_what_the_revision_has_not_is_asked_about(desk: OpenDesk, example: Path) -> None:
    """A budget that nobody revised would be gone from the tables, or come back unasked."""
    with Workspace.open(example) as office:
        put(office, "report_years", "report_year/2021", "stage", "initial")
        put(office, "programs", "program/2", "budget_revised", "")
    async with desk(example) as user:
        await user.open("programs")
        await user.press("ctrl+p", *"revision in force", "enter")
        await user.see(
            lambda: "1 initial figure has no revised one" in user.screen(), "the question"
        )
        await user.press("enter")
        cell = ("program/2", "budget_revised")
        await user.see(lambda: user.cell(*cell) == "35.000.000", "the initial budget")
