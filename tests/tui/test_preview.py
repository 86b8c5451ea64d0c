"""What much would change is looked at, mended and left out before it is done."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TypeAlias

import pytest

from lkjip_tui.core.changes.plan import CellText, Plan
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import CellEditor, Grid
from lkjip_tui.tui.preview import Preview
from lkjip_tui.tui.proposal import PlanProposal
from lkjip_tui.tui.query_model import QueryModel
from tests.tui.conftest import Desk, OpenDesk

pytestmark = pytest.mark.usefixtures("english", "uncounted")

Pasted: TypeAlias = Callable[[str], AbstractAsyncContextManager[tuple[Desk, Preview]]]

_TARGETS = ("service/1", "service/2", "service/3")


@pytest.fixture
def pasted(desk: OpenDesk, example: Path) -> Pasted:
    """Paste targets of the first services that have to be looked at; gives what shows them."""

    @asynccontextmanager
    async def opened(text: str) -> AsyncIterator[tuple[Desk, Preview]]:
        async with desk(example, size=(80, 24)) as user:
            await user.open("sheet.services")
            await user.go_to(_TARGETS[0], "target")
            await user.paste(text)
            await user.see(lambda: isinstance(user.app.screen, Preview), "the preview")
            assert isinstance(user.app.screen, Preview)
            yield user, user.app.screen

    return opened


def beneath(user: Desk) -> tuple[QueryModel, Workspace]:
    """Return the rows that were pasted into, and their file."""
    model, workspace = user.workbench.query_pane.model, user.app.workspace
    assert model
    assert workspace
    return model, workspace


async def test_a_text_is_mended_where_its_box_was_opened_wherever_a_click_goes(
    pasted: Pasted,
) -> None:
    """A figure would be written to the row that was clicked, and the one mended be lost."""
    async with pasted("1x\n2y\n3z") as (user, preview):
        assert "Target (%)" in user.screen(), "what all of them are is said once"
        listed = [line.split() for line in user.screen().splitlines() if "✎" in line]
        ends = [words[(at := words.index("✎")) - 1 : at + 2] for words in listed]
        assert ends == [["17,00", "✎", "1x"], ["100,00", "✎", "2y"], ["100,00", "✎", "3z"]]
        await user.press("f2", "backspace")
        grid = preview.query_one(Grid)
        third = grid.cell_region(2, 2)
        await user.pilot.click(grid, offset=(third.x + 1, third.y))
        await user.see(lambda: "2 refused" in user.screen(), "that one is mended")
        assert "“3z”" in user.screen(), "the cursor stays with what was clicked"
        await user.press("alt+x", "f5")
        await user.see(lambda: "paste: 1 cell" in user.screen(), "what was pasted")
        assert user.cell(_TARGETS[0], "target").startswith("1")


async def test_what_was_mended_stays_when_the_file_holds_something_else_by_then(
    pasted: Pasted,
) -> None:
    """Every mended text of a long paste would be gone because one cell was changed meanwhile."""
    async with pasted("11\n22\n3z") as (user, preview):
        await user.press("f2", "backspace", "enter")
        model, workspace = beneath(user)
        query, column = model.cells.query, model.cells.columns["target"]
        workspace.edit(query, column, model.row(0), "55")
        await user.press("f5")
        await user.see(lambda: "55" in user.screen().split("●")[-1], "why not")
        assert user.app.screen is preview
        assert "3 cells" in user.screen()
        rows = [
            [cell.text for cell in row.cells] for row in preview.query_one(Grid).model.rows(0, 3)
        ]
        assert rows[0][1:4] == ["55,00", "11,00", "-44,00"], (
            "what stands now, and the text as it was"
        )
        assert rows[2][2] == "3,00", "what was mended"
        await user.press("f5")
        await user.see(lambda: "paste: 3 cells" in user.screen(), "what was pasted")


@pytest.mark.usefixtures("english")
async def test_what_was_mended_is_dropped_only_on_the_second_asking(pasted: Pasted) -> None:
    """One Esc too many would drop what a quarter of an hour was spent on."""
    text = "1x\n2y\n3z"
    async with pasted(text) as (user, _untouched):
        await user.press("escape")
        await user.see(lambda: user.app.screen is user.workbench, "nothing to be asked for")
        await user.paste(text)
        await user.see(lambda: isinstance(user.app.screen, Preview), "the preview")
        preview = user.app.screen
        await user.press("f2", "backspace", "enter", "escape")
        assert user.app.screen is preview
        assert "Esc once more" in user.screen()
        await user.press("f2", "backspace", "enter", "escape", "ctrl+q")
        assert user.app.screen is preview
        await user.press("escape")
        await user.see(lambda: user.app.screen is user.workbench, "that all is dropped")


async def test_a_plan_that_cannot_be_made_is_told_and_leaves_the_one_shown(
    pasted: Pasted,
) -> None:
    """The program would end in the midst of a paste, or stand still while it is looked at."""
    at: list[threading.Thread] = []

    def refused(_entries: Sequence[CellText], *, afresh: bool = False) -> Plan:
        assert not afresh
        at.append(threading.current_thread())
        raise EditRefused("It cannot be read.", "")

    async with pasted("1x\n2y\n3z") as (user, shown):
        model, workspace = beneath(user)
        plan = workspace.plan(
            model.cells.query,
            [CellText(model.row(0), model.cells.columns["target"], "1x")],
            "paste",
        )
        preview = Preview("Paste", PlanProposal(plan, refused, _never, model.cells, model.names))
        await user.app.push_screen(preview)
        await user.press("delete")
        await user.see(lambda: "It cannot be read." in user.screen(), "why not")
        await user.press("f2", "backspace", "f5")
        await user.see(lambda: len(at) == 2, "the second attempt")
        assert preview.query_one(CellEditor).is_open
        assert preview.query_one(CellEditor).text == "1"
        assert "1 refused" in user.screen()
        assert threading.main_thread() not in at
        await user.press("escape", "escape")
        assert user.app.screen is shown


@pytest.mark.slow
async def test_esc_stops_what_is_being_done(pasted: Pasted) -> None:
    """Whoever has accepted it by mistake would have to wait, and then take it back."""
    stopped, asked = asyncio.Event(), 0

    async def do(_plan: Plan) -> str | None:
        await stopped.wait()
        return "Stopped."

    def stop() -> None:
        nonlocal asked
        asked += 1
        if asked == 2:  # the first time it may not be heard
            stopped.set()

    async with pasted("1x\n2y\n3z") as (user, shown):
        model, workspace = beneath(user)

        def plan(entries: Sequence[CellText], *, afresh: bool = False) -> Plan:
            del afresh
            return workspace.plan(model.cells.query, entries, "paste")

        planned = plan([CellText(model.row(0), model.cells.columns["target"], "1")])
        proposal = PlanProposal(planned, plan, do, model.cells, model.names)
        preview = Preview("Paste", proposal, stop=stop)
        await user.app.push_screen(preview)
        await user.burst(["f5"], 0)
        await user.see(lambda: "Esc stops it" in user.screen(), "that it goes on")
        await user.burst(["escape"], 0)
        await user.see(lambda: "Stopped." in user.screen(), "that it stopped")
        assert user.app.screen is preview, "all of it can still be done"
        await user.press("escape")
        assert user.app.screen is shown


async def _never(_plan: Plan) -> str | None:
    pytest.fail("a plan with something refused may not be done")


async def test_notes_that_lose_their_room_are_told_of(pasted: Pasted) -> None:
    """Whoever makes the window lower would believe that what is seen is all that was noted."""
    async with pasted("1x\n2y\n3z") as (user, preview):
        await user.pilot.resize_terminal(120, 50)
        notes = [f"note {number}" for number in range(8)]
        user.app.push_screen(Preview("Again", preview._proposal, notes))  # noqa: SLF001
        await user.see(lambda: notes[-1] in user.screen(), "all notes")
        assert "more notes" not in user.screen()
        await user.pilot.resize_terminal(120, 20)
        await user.see(lambda: "more notes" in user.screen(), "the key for the others")
