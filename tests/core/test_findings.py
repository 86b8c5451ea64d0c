"""Checks name what cannot be right: where, what is stated, and what it should be."""

import threading
from decimal import Decimal
from pathlib import Path

import pytest

from lkjip_tui import language
from lkjip_tui.core.checks.findings import Checks, Finding
from lkjip_tui.core.errors import EditRefused, InputRefused, LkjipError
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR, facts_of, inside, put, rows_of, value_of

CHECK = """-- check: error
-- message en: {place} says {stated}, not {computed}.
-- message id: {place} menyebut {stated}, bukan {computed}.
-- grain: fiscal_year, finding_key
-- column stated: rupiah "Tertulis | Stated"
-- column computed: percent "Seharusnya | Computed"
select 2021 as fiscal_year, 'one' as finding_key, 'sheet.activities' as view_name,
    'sub_activity/1' as row_key, 'realization' as column_name, 'Tabel' as place,
    1234567 as stated, cast(67.5 as decimal(9, 2)) as computed, 5 as difference
union all
select 2020, 'two', null, null, null, null, null, null, null
"""

CHANGED = "printed_figure/282"
"""A percent of the Ringkasan, held against the first sub kegiatan's 99,92."""


@pytest.fixture
def office(standing: Workspace) -> Workspace:
    """Return the office that the tests here share; what each one does to it is taken back."""
    return standing


def found(workspace: Workspace, check: str, year: int = YEAR) -> list[Finding]:
    """Return the findings of one check."""
    findings, faults = workspace.findings(year)
    assert faults == []
    return [finding for finding in findings if finding.check_name == check]


def write_check(workspace: Workspace, name: str, text: str) -> None:
    """Put a check beside the file."""
    folder = workspace.path.parent / "queries" / "checks"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.sql").write_text(text, "utf-8")


def add_check(workspace: Workspace, name: str, text: str) -> None:
    """Put a check beside the file, and read the queries again."""
    write_check(workspace, name, text)
    workspace.read_queries()


def test_a_figure_that_cannot_be_right_is_found_with_its_cell(office: Workspace) -> None:
    """A realization above its budget would go into print."""
    assert found(office, "realization_above_budget") == []
    put(office, "activities", "sub_activity/1", "realization", "5.000.001")
    (finding,) = found(office, "realization_above_budget")
    assert finding.severity in ("error", "warning")
    assert (finding.stated, finding.computed) == (5_000_001, 5_000_000)
    assert "5.000.001" in finding.message
    assert "5.000.000" in finding.message
    assert finding.place
    assert finding.place in finding.message
    # The cell is there to go to.
    assert finding.view_name
    assert finding.column_name in office.find(finding.view_name).header.columns
    assert finding.row_key in [row["row_key"] for row in rows_of(office, finding.view_name)]
    office.undo()
    assert found(office, "realization_above_budget") == []


def test_findings_of_the_example_lead_to_cells_that_exist(office: Workspace) -> None:
    """Enter on a finding would lead nowhere."""
    findings, faults = office.findings(YEAR)
    assert faults == []
    assert findings
    names = {finding.view_name for finding in findings if finding.view_name}
    keys = {name: {row["row_key"] for row in rows_of(office, name)} for name in names}
    for finding in findings:
        assert finding.message.strip()
        assert "{" not in finding.message
        if finding.view_name:
            query = office.find(finding.view_name)
            assert finding.column_name is None or finding.column_name in query.header.columns
            assert finding.row_key in keys[finding.view_name]
    order = ["error", "warning", "note"]
    ranks = [order.index(finding.severity) for finding in findings]
    assert ranks == sorted(ranks)


def test_messages_print_figures_as_the_report_does_in_both_languages(
    few: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A figure in a message could not be found on the page."""
    add_check(few, "mine", CHECK)
    for spoken, told in (
        ("en", "Tabel says 1.234.567, not 67,50%."),
        ("id", "Tabel menyebut 1.234.567, bukan 67,50%."),
    ):
        monkeypatch.setattr(language, "current", lambda spoken=spoken: spoken)
        (finding,) = found(few, "mine")
        assert finding.message == told
    assert finding.stated == 1_234_567
    assert finding.computed == Decimal("67.5")
    assert finding.difference == 5
    (other,) = found(few, "mine", 2020)
    assert (other.finding_key, other.place, other.stated) == ("two", None, None)
    assert "–" in other.message


def test_a_message_in_one_language_serves_both(
    few: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check without an English message would end the program of whoever reads English."""
    add_check(few, "mine", "\n".join(
        line for line in CHECK.splitlines() if "message en" not in line
    ))  # fmt: skip
    for spoken in ("en", "id"):
        monkeypatch.setattr(language, "current", lambda spoken=spoken: spoken)
        assert found(few, "mine")[0].message.startswith("Tabel menyebut")


def test_a_check_that_fails_is_told_and_hides_no_other(few: Workspace) -> None:
    """One user's slip would silence every rule."""
    put(few, "activities", "sub_activity/1", "realization", "5.000.001")
    whole, _faults = few.findings(YEAR)
    add_check(few, "fails", CHECK.replace("1234567", "cast(error('no') as integer)"))
    findings, faults = few.findings(YEAR)
    assert findings == whole
    assert len(faults) == 1
    assert "quality.fails" in faults[0].message


def test_an_accepted_finding_opens_again_when_its_value_changes(office: Workspace) -> None:
    """A new fault would hide behind an old permission."""
    put(office, "activities", "sub_activity/1", "realization", "5.000.001")
    (finding,) = found(office, "realization_above_budget")
    assert not finding.accepted
    office.accept([finding], "paid back")
    (finding,) = found(office, "realization_above_budget")
    assert (finding.accepted, finding.reason) == (True, "paid back")
    put(office, "activities", "sub_activity/1", "realization", "6.000.001")
    (finding,) = found(office, "realization_above_budget")
    assert (finding.accepted, finding.reason) == (False, None)
    # It may be accepted anew, and undone as one act.
    office.accept([finding], "paid back, too")
    assert found(office, "realization_above_budget")[0].reason == "paid back, too"
    office.undo()
    assert not found(office, "realization_above_budget")[0].accepted
    put(office, "activities", "sub_activity/1", "realization", "5.000.001")
    assert found(office, "realization_above_budget")[0].reason == "paid back"


def test_an_acceptance_is_a_fact_with_a_reason_that_can_be_taken_back(office: Workspace) -> None:
    """Nobody could tell next year why a fault was let stand."""
    before = facts_of(office)
    misspelt = found(office, "printed_misspelt")
    for reason in ("", "  "):
        with pytest.raises(InputRefused):
            office.accept(misspelt, reason)
    assert facts_of(office) == before
    office.accept(misspelt, " as the ministry writes it ")
    rows = rows_of(office, "sheet.accepted_findings")
    assert {row["finding_key"] for row in rows} == {each.finding_key for each in misspelt}
    assert {row["reason"] for row in rows} == {"as the ministry writes it"}
    assert all(finding.accepted for finding in found(office, "printed_misspelt"))
    row_key = f"accepted/printed_misspelt/{misspelt[0].finding_key}"
    put(office, "sheet.accepted_findings", row_key, "reason", "another")
    assert {each.reason for each in found(office, "printed_misspelt")} == {
        "another",
        "as the ministry writes it",
    }
    office.reopen(misspelt[1:])
    (kept,) = rows_of(office, "sheet.accepted_findings")
    assert kept["reason"] == "another"
    with pytest.raises(EditRefused):
        office.reopen(misspelt[1:])
    for _act in range(3):
        office.undo()
    assert facts_of(office) == before


def test_an_acceptance_knows_a_figure_whatever_zeros_it_is_written_with(few: Workspace) -> None:
    """An accepted 67,50 would open again as 67,5."""
    add_check(few, "mine", CHECK.replace("1234567", "cast(67.5 as decimal(9, 4))"))
    few.accept(found(few, "mine"), "so it is")
    assert rows_of(few, "sheet.accepted_findings")[0]["stated"] == "67.5"
    add_check(few, "mine", CHECK.replace("1234567", "cast(67.5 as decimal(9, 1))"))
    (finding,) = found(few, "mine")
    assert finding.accepted


def test_a_check_that_is_switched_off_finds_nothing(office: Workspace) -> None:
    """A rule that does not fit an office would never be silent."""
    put(office, "activities", "sub_activity/1", "realization", "5.000.001")
    assert found(office, "realization_above_budget")
    rule = office.find("quality.realization_above_budget")
    office.switch_rule(rule, on=False)
    assert found(office, "realization_above_budget") == []
    row_key = "check/realization_above_budget"
    assert value_of(office, "sheet.rules", row_key, "enabled") is False
    put(office, "sheet.rules", row_key, "enabled", "ya")
    assert found(office, "realization_above_budget")
    # In the sheet a rule is switched off that has no row of its own yet.
    put(office, "sheet.rules", "check/target_missing", "enabled", "tidak")
    assert value_of(office, "sheet.rules", "check/target_missing", "enabled") is False
    office.undo()
    assert value_of(office, "sheet.rules", "check/target_missing", "enabled") is True


@pytest.mark.slow
def test_after_any_edit_the_same_is_found_as_by_a_fresh_start(office: Workspace) -> None:
    """A finding would stay that was mended, or a new one not appear, until the file is reopened."""
    parts = inside(office)

    def afresh(year: int) -> object:
        checks = Checks(parts.database, office.registry, parts.facts.tables)
        try:
            return checks.run(year)
        finally:
            checks.close()

    edits = [
        ("activities", "sub_activity/1", "realization", "5.000.001"),
        ("activities", "sub_activity/2", "budget_revised", ""),
        ("activities", "sub_activity/3", "name", "Nama lain"),
        ("activities", "program/1", "name", "Program lain"),
        ("programs", "program/2", "budget_revised", "-5"),
        ("programs", "program/2", "indicator_id", ""),
        ("indicators", "indicator/7", "realization", "12"),
        ("indicators", "indicator/7", "name", "Indikator lain"),
        ("quarters", "sub_activity/3", "realization_q2", "7"),
        ("objectives", "objective/1", "name", "Sasaran lain"),
        ("services", "service/1", "target", "-1"),
        ("sheet.population", "population/2021", "male", "1"),
        ("office", "office/1", "name", "Kecamatan Lain"),
        ("scales", "scale_class/ikm/3", "label", "Lain"),
        ("printed_figures", CHANGED, "printed", "1,5"),
        ("sheet.rules", "check/printed_wrong", "enabled", "tidak"),
    ]
    # What a fresh start finds before the first edit, then after each one.
    fresh = [afresh(YEAR)]
    assert office.findings(YEAR) == fresh[0]
    for sheet, row_key, column, text in edits:
        keys = [row["row_key"] for row in rows_of(office, sheet)]
        put(office, sheet, row_key if row_key in keys else keys[0], column, text)
        fresh.append(afresh(YEAR))
        assert office.findings(YEAR) == fresh[-1], (sheet, column)
    assert office.findings(YEAR - 1) == afresh(YEAR - 1)
    for edit, before in zip(reversed(edits), reversed(fresh[:-1]), strict=True):
        office.undo()
        assert office.findings(YEAR) == before, edit
    assert afresh(YEAR) == fresh[0]
    office.redo()
    assert office.findings(YEAR) == fresh[1]


@pytest.mark.parametrize("year", [2020, 2021, 1900])
def test_checks_run_for_any_year(office: Workspace, year: int) -> None:
    """Asking for a year without facts would end in an error."""
    findings, faults = office.findings(year)
    assert faults == []
    assert all(finding.fiscal_year == year for finding in findings)


def test_a_check_beside_the_file_is_one_of_the_rules(fresh: Workspace, file: Path) -> None:
    """An office could not add a rule of its own."""
    add_check(fresh, "mine", CHECK)
    assert found(fresh, "mine")[0].severity == "error"
    fresh.close()
    with Workspace.open(file, read_only=True) as reader:
        assert found(reader, "mine")


def test_what_differs_is_told_where_the_check_does_not(few: Workspace) -> None:
    """A reader would have to subtract, and a script could not sort by gravity."""
    cases: list[tuple[str, str, str, object]] = [
        ("3", "cast(67.5 as decimal(9, 2))", "null", Decimal("64.50")),
        ("3", "10", "5", 5),
        ("'three'", "10", "null", None),
        ("null", "10", "null", None),
        ("true", "10", "null", None),
    ]
    for number, (stated, computed, difference, _told) in enumerate(cases):
        write_check(
            few,
            f"mine_{number}",
            "-- check: error\n-- message id: {stated}\nselect 2021 as fiscal_year, 'one' as"
            f" finding_key, {stated} as stated, {computed} as computed, {difference} as difference",
        )
    assert few.read_queries() == []
    for number, case in enumerate(cases):
        (finding,) = found(few, f"mine_{number}")
        assert finding.difference == case[-1], case


@pytest.mark.usefixtures("english")
def test_a_message_that_names_no_column_is_told(few: Workspace) -> None:
    """A slip in a name would be printed in braces, beneath every finding."""
    write_check(few, "mine", CHECK.replace("not {computed}", "not {computd}"))
    (fault,) = few.read_queries()
    assert "mine.sql" in fault.message
    assert "no column computd" in fault.message


@pytest.mark.slow
def test_a_figure_below_zero_is_found_with_its_cell(office: Workspace) -> None:
    """A slip of the keys would go into print as money given back."""
    cells = [
        ("sheet.activities", "sub_activity/3", "budget_initial"),
        ("sheet.activities", "sub_activity/3", "budget_revised"),
        ("sheet.activities", "sub_activity/3", "realization"),
        ("sheet.quarters", "sub_activity/3", "realization_q2"),
        ("sheet.programs", "program/2", "budget_initial"),
        ("sheet.programs", "program/2", "budget_revised"),
        ("sheet.services", "service/1", "target"),
        ("sheet.services", "service/1", "realization"),
        ("sheet.population", "population/2021", "male"),
        ("sheet.population", "population/2020", "female"),
    ]
    assert found(office, "figure_below_zero") == []
    for cell in cells:
        put(office, *cell, "-5")
        told = [
            ((finding.view_name, finding.row_key, finding.column_name), finding.stated)
            for finding in found(office, "figure_below_zero")
        ]
        assert told == [(cell, -5)], "this one alone: the one before was taken back"
        office.undo()
    assert found(office, "figure_below_zero") == []


#: Ways to write a check on the name of a sub kegiatan, or on the journal.
WRITTEN = (
    """/* the office's own */ select y.fiscal_year, 'one' as finding_key, s.name as stated
from sheet.activities as s, report_year as y where s.row_key = 'sub_activity/3'
and s.fiscal_year = y.fiscal_year -- it's""",
    """select s.fiscal_year, 'one' as finding_key, s.name as stated, 1 as "Jum'at"
from "sheet"."activities" as s where s.row_key = 'sub_activity/3'""",
    """select 2021 as fiscal_year, 'one' as finding_key, max(j.journal_id) as stated
from journal as j""",
    """select activities.fiscal_year, 'one' as finding_key, activities.name as stated
from sheet.activities where activities.row_key = 'sub_activity/3'""",
)


def test_a_check_of_one_s_own_follows_every_edit_however_it_is_written(few: Workspace) -> None:
    """A rule that somebody wrote would go on about what was mended."""
    for number, select in enumerate(WRITTEN):
        write_check(few, f"mine_{number}", f"-- check: error\n-- message id: {{stated}}\n{select}")
    assert few.read_queries() == []

    def stated() -> list[object]:
        return [found(few, f"mine_{number}")[0].stated for number in range(len(WRITTEN))]

    before = stated()
    put(few, "activities", "sub_activity/3", "name", "Nama lain")
    for select, old, new in zip(WRITTEN, before, stated(), strict=True):
        assert new != old, select


def test_what_a_check_calls_its_findings_is_shown_whatever_its_type(few: Workspace) -> None:
    """A year in the place of a text would end the program."""
    add_check(
        few,
        "mine",
        "-- check: error\n-- message id: x\nselect 2021 as fiscal_year, 7 as finding_key,"
        " 2021 as place, 5 as row_key",
    )
    (finding,) = found(few, "mine")
    assert (finding.finding_key, finding.place, finding.row_key) == ("7", "2021", "5")


def test_two_findings_of_one_key_are_a_fault_of_their_check(few: Workspace) -> None:
    """Accepting one of them would fail with words of the database."""
    add_check(
        few,
        "mine",
        "-- check: error\n-- message id: x\nselect 2021 as fiscal_year, 'same' as finding_key"
        " from range(2)",
    )
    findings, faults = few.findings(YEAR)
    assert findings
    (fault,) = faults
    assert "quality.mine" in fault.message
    assert "same" in fault.message


def test_a_view_that_begins_to_fail_is_told_and_not_read_as_it_was(few: Workspace) -> None:
    """A rule would go on from figures that are no longer there."""
    folder = few.path.parent / "queries" / "basis"
    folder.mkdir(parents=True)
    (folder / "shaky.sql").write_text(
        "select p.name, cast(case p.name when 'broken' then 'x' else '1' end as integer) as n"
        " from program as p where p.program_id = 1",
        "utf-8",
    )
    for name in ("mine", "other"):
        write_check(
            few,
            name,
            "-- check: error\n-- message id: x\nselect 2021 as fiscal_year, 'one' as finding_key,"
            " s.n, s.name as stated from basis.shaky as s",
        )
    assert few.read_queries() == []
    assert len(found(few, "mine")) == 1
    put(few, "programs", "program/1", "name", "broken")
    _findings, faults = few.findings(YEAR)
    assert len(faults) == 2
    put(few, "programs", "program/1", "name", "whole")
    assert found(few, "mine")[0].stated == "whole"


def test_what_was_computed_goes_when_the_queries_are_read_again(few: Workspace) -> None:
    """Each reading would leave some megabytes behind until the program ends."""
    database = inside(few).database

    def held() -> object:
        return database.value("select count(*) from duckdb_databases() where not internal")

    before = few.findings(YEAR)
    beside = held()
    for _time in range(2):
        few.read_queries()
        assert few.findings(YEAR) == before
        assert held() == beside


def test_queries_are_read_again_while_the_checks_run(fresh: Workspace) -> None:
    """One of them would stop the other with an error, or wait for it."""
    told: list[Exception] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            try:
                fresh.findings(YEAR)
                fresh.forget_findings()
            except LkjipError as error:
                told.append(error)

    threads = [threading.Thread(target=look) for _number in range(2)]
    for thread in threads:
        thread.start()
    for _time in range(5):
        fresh.read_queries()
    done.set()
    for thread in threads:
        thread.join()
    assert told == []
