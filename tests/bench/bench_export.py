"""Print what the export of a ledger of a million rows costs, beside DuckDB's and Polars' own.

    uv run python -m tests.bench.bench_export FILE [--runs 7] [--to FOLDER]

FILE is one of ours that holds a table `ledger` shown by `queries/tables/ledger.sql` beside it; it
is only read. Each way of writing is a process of its own, and they run in turn, so that what else
the machine does meets all of them. Counted are the seconds of the writing alone, those until the
process has ended, its start with them, and the most memory that it held; all as medians. Ours waits
until the disk has it all, the others only where that is said. The goals are a CSV within 1.1 times
DuckDB's COPY, in no more memory, and Markdown within 1.5 times that CSV.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_BEGUN: Final = """
import os, sys, time
file, out = sys.argv[1:]
def told(begun):
    print(time.perf_counter() - begun)
"""
_SELECT: Final = (
    "select v.fiscal_year, v.row_key, v.year, v.agency_code, v.program, v.activity, v.sub_activity,"
    " v.budget, v.realization from report.ledger as v where v.fiscal_year = 2021"
)
_COPY: Final = f"""
import duckdb
connection = duckdb.connect(file, read_only=True)
begun = time.perf_counter()
connection.execute(f"copy ({_SELECT}) to '{{out}}/ledger.csv' (header)")
"""
_POLARS: Final = f"""
import duckdb, polars
connection = duckdb.connect(file, read_only=True)
begun = time.perf_counter()
polars.DataFrame(connection.sql("{_SELECT}")).write_csv(f"{{out}}/ledger.csv")
"""
_OURS: Final = """
from pathlib import Path
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import export
from lkjip_tui.transfer.forms import FileForm
{before}
with Workspace.open_to_read(Path(file)) as workspace:
    what = export.of_query(workspace, workspace.find("ledger"), 2021)
    begun = time.perf_counter()
    export.export([what], Path(out), [FileForm("{form}")])
"""
_TO_DISK: Final = """
with open(f"{out}/ledger.csv", "rb") as written:
    os.fsync(written.fileno())
"""
#: What is left out where it is not asked how long the disk takes.
_NOT_TO_DISK: Final = "os.fsync = lambda _file: None"


def _ours(form: str, before: str = "") -> str:
    return _OURS.format(form=form, before=before)


WAYS: Final[Mapping[str, str]] = {
    "duckdb copy": _COPY,
    "duckdb copy, to the disk": _COPY + _TO_DISK,
    "polars csv": _POLARS,
    "lkjip csv": _ours("csv", _NOT_TO_DISK),
    "lkjip csv, to the disk": _ours("csv"),
    "lkjip md": _ours("md", _NOT_TO_DISK),
    "lkjip md, to the disk": _ours("md"),
}
COMPARED: Final = (
    ("lkjip csv", "duckdb copy", "1.1"),
    ("lkjip csv, to the disk", "duckdb copy, to the disk", "1.1"),
    ("lkjip csv", "polars csv", ""),
    ("lkjip md", "lkjip csv", "1.5"),
    ("lkjip md, to the disk", "lkjip csv, to the disk", "1.5"),
)


def measured(script: str, file: Path, folder: Path) -> tuple[float, float, float]:
    """Return the seconds of the writing and of the process, and the MiB that it held at most."""
    with tempfile.TemporaryDirectory(dir=folder) as out:
        os.sync()  # what the one before left to be written would else be waited for by this one
        begun = time.perf_counter()
        command = [sys.executable, "-c", f"{_BEGUN}{script}\ntold(begun)", str(file), out]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            alone = float(child.stdout.read().split()[-1])  # a progress bar may come before it
            _pid, status, used = os.wait4(child.pid, 0)
            whole = time.perf_counter() - begun
            child.returncode = os.waitstatus_to_exitcode(status)
        if not any(Path(out).iterdir()):
            raise SystemExit("nothing was written")
    return alone, whole, used.ru_maxrss / 1024


def main() -> None:
    """Print a line for each way, then the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--to", type=Path, default=None)
    asked = parser.parse_args()
    taken: dict[str, list[tuple[float, float, float]]] = {name: [] for name in WAYS}
    for _run in range(asked.runs):
        for name, script in WAYS.items():
            taken[name].append(measured(script, asked.file, asked.to))
    middle = {
        name: [statistics.median(column) for column in zip(*runs, strict=True)]
        for name, runs in taken.items()
    }
    print(f"{asked.runs} runs, medians{'writing':>18}{'process':>10}{'MiB':>8}")
    for name, (alone, whole, memory) in middle.items():
        print(f"{name:28}{alone:8.3f} s{whole:8.3f} s{memory:8.0f}")
    for one, other, goal in COMPARED:
        ratios = [a / b for a, b in zip(middle[one], middle[other], strict=True)]
        told = f"   goal {goal}" if goal else ""
        print(f"{f'{one} / {other}':50}" + "".join(f"{ratio:8.2f}" for ratio in ratios) + told)


if __name__ == "__main__":
    main()
