"""The built package works on its own: installed elsewhere, away from the clone and its folders."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def run(*command: object, folder: Path, env: dict[str, str]) -> str:
    """Run a command to its end in a folder and return what it printed; it has to succeed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.slow
def test_the_installed_package_makes_and_shows_the_example(tmp_path: Path) -> None:
    """`uv tool install` would give an office a program without its queries or its example."""
    here = {name: text for name, text in os.environ.items() if name != "VIRTUAL_ENV"}
    run("uv", "build", "--wheel", "--out-dir", tmp_path, REPOSITORY, folder=tmp_path, env=here)
    (wheel,) = tmp_path.glob("*.whl")
    place = tmp_path / "installed"
    run("uv", "venv", "--no-project", "--python", sys.executable, place, folder=tmp_path, env=here)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    run("uv", "pip", "install", "--python", place, wheel, folder=tmp_path, env=here)

    home = tmp_path / "home"
    home.mkdir()
    empty = {"HOME": str(home), "PATH": os.defpath, "PYTHONUTF8": "1"}
    lkjip = programs / "lkjip"
    run(lkjip, "demo", "X.duckdb", "--no-open", folder=home, env=empty)
    shown = run(lkjip, "show", "X.duckdb", "budget_summary", folder=home, env=empty)
    total = {"Jumlah", "4.644.000.103", "3.230.910.909", "69,57"}
    assert any(total <= set(line.split()) for line in shown.splitlines()), shown
