"""Print what an edit costs, and reading again what it changed, beside a bare UPDATE and COMMIT.

    uv run python tests/bench/bench_edit.py [--runs 100]

One realization of the example is edited again and again. The bare statement changes the same fact
in a copy of the file, with no journal and no view read. All are done in turn, so that a busy
moment meets each; the goal is an edit of at most three bare ones, beside the frame that shows it.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import duckdb

from lkjip_tui.core.workspace import Workspace

_YEAR = 2021
_ROW_KEY = "sub_activity/1"
_BARE = (
    "update sub_activity_realization set amount = ?"
    " where sub_activity_id = 1 and fiscal_year = 2021 and quarter = 0"
)


def milliseconds(act: Callable[[], object]) -> float:
    """Return how long an act takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def change(bare: duckdb.DuckDBPyConnection, amount: int) -> None:
    """Change the fact with nothing around it."""
    bare.begin()
    bare.execute(_BARE, [amount])
    bare.commit()


def medians(
    workspace: Workspace, bare: duckdb.DuckDBPyConnection, runs: int
) -> Mapping[str, float]:
    """Return each act's median; every run changes the fact to a figure that it did not hold."""
    sheet = workspace.find("sheet.activities")
    column = sheet.header.columns["realization"]
    taken: dict[str, list[float]] = {}
    for amount in range(1, runs + 1):
        rows = workspace.rows(sheet, _YEAR)
        at = rows.position(_ROW_KEY)
        if at is None:
            raise LookupError(_ROW_KEY)
        row = rows.named(rows.window(at, at + 1)[0])
        acts: Mapping[str, Callable[[], object]] = {
            "bare UPDATE + COMMIT": partial(change, bare, amount),
            "Workspace.edit": partial(workspace.edit, sheet, column, row, str(amount)),
            "read sheet.activities": partial(workspace.rows, sheet, _YEAR),
            "run all checks": partial(workspace.findings, _YEAR),
        }
        for name, act in acts.items():
            taken.setdefault(name, []).append(milliseconds(act))
    return {name: statistics.median(times) for name, times in taken.items()}


def main() -> None:
    """Print a line for each act."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        file, copy = Path(folder) / "example.duckdb", Path(folder) / "bare.duckdb"
        Workspace.create_example(file).close()
        shutil.copyfile(file, copy)
        with Workspace.open(file) as workspace, duckdb.connect(copy) as bare:
            found = medians(workspace, bare, runs)
    least = found["bare UPDATE + COMMIT"]
    print(f"medians of {runs} runs; milliseconds, and times the bare statement")
    for name, median in found.items():
        print(f"{name:24}{median:8.2f}{median / least:8.1f} ×")


if __name__ == "__main__":
    main()
