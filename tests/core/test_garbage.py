"""When Python looks for garbage: never among what stays, and each kind of that is told once."""

import gc
import weakref

from lkjip_tui import garbage


def test_only_the_first_of_a_kind_stays_for_good() -> None:
    """Every copy of the file that was looked at would stay in memory."""

    class Pane:
        pass

    gc.collect()
    before = gc.get_freeze_count()
    here = [[] for _each in range(1000)]  # type: ignore[var-annotated]
    garbage.keep(Pane)
    kept = gc.get_freeze_count()
    assert kept >= before + len(here)
    more = [[] for _each in range(1000)]  # type: ignore[var-annotated]
    garbage.keep(Pane)
    assert gc.get_freeze_count() <= kept
    assert more


def test_nothing_is_looked_through_while_rows_are_read() -> None:
    """Thousands of new rows would be looked through while the screen stands still."""

    class Pane:
        pass

    before = gc.get_freeze_count()
    gc.disable()
    try:
        circle = _Circle()
        left = weakref.ref(circle)
        del circle
        garbage.look()
        garbage.keep(Pane)
        assert left() is not None
        assert gc.get_freeze_count() <= before
    finally:
        gc.enable()
    garbage.look()
    assert left() is None


class _Circle:
    """What refers to itself."""

    def __init__(self) -> None:
        self.itself = self
