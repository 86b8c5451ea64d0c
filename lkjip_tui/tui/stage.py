"""Where one pane at a time stands: a query, the findings, the console or the history."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from lkjip_tui import garbage
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.navigator import Counts
from lkjip_tui.tui.query_pane import QueryPane

if TYPE_CHECKING:
    from lkjip_tui.tui.differences_model import DifferencesModel

_Pane = TypeVar("_Pane", bound=Widget)


class Stage(Vertical):
    """Makes a pane when it is first shown; those out of sight keep what they hold."""

    DEFAULT_CSS = "Stage { width: 1fr; height: 1fr; border-left: vkey $panel; }"

    def __init__(self, workspace: Workspace, memory: Memory, known: Callable[[], Counts]) -> None:
        super().__init__()
        self._workspace = workspace
        self._memory = memory
        self._known = known
        self.query_pane = QueryPane(workspace, memory, lambda: self._known().findings or ())
        """The pane of sheets, tables and other queries."""

    def compose(self) -> ComposeResult:
        """Begin with the pane of queries."""
        yield self.query_pane

    @property
    def pane(self) -> Widget:
        """The pane that is shown; the empty stage while the screen is made or ends."""
        return next((pane for pane in self.children if pane.display), self)

    async def show_query(self, query: Query, year: int, *, row_key: str, column: str) -> None:
        """Read a query and show it, the cursor on the cell named; raises as `read` does."""
        view = await self.query_pane.read(query, year, row_key)
        pane = await self._show(QueryPane, lambda: self.query_pane)
        pane.show(view, row_key=row_key, column=column)

    async def show_console(self, year: Callable[[], int]) -> None:
        """Show the console, which asks for the year when it runs a statement."""
        from lkjip_tui.tui.console.pane import SqlPane  # noqa: PLC0415 - its highlighting is heavy

        pane = await self._show(SqlPane, lambda: SqlPane(self._workspace, self._memory, year))
        pane.focus_first()

    async def show_history(self, act: int) -> None:
        """Read the newest acts and show them, the cursor on the act given, or where it was."""
        from lkjip_tui.tui.history_model import HistoryModel  # noqa: PLC0415 - seldom opened
        from lkjip_tui.tui.history_pane import HistoryPane  # noqa: PLC0415 - likewise

        act = act or next((pane.act_to_keep for pane in self.query(HistoryPane)), 0)
        model = await asyncio.to_thread(HistoryModel.read, self._workspace, act)
        pane = await self._show(HistoryPane, lambda: HistoryPane(self._workspace))
        pane.show(model, act)

    async def show_differences(self, model: "DifferencesModel") -> None:
        """Show what an edition prints differently."""
        from lkjip_tui.tui.differences_pane import DifferencesPane  # noqa: PLC0415 - seldom opened

        pane = await self._show(DifferencesPane, DifferencesPane)
        pane.show(model)

    async def show_findings(self, counts: Counts, year: int, *, rule: str = "") -> None:
        """Show what was found in a year, the cursor on a rule if one is named."""
        from lkjip_tui.tui.findings_pane import FindingsPane  # noqa: PLC0415 - likewise

        pane = await self._show(FindingsPane, FindingsPane)
        registry, can_accept = self._workspace.registry, not self._workspace.read_only
        pane.show(counts, registry, year, rule=rule, can_accept=can_accept)

    def turn_result(self) -> None:
        """Let the console say of which year its result is, once another is on the screen."""
        for pane in self.children:
            if hasattr(pane, "turn"):
                pane.turn()

    def release_result(self) -> None:
        """Let the console end a result that is not read whole: it keeps the file from resting."""
        for pane in self.children:
            if hasattr(pane, "release"):
                pane.release()

    async def _show(self, kind: type[_Pane], make: Callable[[], _Pane]) -> _Pane:
        found = next((pane for pane in self.children if isinstance(pane, kind)), None)
        pane = found or make()
        if found is None:
            await self.mount(pane)
            garbage.keep(kind)
        for other in self.children:
            other.display = other is pane
        return pane
