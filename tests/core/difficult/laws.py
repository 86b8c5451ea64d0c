"""What holds for every book, however hard it is to count: all of it can be read and printed."""

import io
import re
from collections import Counter
from typing import Final

from lkjip_tui.core.figures.values import is_number_type
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.transfer import machine, markdown, printed, records
from tests.core.difficult.book import Book

UNPRINTABLE: Final = re.compile(r"\b(?:None|nan|NaN|inf|Infinity)\b")
#: Columns of sheets and tables that say where a row stands and how it counts, not what it comes to.
PLACES: Final = {
    "fiscal_year", "number", "level", "population_year", "indicator_count", "program_id",
    "activity_id", "sub_activity_id", "indicator_id", "objective_id", "cap", "decimals",
}  # fmt: skip
#: Columns about other years, which a year that was only begun shows too.
OTHER_YEARS: Final = re.compile(
    r"(target|realization|achievement)_[12]_before.*|final_.*|target_[1-5]|realization_[1-5]"
)


def all_reads_and_prints(book: Book, year: int) -> None:
    """Hold that no check fails, and that no view has a key twice, a float or “nan”."""
    workspace = book.workspace
    book.findings(year)
    for query in workspace.registry.of_kind(Kind.SHEET) + workspace.registry.of_kind(Kind.TABLE):
        found = records.of_query(workspace, query, year)
        rows = list(found.rows)
        keys = Counter(row[found.columns.index("row_key")] for row in rows)
        assert None not in keys, query.full_name
        assert max(keys.values(), default=1) == 1, query.full_name
        values = [value for row in rows for value in row]
        assert not any(isinstance(value, float) for value in values), query.full_name
        out = io.StringIO()
        machine.write_csv(out, records.Records(found.columns, iter(rows)))
        if query.kind is Kind.TABLE:
            markdown.write(out, printed.of_query(workspace, query, year))
        assert not UNPRINTABLE.search(out.getvalue()), query.full_name


def no_view_has_a_figure(book: Book, year: int) -> None:
    """Hold that a year without results shows none, not even a nought."""
    workspace = book.workspace
    for query in workspace.registry.of_kind(Kind.SHEET) + workspace.registry.of_kind(Kind.TABLE):
        if query.name in {"office", "report_years", "scales", "rules", "completeness"}:
            continue  # settings, and how many cells are filled: none is a count like another
        found = records.of_query(workspace, query, year)
        types = dict(zip(found.columns, found.types, strict=True))
        figures = [
            n for n, column in enumerate(found.columns)
            if is_number_type(types[column]) and column not in PLACES
            and not OTHER_YEARS.fullmatch(column)
        ]  # fmt: skip
        for row in found.rows:
            assert [row[n] for n in figures] == [None] * len(figures), (query.full_name, row)
