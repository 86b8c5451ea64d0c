"""Columns of the program's own, as the database reads them."""

import gc
import weakref
from array import array
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.core.storage import arrow
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.memory_tables import MemoryTables

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_ROWS = st.lists(st.tuples(st.integers(-(2**63), 2**63 - 1), _TEXTS, _TEXTS), max_size=30)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MemoryTables]:
    """Tables of one database in memory beside a file with nothing in it."""
    database = Database(tmp_path_factory.mktemp("memory") / "x.duckdb", create=True)
    yield MemoryTables(database)
    database.close()


@given(rows=_ROWS)
def test_columns_are_read_as_they_are(
    tables: MemoryTables, rows: list[tuple[int, str, str]]
) -> None:
    """Otherwise an import would compare other texts than the source has."""
    numbers, texts, others = zip(*rows, strict=True) if rows else ((), (), ())
    name = tables.put("kept", {"n": array("q", numbers), "text of a": texts, "b": others})
    assert tables.read(f"from {name} order by rowid") == rows


def test_more_rows_than_one_chunk_of_the_engine_are_read(tables: MemoryTables) -> None:
    """Otherwise the lines behind the first 2.048 would be another's."""
    texts = [f"baris ke-{number}{' · é' * (number // 10_000 % 2)}" for number in range(35_000)]
    name = tables.put("long", {"n": array("q", range(35_000)), "text": texts})
    assert tables.read(f"from {name} order by rowid") == list(enumerate(texts))


def test_columns_are_gone_when_they_were_kept(tables: MemoryTables) -> None:
    """Otherwise a statement could read memory that is another's by then."""
    tables.put("kept", {"text": ["satu"]})
    left = tables.read("select view_name from duckdb_views() where temporary and not internal")
    assert left == []


def test_memory_is_let_go_of_without_the_collector() -> None:
    """The texts of a whole source would be held twice as long as it is compared."""
    gc.disable()
    try:
        lent = arrow.Columns({"text": ["satu", "dua"]})
        left = weakref.ref(lent)
        assert lent.__arrow_c_stream__()
        lent.take_back()
        del lent
        assert left() is None
    finally:
        gc.enable()
