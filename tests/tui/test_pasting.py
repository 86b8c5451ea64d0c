"""Pasted texts go where their names say, else line by line; what is hidden is no other row."""

import pytest

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer.clipboard import copied as text_of
from lkjip_tui.transfer.forms import CopyForm
from lkjip_tui.tui.arrangement import Arrangement, Filter
from lkjip_tui.tui.pasting import Copied, Paste
from lkjip_tui.tui.query_model import QueryModel
from tests.core.support import YEAR, delete
from tests.tui.models import block_of, keys_of, model_of

_PROGRAM = "program/1"


def paste(model: QueryModel, at: int, column: str, text: str) -> Paste:
    """Return a paste at a cell."""
    return Paste(model, block_of(model, [at], column), text)


def put(found: Paste, *, pass_computed: bool = False) -> list[tuple[str, str, str]]:
    """Return what a paste would put where: row, column, text."""
    entries, _notes = found.entries(pass_computed=pass_computed)
    return [(str(e.row.get("row_key", e.new)), e.column.name, e.text) for e in entries]


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; none of them writes."""
    return standing


def copied(model: QueryModel, rows: range, text: str) -> Copied:
    """Return a text as it is when copied from some rows."""
    return Copied.of(text, model, [model.row(number) for number in rows])


def test_lines_without_names_fall_on_the_rows_that_they_were_copied_from(
    office: Workspace,
) -> None:
    """Copied with their subtotals, all figures would stand in the rows beneath their own."""
    model = model_of(office, "activities")
    assert keys_of(model)[:4] == [_PROGRAM, "activity/1", "sub_activity/1", "sub_activity/2"]
    text = "15\n15\n5\n10\n"
    block = block_of(model, [0], "budget_initial")
    found = Paste(model, block, text)
    assert found.subtotals == 2
    assert Paste(model, block, text, copied(model, range(4), text)).subtotals == 0
    other_rows = copied(model, range(2, 6), text)
    assert Paste(model, block, text, other_rows).subtotals == 2, "it has no lines for subtotals"
    first = ("sub_activity/1", "budget_initial")
    second = ("sub_activity/2", "budget_initial")
    assert put(found) == [(*first, "5"), (*second, "10")]
    listed = paste(model, 0, "budget_initial", "5\n10\n")
    assert listed.subtotals == 2
    assert put(listed, pass_computed=True) == [(*first, "5"), (*second, "10")]


def test_what_was_copied_in_another_year_may_go_into_the_rows_that_it_was_copied_from(
    office: Workspace,
) -> None:
    """A sub kegiatan that one year lacks would let all figures beneath it slip by a row."""
    before = model_of(office, "activities")
    text = "1\n2\n3\n"
    at = keys_of(before).index("sub_activity/7")
    assert keys_of(before)[at + 1] == "sub_activity/8"
    figures = copied(before, range(at, at + 3), text)
    office.start_year(YEAR + 1)

    def pasted(row_key: str = "sub_activity/7", name: str = "activities") -> Paste:
        model = model_of(office, name, year=YEAR + 1)
        number = keys_of(model).index(row_key)
        return Paste(model, block_of(model, [number], model.shown[-1].name), text, figures)

    assert pasted().other_year is None, "by place and by key it is the same"
    assert pasted("sub_activity/6").other_year == YEAR
    assert pasted("service/1", "services").other_year is None
    delete(office, "activities", "sub_activity/8", YEAR + 1)
    model = model_of(office, "activities", year=YEAR + 1)
    block = block_of(model, [keys_of(model).index("sub_activity/7")], "realization")
    found = Paste(model, block, text, figures)
    assert found.other_year == YEAR
    entries, notes = found.entries(into_own_rows=True)
    assert [(e.row["row_key"], e.column.name, e.text) for e in entries] == [
        ("sub_activity/7", "realization", "1"), ("sub_activity/9", "realization", "3"),
    ]  # fmt: skip
    assert len(notes) == 1
    assert "“2”" in notes[0]


@pytest.mark.parametrize("form", list(CopyForm))
@pytest.mark.parametrize("width", [1, 2])
def test_whatever_it_was_copied_as_it_goes_back_or_nobody_is_asked(
    office: Workspace, form: CopyForm, width: int
) -> None:
    """The program would end in the midst of a paste, since a heading is no row."""
    before = model_of(office, "activities")
    at = keys_of(before).index("sub_activity/7")
    rows = [before.row(number) for number in range(at, at + 2)]
    first = [column.name for column in before.shown].index("budget_initial")
    columns = before.shown[first : first + width]
    text = text_of(form, before.cells, columns, rows, before.names)
    office.start_year(YEAR + 1)
    model = model_of(office, "activities", year=YEAR + 1)
    block = block_of(model, [keys_of(model).index("sub_activity/1")], "budget_initial")
    found = Paste(model, block, text, Copied.of(text, before, rows))
    assert found.other_year == YEAR or form in {CopyForm.SQL, CopyForm.TEXT}
    entries, _notes = found.entries(into_own_rows=found.other_year == YEAR)
    if found.other_year:
        assert {e.row["row_key"] for e in entries} == {"sub_activity/7", "sub_activity/8"}


def test_names_and_figures_without_headings_fall_where_both_can(office: Workspace) -> None:
    """A kegiatan would get the name of a sub kegiatan, and the figure beside it be lost."""
    found = paste(model_of(office, "activities"), 0, "name", "A\t5\nB\t10\n")
    assert found.subtotals == 2
    put_where = put(found, pass_computed=True)
    assert [(key, text) for key, _column, text in put_where] == [
        ("sub_activity/1", "A"), ("sub_activity/1", "5"),
        ("sub_activity/2", "B"), ("sub_activity/2", "10"),
    ]  # fmt: skip


def test_nothing_is_asked_where_only_one_meaning_is_left(office: Workspace) -> None:
    """A question at every paste is answered without being read."""
    tree, flat = model_of(office, "activities"), model_of(office, "services")
    assert not paste(tree, 2, "budget_initial", "5\n10").subtotals
    assert not paste(tree, 0, "budget_initial", "5").subtotals
    assert not paste(tree, 0, "name", "Program\nKegiatan").subtotals
    named = "Uraian\tAnggaran\nJumlah\t1\nPenyediaan Bahan/Material\t1"
    assert not paste(tree, 0, "name", named).subtotals
    assert not paste(flat, 0, "target", "5\n10").subtotals
    assert put(paste(tree, 0, "budget_initial", "5")) == []


def test_names_find_rows_that_are_folded_away_or_filtered_out(office: Workspace) -> None:
    """Half of a table would have no place, or be made once more, for what the screen hides."""
    text = "Uraian\tRealisasi\nPenyediaan Bahan/Material\t7\nPenyediaan Bahan Logistik Kantor\t8"
    hidden = Arrangement(filters=(Filter("text", "Logistik"),))
    expected = [("sub_activity/10", "realization", "7"), ("sub_activity/8", "realization", "8")]
    for model in (
        model_of(office, "activities", folded=[_PROGRAM]),
        model_of(office, "activities", arrangement=hidden),
    ):
        assert "sub_activity/10" not in keys_of(model)
        assert put(paste(model, 0, "name", text)) == expected
    services = model_of(office, "services", arrangement=Arrangement(filters=hidden.filters))
    names = [row["name"] for row in model_of(office, "services").every_row()]
    assert services.row_count == 0
    listed = "\n".join(["Uraian\tTarget", *(f"{name}\t90" for name in names)])
    assert {row for row, *_rest in put(paste(services, 0, "name", listed))} == {
        f"service/{number + 1}" for number in range(len(names))
    }


def test_a_single_text_fills_the_facts_among_the_chosen_cells(office: Workspace) -> None:
    """The same figure would have to be pasted cell by cell."""
    model = model_of(office, "activities")
    chosen = block_of(model, range(6), "budget_initial", "budget_revised")
    found = put(Paste(model, chosen, "7"))
    assert {(row, text) for row, _column, text in found} == {
        (key, "7") for key in keys_of(model)[:6] if key.startswith("sub_activity/")
    }
    assert len(found) == 2 * 3


def test_a_line_behind_the_last_row_makes_one_where_it_is_named(office: Workspace) -> None:
    """A figure too many would make a service that nobody has named."""
    model = model_of(office, "services")
    last = model.row_count - 1
    assert put(paste(model, last, "target", "90\n91")) == [("service/8", "target", "90")]
    assert put(paste(model, last, "name", "Pindah\t90\nSurat\t91")) == [
        ("service/8", "name", "Pindah"), ("service/8", "target", "90"),
        ("0", "name", "Surat"), ("0", "target", "91"),
    ]  # fmt: skip


def test_lines_go_no_further_than_the_rows_that_show(office: Workspace) -> None:
    """Figures pasted under a filter would run on into rows that nobody sees."""
    only = Arrangement(filters=(Filter("text", "Logistik"),))
    model = model_of(office, "activities", arrangement=only)
    at = keys_of(model).index("sub_activity/8")
    found = paste(model, at, "realization", "1\n2\n3")
    assert put(found) == [("sub_activity/8", "realization", "1")]
    _entries, notes = found.entries()
    assert any("2" in note for note in notes)


def test_a_code_beside_a_name_fills_rows_that_have_none(office: Workspace) -> None:
    """The codes of a whole table would be lost without a word, since rows were found by name."""
    model = model_of(office, "activities")
    bahan = next(
        str(row["row_key"])
        for row in model.every_row()
        if row["name"] == "Penyediaan Bahan/Material"
    )
    text = "Kode\tUraian\tAnggaran\n7.01.05\tPENYEDIAAN BAHAN/MATERIAL\t5"
    found = paste(model, 0, "name", text)
    texts = {column: text for row_key, column, text in put(found) if row_key == bahan}
    assert texts == {"code": "7.01.05", "budget_revised": "5"}
    _entries, notes = found.entries()
    assert "Kode, Uraian" in notes[1]
