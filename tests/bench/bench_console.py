"""Print what the console costs over ten million rows, beside Harlequin and DuckDB itself.

    uv run --with pyte python -m tests.bench.bench_console PROBE FILE ONE_MILLION
        [--harlequin PATH --ledger FILE.duckdb] [--runs 3] [--stops 50] [--to FOLDER]

PROBE is the script that plays a program's bytes through a terminal emulator and times each key.
FILE is one of ours that holds a table `ledger` of ten million rows, ONE_MILLION one of a million;
`--ledger` a DuckDB file with the same ten million for Harlequin, which shows them with its default
limit. The programs run in turn, each with an empty HOME, at 160 × 45. Counted are, of
`select * from ledger`, the milliseconds from the key to the first page, those to the last row and
back, and the most memory that was held; then the seconds in which all of it is a CSV file, beside
DuckDB's COPY with one thread and with all; and the milliseconds from Esc until the line of truth
says that a statement of a minute has stopped. The goals: first page within 0.08 and memory within
0.1 times Harlequin's, memory within 1.1 times that over a million rows, stopped within 100 ms.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tests.bench.terminal import Terminal

#: What stands in the first rows and in the last, whatever the ledger's length.
_FIRST: Final = "AG-0"
_CONSOLE: Final = "ctrl+g quiet:400 text:sql quiet:600 enter quiet:600"
_MINUTE: Final = "select sum(a.range * b.range) from range(300000) a, range(200000) b"
_LONGEST: Final = 3.0
#: Seconds without a word from the program; the caret blinks more seldom.
_QUIET: Final = 0.3
_GO_TO, _RUN, _ESC = "\x07", "\x1b[15~", "\x1b"
_COPY: Final = """
import duckdb, os, sys, time
file, out, threads = sys.argv[1:]
connection = duckdb.connect(file, read_only=True)
if threads != "all":
    connection.execute(f"set threads = {threads}")
begun = time.perf_counter()
connection.execute(f"copy ledger to '{out}' (header)")
with open(out, "rb") as written:
    os.fsync(written.fileno())
print(time.perf_counter() - begun)
"""
_EXPORT: Final = """
import sys, time
from pathlib import Path
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer.export import export_one, of_statement
file, out, threads = sys.argv[1:]
with Workspace.open(Path(file)) as workspace:
    if threads == "all":
        workspace.hurried()
    begun = time.perf_counter()
    export_one(of_statement(lambda: workspace.console.stream("from ledger").in_bulk()), Path(out))
    print(time.perf_counter() - begun)
"""


def probed(
    probe: str, command: Sequence[str], ready: str, setup: str, keys: str
) -> Mapping[str, Any]:
    """Return what the probe says of one run of a program."""
    with tempfile.TemporaryDirectory() as home:
        asked = [
            sys.executable, probe, "--env", f"HOME={home}", "--wait-text", ready, "--setup", setup,
            "--keys", keys, "--quit", "ctrl+q", "--timeout", "120", "--", *command,
        ]  # fmt: skip
        run = subprocess.run(asked, capture_output=True, text=True, check=False)
    found: Mapping[str, Any] = json.loads(run.stdout)
    if found["errors"]:
        raise SystemExit(f"{command}: {found['errors']}\n{found['screen']}")
    return found


def ours(file: str) -> Sequence[str]:
    """Return what starts our program on a file."""
    return [sys.executable, "-m", "lkjip_tui", "--lang", "en", "open", file]


def looked_at(probe: str, file: str) -> tuple[float, float, float, float]:
    """Return key to first page, to the last row and back in ms, and the peak memory in MiB."""
    setup = f"{_CONSOLE} 'text:select * from ledger' quiet:500"
    keys = f"f5 wait:{_FIRST} quiet:800 f6 ctrl+end quiet:300 ctrl+home"
    found = probed(probe, ours(file), "2021", setup, keys)
    first = found["keys"]["f5"]["text_ms"]["median"]
    end, home = (found["keys"][key]["last_ms"]["median"] for key in ("ctrl+end", "ctrl+home"))
    return first, end, home, found["peak_rss_mib"]["median"]


def looked_at_there(probe: str, harlequin: str, ledger: str) -> tuple[float, float]:
    """Return the same of Harlequin: key to first page, and the peak memory."""
    setup = "'text:select * from ledger' quiet:500 esc sleep:300"
    keys = f"ctrl+j wait:{_FIRST} quiet:800"
    found = probed(probe, [harlequin, ledger], "Database Connected", setup, keys)
    return found["keys"]["ctrl+j"]["text_ms"]["median"], found["peak_rss_mib"]["median"]


def written(script: str, file: str, folder: Path | None, threads: str) -> float:
    """Return the seconds in which a process of its own writes all rows as CSV."""
    with tempfile.TemporaryDirectory(dir=folder) as out:
        os.sync()  # what the one before left to be written would else be waited for by this one
        command = [sys.executable, "-c", script, file, f"{out}/ledger.csv", threads]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(run.stdout.split()[-1])


def stopped(file: str, times: int) -> Sequence[float]:
    """Return the ms from Esc to the word that it has stopped, each time at another moment."""
    moments = random.Random(6)  # noqa: S311 - the same ones each time
    taken: list[float] = []
    with (
        tempfile.TemporaryDirectory() as home,
        Terminal([*ours(file)], Path(home)) as terminal,
    ):
        terminal.seconds_until("2021")
        for keys in (_GO_TO, "sql", "\r", _MINUTE):
            terminal.rest(_QUIET)
            terminal.press(keys)
        for _time in range(times):
            terminal.rest(_QUIET)
            terminal.press(_RUN)
            time.sleep(moments.random() ** 3 * _LONGEST)
            terminal.press(_ESC)
            taken.append(1_000 * terminal.seconds_until("stopped after"))
    return taken


def main() -> None:
    """Print a line for each run, then the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("probe", "file", "one_million"):
        parser.add_argument(name)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--stops", type=int, default=50)
    for name in ("--harlequin", "--ledger"):
        parser.add_argument(name)
    parser.add_argument("--to", type=Path, default=None)
    asked = parser.parse_args()
    if asked.runs:
        compare(asked)
    if asked.stops:
        waits = sorted(stopped(asked.file, asked.stops))
        print(
            f"stopped {len(waits)} times: median {statistics.median(waits):.0f} ms,"
            f" nine of ten within {waits[len(waits) * 9 // 10]:.0f}, all within {waits[-1]:.0f}"
            "   goal 100 at the median"
        )


def compare(asked: argparse.Namespace) -> None:
    """Let the programs do the same in turn."""
    taken: dict[str, list[Sequence[float]]] = {}
    for _run in range(asked.runs):
        taken.setdefault("10 M", []).append(looked_at(asked.probe, asked.file))
        taken.setdefault("1 M", []).append(looked_at(asked.probe, asked.one_million))
        if asked.harlequin:
            there = looked_at_there(asked.probe, asked.harlequin, asked.ledger)
            taken.setdefault("harlequin", []).append(there)
        for name, script in (("copy", _COPY), ("lkjip", _EXPORT)):
            for threads in ("1", "all"):
                took = written(script, asked.file, asked.to, threads)
                taken.setdefault(f"{name} {threads}", []).append((took,))
        print(time.strftime("%H:%M:%S"), {
            name: [round(each, 1) for each in runs[-1]] for name, runs in taken.items()
        })  # fmt: skip
    middle = {
        name: [statistics.median(column) for column in zip(*runs, strict=True)]
        for name, runs in taken.items()
    }
    first, end, home, memory = middle["10 M"]
    print(f"first page {first:.1f} ms, last row {end:.1f}, back {home:.1f}, {memory:.0f} MiB")
    print(f"memory, 10 M / 1 M               {memory / middle['1 M'][3]:6.2f}   goal 1.1")
    if asked.harlequin:
        print(f"first page / Harlequin's         {first / middle['harlequin'][0]:6.3f}   goal 0.08")
        print(f"memory / Harlequin's             {memory / middle['harlequin'][1]:6.3f}   goal 0.1")
    for threads in ("1", "all"):
        ratio = middle[f"lkjip {threads}"][0] / middle[f"copy {threads}"][0]
        print(f"CSV / COPY, processors: {threads:9}{ratio:6.2f}")


if __name__ == "__main__":
    main()
