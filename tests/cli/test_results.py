"""Results go to standard output in the form asked for, all else to standard error."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from lkjip_tui.core.checks.findings import FIELDS
from tests.cli.conftest import PROGRAM, Lkjip, environment

TOTAL = {"budget": 4644000103, "budget_realization": 3230910909, "absorption_pct": 69.57}


def test_list_names_every_sheet_table_and_check(example: Path, lkjip: Lkjip) -> None:
    """Otherwise a user would have to know the names by heart."""
    done = lkjip("list", example)
    assert (done.returncode, done.stderr) == (0, "")
    for name in ("sheet.activities", "report.budget_summary", "quality.realization_above_budget"):
        assert name in done.stdout
    assert "3.9" in done.stdout


def test_show_prints_the_table_as_the_report_does(example: Path, lkjip: Lkjip) -> None:
    """Otherwise the figures would have to be written by hand into the report."""
    text = lkjip("show", example, "budget_summary").stdout
    markdown = lkjip("show", example, "report.budget_summary", "--format", "md").stdout
    for figure in ("4.644.000.103", "3.230.910.909", "69,57", "4.349.483.103", "67,59"):
        assert figure in text
        assert figure in markdown
    assert "Jumlah" in text.splitlines()[-4]


def test_show_gives_scripts_identifiers_and_raw_values(example: Path, lkjip: Lkjip) -> None:
    """Otherwise a script would have to undo the printed form."""
    rows = list(
        csv.DictReader(
            io.StringIO(lkjip("show", example, "budget_summary", "--format", "csv").stdout)
        )
    )
    objects = json.loads(lkjip("show", example, "budget_summary", "--format", "json").stdout)
    assert list(rows[0]) == list(objects[0])
    assert list(rows[0])[:2] == ["fiscal_year", "row_key"]
    total = next(row for row in objects if row["row_key"] == "total")
    assert {name: total[name] for name in TOTAL} == TOTAL
    assert next(row for row in rows if row["row_key"] == "total")["absorption_pct"] == "69.57"


def test_a_name_or_year_that_does_not_exist_is_a_usage_error(example: Path, lkjip: Lkjip) -> None:
    """Otherwise a script would go on with nothing."""
    for arguments in (
        ["show", example, "nothing"],
        ["show", example, "basis.tree"],
        ["show", example, "achievement", "--year", "1999"],
        ["export", example, "--to", "out"],
        ["export", example, "nothing", "--to", "out"],
        ["year", example, "2021"],
        ["year", example, "2023", "--from", "1999"],
        ["check", example, "--year", "1999"],
    ):
        done = lkjip(*arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert done.stderr.startswith("lkjip: ")


def test_sql_answers_in_every_form(example: Path, lkjip: Lkjip) -> None:
    """Otherwise the answer could not be put where it is needed."""
    statement = (
        "select a.predicate, a.achievement_pct as pct, cast(null as integer) as nothing, 1/0 as inf"
        " from report.achievement as a where a.target = 81 and a.realization = 82"
    )
    answers = {
        form: lkjip("sql", example, statement, "--format", form).stdout
        for form in ("text", "csv", "md", "json")
    }
    assert answers["csv"].splitlines()[:2] == [
        "predicate,pct,nothing,inf", "Sangat Tinggi,101.23,,inf",
    ]  # fmt: skip
    assert '{"predicate": "Sangat Tinggi", "pct": 101.23, "nothing": null' in answers["json"]
    assert "| Sangat Tinggi | 101.23 | – | inf |" in answers["md"]
    assert "101.23" in answers["text"]
    assert "–" in answers["text"]


def test_sql_takes_statement_and_parameters_from_where_they_are(
    example: Path, tmp_path: Path, lkjip: Lkjip
) -> None:
    """Otherwise a statement kept in a file would have to be pasted."""
    statement = "select $fiscal_year + $more as y, $name as name -- not $this"
    file = tmp_path / "q.sql"
    file.write_text(statement, "utf-8")
    given = ["--param", "more=1", "--param", "name=a=b", "--format", "csv"]
    expected = "y,name\n2022,a=b\n"
    assert lkjip("sql", example, statement, *given).stdout == expected
    assert lkjip("sql", example, "--file", file, *given).stdout == expected
    assert lkjip("sql", example, "-", *given, stdin=statement).stdout == expected
    assert lkjip("sql", example, *given).returncode == 2
    assert lkjip("sql", example, "select 1", "--file", file).returncode == 2
    assert lkjip("sql", example, "--file", tmp_path / "no.sql").returncode == 1
    assert lkjip("sql", example, "select 1", "--param", "x").returncode == 2
    assert lkjip("sql", example, "select $x", "--param", "x=\udcff").returncode == 2


@pytest.mark.parametrize(
    "statement",
    [
        "delete from journal",
        "with gone as (delete from office returning *) select * from gone",
        "copy office to 'stolen.csv'",
        "attach 'other.duckdb'",
        "select * from read_csv('x.csv')",
        "select 1; drop table office",
        "",
        "selec 1",
    ],
)
def test_sql_that_would_write_or_does_not_run_is_refused_with_exit_code_1(
    statement: str, example: Path, lkjip: Lkjip
) -> None:
    """Otherwise one line from the web could empty the file."""
    before = example.read_bytes()
    done = lkjip("sql", example, statement)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("lkjip: ")
    assert "Traceback" not in done.stderr
    assert example.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("install httpfs", "INSTALL"),
        ("/* a /* b */ */ -- c\n checkpoint", "CHECKPOINT"),
        ("use memory", "USE"),
        ("update extensions", "UPDATE"),
        ("with d as (select 1) insert into office select * from d", "INSERT"),
        ("with d as (select 1) merge into office using d on false when not matched then insert *",
         "MERGE INTO"),
    ],
)  # fmt: skip
def test_sql_names_what_it_refuses_as_it_was_written(
    statement: str, name: str, example: Path, lkjip: Lkjip
) -> None:
    """Otherwise a user would look for a word that is not in the statement."""
    done = lkjip("sql", example, "--", statement)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"lkjip: {name} ")
    assert ("lkjip set" in done.stderr) == (name in {"INSERT", "MERGE INTO"})


def test_check_fails_only_while_an_error_stands_open(example: Path, lkjip: Lkjip) -> None:
    """Otherwise a script could not stop a report that contradicts itself."""
    found = json.loads(lkjip("check", example, "--format", "json").stdout)
    errors = [one for one in found if one["severity"] == "error"]
    assert lkjip("check", example).returncode == (1 if errors else 0)
    spoilt = ["set", example, "activities", "realization", "99.000.000.000", "--key"]
    assert lkjip(*spoilt, "row_key=sub_activity/1").returncode == 0
    done = lkjip("check", example)
    assert done.returncode == 1
    assert "realization_above_budget" in done.stdout


def test_check_gives_scripts_the_names_of_the_contract(example: Path, lkjip: Lkjip) -> None:
    """Otherwise a script that watches a file would break with a release."""
    names = [
        "check_name", "severity", "fiscal_year", "finding_key", "view_name", "row_key",
        "column_name", "place", "stated", "computed", "difference", "message", "accepted",
    ]  # fmt: skip
    assert list(FIELDS) == names
    lkjip("set", example, "activities", "realization", "9.999.000.000", "--key", "code=", "--key",
          "row_key=sub_activity/1")  # fmt: skip
    found = json.loads(lkjip("check", example, "--format", "json").stdout)
    assert [list(one) for one in found] == [names] * len(found)
    assert any(one["stated"] == 9999000000 for one in found)
    assert "sub_activity/1" in lkjip("check", example, "--format", "csv").stdout
    assert lkjip("check", example, "--format", "md").stdout


@pytest.mark.slow
def test_export_writes_every_table_and_says_which_files(
    example: Path, tmp_path: Path, lkjip: Lkjip
) -> None:
    """Otherwise a user would search the folder for what is new."""
    out = tmp_path / "out"
    done = lkjip(
        "export", example, "--all", "sheet.office", "--to", out, "--format", "csv", "--format", "md"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(done.stdout.split()) == sorted(map(str, out.iterdir()))
    assert (out / "budget_summary.md").exists()
    assert (out / "sheet.office.csv").exists()
    again = lkjip("export", example, "achievement", "--to", out)
    assert (again.returncode, again.stdout) == (1, "")
    assert lkjip("export", example, "achievement", "--to", out, "--force").returncode == 0


@pytest.mark.slow
@pytest.mark.usefixtures("english")
def test_the_report_is_written_and_names_without_a_value_are_told(
    example: Path, tmp_path: Path, lkjip: Lkjip
) -> None:
    """Otherwise a script would hand in a report with holes in it, or that of another year."""
    file = tmp_path / "laporan.md"
    done = lkjip("report", example, "--to", file)
    assert (done.returncode, done.stderr) == (0, "lkjip: Report of the year 2021\n")
    assert str(file) in done.stdout.splitlines()
    assert lkjip("report", example, "--to", file).returncode == 1, "it is there already"
    assert lkjip("report", example, "--to", tmp_path / "laporan.pdf").returncode == 2
    body = "Serapan {budget_summary:sum:absorption_pct}."
    lkjip("set", example, "sections", "--key", "section_id=24", "body", body)
    again = lkjip("report", example, "--to", file, "--force")
    assert again.returncode == 1
    assert "Bab IV B SARAN: {budget_summary:sum:absorption_pct}: " in again.stderr
    assert r"Serapan \[?budget\_summary:sum:absorption\_pct\]." in file.read_text("utf-8")


def test_export_for_a_spreadsheet_has_semicolons_commas_and_printed_headings(
    example: Path, tmp_path: Path, lkjip: Lkjip
) -> None:
    """Otherwise Excel in Indonesia would read every figure as text."""
    lkjip("export", example, "program_absorption", "--to", tmp_path / "out", "--locale", "id")
    lines = (tmp_path / "out" / "program_absorption.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("fiscal_year;row_key;No;Program;Jumlah Anggaran;")
    assert ";4349483103;2939652444;67,59;" in lines[1]


def test_a_reader_that_leaves_early_is_no_error(example: Path, tmp_path: Path) -> None:
    """Otherwise `lkjip sql … | head` would end in a traceback."""
    statement = "select r.range as n from range(1000000000) as r"
    for form in ("csv", "json", "text", "md"):
        with subprocess.Popen(
            [*PROGRAM, "sql", str(example), statement, "--format", form],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(tmp_path),
        ) as program:
            assert program.stdout is not None
            assert program.stderr is not None
            assert program.stdout.readline()
            program.stdout.close()
            assert program.stderr.read() == b""
            assert program.wait() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send there")
@pytest.mark.parametrize(
    "statement",
    [
        "select r.range as n from range(1000000000) as r",
        "select r.range as n from range(1000000000000000) as r where r.range < 9999",
    ],
    ids=["rows that flow", "rows that stay away"],
)
def test_ctrl_c_ends_a_statement_with_exit_code_130(
    statement: str, example: Path, tmp_path: Path
) -> None:
    """Otherwise a statement that takes for ever could only be killed.

    The rows that are there already would be shown only behind those that never come.
    """
    with subprocess.Popen(
        [*PROGRAM, "sql", str(example), statement, "--format", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        os.read(program.stdout.fileno(), 1)  # it has begun
        drained = threading.Thread(target=program.stdout.read)
        drained.start()
        program.send_signal(signal.SIGINT)
        drained.join()
        assert program.wait() == 130
        assert b"Traceback" not in program.stderr.read()


def add_table(file: Path, name: str, select: str) -> None:
    """Put a user's own report table beside the file."""
    folder = file.parent / "queries" / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    header = '-- title: Punyaku\n-- grain: fiscal_year, row_key\n-- column n: count "N"\n'
    (folder / f"{name}.sql").write_text(f"{header}{select}\n", "utf-8")


@pytest.mark.slow
def test_a_query_of_the_user_s_that_does_not_read_is_told_and_harms_no_other(
    example: Path, lkjip: Lkjip
) -> None:
    """Otherwise one slip in a query would take the whole file away."""
    add_table(example, "mine", "select 2021 as fiscal_year, 'a' as row_key, nowhere as n")
    done = lkjip("show", example, "budget_summary")
    assert done.returncode == 0
    assert "mine.sql" in done.stderr
    assert "4.644.000.103" in done.stdout
    missing = lkjip("show", example, "mine")
    assert missing.returncode in {1, 2}
    assert missing.stdout == ""


def test_a_table_that_fails_is_told_and_the_others_are_exported(
    example: Path, lkjip: Lkjip
) -> None:
    """Otherwise one bad division would cost a user all the tables."""
    add_table(
        example,
        "mine",
        "select 2021 as fiscal_year, 'a' as row_key, cast(o.name as integer) as n from office as o",
    )
    out = example.parent / "out"
    done = lkjip("export", example, "mine", "achievement", "--to", out)
    assert done.returncode == 1
    assert done.stdout.split() == [str(out / "achievement.csv")]
    assert "mine.csv" in done.stderr
    assert [file.name for file in out.iterdir()] == ["achievement.csv"]
    assert lkjip("show", example, "mine").returncode == 1
    report = lkjip("report", example, "--to", out / "laporan.md")
    assert (report.returncode, "report.mine: " in report.stderr) == (1, True), report.stderr
    assert [file.name for file in out.iterdir()] == ["achievement.csv"]


def test_a_table_of_the_user_s_own_is_shown_and_exported_like_the_shipped_ones(
    example: Path, lkjip: Lkjip
) -> None:
    """Otherwise a user who can write SQL would still need a programmer."""
    add_table(example, "mine", "select 2021 as fiscal_year, 'a' as row_key, 1250 as n")
    assert "1.250" in lkjip("show", example, "mine").stdout
    out = example.parent / "out"
    assert str(out / "mine.csv") in lkjip("export", example, "--all", "--to", out).stdout
    assert (out / "mine.csv").read_text("utf-8") == "fiscal_year,row_key,n\n2021,a,1250\n"


@pytest.mark.slow
def test_a_whole_set_bears_a_manifest_and_takes_any_forms(
    lkjip: Lkjip, example: Path, tmp_path: Path
) -> None:
    """A printed table could not be traced back to its year and its facts."""
    forms = [word for form in ("md", "xlsx", "docx") for word in ("--format", form)]
    done = lkjip("export", example, "--all", "--to", tmp_path / "out", *forms)
    assert done.returncode == 0
    assert str(tmp_path / "out" / "manifest.json") in done.stdout
    assert {file.suffix for file in (tmp_path / "out").iterdir()} == {
        ".md", ".xlsx", ".docx", ".json",
    }  # fmt: skip
    again = lkjip("export", example, "--all", "--to", tmp_path / "out")
    assert again.returncode == 1
    assert "manifest.json" in again.stderr
    named = lkjip("export", example, "achievement", "--to", tmp_path / "one", "--format", "xlsx")
    assert named.stdout.split() == [str(tmp_path / "one" / "achievement.xlsx")]
