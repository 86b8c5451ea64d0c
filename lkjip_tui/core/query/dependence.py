"""What the checks rest on: the views beneath them, and the facts beneath those.

Facts are told by names: `program_budget` which rows there are, `program_budget.amount` what one
column of them holds. Shipped queries are told by their words: every word that is a table's name
counts, and every one that is a column's of such a table, which may be some too many. A query of
the user's own may read anything, in ways that no look at its text tells for certain; it rests on
all facts.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from lkjip_tui.core.query.catalogue import made_queries, printed_in_parts
from lkjip_tui.core.query.queries import Kind, Query, Registry, bare_code, by_dependency

_WORD: Final = re.compile(r"[a-z_][a-z0-9_]*")


class Dependence:
    """The checks of a registry and all that lies beneath them.

    `views` holds both, each after what it rests on. `apart` are those to compute into tables of
    their own: several others rest on them, or one that rests on more facts. All others are
    computed within the one that rests on them, and only as far as that needs.
    """

    def __init__(self, registry: Registry, tables: Mapping[str, Collection[str]]) -> None:
        *parts, printed = printed_in_parts(registry)
        stored = [*registry.queries.values(), *made_queries(registry)]
        named = {query.full_name: query for query in [*stored, *parts, printed]}
        self.checks: Sequence[Query] = registry.of_kind(Kind.CHECK)
        ordered = by_dependency(named, [check.full_name for check in self.checks])
        self.views: Mapping[str, Query] = {query.full_name: query for query in ordered}
        self._beneath = _beneath(self.views)
        self._facts = self._facts_of(registry, tables)
        self.apart = self._computed_apart({part.full_name for part in parts} & self.views.keys())

    def needed(self, checks: Iterable[Query]) -> set[str]:
        """Return the checks and all views beneath them."""
        return set[str]().union(*(self._beneath[check.full_name] for check in checks))

    def resting_on(self, facts: Collection[str]) -> set[str]:
        """Return the views and checks that may rest on these facts."""
        return {name for name, own in self._facts.items() if not own.isdisjoint(facts)}

    def _facts_of(
        self, registry: Registry, tables: Mapping[str, Collection[str]]
    ) -> Mapping[str, frozenset[str]]:
        every = _facts(tables, set(tables).union(*tables.values()))
        is_shipped = not any(macros.is_own for macros in registry.macros)
        words = set[str]().union(*(_words(macros.text) for macros in registry.macros))
        of_macros = _facts(tables, words) if is_shipped else every
        own = {
            name: every if query.is_own else _facts(tables, _words(query.select))
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
        tables = {
            name: {fact.partition(".")[0] for fact in facts} for name, facts in self._facts.items()
        }

        def is_apart(name: str) -> bool:
            others = resting.get(name, [])
            if name in parts or len(others) > 1:
                return True
            return any(o not in parts and tables[name] != tables[o] for o in others)

        return frozenset(filter(is_apart, self.views))


def _beneath(views: Mapping[str, Query]) -> Mapping[str, frozenset[str]]:
    """Return the views that each one rests on, however deep they lie, and the one itself."""
    beneath: dict[str, frozenset[str]] = {}
    for name, query in views.items():
        below = (beneath.get(mentioned, frozenset()) for mentioned in query.mentions)
        beneath[name] = frozenset({name}).union(*below)
    return beneath


def _facts(tables: Mapping[str, Collection[str]], words: set[str]) -> frozenset[str]:
    """Return the facts that these words name."""
    named = words & tables.keys()
    return frozenset(named).union(
        f"{table}.{column}" for table in named for column in words.intersection(tables[table])
    )


def _words(text: str) -> set[str]:
    return set(_WORD.findall(bare_code(text).lower()))
