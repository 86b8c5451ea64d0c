"""The console's editor: what is typed is kept, helped on, and run as it is meant."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from textual.screen import ModalScreen
from textual.widgets import OptionList

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui.console.completion import SqlText, SuggestionList
from lkjip_tui.tui.console.editor import SqlEditor
from lkjip_tui.tui.console.history import SqlHistory
from lkjip_tui.tui.console.pane import SqlPane
from lkjip_tui.tui.console.runs import Run
from lkjip_tui.tui.navigator import SQL
from tests.tui.conftest import Desk, OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted", "english")

_FOR_HOURS = "select sum(a.range * b.range) from range(3000000) a, range(200000) b"


def _editor(user: Desk) -> SqlEditor:
    return user.workbench.query_one(SqlEditor)


def _area(user: Desk) -> SqlText:
    return _editor(user).area


def _painted(user: Desk, row: int, part: str) -> list[str]:
    """Return what in a line has the style of such parts."""
    line, style = _area(user).get_line(row), f"sql-text--{part}"
    ink = _area(user).get_component_rich_style(style)
    return [line.plain[span.start : span.end] for span in line.spans if span.style == ink]


def _list(user: Desk) -> SuggestionList:
    return user.workbench.query_one(SuggestionList)


def _status(user: Desk) -> str:
    return user.screen().splitlines()[-2].strip()


async def _open(user: Desk, text: str = "") -> None:
    """Open the console, with the names of the file known and a text to be typed on."""
    await user.open(SQL)
    await user.see(lambda: _area(user).names.relations, "the names")
    _area(user).text = text
    await user.pilot.pause()


async def _write(user: Desk, text: str) -> None:
    """Replace the text and put the cursor behind it."""
    _area(user).text = text
    _area(user).move_cursor(_area(user).document.end)
    await user.pilot.pause()


def _texts(folder: Path) -> list[str]:
    """Return what is on the disk of what was typed."""
    return sorted(file.read_text("utf-8") for file in folder.glob("sql/*/*.sql"))


def _rows(user: Desk) -> list[str]:
    return [row.cells[0].text for row in user.grid.model.rows(0, 9)]


# Texts


async def test_what_is_typed_is_there_after_a_restart(
    desk: OpenDesk, example: Path, tmp_path: Path
) -> None:
    """A statement of an hour's work would be gone with the program, or with its tab."""
    async with desk(example) as user:
        await user.open(SQL)
        await user.type("-- mine")
        await user.press("enter", *"select 7")
        await user.press("alt+shift+n")
        await user.type("select 8")
        await user.see(lambda: _texts(tmp_path) == ["-- mine\nselect 7", "select 8"], "both kept")
    async with desk(example) as user:
        await user.open(SQL)
        assert _area(user).text == "select 8"
        assert _area(user).cursor_location == (0, 8)
        assert "1 mine" in user.screen()
        assert "▌2 select 8" in user.screen()
        await user.press("alt+d")
        assert _area(user).text == "-- mine\nselect 7"
        await user.press("alt+shift+d")
        assert _area(user).text == "select 8"


async def test_the_last_keys_before_quitting_are_kept(
    desk: OpenDesk, example: Path, tmp_path: Path
) -> None:
    """What was typed last would be lost to whoever is quick."""
    async with desk(example) as user:
        await user.open(SQL)
        await user.press(*"select 9", "ctrl+q")
    assert _texts(tmp_path) == ["select 9"]


async def test_the_sample_alone_is_not_kept(desk: OpenDesk, example: Path, tmp_path: Path) -> None:
    """A newcomer's sample would be one more text each time, and typing not replace it."""
    for _time in range(2):
        async with desk(example) as user:
            await user.open(SQL)
            assert _area(user).selected_text == _area(user).text
            await user.press("f5")
            await user.see(lambda: user.grid.model.row_count > 0, "the sample's rows")
    assert _texts(tmp_path) == []


async def test_a_closed_text_comes_back_with_its_steps(desk: OpenDesk, example: Path) -> None:
    """Closing the wrong one would cost what was typed there."""
    async with desk(example) as user:
        await _open(user)
        await user.type("select 1")
        await user.press("alt+q")
        assert _area(user).text == ""
        await user.press("alt+shift+q")
        assert _area(user).text == "select 1"
        await user.press("alt+shift+n", *"select 2", "alt+d", "ctrl+z")
        assert _area(user).text == "", "of the first text alone"
        await user.press("alt+d")
        assert _area(user).text == "select 2"


async def test_a_name_is_clicked_to_be_shown(desk: OpenDesk, example: Path) -> None:
    """With the mouse alone no other text could be reached."""
    async with desk(example) as user:
        await _open(user)
        await user.press(*"select 1", "alt+shift+n", *"select 2")
        line = next(n for n, text in enumerate(user.screen().splitlines()) if "1 select 1" in text)
        user.click(user.screen().splitlines()[line].index("1 select 1"), line)
        await user.see(lambda: _area(user).text == "select 1", "the first text")


async def test_a_text_that_drives_a_terminal_names_its_tab_harmlessly(
    desk: OpenDesk, example: Path
) -> None:
    """A prepared file would write over the screen, or end the program."""
    async with desk(example) as user:
        await _open(user, "-- [/x] [red]\x1b[2J\u202e漢\nselect 1")
        await user.see(lambda: "[/x] [red]" in user.screen().splitlines()[1], "the name")
        assert "\x1b" not in user.screen()


async def test_what_cannot_be_kept_is_told(desk: OpenDesk, example: Path, tmp_path: Path) -> None:
    """The user would trust that it is kept."""
    (tmp_path / "sql").write_text("in the way", "utf-8")
    async with desk(example) as user:
        await user.open(SQL)
        await user.type("select 1")
        await user.see(lambda: "is not kept" in user.screen(), "the word about it")


async def test_files_are_opened_and_saved(desk: OpenDesk, example: Path) -> None:
    """A statement could neither come from a colleague nor go to one."""
    file = example.parent / "mine.sql"
    file.write_bytes(b"select 5\r\n-- \xc3\xa9\r\n")
    async with desk(example) as user:
        await _open(user)
        await user.app.run_action("command('open_sql')")
        await user.see(lambda: isinstance(user.app.screen, ModalScreen), "the question")
        await user.press(*f"{file}x", "enter")
        await user.see(lambda: "cannot be read" in user.screen(), "why not")
        await user.press("end", "backspace", "enter")
        await user.see(lambda: _area(user).text == "select 5\n-- é\n", "the file's text")
        await user.press("ctrl+home", *"-- x", "enter")
        assert "mine.sql *" in user.screen()
        await user.app.run_action("command('save_sql')")
        await user.see(lambda: isinstance(user.app.screen, ModalScreen), "the question")
        await user.press("enter")
        await user.see(lambda: "Written:" in _status(user), "that it is saved")
        assert file.read_text("utf-8") == "-- x\nselect 5\n-- é\n"
        assert "mine.sql *" not in user.screen()
        file.write_text("somebody else's", "utf-8")
        await user.app.run_action("command('save_sql')")
        await user.see(lambda: isinstance(user.app.screen, ModalScreen), "the question")
        await user.press("enter")
        await user.see(lambda: "Write over" in user.screen(), "the warning")
        await user.press("escape")
        assert file.read_text("utf-8") == "somebody else's"


# Completion


async def test_behind_a_dot_the_columns_are_listed(desk: OpenDesk, example: Path) -> None:
    """The user would have to know by heart what the columns are called."""
    async with desk(example) as user:
        await _open(user)
        await user.type("from report.budget_summary as p select p.")
        await user.see(lambda: _list(user).is_open, "the list")
        assert "fiscal_year" in user.screen()
        assert "INTEGER" in user.screen()
        await user.type("abs")
        await user.see(lambda: _area(user).suggestion == "orption_pct", "the ghost")
        assert _list(user).is_open
        await user.press("down", "enter")
        assert _area(user).text.endswith("select p.absorption_pct_exact")
        assert not _list(user).is_open
        await user.press("ctrl+z")
        assert _area(user).text.endswith("select p.abs"), "one step takes it back"


@pytest.mark.slow
async def test_esc_closes_the_list_and_stops_nothing(desk: OpenDesk, example: Path) -> None:
    """A list in the way would cost the statement that runs."""
    async with desk(example) as user:
        await _open(user, _FOR_HOURS)
        await user.press("f5")
        pane = user.workbench.query_one(SqlPane)
        await user.see(lambda: pane.is_at_work, "the statement at work")
        await _write(user, "from program as p select p")
        await user.type(".")
        await user.see(lambda: _list(user).is_open, "the list")
        await user.press("escape")
        assert not _list(user).is_open
        assert pane.is_at_work
        await user.press("escape")
        await user.see(lambda: not pane.is_at_work, "the end of the statement")


async def test_tab_takes_the_ghost_and_indents_without_one(desk: OpenDesk, example: Path) -> None:
    """The key would do the one where the other is meant."""
    async with desk(example) as user:
        await _open(user)
        await user.type("from report.bud")
        await user.see(lambda: _area(user).suggestion == "get_summary", "the ghost")
        await user.press("tab")
        assert _area(user).text == "from report.budget_summary"
        await user.press("enter", "tab", "x")
        assert _area(user).text == "from report.budget_summary\n    x"
        await user.press("backspace", "enter", "y")
        assert _area(user).text.endswith("\n    \n    y"), "a line is as far in as the one before"


@pytest.mark.parametrize("key", ["ctrl+@", "ctrl+t"])
async def test_a_key_lists_what_may_stand_here(desk: OpenDesk, example: Path, key: str) -> None:
    """Where nothing is typed yet there would be no help."""
    async with desk(example) as user:
        await _open(user)
        await user.type("from ")
        assert not _list(user).is_open
        await user.press(key)
        await user.see(lambda: _list(user).is_open, "the list")
        await user.type("progr")
        await user.see(lambda: _list(user).chosen.text == "program", "what is narrowed to")
        await user.press("tab")
        assert _area(user).text == "from program"


async def test_names_that_need_quotes_come_in_quotes(desk: OpenDesk, example: Path) -> None:
    """What was taken from the list would not run."""
    with Workspace.open(example) as workspace:
        workspace._database.read('create table "my rows" ("the order" int)')  # noqa: SLF001
    async with desk(example) as user:
        await _open(user)
        await user.type("from my")
        await user.press("ctrl+t")
        await user.see(lambda: _list(user).is_open, "the list")
        await user.press("enter", *" as t select t.")
        await user.see(lambda: _list(user).is_open, "the columns")
        await user.press("enter", "f5")
        assert _area(user).text == 'from "my rows" as t select t."the order"'
        await user.see(lambda: user.grid.model.columns, "the result")
        assert user.grid.model.columns[0].heading == "the order"


# Find, replace, comment, lay out


async def test_a_text_is_found_forwards_backwards_and_around(desk: OpenDesk, example: Path) -> None:
    """In a long text one would have to read for a name."""
    async with desk(example) as user:
        await _open(user, "select Name\nfrom program\nwhere name = 'x'")
        await user.press("ctrl+f", *"NAME", "enter")
        assert _area(user).selection == ((0, 7), (0, 11))
        await user.press("f3")
        assert _area(user).selection == ((2, 6), (2, 10))
        await user.press("f3")
        assert _area(user).selection == ((0, 7), (0, 11))
        assert _status(user) == "from the other end"
        await user.press("shift+f4")
        assert _area(user).selection == ((2, 6), (2, 10))
        await user.press("ctrl+f", *"nowhere", "enter")
        assert "is not in the editor" in _status(user)


async def test_a_text_is_replaced_at_once_and_taken_back_at_once(
    desk: OpenDesk, example: Path
) -> None:
    """A column that has another name by now would be mended place by place."""
    async with desk(example, read_only=True) as user:
        await _open(user, "select a.x, b.x, 'max'")
        await user.press("alt+h")
        await user.see(lambda: isinstance(user.app.screen, ModalScreen), "the window")
        await user.press("x")
        await user.see(lambda: "It is there 3 times." in user.screen(), "how often")
        await user.press("enter", *"yy", "enter")
        await user.see(lambda: "yy" in _area(user).text, "what is replaced")
        assert _area(user).text == "select a.yy, b.yy, 'mayy'"
        assert _status(user) == "3 places replaced"
        await user.press("ctrl+z")
        assert _area(user).text == "select a.x, b.x, 'max'"


@pytest.mark.parametrize("key", ["ctrl+underscore", "ctrl+slash", "alt+t"])
async def test_lines_become_comments_and_back(desk: OpenDesk, example: Path, key: str) -> None:
    """To try without a line would mean typing it again."""
    async with desk(example) as user:
        await _open(user, "select 1\nfrom a\nwhere b")
        await user.press("down", key, "x")
        assert _area(user).text == "select 1\n-- xfrom a\nwhere b", "the cursor stays"
        await user.press("backspace", "shift+down", key)
        assert _area(user).text == "select 1\n-- -- from a\n-- where b"
        await user.press(key, "up", "home", key)
        assert _area(user).text == "select 1\nfrom a\nwhere b"


async def test_statements_are_laid_out_and_what_cannot_be_read_is_told(
    desk: OpenDesk, example: Path
) -> None:
    """A statement grown in a hurry could not be read, or one be spoilt unseen."""
    before = "SELECT  name,code FROM program; -- both\n\nselect ) 'x;"
    async with desk(example) as user:
        await _open(user, before)
        await user.press("right", "alt+l")
        await user.see(lambda: _area(user).text.startswith("select name, code"), "the layout")
        assert _area(user).text == "select name, code from program; -- both\n\nselect ) 'x;"
        assert _area(user).cursor_location == (0, 1)
        assert "1 statement laid out" in _status(user)
        assert "line 3" in _status(user)
        await user.press("ctrl+z")
        assert _area(user).text == before


# Running


async def test_the_statement_under_the_cursor_runs(desk: OpenDesk, example: Path) -> None:
    """Of several statements none could be run by itself."""
    async with desk(example) as user:
        await _open(user, "select 1 as a;\n\n-- two\nselect 2 as a;\nselect 3 as a")
        for keys, rows in ((("f5",), ["1"]), (("down", "down", "f5"), ["2"])):
            await user.press(*keys)
            await user.see(lambda rows=rows: _rows(user) == rows, f"the result {rows}")  # type: ignore[misc]
        await user.press("ctrl+end", "shift+home", "f5")
        await user.see(lambda: _rows(user) == ["3"], "what is chosen")


async def test_keys_are_shown_where_they_act(desk: OpenDesk, example: Path) -> None:
    """Ctrl+E goes to the end of the line while one types; from the result it exports."""
    async with desk(example, size=(160, 45)) as user:
        await _open(user, "select 7 as a")
        assert "^E export" not in user.screen().splitlines()[-1]
        await user.press("f5")
        await user.see(lambda: _rows(user) == ["7"], "the result")
        await user.press("f6")
        await user.see(lambda: "^E export" in user.screen().splitlines()[-1], "its key")


async def test_all_statements_run_in_turn(desk: OpenDesk, example: Path) -> None:
    """The last one would be shown of a file that did not run."""
    async with desk(example) as user:
        await _open(user, "-- none")
        await user.press("f5")
        await user.see(lambda: "There is no statement" in user.screen(), "that there is none")
        _area(user).text = "select 1;\nselect 2;\nselect 3"
        await user.press("alt+a")
        await user.see(lambda: _rows(user) == ["3"], "the last result")
        assert "result 3 of 3, Alt+U · 1 row" in user.screen()
        for keys, number in (("alt+u", "1"), ("alt+u", "2"), ("alt+shift+u", "1")):
            await user.press(keys)
            assert _rows(user) == [number]
            assert f"result {number} of 3" in user.screen()
        runs = _history(user)
        await user.see(lambda: len(runs()) == 3, "three runs")
        assert [run.statement for run in runs()] == ["select 3", "select 2", "select 1"]
        await user.press("f5")
        await user.see(lambda: "result " not in user.screen(), "that a single one has no other")
        await user.press("alt+u")
        assert "There is no other result." in user.screen()


async def test_a_failure_among_several_is_named_with_its_place(
    desk: OpenDesk, example: Path
) -> None:
    """The user would look for it in all of them, or believe that all have run."""
    async with desk(example) as user:
        await _open(user, "select 1;\n\nselect nmbr\nfrom program;\nselect 3")
        await user.press("alt+a")
        await user.see(lambda: "Statement 2 of 3 failed" in _status(user), "which one")
        assert "Line 3, column 8." in _status(user)
        assert _area(user).cursor_location == (2, 7)
        assert _rows(user) == ["1"], "the result before stays"
        assert _painted(user, 2, "fault") == ["nmbr"]
        await user.press("x")
        assert _painted(user, 2, "fault") == []
        _area(user).text = "select 4"
        await user.press("f5")
        await user.see(lambda: _rows(user) == ["4"], "the result of another")
        assert "Line 3" not in _status(user)


async def test_the_words_have_their_colours_while_they_are_typed(
    desk: OpenDesk, example: Path
) -> None:
    """A literal that is not closed is seen before it fails; a column is not taken for a keyword."""
    async with desk(example) as user:
        await _open(user, "-- a\nselect count(name), 'it''s'\n, 1.5 from main.program where $a")
        await user.see(lambda: _painted(user, 1, "keyword") == ["select"], "a keyword")
        assert _painted(user, 0, "comment") == ["-- a"]
        assert _painted(user, 1, "function") == ["count"]
        assert _painted(user, 1, "text") == ["'it''s'"]
        assert _painted(user, 2, "keyword") == ["from", "where"]
        assert _painted(user, 2, "number") == ["1.5"]
        assert _painted(user, 2, "parameter") == ["$a"]
        _area(user).move_cursor((1, 7))
        await user.press("'")
        assert _painted(user, 1, "text") == ["'count(name), '", "''", "'"]
        assert _painted(user, 2, "keyword") == []
        await user.press("ctrl+z")
        assert _painted(user, 2, "keyword") == ["from", "where"]


async def test_a_name_near_the_slip_is_told(desk: OpenDesk, example: Path) -> None:
    """One letter that is wrong would be looked for in the list of columns."""
    async with desk(example) as user:
        await _open(user, "select p.numbr from report.budget_summary as p")
        await user.press("f5")
        await user.see(lambda: "Near it: number" in _status(user), "the name")
        assert "Values list" in user.screen(), "the database's own words"


# History


def _history(user: Desk) -> Callable[[], Sequence[Run]]:
    return _editor(user)._runs.read  # noqa: SLF001


async def _open_history(user: Desk) -> None:
    await user.press("alt+e")
    await user.see(lambda: isinstance(user.app.screen, SqlHistory), "the window")


@pytest.mark.slow
async def test_earlier_statements_are_found_and_run_again(desk: OpenDesk, example: Path) -> None:
    """What was asked last week would have to be thought of again."""
    async with desk(example) as user:
        await _open(user)
        for text in (
            "select 41 as a",
            "select nope",
            "select range as b from range(50000) order by -range",
        ):
            _area(user).text = text
            await user.press("f5")
            await user.see(
                lambda: not user.workbench.query_one(SqlPane).result.is_running, "its end"
            )
        _area(user).text = _FOR_HOURS
        await user.press("f5")
        pane = user.workbench.query_one(SqlPane)
        await user.see(lambda: pane.is_at_work, "the statement at work")
        await user.press("escape")
        await user.see(lambda: len(_history(user)()) == 4, "all of them")
    async with desk(example) as user:
        await _open(user)
        await _open_history(user)
        shown = user.screen()
        for told in ("■", "stopped", "at least 20.", "● ", "failed", "✓", "1 row,"):
            assert told in shown
        await user.type("nope")
        await user.see(lambda: "Referenced column" in user.screen(), "why it failed")
        await user.press(*["backspace"] * 4, *"41", "enter")
        await user.see(lambda: _area(user).text == "select 41 as a", "the statement")
        await user.press(*" limit 9")
        await _open_history(user)
        await user.press(*"41", "f5")
        await user.see(lambda: _rows(user) == ["41"], "its result")
        assert _area(user).text == "select 41 as a"
        assert "1 select 41 as a limit 9" in user.screen(), "nothing typed is written over"


async def test_without_a_run_the_history_says_so(desk: OpenDesk, example: Path) -> None:
    """An empty window would look broken."""
    async with desk(example, size=(80, 24)) as user:
        await _open(user)
        await _open_history(user)
        assert "Nothing was run yet." in user.screen()
        await user.press("enter", "f5")
        assert user.app.screen.query_one(OptionList).option_count == 1
        await user.press("escape")
        await user.see(lambda: user.app.screen is user.workbench, "the workbench")
