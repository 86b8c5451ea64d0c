"""Acts of very many changes: to the file and its journal the same as one by one."""

import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkjip_tui.core.acts import Act, BulkAct, CellChange, CellRun, RowMade, RowRun
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR, facts_of, inside, journal_of

_NAMES = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


_TARGET = (("indicator_id", 4), ("fiscal_year", YEAR), ("plan", "revised"), ("quarter", 0))


def _quoted(text: str | None) -> str:
    return "null" if text is None else "'" + text.replace("'", "''").replace("\0", "") + "'"


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_NAMES, st.decimals(-(10**9), 10**9, places=4))
def test_file_and_journal_are_as_after_changes_one_by_one(
    standing: Workspace, name: str | None, value: Decimal
) -> None:
    """Else an import cannot be undone, or the history tells it otherwise than it was."""
    name = name.replace("\0", "") if name is not None else None
    key = (("objective_id", 900),)
    made = RowMade("objective", key, (*key, ("number", 9), ("name", name)))
    changed = CellChange("indicator_target", _TARGET, "value", Decimal(81), value)
    one = Act("import", (made, changed))
    many = BulkAct(
        "import",
        (
            RowRun(
                "objective", ("objective_id", "number", "name"),
                f"(select 900 as objective_id, 9 as number, {_quoted(name)} as name)",
            ),
            CellRun(
                "indicator_target", "value",
                f"(select 4 as indicator_id, {YEAR} as fiscal_year, 'revised' as plan,"
                " cast(0 as tinyint) as quarter, cast(81 as decimal(18, 4)) as before,"
                f" cast({value} as decimal(18, 4)) as after)",
            ),
        ),
    )  # fmt: skip
    found = []
    for act in (one, many):
        last = len(journal_of(standing))
        inside(standing).journal.apply(act)
        told = [
            [json.loads(value) if str(value).startswith("{") else value for value in row[2:]]
            for row in journal_of(standing)[last:]
        ]
        found.append((facts_of(standing), told))
        standing.undo()
    assert found[0] == found[1]


def test_a_value_that_is_another_by_now_keeps_all_of_it_out(standing: Workspace) -> None:
    """Else an import writes over what was changed while its preview was open."""
    before = facts_of(standing)
    run = CellRun(
        "program_budget", "amount",
        f"(select 1 as program_id, {YEAR} as fiscal_year, s.stage, s.before,"
        " cast(1 as bigint) as after from (values ('initial', cast(3721294893 as bigint)),"
        " ('revised', cast(7 as bigint))) as s(stage, before))",
    )  # fmt: skip
    with pytest.raises(EditRefused):
        inside(standing).journal.apply(BulkAct("import", (run,)))
    assert facts_of(standing) == before
