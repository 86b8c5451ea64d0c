"""Which relations a place in a statement can name, read off its words: also of half a statement.

The levels of a statement are its brackets: what stands in FROM and JOIN beside a place is near to
it, what stands around its bracket is further away.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lkjip_tui.core.sql.sql_names import Column, Names
from lkjip_tui.core.storage.sql_text import Token, tokens


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


#: Words behind which a relation is named; `using` of a join stands before a bracket instead.
BEFORE_RELATION: Final = words(
    "from join into update using table describe desc summarize pivot unpivot"
)
#: Those that do so only where a query begins.
_FIRST: Final = words("table describe desc summarize pivot unpivot")
#: Words that end a list of relations, or cannot be the alias of one.
_AFTER_RELATION: Final = words(
    "select where group having order limit offset qualify window union intersect except on set"
    " values returning when then else end as asof positional inner left right full outer cross"
    " natural join semi anti tablesample using sample with and or not is in between like at"
    " ordinality by for default from"
)
_SETS: Final = words("union intersect except")
_ENDS_LIST: Final = words(
    "from where group having order limit offset qualify window union intersect except using"
)
_BEGINS_QUERY: Final = words("select with from values") | _FIRST


@dataclass(slots=True)
class Group:
    """What stands in a pair of brackets, or in none: tokens and further groups."""

    items: list["Item"] = field(default_factory=list)
    start: int = 0
    end: int = 1 << 60

    def holds(self, offset: int) -> bool:
        """Whether an offset lies between the brackets."""
        return self.start <= offset <= self.end


Item: TypeAlias = Token | Group


@dataclass(frozen=True, slots=True)
class Source:
    """A relation as a statement names it, with its columns; `path` is that of one of the file."""

    alias: str
    columns: tuple[Column, ...]
    path: tuple[str, ...] = ()


Known: TypeAlias = Mapping[str, tuple[Column, ...]]
"""The columns of the queries that WITH names, by small letters."""


def grouped(found: Sequence[Token]) -> Group:
    """Return tokens in their brackets; what closes none, and comments, are passed over."""
    root = Group()
    stack = [root]
    for token in found:
        if token.kind == "sign" and token.text == "(":
            inner = Group(start=token.end)
            stack[-1].items.append(inner)
            stack.append(inner)
        elif token.kind == "sign" and token.text == ")":
            if len(stack) > 1:
                stack.pop().end = token.start
        elif token.kind != "comment":
            stack[-1].items.append(token)
    return root


def path_to(root: Group, offset: int) -> list[Group]:
    """Return the groups around an offset, the outermost first."""
    path = [root]
    while True:
        inner = next((i for i in path[-1].items if isinstance(i, Group) and i.holds(offset)), None)
        if inner is None:
            return path
        path.append(inner)


def levels(path: Sequence[Group], offset: int, names: Names) -> list[list[Source]]:
    """Return the relations that an offset may name, the nearest level first."""
    known: Known = {}
    found: list[list[Source]] = []
    for group in path:
        known = {**known, **_with(group.items, names, known, before=offset)}
        found.append(sources(segment(group.items, offset), names, known))
    return found[::-1]


def beside(sql: str, offset: int, names: Names) -> list[Source]:
    """Return the relations that a place of a statement may name, of its own level."""
    return levels(path_to(grouped(tokens(sql)), offset), offset, names)[0]


def nested(sql: str, offset: int, names: Names) -> list[Source]:
    """Return the relations of the brackets around a place, which it names before those outside."""
    inner = levels(path_to(grouped(tokens(sql)), offset), offset, names)[:-1]
    return [source for level in inner for source in level]


def with_names(path: Sequence[Group], offset: int, names: Names) -> Known:
    """Return the queries that WITH has named before an offset, with their columns."""
    known: Known = {}
    for group in path:
        known = {**known, **_with(group.items, names, known, before=offset)}
    return known


def segment(items: Sequence[Item], offset: int) -> list[Item]:
    """Return the query of a union in which an offset lies."""
    part: list[Item] = []
    for item in items:
        if isinstance(item, Token) and item.word in _SETS:
            if item.start >= offset:
                break
            part = []
        else:
            part.append(item)
    return part


def sources(items: Sequence[Item], names: Names, known: Known) -> list[Source]:
    """Return the relations that are named beside each other in one query."""
    found: list[Source] = []
    reader = _Reader(items, names, known)
    in_list = False
    while reader.item is not None:
        item = reader.item
        word = item.word if isinstance(item, Token) else ""
        if reader.is_before_relation:
            reader.step()
            if word != "using" or not isinstance(reader.item, Group):
                found += reader.relation(is_call=word != "into")
            in_list = word == "from" or (in_list and word == "join")
        elif in_list and isinstance(item, Token) and item.text == ",":
            reader.step()
            found += reader.relation()
        else:
            in_list = in_list and word not in _ENDS_LIST and word != "select"
            reader.step()
    return found


def names_relation(items: Sequence[Item]) -> bool:
    """Say whether a relation is named behind the last of some items."""
    last = items[-1] if items else None
    before = items[-2] if len(items) > 1 else None
    if not isinstance(last, Token) or last.word not in BEFORE_RELATION:
        return False
    if last.word in _FIRST:
        return before is None or (isinstance(before, Group) and last.word != "desc")
    is_distinct_from = isinstance(before, Token) and before.word == "distinct" and len(items) > 2  # noqa: PLR2004
    return not is_distinct_from


class _Reader:
    """Goes through the items of a query."""

    def __init__(self, items: Sequence[Item], names: Names, known: Known) -> None:
        self._items, self._names, self._known = items, names, known
        self._at = 0

    @property
    def item(self) -> Item | None:
        return self._items[self._at] if self._at < len(self._items) else None

    @property
    def is_before_relation(self) -> bool:
        """Whether a relation is named behind what stands here."""
        return names_relation(self._items[: self._at + 1])

    def step(self) -> None:
        self._at += 1

    def sign(self, text: str) -> bool:
        """Pass a sign over, if it stands here."""
        is_here = isinstance(self.item, Token) and self.item.text == text
        self._at += is_here
        return is_here

    def word(self, *words: str) -> bool:
        """Pass a word over, if one of these stands here."""
        is_here = isinstance(self.item, Token) and self.item.word in words
        self._at += is_here
        return is_here

    def name(self) -> str | None:
        """Pass a name over, if one stands here that is no word of the grammar."""
        item = self.item
        if isinstance(item, Token) and item.is_name and item.word not in _AFTER_RELATION:
            self._at += 1
            return item.name
        return None

    def relation(self, *, is_call: bool = True) -> Iterator[Source]:
        """Read one relation with its alias; a bracket may hold several that are joined.

        Behind a name it holds what a function is called with, unless that cannot be.
        """
        self.word("lateral", "only")
        item = self.item
        alias: str | None = None
        columns: tuple[Column, ...] = ()
        own: tuple[str, ...] = ()
        if isinstance(item, Group):
            self.step()
            if _is_query(item):
                columns = columns_of(item.items, self._names, self._known)
            else:
                yield from _joined(item, self._names, self._known)
        elif isinstance(item, Token) and item.kind == "text":
            self.step()
        elif (first := self.name()) is not None:
            if self.sign(":"):
                for source in self.relation():
                    yield Source(first, source.columns, source.path)
                return
            alias, columns, own = self._named(first, is_call=is_call)
        else:
            return
        has_as = self.word("as")
        called = self.name()
        if called is not None:
            alias = called
            if isinstance(self.item, Group):
                own = ()
                renamed = [i.name for i in self.item.items if isinstance(i, Token) and i.is_name]
                columns = (
                    tuple(
                        Column(name, column.type)
                        for name, column in zip(
                            renamed,
                            [*columns, *[Column("")] * len(renamed)],
                            strict=False,
                        )
                    )
                    + columns[len(renamed) :]
                )
                self.step()
        if alias is not None or columns or has_as:
            yield Source(alias or "", columns, own)

    def _named(
        self, first: str, *, is_call: bool
    ) -> tuple[str, tuple[Column, ...], tuple[str, ...]]:
        path = [first]
        while self.sign("."):
            item = self.item
            if not (isinstance(item, Token) and item.is_name):
                return path[-1], (), ()
            path.append(item.name)
            self.step()
        if isinstance(self.item, Group) and is_call:
            self.step()
            return path[-1], (), ()
        if len(path) == 1 and (columns := self._known.get(first.casefold())) is not None:
            return first, columns, ()
        relation = self._names.relation(path)
        return path[-1], *((relation.columns, relation.path) if relation else ((), ()))


def _joined(group: Group, names: Names, known: Known) -> list[Source]:
    before = Token("word", "from", group.start)
    return sources([before, *group.items], names, known)


def _is_query(group: Group) -> bool:
    first = group.items[0] if group.items else None
    if isinstance(first, Group):
        return _is_query(first)
    return first is not None and first.word in _BEGINS_QUERY


def _with(items: Sequence[Item], names: Names, known: Known, *, before: int = 1 << 60) -> Known:
    """Return what WITH names, with their columns, as far as that stands before an offset."""
    reader = _Reader(items, names, known)
    found: dict[str, tuple[Column, ...]] = {}
    if not reader.word("with"):
        return found
    reader.word("recursive")
    while (name := reader.name()) is not None:
        item = reader.item
        renamed: list[str] = []
        if isinstance(item, Group):
            renamed = [each.name for each in item.items if isinstance(each, Token) and each.is_name]
            reader.step()
        if reader.word("using"):
            reader.word("key")
            reader.step()
        if not reader.word("as"):
            break
        reader.word("not")
        reader.word("materialized")
        item = reader.item
        if not isinstance(item, Group):
            break
        # A recursive query may name itself, by the columns of its first part.
        if item.end < before or renamed:
            columns = columns_of(item.items, names, {**known, **found})
            given = [Column(name) for name in renamed]
            found[name.casefold()] = (*given, *columns[len(given) :])
        elif item.holds(before):
            found[name.casefold()] = columns_of(
                segment(item.items, item.start), names, {**known, **found}
            )
        reader.step()
        if not reader.sign(","):
            break
    return found


def columns_of(items: Sequence[Item], names: Names, known: Known) -> tuple[Column, ...]:
    """Return the columns that a query gives, as far as its words tell them."""
    if len(items) == 1 and isinstance(items[0], Group):
        return columns_of(items[0].items, names, known)
    known = {**known, **_with(items, names, known)}
    first = segment(items, items[0].start if items else 0)
    found = sources(first, names, known)
    said = [item.word if isinstance(item, Token) else "" for item in first]
    start = said.index("select") + 1 if "select" in said else None
    if start is None:
        return tuple(column for source in found for column in source.columns)
    columns: list[Column] = []
    for part in _listed(first[start:]):
        columns += _selected(part, found)
    return tuple(columns)


def _listed(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yield the parts of a select list."""
    part: list[Item] = []
    for item in items:
        word = item.word if isinstance(item, Token) else ""
        if word in _ENDS_LIST:
            break
        if isinstance(item, Token) and item.text == ",":
            yield part
            part = []
        elif word not in {"distinct", "all"} or part:
            part.append(item)
    yield part


def _selected(part: Sequence[Item], found: Sequence[Source]) -> Iterator[Column]:
    """Yield the columns that one part of a select list gives."""
    tokens = [item for item in part if isinstance(item, Token)]
    if not tokens:
        return
    star = next((i for i, token in enumerate(tokens[:3]) if token.text == "*"), None)
    if star is not None and (star == 0 or tokens[star - 1].text == "."):
        left_out = (
            {
                item.name.casefold()
                for each in part
                for item in (each.items if isinstance(each, Group) else ())
                if isinstance(item, Token) and item.is_name
            }
            if any(token.word == "exclude" for token in tokens)
            else set()
        )
        of = tokens[star - 2].name.casefold() if star else None
        for source in found:
            if of is None or source.alias.casefold() == of:
                yield from (c for c in source.columns if c.name.casefold() not in left_out)
        return
    if len(tokens) > 1 and tokens[0].is_name and tokens[1].text == ":":
        yield Column(tokens[0].name)
        return
    last = part[-1]
    if not (isinstance(last, Token) and last.is_name) or last.word in {"end", "null"}:
        return
    plain = len(part) == 1 or (len(part) == 3 and tokens[1:2] and tokens[1].text == ".")  # noqa: PLR2004
    kind = next(
        (c.type for s in found for c in s.columns if plain and c.name.casefold() == last.word), ""
    )
    yield Column(last.name, kind)
