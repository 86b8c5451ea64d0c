"""Facts are changed from the command line by the same road as in the grid."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import PROGRAM, Lkjip, environment

HOSTILE = [
    "[/]",
    "[Meningkat]",
    "[@click=app.quit]x[/]",
    "\x1b[31mred\x1b[0m \x9b5m \u202egnp",
    "a|b\\|c `d` *e* _f_ <b>g</b> &amp; #h ~i~",
    "=1+1",
    "1. first\n\n- second\n| a | b |\n| - | - |",
    "x" * 10_000,
    "日本語 e\u0301 👩‍👩‍👧",
]


def sections(file: Path, lkjip: Lkjip) -> dict[str, str]:
    """Return the text of each passage by its row_key."""
    rows = json.loads(lkjip("show", file, "sections", "--format", "json").stdout)
    return {row["row_key"]: row["body"] for row in rows}


def test_set_changes_one_cell_and_tells_what_it_was(example: Path, lkjip: Lkjip) -> None:
    """Otherwise a script would not know whether it hit the right cell."""
    done = lkjip(
        "set", example, "activities", "realization", "2.345.833.103",
        "--key", "name=Penyediaan Gaji dan Tunjangan ASN",
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.startswith("2021 · Penyediaan Gaji dan Tunjangan ASN · ")
    assert done.stdout.endswith(": 2.015.461.800 → 2.345.833.103\n")
    assert "3.270.023.747" in lkjip("show", example, "budget_summary").stdout
    again = lkjip(
        "set", example, "sheet.activities", "realization", "Rp 2.345.833.103,-",
        "--key", "row_key=sub_activity/3", "--year", "2021",
    )  # fmt: skip
    assert (again.returncode, again.stdout) == (0, "")


def test_set_reads_a_value_as_the_grid_does(example: Path, lkjip: Lkjip) -> None:
    """Otherwise the same text would be another figure in a script."""
    cell = ["set", example, "indicators", "realization", "--key", "row_key=indicator/10"]
    assert "→ 81,5" in lkjip(*cell, "81,5").stdout
    assert "→ –" in lkjip(*cell, "").stdout
    assert "→ -5" in lkjip(*cell, "--", "-5").stdout
    words = lkjip(*cell, "82 Baik Sekali")
    assert "→ 82 Baik Sekali" in words.stdout
    for refused in ("1.234", "81.5.5", "ha"):
        done = lkjip(*cell, refused)
        assert (done.returncode, done.stdout) == (1, ""), refused
        assert done.stderr.startswith("lkjip: ")


def test_set_needs_keys_that_select_one_row(example: Path, lkjip: Lkjip) -> None:
    """Otherwise a slip in a key would change another program's money."""
    cell = ["set", example, "activities", "realization", "1"]
    near = lkjip(*cell, "--key", "name=Penyediaan Gaji dan Tunjangan")
    assert near.returncode == 2
    assert "sub_activity/3" in near.stderr
    several = lkjip(*cell, "--key", "level=3")
    assert several.returncode == 2
    assert "29" in several.stderr
    for keys in ([], ["--key", "nothing=1"], ["--key", "level"]):
        assert lkjip(*cell, *keys).returncode == 2
    assert lkjip("set", example, "activities", "nothing", "1").returncode == 2
    computed = lkjip(*cell, "--key", "row_key=total")
    assert computed.returncode == 1
    assert lkjip("history", example, "--format", "json").stdout == "[]\n"


def test_undo_and_redo_tell_what_they_took_back(
    example: Path, lkjip: Lkjip, program: Lkjip
) -> None:
    """Otherwise a user would not know what the file holds now."""
    program("set", example, "office", "name", "Kecamatan Lain")
    assert ": Kecamatan Lain → Kecamatan Sooko" in program("undo", example).stdout
    assert ": Kecamatan Sooko → Kecamatan Lain" in lkjip("redo", example).stdout
    nothing = lkjip("redo", example)
    assert (nothing.returncode, nothing.stdout) == (1, "")
    lkjip("undo", example)
    assert lkjip("undo", example).returncode == 1


@pytest.mark.usefixtures("either_road")
def test_a_large_act_is_told_as_a_small_one(example: Path, lkjip: Lkjip) -> None:
    """Otherwise the undo of a large import would not say what it was."""
    lkjip("set", example, "office", "name", "Kecamatan Lain")
    assert ": Kecamatan Lain → Kecamatan Sooko" in lkjip("undo", example).stdout
    assert ": Kecamatan Sooko → Kecamatan Lain" in lkjip("redo", example).stdout


def test_history_tells_a_change_and_its_undo_newest_first(example: Path, lkjip: Lkjip) -> None:
    """Otherwise nobody could say who changed a figure, and from what."""
    lkjip("set", example, "office", "name", "Kecamatan Lain")
    lkjip("undo", example)
    rows = json.loads(lkjip("history", example, "--format", "json").stdout)
    assert [(row["label"], row["before"], row["after"]) for row in rows] == [
        ("undo", "Kecamatan Lain", "Kecamatan Sooko"),
        ("edit", "Kecamatan Sooko", "Kecamatan Lain"),
    ]
    assert rows[0]["undo_of"] == rows[1]["act_id"]
    assert rows[0]["fact_key"] == {"office_id": "1"}
    text = lkjip("history", example).stdout.splitlines()
    assert text[4].rindex("Kecamatan Sooko") > text[4].rindex("Kecamatan Lain")
    assert (
        len(json.loads(lkjip("history", example, "--limit", "1", "--format", "json").stdout)) == 1
    )


def test_a_year_is_started_and_taken_back_whole(
    example: Path, lkjip: Lkjip, program: Lkjip
) -> None:
    """Otherwise a year started by mistake would stay in every list."""
    done = program("year", example, "2022", "--from", "2021")
    assert done.returncode == 0
    assert "2022" in done.stdout
    lacking = [line.split() for line in done.stdout.splitlines()[1:]]
    assert ["0/6", "Bab", "II", "·", "Target", "PK"] in [words[:6] for words in lacking]
    assert not any("Profil" in words for words in lacking), "nothing of it lacks"
    assert lkjip("show", example, "activities", "--year", "2022").returncode == 0
    assert lkjip("undo", example).returncode == 0
    assert lkjip("show", example, "activities", "--year", "2022").returncode == 2


@pytest.mark.usefixtures("english")
def test_a_year_to_start_from_that_is_not_there_is_named(example: Path, lkjip: Lkjip) -> None:
    """Otherwise a user would look for what is wrong with the new year."""
    for source in ("1990", "0"):
        done = lkjip("year", example, "2030", "--from", source)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"lkjip: {source} is not in this file.\n  Years here: 2021\n"


def test_a_leading_minus_is_told_where_it_goes(example: Path, lkjip: Lkjip) -> None:
    """Otherwise a negative figure could not be set, and nothing would say how."""
    cell = ["set", example, "indicators", "realization"]
    keys = ["--key", "row_key=indicator/10"]
    for value in ("-5", "-5,2", "-Rp 5", "- 5"):
        for arguments in ([*cell, value, *keys], [*cell, *keys, value]):
            done = lkjip(*arguments)
            assert (done.returncode, done.stdout) == (2, "")
            assert "-- -5" in done.stderr
    assert "-- -5" in lkjip("sql", example, "-- first\nselect 1").stderr
    assert "-- -5" not in lkjip(*cell, "5", "--kye", "row_key=indicator/10").stderr
    assert lkjip(*cell, *keys, "--", "-5").returncode == 0


def test_any_text_survives_being_set_shown_exported_and_opened_again(
    example: Path, tmp_path: Path, lkjip: Lkjip
) -> None:
    """Otherwise a passage with a bracket in it would vanish or run as a command."""
    before = sections(example, lkjip)
    expected = dict(zip(before, HOSTILE, strict=False))
    said = ""
    for row_key, text in expected.items():
        key = f"row_key={row_key}"
        done = lkjip("set", example, "sections", "body", "--key", key, "--", text)
        assert done.returncode == 0, done.stderr
        said += done.stdout
    assert len(expected) == len(HOSTILE)
    assert sections(example, lkjip) == before | expected
    out = tmp_path / "out"
    lkjip("export", example, "sections", "--to", out, "--format", "csv", "--format", "md")
    written = (out / "sheet.sections.csv").read_text("utf-8")
    for text in HOSTILE:
        assert text.replace('"', '""') in written
    for shown in (
        said,
        lkjip("show", example, "sections").stdout,
        lkjip("history", example).stdout,
        (out / "sheet.sections.md").read_text("utf-8"),
    ):
        assert "[@click=app.quit]x[/]" in shown.replace("\\", "")
        assert not {"\x1b", "\x9b", "\u202e"} & set(shown)
    assert lkjip("undo", example).returncode == 0
    del expected[list(expected)[-1]]
    assert sections(example, lkjip) == before | expected


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there is no terminal here")
def test_nothing_in_the_data_drives_the_terminal(
    example: Path, lkjip: Lkjip, tmp_path: Path
) -> None:
    """Otherwise a file from elsewhere could write into a user's terminal."""
    key = f"row_key={next(iter(sections(example, lkjip)))}"
    lkjip("set", example, "sections", "body", "--key", key, "--", "a\x1b]0;b\x07c")
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [*PROGRAM, "show", str(example), "sections", "--format", "csv"],
        stdout=theirs,
        env=environment(tmp_path),
    ) as program:
        os.close(theirs)
        shown = b"".join(iter(lambda: read(ours), b""))
        assert program.wait() == 0
    os.close(ours)
    assert "a␛]0;b␇c".encode() in shown
    assert b"\x1b" not in shown


def read(terminal: int) -> bytes:
    """Return what a terminal shows next, nothing when its program has ended."""
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        return b""
