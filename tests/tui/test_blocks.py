"""Chosen cells are copied, cut, pasted, looked at and searched by keys."""

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from lkjip_tui.core.changes.plan import CellText
from lkjip_tui.core.figures.values import NULL_SIGN
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui.dialogs import Choose
from lkjip_tui.tui.pasting import Paste
from lkjip_tui.tui.preview import Preview
from tests.core.support import facts_of
from tests.tui.conftest import Desk, OpenDesk
from tests.tui.test_sql_result import status

pytestmark = pytest.mark.usefixtures("uncounted")

_FIRST, _SECOND = "sub_activity/1", "sub_activity/2"


def column(user: Desk, name: str, *keys: str) -> list[str]:
    """Return a column's texts in some rows."""
    return [user.cell(key, name) for key in keys]


def act_count(user: Desk) -> int:
    """Return how many acts the file has seen."""
    assert user.app.workspace is not None
    return len(user.app.workspace.deeds(100))


@pytest.mark.usefixtures("english")
async def test_what_is_copied_here_is_put_elsewhere_line_by_line(
    desk: OpenDesk, example: Path
) -> None:
    """A budget copied with its subtotals would stand a few rows too low."""
    async with desk(example) as user:
        await user.go_to("program/1", "budget_revised")
        await user.press(*["shift+down"] * 3, "ctrl+c")
        assert user.app.clipboard.split() == [
            "4349483103", "15000000", "5000000", "10000000",
        ]  # fmt: skip
        await user.go_to("program/1", "budget_initial")
        await user.press("ctrl+v")
        await user.see(lambda: "paste: 2 cells" in user.screen(), "what was pasted")
        rows = "program/1", "activity/1", _FIRST, _SECOND
        assert column(user, "budget_initial", *rows) == [
            "15.000.000", "15.000.000", "5.000.000", "10.000.000",
        ]  # fmt: skip

        await user.go_to(_FIRST, "budget_initial")
        await user.press("shift+down", "ctrl+x")
        await user.see(lambda: "cut: 2 cells" in user.screen(), "what was cut")
        assert column(user, "budget_initial", *rows) == [NULL_SIGN] * 4
        await user.press("ctrl+v")
        await user.see(lambda: user.cell(_SECOND, "budget_initial") == "10.000.000", "both again")

        # The same text from another program may have been made without subtotals.
        await user.go_to("program/1", "budget_initial")
        await user.paste("1.000\n2.000\n")
        await user.see(lambda: isinstance(user.app.screen, Choose), "the question")
        assert "2 of these rows are computed" in user.screen()
        await user.press("down", "enter")
        await user.see(lambda: user.cell(_SECOND, "budget_initial") == "2.000", "both figures")
        assert user.cell(_FIRST, "budget_initial") == "1.000"
        before = act_count(user)
        await user.go_to("program/1", "budget_initial")
        await user.paste("3.000\n4.000\n")
        await user.see(lambda: isinstance(user.app.screen, Choose), "the question")
        await user.press("escape")
        await user.see(lambda: "Nothing was changed." in user.screen(), "what became of it")
        assert act_count(user) == before


@pytest.mark.usefixtures("english")
async def test_what_is_copied_in_one_year_goes_into_its_rows_in_another(
    desk: OpenDesk, example: Path
) -> None:
    """Figures of last year would stand in the rows of other sub kegiatan."""
    with Workspace.open(example) as workspace:
        workspace.start_year(2022)
    async with desk(example) as user:
        await user.workbench.switch_year(2021)
        await user.go_to("sub_activity/7", "budget_revised")
        await user.press(*["shift+down"], "ctrl+c")
        lines = user.app.clipboard.split()
        await user.workbench.switch_year(2022)
        await user.go_to(_FIRST, "budget_initial")
        await user.press("ctrl+v")
        await user.see(lambda: isinstance(user.app.screen, Choose), "the question")
        assert "from 2021" in user.screen()
        await user.press("enter")
        await user.see(lambda: "paste: 2 cells" in user.screen(), "what was pasted")
        both = column(user, "budget_initial", "sub_activity/7", "sub_activity/8")
        assert [text.replace(".", "") for text in both] == lines
        assert user.cell(_FIRST, "budget_initial") == NULL_SIGN


@pytest.mark.usefixtures("english")
async def test_a_paste_belongs_to_the_table_in_which_it_began(
    desk: OpenDesk, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A click while a long text is gathered would have it refused, or put into another table."""
    gathered, entries = threading.Event(), Paste.entries

    def slowly(
        place: Paste, *, pass_computed: bool, into_own_rows: bool
    ) -> tuple[Sequence[CellText], Sequence[str]]:
        gathered.wait()
        return entries(place, pass_computed=pass_computed, into_own_rows=into_own_rows)

    monkeypatch.setattr(Paste, "entries", slowly)
    async with desk(example) as user:
        await user.go_to(_FIRST, "budget_initial")
        pasting = asyncio.create_task(user.workbench.query_pane.blocks.paste("7\n8"))
        await user.pilot.pause()
        await user.open("sheet.services")
        gathered.set()
        await pasting
        await user.see(lambda: isinstance(user.app.screen, Preview), "what would be done")
        assert "Into Activities · 2021, which is not shown now." in user.screen()
        await user.press("f5")
        await user.see(lambda: act_count(user) == 1, "the paste")
        assert user.workbench.place == "sheet.services"
        await user.open("sheet.activities")
        assert column(user, "budget_initial", _FIRST, _SECOND) == ["7", "8"]


@pytest.mark.usefixtures("english")
async def test_cells_are_copied_in_the_form_that_is_chosen(desk: OpenDesk, example: Path) -> None:
    """A table for the written report would have to be made anew from the bare cells."""
    async with desk(example) as user:
        await user.go_to(_FIRST, "budget_revised")
        await user.press("shift+down", "shift+right", "alt+c")
        await user.see(lambda: isinstance(user.app.screen, Choose), "the forms")
        forms = user.app.screen.query_one(OptionList)
        names = [str(forms.get_option_at_index(n).prompt) for n in range(forms.option_count)]
        await user.press(*["down"] * names.index("Markdown table"), "enter")
        await user.see(lambda: "4 cells copied" in user.screen(), "what was copied")
        lines = user.app.clipboard.splitlines()
        assert lines[0].startswith("|")
        assert "5.000.000" in lines[-2]
        assert "4.996.150" in lines[-2]
        await user.press("alt+c", "escape")
        assert user.app.clipboard.splitlines() == lines


@pytest.mark.usefixtures("english")
async def test_more_cells_than_can_be_changed_at_once_are_not_gathered(
    desk: OpenDesk, example: Path
) -> None:
    """The screen would stand still for minutes, and a slip of the hand empty a whole table."""
    folder = example.parent / "queries" / "sheets"
    folder.mkdir(parents=True)
    (folder / "many.sql").write_text(
        '-- title: Banyak\n-- column title: text "Judul"\n'
        "-- edit title: section.title (section_id)\n"
        "select s.fiscal_year, 'row/' || s.section_id || '/' || r.range as row_key,\n"
        "    s.section_id, s.title\n"
        "from range(100_000) as r cross join (from section limit 2) as s\n",
        "utf-8",
    )
    async with desk(example) as user:
        await user.open("sheet.many")
        before = act_count(user)
        for keys in (["delete"], ["ctrl+x"], ["ctrl+d"], ["ctrl+r"]):
            user.grid.move_to(0, 0)
            await user.press("ctrl+c")
            await user.see(lambda: "1 cell copied" in user.screen(), "that one is copied")
            await user.press("ctrl+a", *keys)
            await user.see(lambda: "More than 100.000 cells" in user.screen(), "the limit")
        assert len(user.app.clipboard.splitlines()) == 1
        assert act_count(user) == before


@pytest.mark.usefixtures("english")
async def test_what_is_refused_is_mended_or_left_out_and_esc_does_nothing(
    desk: OpenDesk, example: Path
) -> None:
    """Half of a table would go in, or what was meant to be left out."""
    async with desk(example) as user:
        before = act_count(user)
        await user.go_to(_FIRST, "budget_initial")

        async def paste() -> None:
            await user.paste("x\t1\n7.000\ty\n")
            await user.see(lambda: isinstance(user.app.screen, Preview), "the preview")

        await paste()
        assert "2 cells · 2 refused" in user.screen()
        await user.press("escape")
        await user.see(lambda: "Nothing was changed." in user.screen(), "what became of it")
        assert act_count(user) == before
        await paste()
        await user.press("delete")
        assert "2 cells · 1 refused · 1 left out" in user.screen()
        await user.press("f2", "home", "5", "f5")
        assert "“5y” cannot be read" in user.screen()
        assert isinstance(user.app.screen, Preview)
        await user.press("f5")
        assert "Some cells are refused" in user.screen()
        await user.press("alt+x")
        assert "2 cells · 2 left out" in user.screen()
        await user.press("f5")
        await user.see(lambda: "paste: 2 cells" in user.screen(), "what was pasted")
        assert column(user, "budget_initial", _FIRST, _SECOND) == [NULL_SIGN, "7.000"]
        assert user.cell(_FIRST, "budget_revised") == "1"


@pytest.mark.usefixtures("english")
async def test_a_text_is_found_all_around_and_replaced_in_the_chosen_cells(
    desk: OpenDesk, example: Path
) -> None:
    """A word would be taken for missing, or be replaced where nobody looked."""
    async with desk(example) as user:

        def here() -> str:
            model = user.workbench.query_pane.model
            assert model is not None
            return str(model.row(user.grid.cursor_row)["row_key"])

        await user.go_to("sub_activity/8", "name")
        await user.press("ctrl+f", *"bahan", "enter")
        await user.see(lambda: here() == "sub_activity/10", "the next")
        assert "from the other end" not in user.screen()
        await user.press("shift+f4")
        await user.see(lambda: here() == "sub_activity/8", "the one before")
        await user.press("shift+f4")
        await user.see(lambda: "from the other end" in user.screen(), "the way around")
        assert here() == "sub_activity/10"
        await user.press("f3")
        await user.see(lambda: here() == "sub_activity/8", "around again")
        await user.press("ctrl+f", *"nowhere at all", "enter")
        await user.see(lambda: "is in none of the rows" in user.screen(), "that it is not there")
        assert here() == "sub_activity/8"

        names = user.cell("sub_activity/7", "name"), user.cell("sub_activity/9", "name")
        await user.press("shift+down", "alt+h", *"nowhere", "enter", "enter")
        await user.see(lambda: "in the chosen cells" in user.screen(), "that nothing was found")
        await user.press("alt+h", *r"^(\w+)", "tab", *r"\1 kembali")
        await user.see(lambda: "0 cells hold it" in user.screen(), "that this text is nowhere")
        await user.press("tab", "tab", "space", "shift+tab", "shift+tab")
        await user.see(lambda: "2 cells hold it" in user.screen(), "how many hold the expression")
        await user.press("enter")
        await user.see(lambda: "replace: 2 cells" in user.screen(), "what was replaced")
        assert user.cell("sub_activity/8", "name") == "Penyediaan kembali Bahan Logistik Kantor"
        assert user.cell("sub_activity/7", "name") == names[0]
        assert user.cell("sub_activity/9", "name") != names[1]
        await user.press("alt+h", *"(", "tab", "tab", "tab", "space", "shift+tab", "shift+tab")
        await user.press("enter")
        await user.see(lambda: "no regular expression" in user.screen(), "what is wrong with it")
        await user.press("escape")


async def test_a_condition_holds_for_its_own_table_until_it_is_taken_away(
    desk: OpenDesk, example: Path
) -> None:
    """Rows would be missing from another table, or stand under a title that says they do not."""
    async with desk(example) as user:
        every = user.grid.model.row_count
        await user.press("ctrl+l", *"=level = 2", "enter")
        await user.see(lambda: 0 < user.grid.model.row_count < every, "the rows that fulfil it")
        narrowed = user.grid.model.row_count
        await user.open("sheet.services")
        assert user.grid.model.row_count == 8
        await user.open("sheet.activities")
        await user.see(lambda: user.grid.model.row_count == narrowed, "the same rows again")
        await user.press("alt+shift+v")
        await user.see(lambda: user.grid.model.row_count == every, "every row")


async def test_what_is_chosen_is_filled_by_its_name(desk: OpenDesk, example: Path) -> None:
    """Indicators would go to another objective: the one whose number is the id of theirs."""
    async with desk(example) as user:
        await user.open("sheet.objectives")
        await user.go_to("objective/1", "name")
        await user.press("alt+pagedown")
        await user.open("sheet.indicators")
        await user.go_to("indicator/1", "objective_id")
        held = user.cell("indicator/1", "objective_id")
        assert held.startswith("2")
        await user.press("shift+down", "ctrl+d")
        await user.see(lambda: act_count(user) == 1, "that nothing was to be changed")
        assert user.cell("indicator/2", "objective_id") == held


async def test_what_is_typed_to_be_looked_for_changes_nothing(
    desk: OpenDesk, example: Path
) -> None:
    """Ctrl+Z in the line of the filter would take back a figure, and Insert make a row."""
    async with desk(example) as user:
        await user.go_to("sub_activity/3", "realization")
        await user.press(*"77", "enter", "ctrl+l", *"pen")
        assert user.app.workspace is not None
        facts, box = facts_of(user.app.workspace), user.app.focused
        assert isinstance(box, Input)
        await user.press("ctrl+z")
        assert box.value == "pe"
        await user.press("ctrl+y", "insert", "alt+insert", "ctrl+delete", "alt+pagedown", "ctrl+r")
        assert box.value == "pen"
        assert user.app.focused is box
        assert facts_of(user.app.workspace) == facts
        assert user.cell("sub_activity/3", "realization") == "77"


async def test_a_condition_that_is_refused_is_mended_where_it_was_typed(
    desk: OpenDesk, example: Path
) -> None:
    """What is typed to mend it would stand in a cell."""
    async with desk(example) as user:
        await user.press("ctrl+l", *"= level >", "enter")
        await user.see(lambda: isinstance(user.app.focused, Input), "the line again")
        assert "LINE" not in user.screen(), "it would quote what nobody typed"
        assert status(user)
        await user.press(*" 2", "enter")
        await user.see(lambda: user.grid.has_focus, "the rows")
        assert "level > 2" in user.screen()
        await user.see(lambda: not status(user), "no error that is mended")
        assert act_count(user) == 0
