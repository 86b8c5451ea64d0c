"""A thing with all that hangs on it, as one year has it: what goes with it, and what is copied.

What other years hold is known to be there and left alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from lkjip_tui.core.acts import CellChange, Change, FactRow, RowMade, RowRemoved
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.storage.facts import Facts


@dataclass(frozen=True, slots=True)
class Branch:
    """A thing, its figures of a year, and the branches beneath it.

    `references` are what would let go of the thing, which stands without it; `stays` says that
    another year holds it or something beneath it.
    """

    facts: Facts
    table: str
    thing: FactRow
    figures: Sequence[tuple[str, FactRow]]
    parts: Sequence["Branch"]
    references: Sequence[CellChange]
    stays: bool

    @classmethod
    def read(cls, facts: Facts, table: str, thing: FactRow, year: int) -> Self:
        """Read what hangs on a thing in `year`."""
        id_column = f"{table}_id"
        owner = dict(thing)[id_column]
        figures: list[tuple[str, FactRow]] = []
        parts: list[Branch] = []
        references: list[CellChange] = []
        stays = False
        for other in facts.tables.values():
            if other.name == table or id_column not in other.columns:
                continue
            found = facts.rows(other.name, ((id_column, owner),))
            if other.id_column:
                parts += [cls.read(facts, other.name, row, year) for row in found]
            elif id_column in other.key:
                of_year = [row for row in found if dict(row).get("fiscal_year", year) == year]
                figures += [(other.name, row) for row in of_year]
                stays |= len(of_year) < len(found)
            else:
                references += [
                    CellChange(other.name, facts.key_of(other.name, row), id_column, owner, None)
                    for row in found
                ]
        stays |= any(part.stays for part in parts)
        return cls(facts, table, thing, figures, parts, references, stays)

    def removed(self) -> Iterator[Change]:
        """Yield what takes the branch out of the year: the thing last, unless it stays."""
        for part in self.parts:
            yield from part.removed()
        for table, row in self.figures:
            yield self._removed(table, row)
        if not self.stays:
            yield from self.references
            yield self._removed(self.table, self.thing)

    def copied(
        self, new_ids: Callable[[int], Sequence[int]], other: Mapping[str, Value]
    ) -> Sequence[RowMade]:
        """Return what makes the branch once more under new ids, the thing itself first.

        `other` is what the new thing holds in place of what the old one does.
        """
        branches = list(self.of_year())
        olds = [(f"{b.table}_id", dict(b.thing)[f"{b.table}_id"]) for b in branches]
        ids = dict(zip(olds, new_ids(len(olds)), strict=True))
        rows = [(self.table, tuple({**dict(self.thing), **other}.items()))]
        rows += [(branch.table, branch.thing) for branch in branches[1:]]
        rows += [figure for branch in branches for figure in branch.figures]
        # Rows of one table are made together, tables in the order in which they are met.
        met = list(dict.fromkeys(table for table, _row in rows))
        rows.sort(key=lambda row: met.index(row[0]))
        return [
            RowMade(table, self.facts.key_of(table, copy), copy)
            for table, row in rows
            for copy in [tuple((name, ids.get((name, value), value)) for name, value in row)]
        ]

    @property
    def is_of_year(self) -> bool:
        """Whether the year holds something of the branch, or no year does."""
        return not self.stays or bool(self.figures) or any(p.is_of_year for p in self.parts)

    def of_year(self) -> "Iterator[Branch]":
        """Yield the branch and those beneath it that are not of other years alone."""
        yield self
        for part in self.parts:
            if part.is_of_year:
                yield from part.of_year()

    def _removed(self, table: str, row: FactRow) -> RowRemoved:
        return RowRemoved(table, self.facts.key_of(table, row), row)
