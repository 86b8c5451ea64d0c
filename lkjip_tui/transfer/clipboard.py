"""Chosen cells of a view as text for other programs: what a copy puts on the clipboard.

The printed forms say what an export says. What is for a spreadsheet holds all that a cell shows,
words and chosen labels too, so that it can be pasted back. One cell alone is its bare text, since
it goes into a sentence as often as into a table.
"""

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from typing import Final

from lkjip_tui.core.figures.block import neutralized
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.transfer import machine, markdown, printed, text
from lkjip_tui.transfer.forms import CopyForm
from lkjip_tui.transfer.printed import PrintedTable
from lkjip_tui.transfer.records import Records, exact_text

#: What ends a spreadsheet's cell, beside the quote that begins a quoted one.
_ENDS: Final = "\t\n\r"
#: The types of values that are no facts, yet may stand in a user's own view.
_TYPES: Final = {float: "double", datetime: "timestamp", date: "date", time: "time"}


def copied(
    form: CopyForm,
    cells: Cells,
    columns: Sequence[Column],
    rows: Sequence[ViewRow],
    names: ViewRow,
    *,
    headed: bool = False,
) -> str:
    """Return the cells of these columns in these rows, both in the order shown.

    `names` fill headings, caption and notes. `headed` puts headings over the tab-separated cells,
    as for whole rows or columns; CSV and the tables have them always, SQL never.
    """
    if form is CopyForm.SQL:
        return _sql(columns, rows)
    if len(columns) == len(rows) == 1:
        is_table = form in {CopyForm.MD, CopyForm.TEXT}
        return (cells.text if is_table else cells.exact_text)(columns[0], rows[0])
    if form is CopyForm.TSV:
        return _tsv(cells, columns, rows, names, headed=headed)
    out = io.StringIO()
    if form is CopyForm.CSV:
        texts = ([_figure_or_text(cells, column, row) for column in columns] for row in rows)
        found = Records(tuple(column.name for column in columns), texts)
        machine.write_spreadsheet_csv(out, found, printed.headings(cells, names))
    elif form is CopyForm.MD:
        # Where it is put has a caption of its own.
        table = printed.of_block(cells, columns, rows, names)
        bare = PrintedTable("", table.columns, table.rows, trunk=table.trunk)
        markdown.write(out, [bare])
    else:
        text.write(out, printed.of_rows(cells, columns, rows, names))
    return out.getvalue()


def _tsv(
    cells: Cells,
    columns: Sequence[Column],
    rows: Sequence[ViewRow],
    names: ViewRow,
    *,
    headed: bool,
) -> str:
    """Return lines of cells; figures are exact and bear no marks between the thousands.

    An Excel in English takes `4.349.483.103` for a text, an Indonesian one both for the number.
    """
    shown = printed.of_block(cells, columns, (), names).columns
    lines = chain(
        [[neutralized(column.whole_heading) for column in shown]] if headed else [],
        ([_spreadsheet_text(cells, column, row) for column in columns] for row in rows),
    )
    return "".join("\t".join(map(_quoted, line)) + "\n" for line in lines)


def _spreadsheet_text(cells: Cells, column: Column, row: ViewRow) -> str:
    found = cells.exact_text(column, row, grouped=False)
    # A minus before a figure is its own; before words it would be run.
    is_text = isinstance(_figure_or_text(cells, column, row), str)
    return neutralized(found) if is_text else found


def _figure_or_text(cells: Cells, column: Column, row: ViewRow) -> Value:
    """Return a figure that stands alone as it is stored, anything else as its text, or null."""
    value = row[column.name]
    words = row.get(column.companion) if column.companion else None
    if column.kind_in(row).is_number and not words and not cells.is_chosen(column):
        return value
    return cells.exact_text(column, row, grouped=False) or None


def _quoted(found: str) -> str:
    """Quote a text that would end its cell, or seem to be quoted already."""
    if found.startswith('"') or any(end in found for end in _ENDS):
        return '"' + found.replace('"', '""') + '"'
    return found


def _sql(columns: Sequence[Column], rows: Sequence[ViewRow]) -> str:
    """Return the stored values as rows of DuckDB's `values`, one cell as a literal."""
    lines = [[_literal(row[column.name]) for column in columns] for row in rows]
    if len(columns) == len(rows) == 1:
        return lines[0][0]
    return "values\n" + ",\n".join(f"    ({', '.join(line)})" for line in lines) + "\n"


def _literal(value: object) -> str:
    """Return a literal of a value's own type, a decimal with all its places."""
    if value is None:
        return "null"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bool | int):
        return exact_text(value)
    quoted = "'" + exact_text(value).replace("'", "''") + "'"
    kind = _TYPES.get(type(value), "")
    if isinstance(value, datetime) and value.tzinfo:
        kind = "timestamptz"
    return f"{quoted}::{kind}" if kind else quoted
