"""Print a table of this program beside others, on this machine, now.

    uv run python -m tests.bench [PART…] [--quick] [--folder FOLDER] [--into FILE]

PART is any of start, query, move, edit, imports, exports; else all are measured. Every part
does the same with all programs in turn, so that a busy moment meets each, and counts medians; the
machine should do nothing else. With --quick all is a tenth as long and done a few times, to see
that it works. What is measured on is made in FOLDER and may be used again; else it goes. With
--into FILE the table replaces what stands there between the marks of the one before.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Final

from tests.bench.ground import HARLEQUIN, VISIDATA, Ground
from tests.bench.table import Line, shown
from tests.bench.terminal import surround

#: What stands before and behind the table in a text.
_MARK: Final = "<!-- measured -->"
PARTS: Final = ("start", "query", "move", "edit", "imports", "exports")


def _versions() -> dict[str, str]:
    fixed = (package.split("==")[1] for package in (HARLEQUIN, VISIDATA))
    ours = (version(name) for name in ("duckdb", "polars", "textual"))
    return dict(
        zip(("Harlequin", "VisiData", "DuckDB", "Polars", "Textual"), [*fixed, *ours], strict=True)
    )


@contextmanager
def _folder(asked: Path | None) -> Iterator[Path]:
    if asked:
        asked.mkdir(parents=True, exist_ok=True)
        yield asked.absolute()
    else:
        with tempfile.TemporaryDirectory() as made:
            yield Path(made)


def main() -> None:
    """Measure the parts, and print their lines."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[[], *PARTS])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--into", type=Path)
    asked = parser.parse_args()
    lines: list[Line] = []
    failed = False
    began = time.monotonic()
    with _folder(asked.folder) as folder:
        surround(folder)
        ground = Ground(folder, asked.quick)
        for part in asked.parts or PARTS:
            since = time.monotonic()
            try:
                lines += import_module(f"tests.bench.{part}").measure(ground)
                told = f"{time.monotonic() - since:.0f} s"
            except (TimeoutError, OSError, subprocess.CalledProcessError) as error:
                failed, told = True, f"not measured: {error}"
            print(f"{part}: {told}", file=sys.stderr)
    told = (
        f"{shown(lines, _versions())}\n\n{time.strftime('%d %B %Y')}, in"
        f" {(time.monotonic() - began) / 60:.0f} minutes on {os.cpu_count()} processors,"
        f" {platform.system()}, Python {platform.python_version()}."
    )
    print(told)
    if asked.into and not failed:
        before, _former, behind = asked.into.read_text("utf-8").split(_MARK)
        asked.into.write_text(f"{before}{_MARK}\n{told}\n{_MARK}{behind}", "utf-8")
    sys.exit(failed)


if __name__ == "__main__":
    main()
