"""What an import would change, in words: for the preview, and as a printed table."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from lkjip_tui.core.changes import wording
from lkjip_tui.core.figures.values import Kind, Value, show
from lkjip_tui.core.imports.comparison import Compared
from lkjip_tui.core.imports.importing import Counts, Import
from lkjip_tui.core.query.cells import Cells, difference
from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.core.query.headings import ACCOUNT, Level
from lkjip_tui.language import _, mark, plural
from lkjip_tui.transfer.printed import PrintedColumn, PrintedRow, PrintedTable
from lkjip_tui.transfer.proposed import Proposed

#: Outcomes that are read at once.
_PAGE: Final = 1000
#: What a heading may be beside the view's columns.
_OTHERS: Final = {
    ACCOUNT: mark("Account"),
    "row_key": mark("Row key"),
    "fiscal_year": mark("Fiscal year"),
}


def summary(counts: Counts) -> str:
    """Return in a line what comes of a source."""
    parts = [
        (counts.refused, _("{count} refused")),
        (counts.changed, plural("{count} cell changes", "{count} cells change", counts.changed)),
        (counts.new_rows, plural("{count} row is new", "{count} rows are new", counts.new_rows)),
        (
            counts.unchanged,
            _("{count} hold that already, names and codes that tell rows aside"),
        ),
        (counts.left_out, _("{count} left out")),
    ]
    return " · ".join(text.format(count=show(n, Kind.COUNT)) for n, text in parts if n) or _(
        "nothing that this table takes"
    )


def columns(source: Import, cells: Cells, names: ViewRow) -> Sequence[str]:
    """Return in words which columns the headings were taken for, and which for none."""
    words = heading_words(cells, names, [name for _h, name in source.headings() if name])
    taken = [f"{heading} → {words[name]}" for heading, name in source.headings() if name]
    left = [heading for heading, name in source.headings() if not name and heading.strip()]
    told = [_("Columns: {columns}").format(columns=" · ".join(taken))]
    if left:
        told.append(_("Headings of no column here: {headings}").format(headings=" · ".join(left)))
    return told


def heading_words(cells: Cells, names: ViewRow, columns: Sequence[str]) -> Mapping[str, str]:
    """Return what each column of a mapping is called; two of one heading bear their names."""
    known = cells.columns
    words = {}
    for name in columns:
        level = Level.named(name)
        if name in known:
            words[name] = cells.whole_heading(known[name], names)
        elif level is not None:
            thing = wording.thing(level.table).capitalize()
            words[name] = _("Code · {thing}").format(thing=thing) if level.part == "code" else thing
        else:
            words[name] = _(_OTHERS[name])
    count = Counter(words.values())
    return {name: f"{text} ({name})" if count[text] > 1 else text for name, text in words.items()}


def told(
    source: Import, cells: Cells, names: ViewRow, outcomes: Sequence[Compared]
) -> Sequence[Proposed]:
    """Return outcomes in words, in their order."""
    rows = source.rows_of(outcomes)
    return [_told(source, cells, names, each, rows.get(each.row_key)) for each in outcomes]


def printed(source: Import, cells: Cells, names: ViewRow) -> PrintedTable:
    """Return all that is refused and all that would change as a table, to be gone through once."""
    columns = [
        PrintedColumn(_("Line"), right=True),
        PrintedColumn(_("Cell")),
        PrintedColumn(_("Now"), right=True),
        PrintedColumn(_("New"), right=True),
        PrintedColumn(_("Why not")),
    ]
    return PrintedTable("", columns, _rows(source, cells, names), list(source.notes))


def _rows(source: Import, cells: Cells, names: ViewRow) -> Iterator[PrintedRow]:
    counts = source.counts
    for start in range(0, counts.refused + counts.changed, _PAGE):
        for each in told(source, cells, names, source.page(start, start + _PAGE)):
            reason = each.reason.replace("\n", " ")
            yield PrintedRow([each.line, each.cell, each.now, each.new, reason])


def _told(
    source: Import, cells: Cells, names: ViewRow, outcome: Compared, row: ViewRow | None
) -> Proposed:
    line = str(source.line_of(outcome))
    if row is None or outcome.column is None:
        return Proposed(
            outcome.text, "", reason=outcome.refused, line=line, is_refused=bool(outcome.refused)
        )
    column = cells.columns[outcome.column]
    name = source.name_of(outcome) or _("new row") if outcome.is_new else cells.row_name(row)
    told = Proposed(
        name,
        cells.whole_heading(column, names),
        now="" if outcome.is_new else cells.text(column, row),
        line=line,
    )
    if outcome.refused:
        return replace(told, new=outcome.text, reason=outcome.refused, is_refused=True)
    after = _value(outcome.after, column, row)
    held = {**row, column.name: after}
    if column.companion:
        held[column.companion] = outcome.words
        if column.kind_in(row) is Kind.TEXT:
            held |= {column.name: None, column.companion: outcome.after}
    new = cells.text(column, held)
    by = difference(column, row, after)
    return replace(told, new=new, difference=by, reason=outcome.remark)


def _value(written: str | None, column: Column, row: ViewRow) -> Value:
    """Return a value that the journal would write, as the view would give it."""
    kind = column.kind_in(row)
    if written is None or kind is Kind.FLAG:
        return None if written is None else written == "true"
    return Decimal(written) if kind.is_number or kind is Kind.ROMAN else written
