"""The year of a view: what a statement asks for becomes a column of it."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from lkjip_tui.core.errors import QueryError
from lkjip_tui.core.query.header import FISCAL_YEAR
from lkjip_tui.core.sql.parameters import asks_for_year
from lkjip_tui.core.sql.row_keys import Typed
from lkjip_tui.core.sql.sql_names import Names
from lkjip_tui.core.sql.sql_scope import beside
from lkjip_tui.core.sql.sql_select import Edit, Select, edited
from lkjip_tui.core.sql.trial import Trial
from lkjip_tui.core.storage.sql_text import tokens
from lkjip_tui.language import _

#: What stands behind the columns by which OVER parts the rows.
_BEHIND_PARTS: Final = frozenset({"order", "rows", "range", "groups", ")"})


class YearColumn:
    """Puts the year into a statement as a column, so that it gives each year's rows as before."""

    def __init__(self, trial: Trial, names: Names) -> None:
        self._trial, self._names = trial, names

    def counted(self, select: Select, columns: Sequence[Typed], told: list[str]) -> str:
        """Return a statement with a rank in each year instead of LIMIT, where that is the same."""
        year = select.column_equal_to(FISCAL_YEAR, FISCAL_YEAR)
        edits = year and select.first_of_each(year.column, [name for name, _type in columns])
        if not year or not edits:
            return select.sql
        group = select.grouped_by(year.column)
        made = edited(select.sql, [*edits, *([group] if group else [])])
        of_year = f"from ({select.sql}\n)", f"from ({made}\n)"
        if not self._trial.is_sound(made) or not all(
            self._trial.is_same(*of_year, columns, each) for each in self._trial.years
        ):
            return select.sql
        told.append(_("LIMIT would count the rows of all years: QUALIFY counts those of each."))
        return made

    def put_into(self, text: str, columns: Sequence[Typed], told: list[str]) -> str:
        """Return the statement with the year; raises QueryError that says why that cannot be."""
        select = Select.read(text)
        has_year = any(name.casefold() == FISCAL_YEAR for name, _type in columns)
        if asks_for_year(text):
            made = self._without_parameter(text, select, columns, has_year=has_year)
            said = _("A view has no parameters: {year} becomes a column.")
        elif has_year:
            return text
        else:
            found = next(self._from_source(select), None) if select else None
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
        if made is None or not self._trial.is_same_each_year(text, made, columns):
            raise refuse(_("without it the rows would be others"))
        return made

    def _from_source(self, select: Select) -> Iterator[str]:
        """Yield the statement with the year of one of its relations."""
        for source in beside(select.sql, select.start, self._names):
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
            if self._trial.is_sound(made):
                return made
        return None


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
