"""How much an act changes, counted as the people see it who did it: in cells and in rows.

A figure with the words behind it is one cell. A row of a year's facts that is made to hold what
was typed, or for a thing that comes or goes, is none of its own. `of` counts an act that is at
hand, `select_of` those in the journal, by the same rules.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from lkjip_tui.core.acts import CellChange, Change, FactKey
from lkjip_tui.core.checks.proof import is_read_again
from lkjip_tui.core.figures.values import Kind, show
from lkjip_tui.language import plural

#: Columns that stand in one cell with another: words behind a figure, the end of a range.
_WITH: Final = {"label": "value", "upper_value": "value"}

_SELECT: Final = """
with fact as (
    select
        j.act_id,
        j.table_name,
        count(distinct case
            when j.column_name in ('label', 'upper_value') then 'value'
            else j.column_name
        end) filter (
            j.action = 'update'
            and not (j.table_name = 'printed_figure' and j.column_name in ('value', 'places'))
        ) as cells,
        bool_or(j.action <> 'update') as came_or_went,
    from {source} as j
    where j.act_id in (select unnest(?))
    group by j.act_id, j.table_name, j.fact_key)
select
    f.act_id,
    cast(sum(f.cells) as bigint),
    coalesce(
        nullif(count(*) filter (f.came_or_went and list_contains(?, f.table_name)), 0),
        count(*) filter (f.came_or_went and f.cells = 0)
    ),
from fact as f
group by f.act_id
"""


def select_of(source: str = "journal") -> str:
    """Return a query for act, cells and rows of acts with given numbers; then the things' tables.

    Both are bound. `source` is the journal, or what holds its rows otherwise.
    """
    return _SELECT.format(source=source)


@dataclass(frozen=True, slots=True)
class Extent:
    """Cells that change, and rows that come or go."""

    cells: int
    rows: int

    @property
    def count(self) -> int:
        """Cells and rows together."""
        return self.cells + self.rows

    def __add__(self, other: "Extent") -> "Extent":
        """Return both together."""
        return Extent(self.cells + other.cells, self.rows + other.rows)

    def __str__(self) -> str:
        """Return it in words, as “58 cells, 2 rows”."""
        cells = plural("{count} cell", "{count} cells", self.cells)
        rows = plural("{count} row", "{count} rows", self.rows)
        counted = [(self.cells, cells)] if self.cells or not self.rows else []
        counted += [(self.rows, rows)] if self.rows else []
        return ", ".join(text.format(count=show(count, Kind.COUNT)) for count, text in counted)


def of(changes: Iterable[Change], things: Collection[str]) -> Extent:
    """Return how much changes; `things` are the tables of what all years share."""
    cells: dict[tuple[str, FactKey], set[str]] = {}
    came_or_went: set[tuple[str, FactKey]] = set()
    for change in changes:
        fact = change.table, change.key
        if not isinstance(change, CellChange):
            came_or_went.add(fact)
        elif not is_read_again(change):
            cells.setdefault(fact, set()).add(_WITH.get(change.column, change.column))
    own = sum(table in things for table, _key in came_or_went)
    return Extent(sum(map(len, cells.values())), own or len(came_or_went - cells.keys()))
