"""The command line: as a user starts it, and a command of it in this process."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

import lkjip_tui
from lkjip_tui import cli

PROGRAM: Final = (sys.executable, "-m", "lkjip_tui")

Lkjip: TypeAlias = Callable[..., CompletedProcess[str]]
"""Runs `lkjip` with arguments; gives its code and streams."""


def environment(home: Path) -> dict[str, str]:
    """Return what the program runs in: an empty home, and this package."""
    package = str(Path(lkjip_tui.__file__).parents[1])
    found = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return {**kept, "HOME": str(home), "PYTHONPATH": os.pathsep.join(found)}


@pytest.fixture
def lkjip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lkjip:
    """Return a function that runs a command in an empty home, without the start of a program."""
    for name, value in environment(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object, stdin: str = "") -> CompletedProcess[str]:
        texts = [str(argument) for argument in arguments]
        streams = {
            "stdin": io.BytesIO(stdin.encode()),
            "stdout": io.BytesIO(),
            "stderr": io.BytesIO(),
        }
        with monkeypatch.context() as patch:
            for name, held in streams.items():
                patch.setattr(sys, name, io.TextIOWrapper(held, "utf-8", write_through=True))
            code = cli.run(texts)
            said = [streams[name].getvalue().decode() for name in ("stdout", "stderr")]
        return CompletedProcess(texts, code, *said)

    return run


@pytest.fixture
def program(tmp_path: Path) -> Lkjip:
    """Return a function that starts the program in an empty home."""

    def run(*arguments: object, stdin: str = "") -> CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env=environment(tmp_path / "home"),
            cwd=tmp_path,
            timeout=60,
            check=False,
        )

    return run
