"""What statements give when they are tried out, before a view is made of them."""

from collections.abc import Sequence
from typing import Final

from lkjip_tui.core.errors import Interrupted, QueryError
from lkjip_tui.core.query.header import FISCAL_YEAR
from lkjip_tui.core.sql.parameters import asks_for_year
from lkjip_tui.core.sql.row_keys import Typed
from lkjip_tui.core.storage.cursors import Session, Tuple
from lkjip_tui.core.storage.sql_text import quoted

_MOST: Final = 10_000


class Trial:
    """Runs statements of a file with these years, where nothing can be written.

    Where it `is_rehearsed` that is so already, and one of the years is taken back in the end.
    """

    def __init__(
        self, session: Session, years: Sequence[int], *, is_rehearsed: bool = False
    ) -> None:
        self._session = session
        self._is_rehearsed = is_rehearsed
        self.years = years

    def read(self, sql: str, year: int | None = None, *, most: int = _MOST) -> list[Tuple]:
        """Return at most so many rows of a statement, which may ask for the year."""
        values: dict[str, object] = {} if year is None else {FISCAL_YEAR: year}
        if self._is_rehearsed:
            return self._session.read(sql, values, most=most)[1]
        return self._session.read_guarded(sql, values, most=most)

    def columns(self, text: str) -> tuple[Typed, ...]:
        """Return the columns that a statement gives; raises QueryError where it is not sound."""
        year = self.years[-1] if asks_for_year(text) else None
        return tuple((str(row[0]), str(row[1])) for row in self.read(f"describe {text}", year))

    def work_out(self, text: str) -> None:
        """Work out every cell that a statement gives; raises QueryError where one cannot be."""
        # What no column is asked of, the database leaves out, and with it what fails there.
        self.read(f"select sum(hash(t)) from ({text}\n) as t", most=1)

    def is_sound(self, text: str) -> bool:
        """Whether the database takes a statement."""
        try:
            self.columns(text)
        except Interrupted:
            raise
        except QueryError:
            return False
        return True

    def is_same_each_year(self, before: str, made: str, columns: Sequence[Typed]) -> bool:
        """Whether a statement gives the rows of each year that another gives when asked for it."""
        of_year = f"from ({made}\n) where {FISCAL_YEAR} = ${FISCAL_YEAR}"
        return all(self.is_same(f"from ({before}\n)", of_year, columns, y) for y in self.years)

    def is_same(self, then: str, now: str, columns: Sequence[Typed], year: int | None) -> bool:
        """Whether the same rows come from two places, as far as these columns show it."""
        listed = ", ".join(quoted(name) for name, _type in columns)
        then, now = f"select {listed} {then}", f"select {listed} {now}"
        differs = f"({then} except all {now}) union all ({now} except all {then}) limit 1"
        return not self.read(differs, year, most=1)

    def twice(self, text: str, key: str) -> tuple[object, object, int] | None:
        """Return a year and a key that several rows have, or one without; None where none is."""
        found = self.read(
            f"select {FISCAL_YEAR}, {quoted(key)}, count(*) as n from ({text}\n) group by all"
            f" having n > 1 or {FISCAL_YEAR} is null or {quoted(key)} is null limit 1",
            most=1,
        )
        return found[0] if found else None
