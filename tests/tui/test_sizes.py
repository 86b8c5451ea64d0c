"""A terminal becomes small and large again, whatever is shown in it."""

from pathlib import Path

import pytest
from textual.widgets import Input

from lkjip_tui.grid import ChoiceList
from lkjip_tui.tui.dialogs import Ask, Confirm
from lkjip_tui.tui.preview import Preview
from tests.tui.conftest import Desk, OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted")

_NAME = "Penyediaan Gaji dan Tunjangan ASN"
_SMALL, _LARGE = (20, 5), (80, 24)


async def _resize(user: Desk, *sizes: tuple[int, int]) -> None:
    for size in sizes:
        await user.pilot.resize_terminal(*size)
        await user.pilot.pause()


async def test_an_open_cell_stays_over_its_row(desk: OpenDesk, example: Path) -> None:
    """The user would believe that another row's figure is being typed, and mend the wrong one."""
    async with desk(example, size=_LARGE) as user:

        def typed() -> str:
            return next(line for line in user.screen().splitlines() if "12345" in line)

        await user.go_to("sub_activity/3", "realization")
        await user.type("12345")
        assert _NAME[:15] in typed()
        await _resize(user, _SMALL)
        assert typed(), "what has no room for its row stands on the last line"
        await _resize(user, (1, 1), (160, 45), _LARGE)
        assert _NAME[:15] in typed()
        user.grid.scroll_to(y=2, animate=False, force=True)
        await user.pilot.pause()
        assert _NAME[:15] in typed(), "when the wheel turns"
        await user.press("enter")
        await user.see(lambda: user.cell("sub_activity/3", "realization") == "12.345", "the edit")


async def test_an_open_list_stays_over_its_row(desk: OpenDesk, example: Path) -> None:
    """The user would pick another indicator's formula than is meant."""
    async with desk(example, size=_LARGE) as user:
        await user.open("sheet.indicators")
        await user.go_to("indicator/3", "formula")
        await user.press("alt+down")
        assert user.app.focused is not user.grid, "the list"
        await _resize(user, _SMALL, (1, 1), _LARGE)
        cell = user.grid.cell_region(user.grid.cursor_row, user.grid.cursor_column)
        list_ = user.workbench.query_one(ChoiceList)
        assert list_.region.y == cell.translate(user.grid.region.offset).y


async def test_a_text_that_is_mended_stays_over_its_row(desk: OpenDesk, example: Path) -> None:
    """A figure would seem to be mended that is another one."""
    file = example.parent / "office.csv"
    file.write_text(f"Uraian;Realisasi\nPenyusunan Dokumen;7\n{_NAME};.5\n", "utf-8")
    async with desk(example, size=_LARGE) as user:
        await user.app.run_action("command('import')")
        await user.see(lambda: isinstance(user.app.screen, Ask), "the question")
        user.app.screen.query_one(Input).value = str(file)
        await user.burst(["enter"], 0)
        await user.see(lambda: isinstance(user.app.screen, Preview), "the preview")
        await user.press("down", "f2", *"98")
        await _resize(user, _SMALL, (1, 1), _LARGE)
        line = next(line for line in user.screen().splitlines() if ".598" in line)
        assert "Realisasi" in line or _NAME[:9] in line


@pytest.mark.parametrize("how", ["shrunk", "opened small", "shrunk beneath another"])
async def test_a_question_is_read_on_the_smallest_screen(
    desk: OpenDesk, example: Path, how: str
) -> None:
    """What Enter does would be seen by nobody."""
    async with desk(example, size=_SMALL if how == "opened small" else _LARGE) as user:
        await user.go_to("sub_activity/3", "name")
        await user.press("ctrl+delete")
        await user.see(lambda: isinstance(user.app.screen, Confirm), "the question")
        if how == "shrunk beneath another":
            user.app.push_screen(Ask("?", ""))
            await user.see(lambda: isinstance(user.app.screen, Ask), "the other")
        await _resize(user, _SMALL)
        if how == "shrunk beneath another":
            await user.press("escape")
            await user.see(lambda: isinstance(user.app.screen, Confirm), "the question again")
        assert _NAME.split(maxsplit=1)[0] in user.screen()
