"""A file that cannot be served is told in one message and stays byte for byte."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from tests.cli.conftest import Lkjip, environment

REST = {
    "show": ["budget_summary"],
    "set": ["office", "name", "Kecamatan Lain"],
    "year": ["2022"],
}


def command_on(name: str, file: Path) -> list[object]:
    """Return a command that would do something with the file."""
    return [name, file, *REST.get(name, [])]


def contents(folder: Path) -> dict[str, str]:
    """Return each file of a folder with the hash of its bytes."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.is_file()
    }


def make_foreign(file: Path) -> None:
    """Put text in the file's place."""
    file.write_text("No,Uraian\n1,Program\n", "utf-8")


def make_anothers(file: Path) -> None:
    """Put a DuckDB file of another program in the file's place."""
    file.unlink()
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table stock (item varchar)")


def make_newer(file: Path) -> None:
    """Let a later version have written the file."""
    with duckdb.connect(str(file)) as connection:
        connection.execute("insert into migration (number, name) values (9999, 'later')")


def make_empty(file: Path) -> None:
    """Cut the file to nothing."""
    file.write_bytes(b"")


def make_cut(file: Path) -> None:
    """Cut the file in half."""
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])


def make_corrupted(file: Path) -> None:
    """Overwrite the middle of the file."""
    data = bytearray(file.read_bytes())
    data[4096 : len(data) // 2] = b"\x5a" * (len(data) // 2 - 4096)
    file.write_bytes(data)


@pytest.mark.parametrize(
    "spoil", [make_foreign, make_anothers, make_newer, make_empty, make_cut, make_corrupted]
)
@pytest.mark.parametrize("name", ["show", "set", "open"])
def test_a_file_that_is_not_ours_or_broken_is_told_and_left_as_it_was(
    spoil: Callable[[Path], None], name: str, example: Path, lkjip: Lkjip, program: Lkjip
) -> None:
    """Otherwise a user's only copy could be made worse by looking at it."""
    spoil(example)
    before = contents(example.parent)
    # What only opens a file goes another way to it, before the command line.
    run = program if name == "open" else lkjip
    done = run(*command_on(name, example))
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("lkjip: ")
    assert len(done.stderr.splitlines()) == 2
    assert contents(example.parent) == before


@pytest.mark.parametrize("name", ["show", "set", "open", "backup", "list"])
def test_a_missing_file_is_told_and_not_made(name: str, tmp_path: Path, lkjip: Lkjip) -> None:
    """Otherwise a misspelt name would make an empty office beside the real one."""
    done = lkjip(*command_on(name, tmp_path / "no.duckdb"))
    assert done.returncode == 1
    assert "no.duckdb" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("no.*"))


def test_screens_are_refused_where_there_is_no_terminal(example: Path, program: Lkjip) -> None:
    """A script would wait for keys for ever, and its log be full of control sequences."""
    done = program("open", example)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "lkjip show" in done.stderr
    assert "\x1b" not in done.stderr


def test_a_folder_in_the_file_s_place_is_told(tmp_path: Path, lkjip: Lkjip) -> None:
    """Otherwise a slip of the completion key would end in a traceback."""
    for folder in (tmp_path, ".", ""):
        done = lkjip("list", folder)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr


@contextmanager
def held(file: Path, home: Path) -> Iterator[int]:
    """Hold a file open for writing in another process, and give that process's number."""
    program = (
        "import sys; from pathlib import Path; from lkjip_tui.core.workspace import Workspace\n"
        "with Workspace.open(Path(sys.argv[1])): print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(home),
    ) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        holder.stdout.readline()
        yield holder.pid
        holder.stdin.close()


def test_a_file_in_use_gives_exit_code_3_and_names_the_holder(
    example: Path, tmp_path: Path, lkjip: Lkjip, program: Lkjip
) -> None:
    """Otherwise a user would not know which window to close."""
    before = contents(example.parent)
    with held(example, tmp_path) as holder:
        for name, run in (("show", lkjip), ("set", lkjip), ("open", program)):
            done = run(*command_on(name, example))
            assert done.returncode == 3
            assert str(holder) in done.stderr
            assert "backup" not in done.stderr, "that would be busy, too"
            assert done.stdout == ""
        assert contents(example.parent) == before


def test_readers_read_beside_each_other(example: Path, lkjip: Lkjip) -> None:
    """Otherwise a colleague who only looks would keep everyone else out."""
    reading = (
        "import sys, duckdb; held = duckdb.connect(sys.argv[1], read_only=True)\n"
        "print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", reading, str(example)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        reader.stdout.readline()
        assert lkjip("show", example, "budget_summary").returncode == 0
        assert lkjip("check", example).returncode in {0, 1}
        assert lkjip("set", example, *REST["set"]).returncode == 3
        reader.stdin.close()


def without_privileges() -> tuple[str, ...]:
    """Return what starts a program that the permissions of files hold for, root or not."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root may write everything here")
    return (setpriv, "--bounding-set=-dac_override")


#: Runs commands one after the other and tells the code of each.
_EACH = """
import json, sys
from lkjip_tui.cli import run
for arguments in json.loads(sys.argv[1]):
    print(json.dumps([arguments[0], run(arguments)]), file=sys.stderr)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another thing there")
def test_a_read_only_file_is_read_and_never_written(example: Path, tmp_path: Path) -> None:
    """Otherwise a report on a shared drive could not be shown or exported."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    file = Path(shutil.move(example, shelf))
    file.chmod(0o444)
    shelf.chmod(0o555)
    try:
        kept = contents(shelf)
        commands = [command_on(name, file) for name in ("list", "show", "check", "history", "set")]
        commands += [
            ["export", file, "--all", "--to", tmp_path / "out"],
            ["sql", file, "select 1"],
            ["backup", file, tmp_path / "b.duckdb"],
        ]
        texts = json.dumps([[str(argument) for argument in command] for command in commands])
        done = subprocess.run(
            [*without_privileges(), sys.executable, "-c", _EACH, texts],
            capture_output=True,
            encoding="utf-8",
            env=environment(tmp_path / "home"),
            check=True,
        )
        told = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("[")]
        assert told == [
            [command[0], 1 if command[0] in {"check", "set"} else 0] for command in commands
        ], done.stderr
        assert contents(shelf) == kept
    finally:
        shelf.chmod(0o755)


def test_a_new_office_does_not_replace_a_file(example: Path, lkjip: Lkjip) -> None:
    """Otherwise `lkjip new` on the wrong name would end a year's work."""
    before = contents(example.parent)
    done = lkjip("new", example, "--office", "Kecamatan Lain", "--year", "2024")
    assert done.returncode == 1
    assert contents(example.parent) == before


def test_a_new_office_has_every_sheet_and_its_year(
    tmp_path: Path, lkjip: Lkjip, program: Lkjip
) -> None:
    """Otherwise a new office would begin with an error."""
    file = tmp_path / "deep" / "new.duckdb"
    done = program("new", file, "--office", "Kecamatan Lain", "--year", "2024")
    assert (done.returncode, done.stdout) == (0, f"{file}\n")
    assert f"lkjip open {file}" in done.stderr
    shown = lkjip("show", file, "office", "--format", "csv")
    assert "Kecamatan Lain" in shown.stdout
    assert lkjip("show", file, "activities", "--year", "2024").returncode == 0
    assert lkjip("show", file, "activities", "--year", "2023").returncode == 2


def test_a_new_office_begins_with_what_its_kind_has(tmp_path: Path, lkjip: Lkjip) -> None:
    """Otherwise every kecamatan would type the same sub kegiatan again."""
    named = ("--office", "Kecamatan Lain", "--year", "2024")
    done = lkjip("new", "new.duckdb", *named, "--template", "kecamatan")
    assert (done.returncode, done.stdout) == (0, "new.duckdb\n")
    shown = lkjip("show", "new.duckdb", "activities", "--format", "csv").stdout
    assert "Penyediaan Gaji dan Tunjangan ASN" in shown
    before = contents(tmp_path)
    done = lkjip("new", "other.duckdb", *named, "--template", "kelurahan")
    assert done.returncode == 2
    assert "kecamatan" in done.stderr
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "given", [(), ("x.duckdb",), ("x.duckdb", "--year", "2024"), ("x.duckdb", "--office", "A")]
)
def test_where_nobody_can_be_asked_a_new_office_needs_everything(
    given: tuple[str, ...], lkjip: Lkjip, tmp_path: Path
) -> None:
    """Otherwise a script would wait for answers, or make an office without a name."""
    done = lkjip("new", *given)
    assert done.returncode == 2
    assert "--office" in done.stderr
    assert not list(tmp_path.glob("*.duckdb*"))


def test_an_office_without_a_name_is_refused(lkjip: Lkjip, tmp_path: Path) -> None:
    """Otherwise every caption would end in the middle."""
    assert lkjip("new", "x.duckdb", "--office", "  ", "--year", "2024").returncode == 2
    assert not list(tmp_path.glob("*.duckdb*"))


def test_a_new_office_s_file_is_named_as_asked(tmp_path: Path, lkjip: Lkjip) -> None:
    """Otherwise a user would look for a file under a name that it does not have."""
    for name, written in (("kantor", "kantor"), ("kantor kecil.2024", "'kantor kecil.2024'")):
        done = lkjip("new", name, "--office", "Kecamatan Lain", "--year", "2024")
        assert (done.returncode, done.stdout) == (0, f"{name}\n")
        assert done.stderr.endswith(f"lkjip open {written}\n")
        assert (tmp_path / name).is_file()
        assert "Kecamatan Lain" in lkjip("show", name, "office", "--format", "csv").stdout


def test_the_demo_is_made_once_and_kept(tmp_path: Path, lkjip: Lkjip, program: Lkjip) -> None:
    """Otherwise looking at the example again would throw away what was tried in it."""
    done = program("demo", "--no-open")
    made = Path(done.stdout.strip())
    assert done.returncode == 0
    assert made.is_relative_to(tmp_path / "home")
    assert lkjip("set", made, *REST["set"]).returncode == 0
    before = made.read_bytes()
    assert lkjip("demo", "--no-open").stdout == done.stdout
    assert made.read_bytes() == before


def test_a_backup_is_a_whole_file_of_its_own(example: Path, tmp_path: Path, lkjip: Lkjip) -> None:
    """Otherwise the copy that a user trusts would not open."""
    assert lkjip("set", example, *REST["set"]).returncode == 0
    beside = Path(lkjip("backup", example).stdout.strip())
    assert beside.parent == example.parent
    assert beside.name.startswith("sooko-")
    named = tmp_path / "copy.duckdb"
    assert lkjip("backup", example, named).stdout == f"{named}\n"
    for copy in (beside, named):
        assert "Kecamatan Lain" in lkjip("show", copy, "office", "--format", "csv").stdout
    again = lkjip("backup", example, named)
    assert again.returncode == 1
    assert again.stdout == ""
