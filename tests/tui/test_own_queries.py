"""Queries beside the file come in by a key, and a bad one is told with file, line and reason."""

from pathlib import Path

from textual.widgets import Static

from lkjip_tui.tui.navigator import Navigator
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
        await user.press("shift+f5")
        names = user.workbench.query_one(Navigator)
        await user.see(
            lambda: (
                {"sheet.my_sheet", "report.my_table", "quality.my_rule"}
                <= {option.id for option in names.options}
            ),
            "all three",
        )
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
