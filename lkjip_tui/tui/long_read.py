"""A read of a long table that keys wait for: told of when it takes long, and stopped by Esc."""

import asyncio
import time
from collections.abc import Callable
from typing import Final, TypeVar

from textual.widget import Widget

from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.grid import keys_waiting
from lkjip_tui.language import _
from lkjip_tui.tui.result_words import at_work
from lkjip_tui.tui.told import Told

_T = TypeVar("_T")

#: Seconds after which it is told that something goes on, and how far it has come.
_SOON: Final = 0.2


class LongRead:
    """At most one read at a time of what a widget shows."""

    def __init__(self) -> None:
        self._session: Session | None = None
        self._is_stopping = False

    @property
    def is_at_work(self) -> bool:
        """Whether something is read now."""
        return self._session is not None

    def stop(self) -> None:
        """Stop what is read; it raises Interrupted for whoever waits for it."""
        if self._session is not None:
            self._is_stopping = True
            self._session.interrupt()

    async def run(self, widget: Widget, session: Session, read: Callable[[Session], _T]) -> _T:
        """Read with a session, off the screen; keys wait for it. The session ends if it fails."""
        self.stop()
        self._session, self._is_stopping = session, False
        is_told = has_failed = False
        began = time.monotonic()

        def tell() -> None:
            nonlocal is_told
            seconds, is_stopping = time.monotonic() - began, self._is_stopping
            told = at_work(_("working…"), seconds, session.percent, is_stopping=is_stopping)
            widget.post_message(Told(told))
            if not is_told:
                is_told = True
                widget.refresh_bindings()

        timer = widget.set_interval(_SOON, tell)

        def closing() -> _T:
            try:
                return read(session)
            except BaseException:
                session.close()
                raise

        try:
            with keys_waiting(widget):
                found = await asyncio.to_thread(closing)
        except LkjipError:
            has_failed = True  # whoever waits for it tells that
            raise
        except asyncio.CancelledError:
            session.interrupt()
            raise
        finally:
            timer.stop()
            if self._session is session:
                self._session = None
            if is_told:
                widget.refresh_bindings()
                if not has_failed:
                    widget.post_message(Told(""))
        return found
