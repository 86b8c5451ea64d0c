"""Where the workbench meets the grid: a query's rows as the grid's model.

Formats only what is on the screen. Folding hides what lies beneath a row of a tree that is held
whole; a longer one shows all of its rows.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, Protocol

from lkjip_tui.core.changes.plan import CellText
from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.figures.values import NULL_SIGN, Value, safe_text
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.core.query.rows import Rows
from lkjip_tui.core.storage.cursors import Session, Tuple
from lkjip_tui.grid import Grid, GridCell, GridColumn, GridRow
from lkjip_tui.tui.arrangement import KINDS, Arrangement, Filter, kept, matching, ordered

FILTERED: Final = "⧩"

#: Letters of a cell that are drawn at most: no column is as wide.
_DRAWN: Final = 1_000
#: Rows that are read in less time than a frame lasts.
_MANY: Final = 1_000


class Shown(Protocol):
    """A grid and the rows that it shows, for whatever acts on what is shown."""

    @property
    def grid(self) -> Grid:
        """The grid."""

    @property
    def model(self) -> "QueryModel | None":
        """The rows on the screen."""

    def cell(self) -> tuple[Column, ViewRow] | None:
        """Return the cursor's column and row, None where there is none."""


def cell_of(model: "QueryModel | None", grid: Grid) -> tuple[Column, ViewRow] | None:
    """Return the column and the row of the cursor, None where there is none."""
    if model is None or not model.shown:
        return None
    row = model.row(grid.cursor_row)
    return (model.shown[grid.cursor_column], row) if row else None


class QueryModel:
    """Rows of one query for one year, or of a statement's result; a GridModel."""

    def __init__(
        self,
        cells: Cells,
        rows: Rows,
        names: ViewRow,
        folded: set[str],
        arrangement: Arrangement = Arrangement(),  # noqa: B008 - it is a value
    ) -> None:
        self.folded = folded
        self.arrangement = arrangement
        self._levels = cells.query.header.level
        self.names: ViewRow
        self._rows: Rows
        self._order: Sequence[int] | None = None
        self._parents: Collection[int] = ()
        self._set(cells, rows, names)

    def replace(self, cells: Cells, rows: Rows, names: ViewRow) -> Sequence[int] | None:
        """Show other rows of the same query, folded as they were; `names` fill its headings.

        They stay in their order, and those that were left out are left out still. Returns where
        other rows are shown now, None where that may be everywhere.
        """
        changed = rows.differing(self._rows)
        is_told_elsewhere = any(each.sql for each in cells.query.header.choices.values())
        if changed is None or names != self.names or is_told_elsewhere:
            if self._order is not None:
                self._order = self._order_of(rows)
            self.release()
            self._set(cells, rows, names)
            return None
        self.cells, self.fault = cells, ""
        self._rows = self._source = rows
        return self._shown_among(changed)

    def _set(self, cells: Cells, rows: Rows, names: ViewRow) -> None:
        self.cells, self.names = cells, names
        self._rows = self._source = rows
        self.fault = ""
        self._at = {name: number for number, name in enumerate(rows.columns)}
        self._place_columns()
        self._visible = self._unfolded()

    def arrange(self, arrangement: Arrangement, order: Sequence[int] | None) -> None:
        """Lay the columns out, and show rows of a held table in an order made by `ordered`."""
        self.arrangement = arrangement
        self._order = order
        self._place_columns()
        self._visible = self._unfolded()

    def release(self) -> None:
        """Let the database forget what it keeps of the rows; they cannot be shown then."""
        self._rows.release()

    def read_end(self, session: Session) -> None:
        """Read the last rows of a long table before anyone jumps there."""
        self._source.read_end(session)

    def session(self) -> Session:
        """Return what all that may take long reads with, so that another thread can stop it."""
        return self._source.session()

    def arranged(
        self, wanted: Arrangement, session: Session, row_key: str = ""
    ) -> Callable[[], None]:
        """Read what an arrangement needs, which may take long; returns what shows it.

        Where the row with this key stands is known then. The session is its own from now on.
        Raises QueryError or StatementRefused for a condition that fails or would write.
        """
        by_kind = {kind: [each for each in wanted.filters if each.kind == kind] for kind in KINDS}
        conditions = [each.text for each in by_kind["sql"]]
        if self.is_held:
            with session:
                found = [self._rows.keys_where(condition, session) for condition in conditions]
            order = self.ordered(wanted, frozenset.intersection(*found) if found else None)
            return lambda: self.arrange(wanted, order)
        rows = self._source.arranged(
            conditions,
            {each.column: each.value for each in by_kind["value"]},
            {each.text: self._looked_through(wanted) for each in by_kind["text"]},
            [term for term in wanted.sort if term[0] in self._at],
            session,
        )
        rows.seek([row_key], session)

        def put() -> None:
            self.release()
            self._rows = rows
            self.arrange(wanted, None)

        return put

    @property
    def place(self) -> tuple[str, Value]:
        """Which table it shows, and of which year; a statement's result is of none."""
        return self.cells.query.full_name, self.names.get("fiscal_year")

    @property
    def levels(self) -> str | None:
        """The column that tells the rows of a tree apart by level, None in a flat table."""
        return self._levels

    @property
    def all_count(self) -> int:
        """How many rows there are, also those that are filtered out or folded away."""
        return self._source.count

    @property
    def order(self) -> Sequence[int] | None:
        """The rows of a held table as they are sorted and filtered, None as they come."""
        return self._order

    @property
    def is_held(self) -> bool:
        """Whether all rows are here, and can be ordered without the database."""
        return self._rows.is_held

    def ordered(
        self, arrangement: Arrangement, keys: Collection[str] | None
    ) -> Sequence[int] | None:
        """Return the numbers of the rows of a held table as they are to be shown.

        `keys` are those of the rows that fulfil the conditions, None without any. None means
        that all rows show as they come.
        """
        whole = self._rows.whole or ()
        filters = [each for each in arrangement.filters if each.kind != "sql"]
        terms = [(self._at[name], down) for name, down in arrangement.sort if name in self._at]
        if not (filters or terms or keys is not None):
            return None
        found: Sequence[int] = range(len(whole))
        if filters or keys is not None:
            key_at = self._at.get("row_key")

            def holds(number: int) -> bool:
                row = whole[number]
                if keys is not None and (key_at is None or row[key_at] not in keys):
                    return False
                return all(self._fulfils(row, each) for each in filters)

            found = matching(len(whole), self._level_of, holds)
        return ordered(found, self._level_of, whole, terms) if terms else found

    def _fulfils(self, row: Tuple, wanted: Filter) -> bool:
        if wanted.kind == "value":
            at = self._at.get(wanted.column)
            return at is None or row[at] == wanted.value
        named, text = self._rows.named(row), wanted.text.casefold()
        return any(self.cells.holds(column, named, text) for column in self.shown)

    def _order_of(self, rows: Rows) -> Sequence[int] | None:
        """Return the numbers that other rows of the same table have in the order shown."""
        if self._rows.whole is None or rows.whole is None or "row_key" not in rows.columns:
            return None
        at, before_at = rows.columns.index("row_key"), self._at["row_key"]
        before = [row[before_at] for row in self._rows.whole]
        known = [before[number] for number in self._order or ()]
        return kept([row[at] for row in rows.whole], known, set(before))

    def _place_columns(self) -> None:
        columns = {column.name: column for column in self.cells.shown}
        self.shown = [columns[name] for name in self.arrangement.shown(list(columns))]
        trunk = self.cells.shown[self.cells.trunk] if columns else None
        self.trunk = self.shown.index(trunk) if trunk in self.shown else 0
        self.columns = self._columns()

    @property
    def frozen(self) -> int:
        """How many columns stay at the left: as the user wants, else up to what names a row."""
        if self.arrangement.frozen is not None:
            return self.arrangement.frozen
        return self.trunk + 1 if self.cells.tells_facts else 0

    @property
    def is_long(self) -> bool:
        """Whether reading all rows takes longer than a frame, and only some can be read again."""
        return self._rows.whole is not None and self._rows.count > _MANY and "row_key" in self._at

    def refreshed(
        self, cells: Cells, shown: range, cursor: int
    ) -> Callable[[], Sequence[int]] | None:
        """Read rows of a long model again: those at these positions, the cursor's, what sums it.

        Returns what puts them into their places and tells where other rows are shown now, to be
        called where they are drawn. None when one is gone, so that all rows have to be read.
        """
        rows = [*self._window(shown.start, shown.stop), *self._branch(cursor)]
        keys = {row[self._at["row_key"]] for row in rows}
        found = self._rows.read_again(keys, self._around(rows))

        def put() -> Sequence[int]:
            # What was read meanwhile stays: these go into the rows that stand now.
            self._rows, changed = self._rows.replaced(found)
            self.cells, self.fault = cells, ""
            return self._shown_among(changed)

        return put if len(found) == len(keys) else None

    @property
    def begin(self) -> int:
        """Where a user begins: the column that names a row if it can be edited, else the first."""
        editable = [n for n, c in enumerate(self.shown) if c.name in self.cells.query.header.edits]
        return self.trunk if self.trunk in editable or not editable else editable[0]

    @property
    def row_count(self) -> int:
        """How many rows the grid shows."""
        return self._rows.count if self._visible is None else len(self._visible)

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return rows as the grid draws them."""
        above: ViewRow | None = None
        try:
            window = self._window(start, stop)
            if start and any(column.once for column in self.shown):
                above = self.row(start - 1)  # it may stand on a page that is read for it alone
        except LkjipError as error:  # drawing must go on; whoever shows the rows tells it
            self.fault = str(error)
            return []
        rows = []
        for values, fold in zip(window, self._folds(start, stop), strict=False):
            row = self._rows.named(values)
            rows.append(self._grid_row(row, above, fold))
            above = row
        return rows

    def row(self, index: int) -> ViewRow:
        """Return a shown row with its columns' names; empty beyond the last.

        Raises QueryError where that cannot be read (any more), as rows of a statement.
        """
        found = self._window(index, index + 1)
        return self._rows.named(found[0]) if found else {}

    def key(self, index: int) -> str:
        """Return what tells a shown row from all others; empty where nothing does."""
        if not (self._rows.has_keys or self.is_held):
            return ""
        found = self._window(index, index + 1)
        number = index if self._visible is None or not found else self._visible[index]
        return self._rows.key(found[0], number) if found else ""

    def every_row(self) -> Sequence[ViewRow]:
        """Return all rows as the table comes, also those that are filtered out or folded away."""
        source = self._rows if self.is_held else self._source
        return [source.named(values) for values in source.window(0, source.count)]

    def as_they_are(self, entries: Sequence[CellText]) -> Sequence[CellText]:
        """Return texts with their rows as the file holds them now; one that is gone stays."""
        keys = {str(entry.row.get("row_key")) for entry in entries if entry.new is None}
        rows = map(self._source.named, self._source.read_again(keys, {}))
        now = {row["row_key"]: row for row in rows}
        return [replace(each, row=now.get(each.row.get("row_key"), each.row)) for each in entries]

    def find(
        self, text: str, here: tuple[int, int], step: int, session: Session
    ) -> tuple[int, int] | None:
        """Return row and column of the next cell (1) that holds a text, or of the one before (-1).

        The search goes on at the other end and ends at `here`. It may take long; raises QueryError.
        """
        wanted = text.casefold()
        columns = range(len(self.shown))[::step]
        for turn, index in enumerate(self._search(text, here[0], step, session)):
            row = self.row(index)
            for at in columns:
                if turn == 0 and (at - here[1]) * step <= 0:
                    continue
                if self.cells.holds(self.shown[at], row, wanted):
                    return index, at
        return None

    def _search(self, text: str, start: int, step: int, session: Session) -> Iterator[int]:
        """Yield the rows that may hold a text, once around from `start`, which comes last too."""
        if self.is_held:
            yield from ((start + turn * step) % self.row_count for turn in range(self.row_count))
        else:
            yield start
            columns = self._looked_through(self.arrangement)
            end = -1 if step > 0 else self.row_count
            for begin in (start, end):
                yield from self._rows.find(text, columns, begin, step, session)
        if self.row_count:
            yield start

    def _looked_through(self, arrangement: Arrangement) -> Mapping[str, bool]:
        """Return the columns that show what a text is looked for in, and which are figures."""
        columns = {column.name: column for column in self.cells.shown}
        shown = [columns[name] for name in arrangement.shown(list(columns))]
        words = {column.companion: False for column in shown if column.companion}
        found = words | {column.name: column.is_figure for column in shown}
        return {name: is_figure for name, is_figure in found.items() if name in self._at}

    def seek(self, row_keys: Iterable[str], session: Session) -> None:
        """Find out where rows of a table stand that is not held, which may take long."""
        self._rows.seek(row_keys, session)

    def note(self, index: int) -> None:
        """Know where a row is shown for as long as these rows are."""
        if not self.is_held:
            self._rows.note(str(self.row(index).get("row_key", "")), index)

    def position(self, row_key: str) -> int | None:
        """Return where the row with this key is shown; None when it is not.

        Where the rows are not held only those are known that were sought, or noted.
        """
        at = self._rows.position(row_key)
        return None if at is None else self._shown_at(at)

    def reveal(self, row_key: str) -> int | None:
        """Unfold what hides the row with this key, and return where it is shown.

        What filters leave out of a held table shows with all others then.
        """
        if self._rows.position(row_key) is None:
            return None
        if self.position(row_key) is None:
            self.folded.clear()
            self._visible = self._unfolded()
        if self.position(row_key) is None:
            everything = replace(self.arrangement, filters=())
            self.arrange(everything, self.ordered(everything, None))
        return self.position(row_key)

    def leaves_out(self, row_key: str) -> bool:
        """Whether the table has a row with this key that is not shown."""
        return self.position(row_key) is None and self._source.position(row_key) is not None

    def can_fold(self, index: int) -> bool:
        """Whether rows lie beneath the row."""
        return bool(self._folds(index, index + 1)[:1] not in ([], [""]))

    def toggle_fold(self, index: int) -> None:
        """Fold or unfold what lies beneath the row."""
        self.folded.symmetric_difference_update({str(self.row(index)["row_key"])})
        self._visible = self._unfolded()

    def toggle_all(self) -> None:
        """Fold every branch, or unfold everything when something is folded."""
        if self.folded:
            self.folded.clear()
        else:
            folds = self._folds(0, self._rows.count)
            keys = (row[self._at["row_key"]] for row in self._window(0, self._rows.count))
            self.folded.update(str(key) for key, fold in zip(keys, folds, strict=True) if fold)
        self._visible = self._unfolded()

    # Inside

    def _columns(self) -> Sequence[GridColumn]:
        edits = self.cells.query.header.edits
        return [
            GridColumn(
                name=column.name,
                heading=safe_text(self.cells.heading(column, self.names)),
                group=safe_text(self.cells.group(column)),
                right=column.is_figure,
                width=self.arrangement.widths.get(column.name, column.width),
                sign=self._sign(column.name),
                computed=self.cells.tells_facts and column.name not in edits,
                tree=self._levels is not None and number == self.trunk,
            )
            for number, column in enumerate(self.shown)
        ]

    def _sign(self, name: str) -> str:
        """Return what a heading says of sorting and filtering by its column."""
        narrowed = any(each.column == name for each in self.arrangement.filters)
        return self.arrangement.sort_sign(name) + FILTERED * narrowed

    def _window(self, start: int, stop: int) -> Sequence[Tuple]:
        if self._visible is None:
            return self._rows.window(start, stop)
        whole = self._rows.whole or ()
        return [whole[number] for number in self._visible[start:stop]]

    def _grid_row(self, row: ViewRow, above: ViewRow | None, fold: str) -> GridRow:
        repeated = self.cells.repeated(row, above)
        level = row[self._levels] if self._levels else None
        return GridRow(
            cells=[
                self._grid_cell(column, row, blank=column.name in repeated) for column in self.shown
            ],
            level=level if isinstance(level, int) else None,
            fold=fold,  # type: ignore[arg-type]  # one of the grid's three words
            strong=level in (0, 1),
        )

    def _grid_cell(self, column: Column, row: ViewRow, *, blank: bool) -> GridCell:
        text = "" if blank else self.cells.on_screen(column, row)
        first, _newline, rest = text[:_DRAWN].partition("\n")
        is_null, is_fact = text == NULL_SIGN, self.cells.target(column, row) is not None
        is_among_facts = column.name in self.cells.query.header.edits and text and not is_null
        return GridCell(
            text=safe_text(first),
            null=is_null,
            quiet=self.cells.tells_facts and not is_fact,
            more=bool(rest) or len(text) > _DRAWN,
            mark="computed" if is_among_facts and not is_fact else "",
        )

    def _shown_among(self, numbers: Iterable[int]) -> Sequence[int]:
        """Return where rows are shown, without those that a folded one hides."""
        visible = map(self._shown_at, numbers)
        return [place for place in visible if place is not None]

    def _shown_at(self, number: int) -> int | None:
        """Return where a row is shown, None where a folded one hides it."""
        if self._visible is None:
            return number
        try:
            return self._visible.index(number)
        except ValueError:
            return None

    def _around(self, rows: Sequence[Tuple]) -> Mapping[str, Collection[Value]]:
        """Return, by column, the things that all of these rows hang on."""
        header = self.cells.query.header
        names = {part.column for rule in header.rows for part in rule.parts[0].key if part.column}
        held = {
            name: {row[self._at[name]] for row in rows}
            for name in sorted(names & self._at.keys() - header.edits.keys())
        }
        return {name: values for name, values in held.items() if None not in values}

    def _branch(self, index: int) -> Iterator[Tuple]:
        """Yield a shown row and those above it that its figures are summed in, but the total."""
        whole = self._rows.whole or ()
        if self._visible is None or self._levels is None:
            yield from self._window(index, index + 1)
            return
        deepest = None
        for number in range(self._visible[index], -1, -1) if index < len(self._visible) else ():
            level = self._level_of(number)
            if deepest is None or 0 < level < deepest:
                deepest = level
                yield whole[number]
            if level <= 1:
                return

    def _level_of(self, number: int) -> int:
        if self._levels is None:
            return 0
        level = (self._rows.whole or ())[number][self._at[self._levels]]
        return level if isinstance(level, int) else 0

    def _folds(self, start: int, stop: int) -> Sequence[str]:
        """Return each shown row's fold sign in words."""
        if self._visible is None or self._levels is None:
            return [""] * max(min(stop, self.row_count) - start, 0)
        whole = self._rows.whole or ()
        signs = []
        for number in self._visible[start:stop]:
            key = str(whole[number][self._at["row_key"]])
            is_parent = self._level_of(number) > 0 and self._is_above(number)
            signs.append(("closed" if key in self.folded else "open") if is_parent else "")
        return signs

    def _is_above(self, number: int) -> bool:
        """Whether rows that show, when unfolded, lie beneath the row with a number."""
        if self._order is not None:
            return number in self._parents
        whole = self._rows.whole or ()
        return number + 1 < len(whole) and self._level_of(number + 1) > self._level_of(number)

    def _unfolded(self) -> Sequence[int] | None:
        """Return the numbers of the rows that no folded row hides; None without a tree."""
        whole = self._rows.whole
        if whole is None or (self._levels is None and self._order is None):
            return None
        order = range(len(whole)) if self._order is None else self._order
        if self._order is not None:
            levels = map(self._level_of, order)
            rising = (below > above for above, below in pairwise(levels))
            self._parents = {
                number for number, is_above in zip(order, rising, strict=False) if is_above
            }
        if not self.folded:
            return order
        visible: list[int] = []
        hidden_below: int | None = None
        for number in order:
            level = self._level_of(number)
            if hidden_below is not None and level > hidden_below:
                continue
            visible.append(number)
            key = str(whole[number][self._at["row_key"]])
            hidden_below = level if key in self.folded else None
        return visible
