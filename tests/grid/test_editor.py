"""The cell editor: what is typed is what is offered, and no key goes astray."""

import asyncio
from contextlib import ExitStack

import pytest
from rich.cells import cell_len
from textual import events
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from lkjip_tui.grid import CellEditor, Grid, GridColumn, KeysInOrder
from lkjip_tui.grid.editor import TextBox
from tests.grid.support import (
    HOSTILE,
    SIZES,
    GridApp,
    Ledger,
    keys_acted,
    press,
    press_at_once,
    table,
)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("opening", ["f2", "enter"])
async def test_a_cell_is_edited_from_its_end(opening: str, size: tuple[int, int]) -> None:
    """A digit could not be added to a figure without typing it all again."""
    app = GridApp(Ledger(30))
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "down", "down", "right", opening, "7", "enter")
        assert app.notes == [(2, 1, "27", "down")]
        assert app.cursor == (3, 1)
        assert not app.editor.is_open
        assert app.focused is app.grid


async def test_a_typed_character_replaces_the_cell() -> None:
    """A new figure would be appended to the old one."""
    app = GridApp(Ledger(30))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "down", "right", "8", "1", "tab")
        assert app.notes == [(1, 1, "81", "right")]
        assert app.cursor == (1, 2)
        await press(app, pilot, "5", "shift+tab")
        assert app.notes[-1] == (1, 2, "5", "left")
        assert app.cursor == (1, 1)


async def test_escape_leaves_the_cell_as_it_was() -> None:
    """A figure typed by mistake could not be dropped."""
    app = GridApp(Ledger(30))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "right", "9", "escape")
        assert app.notes == ["cancelled"]
        assert app.cursor == (0, 1)
        assert app.focused is app.grid
        await press(app, pilot, "down")
        assert app.cursor == (1, 1)


async def test_what_the_text_would_become_is_said_at_every_change() -> None:
    """A comma that is read as something else would be seen only in the report."""
    app = GridApp(Ledger(30))
    async with app.run_test(size=(60, 12), notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "right", "1", "2", "3", "4")
        assert "reads as [b]1,234[/b]" in app.screen_lines()[2]
        await press(app, pilot, "x")
        assert "not a number: 1234x" in app.screen_lines()[2]
        await press(app, pilot, "backspace")
        assert "reads as [b]1,234[/b]" in app.screen_lines()[2]


async def test_a_refused_text_stays_with_its_reason() -> None:
    """What was typed would be lost, or nobody would know why it was not taken."""
    app = GridApp(Ledger(30))
    async with app.run_test(size=(60, 12), notifications=True, tooltips=True) as pilot:
        app.refuses = True
        await press(app, pilot, "right", "1", "2", "enter")
        assert app.editor.is_open
        assert app.editor.text == "12"
        assert "✎ refused: [/] no" in app.screen_lines()[2]
        assert "holds [b]5[/b]" in app.screen_lines()[3]
        await press(app, pilot, "3")
        assert "refused" not in app.screen_text()
        app.refuses = False
        await press(app, pilot, "enter")
        assert app.notes == [(0, 1, "123", "down")]


@pytest.mark.parametrize("size", SIZES)
async def test_the_box_and_its_note_stay_on_the_screen(size: tuple[int, int]) -> None:
    """At the lowest row or the last column the reason would be out of sight."""
    app = GridApp(Ledger(100, column_count=12))
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        for corner in ("ctrl+home", "ctrl+end", "home", "ctrl+up"):
            await press(app, pilot, corner, "x")
            box, note = app.query_one(TextBox), app.editor.query_one(Static)
            screen = app.screen.region
            assert screen.contains_region(box.region), corner
            assert screen.contains_region(note.region), corner
            assert not box.region.overlaps(note.region), corner
            cell = app.grid.cell_region(*app.cursor)
            assert box.region.y == cell.y, corner
            assert box.region.overlaps(cell), corner
            assert "not a number: x" in app.screen_text(), corner
            await press(app, pilot, "escape")


async def test_the_box_grows_with_its_text() -> None:
    """A long name would be typed through a keyhole."""
    app = GridApp(Ledger(30))
    async with app.run_test(size=(100, 12), notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "right", *"a long name indeed")
        assert "a long name indeed" in app.screen_lines()[1]
        await press(app, pilot, "ctrl+a", "x")
        box = app.query_one(TextBox)
        assert box.region.width == app.grid.cell_region(0, 1).width


async def test_every_text_is_edited_literally() -> None:
    """Opening a cell and accepting it would change it, or run what it says."""
    app = GridApp(table(["first"]))
    async with app.run_test(size=(60, 12), notifications=True, tooltips=True) as pilot:
        for text in HOSTILE:
            name = ascii(text)[:24]
            app.grid.show(table([text], [text]))
            await press(app, pilot, "f2", "home", "end", "ctrl+a", "end")
            assert all(line.isprintable() for line in app.screen_lines()), name
            await press(app, pilot, "enter")
            assert app.notes == [(0, 0, text, "down")]
            assert app.is_running, name
            app.notes.clear()


async def test_the_caret_stands_where_its_character_is_shown() -> None:
    """Something else would be deleted than what the terminal points at."""
    app = GridApp(table(["👨\u200d👩 e\u0301🇮🇩x"]))
    async with app.run_test(size=(60, 6), notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "f2", "left")
        box = app.query_one(TextBox)
        x = cell_len(app.screen_lines()[1].split("x")[0])
        assert box.cursor_screen_offset.x == x


async def test_typing_is_taken_back_and_done_again() -> None:
    """A slip in a long name would mean to type it anew."""
    app = GridApp(Ledger(30))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "right", "1", "2", "3", "ctrl+z")
        assert app.editor.text == "12"
        stood = app.grid.model.rows(0, 1)[0].cells[1].text
        await press(app, pilot, "ctrl+z", "ctrl+z", "ctrl+z")
        assert app.editor.text == stood  # and whoever goes elsewhere now changes nothing
        await press(app, pilot, "ctrl+y", "ctrl+y")
        assert app.editor.text == "12"
        await press(app, pilot, "9", "ctrl+y")
        assert app.editor.text == "129"
        assert "undo" not in app.notes


async def test_the_texts_own_keys_work_and_ctrl_a_selects_all() -> None:
    """A figure could not be corrected in its middle."""
    app = GridApp(Ledger(30))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await press(
            app, pilot, "right", *"1234", "left", "left", "backspace", "home", "delete", "end"
        )
        assert app.editor.text == "34"
        await press(app, pilot, "ctrl+a", "5")
        assert app.editor.text == "5"
        await press(app, pilot, "alt+a", "alt+s", "up", "down", "pagedown")
        assert app.editor.text == "5"
        assert app.cursor == (0, 1)


async def test_keys_that_act_everywhere_act_and_others_stay_in_the_text() -> None:
    """Delete would clear the cell under the box, or F8 would be dead while typing."""
    app = GridApp(Ledger(30))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "right", "1", "f8", "ctrl+g", "delete", "2")
        assert app.notes == ["explain", "go"]
        assert app.editor.text == "12"
        assert app.editor.is_open


async def test_a_pasted_text_becomes_one_line() -> None:
    """Of three pasted lines two would be dropped without a word."""
    app = GridApp(Ledger(30))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "right", "x", "ctrl+a")
        app.post_message(events.Paste("one \r\n\n two\tthree\n"))
        await pilot.pause()
        assert app.editor.text == "one two three"
        app.post_message(events.Paste("\n"))
        await pilot.pause()
        assert app.editor.text == "one two three"


async def test_a_click_elsewhere_accepts_in_place() -> None:
    """What was typed would be lost at a click on another cell."""
    app = GridApp(Ledger(30))
    async with app.run_test(size=(60, 12), notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "right", "1", "2")
        await pilot.click(Grid, offset=(3, 8))
        assert app.notes == [(0, 1, "12", "stay")]
        assert not app.editor.is_open


async def test_a_window_over_the_screen_leaves_the_editor_open() -> None:
    """Looking something up while typing would save half a figure."""
    app = GridApp(Ledger(30))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await press(app, pilot, "right", "1")
        await app.push_screen(ModalScreen())
        await pilot.pause()
        app.pop_screen()
        await pilot.pause()
        assert app.editor.is_open
        app.post_message(events.AppBlur())
        await pilot.pause()
        app.post_message(events.AppFocus())
        await pilot.pause()
        assert app.editor.is_open
        assert not app.notes
        await press(app, pilot, "2", "enter")
        assert app.notes == [(0, 1, "12", "down")]


@pytest.mark.parametrize("opening", [(), ("f2", "ctrl+a"), ("enter", "ctrl+a")])
async def test_a_batch_of_keys_fills_a_column_in_order(opening: tuple[str, ...]) -> None:
    """Over a slow line figures typed quickly would mix, or land in the wrong rows."""
    app = GridApp(Ledger(30))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        keys = ["right"]
        for figure in ("81", "2015461800", "7", "40"):
            keys += [*opening, *figure, "enter"]
        await press_at_once(app, pilot, *keys, "down", "delete")
        assert app.notes == [
            (0, 1, "81", "down"),
            (1, 1, "2015461800", "down"),
            (2, 1, "7", "down"),
            (3, 1, "40", "down"),
            ("delete", 5, 1),
        ]


async def test_keys_typed_while_the_application_saves_are_kept() -> None:
    """The first digits of the next figure would be lost at every save."""

    class Slow(GridApp):
        async def on_cell_editor_accepted(  # type: ignore[override]  # it may be either
            self, message: CellEditor.Accepted
        ) -> None:
            message.prevent_default()
            await asyncio.sleep(0.05)
            super().on_cell_editor_accepted(message)

    app = Slow(Ledger(30))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press_at_once(app, pilot, "right", *"81", "enter", *"82", "enter", "ctrl+z")
        await keys_acted(app)
        assert app.notes == [(0, 1, "81", "down"), (1, 1, "82", "down"), "undo"]


async def test_esc_drops_no_figure_typed_before_it() -> None:
    """A figure and its Enter, delivered in one go with an Esc, would be gone."""
    app = GridApp(Ledger(30))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        with app.hold_keys():
            app.post_message(events.Key("7", "7"))
            await press_at_once(app, pilot, *"88", "enter", "escape")
            assert not app.notes
        await keys_acted(app)
        assert app.notes == [(0, 0, "788", "down")]


async def test_esc_pressed_before_an_act_turns_out_long_stops_it_once() -> None:
    """What takes a minute would have to be waited for by whoever was quick to regret it."""

    class Lasting(GridApp):
        stopped = asyncio.Event()

        async def action_note(  # type: ignore[override]  # it may be either
            self, what: str
        ) -> None:
            await asyncio.sleep(0.1)  # then it goes on behind the screen
            held = ExitStack()
            held.enter_context(self.hold_keys())
            self.run_worker(self.go_on(what, held))

        async def go_on(self, what: str, held: ExitStack) -> None:
            with held:
                await self.stopped.wait()
            self.notes.append(what)

        async def on_key(self, event: events.Key) -> None:
            if event.key == "escape":
                self.notes.append("stop")
                self.stopped.set()

    app = Lasting(Ledger(30))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        app.post_message(events.Key("ctrl+z", None))
        app.post_message(events.Key("5", "5"))
        app.post_message(events.Key("escape", None))
        await press_at_once(app, pilot, *"88", "enter")
        async with asyncio.timeout(5):
            await app.stopped.wait()
        await keys_acted(app)
        # What was pressed behind it is whole: a shortcut that goes would leave its text in a cell.
        assert app.notes == ["stop", "undo", (0, 0, "88", "down")]


async def test_a_paste_keeps_its_turn() -> None:
    """A figure pasted behind a move would stand in the cell that the cursor leaves."""
    app = GridApp(Ledger(30))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        app.post_message(events.Key("right", None))
        app.post_message(events.Paste("81"))
        await press_at_once(app, pilot, "enter", *"5", "enter")
        assert app.notes == [(0, 1, "81", "down"), (1, 1, "5", "down")]


async def test_the_first_key_after_another_window_is_not_lost() -> None:
    """Whoever comes back from another window would lose the first digit."""
    app = GridApp(Ledger(30))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        app.post_message(events.AppBlur())
        await pilot.pause()
        await press_at_once(app, pilot, *"55", "enter")
        assert app.notes == [(0, 0, "55", "down")]


async def test_what_is_typed_after_a_refusal_goes_on_in_the_box() -> None:
    """Keys pressed before the refusal was seen would move the cursor away."""
    app = GridApp(Ledger(30))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        app.refuses = True
        await press_at_once(app, pilot, "right", "8", "enter", "1", "home", "9")
        assert app.editor.text == "981"
        assert app.cursor == (0, 1)


async def test_the_editor_opens_where_the_application_says() -> None:
    """Bound to a grid it could not serve another table."""

    class Bare(KeysInOrder[None]):
        def compose(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
            yield Input("x")
            yield Grid(table(["a"], columns=[GridColumn("a", "A")]))
            yield CellEditor()

    app = Bare()
    async with app.run_test(size=(60, 20), notifications=True, tooltips=True) as pilot:
        editor, grid = app.query_one(CellEditor), app.query_one(Grid)
        grid.focus()
        await pilot.pause()
        region = grid.cell_region(0, 0).translate(grid.virtual_region.offset)
        editor.open(region, "text", caret_at_end=False)
        await press(app, pilot, "a")
        assert editor.text == "atext"
        assert app.query_one(TextBox).region.offset == Offset(0, 1) + grid.region.offset
        editor.close()
        editor.close()
        await pilot.pause()
        assert app.focused is grid
