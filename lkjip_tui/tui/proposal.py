"""What much would change, as the one preview shows it: a row a cell, old beside new.

A plan of typed or pasted texts, and a source that is imported, are both one.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from typing import Final, Protocol

from lkjip_tui.core.changes.plan import CellText, Outcome, Plan
from lkjip_tui.core.figures.values import Kind, show
from lkjip_tui.core.query.cells import Cells, difference
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.language import _
from lkjip_tui.transfer.proposed import Proposed


class Proposal(Protocol):
    """What would change; everything but `do` may take long, and is asked off the screen."""

    @property
    def can_be_mended(self) -> bool:
        """Whether cells can be mended and left out."""
        ...

    @property
    def row_count(self) -> int:
        """How many changes are listed: the cells that are refused, and those that change."""
        ...

    def page(self, start: int, stop: int) -> Sequence[Proposed]:
        """Return changes in words, those that there are from `start` to before `stop`."""
        ...

    @property
    def refused(self) -> int:
        """How many are refused; they come first."""
        ...

    @property
    def told(self) -> str:
        """How much it is, in words."""
        ...

    @property
    def notes(self) -> Sequence[str]:
        """What should be known of it as it stands."""
        ...

    def refusal(self, row: int) -> str:
        """Return why a cell is refused, empty when it is not."""
        ...

    def text(self, row: int) -> str:
        """Return the text that shall stand in a cell."""
        ...

    def mend(self, row: int, text: str) -> int:
        """Take another text for a cell, and return where that cell stands now.

        Raises LkjipError, and then nothing is another.
        """
        ...

    def leave_out(self, rows: Collection[int]) -> None:
        """Leave cells out; raises LkjipError."""
        ...

    def leave_out_refused(self) -> None:
        """Leave all out that are refused; raises LkjipError."""
        ...

    def look_again(self) -> None:
        """Hold it against the file as it is now; raises LkjipError."""
        ...

    async def do(self) -> str | None:
        """Do it; gives why it cannot be, None when it is done."""
        ...


class Replan(Protocol):
    """Works a plan out anew for texts that were mended or left out."""

    def __call__(self, entries: Sequence[CellText], /, *, afresh: bool = False) -> Plan:
        """Return the plan; `afresh` with the rows as the file holds them now."""
        ...


Do = Callable[[Plan], Awaitable[str | None]]


class PlanProposal:
    """A plan, which is worked out anew at each mending."""

    can_be_mended: Final = True

    def __init__(self, plan: Plan, replan: Replan, do: Do, cells: Cells, names: ViewRow) -> None:
        self._plan, self._replan, self._do = plan, replan, do
        self._cells, self._names = cells, names
        self._left_out = 0
        self._show(plan)

    @property
    def row_count(self) -> int:
        """How many outcomes refuse or change something."""
        return len(self._listed)

    def page(self, start: int, stop: int) -> Sequence[Proposed]:
        """Return outcomes in words, the refused first."""
        return [self._told(outcome) for outcome in self._listed[start:stop]]

    @property
    def refused(self) -> int:
        """How many outcomes are refused."""
        return len(self._plan.refused)

    @property
    def told(self) -> str:
        """How much it is, in words."""
        plan = self._plan
        changed, refused = len(plan.changed), len(plan.refused)
        counts = [
            (refused, _("{count} refused")),
            (len(plan.outcomes) - changed - refused, _("{count} hold that already")),
            (self._left_out, _("{count} left out")),
        ]  # fmt: skip
        parts = (text.format(count=show(count, Kind.COUNT)) for count, text in counts if count)
        return " · ".join((str(plan.extent), *parts))

    @property
    def notes(self) -> Sequence[str]:
        """What should be known of it: nothing."""
        return ()

    def refusal(self, row: int) -> str:
        """Return why an outcome is refused."""
        return self._listed[row].refused

    def text(self, row: int) -> str:
        """Return an outcome's text."""
        return self._listed[row].entry.text

    def mend(self, row: int, text: str) -> int:
        """Work the plan out with another text."""
        mended = self._listed[row]
        at = next(n for n, each in enumerate(self._plan.outcomes) if each is mended)
        entries = [each.entry for each in self._plan.outcomes]
        entries[at] = replace(mended.entry, text=text)
        self._show(self._replan(entries))
        outcome = self._plan.outcomes[at]
        listed = self._listed
        return listed.index(outcome) if outcome in listed else min(row, max(len(listed) - 1, 0))

    def leave_out(self, rows: Collection[int]) -> None:
        """Work the plan out without outcomes."""
        self._leave_out([self._listed[row] for row in rows])

    def leave_out_refused(self) -> None:
        """Work the plan out without what is refused."""
        self._leave_out(self._plan.refused)

    def look_again(self) -> None:
        """Work the plan out with the rows as the file holds them now."""
        self._show(self._replan([each.entry for each in self._plan.outcomes], afresh=True))

    async def do(self) -> str | None:
        """Do what the plan says."""
        return await self._do(self._plan)

    def _leave_out(self, outcomes: Sequence[Outcome]) -> None:
        gone = set(map(id, outcomes))
        kept = [each.entry for each in self._plan.outcomes if id(each) not in gone]
        count = len(self._plan.outcomes) - len(kept)
        self._show(self._replan(kept))
        self._left_out += count

    def _show(self, plan: Plan) -> None:
        self._plan = plan
        self._listed = [*plan.refused, *plan.changed]

    def _told(self, outcome: Outcome) -> Proposed:
        entry, cells = outcome.entry, self._cells
        row, column = entry.row, entry.column
        after = outcome.reading.value if outcome.reading else None
        name = cells.row_name(row)
        if entry.new is not None:
            name = _("new row {number}").format(number=entry.new + 1)
        return Proposed(
            name,
            cells.whole_heading(column, self._names),
            now=cells.text(column, row),
            new=entry.text if outcome.refused else self._after(outcome),
            difference="" if outcome.refused else difference(column, row, after),
            reason=outcome.refused,
            is_refused=bool(outcome.refused),
        )

    def _after(self, outcome: Outcome) -> str:
        """Return a cell as it would be printed."""
        entry, reading = outcome.entry, outcome.reading
        row = {**entry.row, entry.column.name: reading.value if reading else None}
        if entry.column.companion and reading is not None:
            row[entry.column.companion] = reading.words
        return self._cells.text(entry.column, row)
