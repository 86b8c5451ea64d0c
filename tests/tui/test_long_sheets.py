"""Tables too long to be held: the cursor is where its row is, whatever is made, edited or sought.

A sheet whose header has no order is read by the page from its 257th row on.
"""

from pathlib import Path

import pytest

from lkjip_tui.core.header import ViewRow
from lkjip_tui.tui.query_model import QueryModel
from tests.tui.conftest import Desk, OpenDesk

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


@pytest.fixture
def figures(example: Path) -> Path:
    """Give the example a long sheet of printed figures."""
    folder = example.parent / "queries" / "sheets"
    folder.mkdir(parents=True)
    (folder / "figures.sql").write_text(_FIGURES, "utf-8")
    return example


def _model(user: Desk) -> QueryModel:
    model = user.workbench.query_pane.model
    assert model is not None
    assert not model.is_held
    return model


def _here(user: Desk) -> ViewRow:
    return _model(user).row(user.grid.cursor_row)


async def test_what_is_typed_behind_insert_goes_into_the_new_row(
    desk: OpenDesk, figures: Path
) -> None:
    """The fact under the cursor would be overwritten."""
    async with desk(figures) as user:
        await user.open("sheet.figures")
        user.grid.move_to(3, 0)
        before, count = _here(user), _model(user).row_count
        await user.press("insert", *"NEW", "enter")
        assert _here(user)["place"] == "NEW"
        assert _here(user)["row_key"] != before["row_key"]
        assert _model(user).row_count == count + 1
        assert _model(user).row(3) == before


async def test_a_new_row_that_the_filters_leave_out_shows_with_all_others(
    desk: OpenDesk, figures: Path
) -> None:
    """What is typed behind Insert would go into the first row that the filters let show."""
    async with desk(figures) as user:
        await user.open("sheet.figures")
        user.grid.move_to(3, 0)
        await user.press("alt+v")
        assert _model(user).arrangement.filters
        await user.press("insert", *"NEW", "enter")
        assert _here(user)["place"] == "NEW"
        assert not _model(user).arrangement.filters


async def test_an_edit_keeps_filters_order_and_cursor(desk: OpenDesk, figures: Path) -> None:
    """Whoever works through what they filtered would begin anew with every figure."""
    async with desk(figures) as user:
        await user.open("sheet.figures")
        user.grid.move_to(100, 0)
        await user.press("alt+v", "right", "alt+s")
        wanted, count = _model(user).arrangement, _model(user).row_count
        assert wanted.filters
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
    desk: OpenDesk, figures: Path
) -> None:
    """Whoever deletes one row of many would find themselves at the first."""
    async with desk(figures) as user:
        await user.open("sheet.figures")
        user.grid.move_to(100, 0)
        await user.press("alt+v")
        count = _model(user).row_count
        user.grid.move_to(1, 0)
        follows = _model(user).row(2)
        await user.press("ctrl+delete", "enter")
        await user.see(lambda: _model(user).row_count == count - 1, "one row less")
        assert _model(user).arrangement.filters
        assert _here(user) == follows


async def test_a_row_is_gone_to_although_the_filters_leave_it_out(
    desk: OpenDesk, figures: Path
) -> None:
    """A finding would lead to another row than the one that it is about."""
    async with desk(figures) as user:
        await user.open("sheet.figures")
        key = str(_model(user).row(300)["row_key"])
        await user.go_to(key, "place")
        assert user.grid.cursor_row == 300
        user.grid.move_to(0, 0)
        await user.press("alt+v")
        assert _model(user).position(key) is None
        await user.go_to(key, "place")
        await user.see(lambda: _here(user)["row_key"] == key, "the row")


async def test_a_text_is_found_behind_any_number_of_rows_that_hide_it(
    desk: OpenDesk, figures: Path
) -> None:
    """A text would be said to be in no row, since a column that does not show has it everywhere."""
    (figures.parent / "queries" / "sheets" / "secret.sql").write_text(
        """-- title: Panjang
-- column place: text "Tempat"
-- column amount: rupiah "Rp"
select 2021 as fiscal_year, 'x/' || r.range as row_key,
    if(r.range = 2990, 'needle', 'p') as place, 'needle' as secret, r.range * 1000 as amount
from range(3000) as r
""",
        "utf-8",
    )
    async with desk(figures) as user:
        await user.open("sheet.secret")
        await user.press("ctrl+f", *"needle", "enter")
        assert _here(user)["row_key"] == "x/2990"
        await user.press("ctrl+f", *"12.000", "enter")
        assert _here(user)["row_key"] == "x/12"
