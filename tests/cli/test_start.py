"""The program answers at once, in the language asked for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import lkjip_tui
from tests.cli.conftest import PROGRAM, Lkjip, environment

COMMANDS = [
    "demo", "new", "open", "list", "show", "export", "sql", "check", "set", "history", "undo",
    "redo", "year", "backup", "report", "import", "restore", "edition", "editions", "diff",
]  # fmt: skip

_TRACE = """
import json, sys
from lkjip_tui.cli import run
code = run(sys.argv[1:])
print(json.dumps([code, sorted({name.split(".")[0] for name in sys.modules})]), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["open", "--help"], ["nonsense"], ["history", "x", "--limit", "y"]],
)
def test_help_loads_no_screens_no_driver_and_no_data_frames(
    arguments: list[str], tmp_path: Path
) -> None:
    """Otherwise `lkjip --help` would take a second, and every command with it."""
    done = subprocess.run(
        [sys.executable, "-c", _TRACE, *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path),
        check=True,
    )
    _code, modules = json.loads(done.stderr.splitlines()[-1])
    heavy = {"textual", "duckdb", "polars", "rich", "pydantic", "docx", "matplotlib", "numpy"}
    assert not heavy & set(modules)


def test_help_names_every_command(program: Lkjip) -> None:
    """Otherwise a user would not find what the program can do."""
    done = program("--help")
    assert done.returncode == 0
    assert done.stderr == ""
    for command in COMMANDS:
        assert f"\n  {command} " in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, lkjip: Lkjip) -> None:
    """Otherwise a user would have to guess its arguments."""
    done = lkjip(command, "--help")
    assert done.returncode == 0
    assert "--help" in done.stdout


def test_the_version_is_the_package_s(program: Lkjip) -> None:
    """Otherwise a report of a fault would name another version."""
    assert program("--version").stdout == f"lkjip {lkjip_tui.__version__}\n"


def test_help_speaks_the_language_that_stands_before_the_command(program: Lkjip) -> None:
    """Otherwise an Indonesian user would read English in spite of asking."""
    english = program("--lang", "en", "show", "--help").stdout
    assert "Show a sheet, table or check." in english
    assert program("--lang=en", "show", "--help").stdout == english
    indonesian = program("--lang", "id", "show", "--help")
    assert indonesian.returncode == 0, indonesian.stderr
    assert "Show a sheet, table or check." not in indonesian.stdout


def test_an_unknown_command_option_or_language_is_a_usage_error(program: Lkjip) -> None:
    """Otherwise a script would take a misspelt command for a success."""
    for arguments in (["shw"], ["list"], ["list", "x", "--nope"], ["--lang", "fr", "list", "x"]):
        done = program(*arguments)
        assert done.returncode == 2, arguments
        assert done.stdout == ""
        assert done.stderr.startswith("lkjip: ")
        assert "Traceback" not in done.stderr


def test_the_package_runs_as_a_module(program: Lkjip) -> None:
    """Otherwise `python -m lkjip_tui` would not work where no script is installed."""
    assert PROGRAM[1:] == ("-m", "lkjip_tui")
    assert program("--version").returncode == 0
