"""An empty office is filled by keys, from nothing."""

from pathlib import Path

import pytest

from lkjip_tui.core.workspace import Workspace
from tests.tui.conftest import Desk, OpenDesk


async def _new_row(user: Desk, place: str, *, count: int) -> None:
    await user.open(place)
    await user.press("insert")
    await user.see(lambda: user.grid.model.row_count == count, f"a row in {place}")


async def _fill(user: Desk, text: str, shown: str | None = None) -> None:
    await user.type(text)
    await user.press("enter")
    await user.see(lambda: (shown or text) in user.screen(), text)


@pytest.mark.slow
@pytest.mark.usefixtures("uncounted")
async def test_an_empty_office_is_filled_by_keys(desk: OpenDesk, tmp_path: Path) -> None:
    """A new office would need somebody who writes SQL before anything can be typed."""
    path = tmp_path / "new.duckdb"
    Workspace.create(path, "Kecamatan Baru", 2024).close()
    async with desk(path, size=(160, 45)) as user:
        await _new_row(user, "sheet.objectives", count=1)
        await _fill(user, "Meningkatnya pelayanan")
        await user.open("sheet.indicators")
        await user.press("insert")
        await user.see(lambda: user.grid.model.row_count == 2, "an indicator beneath it")
        await _fill(user, "Indeks kepuasan")
        await _new_row(user, "sheet.activities", count=2)
        await _fill(user, "Program pertama")
        await user.press("insert")
        await user.see(lambda: user.grid.model.row_count == 3, "a kegiatan")
        await _fill(user, "Kegiatan pertama")
        await user.press("insert")
        await user.see(lambda: user.grid.model.row_count == 4, "a sub kegiatan")
        await _fill(user, "Sub kegiatan pertama")
        await user.press("right")
        await _fill(user, "1.000.000")
        for place in ("sheet.services", "sheet.sections"):
            await _new_row(user, place, count=1)
            await _fill(user, "Nama")
        await user.open("sheet.population")
        await _fill(user, "1500", "1.500")
        await user.open("sheet.office")
        await user.press("right")
        await _fill(user, "Kabupaten Baru")
        await user.open("sheet.programs")
        assert user.grid.model.row_count == 1
        await user.open("report.budget_summary")
        assert user.cell("total", "budget") == "1.000.000"
