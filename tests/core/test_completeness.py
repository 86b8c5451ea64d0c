"""The board tells what a year's report still lacks, part by part, and leads to it."""

from pathlib import Path
from typing import Any, Final

import pytest

from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR, inside, put, row_of, rows_of

BOARD: Final = "sheet.completeness"

#: What `data/sooko-2021` holds, counted by hand: filled, needed, the first one lacking.
EXAMPLE: Final = {
    "profile": (3, 3, None),
    "head": (3, 3, None),
    "population": (4, 4, None),
    "text_1": (5, 5, None),  # six passages; C heads C.a and C.b
    "strategic_years": (2, 2, None),
    "names": (4 + 11, 4 + 11, None),
    # Eleven units; the sources of RKT's three and Renstra's two are lacking.
    "definition": (11, 11 + 3 + 2, "Angka Indek Pelayanan Masyarakat (IKM) Kecamatan"),
    "target_annual": (3, 3, None),
    "target_agreed": (6, 6, None),
    "budget_agreed": (5, 5, None),
    "text_2": (2, 2, None),
    "result": (6 + 2, 6 + 2, None),
    "target_strategic": (2, 2, None),
    "results_before": (2 * 2, 2 * 2, None),
    "final_target": (2, 2, None),
    "national_value": (0, 2, "Nilai Indeks pelayanan Masyarakat (IKM) Kecamatan"),
    # Seven were reached and want a cause; 75 of 81 wants an obstacle and an effort.
    "analysis": (0, 7 + 2, "Indek Kepuasan ASN"),
    "outcome": (5, 5, None),
    "services": (8 * 2, 8 * 2, None),
    "budget": (29, 29, None),
    "spent": (29, 29, None),
    # Thirteen passages; A heads A.a, and the first A.b heads A.b.1.
    "text_3": (11, 11, None),
    "text_4": (2, 2, None),
}

#: Cells of the example, the part that each counts in, and a text that fills it.
CELLS: Final = [
    ("sheet.office", "office/1", "province", "profile", "Jawa Timur"),
    ("sheet.report_years", f"report_year/{YEAR}", "head_nip", "head", "196911191998031005"),
    ("sheet.population", f"population/{YEAR - 1}", "female", "population", "5"),
    ("sheet.sections", "section/9", "body", "text_2", "Isi"),
    (
        "sheet.report_years",
        f"report_year/{YEAR}",
        "strategic_start_year",
        "strategic_years",
        "2021",
    ),
    ("sheet.indicators", "objective/2", "name", "names", "Sasaran"),
    ("sheet.indicators", "indicator/7", "name", "names", "Indikator"),
    ("sheet.indicators", "indicator/6", "unit", "definition", "Persen"),
    ("sheet.indicators", "indicator/10", "source", "definition", "Survei"),
    ("sheet.indicators", "indicator/2", "target_annual", "target_annual", "5"),
    ("sheet.indicators", "indicator/9", "target_revised", "target_agreed", "5"),
    ("sheet.indicators", "indicator/11", "target_strategic", "target_strategic", "5"),
    ("sheet.indicators", "indicator/11", "final_target", "final_target", "5"),
    ("sheet.indicators", "indicator/8", "realization", "result", "200"),
    ("sheet.indicators", "indicator/11", "realization_2_before", "results_before", "5"),
    ("report.national_comparison", "indicator/11", "national_value", "national_value", "80"),
    ("report.factor_analysis", "indicator/5", "support", "analysis", "Dukungan"),
    ("report.factor_analysis", "indicator/4", "obstacle", "analysis", "Hambatan"),
    ("report.factor_analysis", "indicator/4", "follow_up", "analysis", "Upaya"),
    ("sheet.programs", "program/3", "budget_revised", "budget_agreed", "5"),
    ("sheet.programs", "program/3", "indicator_id", "outcome", "11"),
    ("sheet.services", "service/4", "target", "services", "100"),
    ("sheet.services", "service/4", "realization", "services", "0"),
    ("sheet.activities", "sub_activity/7", "budget_revised", "budget", "5"),
    ("sheet.activities", "sub_activity/7", "realization", "spent", "0"),
]


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


def counts(office: Workspace, year: int = YEAR) -> dict[str, tuple[int, int, str | None]]:
    """Return what the board says of each part: filled, needed, the first one lacking."""
    return {
        row["row_key"]: (row["filled"], row["expected"], row["lacking"])
        for row in rows_of(office, BOARD, year)
    }


def filled(office: Workspace) -> dict[str, int]:
    """Return how many cells of each part are filled."""
    return {part: number for part, (number, _needed, _lacking) in counts(office).items()}


def led_to(office: Workspace, row: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return the cells that a row of the board leads to: view, row key, column."""
    origins = office.find(BOARD).header.origins["lacking"]
    return [
        (origin.query, str(dict(key)["row_key"]), origin.column)
        for origin in origins
        if (key := origin.key_in(row)) is not None
    ]


def goes_to(row: dict[str, Any]) -> tuple[str, str | None, str | None]:
    """Return the cell that Enter on a row of the board goes to: view, row key, column."""
    return row["goes_to_view"], row["goes_to_row"], row["goes_to_column"]


def test_the_example_lacks_what_a_hand_counts(office: Workspace) -> None:
    """An office would send in a report with holes, or search for some that are none."""
    assert counts(office) == EXAMPLE
    row = row_of(office, BOARD, "definition")
    assert (str(row["filled_pct"]), row["chapter"]) == ("68.75", "Bab II")


def test_an_empty_office_lacks_every_part(empty: Workspace) -> None:
    """A report of which nothing is there would be called complete."""
    found = counts(empty, empty.office.latest)
    assert found.keys() == EXAMPLE.keys()
    assert {number for number, _needed, _lacking in found.values()} == {0}
    assert found["profile"] == (0, 3, "Kabupaten/Kota")
    assert found["population"] == (0, 4, f"Laki-laki {empty.office.latest - 1}")
    for part in ("names", "target_agreed", "budget_agreed", "services", "spent", "text_3"):
        assert found[part] == (0, 1, "belum ada")
    for row in rows_of(empty, BOARD, empty.office.latest):
        view, key, column = goes_to(row)
        query = empty.find(view)
        if row["lacking"] == "belum ada":
            assert key is None, "nothing is there to go to, but where it is made"
            assert query.header.rows, view
        else:
            assert column in query.header.edits


def test_the_first_one_lacking_is_where_enter_goes(office: Workspace) -> None:
    """Enter would go to a cell of another name than the board shows."""
    put(office, "sheet.population", f"population/{YEAR - 1}", "female", "")
    put(office, "sheet.population", f"population/{YEAR}", "male", "")
    row = row_of(office, BOARD, "population")
    assert row["lacking"] == f"Perempuan {YEAR - 1}"
    assert goes_to(row) == ("sheet.population", f"population/{YEAR - 1}", "female")
    full = row_of(office, BOARD, "budget_agreed")
    assert full["lacking"] is None
    assert goes_to(full) == ("sheet.programs", None, None)


@pytest.mark.slow
def test_filling_one_cell_raises_one_count_and_clearing_it_lowers_it(office: Workspace) -> None:
    """A figure would be typed in, and the board still say that it is lacking."""
    before = filled(office)
    for view, key, column, part, text in CELLS:
        put(office, view, key, column, text)
        full = filled(office)
        # What the cell before has lost when it was cleared it has again.
        assert full == {**before, part: full[part]}, (view, key, column)
        put(office, view, key, column, "")
        assert filled(office) == {**full, part: full[part] - 1}, (view, key, column)
        put(office, view, key, column, text)
        before = full
    assert filled(office) == before


@pytest.mark.slow
def test_the_first_cleared_cell_of_a_column_is_led_to(office: Workspace) -> None:
    """F8 would lead past the hole that the board counts."""
    for indicator in (1, 2, 3):
        put(office, "indicators", f"indicator/{indicator}", "source", "Survei")
    put(office, "national_comparison", "indicator/10", "national_value", "80")
    put(office, "factor_analysis", "indicator/5", "support", "Dukungan")
    for view, key, column, part, text in CELLS:
        put(office, view, key, column, "")
        assert (view, key, column) in led_to(office, row_of(office, BOARD, part))
        put(office, view, key, column, text)
        assert (view, key, column) not in led_to(office, row_of(office, BOARD, part))


def test_what_is_named_as_lacking_is_empty_and_stands_where_it_leads(fresh: Workspace) -> None:
    """F8 would lead to a cell that is filled, or to none."""
    with inside(fresh).database.transaction() as transaction:
        transaction.run(
            "update office set province = null; update report_year set head_nip = null;"
            " update population set male = null; update section set body = null;"
            " update indicator set unit = null; update objective set name = null;"
            " update indicator_target set value = null, label = null;"
            " update indicator_result set value = null, label = null;"
            " update program_budget set amount = null, indicator_id = null;"
            " update sub_activity_budget set amount = null;"
            " update sub_activity_realization set amount = null;"
            " update service_result set target = null;"
        )
    led = 0
    for row in rows_of(fresh, BOARD):
        if row["lacking"] is None:
            continue
        cells = led_to(fresh, row)
        assert cells or row["lacking"] == "belum ada", row["row_key"]
        if cells:
            assert goes_to(row) in cells, row["row_key"]
        for view, key, column in cells:
            assert row_of(fresh, view, key)[column] is None, (view, key, column)
            led += 1
    assert led > len(EXAMPLE) / 2


def test_a_year_that_was_begun_lacks_what_the_year_before_had(office: Workspace) -> None:
    """The work of a new year could not be seen from the board."""
    office.start_year(YEAR + 1)
    found = counts(office, YEAR + 1)
    assert found["target_agreed"][:2] == (0, 6)
    assert found["budget"][:2] == (0, 29)
    assert found["result"][:2] == (0, 8)
    assert found["results_before"][:2] == (4, 4)
    assert counts(office) == EXAMPLE


def test_nothing_is_asked_of_a_budget_of_nought(office: Workspace) -> None:
    """A sub kegiatan that the revision dropped would be lacking for ever."""
    put(office, "activities", "sub_activity/7", "realization", "")
    assert counts(office)["spent"][:2] == (28, 29)
    put(office, "activities", "sub_activity/7", "budget_revised", "0")
    assert counts(office)["spent"] == (28, 28, None)
    assert counts(office)["budget"] == (29, 29, None)


def test_the_board_is_read_by_any_other_client(fresh: Workspace, file: Path) -> None:
    """An SQL console would need the program to know what is lacking."""
    fresh.close()
    with Workspace.open(file, read_only=True) as reader:
        parts = inside(reader).database.read(
            "select distinct part from basis.lacking where not is_filled order by part"
        )
    assert parts == [("analysis",), ("definition",), ("national_value",)]
