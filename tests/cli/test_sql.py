"""`lkjip sql` for scripts: it reads, whatever it is given, and ends whatever it is asked."""

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Lkjip
from tests.core.attacks import ATTACKS, ENDLESS, HOGS, READS, aimed
from tests.core.support import bytes_of


@pytest.fixture
def near(tmp_path: Path) -> Path:
    """Return a folder with a file that nobody may read from here."""
    folder = tmp_path / "near"
    folder.mkdir()
    (folder / "secret.csv").write_text("a,b\n1,only for the owner\n")
    return folder


@pytest.mark.usefixtures("english")
def test_what_is_asked_of_the_command_line_changes_nothing(
    example: Path, near: Path, lkjip: Lkjip
) -> None:
    """A script with a text from elsewhere in it could empty the office's file."""
    lkjip("sql", example, "select 1")
    before = bytes_of(example.parent)
    for attack in ATTACKS[::20]:
        done = lkjip("sql", example, "-", stdin=aimed(attack, near))
        assert (done.returncode, done.stdout) == (1, ""), attack
        assert done.stderr.startswith("lkjip: ")
        assert "only for the owner" not in done.stderr
    for statement, _count in READS[::12]:
        assert lkjip("sql", example, "-", "--format", "csv", stdin=statement).returncode == 0
    assert bytes_of(example.parent) == before


@pytest.mark.usefixtures("english")
def test_a_statement_that_takes_too_much_ends_with_the_reason(example: Path, lkjip: Lkjip) -> None:
    """A script would wait for ever, or the machine stand still."""
    done = lkjip("sql", example, ENDLESS[0], "--timeout", "0.3")
    assert (done.returncode, done.stdout) == (1, "")
    assert "worked for 0.3 seconds" in done.stderr
    assert "--timeout SECONDS" in done.stderr
    if sys.platform == "linux":  # elsewhere no system caps a process
        done = lkjip("sql", example, HOGS[0])
        assert "more memory" in done.stderr
    assert (done.returncode, done.stdout) == (1, "")
    assert lkjip("sql", example, "select 1", "--timeout", "-1").returncode == 2


@pytest.mark.usefixtures("english")
def test_a_file_that_is_asked_for_is_told_the_way_in(example: Path, lkjip: Lkjip) -> None:
    """A user would be told to install an extension, and try."""
    for statement in ("from read_csv('x.csv')", "from 'x.xlsx'", "from read_xlsx('x.xlsx')"):
        done = lkjip("sql", example, statement)
        assert done.returncode == 1
        assert "lkjip import" in done.stderr
        assert "INSTALL" not in done.stderr


@pytest.mark.usefixtures("english")
def test_a_mistake_is_told_with_its_place(example: Path, tmp_path: Path, lkjip: Lkjip) -> None:
    """In a long file of SQL the line would have to be counted."""
    text = "-- a remark\nselect p.name,\n       p.nme\nfrom program as p\n"
    file = tmp_path / "q.sql"
    file.write_text(text, "utf-8")
    for form in ("csv", "text"):
        done = lkjip("sql", example, "--file", file, "--format", form)
        assert (done.returncode, done.stdout) == (1, "")
        assert "q.sql, line 3, column 8." in done.stderr
    for given in (["-"], ["--file", "-"]):
        assert "  Line 3, column 8." in lkjip("sql", example, *given, stdin=text).stderr
    assert "Line 2, column 1." in lkjip("sql", example, "select 1;\nselec 2").stderr
    late = "\n\nselect cast(name as integer) from program"
    assert "Line 3, column 8." in lkjip("sql", example, late).stderr
    assert ", column" not in lkjip("sql", example, "select error('no')").stderr


@pytest.mark.usefixtures("english")
def test_a_value_that_is_lacking_or_not_asked_for_is_told(example: Path, lkjip: Lkjip) -> None:
    """A slip in a parameter's name would be told in the words of the driver."""
    done = lkjip("sql", example, "select $b, $a, $fiscal_year", "--param", "b=1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "asks for $a." in done.stderr
    done = lkjip("sql", example, "select $a", "--param", "a=1", "--param", "typo=1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "does not ask for $typo." in done.stderr
    assert lkjip("sql", example, "select $A", "--param", "a=1").returncode == 0
    assert lkjip("sql", example, "select $a + 1 as day", "--param", "a=2021-12-31",
                 "--format", "csv").stdout == "day\n2022-01-01\n"  # fmt: skip
    done = lkjip("sql", example, "select ?::int + $1::int as x", "--param", "1=2",
                 "--format", "csv")  # fmt: skip
    assert done.stdout == "x\n4\n"
