"""Every attack on the command line, each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Lkjip
from tests.cli.conftest import program as program  # noqa: PLC0414 - a fixture
from tests.core.attacks import ATTACKS, ENDLESS, HOGS, LOTS, READS, aimed, short
from tests.core.support import bytes_of

pytestmark = pytest.mark.slow

_LONGEST_ARGUMENT = 100_000
#: Bytes that a statement may take, the program and what the database does not count among them.
_MOST = 2 << 30


def _asked(program: Lkjip, file: Path, statement: str) -> subprocess.CompletedProcess[str]:
    """Run a statement by whatever way it can be given."""
    is_argument = "\x00" not in statement and 0 < len(statement) < _LONGEST_ARGUMENT
    given = ["--", statement] if is_argument else ["-"]
    return program("sql", file, "--format", "json", *given, stdin="" if is_argument else statement)


@pytest.mark.parametrize("attacks", LOTS, ids=short)
def test_no_process_changes_or_sees_anything(
    example: Path, program: Lkjip, attacks: list[str]
) -> None:
    """A script with a text from elsewhere in it could empty the office's file."""
    near = example.parent / "near"
    near.mkdir()
    (near / "secret.csv").write_text("a,b\n1,only for the owner\n")
    program("sql", example, "select 1")
    before = bytes_of(example.parent)
    for attack in attacks:
        done = _asked(program, example, aimed(attack, near))
        assert done.returncode in {0, 1}, attack  # some find nothing to do, as write_log
        assert bool(done.stderr.startswith("lkjip: ")) == bool(done.returncode), attack
        assert "only for the owner" not in done.stdout + done.stderr
        assert bytes_of(example.parent) == before, attack


def test_every_process_reads(example: Path, program: Lkjip) -> None:
    """Power users could not look at their own figures."""
    for statement, _count in READS[::3]:
        given = [f"--param={name}=1" for name in ("id", "1", "2") if f"${name}" in statement]
        given += ["--param=1=1"] if "?" in statement else []
        done = program("sql", example, "--format", "csv", *given, "-", stdin=statement)
        assert (done.returncode, done.stderr) == (0, ""), statement


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no system caps a process")
@pytest.mark.parametrize(
    "statement",
    [
        *HOGS,
        "select repeat('x', 1000000000)",
        "select 1" + " union all select 1" * 5_000,
    ],
    ids=short,
)
def test_no_process_takes_the_machine_s_memory(example: Path, statement: str) -> None:
    """The system would end other people's programs for want of memory."""
    code = (
        "import os, resource, sys; from lkjip_tui.cli import run; code = run(sys.argv[1:]);"
        "sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "sql", str(example), "-", "--format", "json"],
        input=statement, capture_output=True, encoding="utf-8", check=False, timeout=100,
        env={**os.environ, "LKJIP_LANG": "en"},
    )  # fmt: skip
    assert int(done.stderr.split()[-1]) * 1024 < _MOST
    assert done.returncode == (0 if "union all" in statement else 1)


@pytest.mark.parametrize("statement", ENDLESS, ids=short)
def test_no_process_runs_for_ever(example: Path, program: Lkjip, statement: str) -> None:
    """A script that nobody looks at would keep a processor busy for days."""
    done = program("sql", example, statement, "--timeout", "1")
    assert (done.returncode, done.stdout) == (1, "")
    assert "--timeout" in done.stderr


def test_there_are_enough_of_them() -> None:
    """The list would be cut short, and nobody see it."""
    assert len({*ATTACKS}) >= 250
