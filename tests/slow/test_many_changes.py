"""Thousands of rows that one act changes over and over."""

from pathlib import Path

import pytest

from lkjip_tui.core.acts import Act, CellChange, Change, RowMade
from lkjip_tui.core.workspace import Workspace
from tests.core.support import inside

pytestmark = pytest.mark.slow


def test_a_row_may_change_many_times_in_one_act(tmp_path: Path) -> None:
    """Taking back several pastes of a ledger would be refused, as if someone had changed it."""
    keys = [(("fiscal_year", 3000 + n),) for n in range(16_000)]
    changes: list[Change] = [RowMade("population", key, key) for key in keys]
    for last, figure in zip([None, *range(4)], range(5), strict=True):
        for column in ("male", "female"):
            changes += [CellChange("population", key, column, last, figure) for key in keys]
    with Workspace.create(tmp_path / "office.duckdb", "Kecamatan Puri", 2022) as workspace:
        inside(workspace).journal.apply(Act("paste", tuple(changes)))
        total = inside(workspace).database.value("select sum(male + female) from population")
        assert total == 8 * len(keys)
