"""Statements that change facts from the command line, told before they are done."""

import json
from pathlib import Path

import pytest

from lkjip_tui.core.workspace import Workspace
from tests.cli.conftest import Lkjip
from tests.core.support import digest_of

_UPDATE = "update sub_activity_budget set amount = $amount where sub_activity_id = 2"


def _facts(file: Path) -> object:
    with Workspace.open(file, read_only=True) as workspace:
        return digest_of(workspace)


@pytest.mark.slow
@pytest.mark.usefixtures("english")
def test_a_statement_changes_facts_only_with_write_and_as_one_act(
    example: Path, lkjip: Lkjip
) -> None:
    """A script would change what it only wanted to look at, or could not take it back."""
    before = _facts(example)
    refused = lkjip("sql", example, _UPDATE, "--param", "amount=7")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "--write" in refused.stderr
    looked = lkjip(
        "sql", example, _UPDATE, "--param", "amount=7", "--dry-run", "--format", "json"
    )  # fmt: skip
    assert looked.returncode == 0
    (change,) = json.loads(looked.stdout)
    assert (change["column_name"], change["before"], change["after"]) == ("amount", 10_000_000, 7)
    assert _facts(example) == before
    done = lkjip("sql", example, _UPDATE, "--param", "amount=7", "--write")
    assert (done.returncode, done.stdout) == (0, "")
    assert "sub_activity_budget (budget of a sub-activity): 1 of 29 rows changes" in done.stderr
    assert "Realization above budget: 0 → 1" in done.stderr
    assert done.stderr == f"{looked.stderr}lkjip: Saved as act 1; lkjip undo takes it back.\n"
    assert _facts(example) != before
    assert "SQL statement" in lkjip("history", example).stdout
    again = lkjip("sql", example, _UPDATE, "--param", "amount=7", "--write")
    assert (again.returncode, "so already; nothing was changed" in again.stderr) == (0, True)
    none = lkjip("sql", example, "delete from program where number = 99", "--write")
    assert (none.returncode, "No row fits: nothing was changed." in none.stderr) == (0, True)
    assert lkjip("undo", example).returncode == 0
    assert _facts(example) == before


@pytest.mark.parametrize(
    "statement",
    [
        "drop table program",
        "select 1",
        "update journal set label = 'x'",
        "update program set n = 1",
    ],
)
def test_what_is_not_written_ends_with_one(example: Path, lkjip: Lkjip, statement: str) -> None:
    """A script would go on as if it were done."""
    lkjip("set", example, "activities", "realization", "5", "--key", "row_key=sub_activity/1")
    done = lkjip("sql", example, statement, "--write")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("lkjip: ")
