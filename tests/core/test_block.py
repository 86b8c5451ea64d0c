"""A clipboard's text is read as the cells that were copied, whoever copied them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.core.figures.block import MOST_CELLS, Block, as_it_was, neutralized, read_block

ANYTHING = st.text(max_size=40) | st.text("\t\n\r\"'|;,-:*\\& a=1", max_size=40)


def rows_of(text: str) -> list[list[str]]:
    """Return the cells of a text."""
    return [list(row) for row in read_block(text).rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("\n", [[""]]),
        ("Baik", [["Baik"]]),
        ("Baik\r\n", [["Baik"]]),
        ('"Baik"', [['"Baik"']]),
        ("'=A1", [["'=A1"]]),
        ("a; b", [["a; b"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc\n", [["a", "b"], ["c", ""]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
        ("\ta\n\t\n", [["", "a"], ["", ""]]),
        # a spreadsheet quotes a cell with a line break, and doubles the quotes in it
        ('"satu\ndua"\t1\r\n', [["satu\ndua", "1"]]),
        ('"satu\r\n""dua"""\r\n', [['satu\n"dua"']]),
        ('""\t"a"\n', [["", "a"]]),
        # quotes that close nothing are letters
        ('"Gotong" royong\t1\n12"\t2', [['"Gotong" royong', "1"], ['12"', "2"]]),
        ('"tak tertutup\t1\nb\t2', [['"tak tertutup', "1"], ["b", "2"]]),
        # the apostrophe of our own copies
        ("'=A1\t'-x\n''=A1\t'tis\n", [["=A1", "-x"], ["'=A1", "'tis"]]),
        # CSV, when nothing else is meant
        ("No;Uraian\n1;a\n", [["No", "Uraian"], ["1", "a"]]),
        ('\ufeffUraian;Isi\n"a;b";"c\nd"\n', [["Uraian", "Isi"], ["a;b", "c\nd"]]),
        ("fiscal_year,row_key,male\n2021,p/1,5\n", [["fiscal_year", "row_key", "male"],
                                                    ["2021", "p/1", "5"]]),
        ("year,male,female\n2021,5,6\n", [["year", "male", "female"], ["2021", "5", "6"]]),
        ("67,59\n70,12\n", [["67,59"], ["70,12"]]),
        ("1,234,567\n2,345,678\n", [["1,234,567"], ["2,345,678"]]),
        ("Rp 1,234,567\nRp 2,345,678\n", [["Rp 1,234,567"], ["Rp 2,345,678"]]),
        ("Desa, kelurahan, dan RW\nWarga, ibu, dan anak", [["Desa, kelurahan, dan RW"],
                                                          ["Warga, ibu, dan anak"]]),
        ("satu; dua\ntiga; empat", [["satu; dua"], ["tiga; empat"]]),
        ("a;b\nc", [["a;b"], ["c"]]),
        # Markdown, with what stands around it
        ("| a | b |\n| --- | ---: |\n| 1 | 2 |\n", [["a", "b"], ["1", "2"]]),
        ("|a|b|\n|:-:|-|\n|x\\|y||\n", [["a", "b"], ["x|y", ""]]),
        ("**Tabel 3.1**\n\n| a | b |\n| --- | --- |\n| **1** | &nbsp;&nbsp;x |\n\nCatatan.\n",
         [["a", "b"], ["1", "x"]]),
        ("| a | b |\n| - | - |\n| satu<br>dua |\n", [["a", "b"], ["satu\ndua", ""]]),
        ("| a | b |\n| 1 | 2 |", [["a", "b"], ["1", "2"]]),
        ("| a |\n| x\\\\ |\n| y\\ |", [["a"], ["x\\"], ["y\\"]]),
        ("|a\tb|\n|c\td|", [["|a", "b|"], ["|c", "d|"]]),
        ("a | b\nc | d", [["a | b"], ["c | d"]]),
    ],
)  # fmt: skip
def test_what_programs_put_on_a_clipboard_is_read_as_its_cells(
    text: str, rows: list[list[str]]
) -> None:
    """Otherwise a paste would tear a cell into two, or put figures into other columns."""
    assert rows_of(text) == rows


@given(ANYTHING)
def test_any_text_is_a_block_of_one_width(text: str) -> None:
    """Otherwise a stray paste would end the program."""
    block = read_block(text)
    assert all(len(row) == block.width for row in block.rows)
    assert all("\r" not in cell for row in block.rows for cell in row)


@given(ANYTHING)
def test_what_was_neutralized_comes_back_as_it_was(text: str) -> None:
    """Otherwise a note that begins with a dash would gain an apostrophe with each copy."""
    assert as_it_was(neutralized(text)) == text


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "1.234\tb\n" * 50_000,
        '"a ""b"""\t1\n' * 50_000,
        '"a""\tb\n' * 50_000,
        '"' * 100_000 + "\tb",
        "| a | b |\n" * 25_000,
        "|" + " " * 100_000 + "\n|a",
        "\\" * 100_001 + "|\n|a|",
        "a;b\n" * 50_000 + "a",
        "1,2,3 " * 30_000 + "\nx",
    ],
    ids=["plain", "quoted", "unclosed", "quotes", "bars", "blanks", "escapes", "marks", "figures"],
)
def test_a_very_long_text_is_read_at_once(text: str) -> None:
    """Otherwise a paste by mistake would hang the program, and typed work with it."""
    assert read_block(text).rows


def test_a_block_that_would_fill_the_memory_is_cut_and_says_so() -> None:
    """Otherwise one long line among many short ones would take all memory to fill them up."""
    block = read_block("\t" * 99_999 + "\n" + "a\n" * 100_000)
    assert len(block.rows) * block.width <= MOST_CELLS
    assert block.left_out == 100_001 - len(block.rows)
    assert block.rows[-1][:2] == ("a", "")
    assert read_block("a\tb\nc\td") == Block((("a", "b"), ("c", "d")))


@pytest.mark.parametrize(
    "before", ["", " ", "\n", "\xa0", "\ufeff", "\u200b", "\x00", "\x1b", "'", "' "]
)
@pytest.mark.parametrize("sign", "=+-@\uff1d\uff0b\uff0d\uff20")
def test_a_formula_behind_what_is_passed_over_is_neutralized(before: str, sign: str) -> None:
    """A spreadsheet would run what stands behind a blank."""
    text = f"{before}{sign}1+1"
    assert neutralized(text) == f"'{text}"
    assert as_it_was(f"'{text}") == text
