"""Acts of which one may last, until Esc stops it."""

from typing import Generic, TypeVar

from lkjip_tui.tui.long_act import LongAct
from lkjip_tui.tui.long_read import LongRead

_Work = TypeVar("_Work", LongAct, LongRead)


class Stoppable(Generic[_Work]):
    """Base of acts that do `work`, one at a time."""

    def __init__(self, work: _Work) -> None:
        self._work: _Work = work

    @property
    def is_at_work(self) -> bool:
        """Whether one of them goes on now."""
        return self._work.is_at_work

    def do_stop(self) -> None:
        """Stop it, as if it had never begun; what is whole by then stays."""
        self._work.stop()
