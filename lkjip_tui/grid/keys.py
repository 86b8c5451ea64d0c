"""Keys, in the order they were pressed.

Textual gives a key to whatever has the focus when it arrives, although a key before it may be
about to move the focus or the cursor: of "down, 5" on a slow line the 5 would reach the cell that
the cursor leaves, and a Tab typed while a cell's box opens would overtake the digits before it.
Figures would stand in the wrong cells. `KeysInOrder` gives each key only when all is handled that
the one before it has set off. What goes on behind the screen holds keys back while it asks for
that by `keys_waiting`.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final, TypeVar

from textual.app import App
from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump
from textual.widget import Widget

Result = TypeVar("Result")

EVERYWHERE: Final = frozenset(f"ctrl+{letter}" for letter in "fgjpq")
_LOOK_AGAIN = 0.25
#: Keys that act at once while others are held back for more than so many seconds.
_URGENT: Final = frozenset({"escape", "ctrl+q"})
_LONG = 1.0


def typed(event: Key) -> str | None:
    """Return the character that a key types; None for a command.

    Alt with a letter also carries a printable character, so the key's name decides.
    """
    if not event.is_printable:
        return None
    *modifiers, _name = event.key.split("+")
    return event.character if set(modifiers) <= {"shift"} else None


def acts_everywhere(key: str) -> bool:
    """Say whether a key belongs to the program even while a text is edited."""
    name = key.rpartition("+")[2]
    return key in EVERYWHERE or (name[:1] == "f" and name[1:].isdigit())


class KeysInOrder(App[Result]):
    """An application whose keys and pastes act one after another.

    Whatever a handler or an action awaits delays the next key; a worker does so only within
    `keys_waiting`. Where that lasts long, Esc and Ctrl+Q do not wait for it, and drop what does:
    it was meant for something that has not come.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: asyncio.Queue[Event] = asyncio.Queue()
        self._turn: Event | None = None
        self._holds = 0
        self._held_at = 0.0
        self._free = asyncio.Event()
        self._free.set()

    def on_mount(self) -> None:
        """Begin with the keys that were pressed during the start."""
        self.run_worker(self._give_keys(), group="keys")

    async def on_event(self, event: Event) -> None:
        """Keep a key that has just been pressed until its turn."""
        pressed = isinstance(event, Key | Paste) and not event.is_forwarded
        if not pressed:
            await super().on_event(event)
        elif event is self._turn:
            if self.screen_stack:  # it may be left over when the program ends
                await super().on_event(event)
        elif self._is_held_long and isinstance(event, Key) and event.key in _URGENT:
            while not self._keys.empty():
                self._keys.get_nowait()
                self._keys.task_done()
            await super().on_event(event)
        else:
            self._keys.put_nowait(event)

    async def keys_acted(self) -> None:
        """Wait until every key that was pressed has acted."""
        await self._keys.join()

    @contextmanager
    def hold_keys(self) -> Iterator[None]:
        """Hold keys back for as long as this lasts."""
        if not self._holds:
            self._held_at = monotonic()
        self._holds += 1
        self._free.clear()
        try:
            yield
        finally:
            self._holds -= 1
            if not self._holds:
                self._free.set()

    @property
    def _is_held_long(self) -> bool:
        return self._holds > 0 and monotonic() - self._held_at > _LONG

    async def _give_keys(self) -> None:
        while True:
            self._turn = await self._keys.get()
            if not self.screen_stack:
                return
            self.app_focus = True  # else what had the focus before would miss the first key
            target = self.focused or self.screen
            self.post_message(self._turn)
            await _pass_through(self)
            # The key goes up from what has the focus, and behind it goes what it has set off.
            for _round in ("the key", "its messages"):
                for pump in target.ancestors_with_self:
                    await _pass_through(pump)
            # A window that it opened must be there to take the next.
            await _pass_through(self.screen)
            await self._free.wait()
            self._keys.task_done()


@contextmanager
def keys_waiting(widget: Widget) -> Iterator[None]:
    """Hold keys back while what they are meant for is on its way."""
    app = widget.app
    if isinstance(app, KeysInOrder):
        with app.hold_keys():
            yield
    else:
        yield


async def _pass_through(pump: MessagePump) -> None:
    """Wait until all is handled that stands in a queue now."""
    passed = asyncio.Event()
    if not pump.call_later(passed.set):
        return
    while pump.is_running:
        try:
            async with asyncio.timeout(_LOOK_AGAIN):
                await passed.wait()
                return
        except TimeoutError:
            continue
