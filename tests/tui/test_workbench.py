"""The screens around the grid: places, years, console, history, help."""

import threading
from pathlib import Path

import pytest
from textual.widgets import TextArea

from lkjip_tui import language
from lkjip_tui.core.changes.years import LACKING
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import KEYS
from lkjip_tui.tui.app import LkjipApp
from lkjip_tui.tui.arranger import Arranger
from lkjip_tui.tui.block_commands import BlockCommands
from lkjip_tui.tui.commands import BY_ID, COMMANDS, Command
from lkjip_tui.tui.console.acts import CatalogueActs, SaveActs
from lkjip_tui.tui.console.editor import SqlEditor
from lkjip_tui.tui.console.files import SqlFiles
from lkjip_tui.tui.console.pane import SqlPane
from lkjip_tui.tui.console.result import SqlResult
from lkjip_tui.tui.console.write import SqlWrite
from lkjip_tui.tui.export_commands import ExportCommands
from lkjip_tui.tui.fact_grid import FactGrid
from lkjip_tui.tui.file_commands import FileCommands
from lkjip_tui.tui.finder import Replacer
from lkjip_tui.tui.findings_pane import FindingsPane
from lkjip_tui.tui.help import Help
from lkjip_tui.tui.history_pane import HistoryPane
from lkjip_tui.tui.import_commands import ImportCommands
from lkjip_tui.tui.key_names import written
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.navigator import OTHER_SCREENS, SQL
from lkjip_tui.tui.own_queries import OwnQueries
from lkjip_tui.tui.palette import Entry, Palette, acts, fitting, places
from lkjip_tui.tui.query_pane import QueryPane
from lkjip_tui.tui.row_commands import RowCommands
from lkjip_tui.tui.safekeeping import SafeKeeping
from lkjip_tui.tui.steps import Steps
from lkjip_tui.tui.view import ACTIVITIES, View
from lkjip_tui.tui.workbench import Workbench
from tests.grid.support import MOST_SIZES_SLOW
from tests.tui.conftest import OpenDesk

_OWNERS = {
    "findings": (FindingsPane,),
    "workbench": (
        Workbench, Steps, FileCommands, ExportCommands, ImportCommands, SafeKeeping, OwnQueries,
    ),
    "grid": (QueryPane, FactGrid, Arranger, Replacer, BlockCommands, RowCommands, Workbench),
    "sql": (SqlPane, SqlEditor, SqlResult, SqlWrite, CatalogueActs, SaveActs, SqlFiles),
    "history": (HistoryPane,),
}  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_somebody_who_does_it(command: Command) -> None:
    """A key, a palette entry or a line of help would end in nothing."""
    owners = (*_OWNERS.get(command.scope, ()), LkjipApp)
    assert command.built_in or any(hasattr(owner, f"do_{command.id}") for owner in owners)
    assert command.label
    assert command.built_in or command.help.endswith(".")


def test_every_key_of_the_grid_is_a_command() -> None:
    """A key of the grid would stand in no help, and could not be told from a free one."""
    assert set(KEYS) == {command.id for command in COMMANDS if command.built_in}


async def test_the_palette_offers_every_command_that_acts_here(
    desk: OpenDesk, example: Path
) -> None:
    """An act without a key could not be found."""
    async with desk(example) as user:
        found: set[tuple[str, str]] = set()
        for place in ("sheet.activities", *OTHER_SCREENS):
            await user.open(place)
            found.update((entry.name, entry.key) for entry in acts(user.app))
        for command in COMMANDS:
            if command.id != "stop" and not command.built_in:  # only what runs can be stopped
                assert (language._(command.label), command.key_text) in found
        named = {entry.about for entry in places(user.workbench)}
        assert {"sheet.activities", "report.budget_summary"} <= named
        for typed in ("tabel 3.9", "table 3.9"):  # as people call it
            fit = list(fitting(list(places(user.workbench)), typed))
            assert [entry.about for entry in fit] == ["report.program_absorption"]
        for typed, act in (("backup", "back_up"), ("cadangan", "back_up"), ("batal", "undo")):
            found_acts = [entry.name for entry in fitting(list(acts(user.app)), typed)]
            assert language._(BY_ID[act].label) in found_acts


def test_what_is_so_named_comes_before_what_only_speaks_of_it() -> None:
    """The act that a user names would stand behind others, or be found in one language only."""
    named = ("Sort", "Undo a sort", "Undo sorting", "Resort", "Fold", "Lipat")
    about = ("", "", "", "", "Lays out; no sort.", "")
    also = ("", "", "", "", "", "Fold: not what is sorted")
    entries = [
        Entry(name, told, str, also=more)
        for name, told, more in zip(named, about, also, strict=True)
    ]
    assert [entry.name for entry in fitting(entries[::-1], "SORT")] == list(named)
    assert [entry.name for entry in fitting(entries, "sort lays")] == ["Fold"]
    assert not list(fitting(entries, "sorts"))
    assert list(fitting(entries, "")) == entries
    alike = [Entry(name, "", str) for name in ("Save as a file", "Open a file as a table")]
    assert list(fitting(alike, "File as")) == alike[::-1], "the words as they were typed"
    whole = [Entry("Findings accepted", "", str), Entry("Findings", "", str)]
    assert list(fitting(whole, "findings")) == whole[::-1], "what is just that"


@pytest.mark.usefixtures("uncounted")
async def test_places_are_listed_while_the_rows_are_read(desk: OpenDesk, example: Path) -> None:
    """The palette of a long table would be empty for as long as it reads."""
    read = threading.Event()

    def rows() -> list[Entry]:
        read.wait(30)
        return [Entry("there", "", str)]

    async with desk(example) as user:
        user.app.push_screen(Palette("", [Entry("here", "", str)], typed_only=rows))
        await user.see(lambda: "here" in user.screen(), "the places")
        assert not read.is_set()
        read.set()
        await user.press("t")
        await user.see(lambda: "there" in user.screen(), "the rows")


@pytest.mark.usefixtures("uncounted")
async def test_a_row_and_a_year_are_gone_to_by_their_names(desk: OpenDesk, example: Path) -> None:
    """In a table of thousand rows one would have to scroll to a row whose name is known."""
    with Workspace.open(example) as workspace:
        workspace.start_year(2022)
    async with desk(example, size=(80, 24)) as user:
        await user.press("ctrl+g", *"2021", "enter")
        await user.see(lambda: user.workbench.year == 2021, "the year")
        await user.go_to("program/1", "realization")
        await user.press("alt+o", "ctrl+g", *"asn gaji", "down", "up", "enter")
        model = user.workbench.query_pane.model
        assert model is not None

        def row_key() -> object:
            return model.row(user.grid.cursor_row)["row_key"]

        await user.see(lambda: row_key() == "sub_activity/3", "the row, unfolded")
        await user.press("ctrl+g", *"y/17", "enter")
        await user.see(lambda: row_key() == "sub_activity/17", "the row with the key")
        await user.press("backspace")
        await user.see(lambda: row_key() == "sub_activity/3", "the row before")
        await user.press(
            "ctrl+g", *"no such", "down", "escape", "ctrl+g", *"3.345.833.103", "enter"
        )
        shown = [column.name for column in model.shown]
        await user.see(
            lambda: shown[user.grid.cursor_column] == "budget_revised", "what the rows hold"
        )


@pytest.mark.slow
@pytest.mark.usefixtures("uncounted")
async def test_help_names_every_command(desk: OpenDesk, example: Path) -> None:
    """Help would keep silent about what the program can do."""
    async with desk(example, size=(100, 400)) as user:
        await user.press("f1")
        await user.see(lambda: isinstance(user.app.screen, Help), "the help")
        shown = user.screen()
        for command in COMMANDS:
            assert language._(command.label) in shown
            assert all(written(key) in shown for key in command.keys), command.id
        await user.press("escape")
        await user.see(lambda: user.app.screen is user.workbench, "the workbench again")


@pytest.mark.slow
@pytest.mark.parametrize("size", MOST_SIZES_SLOW)
async def test_every_place_opens_at_every_size(
    desk: OpenDesk, example: Path, size: tuple[int, int]
) -> None:
    """A sheet that ends the program on a small terminal."""
    async with desk(example, size=size) as user:
        for query in user.workbench.workspace.registry.queries.values():
            if query.kind in {"sheet", "report"}:
                await user.open(query.full_name)
        for place in OTHER_SCREENS:
            await user.open(place)


async def test_the_counts_follow_an_edit(desk: OpenDesk, example: Path) -> None:
    """The user would believe that nothing is wrong, or that everything still is."""
    async with desk(example) as user:
        top = user.screen().splitlines()[0]
        if user.workbench.counts.findings is None:
            assert "● …" in top, "nothing is known yet"
        await user.see(lambda: "● 75" in user.screen().splitlines()[0], "the first count")
        before = user.workbench.counts.of_severity("error")
        await user.go_to("sub_activity/3", "realization")
        await user.type("9.999.999.999")
        await user.press("enter")
        await user.see(
            lambda: user.workbench.counts.of_severity("error") > before, "one more error"
        )


async def test_a_year_is_started_and_switched_everywhere(desk: OpenDesk, example: Path) -> None:
    """One screen would show another year than the next."""
    async with desk(example) as user:
        await user.app.run_action("command('start_year')")
        await user.see(lambda: user.app.screen is not user.workbench, "the question")
        await user.press("enter")
        await user.see(lambda: user.workbench.place == LACKING, "what the new year lacks")
        assert user.workbench.year == 2022
        await user.press("backspace")
        await user.see(lambda: user.workbench.place == ACTIVITIES, "where it was started")
        assert user.workbench.year == 2022
        assert user.cell("total", "realization") == "–"
        await user.press("alt+y")
        await user.see(lambda: user.app.screen is not user.workbench, "the years")
        await user.press("up", "enter")
        await user.see(lambda: user.workbench.year == 2021, "the old year")
        assert user.cell("total", "realization") == "3.230.910.909"


@pytest.mark.usefixtures("uncounted")
async def test_a_file_opens_on_the_year_that_it_showed_last(
    desk: OpenDesk, example: Path, tmp_path: Path
) -> None:
    """Whoever works on last year's report would type into this year's after each opening."""
    memory = Memory(tmp_path / "state.json")
    with Workspace.open(example) as workspace:
        workspace.start_year(2022)
        assert View.first(workspace, memory).year == 2022
    async with desk(example) as user:
        await user.press("alt+y", "up", "enter")
        await user.see(lambda: user.workbench.year == 2021, "the earlier year")
    async with desk(example) as user:
        assert user.workbench.year == 2021
    with Workspace.open(example) as workspace:
        assert View.first(workspace, memory, 2022).year == 2022
        memory.turned_to(example, 2030)
        assert View.first(workspace, memory).year == 2022, "that year is gone"


@pytest.mark.usefixtures("uncounted")
async def test_the_console_reads_and_refuses_to_write(desk: OpenDesk, example: Path) -> None:
    """A slip in the console would change facts behind the journal's back."""
    async with desk(example) as user:
        await user.open(SQL)
        area = user.workbench.pane.query_one(TextArea)
        area.text = "select name from objective order by number"
        await user.press("f5")
        await user.see(lambda: user.grid.model.row_count == 4, "four objectives")
        area.text = "with gone as (delete from objective returning *) select * from gone"
        await user.press("f5")
        await user.see(lambda: "lkjip set" in user.screen(), "the refusal")
        area.text = "select count(*) from objective"
        await user.press("f5")
        await user.see(lambda: user.grid.model.rows(0, 1)[0].cells[0].text == "4", "all are there")


@pytest.mark.usefixtures("uncounted")
async def test_a_long_result_is_fetched_as_the_user_goes_down(
    desk: OpenDesk, example: Path
) -> None:
    """A large result would fill the memory before it is looked at."""
    async with desk(example) as user:
        await user.open(SQL)
        pane = user.workbench.query_one(SqlPane)
        pane.query_one(TextArea).text = "select range as n from range(1000000)"
        await user.press("f5")
        await user.see(lambda: user.grid.model.row_count == 1_000_000, "how many there are")
        user.grid.focus()
        await user.press("ctrl+end")
        assert "999.999" in user.screen()
        model = pane.result.model
        assert model is not None
        assert not model.is_held


@pytest.mark.usefixtures("uncounted")
async def test_the_program_speaks_both_languages(desk: OpenDesk, example: Path) -> None:
    """Half of the users would read the other half's words."""
    spoken = language.current()
    try:
        language.use("id")
        async with desk(example) as user:
            assert "Kegiatan dan sub kegiatan" in user.screen()
            assert "Realisasi" in user.screen()
        language.use("en")
        async with desk(example) as user:
            assert "Realization" in user.screen()
    finally:
        language.use(spoken)


@pytest.mark.usefixtures("uncounted")
async def test_a_place_is_found_by_a_word_of_its_name(desk: OpenDesk, example: Path) -> None:
    """Going to a table by its name would open another one, or none."""
    async with desk(example) as user:
        await user.press("ctrl+g")
        await user.see(lambda: user.app.focused is not user.grid, "the palette")
        await user.type("penyerapan")
        await user.see(lambda: "3.9 Anggaran dan Penyerapan" in user.screen(), "the table")
        await user.press("enter")
        await user.see(
            lambda: user.workbench.place == "report.program_absorption", "the table opened"
        )


@pytest.mark.usefixtures("uncounted")
async def test_another_year_is_shown_at_the_same_row(desk: OpenDesk, example: Path) -> None:
    """What is typed next would go into the row that has the place of it in the other year."""
    with Workspace.open(example) as workspace:
        workspace.start_year(2022)
        activities = workspace.find("sheet.activities")
        first: ViewRow = {"activity_id": 1, "fiscal_year": 2022, "stage": "initial"}
        workspace.insert(activities, first)
    async with desk(example) as user:
        await user.go_to("sub_activity/4", "name")
        at = user.grid.cursor_row
        await user.workbench.switch_year(2021)
        model = user.workbench.query_pane.model
        assert model is not None
        assert model.row(user.grid.cursor_row)["row_key"] == "sub_activity/4"
        assert user.grid.cursor_row == at - 1


async def test_a_figure_says_of_which_row_it_is(desk: OpenDesk, example: Path) -> None:
    """Names are cut on a narrow screen, and two that begin alike would be taken for each other."""
    async with desk(example, size=(80, 24)) as user:
        await user.open("indicators")
        await user.go_to("indicator/4", "target_revised")
        await user.see(lambda: "Indek Kepuasan ASN" in user.screen(), "whose target it is")
        await user.press("down")
        await user.see(lambda: "Pemenuhan Kebutuhan" in user.screen(), "whose the next one is")
