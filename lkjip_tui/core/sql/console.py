"""Ad-hoc SQL over one open file: statements that read, their parameters, files as tables.

What a statement may do is the guard's to say (`guard`); what one that writes would change is
asked of the workspace, as every other act is.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from lkjip_tui.core.query.queries import Registry, by_dependency, views_named_in
from lkjip_tui.core.sql.parameters import is_year
from lkjip_tui.core.storage import guard
from lkjip_tui.core.storage.cursors import Stream
from lkjip_tui.core.storage.database import Database

if TYPE_CHECKING:
    from lkjip_tui.core.sql.file_tables import FileTable, FileTables, Rows
    from lkjip_tui.core.sql.result import Result


class Console:
    """What statements ask of one open file.

    Its `year` says which one is meant, its `registry` which views there are.
    """

    def __init__(
        self,
        database: Database,
        year: Callable[[int | None], int],
        registry: Callable[[], Registry],
    ) -> None:
        self._database = database
        self._year = year
        self._registry = registry
        self._file_tables: FileTables | None = None

    def stream(
        self,
        statement: str,
        parameters: Mapping[str, object] | None = None,
        *,
        year: int | None = None,
    ) -> Stream:
        """Return one reading statement, not begun; raises StatementRefused for any other.

        `$fiscal_year` without a value is `year`, the latest one by default.
        """
        return guard.guarded(self._database, statement, self.values(statement, parameters, year))

    def result(
        self,
        statement: str,
        parameters: Mapping[str, object] | None = None,
        *,
        year: int | None = None,
    ) -> "Result":
        """Return the result of such a statement, not begun, to be looked at; raises alike."""
        from lkjip_tui.core.sql.result import Result  # noqa: PLC0415 - not on the way to the first rows

        registry = self._registry()
        views = by_dependency(registry.queries, views_named_in(statement))
        macros = [each.text for each in registry.macros if each.is_own]
        values = self.values(statement, parameters, year)
        return Result(self._database, statement, values, [*(v.select for v in views), *macros])

    def writes_facts(self, statement: str) -> bool:
        """Whether a statement changes rows; raises StatementRefused where it does not read either.

        None but one that reads is run here.
        """
        return not guard.begins_as_reading(statement) and guard.writes_facts(
            self._database, statement
        )

    def parameters(self, statement: str) -> frozenset[str]:
        """Return the names of the parameters that a statement asks for."""
        return self._database.parameters(statement)

    def values(
        self, statement: str, parameters: Mapping[str, object] | None, year: int | None
    ) -> dict[str, object]:
        """Return the values of a statement's parameters: those given, and the year."""
        values = dict(parameters or {})
        for name in filter(is_year, self.parameters(statement)):
            if not any(map(is_year, values)):
                values[name] = self._year(year)
        return values

    def keep_file(self, file: Path, part: str, rows: "Rows") -> "FileTable":
        """Keep what a file of elsewhere holds, or a part of it, as a table for statements.

        It ends with the open file; raises QueryError where it is too much.
        """
        from lkjip_tui.core.sql.file_tables import FileTables  # noqa: PLC0415 - seldom needed

        self._file_tables = self._file_tables or FileTables(self._database)
        return self._file_tables.keep(file, part, rows)
