"""Any file as a source of an import: looked at, taken over, taken back, or refused."""

import io
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Alignment

from lkjip_tui import cli
from lkjip_tui.core.errors import EditRefused, FileError, UsageError
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.transfer import imported, source, text
from tests.core.support import YEAR, digest_of, rows_of
from tests.core.test_undo import dangling
from tests.fuzz.numbers import figures
from tests.fuzz.running import AS_FOUND, MANY, must_tell

_FOLDER = TemporaryDirectory()
_SHEETS = (
    "activities", "activities", "programs", "services", "indicators", "quarters", "objectives",
    "sections", "population", "scales", "report_years", "printed_figures", "office", "rules",
)  # fmt: skip
_HEADINGS = (
    *("Kode", "Uraian", "Nama", "No", "Anggaran", "Angg.", "Pagu (Rp)", "Realisasi", "Real.", "%"),
    *("TW I", "TW II", "Triwulan III", "Target", "Target 2021", "2021", "2022", "Satuan", "Murni"),
    *("row_key", "name", "realization", "budget_initial", "budget_revised", "code", "number", "x"),
    *("Program", "Kegiatan", "Sub Kegiatan", "Jumlah", "Total", "Keterangan", "", " ", "Tahun"),
)
_WORDS = (
    *("JUMLAH", "Total", "Subtotal", "PROGRAM PENUNJANG", "Penyediaan Gaji dan Tunjangan ASN"),
    *(
        "7.01",
        "7.01.01",
        "7.01.01.2.01",
        "7 01 01 2 02 0001",
        "7.01.01.2.02.01 Gaji",
        "1",
        "a)",
        "I",
    ),
    *("Januari", "31/12/2021", "2021-12-31", "[/b]", "\x1b[31m", "'", '"', "=1+1", "@SUM(A1)", "-"),
    *("\u202eabc", "a\u0301", "é", "É", "0", "00", "7.01.01.", ".", "NULL", "None", "nan", "inf"),
    *("sub_activity/3", "program/1", "total", "PEMERINTAH KABUPATEN", "x" * 300, "Ya", "revised"),
)


@cache
def _office() -> Workspace:
    """Return the example office, one for all; what each does to it is taken back."""
    path = Path(_FOLDER.name, "sooko.duckdb")
    return Workspace.create_example(path)


@cache
def _held() -> Sequence[Sequence[str]]:
    """Return rows as the office has them, as texts."""
    rows = [row for name in ("activities", "services") for row in rows_of(_office(), name)]
    names = ("row_key", "code", "number", "name", "budget_initial", "realization", "target")
    return [[str(row.get(name) or "") for name in names] for row in rows]


cells = st.one_of(
    st.sampled_from(_HEADINGS),
    st.sampled_from(_WORDS),
    figures,
    st.deferred(lambda: st.sampled_from([text for row in _held() for text in row])),
    st.text(max_size=8),
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Return titles, headings and lines, mostly of things that the office has."""
    width = draw(st.integers(1, 7))
    headings = st.lists(st.sampled_from(_HEADINGS), min_size=width, max_size=width)
    titles = draw(st.lists(st.lists(cells, max_size=2), max_size=2))
    rows = [*titles, draw(headings)]
    for _row in range(draw(st.integers(0, 8))):
        if draw(st.booleans()):
            row = list(draw(st.sampled_from(_held())))
            row = row[draw(st.integers(0, 3)) :][:width]
            row += draw(st.lists(figures, max_size=max(0, width - len(row))))
        else:
            row = draw(st.lists(cells, max_size=width + 1))
        rows.append(row)
    return rows


def _written(rows: Sequence[Sequence[str]], mark: str, quote: str, end: str) -> str:
    return end.join(mark.join(f"{quote}{cell}{quote}" for cell in row) for row in rows)


texts = st.one_of(
    st.builds(
        lambda rows, mark, quote, end, encoding: _written(rows, mark, quote, end).encode(
            encoding, "replace"
        ),
        tables(),
        st.sampled_from([",", ";", "\t", "|", " | "]),
        st.sampled_from(["", '"', "'"]),
        st.sampled_from(["\n", "\r\n", "\r"]),
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    ),
    st.binary(max_size=200),
)

values = st.one_of(
    cells.map(lambda text: "".join(each for each in text if each.isprintable())),
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(allow_nan=False, width=32),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - spreadsheets know none
    st.sampled_from(["=1+1", "=A1", "=SUM(A1:A3)", "=1/0", "_x001b_[31m", "_xD800_"]),
)  # fmt: skip
_FORMS = st.sampled_from(
    ["General", "0%", "0.00%", '"Rp" #,##0', "@", "dd/mm/yyyy", "0.00\\%", "[h]"]
)


@st.composite
def books(draw: st.DrawFn) -> bytes:
    """Return a spreadsheet, whole or with some of its bytes or its inner bytes changed."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in draw(tables()):
        sheet.append([each if each.isprintable() else "" for each in row])
    for _cell in range(draw(st.integers(0, 12))):
        cell = sheet.cell(draw(st.integers(1, 12)), draw(st.integers(1, 9)))
        cell.value = draw(values)
        cell.number_format = draw(_FORMS)
        cell.alignment = Alignment(indent=draw(st.integers(0, 3)))
    if draw(st.integers(0, 5)) == 0:
        sheet.merge_cells(start_row=1, end_row=2, start_column=1, end_column=3)
    if draw(st.integers(0, 5)) == 0:
        book.create_sheet(draw(st.sampled_from(["Lain", "é", "x'y"]))).sheet_state = "hidden"
    held = io.BytesIO()
    book.save(held)
    content = held.getvalue()
    harm = draw(st.sampled_from(["none", "none", "inner", "inner", "outer", "cut"]))
    if harm == "inner":
        return _harmed_within(draw, content)
    if harm == "outer":
        at = draw(st.integers(0, len(content) - 1))
        return content[:at] + draw(st.binary(min_size=1, max_size=4)) + content[at + 1 :]
    return content[: draw(st.integers(0, len(content)))] if harm == "cut" else content


def _harmed_within(draw: st.DrawFn, content: bytes) -> bytes:
    """Change one of a spreadsheet's parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(made, "w") as other:
        chosen = draw(st.sampled_from(sorted(parts.namelist())))
        for name in parts.namelist():
            held = parts.read(name)
            if name == chosen:
                at = draw(st.integers(0, len(held)))
                gone = draw(st.integers(0, 40))
                put = draw(st.sampled_from(_PIECES) | st.binary(max_size=6))
                held = held[:at] + put + held[at + gone :]
            other.writestr(name, held)
    return made.getvalue()


_PIECES = (
    b"", b"<v>1e999</v>", b"<f>", b"</row>", b' r="A0"', b' r="ZZZZ9"', b' r="A99999999"',
    b' s="99"', b' t="s"', b' t="e"', b' t="b"', b"<c/>", b"&#27;", b"&x;", b"99999999", b"-1",
    b"<row/>", b"nan",
)  # fmt: skip


@contextmanager
def _file(content: bytes, ending: str) -> Iterator[Path]:
    file = Path(_FOLDER.name, f"in{ending}")
    file.write_bytes(content)
    try:
        yield file
    finally:
        file.unlink()


def _hold(content: bytes, ending: str, sheet: str, number: int) -> None:
    """Take a file in, hold the office against the laws, and take it back."""
    workspace = _office()
    with _file(content, ending) as file:
        try:
            found = source.read(file)
        except (FileError, UsageError) as error:
            must_tell(error)
            return
    query = workspace.find(f"sheet.{sheet}")
    before = digest_of(workspace)
    try:
        compared = workspace.compare(query, YEAR, found.block)
    except UsageError as error:
        must_tell(error)
        assert digest_of(workspace) == before
        return
    done = False
    try:
        counts = compared.counts
        held, names = workspace.cells(query), workspace.names(YEAR)
        imported.columns(compared, held, names)
        list(compared.notes)
        text.write(io.StringIO(), [imported.printed(compared, held, names)], 100)
        assert digest_of(workspace) == before, "a look changes something"
        if counts.refused and number % 2:
            page = compared.page(0, counts.refused)
            compared.mend(page[number % len(page)], "7")
        compared.leave_out_refused()
        assert compared.counts.refused == 0
        counts = compared.counts
        if counts.changed or counts.new_rows:
            workspace.take_in(compared)
            done = True
    except EditRefused as error:
        must_tell(error)
        assert digest_of(workspace) == before
    finally:
        compared.close()
    if done:
        after = digest_of(workspace)
        assert dangling(workspace) == []
        list(workspace.findings(YEAR))
        workspace.undo()
        assert digest_of(workspace) == before, "undo does not lead back"
        workspace.redo()
        assert digest_of(workspace) == after, "redo does not lead there again"
        workspace.undo()
    assert digest_of(workspace) == before


_sheets = st.sampled_from(_SHEETS)


@MANY
@given(texts, _sheets, st.integers(0, 50), st.sampled_from([".csv", ".txt", ".md", ".tsv"]))
def test_a_text_is_taken_over_but_for_what_is_refused_and_taken_back_whole(
    content: bytes, sheet: str, number: int, ending: str
) -> None:
    """A file of figures would leave others behind when it is taken back."""
    _hold(content, ending, sheet, number)


@MANY
@given(books(), _sheets, st.integers(0, 50))
def test_a_spreadsheet_is_taken_over_likewise_be_it_damaged_or_not(
    content: bytes, sheet: str, number: int
) -> None:
    """A damaged file would end the program, or half of it would be in the office's figures."""
    _hold(content, ".xlsx", sheet, number)


@MANY
@given(
    st.binary(max_size=100) | texts | books(),
    st.sampled_from([".xlsx", ".xls", ".xlsb", ".ods", ".parquet", ".xlsm", ".csv"]),
)
def test_what_is_something_else_than_its_name_says_is_read_or_refused(
    content: bytes, ending: str
) -> None:
    """The program would end when the wrong file is chosen."""
    with _file(content, ending) as file:
        try:
            source.read(file)
        except (FileError, UsageError) as error:
            must_tell(error)


@cache
def frames() -> Sequence[bytes]:
    """Return a Parquet file, packed in several ways."""
    frame = pl.DataFrame({
        "row_key": ["sub_activity/3", "x", None] * 20,
        "realization": [1, 2, None] * 20,
        "share": [1.5, None, float("nan")] * 20,
        "paid_at": [date(2021, 1, 1)] * 60,
        "quarters": [[1, 2], [], None] * 20,
        "amount": pl.Series([1, 2, 3] * 20).cast(pl.Decimal(18, 4)),
    })  # fmt: skip
    made = []
    for compression in ("zstd", "snappy", "uncompressed"):
        held = io.BytesIO()
        frame.write_parquet(held, compression=compression)
        made.append(held.getvalue())
    return made


_CELLS = (
    '<table:table-cell office:value-type="string"><text:p>Nama</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="12.5"/>'
    '<table:table-cell office:value-type="percentage" office:value="0.5"/>'
    '<table:table-cell office:value-type="date" office:date-value="2021-01-02"/>'
    '<table:table-cell table:number-columns-repeated="3"/>'
    '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
)
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_OPEN_DOCUMENT = (
    f'<?xml version="1.0"?><office:document-content xmlns:office="{_OASIS}:office:1.0"'
    f' xmlns:table="{_OASIS}:table:1.0" xmlns:text="{_OASIS}:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="A">'
    f"<table:table-row>{_CELLS}</table:table-row>"
    f'<table:table-row table:number-rows-repeated="2">{_CELLS}</table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
).encode()
_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0"><manifest:file-entry'
    ' manifest:full-path="/" manifest:media-type='
    '"application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


@st.composite
def _harmed(draw: st.DrawFn, content: bytes) -> bytes:
    for _harm in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(content)))
        gone = draw(st.sampled_from([0, 1, 1, 2, 8]))
        put = draw(st.sampled_from([*_PIECES, b"4294967296"]) | st.binary(max_size=4))
        content = content[:at] + put + content[at + gone :]
    return content


def open_document(
    rows: int = 2, columns: int = 3, harmed: Callable[[bytes], bytes] = bytes
) -> bytes:
    """Return a file of LibreOffice, some of whose rows and columns say how often they stand."""
    content = _OPEN_DOCUMENT.replace(b'"2"', b'"%d"' % rows).replace(b'"3"', b'"%d"' % columns)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", _MANIFEST)
        parts.writestr("content.xml", harmed(content))
    return made.getvalue()


@st.composite
def _open_documents(draw: st.DrawFn) -> bytes:
    counts = st.sampled_from(_REPEATED)
    return open_document(draw(counts), draw(counts), lambda content: draw(_harmed(content)))


_REPEATED = (0, 1, 2, 3, -1, 50)


@MANY
@given(st.data())
def test_a_damaged_file_of_a_reader_that_is_not_python_s_is_refused(data: st.DataObject) -> None:
    """The program would end in the midst of the work."""
    if data.draw(st.booleans()):
        content, ending = data.draw(st.sampled_from(frames()).flatmap(_harmed)), ".parquet"
    else:
        content, ending = data.draw(_open_documents()), ".ods"
    with _file(content, ending) as file:
        try:
            source.read(file)
        except (FileError, UsageError) as error:
            must_tell(error)


@AS_FOUND
@given(texts, _sheets, st.booleans())
def test_the_command_looks_without_a_change_and_its_import_is_undone(
    content: bytes,
    sheet: str,
    leaves: bool,  # noqa: FBT001
) -> None:
    """A look would change figures, or an import could not be taken back."""
    folder = Path(_FOLDER.name)
    file = folder / "command.duckdb"
    if not file.exists():
        Workspace.create_example(file).close()
    with _file(content, ".csv") as given_file, pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            patch.setenv(name, str(folder))
        said = io.BytesIO()
        for name in ("stdout", "stderr"):
            patch.setattr(sys, name, io.TextIOWrapper(said, "utf-8", write_through=True))
        command = ["import", str(file), sheet, str(given_file)]
        before = _digest(file)
        assert cli.run([*command, "--dry-run"]) in {0, 1, 2}
        assert _digest(file) == before
        code = cli.run([*command, *(["--leave-out-refused"] if leaves else [])])
        assert code in {0, 1, 2}
        if _digest(file) == before:
            return
        assert code == 0
        assert cli.run(["undo", str(file)]) == 0
        assert _digest(file) == before
        assert b"Traceback" not in said.getvalue()


def _digest(file: Path) -> list[tuple[object, ...]]:
    with Workspace.open(file, read_only=True) as workspace:
        return digest_of(workspace)


LAWS = (
    test_a_text_is_taken_over_but_for_what_is_refused_and_taken_back_whole,
    test_a_spreadsheet_is_taken_over_likewise_be_it_damaged_or_not,
    test_what_is_something_else_than_its_name_says_is_read_or_refused,
    test_a_damaged_file_of_a_reader_that_is_not_python_s_is_refused,
    test_the_command_looks_without_a_change_and_its_import_is_undone,
)
