"""What a chart of a table shows, as its query's header says; how it is drawn is another's.

Figures are those of the table, and beside each stands what the table prints for it. A missing
figure is a gap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, islice
from operator import attrgetter
from typing import Final, Literal

from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import ChartRule, Column, ViewRow, fill_names
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.transfer import records

#: Rows that a picture can hold.
_MOST_ROWS: Final = 40


@dataclass(frozen=True, slots=True)
class Series:
    """The figures that belong together, one a label, and how each is printed."""

    name: str
    values: Sequence[Decimal | None]
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of axes: labels along the one, series of figures of one kind along the other."""

    title: str
    labels: Sequence[str]
    series: Sequence[Series]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a view; `name` is the view's, for a file's name."""

    name: str
    caption: str
    kind: Literal["bars", "lines"]
    panels: Sequence[Panel]


def of_query(workspace: Workspace, query: Query, year: int) -> Chart | None:
    """Return the chart of a view for a year, None when there is nothing to draw.

    Of a long table it shows the first rows, and says so. Raises QueryError when the view fails.
    """
    rule = query.header.chart
    if rule is None:
        return None
    found = records.by_name(records.of_stream(workspace.stream(query, year)))
    rows = list(islice(found, _MOST_ROWS + 1))
    if not any(row[name] is not None for row in rows for name in rule.columns):
        return None
    cells, names = workspace.cells(query), workspace.names(year)
    # The number is the table's.
    words = query.header.caption or query.title()
    caption = f"Grafik {fill_names(words, {**names, **rows[0]})}"
    if len(rows) > _MOST_ROWS:
        rows = rows[:_MOST_ROWS]
        caption += f" ({_MOST_ROWS} baris pertama)"
    return Chart(query.name, caption, rule.kind, _panels(cells, rule, rows, names))


def of_rows(
    cells: Cells, columns: Sequence[Column], rows: Iterable[ViewRow], shown: Sequence[Column]
) -> Chart | None:
    """Return a chart of the figures in some columns of the first rows; None without any.

    What names a row is the first of the columns `shown` that holds no figures, else the first.
    """
    found = list(islice(rows, _MOST_ROWS + 1))
    named = next((each for each in shown if not each.is_figure), shown[0])
    drawn = [each for each in columns if each.is_figure and each is not named]
    drawn = drawn or [each for each in columns if each.is_figure]
    figures = [{each.name: _finite(row[each.name]) for each in drawn} for row in found[:_MOST_ROWS]]
    if not any(value is not None for row in figures for value in row.values()):
        return None
    caption = ", ".join(cells.heading(each, {}) for each in drawn)
    if len(found) > _MOST_ROWS:
        first = _("the first {count} rows").format(count=_MOST_ROWS)
        caption = f"{caption} ({first})"
    rule = ChartRule("bars", named.name, tuple(each.name for each in drawn))
    both = [{**row, **own} for row, own in zip(found, figures, strict=False)]
    return Chart(cells.query.name, caption, rule.kind, _panels(cells, rule, both, {}))


def _finite(value: Value) -> Value:
    """Return a figure that can be drawn, else None."""
    return value if value is None or Decimal(str(value)).is_finite() else None


def _panels(
    cells: Cells, rule: ChartRule, rows: Sequence[ViewRow], names: ViewRow
) -> Sequence[Panel]:
    columns = [cells.columns[name] for name in rule.columns]
    called = [cells.text(cells.columns[rule.name], row) for row in rows]
    if rule.kind == "bars":
        return [
            Panel(
                "",
                called,
                [
                    _series(cells, cells.whole_heading(column, names), [(column, r) for r in rows])
                    for column in alike
                ],
            )
            # Rupiah and percents have no axis in common.
            for _kind, alike in groupby(columns, key=attrgetter("kind"))
        ]
    headings = {column: cells.heading(column, names) for column in columns}
    labels = list(dict.fromkeys(headings.values()))
    groups = [
        (name, {headings[column]: column for column in alike})
        for name, alike in groupby(columns, key=cells.group)
    ]
    return [
        Panel(
            title,
            labels,
            [
                _series(cells, name, [(by_heading.get(label), row) for label in labels])
                for name, by_heading in groups
            ],
        )
        for title, row in zip(called, rows, strict=True)
    ]


def _series(cells: Cells, name: str, places: Iterable[tuple[Column | None, ViewRow]]) -> Series:
    values: list[Decimal | None] = []
    texts: list[str] = []
    for column, row in places:
        value = None if column is None else row[column.name]
        values.append(None if value is None else Decimal(str(value)))
        texts.append("" if column is None else cells.text(column, row))
    return Series(name, values, texts)
