"""Files of offices as blocks of texts, whatever program wrote them."""

import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Alignment

from lkjip_tui.core.errors import FileError, UsageError
from lkjip_tui.core.figures.values import Kind
from lkjip_tui.core.figures.values import read as read_figure
from lkjip_tui.transfer import source

_ROWS = (("Uraian", "Pagu"), ("Kegiatan “A”", "1.234,5"))


@given(
    st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b"a", "é€".encode(), b"\xc3", b"\x81"])),
    st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]),
    st.sampled_from([0, 8190, 8191, 8192]),
)
def test_a_text_that_is_decoded_by_parts_is_the_whole_one(
    pieces: list[bytes], mark: bytes, at: int
) -> None:
    """A letter or a line's end between two parts would be lost, or two."""
    content = mark + b"a" * at + b"".join(pieces)  # the library's own parts have 8,192 bytes
    text, encoding = source._decoded(content)  # noqa: SLF001 - before it is cut into cells
    name = "utf-8-sig" if mark == b"\xef\xbb\xbf" else encoding
    whole = content.decode(name, errors="replace")
    assert text == whole.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_with_any_mark_in_any_encoding(mark: str, encoding: str) -> None:
    """Else an Indonesian Excel's CSV is one column, or its quotes are rubbish."""
    quoted = mark.join(f'"{cell}"' for cell in _ROWS[1])
    text = f"{mark.join(_ROWS[0])}\r\n{quoted}\r\n"
    found = source.of_text(text.encode(encoding))
    assert found.block.rows == _ROWS
    assert found.told


def test_a_decimal_comma_is_no_mark_between_fields() -> None:
    """Else `70,5` is two cells, and every figure after it stands in a wrong column."""
    found = source.of_text(b"Uraian;Target;Realisasi\nA;70,5;71,5\nB;80,5;81,5\n")
    assert found.block.rows[1] == ("A", "70,5", "71,5")


@pytest.mark.parametrize("sign", ["\x0b", "\x1e", "\x85", "\u2028"])
def test_a_sign_that_ends_lines_elsewhere_stays_in_its_cell(sign: str) -> None:
    """Else the program's own CSV comes back with a text cut off, and a row that nobody wrote."""
    rows = ((f"a{sign}b", "1"), ("c", "2"))
    for text in (f"a{sign}b;1\nc;2\n", f'"a{sign}b";1\r\nc;2\r\n'):
        assert source.of_text(text.encode()).block.rows == rows


def test_line_ends_within_quotes_stay_in_their_cell() -> None:
    """Else a long text ends its row, and what follows becomes rows of its own."""
    found = source.of_text(b'a,b\n"one\ntwo",3\n')
    assert found.block.rows == (("a", "b"), ("one\ntwo", "3"))


def _book(rows: list[list[object]], tmp_path: Path) -> tuple[Path, openpyxl.Workbook]:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    return tmp_path / "book.xlsx", book


def test_percents_of_a_spreadsheet_are_what_they_show(tmp_path: Path) -> None:
    """Else 67,59 % comes in as 0,68."""
    file, book = _book([["%"], [0.6759], [67.59], [1]], tmp_path)
    book.active["A2"].number_format = "0.00%"  # type: ignore[index]
    book.active["A3"].number_format = '0.00"%"'  # type: ignore[index]
    book.active["A4"].number_format = "0%"  # type: ignore[index]
    book.save(file)
    assert [row[0] for row in source.read(file).block.rows] == ["%", "67,59", "67,59", "100"]


def test_an_indent_of_a_spreadsheet_is_kept(tmp_path: Path) -> None:
    """Else a tree that is told by its layout alone is flat."""
    file, book = _book([["Program"], ["Kegiatan"]], tmp_path)
    book.active["A2"].alignment = Alignment(indent=2)  # type: ignore[index]
    book.save(file)
    assert [row[0] for row in source.read(file).block.rows] == ["Program", "    Kegiatan"]


def test_the_first_sheet_that_holds_anything_is_read_unless_one_is_named(tmp_path: Path) -> None:
    """Else a cover sheet is taken for the table."""
    file, book = _book([], tmp_path)
    other = book.create_sheet("Realisasi")
    other.append(["a", 1])
    book.save(file)
    assert source.sheets(file) == ["Sheet", "Realisasi"]
    assert source.read(file).block.rows == (("a", "1"),)
    assert source.read(file, "Sheet").block.rows == ()
    with pytest.raises(UsageError, match="Realisasi"):
        source.read(file, "Other")


def test_parquet_is_read_with_its_columns_as_headings(tmp_path: Path) -> None:
    """Else what a data office hands over has to be turned into CSV first."""
    file = tmp_path / "x.parquet"
    pl.DataFrame({"name": ["A", None], "amount": [Decimal("1.50"), None]}).write_parquet(file)
    assert source.read(file).block.rows == (("name", "amount"), ("A", "1,5"))


@pytest.mark.parametrize("name", ["x.xlsx", "x.ods", "x.parquet"])
def test_a_file_that_is_something_else_is_refused(tmp_path: Path, name: str) -> None:
    """Else a damaged file ends the program instead of being told."""
    file = tmp_path / name
    file.write_bytes(b"no such thing")
    with pytest.raises(FileError, match=name):
        source.read(file)


def test_a_file_with_another_ending_or_none_there_is_refused(tmp_path: Path) -> None:
    """Else a picture is read as text."""
    with pytest.raises(UsageError, match="png"):
        source.read(tmp_path / "x.png")
    with pytest.raises(FileError):
        source.read(tmp_path / "x.csv")


@given(st.decimals(-(10**12), 10**12, places=4) | st.integers(-(10**15), 10**15))
def test_a_number_of_a_spreadsheet_is_read_as_itself(number: Decimal | int) -> None:
    """Else 4600,242 becomes four million, or a sum is off in its last digit."""
    value = float(number)
    text = source.number_text(value)
    read = read_figure(text, Kind.INDEX, typed=False).value
    assert read == Decimal(repr(value))
    assert read_figure(text, Kind.INDEX, typed=False).other is None


@pytest.mark.parametrize("form", ["0.00\\%", '0.00" %"', "0.00_%"])
def test_a_sign_that_only_stands_behind_a_number_is_no_percent(tmp_path: Path, form: str) -> None:
    """Else 67,59 with a sign typed behind it comes in as 6759."""
    file, book = _book([["%"], [67.59]], tmp_path)
    sheet = book.active
    assert sheet is not None
    sheet["A2"].number_format = form
    book.save(file)
    assert source.read(file).block.rows[1] == ("67,59",)


def test_empty_columns_at_the_end_are_left_out(tmp_path: Path) -> None:
    """Else a file with a format in its last column has too many cells to be read."""
    file, book = _book([["a", "b"], *[["x", 1]] * 400], tmp_path)
    sheet = book.active
    assert sheet is not None
    sheet["XFD1"].number_format = "0"
    book.save(file)
    assert source.read(file).block.width == 2


def test_a_quote_that_nothing_closes_is_a_letter() -> None:
    """Else all lines behind it are one cell, and their figures are gone in silence."""
    found = source.of_text(b'Uraian;Target\n"KTP;5\nKK;6\n')
    assert found.block.rows[1:] == (('"KTP', "5"), ("KK", "6"))


def test_only_ends_of_lines_end_a_line() -> None:
    """Else a separator that Word left in a name cuts its row in two."""
    found = source.of_text("Uraian;Target\rA\u2028B\x0bC;5\r\n".encode())
    assert found.block.rows == (("Uraian", "Target"), ("A\u2028B\x0bC", "5"))


def test_what_no_text_can_hold_is_shown_as_such(tmp_path: Path) -> None:
    """Else half of a character ends the import with a trace."""
    file, book = _book([["a_xD800_b"]], tmp_path)
    book.save(file)
    assert source.read(file).block.rows == (("a\ufffdb",),)
    assert source.of_text(b"\xff\xfea").block.rows == (("\ufffd",),)


def _spreadsheet(folder: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Satu", 0)
    for row in rows:
        sheet.append(list(row))
    book.save(folder / "x.xlsx")
    return folder / "x.xlsx"


def test_what_a_spreadsheet_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    """Writers leave an old size there: half of the rows and columns would be missing, untold."""
    rows = [(f"Baris {n}", str(n), str(2 * n)) for n in range(5)]
    file = _spreadsheet(tmp_path, rows)
    with zipfile.ZipFile(file) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    old = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B2"', held[sheet])
    assert old != held[sheet]
    with zipfile.ZipFile(file, "w") as parts:
        for name, content in {**held, sheet: old}.items():
            parts.writestr(name, content)
    assert source.read(file).block.rows == tuple(rows)


def test_a_formula_without_a_value_is_what_stands_in_its_cell(tmp_path: Path) -> None:
    """Its cell would count as empty, and clear the figure that the file has."""
    file = _spreadsheet(tmp_path, [("Uraian", "Pagu"), ("Gaji", 5), ("Listrik", "=B2+1")])
    assert source.read(file).block.rows[1:] == (("Gaji", "5"), ("Listrik", "=B2+1"))


@pytest.mark.parametrize("number", [10**18, 2**63 - 1, -(10**25), Decimal("1e30"), 1e22])
def test_a_number_of_many_digits_is_read_as_itself_too(number: Decimal | float) -> None:
    """One long number in any column would make the whole file unreadable."""
    text = source.number_text(number)
    assert Decimal(text) == Decimal(number)


def test_a_bar_at_a_line_s_beginning_is_an_empty_field() -> None:
    """A table with a column a level repeats nothing, and would come in as one column."""
    found = source.of_text(b"Program|Kegiatan|Pagu\nA|B|5\n|C|6\n").block
    assert found.rows == (("Program", "Kegiatan", "Pagu"), ("A", "B", "5"), ("", "C", "6"))
    table = source.of_text(b"| a | b |\n|---|---:|\n| 1 | 2 |\n").block
    assert table.rows == (("a", "b"), ("1", "2"))


def test_a_date_that_no_calendar_has_is_read_without_a_word_of_the_library(tmp_path: Path) -> None:
    """What openpyxl thinks of a file would stand among what the command tells."""
    file = tmp_path / "x.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Uraian", 10**10])
    sheet["B1"].number_format = "dd/mm/yyyy"
    book.save(file)
    assert source.read(file).block.rows == (("Uraian", "#VALUE!"),)
