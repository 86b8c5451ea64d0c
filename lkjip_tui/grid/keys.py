"""Keys, in the order they were pressed.

Textual lets a widget type a character at once, but runs a binding only when the key has bubbled
up to the app. Where a slow line delivers keys in a batch, the 5 of "down, 5" would so reach
the cell that the cursor is about to leave, and figures would stand in the wrong row. A grid and
its editors therefore take their keys through a `KeyOrder`.
"""

from collections import deque
from collections.abc import Callable, Iterable
from typing import Final

from textual.events import Key
from textual.message_pump import MessagePump
from textual.widget import Widget

EVERYWHERE: Final = frozenset(f"ctrl+{letter}" for letter in "fgjpq")


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


class KeyOrder:
    """Lets one widget's keys act one after another, each done before the next begins.

    The widget's `on_mount` calls `listen`, its `on_key` awaits `take`. `on_character` types a
    character, or answers False to leave it to the application. Keys that arrive while an
    earlier one is under way wait; when the focus has moved meanwhile, they follow it.
    """

    def __init__(self, widget: Widget, on_character: Callable[[str], bool]) -> None:
        self._widget = widget
        self._on_character = on_character
        self._known_actions: dict[str, str] | None = None
        self._waiting: deque[Key] = deque()
        self._roads = 0
        self._held = False
        self._acting = False
        self._resent: Key | None = None

    def listen(self) -> None:
        """Notice when the user's key map gives the widget other keys."""
        signal = self._widget.screen.bindings_updated_signal
        signal.subscribe(self._widget, self._forget_actions, immediate=True)

    async def take(self, event: Key) -> None:
        """Act on a key that has come to the widget, or keep it for later."""
        if event is self._resent:
            self._resent = None
            return
        if self._widget.app.focused is not self._widget:
            self.give([event])
        elif self._is_busy or self._waiting:
            self._waiting.append(event)
        elif not await self._act(event):
            self.pause()
            return
        event.stop()
        event.prevent_default()

    def give(self, events: Iterable[Key]) -> None:
        """Let keys that another widget did not use act here."""
        self._waiting.extend(events)
        self._widget.call_later(self._drain)

    def pause(self) -> None:
        """Keep further keys until what the widget has posted is handled by all above it."""
        self._send_road([self._widget, *self._widget.ancestors])

    def hold(self) -> None:
        """Keep further keys until `release`."""
        self._held = True

    def release(self) -> None:
        """Let the keys that were kept act, here or where the focus is now."""
        self._held = False
        self._widget.call_later(self._drain)

    @property
    def _is_busy(self) -> bool:
        return self._held or self._acting or self._roads > 0

    @property
    def _actions(self) -> dict[str, str]:
        """The keys that the widget itself answers to."""
        if self._known_actions is None:
            self._known_actions = {
                key: active.binding.action
                for key, active in self._widget.screen.active_bindings.items()
                if active.node is self._widget
            }
        return self._known_actions

    def _forget_actions(self, _screen: object) -> None:
        self._known_actions = None

    async def _act(self, event: Key) -> bool:
        action = self._actions.get(event.key)
        if action is None:
            character = typed(event)
            return character is not None and self._on_character(character)
        self._acting = True
        try:
            return await self._widget.app.run_action(action, self._widget)
        finally:
            self._acting = False

    async def _drain(self) -> None:
        while self._waiting and not self._is_busy:
            focused = self._widget.app.focused
            if focused is not self._widget:
                self._pass_on(focused)
                return
            event = self._waiting.popleft()
            if not await self._act(event):
                self._resend(event)

    def _pass_on(self, focused: Widget | None) -> None:
        events = list(self._waiting)
        self._waiting.clear()
        keys = getattr(focused, "keys", None)
        if isinstance(keys, KeyOrder):
            keys.give(events)
        else:
            for event in events:
                self._widget.app.post_message(event.copy())

    def _resend(self, event: Key) -> None:
        """Send a key that is not the widget's on its usual way, with the others behind it."""
        self._resent = event.copy()
        self._widget.app.post_message(self._resent)
        self._send_road([self._widget.app, self._widget, *self._widget.ancestors])

    def _send_road(self, pumps: list[MessagePump]) -> None:
        """Pass through these queues, one behind the other, so as to come after what is in them."""
        self._roads += 1
        self._follow(pumps)

    def _follow(self, pumps: list[MessagePump]) -> None:
        if pumps:
            pumps[0].call_later(self._follow, pumps[1:])
        else:
            self._roads -= 1
            self._widget.call_later(self._drain)
