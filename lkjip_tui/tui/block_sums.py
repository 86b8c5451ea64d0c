"""What the figures among chosen cells come to, for the status line."""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import Final

from lkjip_tui.core.header import Column, ViewRow
from lkjip_tui.core.values import Kind, show
from lkjip_tui.grid import Block
from lkjip_tui.language import _, plural
from lkjip_tui.tui.query_model import QueryModel

#: Digits that hold any sum exactly.
_EXACT: Final = 60
_MEAN_DECIMALS: Final = 2
_FIGURES: Final = (Kind.RUPIAH, Kind.PERCENT, Kind.INDEX, Kind.COUNT)

_Figure = int | Decimal


def told(model: QueryModel, block: Block, room: int) -> str:
    """Return count, sum, mean, least and greatest of a block's figures; computed exactly.

    Ranks and numerals are counted as cells alone. Says so when sums of others are among them.
    What does not fit into `room` characters is left out whole: a part is another figure.
    """
    columns = [model.shown[number] for number in block.columns]
    rows = [model.row(number) for number in block.rows]
    cells = plural("{count} cell", "{count} cells", block.count)
    parts = [cells.format(count=show(block.count, Kind.COUNT))]
    figures, kinds = _figures(columns, rows)
    if figures:
        kind = kinds.pop() if len(kinds) == 1 else Kind.INDEX
        with localcontext() as context:
            context.prec = _EXACT
            total = sum(figures)
            mean = Decimal(total) / len(figures)
        levels = {row.get(model.levels) for row in rows} if model.levels else {None}
        parts += [
            plural("{count} figure", "{count} figures", len(figures)).format(
                count=show(len(figures), Kind.COUNT)
            ),
            _("sum {value}").format(value=show(total, kind))
            + (" " + _("(with subtotals)") if len(levels) > 1 else ""),
            _("mean {value}").format(value=show(mean, Kind.INDEX, decimals=_MEAN_DECIMALS)),
            _("min {value}").format(value=show(min(figures), kind)),
            _("max {value}").format(value=show(max(figures), kind)),
        ]
    while len(" · ".join(parts)) > room and len(parts) > 1:
        parts.pop()
    return " · ".join(parts)


def _figures(
    columns: Sequence[Column], rows: Sequence[ViewRow]
) -> tuple[Sequence[_Figure], set[Kind]]:
    found: list[_Figure] = []
    kinds: set[Kind] = set()
    for row in rows:
        for column in columns:
            value, kind = row.get(column.name), column.kind_in(row)
            if kind in _FIGURES and isinstance(value, int | Decimal):
                found.append(value)
                kinds.add(kind)
    return found, kinds
