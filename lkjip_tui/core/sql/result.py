"""What a statement gives: its first rows at once, and all of them without holding them.

A result begins as a stream in a transaction that cannot write. Little is held whole. Of more the
first rows are held, and for those behind them

- a statement that reads rows as they lie is asked for them by their number (`find_places`);
- any other is run once more, into a table that lies in memory or on the disk (`keep`).

Neither is done before the statement itself was taken: then nothing in it can write. What draws
lots gives others each time: all of it is kept before its first row is shown. Each of these may
take long, on a thread of its own; `Work` is how another thread stops it, and how it knows how
far it has come.
"""

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from lkjip_tui.core.errors import QueryError
from lkjip_tui.core.query.rows import MOST_HELD, Rows
from lkjip_tui.core.storage import durability, guard
from lkjip_tui.core.storage.cursors import HeldCursor, Session, Stream, Tuple, plan_steps
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.sql_text import tokens
from lkjip_tui.language import _

_Cursor = TypeVar("_Cursor", bound=HeldCursor)

#: Rows that are shown first, and that are fetched at once.
PAGE: Final = 256
#: Pages that are read on in one go.
_PAGES: Final = 8
#: Letters, bytes and elements that are held of a result in all.
_MOST_LETTERS: Final = 16 << 20
#: Steps of a plan that find a row by its number without reading all before it, or in no time.
_BY_NUMBER: Final = frozenset({
    "SEQ_SCAN", "TABLE_SCAN", "FILTER", "PROJECTION", "RANGE", "STREAMING_LIMIT",
})  # fmt: skip
#: Billionths of a second in which a page must come wherever it stands: the screen waits for it.
_SOON: Final = 30_000_000
_LATE: Final = 10 * _SOON
_TRIES: Final = 3
_TABLE: Final = "result"
#: What the database tells as volatile, and what takes rows by lot.
LOTS: Final = (
    "current_connection_id", "current_query", "current_query_id", "current_transaction_id",
    "currval", "error", "gen_random_uuid", "nextval", "random", "setseed", "setval", "sleep_ms",
    "stats", "uuid", "uuidv4", "uuidv7", "vector_type", "write_log",
)  # fmt: skip
_DRAWS_LOTS: Final = re.compile(
    rf"\b(({'|'.join(LOTS)})\s*\(|tablesample\b|using\s+sample\b)", re.IGNORECASE
)


class Work:
    """Something that is done for a result, on another thread than the one that may stop it."""

    def __init__(self) -> None:
        self._cursor: HeldCursor | None = None
        self._is_stopped = False

    def by(self, cursor: _Cursor) -> _Cursor:
        """Return the cursor that does it from now on; it was stopped if the work was."""
        self._cursor = cursor
        if self._is_stopped:
            cursor.interrupt()
        return cursor

    def interrupt(self) -> None:
        """Stop it: it raises Interrupted. Until it has, once more may be needed."""
        self._is_stopped = True
        if self._cursor is not None:
            self._cursor.interrupt()

    @property
    def is_stopped(self) -> bool:
        """Whether it was told to stop."""
        return self._is_stopped

    @property
    def percent(self) -> int | None:
        """How much of it is done, None where that is not known."""
        return None if self._cursor is None else self._cursor.percent


class Result:
    """The rows of one reading statement; one thread at a time does something to it."""

    def __init__(
        self,
        database: Database,
        statement: str,
        values: dict[str, object] | Sequence[object],
        beneath: Iterable[str] = (),
    ) -> None:
        """Make ready to run a statement; raises as `guard.reading` does.

        `beneath` are the texts of the views and macros that it may rest on.
        """
        self.database = database
        self._text = guard.reading(database, statement)
        self._values = values
        self._draws_lots = any(map(draws_lots, (self._text, *beneath)))
        self._stream: Stream | None = database.stream(self._text, values, guarded=True)
        self._held: list[Tuple] = []
        self._letters = 0
        self._memory = ""
        self._kept: Rows | None = None
        self._journal_id = 0
        self.columns: tuple[str, ...] = ()
        self.types: tuple[str, ...] = ()
        self.rows = self._rows_held(is_part=True)
        #: How many rows there are; None as long as that is not known.
        self.count: int | None = None
        #: Whether the database can keep all of its rows; what explains a statement it cannot.
        self.can_be_kept = False

    # What is known of it

    @property
    def least(self) -> int:
        """How many rows there are at least."""
        if self.count is not None:
            return self.count
        return len(self._held) + bool(self.rows.is_part)

    @property
    def is_open(self) -> bool:
        """Whether more rows come from where the first ones came from."""
        return self._stream is not None

    @property
    def has_room(self) -> bool:
        """Whether so little is held that more may be, although nobody asks for it."""
        return len(self._held) < MOST_HELD and self._letters < _MOST_LETTERS

    @property
    def is_of_now(self) -> bool:
        """Whether the facts are those of when it was run."""
        return durability.state(self.database)[1] == self._journal_id

    # What may take long

    def begin(self, work: Work) -> None:
        """Run the statement until its first rows are there; raises QueryError or Interrupted."""
        assert self._stream is not None  # noqa: S101 - nothing else has begun
        self._journal_id = durability.state(self.database)[1]
        stream = work.by(self._stream).start()
        self._text = stream.text
        self.columns, self.types = unlike(stream.columns), stream.types
        try:
            self.can_be_kept = guard.can_stand_within(self.database, self._text)
            self._add(stream.fetch(PAGE))
            if self.can_be_kept and self._draws_lots:
                self.keep(work)
                if self.rows.count < PAGE:
                    self._add(self.rows.window(0, PAGE))
        except BaseException:
            self.close()
            raise

    def read_on(self, work: Work) -> None:
        """Read some more rows from where the first ones came from.

        Once so many are held that the database should keep all, and it can, no more come. What is
        stopped, or fails, gives no more either.
        """
        stream = self._stream
        if stream is None:
            return
        try:
            work.by(stream)
            for _page in range(_PAGES):
                if not self._add(stream.fetch(PAGE)) or not self.has_room:
                    break
        except BaseException:
            self.let_go()
            raise
        if not self.has_room and self.can_be_kept:
            self.let_go()

    def find_places(self, work: Work) -> bool:
        """Read rows by their number from now on where all of them come soon, and the same ones.

        Learns how many there are. False, and nothing is changed, where that cannot be, or where
        all of them may be held.
        """
        if self._values or not self.can_be_kept or self._kept is not None:
            return False
        with work.by(self.database.session(telling=True)) as session:
            if not _steps(session, self._text) <= _BY_NUMBER:
                return False
            counted = session.read_guarded(f"select count(*) from ({self._text}\n)", most=1)
            self.count = int(counted[0][0])
            if self.count <= MOST_HELD:
                return False
            rows = Rows.of_statement(
                self.database, self.columns, count=self.count, select=self._select()
            )
            is_quick = any(took < _SOON for took in self._reading_the_end(session))
            if is_quick:
                rows.read_end(session)
        # What draws lots, or tells the time, gives others now.
        first = [repr(row) for row in self._held[:PAGE]]
        if not is_quick or [repr(row) for row in rows.window(0, PAGE)] != first:
            return False
        self.let_go()
        self.rows, self._held = rows, []
        return True

    def keep(self, work: Work) -> None:
        """Run the statement once more, into a table that all of its rows are read from then.

        What is kept already stays.
        """
        if self._kept is not None:
            self.rows = self._kept
            return
        if not self.can_be_kept:
            raise QueryError(
                _("What this statement gives cannot be sorted or filtered further."),
                _("Write it as a SELECT."),
            )
        memory = self.database.attach_memory()
        try:
            journal_id = durability.state(self.database)[1]
            with work.by(self.database.session(telling=True)) as session:
                table = session.keep(_TABLE, self._select(), self._values, memory=memory)
                counted = session.read(f"select count(*) from {table}", most=1, sparing=True)
            count = int(counted[1][0][0])
            rows = Rows.of_statement(self.database, self.columns, count=count, table=table)
            # The driver gives back what it held to keep them when the first ones are read.
            rows.window(0, PAGE)
        except BaseException:
            self.database.detach_memory(memory)
            raise
        self.close()
        self.rows, self._kept, self._held, self._memory = rows, rows, [], memory
        self.count, self._journal_id = count, journal_id

    # Its end

    def let_go(self) -> None:
        """Read no more from where the first rows came from, which keeps the file from resting."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def close(self) -> None:
        """Let the database forget all of it."""
        self.let_go()
        memory, self._memory = self._memory, ""
        if memory:
            self.database.detach_memory(memory)

    # Inside

    def _add(self, page: Sequence[Tuple]) -> bool:
        """Hold more rows; False when these are the last."""
        self._held.extend(page)
        self._letters += sum(map(_length, page))
        is_part = len(page) == PAGE
        if not is_part:
            self.count = len(self._held)
            self.let_go()
        self.rows = self._rows_held(is_part=is_part)
        return is_part

    def _rows_held(self, *, is_part: bool) -> Rows:
        return Rows.of_statement(self.database, self.columns, self._held, is_part=is_part)

    def _select(self) -> str:
        """Return a query that gives the rows under names of which each stands once."""
        names = ", ".join('"' + name.replace('"', '""') + '"' for name in self.columns)
        return f"select v.* from ({self._text}\n) as v({names})"

    def _reading_the_end(self, session: Session) -> Iterator[int]:
        """Yield how long it takes to read the last rows, each time they are read.

        Where they come late once more is not tried: what is on the disk comes soon, too.
        """
        assert self.count is not None  # noqa: S101 - they were counted
        select = f"{self._select()} limit {PAGE} offset {self.count - PAGE}"
        for _try in range(_TRIES):
            began = time.perf_counter_ns()
            session.read(select, most=PAGE, sparing=True)
            yield (took := time.perf_counter_ns() - began)
            if took > _LATE:
                return


def draws_lots(sql: str) -> bool:
    """Whether SQL gives other rows each time; what it says in texts and remarks draws none."""
    if not _DRAWS_LOTS.search(sql):  # to go through a long one takes longer than a frame
        return False
    code = (token.text for token in tokens(sql) if token.kind not in {"text", "comment"})
    return _DRAWS_LOTS.search(" ".join(code)) is not None


def unlike(names: Sequence[str]) -> tuple[str, ...]:
    """Return columns' names, one that stands there already with a number behind it.

    To the database names are the same whatever their letters' size.
    """
    taken = {name.lower() for name in names}
    found: dict[str, str] = {}
    for name in names:
        number, free = 0, name
        while free.lower() in found or (number and free.lower() in taken):
            number += 1
            free = f"{name}_{number}"
        found[free.lower()] = free
    return tuple(found.values())


def _steps(session: Session, text: str) -> frozenset[str]:
    explained = session.read_guarded(f"explain (format json) {text}", most=1)
    return plan_steps(explained[0][1])


def _length(row: Tuple) -> int:
    return sum(len(value) for value in row if hasattr(value, "__len__"))
