"""Something long that is done off the screen: told of while it lasts, and stopped by Esc."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final, TypeVar

from textual.widget import Widget

from lkjip_tui.core.errors import Interrupted
from lkjip_tui.grid import keys_waiting
from lkjip_tui.language import _
from lkjip_tui.tui.result_words import at_work
from lkjip_tui.tui.window import until_drawn

_T = TypeVar("_T")

#: Seconds between two words about it, of which what is done sooner needs none; and after which it
#: is stopped once more, since what is just about to begin does not hear it the first time.
SOON: Final = 0.2
_STOPPING: Final = 0.02


class LongAct:
    """At most one act at a time, which keys wait for."""

    def __init__(self, widget: Widget, tell: Callable[[str], None]) -> None:
        """`tell` says what goes on, again and again."""
        self._widget, self._tell = widget, tell
        self._stop: Callable[[], object] | None = None
        self.is_stopping = False

    @property
    def is_at_work(self) -> bool:
        """Whether something is done now."""
        return self._stop is not None

    def stop(self) -> None:
        """Stop it; it raises Interrupted for whoever waits for it, unless it is done by then."""
        if self._stop is not None:
            self.is_stopping = True
            self._stop()
            self._widget.set_timer(_STOPPING, partial(self._stop_again, self._stop))

    def _stop_again(self, stop: Callable[[], object]) -> None:
        if self._stop is stop:  # else that act has ended, and another one is at work
            self.stop()

    async def run(self, told: str, act: Callable[[], _T], stop: Callable[[], object] = int) -> _T:
        """Do something on another thread, called `told`; `stop` is called until it has ended."""
        with self.telling(told, stop):
            await until_drawn(self._widget)
            return await asyncio.to_thread(act)

    async def ask(
        self, told: str, act: Callable[[], _T], leave: Callable[[_T], object] = type
    ) -> _T:
        """Do alike what changes nothing: once it is stopped nobody waits for it any more.

        What it gives then all the same is left, on another thread, too.
        """
        stopped = asyncio.Event()
        with self.telling(told, stopped.set):
            await until_drawn(self._widget)
            if stopped.is_set():
                raise Interrupted(_("Stopped."))
            asked = asyncio.ensure_future(asyncio.to_thread(act))
            leaving = asyncio.ensure_future(stopped.wait())
            await asyncio.wait({asked, leaving}, return_when=asyncio.FIRST_COMPLETED)
            leaving.cancel()
        if asked.done():
            return asked.result()
        asked.add_done_callback(partial(_left, leave))
        raise Interrupted(_("Stopped."))

    @contextmanager
    def telling(self, told: str, stop: Callable[[], object] = int) -> Iterator[None]:
        """Tell of something that goes on elsewhere, called `told`, until it has ended."""
        began = time.monotonic()

        def tell() -> None:
            seconds = time.monotonic() - began
            self._tell(at_work(told, seconds, None, is_stopping=self.is_stopping))

        self._stop, self.is_stopping = partial(stop), False
        self._widget.refresh_bindings()
        tell()
        timer = self._widget.set_interval(SOON, tell)
        try:
            with keys_waiting(self._widget):
                yield
        finally:
            timer.stop()
            self._stop = None
            self._widget.refresh_bindings()


def _left(leave: Callable[[_T], object], asked: asyncio.Future[_T]) -> None:
    if not asked.cancelled() and asked.exception() is None:
        asyncio.get_running_loop().run_in_executor(None, leave, asked.result())
