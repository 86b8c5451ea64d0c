"""Which acts stand, told by the journal alone, so that it survives a restart.

An act's rows name in `undo_of` the acts that it takes back. Undo takes back the newest of those
that are in force, or several of the newest at once; a redo takes back the newest undo. Whatever
else takes an act back, one in the middle, is a new act itself: it can be undone and redone.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence


class Timeline:
    """The acts of a file, recorded in their order."""

    def __init__(self, acts: Iterable[tuple[int, Sequence[int]]] = ()) -> None:
        self._taken: dict[int, tuple[int, ...]] = {}
        self._in_force: list[int] = []
        """Oldest first. What a newer one here takes back is here too: both may be undone yet."""
        self._undos: list[int] = []
        """What can be redone, the last first."""
        self._undone: dict[int, int] = {}
        for number, takes_back in acts:
            self._record(number, tuple(sorted(takes_back)))

    def _record(self, number: int, taken: tuple[int, ...]) -> None:
        self._taken[number] = taken
        if taken and tuple(self._in_force[-len(taken) :]) == taken:
            del self._in_force[-len(taken) :]
            self._undos.append(number)
            self._undone |= dict.fromkeys(taken, number)
        elif self._undos and taken == (self._undos[-1],):
            again = self._taken[self._undos.pop()]
            self._in_force += again
            for act in again:
                del self._undone[act]
        else:
            self._in_force.append(number)
            self._undos.clear()

    @property
    def next_undo(self) -> int | None:
        """The act that undo takes back."""
        return self._in_force[-1] if self._in_force else None

    @property
    def next_redo(self) -> int | None:
        """The undo that redo takes back; None after a new act."""
        return self._undos[-1] if self._undos else None

    def newer(self, number: int) -> Sequence[int]:
        """Return the acts in force that are newer than one, newest first."""
        return self._in_force[bisect_right(self._in_force, number) :][::-1]

    def undone(self) -> Mapping[int, int]:
        """Return the acts that do not stand, each with the act that took it back."""
        undone = dict(self._undone)
        for number in reversed(self._in_force):
            if number not in undone:
                undone |= dict.fromkeys(self._taken[number], number)
        return undone

    def takes_back(self, number: int) -> Sequence[int]:
        """Return the acts that one takes back; for a redo that is an undo."""
        return self._taken.get(number, ())

    def knows(self, number: int) -> bool:
        """Say whether an act changed facts: no other can be taken back."""
        return number in self._taken

    def is_standing(self, number: int) -> bool:
        """Say whether an act did something that is in force."""
        at = bisect_right(self._in_force, number) - 1
        return at >= 0 and self._in_force[at] == number and number not in self.undone()

    def standing_since(self, number: int) -> Sequence[int]:
        """Return the newer acts that left something: no pair of which one undoes the other."""
        undone = self.undone()
        newer = self.newer(number)
        gone = {each for act in newer if act in undone for each in (act, undone[act])}
        return [act for act in newer if act not in gone]
