"""Which columns of a statement are a fact's own, and where the cells beneath them can write.

What a fact's column is called, what it holds and what finds it is known from the queries that
write to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lkjip_tui.core.figures.values import Kind as CellKind
from lkjip_tui.core.query.header import Column, KeyPart, Target
from lkjip_tui.core.query.queries import Kind, Registry
from lkjip_tui.core.sql.row_keys import Typed
from lkjip_tui.core.sql.sql_scope import Source
from lkjip_tui.core.sql.sql_select import Select
from lkjip_tui.core.storage.sql_text import tokens


@dataclass(frozen=True, slots=True)
class Own:
    """A column of a table, and which of the relations of a statement that is there."""

    relation: str
    table: str
    column: str


def owned(select: Select, columns: Sequence[Typed], near: Sequence[Source]) -> dict[str, Own]:
    """Return which columns are those of one table, as they stand there."""
    if len(columns) != len(select.listed):
        return {}  # one of them stands for several
    found: dict[str, Own] = {}
    for number, (name, _type) in enumerate(columns):
        words = tokens(select.expression(number, name))
        alias = words[0].name.casefold() if [each.text for each in words[1:2]] == ["."] else None
        last = words[-1]
        if len(words) != (1 if alias is None else 3) or not last.is_name:
            continue
        of = [
            Own(source.alias, ".".join(source.path), column.name)
            for source in near
            for column in source.columns
            if column.name.casefold() == last.name.casefold()
            and alias in {None, source.alias.casefold()}
        ]
        if len(of) == 1:
            found[name] = of[0]
    return found


def written(own: Mapping[str, Own], registry: Registry) -> dict[str, tuple[Column, Target | None]]:
    """Return how a column is shown that is a fact's, and where its cells can write.

    That is where all that finds the fact is given, of the same relation.
    """
    known: dict[tuple[str, str], tuple[Column, Target]] = {}
    for query in (*registry.of_kind(Kind.SHEET), *registry.of_kind(Kind.TABLE)):
        for name, targets in query.header.edits.items():
            for target in targets:
                if not any(type(part.literal) is int and part.literal for part in target.key):
                    column = query.header.columns[name]
                    known.setdefault((target.table, target.column), (column, target))
    given = {each: name for name, each in own.items()}
    found: dict[str, tuple[Column, Target | None]] = {}
    for name, each in own.items():
        if (each.table, each.column) not in known:
            continue
        column, target = known[each.table, each.column]
        keys = [(part.name, given.get(replace(each, column=part.name))) for part in target.key]
        is_found = all(key for _part, key in keys) and column.kind is not CellKind.CHOICE
        key = tuple(KeyPart(part, filled) for part, filled in keys)
        found[name] = (column, replace(target, key=key) if is_found else None)
    return found
