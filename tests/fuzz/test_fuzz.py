"""The fuzzers for some seconds each; for as long as is promised with `--full`."""

import importlib
from pathlib import Path

import pytest

from lkjip_tui.core.errors import FileError
from lkjip_tui.transfer import source
from tests.fuzz import imports
from tests.fuzz.__main__ import FUZZERS
from tests.fuzz.running import run

pytestmark = pytest.mark.slow

#: Seconds for each of them: in every run, and until nothing is found any more.
_SHORT = {"KEYS": 15, "IMPORT": 5, "HEADERS": 2, "NUMBERS": 2, "SETTINGS": 2}
_FULL = 900


@pytest.mark.timeout(0)
@pytest.mark.parametrize("what", FUZZERS)
def test_nothing_is_found(what: str, request: pytest.FixtureRequest) -> None:
    """What nobody thought of would end the program, or lose a figure."""
    seconds = _FULL if request.config.getoption("--full") else _SHORT[what]
    laws = importlib.import_module(f"tests.fuzz.{FUZZERS[what]}").LAWS
    tried = run(laws, seconds)
    assert tried.examples
    assert not tried.finding, tried.finding


def test_a_few_bytes_that_say_a_million_rows_are_refused(tmp_path: Path) -> None:
    """The program would take half a minute and all memory for them."""
    file = tmp_path / "x.ods"
    file.write_bytes(imports.open_document(rows=1 << 31, columns=3))
    with pytest.raises(FileError, match="4000000"):
        source.read(file)


@pytest.mark.parametrize("ending", [".parquet", ".ods"])
def test_a_reader_is_not_taken_from_the_folder_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """Code that lies beside somebody's file would run."""
    monkeypatch.chdir(tmp_path)
    for name in ("polars", "python_calamine"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    content = imports.frames()[0] if ending == ".parquet" else imports.open_document()
    file = tmp_path / f"in{ending}"
    file.write_bytes(content)
    assert source.read(file).block.rows
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("at", [192, 906])
def test_a_file_that_would_end_its_reader_is_refused(tmp_path: Path, at: int) -> None:
    """The program would end in the midst of the work, the screen full of a library's words."""
    content = imports.frames()[2]
    file = tmp_path / "in.parquet"
    file.write_bytes(content[:at] + b"\x7f" + content[at + 1 :])
    with pytest.raises(FileError, match=r"in\.parquet"):
        source.read(file)
