"""Keys and clicks, in the order in which they come.

Textual gives a key to whatever has the focus when it arrives, although a key before it may be
about to move the focus or the cursor: of "down, 5" on a slow line the 5 would reach the cell that
the cursor leaves, and a Tab typed while a cell's box opens would overtake the digits before it.
Figures would stand in the wrong cells. `KeysInOrder` gives each key only when all is handled that
the one before it has set off. What goes on behind the screen holds keys back while it asks for
that by `keys_waiting`. Two keys that are bound together, as "g g", go out as one.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from time import monotonic
from typing import Final, TypeGuard, TypeVar

from textual.app import App
from textual.binding import Binding, Keymap
from textual.dom import DOMNode
from textual.driver import Driver
from textual.events import Event, Key, MouseDown, MouseUp, Paste
from textual.keys import key_to_character
from textual.message_pump import MessagePump
from textual.reactive import var
from textual.widget import Widget

from lkjip_tui.grid.parser import read_alt_keys

Result = TypeVar("Result")

UNBOUND: Final = "<none>"
"""The key of what is bound to none: no terminal sends it."""

EVERYWHERE: Final = frozenset(f"ctrl+{letter}" for letter in "fgjpq")
_SAME: Final = {"ctrl+@": "ctrl+space", "ctrl+at": "ctrl+space", "ctrl+underscore": "ctrl+slash"}
_LOOK_AGAIN = 0.25
#: Seconds for which what a key changes is drawn before anything else is done, unless more wait.
_DRAWN = 0.03
#: Seconds for which keys are held back before an urgent one acts at once.
_LONG = 1.0


def typed(event: Key) -> str | None:
    """Return the character that a key types; None for a command.

    Alt with a letter also carries a printable character, so the key's name decides.
    """
    if not event.is_printable:
        return None
    *modifiers, _name = event.key.split("+")
    return event.character if set(modifiers) <= {"shift"} else None


def one_name(key: str) -> str:
    """Return the one name of a key with modifiers, of which terminals send several.

    "alt+V" and "alt+shift+V" are "alt+shift+v", and "shift+g" is "G"; most send the same for
    Ctrl+Space and Ctrl+@, and for Ctrl+/ and Ctrl+_.
    """
    key = _SAME.get(key, key)
    *modifiers, name = key.split("+")
    if not modifiers or len(name) > 1 or not name.isalpha():
        return key
    held = {*modifiers, "shift"} if name.isupper() else set(modifiers)
    if held == {"shift"}:
        return name.upper()
    return "+".join([*sorted(held), name.lower()])


def acts_everywhere(key: str) -> bool:
    """Say whether a key belongs to the program even while a text is edited."""
    name = key.rpartition("+")[2]
    return key in EVERYWHERE or (name[:1] == "f" and name[1:].isdigit())


class KeysInOrder(App[Result]):
    """An application whose keys and pastes act one after another.

    Whatever a handler or an action awaits delays the next key; a worker does so only within
    `keys_waiting`. Where that lasts long, the `urgent` keys do not wait for it, and drop what
    does and was pressed before them: it was meant for something that has not come.
    """

    pending: var[str] = var("", bindings=True)
    """The first of two keys, while the second is waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.urgent = frozenset({"escape", "ctrl+q"})
        self.first_keys: frozenset[str] = frozenset()
        """The keys that may begin two that are bound together."""
        self._own_acts: dict[type[Widget], Mapping[str, str]] = {}
        self._keys: asyncio.Queue[Event] = asyncio.Queue()
        self._is_acting = True
        self._acted = asyncio.Event()
        self._hurried = asyncio.Event()
        self._holds = 0
        self._held_at = 0.0
        self._urgent_one: Key | None = None
        self._free = asyncio.Event()
        self._free.set()

    def get_driver_class(self) -> type[Driver]:
        """Return the platform's driver."""
        driver = super().get_driver_class()
        read_alt_keys(driver)
        return driver

    def on_mount(self) -> None:
        """Begin with the keys that were pressed during the start."""
        self.run_worker(self._wait_for_acts(), group="keys")

    def set_keymap(self, keymap: Keymap) -> None:
        """Bind keys anew by the ids of what they do."""
        self._own_acts.clear()
        super().set_keymap(keymap)

    def own_acts(self, widget: Widget) -> Mapping[str, str]:
        """Return what the keys do that a widget has bound itself; nothing without the focus."""
        acts = self._own_acts.get(type(widget))
        if acts is None:
            if widget is not self.focused:
                return {}
            # The library's own list of what acts takes 12 ms, in which nothing is drawn.
            acts = {key: those[-1].action for key, those in self._bound(widget)}
            for around in widget.ancestors:
                for key, those in self._bound(around):
                    if any(it.priority for it in those):
                        acts.pop(key, None)
            self._own_acts[type(widget)] = acts
        return acts

    def _bound(self, node: DOMNode) -> Iterable[tuple[str, Sequence[Binding]]]:
        bindings = node._bindings.copy()  # noqa: SLF001 - as the library
        bindings.apply_keymap(self._keymap)
        return bindings.key_to_bindings.items()

    async def on_event(self, event: Event) -> None:
        """Keep a key that has just been pressed until its turn, and a click behind it."""
        if not isinstance(event, Key | Paste | MouseDown | MouseUp) or event.is_forwarded:
            await super().on_event(event)
        elif self._is_held_long and self._is_urgent(event):
            self._drop_before(event)
            await super().on_event(event)
        else:
            if isinstance(event, Key):
                event = Key(one_name(event.key), event.character)
            self._keys.put_nowait(event)
            if self._is_urgent(event):
                self._urgent_one = event
                if self._holds:
                    self._urge_in_time()
            if self._is_acting:
                self._hurried.set()
            else:
                await self._act()

    def drop_keys(self) -> None:
        """Let go of the keys that wait: what they were meant for has not come."""
        while not self._keys.empty():
            self._keys.get_nowait()
            self._keys.task_done()
        self.pending = ""
        self._urgent_one = None

    def _drop_before(self, urgent: Key) -> None:
        """Let go of the keys before an urgent one; what was pressed behind it was meant for after.

        Of several urgent ones the last counts: all were meant for what goes on.
        """
        waiting = [self._keys.get_nowait() for _each in range(self._keys.qsize())]
        behind: list[Event] = []
        if urgent in waiting:
            last = max(n for n, it in enumerate(waiting) if self._is_urgent(it))
            behind = waiting[last + 1 :]
        self.drop_keys()
        for each in behind:
            self._keys.put_nowait(each)
        for _each in waiting:
            self._keys.task_done()

    def _is_urgent(self, event: Event) -> TypeGuard[Key]:
        return isinstance(event, Key) and event.key in self.urgent

    def _urge_in_time(self) -> None:
        """Let the urgent key that waits, if one does, act once what it waits for lasts long."""
        if self._urgent_one is not None:
            left = max(_LONG - (monotonic() - self._held_at), 0)
            self.set_timer(left + _DRAWN, partial(self._urge, self._urgent_one))

    async def _urge(self, event: Key) -> None:
        if event is self._urgent_one and self._is_held_long:
            await self.on_event(event)

    @contextmanager
    def hold_keys(self) -> Iterator[None]:
        """Hold keys back for as long as this lasts."""
        if not self._holds:
            self._held_at = monotonic()
            self._urge_in_time()
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

    async def _act(self) -> None:
        """Let the first key that waits act; those behind it wait for what it sets off."""
        self._is_acting = False
        turn = None
        while turn is None:
            if self._keys.empty() or not self.screen_stack:  # the program may have ended
                return
            event = self._keys.get_nowait()
            if event is self._urgent_one:
                self._urgent_one = None
            turn = self._complete(event)
            if turn is None:
                self._keys.task_done()
        self._is_acting = True
        if self._keys.empty():
            self._hurried.clear()
        self.app_focus = True  # else what had the focus before would miss the first key
        self._target = self.focused or self.screen
        await super().on_event(turn)
        self._acted.set()

    async def _wait_for_acts(self) -> None:
        """Wait for all that each key sets off, and let the next one act; the first at once."""
        await _pass_through(self)
        await _pass_through(self.screen)  # it may hold keys back for a window that it opens
        await self._free.wait()
        self.call_later(self._act)
        while True:
            await self._acted.wait()
            self._acted.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(_DRAWN):
                    await self._hurried.wait()
            # The key goes up from what has the focus, and behind it goes what it has set off.
            for _round in ("the key", "its messages"):
                for pump in self._target.ancestors_with_self:
                    await _pass_through(pump)
            # A window that it opened must be there to take the next.
            await _pass_through(self.screen)
            await self._free.wait()
            self._keys.task_done()
            self.call_later(self._act)

    def _complete(self, event: Event) -> Event | None:
        """Return what is to act now: two keys as one, an event by itself, or nothing yet.

        A key that does not go on with a pending one is dropped with it.
        """
        first, self.pending = self.pending, ""
        if not isinstance(event, Key):
            return event
        if first and (pairs := self._pairs(first, key_to_character(first))):
            pair = f"{first} {event.key}"
            return Key(pair, None) if pair in pairs else None
        if self._pairs(event.key, event.character):
            self.pending = event.key
            return None
        return event

    def _pairs(self, first: str, character: str | None) -> list[str]:
        """Return the two keys bound together that begin with a key, where it is not typed."""
        if first not in self.first_keys:
            return []
        focused = self.focused
        if focused is not None and focused.check_consume_key(first, character):
            return []
        return [key for key in self.screen.active_bindings if key.startswith(f"{first} ")]


async def act_at_once(widget: Widget, event: Key) -> None:
    """Let a widget do what one of its own keys does, unless it is typed.

    The library looks for it only when the key has gone up through all that is around the widget;
    in a grid that took longer than the act.
    """
    app = widget.app
    is_typed = typed(event) is not None and widget.check_consume_key(event.key, event.character)
    if is_typed or not isinstance(app, KeysInOrder):
        return
    if act := app.own_acts(widget).get(event.key):
        await widget.run_action(act)
        event.stop()
        event.prevent_default()


@contextmanager
def keys_dropped(widget: Widget) -> Iterator[None]:
    """Let go of keys that are pressed while it is not known yet what will be shown."""
    with keys_waiting(widget):
        try:
            yield
        finally:
            if isinstance(widget.app, KeysInOrder):
                widget.app.drop_keys()


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
