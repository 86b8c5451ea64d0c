"""Which columns of a statement are a fact's own, and where the cells beneath them can write.

What a fact's column is called, what it holds and what finds it is known from the queries that
write to it. A column that a query gives is a fact's own where it is that in the query.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from lkjip_tui.core.figures.values import Kind as CellKind
from lkjip_tui.core.query.header import Column, KeyPart, Target
from lkjip_tui.core.query.queries import Kind, Registry
from lkjip_tui.core.sql.row_keys import Typed
from lkjip_tui.core.sql.sql_scope import Source
from lkjip_tui.core.sql.sql_select import Select
from lkjip_tui.core.storage.sql_text import tokens


@dataclass(frozen=True, slots=True)
class Own:
    """A column of a table or view, and which of the relations of a statement that is there."""

    relation: str
    table: str
    column: str


def owned(select: Select, columns: Sequence[Typed], near: Sequence[Source]) -> dict[str, Own]:
    """Return which columns are those of one table or view, as they stand there."""
    found: list[Own | None] = []
    for number in range(len(select.listed)):
        name = columns[len(found)][0] if len(found) < len(columns) else ""
        found += _listed(select.expression(number, name), near)
    if len(found) != len(columns):
        return {}  # one of them stands for several that are not known
    return {name: own for (name, _type), own in zip(columns, found, strict=True) if own is not None}


def _listed(expression: str, near: Sequence[Source]) -> Iterator[Own | None]:
    """Yield what each column is that an expression of the list stands for."""
    words = tokens(expression)
    alias = words[0].name.casefold() if [each.text for each in words[1:2]] == ["."] else None
    last = words[-1]
    every = [
        Own(source.alias, ".".join(source.path), column.name)
        for source in near
        for column in source.columns
        if alias in {None, source.alias.casefold()}
    ]
    if len(words) != (1 if alias is None else 3):
        yield None
    elif last.text == "*":
        yield from every
    else:
        of = [each for each in every if each.column.casefold() == last.name.casefold()]
        yield of[0] if last.is_name and len(of) == 1 else None


def written(
    own: Mapping[str, Own], registry: Registry
) -> dict[str, tuple[Column, tuple[Target, ...]]]:
    """Return how a column is shown that is a fact's, and where its cells can write.

    That is where all that finds the fact is given, of the same relation. Of several facts that a
    cell may write to none is passed over: the next one would be another than it shows.
    """
    given = {each: name for name, each in own.items()}
    found: dict[str, tuple[Column, tuple[Target, ...]]] = {}
    for name, column, targets in _facts(own, registry):
        keyed = (_keyed(target, own[name], given) for target in targets)
        ways = tuple(target for target in takewhile(bool, keyed) if target)
        found[name] = column, () if column.kind is CellKind.CHOICE else ways
    return found


def lacking(own: Mapping[str, Own], registry: Registry) -> dict[str, tuple[str, ...]]:
    """Return for each column that is a fact's but cannot write what would have to be selected."""
    ways, given = written(own, registry), set(own.values())
    found = {}
    for name, column, targets in _facts(own, registry):
        if targets and not ways[name][1] and column.kind is not CellKind.CHOICE:
            parts = [part.column for part in targets[0].key if part.column is not None]
            needed = [replace(own[name], column=part) for part in parts]
            found[name] = tuple(f"{o.relation}.{o.column}" for o in needed if o not in given)
    return found


def _facts(
    own: Mapping[str, Own], registry: Registry
) -> Iterator[tuple[str, Column, Sequence[Target]]]:
    """Yield the columns that are a fact's: as they are shown where it is written, and how."""
    known: dict[tuple[str, str], tuple[Column, tuple[Target, ...]]] = {}
    for query in (*registry.of_kind(Kind.SHEET), *registry.of_kind(Kind.TABLE)):
        for name, targets in query.header.edits.items():
            for target in targets:
                if not any(type(part.literal) is int and part.literal for part in target.key):
                    # A table's own column is found by what its row is found by.
                    key = tuple(KeyPart(part.name, part.name) for part in target.key)
                    routes: tuple[Target, ...] = (replace(target, key=key),)
                    place = target.table, target.column
                    known.setdefault(place, (query.header.columns[name], routes))
    for name, each in own.items():
        view = registry.queries.get(each.table)
        column, targets = (
            (view.header.columns.get(each.column), view.header.edits.get(each.column, ()))
            if view is not None
            else known.get((each.table, each.column), (None, ()))
        )
        if column is not None:
            yield name, column, targets


def _keyed(target: Target, own: Own, given: Mapping[Own, str]) -> Target | None:
    """Return where a column writes, with its key as it is called here; None where it lacks one."""
    key = []
    for part in target.key:
        if part.column is None:
            key.append(part)
        elif (name := given.get(replace(own, column=part.column))) is not None:
            key.append(KeyPart(part.name, name))
        else:
            return None
    return replace(target, key=tuple(key))
