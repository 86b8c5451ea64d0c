"""What several tests of the core do: look at all facts, point at a cell, run another process."""

import hashlib
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from lkjip_tui.core.acts import Act
from lkjip_tui.core.changes import journal
from lkjip_tui.core.changes.chronicle import Chronicle
from lkjip_tui.core.changes.journal import Journal
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.query.header import Column
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.durability import Mark
from lkjip_tui.core.storage.facts import Facts as FactTables
from lkjip_tui.core.workspace import Workspace

YEAR = 2021

Facts = Mapping[str, list[tuple[Any, ...]]]
"""All rows of each fact table, in order."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What a workspace is made of."""

    database: Database
    facts: FactTables
    journal: Journal
    chronicle: Chronicle
    mark: Mark


def inside(workspace: Workspace) -> Inside:
    """Return the parts that a workspace hides."""
    return Inside(
        *(
            getattr(workspace, f"_{name}")
            for name in ("database", "facts", "journal", "chronicle", "mark")
        )
    )


def open_new_office(path: Path, name: str, year: int) -> Workspace:
    """Open a file of an office with nothing in it; to make each one takes much longer."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_new_office(name, year))
    return Workspace.open(path)


@cache
def _new_office(name: str, year: int) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "office.duckdb")
        Workspace.create(path, name, year).close()
        return path.read_bytes()


def facts_of(workspace: Workspace) -> Facts:
    """Return every fact of a file."""
    parts = inside(workspace)
    return {
        table: parts.database.read(f"from {table} order by all") for table in parts.facts.tables
    }


def digest_of(workspace: Workspace) -> list[tuple[Any, ...]]:
    """Return for each fact table its number of rows and a sum over their hashes: quick to take."""
    parts = inside(workspace)
    selects = (
        f"select '{table}', count(*), sum(hash(t)) from {table} as t"
        for table in parts.facts.tables
    )
    return parts.database.read(f"{' union all '.join(selects)} order by all")


def journal_of(workspace: Workspace) -> list[tuple[Any, ...]]:
    """Return the journal without its times."""
    return inside(workspace).database.read(
        "select journal_id, act_id, label, table_name, fact_key, action, column_name, before,"
        " after, undo_of from journal order by journal_id"
    )


def rows_of(workspace: Workspace, name: str, year: int = YEAR) -> list[dict[str, Any]]:
    """Return all rows of a view for a year, in order, by column name."""
    found = workspace.rows(workspace.find(name), year)
    return [found.named(row) for row in found.window(0, found.count)]


def row_of(workspace: Workspace, name: str, row_key: str, year: int = YEAR) -> dict[str, Any]:
    """Return one row of a view."""
    (row,) = (row for row in rows_of(workspace, name, year) if row["row_key"] == row_key)
    return row


def cell(
    workspace: Workspace, name: str, row_key: str, column: str, year: int = YEAR
) -> tuple[Query, Column, dict[str, Any]]:
    """Return what an edit needs to know of a cell."""
    query = workspace.find(name)
    return query, query.header.columns[column], row_of(workspace, name, row_key, year)


def put(  # noqa: PLR0917 - a cell and a text
    workspace: Workspace, name: str, row_key: str, column: str, text: str, year: int = YEAR
) -> Act | None:
    """Type a text into a cell."""
    return workspace.edit(*cell(workspace, name, row_key, column, year), text)


def value_of(workspace: Workspace, name: str, row_key: str, column: str, year: int = YEAR) -> Value:
    """Return what a cell of a view holds."""
    value: Value = row_of(workspace, name, row_key, year)[column]
    return value


def insert(workspace: Workspace, name: str, row_key: str | None = None, year: int = YEAR) -> str:
    """Make a row at the row with this key, or on a sheet without rows, and return its key."""
    row = row_of(workspace, name, row_key, year) if row_key else {}
    new = workspace.insert(workspace.find(name), {**workspace.names(year), **row})
    return str(new.row_key)


def delete(workspace: Workspace, name: str, row_key: str, year: int = YEAR) -> dict[str, int]:
    """Delete a row, and return how many rows of which tables went."""
    found = workspace.deletion(workspace.find(name), [row_of(workspace, name, row_key, year)], year)
    workspace.apply(found)
    return dict(found.counts)


def numbers(workspace: Workspace, table: str, where: str = "true") -> list[tuple[int, int]]:
    """Return ids and numbers of a table's things, in their order."""
    return inside(workspace).database.read(
        f"select {table}_id, number from {table} where {where} order by number, {table}_id"
    )


def take_back(workspace: Workspace) -> None:
    """Undo all acts that stand and no more: an undo of nothing lets all findings be forgotten."""
    for _act in inside(workspace).chronicle.timeline().newer(0):
        workspace.undo()


@contextmanager
def undoing(*, in_sets: bool) -> Iterator[None]:
    """Let undo and redo be done by the database, or one by one, however few changes there are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "MANY", 0 if in_sets else 1 << 40)
        patch.setattr(journal, "A_SET", 0)
        yield


def bytes_of(folder: Path) -> dict[str, str]:
    """Return every file of a folder with a hash of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def run_python(code: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run code in another process and wait for its end."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def start_python(code: str, *arguments: object) -> "subprocess.Popen[str]":
    """Start code in another process, which talks over its standard streams."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
