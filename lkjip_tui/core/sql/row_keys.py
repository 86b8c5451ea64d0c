"""What may tell the rows of a statement apart, as texts to be tried; it asks no database."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, TypeAlias

from lkjip_tui.core.query.header import FISCAL_YEAR, ROW_KEY
from lkjip_tui.core.sql.sql_names import Names
from lkjip_tui.core.sql.sql_scope import Source
from lkjip_tui.core.sql.sql_select import Edit, Select

Typed: TypeAlias = tuple[str, str]
"""A column's name and its type in the database."""

#: What tells figures of one thing and one year apart.
_PARTS: Final = ("plan", "stage", "quarter")
_ID: Final = re.compile(r"(?:.*\.)?(\w+)_id")
#: Whole numbers that are no figures.
_TELLING: Final = re.compile(r"(_id|number|year|quarter|code)$")


def offered(
    select: Select,
    columns: Sequence[Typed],
    near: Sequence[Source],
    names: Names,
    telling: Collection[str],
) -> Iterator[str]:
    """Yield what may be the key, the likeliest first.

    Of rows that are grouped it is what they are grouped by: a key of a relation would part them.
    `telling` are the columns that tell rows of what is read apart.
    """
    listed = _listed(select, columns)
    if select.is_distinct:
        pass  # a key of what is read would part rows that are one
    elif select.has("group"):
        yield from _of_groups(_groups(select, columns, [each for *_typed, each in listed]))
    else:
        for source in near:
            # What tells a view's rows apart is tried before what these stand beneath.
            found = [column.name for column in source.columns]
            found.sort(key=lambda name: (name != ROW_KEY, name not in telling))
            yield from _of_relation(names.written(source.alias), found)
    for name, kind, expression in listed:
        if kind == "VARCHAR":
            yield expression
        elif name != FISCAL_YEAR and _TELLING.search(name) and "INT" in kind:
            yield f"cast({expression} as varchar)"
    told = [expression for name, _kind, expression in listed if name != FISCAL_YEAR]
    if select.is_distinct and len(told) > 1:
        yield _joined(told)


def as_text(select: Select, columns: Sequence[Typed], key: str) -> Edit | None:
    """Return what makes a text of the key that is given; None where it is not in the list."""
    return next(
        (
            select.instead(number, f"cast({expression} as varchar) as {key}")
            for number, (name, _kind, expression) in enumerate(_listed(select, columns))
            if name.casefold() == key
        ),
        None,
    )


def told_apart(
    select: Select, columns: Sequence[Typed], key: str, near: Sequence[Source], names: Names
) -> Iterator[tuple[str, Edit]]:
    """Yield the key that is given with more of what it leaves out, and what puts that there."""
    parts = [
        f"{names.written(source.alias)}.{column.name}"
        for source in near
        for column in source.columns
        if column.name in _PARTS
    ]
    for number, (name, _kind, expression) in enumerate(_listed(select, columns)):
        if name.casefold() == key:
            for more in (*parts, ", ".join(parts)) if len(parts) > 1 else parts:
                longer = f"concat_ws('/', {expression}, {more}) as {key}"
                yield longer, select.instead(number, longer)


def _listed(select: Select, columns: Sequence[Typed]) -> list[tuple[str, str, str]]:
    """Return name, type and expression of each column; none where one stands for several."""
    if len(columns) != len(select.listed):
        return []
    return [
        (name, kind, select.expression(number, name)) for number, (name, kind) in enumerate(columns)
    ]


def _groups(select: Select, columns: Sequence[Typed], expressions: Sequence[str]) -> list[str]:
    """Return what a statement groups by beside the year."""
    found = [each.text for each in select.groups([name for name, _type in columns])]
    if [each.casefold() for each in found] == ["all"]:
        found = [each for each in expressions if "(" not in each]
    return [each for each in found if each.casefold().rpartition(".")[2] != FISCAL_YEAR]


def _of_groups(groups: Sequence[str]) -> Iterator[str]:
    names = [each.rpartition(".")[2] for each in groups]
    lasting = [
        each
        for each, name in zip(groups, names, strict=True)
        if name == ROW_KEY or name in _PARTS or _ID.fullmatch(name)
    ]  # a name may change, and with it what points to the row
    if lasting and len(lasting) < len(groups):
        yield _joined(lasting)
    yield _joined(groups) if groups else "'total'"
    if len(groups) == 1:
        yield f"coalesce(cast({groups[0]} as varchar), '-')"


def _joined(terms: Sequence[str]) -> str:
    """Return a text of terms, the first of which may be the id of a thing."""
    thing = _ID.fullmatch(terms[0])
    if len(terms) > 1:
        parts = [f"'{thing[1]}'", *terms] if thing else terms
        return f"concat_ws('/', {', '.join(parts)})"
    return f"'{thing[1]}/' || {terms[0]}" if thing else f"cast({terms[0]} as varchar)"


def _of_relation(alias: str, names: Sequence[str]) -> Iterator[str]:
    """Yield what may tell the rows of a relation apart."""
    parts = [f"{alias}.{name}" for name in names if name in _PARTS]
    for name in names:
        if name == ROW_KEY:
            yield f"{alias}.{name}"
        elif _ID.fullmatch(name):
            yield _joined([f"{alias}.{name}"])
            if parts:
                yield _joined([f"{alias}.{name}", *parts])
