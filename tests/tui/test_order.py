"""Keys act on what they were pressed for, however soon one follows another."""

from pathlib import Path

import pytest
from textual.screen import ModalScreen

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.text_window import TextWindow
from tests.core.support import facts_of
from tests.tui.conftest import Desk, OpenDesk

GAPS = pytest.mark.parametrize(
    "gap_ms", [0, *(pytest.param(gap, marks=pytest.mark.slow) for gap in (5, 20))]
)


def changed(user: Desk) -> list[tuple[str, str | None, str | None]]:
    """Return what the history tells: table, row's name, value."""
    workspace = user.app.workspace
    assert workspace is not None
    wording = workspace.wording()
    told = [wording.told(deed.act, deed.extent) for deed in workspace.deeds(20)]
    return [(each.year, each.row, each.after) for each in told]


@GAPS
async def test_keys_behind_going_elsewhere_act_there(
    desk: OpenDesk, example: Path, gap_ms: int
) -> None:
    """A name typed for a new objective would rename a program, or make a sub kegiatan."""
    async with desk(example) as user:
        keys = ["ctrl+g", *"sheet.objectives", "enter", "insert", *"Baru", "enter"]
        await user.burst(keys, gap_ms / 1000)
        await user.see(lambda: len(changed(user)) == 2, "the new objective")
        assert [(row, after) for _year, row, after in changed(user)] == [
            ("Baru", "Baru"), ("Baru", "new" if user.english else "baru"),
        ]  # fmt: skip


@pytest.mark.slow
@GAPS
async def test_keys_behind_another_year_act_in_it(
    desk: OpenDesk, example: Path, gap_ms: int
) -> None:
    """A figure for 2021 would be written into 2022."""
    with Workspace.open(example) as workspace:
        workspace.start_year(2022)
    async with desk(example) as user:
        await user.go_to("sub_activity/3", "realization")
        assert user.workbench.year == 2022
        await user.press("alt+y")
        await user.see(lambda: isinstance(user.app.screen, ModalScreen), "the years")
        await user.burst(["up", "enter", *"77", "enter"], gap_ms / 1000)
        await user.see(lambda: changed(user) and changed(user)[0][2] == "77", "the figure")
        assert user.workbench.year == 2021
        assert changed(user)[0][0] == "2021"
        assert not user.workbench.is_editing


@pytest.mark.slow
@GAPS
async def test_keys_behind_a_deletion_act_on_what_is_left(
    desk: OpenDesk, example: Path, gap_ms: int
) -> None:
    """A figure would be kept for a sub kegiatan that is gone, where nobody sees it."""
    async with desk(example) as user:
        await user.go_to("sub_activity/3", "budget_initial")
        await user.burst(["ctrl+delete", "enter", *"77", "enter"], gap_ms / 1000)
        await user.see(lambda: changed(user) and changed(user)[0][2] == "77", "the figure")
        assert changed(user)[0][1] == "Penyediaan Administrasi Pelaksanaan Tugas ASN"
        assert user.app.workspace is not None
        budgets = facts_of(user.app.workspace)["sub_activity_budget"]
        assert not [row for row in budgets if row[0] == 3]


async def test_what_is_typed_over_a_long_text_is_whole(desk: OpenDesk, example: Path) -> None:
    """Of a sentence typed at once a part would open the window, and the rest be lost."""
    async with desk(example) as user:
        await user.open("sheet.sections")
        await user.press("end")
        await user.burst(list("Kalimat"), 0)
        await user.see(lambda: isinstance(user.app.screen, TextWindow), "the window")
        await user.see(lambda: "Kalimat" in user.screen(), "the sentence")
        assert " · KATA PENGANTAR" in user.screen(), "which text it is"


@pytest.mark.slow
async def test_a_year_that_cannot_be_read_leaves_the_one_that_is_shown(
    desk: OpenDesk, example: Path
) -> None:
    """The rows of 2022 would stand under 2021, and be edited as if they were its own."""
    folder = example.parent / "queries" / "sheets"
    folder.mkdir(parents=True)
    (folder / "fails.sql").write_text(
        '-- title: Gagal\n-- grain: fiscal_year, row_key\n-- column n: rank "N"\n'
        "select y.fiscal_year, 'x' as row_key,\n"
        "    case when y.fiscal_year = 2021 then error('fails')::integer else 1 end as n\n"
        "from report_year as y\n",
        "utf-8",
    )
    with Workspace.open(example) as workspace:
        workspace.start_year(2022)
    async with desk(example) as user:
        await user.open("sheet.fails")
        await user.press("alt+y")
        await user.see(lambda: isinstance(user.app.screen, ModalScreen), "the years")
        await user.press("up", "enter")
        await user.see(lambda: "fails" in user.screen().splitlines()[-2], "the reason")
        assert user.workbench.year == 2022
        assert "2022" in user.screen().splitlines()[0]


@pytest.mark.usefixtures("uncounted")
async def test_a_file_is_opened_from_the_start_screen(
    desk: OpenDesk, example: Path, tmp_path: Path
) -> None:
    """Whoever starts the program without a file would be thrown out."""
    Memory(tmp_path / "state.json").opened(example)
    async with desk(None) as user:
        await user.see(lambda: example.name in user.screen(), "the recent file")
        await user.press("enter")
        await user.see(lambda: user.app.workbench is not None, "the file")
        await user.see(lambda: "Penyediaan Gaji" in user.screen(), "its rows")


@pytest.mark.usefixtures("uncounted")
async def test_a_file_whose_first_sheet_fails_can_be_opened_again(
    desk: OpenDesk, example: Path, tmp_path: Path
) -> None:
    """A slip in a query of one's own would keep the file busy until the program is left."""
    sheet = example.parent / "queries" / "sheets" / "activities.sql"
    sheet.parent.mkdir(parents=True)
    sheet.write_text(
        "-- title: Kegiatan\nselect y.fiscal_year, error('out of rows') as row_key"
        " from report_year as y",
        "utf-8",
    )
    Memory(tmp_path / "state.json").opened(example)
    async with desk(None, size=(160, 45)) as user:
        await user.see(lambda: example.name in user.screen(), "the recent file")
        await user.press("enter")
        await user.see(lambda: "out of rows" in user.screen(), "why it does not open")
        Workspace.open(example).close()


@pytest.mark.usefixtures("uncounted")
async def test_a_mark_that_cannot_be_written_is_told_and_the_change_stands(
    desk: OpenDesk, example: Path
) -> None:
    """The screen would show the old figure, and call the saved one refused."""
    async with desk(example) as user:
        await user.go_to("sub_activity/3", "realization")
        mark = Path(f"{example}.mark")
        mark.unlink(missing_ok=True)  # noqa: ASYNC240 - a file of the test's own
        mark.mkdir()  # noqa: ASYNC240
        await user.press(*"55", "enter")
        await user.see(lambda: user.cell("sub_activity/3", "realization") == "55", "the figure")
        await user.see(lambda: mark.name in user.screen(), "the reason")
        assert not user.workbench.is_editing


@pytest.mark.usefixtures("uncounted")
async def test_a_click_behind_keys_acts_when_they_have(desk: OpenDesk, example: Path) -> None:
    """A figure typed for one row would go into the row that is clicked next."""
    async with desk(example) as user:
        await user.go_to("sub_activity/5", "realization")
        at = user.grid.cell_region(user.grid.cursor_row, user.grid.cursor_column)
        kept = user.cell("sub_activity/5", "realization")
        await user.go_to("sub_activity/3", "realization")
        with user.app.hold_keys():
            await user.burst([*"77", "enter"], 0.01)
            place = at.offset + user.grid.region.offset + (1, 0)
            user.click(place.x, place.y)
            await user.pilot.pause()
        await user.see(lambda: user.cell("sub_activity/3", "realization") == "77", "the figure")
        assert user.cell("sub_activity/5", "realization") == kept
