"""What the core's tests start from: a file of the example office of one's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lkjip_tui.core.workspace import Workspace
from tests.core.support import open_new_office


@pytest.fixture(scope="session")
def template(_built_example: Path) -> Path:
    """Return a file of the example office that many tests copy and none may change."""
    return _built_example


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Path:
    """Return a closed file of the example office."""
    return shutil.copyfile(template, tmp_path / "office.duckdb")


@pytest.fixture
def fresh(file: Path) -> Iterator[Workspace]:
    """Open the example office in a file of one's own, for what no undo takes back."""
    with Workspace.open(file) as workspace:
        yield workspace


@pytest.fixture
def office(fresh: Workspace) -> Workspace:
    """Return the example office; in a module whose tests share one file it is `standing`."""
    return fresh


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """Open a new office that has nothing yet."""
    with open_new_office(tmp_path / "new.duckdb", "Kecamatan Puri", 2022) as workspace:
        yield workspace
