"""What is done for a result off the screen, one thing at a time, and how it is stopped."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from textual.timer import Timer
from textual.widget import Widget

from lkjip_tui.core.errors import Interrupted
from lkjip_tui.core.sql.result import Work

_Done = TypeVar("_Done")

#: Seconds between two looks at how far it has come, and after which it is stopped once more.
_TICK: Final = 0.1
_STOPPING: Final = 0.02


class GivenUp(Interrupted):
    """What was done is not wanted any more, and nothing needs to be said of it."""


@dataclass(eq=False, slots=True)
class Job:
    """Something that is done, called `act`; `is_run` says that it is a statement itself."""

    act: str
    is_run: bool = False
    work: Work = field(default_factory=Work)
    is_stopping: bool = False
    is_given_up: bool = False
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None

    @property
    def seconds(self) -> float:
        """For how long it has been done, or was."""
        return (time.monotonic() if self.ended is None else self.ended) - self.began

    @property
    def milliseconds(self) -> int:
        """The same in thousandths."""
        return round(self.seconds * 1_000)


class Jobs:
    """Does things for a widget; while one lasts the key that stops it acts, and it is told of."""

    def __init__(self, widget: Widget, tell: Callable[[Job], None]) -> None:
        """`tell` is called again and again while something lasts."""
        self._widget = widget
        self._tell = tell
        self._timer: Timer | None = None
        self.current: Job | None = None
        """What is done now."""

    def begin(self, job: Job) -> Job:
        """Let something be what is done now, before its turn comes: it can be stopped already."""
        self.current = job
        self._widget.refresh_bindings()
        return job

    async def do(self, job: Job, act: Callable[[Work], _Done]) -> _Done:
        """Do something on another thread, and return what that returns.

        Raises what that raises, GivenUp where it was.
        """
        self.begin(job)
        if self._timer is None:
            self._timer = self._widget.set_interval(_TICK, self._tick)
        try:
            return await asyncio.to_thread(act, job.work)
        except Interrupted as error:
            if job.is_given_up:
                raise GivenUp(error.message) from error
            raise
        except asyncio.CancelledError:
            job.work.interrupt()
            raise
        finally:
            self.end(job)

    def end(self, job: Job) -> None:
        """Let something be done with, however it has ended."""
        if job.ended is None:
            job.ended = time.monotonic()
        if self.current is job:
            self.current = None
            self._widget.refresh_bindings()
        if self.current is None and self._timer is not None:
            self._timer.stop()
            self._timer = None

    def stop(self) -> None:
        """Stop what is done, as the user wants it."""
        job = self.current
        if job is not None and not job.is_stopping:
            job.is_stopping = True
            self._stop(job)

    def _stop(self, job: Job) -> None:
        """Stop it until it has: what was just about to begin does not hear it the first time."""
        if job.ended is None:
            job.work.interrupt()
            self._widget.set_timer(_STOPPING, lambda: self._stop(job))

    def give_up(self) -> None:
        """Leave off what is done, since something else takes its place."""
        job, self.current = self.current, None
        if job is not None:
            job.is_given_up = True
            self._stop(job)

    def _tick(self) -> None:
        if self.current is not None:
            self._tell(self.current)
