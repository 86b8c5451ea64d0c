"""Acts in the words of the people who did them."""

import pytest

from lkjip_tui.core.acts import Act
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR, put, row_of

pytestmark = pytest.mark.usefixtures("english")

_SALARIES = "Penyediaan Gaji dan Tunjangan ASN"


def words(workspace: Workspace, act: Act | None) -> str:
    """Return an act as it is told."""
    assert act is not None
    return str(workspace.wording().told(act))


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
         "Indek Kepuasan ASN · Rounding: half up → truncated"),
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
    assert str(office.wording().told(deed.act, deed.count)) == told


def test_rows_are_told_by_the_thing_that_came_or_went(office: Workspace) -> None:
    """Undoing a year's start would be 79 lines, and a deletion would not say of what."""
    row = {**office.names(YEAR), **row_of(office, "activities", "activity/1")}
    new = office.insert(office.find("activities"), row)
    assert words(office, new.act) == "sub-activity: – → new (and 1 more)"
    gone = office.deletion(office.find("activities"), row, YEAR)
    office.apply(gone)
    told = "Perencanaan, Penganggaran, dan Evaluasi Kinerja Perangkat Daerah · activity: {} ({})"
    assert words(office, gone.act) == told.format("there → deleted", "and 8 more")
    assert words(office, office.undo()) == told.format("– → new", "and 8 more")
    year = office.start_year(2022)
    others = f"(and {len(year.changes) - 1} more)"
    assert words(office, year) == f"2022 · report year: – → new {others}"
    assert words(office, office.undo()) == f"2022 · report year: there → deleted {others}"
    told_of = [str(office.wording().told(deed.act, deed.count)) for deed in office.deeds(2)]
    assert told_of == [
        f"2022 · report year: there → deleted {others}",
        f"2022 · report year: – → new {others}",
    ]


def test_a_thing_that_all_years_share_is_told_as_such(office: Workspace) -> None:
    """A program renamed for 2022 would be renamed in the report of 2021, untold."""
    assert words(office, put(office, "programs", "program/2", "name", "A")).startswith("A · ")
    office.start_year(2022)
    act = put(office, "programs", "program/2", "name", "B", 2022)
    assert words(office, act) == "every year · B · Description: A → B"
    assert act is not None
    assert office.wording().told(act).every_year
    figure = put(office, "programs", "program/2", "budget_initial", "5", 2022)
    assert figure is not None
    assert not office.wording().told(figure).every_year
