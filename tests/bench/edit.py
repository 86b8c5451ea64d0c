"""What an edit costs until the screen shows it: a figure in a flat sheet, and one in a large tree.

People are typed in the example's flat sheet of them; counted is the time from Enter until the
figure and its total have been written, by which time it is in the file. Then realizations of one
sub kegiatan after the other are typed above their budgets in an office of 10,000 over five years,
until the figure and the new sum of its kegiatan have been written, and from then until the first
line shows one error more. DuckDB beside them changes a fact in a copy, with no journal; then it
reads the same table, and all checks, whole.
"""

import shutil
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import duckdb

from lkjip_tui.core.workspace import Workspace
from tests.bench.big_office import YEAR, above, sums_of
from tests.bench.ground import LKJIP, Ground
from tests.bench.probe import CTRL_G, CTRL_Q, DOWN, ENTER, Probe
from tests.bench.table import Goal, Line, Taken

_FRAME: Final = 16
_BARE: Final = "update population set male = ? where fiscal_year = 2020"
_WITHOUT: Final[Mapping[str, str]] = {
    "Harlequin": "no cells to edit",
    "VisiData": "in memory, until the whole file is written",
    "Polars": "no facts",
    "Textual": "no editing",
}
_NO_TREE: Final = {**_WITHOUT, "VisiData": "no subtotals"}
_NO_CHECKS: Final = dict.fromkeys(_WITHOUT, "no checks")
_UP: Final = "\x1b[A"
_RIGHT: Final = "\x1b[C"


def _printed(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _shown(probe: Probe, *amounts: int) -> float:
    """Return the milliseconds until all these figures have been written."""
    return 1_000 * max(probe.seconds_until(_printed(each)) for each in amounts)


def _bare(connection: duckdb.DuckDBPyConnection, amount: int) -> float:
    """Return the milliseconds of changing a fact with nothing around it."""
    began = time.perf_counter()
    connection.begin()
    connection.execute(_BARE, [amount])
    connection.commit()
    return 1_000 * (time.perf_counter() - began)


def _kept(file: Path, table: str, column: str, runs: int) -> None:
    with duckdb.connect(file, read_only=True) as after:
        kept = after.execute(
            "select count(*) from journal where table_name = ? and column_name = ?",
            [table, column],
        ).fetchall()
    if kept[0][0] < runs:
        raise SystemExit("not every edit is in the file")


def _flat(ground: Ground, home: Path, runs: int) -> Taken:
    """Type people, and change them beside that, in turn."""
    file, copy = home / "example.duckdb", home / "bare.duckdb"
    Workspace.create_example(file).close()
    shutil.copyfile(file, copy)
    with Workspace.open(file) as workspace:
        rows = workspace.rows(workspace.find("sheet.population"), YEAR)
        women = rows.named(rows.window(0, 1)[0])["female"]
    assert isinstance(women, int)
    taken = Taken()
    with (
        duckdb.connect(copy) as bare,
        Probe([LKJIP, "open", str(file)], ground.home()) as probe,
    ):
        probe.seconds_until("● ")
        probe.type(CTRL_G, "sheet.population")
        probe.press(ENTER)
        probe.seconds_until("Sex ratio")
        for men in range(40_001, 40_001 + runs):
            probe.type(str(men))
            probe.press(ENTER)
            taken.add("lkjip", edit=_shown(probe, men, men + women))
            probe.rest(0.3)
            taken.add("DuckDB", edit=_bare(bare, men))
            probe.press(_UP)
        probe.leave(CTRL_Q)
    _kept(file, "population", "male", runs)
    return taken


def _tree(ground: Ground, home: Path, sums: Sequence[int]) -> Taken:
    """Type above the budgets, and read the same views beside that."""
    file, copy = (
        Path(shutil.copy(ground.office(), home / name)) for name in ("o.duckdb", "b.duckdb")
    )
    taken = Taken()
    with Probe([LKJIP, "open", str(file)], ground.home()) as probe:
        probe.seconds_until("● 0")
        probe.type(DOWN * 2, _RIGHT * 3)
        for number, total in enumerate(sums, 1):
            probe.type(str(above(number)))
            probe.press(ENTER)
            rows = _shown(probe, above(number), total)
            counted = 1_000 * probe.seconds_until(f"● {number} ") - rows
            taken.add("lkjip", rows=rows, counted=counted)
        probe.leave(CTRL_Q)
    for _run in range(3):
        sheet, checks = (
            1_000 * ground.way("reread", copy, views).seconds
            for views in (r"sheet\.activities", r"quality\..*")
        )
        taken.add("DuckDB", rows=sheet, counted=checks)
    _kept(file, "sub_activity_realization", "amount", len(sums))
    return taken


def measure(ground: Ground) -> Iterable[Line]:
    """Edit in both sheets."""
    runs = ground.times(100, 10)
    home = ground.home()
    flat = _flat(ground, home, runs)
    edit, bare = flat.middle("lkjip", "edit"), flat.middle("DuckDB", "edit")
    yield Line(
        "an edit, in the file and on the screen", "ms", edit, {**_WITHOUT, "DuckDB": bare},
        [Goal(f"ms: 3 × DuckDB's and {_FRAME}", edit, 3 * bare + _FRAME)],
    )  # fmt: skip
    tree = _tree(ground, home, sums_of(ground.office(), runs))
    told = (
        ("the same among 10,000 × 5 years, with its sums", "rows", _NO_TREE, 50),
        ("the count of what is wrong, after that", "counted", _NO_CHECKS, 300),
    )
    for work, kind, without, most in told:
        yield Line(
            work, "ms", tree.middle("lkjip", kind),
            {**without, "DuckDB": tree.middle("DuckDB", kind)},
            [Goal("ms at the 95th percentile", tree.late("lkjip", kind), most)],
        )  # fmt: skip
