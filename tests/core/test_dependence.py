"""What the checks rest on is told by the words of their queries, and so by no other way."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lkjip_tui
from lkjip_tui.core.query.dependence import Dependence
from lkjip_tui.core.workspace import Workspace
from tests.core.support import inside


def test_every_column_that_a_shipped_query_reads_is_named_in_it(office: Workspace) -> None:
    """Findings would stay when a value changes that a query reads without saying so."""
    parts = inside(office)
    rests = Dependence(
        office.registry, {name: table.columns for name, table in parts.facts.tables.items()}
    )
    for query in rests.views.values():
        tree = json.loads(parts.database.value("select json_serialize_sql(?)", [query.select]))
        for select in nodes_of(tree, type="SELECT_NODE"):
            tables = {
                table["alias"] or table["table_name"]: table["schema_name"]
                for table in nodes_of(select["from_table"], type="BASE_TABLE")
            }
            for star in nodes_of(select["select_list"], **{"class": "STAR"}):
                # Of a view that is named, or of values that stand in the query.
                assert tables[star["relation_name"]] if tables else True, query.full_name
            for column in nodes_of(select, **{"class": "COLUMN_REF"}):
                assert column["column_names"][-1] not in tables, query.full_name  # a whole row
        assert not list(nodes_of(tree, ref_type="NATURAL")), query.full_name


def test_a_change_of_one_column_leaves_what_does_not_read_it(office: Workspace) -> None:
    """An amount that is typed would let all names be compared with each other once more."""
    rests = Dependence(
        office.registry,
        {name: table.columns for name, table in inside(office).facts.tables.items()},
    )
    amount = rests.resting_on({"sub_activity_realization.amount"})
    assert {"basis.sub_activity_year", "quality.realization_above_budget"} <= amount
    assert amount.isdisjoint({"basis.sibling_year", "sheet.programs", "quality.name_twice"})
    rows = rests.resting_on({"sub_activity_realization"})
    assert amount | {"basis.sibling_year", "sheet.programs", "quality.name_twice"} <= rows


def test_what_lists_the_file_s_tables_lists_no_others() -> None:
    """A checkpoint that was cut off could not be taken back once the checks hold tables, too."""
    sources = [path.read_text() for path in Path(lkjip_tui.__file__).parent.rglob("*.py")]
    # Keywords are the language's, in no database.
    lists = re.compile(r"from (duckdb_(?!keywords)[a-z]+|pragma_database_size)\(\)")
    asked = [text[m.start() : m.end() + 160] for text in sources for m in lists.finditer(text)]
    assert len(asked) > 5
    # Files that were opened as tables are listed as such.
    named = re.compile(r"database_name (= current_database\(\)|in \('files', 'opened_files'\))")
    for each in asked:
        assert named.search(each), each


def nodes_of(tree: Any, **wanted: str) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Return every object within a tree that has these values."""
    if isinstance(tree, dict):
        if all(tree.get(key) == value for key, value in wanted.items()):
            yield tree
        tree = list(tree.values())
    if isinstance(tree, list):
        for each in tree:
            yield from nodes_of(each, **wanted)
