"""Markdown shows every text letter by letter, whatever stands in it."""

import io
import re

import pytest
from hypothesis import example as with_example
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.transfer import markdown
from lkjip_tui.transfer.printed import PrintedColumn, PrintedRow, PrintedTable

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(
    "|\\`*_[]<>#~&!()-+=.:/@ \n1aA\u00a0", max_size=30
)
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
LINKING = MarkdownIt("gfm-like", {"html": True})


def rendered(table: PrintedTable) -> list[Token]:
    """Return what a reader makes of a table's Markdown."""
    out = io.StringIO()
    markdown.write(out, [table])
    return GITHUB.parse(out.getvalue())


def words(token: Token) -> str:
    """Return the text that a reader sees of an inline token; a break is a new line."""
    parts = []
    for child in token.children or []:
        assert child.type in {
            "text", "text_special", "html_inline", "strong_open", "strong_close", "softbreak",
        }, child  # fmt: skip
        if child.type == "html_inline":
            assert child.content == "<br>"
            parts.append("\n")
        else:
            parts.append(child.content)
    return "".join(parts)


def one_space(text: str) -> str:
    """Return a text as a page lays it out: any run of blanks is one."""
    return re.sub(r"\s+", " ", safe_text(text, keep_newlines=True)).strip()


@given(TEXTS, TEXTS, st.sampled_from([None, 0, 1, 2, 3]))
@with_example("\\|", "a\\", 1)
@with_example("**x** <script>", "| a |\n| - |", 1)
@with_example("&nbsp; &#42;", "![x](y) ~~z~~", None)
@with_example("–", "(x)", 0)
def test_a_cell_shows_its_text_and_nothing_else(one: str, two: str, level: int | None) -> None:
    """Otherwise a bracket in an indicator's name would be a link, or end the table."""
    columns = [PrintedColumn("No", right=True), PrintedColumn("Uraian")]
    table = PrintedTable("Tabel", columns, [PrintedRow([one, two], level)], trunk=1)
    cells = [token for token in rendered(table) if token.type == "inline"][3:]
    assert [one_space(words(cell)) for cell in cells] == [one_space(one), one_space(two)]


@given(TEXTS)
@with_example("1. satu")
@with_example("- satu")
@with_example("+")
@with_example("a\n---\nb")
def test_caption_note_and_heading_show_their_text(text: str) -> None:
    """Otherwise a note that begins with a number would become a list."""
    table = PrintedTable(text, [PrintedColumn(text)], [], [text, "Catatan."])
    tokens = rendered(table)
    assert not {"bullet_list_open", "ordered_list_open", "hr", "html_block"} & {
        token.type for token in tokens
    }
    shown = [one_space(words(token)) for token in tokens if token.type == "inline"]
    expected = [one_space(text)] * 3 if one_space(text) else [""]
    assert shown == [*expected, "Catatan."]


def test_figures_stand_at_the_right_and_groups_before_their_headings() -> None:
    """Otherwise a column of rupiah could not be compared by eye."""
    columns = [PrintedColumn("Uraian"), PrintedColumn("Target", "Kinerja", right=True)]
    out = io.StringIO()
    markdown.write(out, [PrintedTable("Tabel 3.6 Kinerja", columns, [PrintedRow(["a", "81"])])])
    assert out.getvalue() == (
        "**Tabel 3.6 Kinerja**\n\n| Uraian | Kinerja: Target |\n| --- | ---: |\n| a | 81 |\n"
    )


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (0, "| **Jumlah** |"),
        (1, "| **Jumlah** |"),
        (2, f"| {'&nbsp;' * 4}Jumlah |"),
        (3, f"| {'&nbsp;' * 8}Jumlah |"),
    ],
)
def test_a_tree_is_indented_and_its_sums_are_bold(level: int, expected: str) -> None:
    """Otherwise a kegiatan would look like a program."""
    out = io.StringIO()
    row = PrintedRow(["Jumlah"], level)
    markdown.write(out, [PrintedTable("T", [PrintedColumn("Uraian")], [row], trunk=0)])
    assert out.getvalue().splitlines()[-1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "http://evil.example/a", "HTTPS://EVIL.EXAMPLE", "see ftp://evil.example,",
        "www.evil.example",
        "evil@evil.example", "mailto:evil@evil.example", "xmpp:evil@evil.example/x",
        "[x](http://evil.example)", "<http://evil.example>",
    ],
)  # fmt: skip
def test_no_text_becomes_a_link_unasked(text: str) -> None:
    """Whoever reads the report on a site would be led to where somebody else wants."""
    out = io.StringIO()
    markdown.write(out, [PrintedTable(text, [PrintedColumn(text)], [PrintedRow([text])], [text])])
    found = LINKING.parse(out.getvalue())
    inline = [child for token in found for child in token.children or []]
    assert not [child for child in inline if child.type not in {
        "text", "text_special", "strong_open", "strong_close",
    }]  # fmt: skip
