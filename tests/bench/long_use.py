"""Print what hours of use leave in memory: a line for each thousand edits, then for the switches.

    uv run python -m tests.bench.long_use [--edits 100000] [--switches 10000]

The program runs in a pseudo-terminal of 160 × 45 cells, on the example. Of each thousand edits
a few are typed one by one; the others are a column that is cleared, taken back and done again by
Ctrl+Z and Ctrl+Y: each an act that is saved, journaled, drawn and counted as any other, and a key
instead of eight. Then sheets, tables, the history, the findings, the console with a statement that
is run, and its catalogue are gone to in turn, each by its name, which is pasted. Counted is the
memory that the process holds (VmRSS, Linux alone) when the last of it is on the screen; what the
journal holds says that all of it was done. The goal is an end within 1.2 times what it was after
the first thousand of each.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lkjip_tui.core.workspace import Workspace
from tests.bench.terminal import Terminal
from tests.core.support import inside

_EACH: Final = 1000
#: What a round consists of: figures that are typed one by one, and acts upon a whole column.
_TYPED, _ACTS = 10, 34
#: Sub kegiatan of the example: cells of a column that hold facts.
_CELLS: Final = 29
_DOWN, _UP, _RIGHT = "\x1b[B", "\x1b[A", "\x1b[C"
_COLUMN, _CLEAR, _UNDO, _REDO = "\x1bk", "\x1b[3~", "\x1a", "\x19"
_GO_TO, _CATALOGUE, _ESC, _RUN = "\x07", "\x1bC", "\x1b", "\x1b[15~"
_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
#: A round through places by their names, what only the last of them shows, and the catalogue.
_PLACES: Final = (
    "sheet.activities", "budget_summary", "history", "findings", "sheet.population",
)  # fmt: skip
_ON_THE_LAST, _IN_THE_CATALOGUE = "73.035", "tells the findings"
#: Rounds before the memory is looked at.
_ROUNDS: Final = 15
#: Seconds without a word from the program; in which its file rests, too, as when people think.
_QUIET, _REST = 0.3, 2.5
#: What a busy machine may need for a round.
_LONG: Final = 600.0


def mebibytes(terminal: Terminal) -> float:
    """Return the memory that the program holds."""
    status = Path(f"/proc/{terminal.process}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


def edit(terminal: Terminal) -> Iterator[int]:
    """Edit the realizations again and again; yield how many cells were, once they are shown."""
    terminal.press(f"{_DOWN * 2}{_RIGHT * 3}")
    terminal.rest(_QUIET)
    again = (_ACTS - 2) // 2
    done = 0
    while True:
        figures = [1_000_000 + done + number for number in range(_TYPED)]
        terminal.press(
            f"{_COLUMN}{_CLEAR}{_UNDO}{(_REDO + _UNDO) * again}{_DOWN}{_UP}"
            + "".join(f"{figure}\r{_UP}" for figure in figures)
        )
        terminal.seconds_until(f"{figures[-1]:,}".replace(",", "."), patience=_LONG)
        done += _ACTS * _CELLS + _TYPED
        terminal.rest(_REST)
        yield done


def switch(terminal: Terminal) -> Iterator[int]:
    """Go round the places again and again; yield how many were gone to."""
    done = 0
    while True:
        for _round in range(_ROUNDS):
            terminal.press("".join(f"{_GO_TO}{_PASTE}{place}{_PASTED}\r" for place in _PLACES))
            terminal.seconds_until(_ON_THE_LAST, patience=_LONG)
            terminal.press(f"{_GO_TO}{_PASTE}sql{_PASTED}\r{_RUN}{_CATALOGUE}")
            terminal.seconds_until(_IN_THE_CATALOGUE, patience=_LONG)
            terminal.rest(_QUIET)
            terminal.press(_ESC)  # by itself: with what follows it would be Alt
            terminal.rest(_QUIET)
            done += len(_PLACES) + 2
        yield done


def told(name: str, act: Iterator[int], wanted: int, terminal: Terminal) -> None:
    """Print a line for each thousand, then what the last is to the first."""
    began, held = time.monotonic(), list[float]()
    for done in act if wanted else ():
        if done >= min(_EACH * (len(held) + 1) - _EACH // 100, wanted):
            held.append(mebibytes(terminal))
            seconds = time.monotonic() - began
            print(f"{done:8} {name:9}{held[-1]:8.1f} MiB{seconds:8.0f} s", flush=True)
        if done >= wanted:
            print(f"{name}: {held[-1] / held[0]:.2f} times the first thousand's   goal 1.2")
            return


def main() -> None:
    """Let the program be used, and see that its journal holds what was done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=100_000)
    parser.add_argument("--switches", type=int, default=10_000)
    asked = parser.parse_args()
    lkjip = str(Path(sys.executable).with_name("lkjip"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "example.duckdb"
        Workspace.create_example(file).close()
        with Terminal([lkjip, "--lang", "en", "open", str(file)], Path(folder)) as terminal:
            terminal.seconds_until("● ")
            terminal.rest(1)
            told("edits", edit(terminal), asked.edits, terminal)
            told("switches", switch(terminal), asked.switches, terminal)
        with Workspace.open(file) as workspace:
            kept = inside(workspace).database.value("select count(*) from journal")
    print(f"{kept} changes are in the journal")
    if kept < asked.edits:
        raise SystemExit("not every edit is in the file")


if __name__ == "__main__":
    main()
