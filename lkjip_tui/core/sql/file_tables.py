"""Files of elsewhere as tables, which statements call `files.NAME` for as long as the program runs.

They lie in a database in memory beside the office's file, which knows nothing of them; nothing of
them is written anywhere.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lkjip_tui.core.storage import arrow
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.sql_text import quoted

#: What the database is called; by the second name where the office's file has a schema so called.
FILES: Final = ("files", "opened_files")
_RESERVED: Final = "select keyword_name from duckdb_keywords() where keyword_category = 'reserved'"


@dataclass(frozen=True, slots=True)
class FileTable:
    """A table of a file: what statements call it, and what it holds."""

    name: str
    columns: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Rows:
    """What a file holds: rows that are lent, and for each column that needs it its type in SQL.

    A column that has a type is one of texts, of which an empty one is null.
    """

    lent: arrow.Stream
    columns: tuple[str, ...]
    types: Mapping[str, str]
    told: str = ""


class FileTables:
    """The tables of one open office."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._memory = ""
        self._files: dict[str, tuple[Path, str]] = {}

    def keep(self, file: Path, part: str, rows: Rows) -> FileTable:
        """Keep what a file holds, or `part` of it; in the place of what was kept of it before.

        Raises QueryError where it is too much, or where a text is none of its column's type.
        """
        self._memory = self._memory or self._attached()
        taken = {name for name, origin in self._files.items() if origin != (file, part)}
        taken.update(name for (name,) in self._database.read(_RESERVED))
        name = named(f"{file.stem}_{part}" if part else file.stem, taken)
        select = [
            f"cast(nullif({quoted(column)}, '') as {rows.types[column]}) as {quoted(column)}"
            if column in rows.types
            else quoted(column)
            for column in rows.columns
        ]
        with self._database.session() as session:
            whole = session.take_lent(quoted(name), rows.lent, memory=self._memory, select=select)
            counted = session.read(f"select count(*) from {whole}", most=1)
        self._files[name] = file, part
        return FileTable(f"{self._memory}.{name}", rows.columns, int(counted[1][0][0]))

    def _attached(self) -> str:
        found = self._database.read(
            "select schema_name from duckdb_schemas()"
            " where database_name = current_database() and schema_name = ?",
            [FILES[0]],
        )
        return self._database.attach_memory(FILES[bool(found)])


def named(text: str, taken: Collection[str]) -> str:
    """Return a name that a statement can use without quotes, and that nothing else has."""
    plain = re.sub(r"\W+", "_", text.lower()).strip("_") or "file"
    plain = f"_{plain}" if plain[0].isdigit() else plain
    number, free = 1, plain
    while free in taken:
        number += 1
        free = f"{plain}_{number}"
    return free
