"""A long text in the user's own editor: a real program on a real file, whatever it does."""

import shlex
import sys
from pathlib import Path

import pytest

from lkjip_tui.core.errors import FileError, LkjipError, UsageError
from lkjip_tui.tui.own_editor import edited

TEXT = "Baris satu\nbaris dua [/x]"


def editor(script: str) -> dict[str, str]:
    """Return the environment of who edits by a Python script, with the file's `path`."""
    begin = "import sys, pathlib; path = pathlib.Path(sys.argv[1]); "
    return {"EDITOR": shlex.join([sys.executable, "-c", begin + script])}


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the empty folder in which the files of editors are made."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("script", "after"),
    [
        ("pass", TEXT),
        ("path.write_bytes(path.read_bytes() + b'\\n')", TEXT),
        ("path.write_text('Lain\\n\\n', encoding='utf-8')", "Lain\n"),
        ("path.write_bytes('é\\r\\nb'.encode())", "é\nb"),
        ("path.write_bytes(b'')", ""),
    ],
)
def test_what_the_editor_saves_is_taken_over(scratch: Path, script: str, after: str) -> None:
    """A text would gain a line at every look at it, or lose its accents."""
    assert edited(TEXT, editor(script)) == after
    assert not list(scratch.iterdir())


def test_nobody_else_can_read_the_text_meanwhile() -> None:
    """Whoever shares the machine could read an office's report before it is signed."""
    script = "path.write_text(oct(path.parent.stat().st_mode & 0o777))"
    assert edited(TEXT, editor(script)) == "0o700"


@pytest.mark.parametrize(
    "script",
    ["path.write_text('Lain'); sys.exit(3)", "path.write_bytes(b'\\xff\\xfe')"],
)
def test_what_cannot_be_taken_over_stays_in_a_file_that_is_named(
    scratch: Path, script: str
) -> None:
    """An hour of writing would be gone because an editor failed at its end."""
    with pytest.raises(FileError) as told:
        edited(TEXT, editor(script))
    (left,) = scratch.glob("*/*")
    assert str(left) in told.value.hint


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"VISUAL": "", "EDITOR": "  "},
        {"EDITOR": '"nano'},
        {"VISUAL": "no-such-editor-anywhere"},
        editor("path.unlink()"),
        editor("sys.exit(1)"),
    ],
)
def test_an_editor_that_cannot_be_used_is_told(scratch: Path, environment: dict[str, str]) -> None:
    """The key would seem dead, or end the program with the text."""
    with pytest.raises(LkjipError) as told:
        edited(TEXT, environment)
    assert told.value.message
    assert not list(scratch.iterdir())


def test_visual_goes_before_editor() -> None:
    """The editor of a line printer would take the place of the one for screens."""
    assert edited(TEXT, {"VISUAL": "true", "EDITOR": "no-such-editor-anywhere"}) == TEXT
    with pytest.raises(UsageError):
        edited(TEXT, {"PATH": "/bin"})
