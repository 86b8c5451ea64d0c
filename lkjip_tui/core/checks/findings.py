"""What the checks find: the rows that break a rule, with a message a person can act on."""

import queue
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import cached_property
from typing import Final, TypeGuard

from lkjip_tui import language
from lkjip_tui.core.errors import Interrupted, QueryError
from lkjip_tui.core.figures.values import Value, plain
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.dependence import Dependence
from lkjip_tui.core.query.header import Severity, ViewRow, fill_names
from lkjip_tui.core.query.queries import Kind, Query, Registry
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.facts import FactTable, encode
from lkjip_tui.language import _

#: Findings of one check that are read; more would not be read by anybody.
_MOST: Final = 100_000

#: Queries that are computed side by side: the screen has little to draw meanwhile.
_SIDES: Final = 2

#: The severities, gravest first, with the sign that stands for each.
SIGNS: Final[Mapping[Severity, str]] = {"error": "●", "warning": "▲", "note": "○"}
SEVERITIES: Final = tuple(SIGNS)


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that a check returned; the names in `FIELDS` are the command line's promise.

    `texts` are stated, computed and difference as they are printed, `reason` is why it was
    accepted.
    """

    check_name: str
    severity: Severity
    fiscal_year: int
    finding_key: str
    view_name: str | None
    row_key: str | None
    column_name: str | None
    place: str | None
    stated: Value
    computed: Value
    difference: Value
    message: str
    accepted: bool = False
    texts: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    reason: str | None = field(default=None, compare=False, repr=False)

    @property
    def mark(self) -> tuple[str, str]:
        """What tells it apart within its year, before and after the facts change: check and key."""
        return self.check_name, self.finding_key


FIELDS: Final = tuple(each.name for each in fields(Finding) if each.compare)


class Checks:
    """The checks of one file, run again and again.

    The views that they rest on lie upon each other, and the database plans all that lies beneath
    a view each time that it is named: for most offices that takes longer than reading the rows.
    So what several rest on is computed once, into a table in memory, and again only when a
    fact changed that it may rest on. What does not rest on each other is computed side by side.
    Safe to use from several threads; runs queue.
    """

    def __init__(
        self, database: Database, registry: Registry, tables: Mapping[str, FactTable]
    ) -> None:
        self._database = database
        self._sessions: Sequence[Session] = ()
        self._free: queue.SimpleQueue[Session] = queue.SimpleQueue()
        self._memory = ""
        self._closed = False
        self._running = threading.Lock()
        self._changed: queue.SimpleQueue[frozenset[str] | None] = queue.SimpleQueue()
        self._registry, self._tables = registry, tables
        self._kept: dict[str, str] = {}
        self._found: dict[tuple[str, int, str], list[Finding]] = {}

    @cached_property
    def _rests(self) -> Dependence:
        columns = {table.name: table.columns for table in self._tables.values()}
        return Dependence(self._registry, columns)

    def facts_changed(self, facts: Iterable[str] | None) -> None:
        """Say which facts were changed, as `Act.facts` tells; None says that all may have been."""
        self._changed.put(None if facts is None else frozenset(facts))

    def run(self, year: int) -> tuple[list[Finding], list[QueryError]]:
        """Run every enabled check for one year; findings come errors first, then by rule.

        A check that fails is told in the second list and hides no other. Raises Interrupted when
        it is closed meanwhile.
        """
        findings: list[Finding] = []
        faults: list[QueryError] = []
        with self._running:
            self._forget_changed()
            self._open()
            checks = self._enabled()
            with ThreadPoolExecutor(_SIDES) as threads:
                kept = self._keep(threads, checks)
                running = [
                    threads.submit(self._of, check, year, _before(kept, check)) for check in checks
                ]
            for check, found in zip(checks, running, strict=True):
                try:
                    findings += found.result()
                except QueryError as error:
                    faults.append(QueryError(f"{check.full_name}: {error.message}", error.hint))
        accepted = self._accepted(year)
        findings = [
            replace(finding, accepted=True, reason=accepted[key])
            # An acceptance holds for the value that it was given for.
            if (key := (*finding.mark, encode(finding.stated))) in accepted
            else finding
            for finding in findings
        ]
        findings.sort(key=lambda finding: SEVERITIES.index(finding.severity))
        return findings, faults

    def close(self) -> None:
        """Stop what runs, and let go of what was computed."""
        self._closed = True
        self._end_sessions()
        with self._running:
            self._end_sessions()  # one that had just begun may have opened them since
            if self._memory:
                self._database.detach_memory(self._memory)

    def _end_sessions(self) -> None:
        for session in self._sessions:
            session.close()

    def _open(self) -> None:
        if not (self._sessions or self._closed):
            self._memory = self._database.attach_memory()
            self._sessions = [self._database.session() for _side in range(_SIDES)]
            for session in self._sessions:
                self._free.put(session)
        if self._closed:  # whoever closes ends the sessions that are there, before or after this
            raise Interrupted(_("Stopped."))

    @contextmanager
    def _session(self) -> Iterator[Session]:
        session = self._free.get()
        try:
            yield session
        finally:
            self._free.put(session)

    def _forget_changed(self) -> None:
        """Drop what rests on facts that changed; all that is lacking is computed in this run."""
        changed: set[str] = set()
        while not self._changed.empty():
            facts = self._changed.get()
            if facts is None:
                self._kept, self._found = {}, {}
            else:
                changed |= facts
        stale = self._rests.resting_on(changed)
        self._kept = {name: kept for name, kept in self._kept.items() if name not in stale}
        self._found = {
            key: found
            for key, found in self._found.items()
            if f"{Kind.CHECK}.{key[0]}" not in stale
        }

    def _enabled(self) -> list[Query]:
        """Return the checks that are not switched off in this file."""
        found = self._database.read("select check_name from check_setting where not enabled")
        off = {row[0] for row in found}
        return [check for check in self._rests.checks if check.name not in off]

    def _accepted(self, year: int) -> Mapping[tuple[str, str, str | None], str | None]:
        """Return why findings were accepted, by check, key and the value that was stated."""
        found = self._database.read(
            "select check_name, finding_key, stated, reason from accepted_finding"
            " where fiscal_year = ?",
            [year],
        )
        return {(name, key, stated): reason for name, key, stated, reason in found}

    def _keep(
        self, threads: ThreadPoolExecutor, checks: Sequence[Query]
    ) -> Mapping[str, Future[None]]:
        """Begin to compute what the checks rest on, as far as it is lacking."""
        needed = self._rests.needed(checks)
        begun: dict[str, Future[None]] = {}
        for name, query in self._rests.views.items():
            if query.kind is not Kind.CHECK and name in needed and name not in self._kept:
                before = _before(begun, query)
                begun[name] = threads.submit(self._keep_one, query, before)
        return begun

    def _keep_one(self, query: Query, before: Sequence[Future[None]]) -> None:
        for each in before:
            each.result()
        select = query.select_from(self._kept)
        if query.full_name not in self._rests.apart:
            self._kept[query.full_name] = f"({select}\n)"
            return
        # What rests on one that fails reads its view, and so the check tells why it fails.
        with suppress(QueryError), self._session() as session:
            self._kept[query.full_name] = session.keep(
                f"{query.kind}_{query.name}", select, memory=self._memory
            )

    def _of(self, check: Query, year: int, before: Sequence[Future[None]]) -> list[Finding]:
        key = (check.name, year, language.current())
        if key not in self._found:
            for each in before:
                each.result()
            with self._session() as session:
                self._found[key] = list(self._read(session, check, year))
        return self._found[key]

    def _read(self, session: Session, check: Query, year: int) -> Iterator[Finding]:
        key = "cast(v.finding_key as varchar)"
        where = f"where v.fiscal_year = ? order by length({key}), {key}"
        try:
            select = f"select v.* from ({check.select_from(self._kept)}\n) as v {where}"
            columns, rows = session.read(select, [year], most=_MOST)
        except QueryError:
            # It may call a view's columns by the view's name, which the tables have not.
            select = f"select v.* from {check.full_name} as v {where}"
            columns, rows = session.read(select, [year], most=_MOST)
        messages = check.header.messages
        message = messages.get(language.current()) or next(iter(messages.values()))
        cells = Cells(check, self._database)
        before = None
        for row in rows:
            named = dict(zip(columns, row, strict=True))
            finding_key = str(named["finding_key"])
            if finding_key == before:
                raise QueryError(
                    _("two of its findings have the key “{key}”").format(key=finding_key),
                    _("A finding is accepted by its key: give each one its own."),
                )
            before = finding_key
            yield Finding(
                check_name=check.name,
                severity=check.header.severity or "warning",
                fiscal_year=year,
                finding_key=finding_key,
                view_name=_text(named.get("view_name")),
                row_key=_text(named.get("row_key")),
                column_name=_text(named.get("column_name")),
                place=_text(named.get("place")),
                stated=named.get("stated"),
                computed=named.get("computed"),
                difference=_difference(named),
                message=fill_names(message, cells.printed(named)),
                texts=_texts(cells, named),
            )


def _before(begun: Mapping[str, Future[None]], query: Query) -> Sequence[Future[None]]:
    """Return what has to be there before a query is read."""
    return [begun[name] for name in query.mentions if name in begun]


def _text(value: Value) -> str | None:
    return None if value is None else plain(value)


def _texts(cells: Cells, row: ViewRow) -> Mapping[str, str]:
    """Return stated, computed and difference as they are printed; what is not known is missing."""
    columns = cells.query.header.columns
    shown = {name: row.get(name) for name in ("stated", "computed")}
    shown["difference"] = _difference(row)
    texts = {}
    for name, value in shown.items():
        # A difference without a column of its own is of the kind of what was computed.
        column = columns.get(name) or (columns.get("computed") if name == "difference" else None)
        if value is not None:
            texts[name] = (
                cells.text(column, {**row, column.name: value}) if column else plain(value)
            )
    return texts


def _difference(row: ViewRow) -> Value:
    """Return what the check says that differs, else what is computed less what is stated."""
    stated, computed = row.get("stated"), row.get("computed")
    if row.get("difference") is not None or not (_is_number(stated) and _is_number(computed)):
        return row.get("difference")
    return computed - stated


def _is_number(value: Value) -> TypeGuard[int | Decimal]:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
