"""Print what 100,000 rows cost as XLSX, beside the writers that others keep.

    uv run --with rustpy-xlsxwriter --with xlsxturbo --with xlsxwriter
        python -m tests.bench.bench_xlsx FILE [--rows 100000] [--runs 5]

FILE is one of ours that holds a table `ledger` shown by `queries/tables/ledger.sql` beside it.
Each writes the same rows and columns, read from the file anew; the writers run in turn, and
their medians and ratios to ours are printed. Ours alone writes the printed layout.
"""

import argparse
import importlib.util
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import printed, xlsx
from lkjip_tui.transfer.printed import ViewRows

_VIEW: Final = "report.ledger"
_NAMES: Final = (
    "fiscal_year", "row_key", "year", "agency_code", "program", "activity", "sub_activity",
    "budget", "realization",
)  # fmt: skip


def ours(path: Path, out: Path, rows: int) -> None:
    """Write the printed table."""
    with Workspace.open_to_read(path) as office, out.open("wb") as file:
        year = office.year(None)
        query = office.find(_VIEW)
        (table,) = printed.of_query(office, query, year)
        assert isinstance(table.source, ViewRows)
        first = replace(
            table.source,
            rows=islice(table.source.rows, rows),
            again=lambda: office.stream(query, year).rewritten(
                lambda select: f"{select} limit {rows}"
            ),
        )
        xlsx.write(file, [replace(table, source=first)], "ledger")


def frame(path: Path, rows: int) -> pl.DataFrame:
    """Read the rows as the others take them."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return pl.DataFrame(connection.sql(f"select {', '.join(_NAMES)} from {_VIEW} limit {rows}"))


def rustpy(path: Path, out: Path, rows: int) -> None:
    """Write with rustpy-xlsxwriter."""
    module: Any = importlib.import_module("rustpy_xlsxwriter")
    module.write_worksheet(frame(path, rows), str(out))


def turbo(path: Path, out: Path, rows: int) -> None:
    """Write with xlsxturbo."""
    module: Any = importlib.import_module("xlsxturbo")
    module.df_to_xlsx(frame(path, rows), str(out))


def xlsxwriter(path: Path, out: Path, rows: int) -> None:
    """Write with xlsxwriter, in little memory."""
    module: Any = importlib.import_module("xlsxwriter")
    book = module.Workbook(str(out), {"constant_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(frame(path, rows).iter_rows()):
        sheet.write_row(number, 0, row)
    book.close()


def main() -> None:
    """Measure, and print."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("file", type=Path)
    asking.add_argument("--rows", type=int, default=100_000)
    asking.add_argument("--runs", type=int, default=5)
    asked = asking.parse_args()
    others = {"rustpy_xlsxwriter": rustpy, "xlsxturbo": turbo, "xlsxwriter": xlsxwriter}
    there = {n: write for n, write in others.items() if importlib.util.find_spec(n)}
    writers: Mapping[str, Callable[[Path, Path, int], None]] = {"lkjip": ours, **there}
    took: dict[str, list[float]] = {name: [] for name in writers}
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"{name}.xlsx" for name in writers}
        for run in range(asked.runs + 1):
            for name, write in writers.items():
                act = partial(write, asked.file, files[name], asked.rows)
                began = time.perf_counter()
                act()
                if run:  # the first one imports
                    took[name].append(time.perf_counter() - began)
        medians = {name: statistics.median(times) for name, times in took.items()}
        for name, median in medians.items():
            size = files[name].stat().st_size / 2**20
            ratio = medians["lkjip"] / median
            print(f"{name:20} {median:6.3f} s  {size:5.1f} MiB  ours is {ratio:.2f} of it")


if __name__ == "__main__":
    main()
