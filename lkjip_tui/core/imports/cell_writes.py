"""Where the cells of a column write and whether their texts say anything, in SQL.

The SQL is over rows `v` of a view with a source's texts beside them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lkjip_tui.core.changes import bulk
from lkjip_tui.core.changes.editing import WORDS
from lkjip_tui.core.figures.values import NULL_SIGN
from lkjip_tui.core.imports.identity import How
from lkjip_tui.core.query.header import Column, Target
from lkjip_tui.core.storage.facts import FactColumn, FactTable

#: The number of a line; no view has such a column.
LINE: Final = "its line"
PLACE: Final = f'"{LINE}"'
#: By what a line tells its row; likewise.
HOW: Final = '"told by"'
#: What a row that is not there yet is marked by; likewise.
IS_NEW: Final = '"is new"'
#: In SQL: what a text is that says nothing.
NOTHING: Final = "'', '-', '–'"
#: Digits of whole numbers that are read by the database itself, where their column holds them.
_PLAIN: Final = 14
#: Kinds whose plain digits mean just these.
_DIGITS: Final = ("rupiah", "percent", "index", "count")
#: In SQL: an empty text, and letters and digits alone, by which a name is the same.
_NONE: Final = "''"
_FOLDED: Final = "regexp_replace(lower({}), '[^\\p{{L}}\\p{{N}}]', '', 'g')"


@dataclass(frozen=True, slots=True)
class CellWrite:
    """One `edit` line of a column that has texts: where it writes, as a number and in SQL."""

    number: int
    column: Column
    target: Target
    table: FactTable
    is_chosen: bool
    is_trunk: bool

    @property
    def fact(self) -> FactColumn:
        """The column of the fact."""
        return self.table.columns[self.target.column]

    @property
    def text(self) -> str:
        """The source's text of the cell."""
        return f"v.{text_name(self.column.name)}"

    @property
    def keys(self) -> Mapping[str, str]:
        """The fact's key, each part as SQL over a row of the view."""
        return {part.name: _part(part.column, part.literal) for part in self.target.key}

    @property
    def fits(self) -> str:
        """Whether all parts of the key are there."""
        return " and ".join(f"{sql} is not null" for sql in self.keys.values())

    @property
    def has_words(self) -> bool:
        """Whether the fact has a place for words behind the figure."""
        return self.column.companion is not None and WORDS in self.table.columns

    def same(self, alias: str) -> str:
        """Whether a row of the facts is the one that a row of the view names."""
        return " and ".join(f"{alias}.{name} = {sql}" for name, sql in self.keys.items())

    def said(self, shown: str) -> str:
        """Return in SQL whether a text says something of its cell, not only which row it is in."""
        name = self.column.name
        is_key, is_empty = f"v.{HOW} = '{How.KEY}'", f"trim({self.text}) in ({NOTHING})"
        said = f"({is_key} or not {is_empty})"
        if self.column.once:  # what is printed once stands for those beneath it, `–` for nothing
            is_null = f"({self.text} = '{NULL_SIGN}' and {shown} is null)"
            said = f"(trim({self.text}) <> '' and not {is_null})"
        elif name == "number":
            said = is_key
        elif name == "code":
            said = f"({is_key} or (not {is_empty} and v.{HOW} <> '{How.CODE}'))"
        elif self.is_trunk:
            same = alike(self.text, f"coalesce({shown}, {_NONE})")
            said = f"({is_key} or not ({is_empty} or {same}))"
        return f"{self.text} is not null and {said}"

    def cells(self, shown_type: str, held: str, writes: Sequence["CellWrite"]) -> str:
        """Return in SQL the cells that write by this line, of all `writes`; `held` are the rows."""
        column, name = self.column, self.column.name
        names = {write.column.name for write in writes}
        words = column.companion if self.has_words else None
        kind = f"'{column.kind}'" if column.kind else f"coalesce(v.{column.kind_from}, 'text')"
        shown = bulk.text_of(f"v.{name}", shown_type)
        fact, table = self.fact, self.table
        stored = bulk.text_of(f"t.{fact.name}", fact.type)
        if words is not None:  # where words alone stand, they are kept in a column of their own
            shown = f"case when {kind} = 'text' then v.{words} else {shown} end"
            stored = f"case when {kind} = 'text' then t.{WORDS} else {stored} end"
        default = f"cast({fact.default} as {fact.type})" if fact.default else "null"
        conditions = [self.fits, self.said(shown)]
        conditions += [
            f"not ({other.fits})"
            for other in writes
            if other.column is column and other.number < self.number
        ]
        shown_words = "null"
        if words is not None and words in names:  # they come in a column of their own
            conditions.append(f"{kind} <> 'text'")
        elif words is not None:
            shown_words = f"case when {kind} <> 'text' then v.{words} end"
        text = self.text
        scale = f"coalesce(v.{column.scale}, {_NONE})" if column.scale else _NONE
        return (
            f"select v.{PLACE} as place, v.row_key, '{name}' as column_name,"
            f" {self.number} as write, {text} as text, {shown} as shown,"
            f" case when t.{table.key[0]} is null then {bulk.text_of(default, fact.type)}"
            f" else {stored} end as stored, t.{table.key[0]} is not null as has_row,"
            f" {shown_words} as shown_words, {str(shown_words != 'null').lower()} as takes_words,"
            f" {kind} as kind, {scale} as scale, v.{IS_NEW} as is_new,"
            f" case when {text} = {shown} or {self.is_plain_text(kind)} then {text}"
            f" when {self.is_plain(kind)} then {self.digits} end as plain"
            f" from {held} as v"
            f" left join {table.name} as t on {self.same('t')}"
            f" where {' and '.join(conditions)}"
        )

    def is_plain(self, kind: str) -> str:
        """Return in SQL whether a text is a whole number that the reader takes for its digits.

        Dots may stand between thousands, one alone only where no decimals are; there `,00` may
        stand at the end.
        """
        digits = min(self.fact.whole_digits, _PLAIN)
        if not digits or self.column.scale or self.is_chosen:
            return "false"
        return (
            f"({kind} in {_DIGITS} and length({self.digits}) <= {digits}"
            f" and regexp_full_match({self.text}, case when {kind} in ('rupiah', 'count')"
            " then '(0|[1-9]\\d*|[1-9]\\d{0,2}(\\.\\d{3})+)(,00)?'"
            " else '0|[1-9]\\d*|[1-9]\\d{0,2}(\\.\\d{3}){2,}' end))"
        )

    @property
    def digits(self) -> str:
        """A plain text without dots between thousands, and without `,00`."""
        return f"replace(split_part({self.text}, ',', 1), '.', '')"

    def is_plain_text(self, kind: str) -> str:
        """Return in SQL whether a text is one that the reader takes letter by letter."""
        is_other = self.column.scale or self.is_chosen
        if is_other or (self.fact.type != "VARCHAR" and not self.has_words):
            return "false"
        ends = "[!-~\u00a1-\u024f]"
        return (
            f"({kind} = 'text' and regexp_full_match({self.text}, '{ends}([^\\t\\n\\r]*{ends})?'))"
        )


def _part(column: str | None, literal: str | int | None) -> str:
    if column is not None:
        return f"v.{column}"
    return str(literal) if isinstance(literal, int) else f"'{literal}'"


def alike(text: str, other: str) -> str:
    """Return in SQL whether two texts have the same letters and digits; most are just the same."""
    return f"({text} = {other} or {_FOLDED.format(text)} = {_FOLDED.format(other)})"


def text_column(name: str) -> str:
    """Return what a column's texts are called, which no column of ours is."""
    return f"text of {name}"


def text_name(name: str) -> str:
    """Return the same for SQL."""
    return '"' + text_column(name).replace('"', '""') + '"'
