"""Print what keys cost over a ledger of a million rows or more, beside two other programs.

    uv run --with pyte python -m tests.bench.bench_ledger PROBE FILE
        [--keys 500] [--runs 3] [--harlequin PATH] [--vd PATH] [--ledger FILE.duckdb]
        [--csv FILE.csv]

PROBE is the script that plays a program's bytes through a terminal emulator and times each key
until the last cell that it changed. FILE is one of ours that holds a table `ledger` shown by
`queries/tables/ledger.sql` beside it; the others show the same rows out of a DuckDB file of
their own or a CSV. The programs run in turn, each with an empty HOME, at 160 × 45; each run's
medians stand in its line, and the ratios are of the medians of all runs.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

_LAST_ROW: Final = "lot 0"


@dataclass(frozen=True, slots=True)
class Program:
    """A program to be measured: what starts it, what it shows first, how it gets to the ledger."""

    name: str
    command: Sequence[str]
    ready: str
    setup: str
    last: str
    leave: str


def measured(probe: str, program: Program, keys: int) -> Mapping[str, Any]:
    """Return what the probe says of one run."""
    with tempfile.TemporaryDirectory() as home:
        script = f"down*{keys} pagedown*{keys // 5} {program.last}"
        command = [
            sys.executable, probe, "--env", f"HOME={home}", "--wait-text", program.ready,
            "--setup", program.setup, "--keys", script, "--quit", program.leave,
            "--timeout", "120", "--", *program.command,
        ]  # fmt: skip
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    found: Mapping[str, Any] = json.loads(run.stdout)
    if found["errors"]:
        raise SystemExit(f"{program.name}: {found['errors']}")
    return found


def programs(asked: argparse.Namespace) -> Sequence[Program]:
    """Return ours, and those of the others that are there."""
    ours = [sys.executable, "-m", "lkjip_tui", "--lang", "en", "open", asked.file]
    found = [
        Program(
            "lkjip", ours, "2021",
            f"ctrl+g text:ledger quiet:500 enter 'wait:{_LAST_ROW}' quiet:800",
            "ctrl+end", "ctrl+q",
        )
    ]  # fmt: skip
    if asked.harlequin:
        query = "'text:select * from ledger' quiet:500 esc sleep:300 ctrl+j"
        shown = "'wait:0 Records' sleep:3000 quiet:1000 f5 quiet:500"
        found.append(
            Program(
                "harlequin", [asked.harlequin, asked.ledger, "--viewer-max-rows", "-1"],
                "Database Connected", f"{query} {shown}", "ctrl+end", "ctrl+q",
            )
        )  # fmt: skip
    if asked.vd:
        loaded = "'wait:000 rows' quiet:3000"
        found.append(Program("visidata", [asked.vd, asked.csv], "AG-0", loaded, "G", "q"))
    return found


def main() -> None:
    """Print a line for each run, then the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("probe")
    parser.add_argument("file")
    parser.add_argument("--keys", type=int, default=500)
    parser.add_argument("--runs", type=int, default=3)
    for name in ("--harlequin", "--vd", "--ledger", "--csv"):
        parser.add_argument(name)
    asked = parser.parse_args()
    taken: dict[tuple[str, str], list[float]] = {}
    print(f"{'milliseconds: median / p95':28}{'down':>16}{'page down':>16}{'end':>8}{'MiB':>8}")
    for _run in range(asked.runs):
        for program in programs(asked):
            found = measured(asked.probe, program, asked.keys)
            keys = {name: it["last_ms"] for name, it in found["keys"].items()}
            keys["end"] = keys.pop(program.last)
            for name, told in keys.items():
                taken.setdefault((name, program.name), []).append(told["median"])
            pairs = [
                f"{keys[k]['median']:.1f} / {keys[k]['p95']:.1f}" for k in ("down", "pagedown")
            ]
            end, peak = keys["end"]["median"], found["peak_rss_mib"]["median"]
            print(f"{program.name:28}{pairs[0]:>16}{pairs[1]:>16}{end:8.1f}{peak:8.0f}")
    for (key, name), times in taken.items():
        ours = statistics.median(taken[key, "lkjip"])
        print(f"{key:10} lkjip / {name:12}{ours / statistics.median(times):6.2f}")


if __name__ == "__main__":
    main()
