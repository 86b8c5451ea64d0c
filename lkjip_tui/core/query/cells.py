"""What a cell of a view is: how it prints, and which fact it writes to.

The grid, the exports and the edits all ask here, so that they agree.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Final

from lkjip_tui import language
from lkjip_tui.core.acts import FactKey
from lkjip_tui.core.errors import QueryError
from lkjip_tui.core.figures.values import (
    AS_STORED,
    NULL_SIGN,
    Kind,
    Layout,
    Value,
    edit_text,
    plain,
    says_nothing,
    show,
)
from lkjip_tui.core.query import choosing
from lkjip_tui.core.query.choosing import Choice
from lkjip_tui.core.query.header import Choices, Column, Target, ViewRow, Words, fill_names
from lkjip_tui.core.query.queries import Kind as QueryKind
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.storage import guard
from lkjip_tui.core.storage.database import Database
from lkjip_tui.language import _

_PERCENT_DECIMALS: Final = 2
#: Choices that are read; nobody would choose from more.
_MOST: Final = 100_000
_WHOLE: Final = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?")
_FRACTION: Final = re.compile(r"DECIMAL.*|FLOAT|DOUBLE")


class Cells:
    """Reads the cells of one query's rows."""

    tells_facts: bool = True
    """Whether a cell is a fact or computed from facts, and which of both is to be seen."""

    def __init__(self, query: Query, database: Database) -> None:
        self.query = query
        self._header = query.header
        self._database = database
        self._labels: dict[str, dict[str, str]] = {}
        self._scales: dict[str, Sequence[tuple[Decimal, str, str | None]]] = {}

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """The columns that the header declares; all that the view has when it declares none.

        Raises QueryError when these are asked of a view that fails.
        """
        if self._header.columns:
            return self._header.columns
        select = f"select v.* from {self.query.full_name} as v limit 0"
        with self._database.stream(select).start() as found:
            pairs = zip(found.columns, found.types, strict=True)
            return {name: raw_column(name, kind) for name, kind in pairs}

    @cached_property
    def shown(self) -> Sequence[Column]:
        """The columns that are shown and printed, in order; raises as `columns` does."""
        return [column for column in self.columns.values() if not column.hidden]

    @property
    def trunk(self) -> int:
        """The number of the shown column that names a row.

        That is the first one which is not its number and is not printed once for several rows;
        the first of all when that one is no text.
        """
        texts = (Kind.TEXT, Kind.LONG)
        own = (n for n, c in enumerate(self.shown) if not c.once and c.name != "number")
        found = next(own, 0)
        return found if self.shown and self.shown[found].kind in texts else 0

    def whole_heading(self, column: Column, names: ViewRow) -> str:
        """Return a column's heading behind that of its group."""
        parts = (self.group(column), self.heading(column, names))
        return " ".join(part for part in parts if part)

    def row_name(self, row: ViewRow) -> str:
        """Return what a row is called, as its trunk prints it."""
        return self.text(self.shown[self.trunk], row) if self.shown else ""

    @property
    def spoken(self) -> str:
        """The language of titles and headings: a report table's are Indonesian, always."""
        return "id" if self.query.kind is QueryKind.TABLE else language.current()

    def heading(self, column: Column, names: ViewRow) -> str:
        """Return a column's heading, with {fiscal_year} and its like filled from `names`."""
        return fill_names(column.heading.in_language(self.spoken), names)

    def group(self, column: Column) -> str:
        """Return the heading above the column's own, empty when it has none."""
        return column.group.in_language(self.spoken) if column.group else ""

    def caption(self, names: ViewRow) -> str:
        """Return what stands above the table: its printed number and caption, else its title."""
        header = self._header
        if header.caption is None:
            return fill_names(self.query.title(), names)
        numbered = header.number is not None and header.number[:1].isdigit()
        caption = fill_names(header.caption, names)
        return f"Tabel {header.number} {caption}" if numbered else caption

    def notes(self, names: ViewRow) -> Sequence[str]:
        """Return what stands beneath the table."""
        return [fill_names(note, names) for note in self._header.notes]

    def text(self, column: Column, row: ViewRow) -> str:
        """Return a cell as it is printed; a missing value is the null sign."""
        value = row[column.name]
        words = row.get(column.companion) if column.companion else None
        if self.is_chosen(column) and value is not None:
            return self._label(column.name, value)
        if value is None and not words and column.kind_from and row.get(column.kind_from) is None:
            return ""  # nothing belongs here: the row says of no kind what it would be
        layout = self.layout(column)
        if layout is None:
            decimals = row.get("decimals")
            wanted = decimals if isinstance(decimals, int) else AS_STORED
            layout = Layout(column.kind_in(row), wanted, sign=_bears_sign(column))
        shown = show(value, layout.kind, decimals=layout.decimals, sign=layout.sign)
        if words:
            return str(words) if value is None else f"{shown} {words}"
        return shown

    def on_screen(self, column: Column, row: ViewRow) -> str:
        """Return a cell as the grid shows it."""
        return self.text(column, row)

    def holds(self, column: Column, row: ViewRow, text: str) -> bool:
        """Whether a cell shows a text, in small letters, that is looked for."""
        return text in self.text(column, row).casefold()

    def layout(self, column: Column) -> Layout | None:
        """Return how a column prints in every row, None where rows differ or choose."""
        if column.kind is None or self.is_chosen(column):
            return None
        decimals = _PERCENT_DECIMALS if column.kind is Kind.PERCENT else None
        return Layout(column.kind, decimals, sign=_bears_sign(column))

    def exact_text(self, column: Column, row: ViewRow, *, grouped: bool = True) -> str:
        """Return all that a cell holds, as a text that is read back as the same; null is empty.

        Not `grouped` leaves out the marks between the thousands: then every spreadsheet takes a
        whole number for one.
        """
        value = row[column.name]
        words = row.get(column.companion) if column.companion else None
        if value is None:
            return str(words or "")
        if self.is_chosen(column):
            return self._label(column.name, value)
        kind = column.kind_in(row)
        if isinstance(value, str | bool) or not kind.is_number:
            figure = edit_text(value, kind)
        else:
            figure = edit_text(value, kind) if grouped else plain(value).replace(".", ",")
            figure += "%" if kind is Kind.PERCENT and _bears_sign(column) else ""
        return f"{figure} {words}" if words else figure

    def repeated(self, row: ViewRow, above: ViewRow | None) -> frozenset[str]:
        """Return the `once` columns that repeat the row above, as long as all before them do."""
        names: list[str] = []
        for column in self.shown:
            if not column.once:
                continue
            # Two missing values need not be the same one.
            if above is None or row[column.name] is None or row[column.name] != above[column.name]:
                break
            names.append(column.name)
        return frozenset(names)

    def printed(self, row: ViewRow) -> ViewRow:
        """Return a row with its declared columns as they are printed, for a message about it."""
        texts = {column.name: self.text(column, row) for column in self._header.columns.values()}
        return {**row, **texts}

    def target(self, column: Column, row: ViewRow) -> tuple[Target, FactKey] | None:
        """Return the fact that a cell writes to, None for a computed cell."""
        return self._header.route(column.name, row)

    def is_chosen(self, column: Column) -> bool:
        """Say whether a column's cells hold choices and nothing else."""
        return column.name in self._header.choices

    def choices(self, column: Column, row: ViewRow) -> Sequence[Choice] | None:
        """Return what a cell may be chosen from, None when it is only typed.

        Beside the choices of a column that `is_chosen` these are the classes of the scale that
        the row names; the value of one is the text that is typed for it.
        """
        choices = self._header.choices.get(column.name)
        return (self._classes(column, row) or None) if choices is None else self._options(choices)

    def chosen(self, column: Column, text: str) -> Value:
        """Return the choice that typed words mean; raises InputRefused as `choosing.chosen`."""
        options = self._options(self._header.choices[column.name])
        return None if says_nothing(text) else choosing.chosen(options, text).value

    def spelled_out(self, column: Column, row: ViewRow, text: str) -> str:
        """Return typed words of a scale's class with its score before them: `WTP` is `4 WTP`.

        A figure stays as it is, and so do all words where words alone may stand. Raises
        InputRefused for other words, or for a part of several.
        """
        classes = self._classes(column, row) if column.kind_in(row).is_number else ()
        if exact := choosing.exactly(classes, text):
            return str(exact.value)
        is_figure = says_nothing(text) or any(char.isdigit() for char in text)
        if not classes or is_figure:
            return text
        return str(choosing.chosen(classes, text).value)

    def _classes(self, column: Column, row: ViewRow) -> Sequence[Choice]:
        """Return the classes of the scale that a cell's figure is a score on, the best first."""
        scale = row.get(column.scale) if column.scale else None
        if scale is None:
            return ()
        if scale not in self._scales:
            select = (
                "select c.score, c.label, c.grade from scale_class as c"
                " where c.scale = ? and c.score is not null and c.label is not null"
                " order by c.score desc, c.scale_class_id"
            )
            with self._database.stream(select, [scale]).start() as found:
                self._scales[str(scale)] = found.fetch(_MOST)
        is_number = column.kind_in(row).is_number
        choices = []
        for score, label, grade in self._scales[str(scale)]:
            figure = edit_text(score, Kind.INDEX)
            word = grade or label
            names = f"{word} · {label}" if grade else label
            value = f"{figure} {word}" if is_number else word
            choices.append(Choice(value, f"{figure} {names}", (word, label)))
        return choices

    def _label(self, column: str, value: Value) -> str:
        if column not in self._labels:
            options = self._options(self._header.choices[column])
            self._labels[column] = {plain(option.value): option.label for option in options}
        return self._labels[column].get(plain(value), show(value, Kind.CHOICE))

    def _options(self, choices: Choices) -> Sequence[Choice]:
        if choices.sql is None:
            return [
                Choice(v, words.in_language(self.spoken)) for v, words in choices.options.items()
            ]
        with guard.guarded(self._database, choices.sql, {}).start() as found:
            if len(found.columns) != len(("value", "label")):
                raise QueryError(_("A choice's select gives a value and its label, no more."))
            pairs = [(value, str(label or "")) for value, label in found.fetch(_MOST)]
        known = Counter(label for _value, label in pairs)
        return [
            # What has no name yet, or the same as another, is told apart by its id.
            Choice(value, label)
            if label and known[label] == 1
            else Choice(value, f"{label or NULL_SIGN} {plain(value)}")
            for value, label in pairs
        ]


def difference(column: Column, row: ViewRow, after: Value) -> str:
    """Return by how much a figure would be another, as it is printed; empty where there is none."""
    before, kind = row[column.name], column.kind_in(row)
    if not kind.is_number or not isinstance(before, int | Decimal):
        return ""
    return show(after - before, kind) if isinstance(after, int | Decimal) else ""


def _bears_sign(column: Column) -> bool:
    """Say whether % stands behind a column's percents; a heading with the sign spares it."""
    return column.kind is None or "%" not in column.heading.id


def raw_column(name: str, type_name: str) -> Column:
    """Return a column of which nothing but its type in the database is known."""
    if _WHOLE.fullmatch(type_name):
        kind = Kind.RANK
    elif _FRACTION.fullmatch(type_name):
        kind = Kind.INDEX
    else:
        kind = Kind.FLAG if type_name == "BOOLEAN" else Kind.TEXT
    return Column(name, kind, None, Words(name))
