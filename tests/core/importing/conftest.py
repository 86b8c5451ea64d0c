"""The means to compare a source with a sheet."""

from collections.abc import Callable, Iterator

import pytest

from lkjip_tui.core.figures.block import Block
from lkjip_tui.core.imports.importing import Import
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR

Compare = Callable[..., Import]


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
