"""The program, started as a user starts it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

import lkjip_tui

PROGRAM: Final = (sys.executable, "-m", "lkjip_tui")

Lkjip: TypeAlias = Callable[..., CompletedProcess[str]]
"""Runs `lkjip` with arguments, and `before` them what starts it; gives its code and streams."""


def environment(home: Path) -> dict[str, str]:
    """Return what the program runs in: an empty home, and this package."""
    package = str(Path(lkjip_tui.__file__).parents[1])
    found = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return {**kept, "HOME": str(home), "PYTHONPATH": os.pathsep.join(found)}


@pytest.fixture
def lkjip(tmp_path: Path) -> Lkjip:
    """Return a function that runs the program in an empty home."""

    def run(
        *arguments: object, stdin: str = "", before: tuple[str, ...] = ()
    ) -> CompletedProcess[str]:
        return subprocess.run(
            [*before, *PROGRAM, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env=environment(tmp_path / "home"),
            cwd=tmp_path,
            timeout=60,
            check=False,
        )

    return run
