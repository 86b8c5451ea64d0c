"""An office's file comes in through the preview: seen, mended, taken over, taken back."""

import os
from pathlib import Path

import pytest
from textual.widgets import OptionList

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui import import_proposal
from lkjip_tui.tui.dialogs import Ask, Choose
from lkjip_tui.tui.heading_window import HeadingWindow
from lkjip_tui.tui.preview import Preview
from tests.core.importing.sources import block
from tests.core.support import YEAR
from tests.tui.conftest import Desk, OpenDesk
from tests.tui.test_export import answer, ask

pytestmark = pytest.mark.usefixtures("uncounted", "english")

_NAME = "Penyediaan Gaji dan Tunjangan ASN"


async def _bring(user: Desk, file: Path) -> None:
    await ask(user, "import")
    await answer(user, str(file))


async def _say(user: Desk, at: int, name: str) -> None:
    """Say what a heading is, by typing a part of it."""
    user.app.screen.query_one(OptionList).highlighted = at
    await user.press("enter")
    await user.see(lambda: isinstance(user.app.screen, Choose), "what it may be")
    choices = user.app.screen.query_one(OptionList)
    await user.press(*name[:-1].lower())
    await user.see(
        lambda: str(choices.get_option_at_index(0).prompt) == name, "what begins with this alone"
    )
    await user.press("enter")
    await user.see(lambda: isinstance(user.app.screen, HeadingWindow), "the headings")


async def test_a_file_is_seen_mended_taken_in_and_taken_back(desk: OpenDesk, example: Path) -> None:
    """Otherwise a file either comes in blindly, or cannot come in for one wrong figure."""
    file = example.parent / "office.csv"
    file.write_text(f"Uraian;Realisasi\n{_NAME};.5\n", "utf-8")
    async with desk(example) as user:
        before = user.cell("sub_activity/3", "realization")
        await _bring(user, file)
        await user.see(lambda: isinstance(user.app.screen, Preview), "the preview")
        assert "1 refused" in user.screen()
        await user.press("f5")
        await user.see(lambda: "F2 mends one" in user.screen(), "that it cannot be done yet")
        await user.press("f2", "ctrl+a", *"3.100.000.000", "enter")
        await user.see(lambda: "1 cell changes" in user.screen(), "that it can be read")
        await user.press("f5")
        await user.see(lambda: user.app.screen is user.workbench, "the sheet again")
        await user.see(
            lambda: user.cell("sub_activity/3", "realization") == "3.100.000.000", "the figure"
        )
        await user.press("ctrl+z")
        await user.see(lambda: user.cell("sub_activity/3", "realization") == before, "the old one")


@pytest.mark.usefixtures("either_road")
async def test_an_import_that_is_taken_back_is_told_and_shown(
    desk: OpenDesk, example: Path
) -> None:
    """Of a large one nobody could see that it was taken back, and what stands now."""
    file = example.parent / "office.csv"
    file.write_text(f"Uraian;Realisasi\n{_NAME};3.100.000.000\n", "utf-8")
    async with desk(example) as user:
        before = user.cell("sub_activity/3", "realization")
        await _bring(user, file)
        await user.see(lambda: isinstance(user.app.screen, Preview), "the preview")
        await user.press("f5")
        await user.see(lambda: "3.100.000.000" in user.screen(), "the figure")
        await user.press("ctrl+z")
        await user.see(lambda: f"undone: 2021 · {_NAME}" in user.screen(), "what was undone")
        assert user.cell("sub_activity/3", "realization") == before
        await user.press("ctrl+y")
        await user.see(lambda: f"redone: 2021 · {_NAME}" in user.screen(), "what was redone")
        assert user.cell("sub_activity/3", "realization") == "3.100.000.000"


@pytest.mark.slow
async def test_headings_of_ones_own_are_said_once(desk: OpenDesk, example: Path) -> None:
    """Otherwise a file with headings of its own is refused, or asked about every month."""
    file = example.parent / "office.csv"
    file.write_text(f"Apa;Berapa;%\n{_NAME};3.100.000.000;9\n", "utf-8")
    async with desk(example) as user:
        await _bring(user, file)
        await user.see(lambda: isinstance(user.app.screen, HeadingWindow), "the headings")
        assert "--map" not in user.screen(), "that is the command line's"
        for at, name in enumerate(("Description", "Realization")):
            await _say(user, at, name)
        await user.press("f5")
        await user.see(lambda: isinstance(user.app.screen, Preview), "the preview")
        assert "1 cell changes" in user.screen()
        assert "Apa → Description · Berapa → Realization" in user.screen()
        await user.press("f4")
        await user.see(lambda: isinstance(user.app.screen, HeadingWindow), "the same headings")
        assert "Apa" in user.screen()
        assert "_pct" not in user.screen(), "a column is called by its heading"
        await user.press("f5")
        await user.see(lambda: isinstance(user.app.screen, Preview), "the preview")
        await user.press("escape")
        await user.see(lambda: user.app.screen is user.workbench, "the sheet again")
        await _bring(user, file)
        await user.see(lambda: isinstance(user.app.screen, HeadingWindow), "nothing remembered yet")
        for at, name in enumerate(("Description", "Realization")):
            await _say(user, at, name)
        await user.press("f5")
        await user.see(lambda: isinstance(user.app.screen, Preview), "the preview")
        await user.press("f5")
        await user.see(lambda: user.app.screen is user.workbench, "the sheet again")
        await _bring(user, file)
        await user.see(lambda: isinstance(user.app.screen, Preview), "the preview at once")
        await user.press("f4")
        await user.see(lambda: isinstance(user.app.screen, HeadingWindow), "the headings again")
        await user.press("escape")
        await user.see(lambda: isinstance(user.app.screen, Preview), "what was shown before")


async def test_a_file_that_is_none_is_told_where_it_was_asked_for(
    desk: OpenDesk, example: Path
) -> None:
    """Otherwise a slip in a path is typed from the beginning once more."""
    async with desk(example) as user:
        await _bring(user, example.parent / "nothing.csv")
        await user.see(lambda: "cannot be read" in user.screen(), "that it cannot be read")
        assert isinstance(user.app.screen, Ask)
        await user.press("escape")


_TREE = (
    "Kode;Uraian;Anggaran;Lain\n7.01.01;PROGRAM A;;\n7.01.01.2.01;Kegiatan;;\n"
    "7.01.01.2.01.0001;Sub A;10;x\n7.01.01.2.01.0002;Sub B;2O;x\n;Jumlah;30;\n"
)


async def test_notes_follow_what_is_mended(desk: OpenDesk, example: Path) -> None:
    """Otherwise the sum is called wrong still when the figure has been put right."""
    file = example.parent / "office.csv"
    file.write_text(_TREE, "utf-8")
    async with desk(example) as user:
        await _bring(user, file)
        await user.see(lambda: isinstance(user.app.screen, Preview), "the preview")
        assert "its rows 10" in user.screen()
        await user.press("f2", "ctrl+a", *"20", "enter")
        await user.see(lambda: "its rows 10" not in user.screen(), "that the sum is right")
        await user.press("f4")
        await user.see(lambda: "F4 once more drops them" in user.screen(), "what F4 would do")
        await user.press("escape")
        await user.see(lambda: "Esc once more drops them" in user.screen(), "what Esc would do")
        await user.press("escape")
        await user.see(lambda: user.app.screen is user.workbench, "the sheet again")


async def test_notes_that_have_no_room_can_be_read(desk: OpenDesk, example: Path) -> None:
    """Otherwise what should be known before it is done is cut at the window's height."""
    file = example.parent / "office.csv"
    titles = "REALISASI\nTAHUN ANGGARAN 2019\n\n"
    many = ";".join(f"Catatan yang panjang sekali nomor {n}" for n in range(3))
    text = f"{titles}{_TREE}".replace("Lain\n", f"{many}\n")
    file.write_text(text.replace("Anggaran;", "Anggaran Perubahan;"), "utf-8")
    async with desk(example, size=(80, 24)) as user:
        await _bring(user, file)
        await user.see(lambda: isinstance(user.app.screen, Preview), "the preview")
        await user.see(lambda: "more notes" in user.screen(), "that there are more")
        assert "2019" in user.screen()
        for _time in range(5):
            await user.press("alt+down")
        await user.see(lambda: "nomor 2" in user.screen(), "the last of them")
        for _time in range(5):
            await user.press("alt+up")
        await user.see(lambda: "2019" in user.screen(), "the first again")
        await user.press("escape")


@pytest.mark.slow
async def test_esc_stops_the_reading_of_a_file(desk: OpenDesk, example: Path) -> None:
    """Whoever named the wrong file would have to wait until all of it is read."""
    file = example.parent / "office.csv"
    os.mkfifo(file)  # it is read for as long as nobody writes into it
    async with desk(example) as user:
        await _bring(user, file)
        await user.see(lambda: "Esc stops it" in user.screen(), "that it is read")
        await user.burst(["escape"], 0)
        await user.see(lambda: "Stopped." in user.screen(), "that it stopped")
        assert user.app.screen is user.workbench
        file.write_text(f"Uraian;Realisasi\n{_NAME};1\n", "utf-8")  # which lets the thread end
        await user.press("down")
    assert not list(example.parent.glob("*.part"))


def test_cells_are_read_in_pages_and_anew_once_some_are_left_out(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell would be shown twice or not at all, or one that is not taken in any more."""
    monkeypatch.setattr(import_proposal, "_PAGE", 4)
    lines = [f"sub_activity/{number}|{number}000" for number in range(1, 12)]
    with Workspace.open(example) as office:
        query = office.registry.queries["sheet.activities"]
        compared = office.compare(query, YEAR, block("row_key|realization", *lines))
        proposal = import_proposal.ImportProposal(
            compared, _undone, office.cells(query), office.names(YEAR)
        )
        every = [proposal.page(at, at + 1)[0] for at in range(11)]
        assert len(set(map(str, every))) == 11
        assert all(
            proposal.page(start, stop) == every[start:stop]
            for start in range(12)
            for stop in range(start, 14)
        )
        proposal.leave_out([1, 2, 9])
        assert proposal.page(0, 99) == [
            each for at, each in enumerate(every) if at not in {1, 2, 9}
        ]
        compared.close()


async def _undone(_source: object) -> None:
    """Take nothing in."""
