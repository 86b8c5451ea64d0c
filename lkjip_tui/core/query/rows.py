"""The rows of a view for one year, in the header's order, read as far as needed.

What can be read at once is held whole, so that a table can be folded and searched; longer ones
are read a window at a time, however long they are. So are the rows that a statement gives
(`result`), of which nothing but their number tells one from the other.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain, islice
from types import MappingProxyType
from typing import Final, Self

from lkjip_tui.core.errors import QueryError, StatementRefused
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.query.condition import refused
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.storage import guard
from lkjip_tui.core.storage.cursors import Session, Stream, Tuple
from lkjip_tui.core.storage.database import Database
from lkjip_tui.language import _

#: Rows that are fetched at once; more would hold the screen's thread too long.
_PAGE: Final = 256
#: Pages of a longer table that are kept: going through its rows one by one reads each page once.
_KEPT: Final = 8
#: The longest view that is held whole: ten thousand sub kegiatan with their subtotals.
MOST_HELD: Final = 20_000
#: Rows that are found at once, to begin with.
_FOUND: Final = 1_000
#: Rows that are looked through at once where the screen waits for its own meanwhile.
_SPAN: Final = 100_000
_ORDER_BY: Final = " order by "
#: A row's number beside the columns of its view, of which none is called so.
_NUMBER: Final = '"number among these rows"'


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a view: `columns` names what each tuple holds, `count` is how many there are.

    `has_keys` says that `row_key` tells them apart. `_table` is where they are kept, if they are,
    numbered as they come; `_session` reads them where nobody else can.
    """

    columns: tuple[str, ...]
    count: int
    whole: Sequence[Tuple] | None
    _database: Database
    _select: str
    _order: str
    _values: tuple[object, ...]
    _place: dict[str, int] = field(default_factory=dict)
    _shown: tuple[str, ...] = ()
    _session: Session | None = None
    _table: str = ""
    _last: dict[int, Sequence[Tuple]] = field(default_factory=dict)
    has_keys: bool = True
    is_part: bool = False
    _page: Callable[[int], Sequence[Tuple]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_page", lru_cache(_KEPT)(self._read_page))

    @classmethod
    def of_statement(
        cls,
        database: Database,
        columns: tuple[str, ...],
        held: Sequence[Tuple] | None = None,
        *,
        is_part: bool = False,
        count: int = 0,
        select: str = "",
        table: str = "",
    ) -> Self:
        """Return rows that a statement gives: those that are held, maybe a part of them.

        Without these they are read by a select, or from the table where they are kept.
        """
        return cls(
            columns, count if held is None else len(held), held, database,
            select or f"select v.* from {table} as v", "", (),
            _shown=columns, _table=table, has_keys=False, is_part=is_part,
        )  # fmt: skip

    @property
    def is_held(self) -> bool:
        """Whether all rows are here."""
        return self.whole is not None and not self.is_part

    def key(self, row: Tuple, number: int) -> str:
        """Return what tells the row with a number from all others; empty where nothing does."""
        if self.has_keys and "row_key" in self.columns:
            return str(row[self.columns.index("row_key")])
        return "" if self.has_keys or not self.is_held else str(number)

    def window(self, start: int, stop: int) -> Sequence[Tuple]:
        """Return rows `start` to `stop`, without `stop` itself and within what there is."""
        if self.whole is not None:
            return self.whole[start:stop]
        first, last = start // _PAGE, -(-min(stop, self.count) // _PAGE)
        found = chain.from_iterable(self._page(number) for number in range(first, last))
        return list(islice(found, start - first * _PAGE, max(stop, start) - first * _PAGE))

    def _read_page(self, number: int) -> Sequence[Tuple]:
        if number in self._last:
            return self._last[number]
        select = f"{self._select}{self._order} limit {_PAGE} offset {number * _PAGE}"
        if self._session is not None:
            return self._session.read(select, most=_PAGE, sparing=True)[1]
        if not (self.has_keys or self._table):  # someone wrote it
            found = self._database.read_guarded(select)
            if len(found) < min(_PAGE, self.count - number * _PAGE):
                told = _("Rows are gone since the statement was run.")
                raise QueryError(told, _("Run it again."))
            return found
        return self._database.read(select, self._values, sparing=True)

    def read_end(self, session: Session) -> None:
        """Keep the last rows of a table that is read a window at a time in its own order.

        Whoever jumps there first would else wait for what the database has never read.
        """
        if self.whole is None and not self._order:
            first = max((self.count - 1) // _PAGE - 1, 0)
            select = f"{self._select} limit {2 * _PAGE} offset {first * _PAGE}"
            _columns, found = session.read(select, self._values, most=2 * _PAGE, sparing=True)
            self._last.update({first: found[:_PAGE], first + 1: found[_PAGE:]})

    def named(self, row: Tuple) -> dict[str, Value]:
        """Return a row with its columns' names."""
        return dict(zip(self.columns, row, strict=True))

    def position(self, row_key: str) -> int | None:
        """Return where the row with this `row_key` stands; None when it is not among them.

        Where the rows are not held only those are known that were sought, or noted.
        """
        if not self.has_keys:
            return int(row_key) if self.is_held and row_key.isdecimal() else None
        return self._place.get(row_key)

    def note(self, row_key: str, position: int) -> None:
        """Know where a row stands that was just read there."""
        self._place[row_key] = position

    def seek(self, row_keys: Iterable[str], session: Session) -> None:
        """Find out where rows stand that are not held, which may take long."""
        if self.whole is not None or not self.has_keys or "row_key" not in self.columns:
            return
        for row_key in row_keys:
            if row_key not in self._place:
                for at in islice(self._places("v.row_key = ?", [row_key], -1, 1, session), 1):
                    self.note(row_key, at)

    def keys_where(self, condition: str, session: Session) -> frozenset[str]:
        """Return the `row_key`s of the rows that fulfil a condition in SQL.

        Raises QueryError or StatementRefused for one that fails or would write.
        """
        found = self._where(condition, "v.row_key", session, most=self.count)
        return frozenset(row[0] for row in found)

    def _where(self, condition: str, name: str, session: Session, *, most: int) -> list[Tuple]:
        """Return one column of the first rows that fulfil a condition; what would write fails."""
        select = f"select {name} from ({self._select}) as v where ({condition}\n) limit {most}"
        try:
            text = guard.reading(self._database, select)
            return session.read_guarded(text, self._values, most=most)
        except StatementRefused:
            raise
        except QueryError as error:
            raise refused(error, self.columns, self._shown or self.columns) from error

    def session(self) -> Session:
        """Return what all that may take long reads with, so that another thread can stop it.

        It knows how far it has come.
        """
        return self._database.session(telling=True)

    def arranged(
        self,
        conditions: Sequence[str],
        equal: Mapping[str, Value],
        texts: Mapping[str, Mapping[str, bool]],
        sort: Sequence[tuple[str, bool]],
        session: Session,
    ) -> "Rows":
        """Return the rows of a table too long to hold that fulfil conditions in SQL, sorted anew.

        `equal` holds columns with the values that they must have, `texts` what stands in some of
        their columns, as `find` wants these, `sort` names columns with whether they descend. The
        session keeps what is found, and is theirs until these rows are released.
        """
        for condition in conditions:  # what would write fails here, where nothing can
            self._where(condition, "1", session, most=1)
        wanted = [f"({condition}\n)" for condition in conditions]
        wanted += [f"{_quoted(name)} is not distinct from ?" for name in equal]
        values: list[object] = [*self._values, *equal.values()]
        for text, columns in texts.items():
            holds, forms = _holding(text, columns)
            wanted.append(holds)
            values += forms
        if not (wanted or sort):
            session.close()
            return self
        terms = [f"{_quoted(name)} {'desc' if down else 'asc'} nulls last" for name, down in sort]
        # What is equal stays in the order in which it comes.
        ties = self._order.removeprefix(_ORDER_BY) or "row_number() over ()"
        order = f"{_ORDER_BY}{', '.join([*terms, ties])}" if terms else self._order
        where = f" where {' and '.join(wanted)}" if wanted else ""
        # Each page would else be looked for in the whole table.
        session.keep("arranged", f"select v.* from ({self._select}) as v{where}{order}", values)
        _columns, counted = session.read("select count(*) from arranged", most=1)
        return replace(
            self, count=int(counted[0][0]), _select="select v.* from arranged as v", _order="",
            _values=(), _place={}, _session=session, _table="arranged", _last={},
        )  # fmt: skip

    def release(self) -> None:
        """Let the database forget what it keeps of these rows."""
        if self._session is not None:
            self._session.close()

    def find(
        self, text: str, columns: Mapping[str, bool], start: int, step: int, session: Session
    ) -> Iterator[int]:
        """Yield the rows behind `start` (1), or before it (-1), in whose `columns` a text may be.

        These are named with whether they hold figures. The text is looked for as the database
        writes it, in figures also as their digits without points.
        """
        holds, forms = _holding(text, columns)
        yield from self._places(holds, forms, start, step, session)

    def _places(
        self, where: str, values: Sequence[object], start: int, step: int, session: Session
    ) -> Iterator[int]:
        """Yield the rows behind `start` (1), or before it (-1), that fulfil a condition."""
        # What is kept is numbered, unless a column bears that name.
        is_numbered = self._table and "rowid" not in map(str.lower, self.columns)
        number, source, span = "v.rowid", self._table, _SPAN
        if not is_numbered:
            number, span = "row_number() over () - 1", self.count
            source = f"({self._select}{self._order})"
        select = (
            f"select {_NUMBER} from (select {number} as {_NUMBER}, v.*"
            f" from {source} as v) as v where {where}"
            f" and {_NUMBER} between ? and ? order by {_NUMBER} {'asc' if step > 0 else 'desc'}"
        )
        reader = self._session or session
        near, most = start + step, _FOUND
        while 0 <= near < self.count:
            session.require_unstopped()
            far = min(max(near + step * (span - 1), 0), self.count - 1)
            bounds = sorted((near, far))
            _columns, found = reader.read(select, (*self._values, *values, *bounds), most=most)
            yield from (row[0] for row in found)
            near = (found[-1][0] if len(found) == most else far) + step
            most = min(2 * most, _SPAN)  # whoever wants more than a few wants many

    def read_again(
        self, row_keys: Collection[str], around: Mapping[str, Collection[Value]]
    ) -> Sequence[Tuple]:
        """Return what rows with these keys hold now, in no order; one that is gone is missing.

        `around` holds, by column, the values that all of them have there: with these the database
        need not work out all others.
        """
        where = "v.row_key in (select unnest(?))"
        values: list[object] = [*self._values, list(row_keys)]
        for name, held in around.items():
            # Only a list that is written out is asked for beneath the view's sums.
            where += f" and v.{name} in ({', '.join('?' * len(held))})"
            values += held
        return self._database.read(f"select v.* from ({self._select}) as v where {where}", values)

    def differing(self, others: "Rows") -> Sequence[int] | None:
        """Return where rows differ from others that were read before; None unless both are held.

        None, too, where the others are not the same rows in the same order.
        """
        if self.whole is None or others.whole is None or not self._place:
            return None
        if self.columns != others.columns or not self.count == others.count == len(self._place):
            return None
        at, differing = self.columns.index("row_key"), []
        for number, (row, other) in enumerate(zip(self.whole, others.whole, strict=True)):
            if row != other:
                if row[at] != other[at]:
                    return None
                differing.append(number)
        return differing

    def replaced(self, found: Iterable[Tuple]) -> "tuple[Rows, list[int]]":
        """Return the same rows, held whole, with these in the places of those with their keys.

        The list tells the places in which another row stands now.
        """
        whole, at, changed = list(self.whole or ()), self.columns.index("row_key"), []
        for row in found:
            place = self._place.get(row[at])
            if place is not None and whole[place] != row:
                whole[place] = row
                changed.append(place)
        return replace(self, whole=whole), changed


def read(
    database: Database, query: Query, year: int | None, session: Session | None = None
) -> Rows:
    """Read a sheet, table or check for one year; None reads every year.

    A session given is only borrowed. Raises QueryError when the view is not in the file or fails.
    """
    if session is None:
        with database.session() as own:
            return read(database, query, year, own)
    select, values = _select(query, year)
    order = _order(query)
    limit = MOST_HELD if query.header.order or query.header.level else _PAGE
    shown = tuple(each.name for each in query.header.columns.values() if not each.hidden)
    columns, rows = session.read(select + order, values, most=limit + 1)
    if len(rows) > limit:
        _columns, counted = session.read(f"select count(*) from ({select})", values, most=1)
        count = int(counted[0][0])
        return Rows(columns, count, None, database, select, order, values, _shown=shown)
    place: dict[str, int] = {}
    if "row_key" in columns:
        at = columns.index("row_key")
        place = {row[at]: number for number, row in enumerate(rows)}
    return Rows(columns, len(rows), rows, database, select, order, values, place, shown)


def matching(
    database: Database, query: Query, held: Mapping[str, Value], most: int
) -> Sequence[ViewRow]:
    """Return the first rows of a query in which each named column has the value named."""
    where = " and ".join(f'v."{name}" = ?' for name in held)
    select = f"select v.* from {query.full_name} as v where {where}{_order(query)} limit ?"
    with database.stream(select, (*held.values(), most)).start() as found:
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetch(most)]


def year_count(database: Database, query: Query, name: str, held: Collection[Value]) -> int:
    """Return in how many years a column of a query has one of some values."""
    select = (
        f"select count(distinct v.fiscal_year) from {query.full_name} as v"
        f" where list_contains(?, {_quoted(name)})"
    )
    return int(database.value(select, [list(held)]))


def count(database: Database, query: Query, year: int) -> int:
    """Return how many rows a query has in a year: of a tree that can grow, those of its leaves."""
    header = query.header
    leaf = f"{header.rows[0].parts[0].table}_id" if header.level and header.rows else ""
    counted = f"v.{leaf}" if leaf in header.reads() else "*"
    select = f"select count({counted}) from {query.full_name} as v where v.fiscal_year = ?"
    return int(database.value(select, [year]))


def stream(
    database: Database, query: Query, year: int | None, texts: Mapping[str, str] | None = None
) -> Stream:
    """Return the same rows as a stream that has not begun, for whoever goes through them once.

    With `texts` only those whose columns, as texts of the database, are just these.
    """
    select, values = _select(query, year, texts or {})
    return database.stream(select + _order(query), values)


def _select(
    query: Query, year: int | None, texts: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, tuple[object, ...]]:
    wanted: dict[str, object] = {} if year is None else {"v.fiscal_year": year}
    for name, text in texts.items():
        wanted[f"cast({_quoted(name)} as varchar)"] = text
    where = f" where {' and '.join(f'{term} = ?' for term in wanted)}" if wanted else ""
    return f"select v.* from {query.full_name} as v{where}", tuple(wanted.values())


def _order(query: Query) -> str:
    """Return the header's order, equal rows by what tells them apart: else windows would overlap.

    A view without an order keeps its own, in which windows are quick and do not overlap.
    """
    header = query.header
    terms = [
        f"v.{term.column}"
        + (" desc" if term.descending else "")
        + (" nulls first" if term.nulls_first else " nulls last")
        for term in header.order
    ]
    ordered = {term.column for term in header.order}
    ties = [f"v.{name}" for name in query.grain if name not in ordered]
    return f"{_ORDER_BY}{', '.join([*terms, *ties])}" if terms else ""


def _holding(text: str, columns: Mapping[str, bool]) -> tuple[str, Sequence[str]]:
    """Return in SQL, with the values that it asks for, whether columns hold a text."""
    figures = [name for name, is_figure in columns.items() if is_figure]
    digits = text.replace(".", "").replace(",", ".")
    if not (figures and any(map(str.isdigit, digits))):
        return f"contains({_written(columns)}, lower(?))", (text,)
    both = f"(contains({_written(columns)}, lower(?)) or contains({_written(figures)}, ?))"
    return both, (text, digits)


def _written(columns: Iterable[str]) -> str:
    """Return what columns of a row hold, as one text in SQL and in small letters."""
    return f"lower(concat_ws(chr(9), '', {', '.join(map(_quoted, columns))}))"


def _quoted(name: str) -> str:
    """Return a column of a view as a statement names it."""
    quoted = name.replace('"', '""')
    return f'v."{quoted}"'
