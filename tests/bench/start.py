"""From spawn to the first rows, and to the answer to a first key pressed then.

This program opens the example, as the 30 rows of Textual's table stand beside it; Harlequin is
there once it has opened its file, of which it shows no row. DuckDB and Polars print a page of rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.bench.ground import LKJIP, Ground, plain_way
from tests.bench.probe import CTRL_Q, DOWN, Probe
from tests.bench.table import Goal, Line, Taken


@dataclass(frozen=True, slots=True)
class _Started:
    """A program, what it shows first, and the keys that move down and leave, where it has any."""

    command: list[str]
    shows: str
    down: str = ""
    leave: str = ""


def measure(ground: Ground) -> Iterable[Line]:
    """Start all in turn."""
    csv, file = ground.plain(ground.short, "csv"), ground.plain(ground.short)
    ours = [LKJIP, "open", str(ground.ours(ground.short))]
    programs = {
        "lkjip": _Started(ours, "Penyediaan Gaji", DOWN, CTRL_Q),
        "Harlequin": _Started(
            [str(ground.others / "harlequin"), str(file)], "Database Connected", leave=CTRL_Q
        ),
        "VisiData": _Started([str(ground.others / "vd"), str(csv)], "AG-0", "j", "q"),
        "DuckDB": _Started(plain_way("first_rows", file), "lot 00000001"),
        "Polars": _Started(plain_way("first_rows_polars", csv), "lot 00000001"),
        "Textual": _Started(plain_way("table", 30), "row 30", DOWN, CTRL_Q),
    }
    parts = (
        ("lkjip", "imports", "imports", ()),
        ("Textual", "imports", "imports_least", ()),
        ("lkjip", "opens", "opens", (ground.ours(ground.short),)),
    )
    taken = Taken()
    for run in range(ground.times(10, 3) + 1):
        for name, program in programs.items():
            with Probe(program.command, ground.home()) as probe:
                rows = probe.seconds_until(program.shows) * 1_000
                if program.down:
                    answered = rows + probe.key(program.down, at_once=True)
                peak = probe.peak()
                if program.leave:
                    probe.leave(program.leave)
            if run:  # the first one warms up
                taken.add(name, rows=rows, peak=peak)
                if program.down:
                    taken.add(name, answered=answered)
        for name, part, way, given in parts:
            seconds = ground.way(way, *given).seconds
            if run:
                taken.add(name, **{part: 1_000 * seconds})
    yield Line(
        "start: spawn to the first rows", "ms", taken.middle("lkjip", "rows"),
        taken.middles("rows"),
        [
            Goal("× Textual's", taken.ratio("rows", "lkjip", "Textual"), 1.3),
            Goal("× Harlequin's", taken.ratio("rows", "lkjip", "Harlequin"), 0.4),
        ],
    )  # fmt: skip
    yield Line(
        "start: the first key, pressed then, is answered", "ms",
        taken.middle("lkjip", "answered"), taken.middles("answered"),
        [Goal("× Textual's", taken.ratio("answered", "lkjip", "Textual"), 1.3)],
    )  # fmt: skip
    for part, work in (("imports", "imports"), ("opens", "the file, opened beside them")):
        yield Line(f"of the start: {work}", "ms", taken.middle("lkjip", part), taken.middles(part))
    yield Line("start: memory", "MiB", taken.middle("lkjip", "peak"), taken.middles("peak"))
