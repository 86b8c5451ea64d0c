"""What is exported comes back as it was: an import of it changes nothing."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Final

import hypothesis
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.figures.block import Block
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import export, source
from lkjip_tui.transfer.forms import FileForm
from tests.core.support import YEAR, put, rows_of

#: Forms that bear each row's key, and whether they are made for an Indonesian spreadsheet.
_FORMS: Final = ((FileForm.CSV, False), (FileForm.CSV, True), (FileForm.XLSX, False))
_TEXTS: Final = st.text(max_size=12) | st.sampled_from(
    (
        "=1+1",
        "@x",
        "'",
        "'=1",
        "-",
        "–",
        "1.234",
        "4,600.242",
        " x ",
        "a;b",
        '"',
        "a\nb",
        "N/A",
        "0",
    )
)
_FIGURES: Final = st.one_of(
    st.integers(-(10**14), 10**14).map(str),
    st.decimals(-(10**9), 10**9, places=4).map(lambda d: f"{d:f}".replace(".", ",")),
    st.sampled_from(("81 Baik", "", "0", "100,00")),
)
_EDIT: Final = st.tuples(
    st.integers(0, 12), st.integers(0, 80), st.integers(0, 30), _TEXTS | _FIGURES
)


def _differences(workspace: Workspace, folder: Path) -> Iterator[tuple[object, ...]]:
    """Yield what an import of each sheet's export would refuse or change."""
    for query in workspace.registry.of_kind(Kind.SHEET):
        for form, spreadsheet in _FORMS:
            (file,), failed = export.export(
                [export.of_query(workspace, query, YEAR)],
                folder, [form], spreadsheet=spreadsheet, replace=True,
            )  # fmt: skip
            assert not failed
            if not query.header.edits:
                continue
            compared = workspace.compare(query, YEAR, source.read(file).block)
            try:
                for each in compared.page(0, 5):
                    yield query.full_name, form, spreadsheet, each
                act = compared.act()
                if act.runs:
                    yield query.full_name, form, spreadsheet, act
            finally:
                compared.close()


@pytest.mark.slow
def test_every_sheet_of_the_example_comes_back_as_it_was(
    standing: Workspace, tmp_path: Path
) -> None:
    """Else a table that only went through a spreadsheet changes the file."""
    assert list(_differences(standing, tmp_path)) == []


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=st.lists(_EDIT, min_size=10, max_size=40))
@hypothesis.example(edits=[(0, 23, 11, "67,0013")])  # a code with a comma
@hypothesis.example(edits=[(2, 31, 8, "0")])  # shown where numbers are roman
def test_sheets_of_any_office_come_back_as_they_were(
    example: Path, edits: list[tuple[int, int, int, str]]
) -> None:
    """Else the texts and figures of some office are other ones afterwards."""
    with TemporaryDirectory() as folder:
        path = Path(copyfile(example, Path(folder, "office.duckdb")))
        with Workspace.open(path) as workspace:
            sheets = [q for q in workspace.registry.of_kind(Kind.SHEET) if q.header.edits]
            for which, at, number, text in edits:
                query = sheets[which % len(sheets)]
                rows = rows_of(workspace, query.full_name)
                shown = workspace.cells(query).shown
                columns = [column for column in shown if column.name in query.header.edits]
                if rows:
                    try:
                        column = columns[number % len(columns)]
                        workspace.edit(query, column, rows[at % len(rows)], text)
                    except LkjipError:
                        continue
            assert list(_differences(workspace, Path(folder, "out"))) == []


def test_a_year_that_its_quarters_sum_to_comes_back_and_is_no_figure_of_its_own(
    standing: Workspace,
) -> None:
    """Else a sheet of our own, with nothing changed, is refused; or its sum is taken for a fact."""
    put(standing, "sheet.quarters", "sub_activity/1", "realization", "")
    put(standing, "sheet.quarters", "sub_activity/1", "realization_q1", "5")
    for name in ("sheet.quarters", "sheet.activities"):
        query = standing.find(name)
        for text, told in (("5", []), ("6", [True])):
            block = Block((("row_key", "realization"), ("sub_activity/1", text)))
            compared = standing.compare(query, YEAR, block)
            assert [bool(each.refused) for each in compared.page(0, 5)] == told
            compared.close()


@pytest.mark.parametrize("spreadsheet", [False, True])
def test_what_was_changed_in_between_is_all_that_changes(
    standing: Workspace, tmp_path: Path, *, spreadsheet: bool
) -> None:
    """Else a round trip that changes nothing proves only that imports do nothing."""
    query = standing.find("sheet.activities")
    (file,), _failed = export.export(
        [export.of_query(standing, query, YEAR)], tmp_path, [FileForm.CSV], spreadsheet=spreadsheet
    )
    text = file.read_text("utf-8")
    assert text.count("2015461800") == 1
    file.write_text(text.replace("2015461800", "2015461801"), "utf-8")
    compared = standing.compare(query, YEAR, source.read(file).block)
    try:
        (change,) = compared.page(0, 5)
        assert Decimal(str(change.after)) - Decimal(str(change.before)) == 1
    finally:
        compared.close()


def test_a_spreadsheet_that_a_program_saved_without_values_changes_what_was_changed(
    standing: Workspace, tmp_path: Path
) -> None:
    """The sums of our own export would be refused, or what they are would be cleared."""
    query = standing.find("sheet.activities")
    (file,), _failed = export.export(
        [export.of_query(standing, query, YEAR)], tmp_path, [FileForm.XLSX]
    )
    book = openpyxl.load_workbook(file)  # it keeps formulas and drops what they came to
    sheet = book[book.sheetnames[0]]
    (cell,) = (c for row in sheet.iter_rows() for c in row if c.value == 2_015_461_800)
    for value, changed, refused in ((7, 1, 0), ("=3+4", 0, 1)):
        cell.value = value
        book.save(file)
        compared = standing.compare(query, YEAR, source.read(file).block)
        counts = compared.counts
        compared.close()
        assert (counts.changed, counts.refused, counts.new_rows) == (changed, refused, 0)
