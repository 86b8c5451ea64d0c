"""Pasted headings and rows are found in the view that they mean, or told when it is not sure."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui import language, paths
from lkjip_tui.core.figures.block import Block, read_block
from lkjip_tui.core.imports.recognition import (
    BlockMapping,
    RowMatch,
    is_total,
    match_rows,
    recognize,
)
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer.clipboard import copied
from lkjip_tui.transfer.forms import CopyForm
from tests.core.support import YEAR, rows_of

VIEWS = sorted(
    f"{schema}.{file.stem}"
    for folder, schema in (("sheets", "sheet"), ("tables", "report"))
    for file in (paths.queries_folder() / folder).glob("*.sql")
)


def cells_of(office: Workspace, view: str) -> Cells:
    """Return the cells of a view."""
    return office.cells(office.find(view))


def recognized(office: Workspace, view: str, text: str) -> tuple[Block, BlockMapping]:
    """Return a text as a block, and what it was recognized as."""
    block = read_block(text)
    return block, recognize(block, cells_of(office, view), office.names(YEAR))


def matched(office: Workspace, view: str, text: str) -> Sequence[RowMatch]:
    """Return which rows of a view the rows of a text mean."""
    block, mapping = recognized(office, view, text)
    return match_rows(block, mapping, cells_of(office, view), rows_of(office, view))


@pytest.mark.parametrize("view", VIEWS)
def test_our_own_copies_are_recognized_whatever_their_form_and_language(
    view: str, standing: Workspace
) -> None:
    """Otherwise a table copied here, mended in a spreadsheet and pasted back would be refused."""
    cells, names = cells_of(standing, view), standing.names(YEAR)
    rows = rows_of(standing, view) or [dict.fromkeys(cells.columns)]
    shown = tuple(column.name for column in cells.shown)
    for spoken in language.LANGUAGES:
        language.use(spoken)
        for form in (CopyForm.TSV, CopyForm.CSV, CopyForm.MD):
            block = read_block(copied(form, cells, cells.shown, rows, names, headed=True))
            for told in language.LANGUAGES:
                language.use(told)
                mapping = recognize(block, cells, names)
                assert (mapping.columns, mapping.body) == (shown, 1)
            language.use(spoken)
        identifiers = ("fiscal_year", "row_key", *cells.columns)
        machine = Block((tuple(dict.fromkeys(identifiers)), ("x",) * len(set(identifiers))))
        assert recognize(machine, cells, names).columns == machine.rows[0]


@pytest.mark.parametrize("view", ["activities", "indicators", "quarters", "services", "programs"])
@pytest.mark.parametrize("form", [CopyForm.TSV, CopyForm.MD])
def test_rows_are_found_wherever_a_spreadsheet_put_them(
    view: str, form: CopyForm, standing: Workspace
) -> None:
    """Otherwise sorting the pasted table first would give every row another one's figures."""
    cells, rows = cells_of(standing, view), rows_of(standing, view)
    places = list(range(len(rows)))
    if form is CopyForm.TSV:  # what a printed table prints once belongs to the rows beneath it
        places.sort(key=lambda place: (place % 3, -place))
    chosen = [rows[place] for place in places]
    text = copied(form, cells, cells.shown, chosen, standing.names(YEAR), headed=True)
    assert [match.row for match in matched(standing, view, text)] == places


@pytest.mark.parametrize(
    ("view", "headings", "columns"),
    [
        # the report's own summary, whose budget is that of the stage in force
        ("activities", "No.\tUraian\tAnggaran (Rp)\tRealisasi (Rp)\t- Selisih (Rp)\t% capaian",
         ("number", "name", "budget_revised", "realization", "difference", None)),
        ("activities", "Kode Rek.\tProgram/Kegiatan/Sub Kegiatan\tPagu Murni\tPagu (PAK)\tReal.",
         ("code", "name", "budget_initial", "budget_revised", "realization")),
        ("activities", "Sub Kegiatan\tPagu Anggaran (Rp)\tRealisasi Anggaran (Rp)\tSisa Anggaran",
         ("name", "budget_revised", "realization", "difference")),
        ("activities", "Kegiatan\tPagu Anggaran Murni\tPagu Anggaran Perubahan\tReal. Keuangan",
         ("name", "budget_initial", "budget_revised", "realization")),
        ("activities", "NOMOR\tNAMA\tANGG. SEBELUM PERUBAHAN\tANGG.\tREALISASI 2021\tPCT",
         ("number", "name", "budget_initial", "budget_revised", "realization", "absorption_pct")),
        ("activities", "No\tUraian¹\tAnggaran (PAPBD) 2)\tRealisasi*\tSisa\tCatatan",
         ("number", "name", "budget_revised", "realization", "difference", None)),
        ("services", "NO.\tURAIAN\tTARGET (%)\tREALI- SASI (%)\t%",
         ("number", "name", "target", "realization", None)),
        ("services", "Layanan\tTarget\tRealisasi", ("name", "target", "realization")),
        ("indicators", "Indikator\tSat.\tTarget PK\tTarget Renstra\tRealisasi 2020\tRealisasi",
         ("name", "unit", "target_initial", "target_strategic", "realization_1_before",
          "realization")),
        ("quarters", "Uraian\tTriwulan I\tTriwulan II\tTW 3\tTW.IV\tTW I\tTW II\tTW III\tTW IV",
         ("name", "target_q1", "target_q2", "target_q3", "target_q4", "realization_q1",
          "realization_q2", "realization_q3", "realization_q4")),
        ("sheet.population", "Th.\tLaki - laki\tPEREMPUAN\tTotal",
         ("population_year", "male", "female", "total")),
        ("programs", "budget_revised\tName\tCode", ("budget_revised", "name", "code")),
    ],
)  # fmt: skip
def test_headings_are_recognized_as_offices_write_them(
    view: str, headings: str, columns: tuple[str | None, ...], standing: Workspace
) -> None:
    """Otherwise each table would have to be headed anew before it can be pasted."""
    cells = "\t".join("x" for _column in columns)
    _block, mapping = recognized(standing, view, f"{headings}\n{cells}")
    assert mapping.columns == columns


def test_merged_headings_a_caption_and_numbered_columns_are_seen_through(
    standing: Workspace,
) -> None:
    """Otherwise a table as it stands in the report could not be pasted."""
    text = (
        "Tabel 3.6 Pencapaian Kinerja dan Anggaran\t\t\t\t\t\t\n"
        "Sasaran/Program\tIndikator\tKinerja\t\t\tAnggaran\t\n"
        "\t\tTarget\tRealisasi\tCapaian\tAlokasi\tRealisasi\n"
        "1\t2\t3\t4\t5=4/3\t6\t7\n"
        "Program Pemberdayaan Masyarakat Desa dan Kelurahan\tx\t80%\t80%\t100%\t1\t2\n"
    )
    block, mapping = recognized(standing, "performance_and_budget", text)
    assert mapping.columns == (
        "program_name", "indicator_name", "target", "realization", "achievement_pct", "budget",
        "budget_realization",
    )  # fmt: skip
    assert block.rows[mapping.body][0].startswith("Program Pemberdayaan")


def test_a_block_without_headings_goes_where_the_cursor_stands(standing: Workspace) -> None:
    """Otherwise a row of figures would be taken for headings, and be lost."""
    cells, rows = cells_of(standing, "activities"), rows_of(standing, "activities")
    block = read_block("5.000\t6.000\tx\n7.000\t8.000\ty\n")
    beside = [cells.columns[name] for name in ("budget_revised", "realization")]
    mapping = recognize(block, cells, standing.names(YEAR), beside)
    assert mapping == BlockMapping(("budget_revised", "realization", None))
    assert mapping.left_over == (2,)
    at = len(rows) - 1
    assert [match.fitting for match in match_rows(block, mapping, cells, rows, at)] == [(at,), ()]


@pytest.mark.parametrize("text", ["Anggaran", "Program\t5.000\nTarget\t6.000", "Uraian\tx\ny\tz"])
def test_cells_that_only_sound_like_headings_are_cells(text: str, standing: Workspace) -> None:
    """Otherwise the first row of a paste would vanish."""
    _block, mapping = recognized(standing, "activities", text)
    assert mapping.body == (1 if text.startswith("Uraian") else 0)


def test_rows_are_known_by_code_and_name_however_they_are_set(
    fresh: Workspace,
) -> None:
    """Otherwise a space or a capital would keep an amount from its program."""
    rows = rows_of(fresh, "programs")
    query = fresh.find("programs")
    for row, code in zip(rows, ("7.01.01", "7.01.02"), strict=False):
        fresh.edit(query, query.header.columns["code"], row, code)
    first, second, third = (str(row["name"]) for row in rows[:3])
    text = (
        "Kode\tProgram\tAnggaran\n"
        f"\t{first.upper()} \t1\n"
        f"7.01.02.\t\t2\n"
        f"7.01.01 {first}\t\t3\n"
        f"\t7.01.02 {second.lower()}\t4\n"
        f"\t3. {third.replace(' ', '  ')}\t5\n"
        "7.1.1\t\t6\n"
        f"7.01.01\t{second}\t7\n"
        "\tProgram lain\t8\n"
        "\t\t\n"
        "\tJUMLAH\t9\n"
    )
    found = matched(fresh, "programs", text)
    assert [match.fitting for match in found] == [
        (0,), (1,), (0,), (1,), (2,), (), (0, 1), (), (),
    ]  # fmt: skip
    assert [match.row for match in found] == [None, None, None, None, 2, None, None, None, None]
    assert [match.is_repeated for match in found[:5]] == [True, True, True, True, False]
    assert [bool(match.doubt) for match in found[:6]] == [True, True, True, True, False, True]
    assert [match.is_total for match in found] == [*[False] * 8, True]


def test_a_row_key_is_surer_than_a_name(standing: Workspace) -> None:
    """Otherwise renaming one program to another's name could not come back from a spreadsheet."""
    one, two = rows_of(standing, "programs")[:2]
    text = f"row_key\tProgram\n{one['row_key']}\t{two['name']}\nprogram/99\tx\n"
    assert [match.row for match in matched(standing, "programs", text)] == [0, None]


def test_one_name_for_two_rows_is_told_unless_their_numbers_tell_them_apart(
    standing: Workspace,
) -> None:
    """Otherwise the figures of one kegiatan would go to its namesake."""
    cells = cells_of(standing, "activities")
    rows: list[ViewRow] = [
        {**row, "name": "Rapat", "number": number}
        for number, row in enumerate(rows_of(standing, "activities")[2:4], 1)
    ]
    names = standing.names(YEAR)
    for text, row, fitting in (
        ("Uraian\tRealisasi\nRapat\t1\n", None, (0, 1)),
        ("No\tUraian\tRealisasi\n2\tRapat\t1\n", 1, (1,)),
        ("No\tUraian\tRealisasi\n7\tRapat\t1\n", None, (0, 1)),
    ):
        block = read_block(text)
        (found,) = match_rows(block, recognize(block, cells, names), cells, rows)
        assert (found.row, found.fitting) == (row, fitting)


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("Jumlah", True), ("JUMLAH TOTAL", True), ("Total :", True), ("Sub Total", True),
        ("Grand Total", True), ("Jumlah I", True), ("Jumlah keseluruhan", True),
        ("Jumlah penduduk", False), ("Totalitas", False), ("Program", False), ("", False),
    ],
)  # fmt: skip
def test_rows_that_sum_up_others_are_known(first: str, expected: bool) -> None:  # noqa: FBT001
    """Otherwise a total would be pasted over a program, or be added to what it sums up."""
    assert is_total(["", first, "5.000"]) is expected
    assert is_total(["12", first]) is expected


@pytest.fixture(scope="module")
def activities(_standing: Workspace) -> tuple[Cells, Sequence[ViewRow], ViewRow]:
    """Return a sheet's cells, its rows and the names in its headings."""
    rows = rows_of(_standing, "activities")
    return cells_of(_standing, "activities"), rows, _standing.names(YEAR)


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=4), min_size=1, max_size=4))
def test_any_block_is_mapped_and_matched(
    activities: tuple[Cells, Sequence[ViewRow], ViewRow], texts: list[list[str]]
) -> None:
    """Otherwise a stray paste would end the program."""
    cells, rows, names = activities
    width = max(map(len, texts))
    block = Block(tuple((*row, *[""] * (width - len(row))) for row in texts))
    mapping = recognize(block, cells, names, cells.shown)
    assert len(mapping.columns) == width
    for match in match_rows(block, mapping, cells, rows):
        assert mapping.body <= match.number < len(texts)
        assert (match.row is None) == bool(match.doubt)
