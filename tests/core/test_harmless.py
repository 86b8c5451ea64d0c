"""What acts by itself while somebody only looks."""

from pathlib import Path
from typing import Final

import duckdb
import pytest

from lkjip_tui.core.errors import FileForeign, StatementRefused
from lkjip_tui.core.storage.harmless import acting_call
from lkjip_tui.core.workspace import Workspace
from tests.core.support import bytes_of

_DELETING: Final = (
    "json_execute_serialized_sql(json_serialize_sql("
    "'with d as (delete from program_budget returning *) from d'))"
)


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("select 1", None),
        ("select a_query(1), jquery, query from query", None),
        ("from \"Query\" ('x')", "query"),
        ("select NextVal ( 'id')", "nextval"),
        ("from system.main.json_execute_serialized_sql(x)", "json_execute_serialized_sql"),
    ],
)
def test_what_acts_is_found_in_a_text(text: str, call: str | None) -> None:
    """A view would slip through, or an honest one be refused."""
    assert acting_call(text) == call


def test_no_statement_runs_another_that_is_not_seen(standing: Workspace) -> None:
    """The console that only reads would delete facts, and no history tell."""
    console = standing.console
    for statement in (f"from {_DELETING}", "from query('select ' || '1')"):
        with pytest.raises(StatementRefused):
            console.stream(statement)
    with console.stream("from query('select 1 as x') -- query(y)").start() as found:
        assert found.fetch(2) == [(1,)]


def test_a_view_that_deletes_is_not_looked_at(example: Path) -> None:
    """Facts would be deleted by whoever opens a sheet, and no history would tell."""
    with duckdb.connect(example) as connection:
        connection.execute(f"create or replace view sheet.activities as from {_DELETING}")
    before = bytes_of(example.parent)
    with pytest.raises(FileForeign, match=r"sheet\.activities"):
        Workspace.open(example)
    assert bytes_of(example.parent) == before
