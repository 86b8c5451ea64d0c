"""Whatever a disk makes of a file and of what stands beside it: told, or it harms nothing."""

import logging
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.core.support import run_python, start_python

_log = logging.getLogger(__name__)
_CASES = 120
_FULL = 1_000

#: Saves one change after another, tells what the facts come to after each, and is left as it is
#: asked to be: closed, or killed with its log, or killed while the log is moved into the file.
_WRITER = """
    import os, resource, signal, sys
    from pathlib import Path
    from lkjip_tui.core.workspace import Workspace
    from tests.core.support import digest_of, put

    path, left = Path(sys.argv[1]), sys.argv[2]
    workspace = Workspace.open(path)
    for number in range(40):
        if number == 20:
            workspace.checkpoint()
        put(workspace, "programs", f"program/{1 + number % 5}", "budget_revised", str(number))
        print(digest_of(workspace), flush=True)
    if left == "closed":
        workspace.close()
    elif left == "killed in a checkpoint":
        size = path.stat().st_size  # the system kills it at its first byte behind the file's end
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        workspace.checkpoint()
    os.kill(os.getpid(), signal.SIGKILL)
    """
#: Opens what it is told to, reads every fact, and says how that ended.
_READER = """
    import sys
    from pathlib import Path
    from lkjip_tui.core.errors import LkjipError
    from lkjip_tui.core.workspace import Workspace
    from tests.core.support import digest_of, inside

    for line in sys.stdin:
        try:
            with Workspace.open(Path(line.rstrip("\\n"))) as workspace:
                number = inside(workspace).database.value("select max(journal_id) from journal")
                loss = workspace.loss
                found = f"{number} {loss.missing_rows if loss else -1} {digest_of(workspace)}"
        except LkjipError as error:
            found = f"told {type(error).__name__}"
        print(found, flush=True)
    """


def _flip(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _flip_a_header(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(min(len(content), 3 * 4096))] ^= 1 << chance.randrange(8)


def _cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def _blank(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content))
    content[start : start + 4096] = bytes(len(content[start : start + 4096]))


def _scramble(content: bytearray, chance: random.Random) -> None:
    start, count = chance.randrange(len(content)), chance.randrange(1, 512)
    content[start : start + count] = chance.randbytes(len(content[start : start + count]))


def _repeat(content: bytearray, chance: random.Random) -> None:
    """Put what stands elsewhere in a place, as a disk does that writes a block wrongly."""
    place, other = sorted(chance.randrange(len(content)) for _place in range(2))
    count = min(4096, len(content) - other)
    content[place : place + count] = content[other : other + count]


_DAMAGES: Final[tuple[Callable[[bytearray, random.Random], None], ...]] = (
    _flip, _flip_a_header, _cut, _blank, _scramble, _repeat,
)  # fmt: skip


class _Reader:
    """Another process that opens file after file; a new one when it dies."""

    def __init__(self) -> None:
        self._process = start_python(_READER)

    def read(self, file: Path) -> str:
        """Return how it ended: "died" when the process did."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{file}\n")
        self._process.stdin.flush()
        found = self._process.stdout.readline().strip()
        if not found:
            self.close()
            self._process = start_python(_READER)
        return found or "died"

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


@pytest.fixture
def reader() -> Iterator[_Reader]:
    """Return such a process."""
    process = _Reader()
    yield process
    process.close()


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("left", ["closed", "killed", "killed in a checkpoint"])
def test_nothing_that_was_saved_is_missed_in_silence(
    example: Path, tmp_path: Path, reader: _Reader, left: str, pytestconfig: pytest.Config
) -> None:
    """Figures that an office saw saved would be others, and nobody would know."""
    whole = tmp_path / "whole"
    whole.mkdir()
    saved = run_python(_WRITER, shutil.copyfile(example, whole / "office.duckdb"), left)
    facts = saved.stdout.splitlines()
    assert len(facts) == 40, saved.stderr
    names = {path.name for path in whole.iterdir()}
    assert ("office.duckdb.wal" in names) == (left != "closed")
    assert ("office.duckdb.rollback" in names) == (left == "killed in a checkpoint")
    chance = random.Random(20211231)  # noqa: S311 - nothing secret
    ends = Counter[str]()
    for case in range(_FULL if pytestconfig.getoption("--full") else _CASES):
        folder = shutil.copytree(whole, tmp_path / "damaged")
        victim = chance.choice(sorted(folder.iterdir()))
        damage = chance.choice(_DAMAGES)
        content = bytearray(victim.read_bytes())
        damage(content, chance)
        victim.write_bytes(content)
        found = reader.read(folder / "office.duckdb")
        about = f"case {case}, {damage.__name__} in {victim.name}: {found[:80]}"
        assert found != "died", about
        if not found.startswith("told"):
            number, missing, shown = found.split(" ", 2)
            assert shown == facts[int(number) - 1], about
            is_marked = victim.name != "office.duckdb.mark"
            assert int(number) == 40 or int(missing) >= (40 - int(number)) * is_marked, about
            found = "whole" if int(number) == 40 else "loss told"
        ends[found] += 1
        shutil.rmtree(folder)
    _log.info("%s: %s", left, dict(ends))
    assert ends["whole"]
    assert ends["told FileDamaged"]
