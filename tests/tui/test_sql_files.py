"""A file of elsewhere is opened as a table in the console, and read by statements."""

from pathlib import Path

import pytest

from lkjip_tui.tui.console.pane import SqlPane
from lkjip_tui.tui.navigator import SQL
from tests.tui.conftest import OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted", "english")


async def test_a_file_becomes_a_table_that_ends_with_the_program(
    desk: OpenDesk, example: Path
) -> None:
    """`read_csv` would be refused without a way to do it."""
    (example.parent / "serapan.csv").write_text("Uraian;Pagu\nGaji;1.000.000\nListrik;5\n")
    async with desk(example) as user:
        await user.open(SQL)
        pane = user.workbench.query_one(SqlPane)
        pane.editor.area.text = "select * from read_csv('serapan.csv')"
        await user.press("f5")
        await user.see(lambda: "Open a file as a table" in user.screen(), "the way to do it")
        await user.press("ctrl+p", *"file as a table", "enter")
        await user.see(lambda: user.app.screen is not user.workbench, "the question which")
        await user.press(*"nothing.csv", "enter")
        await user.see(lambda: "cannot be read" in user.screen(), "why it cannot be")
        await user.press("ctrl+a", *str(example.parent / "serapan.csv"), "enter")
        await user.see(lambda: user.grid.model.row_count == 2, "its rows")
        assert "files.serapan: 2 rows." in user.screen()
        assert [cell.text for cell in user.grid.model.rows(0, 1)[0].cells] == ["Gaji", "1.000.000"]
        assert pane.editor.area.text.startswith("select *\nfrom files.serapan")
        await user.see(
            lambda: pane.editor.area.names.relation(["files", "serapan"]), "its name to complete"
        )
