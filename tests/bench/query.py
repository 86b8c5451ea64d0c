"""The console over ten million rows: the first page, a sum over all, a stop, and memory.

Counted from the key that runs the statement until its first rows, or its last, are written; from
Esc until the program says that a statement of a minute has stopped, each time at another moment.
Harlequin shows at most 100,000 rows, which is how it comes. DuckDB fetches a page, and all rows
where memory is counted; Polars takes them from a Parquet file.
"""

import random
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tests.bench.ground import LKJIP, Ground
from tests.bench.plain import BY_AGENCY, MINUTE
from tests.bench.probe import CTRL_END, CTRL_G, CTRL_J, CTRL_Q, ENTER, ESCAPE, F5, F6, Probe
from tests.bench.table import Goal, Line, Taken

_ALL: Final = "select * from ledger"
#: What stands in the first rows whatever the ledger's length.
_FIRST: Final = "AG-0"
#: The longest that a statement works before it is stopped, in seconds.
_LONGEST: Final = 3.0
_WITHIN: Final = 100


def _console(file: Path, home: Path) -> Probe:
    probe = Probe([LKJIP, "open", str(file)], home)
    probe.seconds_until("2021")
    probe.type(CTRL_G, "sql", ENTER)
    return probe


def _asked(probe: Probe, run: str, wanted: str) -> float:
    probe.press(run)
    return 1_000 * probe.seconds_until(wanted)


def _ours(file: Path, home: Path, statement: str) -> dict[str, float]:
    with _console(file, home) as probe:
        probe.type(statement)
        first = _asked(probe, F5, _FIRST)
        probe.type(F6)
        end = probe.key(CTRL_END)
        peak = probe.peak()
        probe.leave(CTRL_Q)
    return {"first": first, "end": end, "peak": peak}


def _harlequin(ground: Ground, statement: str) -> dict[str, float]:
    command = [str(ground.others / "harlequin"), str(ground.plain(ground.long))]
    with Probe(command, ground.home()) as probe:
        probe.seconds_until("Database Connected")
        probe.type(statement, ESCAPE)
        first = _asked(probe, CTRL_J, _FIRST)
        probe.rest(1)
        peak = probe.peak()
        probe.leave(CTRL_Q)
    return {"first": first, "peak": peak}


def _stopped(ground: Ground) -> Iterable[float]:
    moments = random.Random(6)  # noqa: S311 - the same ones each time
    with _console(ground.ours(ground.long), ground.home()) as probe:
        probe.type(MINUTE)
        for _time in range(ground.times(50, 5)):
            probe.press(F5)
            time.sleep(moments.random() ** 3 * _LONGEST)
            yield _asked(probe, ESCAPE, "stopped after")
            probe.rest(0.3)


def measure(ground: Ground) -> Iterable[Line]:
    """Let all do the same in turn."""
    long, short = ground.ours(ground.long), ground.ours(ground.short)
    file, parquet = ground.plain(ground.long), ground.plain(ground.long, "parquet")
    pages, sums = Taken(), Taken()
    for _run in range(ground.times(5, 1)):
        pages.add("lkjip", **_ours(long, ground.home(), _ALL))
        pages.add("short", **_ours(short, ground.home(), _ALL))
        pages.add("Harlequin", **_harlequin(ground, _ALL))
        pages.add("DuckDB", first=ground.way("page", file).seconds * 1_000)
        pages.add("DuckDB", peak=ground.way("all_rows", file).memory)
        pages.add("Polars", first=ground.way("page_polars", parquet).seconds * 1_000)
        pages.add("Polars", peak=ground.way("all_rows_polars", parquet).memory)
        sums.add("lkjip", **_ours(long, ground.home(), BY_AGENCY))
        sums.add("Harlequin", **_harlequin(ground, BY_AGENCY))
        sums.add("DuckDB", first=ground.way("by_agency", file).seconds * 1_000)
        sums.add("Polars", first=ground.way("by_agency_polars", parquet).seconds * 1_000)
        pages.add("DuckDB", stop=ground.way("interrupt", file).seconds * 1_000)
    for stop in _stopped(ground):
        pages.add("lkjip", stop=stop)
    no_sql = {"VisiData": "no SQL", "Textual": "no SQL"}
    yield Line(
        f"`{_ALL}`, {ground.long:,} rows: first page", "ms", pages.middle("lkjip", "first"),
        {**pages.middles("first"), **no_sql},
        [Goal("× Harlequin's", pages.ratio("first", "lkjip", "Harlequin"), 0.08)],
    )  # fmt: skip
    peak = pages.middle("lkjip", "peak")
    yield Line(
        "the same to its last row: memory", "MiB", peak, {**pages.middles("peak"), **no_sql},
        [
            Goal("× Harlequin's", pages.ratio("peak", "lkjip", "Harlequin"), 0.1),
            Goal(f"× at {ground.short:,}", pages.ratio("peak", "lkjip", "short"), 1.1),
        ],
    )  # fmt: skip
    yield Line(
        "sums of 840 agencies over them", "ms", sums.middle("lkjip", "first"),
        {**sums.middles("first"), "VisiData": "no SQL", "Textual": "no SQL"},
    )  # fmt: skip
    stop = pages.middle("lkjip", "stop")
    yield Line(
        "a statement of a minute: Esc to stopped", "ms", stop,
        {"DuckDB": pages.middle("DuckDB", "stop"), **no_sql}, [Goal("ms", stop, _WITHIN)],
    )  # fmt: skip
