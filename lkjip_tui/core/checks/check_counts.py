"""How many findings stand, counted in one state of the facts, which may be one that is taken back.

`findings` tells what is found in the file; this only counts, in a session that may see the facts
otherwise than the file has them.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lkjip_tui.core.errors import Interrupted, LkjipError
from lkjip_tui.core.query.dependence import Dependence
from lkjip_tui.core.query.queries import Kind, Query, Registry
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.storage.database import Database, Transaction
from lkjip_tui.core.storage.facts import FactTable, encode

Standing: TypeAlias = Mapping[tuple[int, str], int]
"""Findings that nobody accepted, by year and the check's name."""

_EVERY: Final = 1 << 40
#: Facts that say which findings count.
_OF_ALL: Final = frozenset({"check_setting", "accepted_finding"})


@dataclass(frozen=True, slots=True)
class Counted:
    """What checks find; `failed` are the names of those that could not be run."""

    standing: Standing = field(default_factory=dict)
    failed: Collection[str] = ()


class _BrokenError(Exception):
    """A view or check could not be read; what was done in its transaction is gone."""


class CheckCounts:
    """Counts what the checks of a file find in states of its facts."""

    def __init__(
        self, database: Database, registry: Registry, tables: Mapping[str, FactTable]
    ) -> None:
        self._database = database
        self._rests = Dependence(registry, {name: each.columns for name, each in tables.items()})

    def resting_on(self, facts: Collection[str]) -> Sequence[Query]:
        """Return the checks that may find something else once these facts have changed."""
        stale = self._rests.resting_on(facts)
        is_of_all = any(fact.partition(".")[0] in _OF_ALL for fact in facts)
        return [each for each in self._rests.checks if is_of_all or each.full_name in stale]

    def counted(
        self, session: Session, checks: Sequence[Query], act: Callable[[Transaction], object]
    ) -> Counted:
        """Do something, count, and take it back; raises what the act does, and Interrupted."""
        broken: set[str] = set()
        failed: set[str] = set()
        while True:
            with self._database.rehearsal(session) as transaction:
                act(transaction)
                left = [each for each in checks if each.name not in failed]
                try:
                    return Counted(self._count(session, left, broken), failed)
                except _BrokenError as error:
                    name = str(error)
            # What rests on a view that fails reads it as it is stored, and fails, too.
            if name in broken:
                failed.add(name.partition(".")[2])
            broken.add(name)

    def _count(
        self, session: Session, checks: Sequence[Query], broken: Collection[str]
    ) -> Standing:
        off = {name for (name,) in _rows(session, "check_name", "check_setting where not enabled")}
        checks = [check for check in checks if check.name not in off]
        columns = "check_name, fiscal_year, finding_key, stated"
        accepted = set(_rows(session, columns, "accepted_finding"))
        kept: dict[str, str] = {}
        needed = self._rests.needed(checks)
        for name, query in self._rests.views.items():
            if query.kind is not Kind.CHECK and name in needed and name not in broken:
                select = query.select_from(kept)
                if name in self._rests.apart:
                    kept[name] = _kept(session, query, select)
                else:
                    kept[name] = f"({select}\n)"
        standing: Counter[tuple[int, str]] = Counter()
        for check in checks:
            is_broken = check.full_name in broken
            source = check.full_name if is_broken else f"({check.select_from(kept)}\n)"
            for year, key, stated in _found(session, check, source):
                if (check.name, year, key, stated) not in accepted:
                    standing[year, check.name] += 1
        return standing


def _kept(session: Session, query: Query, select: str) -> str:
    try:
        return session.keep(f"{query.kind}_{query.name}", select)
    except Interrupted:
        raise
    except LkjipError as error:
        raise _BrokenError(query.full_name) from error


def _found(session: Session, check: Query, source: str) -> Sequence[tuple[int, str, str | None]]:
    """Return year, key and what is stated of what a check finds in the years of the report."""
    try:
        columns, rows = session.read(
            f"select v.* from {source} as v"
            " where v.fiscal_year in (select y.fiscal_year from report_year as y)",
            most=_EVERY,
        )
        named = [dict(zip(columns, row, strict=True)) for row in rows]
        return [
            (row["fiscal_year"], str(row["finding_key"]), encode(row.get("stated")))
            for row in named
        ]
    except Interrupted:
        raise
    except LkjipError as error:
        raise _BrokenError(check.full_name) from error


def _rows(session: Session, columns: str, source: str) -> Sequence[tuple[object, ...]]:
    return session.read(f"select {columns} from {source}", most=_EVERY)[1]
