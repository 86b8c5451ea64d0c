"""When Python looks for garbage: what refers to itself, and so does not go by itself.

The screen stands still for a look, the longer the more objects there are, and several times as
long beside a statement that has all processors: for 80,000 objects 50 ms. So what stays for good
is not looked through, and all else in moments at which nothing is at work: as a dialog has come or
gone, and when the file rests. A key by itself leaves next to no garbage, an act some.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

#: How many new objects are looked through by themselves, seven times Python's own number: what is
#: just being drawn then is taken for lasting. After ten such looks those that outlived one are, and
#: after a hundred of these all are, ten times as late as by Python's own numbers.
_LOOKS: Final = (5_000, 10, 100)
#: Objects of a reading, of which a row is a few, from which on they are not looked through later.
_MANY: Final = 20_000
#: Rows that are let go of at once.
_PIECE: Final = 1_000
#: What was made when what there was then was kept.
_KEPT: Final[set[object]] = set()


def begin() -> None:
    """Look for garbage from now on, but not among what the start has made."""
    gc.freeze()
    gc.set_threshold(*_LOOKS)
    gc.enable()


def look() -> None:
    """Look through all that does not stay for good."""
    if gc.isenabled():
        gc.collect()


def keep(made: object) -> None:
    """Take what there is for what stays for good, once this was made, as a kind of pane.

    Only the first time: it may be garbage one day, as all is that another copy of the file was
    shown on.
    """
    if gc.isenabled() and made not in _KEPT:
        _KEPT.add(made)
        gc.collect(1)
        gc.freeze()


def let_go(rows: list[Any]) -> None:
    """Let go of rows that nothing else knows, in pieces: at once all else would wait for it."""
    while rows:
        del rows[-_PIECE:]


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector from looking through rows that all stay, each time more of them.

    Of many it does not look through any later either: the first time would hold all else for a
    tenth of a second. They must not depend on it: whoever has read them lets go of them. What is
    garbage at that moment stays for good, too, so it is not done for few.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            made = gc.get_count()[0]
            if made > _MANY:
                gc.freeze()
            elif made > _LOOKS[0]:
                gc.collect(0)  # now, and not while what was read is drawn
            gc.enable()
