"""Which rows differ between two open files, found without reading those that are alike.

Each file adds the hashes of its rows up in parts; only parts whose sums differ are read. An
engine that hashes otherwise reads more and finds the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.storage.cursors import Session

Key: TypeAlias = tuple[Value, ...]
Row: TypeAlias = Mapping[str, Value]

_PARTS: Final = 1024
_ALL: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows that both files can select, and the columns that tell them apart there."""

    select: str
    key: Sequence[str]
    values: Sequence[object] = ()

    def sums(self, session: Session) -> Mapping[int, tuple[int, int]]:
        """Return by its number how many rows a part has, and the sum of their hashes."""
        select = (
            f"with r as ({self.select})"
            f" select {self._part} as part, count(*), sum(hash(r)) from r group by all"
        )
        _columns, rows = session.read(select, self.values, most=_PARTS)
        return {part: (count, total) for part, count, total in rows}

    def rows(self, session: Session, parts: Sequence[int]) -> Mapping[Key, Row]:
        """Return the rows of some parts by their keys."""
        if not parts:
            return {}
        select = (
            f"with r as ({self.select}) select r.* from r where {self._part} in (select unnest(?))"
        )
        columns, rows = session.read(select, [*self.values, list(parts)], most=_ALL)
        places = [columns.index(name) for name in self.key]
        return {
            tuple(row[at] for at in places): dict(zip(columns, row, strict=True)) for row in rows
        }

    @property
    def _part(self) -> str:
        return f"hash({', '.join(f'r.{name}' for name in self.key)}) % {_PARTS}"


def differing(
    relation: Relation, here: Session, there: Session
) -> Mapping[Key, tuple[Row | None, Row | None]]:
    """Return the rows that differ by their keys, as they are here and there; None for no row."""
    sums, others = relation.sums(here), relation.sums(there)
    parts = [part for part in sums.keys() | others.keys() if sums.get(part) != others.get(part)]
    mine, theirs = relation.rows(here, parts), relation.rows(there, parts)
    return {
        key: (mine.get(key), theirs.get(key))
        for key in mine.keys() | theirs.keys()
        if mine.get(key) != theirs.get(key)
    }
