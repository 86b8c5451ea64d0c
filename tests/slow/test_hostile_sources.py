"""Files to be taken in that somebody prepared: read in moderate memory, or told; nothing is run."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final

import openpyxl
import polars as pl
import pytest

from lkjip_tui.core.errors import FileError
from lkjip_tui.transfer import source

pytestmark = pytest.mark.slow

_SHEET: Final = "xl/worksheets/sheet1.xml"
_HEAD: Final = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
_END: Final = b"</sheetData></worksheet>"
_TEXT: Final = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%b</t></is></c></row>'
_LAUGHS: Final = b"".join(
    b'<!ENTITY l%d "%b">' % (number, b"&l%d;" % (number - 1) * 10) for number in range(1, 10)
)


def _spreadsheet(folder: Path, write: Callable[[IO[bytes]], object], part: str = _SHEET) -> Path:
    """Return a spreadsheet of which a part was written otherwise."""
    plain, made = folder / "plain.xlsx", folder / "made.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Kode", "Uraian"])
    book.save(plain)
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in given.namelist():
            with out.open(name, "w", force_zip64=True) as file:
                file.write(given.read(name)) if name != part else write(file)
    return made


def _blanks(file: IO[bytes]) -> None:
    for _number in range(600):
        file.write(b" " * (1 << 20))


@pytest.mark.parametrize("part", [_SHEET, "xl/workbook.xml"])
def test_a_spreadsheet_that_unpacks_to_gigabytes_is_told_at_once(tmp_path: Path, part: str) -> None:
    """The machine would run out of memory over a mail's attachment."""
    made = _spreadsheet(tmp_path, _blanks, part)
    assert made.stat().st_size < 1 << 20
    with pytest.raises(FileError):
        source.read(made)


@pytest.mark.parametrize(
    "sheet",
    [
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + _HEAD + _TEXT % b"&e;" + _END,
        b'<!DOCTYPE x [<!ENTITY l0 "lol">' + _LAUGHS + b"]>" + _HEAD + _TEXT % b"&l9;" + _END,
        _HEAD + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + _END,
        _HEAD + b'<row r="99999999999"><c r="ZZZZZZ9999999999"><v>1e999</v></c></row>' + _END,
        _HEAD + b"<row>" * 100_000,
        b"\x00\x01\x02",
    ],
    ids=["entity of a file", "laughs", "far away", "beyond", "deep", "no XML"],
)
def test_a_sheet_that_is_none_is_told(tmp_path: Path, sheet: bytes) -> None:
    """What another file holds would come in, or the program never end."""
    with pytest.raises(FileError):
        source.read(_spreadsheet(tmp_path, lambda file: file.write(sheet)))


def test_a_formula_of_a_sheet_is_a_text_and_not_run(tmp_path: Path) -> None:
    """A file would ask the net, or start a program, while it is read."""
    cells = (
        b'<row r="1"><c r="A1"><f>%b</f></c><c r="B1"><f>cmd|\'/c calc\'!A1</f><v>5</v></c></row>'
    )
    sheet = _HEAD + cells % b"WEBSERVICE(&quot;http://127.0.0.1:1/&quot;)" + _END
    rows = source.read(_spreadsheet(tmp_path, lambda file: file.write(sheet))).block.rows
    assert rows == (('=WEBSERVICE("http://127.0.0.1:1/")', "5"),)


def test_a_table_whose_cells_repeat_without_end_is_told(tmp_path: Path) -> None:
    """A file of a kilobyte would become sixteen thousand million cells."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<o:document-content xmlns:o="{urn}:office:1.0" xmlns:t="{urn}:table:1.0"'
        f' xmlns:x="{urn}:text:1.0"><o:body><o:spreadsheet><t:table t:name="S">'
        '<t:table-row t:number-rows-repeated="1000000"><t:table-cell o:value-type="string"'
        ' t:number-columns-repeated="16000"><x:p>x</x:p></t:table-cell></t:table-row>'
        "</t:table></o:spreadsheet></o:body></o:document-content>"
    )
    made = tmp_path / "made.ods"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("content.xml", content)
    with pytest.raises(FileError):
        source.read(made)


def test_a_parquet_file_of_more_rows_than_are_read_is_told_before(tmp_path: Path) -> None:
    """Two hundred kilobytes would become gigabytes of texts."""
    made = tmp_path / "made.parquet"
    pl.DataFrame({"a": pl.repeat("x" * 200, 5_000_000, eager=True)}).write_parquet(made)
    with pytest.raises(FileError):
        source.read(made)


@pytest.mark.parametrize(
    ("content", "shape"),
    [
        (b",".join([b"c"] * 1_000_000), None),
        (b'"' * 3_000_000, (1, 1)),
        (b"Kode;Uraian\n1;" + b"x" * 100_000_000, (2, 2)),
        (b"Kode;Uraian\n\x00;\xff\xfe\n", (2, 2)),
        (b"\n" * 1_000_000, (0, 0)),
        (b"\xff\xfe\x00\xd8" * 1000, (1, 1)),
    ],
    ids=["a million columns", "quotes", "a cell of 100 MB", "NUL", "lines", "halves"],
)
def test_a_text_of_any_shape_is_read_or_told(
    tmp_path: Path, content: bytes, shape: tuple[int, int] | None
) -> None:
    """The preview would stand still for hours."""
    made = tmp_path / "made.csv"
    made.write_bytes(content)
    if shape is None:
        with pytest.raises(FileError):
            source.read(made)
    else:
        block = source.read(made).block
        assert (len(block.rows), block.width) == shape
