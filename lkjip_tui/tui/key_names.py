"""Keys as people write them, and as the terminal library names them in its events.

Two keys that are pressed one after the other are one key here, with a space between.
"""

from difflib import get_close_matches
from typing import Final

from textual.keys import _character_to_key, format_key

from lkjip_tui.grid.keys import one_name
from lkjip_tui.language import _, mark

_MODIFIERS: Final = {"alt", "ctrl", "shift"}
_SHOWN: Final = {
    "pageup": "PgUp", "pagedown": "PgDn", "escape": "Esc", "delete": "Del", "insert": "Ins",
    "up": "↑", "down": "↓", "left": "←", "right": "→",
}  # fmt: skip
_READ: Final = {shown.lower(): name for name, shown in _SHOWN.items()}
_NAMES: Final = {
    *_SHOWN, "enter", "tab", "space", "backspace", "home", "end",
    *(f"f{number}" for number in range(1, 25)),
}  # fmt: skip
_NEVER: Final = {
    "ctrl+h": mark("terminals send the same for Backspace"),
    "ctrl+i": mark("terminals send the same for Tab"),
    "ctrl+m": mark("terminals send the same for Enter"),
    "ctrl+left_square_bracket": mark("terminals send the same for Esc"),
    "alt+b": mark("some terminals send the same for Alt+←"),
    "alt+f": mark("some terminals send the same for Alt+→"),
    "alt+enter": mark("many terminals keep it for themselves"),
    "shift+f3": mark("some terminals send the same to tell where the cursor is"),
}
_PAIR: Final = 2


def named(text: str) -> str | None:
    """Return the name of a key that somebody has written, None when there is no such key."""
    names = [_named_one(part) for part in text.split()]
    if not names or len(names) > _PAIR or "" in names:
        return None
    return " ".join(names)


def near(text: str) -> list[str]:
    """Return keys, as people write them, that look like what somebody has written."""
    *modifiers, name = text.lower().split("+")
    found = get_close_matches(name, [*_NAMES, *_READ])
    names = dict.fromkeys(_READ.get(each, each) for each in found)
    return [written("+".join([*modifiers, each])) for each in names]


def written(key: str) -> str:
    """Return a key as people write it: "ctrl+delete" is "Ctrl+Del"."""
    return " ".join(_written_one(part) for part in key.split())


def types(key: str) -> bool:
    """Say whether a key, or the first of two, types a character where text is typed."""
    first = key.split(maxsplit=1)[0]
    return first == "space" or _character(first) != ""


def why_never(key: str) -> str:
    """Return why a key must not be bound, empty when it may be."""
    for part in key.split():
        *modifiers, name = part.split("+")
        character = _character(name)
        if part in _NEVER:
            return _(_NEVER[part])
        if "alt" in modifiers and character and not character.isalpha():
            return _("some keyboards type a character with it")
    return ""


def _named_one(text: str) -> str:
    """Return one key's name, empty when there is no such key."""
    held, _plus, last = text.rpartition("+")
    if not last:
        held, last = held.removesuffix("+"), "+"
    modifiers = set(held.lower().split("+")) if held else set()
    if not modifiers <= _MODIFIERS:
        return ""
    if len(last) == 1 and last.isalpha():
        name = last.lower() if modifiers or last.islower() else last
    elif len(last) == 1 and last not in _READ:
        name = _character_to_key(last)
    else:
        name = _READ.get(last.lower(), last.lower())
        if name not in _NAMES and not _character(name):
            return ""
    if modifiers == {"shift"} and _character(name):
        return name.upper() if name.isalpha() and len(name) == 1 else ""
    return one_name("+".join([*sorted(modifiers), name]))


def _written_one(key: str) -> str:
    *modifiers, name = key.split("+")
    if name in _SHOWN:
        shown = _SHOWN[name]
    elif character := _character(name):
        shown = character.upper() if modifiers else character
    else:
        shown = name.capitalize()
    return "+".join([*(each.capitalize() for each in modifiers), shown])


def _character(name: str) -> str:
    """Return the character that a key's name stands for, empty when there is none."""
    shown = "" if name in _NAMES else format_key(name)
    return shown if len(shown) == 1 and (shown.isalnum() or shown.isascii()) else ""
