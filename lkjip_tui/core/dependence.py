"""What the checks rest on: the views beneath them, and the tables of facts beneath those.

Shipped queries are told by their words: every word that is a table's name counts, which may be
one too many. A query of the user's own may read anything, in ways that no look at its text tells
for certain; it rests on all facts.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from lkjip_tui.core.catalogue import made_queries, printed_in_parts
from lkjip_tui.core.queries import Kind, Query, Registry, bare_code, by_dependency

_WORD: Final = re.compile(r"[a-z_][a-z0-9_]*")


class Dependence:
    """The checks of a registry and all that lies beneath them.

    `views` holds both, each after what it rests on. `apart` are those to compute into tables of
    their own: several others rest on them, or one that rests on more facts. All others are
    computed within the one that rests on them, and only as far as that needs.
    """

    def __init__(self, registry: Registry, tables: Collection[str]) -> None:
        *parts, printed = printed_in_parts(registry)
        stored = [*registry.queries.values(), *made_queries(registry)]
        named = {query.full_name: query for query in [*stored, *parts, printed]}
        self.checks: Sequence[Query] = registry.of_kind(Kind.CHECK)
        ordered = by_dependency(named, [check.full_name for check in self.checks])
        self.views: Mapping[str, Query] = {query.full_name: query for query in ordered}
        self._beneath = _beneath(self.views)
        self._facts = self._facts_of(registry, frozenset(tables))
        self.apart = self._computed_apart({part.full_name for part in parts} & self.views.keys())

    def needed(self, checks: Iterable[Query]) -> set[str]:
        """Return the checks and all views beneath them."""
        return set[str]().union(*(self._beneath[check.full_name] for check in checks))

    def resting_on(self, tables: Collection[str]) -> set[str]:
        """Return the views and checks that may rest on facts of these tables."""
        return {name for name, facts in self._facts.items() if not facts.isdisjoint(tables)}

    def _facts_of(self, registry: Registry, tables: frozenset[str]) -> Mapping[str, frozenset[str]]:
        is_shipped = not any(macros.is_own for macros in registry.macros)
        words = set[str]().union(*(_words(macros.text) for macros in registry.macros))
        of_macros = tables & words if is_shipped else tables
        own = {
            name: tables if query.is_own else tables & _words(query.select)
            for name, query in self.views.items()
        }
        return {
            name: of_macros.union(*(own[other] for other in names))
            for name, names in self._beneath.items()
        }

    def _computed_apart(self, parts: Collection[str]) -> frozenset[str]:
        resting: dict[str, list[str]] = {}
        for query in self.views.values():
            for name in query.mentions:
                resting.setdefault(name, []).append(query.full_name)

        def is_apart(name: str) -> bool:
            others = resting.get(name, [])
            if name in parts or len(others) > 1:
                return True
            return any(o not in parts and self._facts[name] != self._facts[o] for o in others)

        return frozenset(filter(is_apart, self.views))


def _beneath(views: Mapping[str, Query]) -> Mapping[str, frozenset[str]]:
    """Return the views that each one rests on, however deep they lie, and the one itself."""
    beneath: dict[str, frozenset[str]] = {}
    for name, query in views.items():
        below = (beneath.get(mentioned, frozenset()) for mentioned in query.mentions)
        beneath[name] = frozenset({name}).union(*below)
    return beneath


def _words(text: str) -> set[str]:
    return set(_WORD.findall(bare_code(text).lower()))
