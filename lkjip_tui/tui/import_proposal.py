"""A source that is imported, as the preview shows it."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from itertools import chain
from typing import Final

from lkjip_tui.core.errors import UsageError
from lkjip_tui.core.imports.importing import Import
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.language import _
from lkjip_tui.transfer import imported
from lkjip_tui.transfer.proposed import Proposed

Do = Callable[[Import], Awaitable[str | None]]


#: Cells that are read at once, in some 15 ms among 300,000 lines, and how often as many are kept.
_PAGE: Final = 256
_KEPT: Final = 8


class ImportProposal:
    """Cells of a source that are refused, new or changed; a Proposal."""

    can_be_mended: Final = True

    def __init__(self, source: Import, do: Do, cells: Cells, names: ViewRow) -> None:
        self._source, self._do = source, do
        self._cells, self._names = cells, names
        self._read()

    def _read(self) -> None:
        """Ask what comes of it now, and for what is shown of that first."""
        self._counts, self._notes = self._source.counts, self._source.notes
        # Another one each time: what is just being read goes into the former.
        self._pages: dict[int, Sequence[Proposed]] = {}
        self._page(0)

    def _page(self, number: int) -> Sequence[Proposed]:
        pages = self._pages
        page = pages.get(number)
        if page is None:
            outcomes = self._source.page(number * _PAGE, (number + 1) * _PAGE)
            page = imported.told(self._source, self._cells, self._names, outcomes)
            if len(pages) >= _KEPT:
                del pages[next(iter(pages))]
            pages[number] = page
        return page

    @property
    def notes(self) -> Sequence[str]:
        """What should be known of it, as it was mended."""
        return self._notes

    @property
    def refused(self) -> int:
        """How many are refused."""
        return self._counts.refused

    @property
    def told(self) -> str:
        """How much it is, in words."""
        return imported.summary(self._counts)

    @property
    def row_count(self) -> int:
        """How many cells are listed."""
        return self._counts.refused + self._counts.changed

    def page(self, start: int, stop: int) -> Sequence[Proposed]:
        """Return cells in words."""
        first, last = start // _PAGE, -(-stop // _PAGE)
        found = list(chain.from_iterable(map(self._page, range(first, last))))
        return found[start - first * _PAGE : stop - first * _PAGE]

    def refusal(self, row: int) -> str:
        """Return why a cell is refused."""
        (cell,) = self.page(row, row + 1)
        return cell.reason if cell.is_refused else ""

    def text(self, row: int) -> str:
        """Return the source's text of a cell."""
        return self._source.page(row, row + 1)[0].text

    def mend(self, row: int, text: str) -> int:
        """Compare a cell with another text."""
        outcome = self._source.page(row, row + 1)[0]
        if outcome.column is None:
            raise UsageError(
                _("A whole line is refused: it cannot be mended here."),
                _("Leave it out with Del, or mend it in the source."),
            )
        at = self._source.mend(outcome, text)
        self._read()
        return min(row, max(self.row_count - 1, 0)) if at is None else at

    def leave_out(self, rows: Collection[int]) -> None:
        """Leave cells out."""
        first = min(rows, default=0)
        found = self._source.page(first, max(rows, default=-1) + 1)
        self._source.leave_out([each for at, each in enumerate(found, first) if at in rows])
        self._read()

    def leave_out_refused(self) -> None:
        """Leave all out that are refused."""
        self._source.leave_out_refused()
        self._read()

    def look_again(self) -> None:
        """Hold the source against the file as it is now."""
        self._source.look_again()
        self._read()

    async def do(self) -> str | None:
        """Take the source in."""
        return await self._do(self._source)
