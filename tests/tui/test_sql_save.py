"""A statement of the console becomes a query of one's own, there at once, or says why not."""

from pathlib import Path

import pytest
from textual.widgets import Input, Static, TextArea

from lkjip_tui.core.query.queries import Kind
from lkjip_tui.tui.console.pane import SqlPane
from lkjip_tui.tui.console.save import SaveQuery
from lkjip_tui.tui.dialogs import Ask, Choose, Confirm
from lkjip_tui.tui.navigator import FINDINGS, SQL, Navigator
from tests.tui.conftest import Desk, OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted", "english")

_CHECK = """-- Belum separuh
select s.sub_activity_name as place, s.realization as stated, s.budget as computed
from basis.sub_activity_year as s
where s.fiscal_year = $Fiscal_Year and s.realization < s.budget * 0.61"""


def _write(user: Desk, text: str) -> None:
    user.workbench.query_one(SqlPane).editor.area.text = text


def _status(user: Desk) -> str:
    return str(user.workbench.query_one("#status", Static).render())


async def _begin(user: Desk, kind: Kind) -> None:
    """Save the statement as one of the kinds, in the order of their list."""
    await user.press("ctrl+s")
    await user.see(lambda: isinstance(user.app.screen, Choose), "the kinds")
    kinds = [Kind.TABLE, Kind.SHEET, Kind.CHECK]
    await user.press(*["down"] * kinds.index(kind), "enter")


async def _fill(user: Desk) -> None:
    """Accept what is put in, and come to the form."""
    await user.see(lambda: isinstance(user.app.screen, Confirm), "what is put in")
    await user.press("enter")
    await user.see(lambda: isinstance(user.app.screen, SaveQuery), "the form")


async def _be_told_of_facts(user: Desk, lines: TextArea) -> None:
    """Write to what is no fact, and to one by a part of its key: both are told in the form."""
    given = lines.text
    for wrong, told in (
        ("nothing.name", "names no fact: nothing.name"),
        ("program_budget.amount", "is (program_id, fiscal_year, stage)"),
    ):
        lines.text = f"{given}\nedit name: {wrong} (program_id)"
        await user.press("f5")
        assert told in _about(user)
    lines.text = given


def _about(user: Desk) -> str:
    return str(user.app.screen.query_one("#about", Static).render())


@pytest.mark.slow
async def test_a_check_of_ones_own_finds_at_once_and_is_not_written_over_unasked(
    desk: OpenDesk, example: Path
) -> None:
    """A rule that was tried in the console would have to be typed into a file by hand."""
    file = example.parent / "queries" / "checks" / "separuh.sql"
    async with desk(example, size=(80, 24)) as user:
        await user.open(SQL)
        _write(user, _CHECK)
        await _begin(user, Kind.CHECK)
        await user.see(lambda: "Without view_name" in user.screen(), "what it cannot do")
        await _fill(user)
        assert user.app.screen.query_one("#message", Input).value == "{place}: Belum separuh"
        user.app.screen.query_one("#name", Input).value = "separuh"
        await user.press("tab", "tab", "tab")
        assert "error, warning or note" in _about(user)
        await user.press("tab", "ctrl+a", *"Lihat {place}")
        english = user.app.screen.query_one("#message_en", Input)
        await user.see(lambda: english.value == "Lihat {place}", "that English follows")
        await user.press("f5")
        await user.see(lambda: user.workbench.place == FINDINGS, "the findings")
        await user.see(lambda: _status(user).startswith("Saved: "), "that it is saved")
        assert "quality.separuh" in {
            option.id for option in user.workbench.query_one(Navigator).options
        }
        held = file.read_text("utf-8")
        assert "'sub_activity/' || s.sub_activity_id as finding_key" in held
        await user.open(SQL)
        assert "Backspace" not in user.screen(), "it takes a letter away there"
        _write(user, _CHECK.replace("0.61", "0.5"))
        await _begin(user, Kind.CHECK)
        await _fill(user)
        assert user.app.screen.query_one("#name", Input).value == "separuh", "the same again"
        await user.press("f5")
        await user.see(lambda: isinstance(user.app.screen, Confirm), "the question")
        assert "This replaces “Belum separuh” as it was saved before." in user.screen()
        await user.press("escape")
        await user.see(lambda: isinstance(user.app.screen, SaveQuery), "the form, filled in still")
        assert user.app.screen.query_one("#title", Input).value == "Belum separuh"
        await user.press("shift+tab", "tab", "ctrl+a", *"Belum")
        assert user.app.screen.query_one("#title", Input).value == "Belum"
        assert user.app.screen.query_one("#name", Input).value == "separuh", "no second one"
        assert file.read_text("utf-8") == held
        user.app.screen.query_one("#name", Input).value = "code_twice"
        await user.press("f5")
        await user.see(lambda: isinstance(user.app.screen, Confirm), "the question")
        assert "in the place of quality.code_twice?" in user.screen()
        await user.press("escape", "escape", "escape")
        await user.see(lambda: user.app.screen is user.workbench, "the console")
        assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.slow
async def test_what_is_wrong_with_a_query_is_told_and_its_file_stays(
    desk: OpenDesk, example: Path
) -> None:
    """A mistake in one line would cost all that was filled in, or take the sheet away."""
    file = example.parent / "queries" / "sheets" / "kegiatan.sql"
    async with desk(example) as user:
        await user.open(SQL)
        _write(user, "select 1 as a")
        await _begin(user, Kind.SHEET)
        await user.see(lambda: "no column fiscal_year" in _status(user), "what is missing")
        assert "as p.fiscal_year" in _status(user)
        _write(user, "select p.name from program as p where p.name = $program")
        await _begin(user, Kind.SHEET)
        await user.see(lambda: "$program" in _status(user), "that it has no parameters")
        _write(user, "select s.fiscal_year, s.row_key, s.program_id, s.name from sheet.programs s")
        await _begin(user, Kind.SHEET)
        await user.see(lambda: isinstance(user.app.screen, SaveQuery), "the form")
        await user.press("f5")
        assert "It needs a title." in _about(user)
        await user.type("Kegiatan")
        lines = user.app.screen.query_one(TextArea)
        own = "edit name: program.name (program_id)"
        assert own in lines.text
        lines.text = lines.text.replace(f"\n{own}", "")
        lines.text = lines.text.replace("text", "words")
        await user.press("f5")
        assert "kegiatan.sql, line 3: there is no kind “words”" in _about(user)
        lines.text = lines.text.replace("words", "text")
        await _be_told_of_facts(user, lines)
        assert not file.exists()
        wrong = "choice name: select nothing from program"
        lines.text += f"\n{own}\n{wrong}"
        await user.press("f5")
        await user.see(lambda: "It stays for mending: " in _status(user), "where the file is")
        assert "nothing" in _status(user)
        assert user.workbench.place == SQL
        text = file.read_text("utf-8")
        assert wrong in text
        text = text.replace(f"-- {wrong}\n", "")
        _write(user, text.replace("s.program_id,", "s.program_id, s.code,"))
        await _begin(user, Kind.SHEET)
        await user.see(lambda: isinstance(user.app.screen, SaveQuery), "the form")
        assert user.app.screen.query_one("#title", Input).value == "Kegiatan"
        assert "column code: " in user.app.screen.query_one(TextArea).text
        await user.press("f5")
        await user.see(lambda: isinstance(user.app.screen, Confirm), "the question")
        await user.press("enter")
        await user.see(lambda: user.workbench.place == "sheet.kegiatan", "the sheet")
        await user.type("Lain")
        await user.press("enter")
        await user.see(lambda: user.cell("program/1", "name") == "Lain", "the edit")


@pytest.mark.slow
async def test_a_refused_file_that_is_opened_is_saved_in_its_own_place(
    desk: OpenDesk, example: Path
) -> None:
    """A second file would stand beside the one that was to be mended."""
    file = example.parent / "queries" / "sheets" / "punya.sql"
    file.parent.mkdir(parents=True)
    select = "select s.fiscal_year, s.row_key, s.name from sheet.programs s"
    file.write_text(f'-- title: Program kita\n-- column nama: text "Nama"\n{select}\n')
    async with desk(example) as user:
        await user.open(SQL)
        await user.press("ctrl+p", *"open an sql", "enter")
        await user.see(lambda: isinstance(user.app.screen, Ask), "the question which")
        user.app.screen.query_one(Input).value = str(file)
        await user.press("enter")
        pane = user.workbench.query_one(SqlPane)
        await user.see(lambda: pane.editor.area.text.startswith("-- title"), "the text")
        await _begin(user, Kind.SHEET)
        await user.see(lambda: isinstance(user.app.screen, Confirm), "what cannot be edited")
        assert "s.program_id" in user.screen()
        await _fill(user)
        assert user.app.screen.query_one("#name", Input).value == "punya"
        await user.press("f5")
        await user.see(lambda: "This replaces “Program kita”" in user.screen(), "the question")
        await user.press("enter")
        await user.see(lambda: user.workbench.place == "sheet.punya", "the sheet")
        assert 'column name: text "Program"' in file.read_text()


async def test_nothing_is_saved_where_the_file_is_only_read(desk: OpenDesk, example: Path) -> None:
    """A query would be written that this program cannot show."""
    async with desk(example, read_only=True) as user:
        await user.open(SQL)
        await user.press("ctrl+s")
        await user.pilot.pause()
        assert user.app.screen is user.workbench
        assert not (example.parent / "queries").exists()
