"""What is replaced is what was counted before."""

import re

from lkjip_tui.core.workspace import Workspace
from lkjip_tui.tui.block_texts import holding, replaced
from tests.tui.models import block_of, model_of


def test_as_many_cells_are_replaced_as_were_counted(standing: Workspace) -> None:
    """A word would be replaced in more names than the window told, or in fewer."""
    model = model_of(standing, "activities")
    figures = block_of(model, range(4), "budget_revised")
    for block, text, count in ((None, "bahan", 2), (None, "15.", 0), (figures, "5", 1)):
        pattern = re.compile(re.escape(text), re.IGNORECASE)
        assert len(replaced(model, block, pattern, "y")) == count
        assert holding(model, block, pattern, 60) == (count, True)
    every = re.compile("")
    count, is_all = holding(model, None, every, -1)
    assert not is_all, "it takes no longer than it may"
    assert 0 < count < holding(model, None, every, 60)[0]
