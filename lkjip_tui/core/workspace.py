"""One open file as the screens and the command line use it.

Owns the file's life: made, opened whole or refused, migrated, its views kept current, closed.
Everything else is asked of the modules below; what they may do to the file goes through here.
Safe to use from several threads: reads have their own cursors, writes queue on one lock.
"""

import getpass
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Final, Self, TypeVar
from uuid import UUID

from lkjip_tui import garbage, paths
from lkjip_tui.core.acts import Act, BulkAct, Change, RecordedAct
from lkjip_tui.core.changes import resting, years
from lkjip_tui.core.changes.chronicle import Chronicle, Deed, Entry
from lkjip_tui.core.changes.editing import Editing
from lkjip_tui.core.changes.extent import Extent
from lkjip_tui.core.changes.journal import Journal
from lkjip_tui.core.changes.plan import CellText, Plan
from lkjip_tui.core.changes.row_acts import Deletion, NewRow, RowActs
from lkjip_tui.core.changes.wording import Told, Wording
from lkjip_tui.core.checks import acceptance
from lkjip_tui.core.checks.findings import Checks, Finding
from lkjip_tui.core.errors import (
    FileError,
    FileMoved,
    FileReadOnly,
    Interrupted,
    IsStopped,
    LkjipError,
    QueryError,
    UsageError,
)
from lkjip_tui.core.figures.block import Block
from lkjip_tui.core.figures.values import Reading, Value
from lkjip_tui.core.query import queries, rows, view_writing, views
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.choosing import Choice
from lkjip_tui.core.query.header import Column, Header, ViewRow
from lkjip_tui.core.query.queries import Query, Registry
from lkjip_tui.core.query.rows import Rows
from lkjip_tui.core.sql.console import Console
from lkjip_tui.core.storage import durability, opening, seed
from lkjip_tui.core.storage.cursors import Session, Stream
from lkjip_tui.core.storage.database import Database
from lkjip_tui.language import _

if TYPE_CHECKING:
    from lkjip_tui.core.changes.provenance import Trace
    from lkjip_tui.core.changes.restoring import Restoration
    from lkjip_tui.core.editions import Editions
    from lkjip_tui.core.imports.importing import Import
    from lkjip_tui.core.sql.statement_changes import StatementChanges
    from lkjip_tui.core.storage.copies import Copy

_Act = TypeVar("_Act", bound=Act | RecordedAct | None)

_NOTHING_ELSE: Final = seed.About()


def _now() -> datetime:
    return datetime.now(UTC)


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):  # a system may know no name for who runs this
        return ""


@dataclass(frozen=True, slots=True)
class Office:
    """Who the file is about, and the years that it reports."""

    name: str
    years: tuple[int, ...]

    @property
    def latest(self) -> int:
        """The year that is meant when none is named."""
        return self.years[-1]


@dataclass(frozen=True, slots=True)
class Origin:
    """The state of a file that something was written from: after which row of its journal.

    `file_id` tells the file wherever it is and whatever it is called; `journal_id` is 0 before
    the first row.
    """

    office: str
    file_name: str
    file_id: UUID
    journal_id: int
    at: datetime


class Workspace:
    """An open file. Make one with `create` or `open`; close it when done."""

    def __init__(
        self,
        opened: opening.Opened,
        *,
        clock: Callable[[], datetime] = _now,
        user: str | None = None,
        copy_of: Path | None = None,
    ) -> None:
        self._database = database = opened.database
        #: The file: the original where what is open is a copy that is looked at instead of it.
        self.path = copy_of or database.path
        self._clock = clock
        self._facts = opened.facts
        self._mark = durability.Mark(database.path, self.file_id)
        self._chronicle = Chronicle(database, self._facts)
        self._journal = Journal(
            database,
            self._facts,
            self._chronicle,
            user=_user_name() if user is None else user,
            clock=clock,
            acknowledged=self._mark.write,
        )
        self._row_acts = RowActs(database, self._facts)
        self._cells: dict[str, Cells] = {}
        self._names: dict[int, ViewRow] = {}
        self._beside: set[Database] = set()
        self._let_go = ExitStack()
        self.console = Console(database, self.year, lambda: self.registry)
        self.loss = opened.loss
        #: Whether who looks at a copy wants the file itself to edit it.
        self.wants_to_write = False
        self.registry = Registry({}, (), "")
        self._editing = Editing(database, self._facts, self.registry)
        self._checks = Checks(database, self.registry, {})
        self.read_queries()
        self.office = self._read_office()

    # The file's life

    @classmethod
    def create(
        cls,
        path: Path,
        office: str,
        year: int,
        *,
        about: seed.About = _NOTHING_ELSE,
        begin: Sequence[seed.Seed] = (),
        clock: Callable[[], datetime] = _now,
    ) -> Self:
        """Make a file for an office that reports `year`, and open it.

        It is empty but for what it may `begin` with: rows of other tables, as a template gives
        them. Raises UsageError without a name, and when the year is none.
        """
        if not office.strip():
            raise UsageError(_("The office needs a name."))
        years.require_year(year)
        opening.make(path, [*seed.empty_office(office.strip(), year, about), *begin], clock)
        return cls.open(path, clock=clock)

    @classmethod
    def create_example(cls, path: Path, *, clock: Callable[[], datetime] = _now) -> Self:
        """Make a file with the example office's facts, and open it."""
        opening.make(path, seed.example(paths.example_folder()), clock)
        return cls.open(path, clock=clock)

    @classmethod
    def open(
        cls, path: Path, *, read_only: bool = False, clock: Callable[[], datetime] = _now
    ) -> Self:
        """Open a file of ours; raises a FileError that says why not, and leaves it as it was.

        A file from an older version is backed up and migrated; `loss` tells what its log lost.
        """
        opened = opening.open_file(path, clock, read_only=read_only)
        try:
            return cls(opened, clock=clock)
        except BaseException:
            opened.database.close()
            raise

    @classmethod
    def open_shown(
        cls, path: Path, *, read_only: bool = False, clock: Callable[[], datetime] = _now
    ) -> Self:
        """Open, to look at, the newest copy of a file that its holder made meanwhile.

        `read_only` is how the file itself shall be opened once it is free. Raises FileMissing
        where there is no copy.
        """
        from lkjip_tui.core.storage import shown_copy  # noqa: PLC0415 - seldom needed

        with ExitStack() as stack:
            # Its holder replaces it meanwhile, and the driver opens no path twice.
            folder = stack.enter_context(TemporaryDirectory())
            copy = shown_copy.fetch(path, Path(folder))
            opened = opening.open_file(copy, clock, read_only=True)
            stack.callback(opened.database.close)
            shown_copy.require_copy_of(path, opened.database)
            workspace = cls(opened, clock=clock, copy_of=path)
            workspace.wants_to_write = not read_only
            workspace._let_go = stack.pop_all()
        return workspace

    @classmethod
    def open_to_read(cls, path: Path, *, clock: Callable[[], datetime] = _now) -> Self:
        """Open a file beside other readers; write only when its stored views are not current.

        A file that cannot be written serves with the views that it holds. No screen is drawn from
        it: long results may take all processors.
        """
        with suppress(FileReadOnly):  # it is from an older version
            workspace = cls.open(path, read_only=True, clock=clock)
            if workspace.views_are_current:
                return workspace.hurried()
            workspace.close()
        faults: list[QueryError] = []
        with suppress(FileError), cls.open(path, clock=clock) as written:
            faults = written.registry.faults
        # Where it could not be written its stored views serve, which `views_are_current` tells.
        workspace = cls.open(path, read_only=True, clock=clock)
        workspace.registry.faults = faults or workspace.registry.faults
        return workspace.hurried()

    def hurried(self) -> Self:
        """Let what takes long have all processors: no screen waits for one."""
        self._database.may_hurry = True
        return self

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
        self._mark.close()
        self._let_go.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def copied_at(self) -> datetime | None:
        """When the copy was made that is looked at instead of the file; None for the file."""
        return None if self.path == self._database.path else self._database.written_at()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed here."""
        return self._database.read_only

    @property
    def why_read_only(self) -> str:
        """What to say to whom wants to change something in a file that is read only."""
        if self.copied_at is not None:
            return _("This is a copy to look at: somebody else has the file.")
        return _("The file is open for reading only.")

    def origin(self) -> Origin:
        """Return what the file holds now, so that what is written of it can be traced back."""
        file_id, number = durability.state(self._database)
        return Origin(self.office.name, self.path.name, file_id, number, self._clock())

    def checkpoint(self) -> bool:
        """Move the log into the file while nothing else happens; False if a read runs.

        Raises FileMoved when the file is not in its place any more.
        """
        if (moved := self.moved()) is not None:
            raise moved
        return self._database.checkpoint()

    def moved(self) -> FileMoved | None:
        """Return what to tell when the file was deleted or replaced: where a copy of it is.

        None as long as it is in its place, or nothing can be written to it anyway.
        """
        from lkjip_tui.core.storage import copies  # noqa: PLC0415 - not on the way to the rows

        if self.read_only:
            return None
        try:
            self._database.require_in_place()
        except FileMoved as error:
            try:
                copy = copies.rescue(self._database, self._clock())
            except LkjipError as failed:
                return FileMoved(error.message, f"{error.hint} {failed.message}")
            told = _("All that was saved is in {copy}: move that to where it belongs, and open it.")
            return FileMoved(error.message, f"{error.hint} {told.format(copy=copy)}")
        return None

    def back_up(self, target: Path, is_stopped: IsStopped = bool) -> None:
        """Write a verified copy to `target`, which must not exist (`durability.back_up`)."""
        durability.clear(target.parent, self._database.path.name)
        durability.back_up(self._database, target, is_stopped=is_stopped)

    def keep_copy(
        self, *, spacing: timedelta = timedelta(), spared: Path | None = None
    ) -> Path | None:
        """Make a safe copy if one is due (`copies.keep`); None where none is."""
        from lkjip_tui.core.storage import copies  # noqa: PLC0415 - not on the way to the first rows

        return copies.keep(self._database, self._clock(), spacing=spacing, spared=spared)

    def show_copy(self) -> bool:
        """Make the copy that others look at while this has the file (`shown_copy.show`)."""
        from lkjip_tui.core.storage import shown_copy  # noqa: PLC0415 - likewise

        return shown_copy.show(self._database)

    def hide_copy(self) -> None:
        """Take that copy away, since the file is about to be free."""
        from lkjip_tui.core.storage import shown_copy  # noqa: PLC0415 - likewise

        shown_copy.take_away(self._database)

    def copies(self) -> "Sequence[Copy]":
        """Return the safe copies that there are, newest first."""
        from lkjip_tui.core.storage import copies  # noqa: PLC0415 - likewise

        return copies.of_file(self.path, self.file_id)

    @property
    def file_id(self) -> UUID:
        """What the file and all its copies have in common, and no other file."""
        found: UUID = self._database.value("select file_id from workbook")
        return found

    @contextmanager
    def beside(self, path: Path) -> Iterator["Workspace"]:
        """Open another file only to look at it; what is read there is interrupted with this."""
        with opening.open_copy(path, self._clock) as opened:
            self._beside.add(opened.database)
            try:
                yield Workspace(opened, clock=self._clock)
            finally:
                self._beside.discard(opened.database)

    @property
    def editions(self) -> "Editions":
        """The editions that were frozen of the file."""
        from lkjip_tui.core.editions import Editions  # noqa: PLC0415 - likewise

        return Editions(self, self._journal, self._chronicle)

    # Queries and their rows

    def read_queries(self) -> Sequence[QueryError]:
        """Read the query files again and bring the file's views up to date; tell what is wrong."""
        folders = [paths.queries_folder(), self.path.parent / "queries"]
        registry = queries.load(folders)
        views.write(self._database, self._facts, registry)
        self.registry, self._cells = registry, {}
        self._editing = Editing(self._database, self._facts, registry)
        former, self._checks = self._checks, Checks(self._database, registry, self._facts.tables)
        former.close()
        return registry.faults

    @property
    def views_are_current(self) -> bool:
        """Whether the views in the file are those of the query files."""
        return views.are_current(self._database, self.registry)

    @property
    def fact_tables(self) -> Collection[str]:
        """The names of the tables that hold the facts."""
        return self._facts.tables

    def require_facts(self, header: Header) -> None:
        """Raise QueryError when a header writes to what are no facts of this file."""
        view_writing.require_facts(header, self._facts)

    def find(self, name: str) -> Query:
        """Return the query of that name; raises UsageError."""
        return self.registry.find(name)

    def cells(self, query: Query) -> Cells:
        """Return the reader of a query's cells."""
        # Another thread may put a fresh memory in place meanwhile; what is read now is kept in
        # the one that it was read for.
        known = self._cells
        cells = known.get(query.full_name)
        if cells is None or cells.query is not query:
            cells = known[query.full_name] = Cells(query, self._database)
        return cells

    def session(self) -> Session:
        """Return what all that may take long reads with, so that another thread can stop it."""
        return self._database.session()

    def rows(self, query: Query, year: int | None, session: Session | None = None) -> Rows:
        """Read the rows of a query for a year, in order; a session given is only borrowed."""
        return rows.read(self._database, query, year, session)

    def row_counts(self, year: int) -> Mapping[str, int]:
        """Return how many rows each sheet has in a year, by full name."""
        return {
            sheet.full_name: rows.count(self._database, sheet, year)
            for sheet in self.registry.of_kind(queries.Kind.SHEET)
        }

    def stream(
        self, query: Query, year: int | None, texts: Mapping[str, str] | None = None
    ) -> Stream:
        """Return the same rows as a stream, not begun, to go through once however many they are.

        With `texts` only those whose columns, as texts of the database, are just these.
        """
        return rows.stream(self._database, query, year, texts)

    def names(self, year: int) -> ViewRow:
        """Return the names that captions, headings and notes may use in a year."""
        known = self._names  # as with cells: what is read now is kept where it was asked for
        if year not in known:
            select = (
                "select o.*, o.name as office, y.* from office as o, report_year as y"
                " where y.fiscal_year = ?"
            )
            with self._database.stream(select, [year]).start() as found:
                row = found.fetch(1)
                names = zip(found.columns, row[0], strict=True) if row else [("fiscal_year", year)]
                known[year] = dict(names)
        return known[year]

    def year(self, asked: int | None) -> int:
        """Return the year asked for, the latest when none is; raises UsageError."""
        if asked is None:
            return self.office.latest
        if asked not in self.office.years:
            raise UsageError(
                _("{year} is not in this file.").format(year=asked),
                _("Years here: {years}").format(
                    years=", ".join(str(year) for year in self.office.years)
                ),
            )
        return asked

    def trace(
        self,
        query: Query,
        column: Column,
        row: ViewRow,
        year: int,
        found: Sequence[Finding] = (),
    ) -> "Trace":
        """Return where a cell comes from: formula, rows, changes, what was printed for it.

        `found` are the findings of the year, of which those about the cell are told.
        """
        from lkjip_tui.core.changes.provenance import Tracer  # noqa: PLC0415 - not at the start

        tracer = Tracer(self._database, self._facts, self._chronicle, self.registry, self.cells)
        return tracer.trace(query, column, row, self.names(year), found)

    # Acts

    def read_typed(self, query: Query, column: Column, row: ViewRow, text: str) -> Reading:
        """Return what typed text means in a cell; raises InputRefused or EditRefused."""
        return self._editing.read_typed(self.cells(query), column, row, text)

    def edit(self, query: Query, column: Column, row: ViewRow, text: str) -> Act | None:
        """Put typed text into a cell; None when it holds that already."""
        reading = self.read_typed(query, column, row, text)
        act = self._editing.edit(self.cells(query), column, row, reading)
        if act is not None:
            self._apply(act)
        return act

    def plan(
        self,
        query: Query,
        entries: Sequence[CellText],
        label: str,
        *,
        typed: bool = True,
        at: ViewRow | None = None,
    ) -> Plan:
        """Return what texts for many cells would do; `apply` does it.

        Those that were not `typed` here are read by the rules for figures from elsewhere. New
        rows are made as `insert` does at the row `at`; raises EditRefused where that cannot be.
        """
        cells = self.cells(query)
        numbers = sorted({entry.new for entry in entries if entry.new is not None})
        made = self._row_acts.new_rows(cells, at or {}, len(numbers)) if numbers else ()
        held = dict(zip(numbers, (row.held for row in made), strict=True))
        blank = dict.fromkeys(cells.columns)
        placed = [
            entry if entry.new is None else replace(entry, row={**blank, **held[entry.new]})
            for entry in entries
        ]
        changes = [change for row in made for change in row.changes]
        return self._editing.plan(cells, placed, label, typed=typed, made=changes)

    def compare(
        self,
        query: Query,
        year: int,
        block: Block,
        mapped: Mapping[str, str] = MappingProxyType({}),
    ) -> "Import":
        """Return what a source would change in a view; `take_in` does it. Close it when done.

        `mapped` says of headings of the source which columns they are. Raises UsageError.
        """
        from lkjip_tui.core.imports.comparison import Comparison  # noqa: PLC0415 - likewise
        from lkjip_tui.core.imports.importing import Import  # noqa: PLC0415 - likewise

        cells = self.cells(query)
        comparison = Comparison(self._database, self._facts, self._editing, cells)
        try:
            with self._database.hurrying(), garbage.uncollected():
                return Import(comparison, self._facts, cells, self.names(year), (block, mapped))
        except BaseException:
            comparison.close()
            raise

    def take_in(self, source: "Import") -> BulkAct:
        """Do what was compared, as one act; raises EditRefused, and then nothing is done."""
        with self._database.hurrying():
            act = source.act()
            self._apply(act)
        return act

    def stop_writing(self) -> None:
        """Stop what another thread changes just now, unless it is about to be saved already.

        It raises Interrupted there, and nothing is changed. Say it again until that has ended.
        """
        self._database.stop_writing()

    def changes_by(
        self,
        statement: str,
        parameters: Mapping[str, object] | None = None,
        *,
        year: int | None = None,
    ) -> "StatementChanges":
        """Return what a statement would change, to be looked at; `write` does it.

        Close it when done. Raises StatementRefused for one that reads, and FileReadOnly.
        """
        from lkjip_tui.core.checks.check_counts import CheckCounts  # noqa: PLC0415 - likewise
        from lkjip_tui.core.sql.statement_changes import StatementChanges  # noqa: PLC0415 - likewise

        values = self.console.values(statement, parameters, year)
        checks = CheckCounts(self._database, self.registry, self._facts.tables)
        return StatementChanges(
            self._database, self._facts, self._editing, checks, (statement, values)
        )

    def another_year(self, session: Session) -> AbstractContextManager[int]:
        """Let a session see a year more for a while, and return which; raises FileReadOnly."""
        from lkjip_tui.core.sql.another_year import another_year  # noqa: PLC0415 - likewise

        return another_year(self._database, self._facts, session)

    def write(self, looked_at: "StatementChanges") -> BulkAct:
        """Do what was looked at, as one act; raises EditRefused, and then nothing is done."""
        if looked_at.has_new_ids:
            self._facts.new_ids()  # so that the file knows of those that were given
        act = looked_at.act()
        self._apply(act)
        return act

    def insert(self, query: Query, row: ViewRow) -> NewRow:
        """Make a row at the cursor's row, which holds year and stage at least."""
        new = self._row_acts.new_row(self.cells(query), row)
        self._apply(new.act)
        return new

    def duplicate(self, query: Query, row: ViewRow, year: int) -> NewRow:
        """Make the cursor's row once more behind itself, with what `year` holds of it."""
        new = self._row_acts.duplicate(self.cells(query), row, year)
        self._apply(new.act)
        return new

    def move(self, query: Query, row: ViewRow, year: int, step: int) -> Act:
        """Exchange a row with the one shown before (-1) or behind it (1) under the same parent."""
        act = self._row_acts.move(self.cells(query), row, year, step)
        self._apply(act)
        return act

    def renumbered_years(self, query: Query, act: Act) -> int:
        """Return in how many years a query shows what an act gave other numbers; 0 for nothing."""
        return self._row_acts.renumbered_years(query, act)

    def parents(self, query: Query, row: ViewRow, year: int) -> Sequence[Choice]:
        """Return what else the cursor's row could stand under."""
        return self._row_acts.parents(self.cells(query), row, year)

    def put_under(self, query: Query, row: ViewRow, parent: Value) -> Act:
        """Take a row to another of its `parents`."""
        act = self._row_acts.put_under(self.cells(query), row, parent)
        self._apply(act)
        return act

    def deletion(self, query: Query, chosen: Sequence[ViewRow], year: int) -> Deletion:
        """Return what deleting rows would do, all of them together; `apply` does it."""
        return self._row_acts.delete(self.cells(query), chosen, year)

    def restoration(
        self, copy: Path, session: Session, *, other_office: bool = False
    ) -> "Restoration":
        """Return what restoring the facts of a copy would do; `restore` does it.

        Raises OtherOffice for a copy of another file unless that is meant, FileError for one
        that cannot be read.
        """
        from lkjip_tui.core.changes import restoring  # noqa: PLC0415 - likewise

        with self.beside(copy) as other:
            if not other_office:
                ours, theirs = ((each.file_id, each.office.name) for each in (self, other))
                restoring.require_same_office(copy, ours, theirs)
            with other.session() as there:
                return restoring.restoration(self._facts, copy, session, there)

    def restore(self, looked_at: "Restoration") -> Act:
        """Restore what was looked at; no new thing gets an id that comes back with it."""
        self._facts.keep_ids_beyond(looked_at.highest_id)
        self._apply(looked_at.act)
        return looked_at.act

    def apply(self, looked_at: Deletion | Plan) -> Act:
        """Do what was looked at."""
        self._apply(looked_at.act)
        return looked_at.act

    def start_year(self, year: int, source: int | None = None) -> Act:
        """Start a year with the structure of an earlier one, the latest before it by default."""
        act = years.start(self._database, self._facts, year, source)
        self._apply(act)
        return act

    def unrevised(self, year: int) -> int:
        """Return how many initial figures have no revised one beside others that are revised."""
        return years.unrevised(self._facts, year)

    def put_revision_in_force(self, year: int, *, fill: bool) -> Act:
        """Let the report of a year read the revised agreement (`years.revise`)."""
        act = years.revise(self._facts, year, fill=fill)
        self._apply(act)
        return act

    def undo(self) -> Act | RecordedAct | None:
        """Take the last standing act back; None when there is none."""
        return self._step(self._journal.undo)

    def redo(self) -> Act | RecordedAct | None:
        """Do again what was taken back last; None when there is nothing."""
        return self._step(self._journal.redo)

    def undo_act(self, number: int) -> Act | RecordedAct:
        """Take one act back, wherever it stands; raises EditRefused when later ones rest on it."""
        with self._database.alone():
            resting.require_free(self._chronicle, number, self.wording)
            return self._step(lambda: self._journal.undo_act(number))

    def newer(self, number: int) -> tuple[int, Extent]:
        """Return how many acts `undo_to` would take back, and how much these changed."""
        acts = self._chronicle.timeline().newer(number)
        return len(acts), sum(self._chronicle.extents(acts).values(), Extent(0, 0))

    def undo_to(self, number: int) -> Act | RecordedAct | None:
        """Take back as one act all that stand and are newer; None when there are none."""
        return self._step(lambda: self._journal.undo_to(number))

    def history(self, limit: int) -> list[Entry]:
        """Return the journal's entries of the newest acts, newest first."""
        return self._chronicle.history(limit)

    def deeds(self, limit: int) -> list[Deed]:
        """Return the newest acts, newest first."""
        return self._chronicle.deeds(limit)

    def changes(self, number: int, start: int, stop: int) -> Sequence[Change]:
        """Return an act's changes from `start` to before `stop`, in the order they were made."""
        return self._chronicle.changes(number, start, stop)

    def wording(self, act: Act | None = None) -> Wording:
        """Return how the facts are called now, and those that an act would make."""
        made = () if act is None else act.changes
        return Wording(self._database, self._facts, self.registry, len(self.office.years), made)

    def told(self, act: Act | RecordedAct) -> Told:
        """Return in words what an act did."""
        if isinstance(act, Act):
            return self.wording().told(act)
        deed = self._chronicle.deed(act.number)
        return self.wording().told(deed.act, deed.extent)

    # Checks

    def findings(self, year: int) -> tuple[list[Finding], list[QueryError]]:
        """Run the checks for a year; the second list tells checks that failed.

        What no act has touched since the last time is not worked out again.
        """
        while True:
            checks = self._checks
            try:
                return checks.run(year)
            except Interrupted:
                if checks is self._checks:
                    raise
                # The queries were read again meanwhile: those of now are asked.

    def forget_findings(self) -> None:
        """Let the next run of the checks work out everything."""
        self._checks.facts_changed(None)

    def accept(self, found: Iterable[Finding], reason: str) -> Act:
        """Let findings stand, with a reason, as long as they state what they state now."""
        act = acceptance.accept(self._facts, found, reason)
        self._apply(act)
        return act

    def reopen(self, found: Iterable[Finding]) -> Act:
        """Let accepted findings count again."""
        act = acceptance.reopen(self._facts, found)
        self._apply(act)
        return act

    def switch_rule(self, check: Query, *, on: bool) -> Act:
        """Switch a check on or off for this file."""
        act = acceptance.switch(self._facts, check.name, on=on)
        self._apply(act)
        return act

    def interrupt(self) -> None:
        """Stop what other threads read here; it raises Interrupted there."""
        for database in (self._database, *self._beside):
            database.interrupt()

    # Inside

    def _apply(self, act: Act | BulkAct) -> None:
        try:
            self._journal.apply(act)
        except FileMoved as error:
            raise self.moved() or error from error
        finally:
            self._facts_changed(act)

    def _step(self, step: Callable[[], _Act]) -> _Act:
        try:
            act = step()
        except FileMoved as error:
            raise self.moved() or error from error
        except BaseException:
            self._facts_changed(None)
            raise
        if act is not None:
            self._facts_changed(act)
        return act

    def _facts_changed(self, act: Act | BulkAct | RecordedAct | None) -> None:
        """Forget what was read of the facts: labels of choices, findings, the office's name.

        Without an act it is not known which facts may have changed.
        """
        self._checks.facts_changed(None if act is None else act.facts)
        self._cells = {}
        tables = {name.partition(".")[0] for name in act.facts} if act else set()
        if act is None or tables & {"office", "report_year"}:
            self._names = {}
            self.office = self._read_office()

    def _read_office(self) -> Office:
        name = self._database.value("select name from office")
        found = self._database.read("select fiscal_year from report_year order by fiscal_year")
        return Office(str(name or ""), tuple(int(row[0]) for row in found))
