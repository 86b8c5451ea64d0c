"""A hostile file on the real program: what the terminal, other programs and documents received."""

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final
from xml.dom import minidom

import pytest
from markdown_it import MarkdownIt

from lkjip_tui.core.workspace import Workspace
from tests.cli.conftest import environment
from tests.core.support import bytes_of
from tests.slow.hostile import EVIL, TEXTS, kinds, poison, said_to_drive
from tests.slow.terminals import Recorded

pytestmark = pytest.mark.slow

#: Words as many and as long as those of the hostile file.
_HARMLESS: Final = [f"Kata {number}" for number in range(len(TEXTS))]
_DOWN, _ESC, _ENTER, _GO_TO = "\x1b[B", "\x1b", "\r", "\x07"
_F2, _F7, _F8, _F9 = "\x1bOQ", "\x1b[18~", "\x1b[19~", "\x1b[20~"
#: What is shown of whatever the cursor is on.
_LOOKS: Final = [_DOWN * 2, _F2, _ESC, "\x0f", _ESC, _F8, _ESC, "\x03"]
#: What Textual sends for a file without a hostile text, too; a copy is OSC 52, and a bell rings.
_USUAL: Final = {
    "CSI m", "CSI H", "CSI J", "CSI ?h", "CSI ?l", "CSI ?$p", "CSI l", "CSI h", "CSI >u", "CSI <u",
    "OSC 22", "OSC 52", "control 07",
}  # fmt: skip
_TITLES: Final = ("string", "OSC 0", "OSC 1", "OSC 2", "OSC 8")
_ENDS: Final = ["csv", "md", "xlsx", "docx"]
_SHEETS: Final = [
    "sheet.activities", "sheet.sections", "sheet.indicators", "sheet.printed_figures",
    "sheet.office", "sheet.services", "sheet.own_2", "quality.own_4",
]  # fmt: skip


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    """Return whether the whole length is asked for."""
    return bool(request.config.getoption("--full"))


def _poisoned(example: Path, texts: list[str], folder: Path) -> Path:
    folder.mkdir()
    file = shutil.copyfile(example, folder / "office.duckdb")
    poison(file, texts, long="x" * 30_000)
    return file


@pytest.fixture(scope="module")
def hostile(_built_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file whose every text is hostile, in a folder of its own."""
    folder = tmp_path_factory.mktemp("hostile")
    file = _poisoned(_built_example, TEXTS, folder / "bad")
    Workspace.open(file).close()
    return file


def _shown(file: Path, *, every: int) -> bytes:
    """Return all that a terminal received while the whole file was looked at, at 80 × 24."""
    with Workspace.open(file) as workspace:
        names = [each.full_name for each in workspace.registry.queries.values()]
    names = [name for name in names if not name.startswith("basis.")][::every]
    with Recorded(file.parent, "open", file) as terminal:
        terminal.wait_for("\x1b[?1049h")
        terminal.rest(1)
        for number, name in enumerate(names):
            terminal.press(_GO_TO)
            terminal.press(name + _ENTER)
            for keys in _LOOKS if number % 8 == 0 else ():
                terminal.press(keys)
        # History and an act of it, findings, the catalogue, the console with a result, help.
        for keys in ("\x1bz", _ENTER, _ESC, _F9, _DOWN * 3, _ENTER, _F7, _ESC):
            terminal.press(keys)
        terminal.press(_GO_TO)
        terminal.press("sql" + _ENTER)
        for keys in ("\x1bC", _DOWN * 3, _ESC, "\x01", "select name, code from sub_activity"):
            terminal.press(keys)
        for keys in ("\x1b[15~", _DOWN, "\x1b[15~", "\x01", "select error(name) from activity",
                     "\x1b[15~", _ESC, "\x11"):  # fmt: skip
            terminal.press(keys)
        assert terminal.ended() == 0, terminal.received[-2000:]
    return terminal.received


@pytest.mark.timeout(1800)
def test_a_terminal_receives_no_sequence_of_a_file_s(
    hostile: Path, example: Path, tmp_path: Path, *, full: bool
) -> None:
    """Somebody's file would write the clipboard, the title or any key into a user's shell."""
    received = _shown(hostile, every=1 if full else 12)
    found = kinds(received)
    assert found.keys() <= _USUAL, {*found} - _USUAL
    if full:
        good = kinds(_shown(_poisoned(example, _HARMLESS, tmp_path / "good"), every=1))
        assert found.keys() <= good.keys() <= _USUAL, {*found} - {*good}
    assert not [kind for kind in found if kind in _TITLES or kind.startswith("string")]
    assert EVIL.encode() not in said_to_drive(received)
    assert len(received) > 50_000, "it was looked at"
    assert EVIL.encode() in received


_ODD: Final = "\x1b]0;EVIL\x07\x9b31m\u202e"
_COMMANDS: Final = [
    ("list", "{file}"),
    ("show", "{file}", "sheet.sections"),
    ("show", "{file}", "sheet.activities", "--format", "md"),
    ("show", "{file}", "sheet.activities", "--format", "csv"),
    ("show", "{file}", "quality.own_4", "--format", "json"),
    ("check", "{file}"),
    ("history", "{file}"),
    ("history", "{file}", "--format", "csv"),
    ("editions", "{file}"),
    ("sql", "{file}", "select name, code from sub_activity"),
    ("sql", "{file}", f"select error('{_ODD}')"),
    ("sql", "{file}", f'select "{_ODD}"'),
    ("sql", "{file}", f'select 1 as "{_ODD}"'),
    ("sql", "{file}", "select 1", "--param", f"{_ODD}=1"),
    ("show", "{file}", _ODD),
    ("show", f"{_ODD}.duckdb", "sheet.office"),
    ("open", f"{_ODD}.duckdb"),
    ("import", "{file}", "sheet.activities", f"{_ODD}.csv"),
    ("import", "{file}", "sheet.activities", "{file}"),
    ("set", "{file}", "activities", "--key", f"{_ODD}=1", "name", _ODD),
    ("edition", "{file}", _ODD),
    ("edition", "{file}", "../x"),
    ("edition", "{file}", "C:\\x"),
    ("edition", "{file}", "/x"),
    ("edition", "{file}", ".."),
    ("diff", "{file}", _ODD),
    ("restore", "{file}", f"{_ODD}.duckdb"),
    ("undo", f"{_ODD}.duckdb"),
    (_ODD,),
    ("show", "{file}", "sheet.office", f"--{_ODD}"),
]  # fmt: skip


@pytest.mark.timeout(900)
def test_a_command_on_a_terminal_writes_no_sequence_of_a_file_s(
    hostile: Path, *, full: bool
) -> None:
    """A script's messages would drive the terminal of whoever reads them."""
    before = _files(hostile.parent)
    for command in _COMMANDS if full else _COMMANDS[::8]:
        arguments = [part.replace("{file}", str(hostile)) for part in command]
        with Recorded(hostile.parent, *arguments) as terminal:
            terminal.ended()
        assert kinds(terminal.received) == {}, (command, terminal.received[:500])
        done = subprocess.run(
            [sys.executable, "-m", "lkjip_tui", *arguments],
            capture_output=True, cwd=hostile.parent, check=False, timeout=100,
            env={**environment(hostile.parent), "LKJIP_LANG": "en"},
        )  # fmt: skip
        assert b"Traceback" not in done.stderr, command
        assert kinds(done.stderr) == {}, command
        if "csv" not in command and "json" not in command:  # for machines, as they are
            assert kinds(done.stdout) == {}, command
    assert _files(hostile.parent) == before


def _files(folder: Path) -> set[str]:
    """Return the names of all files in a folder but those of a home."""
    return {name for name in bytes_of(folder) if not name.startswith(".")}


@pytest.fixture(scope="module")
def written(hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all that the file prints, in every form."""
    folder = tmp_path_factory.mktemp("written")
    forms = [part for ending in _ENDS for part in ("--format", ending)]
    before = bytes_of(hostile.parent)
    for arguments in (
        ["export", hostile, "--all", *_SHEETS, "--to", folder / "tables", *forms],
        ["export", hostile, "--all", *_SHEETS, "--to", folder / "local", "--locale", "id"],
        ["report", hostile, "--to", folder / "report" / "r.docx"],
        ["report", hostile, "--to", folder / "report" / "r.md"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "lkjip_tui", *map(str, arguments)],
            capture_output=True, cwd=folder, check=False, timeout=100,
            env={**environment(folder), "LKJIP_LANG": "en"},
        )  # fmt: skip
        assert done.returncode in {0, 1}, done.stderr
        assert kinds(done.stderr) == kinds(done.stdout) == {}
    assert bytes_of(hostile.parent) == before, "nothing beside the export's folder"
    assert {path.name for path in folder.iterdir()} <= {
        "tables", "local", "report", ".config", ".cache", ".local",
    }  # fmt: skip
    return folder


def test_no_document_runs_or_fetches_anything(written: Path) -> None:
    """Whoever opens the report would start a program of somebody else's."""
    files = [*written.rglob("*.xlsx"), *written.rglob("*.docx")]
    assert len(files) > 50
    sums = re.compile(r"SUM\([A-Z]+\d+(:[A-Z]+\d+)?(,[A-Z]+\d+(:[A-Z]+\d+)?)*\)")
    for file in files:
        with zipfile.ZipFile(file) as parts:
            for name in parts.namelist():
                assert ".." not in name
                assert not name.startswith("/")
                if not name.endswith((".xml", ".rels")):
                    continue
                page = minidom.parseString(parts.read(name))  # noqa: S318 - written here
                every = page.getElementsByTagName("*")
                assert page.doctype is None
                tags = {element.tagName for element in every}
                assert not tags & {
                    "hyperlink", "hyperlinks", "externalReference", "ddeLink", "oleObject",
                    "w:object", "w:altChunk", "evil", "script",
                }, (file, name)  # fmt: skip
                for element in every:
                    assert element.getAttribute("TargetMode") != "External", (file, name)
                    said = element.getAttribute("w:instr") or "".join(
                        child.data
                        for child in element.childNodes
                        if isinstance(child, minidom.Text)
                    )
                    assert element.tagName != "f" or sums.fullmatch(said), (file, name)
                    if element.tagName in {"w:instrText", "w:fldSimple"}:
                        known = r' (PAGE|TOC \\o "1-2" \\h \\z \\u|PAGEREF _Toc\d+ \\h) '
                        assert re.fullmatch(known, said), said
                    if element.tagName == "w:hyperlink":
                        assert element.getAttribute("w:anchor").startswith("_Toc")
                        assert not element.getAttribute("r:id")


def test_no_markdown_holds_a_link_or_code_of_theirs(written: Path) -> None:
    """The report on a site would lead its readers elsewhere, or run a script."""
    reader = MarkdownIt("gfm-like", {"html": True})
    files = [*written.rglob("*.md")]
    assert len(files) > 25
    for file in files:
        text = file.read_text("utf-8")
        assert kinds(text.encode()) == {}, file
        for token in reader.parse(text):
            for each in (token, *(token.children or [])):
                allowed = each.type not in {
                    "link_open", "fence", "code_block", "code_inline", "html_block", "em_open",
                    "s_open", "blockquote_open", "hr", "ordered_list_open",
                } or str(each.attrs.get("href", "")).upper().startswith("HTTP://WWW.")  # fmt: skip
                assert allowed, (file, each)
                assert each.type != "html_inline" or each.content == "<br>", (file, each)
                if each.type == "image":
                    drawn = file.parent / str(each.attrs["src"])
                    page = minidom.parse(str(drawn))  # noqa: S318 - written here
                    tags = {element.tagName for element in page.getElementsByTagName("*")}
                    assert not tags & {"script", "a", "image", "foreignObject"}


def test_no_spreadsheet_runs_what_stands_in_a_csv(written: Path) -> None:
    """A cell would start a program when an officer opens the table."""
    runs = re.compile(r"[\s\x00-\x20\u00a0\u200b\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff20]|[\t\r]")
    files = [*(written / "local").glob("*.csv")]
    assert len(files) > 25
    for file in files:
        for row in csv.reader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";"):
            for cell in row:
                is_figure = re.fullmatch(r"-?\d+(,\d+)?", cell)
                assert is_figure or not runs.match(cell), (file, cell)


_SETTINGS: Final = [
    "", "\x00", "[", "keys = 5", '[keys]\n"\\u001b[31mEVIL" = "x"',
    '[keys]\nundo = "\\u001b]0;EVIL\\u0007"', 'profile = "[@click=app.quit]x[/]"',
    "[keys]\n" + "\n".join(f"a{number} = 'x'" for number in range(2000)), "a = " + "[" * 5000,
    '[keys]\nundo = ["' + "x" * 100_000 + '"]', "\ufeff[keys]", "[keys.a.b.c]\nd = 1",
]  # fmt: skip
_STATES: Final = [
    "", "[", "[]", "5", '{"recent": 5}', '{"recent": ["\\u001b]0;EVIL\\u0007", 5, null]}',
    '{"theme": "[/]", "years": [], "layouts": 5}', '{"years": {"x": "\\u001b"}}',
    '{"layouts": {"sheet.activities": {"order": 5, "hidden": "x", "widths": []}}}', "[" * 100_000,
]  # fmt: skip


@pytest.mark.timeout(900)
def test_odd_keys_are_told_and_the_program_starts(example: Path, *, full: bool) -> None:
    """Settings from some site would keep the program from starting, or drive the terminal."""
    for setting in _SETTINGS if full else _SETTINGS[4:5]:
        _starts(example, ".config/lkjip/keys.toml", setting)


@pytest.mark.timeout(900)
def test_an_odd_memory_is_as_good_as_none(example: Path, *, full: bool) -> None:
    """What the program remembers would keep it from starting."""
    for state in _STATES if full else _STATES[5:6]:
        _starts(example, ".local/state/lkjip/state.json", state)


def _starts(example: Path, name: str, text: str) -> None:
    file = example.parent / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    with Recorded(example.parent, "open", example) as terminal:
        terminal.wait_for("Activities")
        terminal.rest()
        terminal.press("\x1b[18~")
        terminal.press(_ESC)
        terminal.press("\x11")
        assert terminal.ended() == 0, terminal.received[-2000:]
    found = kinds(terminal.received)
    assert not [kind for kind in found if kind in _TITLES or kind.startswith("string")]
    assert EVIL.encode() not in said_to_drive(terminal.received)


def test_a_file_of_any_name_opens(example: Path, *, full: bool) -> None:
    """A file's name would be taken for an option, a command or a mark."""
    names = ["-rf", "[@click=app.quit]x", "$(touch EVIL)", "con", "a b", "nul.x"]
    for name in names if full else names[:1]:
        file = shutil.copyfile(example, example.with_name(f"{name}.duckdb"))
        with Recorded(example.parent, "open", "--", file.name) as terminal:
            terminal.wait_for("Activities")
            terminal.rest()
            terminal.press("\x11")
            assert terminal.ended() == 0, name
        assert not (example.parent / "EVIL").exists()
