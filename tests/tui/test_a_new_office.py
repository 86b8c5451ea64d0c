"""The README's tour: from nothing to a new office's first exported table, by keys alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from lkjip_tui.core.changes.years import LACKING
from lkjip_tui.tui.assistant import NewOffice
from tests.tui.conftest import Desk, OpenDesk

_README: Final = Path(__file__).parents[2] / "README.md"
_MOST_ACTS: Final = 60
_TARGETS: Final = ("81", "100", "82", "82,5")
_RESULTS: Final = ("75", "100", "82", "82")


class _Person:
    """Whoever takes the tour; a key is one act, and so is a text that is typed."""

    def __init__(self, user: Desk) -> None:
        self._user = user
        self.acts = 0

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self.acts += len(keys)
        await self._user.press(*keys)

    async def type(self, text: str) -> None:
        """Type a text."""
        self.acts += 1
        await self._user.type(text)

    async def fill(self, *texts: str) -> None:
        """Type texts, Enter behind each."""
        for text in texts:
            await self.type(text)
            await self.press("enter")

    async def find(self, text: str) -> None:
        """Find a row of the board, and go where it leads."""
        await self.press("ctrl+f")
        await self.fill(text)
        await self._user.see(lambda: text in self._user.screen().lower(), text)
        await self.press("enter")

    async def see(self, condition: Callable[[], object], what: str) -> None:
        """Look until something is there, which is no act."""
        await self._user.see(condition, what)


async def _make_the_office(user: Desk, person: _Person) -> None:
    await person.press("down", "enter")
    await person.see(lambda: isinstance(user.app.screen, NewOffice), "the window")
    await person.type("Kecamatan Baru")
    await person.press("f5")
    await person.see(lambda: user.app.workbench is not None, "the office")
    assert user.workbench.place == LACKING
    await person.see(lambda: "Enter goes to what lacks first" in user.screen(), "what to do next")


async def _fill_indicators(user: Desk, person: _Person) -> None:
    await person.find("target pk")
    await person.see(lambda: user.workbench.place == "sheet.indicators", "the targets")
    await person.fill(*_TARGETS)
    await _back(user, person)
    assert user.cell("target_agreed", "filled") == "4"
    await person.press("down", "down", "down", "enter")
    await person.see(lambda: user.workbench.place == "sheet.indicators", "the results")
    await person.fill(*_RESULTS)
    await _back(user, person)
    assert user.cell("result", "filled") == "4"


async def _fill_money(user: Desk, person: _Person) -> None:
    await person.find("anggaran sub")
    await person.see(lambda: user.workbench.place == "sheet.activities", "the budgets")
    await person.fill("5.000.000", "10.000.000")
    await _back(user, person)
    await person.press("down", "enter")
    await person.see(lambda: user.workbench.place == "sheet.activities", "what was spent")
    await person.fill("4.996.150", "9.997.904")
    assert user.cell("sub_activity/2", "budget_initial") == "10.000.000"
    assert user.cell("total", "realization") == "14.994.054"


async def _back(user: Desk, person: _Person) -> None:
    await person.press("backspace")
    await person.see(lambda: user.workbench.place == LACKING, "what is lacking")


async def _export(user: Desk, person: _Person) -> None:
    await person.press("ctrl+g")
    await person.fill("penyerapan")
    await person.see(lambda: user.workbench.place == "report.program_absorption", "the table")
    await person.press("ctrl+e")
    await person.see(lambda: user.app.screen is not user.workbench, "the question")
    await person.fill("serapan.md")
    await person.see(lambda: "Written: " in user.screen(), "that it is written")


@pytest.mark.slow
@pytest.mark.usefixtures("english", "uncounted")
async def test_the_tour_from_nothing_to_a_table_takes_at_most_sixty_acts(
    desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new office would give up before it has anything to show."""
    monkeypatch.chdir(tmp_path)
    async with desk(None, size=(80, 24)) as user:
        person = _Person(user)
        await _make_the_office(user, person)
        await _fill_indicators(user, person)
        await _fill_money(user, person)
        await _export(user, person)
        year = user.workbench.year
        assert person.acts <= _MOST_ACTS
        assert f"in {person.acts} keys and texts" in _README.read_text("utf-8")
    caption, *lines = (tmp_path / "serapan.md").read_text("utf-8").split("\n\n")
    assert caption.startswith("**Tabel 3.9 ")
    assert caption.endswith(f"Kecamatan Baru Tahun {year}**")
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in lines[0].splitlines()[2:]]
    assert rows[0] == [
        "1", "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota",
        "15.000.000", "14.994.054", "99,96",
    ]  # fmt: skip
    assert [row[2:] for row in rows[1:]] == [["–"] * 3] * 4
