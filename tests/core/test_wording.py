"""Acts in the words of the people who did them."""

from io import StringIO

import pytest

from lkjip_tui.core.acts import Act, CellChange, Change, RecordedAct, RowMade
from lkjip_tui.core.changes.plan import CellText
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import history
from tests.core.support import YEAR, put, row_of, rows_of

pytestmark = pytest.mark.usefixtures("english")

_SALARIES = "Penyediaan Gaji dan Tunjangan ASN"


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


def words(workspace: Workspace, act: Act | RecordedAct | None) -> str:
    """Return an act as it is told."""
    assert act is not None
    return str(workspace.told(act))


@pytest.mark.parametrize(
    ("sheet", "row_key", "column", "text", "told"),
    [
        ("activities", "sub_activity/3", "realization", "55",
         f"2021 · {_SALARIES} · Realization: 2.015.461.800 → 55"),
        ("activities", "sub_activity/3", "budget_initial", "77",
         f"2021 · {_SALARIES} · Budget: – → 77"),
        ("indicators", "indicator/4", "realization_1_before", "7",
         "2020 · Indek Kepuasan ASN · Result 2020: – → 7"),
        ("indicators", "indicator/4", "decimals", "1", "Indek Kepuasan ASN · Decimals: – → 1"),
        ("indicators", "indicator/4", "rounding", "truncated",
         "Indek Kepuasan ASN · Rounding: half up: 0,125 is 0,13 → truncated: 0,129 is 0,12"),
        ("indicators", "indicator/10", "realization", "82 Baik Sekali",
         ("2021 · Nilai Indeks pelayanan Masyarakat (IKM) Kecamatan · Result 2021:"
         " 81 Baik → 82 Baik Sekali")),
        ("indicators", "indicator/4", "objective_id", "Meningkatnya kualitas Pelayanan Kecamatan",
         ("Indek Kepuasan ASN · Objective: Meningkatnya Pelayanan Kesekretariatan Kecamatan"
         " → Meningkatnya kualitas Pelayanan Kecamatan")),
        ("sheet.population", "population/2020", "male", "5", "2020 · Male: 39.484 → 5"),
    ],
)  # fmt: skip
def test_a_value_is_told_by_its_heading_and_its_row(  # noqa: PLR0917 - one case
    office: Workspace, sheet: str, row_key: str, column: str, text: str, told: str
) -> None:
    """A history in the words of tables and ids would be read by nobody in an office."""
    act = put(office, sheet, row_key, column, text)
    assert words(office, act) == told
    (deed,) = office.deeds(1)
    assert str(office.wording().told(deed.act, deed.extent)) == told


def test_rows_are_told_by_the_thing_that_came_or_went(office: Workspace) -> None:
    """Undoing a year's start would be 79 lines, and a deletion would not say of what."""
    row = {**office.names(YEAR), **row_of(office, "activities", "activity/1")}
    new = office.insert(office.find("activities"), row)
    assert words(office, new.act) == "sub-activity: – → new"
    gone = office.deletion(office.find("activities"), [row], YEAR)
    office.apply(gone)
    name = "Perencanaan, Penganggaran, dan Evaluasi Kinerja Perangkat Daerah"
    told = f"4 rows · {name} · activity: {{}}"
    assert words(office, gone.act) == told.format("there → deleted")
    assert words(office, office.undo()) == told.format("– → new")
    year = office.start_year(2022)
    rows = f"{len(year.changes)} rows · "
    assert words(office, year) == f"{rows}2022 · report year: – → new"
    assert words(office, office.undo()) == f"{rows}2022 · report year: there → deleted"
    told_of = [str(office.wording().told(deed.act, deed.extent)) for deed in office.deeds(2)]
    assert told_of == [
        f"{rows}2022 · report year: there → deleted",
        f"{rows}2022 · report year: – → new",
    ]


def test_a_thing_that_all_years_share_is_told_as_such(office: Workspace) -> None:
    """A program renamed for 2022 would be renamed in the report of 2021, untold."""
    assert words(office, put(office, "programs", "program/2", "name", "A")).startswith("A · ")
    office.start_year(2022)
    act = put(office, "programs", "program/2", "name", "B", 2022)
    assert words(office, act) == "every year · B · Description: A → B"
    figure = put(office, "programs", "program/2", "budget_initial", "5", 2022)
    assert words(office, figure).startswith("2022 · B · ")


def test_a_new_row_is_told_and_not_the_neighbours_that_made_room(office: Workspace) -> None:
    """The history would speak of a row that nobody touched."""
    row = {**office.names(YEAR), **row_of(office, "activities", "sub_activity/1")}
    new = office.insert(office.find("activities"), row)
    assert words(office, new.act) == "1 cell, 1 row · sub-activity: – → new"
    gone = office.deletion(
        office.find("indicators"), [row_of(office, "indicators", "indicator/10")], YEAR
    )
    office.apply(gone)
    told = "2021 · Nilai Indeks pelayanan Masyarakat (IKM) Kecamatan · target of an indicator"
    assert words(office, gone.act).startswith(f"2 rows · {told} · strategic plan: ")


def test_what_is_done_to_a_row_is_told_by_its_name(office: Workspace) -> None:
    """The history would speak of ids, and of neighbours that were only counted anew."""
    query, row = office.find("activities"), row_of(office, "activities", "sub_activity/1")
    name = "Penyusunan Dokumen Perencanaan Perangkat Daerah"
    copy = office.duplicate(query, row, YEAR)
    assert words(office, copy.act) == f"1 cell, 1 row · {name} · sub-activity: – → new"
    moved = office.move(query, row, YEAR, 1)
    assert words(office, moved) == f"2 cells · {name} · No: 1 → 2"
    put = office.put_under(query, row_of(office, "activities", "sub_activity/1"), 10)
    wholes = [row_of(office, "activities", f"activity/{n}")["name"] for n in (1, 10)]
    assert words(office, put) == f"3 cells · {name} · activity: {' → '.join(wholes)}"


def test_a_figure_with_words_is_told_whole_forth_and_back(office: Workspace) -> None:
    """The words would hide the figure, or stand before it."""
    office.start_year(2022)
    act = put(office, "indicators", "indicator/10", "realization", "82 Baik", 2022)
    name = "Nilai Indeks pelayanan Masyarakat (IKM) Kecamatan"
    assert words(office, act) == f"2022 · {name} · Result 2022: – → 82 Baik"
    put(office, "indicators", "indicator/10", "realization", "90 Sangat Baik", 2022)
    assert words(office, office.undo()) == f"2022 · {name} · Result 2022: 90 Sangat Baik → 82 Baik"


def test_a_passage_belongs_to_its_year(office: Workspace) -> None:
    """A passage of one year would be told as one of all."""
    office.start_year(2022)
    key = rows_of(office, "sections", 2022)[0]["row_key"]
    act = put(office, "sections", key, "title", "Baru", 2022)
    assert words(office, act).startswith("Baru · Title: ")


def test_target_and_result_of_a_quarter_are_told_apart(office: Workspace) -> None:
    """Two lines of the history would say the same of different figures."""
    target = put(office, "quarters", "indicator/4", "target_q1", "5")
    result = put(office, "quarters", "indicator/4", "realization_q1", "5")
    assert words(office, target) == "2021 · Indek Kepuasan ASN · Target Q1: – → 5"
    assert words(office, result) == "2021 · Indek Kepuasan ASN · Realization Q1: – → 5"


def test_what_is_gone_keeps_its_name_in_the_history(office: Workspace) -> None:
    """Nobody could tell whose figure an older line means."""
    put(office, "activities", "sub_activity/3", "realization", "55")
    row = row_of(office, "activities", "sub_activity/3")
    office.apply(office.deletion(office.find("activities"), [row], YEAR))
    _deletion, edit = office.deeds(2)
    told = office.wording().told(edit.act, edit.extent)
    assert told.row == _SALARIES


def test_a_long_act_is_told_alike_now_and_later(office: Workspace) -> None:
    """The history would call another row the new one than the screen did."""
    row = {**office.names(YEAR), **row_of(office, "activities", "activity/1")}
    for _time in range(25):
        office.insert(office.find("activities"), row)
    first = {**office.names(YEAR), **row_of(office, "activities", "sub_activity/1")}
    new = office.insert(office.find("activities"), first)
    (deed,) = office.deeds(1)
    assert deed.count > 20
    assert str(office.wording().told(deed.act, deed.extent)) == words(office, new.act)


def test_a_row_that_went_is_told_with_what_it_held(office: Workspace) -> None:
    """What a deleted row said could be looked up nowhere."""
    row = row_of(office, "activities", "sub_activity/3")
    office.apply(office.deletion(office.find("activities"), [row], YEAR))
    wording = office.wording()
    told = [wording.whole(change) for change in office.changes(office.deeds(1)[0].act_id, 0, 9)]
    assert any(text.endswith("\n  Realization: 2.015.461.800") for text in told)
    assert any(f"\n  Description: {_SALARIES}" in text for text in told)
    put(office, "indicators", "indicator/4", "decimals", "1")
    (change,) = office.changes(office.deeds(1)[0].act_id, 0, 9)
    assert wording.whole(change) == "Indek Kepuasan ASN · Decimals: – → 1"


def test_what_no_sheet_edits_is_told_by_its_table_and_its_key(office: Workspace) -> None:
    """Rows that an SQL statement changes would all read alike."""
    year = "fiscal_year", YEAR
    target = ("indicator_id", 4), year, ("plan", "strategic"), ("quarter", 3)
    finding = ("check_name", "mine"), year, ("finding_key", "x/1")
    changes: dict[Change, str] = {
        CellChange("section", (("section_id", 2),), "fiscal_year", None, 2025): (
            "Latar Belakang · section of the text · Fiscal year: – → 2025"
        ),
        CellChange("accepted_finding", finding, "stated", None, "5"): (
            "2021 · mine · x/1 · accepted finding · Accepted for: – → 5"
        ),
        CellChange("section", (("section_id", 15),), "body", None, "5"): (
            "section of the text 15 · Text: – → 5"
        ),
        CellChange("printed_figure", (("printed_figure_id", 2),), "printed", "1", "5"): (
            "Kata Pengantar · Tahun Anggaran · Tahun · Printed: 1 → 5"
        ),
        RowMade("indicator_target", target, target): (
            "2021 · Indek Kepuasan ASN"
            " · target of an indicator · strategic plan · quarter 3: – → new"
        ),
    }
    wording = office.wording()
    for change, told in changes.items():
        assert str(wording.told(Act("", (change,)))) == told


def test_an_act_of_a_few_cells_is_told_by_all_of_them(office: Workspace) -> None:
    """What one undo takes back beside the first cell would be missed."""
    query, row = office.find("programs"), row_of(office, "programs", "program/2")
    columns = [query.header.columns[name] for name in ("name", "code")]
    office.apply(office.plan(query, [CellText(row, column, "x") for column in columns], "paste"))
    undone = office.undo()
    assert undone is not None
    history.write_act(out := StringIO(), office, undone)
    name = row["name"]
    assert out.getvalue().splitlines() == [
        "2 cells:", f"  {name} · Description: x → {name}", f"  {name} · Code: x → –"
    ]  # fmt: skip


def test_a_value_that_an_act_changes_often_is_told_from_its_first_to_its_last(
    office: Workspace,
) -> None:
    """What takes eight acts back would be told as the last of them alone."""
    before = office.deeds(1)[0].act_id if office.deeds(1) else 0
    for text in ("81 Baik", "82 Baik Sekali", "83"):
        put(office, "indicators", "indicator/10", "realization", text)
    put(office, "activities", "sub_activity/3", "realization", "55")
    put(office, "activities", "sub_activity/3", "realization", "56")
    told = f"2 cells · 2021 · {_SALARIES} · Realization: "
    assert words(office, office.undo_to(before)) == f"{told}56 → 2.015.461.800"
    (deed,) = office.deeds(1)
    assert str(office.wording().told(deed.act, deed.extent)) == f"{told}56 → 2.015.461.800"
    again = "2 cells · 2021 · Nilai Indeks pelayanan Masyarakat (IKM) Kecamatan · Result 2021: "
    assert words(office, office.redo()) == f"{again}81 Baik → 83"
    office.undo_to(before)
