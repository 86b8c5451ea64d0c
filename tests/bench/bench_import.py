"""Print what an import of 300,000 lines costs beside Polars' reading of the same file.

    uv run python -m tests.bench.bench_import [--runs 5] [--lines 300000]

The office has as many sub kegiatan with budgets and realizations; the CSV brings their codes,
names and budgets as they are, and another realization for each. Counted is the time from the file
until its facts and their journal are committed, with the first page of the preview read before;
the goal is three times Polars' `read_csv` and two seconds. Both are taken in turn. Then the import
is undone and done again, each told in words as the status line does. It is done as the command line
does it; beside a screen the database has one processor alone.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl

from lkjip_tui.core.acts import Act, RecordedAct
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import source
from tests.core.support import inside

_YEAR = 2021
_FACTS = """
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


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _step(office: Workspace, step: Callable[[], Act | RecordedAct | None]) -> None:
    act = step()
    if act is None or office.told(act).extent.cells == 0:
        raise SystemExit("nothing was taken back")


def _file(folder: Path, lines: int, run: int) -> Path:
    file = folder / f"run{run}.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write("Kode,Uraian,Anggaran,Realisasi\n")
        for i in range(1, lines + 1):
            figures = f"{1_030_000 + i},{930_000 + i + run + 1}"
            out.write(f"7.01.01.2.{i},Sub kegiatan ke-{i},{figures}\n")
    return file


def make(folder: Path, lines: int) -> Path:
    """Make such an office, `office.duckdb`, and return the file that is taken in."""
    with Workspace.create(folder / "office.duckdb", "Kecamatan Besar", _YEAR) as office:
        with inside(office).database.transaction() as transaction:
            transaction.run(_FACTS.format(lines=lines))
        office.checkpoint()
    return _file(folder, lines, 0)


def main() -> None:
    """Measure, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--lines", type=int, default=300_000)
    parser.add_argument("--beside-screen", action="store_true", help="on one processor")
    asked = parser.parse_args()
    ours: dict[str, list[float]] = {}
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Workspace.create(folder / "office.duckdb", "Kecamatan Besar", _YEAR) as office:
            if not asked.beside_screen:
                office.hurried()
            with inside(office).database.transaction() as transaction:
                transaction.run(_FACTS.format(lines=asked.lines))
            office.checkpoint()
            query = office.find("sheet.activities")
            for run in range(asked.runs):
                file = _file(folder, asked.lines, run)
                theirs.append(_seconds(partial(pl.read_csv, file)))
                began = time.perf_counter()
                block = source.read(file).block
                read = time.perf_counter()
                compared = office.compare(query, _YEAR, block)
                counts, _page = compared.counts, compared.page(0, 40)
                shown = time.perf_counter()
                office.take_in(compared)
                done = time.perf_counter()
                compared.close()
                assert (counts.changed, counts.refused) == (asked.lines, 0)
                parts = {"read": read - began, "compared": shown - read, "taken in": done - shown}
                parts["all"] = done - began
                for part, step in (("undone", office.undo), ("done again", office.redo)):
                    parts[part] = _seconds(partial(_step, office, step))
                for part, seconds in parts.items():
                    ours.setdefault(part, []).append(seconds)
    polars = statistics.median(theirs)
    print(f"Polars read_csv {polars:.3f} s")
    for part, taken in ours.items():
        print(f"{part:10} {statistics.median(taken):.3f} s")
    goal = 3 * polars + 2
    print(f"goal {goal:.3f} s: {statistics.median(ours['all']) / goal:.2f} of it")


if __name__ == "__main__":
    main()
