"""The parts of one SELECT, read off its words, and what can be put into it and taken out of it.

It asks no database: whether what comes of it is sound, and says the same, has to be tried.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lkjip_tui.core.sql.sql_scope import Group, Item, grouped, words
from lkjip_tui.core.storage.sql_text import Token, tokens

#: What begins a clause, with the word behind it where it takes two.
_CLAUSES: Final = {
    "from": "", "where": "", "group": "by", "having": "", "qualify": "", "window": "",
    "order": "by", "limit": "", "offset": "", "using": "sample",
}  # fmt: skip
_SETS: Final = words("union intersect except")
#: Words that stand before a value: what follows one is no name given to it.
_OPERATORS: Final = words("and or not is like ilike in between else then when as collate at")
_PAIRS: Final = {"[": 1, "{": 1, "]": -1, "}": -1}
_DIRECTIONS: Final = {
    (): "", ("asc",): "", ("desc",): " desc",
    ("nulls", "first"): " nulls first", ("asc", "nulls", "first"): " nulls first",
    ("desc", "nulls", "first"): " desc nulls first",
    ("nulls", "last"): "", ("asc", "nulls", "last"): "", ("desc", "nulls", "last"): " desc",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """Another text in the place of what stands from `start` to before `stop`."""

    start: int
    stop: int
    text: str


def edited(sql: str, edits: Sequence[Edit]) -> str:
    """Return SQL with these edits, of which none lies in another."""
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.stop), reverse=True):
        sql = sql[: edit.start] + edit.text + sql[edit.stop :]
    return sql


@dataclass(frozen=True, slots=True)
class _Part:
    """A token or a bracket that stands in no other bracket, and where."""

    item: Item
    start: int
    stop: int

    @property
    def word(self) -> str:
        return self.item.word if isinstance(self.item, Token) else ""

    @property
    def sign(self) -> str:
        is_sign = isinstance(self.item, Token) and self.item.kind == "sign"
        return self.item.text if is_sign and isinstance(self.item, Token) else ""

    @property
    def is_name(self) -> bool:
        return isinstance(self.item, Token) and self.item.is_name


@dataclass(frozen=True, slots=True)
class Select:
    """One SELECT: the parts of its list, and of each clause by its first word."""

    sql: str
    start: int
    """Where it begins, behind what WITH names."""
    before_list: tuple[_Part, ...]
    """DISTINCT, and ON with its bracket, or none of them."""
    listed: tuple[tuple[_Part, ...], ...]
    clauses: dict[str, tuple[_Part, ...]]

    @classmethod
    def read(cls, sql: str) -> "Select | None":
        """Return the parts of a statement; None where it is not one SELECT with a list."""
        parts = list(_parts(sql))
        at = next((n for n, part in enumerate(parts) if part.word == "select"), None)
        if at is None or any(part.word in _SETS for part in parts[at:]):
            return None
        if at and parts[0].word != "with":
            return None
        begins = list(_begins(parts, at + 1))
        ends = [number for number, _word in begins[1:]] + [len(parts)]
        clauses = {
            word: tuple(parts[number:end])
            for (number, word), end in zip(begins, ends, strict=bool(begins))
        }
        listed = parts[at + 1 : begins[0][0] if begins else len(parts)]
        behind = 0
        while behind < len(listed) and listed[behind].word in {"distinct", "all", "on"}:
            behind += 2 if listed[behind].word == "on" else 1
        split = tuple(part for part in _split(listed[behind:]) if part)
        return cls(sql, parts[at].start, tuple(listed[:behind]), split, clauses) if split else None

    # What it says

    def has(self, *clauses: str) -> bool:
        """Whether it has one of these clauses."""
        return any(clause in self.clauses for clause in clauses)

    @property
    def is_distinct(self) -> bool:
        """Whether equal rows of it are one."""
        return [part.word for part in self.before_list] == ["distinct"]

    @property
    def distinct_on(self) -> str:
        """By what it takes one row of each, in brackets; empty where it takes all."""
        last = self.before_list[-1:]
        return self.sql[last[0].start : last[0].stop] if len(self.before_list) > 1 else ""

    def expression(self, number: int, name: str) -> str:
        """Return what the list has at a place, without the name that it is given there."""
        parts = self.listed[number]
        last = parts[-1]
        if len(parts) > 1 and parts[0].is_name and parts[1].sign == ":":
            return self.sql[parts[2].start : last.stop]
        stop = last.stop
        if len(parts) > 1 and isinstance(last.item, Token) and last.item.is_name:
            before = parts[-2]
            if before.word == "as":
                stop = parts[-3].stop
            elif (
                last.item.name.casefold() == name.casefold()
                and before.sign in {"", "]", "}"}
                and before.word not in _OPERATORS
            ):
                stop = before.stop
        return self.sql[parts[0].start : stop]

    def column_equal_to(self, parameter: str, column: str) -> "Found | None":
        """Return the column of that name that WHERE says to be a parameter; None without one."""
        found = _conjuncts(self.clauses.get("where", ())[1:])
        for number, parts in enumerate(found):
            for name, value in ((parts[:-2], parts[-1:]), (parts[2:], parts[:1])):
                equals = parts[-2:-1] if value == parts[-1:] else parts[1:2]
                is_parameter = (
                    [_text(each) for each in value] == [f"${parameter}"]
                    and bool(equals)
                    and equals[0].sign == "="
                )
                if is_parameter and _is_path(name, column):
                    path = self.sql[name[0].start : name[-1].stop]
                    names = tuple(_name(part) for part in name[::2])
                    return Found(path, names, self._without(found, number))
        return None

    def _without(self, found: Sequence[tuple[_Part, ...]], number: int) -> Edit:
        """Return what takes one condition out of WHERE."""
        where = self.clauses["where"][0]
        if len(found) == 1:
            start = len(self.sql[: where.start].rstrip())
            return Edit(start, found[0][-1].stop, "")
        if number == 0:
            return Edit(found[0][0].start, found[1][0].start, "")
        return Edit(found[number - 1][-1].stop, found[number][-1].stop, "")

    def uses(self, parameter: str) -> Sequence[Token]:
        """Return where a parameter stands, in brackets, too."""
        name = f"${parameter}"
        return [token for token in tokens(self.sql) if token.text.casefold() == name]

    def order(self, columns: Sequence[str]) -> "tuple[str, Edit] | None":
        """Return ORDER BY as a header says it, and what takes it out.

        None without one, where it says which rows there are, and where it goes by something else
        than columns that are given.
        """
        clause = self.clauses.get("order", ())
        if not clause or self.has("limit", "offset") or self.distinct_on:
            return None
        terms = [self._term(part, columns) for part in _split(clause[2:]) if part]
        if not terms or None in terms:
            return None
        start = len(self.sql[: clause[0].start].rstrip())
        return ", ".join(str(term) for term in terms), Edit(start, clause[-1].stop, "")

    def _term(self, parts: Sequence[_Part], columns: Sequence[str]) -> str | None:
        """Return one term of ORDER BY as a header says it; None where that says something else."""
        stop = _end_of_term(parts)
        direction = _DIRECTIONS.get(tuple(part.word for part in parts[stop:]))
        if direction is None:
            return None
        term = parts[:stop]
        only = term[0].item
        if len(term) == 1 and isinstance(only, Token) and only.kind == "number":
            at = int(only.text) if only.text.isdigit() else 0
            return f"{columns[at - 1]}{direction}" if 0 < at <= len(columns) else None
        name = _name(term[-1]).casefold()
        if not _is_path(term, name):
            return None
        if len(term) == 1:  # the list's name goes before that of a column that it is read from
            found = next((each for each in columns if each.casefold() == name), None)
        else:
            found = self._given_as([_name(part).casefold() for part in term[::2]], columns)
        return f"{found}{direction}" if found else None

    def _given_as(self, path: Sequence[str], columns: Sequence[str]) -> str | None:
        """Return what the list calls a column of a relation that it gives as it stands there."""
        if len(columns) != len(self.listed):
            stars = [each for each in self.listed if _is_star(each)]
            is_there = all(_is_path(each) for each in self.listed if each not in stars) and any(
                len(each) == 1 or _name(each[-3]).casefold() == path[-2] for each in stars
            )
            named = (each for each in columns if is_there and each.casefold() == path[-1])
            return next(named, None)
        for number, name in enumerate(columns):
            found = tokens(self.expression(number, name))
            names = [token.name.casefold() for token in found[::2] if token.is_name]
            dots = [token.text for token in found[1::2]]
            is_there = len(names) + len(dots) == len(found) and not set(dots) - {"."}
            if is_there and names and names == list(path[-len(names) :]):
                return name
        return None

    # What can be put into it

    def with_first(self, expression: str) -> Edit:
        """Return what puts something first in the list."""
        first = self.listed[0][0].start
        before = self.sql[:first]
        gap = before[len(before.rstrip()) :]
        return Edit(first, first, f"{expression},{gap if chr(10) in gap else ' '}")

    def instead(self, number: int, text: str) -> Edit:
        """Return what puts something else in a place of the list."""
        parts = self.listed[number]
        return Edit(parts[0].start, parts[-1].stop, text)

    def grouped_by(self, expression: str, *, is_forced: bool = False) -> Edit | None:
        """Return what groups by something more; None where nothing is grouped, unless forced."""
        clause = self.clauses.get("group", ())
        if len(clause) > 2:  # noqa: PLR2004 - GROUP and BY
            grouped_by = {each.text for each in self.groups(())}
            if clause[2].word == "all" or grouped_by & {expression, expression.rpartition(".")[2]}:
                return None
            stop = clause[-2].stop if clause[-1].sign == "," else clause[-1].stop
            return Edit(stop, stop, f", {expression}")
        if not is_forced:
            return None
        behind = [self.clauses[word][-1].stop for word in ("from", "where") if self.has(word)]
        at = max(behind, default=self.listed[-1][-1].stop)
        return Edit(at, at, f"\ngroup by {expression}")

    def without_numbers(self, columns: Sequence[str]) -> list[Edit]:
        """Return what puts columns of the list in the place of their numbers."""
        terms = filter(None, _split(self.clauses.get("order", ())[2:]))
        ordered = [self._listed_as(part[: _end_of_term(part)], columns) for part in terms]
        found = [*self.groups(columns), *ordered]
        return [each for each in found if self.sql[each.start : each.stop].isdigit()]

    def groups(self, columns: Sequence[str]) -> Sequence[Edit]:
        """Return where each term stands that it groups by, and what that is in the list."""
        clause = self.clauses.get("group", ())[2:]
        return [self._listed_as(part, columns) for part in _split(clause) if part]

    def first_of_each(self, column: str, columns: Sequence[str]) -> list[Edit] | None:
        """Return what puts QUALIFY in the place of LIMIT, which keeps as many of each value.

        None without LIMIT and ORDER BY, where more than a number stands behind LIMIT, and where
        rows are made one, which QUALIFY would count before that.
        """
        order, limit = self.clauses.get("order", ()), self.clauses.get("limit", ())
        if self.is_distinct or self.distinct_on:
            return None
        if not order or len(limit) != 2 or not _text(limit[1]).isdigit() or self.has("qualify"):  # noqa: PLR2004
            return None
        terms = []
        for part in filter(None, _split(order[2:])):
            term = self._listed_as(part[: _end_of_term(part)], columns)
            terms.append(f"{term.text}{self.sql[term.stop : part[-1].stop]}")
        window = f"partition by {column} order by {', '.join(terms)}"
        text = f"qualify row_number() over ({window}) <= {_text(limit[1])}"
        start = len(self.sql[: limit[0].start].rstrip())
        at = order[0].start
        return [Edit(at, at, f"{text}\n"), Edit(start, limit[-1].stop, "")]

    def _listed_as(self, part: Sequence[_Part], columns: Sequence[str]) -> Edit:
        """Return a term, with what the list has there where it is a number or a name of it."""
        start, stop = part[0].start, part[-1].stop
        item = part[0].item
        number = None
        if len(part) == 1 and isinstance(item, Token) and len(columns) == len(self.listed):
            names = [name.casefold() for name in columns]
            if item.kind == "number" and item.text.isdigit():
                number = int(item.text) - 1
            elif item.is_name and item.name.casefold() in names:
                number = names.index(item.name.casefold())
        if number is None or not 0 <= number < len(columns):
            return Edit(start, stop, self.sql[start:stop])
        return Edit(start, stop, self.expression(number, columns[number]))


@dataclass(frozen=True, slots=True)
class Found:
    """A column that is compared, as it is written there, its names, and what takes that out."""

    column: str
    names: tuple[str, ...]
    out: Edit


def _parts(sql: str) -> Iterator[_Part]:
    for item in grouped(tokens(sql)).items:
        if isinstance(item, Group):
            yield _Part(item, item.start - 1, min(item.end + 1, len(sql)))
        else:
            yield _Part(item, item.start, item.end)


def _begins(parts: Sequence[_Part], start: int) -> Iterator[tuple[int, str]]:
    """Yield where each clause begins, and its first word."""
    depth = 0
    for number in range(start, len(parts)):
        depth += _PAIRS.get(parts[number].sign, 0)
        word = parts[number].word
        behind = parts[number + 1].word if number + 1 < len(parts) else ""
        is_distinct_from = word == "from" and parts[number - 1].word == "distinct"
        is_distinct_from = is_distinct_from and number - 1 > start
        if not depth and not is_distinct_from and _CLAUSES.get(word) in {"", behind}:
            yield number, word


def _split(parts: Sequence[_Part]) -> Iterator[tuple[_Part, ...]]:
    """Yield what commas stand between."""
    found: list[_Part] = []
    depth = 0
    for part in parts:
        depth += _PAIRS.get(part.sign, 0)
        if part.sign == "," and not depth:
            yield tuple(found)
            found = []
        else:
            found.append(part)
    yield tuple(found)


def _conjuncts(parts: Sequence[_Part]) -> list[tuple[_Part, ...]]:
    """Return the conditions that AND stands between; none where OR stands beside them."""
    found: list[tuple[_Part, ...]] = []
    own: list[_Part] = []
    cases, is_between = 0, False
    for part in parts:
        cases += (part.word == "case") - (part.word == "end")
        if not cases and part.word == "or":
            return []
        if part.word == "and" and not cases and not is_between:
            found.append(tuple(own))
            own = []
            continue
        is_between = not cases and (part.word == "between" or (is_between and part.word != "and"))
        own.append(part)
    found.append(tuple(own))
    return found if all(found) else []


def _text(part: _Part) -> str:
    return part.item.text.casefold() if isinstance(part.item, Token) else ""


def _name(part: _Part) -> str:
    return part.item.name if isinstance(part.item, Token) else ""


def _is_path(parts: Sequence[_Part], column: str = "") -> bool:
    """Whether something is a column's name, with the name of its relation or without."""
    if len(parts) % 2 == 0:
        return False
    names, dots = parts[::2], parts[1::2]
    is_path = all(part.is_name for part in names) and all(part.sign == "." for part in dots)
    return is_path and column in {"", _name(names[-1]).casefold()}


def _is_star(parts: Sequence[_Part]) -> bool:
    """Whether something is all columns, or all of one relation, as they are."""
    return parts[-1].sign == "*" and (len(parts) == 1 or _is_path(parts[:-2]))


def _end_of_term(parts: Sequence[_Part]) -> int:
    """Return how many parts of a term of ORDER BY stand before its direction."""
    stop = len(parts)
    while stop > 1 and parts[stop - 1].word in {"asc", "desc", "nulls", "first", "last"}:
        stop -= 1
    return stop
