"""A table as it is printed: caption, headings, cells as texts, notes.

What Markdown, terminal and, later, word processors and spreadsheets show alike is decided here;
how it looks there is theirs. Nothing in it is escaped or made safe yet.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from operator import itemgetter

from lkjip_tui.core.figures.values import NULL_SIGN, is_number_type
from lkjip_tui.core.query import lines
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import Column, ViewRow, fill_names
from lkjip_tui.core.query.lines import Markup, Printed
from lkjip_tui.core.query.queries import Kind as QueryKind
from lkjip_tui.core.query.queries import Query, Registry
from lkjip_tui.core.storage.cursors import Piece, Stream
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.transfer import records
from lkjip_tui.transfer.records import Records, exact_text


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A column: its heading, the heading over it and its neighbours, and where texts stand.

    In one that is printed `once` an empty cell says what the one above says.
    """

    heading: str
    group: str = ""
    right: bool = False
    once: bool = False

    @property
    def whole_heading(self) -> str:
        """Both headings in one, for forms that have one heading row."""
        return f"{self.group}: {self.heading}" if self.group else self.heading


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row's cells in the order of the columns, and its level in a tree (0 is the total)."""

    cells: Sequence[str]
    level: int | None = None

    @property
    def strong(self) -> bool:
        """Whether the row sums up the ones around it."""
        return self.level is not None and self.level <= 1

    @property
    def indent(self) -> int:
        """How many steps the row's name stands to the right."""
        return max((self.level or 0) - 1, 0)


@dataclass(frozen=True, slots=True)
class ViewRows:
    """Rows of a view as they are, and the columns of it that are printed.

    `again` gives them once more, not begun, where the database may write them itself.
    """

    cells: Cells
    columns: Sequence[Column]
    rows: Iterable[ViewRow]
    again: Callable[[], Stream] | None = None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """One table; `rows` can be gone through once, before the next table of the same query.

    `trunk` is the number of the column that a tree's rows are indented in. `source` are the
    values that it is printed from, for forms with figures of their own: to be gone through
    instead of `rows`. `lines` begins to read the rows as lines that the database writes with some
    markup, and is None where it cannot.
    """

    caption: str
    columns: Sequence[PrintedColumn]
    rows: Iterable[PrintedRow]
    notes: Sequence[str] = ()
    trunk: int | None = None
    source: ViewRows | Records | None = None
    lines: Callable[[Markup], Iterator[Piece] | None] = lambda _markup: None


def of_query(workspace: Workspace, query: Query, year: int) -> Iterator[PrintedTable]:
    """Yield the printed tables of a view for a year: one, or one a value of its `parts` column.

    Raises QueryError when the view is not in the file or fails.
    """
    cells = workspace.cells(query)
    found = records.of_stream(workspace.stream(query, year))
    rows = (dict(zip(found.columns, row, strict=True)) for row in found.rows)
    for table in of_rows(cells, cells.shown, rows, workspace.names(year)):
        source = table.source
        if not query.header.parts:
            again = partial(workspace.stream, query, year)
            source = ViewRows(cells, cells.shown, rows, again)
        yield replace(table, source=source, lines=partial(_lines, cells, found))


def of_rows(
    cells: Cells, columns: Sequence[Column], rows: Iterable[ViewRow], names: ViewRow
) -> Iterator[PrintedTable]:
    """Yield the printed tables of some rows and columns of a view."""
    parts = cells.query.header.parts
    if parts is None:
        yield of_block(cells, columns, rows, names)
        return
    empty = True
    for _value, of_part in groupby(rows, key=itemgetter(parts)):
        part = list(of_part)
        # A part's caption tells what all of its rows have in common.
        yield of_block(cells, columns, part, {**names, **part[0]})
        empty = False
    if empty:
        nothing = ViewRows(cells, columns, ())
        yield PrintedTable(cells.query.title(), _columns(cells, columns, names), (), source=nothing)


def of_block(
    cells: Cells, columns: Sequence[Column], rows: Iterable[ViewRow], names: ViewRow
) -> PrintedTable:
    """Return rows and columns of a view as one table, whatever parts they are of."""
    trunk = cells.shown[cells.trunk] if cells.query.header.level else None
    return PrintedTable(
        cells.caption(names),
        _columns(cells, columns, names),
        _rows(cells, columns, rows),
        cells.notes(names),
        columns.index(trunk) if trunk in columns else None,
        ViewRows(cells, columns, rows),
    )


def of_records(caption: str, found: Records) -> PrintedTable:
    """Return rows that no header describes: machine texts under their columns' names."""
    types = found.types or ("",) * len(found.columns)
    columns = [
        PrintedColumn(name, right=is_number_type(kind))
        for name, kind in zip(found.columns, types, strict=True)
    ]
    rows = (
        PrintedRow([NULL_SIGN if value is None else exact_text(value) for value in row])
        for row in found.rows
    )
    as_they_are = [Printed(number) for number in range(len(columns))]
    return PrintedTable(
        caption,
        columns,
        rows,
        source=found,
        lines=partial(_written, found, as_they_are, None, None),
    )


def of_registry(registry: Registry) -> Iterator[PrintedTable]:
    """Yield a table of the names for each kind of query that a user meets."""
    groups = (
        (QueryKind.SHEET, _("Sheets")),
        (QueryKind.TABLE, _("Report tables")),
        (QueryKind.CHECK, _("Checks")),
    )
    columns = [PrintedColumn(heading) for heading in (_("Name"), _("Table"), _("Title"))]
    for kind, caption in groups:
        yield PrintedTable(
            caption,
            columns,
            [
                PrintedRow([query.full_name, query.header.number or "", query.title()])
                for query in registry.of_kind(kind)
            ],
        )


def headings(cells: Cells, names: ViewRow) -> Mapping[str, str]:
    """Return the Indonesian heading of each declared column, hidden ones too, in one line each."""
    return {
        column.name: PrintedColumn(
            fill_names(column.heading.id, names), column.group.id if column.group else ""
        ).whole_heading
        for column in cells.columns.values()
    }


def _columns(cells: Cells, columns: Sequence[Column], names: ViewRow) -> Sequence[PrintedColumn]:
    return [
        PrintedColumn(
            cells.heading(column, names),
            cells.group(column),
            # A kind that stands in the row is a figure's, words being the exception.
            right=column.is_figure,
            once=column.once,
        )
        for column in columns
    ]


def _rows(cells: Cells, columns: Sequence[Column], rows: Iterable[ViewRow]) -> Iterator[PrintedRow]:
    level_name = cells.query.header.level
    above: ViewRow | None = None
    for row in rows:
        repeated = cells.repeated(row, above)
        level = row[level_name] if level_name else None
        texts = ["" if column.name in repeated else cells.text(column, row) for column in columns]
        yield PrintedRow(texts, level if isinstance(level, int) else None)
        above = row


def _lines(cells: Cells, found: Records, markup: Markup) -> Iterator[Piece] | None:
    """Begin to read lines of a view, unless they depend on each other or on what rows say."""
    header = cells.query.header
    layouts = [cells.layout(column) for column in cells.shown]
    if header.parts or None in layouts or any(column.once for column in cells.shown):
        return None
    number = found.columns.index
    printed = [
        Printed(number(column.name), layout, number(column.companion) if column.companion else None)
        for column, layout in zip(cells.shown, layouts, strict=True)
    ]
    level = number(header.level) if header.level else None
    return _written(found, printed, level, cells.trunk, markup)


def _written(
    found: Records,
    cells: Sequence[Printed],
    level: int | None,
    trunk: int | None,
    markup: Markup,
) -> Iterator[Piece] | None:
    """Begin to read lines of these cells, None where the database cannot write them."""
    if found.source is None:
        return None
    stream = found.source.stream
    written = lines.markdown(stream.types, cells, markup, level, trunk)
    return None if written is None else stream.texts(written)
