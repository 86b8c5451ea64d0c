"""What is replaced is what was counted before."""

import pytest
import regex

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui.block_texts import holding, replaced
from tests.tui.models import block_of, model_of


def test_as_many_cells_are_replaced_as_were_counted(standing: Workspace) -> None:
    """A word would be replaced in more names than the window told, or in fewer."""
    model = model_of(standing, "activities")
    figures = block_of(model, range(4), "budget_revised")
    for block, text, count in ((None, "bahan", 2), (None, "15.", 0), (figures, "5", 1)):
        pattern = regex.compile(regex.escape(text), regex.IGNORECASE)
        assert len(replaced(model, block, pattern, "y")) == count
        assert holding(model, block, pattern, 60) == (count, True)
    every = regex.compile(".*")
    assert holding(model, None, every, -1) == (0, False), "it takes no longer than it may"
    assert holding(model, None, every, 60)[0] > 0
    assert holding(model, None, regex.compile("~*"), 60) == (0, True), "it changes nothing"


@pytest.mark.slow
def test_an_expression_that_would_take_years_is_given_up(standing: Workspace) -> None:
    """The whole program would stand still while somebody types one."""
    model = model_of(standing, "activities")
    endless = regex.compile(r"(.|..|...)+(?<=\d)", regex.IGNORECASE)
    assert not holding(model, None, endless, 0.1)[1]
    with pytest.raises(TimeoutError):
        replaced(model, None, endless, "")
