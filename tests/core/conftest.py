"""What the core's tests start from: a file of the example office of one's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from lkjip_tui import paths
from lkjip_tui.core.query.queries import by_dependency, load
from lkjip_tui.core.workspace import Workspace
from tests.core.support import open_new_office

#: Shipped queries of every kind, and those that their cells come from; what they rest on comes
#: with them.
_FEW: Final = (
    "sheet.accepted_findings", "sheet.activities", "sheet.indicators", "sheet.objectives",
    "sheet.office", "sheet.population", "sheet.printed_figures", "sheet.programs",
    "sheet.quarters", "sheet.report_years", "sheet.scales", "report.achievement",
    "report.budget_summary", "report.population", "report.program_absorption",
    "quality.printed_misspelt", "quality.realization_above_budget",
)  # fmt: skip


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


@pytest.fixture(scope="session")
def _few(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of the example office beside the few queries that it is made with."""
    file = tmp_path_factory.mktemp("few") / "office.duckdb"
    shipped, few = paths.queries_folder(), file.with_name("shipped")
    few.mkdir()
    shutil.copytree(shipped / "schema", few / "schema")
    shutil.copyfile(shipped / "macros.sql", few / "macros.sql")
    for query in by_dependency(load([shipped]).queries, _FEW):
        target = few / Path(query.file).relative_to(shipped)
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(query.file, target)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "queries_folder", lambda: few)
        with Workspace.open(shutil.copyfile(template, file)) as workspace:
            assert workspace.registry.faults == []
    return file


@pytest.fixture
def few(_few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Open the example office in a program with a third of the queries, where these are read anew.

    To write the views of all, and to run all checks, takes much longer.
    """
    monkeypatch.setattr(paths, "queries_folder", lambda: _few.with_name("shipped"))
    with Workspace.open(shutil.copyfile(_few, tmp_path / "office.duckdb")) as workspace:
        yield workspace


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """Open a new office that has nothing yet."""
    with open_new_office(tmp_path / "new.duckdb", "Kecamatan Puri", 2022) as workspace:
        yield workspace
