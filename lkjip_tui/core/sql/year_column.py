"""The year of a view: what a statement asks for becomes a column of it."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from lkjip_tui.core.errors import QueryError
from lkjip_tui.core.query.header import FISCAL_YEAR
from lkjip_tui.core.sql.parameters import asks_for_year
from lkjip_tui.core.sql.row_keys import Typed
from lkjip_tui.core.sql.sql_names import Names
from lkjip_tui.core.sql.sql_scope import Source, beside, nested
from lkjip_tui.core.sql.sql_select import Edit, Found, Select, edited
from lkjip_tui.core.sql.trial import Trial
from lkjip_tui.core.storage.sql_text import tokens
from lkjip_tui.language import _

#: What stands behind the columns by which OVER parts the rows.
_BEHIND_PARTS: Final = frozenset({"order", "rows", "range", "groups", ")"})


def cannot_go(reason: str, hint: str = "") -> QueryError:
    """Return what tells that a statement cannot do without asking for the year."""
    told = _("A view has no parameters, and ${year} cannot be taken out here: {reason}.")
    hint = hint or _(
        "Select {year} of a relation, compare that of others with it, and leave ${year} out."
    ).format(year=FISCAL_YEAR)
    return QueryError(told.format(year=FISCAL_YEAR, reason=reason), hint)


class YearColumn:
    """Puts the year into one statement as a column, which gives `columns` before.

    What was put in is told. `counts_anew` says that the statement counted over all years, and
    counts each by itself then: its rows are others.
    """

    def __init__(self, trial: Trial, names: Names, columns: Sequence[Typed]) -> None:
        self._trial, self._names, self._columns = trial, names, columns
        self._is_there = any(name.casefold() == FISCAL_YEAR for name, _type in columns)
        self.counts_anew = False
        self.told: list[str] = []

    def counted(self, select: Select) -> str:
        """Return a statement with a rank in each year instead of LIMIT, where that is the same."""
        year = select.column_equal_to(FISCAL_YEAR, FISCAL_YEAR)
        column = self._written(select, year) if year else None
        if column is None and not self._is_there and not asks_for_year(select.sql):
            column = next(iter(self._of_sources(select)), None)
        edits = column and select.first_of_each(column, [name for name, _type in self._columns])
        if not column or not edits:
            return select.sql
        group = select.grouped_by(column)
        made = edited(select.sql, [*edits, *([group] if group else [])])
        of_year = f"from ({select.sql}\n)", f"from ({made}\n)"
        if not self._trial.is_sound(made) or (
            year
            and not all(
                self._trial.is_same(*of_year, self._columns, each) for each in self._trial.years
            )
        ):
            return select.sql
        self.counts_anew = year is None
        self.told.append(
            _("LIMIT would count the rows of all years: QUALIFY counts those of each.")
        )
        return made

    def put_into(self, text: str) -> str:
        """Return the statement with the year; raises QueryError that says why that cannot be."""
        select = Select.read(text)
        if asks_for_year(text):
            made = self._without_parameter(select)
            said = _("A view has no parameters: {year} becomes a column.")
        elif self._is_there:
            return text
        else:
            found = self._from_source(select) if select else None
            if found is None:
                raise QueryError(
                    _("The statement gives no column {name}.").format(name=FISCAL_YEAR),
                    _("Every row is of a report's year. Select that of a relation, as {example},"
                      " or join report_year.").format(example=f"p.{FISCAL_YEAR}"),
                )  # fmt: skip
            made, said = found, _("The column {name} is put in.").format(name=FISCAL_YEAR)
            if self.counts_anew:
                said = _("The column {name} is put in: what was counted over all years is counted"
                         " in each.").format(name=FISCAL_YEAR)  # fmt: skip
        self.told.append(said.format(year=FISCAL_YEAR))
        return made

    def require_alike(self, trial: Trial, statement: str, text: str) -> None:
        """Refuse what became of the statement where it does not give the statement's rows."""
        if asks_for_year(statement):
            if not trial.is_same_each_year(statement, text, self._columns):
                raise cannot_go(_("without it the rows would be others"))
        elif not self.counts_anew and statement != text:
            then, now = f"from ({statement}\n)", f"from ({text}\n)"
            if not trial.is_same(then, now, self._columns, None):
                raise QueryError(
                    _("As a view it would give other rows."),
                    _("Select {year} and a key yourself, and let it look at each year by itself.")
                    .format(year=FISCAL_YEAR),
                )  # fmt: skip

    def _without_parameter(self, select: Select | None) -> str:
        if select is None:
            raise cannot_go(_("this is not one SELECT"))
        found = select.column_equal_to(FISCAL_YEAR, FISCAL_YEAR)
        if found is None:
            example = f"where p.{FISCAL_YEAR} = ${FISCAL_YEAR}"
            raise cannot_go(_("no condition is {example}").format(example=example))
        rest = [
            use
            for use in select.uses(FISCAL_YEAR)
            if not found.out.start <= use.start < found.out.stop
        ]
        if any(use.start < select.start for use in rest):
            raise cannot_go(_("it stands in what WITH names"))
        column = self._written(select, found)
        if hint := _of_each(select, column):
            raise cannot_go(_("LIMIT, OVER and the like would look at the rows of all years"), hint)
        alias, _dot, _name = column.rpartition(".")
        for use in rest:
            inner = nested(select.sql, use.start, self._names)
            if any(self._hides(source, alias) for source in inner):
                told = _("in a query in brackets {column} would be that one's own")
                raise cannot_go(told.format(column=column))
        made = self._grouped(
            select, column, [found.out, *(Edit(use.start, use.end, column) for use in rest)]
        )
        if made is None:
            raise cannot_go(_("without it the rows would be others"))
        return made

    def _hides(self, source: Source, alias: str) -> bool:
        """Whether the year of a relation outside is named by that of a nearer one instead."""
        if alias:
            return self._names.written(source.alias).casefold() == alias.casefold()
        return not source.columns or _has_year(source)

    def _written(self, select: Select, found: Found) -> str:
        """Return the column with the name of its relation; as it stands where that is not known."""
        *of, _column = found.names
        near = beside(select.sql, select.start, self._names)
        if of:
            owners = [each for each in near if each.alias.casefold() == of[-1].casefold()]
        else:
            owners = [each for each in near if _has_year(each)]
        return self._of(owners[0]) if len(owners) == 1 else found.column

    def _of(self, source: Source) -> str:
        return f"{self._names.written(source.alias)}.{FISCAL_YEAR}"

    def _of_sources(self, select: Select) -> list[str]:
        """Return the years of its relations."""
        near = beside(select.sql, select.start, self._names)
        return [self._of(source) for source in near if _has_year(source)]

    def _from_source(self, select: Select) -> str | None:
        """Return the statement with the year of one of its relations."""
        for column in self._of_sources(select):
            made = self._grouped(select, column, [])
            if made is not None:
                if hint := _of_each(select, column):
                    told = _("LIMIT, OVER and the like would look at the rows of all years")
                    raise QueryError(f"{told}.", hint)
                self.counts_anew = self.counts_anew or select.is_distinct
                return made
        return None

    def _grouped(self, select: Select, column: str, edits: Sequence[Edit]) -> str | None:
        """Return the statement with a column more, grouped by it where that is needed."""
        edits = [*edits, *([] if self._is_there else [select.with_first(column)])]
        for is_forced in (False, True):
            group = select.grouped_by(column, is_forced=is_forced)
            made = edited(select.sql, [*edits, *([group] if group else [])])
            if self._trial.is_sound(made):
                self.counts_anew = self.counts_anew or group is not None
                return made
        return None


def _has_year(source: Source) -> bool:
    return any(column.name.casefold() == FISCAL_YEAR for column in source.columns)


def _of_each(select: Select, column: str) -> str:
    """Return how a statement counts in each year that counts in all; empty where it does not."""
    hint = _("Let it look at each year by itself, as {example}.")
    parts = f"partition by {column}"
    on = select.distinct_on
    if select.has("limit", "offset", "using"):
        if select.is_distinct:
            return _("Group by these columns instead of DISTINCT, so that each year's are counted.")
        return hint.format(example=f"qualify row_number() over ({parts} order by …) <= 10")
    if on and not any(token.name.casefold() == FISCAL_YEAR for token in tokens(on)):
        parts = f"{parts}, {on[1:-1].strip()}"
        return hint.format(example=f"qualify row_number() over ({parts} order by …) = 1")
    if select.has("window") or _looks_beyond_a_year(select.sql):
        return hint.format(example=f"over ({parts} order by …)")
    return ""


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
