"""A statement's result in the grid of the tables: looked at whole, arranged, copied, and true."""

import asyncio
from pathlib import Path
from typing import Final

import pytest
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from lkjip_tui.core.errors import Interrupted, QueryError
from lkjip_tui.tui.arrangement import DOWN, UP
from lkjip_tui.tui.console import result as sql_result
from lkjip_tui.tui.console.pane import SqlPane
from lkjip_tui.tui.console.result import SqlResult
from lkjip_tui.tui.console.runs import Ran
from lkjip_tui.tui.dialogs import Choose
from lkjip_tui.tui.navigator import SQL
from lkjip_tui.tui.query_model import FILTERED
from tests.core.support import inside
from tests.tui.conftest import Desk, OpenDesk

pytestmark = [pytest.mark.usefixtures("uncounted", "english")]

_FOR_HOURS: Final = "select sum(a.range * b.range) from range(3000000) a, range(200000) b"
_SOON_AND_LATE: Final = (
    "select range as n from range(100000000000)"
    " where range < 4000 or regexp_matches(range::varchar, '^(x+)+$')"
)
_SORTED: Final = "select range as n, 'row ' || range as name from range(50000) order by n desc"
_FEW: Final = (
    "select * from (values ('b', 2, 1.5), ('a', 10, null), ('c', 2, 0.25), ('a', 1, 7))"
    " as t(name, n, share)"
)


def result_of(user: Desk) -> SqlResult:
    """Return the result in the console."""
    return user.workbench.query_one(SqlPane).result


def truth(user: Desk) -> str:
    """Return what the line beneath the result says."""
    said = result_of(user).query_one("#truth", Static).content
    return said.plain if isinstance(said, Content) else str(said)


def status(user: Desk) -> str:
    """Return what the status line says."""
    return str(user.workbench.query_one("#status", Static).render())


def shown(user: Desk, column: int = 0) -> list[str]:
    """Return a column of all rows as the grid draws it."""
    rows = user.grid.model.rows(0, user.grid.model.row_count)
    return [row.cells[column].text for row in rows]


async def begin(user: Desk, statement: str) -> None:
    """Open the console and run a statement, without waiting for it."""
    await user.open(SQL)
    user.workbench.query_one(SqlPane).query_one(TextArea).text = statement
    await user.press("f5")


async def rest(user: Desk) -> None:
    """Wait until nothing is at work."""
    await user.see(lambda: not result_of(user).is_at_work, "the end of what is at work")


async def run(user: Desk, statement: str) -> None:
    """Run a statement, wait for all that comes by itself, and go to its rows."""
    await begin(user, statement)
    await rest(user)
    user.grid.focus()
    await user.pilot.pause()


async def test_ten_million_rows_are_looked_at_to_the_end_and_back(
    desk: OpenDesk, example: Path
) -> None:
    """A statement over a ledger would show its first page and no more."""
    async with desk(example) as user:
        await run(user, "select range as n, -range as less from range(10000000)")
        assert truth(user).startswith("10.000.000 rows · first rows after ")
        await user.press("ctrl+end")
        assert "-9.999.999" in user.screen()
        await user.press("ctrl+home")
        assert user.grid.cursor_row == 0
        await user.press("pagedown")
        assert shown_row(user) == [str(user.grid.cursor_row), f"-{user.grid.cursor_row}"]


def shown_row(user: Desk) -> list[str]:
    """Return the cells of the cursor's row."""
    at = user.grid.cursor_row
    return [cell.text for cell in user.grid.model.rows(at, at + 1)[0].cells]


async def test_whoever_goes_to_the_end_of_a_sorted_result_gets_there(
    desk: OpenDesk, example: Path
) -> None:
    """The last of fifty thousand rows would be the twenty-thousandth."""
    async with desk(example) as user:
        await run(user, _SORTED)
        held = user.grid.model.row_count
        assert 20_000 <= held < 21_000
        assert " rows of at least " in truth(user)
        assert "more come as you go down" in truth(user)
        await user.press("ctrl+end")
        await rest(user)
        await user.see(lambda: user.grid.cursor_row == 49_999, "the last row")
        assert shown_row(user) == ["0", "row 0"]
        assert truth(user).startswith("50.000 rows · ")
        await user.press("ctrl+home")
        assert shown_row(user) == ["49.999", "row 49999"]


async def test_going_down_reads_on_and_the_cursor_stays(desk: OpenDesk, example: Path) -> None:
    """Whoever pages through a result would be thrown to its end."""
    async with desk(example) as user:
        await run(user, _SORTED)
        last = user.grid.model.row_count - 1
        user.grid.move_to(last - 2, 0)
        await user.press("down", "down")
        await user.see(lambda: user.grid.model.row_count == 50_000, "all rows")
        await rest(user)
        assert user.grid.cursor_row == last
        await user.press("down")
        assert shown_row(user) == [
            f"{49_999 - last - 1:,}".replace(",", "."),
            f"row {49_999 - last - 1}",
        ]


async def test_figures_stand_as_they_would_in_a_view(desk: OpenDesk, example: Path) -> None:
    """Amounts of nine digits would have to be counted, and 1,50 be read as another figure."""
    statement = (
        "select b.fiscal_year, b.program_id, b.budget, b.absorption_pct, b.budget * 1.0 as share,"
        " sum(b.budget) over () as total, 1000 as kode, 2021 as y, 1e-7 as small, true as is_so"
        " from report.budget_summary as b where b.level = 3"
    )
    async with desk(example) as user:
        await run(user, statement)
        at = next(n for n, budget in enumerate(shown(user, 2)) if budget == "5.000.000")
        row = [cell.text for cell in user.grid.model.rows(at, at + 1)[0].cells]
        assert row == [
            "2021",
            "1",
            "5.000.000",
            "99,92",
            "5.000.000,0",
            "4.644.000.103",
            "1000",
            "2021",
            "0,0000001",
            "true",
        ]
        user.grid.move_to(at, 2)
        await user.press("ctrl+c")
        assert user.app.clipboard == "5.000.000"
        for looked_for in ("26808960", "26.808.960"):
            await narrow(user, looked_for)
            assert user.grid.model.row_count == 1


async def test_a_result_is_sorted_by_several_columns(desk: OpenDesk, example: Path) -> None:
    """100 would stand before 20, or a sorted figure beside another row's name."""
    async with desk(example) as user:
        await run(user, _FEW)
        await user.press("right", "alt+s")
        assert list(zip(shown(user), shown(user, 1), strict=True)) == [
            ("a", "1"), ("b", "2"), ("c", "2"), ("a", "10"),
        ]  # fmt: skip
        assert f"n{UP}" in user.screen().replace(" ", "")
        await user.press("left", "alt+shift+s", "alt+shift+s")
        assert list(zip(shown(user), shown(user, 1), strict=True)) == [
            ("a", "1"), ("c", "2"), ("b", "2"), ("a", "10"),
        ]  # fmt: skip
        await user.press("right", "right", "alt+s", "alt+s")
        assert shown(user, 2) == ["7,00", "1,50", "0,25", "–"]
        assert DOWN in user.screen()
        await user.press("alt+s")
        assert shown(user) == ["b", "a", "c", "a"]


async def test_the_cursor_stays_on_its_row_when_others_come_before_it(
    desk: OpenDesk, example: Path
) -> None:
    """Two rows with the same key would be taken for each other."""
    async with desk(example) as user:
        await run(user, "select 'x' as row_key, unnest([3, 1, 2]) as n")
        await user.press("right", "down", "alt+s")
        assert (user.grid.cursor_row, shown_row(user)) == (0, ["x", "1"])
        await user.press("alt+s")
        assert (user.grid.cursor_row, shown_row(user)) == (2, ["x", "1"])


async def narrow(user: Desk, text: str) -> None:
    """Type a text into the line that filters."""
    await user.press("ctrl+l")
    user.app.screen.query_one(SqlResult).query(Input).first().value = text
    await user.press("enter")
    await rest(user)
    await user.pilot.pause()


async def test_a_result_is_filtered_by_value_text_and_condition(
    desk: OpenDesk, example: Path
) -> None:
    """What is looked for would have to be written into the statement each time."""
    async with desk(example) as user:
        await run(user, _FEW)
        await user.press("down", "alt+v")
        assert shown(user, 1) == ["10", "1"]
        assert f"2 of 4 rows · {FILTERED} name = a" in truth(user)
        await user.press("alt+shift+v")
        assert truth(user).startswith("4 rows · ")
        await narrow(user, "0.25")
        assert shown(user) == ["c"]
        await narrow(user, "= n < 10 and share is not null")
        assert shown(user) == ["b", "c", "a"]
        assert f"3 rows · {FILTERED} n < 10 and share is not null" in truth(user)
        await narrow(user, "= nn < 10")
        assert "“nn”" in status(user)
        await user.press("escape")
        await user.press("alt+shift+v")
        assert shown(user) == ["b", "a", "c", "a"]


async def test_a_long_result_is_sorted_filtered_and_searched_whole(
    desk: OpenDesk, example: Path
) -> None:
    """The first of twenty thousand rows would be told as the first of all."""
    async with desk(example) as user:
        await run(user, _SORTED)
        await user.press("alt+s")
        await rest(user)
        assert shown_row(user) == ["0", "row 0"]
        assert truth(user).startswith("50.000 rows · ")
        await narrow(user, "w 777")
        assert user.grid.model.row_count == 11
        await user.press("alt+shift+v", "ctrl+f")
        await user.type("49998")
        await user.press("enter")
        await user.see(lambda: user.grid.cursor_row == 49_998, "the row that holds it")


async def test_a_text_is_found_among_the_rows_of_a_result(desk: OpenDesk, example: Path) -> None:
    """Ctrl+F would be dead where most rows are."""
    async with desk(example) as user:
        await run(user, "select range as n, 'row ' || range as name from range(5000)")
        await user.press("ctrl+f")
        await user.type("row 432")
        await user.press("enter")
        await user.see(lambda: user.grid.cursor_row == 432, "the first")
        await user.press("f3")
        await user.see(lambda: user.grid.cursor_row == 4320, "the next")
        await user.press("shift+f4")
        await user.see(lambda: user.grid.cursor_row == 432, "the one before")


async def test_chosen_cells_are_copied_in_every_form_and_summed(
    desk: OpenDesk, example: Path
) -> None:
    """Figures would have to be typed off the screen."""
    async with desk(example) as user:
        await run(user, _FEW)
        await user.press("ctrl+c")
        assert user.app.clipboard == "b"
        await user.press("ctrl+a", "ctrl+c")
        assert user.app.clipboard == "name\tn\tshare\nb\t2\t1,5\na\t10\t\nc\t2\t0,25\na\t1\t7\n"
        assert "12 cells copied" in status(user)
        for form, wanted in (("SQL", "('b', 2, 1.50)"), ("Markdown", "| b | 2 | 1.5 |")):
            await user.press("alt+c")
            await user.see(lambda: isinstance(user.app.screen, Choose), "the forms")
            listed = user.app.screen.query("OptionList").first()
            options = [str(each.prompt) for each in listed.options]  # type: ignore[attr-defined]
            at = next(n for n, option in enumerate(options) if form in option)
            await user.press("home", *["down"] * at, "enter")
            await user.see(lambda: wanted in user.app.clipboard, form)  # noqa: B023 - at once
        await user.press("ctrl+home", "right", "alt+k")
        assert "sum 15" in status(user)
        assert "mean 3,75" in status(user)


async def test_columns_are_hidden_frozen_and_drawn_wider_for_this_result_alone(
    desk: OpenDesk, example: Path
) -> None:
    """The next statement would be shown in the layout of another."""
    async with desk(example) as user:
        await run(user, _FEW)
        await user.press("alt+x")
        assert [each.name for each in user.grid.model.columns] == ["n", "share"]
        assert "1 column hidden" in truth(user)
        width = user.grid.width_of(0)
        await user.press("alt+m", "alt+p")
        assert user.grid.width_of(0) == width + 2
        assert user.grid.frozen == 1
        await user.press("alt+shift+x")
        assert [each.name for each in user.grid.model.columns] == ["name", "n", "share"]
        await user.press("alt+x")
        await run(user, _FEW)
        assert [each.name for each in user.grid.model.columns] == ["name", "n", "share"]


async def test_enter_shows_the_row_as_a_record(desk: OpenDesk, example: Path) -> None:
    """Of thirty columns only those would be read beside each other that the screen holds."""
    columns = ", ".join(f"{n} as column_{n}" for n in range(40))
    async with desk(example, size=(80, 24)) as user:
        await run(user, f"select {columns}, 'two' || chr(10) || 'lines [b]' as last, n"
                        " from range(2) as t(n)")  # fmt: skip
        await user.press("enter")
        await user.see(lambda: "row 1 of 2" in user.screen(), "the record")
        assert "column_3" in user.screen()
        await user.press("end")
        await user.see(lambda: "lines [b]" in user.screen(), "the whole text")
        await user.press("right")
        await user.see(lambda: "row 2 of 2" in user.screen(), "the next row")
        await user.press("right", "left")
        await user.see(lambda: "row 1 of 2" in user.screen(), "the row before")
        await user.press("escape")
        assert user.app.screen is user.workbench
        assert user.grid.has_focus


async def test_the_figures_of_a_result_are_drawn_as_bars_and_as_lines(
    desk: OpenDesk, example: Path
) -> None:
    """Whoever looks for an outlier would have to export first."""
    async with desk(example) as user:
        await run(user, _FEW)
        await user.press("alt+g")
        await user.see(lambda: "█" in user.screen(), "the bars")
        assert "n, share" in user.screen()
        await user.press("l")
        await user.see(lambda: any("\u2801" <= c <= "\u28ff" for c in user.screen()), "a line")
        await user.press("l")
        await user.see(lambda: "█" in user.screen(), "the bars again")
        await user.press("escape")
        await run(user, "select 'x' as name, 'nan'::double as n")
        await user.press("alt+g")
        assert "no figures" in status(user)


async def test_what_fails_is_told_and_the_result_before_is_marked(
    desk: OpenDesk, example: Path
) -> None:
    """The user would take the result before for that of the new statement."""
    async with desk(example) as user:
        await begin(user, "select x from program")
        await user.see(lambda: "Binder Error" in truth(user), "the error")
        assert truth(user).startswith("● ")
        assert "the result above" not in truth(user), "there is none"
        await run(user, _FEW)
        assert not user.grid.has_class("old")
        for statement in ("select x from program", "delete from program", "selec"):
            await begin(user, statement)
            await user.see(lambda: truth(user).startswith("● "), "the error")
            assert "the result above is the one before." in user.screen()
            assert user.grid.has_class("old")
            assert shown(user) == ["b", "a", "c", "a"]
        await run(user, "select 7")
        assert not user.grid.has_class("old")
        assert truth(user).startswith("1 row · ")


async def test_an_error_behind_the_first_rows_leaves_them(desk: OpenDesk, example: Path) -> None:
    """One text that is no number would take thousands of good rows from the screen."""
    async with desk(example) as user:
        await run(user, "select cast(if(i = 15000, 'x', '') || i as int) as n,"
                        " repeat('x', 800 + i % 2) as t from range(20000) as t(i)")  # fmt: skip
        assert "Conversion Error" in truth(user)
        assert " of 20.000 rows" in truth(user)
        assert shown_row(user)[0] == "0"
        await user.press("ctrl+end")
        assert not result_of(user).is_at_work, "it would fail again"


async def test_a_row_far_down_that_cannot_be_read_is_told_whatever_is_done(
    desk: OpenDesk, example: Path
) -> None:
    """One text that is no number among millions of rows would end the program."""
    async with desk(example) as user:
        await run(
            user,
            "select range as n, cast(if(range = 4500000, 'x', '') || range as int) as m"
            " from range(10000000)",
        )
        user.grid.move_to(4_500_000, 1)
        await user.see(lambda: "x4500000" in truth(user), "why nothing is shown")
        await user.press("shift+down")
        assert "x4500000" in status(user)
        await user.press("ctrl+c")
        assert "x4500000" in status(user)
        await user.press("enter")
        assert "x4500000" in user.screen()
        await user.press("right", "escape", "ctrl+home")
        assert user.grid.model.rows(0, 1)[0].cells[0].text == "0"
        await user.press("escape")
        assert "console" not in status(user), "nothing runs that could be stopped"


@pytest.mark.slow
async def test_that_the_facts_have_changed_since_is_said(desk: OpenDesk, example: Path) -> None:
    """Figures of before an edit would be copied into the report."""
    async with desk(example) as user:
        await run(user, "select count(*) as n from report_year")
        result_of(user).release()
        assert "changed" not in truth(user)
        await asyncio.to_thread(user.workbench.workspace.start_year, 2022)
        result_of(user).release()
        assert "the facts have changed since it ran" in truth(user)
        await user.press("f5")
        await user.see(lambda: shown(user) == ["2"], "the figure of now")
        assert "changed" not in truth(user)
        await run(user, "select nix")
        await asyncio.to_thread(user.workbench.workspace.start_year, 2023)
        result_of(user).release()
        assert "nix" in truth(user), "why there is no new result"


async def test_a_result_that_is_read_on_lets_the_file_rest_after_an_edit(
    desk: OpenDesk, example: Path
) -> None:
    """The log beside the file would grow for as long as a result is on the screen."""
    async with desk(example) as user:
        await begin(user, _SOON_AND_LATE)
        await user.see(lambda: user.grid.model.row_count > 256, "rows that are read on")
        await asyncio.to_thread(user.workbench.workspace.start_year, 2022)
        result_of(user).release()
        await rest(user)
        assert await asyncio.to_thread(user.workbench.workspace.checkpoint)
        assert user.grid.model.row_count > 256


@pytest.mark.parametrize("form", ["csv", "md", "xlsx"])
async def test_the_whole_result_is_exported_whatever_was_read(
    desk: OpenDesk, example: Path, form: str
) -> None:
    """A file would hold the first rows and look like all of them."""
    async with desk(example) as user:
        await run(user, "select range as n from range(50000) order by -range;  -- all")
        await user.press("ctrl+e")
        await user.see(lambda: user.app.screen is not user.workbench, "the question where")
        await user.see(lambda: "as SQL gives" in user.screen(), "how its numbers stand there")
        user.app.screen.query_one(Input).value = str(file := example.parent / f"x.{form}")
        await user.press("enter")
        await user.see(file.exists, "the file")
        if form != "xlsx":
            lines = file.read_text("utf-8").splitlines()
            assert ("0" in lines[-1], len(lines)) == (True, 50_000 + (1 if form == "csv" else 2))


#: What is stopped, and the word that tells that it has begun.
_STOPPED: Final = {
    "at once": (_FOR_HOURS, ""),
    "the first rows": (_FOR_HOURS, "running"),
    "their number": (f"select n from ({_SOON_AND_LATE.replace('4000', '900000')})", "counting"),
    "the rows that follow": (_SOON_AND_LATE, "reading on"),
}


@pytest.mark.parametrize(
    "moment",
    ["at once", *(pytest.param(each, marks=pytest.mark.slow) for each in [*_STOPPED][1:])],
)
async def test_esc_stops_it_at_any_moment(
    desk: OpenDesk, example: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """The machine would go on with what nobody waits for, or the screen say what is not so."""
    statement, word = _STOPPED[moment]
    if word == "counting":
        monkeypatch.setattr(sql_result, "_PATIENCE", 3_600)
    async with desk(example) as user:
        await begin(user, statement)
        await user.see(lambda: word in truth(user), moment)
        await user.press("escape")
        await rest(user)
        assert "stopped" in truth(user)
        assert "running" not in truth(user)
        assert "Esc stops it" not in user.screen()
        await see_nothing_at_work(user)
        await run(user, "select 7 as n")
        assert shown(user) == ["7"]


async def test_esc_stops_what_going_to_the_end_has_begun(desk: OpenDesk, example: Path) -> None:
    """A copy of endless rows would be made although the user has left it."""
    statement = (
        f"select n, row_number() over () as r from ({_SOON_AND_LATE.replace('< 4000', '< 900000')})"
    )
    async with desk(example) as user:
        await run(user, statement)
        held = user.grid.model.row_count
        await user.press("ctrl+end")
        await user.see(lambda: "reading all rows" in truth(user), "the copy")
        await user.press("escape")
        await rest(user)
        assert "stopped" in truth(user)
        assert user.grid.model.row_count == held
        await see_nothing_at_work(user)


async def see_nothing_at_work(user: Desk) -> None:
    """Wait until no cursor of the console is open, and no database beside the file."""
    database = inside(user.workbench.workspace).database
    await user.see(lambda: not database._held_cursors, "the end of all cursors")  # noqa: SLF001
    names = "select database_name from duckdb_databases() where not internal"
    assert len(await asyncio.to_thread(database.read, names)) == 1


@pytest.mark.slow
async def test_a_statement_is_not_run_while_another_is(desk: OpenDesk, example: Path) -> None:
    """Two statements would fight for the place of the result."""
    async with desk(example) as user:
        await begin(user, _FOR_HOURS)
        await user.see(lambda: "running" in truth(user), "the statement at work")
        await user.press("f5")
        assert "runs already" in status(user)
        await user.press("escape")
        await rest(user)
        await user.see(lambda: "runs already" not in status(user), "that none runs any more")


@pytest.mark.slow
async def test_a_new_statement_ends_what_is_read_of_the_old(desk: OpenDesk, example: Path) -> None:
    """Each result that is left would go on to take the processor."""
    async with desk(example) as user:
        await begin(user, _SOON_AND_LATE)
        await user.see(lambda: "reading on" in truth(user), "rows that are read on")
        await run(user, "select 7 as n")
        assert shown(user) == ["7"]
        assert truth(user).startswith("1 row · ")
        await see_nothing_at_work(user)


async def test_whoever_asks_is_told_what_a_statement_came_to(
    desk: OpenDesk, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of runs would call what was stopped a success, or never know how many rows came."""
    told: list[Ran] = []
    hear = SqlPane.on_ran

    def noting(pane: SqlPane, event: Ran) -> None:
        told.append(event)
        hear(pane, event)

    monkeypatch.setattr(SqlPane, "on_ran", noting)
    async with desk(example) as user:
        await run(user, "select $fiscal_year as y")
        await run(user, "select range from range(1000)")
        await run(user, "selec")
        await begin(user, _FOR_HOURS)
        await user.press("escape")
        await rest(user)
        await user.see(lambda: len(told) == 5, "all that is known of four runs")
    assert [(each.rows, each.is_whole, each.is_more) for each in told[:3]] == [
        (1, True, False), (256, False, False), (1000, True, True),
    ]  # fmt: skip
    assert told[0].statement == "select $fiscal_year as y"
    assert told[1].run == told[2].run != told[0].run
    assert [type(each.error) for each in told[2:]] == [type(None), QueryError, Interrupted]


async def test_a_statement_has_its_parameters(desk: OpenDesk, example: Path) -> None:
    """What is kept or exported would be of other values than what is on the screen."""
    async with desk(example) as user:
        await user.open(SQL)
        statement = "select range as n, $word as w, $fiscal_year as y from range(50000)"
        result_of(user).run(statement, 2021, {"word": "it's"})
        await user.see(lambda: user.grid.model.row_count >= 20_000, "the rows")
        await rest(user)
        user.grid.focus()
        await user.press("ctrl+end")
        await user.see(lambda: user.grid.cursor_row == 49_999, "the last row")
        assert shown_row(user) == ["49.999", "it's", "2021"]
        exportable = result_of(user).exportable()
        assert exportable is not None
        rows = await asyncio.to_thread(lambda: list(exportable.records().rows))
        assert rows[-1] == (49_999, "it's", 2021)


async def test_no_value_or_name_is_taken_for_markup(desk: OpenDesk, example: Path) -> None:
    """A bracket in a text would vanish, or end the program."""
    hostile = "[/x] [b]A[/b] \x1b[31m \u202e {fiscal_year}"
    async with desk(example) as user:
        await user.open(SQL)
        name = hostile.replace('"', '""')
        statement = f"""select $t as "{name}", repeat('x', 100000) as long from range(3)"""
        result_of(user).run(statement, 2021, {"t": hostile})
        await rest(user)
        await user.see(lambda: user.grid.model.row_count == 3, "the rows")
        user.grid.focus()
        assert "[/x] [b]A[/b]" in shown(user)[0]
        assert "{fiscal_year}" in user.grid.model.columns[0].heading
        await user.press("alt+v", "alt+s", "enter")
        await user.see(lambda: "row 1 of 3" in user.screen(), "the record")
        await user.press("escape", "ctrl+o")
        await user.see(lambda: user.app.screen is not user.workbench, "the text")
        await user.press("escape")
        await narrow(user, hostile)
        assert user.grid.model.row_count == 3


async def test_the_keys_of_tables_act_on_results(desk: OpenDesk, example: Path) -> None:
    """The palette and F7 would not list what can be done here."""
    async with desk(example) as user:
        await run(user, _FEW)
        commands = [each for each in user.app.key_settings.commands if each.scope == "grid"]
        acts = {each.id for each in commands if user.app.acts_here(each)}
    assert {
        "copy", "copy_as", "find", "find_next", "find_previous", "sort", "sort_also", "narrow",
        "filter_value", "all_rows", "freeze", "hide", "show_columns", "narrower", "wider",
        "column_left", "column_right", "own_layout", "chart", "record", "long_text", "select",
    } <= acts  # fmt: skip
    assert not {"edit", "clear", "cut", "paste", "fill_down", "insert_row"} & acts
