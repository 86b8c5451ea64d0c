"""What may stand at a place of a statement: names of this file, functions, keywords, best first.

It is asked while somebody types, so what it reads does not parse yet as a rule. Pure: the names
were read before (`sql_names`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal, TypeAlias

from lkjip_tui.core.sql.sql_names import Column, Function, Names, Relation
from lkjip_tui.core.sql.sql_place import KEYWORDS, place_of
from lkjip_tui.core.sql.sql_scope import (
    Group,
    Known,
    Source,
    columns_of,
    grouped,
    levels,
    path_to,
    segment,
    with_names,
    words,
)
from lkjip_tui.core.storage.sql_text import Token, tokens, unquoted

SuggestionKind = Literal["column", "relation", "function", "keyword"]
_Place = Literal[
    "relation", "behind relation", "value", "behind value", "query", "type", "by", "new"
]
"""What is wanted: `query` where one begins, `by` behind GROUP, `new` where a name is made up."""

#: Longer texts are not read at every key.
_LONGEST: Final = 100_000
#: As many suggestions as anybody looks through.
_MOST: Final = 200
#: Typed letters from which on also a name is offered that holds them within a word.
_ENOUGH: Final = 2
#: Letters that a word of syntax has at least to be held against keywords.
_LONG_WORD: Final = 3
#: What the database says of a name that it does not know, in its first line.
_UNKNOWN: Final = re.compile(
    r"\b(?:does not exist|not found|does not have a column"
    r"|Referenced column .* was not found)\b"
)

#: What is called most; all else comes behind it.
_COMMON: Final = words(
    "count sum avg min max round any_value list string_agg row_number rank lag lead first last"
    " concat lower upper trim replace substring length contains starts_with year month date_trunc"
    " abs greatest least median arg_max arg_min unnest generate_series strftime"
)
_Ranked: TypeAlias = tuple[int, str, "Suggestion"]
"""The group that it belongs to, what typed letters are held against, the suggestion."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` is put in; `label` and `about` tell what it is."""

    text: str
    label: str
    about: str
    kind: SuggestionKind


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand from `start` to `stop`, where `typed` stands so far."""

    start: int
    stop: int
    typed: str
    suggestions: Sequence[Suggestion]

    @property
    def ghost(self) -> str:
        """What would go on behind what is typed, if the first is meant; empty if none fits so."""
        first = self.suggestions[0].text
        is_within = self.stop != self.start + len(self.typed)
        begins = first.casefold().startswith(self.typed.casefold())
        return "" if is_within or not self.typed or not begins else first[len(self.typed) :]


def complete(names: Names, sql: str, offset: int) -> Completion | None:
    """Return what may stand at an offset; None in texts and comments, and for nothing to say."""
    if len(sql) > _LONGEST:
        return None
    around = _around(tokens(sql), offset)
    here = next((token for token in around if token.start < offset <= token.end), None)
    if here is not None and here.kind == "quoted" and here.is_open:
        # All behind it would be taken for the name.
        blank = " " * (offset - here.start)
        around = _around(tokens(sql[: here.start] + blank + sql[offset:]), offset)
        here = Token("quoted", sql[here.start : offset], here.start)
    if here is not None and here.kind == "sign":
        here = None
    if here is not None and not _is_typed(here, offset):
        return None
    start = offset if here is None else here.start
    typed = sql[start:offset]
    rest = [token for token in around if token is not here]
    before = [token for token in rest if token.end <= start and token.kind != "comment"]
    qualifiers = _qualifiers(before, start)
    if qualifiers is None:
        return None
    path = path_to(grouped(rest), start)
    finder = _Finder(names, path, start, follows=sql[offset:].lstrip()[:1])
    ranked = finder.qualified(qualifiers) if qualifiers else finder.bare(typed)
    found = _best(ranked, typed)
    if not found or [each.text.casefold() for each in found] == [typed.casefold()]:
        return None
    return Completion(start, offset if here is None else max(here.end, offset), typed, found)


def near_names(names: Names, sql: str, place: tuple[int, int], message: str) -> Sequence[str]:
    """Return names like one that the database does not know, unless it has named some."""
    if "Did you mean" in message or "Candidate" in message:
        return ()
    found = [token for token in tokens(sql) if token.kind != "comment"]
    start, stop = place
    if message.startswith("Parser Error"):
        known = names.words
        before = [t.word for t in found if t.start < stop and t.word]
        return _near_keywords(names, [word for word in before[-2:] if word not in known])
    if not _UNKNOWN.search(message.partition("\n")[0]):
        return ()
    marked = [t for t in found if start <= t.start < stop and (t.is_name or t.text == ".")]
    parts = [token.name for token in marked if token.is_name]
    if not parts:
        return ()
    finder = _Finder(names, path_to(grouped(found), start), start)
    if near := _near(parts[-1], finder.qualified(parts[:-1]) if parts[:-1] else ()):
        return near
    wanted = ".".join(parts)
    everything = [(0, ".".join(r.path), finder.relation(r, r.path)) for r in names.relations]
    return _near(wanted, [*everything, *finder.bare(wanted)])


def lacks_comma(names: Names, sql: str, place: tuple[int, int], message: str) -> str:
    """Return the name before which a comma seems to be lacking, where a text does not parse."""
    found = [t for t in tokens(sql) if t.kind != "comment" and t.start < place[1]]
    if found and found[-1].text == ".":
        found.pop()
    if not message.startswith("Parser Error") or len(found) < 2:  # noqa: PLR2004 - two names
        return ""
    before, last = found[-2:]
    is_named = before.is_name and before.name.casefold() in names.words
    is_keyword = last.word in names.keywords.keys() - names.words
    return last.text if is_named and last.is_name and not is_keyword else ""


def _near(wanted: str, ranked: Iterable[_Ranked]) -> Sequence[str]:
    """Return the texts of what is named like what is wanted."""
    texts = {name.casefold(): each.text for _g, name, each in ranked if each.kind != "keyword"}
    texts.pop(wanted.casefold(), None)  # as its own alias
    return [texts[name] for name in get_close_matches(wanted.casefold(), texts, 3)]


def _near_keywords(names: Names, before: Sequence[str]) -> Sequence[str]:
    """Return keywords like the last two words, of which the one or the other may be the slip."""
    wrong = [w for w in before[-2:] if len(w) >= _LONG_WORD and w not in names.keywords]
    known = {word for keywords in KEYWORDS.values() for each in keywords for word in each.split()}
    return [near for word in wrong for near in get_close_matches(word, sorted(known), 2)]


def _around(found: Sequence[Token], offset: int) -> list[Token]:
    """Return the tokens of the statement around an offset."""
    ends = [token for token in found if token.text == ";" and token.kind == "sign"]
    start = max((token.end for token in ends if token.end <= offset), default=0)
    stop = min((token.start for token in ends if token.start >= offset), default=1 << 60)
    return [token for token in found if start <= token.start < stop]


def _is_typed(token: Token, offset: int) -> bool:
    """Whether a token is a name that is being typed."""
    return token.kind == "word" or (
        token.kind == "quoted" and (token.is_open or offset < token.end)
    )


def _qualifiers(before: Sequence[Token], start: int) -> list[str] | None:
    """Return the names with dots before a place; None where a dot stands behind something else."""
    parts: list[str] = []
    at = len(before)
    while at and before[at - 1].text == "." and before[at - 1].end == start:
        name = before[at - 2] if at > 1 else None
        if name is None or not name.is_name or name.end != before[at - 1].start:
            return None
        parts.insert(0, name.name)
        start, at = name.start, at - 2
    return parts


def _best(ranked: Iterable[_Ranked], typed: str) -> list[Suggestion]:
    wanted = (unquoted(typed) if typed.startswith('"') else typed).casefold()
    scored: list[tuple[int, int, int, Suggestion]] = []
    seen: set[str] = set()
    for number, (group, name, suggestion) in enumerate(ranked):
        score = _score(name.casefold(), wanted)
        if score is not None and suggestion.text not in seen:
            seen.add(suggestion.text)
            scored.append((score, group, number, suggestion))
    scored.sort(key=lambda each: each[:3])
    return [suggestion for *_key, suggestion in scored[:_MOST]]


def _score(name: str, wanted: str) -> int | None:
    if name == wanted:
        return -1
    if name.startswith(wanted):
        return 0
    if any(part.startswith(wanted) for part in name.replace(".", "_").replace(" ", "_").split("_")):
        return 1
    return 2 if len(wanted) >= _ENOUGH and wanted in name else None


class _Finder:
    """Finds what may stand at one place."""

    def __init__(self, names: Names, path: Sequence[Group], at: int, *, follows: str = "") -> None:
        self._names, self._path, self._at = names, path, at
        self._follows = follows
        self._place = place_of(path, at)

    def qualified(self, parts: Sequence[str]) -> Iterator[_Ranked]:
        """Yield what may stand behind names with dots."""
        folded = [part.casefold() for part in parts]
        if self._place != "relation" and parts:
            columns = self._columns_of(folded, parts)
            yield from self._columns(0, columns)
            if columns:
                return
        for relation in self._names.relations:
            known = [part.casefold() for part in relation.path]
            for each in (known, ["main", *known] if len(known) == 1 else []):
                if parts and each[: len(folded)] == folded and len(each) > len(folded):
                    rest = relation.path[len(relation.path) - len(each) + len(folded) :]
                    yield 1, ".".join(rest), self.relation(relation, rest)

    def bare(self, typed: str) -> Iterator[_Ranked]:
        """Yield what may stand where no dot stands before."""
        place = self._place
        if place == "relation":
            yield from self._relations()
        elif place == "value":
            yield from self._values()
        if typed.startswith('"'):
            return
        if place in ("relation", "value") and typed:
            yield from self._functions(gives_rows=place == "relation", typed=typed)
        is_capital = len(typed) > 1 and typed.isupper()
        others = self._names.keywords if typed and place not in ("type", "new") else ()
        for group, keywords in ((5, KEYWORDS[place]), (6, others)):
            for word in keywords:
                text = word.upper() if is_capital else word
                yield group, word, Suggestion(text, text, "", "keyword")

    def _columns_of(self, folded: Sequence[str], parts: Sequence[str]) -> Sequence[Column]:
        """Return the columns of what is named so near this place, else in the file."""
        near = [source for level in self._levels() for source in level]
        for source in near if len(folded) == 1 else ():
            if source.alias.casefold() == folded[0]:
                return source.columns
        relation = self._names.relation(parts)
        return () if relation is None else relation.columns

    def _levels(self) -> list[list[Source]]:
        return levels(self._path, self._at, self._names)

    def _known(self) -> Known:
        return with_names(self._path, self._at, self._names)

    def _values(self) -> Iterator[_Ranked]:
        found = self._levels()
        for far, level in enumerate(found):
            every = [column.name.casefold() for source in level for column in source.columns]
            for source in level:
                alias = self._names.written(source.alias) if source.alias else ""
                for column in source.columns:
                    is_one = every.count(column.name.casefold()) == 1 or not alias
                    before = "" if is_one else f"{alias}."
                    yield from self._columns(min(far, 1), [column], before)
        items = segment(self._path[-1].items, self._at)
        made = columns_of(items, self._names, self._known())
        yield from self._columns(1, [column for column in made if column.name])
        for level in found:
            for source in level:
                if source.alias:
                    text = self._names.written(source.alias)
                    yield 2, source.alias, Suggestion(text, text, "", "relation")

    def _columns(
        self, group: int, columns: Iterable[Column], before: str = ""
    ) -> Iterator[_Ranked]:
        for column in columns:
            text = before + self._names.written(column.name)
            about = " · ".join(filter(None, (column.type, column.about)))
            yield group, column.name, Suggestion(text, text, about, "column")

    def _relations(self) -> Iterator[_Ranked]:
        for name in self._known():
            text = self._names.written(name)
            yield 0, name, Suggestion(text, text, "with", "relation")
        for relation in self._names.relations:
            # Found by the bare name as by the whole.
            yield 1, relation.path[-1], self.relation(relation, relation.path)
            if len(relation.path) > 1:
                yield 2, ".".join(relation.path), self.relation(relation, relation.path)

    def relation(self, relation: Relation, path: Sequence[str]) -> Suggestion:
        """Return a relation by the part of its name that is not written yet."""
        text = ".".join(map(self._names.written, path))
        return Suggestion(text, text, relation.about, "relation")

    def _functions(self, *, gives_rows: bool, typed: str) -> Iterator[_Ranked]:
        is_capital = len(typed) > 1 and typed.isupper()
        for function in self._names.functions:
            if function.gives_rows == gives_rows:
                group = 3 if function.is_own or function.name in _COMMON else 4
                yield group, function.name, self._function(function, is_capital=is_capital)

    def _function(self, function: Function, *, is_capital: bool) -> Suggestion:
        name = function.name.upper() if is_capital else function.name
        text = name if self._follows == "(" else f"{name}("
        about = function.about.split(". ")[0].replace("`", "").rstrip(".")
        return Suggestion(text, function.signature, about, "function")
