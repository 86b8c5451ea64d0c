"""The README's tour of SQL: from opening the console to a table of one's own, by keys alone."""

import re
from pathlib import Path
from typing import Final

import pytest

from lkjip_tui.tui.console.catalogue import SqlCatalogue
from lkjip_tui.tui.console.save import SaveQuery
from lkjip_tui.tui.dialogs import Ask, Choose, Confirm
from lkjip_tui.tui.navigator import SQL
from tests.tui.conftest import Desk, OpenDesk

_README: Final = Path(__file__).parents[2] / "README.md"


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


def _statement() -> str:
    """Return what the tour asks, as the README has it."""
    found = re.search(r"```\n +(select p\.name.*?)\n +```", _README.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return " ".join(found[1].split())


@pytest.mark.slow
@pytest.mark.usefixtures("english", "uncounted")
async def test_the_tour_from_the_console_to_a_table_of_ones_own(
    desk: OpenDesk, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever follows the README would be left standing on the way."""
    monkeypatch.chdir(example.parent)
    async with desk(example, size=(80, 24)) as user:
        person = _Person(user)

        await person.press("ctrl+g")
        await person.type("sql")
        await person.press("enter")
        await user.see(lambda: user.workbench.place == SQL, "the console")
        await person.press("alt+shift+c")
        await user.see(lambda: isinstance(user.app.screen, SqlCatalogue), "the catalogue")
        await person.type("ringkasan")
        await user.see(lambda: "46 rows" in user.screen(), "how many rows there are")
        await person.press("f5")
        await user.see(lambda: " rows · first rows after " in user.screen(), "its rows")
        await person.press("ctrl+a")
        await person.type(_statement())
        await person.press("f5")
        await user.see(lambda: user.screen().count("5 rows · first rows after ") == 1, "the answer")
        await _save(user, person)
        await person.press("ctrl+e")
        await user.see(lambda: isinstance(user.app.screen, Ask), "the question")
        await person.press("ctrl+a")
        await person.type("sisa.md")
        await person.press("enter")
        await user.see(lambda: "Written: " in user.screen(), "that it is written")
    assert f"in {person.acts} keys and texts" in " ".join(_README.read_text("utf-8").split())
    caption, table, *_rest = (example.parent / "sisa.md").read_text("utf-8").split("\n\n")
    assert caption == "**Sisa Anggaran Terbesar Kecamatan Sooko Tahun 2021**"
    assert len(table.splitlines()) == 2 + 5


async def _save(user: Desk, person: _Person) -> None:
    await person.press("ctrl+s")
    await user.see(lambda: isinstance(user.app.screen, Choose), "the kinds")
    await person.press("enter")
    await user.see(lambda: isinstance(user.app.screen, Confirm), "what is put in")
    await person.press("enter")
    await user.see(lambda: isinstance(user.app.screen, SaveQuery), "the form")
    await person.type("Sisa Anggaran Terbesar")
    await person.press("f5")
    place = "report.sisa_anggaran_terbesar"
    await user.see(lambda: user.workbench.place == place, "the table")
    await user.see(lambda: "Sisa Anggaran Terbesar" in user.screen(), "its caption")
