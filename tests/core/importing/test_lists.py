"""Lists without levels, headings by hand, and what a source does not say."""

import sys
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkjip_tui.core.errors import InputRefused, UsageError
from lkjip_tui.core.figures.values import read
from lkjip_tui.core.imports.importing import Import
from lkjip_tui.core.storage.facts import encode
from lkjip_tui.core.workspace import Workspace
from tests.core.importing.conftest import Compare
from tests.core.importing.sources import block, changes, refusals, take_in
from tests.core.support import YEAR, facts_of, rows_of, value_of


def test_new_lines_of_a_list_become_rows(new_office: Workspace, compare: Compare) -> None:
    """Else services and objectives are made one by one before a file can fill them."""
    source = block(
        "Bidang|No|Uraian|Target (%)|Realisasi (%)",
        "Perijinan|1|Izin mendirikan bangunan|100|97,5",
        "|2|Izin keramaian|100|100",
        "Non perijinan|1|Surat pindah|90|-",
    )
    take_in(new_office, "sheet.services", source)
    assert [
        (row["service_group"], row["number"], row["name"], row["target"], row["realization"])
        for row in rows_of(new_office, "services")
    ] == [
        ("Perijinan", 1, "Izin mendirikan bangunan", 100, Decimal("97.5")),
        ("Perijinan", 2, "Izin keramaian", 100, 100),
        ("Non perijinan", 1, "Surat pindah", 90, None),
    ]
    assert compare(new_office, "sheet.services", source).counts.changed == 0


def test_a_year_of_figures_is_made_by_its_key(new_office: Workspace) -> None:
    """Else figures about a year, which are no thing, can only be typed."""
    take_in(
        new_office, "sheet.population", block("Tahun|Laki-laki|Perempuan", "2021|36.698|36.337")
    )
    assert value_of(new_office, "sheet.population", "population/2021", "female") == 36337


def test_an_empty_cell_says_nothing(standing: Workspace, compare: Compare) -> None:
    """Else a file with half of the figures clears the other half."""
    source = block("Uraian|Realisasi", "Penyediaan Gaji dan Tunjangan ASN|")
    assert compare(standing, "sheet.activities", source).counts.changed == 0


def test_a_closed_import_knows_no_text_any_more(standing: Workspace) -> None:
    """Else each file that was looked at stays in memory as long as its preview is not collected."""
    for lines in (
        ("row_key|realization", "sub_activity/3|7", "sub_activity/4|8"),
        ("Uraian|Realisasi", "Penyediaan Gaji dan Tunjangan ASN|7", "nobody knows|8"),
    ):
        source = block(*lines)
        held = [sys.getrefcount(row) for row in source.rows]
        compared = standing.compare(standing.registry.queries["sheet.activities"], YEAR, source)
        compared.close()
        assert [sys.getrefcount(row) for row in source.rows] == held
        assert compared.mapping


def test_an_empty_cell_of_our_own_table_clears(standing: Workspace, compare: Compare) -> None:
    """Else what was cleared in a spreadsheet stands here still."""
    source = block("row_key|realization", "sub_activity/3|")
    found = compare(standing, "sheet.activities", source)
    assert changes(found, standing, "sheet.activities") == {
        ("Penyediaan Gaji dan Tunjangan ASN", "realization"): ("2015461800", None)
    }


def test_two_lines_of_one_row_are_refused(standing: Workspace, compare: Compare) -> None:
    """Else the last of two figures wins, and nobody has chosen it."""
    source = block("row_key|realization", "sub_activity/3|1", "sub_activity/3|2")
    found = compare(standing, "sheet.activities", source)
    assert refusals(found) == [(2, "realization", "1"), (3, "realization", "2")]


def test_headings_are_named_by_hand(standing: Workspace, compare: Compare) -> None:
    """Else a file with headings of its own cannot come in at all."""
    source = block("Apa|Berapa", "Penyediaan Gaji dan Tunjangan ASN|5")
    with pytest.raises(UsageError, match="--map"):
        compare(standing, "sheet.activities", source)
    found = compare(standing, "sheet.activities", source, name="Apa", realization="berapa")
    assert changes(found, standing, "sheet.activities") == {
        ("Penyediaan Gaji dan Tunjangan ASN", "realization"): ("2015461800", "5")
    }


@pytest.mark.parametrize("mapped", [{"nothing": "Apa"}, {"name": "Other"}])
def test_a_column_or_heading_that_is_not_there_is_told(
    standing: Workspace, compare: Compare, mapped: dict[str, str]
) -> None:
    """Else a slip of the pen takes in a file without the column that was meant."""
    with pytest.raises(UsageError, match=r"nothing|Other"):
        compare(standing, "sheet.activities", block("Apa|Anggaran", "x|1"), **mapped)


def test_lines_are_never_matched_by_their_place(standing: Workspace, compare: Compare) -> None:
    """Else a file in another order puts every figure into a wrong row."""
    with pytest.raises(UsageError, match="name"):
        compare(standing, "sheet.services", block("Target (%)|Realisasi (%)", "1|2"))


def test_a_figure_mended_in_the_preview_is_compared_again(
    standing: Workspace, compare: Compare
) -> None:
    """Else a refused figure can only be mended in the file itself."""
    source = block("row_key|realization|code", "sub_activity/3|.5|", "sub_activity/4|7|a")
    found = compare(standing, "sheet.activities", source)
    (refused,) = found.page(0, found.counts.refused)
    found.mend(refused, "2.015.461.801")
    assert not refusals(found)
    found.leave_out([each for each in found.page(0, 9) if each.column == "code"])
    standing.take_in(found)
    assert value_of(standing, "activities", "sub_activity/3", "realization") == 2_015_461_801
    assert value_of(standing, "activities", "sub_activity/4", "realization") == 7
    assert value_of(standing, "activities", "sub_activity/4", "code") is None


def test_lines_of_other_years_are_left_out(standing: Workspace, compare: Compare) -> None:
    """Else a file of many years puts the last of them into this one."""
    source = block(
        "fiscal_year|row_key|realization",
        f"{YEAR - 1}|sub_activity/3|1",
        f"{YEAR}|sub_activity/4|2",
    )
    found = compare(standing, "sheet.activities", source)
    assert [row for row, _column in changes(found, standing, "sheet.activities")] == [
        "Penyediaan Administrasi Pelaksanaan Tugas ASN"
    ]


def test_a_figure_that_sums_its_quarters_is_refused(standing: Workspace, compare: Compare) -> None:
    """Else the year's figure stands beside quarters that say another."""
    query = standing.find("sheet.quarters")
    (row,) = (r for r in rows_of(standing, "quarters") if r["row_key"] == "sub_activity/3")
    for column, text in (("realization", ""), ("realization_q1", "5"), ("realization_q2", "6")):
        row = next(r for r in rows_of(standing, "quarters") if r["row_key"] == "sub_activity/3")
        standing.edit(query, query.header.columns[column], row, text)
    found = compare(standing, "sheet.activities", block("row_key|realization", "sub_activity/3|12"))
    assert refusals(found) == [(2, "realization", "12")]


def test_words_behind_a_figure_come_with_it(standing: Workspace, compare: Compare) -> None:
    """Else “81 Baik” loses its word, or keeps the word of another figure."""
    source = block("row_key|realization", "indicator/10|82 Sangat Baik")
    found = compare(standing, "sheet.indicators", source)
    standing.take_in(found)
    row = next(r for r in rows_of(standing, "indicators") if r["row_key"] == "indicator/10")
    assert (row["realization"], row["realization_label"]) == (82, "Sangat Baik")
    alone = compare(standing, "sheet.indicators", block("row_key|realization", "indicator/10|82"))
    assert alone.counts.changed == 0
    other = compare(standing, "sheet.indicators", block("row_key|realization", "indicator/10|83"))
    standing.take_in(other)
    row = next(r for r in rows_of(standing, "indicators") if r["row_key"] == "indicator/10")
    assert (row["realization"], row["realization_label"]) == (83, None)


def test_what_a_printed_figure_reads_as_follows_it(standing: Workspace, compare: Compare) -> None:
    """Else the proof holds the old reading against the cell, and a mended figure stays wrong."""
    key = next(
        r["row_key"] for r in rows_of(standing, "printed_figures") if r["printed"] == "64.48"
    )
    found = compare(standing, "sheet.printed_figures", block("row_key|printed", f"{key}|64,50%"))
    standing.take_in(found)
    row = next(r for r in rows_of(standing, "printed_figures") if r["row_key"] == key)
    assert (row["printed"], row["value"]) == ("64,50%", Decimal("64.5"))


_PARTS = st.sampled_from(("0", "1", "12", "345", "000", ".", ",", " ", "-", "Rp", "%", "a", "é"))


@pytest.mark.slow
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(_PARTS, max_size=6).map("".join), min_size=7, max_size=7))
def test_the_database_reads_what_the_reader_reads(standing: Workspace, texts: list[str]) -> None:
    """Else a figure means one thing in a file of ten lines, and another in one of thousands."""
    rows = {"activities": "realization", "services": "target", "programs": "note_initial"}
    for sheet, column in rows.items():
        query = standing.find(f"sheet.{sheet}")
        kind = standing.cells(query).columns[column].kind
        assert kind is not None
        keys = [
            row["row_key"]
            for row in rows_of(standing, query.full_name)
            if row["row_key"].startswith(("sub_activity/", "service/", "program/"))
            and (sheet != "activities" or row["level"] == 3)
        ][: len(texts)]
        lines = [f"{key}|{text}" for key, text in zip(keys, texts, strict=False)]
        compared = standing.compare(query, YEAR, block(f"row_key|{column}", *lines))
        try:
            told = {each.row_key: each for each in compared.page(0, 100)}
            for key, line in zip(keys, lines, strict=True):
                text = line.partition("|")[2].removesuffix(" ")
                shown = value_of(standing, query.full_name, key, column)
                try:
                    meant = read(text, kind, typed=False)
                except InputRefused:
                    assert told[key].refused
                    continue
                if key not in told:
                    assert meant.value == shown
                elif not told[key].refused:
                    assert told[key].after == encode(meant.value)
                else:  # read, but not what the fact can hold
                    assert meant.words or meant.value is not None
        finally:
            compared.close()


def test_a_percent_is_no_rupiah(standing: Workspace, compare: Compare) -> None:
    """Else “Realisasi (%)” writes 95 rupiah over two thousand million."""
    source = block("Uraian|Realisasi (%)|Pagu", "Penyediaan Gaji dan Tunjangan ASN|95|5")
    mapping = compare(standing, "sheet.activities", source).mapping
    assert mapping.columns == ("name", None, "budget_revised")


def test_new_lines_that_are_the_same_are_refused(new_office: Workspace, compare: Compare) -> None:
    """Else a service stands twice from then on, and no file can tell the two apart."""
    source = block("Bidang|Uraian|Target", "A|KTP|1", "A|ktp|2", "B|KTP|3")
    found = compare(new_office, "sheet.services", source)
    assert (_refused_lines(found), found.counts.new_rows) == ([2, 3], 1)
    years = block("Tahun|Laki-laki", "2019|1", "2019|2")
    assert _refused_lines(compare(new_office, "sheet.population", years)) == [2, 3]
    codes = block("Kode|Program|Anggaran PK", "7.01.01|A|1", "7.01.01.|B|2", "7.01.02|A|3")
    found = compare(new_office, "sheet.programs", codes)
    assert (_refused_lines(found), found.counts.new_rows) == ([2, 3], 1)


def test_of_lines_that_are_the_same_one_may_be_left_out(
    new_office: Workspace, compare: Compare
) -> None:
    """Else both must go, and the one that was right is typed by hand."""
    codes = block("Kode|Program|Anggaran PK", "7.01.01|A|1", "7.01.01|B|2")
    found = compare(new_office, "sheet.programs", codes)
    found.leave_out([each for each in found.page(0, 9) if found.line_of(each) == 2])
    assert (refusals(found), found.counts.new_rows) == ([], 1)
    new_office.take_in(found)
    (row,) = rows_of(new_office, "sheet.programs")
    assert (row["code"], row["name"], row["budget_initial"]) == ("7.01.01", "B", 2)
    again = compare(new_office, "sheet.programs", block("Program|Anggaran PK", "b|5", "B|6"))
    assert _refused_lines(again) == [2, 3]
    again.leave_out([each for each in again.page(0, 9) if found.line_of(each) == 3])
    assert changes(again, new_office, "sheet.programs") == {("B", "budget_initial"): ("2", "5")}


@pytest.mark.usefixtures("english")
def test_that_numbers_tell_no_rows_apart_is_told(new_office: Workspace, compare: Compare) -> None:
    """Else whoever numbered the services through looks for the fault in the numbers."""
    source = block("No|Uraian|Target", "1|KTP|1", "2|KK|2", "3|KTP|3")
    found = compare(new_office, "sheet.services", source)
    reasons = {each.refused for each in found.page(0, found.counts.refused)}
    assert (_refused_lines(found), len(reasons)) == ([2, 4], 1)
    assert "Numbers" in reasons.pop()
    found = compare(new_office, "sheet.services", block("Uraian|Target", "KTP|1", "KTP|3"))
    assert not any("Numbers" in each.refused for each in found.page(0, 9))


def _refused_lines(found: Import) -> list[int]:
    return list(dict.fromkeys(line for line, *_told in refusals(found)))


def _doubts(found: Import) -> list[str]:
    return [note for note in found.notes if note.endswith("?")]


@pytest.mark.parametrize("sheet", ["activities", "quarters"])
@pytest.mark.parametrize("by_hand", [(), ("Bukan nama|7|",)])
def test_the_export_of_another_office_is_asked_about(
    standing: Workspace, compare: Compare, sheet: str, by_hand: tuple[str, ...]
) -> None:
    """Else its keys, which are of other rows there, put its names and figures into ours."""
    rows = [row for row in rows_of(standing, sheet) if "sub_activity/" in row["row_key"]]
    lines = [
        f"{row['name']}|{number}|{row['row_key']}" if number % 3 else f"X|1|{row['row_key']}"
        for number, row in enumerate(rows)
    ]
    figure = "realization" if sheet == "activities" else "realization_q1"
    source = block(f"name|{figure}|row_key", *lines, *by_hand)
    (doubt,) = _doubts(compare(standing, f"sheet.{sheet}", source))
    assert all(text in doubt for text in ("10", "29", rows[0]["name"], "“X”"))


def test_some_rows_that_are_renamed_are_not_asked_about(
    standing: Workspace, compare: Compare
) -> None:
    """Else the question is asked of every file, and answered without reading it."""
    rows = [row for row in rows_of(standing, "activities") if row["level"] == 3]
    lines = [f"{row['name'].upper()}.|{row['row_key']}" for row in rows]
    for count, wanted in ((0, False), (7, False), (8, True)):
        other = [f"X|{row['row_key']}" for row in rows[:count]]
        source = block("name|row_key", *other, *lines[count:])
        assert bool(_doubts(compare(standing, "sheet.activities", source))) is wanted
    for name in ("X", ""):
        source = block("name|row_key", f"{name}|sub_activity/3")
        assert not _doubts(compare(standing, "sheet.activities", source))


def test_other_codes_under_the_same_keys_are_asked_about_where_no_name_tells(
    standing: Workspace, compare: Compare
) -> None:
    """Else a file without names passes for ours, or a new nomenclature for another office's."""
    query = standing.find("sheet.activities")
    rows = [row for row in rows_of(standing, "activities") if row["level"] == 3][:2]
    for row in rows:
        standing.edit(query, query.header.columns["code"], row, f"7.01.0{row['sub_activity_id']}")
    named = block("row_key|name|code", *(f"{r['row_key']}|{r['name']}|1.1" for r in rows))
    found = compare(standing, "sheet.activities", named)
    assert (_doubts(found), found.counts.changed) == ([], 2)
    bare = block("row_key|code", *(f"{r['row_key']}|1.1" for r in rows))
    found = compare(standing, "sheet.activities", bare)
    assert (len(_doubts(found)), found.counts.changed) == (1, 2)


def test_rows_are_counted_as_they_will_be_made(new_office: Workspace, compare: Compare) -> None:
    """Else the preview promises rows that were left out, and the history tells of them."""
    found = compare(
        new_office, "sheet.services", block("Bidang|Uraian|Target", "A|KTP|1", "A|KK|x", "B|Akta|3")
    )
    counts = []
    for unwanted in (set(), {"x"}, {"A", "KK"}, {"Akta"}, {"B", "3"}):
        found.leave_out([
            each for each in found.page(0, 100)
            if each.text in unwanted and (each.text != "A" or each.line == 1)
        ])  # fmt: skip
        counts.append(found.counts.new_rows)
    assert counts == [3, 3, 2, 2, 1]
    new_office.take_in(found)
    assert [row["name"] for row in rows_of(new_office, "services")] == ["KTP"]


def test_a_row_that_the_table_would_not_show_is_not_made(
    new_office: Workspace, compare: Compare
) -> None:
    """Else a figure of some year lies in the file where nobody sees it or can delete it."""
    before = facts_of(new_office)
    found = compare(new_office, "sheet.population", block("Tahun|Laki-laki", "1999|5"))
    assert (refusals(found), found.counts.new_rows) == ([(2, None, "1999")], 0)
    found.leave_out_refused()
    assert not found.act().runs
    assert facts_of(new_office) == before


def test_what_may_mean_something_else_is_told(standing: Workspace, compare: Compare) -> None:
    """Else 1.234 % is taken over as 1,234 %, and nobody has looked."""
    source = block("row_key|realization", "sub_activity/10|4,600.242", "sub_activity/9|5")
    found = compare(standing, "sheet.activities", source)
    assert [bool(each.remark) for each in found.page(0, 9)] == [True, False]
    other = compare(standing, "sheet.services", block("row_key|target", "service/1|1.234"))
    (outcome,) = other.page(0, 9)
    assert "1.234" in outcome.remark or outcome.refused


def test_a_list_s_codes_may_be_numbers(new_office: Workspace, compare: Compare) -> None:
    """Else two programs become one, or the second file makes both once more."""
    texts = block("Kode|Program", "1.1|A", "1.10|B", "1.2|C")
    take_in(new_office, "sheet.programs", texts)
    numbers = block("Kode|Program|Anggaran PK", "1,1|A|7", "1,1|B|8", "1,2|C baru|9")
    found = compare(new_office, "sheet.programs", numbers)
    assert {
        key: after for key, (_before, after) in changes(found, new_office, "sheet.programs").items()
    } == {
        ("A", "budget_initial"): "7",
        ("B", "budget_initial"): "8",
        ("C baru", "name"): "C baru",
        ("C baru", "budget_initial"): "9",
    }
    bare = compare(new_office, "sheet.programs", block("Kode|Anggaran PK", "1,1|7", "1,2|9"))
    assert [line for line, *_told in refusals(bare)] == [2], "nothing says which of the two"


def test_headings_said_by_hand_stay_those_that_were_shown(
    standing: Workspace, compare: Compare
) -> None:
    """Else the next look shows the title's line, and what was said of it is lost."""
    source = block(
        "LAPORAN REALISASI", "", "Apa|Berapa", "Penyediaan Gaji dan Tunjangan ASN|3.100.000.000"
    )
    by_hand = {"name": "Apa", "realization": "Berapa"}
    found = compare(standing, "sheet.activities", source, **by_hand)
    assert list(found.headings()) == [("Apa", "name"), ("Berapa", "realization")]
