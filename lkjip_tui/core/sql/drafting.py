"""A statement of the console as the select of a view.

A view has no parameters: the year is a column of it. It tells its rows of a year apart by a key.
Where a statement has neither, both are put into it if that can be done so that it gives the same
as before, which is tried; else it is told what is missing, with an example.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lkjip_tui.core.errors import Interrupted, QueryError
from lkjip_tui.core.query import grammar
from lkjip_tui.core.query.header import ROW_KEY
from lkjip_tui.core.query.queries import Kind, Registry
from lkjip_tui.core.sql.fact_columns import Own, owned
from lkjip_tui.core.sql.key_column import KeyColumn
from lkjip_tui.core.sql.row_keys import Typed
from lkjip_tui.core.sql.sql_names import Names
from lkjip_tui.core.sql.sql_scope import beside
from lkjip_tui.core.sql.sql_select import Select, edited
from lkjip_tui.core.sql.trial import Trial
from lkjip_tui.core.sql.year_column import YearColumn
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.storage.sql_text import tokens
from lkjip_tui.language import _

AnotherYear: TypeAlias = Callable[[Session], AbstractContextManager[int]]
"""Lets a session see a year more than the file has, and tells which."""

LEADING: Final = ("view_name", ROW_KEY, "column_name")
"""Columns of a check that lead to a cell, and are not shown."""

_FROM: Final = "from"
_PLAIN: Final = re.compile(grammar.NAME)

_OPENED: Final = """
select t.database_name, t.table_name
from duckdb_tables() as t
where t.database_name in ('files', 'opened_files') and t.database_name != current_database()
"""
#: Functions that read what a text names.
_READING_TEXTS: Final = frozenset({"query", "query_table"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement as a view's select, its columns, and the rows' order as a header says it.

    `own` are the columns that are those of a table. `told` says what was put into it and taken out
    of it, a sentence each.
    """

    select: str
    columns: tuple[Typed, ...]
    order: str = ""
    told: tuple[str, ...] = ()
    own: Mapping[str, Own] = field(default_factory=dict)


class Drafting:
    """Makes a view's select of a statement that reads; `years` are those of the file.

    `another_year` lets the session see one more for a while, where the file can be written: what
    is put in must be right then, too.
    """

    def __init__(
        self,
        session: Session,
        names: Names,
        registry: Registry,
        *,
        kind: Kind,
        years: Sequence[int],
        another_year: AnotherYear | None = None,
    ) -> None:
        self._session, self._another_year = session, another_year
        self._trial = Trial(session, years)
        self._key = KeyColumn(self._trial, names, registry, kind.promised[1])
        self._names, self._kind = names, kind

    def draft(self, statement: str) -> Draft:
        """Return what the view is; raises QueryError that says what is missing, or Interrupted."""
        try:
            columns = self._trial.columns(statement)
        except QueryError as error:
            reason = error.message.partition("\n")[0]  # its place is not that in the statement
            raise QueryError(reason, _("Run it first: F5 shows the place.")) from error
        self._require_lasting(statement)
        _require_names(columns)
        if statement[:4].casefold() == _FROM and Select.read(statement) is None:
            listed = ",\n    ".join(self._names.written(name) for name, _type in columns)
            statement = f"select\n    {listed}\n{statement}"
        year = YearColumn(self._trial, self._names, columns)
        text, order = self._arranged(statement, columns, year)
        told = year.told
        text = self._key.put_into(year.put_into(text), told)
        self._try_out(statement, text, year)
        columns = self._trial.columns(text)
        if self._kind is Kind.CHECK and not {name for name, _type in columns}.issuperset(LEADING):
            said = _("Without {columns} Enter on a finding goes to no cell.")
            told.append(said.format(columns=", ".join(LEADING)))
        select = Select.read(text)
        near = beside(text, select.start, self._names) if select is not None else ()
        own = owned(select, columns, near) if select is not None else {}
        return Draft(text, columns, order, tuple(told), own)

    def _arranged(
        self, statement: str, columns: Sequence[Typed], year: YearColumn
    ) -> tuple[str, str]:
        """Return a statement that counts in each year, its order apart as a header says it."""
        select = Select.read(statement)
        if select is None:
            return statement, ""
        named = [name for name, _type in columns]
        select = Select.read(year.counted(select)) or select
        order = ""
        if found := select.order(named):
            order, taken_out = found
            select = Select.read(edited(select.sql, [taken_out])) or select
        # What is put in stands before what a number names.
        return edited(select.sql, select.without_numbers(named)), order

    def _try_out(self, statement: str, text: str, year: YearColumn) -> None:
        """Refuse a view that gives other rows than its statement, or would in a year more."""
        year.require_alike(self._trial, statement, text)
        if self._another_year is None:
            return
        with self._another_year(self._session) as added:
            trial = Trial(self._session, [*self._trial.years, added], is_rehearsed=True)
            try:
                trial.work_out(text)
                year.require_alike(trial, statement, text)
                self._key.require_telling(trial, text)
            except Interrupted:
                raise
            except QueryError as error:
                told = _("With one year more in the file it would be wrong. {reason}")
                reason = error.message.partition("\n")[0]
                raise QueryError(told.format(reason=reason), error.hint) from error

    def _require_lasting(self, statement: str) -> None:
        """Refuse what reads a file that was opened as a table: that ends with the program."""
        words = [token for token in tokens(statement) if token.kind != "comment"]
        for call, _bracket, token in zip(words, words[1:], words[2:], strict=False):
            if call.word in _READING_TEXTS and token.kind == "text":
                words = [*words, *tokens(token.text[1:-1])]
        said = "".join(
            f"\n{token.name.casefold()}" if token.is_name else f"\n{token.text}" for token in words
        )
        for memory, name in self._trial.read(_OPENED):
            ways = (f"\n{memory}\n.\n{name}\n", f"\n{memory}\n.\nmain\n.\n{name}\n")
            if any(way in f"{said}\n" for way in ways):
                raise QueryError(
                    _("{table} ends with the program, and what is saved would have no rows then.")
                    .format(table=f"{memory}.{name}"),
                    _("Import (lkjip import) takes its figures over for good."),
                )  # fmt: skip


def _require_names(columns: Sequence[Typed]) -> None:
    """Refuse columns that no line of a header can name."""
    seen: set[str] = set()
    for name, _type in columns:
        if not _PLAIN.fullmatch(name):
            raise QueryError(
                _("“{name}” is no name for a column of a view.").format(name=name),
                _("Give it one, as {example}.").format(example="sum(p.budget) as total"),
            )
        if name.casefold() in seen:
            raise QueryError(
                _("Two columns are called {name}.").format(name=name),
                _("Give one another name, as {example}.").format(example=f"p.{name} as other"),
            )
        seen.add(name.casefold())
