"""Codes and numbers before names."""

import pytest

from lkjip_tui.core.changes.numbering import coded, unnumbered


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("7.01.01 PROGRAM A", ("7.01.01", "PROGRAM A")),
        (" 7.01.01.2.01. Kegiatan", ("7.01.01.2.01", "Kegiatan")),
        ("X.XX.01 – Program", ("X.XX.01", "Program")),
        ("1.1: Sub", ("1.1", "Sub")),
        ("1.01", ("1.01", "")),
        ("2021 Rencana", None),
        ("1.5juta", None),
    ],
)
def test_a_code_is_taken_off_its_name(text: str, parts: tuple[str, str] | None) -> None:
    """Else a file and a paste of it disagree about which row a line means."""
    assert coded(text) == parts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1. Perencanaan", "Perencanaan"),
        ("12)Perencanaan", "Perencanaan"),
        ("IV. Evaluasi", "Evaluasi"),
        ("a.Evaluasi", "Evaluasi"),
        ("A. Evaluasi", "Evaluasi"),
        ("C.V. Maju", "C.V. Maju"),
        ("a.n. Camat", "a.n. Camat"),
        ("1.500 meter", "1.500 meter"),
        ("2021. Evaluasi", "2021. Evaluasi"),
    ],
)
def test_the_number_in_a_list_is_no_part_of_a_name(text: str, name: str) -> None:
    """Else what is numbered in one file and not in another is two things."""
    assert unnumbered(text) == name
