"""What DuckDB, Polars, Textual and this program's own parts do with no screen around them.

    python plain.py WAY ARGUMENT…

Each way first makes ready, then does its work; printed are the seconds of the work, and the MiB
that the process held at most.
"""

import gc
import importlib
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import duckdb
    import polars as pl

Act = Callable[[], object]

_LEDGER: Final = (
    "select v.fiscal_year, v.row_key, v.year, v.agency_code, v.program, v.activity, v.sub_activity,"
    " v.budget, v.realization from report.ledger as v where v.fiscal_year = 2021"
)
PAGE: Final = 45
#: What is asked of all rows.
BY_AGENCY: Final = (
    "select agency_code, count(*) as lines, sum(budget) as budget from ledger"
    " group by agency_code order by agency_code"
)
#: A statement that takes a minute.
MINUTE: Final = "select sum(a.range * b.range) from range(300000) a, range(200000) b"


def _to_disk(file: str) -> None:
    with Path(file).open("rb") as written:
        os.fsync(written.fileno())


def _duckdb(file: str) -> "duckdb.DuckDBPyConnection":
    import duckdb

    return duckdb.connect(file, read_only=True)


def imports() -> Act:
    """Import what this program's first frame needs, with no look for garbage, as it does."""
    gc.disable()
    return lambda: importlib.import_module("lkjip_tui.tui.app")


def imports_least() -> Act:
    """Import what Textual's own table and DuckDB need."""
    return lambda: [importlib.import_module(n) for n in ("duckdb", "textual.widgets._data_table")]


def opens(file: str) -> Act:
    """Open a file and read its first rows, which this program does while it imports."""
    from lkjip_tui.core.workspace import Workspace

    def act() -> None:
        with Workspace.open(Path(file)) as workspace:
            workspace.rows(workspace.find("sheet.activities"), 2021).window(0, PAGE)

    return act


def first_rows(file: str) -> Act:
    """Print the first rows of a DuckDB file's ledger."""
    return lambda: print(_duckdb(file).execute("from ledger").fetchmany(PAGE))


def first_rows_polars(file: str) -> Act:
    """Print the first rows of a CSV."""

    def act() -> None:
        import polars as pl

        print(pl.scan_csv(file).head(PAGE).collect().rows())

    return act


def table(rows: str) -> Act:
    """Show so many rows in Textual's own table; with few it is the least that a program does."""
    return partial(_table, int(rows))


def _table(rows: int) -> None:
    import duckdb
    from textual.app import App, ComposeResult
    from textual.widgets import DataTable

    class Least(App[None]):
        def compose(self) -> ComposeResult:
            yield DataTable[str]()

        def on_mount(self) -> None:
            shown = self.query_one(DataTable)
            shown.add_columns("number", "name", *"abcde")
            for number in range(rows):
                figures = (str(number * figure) for figure in range(5))
                shown.add_row(str(number), f"row {number + 1}", *figures)

    assert duckdb
    Least().run()


def page(file: str) -> Act:
    """Fetch the first page of all rows."""
    connection = _duckdb(file)
    return lambda: connection.execute("from ledger").fetchmany(PAGE)


def page_polars(file: str) -> Act:
    """Take the first page of a Parquet file into a frame."""
    import polars as pl

    return lambda: pl.scan_parquet(file).head(PAGE).collect().rows()


def all_rows(file: str) -> Act:
    """Fetch every row as a Python value."""
    connection = _duckdb(file)
    return lambda: connection.execute("from ledger").fetchall()


def all_rows_polars(file: str) -> Act:
    """Take a whole Parquet file into a frame."""
    import polars as pl

    return lambda: pl.read_parquet(file)


def by_agency(file: str) -> Act:
    """Sum up all rows."""
    connection = _duckdb(file)
    return lambda: connection.execute(BY_AGENCY).fetchall()


def by_agency_polars(file: str) -> Act:
    """Sum up all rows of a Parquet file."""
    import polars as pl

    figures = (pl.len(), pl.sum("budget"))
    asked = pl.scan_parquet(file).group_by("agency_code").agg(*figures).sort("agency_code")
    return lambda: asked.collect().rows()


def interrupt(file: str) -> Act:
    """Stop a statement that has worked for a second."""
    import duckdb

    cursor = _duckdb(file).cursor()

    def work() -> None:
        try:
            cursor.execute(MINUTE).fetchall()
        except duckdb.InterruptException:
            return

    worker = threading.Thread(target=work)
    worker.start()
    time.sleep(1)

    def act() -> None:
        cursor.interrupt()
        worker.join()

    return act


def reread(file: str, view: str) -> Act:
    """Change a fact with nothing around it, and read a view whole."""
    import duckdb

    connection = duckdb.connect(file)
    update = "update sub_activity_realization set amount = amount + 1 where sub_activity_id = 30001"
    views = connection.execute(
        "select schema_name || '.' || view_name from duckdb_views()"
        f" where schema_name || '.' || view_name similar to '{view}'"
    ).fetchall()

    def act() -> None:
        connection.begin()
        connection.execute(update)
        connection.commit()
        for (name,) in views:
            connection.execute(f"from {name} where fiscal_year = 2021").fetchall()

    act()
    return act


def read_csv(file: str) -> Act:
    """Read a CSV into a frame."""
    import polars as pl

    return lambda: pl.read_csv(file)


def durable(file: str, into: str) -> Act:
    """Read a CSV into a durable table."""
    import duckdb

    connection = duckdb.connect(into)
    return lambda: connection.execute(f"create or replace table taken as from read_csv('{file}')")


def copy_csv(file: str, out: str) -> Act:
    """Let DuckDB write the ledger as CSV."""
    connection = _duckdb(file)

    def act() -> None:
        connection.execute(f"copy ({_LEDGER}) to '{out}' (format csv, header)")
        _to_disk(out)

    return act


def polars_csv(file: str, out: str) -> Act:
    """Write it by way of a frame."""
    import polars as pl

    connection = _duckdb(file)

    def act() -> None:
        pl.DataFrame(connection.sql(_LEDGER)).write_csv(out)
        _to_disk(out)

    return act


def lkjip_file(file: str, out: str) -> Act:
    """Write it as this program's export does, in the form that its name's ending tells."""
    from lkjip_tui.core.workspace import Workspace
    from lkjip_tui.transfer import export

    workspace = Workspace.open_to_read(Path(file))
    what = export.of_query(workspace, workspace.find("ledger"), 2021)
    return lambda: export.export_one(what, Path(out))


def _frame(file: str) -> "pl.DataFrame":
    import polars as pl

    return pl.DataFrame(_duckdb(file).sql(_LEDGER))


def rustpy_xlsxwriter(file: str, out: str) -> Act:
    """Write it as XLSX with rustpy-xlsxwriter."""
    module: Any = importlib.import_module("rustpy_xlsxwriter")
    return lambda: module.write_worksheet(_frame(file), out)


def xlsxturbo(file: str, out: str) -> Act:
    """Write it with xlsxturbo."""
    module: Any = importlib.import_module("xlsxturbo")
    return lambda: module.df_to_xlsx(_frame(file), out)


def xlsxwriter(file: str, out: str) -> Act:
    """Write it with xlsxwriter, in little memory."""
    module: Any = importlib.import_module("xlsxwriter")

    def act() -> None:
        book = module.Workbook(out, {"constant_memory": True, "strings_to_urls": False})
        sheet = book.add_worksheet()
        for number, row in enumerate(_frame(file).iter_rows()):
            sheet.write_row(number, 0, row)
        book.close()

    return act


WAYS: Final[Mapping[str, Callable[..., Act]]] = {
    way.__name__: way
    for way in (
        imports, imports_least, opens, first_rows, first_rows_polars, table,
        page, page_polars, all_rows, all_rows_polars,
        by_agency, by_agency_polars, interrupt, reread, read_csv, durable, copy_csv, polars_csv,
        lkjip_file, rustpy_xlsxwriter, xlsxturbo, xlsxwriter,
    )
}  # fmt: skip


def main() -> None:
    """Do one thing, and print what it took."""
    act = WAYS[sys.argv[1]](*sys.argv[2:])
    began = time.perf_counter()
    act()
    seconds = time.perf_counter() - began
    held = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("utf-8"))
    print(seconds, int(held[1]) / 1024 if held else 0)


if __name__ == "__main__":
    main()
