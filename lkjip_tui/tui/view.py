"""What is read of a query for one year, before anything of it is on the screen."""

from dataclasses import dataclass
from typing import Final, Self

from lkjip_tui.core.header import ViewRow
from lkjip_tui.core.queries import Kind, Query
from lkjip_tui.core.rows import Rows
from lkjip_tui.core.workspace import Workspace

#: The sheet that opens first.
_FIRST: Final = "sheet.activities"


@dataclass(frozen=True, slots=True)
class View:
    """The rows of a query, and the names that its captions and headings may use."""

    query: Query
    year: int
    rows: Rows
    names: ViewRow

    @classmethod
    def read(cls, workspace: Workspace, query: Query, year: int) -> Self:
        """Read a query; raises QueryError when its view is not in the file or fails."""
        return cls(query, year, workspace.rows(query, year), workspace.names(year))

    @classmethod
    def first(cls, workspace: Workspace, year: int) -> Self:
        """Read what is shown first: the activities, or the first query there is without them."""
        queries = workspace.registry.queries
        others = (query for query in queries.values() if query.kind is not Kind.BASIS)
        return cls.read(workspace, queries.get(_FIRST) or next(others), year)
