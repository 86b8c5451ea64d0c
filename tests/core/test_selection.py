"""One row is found by what people call it: exactly first, then as it is printed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lkjip_tui.core.errors import UsageError
from lkjip_tui.core.selection import column_of, find_row
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR

NAMES = """-- column name: text "Nama"
-- column amount: rupiah "Jumlah"
select 2021 as fiscal_year, 'a' as row_key, 'Gaji' as name, 1000 as amount
union all select 2021, 'b', 'GAJI', 1000
union all select 2021, 'c', '1.000', 5
"""
FINDINGS = """-- check: note
-- message id: {name}
select 2021 as fiscal_year, 'k/' || n as finding_key, n % 2 as name from range(4) as t(n)
"""


@pytest.fixture(scope="module")
def named(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open a file with a table of names, and a check, to be read only."""
    place = tmp_path_factory.mktemp("named")
    for kind, text in (("tables", NAMES), ("checks", FINDINGS)):
        folder = place / "queries" / kind
        folder.mkdir(parents=True)
        (folder / "names.sql").write_text(text, "utf-8")
    with Workspace.open(shutil.copyfile(template, place / "office.duckdb")) as office:
        assert office.registry.faults == []
        yield office


@pytest.mark.parametrize(
    ("keys", "row_key"),
    [
        ({"row_key": "b"}, "b"),
        ({"name": "Gaji"}, "a"),
        ({"name": "GAJI"}, "b"),
        ({"amount": "5"}, "c"),
        ({"name": "gaji", "row_key": "A"}, "a"),
        ({"amount": "1.000", "row_key": "A"}, "a"),
    ],
)
def test_a_row_is_found_as_stored_or_as_printed(
    named: Workspace, keys: dict[str, str], row_key: str
) -> None:
    """A script would have to know ids that nobody sees."""
    assert find_row(named, named.find("report.names"), YEAR, keys)["row_key"] == row_key


def test_what_several_rows_have_selects_none(named: Workspace) -> None:
    """Another row than the one meant would be changed."""
    with pytest.raises(UsageError) as told:
        find_row(named, named.find("report.names"), YEAR, {"name": "gaji"})
    assert "a (name=Gaji) · b (name=GAJI)" in told.value.hint
    with pytest.raises(UsageError):
        find_row(named, named.find("report.names"), 1999, {"row_key": "a"})
    with pytest.raises(UsageError):
        find_row(named, named.find("report.names"), YEAR, {"nothing": "a"})


def test_rows_without_a_row_key_are_told_by_what_tells_them_apart(named: Workspace) -> None:
    """Naming a finding by half would end the program."""
    query = named.find("quality.names")
    with pytest.raises(UsageError) as told:
        find_row(named, query, YEAR, {"name": "1"})
    assert "finding_key=" in told.value.hint
    assert "k/1 (name=1) · k/3 (name=1)" in told.value.hint
    assert find_row(named, query, YEAR, {"finding_key": "k/3"})["name"] == 1


def test_a_column_is_named_as_declared(named: Workspace) -> None:
    """A slip in a column's name would be told without the names that there are."""
    query = named.find("report.names")
    assert column_of(query, "amount") is query.header.columns["amount"]
    with pytest.raises(UsageError) as told:
        column_of(query, "amuont")
    assert "name, amount" in told.value.hint
