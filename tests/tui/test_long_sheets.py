"""Tables too long to be held: the cursor is where its row is, whatever is made, edited or sought.

A sheet whose header has no order is read by the page from its 257th row on.
"""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TypeAlias

import pytest

from lkjip_tui.core.errors import Interrupted
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import keys
from lkjip_tui.tui.arrangement import Arrangement
from lkjip_tui.tui.query_model import QueryModel
from lkjip_tui.tui.view import View
from tests.core.support import YEAR, inside
from tests.tui.conftest import Desk, OpenDesk
from tests.tui.models import model_of

pytestmark = pytest.mark.usefixtures("uncounted")

_FIGURES = """-- title: Cetak
-- column place: text "Tempat"
-- column printed: text "Isi"
-- edit place: printed_figure.place (printed_figure_id)
-- edit printed: printed_figure.printed (printed_figure_id)
-- row: printed_figure (fiscal_year)
select
    p.fiscal_year, 'printed_figure/' || p.printed_figure_id as row_key,
    p.printed_figure_id, p.place, p.printed
from printed_figure as p
"""


_HIDING = """-- title: Panjang
-- column place: text "Tempat"
-- column amount: rupiah "Rp"
select 2021 as fiscal_year, 'x/' || r.range as row_key,
    if(r.range = 2990, 'needle', 'p') as place, 'needle' as secret, r.range * 1000 as amount
from range(3000) as r
"""
#: Tables of so many rows, in an order or without one, by what takes long in them.
_NUMBERS = """-- title: Panjang
{order}
-- column number: count "Nomor"
select 2021 as fiscal_year, 'x/' || r.range as row_key, r.range as number
from range({count}) as r
"""
_SLOW = {
    "reading": _NUMBERS.format(order="-- order: number desc", count=10**11),
    "counting": _NUMBERS.format(order="", count=10**11),
    "seeking": _NUMBERS.format(order="", count=10**8),
    "sorting": _NUMBERS.format(order="", count=3 * 10**7),
}

Figures: TypeAlias = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture(scope="module")
def _long(_built_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = shutil.copyfile(_built_example, tmp_path_factory.mktemp("long") / "office.duckdb")
    sheets, tables = (office.parent / "queries" / kind for kind in ("sheets", "tables"))
    for folder in (sheets, tables):
        folder.mkdir(parents=True)
    (sheets / "figures.sql").write_text(_FIGURES, "utf-8")
    (sheets / "secret.sql").write_text(_HIDING, "utf-8")
    for name, text in _SLOW.items():
        (tables / f"{name}.sql").write_text(text, "utf-8")
    Workspace.open(office).close()
    return office


@pytest.fixture
def long(_long: Path, tmp_path: Path) -> Path:
    """Return a file with long sheets and tables, whose views are written."""
    return shutil.copytree(_long.parent, tmp_path / "long") / _long.name


@pytest.fixture
def figures(desk: OpenDesk, long: Path) -> Figures:
    """Open the long sheet of printed figures on a row; `filtered` shows only those of its place."""

    @asynccontextmanager
    async def opened(row: int, *, filtered: bool = False) -> AsyncIterator[Desk]:
        async with desk(long) as user:
            await user.open("sheet.figures")
            user.grid.move_to(row, 0)
            if filtered:
                await user.press("alt+v")
                assert _model(user).arrangement.filters
            yield user

    return opened


def _model(user: Desk) -> QueryModel:
    model = user.workbench.query_pane.model
    assert model is not None
    assert not model.is_held
    return model


def _here(user: Desk) -> ViewRow:
    return _model(user).row(user.grid.cursor_row)


async def test_what_is_typed_behind_insert_goes_into_the_new_row(figures: Figures) -> None:
    """The fact under the cursor would be overwritten."""
    async with figures(3) as user:
        before, count = _here(user), _model(user).row_count
        await user.press("insert", *"NEW", "enter")
        assert _here(user)["place"] == "NEW"
        assert _here(user)["row_key"] != before["row_key"]
        assert _model(user).row_count == count + 1
        assert _model(user).row(3) == before


async def test_a_new_row_that_the_filters_leave_out_shows_with_all_others(
    figures: Figures,
) -> None:
    """What is typed behind Insert would go into the first row that the filters let show."""
    async with figures(3, filtered=True) as user:
        await user.press("insert", *"NEW", "enter")
        assert _here(user)["place"] == "NEW"
        assert not _model(user).arrangement.filters


async def test_an_edit_keeps_filters_order_and_cursor(figures: Figures) -> None:
    """Whoever works through what they filtered would begin anew with every figure."""
    async with figures(100, filtered=True) as user:
        await user.press("right", "alt+s")
        wanted, count = _model(user).arrangement, _model(user).row_count
        assert wanted.sort
        row = count // 2
        user.grid.move_to(row, 1)
        held = _here(user)
        await user.press("f2", "x", "enter")
        assert _model(user).arrangement == wanted
        assert _model(user).row_count == count
        at = _model(user).position(str(held["row_key"]))
        assert at is not None
        assert _model(user).row(at)["printed"] == f"{held['printed']}x"
        assert user.grid.cursor_row == at + 1


async def test_a_deleted_row_leaves_the_cursor_and_the_filters_where_they_are(
    figures: Figures,
) -> None:
    """Whoever deletes one row of many would find themselves at the first."""
    async with figures(100, filtered=True) as user:
        count = _model(user).row_count
        user.grid.move_to(1, 0)
        follows = _model(user).row(2)
        await user.press("ctrl+delete", "enter")
        await user.see(lambda: _model(user).row_count == count - 1, "one row less")
        assert _model(user).arrangement.filters
        assert _here(user) == follows


async def test_a_row_is_gone_to_although_the_filters_leave_it_out(figures: Figures) -> None:
    """A finding would lead to another row than the one that it is about."""
    async with figures(300) as user:
        key = str(_here(user)["row_key"])
        user.grid.move_to(0, 0)
        await user.go_to(key, "place")
        assert user.grid.cursor_row == 300
        user.grid.move_to(0, 0)
        await user.press("alt+v")
        assert _here(user)["row_key"] != key
        await user.go_to(key, "place")
        await user.see(lambda: _here(user)["row_key"] == key, "the row")
        assert not _model(user).arrangement.filters


async def test_a_refused_text_leads_back_to_its_row(figures: Figures) -> None:
    """What is typed next would go to a row that was clicked, and not to where it was refused."""
    async with figures(300) as user:
        user.grid.move_to(300, 1)
        model = _model(user)
        user.app.workspace.edit(  # type: ignore[union-attr]  # a file is open
            model.cells.query, model.cells.columns["printed"], _here(user), "between"
        )
        await user.press("f2", "x", "enter")
        user.grid.move_to(310, 0)
        await user.see(lambda: (user.grid.cursor_row, user.grid.cursor_column) == (300, 1), "it")
        await user.press("escape")


async def test_what_was_kept_of_a_table_is_let_go_of_with_it(figures: Figures) -> None:
    """A program that is open for days would hold every table that was ever sorted in it."""
    async with figures(3, filtered=True) as user:
        left = _model(user)
        await user.open("sheet.programs")
        with left.session() as session, pytest.raises(Interrupted):
            left.find("nowhere", (0, 0), 1, session)


def test_rows_that_are_read_again_are_kept_once(long: Path) -> None:
    """Each edit of a sorted table of ten million rows would leave a copy of it behind."""
    with Workspace.open(long) as workspace:
        wanted = Arrangement(sort=(("place", True),))
        model = model_of(workspace, "figures", arrangement=wanted)
        counts = set()
        for _edit in range(3):
            view = View.read(workspace, model.cells.query, YEAR)
            model.replace(model.cells, view.rows, view.names)
            model.arranged(wanted, model.session())()
            counts.add(
                inside(workspace).database.value("select c.count from duckdb_connection_count() c")
            )
        assert len(counts) == 1


async def test_a_text_is_found_behind_any_number_of_rows_that_hide_it(
    desk: OpenDesk, long: Path
) -> None:
    """A text would be said to be in no row, since a column that does not show has it everywhere."""
    async with desk(long) as user:
        await user.open("sheet.secret")
        await user.press("ctrl+f", *"needle", "enter")
        assert _here(user)["row_key"] == "x/2990"
        await user.press("ctrl+f", *"12.000", "enter")
        assert _here(user)["row_key"] == "x/12"


async def test_rows_are_filtered_by_what_is_seen_of_them(desk: OpenDesk, long: Path) -> None:
    """All rows would show for a text that is only in a column that nobody sees."""
    async with desk(long) as user:
        await user.open("sheet.secret")
        for text, key in (("needle", "x/2990"), ("2.012.000", "x/2012")):
            await user.press("ctrl+l", "ctrl+a", *text, "enter")
            assert _model(user).row_count == 1
            assert _here(user)["row_key"] == key


@pytest.mark.slow
@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("slow", _SLOW)
async def test_esc_stops_whatever_long_tables_take_long_for(
    desk: OpenDesk, long: Path, monkeypatch: pytest.MonkeyPatch, slow: str
) -> None:
    """Whoever opens or sorts a table that takes minutes could only end the program."""
    monkeypatch.setattr(keys, "_LONG", 0.3)  # Esc is pressed before that, and heard then
    table = f"report.{slow}"
    async with desk(long) as user:
        before = user.workbench.place
        if slow == "sorting":
            await user.open(table)
            await user.burst(["alt+s"], 0)
        else:
            row_key = "x/nowhere" if slow == "seeking" else ""
            user.workbench.go(table, row_key=row_key)
        await user.see(lambda: "Esc stops it" in user.screen(), "that it takes long")
        await user.burst(["escape"], 0)
        await user.see(lambda: "Stopped." in user.screen(), "that it was stopped")
        assert user.workbench.place == (table if slow == "sorting" else before)
        here = user.grid.cursor_row
        await user.press("down")
        assert user.grid.cursor_row == here + 1
