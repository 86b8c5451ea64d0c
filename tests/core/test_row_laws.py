"""What holds of whatever is done to rows, on any sheet and in any order."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkjip_tui.core.acts import Act, CellChange
from lkjip_tui.core.errors import EditRefused
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR, inside, put, row_of, rows_of, take_back

_SHEETS = ("activities", "indicators", "programs", "services", "objectives")
_STEPS = st.tuples(
    st.sampled_from(("insert", "duplicate", "up", "down", "put", "delete", "number")),
    st.sampled_from(_SHEETS),
    st.integers(0, 60),
    st.integers(0, 9),
)


def _beside(workspace: Workspace, name: str, year: int, row: ViewRow) -> list[str]:
    """Return the keys of the rows that stand beside a row under the same parent."""
    table = str(row["row_key"]).split("/")[0]
    parent = {"activity": "program_id", "sub_activity": "activity_id", "indicator": "objective_id"}
    above = parent.get(table, "service_group" if table == "service" else "fiscal_year")
    return [
        each["row_key"]
        for each in rows_of(workspace, name, year)
        if each["row_key"].startswith(f"{table}/") and each[above] == row[above]
    ]


def _do(  # noqa: PLR0917 - a step, and where it is taken
    workspace: Workspace, year: int, what: str, name: str, at: int, which: int
) -> Act | None:
    """Do one of these to a row of a sheet, look at its law, and return the act."""
    query = workspace.find(name)
    row = rows_of(workspace, name, year)[at % len(rows_of(workspace, name, year))]
    beside = _beside(workspace, name, year, row)
    key = row["row_key"]
    match what:
        case "insert":
            new = workspace.insert(query, {**workspace.names(year), **row})
            assert row_of(workspace, name, str(new.row_key), year)
            return new.act
        case "duplicate":
            new = workspace.duplicate(query, row, year)
            beside.insert(beside.index(key) + 1, str(new.row_key))
            assert _beside(workspace, name, year, row) == beside
            return new.act
        case "up" | "down":
            act = workspace.move(query, row, year, -1 if what == "up" else 1)
            place = beside.index(key) + (-1 if what == "up" else 1)
            beside.remove(key)
            beside.insert(place, key)
            assert _beside(workspace, name, year, row) == beside
            return act
        case "put":
            found = workspace.parents(query, row, year)
            act = workspace.put_under(query, row, found[which % len(found)].value)
            row = row_of(workspace, name, key, year)
            assert _beside(workspace, name, year, row)[-1] == key
            return act
        case "delete":
            deletion = workspace.deletion(query, [row], year)
            # The list that is asked about is all that goes, and nobody is counted anew for it.
            assert not any(c.column == "number" for c in _values(deletion.act))
            return workspace.apply(deletion)
        case _:
            return put(workspace, name, key, "number", str(which % 4 + 1), year)


def _by_key(workspace: Workspace) -> dict[tuple[str, object], object]:
    """Return every fact by its table and key."""
    facts = inside(workspace).facts
    return {
        (name, facts.key_of(name, row)): row for name in facts.tables for row in facts.rows(name)
    }


@pytest.mark.slow
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(_STEPS, min_size=1, max_size=5),
    year=st.sampled_from((YEAR, YEAR + 1)),
    reopens=st.booleans(),
)
def test_whatever_is_done_to_rows_can_be_taken_back(
    template: Path, steps: Sequence[tuple[str, str, int, int]], year: int, *, reopens: bool
) -> None:
    """A wrong key among the rows would cost an afternoon, the more so on the next morning."""
    with TemporaryDirectory() as folder:
        path = copyfile(template, Path(folder) / "office.duckdb")
        workspace = Workspace.open(path)
        try:
            start = _by_key(workspace)
            if year != YEAR:
                workspace.start_year(year)
            facts = _by_key(workspace)
            for step in steps:
                try:
                    act = _do(workspace, year, *step)
                except EditRefused:
                    assert _by_key(workspace) == facts
                    continue
                before, facts = facts, _by_key(workspace)
                touched = {key for key in before | facts if before.get(key) != facts.get(key)}
                assert touched == {(c.table, c.key) for c in (act.changes if act else ())}
                _look_at_numbers(act)
                assert _pointing_nowhere(workspace) == []
            if reopens:
                workspace.close()
                workspace = Workspace.open(path)
            take_back(workspace)
            assert _by_key(workspace) == start
        finally:
            workspace.close()


def _values(act: Act | None) -> list[CellChange]:
    return [change for change in (act.changes if act else ()) if isinstance(change, CellChange)]


def _pointing_nowhere(workspace: Workspace) -> list[tuple[str, str]]:
    """Return tables whose facts name a thing that is not there, with its table."""
    parts = inside(workspace)
    tables = parts.facts.tables.values()
    selects = [
        f"select '{other.name}', '{thing.name}' from {other.name} as o where o.{name} is not null"
        f" and o.{name} not in (select t.{name} from {thing.name} as t)"
        for thing in tables
        for other in tables
        if (name := thing.id_column) in other.columns and other != thing
    ]
    return parts.database.read(" union ".join(selects))


def _look_at_numbers(act: Act | None) -> None:
    """See that what an act changes beside its own row are the numbers of one sort of siblings."""
    columns = defaultdict(set)
    for change in _values(act):
        columns[change.table].add(change.column)
    numbered = [table for table, names in columns.items() if "number" in names]
    assert len(numbered) <= 1
    for names in columns.values():
        assert names <= {"number", "program_id", "activity_id", "objective_id", "indicator_id"}
