"""What a file holds is told as a writer of SQL needs it: what it is, means, and is made of."""

import pytest

from lkjip_tui.core.sql.sql_catalogue import Entry, Sort, count, definition, entries
from lkjip_tui.core.sql.sql_names import Names
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR, inside

pytestmark = pytest.mark.usefixtures("english")


def _entries(workspace: Workspace) -> dict[str, Entry]:
    with workspace.session() as session:
        names = Names.read(session, workspace.registry)
    found = entries(names, workspace.registry, workspace.fact_tables)
    return {entry.name: entry for entry in found}


def _definition(workspace: Workspace, name: str) -> str:
    entry = _entries(workspace)[name]
    with workspace.session() as session:
        return definition(session, entry, workspace.registry)


def test_all_that_a_file_holds_is_of_a_sort_and_facts_come_first(standing: Workspace) -> None:
    """Whoever looks for a table of facts would search it among views and bookkeeping."""
    found = _entries(standing)
    sorts = [entry.sort for entry in found.values()]
    assert sorts == sorted(sorts, key=list(Sort).index)
    assert {entry.name for entry in found.values() if entry.sort is Sort.FACT} == set(
        standing.fact_tables
    )
    for name, sort in (
        ("sheet.activities", Sort.SHEET), ("report.budget_summary", Sort.TABLE),
        ("quality.code_twice", Sort.CHECK), ("basis.cell", Sort.BASIS),
        ("printed_ratio_pct", Sort.FUNCTION), ("journal", Sort.OTHER),
    ):  # fmt: skip
        assert found[name].sort is sort, name


def test_what_is_held_says_what_it_means(standing: Workspace) -> None:
    """Names alone would have to be guessed from, or read up elsewhere."""
    found = _entries(standing)
    abouts = {column.name: column.about for column in found["sub_activity_realization"].columns}
    assert abouts == {
        "sub_activity_id": "id of sub_activity",
        "fiscal_year": "the report's year",
        "quarter": "1 to 4; 0 is the whole year",
        "amount": "Realization",
    }
    assert "Activities" in found["sub_activity_realization"].about
    assert "ratio of the sums" in found["basis.outcome"].remark
    assert found["basis.cell"].about
    assert found["ratio_pct"].about == "ratio_pct(numerator, denominator)"
    assert (
        found["met_pct"].remark == "100 when it is met, 0 when it is not, null when nobody knows."
    )


def test_how_it_is_made_can_be_read(standing: Workspace) -> None:
    """A figure's formula would be found only in the program's own folder."""
    assert _definition(standing, "report.budget_summary").startswith("-- title: ")
    assert "\n    amount BIGINT" in _definition(standing, "sub_activity_realization")
    assert _definition(standing, "met_pct").startswith("-- 100 when it is met")
    assert "union all" in _definition(standing, "basis.cell").lower()


def test_rows_are_counted_in_all_and_of_the_year(standing: Workspace) -> None:
    """Whoever asks for all rows would learn only then that they are ten million."""
    found = _entries(standing)
    with standing.session() as session:
        assert count(session, found["sub_activity_budget"], YEAR) == (29, 29)
        assert count(session, found["sub_activity_budget"], YEAR + 1) == (29, 0)
        assert count(session, found["program"], YEAR) == (5, None)


def test_a_table_of_someone_else_with_a_name_in_quotes_is_held_too(new_office: Workspace) -> None:
    """The file may hold what is not ours, and that would be out of reach."""
    with inside(new_office).database.transaction() as transaction:
        transaction.run('create table "Rekap (1)" ("Pagu Awal" bigint, "[/b]" varchar)')
    entry = _entries(new_office)['"Rekap (1)"']
    assert entry.sort is Sort.OTHER
    assert entry.rows == 'from "Rekap (1)"\nlimit 100'
    assert '"Pagu Awal" BIGINT' in _definition(new_office, '"Rekap (1)"')
    with new_office.session() as session:
        assert count(session, entry, YEAR) == (0, None)
