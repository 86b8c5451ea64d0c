"""Keys of one's own: the commands with the keys that a file and its profile give them.

The file is the user's: what in it does not hold is told, all else of it acts, and nothing of it
keeps the program from starting.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Self

from lkjip_tui.core.errors import UsageError, system_reason
from lkjip_tui.grid import acts_everywhere
from lkjip_tui.language import _
from lkjip_tui.tui.commands import BY_ID, COMMANDS, Command
from lkjip_tui.tui.key_names import named, near, types, why_never, written

_PROFILES: Final[Mapping[str, Mapping[str, str]]] = {
    "default": {},
    "vim": {
        "grid.cursor_left": "h", "grid.cursor_down": "j", "grid.cursor_up": "k",
        "grid.cursor_right": "l", "grid.edge_up": "g g", "grid.edge_down": "G",
        "grid.row_start": "0", "grid.row_end": "$",
        "grid.half_page_down": "ctrl+d", "grid.half_page_up": "ctrl+u",
        "grid.next_cell": "w", "grid.previous_cell": "b",
        "edit_start": "i", "edit": "a", "edit_empty": "c", "clear": "x",
        "insert_row": "o", "delete_row": "d d", "undo": "u", "redo": "ctrl+r",
        "copy": "y", "paste": "p", "select": "v",
        "find": "/", "find_next": "n", "find_previous": "N", "palette": ":",
    },
}  # fmt: skip

_PANES: Final = frozenset({"grid", "findings", "history", "sql"})
_TYPING: Final = frozenset({"cell", "list"})


@dataclass(frozen=True, slots=True)
class KeySettings:
    """The commands with their keys as they are bound, and what the file asks in vain."""

    file: Path
    commands: Sequence[Command] = COMMANDS
    profile: str = "default"
    faults: Sequence[str] = ()

    @property
    def letters_act(self) -> bool:
        """Whether printable keys are commands in the grid, and begin no text there."""
        return self.profile == "vim"

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read a file; one that is not there changes no key."""
        try:
            return cls.parse(file.read_text("utf-8"), file)
        except FileNotFoundError:
            return cls(file)
        except (OSError, UnicodeDecodeError) as error:
            return cls(file, faults=(f"{file.name}: {error}",))

    @classmethod
    def parse(cls, text: str, file: Path) -> Self:
        """Read the text of a file."""
        import tomllib  # noqa: PLC0415 - few have such a file

        try:
            settings = tomllib.loads(text)
        except (ValueError, RecursionError) as error:  # also a number, or lists, without end
            return cls(file, faults=(f"{file.name}: {error}",))
        reading = _Reading(text, file.name)
        wishes = reading.wishes(settings)
        bound = _Bound(reading.profile)
        for entry, key, holder in bound.rebind(wishes):
            told = _("{key} stays with “{command}” ({id}), which has it in the same place.")
            reading.tell(
                entry, told.format(key=written(key), command=_(holder.label), id=holder.id)
            )
        return cls(file, bound.commands(wishes), reading.profile, reading.faults)

    def make_file(self) -> bool:
        """Write a file in which every line is a comment; False when there is one, which stays."""
        head = (
            _("Your keys. Take the # from a line and change its key; it holds after a restart."),
            _("Several keys stand in a list, and an empty one is no key:"),
            'fold = ["alt+o", "f4"]    export = []',
            _("The profile “vim” moves by h j k l and edits by i; letters begin no text then:"),
            'profile = "vim"',
        )
        text = "".join(f"# {line}\n" for line in head)
        lines = (f"# {_entry(command)}  # {_(command.label)}\n" for command in COMMANDS)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("x", encoding="utf-8") as made:
                made.write(f"{text}\n[keys]\n{''.join(lines)}")
        except FileExistsError:
            return False
        except OSError as error:
            raise UsageError(
                _("{file} cannot be written: {reason}").format(
                    file=self.file, reason=system_reason(error)
                )
            ) from error
        return True


def _entry(command: Command) -> str:
    """Return the line of the file that gives a command the keys it comes with."""
    name = f'"{command.id}"' if "." in command.id else command.id
    keys = ", ".join(f'"{key}"' for key in command.keys)
    return f"{name} = {keys}" if len(command.keys) == 1 else f"{name} = [{keys}]"


class _Reading:
    """What a file asks, and what in it can be no wish."""

    def __init__(self, text: str, name: str) -> None:
        self._text, self._name = text, name
        self.profile = "default"
        self.faults: list[str] = []

    def tell(self, entry: str, fault: str) -> None:
        """Note what is wrong with an entry."""
        wanted = re.compile(rf"""\s*["']?{re.escape(entry)}["']?\s*=""")
        lines = enumerate(self._text.splitlines(), 1)
        line = next((f":{number}" for number, line in lines if wanted.match(line)), "")
        self.faults.append(f"{self._name}{line}, {entry}: {fault}")

    def wishes(self, settings: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        """Return the keys that are wanted for commands, in the file's order."""
        keys = settings.pop("keys", {})
        if not isinstance(keys, dict):
            self.tell("keys", _("this is a table: [keys], and its entries beneath it."))
            keys = {}
        self._read_profile(settings.pop("profile", keys.pop("profile", "default")))
        for entry in settings:
            self.tell(entry, _("there is no such setting; a key stands beneath [keys]."))
        found = {entry: self._keys(entry, value) for entry, value in _flat(keys)}
        return {entry: wanted for entry, wanted in found.items() if wanted is not None}

    def _read_profile(self, profile: object) -> None:
        if isinstance(profile, str) and profile in _PROFILES:
            self.profile = profile
        else:
            told = _("there is no such profile; there are {names}.")
            self.tell("profile", told.format(names=", ".join(_PROFILES)))

    def _keys(self, entry: str, value: object) -> tuple[str, ...] | None:
        """Return the keys of an entry, none when it wants none, None when it is no wish."""
        if entry not in BY_ID:
            told = _("there is no such command.")
            self.tell(entry, _with_near(told, get_close_matches(entry, BY_ID)))
            return None
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            self.tell(entry, _('this is a key as "ctrl+z", or a list of keys.'))
            return None
        texts = [text for text in texts if text]
        keys = [key for text in texts if (key := self._key(BY_ID[entry], text))]
        return tuple(dict.fromkeys(keys)) if keys or not texts else None

    def _key(self, command: Command, text: str) -> str | None:
        """Return a key's name, or None and say why the command cannot have it."""
        key = named(text)
        if key is None:
            told = _("there is no key “{key}”.").format(key=text)
            self.tell(command.id, _with_near(told, near(text)))
        elif why := why_never(key):
            told = _("{key} cannot be bound: {why}.").format(key=written(key), why=why)
            self.tell(command.id, told)
        elif types(key) and self._is_typed(command):
            told = _("{key} types a character here.").format(key=written(key))
            self.tell(command.id, told)
        else:
            return key
        return None

    def _is_typed(self, command: Command) -> bool:
        """Whether a printable key would be typed where a command acts."""
        if command.scope in ("sql", "cell", "list"):
            return True
        return self.profile != "vim" and command.scope not in ("findings", "history")


class _Bound:
    """Which command has which keys: none of them means two things in one place."""

    def __init__(self, profile: str) -> None:
        self._profile = profile
        self._keys: dict[str, list[str]] = {command.id: [] for command in COMMANDS}
        for command_id, key in _PROFILES[profile].items():
            if command := BY_ID.get(command_id):
                self._give(command, named(key) or key)
        for command in COMMANDS:
            for key in command.keys:
                self._give(command, key)

    def rebind(self, wishes: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, Command]]:
        """Give commands the keys that are wanted; yield what another one keeps.

        A command that gets none of its new keys keeps its old ones, as far as they are free.
        """
        old = {command_id: self._keys[command_id] for command_id in wishes}
        self._keys |= {command_id: [] for command_id in wishes}
        for command_id, wanted in wishes.items():
            command = BY_ID[command_id]
            for key in wanted:
                if holder := self._give(command, key):
                    yield command_id, key, holder
            if wanted and not self._keys[command_id]:
                for key in old[command_id]:
                    self._give(command, key)

    def commands(self, wishes: Mapping[str, Sequence[str]]) -> tuple[Command, ...]:
        """Return all commands with their keys, and where those came from."""
        return tuple(
            command
            if (keys := tuple(self._keys[command.id])) == command.keys
            else replace(
                command, keys=keys, origin="user" if command.id in wishes else self._profile
            )
            for command in COMMANDS
        )

    def _give(self, command: Command, key: str) -> Command | None:
        """Give a command a key; return the command that has it already, if one has."""
        for other in COMMANDS:
            if other is command:
                continue
            for held in self._keys[other.id]:
                if _begin_alike(held, key) and _places(other, held) & _places(command, key):
                    return other
        self._keys[command.id].append(key)
        return None


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the entries of a table by their full names: TOML makes a table of a name with dots."""
    within = [("", iter(table.items()))]  # no call a level: a name may have any number of dots
    while within:
        outer, entries = within[-1]
        for name, value in entries:
            if isinstance(value, dict):
                within.append((f"{outer}{name}.", iter(value.items())))
                break
            yield f"{outer}{name}", value
        else:
            within.pop()


def _places(command: Command, key: str) -> frozenset[str]:
    """Return where a key of a command acts: in which panes, and in what is open over a cell."""
    if command.scope in ("findings", "history", "sql", "cell", "list"):
        return frozenset({command.scope})
    panes = frozenset({"grid"}) if command.scope == "grid" else _PANES
    # The editors stand beside the rows and not within them.
    is_around = command.scope != "rows" and acts_everywhere(key)
    return panes | _TYPING if is_around else panes


def _begin_alike(one: str, other: str) -> bool:
    """Whether two keys are the same, or one of them would never be waited for to its end."""
    keys = one.split(), other.split()
    shorter = min(map(len, keys))
    return keys[0][:shorter] == keys[1][:shorter]


def _with_near(told: str, names: Sequence[str]) -> str:
    if not names:
        return told
    return " ".join((told, _("Near it: {names}.").format(names=", ".join(names))))
