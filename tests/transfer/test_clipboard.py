"""What a copy puts on the clipboard is what other programs, and we ourselves, take it for."""

import io
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui import language
from lkjip_tui.core.figures.block import read_block
from lkjip_tui.core.figures.values import Kind, Value, read, safe_text
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import printed, text
from lkjip_tui.transfer.clipboard import copied
from lkjip_tui.transfer.forms import CopyForm

YEAR = 2021
LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=20)
TEXTS = LETTERS | st.text("'=+-@\t\n\";,|\\*<br>&_ #a1", max_size=10)
FIGURES: Mapping[Kind, st.SearchStrategy[Value]] = {
    Kind.RUPIAH: st.integers(-(10**17), 10**17),
    Kind.COUNT: st.integers(0, 10**9),
    Kind.PERCENT: st.decimals(-(10**9), 10**9, places=4),
    Kind.INDEX: st.decimals(-(10**9), 10**9, places=4),
}
WORDS = st.none() | st.sampled_from(["Baik", "Sangat Baik", "Kelompok"])


@pytest.fixture(scope="module")
def office(_built_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open the example for all who read it."""
    path = tmp_path_factory.mktemp("clipboard") / "sooko.duckdb"
    with Workspace.open(shutil.copyfile(_built_example, path), read_only=True) as workspace:
        yield workspace


def copy(
    office: Workspace,
    form: CopyForm,
    view: str,
    names: Sequence[str],
    rows: slice | Sequence[ViewRow],
    *,
    headed: bool = False,
) -> str:
    """Copy columns of a view of the example, in these rows of it or in made-up ones."""
    query = office.find(view)
    cells = office.cells(query)
    if isinstance(rows, slice):
        found = office.rows(query, YEAR)
        rows = [found.named(row) for row in found.window(0, found.count)[rows]]
    columns = [cells.columns[name] for name in names]
    return copied(form, cells, columns, rows, office.names(YEAR), headed=headed)


MONEY = ["name", "budget_revised", "absorption_pct"]
#: A program, a kegiatan and a sub kegiatan.
FIRST = slice(0, 3)


def test_a_spreadsheet_gets_exact_figures_without_marks_between_thousands(
    office: Workspace,
) -> None:
    """Otherwise an Excel in English would take every amount for a text, and add up to 0."""
    lines = copy(office, CopyForm.TSV, "activities", MONEY, FIRST).split("\n")
    assert [line.split("\t")[1:] for line in lines] == [
        ["4349483103", "67,59"],
        ["15000000", "99,96"],
        ["5000000", "99,92"],
        [],
    ]


def test_headings_come_with_whole_columns(office: Workspace, english: None) -> None:  # noqa: ARG001
    """Otherwise pasted columns could not be told apart, or a pasted cell would bear its name."""
    headed = copy(office, CopyForm.TSV, "quarters", ["name", "target_q1"], FIRST, headed=True)
    bare = copy(office, CopyForm.TSV, "quarters", ["name", "target_q1"], FIRST)
    assert headed == "Indicator / Sub-activity\tTarget: Q1\n" + bare


def test_one_cell_is_its_bare_text(office: Workspace) -> None:
    """Otherwise a figure copied into a sentence would bring quotes, lines and headings along."""
    row: ViewRow = {
        "name": '= "a\nb"',
        "budget_revised": 5_000_000,
        "absorption_pct": Decimal("81.125"),
    }
    for name, exact, shown in (
        ("name", '= "a\nb"', '= "a\nb"'),
        ("budget_revised", "5.000.000", "5.000.000"),
        ("absorption_pct", "81,125", "81,13"),
    ):
        for form in (CopyForm.TSV, CopyForm.CSV):
            assert copy(office, form, "activities", [name], [row]) == exact
        for form in (CopyForm.MD, CopyForm.TEXT):
            assert copy(office, form, "activities", [name], [row]) == shown
    nothing = {"name": None}
    assert not copy(office, CopyForm.TSV, "activities", ["name"], [nothing], headed=True)


def test_text_that_a_spreadsheet_would_run_bears_an_apostrophe(office: Workspace) -> None:
    """Otherwise a note from a prepared file would run on the desk of whoever pastes it."""
    row: ViewRow = {"name": "=HYPERLINK(1)", "budget_revised": -5, "absorption_pct": None}
    assert copy(office, CopyForm.TSV, "activities", MONEY, [row]) == "'=HYPERLINK(1)\t-5\t\n"
    assert "'=HYPERLINK(1);-5;" in copy(office, CopyForm.CSV, "activities", MONEY, [row])


def test_csv_is_what_an_export_for_excel_says(office: Workspace) -> None:
    """Otherwise the same cells would be other figures, by the way they left."""
    lines = copy(office, CopyForm.CSV, "activities", MONEY, slice(0, 1)).split("\n")
    assert lines[0] == "Uraian;Anggaran (PAPBD);%"
    assert lines[1].endswith(";4349483103;67,59")
    row: ViewRow = {"name": None, "target_q1": 81, "target_q1_label": "Baik", "value_kind": "index"}
    worded = copy(office, CopyForm.CSV, "quarters", ["name", "target_q1"], [row])
    assert worded.endswith("\n;81 Baik\n")


def test_markdown_is_the_table_alone(office: Workspace) -> None:
    """Otherwise the caption would stand in the report twice."""
    lines = copy(office, CopyForm.MD, "budget_summary", ["number", "name", "budget"], FIRST)
    assert lines.startswith("| No | Uraian | Anggaran |\n| ---: | --- | ---: |\n| **I** | **")


def test_a_printed_table_is_what_a_terminal_shows(office: Workspace) -> None:
    """Otherwise a pasted table would lack its caption, its groups or its notes."""
    query = office.find("performance_and_budget")
    out = io.StringIO()
    text.write(out, printed.of_query(office, query, YEAR))
    names = [column.name for column in office.cells(query).shown]
    whole = slice(None)
    assert copy(office, CopyForm.TEXT, query.full_name, names, whole) == out.getvalue()
    less = copy(office, CopyForm.TEXT, query.full_name, ["program_name", "budget"], whole)
    assert "Anggaran" in less
    assert "Kinerja  " not in less


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_cells_copied_and_read_are_the_same_cells(
    office: Workspace, held: list[tuple[str, str]]
) -> None:
    """Otherwise a paste of our own copy would tear texts apart or change them."""
    rows: list[ViewRow] = [{"name": one or None, "code": two or None} for one, two in held]
    read_back = read_block(copy(office, CopyForm.TSV, "activities", ["name", "code"], rows))
    assert read_back.rows == tuple(held)
    csv = copy(office, CopyForm.CSV, "activities", ["name", "code"], rows)
    if "\t" not in csv:  # a tab is a spreadsheet's mark between cells first of all
        assert list(read_block(csv).rows[1:]) == held


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_a_markdown_table_copied_and_read_has_the_same_texts(
    office: Workspace, held: list[tuple[str, str]]
) -> None:
    """Otherwise a table taken out of a draft would bring its escapes along."""
    rows: list[ViewRow] = [
        {"name": one, "code": two, "level": level % 4}
        for level, (one, two) in enumerate(held)
    ]  # fmt: skip
    read_back = read_block(copy(office, CopyForm.MD, "activities", ["name", "code"], rows))
    assert list(read_back.rows[1:]) == [
        tuple(safe_text(one, keep_newlines=True).strip() for one in pair) for pair in held
    ]


@given(st.sampled_from([*FIGURES]), st.data())
def test_every_figure_copied_is_read_as_itself(
    office: Workspace, kind: Kind, data: st.DataObject
) -> None:
    """Otherwise copying a fact and pasting it elsewhere would round it."""
    row = {"value_kind": kind, "target_q1": data.draw(FIGURES[kind]), "decimals": 0}
    row["target_q1_label"] = words = data.draw(WORDS)
    two = [row, row]
    block = read_block(copy(office, CopyForm.TSV, "quarters", ["target_q1"], two))
    one = copy(office, CopyForm.TSV, "quarters", ["target_q1"], [row])
    for found in (block.rows[0][0], one):
        reading = read(found, kind)
        assert (reading.value, reading.words) == (row["target_q1"], words)


TYPED: list[Any] = [
    None, True, 5, -4_349_483_103, 10**30, Decimal("81.5000"), Decimal("-0.05"), "", "it's\n", 1.5,
    date(2021, 12, 31), datetime(2021, 12, 31, 8, 0), time(8, 30),  # noqa: DTZ001
]  # fmt: skip


@pytest.mark.parametrize("value", TYPED, ids=str)
def test_sql_values_have_the_types_and_the_values_of_the_cells(
    value: Value, office: Workspace
) -> None:
    """Otherwise a copy set into a statement would compare amounts with texts."""
    rows: list[ViewRow] = [{"name": value, "code": "x"}, {"name": None, "code": None}]
    sql = copy(office, CopyForm.SQL, "activities", ["name", "code"], rows)
    literal = copy(office, CopyForm.SQL, "activities", ["name"], rows[:1])
    with duckdb.connect() as connection:
        assert connection.execute(sql).fetchall() == [(value, "x"), (None, None)]
        found = connection.execute(f"select {literal}").fetchall()[0][0]
    assert (found, type(found), str(found)) == (value, type(value), str(value))


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_every_form_has_a_name_for_the_menu(spoken: str) -> None:
    """Otherwise a form could not be chosen."""
    language.use(spoken)
    assert len({form.menu_name for form in CopyForm}) == len(CopyForm)
