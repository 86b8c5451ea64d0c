"""Things that stand under one parent, and how their numbers change when one comes, moves or goes.

Numbers may have gaps and doubles: of two that are alike the older thing stands first. What has
to move is pushed on as far as it is in the way; nothing in front of the place is touched.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lkjip_tui.core.acts import CellChange


@dataclass(frozen=True, slots=True)
class Siblings:
    """Things of one table by their ids, in order, with the numbers that `by` holds."""

    table: str
    by: str
    numbers: Mapping[int, int]

    def are_in_order(self, some: Sequence[int]) -> bool:
        """Say whether some of them stand in the order of all."""
        wanted = set(some)
        return [owner for owner in self.numbers if owner in wanted] == list(some)

    def room_behind(self, owner: object, count: int = 1) -> tuple[int, list[CellChange]]:
        """Return the number of the first of new things behind `owner`, and what makes room.

        Behind all of them when `owner` is none of them.
        """
        order = list(self.numbers)
        if owner not in order:
            return max(self.numbers.values(), default=0) + 1, []
        here = order.index(owner)
        room = self.numbers[order[here]] + 1
        behind = order[here + 1 :]
        pushed = _rising((self.numbers[each] for each in behind), room + count - 1)
        return room, list(self._changes(zip(behind, pushed, strict=True)))

    def exchanged(self, one: int, other: int) -> list[CellChange]:
        """Return what lets two of them change places, the change of `one` first."""
        order = list(self.numbers)
        first, second = sorted((order.index(one), order.index(other)))
        places = [self.numbers[owner] for owner in order[first:]]
        before = self.numbers[order[first - 1]] if first else None
        order[first], order[second] = order[second], order[first]
        changes = self._changes(zip(order[first:], _rising(places, before), strict=True))
        return sorted(changes, key=lambda change: change.key[0][1] != one)

    def closed(self, gone: int) -> list[CellChange]:
        """Return what closes the gap that one of them leaves, if they are counted without gaps."""
        if list(self.numbers.values()) != list(range(1, len(self.numbers) + 1)):
            return []
        left = (owner for owner in self.numbers if owner != gone)
        return list(self._changes((owner, place) for place, owner in enumerate(left, 1)))

    def _changes(self, wanted: Iterable[tuple[int, int]]) -> Iterator[CellChange]:
        for owner, number in wanted:
            if number != self.numbers[owner]:
                key = ((f"{self.table}_id", owner),)
                yield CellChange(self.table, key, self.by, self.numbers[owner], number)


def _rising(numbers: Iterable[int], before: int | None) -> Iterator[int]:
    """Yield numbers, each as it is or as small as puts it above the one before."""
    for number in numbers:
        before = number if before is None else max(number, before + 1)
        yield before
