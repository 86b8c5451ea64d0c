"""What it takes to make a file's facts those of a copy again, as one act that can be undone.

The journal stays as it is and goes on, so that nothing done since is lost.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from lkjip_tui.core.acts import Act, CellChange, Change, FactKey, RowMade, RowRemoved
from lkjip_tui.core.changes import extent
from lkjip_tui.core.changes.differing import Relation, Row, differing
from lkjip_tui.core.changes.extent import Extent
from lkjip_tui.core.errors import OtherOffice
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.storage.facts import Facts, FactTable
from lkjip_tui.language import _, mark

RESTORE: Final = mark("restore")

_Difference = tuple[FactTable, FactKey, Row | None, Row | None]


@dataclass(frozen=True, slots=True)
class Restoration:
    """What restoring from a copy would do; an act without changes where both hold the same.

    `highest_id` is the greatest id that the copy gives back to something.
    """

    copy: Path
    act: Act
    extent: Extent
    highest_id: int


def require_same_office(path: Path, ours: tuple[UUID, str], theirs: tuple[UUID, str]) -> None:
    """Refuse a copy of another file, told by its id; raises OtherOffice."""
    if ours[0] != theirs[0]:
        raise OtherOffice(
            _("{file} is no copy of this file: it is of {theirs}, this one of {ours}.").format(
                file=path, theirs=theirs[1], ours=ours[1]
            ),
            _("With --other-office its facts take the place of those here."),
        )


def restoration(facts: Facts, copy: Path, here: Session, there: Session) -> Restoration:
    """Return what would make the facts here those of a copy that is read there."""
    tables = sorted(facts.tables.values(), key=lambda table: _depth(facts, table))
    found = [difference for table in tables for difference in _differences(table, here, there)]
    changes = (*_put(found), *_made(found), *_removed(found))
    ids = [change.key[0][1] for change in changes if facts.tables[change.table].id_column]
    return Restoration(
        copy,
        Act(RESTORE, changes),
        extent.of(changes, facts.things),
        max((held for held in ids if isinstance(held, int)), default=0),
    )


def _depth(facts: Facts, table: FactTable) -> int:
    """Return how many things stand above a table's rows, which come before them."""
    above = (
        other
        for other in facts.tables.values()
        if other is not table and other.id_column in table.columns
    )
    return 1 + max((_depth(facts, other) for other in above), default=0)


def _differences(table: FactTable, here: Session, there: Session) -> Iterator[_Difference]:
    found = differing(Relation(f"select t.* from {table.name} as t", table.key), here, there)
    for key in sorted(found, key=lambda key: tuple(map(_sortable, key))):
        yield table, tuple(zip(table.key, key, strict=True)), *found[key]


def _sortable(part: object) -> tuple[bool, int, str]:
    return (True, part, "") if isinstance(part, int) else (False, 0, str(part))


def _removed(found: list[_Difference]) -> Iterator[Change]:
    """Yield the rows that only this file has, what hangs on others first."""
    for table, key, now, then in reversed(found):
        if now is not None and then is None:
            yield RowRemoved(table.name, key, tuple(now.items()))


def _made(found: list[_Difference]) -> Iterator[Change]:
    for table, key, now, then in found:
        if now is None and then is not None:
            yield RowMade(table.name, key, tuple(then.items()))


def _put(found: list[_Difference]) -> Iterator[Change]:
    """Yield the values that differ, column by column: those of one are one statement."""
    columns: Mapping[tuple[str, str], list[Change]] = {
        (table.name, name): [] for table, *_rest in found for name in table.columns
    }
    for table, key, now, then in found:
        if now is not None and then is not None:
            for name in table.columns:
                if now[name] != then[name]:
                    change = CellChange(table.name, key, name, now[name], then[name])
                    columns[table.name, name].append(change)
    for changes in columns.values():
        yield from changes
