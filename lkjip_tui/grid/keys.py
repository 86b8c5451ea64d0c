"""Keys, in the order they were pressed.

Textual gives a key to whatever has the focus when it arrives, although a key before it may be
about to move the focus or the cursor: of "down, 5" on a slow line the 5 would reach the cell that
the cursor leaves, and a Tab typed while a cell's box opens would overtake the digits before it.
Figures would stand in the wrong cells. `KeysInOrder` gives each key only when all is done that
the one before it has set off.
"""

import asyncio
from typing import Final, TypeVar

from textual.app import App
from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump

Result = TypeVar("Result")

EVERYWHERE: Final = frozenset(f"ctrl+{letter}" for letter in "fgjpq")
_LOOK_AGAIN = 0.25


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

    Whatever a handler or an action awaits delays the next key; a worker does not.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: asyncio.Queue[Event] = asyncio.Queue()
        self._turn: Event | None = None

    def on_mount(self) -> None:
        """Begin with the keys that were pressed during the start."""
        self.run_worker(self._give_keys(), group="keys")

    async def on_event(self, event: Event) -> None:
        """Keep a key that has just been pressed until its turn."""
        pressed = isinstance(event, Key | Paste) and not event.is_forwarded
        if pressed and event is not self._turn:
            self._keys.put_nowait(event)
        else:
            await super().on_event(event)

    async def _give_keys(self) -> None:
        while True:
            self._turn = await self._keys.get()
            target = self.focused or self.screen
            self.post_message(self._turn)
            await _pass_through(self)
            # The key goes up from what has the focus, and behind it goes what it has set off.
            for _round in ("the key", "its messages"):
                for pump in target.ancestors_with_self:
                    await _pass_through(pump)
            # A window that it opened must be there to take the next.
            await _pass_through(self.screen)


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
