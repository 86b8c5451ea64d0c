"""A ledger written as CSV, Markdown and XLSX, each by a process of its own.

Counted is the writing alone, until the disk has it all; of VisiData its start and reading, too.
XLSX stands beside the fastest of the writers that others keep, which is told; this program alone
writes the printed layout.
"""

import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from time import perf_counter
from typing import Final

from tests.bench.ground import Figures, Ground
from tests.bench.table import Goal, Line, Taken

_WRITERS: Final = ("rustpy_xlsxwriter", "xlsxturbo", "xlsxwriter")
_NONE: Final = {"Textual": "no files", "Harlequin": "DuckDB's COPY"}


class _Out:
    """Files that go once they were written."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self.folder = ground.home()

    def written(self, way: str, file: Path, form: str, python: str = "") -> Figures:
        """Return what writing a file of this form took."""
        out = self.folder / f"out.{form}"
        chosen = {"python": python} if python else {}
        figures = self._ground.way(way, file, out, **chosen)
        out.unlink()
        return figures


def _visidata(ground: Ground, folder: Path) -> float:
    """Return the seconds from start to end, since it reads all before it writes."""
    csv, out = ground.plain(ground.short, "csv"), folder / "visidata.csv"
    began = perf_counter()
    subprocess.run([ground.others / "vd", "-b", csv, "-o", out], check=True, capture_output=True)
    return perf_counter() - began


def measure(ground: Ground) -> Iterable[Line]:
    """Write with each way in turn."""
    rows, few = ground.short, ground.short // 10
    file, short = ground.ours(rows), ground.ours(few)
    others = str(ground.others / "python")
    out, taken = _Out(ground), Taken()
    for _run in range(ground.times(7, 1)):
        for name, way, form in (
            ("DuckDB", "copy_csv", "csv"),
            ("Polars", "polars_csv", "csv"),
            ("lkjip", "lkjip_file", "csv"),
            ("lkjip", "lkjip_file", "md"),
        ):
            seconds, memory = out.written(way, file, form)
            taken.add(name, **{form: seconds, f"{form} peak": memory})
        taken.add("VisiData", csv=_visidata(ground, out.folder))
        taken.add("lkjip", xlsx=out.written("lkjip_file", short, "xlsx").seconds)
        for name in _WRITERS:
            taken.add(name, xlsx=out.written(name, short, "xlsx", others).seconds)
    peaks: Mapping[str, float | str] = {**taken.middles("csv peak"), **_NONE}
    yield Line(
        f"CSV of {rows:,} rows", "s", taken.middle("lkjip", "csv"),
        {**taken.middles("csv"), **_NONE},
        [Goal("× DuckDB's", taken.ratio("csv", "lkjip", "DuckDB"), 1.1)],
    )  # fmt: skip
    yield Line(
        "its memory", "MiB", taken.middle("lkjip", "csv peak"), peaks,
        [Goal("× DuckDB's", taken.ratio("csv peak", "lkjip", "DuckDB"), 1)],
    )  # fmt: skip
    markdown = taken.middle("lkjip", "md")
    yield Line(
        "Markdown of the same", "s", markdown, dict.fromkeys(("DuckDB", "Polars"), "no Markdown"),
        [Goal("× that CSV", markdown / taken.middle("lkjip", "csv"), 1.5)],
    )  # fmt: skip
    fastest = min(_WRITERS, key=lambda name: taken.middle(name, "xlsx"))
    yield Line(
        f"XLSX of {few:,} rows; Polars with {fastest}", "s", taken.middle("lkjip", "xlsx"),
        {"DuckDB": "needs an extension", "Polars": taken.middle(fastest, "xlsx"), **_NONE},
        [Goal(f"× {fastest}'s", taken.ratio("xlsx", "lkjip", fastest), 1.1)],
    )  # fmt: skip
