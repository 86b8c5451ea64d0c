"""The README's picture is one of the program as it is."""

import re
from pathlib import Path

import pytest

from tests.tui.conftest import OpenDesk

_PICTURE = Path(__file__).parents[1] / "screens" / "activities.svg"
_FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


@pytest.mark.usefixtures("english")
async def test_the_picture_shows_the_program_as_it_is(
    desk: OpenDesk, example: Path, request: pytest.FixtureRequest
) -> None:
    """A stranger would be promised a program that looks otherwise."""
    async with desk(example, size=(130, 34)) as user:
        await user.see(lambda: user.workbench.counts.rows, "the counts")
        await user.go_to("sub_activity/3", "realization")
        await user.type("2.345.833.1")
        await user.pilot.pause()
        # Fonts are fetched by whoever looks; the text of the screen is all that counts here.
        drawn = _FONTS.sub("", user.app.export_screenshot(title="lkjip"))
    if request.config.getoption("--update-golden"):
        _PICTURE.write_text(drawn, "utf-8")
    assert _PICTURE.read_text("utf-8") == drawn
