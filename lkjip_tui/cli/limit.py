"""How long the database may work for what nobody is there to stop."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lkjip_tui.core.errors import Interrupted, QueryError
from lkjip_tui.language import _


class Limit:
    """A time, and whether it was reached."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.is_reached = False

    def of(self, milliseconds: Callable[[], int]) -> Callable[[], bool]:
        """Return what tells whether something has worked for too long."""

        def is_over() -> bool:
            self.is_reached = milliseconds() > self._seconds * 1000
            return self.is_reached

        return is_over

    def from_now(self) -> Callable[[], bool]:
        """Return what tells whether the time is over since now."""
        began = time.monotonic()
        return self.of(lambda: int(1000 * (time.monotonic() - began)))


@contextmanager
def in_time(seconds: float) -> Iterator[Limit]:
    """Say of a statement that was stopped for its time that it was."""
    limit = Limit(seconds)
    try:
        yield limit
    except Interrupted as error:
        if not limit.is_reached:
            raise
        told = _("The database worked for {seconds} seconds, and the statement was stopped.")
        raise QueryError(
            told.format(seconds=f"{seconds:g}"), _("--timeout SECONDS lets it take longer.")
        ) from error
