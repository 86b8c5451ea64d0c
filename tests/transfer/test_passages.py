"""A passage's lines and names are those that its author wrote, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkjip_tui.transfer.passages import (
    Item,
    Paragraph,
    Place,
    Run,
    Signature,
    filled,
    lines,
    plain,
)


def told(name: str) -> Run:
    """Return a name as its own value."""
    return Run(f"«{name}»")


def test_every_line_is_a_paragraph_and_empty_ones_only_part_them() -> None:
    """Two sentences on lines of their own would run into one."""
    assert list(lines("Satu.\nDua.\n\n  \nTiga: ")) == [
        Paragraph("Satu."), Paragraph("Dua."), Paragraph("Tiga:"),
    ]  # fmt: skip


def test_lists_are_known_by_their_marks_and_how_deep_they_stand() -> None:
    """The parts of the secretariat would stand beside it."""
    body = (
        "Terdiri atas:\n1. Camat;\n2. Sekretariat:\na. Umum;\nb. Program;\n3. Seksi.\n\n- A\n(1) B"
    )
    assert [(line.mark, line.depth) for line in lines(body) if isinstance(line, Item)] == [
        ("1.", 0), ("2.", 0), ("a.", 1), ("b.", 1), ("3.", 0), ("-", 1), ("(1)", 2),
    ]  # fmt: skip


def test_a_paragraph_ends_a_list() -> None:
    """The next list would begin as far to the right as the last one ended."""
    found = [line for line in lines("1. A\na) B\nLalu:\na) C") if isinstance(line, Item)]
    assert [item.depth for item in found] == [0, 1, 0]


@pytest.mark.parametrize("line", ["H. Ahmad hadir.", "2021 adalah", "1.500 jiwa", "-5", "a.", "12"])
def test_what_only_looks_like_a_mark_is_text(line: str) -> None:
    """A name or a figure would be pulled apart."""
    assert list(lines(line)) == [Paragraph(line)]


def test_a_line_that_is_one_name_is_a_place() -> None:
    """A table could not be put where its passage speaks of it."""
    body = "Lihat:\n{performance_agreement:revised}\n{chart:a}\n{a} {b}\n{a b}"
    assert list(lines(body)) == [
        Paragraph("Lihat:"), Place("performance_agreement:revised"), Place("chart:a"),
        Paragraph("{a} {b}"), Paragraph("{a b}"),
    ]  # fmt: skip


def test_what_stands_right_above_the_signature_belongs_to_it() -> None:
    """Place and date would stand at the left, the name at the right."""
    body = "Semoga.\n\nMojokerto, Januari 2022\n{signature}\n\nTembusan"
    assert list(lines(body)) == [
        Paragraph("Semoga."), Signature(["Mojokerto, Januari 2022"]), Paragraph("Tembusan"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Rp {budget_summary:total:budget},-", "Rp «budget_summary:total:budget»,-"),
        ("{office} {fiscal_year-1}", "«office» «fiscal_year-1»"),
        ("{report.x:a/1:b}", "«report.x:a/1:b»"),
        ("{a:b/{fiscal_year}:c}", "«a:b/{fiscal_year}:c»"),
        ("{{office}} itu", "{office} itu"),
        ("{a, b} {} {1} {a b} {a:} } {", "{a, b} {} {1} {a b} {a:} } {"),
        ("{a:b:c:d}", "{a:b:c:d}"),
    ],
)
def test_a_name_is_told_from_other_braces(text: str, shown: str) -> None:
    """A name would go into print, or what an office wrote in braces be lost."""
    assert plain(filled(text, told)) == shown


@given(st.text("ab1:/._-+ \n,;()[]\\é", max_size=60) | st.text(max_size=60))
def test_a_text_without_names_stays_whole(text: str) -> None:
    """A passage would lose letters that its author wrote."""
    found: list[str] = []

    def value(name: str) -> Run:
        found.append(name)
        return Run("")

    shown = plain(filled(text, value))
    assert found or "{{" in text or shown == text
