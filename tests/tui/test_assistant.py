"""A new office is asked for in one window, from which nothing typed gets lost."""

import sys
from pathlib import Path

import pytest
from textual.widgets import Input

from lkjip_tui.core.changes.years import LACKING
from lkjip_tui.tui.assistant import NewOffice
from lkjip_tui.tui.pick_list import PickList
from tests.bench.terminal import Terminal
from tests.core.support import facts_of
from tests.tui.conftest import Desk, OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted")


async def _ask(user: Desk) -> None:
    await user.press("end", "up", "enter")
    await user.see(lambda: isinstance(user.app.screen, NewOffice), "the window")


def _field(user: Desk, name: str) -> str:
    return user.app.screen.query_one(f"#{name}", Input).value


async def _fill(user: Desk, name: str, text: str) -> None:
    user.app.screen.query_one(f"#{name}", Input).focus()
    await user.press("home", "shift+end", "delete", *text)


def names_in(folder: Path) -> list[str]:
    """Return the names of a folder's files."""
    return [file.name for file in folder.iterdir()]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.usefixtures("english")
async def test_what_cannot_be_is_told_at_its_field_and_all_typed_text_stays(
    desk: OpenDesk, here: Path
) -> None:
    """A slip in one field would cost the answers in all the others, or leave half a file."""
    (here / "there.duckdb").write_text("mine")
    async with desk(None, size=(80, 24)) as user:
        await _ask(user)
        assert "F5  make it" in user.screen()
        for field, text, reason in (
            ("name", "  ", "needs a name"),
            ("name", "Kecamatan Baru", ""),
            ("year", "20x", "not a year"),
            ("year", "999", "no fiscal year"),
            ("year", "2024", ""),
            ("file", "nowhere/x.duckdb", "no folder"),
            ("file", "there.duckdb", "already there"),
            ("file", "", "needs a name"),
            ("file", "x" * 300, "cannot be made"),
            ("file", "new.duckdb", ""),
            ("strategic", "2029–2024", "before"),
        ):
            await _fill(user, field, text)
            if reason:
                await user.press("f5")
                await user.see(lambda reason=reason: reason in user.screen(), reason)  # type: ignore[misc]
                assert user.app.focused is user.app.screen.query_one(f"#{field}")
                assert _field(user, field) == text
        assert _field(user, "name") == "Kecamatan Baru"
        assert names_in(here) == ["there.duckdb"]
        await _fill(user, "strategic", "2024–2029")
        await user.press("f5")
        await user.see(lambda: user.app.workbench is not None, "the office")
        assert user.workbench.place == LACKING
        assert user.workbench.year == 2024


async def test_what_follows_is_offered_until_it_is_typed(desk: OpenDesk, here: Path) -> None:
    """A user would type the same name three times, or have their own text written over."""
    async with desk(None, size=(80, 24)) as user:
        await _ask(user)
        await user.press(*"Kecamatan Baru")
        assert _field(user, "file") == str(here / "kecamatan-baru.duckdb")
        assert _field(user, "head") == "Camat Baru"
        await _fill(user, "head", "Plt. Camat")
        await _fill(user, "year", "2026")
        assert _field(user, "strategic") == "2026–2030"
        await _fill(user, "name", "Kelurahan Lama")
        assert _field(user, "head") == "Plt. Camat"
        assert _field(user, "file") == str(here / "kelurahan-lama.duckdb")


@pytest.mark.usefixtures("english", "here")
async def test_leaving_is_asked_twice_once_something_is_typed(desk: OpenDesk) -> None:
    """A stray Esc would throw the answers away."""
    async with desk(None, size=(80, 24)) as user:
        await _ask(user)
        await user.press("A", "escape")
        assert "Esc once more" in user.screen()
        await user.press("B", "escape")
        assert _field(user, "name") == "AB"
        await user.press("escape")
        await user.see(lambda: not isinstance(user.app.screen, NewOffice), "the start screen")


@pytest.mark.slow
@pytest.mark.usefixtures("here")
async def test_what_to_begin_with_is_picked_by_keys_and_told_without_colours(
    desk: OpenDesk,
) -> None:
    """A user would not see what is in, or get indicators of an objective that is not."""
    async with desk(None, size=(80, 24)) as user:
        await _ask(user)
        await user.press(*"Dinas Pendidikan")
        listed = user.app.screen.query_one(PickList)
        assert listed.picked == {"section"}, "only the chapters are those of every office"
        listed.focus()
        await user.press("a")
        assert listed.picked == set()
        assert "[✓]" not in user.screen()
        await user.press("down", "down", "space")
        assert listed.picked == {"program", "program/1"}
        await user.press("end", "space")
        assert {"objective", "objective/3", "indicator/8"} <= listed.picked
        assert "indicator/7" not in listed.picked
        await user.press("up", "up", "space", "space", "enter")
        await user.see(lambda: user.app.workbench is not None, "the office")
        assert user.app.workspace is not None
        facts = facts_of(user.app.workspace)
        assert [row[0] for row in facts["program"]] == [1]
        assert [row[0] for row in facts["indicator"]] == [7, 8]
        assert facts["section"] == []
        assert facts["office"][0][4] == "Kepala Dinas Pendidikan"


def test_what_is_typed_before_the_window_is_there_is_whole(tmp_path: Path) -> None:
    """The office would be named without its first letter, on every cover."""
    command = [sys.executable, "-m", "lkjip_tui", "--lang", "en", "new", str(tmp_path / "o.duckdb")]
    with Terminal(command, tmp_path) as terminal:
        terminal.press("Kecamatan Uji\x1b[15~")
        terminal.seconds_until("Kecamatan Uji · o.duckdb")
