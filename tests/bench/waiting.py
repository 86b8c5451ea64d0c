"""Print for how long the screen stands still while something long goes on behind it.

    uv run python -m tests.bench.waiting [--runs 3] [--seconds 60] [--only query,csv]

The program runs in a pseudo-terminal of 160 × 45 cells on an office of 10,000 sub kegiatan with a
ledger of a million rows beside them, and on one of 300,000 for the import. Where keys act beside
what goes on, one comes every 30 ms: counted is the time from each until something is drawn. Within
the program a clock (`ticking`) tells for how long its loop did not turn: the longest gap, and what
of it the program itself took of the processor, which is all that it has to answer for on a machine
that others use, too. Beside it another program of ours does nothing: its longest gap is the floor.
Each run is told; the goal is a gap of at most 50 ms in all of them. Esc ends what can be stopped,
and nothing may be left of it.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from lkjip_tui.core.workspace import Workspace
from tests.bench import big_office, imports
from tests.bench.terminal import Terminal, surround
from tests.core.support import inside

_EVERY: Final = 0.03
_LONG: Final = 600.0
_QUIET: Final = 0.4
_DOWN, _UP, _RIGHT, _LEFT = "\x1b[B", "\x1b[A", "\x1b[C", "\x1b[D"
_PAGE_DOWN, _PAGE_UP = "\x1b[6~", "\x1b[5~"
_GO_TO, _PALETTE, _EXPORT, _IMPORT, _ALL = "\x07", "\x10", "\x05", "\x1bi", "\x01"
_RUN, _ESC = "\x1b[15~", "\x1b"
_ENDLESS: Final = "select sum(a.range * b.range) from range(300000) a, range(2000000) b"
_LEDGER: Final = """
create table ledger as
select 2018 + i * 4 // 1000000 as year, 'AG-' || lpad((i % 840)::varchar, 4, '0') as agency_code,
    'Programme ' || i % 96 as program, 'ACT-' || i % 720 as activity,
    'Construction of district roads, lot ' || lpad(i::varchar, 8, '0') as sub_activity,
    (i * 7919 % 4999999)::bigint as budget, (i * 6007 % 4999999)::bigint as realization
from range(1000000) as t(i)
"""
_QUERY: Final = """-- title:  {title}
-- grain:  fiscal_year, row_key
-- column fiscal_year: rank "Tahun | Year"
-- column row_key: text "Kunci | Key" hidden
-- column agency_code: text "Kode | Agency"
-- column program: text "Program"
-- column activity: text "Kegiatan | Activity"
-- column sub_activity: text "Sub kegiatan | Sub-activity"
-- column budget: rupiah "Anggaran | Budget"
-- column realization: rupiah "Realisasi | Realization"

select
    2021 as fiscal_year,
    'ledger/' || l.rowid as row_key,
    l.agency_code,
    l.program,
    l.activity,
    l.sub_activity,
    l.budget,
    l.realization,
from main.ledger as l
where l.rowid < {rows}
"""


def _moves() -> Iterator[str]:
    return cycle([_DOWN, _DOWN, _DOWN, _PAGE_DOWN, _DOWN, _UP, _PAGE_UP])


def _letters() -> Iterator[str]:
    return cycle([*"select abc", _LEFT, _RIGHT, *["\x7f"] * 10])


@dataclass(frozen=True, slots=True)
class Waits:
    """The longest ones of a run, in milliseconds; `key` is none where keys do not act."""

    seconds: float
    gap: float
    own: float
    floor: float
    key: float | None = None

    def __str__(self) -> str:
        key = "–" if self.key is None else f"{self.key:.0f}"
        return f"{self.seconds:8.1f} s{self.gap:8.0f}{self.own:8.0f}{self.floor:8.0f}{key:>8}"


class Program:
    """Our program with a clock in it, in a terminal; leaving it ends it."""

    def __init__(self, file: Path, home: Path) -> None:
        home.mkdir(exist_ok=True)
        self._log = home / "ticks"
        ticking = [sys.executable, "-m", "tests.bench.ticking", str(self._log)]
        self.terminal = Terminal([*ticking, "--lang", "en", "open", str(file)], home)
        self.terminal.seconds_until("● ", patience=_LONG)
        self.terminal.rest(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.terminal.__exit__(kind, error, trace)

    def gaps(self, since: float) -> Sequence[tuple[float, float]]:
        """Return the gaps since a moment: how long each was, and what of it is the program's."""
        lines = self._log.read_text().splitlines() if self._log.exists() else []
        found = (map(float, line.split()) for line in lines)
        return [(end - begin, used) for begin, end, _own, used in found if begin >= since] or [
            (0.0, 0.0)
        ]

    def type(self, *keys: str) -> None:
        """Press keys in turn, each when what the one before set off is drawn."""
        for each in keys:
            self.terminal.press(each)
            self.terminal.rest(_QUIET)

    def choose(self, command: str) -> None:
        """Do a command of the palette."""
        self.type(_PALETTE, command)
        self.terminal.press("\r")


class Bench:
    """What is measured, one after the other."""

    def __init__(self, folder: Path, runs: int, seconds: float, only: Sequence[str]) -> None:
        self._folder, self._runs, self._seconds, self._only = folder, runs, seconds, only

    def told(
        self, name: str, program: Program, idle: Program, act: Callable[[int], Sequence[float]]
    ) -> None:
        """Do something as often as is asked for, and print each; it says how keys waited."""
        if self._only and name.split(maxsplit=1)[0] not in self._only:
            return
        for run in range(self._runs):
            began = time.monotonic()
            keys = act(run)
            took = time.monotonic() - began
            gaps = program.gaps(began)
            idle.terminal.rest(0.01)
            longest = max(gap for gap, _used in gaps)
            own = max(min(gap, used) for gap, used in gaps)
            floor = max(gap for gap, _used in idle.gaps(began))
            key = max(keys) * 1000 if keys else None
            waits = Waits(took, longest * 1000, own * 1000, floor * 1000, key)
            print(f"{name:24}{waits}", flush=True)

    def beside_keys(self, program: Program, idle: Program) -> None:
        """Measure what goes on while keys act."""
        terminal = program.terminal

        def keys(wanted: str = "", most: float = _LONG, each: Iterable[str] = ()) -> list[float]:
            return terminal.seconds_to_answer(
                each or _moves(), every=_EVERY, wanted=wanted, most=most
            )

        def check(_run: int) -> Sequence[float]:
            program.choose("run every check")
            terminal.seconds_until("checking", patience=_LONG)
            return keys("2021: ")

        def back_up(run: int) -> Sequence[float]:
            program.choose("back up the file")
            program.type(_ALL, str(self._folder / f"copy{time.monotonic_ns()}-{run}.duckdb"))
            terminal.press("\r")
            return keys("verified copy")

        def rest(run: int) -> Sequence[float]:
            program.type(f"{_GO_TO}sheet.activities\r", f"{_DOWN * 2}{_RIGHT * 3}")
            program.type(str(1_000_000 + run))
            terminal.press("\r")
            return keys(most=6)

        def query(_run: int) -> Sequence[float]:
            program.type(_GO_TO, "sql", "\r", f"{_ALL}{_ENDLESS};\r\r")
            terminal.press(f"{_UP}{_UP}{_RUN}{_DOWN}{_DOWN}")
            terminal.seconds_until("Esc stops it", patience=_LONG)
            taken = keys(most=self._seconds, each=_letters())
            self._stop(terminal, "stopped after")
            return taken

        self.told("nothing, with keys", program, idle, lambda _run: keys(most=5))
        self.told("checks", program, idle, check)
        self.told("backup", program, idle, back_up)
        self.told("rest: log and copies", program, idle, rest)
        self.told("query", program, idle, query)

    def exports(self, program: Program, idle: Program) -> None:
        """Measure what is written while keys wait, and stop each once."""
        terminal = program.terminal
        for form, table in (
            ("csv", "ledger"),
            ("md", "ledger"),
            ("xlsx", "ledger"),
            ("docx", "booklet"),
        ):
            if self._only and form not in self._only:
                continue
            program.type(f"{_GO_TO}report.{table}\r")
            terminal.rest(1)

            def begin(name: str) -> None:
                program.type(_EXPORT, _ALL, str(self._folder / name))
                terminal.press("\r")

            def export(run: int, form: str = form) -> Sequence[float]:
                begin(f"out{time.monotonic_ns()}-{run}.{form}")
                terminal.seconds_until("Written:", patience=_LONG)
                return ()

            self.told(f"{form} of {table}", program, idle, export)
            begin(f"stopped.{form}")
            end = terminal.first_of("Written:", "Esc stops it", patience=_LONG)
            if end != "Written:":
                end = self._stop(terminal, "Stopped.", "Written:")
            left = [each.name for each in self._folder.glob(f"*stopped.{form}*")]
            print(f"    Esc: {end}   left behind: {left}", flush=True)

    def imports(self, program: Program, idle: Program) -> None:
        """Measure what a file is read and taken in for."""
        terminal, file = program.terminal, self._folder / "import" / "run0.csv"

        def look(_run: int) -> Sequence[float]:
            program.type(_IMPORT, _ALL, str(file))
            terminal.press("\r")
            terminal.seconds_until("F5  do it", patience=_LONG)
            return ()

        def see(run: int) -> Sequence[float]:
            look(run)
            terminal.rest(_QUIET)
            taken = terminal.seconds_to_answer(_moves(), every=_EVERY, most=3)
            program.type(_ESC)
            return taken

        def take_in(run: int) -> Sequence[float]:
            look(run)
            terminal.rest(_QUIET)
            terminal.press(_RUN)
            terminal.seconds_until("import:", patience=_LONG)
            program.type("\x1a")
            terminal.seconds_until("undone:", patience=_LONG)
            terminal.rest(1)
            return ()

        self.told("import seen", program, idle, see)
        self.told("import taken in, undone", program, idle, take_in)
        if not self._only or "import" in self._only:
            look(0)
            terminal.rest(_QUIET)
            terminal.press(_RUN)
            terminal.seconds_until("Esc stops it", patience=_LONG)
            print(f"    Esc: {self._stop(terminal, 'Stopped.', 'import:')}", flush=True)

    @staticmethod
    def _stop(terminal: Terminal, *ends: str) -> str:
        """Press Esc until one of these is told; return which, and after how long."""
        began = time.monotonic()
        for _each in range(10):  # the first one may close a list of completions
            terminal.press(_ESC)
            with suppress(TimeoutError):
                end = terminal.first_of(*ends, patience=5)
                return f"{end} after {time.monotonic() - began:.1f} s"
        raise TimeoutError(ends)


def make(folder: Path) -> None:
    """Make the files, alike each time."""
    big_office.make(folder / "office.duckdb")
    with Workspace.open(folder / "office.duckdb") as office:
        with inside(office).database.transaction() as transaction:
            transaction.run(_LEDGER)
        office.checkpoint()
    queries = folder / "queries" / "tables"
    queries.mkdir(parents=True)
    for name, rows in (("ledger", 1_000_000), ("booklet", 31_990)):
        text = _QUERY.format(title=name.capitalize(), rows=rows)
        (queries / f"{name}.sql").write_text(text, "utf-8")
    (folder / "import").mkdir()
    imports.make(folder / "import", 300_000)
    Workspace.create_example(folder / "import" / "idle.duckdb").close()


def main() -> None:
    """Print a line for each thing that lasts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=60, help="how long the query runs")
    parser.add_argument("--only", default="", help="words that lines begin with")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        surround(folder)
        make(folder)
        bench = Bench(folder, asked.runs, asked.seconds, list(filter(None, asked.only.split(","))))
        print(f"{'longest, in ms':34}{'gap':>8}{'own':>8}{'floor':>8}{'key':>8}")
        with Program(folder / "import" / "idle.duckdb", folder / "idle") as idle:
            with Program(folder / "office.duckdb", folder / "home") as program:
                bench.beside_keys(program, idle)
                bench.exports(program, idle)
            with Program(folder / "import" / "office.duckdb", folder / "home2") as program:
                bench.imports(program, idle)


if __name__ == "__main__":
    main()
