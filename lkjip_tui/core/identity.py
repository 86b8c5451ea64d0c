"""Which things of the file the lines of a source mean: by id, by code, by name, never by place."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lkjip_tui.core.outline import Line
from lkjip_tui.core.recognition import name_key
from lkjip_tui.language import _


class How(StrEnum):
    """By what a line tells which row it means."""

    KEY = "key"
    CODE = "code"
    NAME = "name"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class KnownThing:
    """A thing of the file: its id, that of what it stands under, its code and name."""

    id: int
    parent: int | None
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a line means: a thing's row, how it tells, or why none can be told."""

    row_key: str = ""
    how: How = How.NAME
    refused: str = ""


@dataclass(frozen=True, slots=True)
class NewThing:
    """A thing that a source has and the file has not."""

    table: str
    id: int
    parent: int | None


@dataclass(slots=True)
class _Level:
    """The things of one table, old and new, by what they may be told by."""

    ids: set[int] = field(default_factory=set)
    codes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    names: dict[tuple[int | None, str], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    anywhere: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, thing: KnownThing) -> None:
        self.ids.add(thing.id)
        if thing.code:
            self.codes[thing.code.rstrip(".")].append(thing.id)
        self.names[thing.parent, name_key(thing.name)].append(thing.id)
        self.anywhere[name_key(thing.name)].append(thing.id)

    def called(self, name: str, parent: int | None, *, anywhere: bool) -> list[int]:
        """Return the things of a name under a parent, or under any."""
        key = name_key(name)
        if not key:
            return []
        return self.anywhere.get(key, []) if anywhere else self.names.get((parent, key), [])


class Identities:
    """Tells the things of a tree; `tables` are its levels from the top down."""

    def __init__(
        self,
        tables: Sequence[str],
        things: Mapping[str, Sequence[KnownThing]],
        new_id: Callable[[], int],
    ) -> None:
        self._tables = tables
        self._new_id = new_id
        self._levels = {table: _Level() for table in tables}
        for table in tables:
            for thing in things[table]:
                self._levels[table].add(thing)
        self.made: list[NewThing] = []

    def meanings(self, lines: Sequence[Line]) -> Sequence[Meaning]:
        """Return what each line means; what it stands under comes before it.

        Things that are not there yet are among `made` then, once each.
        """
        found: list[Meaning] = []
        for line in lines:
            found.append(self._meaning(line, found))
        return found

    def _meaning(self, line: Line, above: Sequence[Meaning]) -> Meaning:
        if not line.table:
            return Meaning(
                refused=_("It is not clear what this line is: no code or level says so.")
            )
        level = self._levels[line.table]
        if own := _id_of(line.texts.get("row_key", ""), line.table, level.ids):
            return Meaning(_row_key(line.table, own), How.KEY)
        parent, refused = self._parent(line, above)
        return Meaning(refused=refused) if refused else self._called(line, level, parent)

    def _called(self, line: Line, level: _Level, parent: int | None) -> Meaning:
        """Return what a line means by its code and its name."""
        coded = level.codes.get(line.code, []) if line.code else []
        named = level.called(line.name, parent, anywhere=self._is_open(line))
        if len(coded) > 1:  # a code that is given twice: its name may tell
            coded = [each for each in coded if each in named] or coded
        fitting = coded or named
        if len(fitting) > 1:
            return Meaning(refused=_("More than one row here fits."))
        if not fitting:
            return self._new(line, level, parent)
        if coded and named and coded[0] not in named:
            return Meaning(refused=_("Its code means another thing than its name."))
        return Meaning(_row_key(line.table, fitting[0]), How.CODE if coded else How.NAME)

    def _is_open(self, line: Line) -> bool:
        """Whether a thing stands under another, and its line does not say under which."""
        return line.parent is None and line.table != self._tables[0]

    def _new(self, line: Line, level: _Level, parent: int | None) -> Meaning:
        if self._is_open(line):
            return Meaning(refused=_("It is not clear under what this stands."))
        if not line.name.strip():
            return Meaning(refused=_("It has no name."))
        new = NewThing(line.table, self._new_id(), parent)
        self.made.append(new)
        level.add(KnownThing(new.id, parent, line.code, line.name))
        return Meaning(_row_key(line.table, new.id), How.NEW)

    def _parent(self, line: Line, above: Sequence[Meaning]) -> tuple[int | None, str]:
        """Return the id of what a line stands under, and why none can be told."""
        if line.parent is None:
            return None, ""
        parent = above[line.parent]
        if parent.refused:
            return None, _("What this stands under is refused.")
        return int(parent.row_key.partition("/")[2]), ""


def _row_key(table: str, own: int) -> str:
    return f"{table}/{own}"


def _id_of(row_key: str, table: str, ids: set[int]) -> int | None:
    """Return the id in a row key of a table, None when the file has no such thing."""
    named, _slash, number = row_key.strip().partition("/")
    if named != table or not number.isdecimal():
        return None
    return int(number) if int(number) in ids else None
