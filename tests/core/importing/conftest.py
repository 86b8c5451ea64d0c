"""An office with nothing in it, and the means to compare a source with a sheet."""

from collections.abc import Callable, Iterator

import pytest

from lkjip_tui.core.block import Block
from lkjip_tui.core.importing import Import
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR, take_back

Compare = Callable[..., Import]


@pytest.fixture(scope="module")
def _empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("empty") / "office.duckdb"
    with Workspace.create(path, "Kecamatan Baru", YEAR) as workspace:
        yield workspace


@pytest.fixture
def empty(_empty: Workspace) -> Iterator[Workspace]:
    """Return an office with nothing in it, open for a module; each test's acts are taken back."""
    yield _empty
    take_back(_empty)


@pytest.fixture
def compare() -> Iterator[Compare]:
    """Return a function that holds a source against a sheet; it is closed at the end."""
    opened: list[Import] = []

    def held(workspace: Workspace, sheet: str, source: Block, **mapped: str) -> Import:
        by_heading = {heading: column for column, heading in mapped.items()}
        found = workspace.compare(workspace.find(sheet), YEAR, source, by_heading)
        opened.append(found)
        return found

    yield held
    for each in opened:
        each.close()
