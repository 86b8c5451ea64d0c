"""The rows of a model, read a page at a time and kept while they are recent."""

from collections.abc import Callable, Sequence

from lkjip_tui.grid.model import GridModel, GridRow

PAGE_ROWS = 64
KEPT_PAGES = 8


class Pages:
    """A bounded memory of the pages read last; `on_read` sees each page as it comes."""

    def __init__(
        self, model: GridModel, on_read: Callable[[Sequence[GridRow]], None] | None = None
    ) -> None:
        self.model = model
        self.row_count = model.row_count
        self._on_read = on_read
        self._kept: dict[int, Sequence[GridRow]] = {}
        self._newest = -1

    def row(self, index: int) -> GridRow | None:
        """Return the row at a position; None outside the model, or when it gave too few."""
        if not 0 <= index < self.row_count:
            return None
        number, place = divmod(index, PAGE_ROWS)
        page = self._page(number)
        return page[place] if place < len(page) else None

    def meet(self, start: int, stop: int) -> None:
        """Read whatever pages hold the positions `start` to `stop`."""
        stop = min(stop, self.row_count)
        for number in range(max(start, 0) // PAGE_ROWS, -(-stop // PAGE_ROWS)):
            self._page(number)

    def forget(self) -> None:
        """Drop every page and count the rows again."""
        self._kept.clear()
        self._newest = -1
        self.row_count = self.model.row_count

    def renew(self, index: int) -> None:
        """Read one row again, if it is kept."""
        number, place = divmod(index, PAGE_ROWS)
        page = self._kept.get(number)
        if page is not None and place < len(page):
            rows = self.model.rows(index, index + 1)
            self._kept[number] = [*page[:place], *rows, *page[place + 1 :]]
            if self._on_read is not None:
                self._on_read(rows)

    def _page(self, number: int) -> Sequence[GridRow]:
        page = self._kept.get(number)
        if page is not None:
            if number != self._newest:
                self._newest = number
                self._kept[number] = self._kept.pop(number)
            return page
        start = number * PAGE_ROWS
        page = self.model.rows(start, min(start + PAGE_ROWS, self.row_count))
        if len(self._kept) >= KEPT_PAGES:
            del self._kept[next(iter(self._kept))]
        self._kept[number] = page
        self._newest = number
        if self._on_read is not None:
            self._on_read(page)
        return page
