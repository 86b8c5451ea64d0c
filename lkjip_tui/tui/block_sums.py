"""What the figures among chosen cells come to, for the status line."""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from math import isfinite
from typing import Final

from lkjip_tui.core.figures.values import Kind, show
from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.grid import Block
from lkjip_tui.language import _, plural
from lkjip_tui.tui.query_model import QueryModel, Shown

#: Digits that hold any sum exactly.
_EXACT: Final = 60
_MEAN_DECIMALS: Final = 2
#: As many chosen cells are summed in less than a frame, and so many rows read for it.
_MOST_SUMMED: Final = 20_000
_MOST_READ: Final = 1_000
_FIGURES: Final = (Kind.RUPIAH, Kind.PERCENT, Kind.INDEX, Kind.COUNT)

_BETWEEN: Final = " · "
#: Between signs, where each point would take the place of a digit.
_NARROW: Final = "  "

_Figure = int | Decimal


def chosen(shown: Shown, room: int) -> str:
    """Return what the chosen cells come to; empty when the cursor's is alone.

    Of very many only the count is told.
    """
    model, block = shown.model, shown.grid.block
    if model is None or not shown.grid.has_block or block.count < 2:  # noqa: PLR2004
        return ""
    is_much = not model.is_held and len(block.rows) > _MOST_READ
    if is_much or block.count > _MOST_SUMMED:
        cells = plural("{count} cell", "{count} cells", block.count)
        return cells.format(count=show(block.count, Kind.COUNT))
    return told(model, block, room)


def told(model: QueryModel, block: Block, room: int) -> str:
    """Return count, sum, mean, least and greatest of a block's figures; computed exactly.

    Ranks and numerals are counted as cells alone. Says so when sums of others are among them.
    In less room it is said in signs, ΣΣ with such sums. What does not fit into `room` characters
    then is left out whole: a part is another figure.
    """
    columns = [model.shown[number] for number in block.columns]
    rows = [model.row(number) for number in block.rows]
    cells = plural("{count} cell", "{count} cells", block.count)
    parts = [cells.format(count=show(block.count, Kind.COUNT))]
    figures, kinds = _figures(columns, rows)
    if not figures:
        return parts[0]
    kind = kinds.pop() if len(kinds) == 1 else Kind.INDEX
    with localcontext() as context:
        context.prec = _EXACT
        total = sum(figures)
        mean = Decimal(total) / len(figures)
    levels = {row.get(model.levels) for row in rows} if model.levels else {None}
    count = show(len(figures), Kind.COUNT)
    has_subtotals = len(levels) > 1
    remark = " " + _("(with subtotals)") if has_subtotals else ""
    sum_text, mean_text = show(total, kind), show(mean, Kind.INDEX, decimals=_MEAN_DECIMALS)
    least, greatest = show(min(figures), kind), show(max(figures), kind)
    parts += [
        plural("{count} figure", "{count} figures", len(figures)).format(count=count),
        _("sum {value}").format(value=sum_text) + remark,
        _("mean {value}").format(value=mean_text),
        _("min {value}").format(value=least),
        _("max {value}").format(value=greatest),
    ]
    if len(words := _BETWEEN.join(parts)) <= room:
        return words
    sum_sign = "ΣΣ" if has_subtotals else "Σ"
    signs = [
        f"n {count}", f"{sum_sign} {sum_text}", f"⌀ {mean_text}", f"↓ {least}", f"↑ {greatest}",
    ]  # fmt: skip
    while len(_NARROW.join(signs)) > room and len(signs) > 1:
        signs.pop()
    return _NARROW.join(signs)


def _exact(value: object) -> _Figure | None:
    """Return a figure that can be summed exactly; one with a floating point as it is written."""
    if isinstance(value, float) and isfinite(value):
        return Decimal(repr(value))
    return value if isinstance(value, int | Decimal) else None


def _figures(
    columns: Sequence[Column], rows: Sequence[ViewRow]
) -> tuple[Sequence[_Figure], set[Kind]]:
    found: list[_Figure] = []
    kinds: set[Kind] = set()
    for row in rows:
        for column in columns:
            value, kind = row.get(column.name), column.kind_in(row)
            if kind in _FIGURES and (figure := _exact(value)) is not None:
                found.append(figure)
                kinds.add(kind)
    return found, kinds
