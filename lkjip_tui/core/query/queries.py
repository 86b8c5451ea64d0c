"""The queries that are the workbench: found in folders, described by headers, known by name.

A folder has one sub-folder a kind; a later folder replaces an earlier one's query by kind and
name. A file that cannot be read is told, with its line and the reason, and left out.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Final

from lkjip_tui import language
from lkjip_tui.core.errors import QueryError, UsageError
from lkjip_tui.core.query import grammar
from lkjip_tui.core.query.header import Header, parse
from lkjip_tui.language import _


class Kind(StrEnum):
    """What a query is for; the value is the schema of its view."""

    BASIS = "basis"
    SHEET = "sheet"
    TABLE = "report"
    CHECK = "quality"

    @property
    def promised(self) -> tuple[str, ...]:
        """The columns that every view of the kind has, and that tell its rows apart."""
        if self is Kind.BASIS:
            return ()
        return "fiscal_year", "finding_key" if self is Kind.CHECK else "row_key"

    @property
    def folder(self) -> str:
        """The name of the folder that holds the queries of the kind."""
        return next(name for name, kind in _FOLDERS.items() if kind is self)


_FOLDERS: Final = {
    "basis": Kind.BASIS,
    "sheets": Kind.SHEET,
    "tables": Kind.TABLE,
    "checks": Kind.CHECK,
}
_MACROS: Final = "macros.sql"
#: Helper views that no file holds: `catalogue` makes them out of all headers.
MADE: Final = frozenset({"cell", "named_column", "printed_cell", "rule"})
VIEW_NAME: Final = re.compile(r"[a-z_][a-z0-9_]*")
"""What a query may be called."""

#: Bytes of the longest query that is read.
_LONGEST: Final = 1 << 20
_NO_CODE: Final = re.compile(r"--[^\n]*|'(?:[^']|'')*'")
_TEXT_OR_MENTION: Final = re.compile(
    r"--[^\n]*|'(?:[^']|'')*'"
    r'|\b(?P<schema>basis|sheet|report|quality)\s*\.\s*"?(?P<name>\w+)"?',
    re.IGNORECASE,
)
_MENTION: Final = re.compile(r'\b(basis|sheet|report|quality)\s*\.\s*"?(\w+)', re.IGNORECASE)


#: Texts of queries whose mentions are remembered: they are asked for again and again.
_TEXTS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Query:
    """One query file, read; `is_own` says that the user wrote it, in a folder beside the file."""

    kind: Kind
    name: str
    file: str
    header: Header
    select: str
    is_own: bool = False

    @property
    def full_name(self) -> str:
        """The view's name with its schema, as users' SQL writes it."""
        return f"{self.kind}.{self.name}"

    @property
    def grain(self) -> tuple[str, ...]:
        """The columns that tell the view's rows apart."""
        return self.header.grain or self.kind.promised

    @property
    def mentions(self) -> set[str]:
        """The full names of the views that the query may rest on."""
        return set(views_named_in(self.select)) - {self.full_name}

    def select_from(self, kept: Mapping[str, str]) -> str:
        """Return the select with other tables, by full name, in the place of views."""

        def instead(match: re.Match[str]) -> str:
            if match["schema"] is None:
                return match[0]
            return kept.get(f"{match['schema']}.{match['name']}".lower(), match[0])

        return _TEXT_OR_MENTION.sub(instead, self.select)

    def title(self) -> str:
        """Return the title: a report table's is Indonesian, others follow the interface."""
        if self.header.title is None:
            return self.name
        spoken = "id" if self.kind is Kind.TABLE else language.current()
        return self.header.title.in_language(spoken)


@dataclass(frozen=True, slots=True)
class Macros:
    """A file of macros, read."""

    file: str
    text: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A query file that is left out, with the reason; `is_own` as with a query."""

    file: str
    error: QueryError
    is_own: bool

    @property
    def name(self) -> str:
        """The file's name with its folder, as "sheets/mine.sql"."""
        path = Path(self.file)
        return path.name if path.name == _MACROS else f"{path.parent.name}/{path.name}"

    @property
    def kind(self) -> Kind | None:
        """What it would be, None for macros."""
        return _FOLDERS.get(Path(self.file).parent.name)


@dataclass(slots=True)
class Registry:
    """All queries of a workbench, by full name, with what is wrong with those that are left out.

    `replaced` are those that a later folder's stand in for; `faults` tell of every file that is
    `refused`, and of what else is wrong.
    """

    queries: Mapping[str, Query]
    macros: Sequence[Macros]
    fingerprint: str
    faults: list[QueryError] = field(default_factory=list)
    replaced: Mapping[str, Query] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)

    def refuse(self, file: str, error: QueryError, *, is_own: bool) -> None:
        """Tell what is wrong with a file that is left out."""
        self.faults.append(error)
        self.refused.append(Refused(file, error, is_own))

    def leave_out(self, query: Query) -> None:
        """Do without a query; the one that it replaced stands in again."""
        name = query.full_name
        kept = {known: other for known, other in self.queries.items() if known != name}
        if (former := self.replaced.get(name)) is not None and former != query:
            kept[name] = former
        self.queries = _sorted(kept)

    def put(self, query: Query) -> None:
        """Let a query stand in the place of the one with its name."""
        self.queries = {**self.queries, query.full_name: query}

    def of_kind(self, kind: Kind) -> list[Query]:
        """Return the queries of a kind, in the order of their places."""
        return [query for query in self.queries.values() if query.kind is kind]

    def find(self, name: str) -> Query:
        """Return the query called `name`, with or without its schema.

        Raises UsageError when there is none, or when a bare name fits several.
        """
        wanted = name.lower()
        if wanted in self.queries:
            return self.queries[wanted]
        shown = (q for q in self.queries.values() if q.kind is not Kind.BASIS)
        fitting = [query for query in shown if query.name == wanted]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            names = " · ".join(query.full_name for query in fitting)
            raise UsageError(
                _("{name} names several things.").format(name=name),
                _("Say which: {names}").format(names=names),
            )
        raise UsageError(
            _("There is no sheet, table or check called {name}.").format(name=name),
            _("lkjip list FILE shows the names."),
        )


def by_dependency(queries: Mapping[str, Query], names: Iterable[str]) -> list[Query]:
    """Return the named queries and all they rest on, each after those; a cycle ends anywhere."""
    ordered: dict[str, Query] = {}
    begun: set[str] = set()

    def place(name: str) -> None:
        if name in begun or name not in queries:
            return
        begun.add(name)
        for mentioned in sorted(queries[name].mentions):
            place(mentioned)
        ordered[name] = queries[name]

    for name in names:
        place(name)
    return list(ordered.values())


@lru_cache(_TEXTS)
def views_named_in(sql: str) -> frozenset[str]:
    """Return the full names of the views that SQL may read."""
    found = _MENTION.findall(bare_code(sql))
    return frozenset(f"{schema}.{name}".lower() for schema, name in found)


def read_by(sql: str, registry: Registry) -> list[Query]:
    """Return the queries that a statement reads from."""
    named = views_named_in(sql)
    return [query for name, query in registry.queries.items() if name in named]


def bare_code(sql: str) -> str:
    """Return SQL without its remarks and its texts, in which names mean nothing."""
    return _NO_CODE.sub("", sql)


def load(folders: Iterable[Path]) -> Registry:
    """Read every query in the folders; a later folder's query replaces an earlier one's."""
    found: dict[str, Query] = {}
    replaced: dict[str, Query] = {}
    macros: list[Macros] = []
    refused: list[Refused] = []
    seal = hashlib.sha256()

    def text_of(path: Path, folder: Path) -> str:
        try:
            text = _read_within(folder, path)
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{path.name}: {error}") from error
        seal.update(f"\0{path.parent.name}/{path.name}\0{text}".encode(errors="surrogateescape"))
        return text

    for number, folder in enumerate(dict.fromkeys(folder.resolve() for folder in folders)):
        is_own = number > 0
        for path in sorted(folder.glob(_MACROS)):
            try:
                macros.append(Macros(str(path), text_of(path, folder), is_own))
            except QueryError as error:
                refused.append(Refused(str(path), error, is_own))
        files = [
            (kind, path)
            for name, kind in _FOLDERS.items()
            for path in sorted((folder / name).glob("*.sql"))
        ]
        for kind, path in files:
            try:
                query = _read(kind, path, text_of(path, folder), is_own=is_own)
            except QueryError as error:
                refused.append(Refused(str(path), error, is_own))
            else:
                if query.full_name in found:
                    replaced[query.full_name] = found[query.full_name]
                found[query.full_name] = query
    faults = [each.error for each in refused]
    return Registry(_sorted(found), macros, seal.hexdigest(), faults, replaced, refused)


def _read_within(folder: Path, path: Path) -> str:
    """Return the text of a query file; raises QueryError, OSError or UnicodeDecodeError.

    A folder that was sent may hold links to other files, and pipes that let who reads them wait.
    """
    status = path.stat()  # of links that go round in a circle this tells
    if (
        not path.resolve().is_relative_to(folder)
        or not S_ISREG(status.st_mode)
        or status.st_size > _LONGEST
    ):
        raise QueryError(
            _("{file}: this is no file of the folder {folder}, or too long").format(
                file=path.name, folder=folder
            ),
            _("A query is a file itself, no link to one elsewhere, of 1 MiB at most."),
        )
    return path.read_text("utf-8")


def _read(kind: Kind, path: Path, text: str, *, is_own: bool) -> Query:
    name = path.stem.lower()
    if kind is Kind.BASIS and name in MADE:
        raise QueryError(
            _("{file}: the view {view} is made by the program").format(
                file=path.name, view=f"{kind}.{name}"
            ),
            _("Give yours another name."),
        )
    if not VIEW_NAME.fullmatch(name):
        raise QueryError(
            _("{file}: this is no name for a view").format(file=path.name),
            _("Use small letters, digits and _, and begin with a letter."),
        )
    header, select = parse(text, path.name)
    if kind is Kind.CHECK and header.severity is None:
        raise QueryError(
            _("{file}: a check says how grave its findings are").format(file=path.name),
            grammar.written("check"),
        )
    return Query(kind, name, str(path), header, select, is_own)


def _sorted(found: Mapping[str, Query]) -> dict[str, Query]:
    """Return the queries by kind and by the place that their headers give them."""
    kinds = list(Kind)

    def place(query: Query) -> tuple[object, ...]:
        place = query.header.place
        return kinds.index(query.kind), place is None, place or 0, query.name

    return {query.full_name: query for query in sorted(found.values(), key=place)}
