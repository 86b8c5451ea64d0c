"""How a user has the rows and columns of a query laid out: sorted, filtered, hidden, frozen.

The rows are pure sequences here, a tree's in their printed order: what lies beneath a row follows
it and has a higher level. Sorting moves branches among their siblings; filtering keeps what a row
lies beneath.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain
from typing import Any, Final, Literal, Self, TypeAlias

from lkjip_tui.core.figures.values import Value, safe_text
from lkjip_tui.core.storage.cursors import Tuple

Level: TypeAlias = Callable[[int], int]
"""Tells the level of the row with a number; 0 everywhere in a flat table."""

UP: Final = "⇡"
DOWN: Final = "⇣"

_WIDEST: Final = 200

FilterKind = Literal["value", "text", "sql"]
KINDS: Final[tuple[FilterKind, ...]] = ("value", "text", "sql")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a row must be like to be shown: `column` holds `value`, or a text or condition holds."""

    kind: FilterKind
    text: str
    column: str = ""
    value: Value = None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a user wants of one query's table; columns by name, those that are gone are ignored.

    `sort` names columns, the first is the most important, with whether they descend. `frozen` is
    how many columns stay at the left, None as many as the table wants itself.
    """

    sort: tuple[tuple[str, bool], ...] = ()
    hidden: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    frozen: int | None = None
    filters: tuple[Filter, ...] = ()

    @classmethod
    def remembered(cls, held: Mapping[str, Any]) -> Self:
        """Return what `kept` once gave; whatever else it is given is left out."""
        sort = [t for t in _list(held, "sort") if isinstance(t, list) and len(t) == 2]  # noqa: PLR2004
        widths = held.get("widths")
        frozen = held.get("frozen")
        return cls(
            sort=tuple((str(name), bool(down)) for name, down in sort),
            hidden=frozenset(map(str, _list(held, "hidden"))),
            order=tuple(map(str, _list(held, "order"))),
            widths={
                str(name): width
                for name, width in (widths.items() if isinstance(widths, dict) else ())
                if isinstance(width, int) and 0 < width <= _WIDEST
            },
            frozen=frozen if isinstance(frozen, int) and frozen >= 0 else None,
        )

    def kept(self) -> Mapping[str, Any]:
        """Return what is remembered of it: all but the filters, which hide rows."""
        return {
            "sort": [list(term) for term in self.sort],
            "hidden": sorted(self.hidden),
            "order": list(self.order),
            "widths": dict(self.widths),
            "frozen": self.frozen,
        }

    def sorted_by(self, column: str, *, add: bool) -> "Arrangement":
        """Return it sorted up by a column; down when it was up, and not by it when it was down.

        With `add` what it was sorted by before comes first.
        """
        was = dict(self.sort).get(column)
        own = () if was else ((column, was is False),)
        if not add:
            return replace(self, sort=own)
        if was is None:
            return replace(self, sort=(*self.sort, *own))
        terms = (own if term[0] == column else (term,) for term in self.sort)
        return replace(self, sort=tuple(chain.from_iterable(terms)))

    def sort_sign(self, column: str) -> str:
        """Return what a heading says of sorting by its column; its rank, too, among several."""
        for place, (name, descending) in enumerate(self.sort, 1):
            if name == column:
                rank = str(place) if len(self.sort) > 1 else ""
                return (DOWN if descending else UP) + rank
        return ""

    def shown(self, columns: Sequence[str]) -> Sequence[str]:
        """Return the columns that show, in their order; all of them rather than none."""
        placed = self._placed(columns)
        return [name for name in placed if name not in self.hidden] or placed

    def moved(self, columns: Sequence[str], column: str, step: int) -> "Arrangement":
        """Return it with a column that shows moved to the left (-1) or right (1) of the next."""
        shown = self.shown(columns)
        beside = shown[min(max(shown.index(column) + step, 0), len(shown) - 1)]
        if beside == column:
            return self
        placed = self._placed(columns)
        placed.remove(column)
        placed.insert(placed.index(beside) + (step > 0), column)
        return replace(self, order=tuple(placed))

    def _placed(self, columns: Sequence[str]) -> list[str]:
        """Return all columns: those that the user has placed in their order, new ones behind."""
        placed = [name for name in self.order if name in columns]
        return placed + [name for name in columns if name not in placed]


def _list(held: Mapping[str, Any], name: str) -> Sequence[Any]:
    found = held.get(name)
    return found if isinstance(found, list) else []


def matching(count: int, level: Level, holds: Callable[[int], bool]) -> list[int]:
    """Return the rows of which `holds` is true, and all that they lie beneath."""
    found: list[int] = []
    above: list[tuple[int, int]] = []
    for number in range(count):
        own = level(number)
        while above and above[-1][0] >= own:
            above.pop()
        if holds(number):
            found += [parent for _level, parent in above]
            found.append(number)
            above.clear()
        elif own:
            above.append((own, number))
    return found


def ordered(
    numbers: Sequence[int], level: Level, rows: Sequence[Tuple], terms: Sequence[tuple[int, bool]]
) -> list[int]:
    """Return rows sorted by values, each branch beneath its row; what is missing comes last.

    `terms` are places in a row with whether they descend, the most important first. A total
    behind all others stays there.
    """
    branches: list[list[int]] = []
    for number in numbers:
        if branches and level(number) > level(branches[-1][0]):
            branches[-1].append(number)
        else:
            branches.append([number])
    total = branches.pop() if len(branches) > 1 and _is_total(branches, level) else []
    for at, descending in reversed(terms):
        held = [branch for branch in branches if rows[branch[0]][at] is not None]
        empty = [branch for branch in branches if rows[branch[0]][at] is None]
        held.sort(key=lambda branch: _sort_key(rows[branch[0]][at]), reverse=descending)
        branches = held + empty
    found: list[int] = []
    for first, *beneath in branches:
        found.append(first)
        if beneath:
            found += ordered(beneath, level, rows, terms)
    return found + total


def _is_total(branches: Sequence[Sequence[int]], level: Level) -> bool:
    return level(branches[-1][0]) == 0 < level(branches[0][0])


def _sort_key(value: object) -> tuple[bool, Any]:
    is_number = isinstance(value, int | float | Decimal)
    return (False, value) if is_number else (True, str(value).casefold())


def kept(keys: Sequence[str], known: Sequence[str], before: Collection[str]) -> list[int]:
    """Return the numbers of rows with these `keys` in an order that is `known`.

    Rows that were not there `before` come behind the one that they follow.
    """
    at = {key: number for number, key in enumerate(keys)}
    found = [key for key in known if key in at]
    for number, key in enumerate(keys):
        if key not in before:
            shown = set(found)
            above = next((k for k in reversed(keys[:number]) if k in shown), None)
            found.insert(0 if above is None else found.index(above) + 1, key)
    return [at[key] for key in found]


def told(filters: tuple[Filter, ...], columns: dict[str, str]) -> str:
    """Return what rows are narrowed by, for their title; `columns` are headings by name."""
    parts = []
    for each in filters:
        match each.kind:
            case "value":
                parts.append(f"{columns.get(each.column, each.column)} = {each.text}")
            case "text":
                parts.append(f"“{each.text}”")
            case "sql":
                parts.append(each.text)
    return safe_text(" · ".join(parts))
