"""The program with a clock in it: `python -m tests.bench.ticking LOG …` is `lkjip …`.

While its screens run, its own loop is to look at the clock every 5 ms. Where it is late a line is
written to LOG: the two moments between which the loop did not turn, in seconds of the system's
monotonic clock; then the seconds of processor that its own thread and that the whole program took
meanwhile. A loop that stood still while the program took nothing waited for other programs.

With LKJIP_STACKS=FILE another thread writes there what all threads do whenever the program has
taken 30 ms of processor while the loop did not turn; that thread's own lateness tells that Python
itself was held.
"""

import asyncio
import gc
import os
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Final

from lkjip_tui.__main__ import main
from lkjip_tui.tui.app import LkjipApp

EVERY: Final = 0.005
#: Seconds from which on a gap is written, and its threads.
_LATE: Final = 0.010
_LONG: Final = 0.030
_CLOCKS: Final = (time.monotonic, time.thread_time, time.process_time)


class Clock:
    """Looks at the clock again and again, for as long as the loop turns."""

    def __init__(self, log: Path) -> None:
        self._loop, self._out = asyncio.get_running_loop(), log.open("a", buffering=1)
        self.last = [clock() for clock in _CLOCKS]
        self._look()

    def _look(self) -> None:
        now = [clock() for clock in _CLOCKS]
        if now[0] - self.last[0] > _LATE:
            took = (after - before for before, after in zip(self.last[1:], now[1:], strict=True))
            print(self.last[0], now[0], *took, file=self._out)
        self.last = now
        self._loop.call_later(EVERY, self._look)

    def tell_stacks(self, file: Path) -> None:
        """Write for ever what all threads do while the loop does not turn."""
        with file.open("a", buffering=1) as out:
            told, looked = 0.0, time.monotonic()
            while True:
                time.sleep(EVERY)
                before, looked = looked, time.monotonic()
                since, _own, used = self.last
                if time.process_time() - used < _LONG or since == told:
                    continue
                told = since
                print(f"=== {looked - since:.3f} s, I {looked - before:.3f}", file=out)
                for thread, frame in sys._current_frames().items():  # noqa: SLF001 - to look
                    if thread != threading.get_ident():
                        print("--", *traceback.format_stack(frame)[-8:], sep="\n", file=out)


def run() -> None:
    """Run the program with what stands behind LOG."""
    log, stacks = Path(sys.argv.pop(1)), os.environ.get("LKJIP_STACKS")
    ready = LkjipApp.on_ready

    def on_ready(app: LkjipApp) -> None:
        ready(app)
        clock = Clock(log)
        if stacks:
            collecting = 0.0

            def collected(phase: str, told: dict[str, int]) -> None:
                nonlocal collecting
                took, collecting = time.thread_time() - collecting, time.thread_time()
                if phase == "stop" and took > _LATE:
                    with Path(stacks).open("a") as out:
                        print(
                            f"=== garbage {took:.3f} s {told} {threading.current_thread().name}",
                            file=out,
                        )

            gc.callbacks.append(collected)
            threading.Thread(target=clock.tell_stacks, args=[Path(stacks)], daemon=True).start()

    LkjipApp.on_ready = on_ready  # type: ignore[method-assign, assignment]
    main()


if __name__ == "__main__":
    run()
