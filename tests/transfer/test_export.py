"""Files appear whole or not at all, and never over another's."""

import io
import json
import threading
from collections.abc import Iterator
from hashlib import sha256
from itertools import count, islice
from pathlib import Path

import pytest

from lkjip_tui.core.errors import (
    FileError,
    FileThere,
    Interrupted,
    IsStopped,
    QueryError,
    UsageError,
)
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import docx, machine, markdown, printed, records, xlsx
from lkjip_tui.transfer.export import Exportable, export, export_one, of_query
from lkjip_tui.transfer.files import StoppableRows
from lkjip_tui.transfer.forms import FileForm
from lkjip_tui.transfer.manifest import TableSet

YEAR = 2021


@pytest.fixture
def office(example: Path) -> Iterator[Workspace]:
    """Open the example office."""
    with Workspace.open_to_read(example) as workspace:
        yield workspace


def view(office: Workspace, name: str) -> Exportable:
    """Return a view of the example's year."""
    return of_query(office, office.find(name), YEAR)


def tables(office: Workspace) -> list[Exportable]:
    """Return all report tables."""
    return [of_query(office, query, YEAR) for query in office.registry.of_kind(Kind.TABLE)]


def failing(office: Workspace) -> Exportable:
    """Return the rows of a statement that fails while they are read."""
    statement = (
        "select case when r.range < 9999 then 1 else error('out of rows') end as n"
        " from range(10000) as r"
    )

    def found() -> records.Records:
        return records.of_stream(office.console.stream(statement))

    return Exportable("failing", lambda: [printed.of_records("", found())], found)


def test_a_table_bears_its_bare_name_and_a_sheet_its_full_one(
    office: Workspace, tmp_path: Path
) -> None:
    """Otherwise a sheet and a table of the same name would be one file."""
    wanted = [view(office, "report.achievement"), view(office, "sheet.office")]
    written, failed = export(wanted, tmp_path / "out", [FileForm.CSV, FileForm.MD])
    assert [path.name for path in written] == [
        "achievement.csv", "achievement.md", "sheet.office.csv", "sheet.office.md",
    ]  # fmt: skip
    assert failed == []
    assert sorted(tmp_path.joinpath("out").iterdir()) == sorted(written)


def test_what_is_named_twice_is_written_once(office: Workspace, tmp_path: Path) -> None:
    """Otherwise `lkjip export achievement --all` would tell of one file twice."""
    wanted = [view(office, "achievement"), view(office, "report.achievement")]
    written, _failed = export(wanted, tmp_path / "out", [FileForm.CSV, FileForm.CSV])
    assert written == [tmp_path / "out" / "achievement.csv"]


def test_what_fails_harms_no_other(office: Workspace, tmp_path: Path) -> None:
    """Otherwise one bad division would cost a user all the tables."""
    wanted = [failing(office), view(office, "achievement")]
    written, failed = export(wanted, tmp_path / "out", list(FileForm))
    assert [path.name for path in written] == [f"achievement.{form}" for form in FileForm]
    told = [error.message.partition(":")[0] for error in failed]
    assert told == [f"failing.{form}" for form in FileForm]
    assert sorted(tmp_path.joinpath("out").iterdir()) == sorted(written)


def test_a_file_that_is_there_stays_and_nothing_is_written_beside_it(
    office: Workspace, tmp_path: Path
) -> None:
    """Otherwise a table that was finished by hand would be lost."""
    (tmp_path / "efficiency.md").write_text("mine", "utf-8")
    with pytest.raises(FileError, match=r"efficiency\.md"):
        export(tables(office), tmp_path, [FileForm.MD])
    assert [file.name for file in tmp_path.glob("*.md")] == ["efficiency.md"]
    assert (tmp_path / "efficiency.md").read_text("utf-8") == "mine"


def test_a_file_is_replaced_when_that_is_asked_for(office: Workspace, tmp_path: Path) -> None:
    """Otherwise a second export would need a folder of its own."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("not to be touched", "utf-8")
    (tmp_path / "achievement.csv").symlink_to(elsewhere)
    export([view(office, "achievement")], tmp_path, [FileForm.CSV], replace=True)
    assert (tmp_path / "achievement.csv").read_text("utf-8").startswith("fiscal_year,")
    assert elsewhere.read_text("utf-8") == "not to be touched"


def test_what_was_written_before_a_failure_is_named_and_whole(
    office: Workspace, tmp_path: Path
) -> None:
    """Otherwise a user would not know which tables are new."""
    out = tmp_path / "out"
    (out / "efficiency.csv" / "in the way").mkdir(parents=True)
    with pytest.raises(FileError) as raised:
        export(tables(office), out, [FileForm.CSV], replace=True)
    written = [file.name for file in out.iterdir() if file.is_file()]
    assert written
    assert all(name in raised.value.hint for name in written)
    assert not list(out.glob(".*"))


def test_a_folder_that_cannot_be_made_is_told(office: Workspace, tmp_path: Path) -> None:
    """Otherwise a slip in the folder's name would end in a traceback."""
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(FileError, match="file"):
        export(tables(office), tmp_path / "file" / "out", [FileForm.MD])
    with pytest.raises(FileError, match="file"):
        export_one(view(office, "achievement"), tmp_path / "file" / "achievement.md")


def test_a_spreadsheet_s_file_tells_its_encoding(office: Workspace, tmp_path: Path) -> None:
    """Otherwise Excel would show é as two other letters."""
    export([view(office, "achievement")], tmp_path, [FileForm.CSV], spreadsheet=True)
    assert (
        (tmp_path / "achievement.csv")
        .read_bytes()
        .startswith(b"\xef\xbb\xbffiscal_year;row_key;No;")
    )


def test_one_file_has_the_form_that_its_ending_names(office: Workspace, tmp_path: Path) -> None:
    """Otherwise a table meant for the report would open as a list of commas."""
    what, expected = view(office, "budget_summary"), io.StringIO()
    export_one(what, tmp_path / "mine.csv")
    machine.write_csv(expected, what.records())
    export_one(what, tmp_path / "deep" / "Tabel 3.9.md")
    markdown.write(expected, what.tables())
    written = [tmp_path / "mine.csv", tmp_path / "deep" / "Tabel 3.9.md"]
    assert "".join(file.read_text("utf-8") for file in written) == expected.getvalue()


def test_an_ending_may_be_in_capitals(office: Workspace, tmp_path: Path) -> None:
    """Otherwise a name that another program gave would be refused as if it had no ending."""
    export_one(view(office, "achievement"), tmp_path / "TABEL.XLSX")
    assert (tmp_path / "TABEL.XLSX").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("name", ["mine", "mine.txt", "mine.csv.old", ".csv"])
def test_a_name_that_tells_no_form_is_refused_with_those_that_do(
    name: str, office: Workspace, tmp_path: Path
) -> None:
    """Otherwise a user would find a file that no program opens."""
    with pytest.raises(UsageError) as raised:
        export_one(view(office, "achievement"), tmp_path / "out" / name)
    assert name in raised.value.message
    assert all(f".{form}" in raised.value.hint for form in FileForm)
    assert not (tmp_path / "out").exists()


def test_one_file_is_never_written_over_another(office: Workspace, tmp_path: Path) -> None:
    """Otherwise Ctrl+E and a familiar name would end a table that was finished by hand."""
    file = tmp_path / "mine.md"
    file.write_text("mine", "utf-8")
    dangling = tmp_path / "link.csv"
    dangling.symlink_to(tmp_path / "gone.csv")
    for there in (file, dangling):
        with pytest.raises(FileError, match=there.name):
            export_one(view(office, "achievement"), there)
    assert file.read_text("utf-8") == "mine"
    assert dangling.is_symlink()


def test_one_file_is_replaced_when_that_is_asked_for(office: Workspace, tmp_path: Path) -> None:
    """Otherwise a table would have to be deleted before it could be written anew."""
    for form in FileForm:
        file = tmp_path / f"mine.{form}"
        file.write_bytes(b"mine")
        export_one(view(office, "achievement"), file, replace=True)
        assert file.read_bytes() != b"mine"


@pytest.mark.slow
def test_a_manifest_tells_where_a_table_comes_from(office: Workspace, tmp_path: Path) -> None:
    """Otherwise a printed table could not be traced back to the facts that it was made of."""
    table_set = TableSet(office.origin(), YEAR)
    forms = [FileForm.XLSX, FileForm.MD]
    written, _failed = export(tables(office), tmp_path / "out", forms, table_set=table_set)
    told = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert written[-1].name == "manifest.json"
    assert {name: told[name] for name in ("office", "fiscal_year", "file", "journal_id")} == {
        "office": "Kecamatan Sooko", "fiscal_year": YEAR, "file": "sooko.duckdb",
        "journal_id": 0,
    }  # fmt: skip
    assert [one["name"] for one in told["tables"]] == [one.full_name for one in tables(office)]
    for one in told["tables"]:
        content = io.StringIO()
        machine.write_csv(content, view(office, one["name"]).records())
        assert one["content_sha256"] == sha256(content.getvalue().encode()).hexdigest()
        assert one["row_count"] == sum(1 for _row in view(office, one["name"]).records().rows)
        for name, digest in one["files"].items():
            assert digest == sha256((tmp_path / "out" / name).read_bytes()).hexdigest()


def test_a_set_replaces_no_manifest_of_another(office: Workspace, tmp_path: Path) -> None:
    """Otherwise the tables of another year would lose what tells where they come from."""
    (tmp_path / "manifest.json").write_text("{}", "utf-8")
    table_set = TableSet(office.origin(), YEAR)
    with pytest.raises(FileThere, match="manifest"):
        export(tables(office), tmp_path, [FileForm.CSV], table_set=table_set)
    assert [file.name for file in tmp_path.glob("*.*") if file.suffix == ".csv"] == []


def test_the_same_facts_give_the_same_file(office: Workspace, tmp_path: Path) -> None:
    """Otherwise a file's hash would say that a table changed when nothing did."""
    for name in ("a.xlsx", "b.xlsx"):
        export_one(view(office, "budget_summary"), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_one_file_that_fails_leaves_nothing(office: Workspace, tmp_path: Path) -> None:
    """Otherwise half a result would look like the whole."""
    for form in FileForm:
        with pytest.raises(QueryError, match="out of rows"):
            export_one(failing(office), tmp_path / "out" / f"result.{form}")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("polls", [0, 1, 2])
def test_a_long_table_is_stopped_while_it_is_laid_out(office: Workspace, polls: int) -> None:
    """Esc would be heard only when all is worked out, and long tables take seconds for that."""
    table = view(office, "sheet.activities")

    def stopping() -> IsStopped:
        asked = count()
        return lambda: next(asked) >= polls

    with pytest.raises(Interrupted):
        xlsx.write(io.BytesIO(), table.tables(), "title", "", stopping())
    with pytest.raises(Interrupted):
        docx.write(io.BytesIO(), table.tables(), stopping())


def test_rows_that_are_held_stop_whoever_goes_through_them() -> None:
    """What is asked only at the first row is heard no more in a long table."""
    stopped = threading.Event()
    rows = StoppableRows(range(1000), stopped.is_set)
    assert [*rows] == [*range(1000)]
    taken = iter(rows)
    assert [*islice(taken, 300)] == [*range(300)]
    stopped.set()
    with pytest.raises(Interrupted):
        list(taken)
