"""Who comes second is told who has the file, and may look at a copy that grows no older."""

import os
from pathlib import Path

import pytest

from lkjip_tui.core.errors import FileForeign, FileMissing
from lkjip_tui.core.storage.shown_copy import shown_of, shown_since, when
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.tui import idle, looking
from lkjip_tui.tui.dialogs import Confirm
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.navigator import SQL
from tests.core.support import start_python
from tests.tui.conftest import OpenDesk

CELL = "sub_activity/3", "realization"
#: Whoever came first: at each line it saves a figure, and makes the copy that others look at.
HOLDER = """
    import sys
    from pathlib import Path
    from lkjip_tui.core.workspace import Workspace
    from tests.core.support import put

    with Workspace.open(Path(sys.argv[1])) as workspace:
        print("open", flush=True)
        for line in sys.stdin:
            put(workspace, "activities", "sub_activity/3", "realization", line.strip())
            print(workspace.show_copy(), flush=True)
    print("closed", flush=True)
    """


@pytest.mark.slow
@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize("door", ["start screen", "command line"])
async def test_who_comes_second_looks_at_a_copy_and_gets_the_file_once_it_is_free(
    desk: OpenDesk, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    """Whoever only wants to see a figure would have to wait until the other has gone home."""
    monkeypatch.setattr(looking, "_SOON", 0.05)
    with start_python(HOLDER, example) as holder:
        assert holder.stdin
        assert holder.stdout

        def hold(figure: str) -> str:
            assert holder.stdin
            assert holder.stdout
            holder.stdin.write(figure)
            holder.stdin.flush()
            return holder.stdout.readline()

        assert holder.stdout.readline() == "open\n"
        assert hold("111\n") == "True\n"
        Memory(tmp_path / "state.json").opened(example)
        is_at_start = door == "start screen"
        opened = None if is_at_start else example
        async with desk(opened, look=not is_at_start, size=(80, 24)) as user:
            if is_at_start:
                await user.press("enter")
                await user.see(lambda: isinstance(user.app.screen, Confirm), "who has it")
                assert str(holder.pid) in user.screen()
                await user.press("enter")
            await user.see(lambda: user.app.workbench is not None, "the copy")
            await user.see(lambda: user.cell(*CELL) == "111", "its figure")
            since = shown_since(example)
            assert since is not None
            assert _("copy of {time}").format(time=when(since)) in user.screen().splitlines()[0]
            await user.go_to(*CELL)
            await user.press("5")
            assert not user.workbench.is_editing
            assert _("This is a copy to look at: somebody else has the file.") in user.screen()
            await user.press("shift+f5")
            await user.see(lambda: _("There is no newer copy yet.") in user.screen(), "none newer")
            assert hold("222\n") == "True\n"
            await user.see(
                lambda: "Shift+F5" in user.screen().splitlines()[-2], "that there is one"
            )
            assert user.cell(*CELL) == "111", "nothing moves under the eyes"
            await user.press("shift+f5")
            await user.see(lambda: user.cell(*CELL) == "222", "the newer one")
            assert user.workbench.here()[2:] == CELL, "the cursor stays"
            await user.open(SQL)
            holder.stdin.close()
            assert holder.stdout.readline() == "closed\n"
            await user.press("shift+f5")
            await user.see(
                lambda: user.app.workspace and not user.app.workspace.read_only, "itself"
            )
            await user.see(lambda: user.workbench.place == SQL, "the same place")
            await user.open("sheet.activities")
            await user.go_to(*CELL)
            await user.press(*"333", "enter")
            await user.see(lambda: user.cell(*CELL) == "333", "the edit")
    with Workspace.open(example, read_only=True) as workspace:
        assert workspace.history(1)[0].after == "333"


@pytest.mark.usefixtures("uncounted")
async def test_the_screen_makes_the_copy_also_after_something_was_read(
    desk: OpenDesk, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who comes second would have nothing to look at, or what was there an hour ago."""
    for name in ("IDLE", "BETWEEN_SHOWN", "BETWEEN_TRIES"):
        monkeypatch.setattr(idle, name, 0.05)
    async with desk(example) as user:
        await user.see(lambda: shown_since(example), "the copy of a file just opened")
        first = shown_since(example)
        assert user.app.workspace is not None
        with user.app.workspace.console.stream("from journal").start() as reading:
            await user.go_to(*CELL)
            await user.press(*"777", "enter")
            await user.see(lambda: user.cell(*CELL) == "777", "the edit")
            reading.fetch(1)
        await user.see(lambda: shown_since(example) != first, "the next one")
        user.app.workspace.hide_copy()
        assert shown_since(example) is None


def test_a_copy_of_another_file_is_not_looked_at(example: Path) -> None:
    """The figures of a file that stood here before would be taken for those of today."""
    example.chmod(0o600)
    with Workspace.open(example) as workspace:
        assert workspace.show_copy()
        assert not workspace.show_copy(), "nothing is newer"
    assert shown_of(example).stat().st_mode == example.stat().st_mode, "as private as the file"
    with Workspace.open_shown(example) as copy:
        assert copy.read_only
        assert copy.path == example
    example.unlink()
    Workspace.create(example, "Kecamatan Baru", 2024).close()
    with pytest.raises(FileMissing):
        Workspace.open_shown(example)


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_what_is_no_file_is_not_taken_for_a_copy(example: Path, kind: str) -> None:
    """Who can write the folder would have another file read, or let who looks wait for ever."""
    shown = shown_of(example)
    shown.parent.mkdir()
    if kind == "link":
        shown.symlink_to(example)
    else:
        os.mkfifo(shown)
    with pytest.raises(FileForeign) as told:
        Workspace.open_shown(example)
    assert "current.duckdb" in told.value.message
