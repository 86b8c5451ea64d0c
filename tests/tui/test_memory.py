"""What the program remembers between runs."""

from pathlib import Path

import pytest

from lkjip_tui.tui.memory import Memory


@pytest.mark.parametrize(
    "text", ["", "[", "5", "[" * 100_000, '{"recent": 5, "layouts": [], "x": {}}']
)
def test_a_memory_that_cannot_be_read_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    """The program would not start any more."""
    memory = Memory(tmp_path / "state.json")
    memory.file.write_text(text)
    assert (memory.recent, memory.theme, memory.layout("sheet.office")) == ([], "", {})
    memory.themed("lkjip-light")
    assert memory.theme == "lkjip-light"
