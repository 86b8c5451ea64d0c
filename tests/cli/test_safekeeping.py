"""`restore`, `edition`, `editions` and `diff`."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Lkjip

pytestmark = pytest.mark.usefixtures("english")

GAJI = "--key", "row_key=sub_activity/3", "realization"


@pytest.mark.slow
def test_a_script_restores_what_it_listed_before(
    lkjip: Lkjip, example: Path, tmp_path: Path
) -> None:
    """A script could not tell what a restore does, or would have to trust it blindly."""
    copy = tmp_path / "copy.duckdb"
    lkjip("backup", example, copy)
    before = copy.read_bytes()
    assert lkjip("restore", example, copy).stdout == ""
    lkjip("set", example, "activities", *GAJI, "8")
    listed = lkjip("restore", example, copy, "--dry-run", "--format", "json")
    (change,) = json.loads(listed.stdout)
    assert (change["table_name"], change["column_name"]) == ("sub_activity_realization", "amount")
    assert (change["before"], change["after"]) == (8, 2_015_461_800)
    assert "2.015.461.800" in lkjip("restore", example, copy, "--dry-run").stdout
    assert lkjip("restore", example, copy).stdout == "Restored: 1 cell\n"
    assert "2.015.461.800 → 8" in lkjip("undo", example).stdout
    assert copy.read_bytes() == before
    missing = lkjip("restore", example, tmp_path / "none.duckdb")
    assert missing.returncode == 1
    assert "lkjip new" not in missing.stderr, "a new file would not help"
    other = tmp_path / "other.duckdb"
    lkjip("new", other, "--office", "Kecamatan Puri", "--year", "2022")
    refused = lkjip("restore", example, other, "--dry-run")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "--other-office" in refused.stderr
    assert lkjip("restore", example, other, "--dry-run", "--other-office").returncode == 0


def test_a_script_makes_one_safe_copy_however_much_it_changes(lkjip: Lkjip, example: Path) -> None:
    """A script of a thousand changes would copy the file a thousand times."""
    for text in ("7", "8", "9"):
        assert lkjip("set", example, "activities", *GAJI, text).returncode == 0
    folder = example.with_name(f"{example.name}.backups")
    assert len(list(folder.iterdir())) == 1
    (copy,) = folder.iterdir()
    copy.unlink()
    folder.rmdir()
    folder.write_text("no folder", "utf-8")
    went_on = lkjip("set", example, "activities", *GAJI, "10")
    assert went_on.returncode == 0
    assert "→ 10" in went_on.stdout
    assert "No safe copy" in went_on.stderr


@pytest.mark.slow
def test_an_edition_is_frozen_listed_and_compared(lkjip: Lkjip, example: Path) -> None:
    """Nobody could prove what was printed, or say what changed since."""
    assert "No edition" in lkjip("editions", example).stderr
    made = lkjip("edition", example, "LKjIP 2021 final")
    folder = Path(made.stdout.strip())
    assert (folder / "tables" / "achievement.md").is_file()
    assert lkjip("edition", example, "LKjIP 2021 final").returncode == 1
    same = lkjip("diff", example, "LKjIP 2021 final")
    assert (same.returncode, same.stdout) == (0, "")
    lkjip("set", example, "activities", *GAJI, "8")
    manifest = folder / "edition.json"
    manifest.chmod(0o644)
    manifest.write_text(manifest.read_text("utf-8").replace("Sooko", "Puri"), "utf-8")
    told = lkjip("diff", example, "LKjIP 2021 final", "--format", "json")
    assert "edition.json" in told.stderr
    cells = {(d["view_name"], d["row_key"], d["column_name"]): d for d in json.loads(told.stdout)}
    cell = cells["report.budget_summary", "sub_activity/3", "budget_realization"]
    assert (cell["change"], cell["then"], cell["now"]) == ("changed", "2.015.461.800", "8")
    assert lkjip("diff", example, "first draft").returncode == 2
    (listed,) = json.loads(lkjip("editions", example, "--format", "json").stdout)
    assert (listed["fiscal_year"], listed["changed"]) == (2021, ["edition.json"])
