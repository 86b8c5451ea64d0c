"""The console: a statement above, its result below."""

from collections.abc import Callable, Sequence

from textual import work
from textual.app import ComposeResult

from lkjip_tui.core.errors import Interrupted
from lkjip_tui.core.storage.sql_text import Statement
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Grid
from lkjip_tui.language import _
from lkjip_tui.transfer.export import Exportable
from lkjip_tui.tui.console.acts import CatalogueActs, SaveActs
from lkjip_tui.tui.console.editor import SqlEditor
from lkjip_tui.tui.console.files import SqlFiles
from lkjip_tui.tui.console.parameters import Parameters
from lkjip_tui.tui.console.result import SqlResult
from lkjip_tui.tui.console.runs import Ran
from lkjip_tui.tui.console.write import SqlWrite
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.told import Told

_START = """-- {ask}
select p.number, p.name, p.absorption_pct
from report.budget_summary as p
where p.fiscal_year = $fiscal_year and p.level = 1
order by p.absorption_pct
"""


class SqlPane(EndsWork):
    """An editor, and the result of what was run there last."""

    DEFAULT_CSS = """
    SqlPane { height: 1fr; }
    """

    def __init__(self, workspace: Workspace, memory: Memory, year: Callable[[], int]) -> None:
        """`year` returns the year on the screen, which is `$fiscal_year` in a statement."""
        super().__init__()
        self._workspace = workspace
        self._memory = memory
        self._year = year
        self._parameters = Parameters(workspace, memory)
        self._to_run: Sequence[Statement] = ()
        self._at = 0
        self._has_told_running = False
        self.acts: tuple[object, ...] = (
            CatalogueActs(self, workspace), SaveActs(self, workspace), SqlFiles(workspace, self),
        )  # fmt: skip
        """What acts on the editor beside itself."""

    def compose(self) -> ComposeResult:
        """Lay out editor and result."""
        sample = _START.format(ask=_("One statement that reads; F5 runs it."))
        result = SqlResult(self._workspace, self._year)
        yield SqlWrite(self._workspace, result)
        yield SqlEditor(self._workspace, self._memory, sample)
        yield result

    @property
    def year(self) -> int:
        """The year on the screen."""
        return self._year()

    @property
    def editor(self) -> SqlEditor:
        """Where statements are written."""
        return self.query_one(SqlEditor)

    @property
    def result(self) -> SqlResult:
        """What was run last."""
        return self.query_one(SqlResult)

    @property
    def grid(self) -> Grid:
        """The grid with the result."""
        return self.result.grid

    def chosen(self) -> str:
        """Return what the chosen cells of the result come to."""
        return self.result.chosen()

    @property
    def is_at_work(self) -> bool:
        """Whether a statement runs now, or its result is read on."""
        return self.result.is_at_work

    def focus_first(self) -> None:
        """Put the keys into the editor."""
        self.editor.focus_first()

    def do_run(self) -> None:
        """Run the statements that are chosen, else the one under the cursor."""
        self._run(self.editor.to_run())

    def do_run_all(self) -> None:
        """Run every statement that is written, one after the other."""
        self._run(self.editor.all_statements())

    def _run(self, found: Sequence[Statement]) -> None:
        """Run statements in turn until one fails, once what they need is given."""
        if self.result.is_running:
            self.result.tell_running()
            self._has_told_running = True
        elif lacking := self._parameters.lacking(found):
            self._ask_and_start(found, lacking)
        else:
            self._start(found)

    @work(exclusive=True, group="parameters")
    async def _ask_and_start(self, found: Sequence[Statement], lacking: Sequence[str]) -> None:
        if await self._parameters.are_given(self.app, lacking):
            self._start(found)

    def _start(self, found: Sequence[Statement]) -> None:
        self.post_message(Told(""))  # what was said before is not about this
        self._to_run, self._at = found, 0
        self.result.begin_anew()
        self._begin(found[0] if found else Statement("", 0, 0))

    def _begin(self, statement: Statement) -> None:
        """Run a statement, or look at what one would change in write mode."""
        write = self.query_one(SqlWrite)
        run = write.run if write.takes(statement.text) else self.result.run
        run(statement.text, self._year(), self._parameters.of(statement))

    def on_ran(self, event: Ran) -> None:
        """Keep what became of a statement, and go on with the next, or say where it failed."""
        event.stop()
        if event.statement.strip():
            self.editor.keep_run(event)
        if self._has_told_running and not event.is_more:
            self.post_message(Told(""))
            self._has_told_running = False
        if self._at >= len(self._to_run) or event.is_more:
            return
        statement, count = self._to_run[self._at], len(self._to_run)
        self._at += 1
        if event.error is None and self._at < count:
            self._begin(self._to_run[self._at])
        elif event.error is not None:
            is_stopped = isinstance(event.error, Interrupted)
            told = (
                _("Statement {number} of {count} was stopped, those behind it did not run.")
                if is_stopped
                else _("Statement {number} of {count} failed, those behind it did not run.")
            )
            told = told.format(number=self._at, count=count) if count > 1 else ""
            self._to_run = ()
            if not is_stopped:
                told = self.editor.mark_fault(statement, event.error, told)
            if told:
                self.post_message(Told(told, error=not is_stopped))

    def do_stop(self) -> None:
        """Stop what runs."""
        self.result.stop()

    def turn(self) -> None:
        """Say of a result that it is of another year than the one that is on the screen now."""
        self.result.turn()

    def release(self) -> None:
        """End a result that is not read whole, once it is not the file's present any more."""
        self.result.release()

    @property
    def is_arranged(self) -> bool:
        """Whether the result's rows are filtered or sorted here."""
        return self.result.is_arranged

    def exportable(self) -> Exportable | None:
        """Return the whole result of the statement that was run last, to be written to a file."""
        return self.result.exportable()
