"""Brings a file's fact schema to the version that the program knows.

`queries/schema/NNNN_name.sql` is migration NNNN; each runs in one transaction with its record.
A released migration is never edited.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from lkjip_tui.core.errors import FileForeign, FileNewer
from lkjip_tui.core.storage.database import Database
from lkjip_tui.language import _

_MADE: Final = re.compile(r"^\s*create table (\w+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema."""

    number: int
    name: str
    sql: str


def shipped(folder: Path) -> list[Migration]:
    """Return the migrations in `folder`, in order."""
    return [
        Migration(int(file.name[:4]), file.stem[5:], file.read_text("utf-8"))
        for file in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    ]


def tables(migrations: Sequence[Migration]) -> frozenset[str]:
    """Return the names of the tables that are ours: a file may hold others beside them."""
    return frozenset(name for migration in migrations for name in _MADE.findall(migration.sql))


def pending(database: Database, migrations: Sequence[Migration]) -> list[Migration]:
    """Return the migrations that the file still lacks.

    Raises FileForeign when it is not one of ours, FileNewer when it is ahead of the program.
    """
    ours = database.value(
        "select count(*) from duckdb_tables()"
        " where database_name = current_database() and schema_name = 'main'"
        " and table_name in ('workbook', 'migration', 'journal')"
    )
    if ours < 3:  # noqa: PLR2004 - the three tables named above
        raise FileForeign(
            _("{file} is a DuckDB file, but not one of lkjip; it was left as it is.").format(
                file=database.path
            ),
            _("Name a file made with lkjip new or lkjip demo."),
        )
    reached = int(database.value("select max(number) from migration") or 0)
    if reached > migrations[-1].number:
        raise FileNewer(
            _("{file} was written by a later lkjip (schema {reached}, this one knows {known});"
              " it was left as it is.").format(
                file=database.path, reached=reached, known=migrations[-1].number
            ),
            _("Install a newer lkjip-tui and open the file with that."),
        )  # fmt: skip
    return [migration for migration in migrations if migration.number > reached]


def run(database: Database, migrations: Sequence[Migration], clock: Callable[[], datetime]) -> None:
    """Apply migrations in order, each whole or not at all."""
    for migration in migrations:
        with database.transaction() as transaction:
            transaction.run(migration.sql)
            transaction.change(
                "insert into migration (number, name, applied_at) values (?, ?, ?)",
                [migration.number, migration.name, clock()],
            )
