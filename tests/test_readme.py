"""What the README tells a stranger is true."""

import re
import subprocess
import sys
from pathlib import Path

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui.commands import COMMANDS
from tests.core.support import put

_ROOT = Path(__file__).parents[1]
_README = (_ROOT / "README.md").read_text("utf-8")


def _section(heading: str) -> str:
    """Return the text under a heading."""
    return _README.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def test_the_pictures_and_files_that_it_names_are_there() -> None:
    """The first thing a stranger sees would be a broken picture or a dead link."""
    named = re.findall(r"\]\(([^)#:]+)\)", _README)
    assert named
    assert [name for name in named if not (_ROOT / name).exists()] == []


def test_the_layout_names_every_folder_of_the_package() -> None:
    """Someone who opens the code would not find what is told, or find more."""
    layout = _section("How the code is laid out")
    folders = {path.name for path in (_ROOT / "lkjip_tui").iterdir() if path.is_dir()}
    for folder in folders - {"__pycache__", "locale"}:
        assert f"{folder}/" in layout
    for top in ("queries/", "data/", "tests/"):
        assert top in layout
        assert (_ROOT / top).is_dir()


def test_every_key_of_a_command_stands_in_the_table_of_keys() -> None:
    """A key that nobody is told of is not used."""
    table = _section("Keys")
    for command in COMMANDS:
        if command.keys and not command.built_in:
            assert command.key_text in table, command.id


def test_every_command_of_the_command_line_is_told_and_no_other() -> None:
    """A script would be written for a command that does not exist."""
    told = set(re.findall(r"^lkjip ([a-z|]+)", _section("Command line"), re.MULTILINE))
    names = {name for group in told for name in group.split("|")}
    helped = subprocess.run(
        [sys.executable, "-m", "lkjip_tui", "--lang", "en", "--help"],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    offered = set(re.findall(r"^  ([a-z]+) ", helped.split("Commands:")[1], re.MULTILINE))
    assert names == offered


def test_the_queries_that_it_shows_become_a_sheet_a_table_and_a_check(example: Path) -> None:
    """The promise that none of them needs Python would be broken by its own examples."""
    shown = re.findall(r"```sql\n(.*?)```", _README, re.DOTALL)
    names = re.findall(r"`queries/((?:sheets|tables|checks)/\w+\.sql)`", _README)
    assert len(shown) == len(names) == 3
    for name, text in zip(names, shown, strict=True):
        file = example.parent / "queries" / name
        file.parent.mkdir(parents=True)
        file.write_text(text, "utf-8")
    with Workspace.open(example) as workspace:
        assert workspace.registry.faults == []
        assert workspace.rows(workspace.find("sheet.not_begun"), 2021).count == 0
        assert workspace.rows(workspace.find("report.largest"), 2021).count == 4
        findings, _faults = workspace.findings(2021)
        assert "barely_begun" not in {finding.check_name for finding in findings}
        put(workspace, "activities", "sub_activity/1", "realization", "2.499.999")
        findings, _faults = workspace.findings(2021)
        (finding,) = (f for f in findings if f.check_name == "barely_begun")
        assert "2.499.999" in finding.message


def test_the_count_of_errors_that_it_tells_is_the_one_that_is_found(example: Path) -> None:
    """A stranger would look for findings that are not there."""
    told = re.search(r"(\d+) errors of the example", _README)
    assert told is not None
    with Workspace.open(example) as workspace:
        findings, _faults = workspace.findings(2021)
    assert int(told[1]) == sum(finding.severity == "error" for finding in findings)


def test_its_two_commands_are_those_of_the_project() -> None:
    """The set-up would fail at its first line."""
    start = _section("Start")
    assert "pip install uv && uv run lkjip demo" in start
    assert "pip install uv && uv run pytest" in start
