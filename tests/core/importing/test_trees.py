"""Programs, kegiatan and sub kegiatan out of the tables that offices keep."""

from decimal import Decimal

import pytest

from lkjip_tui.core.workspace import Workspace
from tests.core.importing.conftest import Compare
from tests.core.importing.sources import block, changes, refusals, take_in
from tests.core.support import YEAR, facts_of, rows_of, value_of

_DPA = block(
    "DOKUMEN PELAKSANAAN ANGGARAN",
    "Organisasi|7.01 KECAMATAN BARU",
    "Kode Rekening|Uraian|Jumlah (Rp)",
    "7|UNSUR KEWILAYAHAN|61.000.000",
    "7.01|KECAMATAN|61.000.000",
    "7.01.01|PROGRAM PENUNJANG URUSAN|61.000.000",
    "7.01.01.2.01|Perencanaan|21.000.000",
    "7.01.01.2.01.0001|Penyusunan Dokumen|21.000.000",
    "5|BELANJA DAERAH|21.000.000",
    "5.1.02.01.01.0024|Belanja Alat Tulis|21.000.000",
    "7.01.01.2.02|Administrasi Keuangan|40.000.000",
    "7.01.01.2.02.0001|Penyediaan Gaji|40.000.000",
    "|JUMLAH|61.000.000",
)


def _tree(office: Workspace) -> list[tuple[object, ...]]:
    return [
        (row["level"], row["code"], row["name"], row["budget_initial"], row["realization"])
        for row in rows_of(office, "activities")
    ]


def test_a_dpa_becomes_programs_kegiatan_and_sub_kegiatan(
    new_office: Workspace, compare: Compare
) -> None:
    """Else the office types its whole budget by hand, and calls accounts sub kegiatan."""
    take_in(new_office, "sheet.activities", _DPA)
    assert _tree(new_office) == [
        (1, "7.01.01", "PROGRAM PENUNJANG URUSAN", 61_000_000, None),
        (2, "7.01.01.2.01", "Perencanaan", 21_000_000, None),
        (3, "7.01.01.2.01.0001", "Penyusunan Dokumen", 21_000_000, None),
        (2, "7.01.01.2.02", "Administrasi Keuangan", 40_000_000, None),
        (3, "7.01.01.2.02.0001", "Penyediaan Gaji", 40_000_000, None),
        (0, None, "Jumlah", 61_000_000, None),
    ]
    again = compare(new_office, "sheet.activities", _DPA)
    assert (again.counts.changed, again.counts.new_rows) == (0, 0)


@pytest.mark.usefixtures("either_road")
def test_an_import_is_one_act_that_undo_takes_back(new_office: Workspace) -> None:
    """Else a wrong file leaves hundreds of rows to be deleted one by one."""
    before = facts_of(new_office)
    take_in(new_office, "sheet.activities", _DPA)
    after = facts_of(new_office)
    assert len(new_office.deeds(10)) >= 1
    new_office.undo()
    assert facts_of(new_office) == before
    new_office.redo()
    assert facts_of(new_office) == after


def test_nothing_is_written_before_it_is_taken_in(new_office: Workspace, compare: Compare) -> None:
    """Else looking at what a file would do has done it."""
    before, acts = facts_of(new_office), len(new_office.deeds(1000))
    assert compare(new_office, "sheet.activities", _DPA).counts.new_rows == 5
    assert (facts_of(new_office), len(new_office.deeds(1000))) == (before, acts)


def test_accounts_of_one_sub_kegiatan_are_added_up(new_office: Workspace) -> None:
    """Else a realization by account imports the figure of its first account alone."""
    lines = [
        f"7.01.01|PROGRAM A|7.01.01.2.01|Kegiatan A|7.01.01.2.01.000{sub}|Sub {sub}"
        f"|5.1.02.01.01.000{account}|Belanja {account}|{account}.000.000,00|{account}00.000"
        for sub in (1, 2)
        for account in (1, 2, 3)
    ]
    source = block(
        "Kode Program|Nama Program|Kode Kegiatan|Nama Kegiatan|Kode Sub Kegiatan"
        "|Nama Sub Kegiatan|Kode Rekening|Nama Rekening|Pagu|Realisasi",
        *lines,
    )
    take_in(new_office, "sheet.activities", source)
    assert [row[2:] for row in _tree(new_office) if row[0] == 3] == [
        ("Sub 1", 6_000_000, 600_000),
        ("Sub 2", 6_000_000, 600_000),
    ]


def test_code_and_name_in_one_cell_are_taken_apart(new_office: Workspace) -> None:
    """Else a code becomes part of a name, and the next file's code finds nothing."""
    source = block(
        "Program/Kegiatan/Sub Kegiatan|Anggaran",
        "7.01.01 PROGRAM PENUNJANG|5.000",
        "7.01.01.2.01 - Perencanaan|5.000",
        "7.01.01.2.01.01 Penyusunan Dokumen|5.000",
    )
    take_in(new_office, "sheet.activities", source)
    assert [row[:3] for row in _tree(new_office)][:3] == [
        (1, "7.01.01", "PROGRAM PENUNJANG"),
        (2, "7.01.01.2.01", "Perencanaan"),
        (3, "7.01.01.2.01.01", "Penyusunan Dokumen"),
    ]


def test_columns_a_level_with_merged_cells_make_the_tree(
    new_office: Workspace, compare: Compare
) -> None:
    """Else a merged cell's rows hang nowhere, and what cannot be read is guessed."""
    source = block(
        "PROGRAM|KEGIATAN|SUB KEGIATAN|ANGGARAN|",
        "|||Murni|Perubahan",
        "Program A|Kegiatan A1|Sub A1a|1.000.000|2.000.000",
        "||Sub A1b|2.000.000|",
        "|Kegiatan A2|Sub A2a|3.000.000|3,500,000.00",
        "Program B|Kegiatan B1|Sub B1a|abc|.5",
    )
    found = compare(new_office, "sheet.activities", source)
    assert refusals(found) == [(6, "budget_initial", "abc"), (6, "budget_revised", ".5")]
    found.leave_out_refused()
    assert (found.counts.refused, found.counts.left_out) == (0, 2)
    new_office.take_in(found)
    assert [(row[2], row[3]) for row in _tree(new_office)] == [
        ("Program A", 6_000_000),
        ("Kegiatan A1", 3_000_000),
        ("Sub A1a", 1_000_000),
        ("Sub A1b", 2_000_000),
        ("Kegiatan A2", 3_000_000),
        ("Sub A2a", 3_000_000),
        ("Program B", None),
        ("Kegiatan B1", None),
        ("Sub B1a", None),
        ("Jumlah", 6_000_000),
    ]


def test_levels_are_read_from_indents(new_office: Workspace) -> None:
    """Else a plain list of names is refused though its layout says what is what."""
    take_in(
        new_office,
        "sheet.activities",
        block("Uraian|Anggaran", "Urusan|1", "  Perencanaan|1", "    Dokumen|1", "    Evaluasi|2"),
    )
    assert [(row[0], row[2]) for row in _tree(new_office)][:4] == [
        (1, "Urusan"),
        (2, "Perencanaan"),
        (3, "Dokumen"),
        (3, "Evaluasi"),
    ]


def test_a_printed_summary_changes_only_what_differs(standing: Workspace, compare: Compare) -> None:
    """Else names in capitals come once more, beside those that are there."""
    source = block(
        "RINGKASAN ANGGARAN DAN REALISASI",
        "No.|Uraian|Tahun Anggaran 2021||Selisih (Rp)|% capaian",
        "||Anggaran (Rp)|Realisasi (Rp)||",
        "I.|PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA||||",
        "|Administrasi Umum Perangkat Daerah||||",
        "|Penyediaan Bahan Logistik Kantor|30,000,000.00|28.935.100|1.064.900|96.45",
        "|Penyediaan Barang Cetakan dan Penggandaan|5,000,000.00|4,600.242|399.758|92",
        "|Penyediaan Bahan/Material|10.000.000|9.996.831|3.170|99.97",
        "|Jumlah|45.000.000|1|0|64.48",
    )
    found = compare(standing, "sheet.activities", source)
    assert changes(found, standing, "sheet.activities") == {
        ("Penyediaan Bahan/Material", "realization"): ("9996830", "9996831")
    }
    assert not refusals(found)
    assert found.counts.missing == 26
    assert any("43.532.173" in note for note in found.notes), "a total that is none is told"


def test_a_code_tells_a_thing_whose_name_has_changed(
    new_office: Workspace, compare: Compare
) -> None:
    """Else a renamed program is a second one, with its figures once more."""
    take_in(new_office, "sheet.activities", _DPA)
    source = block(
        "Kode|Uraian|Anggaran", "7.01.01.2.01.0001|Penyusunan Dokumen Perencanaan|22.000.000"
    )
    found = compare(new_office, "sheet.activities", source)
    assert changes(found, new_office, "sheet.activities") == {
        ("Penyusunan Dokumen Perencanaan", "name"): (
            "Penyusunan Dokumen",
            "Penyusunan Dokumen Perencanaan",
        ),
        ("Penyusunan Dokumen Perencanaan", "budget_initial"): ("21000000", "22000000"),
    }


def test_a_code_and_a_name_of_two_things_are_refused(
    new_office: Workspace, compare: Compare
) -> None:
    """Else one of the two gets figures of the other, in silence."""
    take_in(new_office, "sheet.activities", _DPA)
    source = block(
        "Kode|Uraian|Anggaran",
        "7.01.01|PROGRAM PENUNJANG URUSAN|",
        "7.01.01.2.02|Administrasi Keuangan|",
        "7.01.01.2.02.0001|Penyediaan Gaji|1",
        "7.01.01.2.01|Administrasi Keuangan|",
    )
    found = compare(new_office, "sheet.activities", source)
    assert refusals(found) == [(5, None, "7.01.01.2.01 Administrasi Keuangan")]


def test_codes_of_two_and_of_four_digits_are_not_the_same(
    new_office: Workspace, compare: Compare
) -> None:
    """Else a nomenclature's change passes unseen: the new code is shown beside the old one."""
    take_in(new_office, "sheet.activities", _DPA)
    source = block(
        "Kode|Uraian|Anggaran",
        "7.01.01|PROGRAM PENUNJANG URUSAN|",
        "7.01.01.2.01|Perencanaan|",
        "7.01.01.2.01.01|Penyusunan Dokumen|21.000.000",
    )
    found = compare(new_office, "sheet.activities", source)
    assert changes(found, new_office, "sheet.activities") == {
        ("Penyusunan Dokumen", "code"): ("7.01.01.2.01.0001", "7.01.01.2.01.01")
    }


def test_what_other_years_hold_joins_the_year(standing: Workspace) -> None:
    """Else next year's file makes every sub kegiatan anew, and the years cannot be compared."""
    standing.start_year(YEAR + 1)
    query = standing.find("sheet.activities")
    for row in rows_of(standing, "activities", YEAR + 1)[:4]:
        if row["level"] == 3:
            standing.apply(standing.deletion(query, [row], YEAR + 1))
    source = block(
        "Program|Kegiatan|Sub Kegiatan|Anggaran",
        "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota"
        "|Perencanaan, Penganggaran, dan Evaluasi Kinerja Perangkat Daerah"
        "|Evaluasi Kinerja Perangkat Daerah|7.000",
    )
    found = standing.compare(query, YEAR + 1, source)
    try:
        assert not refusals(found)
        standing.take_in(found)
    finally:
        found.close()
    assert value_of(standing, "activities", "sub_activity/2", "budget_initial", YEAR + 1) == 7000


def test_indicators_come_with_the_objectives_that_they_stand_under(
    new_office: Workspace, compare: Compare
) -> None:
    """Else a plan is typed twice: in the office's file, and here."""
    source = block(
        "No|Sasaran Strategis|Indikator Kinerja|Satuan|Target|Realisasi",
        "1|Meningkatnya kepuasan|Indeks kepuasan|Nilai|81,5|82,1",
        "||Persentase layanan|%|100%|97,5%",
        "2|Tata kelola yang baik|Nilai SAKIP|Nilai|BB|BB",
    )
    found = compare(new_office, "sheet.indicators", source)
    assert refusals(found) == [(4, "target_initial", "BB"), (4, "realization", "BB")]
    found.leave_out_refused()
    new_office.take_in(found)
    assert [
        (row["level"], row["name"], row["unit"], row["target_initial"], row["realization"])
        for row in rows_of(new_office, "indicators")
    ] == [
        (1, "Meningkatnya kepuasan", None, None, None),
        (2, "Indeks kepuasan", "Nilai", Decimal("81.5"), Decimal("82.1")),
        (2, "Persentase layanan", "%", 100, Decimal("97.5")),
        (1, "Tata kelola yang baik", None, None, None),
        (2, "Nilai SAKIP", "Nilai", None, None),
    ]


def test_lines_that_stand_under_nothing_are_refused(
    new_office: Workspace, compare: Compare
) -> None:
    """Else they come under whatever stands there last."""
    source = block("Kode|Uraian|Anggaran", "7.01.01.2.01.0001|Penyusunan Dokumen|1")
    found = compare(new_office, "sheet.activities", source)
    assert refusals(found) == [(2, None, "7.01.01.2.01.0001 Penyusunan Dokumen")]
    assert not found.act().runs


def test_a_signature_behind_the_last_sum_is_no_thing(
    new_office: Workspace, compare: Compare
) -> None:
    """Else every file's signature is refused, and left out by hand each month."""
    source = block(
        "Kode dan Uraian|Pagu", "7.01.01 PROGRAM A|5", "7.01.01.2.01 Kegiatan|5",
        "7.01.01.2.01.0001 Sub|5", "JUMLAH|5", "|", "Sooko, Januari 2022|", "Camat|", "Drs. FULAN|",
    )  # fmt: skip
    found = compare(new_office, "sheet.activities", source)
    assert not refusals(found)
    assert found.counts.new_rows == 3


def test_a_thing_never_comes_under_another_code(new_office: Workspace, compare: Compare) -> None:
    """Else a sub kegiatan whose kegiatan the file leaves out is money of the one before it."""
    source = block(
        "Kode|Uraian|Anggaran",
        "7.01.01|PROGRAM A|",
        "7.01.01.2.01|Kegiatan A|",
        "7.01.01.2.01.0001|Sub A|1",
        "7.01.02.2.01.0003|Sub B|2",
    )
    assert refusals(compare(new_office, "sheet.activities", source)) == [
        (5, None, "7.01.02.2.01.0003 Sub B")
    ]


def test_an_offices_own_codes_are_no_accounts(new_office: Workspace) -> None:
    """Else its fourth program is left out as an account, and its money comes to the third."""
    lines = [
        (code, f"{name} {program}", f"{program}")
        for program in range(1, 6)
        for code, name in (
            (f"{program}", "Program"),
            (f"{program}.1", "Kegiatan"),
            (f"{program}.1.1", "Sub"),
        )
    ]
    lines.append(("5.2", "Belanja Modal", "5"))
    source = block("Kode|Uraian|Anggaran", *map("|".join, lines))
    take_in(new_office, "sheet.activities", source)
    found = [
        (row["code"], row["name"], row["budget_initial"])
        for row in rows_of(new_office, "activities")
    ]
    assert found[:-1] == [(code, name, int(amount)) for code, name, amount in lines[:-1]]


def test_lines_around_a_coded_table_make_nothing(new_office: Workspace, compare: Compare) -> None:
    """Else whoever signed becomes a kegiatan, and the headings of page two a sub kegiatan."""
    source = block(
        "Kode|Uraian|Anggaran",
        "1|2|3",
        "7.01.01|PROGRAM A|3",
        "7.01.01.2.01|Kegiatan A|3",
        "Kode|Uraian|Anggaran",
        "1|2|3",
        "7.01.01.2.01.0001|Sub A|3",
        "|Camat Baru|",
    )
    found = compare(new_office, "sheet.activities", source)
    assert (found.counts.new_rows, refusals(found)) == (3, [(8, None, "Camat Baru")])


_ACCOUNTS = "Program|Kegiatan|Sub Kegiatan|Kode Rekening|Nama Rekening|Pagu|Realisasi"


@pytest.mark.parametrize(
    "lines",
    [
        ("A|B|C|||100|50", "A|B|C|5.1.02|Barang|60|30", "A|B|C|5.1.03|Jasa|40|20"),
        ("A|B|C|5|Belanja|100|50", "A|B|C|5.1|Operasi|100|50", "A|B|C|5.1.02|Barang|100|50"),
        ("A|B|C||||", "|||5.1.02|Barang|60|50", "|||5.1.03|Jasa|40|-"),
        ("A|B|C||||", "|||5.1.02|Barang|100|50", "|Jumlah B||||100|50", "Jumlah A|||||100|50"),
    ],
)
def test_money_that_stands_twice_counts_once(new_office: Workspace, lines: tuple[str, ...]) -> None:
    """Else a sub kegiatan has twice its budget: its own, and once more that of its accounts."""
    take_in(new_office, "sheet.activities", block(_ACCOUNTS, *lines))
    found = [
        (row["name"], row["budget_initial"], row["realization"])
        for row in rows_of(new_office, "activities")
    ]
    assert found == [(name, 100, 50) for name in ("A", "B", "C", "Jumlah")]


def test_a_new_thing_has_its_code_though_its_first_line_is_left_out(
    new_office: Workspace, compare: Compare
) -> None:
    """Else a sub kegiatan that begins with a sum of accounts gets its code next month alone."""
    source = block(
        "Program|Kegiatan|Kode Sub Kegiatan|Sub Kegiatan|Kode Rekening|Nama Rekening|Pagu",
        "A|B|1.1.1|C|5.1|Operasi|60",
        "A|B|1.1.1|C|5.1.02|Barang|60",
    )
    take_in(new_office, "sheet.activities", source)
    assert [row[1] for row in _tree(new_office)] == [None, None, "1.1.1", None]
    assert compare(new_office, "sheet.activities", source).counts.changed == 0


def test_accounts_that_say_nothing_are_not_nought(new_office: Workspace) -> None:
    """Else what nobody has reported yet reads as nothing spent."""
    lines = ("A|B|C|5.1.02|Barang|60|", "A|B|C|5.1.03|Jasa|40|-")
    take_in(new_office, "sheet.activities", block(_ACCOUNTS, *lines))
    assert {row["realization"] for row in rows_of(new_office, "activities")} == {None}


def test_a_file_of_accounts_changes_nothing_the_second_time(
    new_office: Workspace, compare: Compare
) -> None:
    """Else each month's file is refused for accounts that were added up a month ago."""
    source = block(
        "Kode|Uraian|Rek|Pagu",
        "7.01.01|PROGRAM A||",
        "7.01.01.2.01|Kegiatan A||",
        "7.01.01.2.01.0001|Sub A|5.1.02.01|100",
        "7.01.01.2.01.0001|Sub A|5.1.02.02|50",
    )
    compared = compare(new_office, "sheet.activities", source, account="Rek")
    new_office.take_in(compared)
    again = compare(new_office, "sheet.activities", source, account="Rek").counts
    assert (again.refused, again.changed, again.unchanged) == (0, 0, 1)


def test_a_short_code_counts_under_its_own_parent_alone(
    new_office: Workspace, compare: Compare
) -> None:
    """Else kegiatan 01 of another program takes the name and the money of this one's."""
    head = "Kode Program|Program|Kode Kegiatan|Kegiatan|Kode Sub Kegiatan|Sub Kegiatan|Pagu"
    take_in(new_office, "sheet.activities", block(head, "01|A|01|Kegiatan A|01|Gaji|100"))
    other = compare(new_office, "sheet.activities", block(head, "02|B|01|Kegiatan B|01|Rapat|7"))
    assert {
        before for before, _after in changes(other, new_office, "sheet.activities").values()
    } == {None}
    assert other.counts.new_rows == 3


def test_sums_of_a_known_tree_are_held_against_its_leaves(
    new_office: Workspace, compare: Compare
) -> None:
    """Else every second import says that sums are wrong which are right, and nobody reads on."""
    take_in(new_office, "sheet.activities", _DPA)
    assert not compare(new_office, "sheet.activities", _DPA).notes[1:]


def test_a_tree_of_names_alone_is_taken_in(new_office: Workspace) -> None:
    """Else a plan is refused before anybody has set its budget."""
    take_in(new_office, "sheet.activities", block("Program|Kegiatan|Sub Kegiatan", "A|B|C", "||D"))
    assert [row["name"] for row in rows_of(new_office, "activities")] == [
        "A",
        "B",
        "C",
        "D",
        "Jumlah",
    ]


def test_a_thing_stands_under_nothing_but_the_level_above(
    standing: Workspace, compare: Compare
) -> None:
    """Else a program's number is taken for a kegiatan's, and its money is another program's."""
    program = "Program Pemberdayaan Masyarakat Desa dan Kelurahan"
    source = block("Program|Kegiatan|Sub Kegiatan|Pagu", f"{program}||Sub baru|5")
    found = compare(standing, "sheet.activities", source)
    assert (refusals(found), found.counts.new_rows) == ([(2, None, "Sub baru")], 0)


def test_signs_alone_are_no_name(new_office: Workspace, compare: Compare) -> None:
    """Else a nameless row is made, and once more by the same file."""
    tree = block("Kode|Uraian|Anggaran", "7.01.01|§|")
    assert [line for line, *_t in refusals(compare(new_office, "sheet.activities", tree))] == [2]
    listed = block("No|Sasaran", "1|Baik", "2|§")
    assert [line for line, *_t in refusals(compare(new_office, "sheet.objectives", listed))] == [3]


def test_a_new_thing_that_is_left_out_is_not_made(new_office: Workspace, compare: Compare) -> None:
    """Else a line that nobody wanted becomes a row without a name, and once more each month."""
    source = block(
        "Kode|Uraian|Anggaran",
        "7.01.01|PROGRAM A|",
        "7.01.01.2.01|Kegiatan A|",
        "7.01.01.2.01.0001|Sub A|1",
        "7.01.01.2.01.0002|Sub B|2",
        "7.01.02|PROGRAM B|",
        "7.01.02|PROGRAM B|",
    )
    found = compare(new_office, "sheet.activities", source)
    assert found.counts.new_rows == 4, "program B is told twice, and refused"
    found.leave_out_refused()
    unwanted = {"PROGRAM A", "7.01.01", "Sub B", "7.01.01.2.01.0002", "2"}
    found.leave_out([each for each in found.page(0, 100) if each.text in unwanted])
    assert found.counts.new_rows == 3
    new_office.take_in(found)
    assert [row["name"] for row in rows_of(new_office, "activities")] == [
        None, "Kegiatan A", "Sub A", "Jumlah",
    ]  # fmt: skip
    assert len(facts_of(new_office)["sub_activity_budget"]) == 1
    assert len(facts_of(new_office)["program_budget"]) == 1


def test_a_short_code_alone_tells_no_thing_by_another_name(
    new_office: Workspace, compare: Compare
) -> None:
    """Else a line that says nothing of its kegiatan renames what bears its code anywhere."""
    head = "Program|Kegiatan|Kode Sub Kegiatan|Sub Kegiatan|Pagu"
    take_in(new_office, "sheet.activities", block(head, "A|B|01|Gaji|100"))
    source = block(head, "A||01|Rapat|7", "A||01|Gaji|8")
    found = compare(new_office, "sheet.activities", source)
    assert refusals(found) == [(2, None, "01 Rapat")]
    assert changes(found, new_office, "sheet.activities") == {
        ("Gaji", "budget_initial"): ("100", "8")
    }


@pytest.mark.parametrize(
    "codes",
    [
        ("1", "1.01", "1.01.01", "1.01.02", "2", "2.01", "2.01.01"),
        ("1", "1.9", "1.9.1", "1.9.2", "2", "2.10", "2.10.1"),
        ("1.", "1.01.", "1.01.001.", "1.01.002.", "2.", "2.01.", "2.01.001."),
    ],
)
def test_an_office_that_counts_its_tree_itself_has_its_own_levels(
    new_office: Workspace, compare: Compare, codes: tuple[str, ...]
) -> None:
    """Else its kegiatan are taken for classes above programs, and its programs for nothing."""
    names = ("Penunjang", "Rencana", "Dokumen", "Evaluasi", "Umum", "Rapat", "Konsumsi")
    lines = [f"{code}|{name}|5" for code, name in zip(codes, names, strict=True)]
    source = block("Kode|Uraian|Anggaran", *lines, "|Jumlah|15")
    take_in(new_office, "sheet.activities", source)
    assert [row[:3] for row in _tree(new_office)][:-1] == [
        (level, code.rstrip("."), name)
        for level, code, name in zip((1, 2, 3, 3, 1, 2, 3), codes, names, strict=True)
    ]
    counts = compare(new_office, "sheet.activities", source).counts
    assert (counts.refused, counts.changed) == (0, 0)


@pytest.mark.parametrize("name", ["PROGRAM PENUNJANG", "Program penunjang", "Penunjang"])
def test_a_summary_by_program_stays_one_of_the_nomenclature(
    new_office: Workspace, compare: Compare, name: str
) -> None:
    """Else the urusan becomes a program, and the program a sub kegiatan."""
    if name == "Penunjang":  # the file knows it for a program
        head = block("Kode|Uraian|Anggaran", "7.01.01|Penunjang|", "7.01.01.2.01|Rencana|")
        take_in(new_office, "sheet.activities", head)
    source = block(
        "Kode|Uraian|Anggaran",
        "7|UNSUR KEWILAYAHAN|5",
        "7.01|KECAMATAN|5",
        f"7.01.01|{name}|5",
    )
    found = compare(new_office, "sheet.activities", source)
    assert not refusals(found)
    assert found.counts.new_rows == (name != "Penunjang")
    assert any("2" in note for note in found.notes), "lines left out are told"


def test_the_nomenclature_knows_no_indicators(new_office: Workspace) -> None:
    """Else an indicator numbered 1.01 is left out as a class above programs."""
    source = block("Uraian|Satuan|Target", "Layanan yang baik||", "  1.01 Indeks|Nilai|5")
    take_in(new_office, "sheet.indicators", source)
    assert [(row["level"], row["name"]) for row in rows_of(new_office, "indicators")] == [
        (1, "Layanan yang baik"),
        (2, "Indeks"),
    ]


_NUMBERED = ("1|Penunjang", "{}|Rencana", "1.1.1|Dokumen", "1,2|Gaji", "{}|Rapat", "1.10.1|Teh")


def test_codes_that_lost_a_zero_as_numbers_leave_it_to_the_name(
    new_office: Workspace, compare: Compare
) -> None:
    """Else the tenth kegiatan's name and money are the first one's, or both are refused."""
    numbers = block("Kode|Uraian", *(line.format("1,1") for line in _NUMBERED))
    found = compare(new_office, "sheet.activities", numbers)
    assert (refusals(found), found.counts.new_rows) == ([], 6)
    assert {name: after for (name, column), (_b, after) in changes(
        found, new_office, "sheet.activities"
    ).items() if column == "code"} == {
        "Penunjang": "1", "Dokumen": "1.1.1", "Gaji": "1.2", "Teh": "1.10.1",
    }  # fmt: skip
    assert sum("1.1" in note for note in found.notes) == 2
    texts = "\n".join(_NUMBERED).format("1.1", "1.10").split("\n")
    take_in(new_office, "sheet.activities", block("Kode|Uraian", *texts))
    for source in (numbers, block("Kode|Uraian|Pagu", "1|Penunjang|", "1,1|Rapat|")):
        found = compare(new_office, "sheet.activities", source)
        assert (found.counts.refused, found.counts.changed) == (0, 0)


def test_a_lost_zero_is_found_again_in_the_codes_of_the_file(
    new_office: Workspace, compare: Compare
) -> None:
    """Else a kegiatan that was renamed is made once more, or its code is another."""
    texts = block("Kode|Uraian", "1|Penunjang", "1.2|Gaji", "1.2.1|Dokumen", "1.10|Rapat")
    take_in(new_office, "sheet.activities", texts)
    source = block("Kode|Uraian", "1|Penunjang", "1,2|Gaji", "1.2.1|Dokumen", "1,1|Rapat dinas")
    found = compare(new_office, "sheet.activities", source)
    assert changes(found, new_office, "sheet.activities") == {
        ("Rapat dinas", "name"): ("Rapat", "Rapat dinas")
    }
    keys = [row["row_key"] for row in rows_of(new_office, "activities") if row["level"] == 2]
    kept = block("row_key|code|name", f"{keys[0]}|1,2|Gaji", f"{keys[1]}|1,1|Rapat")
    found = compare(new_office, "sheet.activities", kept)
    assert (found.counts.refused, found.counts.changed) == (0, 0)


def test_a_new_sub_kegiatan_comes_under_the_kegiatan_that_its_code_names(
    new_office: Workspace, compare: Compare
) -> None:
    """A list of sub kegiatan alone, as SIPD exports it, would be refused line by line."""
    tree = ("7.01.01|PROGRAM P|", "7.01.01.2.01|Kegiatan K|", "7.01.01.2.01.0001|Sub S|5")
    new_office.take_in(compare(new_office, "sheet.activities", block("Kode|Uraian|Pagu", *tree)))
    alone = block("Kode|Uraian|Pagu", "7.01.01.2.01.0003|Sub T|9", "7.01.09.2.01.0001|Sub U|1")
    compared = compare(new_office, "sheet.activities", alone)
    assert (compared.counts.new_rows, compared.counts.refused) == (1, 1)
    compared.leave_out_refused()
    new_office.take_in(compared)
    rows = rows_of(new_office, "sheet.activities")
    assert [(row["level"], row["name"]) for row in rows[:-1]] == [
        (1, "PROGRAM P"), (2, "Kegiatan K"), (3, "Sub S"), (3, "Sub T"),
    ]  # fmt: skip


def test_things_behind_a_sum_are_no_signature(new_office: Workspace, compare: Compare) -> None:
    """The second program of a list would be left out as if someone had signed it."""
    lines = ("PROGRAM P|", "Kegiatan: K|", "Sub Kegiatan: S|5", "Jumlah|5", "PROGRAM R|",
             "Kegiatan: K2|", "Sub Kegiatan: S2|")  # fmt: skip
    compared = compare(new_office, "sheet.activities", block("Uraian|Pagu", *lines))
    assert compared.counts.new_rows == 6
    assert compared.counts.missing == 0
