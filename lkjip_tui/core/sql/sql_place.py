"""What is wanted at a place of a statement: a relation, a value, a keyword, a new name."""

from collections.abc import Sequence
from typing import Final, Literal

from lkjip_tui.core.sql.sql_scope import Group, Item, names_relation, segment, words
from lkjip_tui.core.storage.sql_text import Token

Place = Literal[
    "relation", "behind relation", "value", "behind value", "query", "type", "by", "new"
]
"""`query` where one begins, `by` behind GROUP and its like, `new` where a name is made up."""


def _listed(text: str) -> Sequence[str]:
    return text.split("|")


KEYWORDS: Final[dict[Place, Sequence[str]]] = {
    "query": _listed(
        "select|from|with|summarize|describe|explain|pivot|unpivot|values|show tables"
        "|with recursive"
    ),
    "relation": ("lateral", "values"),
    "behind relation": _listed(
        "as|where|join|left join|on|using|group by|order by|select|limit|having"
        "|inner join|full join|cross join|semi join|anti join|asof join|positional join|qualify"
        "|union|union all|union by name|except|intersect|using sample|window"
    ),
    "value": _listed(
        "distinct|case|cast|try_cast|not|null|true|false|exists|coalesce|nullif|interval|date"
        "|timestamp|columns|select|all|lambda|not exists"
    ),
    "behind value": _listed(
        "as|from|where|and|or|group by|order by|is null|is not null|in|not in|between"
        "|like|ilike|asc|desc|nulls first|nulls last|having|limit|then|else|end|when|over"
        "|partition by|filter|qualify|join|left join|on|using|union"
        "|union all|except|intersect|exclude|replace"
        "|rename|offset|is distinct from|is not distinct from|similar to|window|within group"
        "|rows between"
    ),
    "type": _listed(
        "integer|bigint|decimal(18, 2)|varchar|date|boolean|double|timestamp|text|hugeint"
        "|smallint|interval|time|uuid|json|blob"
    ),
    "by": ("by",),
    "new": (),
}
"""Keywords by the place where they stand, in the order in which they are offered."""

_OF_RELATIONS: Final = words("from join into update summarize describe pivot unpivot")
_CLAUSES: Final = _OF_RELATIONS | words(
    "select where group having order limit offset qualify window on using set values returning with"
)
#: Words behind which a value is wanted, and none has stood yet.
_BEFORE_VALUE: Final = words(
    "select where and or on by having case when then else not in between like ilike is distinct all"
    " any set limit offset qualify values using exclude replace escape returning filter exists"
)
_BEFORE_OTHERS: Final[dict[str, Place]] = {
    "group": "by", "order": "by", "partition": "by", "explain": "query", "analyze": "query",
    "with": "new", "recursive": "new", "::": "type",
}  # fmt: skip
_CASTS: Final = words("cast try_cast")
_CLOSING: Final = frozenset({"]", "}", "*"})


def place_of(path: Sequence[Group], at: int) -> Place:
    """Return what is wanted at an offset, of which `path` are the groups around."""
    own = _before(path[-1], at)
    if not own:
        return _place_in_brackets(path)
    last = own[-1]
    if isinstance(last, Token):
        if last.word == "as":
            return "type" if _is_cast(path) else "new"
        if found := _BEFORE_OTHERS.get(last.word or last.text):
            return found
        if names_relation(own) or (last.text == "," and _clause(own) in {"from", "join"}):
            return "relation"
        if last.word in _BEFORE_VALUE or (last.kind == "sign" and not _closes(own)):
            return "value"
    return "behind relation" if _clause(own) in _OF_RELATIONS else "behind value"


def _before(group: Group, at: int) -> list[Item]:
    """Return what stands before a place in the same query of its group."""
    return [item for item in segment(group.items, at) if item.start < at]


def _place_in_brackets(path: Sequence[Group]) -> Place:
    """Return what is wanted where a bracket has just opened, or a query begins."""
    if len(path) == 1:
        return "query"
    outer = _before(path[-2], path[-1].start - 1)
    if outer and isinstance(outer[-1], Token):
        if outer[-1].word in {"as", "materialized", "exists"} or names_relation(outer):
            return "query"
        if outer[-1].text == "," and _clause(outer) in {"from", "join"}:
            return "query"
    return "value"


def _clause(items: Sequence[Item]) -> str:
    """Return the word of the clause that goes on at the end of some items."""
    words = (item.word for item in reversed(items) if isinstance(item, Token))
    return next((word for word in words if word in _CLAUSES), "")


def _is_cast(path: Sequence[Group]) -> bool:
    outer = _before(path[-2], path[-1].start - 1) if len(path) > 1 else []
    return bool(outer) and isinstance(outer[-1], Token) and outer[-1].word in _CASTS


def _closes(items: Sequence[Item]) -> bool:
    """Whether a value ends with the sign at the end: a bracket, or the star of all columns."""
    last = items[-1]
    before = next(iter(items[-2:-1]), None)
    if not isinstance(last, Token) or last.text not in _CLOSING:
        return False
    if last.text != "*":
        return True
    return isinstance(before, Token) and (before.word == "select" or before.text in {",", "."})
