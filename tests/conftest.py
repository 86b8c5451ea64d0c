"""What every test starts from: a file of the example office, and a language."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lkjip_tui import language
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR, open_new_office, take_back, undoing


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the golden files anew, and the one that takes the time."""
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files as they are now"
    )
    parser.addoption(
        "--full", action="store_true", help="as many random cases as are promised, for hours"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Keep what is compiled, where Python may not: every process would compile all of it anew."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
        folder = str(config.rootpath / ".pytest_cache" / "compiled")
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = folder
        sys.dont_write_bytecode = False


@pytest.hookimpl
def pytest_xdist_auto_num_workers() -> int:
    """Use one process more than there are processors: tests wait for screens and disks, too."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def _spoken() -> Iterator[None]:
    """Speak the language that LKJIP_LANG asks for, whatever a test did before."""
    language.use(language.from_environment())
    yield
    language.use(language.from_environment())


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English, here and in the programs that a test starts, for tests that read words."""
    monkeypatch.setenv("LKJIP_LANG", "en")
    language.use("en")


@pytest.fixture(params=[False, True], ids=["one by one", "in sets"])
def either_road(request: pytest.FixtureRequest) -> Iterator[None]:
    """Undo and redo by either road, however few changes there are."""
    with undoing(in_sets=request.param):
        yield


@pytest.fixture(scope="session")
def _built_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("example") / "sooko.duckdb"
    Workspace.create_example(path).close()
    return path


@pytest.fixture
def example(_built_example: Path, tmp_path: Path) -> Path:
    """Return a fresh file of the example office."""
    return shutil.copyfile(_built_example, tmp_path / "sooko.duckdb")


@pytest.fixture(scope="module")
def _standing(
    _built_example: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("standing") / "office.duckdb"
    with Workspace.open(shutil.copyfile(_built_example, path)) as workspace:
        yield workspace


@pytest.fixture
def standing(_standing: Workspace) -> Iterator[Workspace]:
    """Return the example office, open for all tests of a module; each one's acts are taken back."""
    yield _standing
    take_back(_standing)


@pytest.fixture(scope="module")
def _new_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("new") / "office.duckdb"
    with open_new_office(path, "Kecamatan Baru", YEAR) as workspace:
        yield workspace


@pytest.fixture
def new_office(_new_office: Workspace) -> Iterator[Workspace]:
    """Return an office with nothing in it, open for a module; each test's acts are taken back."""
    yield _new_office
    take_back(_new_office)
