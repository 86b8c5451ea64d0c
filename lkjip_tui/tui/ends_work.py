"""Widgets whose workers end before what they show is taken away."""

from textual.messages import Prune
from textual.widget import Widget


class EndsWork(Widget):
    """Base of every widget that has workers.

    The library takes a widget's children away first and stops its workers last; one that goes
    on in between finds nothing to show its result on. A screen names it behind its own base,
    from which it has its styles.
    """

    async def on_prune(self, _event: Prune) -> None:
        """Stop what is at work while all the children are still there."""
        self.workers.cancel_node(self)
