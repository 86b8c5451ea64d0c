"""What the names in a passage stand for: figures of views, and the names of captions.

A figure is the cell of a view, printed as the view's table prints it, so that prose and tables
cannot differ. A name that names nothing, or that has no value, is remembered as a problem and
leaves a mark where it stands.
"""

from collections.abc import Sequence

from lkjip_tui.core.errors import QueryError, UsageError
from lkjip_tui.core.figures.values import NULL_SIGN
from lkjip_tui.core.query.header import ViewRow, fill_names
from lkjip_tui.core.query.queries import Kind, Query
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.transfer import passages, records
from lkjip_tui.transfer.passages import Run, Text
from lkjip_tui.transfer.report_blocks import Problem


class Names:
    """Fills the texts of a year's passages; `place` is the passage that they stand in."""

    def __init__(self, workspace: Workspace, year: int) -> None:
        self._workspace, self._year = workspace, year
        self.problems: list[Problem] = []
        self.place = ""
        self._rows: dict[str, Sequence[ViewRow]] = {}

    def filled(self, text: str) -> Text:
        """Return a text with its names replaced."""
        return passages.filled(text, self.value)

    def is_caption_name(self, name: str) -> bool:
        """Say whether captions know the name, with or without a step."""
        braced = f"{{{name}}}"
        return fill_names(braced, self._known) != braced

    def find(self, name: str) -> Query:
        """Return the view of that name, a report's table before others; raises UsageError."""
        table = self._workspace.registry.queries.get(f"{Kind.TABLE}.{name.lower()}")
        return table or self._workspace.find(name)

    def value(self, name: str) -> Run:
        """Return what a name stands for within a text."""
        view, *cell = fill_names(name, self._known).split(":")
        try:
            if not cell and self.is_caption_name(name):
                text = fill_names(f"{{{name}}}", self._known)
            elif len(cell) < len(("row_key", "column")):
                query = self.find(view)
                told = _("what {view} shows needs a line of its own")
                return self.broken(name, told.format(view=query.full_name))
            else:
                text = self._cell(self.find(view), *cell)
        except UsageError as error:
            return self.broken(name, error.message)
        if text in {"", NULL_SIGN}:
            return self.broken(name, _("it has no value yet"))
        return Run(text)

    def broken(self, name: str, reason: str) -> Run:
        """Remember why a name has nothing to say, and return the mark in its place."""
        self.problems.append(Problem(self.place, name, reason))
        return Run(f"[?{name}]", broken=True)

    def rows(self, query: Query) -> Sequence[ViewRow]:
        """Return the year's rows of a view, read once, so that all that is said of them agrees.

        Raises QueryError, which names the view.
        """
        if query.full_name not in self._rows:
            try:
                stream = self._workspace.stream(query, self._year)
                self._rows[query.full_name] = list(records.by_name(records.of_stream(stream)))
            except QueryError as error:
                raise QueryError(f"{query.full_name}: {error.message}", error.hint) from error
        return self._rows[query.full_name]

    @property
    def _known(self) -> ViewRow:
        return self._workspace.names(self._year)

    def _cell(self, query: Query, row_key: str, column_name: str) -> str:
        """Return a cell as it is printed; raises UsageError when there is no such cell."""
        cells = self._workspace.cells(query)
        column = cells.columns.get(column_name)
        if column is None:
            told = _("{view} has no column {column}.")
            raise UsageError(told.format(view=query.full_name, column=column_name))
        row = next((row for row in self.rows(query) if row.get("row_key") == row_key), None)
        if row is None:
            told = _("{view} has no row {row}.")
            raise UsageError(told.format(view=query.full_name, row=row_key))
        return cells.text(column, row)
