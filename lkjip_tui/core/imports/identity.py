"""Which things of the file the lines of a source mean: by id, by code, by name, never by place."""

from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from lkjip_tui.core.imports import nomenclature
from lkjip_tui.core.imports.outline import Line
from lkjip_tui.core.imports.recognition import name_key
from lkjip_tui.language import _

#: Codes of the nomenclature that have so many parts are given once in all the country.
_WHOLE: Final = 5


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

    parents: dict[int, int | None] = field(default_factory=dict)
    codes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    names: dict[tuple[int | None, str], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    anywhere: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, thing: KnownThing) -> None:
        self.parents[thing.id] = thing.parent
        if thing.code:
            self.codes[thing.code.rstrip(".")].append(thing.id)
        self.names[thing.parent, name_key(thing.name)].append(thing.id)
        self.anywhere[name_key(thing.name)].append(thing.id)

    def coded(self, code: str, parent: int | None, *, is_whole: bool) -> list[int]:
        """Return the things of a code; one that is not whole counts under a parent alone."""
        found = self.codes.get(code, []) if code else []
        return found if is_whole else [each for each in found if self.parents[each] == parent]

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
        self._new_ids: set[int] = set()

    def meanings(self, lines: Sequence[Line]) -> Sequence[Meaning]:
        """Return what each line means; what it stands under comes before it.

        Things that are not there yet are among `made` then, once each.
        """
        found: list[Meaning] = []
        for line in lines:
            above = lines[line.parent].code if line.parent is not None else ""
            found.append(self._meaning(line, found, above))
        return found

    def _meaning(self, line: Line, above: Sequence[Meaning], code_above: str) -> Meaning:
        if not line.table:
            return Meaning(
                refused=_("It is not clear what this line is: no code or level says so.")
            )
        level = self._levels[line.table]
        if own := _id_of(line.texts.get("row_key", ""), line.table, level.parents):
            return Meaning(_row_key(line.table, own), How.KEY)
        parent, refused = self._parent(line, above)
        if refused:
            return Meaning(refused=refused)
        is_whole = _is_whole(line.code, code_above)
        coded = level.coded(line.code, parent, is_whole=is_whole or self._is_open(line, parent))
        if not is_whole and self._is_open(line, parent) and line.name:
            coded = [each for each in coded if each in level.called(line.name, None, anywhere=True)]
        return self._called(line, parent, coded)

    def _called(self, line: Line, parent: int | None, coded: list[int]) -> Meaning:
        """Return what a line means by the things of its code, and by its name."""
        level = self._levels[line.table]
        named = level.called(line.name, parent, anywhere=self._is_open(line, parent))
        if len(coded) > 1:  # a code that is given twice: its name may tell
            coded = [each for each in coded if each in named] or coded
        fitting = coded or named
        if len(fitting) > 1:
            return Meaning(refused=_("More than one row here fits."))
        if not fitting:
            return self._new(line, level, parent)
        if coded and named and coded[0] not in named:
            return Meaning(refused=_("Its code means another thing than its name."))
        how = How.CODE if coded else How.NAME
        if fitting[0] in self._new_ids:  # the line that made it may be left out as a detail
            how = How.NEW
        return Meaning(_row_key(line.table, fitting[0]), how)

    def _is_open(self, line: Line, parent: int | None) -> bool:
        """Whether a thing stands under another, and nothing says under which."""
        return parent is None and line.table != self._tables[0]

    def _new(self, line: Line, level: _Level, parent: int | None) -> Meaning:
        if self._is_open(line, parent):
            return Meaning(refused=_("It is not clear under what this stands."))
        if not name_key(line.name):
            return Meaning(refused=_("It has no name."))
        new = NewThing(line.table, self._new_id(), parent)
        self.made.append(new)
        self._new_ids.add(new.id)
        level.add(KnownThing(new.id, parent, line.code, line.name))
        return Meaning(_row_key(line.table, new.id), How.NEW)

    def _parent(self, line: Line, above: Sequence[Meaning]) -> tuple[int | None, str]:
        """Return the id of what a line stands under, and why none can be told."""
        if line.parent is None:
            return self._parent_by_code(line), ""
        parent = above[line.parent]
        if parent.refused:
            return None, _("What this stands under is refused.")
        return int(parent.row_key.partition("/")[2]), ""

    def _parent_by_code(self, line: Line) -> int | None:
        """Return what a whole code says that its thing stands under, as 7.01.01.2.01.0003 does."""
        level = self._tables.index(line.table)
        if not level or not _is_whole(line.code, ""):
            return None
        codes = self._levels[self._tables[level - 1]].codes
        found = [own for code in nomenclature.above(line.code) for own in codes.get(code, ())]
        return found[0] if len(found) == 1 else None


def _is_whole(code: str, above: str) -> bool:
    """Say whether a code says under what its thing stands, as 7.01.01.2.01 does; 01 does not."""
    return code.count(".") + 1 >= _WHOLE or bool(above and code.startswith(f"{above}."))


def _row_key(table: str, own: int) -> str:
    return f"{table}/{own}"


def _id_of(row_key: str, table: str, ids: Container[int]) -> int | None:
    """Return the id in a row key of a table, None when the file has no such thing."""
    named, _slash, number = row_key.strip().partition("/")
    if named != table or not number.isdecimal():
        return None
    return int(number) if int(number) in ids else None
