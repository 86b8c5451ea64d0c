"""A program killed at any instant, on its screen or as a command, loses nothing that it showed.

With `--full` 540 kills. What they came to is written to the log.
"""

import itertools
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Final

import pytest

from lkjip_tui import paths
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.workspace import Workspace
from tests.core.support import Facts, facts_of, inside
from tests.core.test_workspace import LATER
from tests.slow import found_again
from tests.slow.found_again import Done, Ledger
from tests.slow.user import Program, Screen

pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200), pytest.mark.usefixtures("english")]

_log = logging.getLogger(__name__)
LKJIP: Final = [sys.executable, "-m", "lkjip_tui"]
#: How often each is killed, in full and in short; each file serves as many kills.
_ON_THE_SCREEN: Final = 260, 6
_AS_A_COMMAND: Final = 220, 9
_MIGRATING: Final = 60, 4
_A_FILE: Final = 20
_LINES: Final = 300
#: How many are killed at work, and not while they begin.
_IN_THE_ACT: Final = 0.8
#: Seconds in which they are killed: after the start; with the screen there; after a command has
#: begun to write.
_BEGINNING: Final = 2.5
_SCREEN_SECONDS: Final = 8.0
_SOON: Final = 0.2, 1.0, 5.0
#: The ways, as they are met in the field, and the exit codes they may have: by its own or before.
_WAYS: Final[Mapping[str, tuple[int, ...]]] = {
    "SIGKILL": (-9,),
    "SIGTERM": (143, -15),
    "SIGHUP": (129, -1),
    "closed terminal": (129, -1, 1),
}
_HOME: Final = "\x1b[1;5H"
_TO_GAJI: Final = _HOME + 5 * "\x1b[B"
TO_ITS_BUDGET: Final = _TO_GAJI + 3 * "\x1b[C"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which nothing of another user stands."""
    folder = tmp_path / "home"
    folder.mkdir()
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    return {**os.environ, **terminal, "HOME": str(folder), "LKJIP_LANG": "en"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a file of new sub kegiatan, to be imported."""
    lines = [f"7.01.09.2.01.{n:04d};Sub kegiatan {n};{n}\n" for n in range(_LINES)]
    head = "Kode;Uraian;Pagu\n7.01.09;PROGRAM BARU;\n7.01.09.2.01;Kegiatan baru;\n"
    file = tmp_path / "dpa.csv"
    file.write_text(head + "".join(lines), "utf-8")
    return file


def _files(example: Path, ledger: Ledger, kills: int) -> Iterator[tuple[Path, int]]:
    """Yield a fresh file in a folder of its own, and for how many kills at most, until all are."""
    number = 0
    while (left := kills - ledger.kills.total()) > 0:
        number += 1
        folder = example.parent / f"office {number}"
        folder.mkdir()
        ledger.held = 0
        yield shutil.copyfile(example, folder / "sooko.duckdb"), min(_A_FILE, left)
        shutil.rmtree(folder)


def _kills(config: pytest.Config, numbers: tuple[int, int]) -> int:
    return numbers[0] if config.getoption("--full") else numbers[1]


class User:
    """Somebody who works at the screen as fast as it answers, and notes what it shows."""

    def __init__(self, program: Program, ledger: Ledger, source: Path, chance: Random) -> None:
        self._program = program
        self._ledger = ledger
        self._source = source
        self._chance = chance
        self._last: Done | None = None

    def work(self) -> None:
        """Work until the program ends."""
        acts = [
            *(6 * [self._edit]), *(3 * [self._paste]), *(3 * [self._undo_and_redo]),
            *(2 * [self._new_row]), self._import, self._start_year, self._rest,
        ]  # fmt: skip
        while self._chance.choice(acts)():
            pass

    def _do(self, done: Done, keys: str, is_shown: Callable[[Screen], bool]) -> bool:
        self._ledger.begin(done)
        self._program.press(keys)
        if not self._program.see(is_shown, done.kind):
            return False
        self._ledger.end()
        self._last = done
        return True

    def _figure(self) -> int:
        return self._chance.randrange(1_000_000, 9_999_999)

    def _edit(self) -> bool:
        figure = self._figure()
        return self._do(
            Done("edit", 1, str(figure)),
            f"{TO_ITS_BUDGET}{figure}\r",
            lambda screen: "saved" in screen.status and _shown(figure) in screen.line("Gaji"),
        )

    def _paste(self) -> bool:
        figure = self._figure()
        return self._do(
            Done("paste", 2, str(figure)),
            f"{TO_ITS_BUDGET}\x1b[200~{figure}\n{figure + 1}\n\x1b[201~",
            lambda screen: (
                "paste: 2 cells" in screen.status and _shown(figure) in screen.line("Gaji")
            ),
        )

    def _undo_and_redo(self) -> bool:
        return self._last is None or (
            self._undo()
            and self._do(
                Done("redo", self._last.changes), "\x19", lambda screen: "redone" in screen.status
            )
        )

    def _undo(self) -> bool:
        last = self._last
        assert last
        self._last = (
            last
            if self._do(
                Done("undo", last.changes), "\x1a", lambda screen: "undone" in screen.status
            )
            else None
        )
        return self._last is not None

    def _take_back(self) -> bool:
        """Undo what is not to be undone once more, nor done again."""
        is_undone = self._undo()
        self._last = None
        return is_undone

    def _new_row(self) -> bool:
        name = f"Baris {self._figure()}"
        return self._do(
            Done("new row"), f"{_TO_GAJI}\x1b[2~", lambda screen: "new row" in screen.status
        ) and self._do(
            Done("name", 1, name),
            f"{name}\r",
            lambda screen: "saved" in screen.status and name in str(screen),
        )

    def _import(self) -> bool:
        self._program.press("\x1bi")
        if not self._program.see_text("nothing is written before"):
            return False
        self._program.press(f"\x01{self._source}\r")
        if not self._program.see_text("rows are new"):
            return False
        done = Done("import", None, f"Sub kegiatan {_LINES - 1}")
        return (
            self._do(done, "\x1b[15~", lambda screen: "import: " in screen.status)
            and self._take_back()
        )

    def _start_year(self) -> bool:
        self._program.press("\x10start a year")
        if not self._program.see_text("Start a year"):
            return False
        self._program.press("\r")
        if not self._program.see_text("It gets the structure"):
            return False
        if (
            not self._do(Done("start a year"), "\r", lambda screen: "is started" in screen.status)
            or not self._take_back()
        ):
            return False
        self._program.press("\x7f")
        return self._program.see_text("Revised budget")

    def _rest(self) -> bool:
        """Do nothing, so that the log is moved into the file, and copies are made."""
        self._program.rest(2.6)
        return not self._program.has_ended()


def _shown(figure: int) -> str:
    return f"{figure:,}".replace(",", ".")


def test_no_kill_on_the_screen_loses_what_was_shown(
    example: Path, source: Path, home: Mapping[str, str], request: pytest.FixtureRequest
) -> None:
    """A power cut, a lost connection or a closed window would cost an office what it saw saved."""
    chance = found_again.chance(7)
    start = _facts(example)
    ledger = Ledger()
    ways = itertools.cycle(_WAYS)
    for file, kills in _files(example, ledger, _kills(request.config, _ON_THE_SCREEN)):
        for _kill in range(kills):
            way = next(ways)
            command = [*LKJIP, "open", str(file), *(["--year", "2021"] * (chance.random() < 0.5))]
            with Program(command, home) as program:
                if way == "closed terminal":
                    end: Callable[[], None] = program.hang_up
                else:
                    end = _sender(program, signal.Signals[way])
                if chance.random() > _IN_THE_ACT:
                    program.doom(chance.uniform(0.1, _BEGINNING), end)
                if program.see_text("Penyediaan Gaji"):
                    program.doom(chance.uniform(0.0, _SCREEN_SECONDS), end)
                    User(program, ledger, source, chance).work()
                code = program.wait()
            assert code in _WAYS[way], (way, code, program.written[-2000:])
            ledger.kills[way] += 1
            aside = example.parent / "aside"
            if found_again.look(file, ledger, aside, lambda found: found.office.years != (2021,)):
                break  # what is started next would be undone to that other year
        found_again.take_all_back(file, start)
        _log.info("%s", ledger)


def _sender(program: Program, number: signal.Signals) -> Callable[[], None]:
    return lambda: program.send(number)


def test_no_kill_of_a_command_loses_what_it_said_was_done(
    example: Path, source: Path, home: Mapping[str, str], request: pytest.FixtureRequest
) -> None:
    """A script would go on after a step that is not in the file."""
    chance = found_again.chance(11)
    start = _facts(example)
    ledger, copies = Ledger(), 0
    ways = itertools.cycle([signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
    for file, kills in _files(example, ledger, _kills(request.config, _AS_A_COMMAND)):
        may_follow = ["set"]
        for kill in range(kills):
            kind, way = chance.choice(may_follow), next(ways)
            copy = file.with_name(f"copy {kill}.duckdb")
            done, words = _command(kind, file, source, copy, chance.randrange(1_000_000, 9_999_999))
            if done:
                ledger.begin(done)
            code = _killed([*LKJIP, *words], home, chance, way, file.parent)
            nothing_to_do = kind in {"undo", "redo"} and code == 1
            assert code in {0, -way} or nothing_to_do, (words, code)
            if done and code == 0:
                ledger.end()
            (ledger.kills if code < 0 else ledger.kinds)[
                way.name if code < 0 else "not killed"
            ] += 1
            may_follow = found_again.look(file, ledger, example.parent / "aside", _may_follow)
            assert copy.exists() or kind != "backup" or code != 0
            if copy.exists():  # then it is whole
                assert _facts(copy) == _facts(example.parent / "aside" / file.name)
                copies += 1
        found_again.take_all_back(file, start)
        _log.info("%s; %d whole copies", ledger, copies)


def _command(
    kind: str, file: Path, source: Path, copy: Path, figure: int
) -> tuple[Done | None, list[str]]:
    """Return what a command does, None for nothing to the facts, and its words."""
    name = str(file)
    cell = ["programs", "budget_revised", str(figure), "--key", "row_key=program/1"]
    sql = f"update sub_activity_realization set amount = {figure} where fiscal_year = 2021"
    taken_in = ["activities", str(source), "--year", "2021"]
    return {
        "set": (Done("set", 1, str(figure)), ["set", name, *cell]),
        "sql": (Done("sql", None, str(figure)), ["sql", name, sql, "--write"]),
        "import": (Done("import", None, f"kegiatan {_LINES - 1}"), ["import", name, *taken_in]),
        "year": (Done("year"), ["year", name, "2022"]),
        "undo": (Done("undo"), ["undo", name]),
        "redo": (Done("redo"), ["redo", name]),
        "backup": (None, ["backup", name, str(copy)]),
    }[kind]


def _may_follow(workspace: Workspace) -> list[str]:
    """Return what a script may do now; what was taken in or started is taken back first."""
    brought = "select count(*) from program where name = 'PROGRAM BARU'"
    if workspace.office.years != (2021,) or inside(workspace).database.value(brought):
        return ["undo"]
    return ["set", "set", "sql", "import", "import", "year", "undo", "redo", "backup"]


def _killed(
    words: list[str], home: Mapping[str, str], chance: Random, way: signal.Signals, folder: Path
) -> int:
    """Run a command, kill it at some instant, and return how it ended.

    Seldom while it begins, mostly soon after the first change that it makes beside the file.
    """
    quiet = subprocess.DEVNULL
    in_the_act = chance.random() < _IN_THE_ACT
    longest = (
        chance.uniform(0, chance.choice(_SOON)) if in_the_act else chance.uniform(0.1, _BEGINNING)
    )
    before = _state(folder)
    with subprocess.Popen(words, env=dict(home), stdout=quiet, stderr=quiet) as command:
        while in_the_act and command.poll() is None and _state(folder) == before:
            time.sleep(0.001)
        try:
            return command.wait(longest)
        except subprocess.TimeoutExpired:
            command.send_signal(way)
            return command.wait()


def _state(folder: Path) -> list[tuple[str, int, int]]:
    found = []
    for path in sorted(folder.rglob("*")):
        with suppress(FileNotFoundError):
            status = path.stat()
            found.append((str(path), status.st_size, status.st_mtime_ns))
    return found


#: The program with a folder of queries named before its words.
_LATER: Final = """
import sys
import time
from pathlib import Path
from lkjip_tui import paths
folder = Path(sys.argv.pop(1))
paths.queries_folder = lambda: folder
from lkjip_tui.__main__ import main
main()
"""


def test_no_kill_while_an_older_file_is_migrated_costs_it(
    example: Path,
    home: Mapping[str, str],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An update of the program that is cut off would cost the office its file."""
    chance = found_again.chance(13)
    left, later = example.parent / "left", example.parent / "later"
    left.mkdir()
    old = shutil.copyfile(example, left / "sooko.duckdb")
    with Program([*LKJIP, "open", str(old)], home) as program:  # killed, so that it left a log
        assert program.see_text("Penyediaan Gaji")
        program.press(f"{TO_ITS_BUDGET}1234567\r")
        assert program.see_said("saved")
    shutil.copytree(paths.queries_folder(), later)
    (later / "schema" / "0002_diary.sql").write_text(LATER, "utf-8")
    whole = migrated = 0
    for _kill in range(_kills(request.config, _MIGRATING)):
        folder = shutil.copytree(left, example.parent / "office")
        file = folder / old.name
        words = [sys.executable, "-c", _LATER, str(later), "undo", str(file)]
        code = _killed(words, home, chance, signal.SIGKILL, folder)
        steps = _steps(file)
        older = list(folder.glob("*.older"))
        assert len(older) <= 1
        assert len(older) == 1 or steps == 1
        for copy in older:  # whole, also for the earlier program
            with Workspace.open(copy, read_only=True) as workspace:
                assert workspace.history(1)[0].after == "1234567"
        with monkeypatch.context() as patch:
            patch.setattr(paths, "queries_folder", lambda: later)
            with Workspace.open(file) as workspace:
                assert workspace.loss is None
                held = [entry.after for entry in workspace.history(9) if entry.label == "edit"]
                assert held == ["1234567"]
                assert (code == 0) <= (len(workspace.history(9)) == 2)
                found_again.agree(workspace)
            found_again.require_nothing_left(folder)
        assert _steps(file) == 2
        whole += steps == 1
        migrated += steps == 2
        shutil.rmtree(folder)
    _log.info("%d kills: %d files as they were, %d migrated", whole + migrated, whole, migrated)


def _steps(file: Path) -> int:
    """Return how many migrations a file has seen, looked at in a copy of all that is beside it."""
    aside = shutil.copytree(file.parent, file.parent.parent / "steps")
    with closing(Database(aside / file.name)) as database:
        number = database.value("select count(*) from migration")
    shutil.rmtree(aside)
    return int(number)


def _facts(file: Path) -> Facts:
    with Workspace.open(file) as workspace:
        return facts_of(workspace)
