"""What a published report printed is held against the cell that the facts give."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from lkjip_tui.core.checks.proof import read_printed
from lkjip_tui.core.errors import EditRefused, InputRefused
from lkjip_tui.core.figures.values import Kind
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR, cell, inside, put, rows_of
from tests.core.test_findings import CHANGED

FAULTS: Final = Path(__file__).parents[1] / "golden" / "faults.csv"
RULE: Final = "printed_"


def faults_of(office: Workspace) -> list[tuple[str, str, str, str, str]]:
    """Return place, row, column, printed text and rule of each finding about print, in order."""
    printed = {row["row_key"]: row for row in rows_of(office, "sheet.printed_figures")}
    findings, faults = office.findings(YEAR)
    assert faults == []
    told = []
    for finding in findings:
        if finding.check_name.startswith(RULE):
            row = printed[finding.finding_key]
            place = (row["place"], row["row_label"], row["column_label"], row["printed"])
            told.append((*place, finding.check_name))
    return told


def test_every_fault_of_the_example_is_named_once_and_nothing_else_is(office: Workspace) -> None:
    """A fault would go into print again, or a right figure be called wrong."""
    with FAULTS.open(encoding="utf-8", newline="") as lines:
        listed = [tuple(row.values()) for row in csv.DictReader(lines)]
    expected = [(*row[:4], row[5]) for row in listed if row[5].startswith(RULE)]
    assert sorted(faults_of(office)) == sorted(expected)
    assert len(set(expected)) == len(expected)
    # What the facts show by themselves is listed by the thing that it is about.
    findings, _faults = office.findings(YEAR)
    assert sorted((row[1], *row[3:]) for row in listed if not row[5].startswith(RULE)) == sorted(
        (str(finding.place), str(finding.stated), str(finding.computed), finding.check_name)
        for finding in findings
        if not finding.check_name.startswith(RULE)
    )


def test_every_printed_figure_is_held_against_a_cell_that_exists(office: Workspace) -> None:
    """A figure that points nowhere would never be called wrong."""
    missing = inside(office).database.read(
        "select place, row_label, printed from basis.proof"
        " where view_name is not null and verdict = 'no_counterpart'"
    )
    assert missing == []


def test_the_example_s_printed_figures_are_read_as_the_one_reader_reads_them(
    office: Workspace,
) -> None:
    """The verdicts would rest on numbers that nobody printed."""
    for printed, kind, value, places in inside(office).database.read(
        "select printed, kind, value, places from basis.proof where kind is not null"
    ):
        assert read_printed(printed, Kind(kind)) == (value, places), printed


@pytest.mark.parametrize(
    ("printed", "kind", "expected"),
    [
        ("4.384.483.103,-", Kind.RUPIAH, (4_384_483_103, 0)),
        ("5,000,000.00", Kind.RUPIAH, (5_000_000, 0)),
        ("4,600.242", Kind.RUPIAH, (4_600_242, 0)),
        ("2.23%", Kind.PERCENT, (Decimal("2.23"), 2)),
        ("98,10%", Kind.PERCENT, (Decimal("98.1"), 2)),
        ("101%", Kind.PERCENT, (Decimal(101), 0)),
        (".393.066", Kind.RUPIAH, (None, None)),
        ("2.047.245.844,", Kind.RUPIAH, (None, None)),
        ("-", Kind.PERCENT, (None, None)),
        (None, Kind.PERCENT, (None, None)),
        ("Baik", Kind.TEXT, (None, None)),
    ],
)
def test_a_printed_text_is_a_number_with_its_decimals_or_nothing(
    printed: str | None, kind: Kind, expected: tuple[object, object]
) -> None:
    """Whether a figure is rounded could not be told."""
    assert read_printed(printed, kind) == expected


@pytest.mark.parametrize(
    ("printed", "rule"),
    [
        ("99,92", None),
        ("99.92%", None),
        ("99,9", "printed_rounded"),
        ("100", "printed_rounded"),
        ("99", "printed_truncated"),
        ("99,93", "printed_wrong"),
        ("", "printed_wrong"),
        (",92", "printed_unreadable"),
    ],
)
def test_print_is_told_apart_by_what_became_of_the_figure(
    standing: Workspace, printed: str, rule: str | None
) -> None:
    """A rounded figure would be called wrong, or a wrong one rounded."""
    put(standing, "printed_figures", CHANGED, "printed", printed)
    findings, _faults = standing.findings(YEAR)
    rules = [finding.check_name for finding in findings if finding.finding_key == CHANGED]
    assert rules == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("row_label", "column_label", "printed", "rule"),
    [
        ("Perempuan", "Jiwa", "36.338", "printed_wrong"),
        ("Nama instansi", "Nama", "Kecamatan Soko", "printed_misspelt"),
        ("Nama instansi", "Nama", "Kecamatan Jatirejo", "printed_other_words"),
        ("Tahun Anggaran", "Tahun", "2020", "printed_other_year"),
        ("Jumlah", "Anggaran", "4.644,000.103", "printed_mixed_marks"),
        ("Jumlah", "Anggaran", "4.644.000,103", "printed_mixed_marks"),
        ("Jumlah", "Anggaran", "4.644.00.103", "printed_unreadable"),
        ("Jumlah", "Anggaran", "4,644,000,103.00", None),
    ],
)
def test_a_right_figure_that_is_misprinted_gives_one_finding_that_goes_again(
    standing: Workspace, row_label: str, column_label: str, printed: str, rule: str | None
) -> None:
    """A rule could be silent, or two rules tell of one cell."""
    before = faults_of(standing)
    row = next(
        row
        for row in rows_of(standing, "sheet.printed_figures")
        if (row["row_label"], row["column_label"]) == (row_label, column_label)
    )
    put(standing, "printed_figures", row["row_key"], "printed", printed)
    new = [fault for fault in faults_of(standing) if fault not in before]
    assert [fault[4] for fault in new] == ([rule] if rule else [])
    standing.undo()
    assert faults_of(standing) == before


def test_a_fact_that_moves_moves_the_verdict(office: Workspace) -> None:
    """The finding would stay when the fact was mended, or not come when it was broken."""
    assert "99.96" in {fault[3] for fault in faults_of(office)}
    put(office, "activities", "sub_activity/1", "realization", "4.998.000")
    assert "99.96" not in {fault[3] for fault in faults_of(office)}
    # The realization that was printed is wrong now, and so are the sums it is part of.
    assert "4.996.150" in {fault[3] for fault in faults_of(office)}


def test_a_printed_figure_that_is_held_against_another_cell_is_read_anew(
    office: Workspace,
) -> None:
    """`36.698` is a count in one column and a percent in another."""
    row = next(
        row
        for row in rows_of(office, "sheet.printed_figures")
        if (row["place"], row["row_label"]) == ("Bab I.B", "Laki-laki")
    )
    assert row["value"] == 36_698
    put(office, "printed_figures", row["row_key"], "column_name", "sex_ratio")
    (row,) = (r for r in rows_of(office, "sheet.printed_figures") if r["row_key"] == row["row_key"])
    assert row["value"] == Decimal("36.698")
    office.undo()
    (row,) = (r for r in rows_of(office, "sheet.printed_figures") if r["row_key"] == row["row_key"])
    assert row["value"] == 36_698


def test_what_a_printed_text_reads_as_follows_it_without_a_word(office: Workspace) -> None:
    """The history would tell a figure twice that was typed once."""
    act = put(office, "printed_figures", CHANGED, "printed", "99,92")
    assert act is not None
    told = office.wording().told(act)
    assert (told.row, told.before, told.after, told.extent.count) == (
        "Ringkasan · Penyusunan Dokumen Perencanaan Perangkat Daerah · % capaian",
        "99.96",
        "99,92",
        1,
    )
    (row,) = (r for r in rows_of(office, "sheet.printed_figures") if r["row_key"] == CHANGED)
    assert row["value"] == Decimal("99.92")
    undone = office.undo()
    assert undone is not None
    assert office.told(undone).after == "99.96"


def test_a_printed_figure_that_is_gone_or_too_large_is_refused(office: Workspace) -> None:
    """The program would end, or a number be kept that it cannot compare."""
    total = next(r for r in rows_of(office, "sheet.printed_figures") if r["row_label"] == "Jumlah")
    with pytest.raises(InputRefused):
        put(office, "printed_figures", total["row_key"], "printed", "1" + 5 * ".000")
    shown = cell(office, "printed_figures", CHANGED, "printed")
    query, _column, row = shown
    office.apply(office.deletion(query, [row], YEAR))
    with pytest.raises(EditRefused):
        office.edit(*shown, "99,92")


def test_an_office_that_printed_nothing_has_no_findings_about_print(office: Workspace) -> None:
    """A new office would be told of a report that it never wrote."""
    with inside(office).database.transaction() as transaction:
        transaction.change("delete from printed_figure")
    assert faults_of(office) == []
