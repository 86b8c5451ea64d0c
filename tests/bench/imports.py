"""300,000 lines of a CSV taken in by the command line, and read by others.

The office has as many sub kegiatan with budgets and realizations; the CSV brings their codes,
names and budgets as they are, and another realization for each. Counted is the whole command:
start, preview, facts and journal on the disk. DuckDB reads the file into a durable table, Polars
into a frame, VisiData into its memory, start and all.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Final

from lkjip_tui.core.workspace import Workspace
from tests.bench.ground import Ground, lkjip
from tests.bench.probe import Probe
from tests.bench.table import Goal, Line, Taken
from tests.core.support import inside

_FACTS: Final = """
insert into program (program_id, number, code, name)
select 10000 + i, i, '7.01.' || i, 'Program ke-' || i from range(1, 101) as t(i);
insert into activity (activity_id, program_id, number, code, name)
select 20000 + i, 10001 + (i - 1) % 100, i, '7.01.' || i || '.2', 'Kegiatan ke-' || i
from range(1, 1001) as t(i);
insert into sub_activity (sub_activity_id, activity_id, number, code, name)
select 30000 + i, 20001 + (i - 1) % 1000, i, '7.01.01.2.' || i, 'Sub kegiatan ke-' || i
from range(1, {lines} + 1) as t(i);
insert into sub_activity_budget select sub_activity_id, 2021, 'initial', 1000000 + sub_activity_id
from sub_activity;
insert into sub_activity_realization select sub_activity_id, 2021, 0, 900000 + sub_activity_id
from sub_activity;
"""


def _office(file: Path, lines: int) -> Path:
    with Workspace.create(file, "Kecamatan Besar", 2021) as office:
        with inside(office).database.transaction() as transaction:
            transaction.run(_FACTS.format(lines=lines))
        office.checkpoint()
    return file


def _csv(file: Path, lines: int, run: int) -> Path:
    with file.open("w", encoding="utf-8") as out:
        out.write("Kode,Uraian,Anggaran,Realisasi\n")
        for i in range(1, lines + 1):
            figures = f"{1_030_000 + i},{930_000 + i + run + 1}"
            out.write(f"7.01.01.2.{i},Sub kegiatan ke-{i},{figures}\n")
    return file


def make(folder: Path, lines: int) -> Path:
    """Make such an office, `office.duckdb`, and return the file that is taken in."""
    _office(folder / "office.duckdb", lines)
    return _csv(folder / "run0.csv", lines, 0)


def _seconds(command: str, *arguments: str | Path) -> float:
    began = perf_counter()
    lkjip(command, *arguments)
    return perf_counter() - began


def _visidata(ground: Ground, csv: Path, lines: int) -> float:
    with Probe([str(ground.others / "vd"), str(csv)], ground.home()) as probe:
        seconds = probe.seconds_until_shown(f"{lines} rows")
        probe.leave("q")
    return seconds


def measure(ground: Ground) -> Iterable[Line]:
    """Take a new file in, and take that back, again and again."""
    lines = ground.times(300_000, 30_000)
    folder = ground.home()
    office = _office(folder / "office.duckdb", lines)
    taken = Taken()
    for run in range(ground.times(5, 1)):
        csv = _csv(folder / f"{run}.csv", lines, run)
        taken.add("Polars", taken_in=ground.way("read_csv", csv).seconds)
        taken.add("lkjip", taken_in=_seconds("import", office, "activities", csv))
        taken.add("DuckDB", taken_in=ground.way("durable", csv, folder / "bare.duckdb").seconds)
        taken.add("VisiData", taken_in=_visidata(ground, csv, lines))
        taken.add("lkjip", undone=_seconds("undo", office))
        taken.add("lkjip", done_again=_seconds("redo", office))
    shutil.rmtree(folder)
    ours, theirs = taken.middle("lkjip", "taken_in"), taken.middle("Polars", "taken_in")
    no_sheet = {"Harlequin": "by SQL alone", "Textual": "no files"}
    yield Line(
        f"{lines:,} lines of a CSV taken in", "s", ours,
        {**taken.middles("taken_in"), **no_sheet},
        [Goal("s: 3 × Polars' and 2", ours, 3 * theirs + 2)],
    )  # fmt: skip
    none = dict.fromkeys(("Harlequin", "DuckDB", "Polars", "Textual"), "no undo")
    none["VisiData"] = "in memory"
    yield Line("that undone", "s", taken.middle("lkjip", "undone"), none)
    yield Line("and done again", "s", taken.middle("lkjip", "done_again"), none)
