"""The line of truth beneath a result: what stands above it, and what goes on."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from lkjip_tui.core.figures.values import Kind, show
from lkjip_tui.language import _, plural
from lkjip_tui.tui.arrangement import told
from lkjip_tui.tui.query_model import FILTERED

if TYPE_CHECKING:
    from lkjip_tui.core.sql.result import Result
    from lkjip_tui.tui.query_model import QueryModel

#: What parts a bar is made of: eighths of a cell.
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
_FULL: Final = "█"
_CELLS: Final = 10
_SECOND_MS: Final = 1_000

_BETWEEN: Final = " · "


def joined(parts: Sequence[str]) -> str:
    """Return what is said in one line; what is empty is left out."""
    return _BETWEEN.join(filter(None, parts))


def about(model: "QueryModel", result: "Result") -> Iterator[str]:
    """Yield what is true of the rows that a model shows of a result."""
    filters = model.arrangement.filters
    if filters and model.is_held:
        yield _of(model.row_count, model.all_count)
    elif not result.rows.is_part:
        count = show(model.row_count, Kind.COUNT)
        yield plural("{count} row", "{count} rows", model.row_count).format(count=count)
    elif result.count is not None:
        yield _of(model.row_count, result.count)
    else:
        count, least = show(model.row_count, Kind.COUNT), show(result.least, Kind.COUNT)
        yield _("{count} rows of at least {least}").format(count=count, least=least)
    if filters:
        names = {column.name: column.name for column in model.cells.shown}
        yield f"{FILTERED} {told(filters, names)}"
    if hidden := len(model.cells.shown) - len(model.shown):
        words = plural("{count} column hidden", "{count} columns hidden", hidden)
        yield words.format(count=hidden)


def _of(shown: int, all_of_them: int) -> str:
    count, of = show(shown, Kind.COUNT), show(all_of_them, Kind.COUNT)
    return _("{count} of {all} rows").format(count=count, all=of)


def lasted(seconds: float) -> str:
    """Return a time as people say it: in thousandths of a second below one."""
    milliseconds = round(seconds * _SECOND_MS)
    if milliseconds < _SECOND_MS:
        return _("{count} ms").format(count=milliseconds)
    return _("{count} s").format(count=show(Decimal(str(seconds)), Kind.INDEX, decimals=1))


def progress(percent: int | None) -> str:
    """Return a bar, and the figure that it stands for; empty where nothing is known."""
    if percent is None:
        return ""
    eighths = percent * _CELLS * 8 // 100
    bar = _FULL * (eighths // 8) + _EIGHTHS[eighths % 8]
    return f"▕{bar[:_CELLS].ljust(_CELLS)}▏{percent} %"


def at_work(act: str, seconds: float, percent: int | None, *, is_stopping: bool) -> str:
    """Say what goes on, for how long it has, how far it has come, and how it is stopped."""
    hint = _("stopping…") if is_stopping else _("Esc stops it")
    return joined([act, progress(percent), lasted(seconds), hint])
