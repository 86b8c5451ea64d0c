"""From spawn to the first rows: `lkjip open`, beside the least that a Textual program needs.

    uv run python -m tests.bench.bench_start [--runs 10]

The other program only imports duckdb and shows a DataTable of 30 rows. Both run in a
pseudo-terminal of 160 × 45 cells, in turn, each with an empty HOME; what is measured is the time
from spawn until a text of the rows has been written. The goal is a median ratio of at most 1.5.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

from tests.bench.terminal import Terminal

_LEAST = """
import duckdb
from textual.app import App
from textual.widgets import DataTable

class Least(App):
    def compose(self):
        yield DataTable()

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("number", "name", "budget")
        for number in range(30):
            table.add_row(str(number), f"row {number + 1}", str(number * 1000))

Least().run()
"""


def first_rows(command: list[str], wanted: str, home: Path) -> float:
    """Return the seconds from spawn until `wanted` has been written to the terminal."""
    with Terminal(command, home) as terminal:
        return terminal.seconds_until(wanted)


def main() -> None:
    """Print each program's median and the ratio of the pairs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    runs = parser.parse_args().runs
    lkjip = str(Path(sys.executable).with_name("lkjip"))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        file = home / "example.duckdb"
        os.spawnv(os.P_WAIT, lkjip, [lkjip, "demo", str(file), "--no-open"])
        pairs = []
        for run in range(runs + 1):
            ours = first_rows([lkjip, "--lang", "en", "open", str(file)], "Penyediaan Gaji", home)
            for mark in home.glob("example.duckdb.*"):
                mark.unlink()
            least = first_rows([sys.executable, "-c", _LEAST], "row 30", home)
            if run:  # the first one warms up
                pairs.append((ours, least))
    ours, least = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    ratio = statistics.median(mine / other for mine, other in pairs)
    print(f"lkjip open {ours:.0f} ms · 30-row DataTable {least:.0f} ms · ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
