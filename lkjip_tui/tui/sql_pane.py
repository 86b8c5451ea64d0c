"""The console for reading queries: a statement above, its result below."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import TextArea

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Grid
from lkjip_tui.language import _
from lkjip_tui.transfer.export import Exportable
from lkjip_tui.tui.sql_result import SqlResult
from lkjip_tui.tui.text_pad import TextPad

_START = """-- {ask}
select p.number, p.name, p.absorption_pct
from report.budget_summary as p
where p.fiscal_year = $fiscal_year and p.level = 1
order by p.absorption_pct
"""


class SqlPane(Widget):
    """An editor, and the result of what was run there last."""

    DEFAULT_CSS = """
    SqlPane {
        height: 1fr;
        & > TextArea {
            height: 40%; min-height: 4; padding: 0; border: none;
            &:focus { border: none; }
        }
    }
    """

    def __init__(self, workspace: Workspace, year: Callable[[], int]) -> None:
        """`year` returns the year on the screen, which is `$fiscal_year` in a statement."""
        super().__init__()
        self._workspace = workspace
        self._year = year

    def compose(self) -> ComposeResult:
        """Lay out editor and result."""
        start = _START.format(ask=_("One statement that reads; F5 runs it."))
        yield TextPad(start, language="sql", tab_behavior="indent", show_line_numbers=True)
        yield SqlResult(self._workspace)

    @property
    def result(self) -> SqlResult:
        """What was run last."""
        return self.query_one(SqlResult)

    @property
    def grid(self) -> Grid:
        """The grid with the result."""
        return self.result.grid

    @property
    def statement(self) -> str:
        """What is written: the selected text if any, else all of it."""
        area = self.query_one(TextArea)
        return area.selected_text.strip() or area.text

    @property
    def is_at_work(self) -> bool:
        """Whether a statement runs now, or its result is read on."""
        return self.result.is_at_work

    def on_mount(self) -> None:
        """Select the sample: typing replaces it."""
        self.query_one(TextArea).select_all()

    def focus_first(self) -> None:
        """Put the keys into the editor."""
        self.query_one(TextArea).focus()

    def do_run(self) -> None:
        """Run the statement."""
        self.result.run(self.statement, self._year())

    def do_stop(self) -> None:
        """Stop what runs."""
        self.result.stop()

    def do_long_text(self) -> None:
        """Show the whole text of the cursor's cell."""
        self.result.show_long_text()

    def do_sort(self) -> None:
        """Sort the result by the cursor's column."""
        self.result.sort(self.grid.cursor_column)

    def do_sort_also(self) -> None:
        """Sort the result by the cursor's column within what is sorted already."""
        self.result.sort(self.grid.cursor_column, also=True)

    def release(self) -> None:
        """End a result that is not read whole, once it is not the file's present any more."""
        self.result.release()

    def exportable(self) -> Exportable | None:
        """Return the whole result of the statement that was run last, to be written to a file."""
        return self.result.exportable()
