"""A statement of the console as the select of a view.

A view has no parameters: the year is a column of it. It tells its rows of a year apart by a key.
Where a statement has neither, both are put into it if that can be done so that it gives the same
as before, which is tried; else it is told what is missing, with an example.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Final

from lkjip_tui.core.errors import Interrupted, QueryError
from lkjip_tui.core.query import grammar
from lkjip_tui.core.query.header import FISCAL_YEAR, ROW_KEY, Header
from lkjip_tui.core.query.queries import Kind, Query, Registry
from lkjip_tui.core.sql import row_keys
from lkjip_tui.core.sql.fact_columns import Own, owned
from lkjip_tui.core.sql.parameters import asks_for_year
from lkjip_tui.core.sql.row_keys import Typed
from lkjip_tui.core.sql.sql_names import Names
from lkjip_tui.core.sql.sql_scope import Source, grouped, levels, path_to
from lkjip_tui.core.sql.sql_select import Edit, Select, edited
from lkjip_tui.core.storage.cursors import Session, Tuple
from lkjip_tui.core.storage.sql_text import quoted, tokens
from lkjip_tui.language import _

LEADING: Final = ("view_name", ROW_KEY, "column_name")
"""Columns of a check that lead to a cell, and are not shown."""

#: Expressions that are tried as a key.
_MOST_TRIED: Final = 8
_MOST: Final = 10_000
_FROM: Final = "from"
_PLAIN: Final = re.compile(grammar.NAME)
#: What stands behind the columns by which OVER parts the rows.
_BEHIND_PARTS: Final = frozenset({"order", "rows", "range", "groups", ")"})

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
    """Makes a view's select of a statement that reads; `years` are those of the file."""

    def __init__(
        self,
        session: Session,
        names: Names,
        registry: Registry,
        *,
        kind: Kind,
        years: Sequence[int],
    ) -> None:
        self._session = session
        self._names, self._registry = names, registry
        self._kind = kind
        self._key = kind.promised[1]
        self._years = years

    def draft(self, statement: str) -> Draft:
        """Return what the view is; raises QueryError that says what is missing, or Interrupted."""
        try:
            columns = self._columns(statement, uses_year=asks_for_year(statement))
        except QueryError as error:
            reason = error.message.partition("\n")[0]  # its place is not that in the statement
            raise QueryError(reason, _("Run it first: F5 shows the place.")) from error
        self._require_lasting(statement)
        _require_names(columns)
        if statement[:4].casefold() == _FROM and Select.read(statement) is None:
            listed = ",\n    ".join(self._names.written(name) for name, _type in columns)
            statement = f"select\n    {listed}\n{statement}"
        told: list[str] = []
        select = Select.read(statement)
        order = ""
        if select is not None:
            named = [name for name, _type in columns]
            select = Select.read(self._of_each_year(select, columns, told)) or select
            # What is put in stands before what a number names.
            groups = select.groups(named)
            edits = [each for each in groups if select.sql[each.start : each.stop].isdigit()]
            if found := select.order(named):
                order, taken_out = found
                edits.append(taken_out)
            statement = edited(select.sql, edits)
        text = self._with_year(statement, columns, told)
        text = self._with_key(text, told)
        columns = self._columns(text)
        if self._kind is Kind.CHECK and not {name for name, _type in columns}.issuperset(LEADING):
            said = _("Without {columns} Enter on a finding goes to no cell.")
            told.append(said.format(columns=", ".join(LEADING)))
        select = Select.read(text)
        own = owned(select, columns, self._near(select)) if select is not None else {}
        return Draft(text, columns, order, tuple(told), own)

    def _require_lasting(self, statement: str) -> None:
        """Refuse what reads a file that was opened as a table: that ends with the program."""
        words = [token for token in tokens(statement) if token.kind != "comment"]
        for call, _bracket, token in zip(words, words[1:], words[2:], strict=False):
            if call.word in _READING_TEXTS and token.kind == "text":
                words = [*words, *tokens(token.text[1:-1])]
        said = "".join(
            f"\n{token.name.casefold()}" if token.is_name else f"\n{token.text}" for token in words
        )
        for memory, name in self._read(_OPENED, {}):
            ways = (f"\n{memory}\n.\n{name}\n", f"\n{memory}\n.\nmain\n.\n{name}\n")
            if any(way in f"{said}\n" for way in ways):
                raise QueryError(
                    _("{table} ends with the program, and what is saved would have no rows then.")
                    .format(table=f"{memory}.{name}"),
                    _("Import (lkjip import) takes its figures over for good."),
                )  # fmt: skip

    def _columns(self, text: str, *, uses_year: bool = False) -> tuple[Typed, ...]:
        values: dict[str, object] = {FISCAL_YEAR: self._years[-1]} if uses_year else {}
        found = self._read(f"describe {text}", values)
        return tuple((str(row[0]), str(row[1])) for row in found)

    def _read(self, sql: str, values: dict[str, object], most: int = _MOST) -> list[Tuple]:
        return self._session.read_guarded(sql, values, most=most)

    # The year

    def _of_each_year(self, select: Select, columns: Sequence[Typed], told: list[str]) -> str:
        """Return a statement with a rank in each year instead of LIMIT, where that is the same."""
        year = select.column_equal_to(FISCAL_YEAR, FISCAL_YEAR)
        edits = year and select.first_of_each(year.column, [name for name, _type in columns])
        if not year or not edits:
            return select.sql
        group = select.grouped_by(year.column)
        made = edited(select.sql, [*edits, *([group] if group else [])])
        of_year = f"from ({select.sql}\n)", f"from ({made}\n)"
        if not self._is_sound(made, uses_year=True) or not all(
            self._is_same(*of_year, columns, each) for each in self._years
        ):
            return select.sql
        told.append(_("LIMIT would count the rows of all years: QUALIFY counts those of each."))
        return made

    def _with_year(self, text: str, columns: Sequence[Typed], told: list[str]) -> str:
        select = Select.read(text)
        has_year = any(name.casefold() == FISCAL_YEAR for name, _type in columns)
        if asks_for_year(text):
            made = self._without_parameter(text, select, columns, has_year=has_year)
            said = _("A view has no parameters: {year} becomes a column.")
        elif has_year:
            return text
        else:
            found = next(self._year_from_source(select), None) if select else None
            if found is None:
                raise QueryError(
                    _("The statement gives no column {name}.").format(name=FISCAL_YEAR),
                    _("Every row is of a report's year. Select that of a relation, as {example},"
                      " or join report_year.").format(example=f"p.{FISCAL_YEAR}"),
                )  # fmt: skip
            made, said = found, _("The column {name} is put in.").format(name=FISCAL_YEAR)
        told.append(said.format(year=FISCAL_YEAR))
        return made

    def _without_parameter(
        self, text: str, select: Select | None, columns: Sequence[Typed], *, has_year: bool
    ) -> str:
        hint = _(
            "Select {year} of a relation, compare that of others with it, and leave ${year} out."
        ).format(year=FISCAL_YEAR)

        def refuse(reason: str) -> QueryError:
            told = _("A view has no parameters, and ${year} cannot be taken out here: {reason}.")
            return QueryError(told.format(year=FISCAL_YEAR, reason=reason), hint)

        if select is None:
            raise refuse(_("this is not one SELECT"))
        found = select.column_equal_to(FISCAL_YEAR, FISCAL_YEAR)
        if found is None:
            example = f"where p.{FISCAL_YEAR} = ${FISCAL_YEAR}"
            raise refuse(_("no condition is {example}").format(example=example))
        rest = [
            use
            for use in select.uses(FISCAL_YEAR)
            if not found.out.start <= use.start < found.out.stop
        ]
        if any(use.start < select.start for use in rest):
            raise refuse(_("it stands in what WITH names"))
        if select.has("limit", "offset", "using", "window") or _looks_beyond_a_year(text):
            example = f"over (partition by {found.column} order by …)"
            if select.has("limit", "offset", "using"):
                example = f"qualify row_number() {example} <= 10"
            hint = _("Let it look at each year by itself, as {example}.").format(example=example)
            raise refuse(_("LIMIT, OVER and the like would look at the rows of all years"))
        edits = [found.out, *(Edit(use.start, use.end, found.column) for use in rest)]
        made = self._grouped(select, found.column, edits, has_year=has_year)
        if made is None or not self._says_the_same(text, made, columns):
            raise refuse(_("without it the rows would be others"))
        return made

    def _year_from_source(self, select: Select) -> Iterator[str]:
        """Yield the statement with the year of one of its relations."""
        for source in self._near(select):
            if any(column.name == FISCAL_YEAR for column in source.columns):
                column = f"{self._names.written(source.alias)}.{FISCAL_YEAR}"
                made = self._grouped(select, column, [])
                if made is not None:
                    yield made

    def _grouped(
        self, select: Select, column: str, edits: Sequence[Edit], *, has_year: bool = False
    ) -> str | None:
        """Return the statement with a column more, grouped by it where that is needed."""
        edits = [*edits, *([] if has_year else [select.with_first(column)])]
        for is_forced in (False, True):
            group = select.grouped_by(column, is_forced=is_forced)
            made = edited(select.sql, [*edits, *([group] if group else [])])
            if self._is_sound(made):
                return made
        return None

    def _is_sound(self, text: str, *, uses_year: bool = False) -> bool:
        try:
            self._columns(text, uses_year=uses_year)
        except Interrupted:
            raise
        except QueryError:
            return False
        return True

    def _says_the_same(self, before: str, made: str, columns: Sequence[Typed]) -> bool:
        """Whether a statement gives the rows of each year that another gives when asked for it."""
        of_year = f"from ({made}\n) where {FISCAL_YEAR} = ${FISCAL_YEAR}"
        return all(
            self._is_same(f"from ({before}\n)", of_year, columns, year) for year in self._years
        )

    def _is_same(self, then: str, now: str, columns: Sequence[Typed], year: int | None) -> bool:
        listed = ", ".join(quoted(name) for name, _type in columns)
        then, now = f"select {listed} {then}", f"select {listed} {now}"
        differs = f"({then} except all {now}) union all ({now} except all {then}) limit 1"
        return not self._read(differs, {} if year is None else {FISCAL_YEAR: year}, 1)

    # The key

    def _with_key(self, text: str, told: list[str]) -> str:
        key, columns = self._key, self._columns(text)
        select = Select.read(text)
        kind = next((kind for name, kind in columns if name.casefold() == key), "")
        if kind:
            text = text if kind == "VARCHAR" else self._as_text(text, columns, told)
            self._require_key(text, columns)
            return text
        tried = self._offered(select, columns) if select is not None else iter(())
        for expression in islice(tried, _MOST_TRIED):
            assert select is not None  # noqa: S101 - else nothing is tried
            called = "" if expression.endswith(f".{key}") else f" as {key}"
            behind = select.listed[0][-1].stop
            made = edited(text, [Edit(behind, behind, f", {expression}{called}")])
            is_key = self._is_sound(made) and not self._twice(made)
            # What is distinct, or grouped by all of it, may be other rows with it.
            if is_key and self._is_same(f"from ({text}\n)", f"from ({made}\n)", columns, None):
                said = _("{column} tells the rows of a year apart.")
                told.append(said.format(column=f"{expression}{called}"))
                return made
        raise QueryError(
            _("The statement gives no column {name}.").format(name=key),
            _("It is a text that tells the rows of a year apart. Select one, as {example}.").format(
                example=f"'program/' || p.program_id as {key}"
            ),
        )

    def _offered(self, select: Select, columns: Sequence[Typed]) -> Iterator[str]:
        telling = {name for query in read_by(select.sql, self._registry) for name in query.grain}
        return row_keys.offered(select, columns, self._near(select), self._names, telling)

    def _as_text(self, text: str, columns: Sequence[Typed], told: list[str]) -> str:
        select = Select.read(text)
        edit = row_keys.as_text(select, columns, self._key) if select else None
        made = edited(text, [edit]) if edit else ""
        if edit is None or not self._is_sound(made):
            raise QueryError(
                _("The column {name} is no text.").format(name=self._key),
                _("Make one of it, as {example}.").format(example="cast(p.id as varchar)"),
            )
        told.append(_("{name} is a text: {column}.").format(name=self._key, column=edit.text))
        return made

    def _near(self, select: Select) -> list[Source]:
        """Return the relations that a statement names."""
        found = [token for token in tokens(select.sql) if token.kind != "comment"]
        return levels(path_to(grouped(found), select.start), select.start, self._names)[0]

    def _require_key(self, text: str, columns: Sequence[Typed]) -> None:
        twice = self._twice(text)
        if twice is None:
            return
        year, key, count = twice
        hint = _("Select what differs in every row of a year, as {example}.")
        example = f"'program/' || p.program_id as {self._key}"
        if year is None or key is None:
            told = _("{name} does not tell the rows apart: in some it is empty.")
            told = told.format(name=self._key if year is not None else FISCAL_YEAR)
        else:
            told = _("{name} does not tell the rows apart: “{key}” stands {count} times in {year}.")
            told = told.format(name=self._key, key=key, count=count, year=year)
            if longer := self._longer_key(text, columns):
                hint, example = _("This tells them apart: {example}."), longer
        raise QueryError(told, hint.format(example=example))

    def _longer_key(self, text: str, columns: Sequence[Typed]) -> str:
        """Return the key with what it leaves out, as a stage; empty where that is not known."""
        select = Select.read(text)
        if select is None:
            return ""
        tried = row_keys.told_apart(select, columns, self._key, self._near(select), self._names)
        for longer, edit in tried:
            made = edited(text, [edit])
            if self._is_sound(made) and not self._twice(made):
                return longer
        return ""

    def _twice(self, text: str) -> tuple[object, object, int] | None:
        key = quoted(self._key)
        found = self._read(
            f"select {FISCAL_YEAR}, {key}, count(*) as n from ({text}\n) group by all"
            f" having n > 1 or {FISCAL_YEAR} is null or {key} is null limit 1",
            {},
            1,
        )
        return found[0] if found else None


def _looks_beyond_a_year(text: str) -> bool:
    """Whether some OVER does not part the rows by the year."""
    words = [token for token in tokens(text) if token.kind != "comment"]
    for number, token in enumerate(words):
        if token.word == "over":
            said = [each.word or each.text for each in words[number + 1 :]]
            said = list(takewhile(lambda word: word not in _BEHIND_PARTS, said))
            if said[:3] != ["(", "partition", "by"] or FISCAL_YEAR not in said:
                return True
    return False


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


def read_by(text: str, registry: Registry) -> list[Query]:
    """Return the queries that a statement reads from."""
    mentions = Query(Kind.BASIS, "", "", Header(), text).mentions
    return [query for name, query in registry.queries.items() if name in mentions]
