"""What the tests of the rules start from: one office for all of them."""

from collections.abc import Iterator

import pytest

from lkjip_tui.core.workspace import Workspace
from tests.core.rules.office import create_agreeing
from tests.core.support import take_back


@pytest.fixture(scope="package")
def _agreeing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with create_agreeing(tmp_path_factory.mktemp("rules") / "puri.duckdb") as office:
        yield office


@pytest.fixture
def consistent(_agreeing: Workspace) -> Iterator[Workspace]:
    """Return an office whose facts agree; what a test does in it is taken back."""
    yield _agreeing
    take_back(_agreeing)
