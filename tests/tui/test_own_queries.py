"""Queries beside the file come in by a key, and a bad one is told with file, line and reason."""

from pathlib import Path

import pytest
from textual.widgets import Static

from lkjip_tui.tui.dialogs import Choose, Confirm
from lkjip_tui.tui.navigator import SQL, Navigator
from tests.tui.conftest import Desk, OpenDesk

SHEET = """-- title: Lembarku | My sheet
-- column name: text "Nama | Name"
-- edit name: objective.name (objective_id)
select y.fiscal_year, 'objective/' || o.objective_id as row_key, o.objective_id, o.name
from objective as o cross join report_year as y
"""
TABLE = """-- title: Tabelku
-- column name: text "Nama"
select s.fiscal_year, s.row_key, s.name from sheet.activities as s where s.level = 1
"""
CHECK = """-- title: Aturanku | My rule
-- check: error
-- message en: {place} stands out.
-- message id: {place} menonjol.
select s.fiscal_year, s.row_key as finding_key, 'sheet.activities' as view_name, s.row_key,
    'name' as column_name, s.name as place
from sheet.activities as s where s.row_key = 'program/2'
"""


def _status(user: Desk) -> str:
    return str(user.workbench.query_one("#status", Static).render())


@pytest.mark.slow
async def test_own_queries_come_in_by_a_key_and_a_bad_one_is_told(
    desk: OpenDesk, example: Path
) -> None:
    """Whoever writes a query would have to close the file to see it, and guess what is wrong."""
    async with desk(example) as user:
        await user.see(lambda: user.workbench.counts.findings is not None, "the counts")
        folder = example.parent / "queries"
        for kind, name, text in (
            ("sheets", "my_sheet", SHEET), ("tables", "my_table", TABLE),
            ("checks", "my_rule", CHECK),
        ):  # fmt: skip
            (folder / kind).mkdir(parents=True)
            (folder / kind / f"{name}.sql").write_text(text, "utf-8")
        failing = CHECK.replace("s.name as place", "s.name as place, cast(s.name as int) as stated")
        (folder / "checks" / "no_rule.sql").write_text(failing, "utf-8")
        (folder / "checks" / "odd.sql").write_text("-- nothing", "utf-8")
        await user.press("shift+f5")
        names = user.workbench.query_one(Navigator)
        await user.see(
            lambda: (
                {"sheet.my_sheet", "report.my_table", "quality.my_rule", "quality.no_rule"}
                <= {option.id for option in names.options}
            ),
            "all of them",
        )
        line = str(names.get_option("quality.no_rule").prompt).rstrip()
        assert line.endswith("failed" if user.english else "gagal")
        await user.open("quality.no_rule")
        assert ("2 checks could not run" if user.english else "2 pemeriksaan") in user.screen()
        assert "checks/odd.sql" in user.screen()
        assert user.grid.cursor_row == 0, "the one that was gone to"
        await user.open("sheet.my_sheet")
        await user.go_to("objective/1", "name")
        await user.type("Lain")
        await user.press("enter")
        await user.see(lambda: user.cell("objective/1", "name") == "Lain", "the edit")
        (folder / "tables" / "my_table.sql").write_text(TABLE.replace("s.name", "s.nama"), "utf-8")
        await user.press("shift+f5")
        await user.see(lambda: "my_table.sql" in user.screen(), "the file that is wrong")
        screen = " ".join(user.screen().split())
        assert "nama" in screen
        assert ("line 3" if user.english else "baris 3") in screen
        assert "report.my_table" not in {option.id for option in names.options}
        await user.open("sheet.my_sheet")
        (folder / "sheets" / "my_sheet.sql").unlink()
        await user.press("shift+f5")
        await user.see(lambda: user.workbench.place == "sheet.rules", "what stands beside it")
        assert ("My sheet" if user.english else "Lembarku") in _status(user)
        assert "sheet.my_sheet" not in {option.id for option in names.options}


@pytest.mark.slow
async def test_a_query_of_ones_own_is_deleted_and_its_file_kept(
    desk: OpenDesk, example: Path
) -> None:
    """Whoever tried something would have it in every list and report for good."""
    folder = example.parent / "queries"
    own = "select s.fiscal_year, s.row_key, s.name from {view} as s"
    for name, text in {
        "checks/my_rule": CHECK,
        "sheets/programs": f"-- title: Programku\n{own.format(view='sheet.activities')}",
        "tables/my_table": f"-- title: Tabelku\n{own.format(view='sheet.my_sheet')}",
        "sheets/my_sheet": SHEET,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.sql").write_text(text, "utf-8")
    async with desk(example, size=(80, 24)) as user:
        await user.see(lambda: user.workbench.counts.findings is not None, "the counts")

        async def ask(*keys: str) -> str:
            await user.press(*keys)
            await user.see(lambda: isinstance(user.app.screen, Confirm), "the question")
            return " ".join(user.screen().replace("│", " ").split())

        async def by_palette() -> str:
            return await ask("ctrl+p", *"delete query", "enter")

        await user.open("sheet.activities")
        await user.press("ctrl+p", *"delete query", "enter")
        await user.see(lambda: "Alt+Shift+C" in user.screen(), "that it is the program's")
        await user.open("sheet.my_sheet")
        assert "Tabelku (report.my_table)" in await by_palette()
        await user.press("escape")
        assert (folder / "sheets/my_sheet.sql").exists()
        await ask("f6", "ctrl+delete")
        await user.press("enter")
        kept = "queries/deleted/sheets/my_sheet.sql"
        await user.see(lambda: kept in _status(user), "where the file is")
        assert "my_table.sql, " in _status(user), "what fails now"
        assert user.workbench.place == "sheet.programs", "what stands beside it"
        assert (example.parent / kept).read_text("utf-8") == SHEET

        await user.open("quality.my_rule")
        found = user.workbench.counts.standing
        mine = [finding for finding in found if finding.check_name == "my_rule"]
        user.workbench.workspace.accept(mine, "Begitu")
        assert ("1 accepted finding" if user.english else "1 temuan") in await by_palette()
        await user.press("enter")
        await user.see(lambda: "deleted/checks/my_rule.sql" in _status(user), "where it is")
        assert "quality.my_rule" not in user.workbench.workspace.registry.queries
        await user.open("sheet.accepted_findings")
        assert user.grid.model.row_count == 1

        await user.open("sheet.programs")
        assert ("“Programs”" if user.english else "“Program”") in await by_palette()
        await user.press("enter")
        await user.see(lambda: "deleted/sheets/programs.sql" in _status(user), "where it is")
        assert user.workbench.place == "sheet.programs"
        assert not user.workbench.workspace.find("sheet.programs").is_own
        assert "Programku" not in user.screen()

        await user.open(SQL)
        await user.press("ctrl+p", *"delete query", "enter")
        await user.see(lambda: isinstance(user.app.screen, Choose), "which one")
        assert "tables/my_table.sql" in await ask("enter"), "one that was refused"
