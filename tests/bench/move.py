"""What keys cost over a ledger: down, a page down, to the end.

Counted from the key to the last cell that it changed. Harlequin shows the first 100,000 of the
rows that this program shows all of, VisiData a CSV of a tenth of them, which it has read before;
Textual's table holds 10,000.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from statistics import median
from typing import Final

from tests.bench.ground import LKJIP, Ground, plain_way
from tests.bench.probe import (
    CTRL_END,
    CTRL_G,
    CTRL_J,
    CTRL_Q,
    DOWN,
    ENTER,
    ESCAPE,
    F5,
    PAGE_DOWN,
    Probe,
)
from tests.bench.table import Goal, Line, Taken, p95

#: The rows of a short table.
_FEW: Final = 10_000
_KEYS: Final = {"down": DOWN, "page": PAGE_DOWN, "end": CTRL_END}


def _lkjip(ground: Ground, rows: int) -> Probe:
    probe = Probe([LKJIP, "open", str(ground.ours(rows))], ground.home())
    probe.seconds_until("2021")
    probe.type(CTRL_G, "ledger")
    probe.press(ENTER)
    probe.seconds_until("ledger/1")
    return probe


def _harlequin(ground: Ground) -> Probe:
    command = [str(ground.others / "harlequin"), str(ground.plain(ground.long))]
    probe = Probe(command, ground.home())
    probe.seconds_until("Database Connected")
    probe.type("select * from ledger", ESCAPE)
    probe.press(CTRL_J)
    probe.seconds_until("AG-0")
    probe.rest(3)
    probe.type(F5)
    return probe


def _visidata(ground: Ground) -> Probe:
    command = [str(ground.others / "vd"), str(ground.plain(ground.short, "csv"))]
    probe = Probe(command, ground.home())
    probe.seconds_until_shown(f"{ground.short} rows")
    return probe


def _textual(ground: Ground) -> Probe:
    probe = Probe(plain_way("table", _FEW), ground.home())
    probe.seconds_until("row 30")
    return probe


def _keys(probe: Probe, keys: Mapping[str, str], times: int) -> Mapping[str, list[float]]:
    """Return what the keys took: each many times, the last one once."""
    probe.rest(1)
    count = {"down": times, "page": times // 5, "end": 1}
    return {name: [probe.key(key) for _each in range(count[name])] for name, key in keys.items()}


def measure(ground: Ground) -> Iterable[Line]:
    """Press the same keys in all, in turn."""
    times = ground.times(500, 50)
    programs: Mapping[str, tuple[Callable[[], Probe], Mapping[str, str], str]] = {
        "lkjip": (partial(_lkjip, ground, ground.long), _KEYS, CTRL_Q),
        "few": (partial(_lkjip, ground, _FEW), _KEYS, CTRL_Q),
        "Harlequin": (partial(_harlequin, ground), _KEYS, CTRL_Q),
        "VisiData": (partial(_visidata, ground), {**_KEYS, "down": "j", "end": "G"}, "q"),
        "Textual": (partial(_textual, ground), _KEYS, CTRL_Q),
    }
    taken = Taken()
    for _run in range(ground.times(3, 1)):
        for name, (begin, keys, leave) in programs.items():
            with begin() as probe:
                for key, figures in _keys(probe, keys, times).items():
                    middle, late = median(figures), p95(figures)
                    taken.add(
                        name, **{key: middle, f"{key} late": late, f"{key} tail": late / middle}
                    )
                taken.add(name, peak=probe.peak())
                probe.leave(leave)
    none = {"DuckDB": "no screen", "Polars": "no screen"}
    for key, name, most in (("down", "down", 0.3), ("page", "page down", 0.5)):
        yield Line(
            f"{name}, {ground.long:,} rows", "ms", taken.middle("lkjip", key),
            {**taken.middles(key), **none},
            [
                Goal("× Harlequin's", taken.ratio(key, "lkjip", "Harlequin"), most),
                Goal(f"× at {_FEW:,}", taken.ratio(key, "lkjip", "few"), 1.1),
            ],
        )  # fmt: skip
        yield Line(
            f"{name}, 95th percentile", "ms", taken.middle("lkjip", f"{key} late"),
            {**taken.middles(f"{key} late"), **none},
            [Goal("× its median", taken.least("lkjip", f"{key} tail"), 3)],
        )  # fmt: skip
    yield Line(
        "to the last row", "ms", taken.middle("lkjip", "end"), {**taken.middles("end"), **none}
    )
    yield Line(
        "memory after all that",
        "MiB",
        taken.middle("lkjip", "peak"),
        {**taken.middles("peak"), **none},
    )
