"""What is read of a query for one year, before anything of it is on the screen."""

import time
from dataclasses import dataclass
from typing import Final, Self

from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.query.queries import Kind, Query
from lkjip_tui.core.query.rows import Rows
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui.memory import Memory

#: The sheet that opens first, as a rule.
ACTIVITIES: Final = "sheet.activities"


@dataclass(frozen=True, slots=True)
class View:
    """The rows of a query, the names that its captions and headings may use, and how long it took.

    `seconds` are those of reading.
    """

    query: Query
    year: int
    rows: Rows
    names: ViewRow
    seconds: float

    @classmethod
    def read(
        cls, workspace: Workspace, query: Query, year: int, session: Session | None = None
    ) -> Self:
        """Read a query, with a session of one's own where it shall be stopped.

        Raises QueryError when its view is not in the file or fails.
        """
        began = time.monotonic()
        rows, names = workspace.rows(query, year, session), workspace.names(year)
        return cls(query, year, rows, names, time.monotonic() - began)

    @classmethod
    def first(
        cls, workspace: Workspace, memory: Memory, asked: int | None = None, place: str = ACTIVITIES
    ) -> Self:
        """Read what is shown first: the activities unless another `place` is, or any there is.

        Of the year asked for, else of the one shown last, else of the latest. Raises UsageError
        when the year asked for is not in the file.
        """
        remembered = memory.year(workspace.path)
        is_there = remembered in workspace.office.years
        year = workspace.year(remembered if asked is None and is_there else asked)
        queries = workspace.registry.queries
        others = (query for query in queries.values() if query.kind is not Kind.BASIS)
        return cls.read(workspace, queries.get(place) or next(others), year)
