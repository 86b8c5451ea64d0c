"""When Python looks for garbage: what refers to itself, and so does not go by itself.

The screen stands still for it, the longer the more objects there are, and several times as long
beside a statement that has all processors: for 80,000 objects 50 ms. So what stays for good is not
looked through, and all else as a dialog comes or goes while nothing is at work: most garbage is
what one was made of, and a key's none.
"""

import gc
from typing import Final

#: Seconds after which a dialog that goes is no more in use by the library, and between two looks
#: for whether anything is still at work.
GONE: Final = 0.2
BETWEEN_TRIES: Final = 1.0
#: How many new objects are looked through by themselves, seven times Python's own number: what is
#: just being drawn then is taken for lasting. After ten such looks those that outlived one are, and
#: after a hundred of these all are, ten times as late as by Python's own numbers.
_LOOKS: Final = (5_000, 10, 100)
#: The kinds of what is kept.
_KEPT: Final[set[type]] = set()


def begin() -> None:
    """Look for garbage from now on, but not among what the start has made."""
    gc.freeze()
    gc.set_threshold(*_LOOKS)
    gc.enable()


def look() -> None:
    """Look through all that does not stay for good."""
    if gc.isenabled():
        gc.collect()


def keep(kind: type) -> None:
    """Take what there is for what stays for good, as the first of a kind is made, and its modules.

    Only then: it may be garbage one day, as all is that another copy of the file was shown on.
    """
    if gc.isenabled() and kind not in _KEPT:
        _KEPT.add(kind)
        gc.collect(1)
        gc.freeze()
