"""The core stays headless and exact: proved on the running program and on its text."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import lkjip_tui
from tests.core.support import run_python

PACKAGE = Path(lkjip_tui.__file__).parent
CORE = sorted((PACKAGE / "core").rglob("*.py"))


def test_the_core_loads_no_screen_no_terminal_and_no_data_frame() -> None:
    """`lkjip show` on a server would need a terminal library, and start slowly."""
    found = run_python(
        """
        import importlib, pkgutil, sys
        import lkjip_tui.core as core
        for found in pkgutil.walk_packages(core.__path__, "lkjip_tui.core."):
            importlib.import_module(found.name)
        unwanted = {"textual", "rich", "typer", "polars", "lkjip_tui.grid", "lkjip_tui.tui"}
        print(*sorted(unwanted & sys.modules.keys()))
        """
    )
    assert found.returncode == 0, found.stderr
    assert found.stdout.split() == []


def test_what_only_speaks_loads_no_driver() -> None:
    """`lkjip --help` would wait for the database's driver."""
    found = run_python(
        """
        import sys
        import lkjip_tui.paths, lkjip_tui.language, lkjip_tui.core.errors
        print("duckdb" in sys.modules)
        """
    )
    assert found.stdout.strip() == "False", found.stderr


def test_the_first_rows_wait_for_nothing_that_is_seldom_done() -> None:
    """Opening a file would take longer with everything that can be done with it later."""
    found = run_python(
        """
        import sys
        import lkjip_tui.tui.app, lkjip_tui.tui.workbench
        seldom = (
            "storage.copies", "editions", "differences", "changes.restoring", "imports.comparison",
            "imports.source_columns", "imports.recognition", "changes.provenance",
        )
        heavy = {
            "docx", "matplotlib", "numpy", "openpyxl", "polars", "tomllib",
            "lkjip_tui.transfer.export",
        }
        unwanted = heavy | {f"lkjip_tui.core.{name}" for name in seldom}
        print(*sorted(unwanted & sys.modules.keys()))
        """
    )
    assert found.returncode == 0, found.stderr
    assert found.stdout.split() == []


def test_imports_go_one_way() -> None:
    """A screen would reach into the database, and neither could be changed alone."""
    command = Path(sys.executable).with_name("lint-imports")
    if not command.exists():
        pytest.skip("import-linter is not installed here")
    found = subprocess.run(
        [command, "--no-cache"], cwd=PACKAGE.parent, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("file", CORE, ids=lambda file: file.stem)
def test_no_figure_of_the_core_is_a_float(file: Path) -> None:
    """A rupiah would be lost in the fourth billion."""
    tree = ast.parse(file.read_text("utf-8"))
    settings = next(
        (
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "_Settings"
        ),
        None,
    )
    types_of_the_driver = set(ast.walk(settings)) if settings else set()
    for node in ast.walk(tree):
        if node in types_of_the_driver:
            continue
        is_float = (isinstance(node, ast.Name) and node.id == "float") or (
            isinstance(node, ast.Constant) and isinstance(node.value, float)
        )
        divides = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        whose = ast.unparse(node)
        assert not is_float, f"{file.name}, line {node.lineno}: {whose}"  # type: ignore[attr-defined]
        joins_paths = "folder" in whose or '/ "' in whose.replace("'", '"')
        assert not divides or joins_paths, f"{file.name}: {whose}"


def test_only_the_database_its_cursors_and_what_tells_their_errors_know_the_driver() -> None:
    """An error of the driver would reach a user untranslated."""
    users = {
        file.stem
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and "duckdb" in ast.unparse(node).split()
    }
    assert users == {"cursors", "database", "driver_errors"}
