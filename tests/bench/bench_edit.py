"""Print what an edit costs, and reading again what it changed, beside a bare UPDATE and COMMIT.

    uv run python -m tests.bench.bench_edit [--runs 100]

One realization of the example is edited again and again. The bare statement changes the same fact
in a copy of the file, with no journal and no view read. Then the program runs in a pseudo-terminal
of 160 × 45 cells, and people are typed in the flat sheet of them; counted is the time from Enter
until the figure and its total have been written, by which time it is in the file. All are done in
turn, so that a busy moment meets each; the goal is an edit of at most three bare ones, on the
screen of three and a frame of 16 ms.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import duckdb

from lkjip_tui.core.workspace import Workspace
from tests.bench.terminal import Terminal

_YEAR = 2021
_ROW_KEY = "sub_activity/1"
_BARE = (
    "update sub_activity_realization set amount = ?"
    " where sub_activity_id = 1 and fiscal_year = 2021 and quarter = 0"
)
_BARE_PEOPLE = "update population set male = ? where fiscal_year = 2020"
_FRAME = 16


def milliseconds(act: Callable[[], object]) -> float:
    """Return how long an act takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def change(bare: duckdb.DuckDBPyConnection, statement: str, amount: int) -> None:
    """Change a fact with nothing around it."""
    bare.begin()
    bare.execute(statement, [amount])
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
            "bare UPDATE + COMMIT": partial(change, bare, _BARE, amount),
            "Workspace.edit": partial(workspace.edit, sheet, column, row, str(amount)),
            "read sheet.activities": partial(workspace.rows, sheet, _YEAR),
            "run all checks": partial(workspace.findings, _YEAR),
        }
        for name, act in acts.items():
            taken.setdefault(name, []).append(milliseconds(act))
    return {name: statistics.median(times) for name, times in taken.items()}


def on_screen(
    file: Path, home: Path, bare: duckdb.DuckDBPyConnection, runs: int
) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each edit until the screen shows it, and of the bare statement."""
    with Workspace.open(file) as workspace:
        rows = workspace.rows(workspace.find("sheet.population"), _YEAR)
        women = rows.named(rows.window(0, 1)[0])["female"]
    assert isinstance(women, int)
    lkjip = str(Path(sys.executable).with_name("lkjip"))
    shown, stored = [], []
    with Terminal([lkjip, "--lang", "en", "open", str(file)], home) as terminal:
        terminal.seconds_until("● ")
        terminal.press("\x07")
        terminal.rest(0.3)
        terminal.press("sheet.population")
        terminal.rest(0.3)
        terminal.press("\r")
        terminal.seconds_until("Sex ratio")
        for men in range(40_001, 40_001 + runs):
            terminal.rest(0.3)
            terminal.press(str(men))
            terminal.rest(0.3)
            terminal.press("\r")
            seen = (terminal.seconds_until(f"{n:,}".replace(",", ".")) for n in (men, men + women))
            shown.append(max(seen) * 1000)
            terminal.rest(0.3)
            stored.append(milliseconds(partial(change, bare, _BARE_PEOPLE, men)))
            terminal.press("\x1b[A")
    with duckdb.connect(file, read_only=True) as after:
        kept = after.sql("select count(*) from journal where column_name = 'male'").fetchall()
    if kept[0][0] < runs:
        raise SystemExit("not every edit is in the file")
    return shown, stored


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
        with duckdb.connect(copy) as bare:
            shown, stored = on_screen(file, Path(folder), bare, runs)
    least = found["bare UPDATE + COMMIT"]
    print(f"medians of {runs} runs; milliseconds, and times the bare statement")
    for name, median in found.items():
        print(f"{name:24}{median:8.2f}{median / least:8.1f} ×")
    bare_ms = statistics.median(stored)
    print(
        f"{'on the screen':24}{statistics.median(shown):8.2f}"
        f"   goal {3 * bare_ms + _FRAME:.2f}: 3 × {bare_ms:.2f} + {_FRAME}"
    )


if __name__ == "__main__":
    main()
