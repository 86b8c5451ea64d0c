"""The lines beneath a grid keep to their width and their height, whatever they tell."""

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Region

from lkjip_tui.tui.detail import Detail
from tests.grid.support import HOSTILE


class _Beneath(App[None]):
    def compose(self) -> ComposeResult:
        """Lay out the lines alone."""
        yield Detail()

    def lines(self) -> list[str]:
        """Return what they show."""
        detail = self.query_one(Detail)
        return [strip.text for strip in detail.render_lines(Region(0, 0, *detail.size))]


@pytest.mark.parametrize("width", [10, 40, 160])
async def test_every_text_keeps_to_the_width(width: int) -> None:
    """One wide character would push the border of the screen away."""
    app = _Beneath()
    async with app.run_test(size=(width, 10)):
        for text in (*HOSTILE, "ส่วน 日本語 " * 30, "a" * 500, ""):
            app.query_one(Detail).show(text, text, state=text[:40], remarks=text)
            lines = app.lines()
            assert [cell_len(line) for line in lines] == [width] * 5, ascii(text)
            assert all(line.isprintable() for line in lines), ascii(text)


async def test_heading_text_and_remarks_follow_each_other_and_long_ones_go_on_beneath() -> None:
    """A target's formula would be cut where it says what is capped."""
    app = _Beneath()
    async with app.run_test(size=(30, 10)):
        detail = app.query_one(Detail)
        detail.show("Target", "81 Baik", state="ƒ computed", remarks="as agreed")
        assert [line.strip(" ▔") for line in app.lines()] == [
            "", "Target  ƒ computed", "81 Baik", "as agreed", "",
        ]  # fmt: skip
        detail.show("Capaian Kinerja", "120", state="ƒ (2×T−R)/T, cap 120")
        assert [line.strip(" ▔") for line in app.lines()] == [
            "", "Capaian Kinerja", "ƒ (2×T−R)/T, cap 120", "120", "",
        ]  # fmt: skip
        detail.clear()
        assert "".join(app.lines()).strip(" ▔") == ""


@pytest.mark.parametrize("text", ["日本語" * 25, "kata" * 4 + " " + "kata" * 5 + " kata" * 9])
async def test_a_text_that_goes_on_out_of_view_says_how_it_is_read_whole(text: str) -> None:
    """A target's note would seem to end where the screen does."""
    app = _Beneath()
    async with app.run_test(size=(30, 10)):
        app.query_one(Detail).show("Catatan", text)
        assert any("Ctrl+O" in line for line in app.lines())
