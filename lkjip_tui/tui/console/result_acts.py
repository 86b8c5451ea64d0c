"""What windows show of a result: a row as a record, a whole text, a chart."""

from typing import TYPE_CHECKING

from lkjip_tui.language import _
from lkjip_tui.tui.told import Told

if TYPE_CHECKING:
    from lkjip_tui.transfer.charts import Chart
    from lkjip_tui.tui.console.result import SqlResult


class ResultActs:
    """Acts on the rows that a result shows."""

    def __init__(self, result: "SqlResult") -> None:
        self._result = result

    def do_long_text(self) -> None:
        """Show the whole text of the cursor's cell."""
        from lkjip_tui.tui.text_window import TextWindow  # noqa: PLC0415 - it is heavy

        model, found = self._result.model, self._result.cell()
        if model is not None and found is not None:
            window = TextWindow(found[0].name, model.cells.text(*found))
            self._result.app.push_screen(window)

    def do_record(self) -> None:
        """Show the cursor's row, a line or more a column."""
        from lkjip_tui.tui.record_window import RecordWindow  # noqa: PLC0415 - not before it is asked

        model = self._result.model
        if model is not None and model.row_count:
            self._result.app.push_screen(RecordWindow(model, self._result.grid))

    def do_chart(self) -> None:
        """Draw the figures of the chosen cells, or of all."""
        from lkjip_tui.tui.chart_window import ChartWindow  # noqa: PLC0415 - likewise

        chart = self._chart()
        if chart is None:
            told = Told(_("There are no figures to draw yet."), error=True)
            self._result.post_message(told)
        else:
            self._result.app.push_screen(ChartWindow(chart))

    def _chart(self) -> "Chart | None":
        from lkjip_tui.transfer import charts  # noqa: PLC0415 - likewise

        model, grid = self._result.model, self._result.grid
        if model is None or not grid.block.count:
            return None
        rows, wanted = range(model.row_count), range(len(model.shown))
        if grid.has_block:
            rows = grid.block.rows
            wanted = grid.block.columns if len(grid.block.columns) > 1 else wanted
        columns = [model.shown[number] for number in wanted]
        return charts.of_rows(model.cells, columns, map(model.row, rows), model.shown)
