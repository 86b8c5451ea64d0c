"""What is measured on: files made in one folder, the same each time, and the other programs.

The others are installed by uv into a place of their own, at the versions named here.
"""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from tests.bench import big_office, plain

#: What starts this program.
LKJIP: Final = str(Path(sys.executable).with_name("lkjip"))
#: What is compared with, and the writers of spreadsheets that others keep.
HARLEQUIN, VISIDATA = "harlequin==2.17.0", "visidata==3.4"
_WRITERS: Final = ("rustpy-xlsxwriter==0.8.0", "xlsxturbo==1.12.1", "xlsxwriter==3.3.1")
#: What they share with this program, which has to be the same.
_SHARED: Final = ("duckdb", "polars", "textual")

_WORDS: Final = "['Irigasi', 'Jalan', 'Sekolah', 'Puskesmas', 'Pasar', 'Jembatan', 'Air', 'Lahan']"
_LEDGER: Final = """
create or replace table ledger as
with drawn as (
    select i, {0} as a, {1} as p, {2} as t, {3} as w, {4} as m, {5} % 1100 as share, {6} as k
    from range({rows}) as g(i)
)
select
    (2018 + i * 9 // {rows})::integer as year,
    'AG-' || lpad((a % 840)::varchar, 4, '0') as agency_code,
    'Program ' || lpad((p % 96)::varchar, 2, '0') as program,
    'Kegiatan ' || lpad((t % 720)::varchar, 3, '0') as activity,
    'Pemeliharaan ' || {words}[1 + w % 8] || ' lot ' || lpad(i::varchar, 8, '0') as sub_activity,
    ((m % 4999999 + 1) * (1 + k % 400) / 100)::decimal(18, 2) as budget,
    ((m % 4999999 + 1) * (1 + k % 400) / 100 * least(share, 1000) / 1000)::decimal(18, 2)
        as realization
from drawn order by i
"""
_TABLE: Final = """-- title: Buku besar | Ledger
-- caption: Buku Besar
-- grain: fiscal_year, row_key
select 2021 as fiscal_year, 'ledger/' || t.rowid as row_key, t.year, t.agency_code, t.program,
    t.activity, t.sub_activity, t.budget, t.realization
from main.ledger as t
"""


def lkjip(*arguments: str | Path) -> None:
    """Run a command of this program."""
    subprocess.run([LKJIP, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def _drawn(salt: int) -> str:
    """Return whole numbers by chance out of `i`, the same on every machine."""
    start = (salt * 2654435761 + 295866) % 2147483648
    one = f"((i * 1103515245 + {start}) % 2147483648)"
    return f"((xor({one}, {one} >> 13) * 48271 + {start}) % 2147483647)"


class Figures(NamedTuple):
    """What a process took."""

    seconds: float
    memory: float


def plain_way(name: str, *arguments: object, python: str = sys.executable) -> list[str]:
    """Return the command of a way of `plain.py`."""
    return [python, str(Path(plain.__file__)), name, *map(str, arguments)]


@dataclass(frozen=True)
class Ground:
    """A folder for all files, and how much is asked."""

    folder: Path
    quick: bool

    @property
    def long(self) -> int:
        """Return how many rows the long ledger has."""
        return 1_000_000 if self.quick else 10_000_000

    @property
    def short(self) -> int:
        """Return how many rows the short one has."""
        return self.long // 10

    def times(self, full: int, quick: int) -> int:
        """Return how often something is done."""
        return quick if self.quick else full

    def ours(self, rows: int) -> Path:
        """Return the example's file with a ledger of so many rows, shown by a table beside it."""
        file = self.folder / f"ours_{rows}" / "office.duckdb"
        if not file.exists():
            beside = file.parent / "queries" / "tables"
            beside.mkdir(parents=True)
            (beside / "ledger.sql").write_text(_TABLE, "utf-8")
            lkjip("demo", file, "--no-open")
            self._add_ledger(file, rows)
            lkjip("list", file)
        return file

    def plain(self, rows: int, ending: str = "duckdb") -> Path:
        """Return a file that holds the same ledger alone: `duckdb`, `csv` or `parquet`."""
        file = self.folder / f"ledger_{rows}.duckdb"
        if not file.exists():
            self._add_ledger(file, rows)
        if not (wanted := file.with_suffix(f".{ending}")).exists():
            with duckdb.connect(file, read_only=True) as connection:
                connection.execute(f"copy ledger to '{wanted}'")
        return wanted

    def office(self) -> Path:
        """Return a file of 10,000 sub kegiatan and five years."""
        file = self.folder / "big" / "office.duckdb"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            big_office.make(file)
        return file

    @cached_property
    def others(self) -> Path:
        """Return the folder of the other programs' commands."""
        packages = [VISIDATA, *_WRITERS, *(f"{name}=={version(name)}" for name in _SHARED)]
        asked = [
            "uvx", "--python", sys.executable, "--from", HARLEQUIN,
            *(word for package in packages for word in ("--with", package)),
            "python", "-c", "import sys; print(sys.prefix)",
        ]  # fmt: skip
        run = subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True)
        return Path(run.stdout.strip()) / "bin"

    def way(self, name: str, *arguments: object, python: str = sys.executable) -> Figures:
        """Return the seconds and MiB of one of the ways of `plain.py`, in a process of its own."""
        os.sync()  # what the one before left to be written would else be waited for by this one
        command = [*plain_way(name, *arguments, python=python)]
        run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        seconds, memory = map(float, run.stdout.split()[-2:])
        return Figures(seconds, memory)

    def home(self) -> Path:
        """Return an empty folder for a program to call its home."""
        return Path(tempfile.mkdtemp(dir=self.folder))

    @staticmethod
    def _add_ledger(file: Path, rows: int) -> None:
        statement = _LEDGER.format(*map(_drawn, range(7)), rows=rows, words=_WORDS)
        with duckdb.connect(file) as connection:
            connection.execute(statement)
            connection.execute("checkpoint")
