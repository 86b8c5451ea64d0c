"""`lkjip import`: looked at, refused, taken over, taken back."""

from pathlib import Path

import pytest

from tests.cli.conftest import Lkjip

pytestmark = pytest.mark.usefixtures("english")

_GOOD = "row_key,realization\nsub_activity/3,3100000000\n"
_BAD = _GOOD + "sub_activity/4,.5\n"


def _realization(lkjip: Lkjip, file: Path) -> str:
    found = lkjip("sql", file, "select max(realization) from sheet.activities where level = 3"
                  " and name like 'Penyediaan Gaji%'", "--format", "csv")  # fmt: skip
    return found.stdout.splitlines()[-1]


def test_a_dry_run_tells_what_would_change_and_writes_nothing(
    lkjip: Lkjip, example: Path, tmp_path: Path
) -> None:
    """Else the only way to see what a file does is to let it."""
    (tmp_path / "in.csv").write_text(_GOOD)
    found = lkjip("import", example, "activities", "in.csv", "--dry-run")
    assert found.returncode == 0
    assert "2.015.461.800" in found.stdout
    assert "3.100.000.000" in found.stdout
    assert "1 cell changes" in found.stdout
    assert _realization(lkjip, example) == "2015461800"


def test_an_import_is_taken_over_and_taken_back(lkjip: Lkjip, example: Path) -> None:
    """Else a script's wrong file cannot be undone."""
    assert lkjip("import", example, "activities", "-", stdin=_GOOD).returncode == 0
    assert _realization(lkjip, example) == "3100000000"
    assert "already" in lkjip("import", example, "activities", "-", stdin=_GOOD).stderr
    assert lkjip("undo", example).returncode == 0
    assert _realization(lkjip, example) == "2015461800"


def test_what_is_refused_keeps_all_of_it_out(lkjip: Lkjip, example: Path) -> None:
    """Else half of a file is in the office's figures, and nobody knows which half."""
    found = lkjip("import", example, "activities", "-", stdin=_BAD)
    assert found.returncode == 1
    assert "Line 3" in found.stderr
    assert "Nothing was written" in found.stderr
    assert _realization(lkjip, example) == "2015461800"
    taken = lkjip("import", example, "activities", "-", "--leave-out-refused", stdin=_BAD)
    assert taken.returncode == 0
    assert _realization(lkjip, example) == "3100000000"


def test_headings_of_ones_own_are_named(lkjip: Lkjip, example: Path) -> None:
    """Else an office has to rename the columns of its own files."""
    text = "Apa;Berapa\nPenyediaan Gaji dan Tunjangan ASN;3.100.000.000\n"
    told = lkjip("import", example, "activities", "-", stdin=text)
    assert (told.returncode, "--map" in told.stderr) == (2, True)
    by_hand = ("--map", "name=Apa", "--map", "realization=Berapa")
    assert lkjip("import", example, "activities", "-", *by_hand, stdin=text).returncode == 0
    assert _realization(lkjip, example) == "3100000000"


def test_a_source_that_is_not_there_is_told(lkjip: Lkjip, example: Path) -> None:
    """Else a slip in a path ends in a trace."""
    found = lkjip("import", example, "activities", "nothing.csv")
    assert (found.returncode, "nothing.csv" in found.stderr) == (1, True)


def test_what_a_heading_is_is_said_once(lkjip: Lkjip, example: Path) -> None:
    """Else a monthly script repeats it, and the screen asks what the command line was told."""
    text = "Apa;Berapa\nPenyediaan Gaji dan Tunjangan ASN;3.100.000.000\n"
    by_hand = ("--map", "name=Apa", "--map", "realization=Berapa")
    looked = lkjip("import", example, "activities", "-", *by_hand, "--dry-run", stdin=text)
    assert looked.returncode == 0
    again = lkjip("import", example, "activities", "-", stdin=text)
    assert again.returncode == 2, "who only looks has said nothing"
    assert lkjip("import", example, "activities", "-", *by_hand, stdin=text).returncode == 0
    assert lkjip("undo", example).returncode == 0
    assert lkjip("import", example, "activities", "-", stdin=text).returncode == 0
    assert _realization(lkjip, example) == "3100000000"


def test_a_dry_run_tells_of_new_rows_and_makes_none(lkjip: Lkjip, example: Path) -> None:
    """Else a budget with new sub kegiatan can only be looked at by taking it in."""
    text = (
        "Kode;Uraian;Pagu\n7.01.09;PROGRAM BARU;\n7.01.09.2.01;Kegiatan;\n7.01.09.2.01.01;Sub;5\n"
    )
    found = lkjip("import", example, "activities", "-", "--dry-run", stdin=text)
    assert (found.returncode, "3 rows are new" in found.stdout) == (0, True)
    assert "PROGRAM BARU" not in lkjip("show", example, "activities").stdout


def test_nothing_of_a_source_is_no_success(lkjip: Lkjip, example: Path) -> None:
    """Else a script goes on as if the office's figures were in."""
    text = "Uraian;Realisasi\nTidak ada di sini;5\n"
    found = lkjip("import", example, "activities", "-", "--leave-out-refused", stdin=text)
    assert (found.returncode, "Nothing of the source" in found.stderr) == (1, True)


def test_a_file_that_may_be_another_office_s_is_told(lkjip: Lkjip, example: Path) -> None:
    """Else a script takes the neighbour's figures in, and says that all is well."""
    text = "row_key,name,realization\nsub_activity/3,Satu,1\nsub_activity/4,Dua,2\n"
    told = "2 of 2 lines that bear a key call their row otherwise"
    assert told in lkjip("import", example, "activities", "-", "--dry-run", stdin=text).stdout
    assert told in lkjip("import", example, "activities", "-", stdin=text).stderr


def test_the_year_that_is_written_is_told(lkjip: Lkjip, example: Path) -> None:
    """Else last year's file goes into the new year, and nothing has named either."""
    text = "LAPORAN TAHUN ANGGARAN 2020\n\n" + _GOOD.replace(",", ";")
    found = lkjip("import", example, "activities", "-", stdin=text)
    assert "2021" in found.stderr.splitlines()[0]
    assert "is of 2020, but it is taken into 2021" in found.stderr


def test_headings_that_are_of_no_column_are_told(lkjip: Lkjip, example: Path) -> None:
    """Else a whole column of the office's file is left behind, and the script says all is well."""
    text = "Uraian;DPPA;Realisasi;SP2D\nPenyediaan Gaji dan Tunjangan ASN;1;3.100.000.000;2\n"
    found = lkjip("import", example, "activities", "-", stdin=text)
    assert "Uraian → Description · Realisasi → Realization" in found.stderr
    assert "Headings of no column here: DPPA · SP2D" in found.stderr
