"""After an edit of a long table its rows in view are read first, and no other is seen as it was."""

from pathlib import Path

import pytest

from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui import query_pane
from lkjip_tui.tui.view import View
from tests.core.support import inside
from tests.tui.conftest import Desk, OpenDesk

pytestmark = pytest.mark.usefixtures("uncounted")

_COUNT = 1_200
_FACTS = f"""
insert into program (program_id, number, name) values (9000, 9, 'Program panjang');
insert into activity (activity_id, program_id, number, name) values
    (9001, 9000, 1, 'Kegiatan pertama'), (9002, 9000, 2, 'Kegiatan kedua');
insert into sub_activity (sub_activity_id, activity_id, number, name)
select 10000 + i, 9001 + i % 2, i, 'Sub kegiatan ke-' || i from range({_COUNT}) as t(i);
insert into sub_activity_budget (sub_activity_id, fiscal_year, stage, amount)
select sub_activity_id, 2021, 'revised', 1000 from sub_activity where sub_activity_id >= 10000;
insert into sub_activity_realization (sub_activity_id, fiscal_year, quarter, amount)
select sub_activity_id, 2021, 0, 500 from sub_activity where sub_activity_id >= 10000;
"""
_SUB, _ACTIVITY, _PROGRAM = "sub_activity/10002", "activity/9001", "program/9000"


@pytest.fixture
def long(example: Path) -> Path:
    """Give the example a program of many sub kegiatan."""
    with Workspace.open(example) as workspace, inside(workspace).database.transaction() as changes:
        changes.run(_FACTS)
    return example


async def _edit(user: Desk, row_key: str = _SUB) -> None:
    await user.go_to(row_key, "realization")
    await user.type("1.500")
    await user.press("enter")


async def test_a_row_and_what_sums_it_follow_an_edit(desk: OpenDesk, long: Path) -> None:
    """A subtotal would stand above rows that it is not the sum of."""
    async with desk(long) as user:
        await _edit(user)
        assert user.cell(_SUB, "absorption_pct") == "150,00"
        assert user.cell(_ACTIVITY, "realization") == "301.000"
        assert user.cell(_PROGRAM, "realization") == "601.000"
        await user.see(lambda: "301.000" in user.screen(), "the sum")
        await user.see(lambda: user.cell("total", "realization") == "3.231.511.909", "the total")


@pytest.mark.slow
async def test_all_rows_are_read_once_when_the_typing_rests(
    desk: OpenDesk, long: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten thousand rows would be read behind every figure, and the next one wait for them."""
    reads: list[str] = []
    read = View.read
    monkeypatch.setattr(query_pane, "_WHILE", 2.0)  # so that a busy machine types fast enough

    def noting(workspace: Workspace, query: Query, year: int) -> View:
        reads.append(query.full_name)
        return read(workspace, query, year)

    async with desk(long) as user:
        await user.go_to(_SUB, "realization")
        monkeypatch.setattr(View, "read", noting)
        await user.press(*"1500", "enter", *"1600", "enter")
        assert user.cell(_SUB, "absorption_pct") == "150,00"
        assert user.cell("sub_activity/10004", "absorption_pct") == "160,00"
        assert user.cell(_ACTIVITY, "realization") == "302.100"
        assert not reads
        await user.see(lambda: reads == ["sheet.activities"], "the reading of all")


async def test_a_row_that_its_edit_takes_out_goes(desk: OpenDesk, long: Path) -> None:
    """A list of what is lacking would show what is filled, with a dash in it."""
    folder = long.parent / "queries" / "sheets"
    folder.mkdir(parents=True)
    (folder / "poor.sql").write_text(
        """-- title: Kurang
-- column name: text "Nama"
-- column realization: rupiah "Realisasi"
-- edit realization: sub_activity_realization.amount (sub_activity_id, fiscal_year, quarter = 0)
-- order: sub_activity_id
select s.fiscal_year, s.row_key, s.sub_activity_id, s.name, s.realization
from sheet.activities as s where s.realization = 500
""",
        "utf-8",
    )
    async with desk(long) as user:
        await user.open("sheet.poor")
        before = user.grid.model.row_count
        await user.go_to(_SUB, "realization")
        await user.press(*"700", "enter")
        assert user.grid.model.row_count == before - 1


async def test_what_sums_a_row_follows_it_out_of_view(desk: OpenDesk, long: Path) -> None:
    """Whoever goes up from the row would find the old sum."""
    async with desk(long) as user:
        await _edit(user, "sub_activity/10200")
        assert "Kegiatan pertama" not in user.screen()
        assert user.cell(_ACTIVITY, "realization") == "301.000"
        assert user.cell(_PROGRAM, "realization") == "601.000"


async def test_what_comes_into_view_is_read_before_it_is_believed(
    desk: OpenDesk, long: Path
) -> None:
    """The total at the end would be looked at, and still be the one before the edit."""
    async with desk(long) as user:
        await _edit(user)
        await user.press("ctrl+end")
        assert user.cell("total", "realization") == "3.231.511.909"
        await user.see(lambda: "3.231.511.909" in user.screen(), "the total")


async def test_a_folded_branch_above_shifts_nothing(desk: OpenDesk, long: Path) -> None:
    """The new figures would be drawn in the lines of other rows."""
    async with desk(long, size=(160, 36)) as user:
        await user.go_to("program/1", "name")
        await user.press("alt+o")
        await _edit(user)
        await user.see(lambda: "1.500" in _line(user, "Sub kegiatan ke-2 "), "the figure")
        await user.see(lambda: "150,00" in _line(user, "Sub kegiatan ke-2 "), "its percent")
        await user.see(lambda: "301.000" in _line(user, "Kegiatan pertama"), "its sum")


def _line(user: Desk, name: str) -> str:
    return next((line for line in user.screen().splitlines() if name in line), "")
