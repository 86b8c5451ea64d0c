"""The list of choices: found by typing, shown literally, whatever their number."""

import pytest

from lkjip_tui.grid import ChoiceList, GridColumn
from tests.grid.support import HOSTILE, GridApp, Ledger, press, press_at_once, table

PROGRAMS = [(number, f"Program {number} [/]") for number in range(1, 301)]


async def opened(app: GridApp) -> ChoiceList:
    """Return the list, which a key has opened."""
    return app.query_one(ChoiceList)


@pytest.mark.parametrize("size", [(20, 5), (80, 24), (160, 45)])
async def test_enter_takes_the_option_under_the_bar(size: tuple[int, int]) -> None:
    """The stage or the program of a row could not be chosen by keys."""
    app = GridApp(Ledger(30))
    app.choices = PROGRAMS
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "f2")
        assert "Program 2 [/]"[: size[0] - 3] in app.screen_text()
        await press(app, pilot, "down", "down", "up", "enter")
        assert app.notes == [3]
        assert app.focused is app.grid
        assert not app.query_one(ChoiceList).is_open


async def test_typing_narrows_the_list_to_what_fits() -> None:
    """Among three hundred sub kegiatan one could not be found."""
    app = GridApp(Ledger(30))
    app.choices = [("a", "Gaji dan Tunjangan"), ("b", "Tunjangan lain"), ("c", "Listrik")]
    async with app.run_test(size=(60, 20), notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "f2", *"tunj")
        assert "Listrik" not in app.screen_text()
        await press(app, pilot, "enter")
        assert app.notes == ["a"]
        await press(app, pilot, "t")
        await press(app, pilot, "down", "down", "enter")
        assert app.notes == ["a", "c"]


async def test_the_character_that_opened_the_list_narrows_it() -> None:
    """The first letter typed over a cell would be lost."""
    app = GridApp(Ledger(30))
    app.choices = PROGRAMS
    async with app.run_test(size=(60, 20), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press_at_once(app, pilot, "2", "9", "9", "enter", "down")
        assert app.notes == [299]
        assert app.cursor == (1, 0)


async def test_an_empty_list_says_so_and_takes_no_enter() -> None:
    """A list without options would look broken, or choose nothing."""
    app = GridApp(Ledger(30))
    app.choices = []
    async with app.run_test(size=(60, 20), notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "f2")
        assert "nothing to choose" in app.screen_text()
        await press(app, pilot, "x", "down", "enter", "pagedown")
        assert app.notes == []
        assert app.query_one(ChoiceList).is_open
        await press(app, pilot, "escape")
        assert app.notes == ["cancelled"]
        assert app.focused is app.grid


async def test_a_text_that_fits_no_option_is_told() -> None:
    """Enter would take an option that is not the one typed."""
    app = GridApp(Ledger(30))
    app.choices = PROGRAMS
    async with app.run_test(size=(60, 20), notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "f2", "z", "enter")
        assert "no such option" in app.screen_text()
        assert app.notes == []
        await press(app, pilot, "backspace", "enter")
        assert app.notes == [2]


@pytest.mark.parametrize("size", [(20, 5), (60, 12), (160, 45)])
async def test_the_list_stays_on_the_screen_and_scrolls(size: tuple[int, int]) -> None:
    """At the lowest row the options would be out of sight."""
    app = GridApp(Ledger(300, column_count=12))
    app.choices = PROGRAMS
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        for corner in ("ctrl+home", "ctrl+end"):
            await press(app, pilot, corner, "f2")
            choices = app.query_one(ChoiceList)
            assert app.screen.region.contains_region(choices.region)
            await press(app, pilot, "ctrl+end")
            assert "Program 300"[: size[0] - 4] in app.screen_text()
            await press(app, pilot, "pageup", "pageup", "ctrl+home")
            assert "Program 1 " in app.screen_text()
            await press(app, pilot, "escape")


async def test_options_are_clicked() -> None:
    """The mouse could open the list and not choose from it."""
    app = GridApp(Ledger(30))
    app.choices = PROGRAMS
    async with app.run_test(size=(60, 20), notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "f2")
        await pilot.click(ChoiceList, offset=(3, 3))
        assert app.notes == [3]


async def test_every_label_is_shown_literally() -> None:
    """A program's name in brackets would vanish from the list, or run."""
    app = GridApp(table(["x"], columns=[GridColumn("a", "A")]))
    async with app.run_test(size=(60, 12), notifications=True, tooltips=True) as pilot:
        for text in HOSTILE:
            name = ascii(text)[:24]
            app.choices = [(1, text), (2, text)]
            await press(app, pilot, "f2")
            if text.isprintable():
                assert text[:10] in app.screen_lines()[2], name
            assert all(line.isprintable() for line in app.screen_lines()), name
            await pilot.click(ChoiceList, offset=(2, 1))
            assert app.notes == [1], name
            assert app.is_running, name
            app.query_one(ChoiceList).close()
            app.notes.clear()


async def test_going_elsewhere_chooses_nothing() -> None:
    """A click beside the list would change the cell."""
    app = GridApp(Ledger(30))
    app.choices = PROGRAMS
    async with app.run_test(size=(80, 20), notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "f2")
        await pilot.click(app.grid, offset=(70, 18))
        assert app.notes == ["cancelled"]
        assert not app.query_one(ChoiceList).is_open
