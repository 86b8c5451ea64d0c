"""Whatever happens to the program, its file or its disk: told, and nothing saved is lost."""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from lkjip_tui.core.storage import copies
from lkjip_tui.core.workspace import Workspace
from tests.core.support import bytes_of, open_new_office
from tests.slow import found_again
from tests.slow.test_kill import LKJIP, TO_ITS_BUDGET
from tests.slow.test_kill import home as home  # noqa: PLC0414 - a fixture
from tests.slow.user import Program

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("english")]

_SAVED, _TYPED = 1_234_567, 7_654_321
#: Bytes that any file may have at most, of a few changes' log.
_LITTLE: Final = 4 << 10


def _begin(file: Path, program: Program) -> None:
    assert program.see_text("Penyediaan Gaji"), file
    _save(program, _SAVED)


def _save(program: Program, figure: int) -> None:
    program.press(f"{TO_ITS_BUDGET}{figure}\r")
    assert program.see(lambda screen: _shown(figure) in screen.line("Gaji"), str(figure))
    assert program.see_said("saved")


def _shown(figure: int) -> str:
    return f"{figure:,}".replace(",", ".")


def _figures(file: Path) -> list[str | None]:
    """Return what the acts put in, the oldest first, and prove that nothing is in half."""
    with Workspace.open(file) as workspace:
        assert workspace.loss is None
        found_again.agree(workspace)
        entries = workspace.history(99)
    found_again.require_nothing_left(file.parent)
    return [entry.after for entry in reversed(entries)]


def _open(file: Path) -> list[str]:
    return [*LKJIP, "open", str(file)]


# Ended from outside


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_and_gives_the_terminal_back(
    example: Path, home: Mapping[str, str], number: signal.Signals
) -> None:
    """A terminal would echo nothing any more, or a figure stand that nobody had accepted."""
    with Program(_open(example), home) as program:
        before = program.modes()
        _begin(example, program)
        assert program.modes() != before
        program.press(f"{TO_ITS_BUDGET}{_TYPED}")
        assert program.see_text(str(_TYPED))
        program.send(number)
        assert program.wait() == 128 + number
        assert program.modes() == before
        assert "\x1b[?1049l" in program.written
    assert _figures(example) == [str(_SAVED)]


@pytest.mark.parametrize("is_told", [True, False], ids=["by a signal", "by nothing"])
def test_a_closed_terminal_ends_it(
    example: Path,
    home: Mapping[str, str],
    is_told: bool,  # noqa: FBT001
) -> None:
    """It would go on for ever, and hold the file, at the processor's cost."""

    def keep_signal_away() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, [] if is_told else [signal.SIGHUP])

    with Program(_open(example), home, keep_signal_away) as program:
        _begin(example, program)
        program.press(f"{TO_ITS_BUDGET}{_TYPED}")
        assert program.see_text(str(_TYPED))
        program.hang_up()
        assert program.wait() == 128 + signal.SIGHUP
    assert _figures(example) == [str(_SAVED)]


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP])
def test_a_suspended_program_goes_on_where_it_was(
    example: Path, home: Mapping[str, str], number: signal.Signals
) -> None:
    """What was typed meanwhile, or saved before, would be gone."""
    with Program(_open(example), home) as program:
        _begin(example, program)
        program.send(number)
        program.see_stopped()
        program.press(f"{TO_ITS_BUDGET}{_TYPED}\r")
        program.send(signal.SIGCONT)
        if number == signal.SIGTSTP:  # it has given the terminal back, with what was typed there
            assert program.see_text("Penyediaan Gaji")
            program.press(f"\x1b{TO_ITS_BUDGET}{_TYPED}\r")
        assert program.see(lambda screen: _shown(_TYPED) in screen.line("Gaji"), "the figure")
        program.press("\x11")
        assert program.wait() == 0
    assert _figures(example)[-1] == str(_TYPED)


# The file and its disk


def _delete(file: Path) -> None:
    file.unlink()


def _replace(file: Path) -> None:
    other = file.with_name("other.duckdb")
    open_new_office(other, "Kecamatan Lain", 2021).close()
    os.replace(other, file)  # noqa: PTH105 - as a program that synchronizes folders does


def _move(file: Path) -> None:
    file.rename(file.with_name("elsewhere.duckdb"))


@pytest.mark.parametrize("lose", [_delete, _replace, _move])
def test_a_file_that_is_not_in_its_place_any_more_is_told_and_takes_nothing(
    example: Path, home: Mapping[str, str], lose: Callable[[Path], None]
) -> None:
    """A day's work would be shown as saved, and go into a file that has no name any more."""
    file = shutil.copyfile(example, _folder(example) / "sooko.duckdb")
    with Program(_open(file), home) as program:
        _begin(file, program)
        program.rest(0.5)
        lose(file)
        there = bytes_of(file.parent).get(file.name)
        program.press(f"{TO_ITS_BUDGET}{_TYPED}\r")
        assert program.see_text("✎ ")
        _quit(program)
        assert program.wait() == 1
        assert "All that was saved is in" in program.written
    assert bytes_of(file.parent).get(file.name) == there
    if lose is _replace:
        with Workspace.open(file) as workspace:
            assert workspace.office.name == "Kecamatan Lain"
            assert workspace.history(9) == []
    (copy,) = copies.folder_of(file).glob("2*.duckdb")
    with Workspace.open(copy) as workspace:
        assert [entry.after for entry in workspace.history(9)] == [str(_SAVED)]


def _folder(example: Path) -> Path:
    folder = example.parent / "office"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("room", [_LITTLE, 64 << 10, 600 << 10])
def test_a_file_that_may_not_grow_is_told_and_nothing_saved_is_lost(
    example: Path, home: Mapping[str, str], room: int
) -> None:
    """The signal of a limit would kill the program, or a full disk take back what was saved."""
    file = shutil.copyfile(example, _folder(example) / "sooko.duckdb")
    with Workspace.open(file):  # its views are written
        pass
    limit = room if room == _LITTLE else file.stat().st_size + room

    def restrict() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    saved: list[str | None] = []
    with Program(_open(file), home, restrict) as program:
        assert program.see_text("Penyediaan Gaji")
        while len(saved) < 60 and _is_saved(program, _SAVED + len(saved)):
            saved.append(str(_SAVED + len(saved)))
            if len(saved) in {5, 50}:
                program.rest(2.6)  # the log is moved into the file, and a copy made
        assert not program.has_ended()
        assert len(saved) < 60 or room > _LITTLE
        _quit(program)
        assert program.wait() in {0, 1}
    assert _figures(file) == saved


def _is_saved(program: Program, figure: int) -> bool:
    """Save a figure, or see why not."""
    program.press(f"{TO_ITS_BUDGET}{figure}\r")
    answer = re.compile(rf"Gaji.* {_shown(figure)} .*\n(?s:.*) saved\n|✎ ")
    assert program.see(lambda screen: answer.search(str(screen)) is not None, "an answer")
    is_refused = "✎ " in str(program.screen)
    if is_refused:
        assert program.see_text("✎ The file could not be read or written")
    return not is_refused


def _quit(program: Program) -> None:
    """Leave a refused cell, and the program."""
    program.press("\x1b")
    assert program.see(lambda screen: "✎ " not in str(screen), "the cell as it was")
    program.press("\x11")


@contextmanager
def _frozen(folder: Path) -> Iterator[None]:
    """Let nothing come or go in a folder, not even for root."""
    chattr = shutil.which("chattr") or "true"
    subprocess.run([chattr, "+i", folder], check=False, capture_output=True)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("this disk has no immutable folders, and root may write in all others")
        yield
    finally:
        subprocess.run([chattr, "-i", folder], check=False, capture_output=True)


def test_a_folder_that_takes_nothing_is_told_at_once(
    example: Path, home: Mapping[str, str]
) -> None:
    """A day's work could be typed into a file that cannot hold it."""
    file = shutil.copyfile(example, _folder(example) / "sooko.duckdb")
    with _frozen(file.parent), Program(_open(file), home) as program:
        assert program.see_text("read only")
        program.press(f"{TO_ITS_BUDGET}1")
        assert program.see_said("The file is open for reading only.")
        program.press("\x11")
        assert program.wait() == 0
    assert _figures(file) == []


def test_a_folder_that_takes_nothing_any_more_is_told(
    example: Path, home: Mapping[str, str]
) -> None:
    """A network folder that went read-only would take in a day's work in appearance alone."""
    file = shutil.copyfile(example, _folder(example) / "sooko.duckdb")
    with Program(_open(file), home) as program:
        assert program.see_text("Penyediaan Gaji")
        with _frozen(file.parent):
            assert not _is_saved(program, _SAVED)
            _quit(program)
            assert program.wait() == 0
    assert _figures(file) == []


# The clock

#: The program, with a clock that is wrong by so many days.
_WRONG: Final = """
import sys
from datetime import UTC, datetime, timedelta
from lkjip_tui.core import workspace
days = int(sys.argv.pop(1))
workspace.timedelta, workspace.days = timedelta, days
def wrong():
    return datetime.now(UTC) + timedelta(days=days)
workspace._now.__code__ = wrong.__code__
from lkjip_tui.__main__ import main
main()
"""


def test_a_clock_that_jumps_changes_no_order_and_keeps_copies_coming(
    example: Path, home: Mapping[str, str]
) -> None:
    """Undo would take back the wrong act, or no copy be made for a year."""
    file = shutil.copyfile(example, _folder(example) / "sooko.duckdb")
    days = [0, 366, -366, 0]
    for number, jump in enumerate(days):
        wrong = [sys.executable, "-c", _WRONG, str(jump)]
        with Program([*wrong, "open", str(file)], home) as program:
            assert program.see_text("Penyediaan Gaji")
            # Of what was saved since the last opening one is made while nothing is done.
            assert program.see(lambda _screen: len(_copies(file)) == number, "a safe copy")  # noqa: B023
            _save(program, _SAVED + number)
            program.press("\x11")
            assert program.wait() == 0
    told = subprocess.run(
        [*LKJIP, "history", str(file)], env=home, capture_output=True, text=True, check=True
    ).stdout
    shown = [_shown(_SAVED + number) for number in range(len(days))]
    assert re.findall(r" (1\.234\.\d{3}) +\w* *\w+$", told, re.MULTILINE) == shown[::-1]
    with Workspace.open(file) as workspace:
        workspace.undo()
        assert workspace.history(1)[0].after == str(_SAVED + len(days) - 2)


def _copies(file: Path) -> list[Path]:
    return list(copies.folder_of(file).glob("2*-*-*-*.duckdb"))
