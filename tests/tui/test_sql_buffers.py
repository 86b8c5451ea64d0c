"""Texts of the console on the disk: whatever happens to the program or to the folder."""

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from lkjip_tui.core.errors import Interrupted, QueryError
from lkjip_tui.tui.console.buffers import Buffer, Buffers, folder_of
from lkjip_tui.tui.console.runs import Ran, Run, Runs
from tests.bench.terminal import Terminal

#: Seconds of typing that may be lost.
_MAY_BE_LOST = 2.0
_NOW = datetime(2021, 12, 31, tzinfo=UTC)


def _texts(buffers: Buffers) -> list[str]:
    return [each.text for each in buffers.open]


def _kept(folder: Path, *texts: str) -> Buffers:
    """Return buffers that were written, with these texts."""
    buffers = Buffers.read(folder)
    for text in texts:
        buffers.add(Buffer(text))
    buffers.writing()()
    return buffers


def test_texts_come_back_in_their_order(tmp_path: Path) -> None:
    """Alt+D would lead elsewhere after each start."""
    buffers = _kept(tmp_path, "one", "two", "three")
    buffers.step(-1)
    buffers.current.cursor = (0, 2)
    buffers.writing()()
    again = Buffers.read(tmp_path)
    assert _texts(again) == ["one", "two", "three"]
    assert again.current.text == "two"
    assert again.current.cursor == (0, 2)


def test_a_text_that_is_cleared_is_gone_and_nothing_else(tmp_path: Path) -> None:
    """Old texts would pile up, or the wrong one go."""
    buffers = _kept(tmp_path, "one", "two")
    buffers.current.text = ""
    buffers.writing()()
    assert _texts(Buffers.read(tmp_path)) == ["one"]
    assert len(list(tmp_path.glob("*.sql"))) == 1


def test_closed_texts_come_back_the_last_first_and_not_for_ever(tmp_path: Path) -> None:
    """What was closed by a slip would be gone, or all that ever was stay."""
    buffers = _kept(tmp_path, *(f"text {number}" for number in range(30)))
    for _text in range(25):
        buffers.close()
    buffers.writing()()
    again = Buffers.read(tmp_path)
    assert len(again.closed) == 20
    assert again.reopen()
    assert again.current.text == "text 5"
    assert len(list(tmp_path.glob("*.sql"))) == 25


@pytest.mark.parametrize(
    "index", [None, "", "{", "[]", '{"open": 3, "at": "x", "buffers": [], "closed": {}}']
)
def test_texts_are_there_whatever_became_of_their_order(tmp_path: Path, index: str | None) -> None:
    """A file of the program's own that is damaged would cost all that was typed."""
    _kept(tmp_path, "one", "two")
    file = tmp_path / "buffers.json"
    if index is None:
        file.unlink()
    else:
        file.write_text(index, "utf-8")
    assert sorted(_texts(Buffers.read(tmp_path))) == ["one", "two"]


def test_two_programs_lose_none_of_each_other_s_texts(tmp_path: Path) -> None:
    """Whoever reads a file beside a colleague would write over what the other types."""
    ours, theirs = Buffers.read(tmp_path), Buffers.read(tmp_path)
    ours.current.text, theirs.current.text = "ours", "theirs"
    ours.writing()()
    theirs.writing()()
    ours.current.text = "ours, more"
    ours.writing()()
    assert sorted(_texts(Buffers.read(tmp_path))) == ["ours, more", "theirs"]


def test_what_was_written_later_is_not_written_over(tmp_path: Path) -> None:
    """A slow disk would bring an older text back."""
    buffers = _kept(tmp_path, "one")
    before = buffers.writing()
    buffers.current.text = "newer"
    buffers.writing()()
    before()
    assert _texts(Buffers.read(tmp_path)) == ["newer"]


def test_texts_follow_a_file_that_is_moved_and_stay_with_a_copy_s_original(tmp_path: Path) -> None:
    """After a renaming the texts would be gone; a copy would write into those of the original."""
    file_id, state = uuid4(), tmp_path / "state"
    first = tmp_path / "first.duckdb"
    first.touch()
    folder = folder_of(state, first, file_id)
    _kept(folder, "one")
    assert folder_of(state, first, file_id) == folder
    copy = tmp_path / "copy.duckdb"
    copy.touch()
    assert _texts(Buffers.read(folder_of(state, copy, file_id))) == [""]
    moved = first.rename(tmp_path / "moved.duckdb")
    assert _texts(Buffers.read(folder_of(state, moved, file_id))) == ["one"]


def test_of_a_run_more_may_be_known_later(tmp_path: Path) -> None:
    """The list would hold it twice, or with a time that is not when it ran."""
    runs = Runs(tmp_path)
    runs.add(Run.of(Ran("a", "select 1", 5, 256), _NOW))
    runs.add(Run.of(Ran("b", "select x", error=QueryError("no\nx")), _NOW))
    runs.add(Run.of(Ran("c", "select y", error=Interrupted("Stopped.")), _NOW))
    later = _NOW + timedelta(hours=1)
    runs.add(Run.of(Ran("a", "select 1", 5, 900, is_whole=True, is_more=True), later))
    newest, *_rest = found = runs.read()
    assert [run.outcome for run in found] == ["stopped", "failed", "done"]
    assert found[1].reason == "no"
    assert (found[2].rows, found[2].is_whole) == (900, True)
    assert found[2].at == newest.at


def test_runs_are_kept_within_bounds_and_read_whatever_the_file_holds(tmp_path: Path) -> None:
    """The file would grow for ever, or a line that is cut off cost all the others."""
    runs = Runs(tmp_path)
    for number in range(300):
        runs.add(Run(f"select {number} -- {'x' * 4_000}", _NOW.isoformat()))
    file = tmp_path / "history.jsonl"
    assert file.stat().st_size < 1_300_000
    with file.open("a", encoding="utf-8") as opened:
        opened.write('{"statement": 3}\n[]\n{"statement": "cut o')
    found = runs.read()
    assert found[0].statement.startswith("select 299 ")
    assert 100 <= len(found) < 300
    file.write_bytes(b"\xff\xfe\n")
    assert runs.read() == []


@pytest.mark.slow
def test_a_killed_program_loses_two_seconds_of_typing_at_most(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut would cost a statement on which somebody has worked for an hour."""
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    command = [sys.executable, "-m", "lkjip_tui", "--lang", "en", "open", str(example)]
    typed: list[float] = []
    with Terminal(command, tmp_path) as terminal:
        terminal.seconds_until("help")
        terminal.press("\x07SQL\r")
        terminal.seconds_until("absorption_pct")
        while not typed or typed[-1] - typed[0] < 1.5 * _MAY_BE_LOST:
            terminal.press("x")
            typed.append(time.monotonic())
            terminal.rest(0.01)
    killed = time.monotonic()
    folders = list(tmp_path.rglob("buffers.json"))
    assert len(folders) == 1
    (kept,) = _texts(Buffers.read(folders[0].parent))
    assert set(kept) == {"x"}
    assert len(kept) >= sum(at < killed - _MAY_BE_LOST for at in typed) > 0
    assert json.loads(folders[0].read_text("utf-8"))["open"]
