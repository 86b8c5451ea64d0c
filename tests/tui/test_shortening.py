"""Texts in little room still show what differs in them."""

import pytest

from lkjip_tui.tui.shortening import from_difference, shared_out, told_apart

_SERVICE = "Penyediaan Jasa Pemeliharaan, Biaya Pemeliharaan Kendaraan Dinas"


def test_names_that_begin_alike_are_told_apart_in_little_room() -> None:
    """Every row of a long change would read the same, and a wrong one pass unseen."""
    names = [f"{_SERVICE} {end}" for end in ("Operasional", "Lapangan", "Lapangan Desa")]
    names += ["Evaluasi", f"Penyediaan {'lain ' * 20}", "Evaluasi"]
    shown = [text[:24] for text in told_apart(names, 24)]
    assert len(set(shown)) == len(set(names))
    assert shown[0].startswith("Penyedia…")
    assert "Operasional" in shown[0]
    assert shown[3] == shown[5] == "Evaluasi"
    assert shown[4].startswith("Penyediaan lain"), "what is seen anyway begins as it does"


@pytest.mark.parametrize("head", ["", "a", "Kecamatan " * 30])
def test_two_long_texts_are_shown_from_where_they_differ(head: str) -> None:
    """A correction at the end of a passage would show the same beginning twice."""
    now, new = from_difference(f"{head}lama sekali", f"{head}baru", 20)
    assert "lama" in now[:20]
    assert "baru" in new[:20]


def test_the_widest_columns_give_way_first() -> None:
    """Figures would be cut because a name is long."""
    assert shared_out([80, 13, 13], 60, 20) == [34, 13, 13]
    assert shared_out([5, 13], 60, 20) == [5, 13]
    assert shared_out([80, 80, 80], 59, 20) is None
