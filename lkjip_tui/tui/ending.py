"""Ends the screens, or lets them go on, as is asked from outside or with their terminal gone.

What is shown as saved is on the disk by then, so nothing needs to be waited for: who does not
leave in time is left. A cell that is open stays as it was, since nobody has accepted it.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from lkjip_tui import system

if TYPE_CHECKING:
    from lkjip_tui.tui.app import LkjipApp

_Handler: TypeAlias = Callable[[int, FrameType | None], Any]

#: Added to a signal's number it is the exit code, as shells tell it.
_BY_SIGNAL: Final = 128
_HANGUP: Final = 1
#: Seconds between two looks at whether the terminal is there, and those that leaving may take.
_BETWEEN_LOOKS: Final = 0.4
_PATIENCE: Final = 1.5
#: Empties the screen: GNU screen and the console of Linux have no other one to go back to.
CLEARED: Final = "\x1b[0m\x1b[2J\x1b[H"
#: What gives a terminal back: no mouse, no marks around pastes, its own screen, the cursor.
_GIVE_BACK: Final = (
    f"\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[<u{CLEARED}"
    "\x1b[?1049l\x1b[?25h\x1b[8h"
).encode()


class Ending:
    """What ends an application from outside."""

    def __init__(self, app: "LkjipApp") -> None:
        self._app = app
        self._is_begun = False
        self._modes: system.Modes | None = None

    @contextmanager
    def watched(self) -> Iterator[None]:
        """End it by signals, or with its terminal, for as long as it runs."""
        known = {int(number): signal.signal(number, self._told) for number in system.ENDING}
        if _has_terminal():
            self._modes = system.terminal_modes()
            threading.Thread(target=self._watch, name="terminal", daemon=True).start()
        try:
            yield
        finally:
            for number, handler in known.items():
                signal.signal(number, handler)

    def _told(self, number: int, _frame: FrameType | None) -> None:
        self._begin(number)

    def _watch(self) -> None:
        """See the terminal go where no signal tells it: reading it would go round in circles."""
        while not self._app.left.wait(_BETWEEN_LOOKS):
            if not _has_terminal():
                self._begin(_HANGUP)
                return

    def _begin(self, number: int) -> None:
        if self._is_begun:
            return
        self._is_begun = True
        code = _BY_SIGNAL + number
        threading.Thread(target=self._insist, args=(code,), daemon=True).start()
        self._app.leave(code)

    def _insist(self, code: int) -> None:
        """Leave, whatever is still at work: what it would write is not shown as saved."""
        time.sleep(_PATIENCE)
        if self._modes is not None:
            with suppress(OSError):
                _give_back(self._modes, self._app.owed_to_terminal)
        os._exit(code)


def go_on_after_stops(app: "LkjipApp") -> None:
    """Go on after a stop that nobody could prepare for, as SIGSTOP's, with the keys read as before.

    The library takes the terminal a second time then: two threads would read the keys, of which
    leaving ends one. Only what was given back at a stop, as at SIGTSTP, is to be taken.
    """
    modes = system.terminal_modes()
    is_given_back = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal is_given_back
        is_given_back = True
        give_back[number](number, frame)

    def go_on(number: int, frame: FrameType | None) -> None:
        nonlocal is_given_back
        if is_given_back:
            is_given_back = False
            take[number](number, frame)
        else:  # a shell may have had the terminal in between
            system.set_terminal_modes(modes)
            app.show_anew()

    give_back = _handled(system.SUSPENDING, stop)
    take = _handled(system.CONTINUING, go_on)


def _handled(numbers: Sequence[signal.Signals], handler: _Handler) -> Mapping[int, _Handler]:
    """Handle signals; return what has handled them before."""
    known = {int(number): signal.getsignal(number) for number in numbers}
    ours = {number: before for number, before in known.items() if callable(before)}
    for number in ours:
        signal.signal(number, handler)
    return ours


def _has_terminal() -> bool:
    """Whether what the program was started on is a terminal, and still there."""
    try:
        return sys.__stdin__ is not None and sys.__stdin__.isatty()
    except ValueError:
        return False


def _give_back(modes: system.Modes, owed: str) -> None:
    """Put the terminal back as it was."""
    system.set_terminal_modes(modes)
    os.set_blocking(2, False)
    os.write(2, _GIVE_BACK + owed.encode())
