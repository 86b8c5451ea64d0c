"""Tables of a database in memory that one piece of work shares, and that end with it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, Self

from lkjip_tui.core.storage.cursors import Tuple
from lkjip_tui.core.storage.database import Database

if TYPE_CHECKING:
    from lkjip_tui.core.storage.arrow import Values

_EVERY: Final = 1 << 40


class MemoryTables:
    """Keeps rows of queries under names of one's own. Close it when done."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._memory = database.attach_memory()
        self._session = database.session()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all tables."""
        self._session.close()
        self._database.detach_memory(self._memory)

    def name(self, table: str) -> str:
        """Return what a table is called in SQL, also in that of other sessions."""
        return f"{self._memory}.main.{table}"

    def keep(self, table: str, sql: str, values: Sequence[object] = ()) -> str:
        """Keep the rows of a query; return the table's name in SQL."""
        return self._session.keep(table, sql, values, memory=self._memory)

    def put(self, table: str, columns: "Mapping[str, Values]") -> str:
        """Keep columns of texts and whole numbers, all of one length; return the name in SQL."""
        return self._session.put(table, columns, memory=self._memory)

    def read(self, sql: str, values: Sequence[object] = ()) -> list[Tuple]:
        """Return all rows of a statement."""
        return self.named(sql, values)[1]

    def named(self, sql: str, values: Sequence[object] = ()) -> tuple[tuple[str, ...], list[Tuple]]:
        """Return the columns and all rows of a query."""
        return self._session.read(sql, values, most=_EVERY)
