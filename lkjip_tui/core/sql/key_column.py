"""The key of a view: the column that tells its rows of a year apart, given or put in."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from lkjip_tui.core.errors import QueryError
from lkjip_tui.core.query.header import FISCAL_YEAR
from lkjip_tui.core.query.queries import Registry, read_by
from lkjip_tui.core.sql import row_keys
from lkjip_tui.core.sql.row_keys import Typed
from lkjip_tui.core.sql.sql_names import Names
from lkjip_tui.core.sql.sql_scope import beside
from lkjip_tui.core.sql.sql_select import Edit, Select, edited
from lkjip_tui.core.sql.trial import Trial
from lkjip_tui.language import _

#: Expressions that are tried as a key.
_MOST_TRIED: Final = 8


class KeyColumn:
    """Sees to it that a statement gives a `key`, which it says is a text."""

    def __init__(self, trial: Trial, names: Names, registry: Registry, key: str) -> None:
        self._trial, self._names, self._registry = trial, names, registry
        self._key = key

    def put_into(self, text: str, told: list[str]) -> str:
        """Return the statement with the key; raises QueryError that says what is missing."""
        key, columns = self._key, self._trial.columns(text)
        select = Select.read(text)
        kind = next((kind for name, kind in columns if name.casefold() == key), "")
        if kind:
            text = text if kind == "VARCHAR" else self._as_text(text, columns, told)
            self.require_telling(self._trial, text)
            return text
        tried = self._offered(select, columns) if select is not None else iter(())
        for expression in islice(tried, _MOST_TRIED):
            assert select is not None  # noqa: S101 - else nothing is tried
            called = "" if expression.endswith(f".{key}") else f" as {key}"
            behind = select.listed[0][-1].stop
            made = edited(text, [Edit(behind, behind, f", {expression}{called}")])
            is_key = self._trial.is_sound(made) and not self._trial.twice(made, key)
            # What is distinct, or grouped by all of it, may be other rows with it.
            then, now = f"from ({text}\n)", f"from ({made}\n)"
            if is_key and self._trial.is_same(then, now, columns, None):
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
        near = beside(select.sql, select.start, self._names)
        return row_keys.offered(select, columns, near, self._names, telling)

    def _as_text(self, text: str, columns: Sequence[Typed], told: list[str]) -> str:
        select = Select.read(text)
        edit = row_keys.as_text(select, columns, self._key) if select else None
        made = edited(text, [edit]) if edit else ""
        if edit is None or not self._trial.is_sound(made):
            raise QueryError(
                _("The column {name} is no text.").format(name=self._key),
                _("Make one of it, as {example}.").format(example="cast(p.id as varchar)"),
            )
        told.append(_("{name} is a text: {column}.").format(name=self._key, column=edit.text))
        return made

    def require_telling(self, trial: Trial, text: str) -> None:
        """Refuse a key that several rows have of a year that is tried."""
        twice = trial.twice(text, self._key)
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
            if longer := self._longer(trial, text):
                hint, example = _("This tells them apart: {example}."), longer
        raise QueryError(told, hint.format(example=example))

    def _longer(self, trial: Trial, text: str) -> str:
        """Return the key with what it leaves out, as a stage; empty where that is not known."""
        select = Select.read(text)
        if select is None:
            return ""
        near = beside(text, select.start, self._names)
        columns = trial.columns(text)
        for longer, edit in row_keys.told_apart(select, columns, self._key, near, self._names):
            made = edited(text, [edit])
            if trial.is_sound(made) and not trial.twice(made, self._key):
                return longer
        return ""
