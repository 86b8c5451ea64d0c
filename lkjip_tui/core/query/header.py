"""What a query file says of its select: titles, columns, where cells write, how rows come.

Owns the frozen values that the rest of the program speaks in, and how the lines of a header
(`grammar`) become them; knows no database. Names are checked against the header's own columns
here, against the view by the loader (`Header.reads`).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, TypeVar

from lkjip_tui.core.acts import FactKey
from lkjip_tui.core.figures.values import Kind, Value, show
from lkjip_tui.core.query import grammar
from lkjip_tui.core.query.grammar import Line
from lkjip_tui.language import _

_T = TypeVar("_T")
Severity = Literal["error", "warning", "note"]

ViewRow: TypeAlias = Mapping[str, Value]
"""A row of a view, by column name."""

#: What a view calls what tells its rows apart, and the year that each is of.
ROW_KEY: Final = "row_key"
FISCAL_YEAR: Final = "fiscal_year"
#: What it calls the number that nomenclature gives a thing.
CODE: Final = "code"

#: Headers that are kept: when queries are read again most of them are as they were.
_KEPT: Final = 512


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Indonesian and, where given, in English."""

    id: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """Return the text in "id" or "en"; Indonesian where there is no English."""
        return self.en if language == "en" and self.en else self.id


@dataclass(frozen=True, slots=True)
class KeyPart:
    """One part of a key: a column of the table, and the row's column or literal that fills it."""

    name: str
    column: str | None
    literal: str | int | None = None

    def value(self, row: ViewRow) -> Value:
        """Return what fills the part in this row; null when the row has no such column."""
        return self.literal if self.column is None else row.get(self.column)


@dataclass(frozen=True, slots=True)
class Target:
    """An `edit` line: the column of a fact that a cell writes to."""

    table: str
    column: str
    key: tuple[KeyPart, ...]

    def key_in(self, row: ViewRow) -> FactKey | None:
        """Return the key of the fact behind this row, or None when a part is null."""
        return _fill(self.key, row)


@dataclass(frozen=True, slots=True)
class RowPart:
    """One table of a `row` line; `by` is the column that numbers its rows."""

    table: str
    key: tuple[KeyPart, ...]
    by: str | None = None

    def key_in(self, row: ViewRow) -> FactKey | None:
        """Return what the new row inherits from this one, or None when a part is null."""
        return _fill(self.key, row)


@dataclass(frozen=True, slots=True)
class RowRule:
    """A `row` line: what Insert makes and Delete removes, the thing first, then its memberships."""

    parts: tuple[RowPart, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that the query promises.

    `kind` is None where it stands in the row, in the column `kind_from`; `companion` holds
    the words printed behind the figure; `scale` the column that names the scale on which it is
    a score, null in rows where it is none; `width` is in terminal cells.
    """

    name: str
    kind: Kind | None
    kind_from: str | None
    heading: Words
    group: Words | None = None
    once: bool = False
    hidden: bool = False
    width: int | None = None
    companion: str | None = None
    scale: str | None = None

    @property
    def is_figure(self) -> bool:
        """Whether its cells stand at the right: numbers, and those whose kind is in the row."""
        return self.kind is None or self.kind.is_number

    def kind_in(self, row: ViewRow) -> Kind:
        """Return the kind of this column's cell in a row; text where the row names none."""
        if self.kind is not None:
            return self.kind
        named = row.get(self.kind_from) if self.kind_from else None
        return Kind(str(named)) if str(named) in _KINDS else Kind.TEXT


@dataclass(frozen=True, slots=True)
class Choices:
    """The `choice` lines of a column: fixed options in words, or a select of value and label."""

    options: Mapping[str, Words] = field(default_factory=dict)
    sql: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """A `from` line: the query's column, and the rows of it, that a computed cell comes from.

    `line` is where it stands in its file.
    """

    query: str
    column: str
    key: tuple[KeyPart, ...]
    text: str = ""
    line: int = field(default=0, compare=False)

    def key_in(self, row: ViewRow) -> FactKey | None:
        """Return what the rows of the query are found by, or None when a part is null."""
        return _fill(self.key, row)

    def reads(self) -> frozenset[str]:
        """Return every column that its own view must give."""
        keys = {part.column for part in self.key if part.column}
        return frozenset(keys.union(match["name"] for match in _PLACE.finditer(self.text)))


@dataclass(frozen=True, slots=True)
class ChartRule:
    """A `chart` line: the figures that are drawn, and the column that names a row.

    `bars` draw the rows along an axis, a bar a column; `lines` draw a picture a row, its columns
    along the axis by their headings, a line a heading group.
    """

    kind: Literal["bars", "lines"]
    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderTerm:
    """One column of the order that a reader asks for."""

    column: str
    descending: bool = False
    nulls_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """All that a query file says about its select.

    `select_line` is the file's line on which the select begins, so that an error of the
    database can name the line that a user sees.
    """

    title: Words | None = None
    number: str | None = None
    place: int | None = None
    caption: str | None = None
    notes: tuple[str, ...] = ()
    grain: tuple[str, ...] = ()
    order: tuple[OrderTerm, ...] = ()
    parts: str | None = None
    level: str | None = None
    chart: ChartRule | None = None
    columns: Mapping[str, Column] = field(default_factory=dict)
    edits: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    rows: tuple[RowRule, ...] = ()
    choices: Mapping[str, Choices] = field(default_factory=dict)
    origins: Mapping[str, tuple[Origin, ...]] = field(default_factory=dict)
    severity: Severity | None = None
    messages: Mapping[str, str] = field(default_factory=dict)
    select_line: int = 1

    def route(self, column: str, row: ViewRow) -> tuple[Target, FactKey] | None:
        """Return where this cell writes and the key of the fact; None for a computed cell."""
        for target in self.edits.get(column, ()):
            key = target.key_in(row)
            if key is not None:
                return target, key
        return None

    def reads(self) -> frozenset[str]:
        """Return every column that the view must give for this header to work.

        What its origins read is not among them: without one a cell explains itself less, and
        is none the worse.
        """
        names = {*self.columns, *self.grain, *(term.column for term in self.order)}
        names.update(name for name in (self.parts, self.level) if name)
        for column in self.columns.values():
            names.update(
                name for name in (column.kind_from, column.companion, column.scale) if name
            )
        keys = [target.key for targets in self.edits.values() for target in targets]
        keys += [rule.parts[0].key for rule in self.rows]
        names.update(part.column for key in keys for part in key if part.column)
        for message in self.messages.values():
            names.update(match["name"] for match in _PLACE.finditer(message))
        return frozenset(names)


@lru_cache(_KEPT)
def parse(text: str, file: str) -> tuple[Header, str]:
    """Split a query file into its header and its select, without header and closing `;`.

    Raises QueryError, naming `file`, line and reason, for what it cannot understand.
    """
    lines, select, select_line = grammar.split(text, file)
    return _header(lines, select_line), select


def _shown(_name: str, value: Value) -> str:
    return show(value, Kind.TEXT)


def fill_names(text: str, row: ViewRow, show: Callable[[str, Value], str] = _shown) -> str:
    """Fill `{name}`, `{name+1}` and `{name-2}` in a caption, heading, note or message.

    `show` prints the value of a name. A name that the row does not have, or that is no whole
    number to count on from, stays as written.
    """

    def filled(match: re.Match[str]) -> str:
        name, step = match["name"], int(match["step"] or 0)
        value = row.get(name)
        if name not in row or (step and value is not None and type(value) is not int):
            return match[0]
        return show(name, value + step if type(value) is int else value)

    return _PLACE.sub(filled, text)


_PLACE = re.compile(rf"\{{(?P<name>{grammar.NAME})(?P<step>[+-][0-9]{{1,4}})?\}}")
_KEY_PART = re.compile(grammar.KEY_PART)
_ROW_PART = re.compile(grammar.ROW_PART)
_ORDER_TERM = re.compile(grammar.ORDER_TERM)
_OPTION = re.compile(grammar.OPTION)
_CHOICE = re.compile(grammar.CHOICE)
_SEVERITIES: Mapping[str, Severity] = {"error": "error", "warning": "warning", "note": "note"}
_KINDS = frozenset(Kind)
_TEXTS = (None, Kind.TEXT, Kind.LONG, Kind.CHOICE)


def _fill(key: tuple[KeyPart, ...], row: ViewRow) -> FactKey | None:
    filled = tuple((part.name, part.value(row)) for part in key)
    return None if any(value is None for _name, value in filled) else filled


def _header(found: Mapping[str, list[Line]], select_line: int) -> Header:
    def lines(word: str) -> list[Line]:
        return found.get(word, [])

    def rest(word: str) -> str | None:
        return next((line.rest for line in lines(word)), None)

    columns = _columns(lines("column"))
    choices = {
        name: _choices(group)
        for name, group in _by_name((line.name, line) for line in lines("choice")).items()
    }
    for line in (*lines("edit"), *lines("choice"), *lines("from")):
        if line.name not in columns:
            line.refuse(_("there is no column “{name}”").format(name=line.name))
        chosen = line.word == "edit" and columns[line.name].kind is Kind.CHOICE
        if chosen and line.name not in choices:
            reason = _("the column “{name}” has no “choice” line").format(name=line.name)
            line.refuse(reason, grammar.written("choice"))
    return Header(
        title=next((_words(line.rest) for line in lines("title")), None),
        number=rest("table"),
        place=int(place) if (place := rest("place")) else None,
        caption=rest("caption"),
        notes=tuple(line.rest for line in lines("note")),
        grain=tuple(name for line in lines("grain") for name in _listed(line.rest)),
        order=tuple(term for line in lines("order") for term in _order(line)),
        parts=rest("parts"),
        level=rest("tree"),
        chart=next((_chart(line, columns) for line in lines("chart")), None),
        columns=MappingProxyType(columns),
        edits=_by_name((line.name, _target(line)) for line in lines("edit")),
        rows=tuple(_row_rule(line) for line in lines("row")),
        choices=MappingProxyType(choices),
        origins=_by_name((line.name, _origin(line)) for line in lines("from")),
        severity=_SEVERITIES.get(rest("check") or ""),
        messages=MappingProxyType(_messages(lines("message"), lines("check"))),
        select_line=select_line,
    )


def _once_each(lines: Iterable[Line]) -> dict[str, Line]:
    by_name: dict[str, Line] = {}
    for line in lines:
        if line.name in by_name:
            reason = _("a second “{word}” line for “{name}”")
            line.refuse(reason.format(word=line.word, name=line.name))
        by_name[line.name] = line
    return by_name


def _by_name(pairs: Iterable[tuple[str, _T]]) -> Mapping[str, tuple[_T, ...]]:
    grouped: dict[str, tuple[_T, ...]] = {}
    for name, part in pairs:
        grouped[name] = (*grouped.get(name, ()), part)
    return MappingProxyType(grouped)


def _words(text: str) -> Words:
    indonesian, _bar, english = text.partition("|")
    return Words(indonesian.strip(), english.strip())


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]


def _order(line: Line) -> Iterable[OrderTerm]:
    for term in _ORDER_TERM.finditer(line.rest):
        descending = term["way"] == "desc"
        yield OrderTerm(term["column"], descending, term["nulls"] == "first")


def _chart(line: Line, columns: Mapping[str, Column]) -> ChartRule:
    name, drawn = line.match["name"], tuple(_listed(line.match["columns"]))
    for column in (name, *drawn):
        if column not in columns:
            line.refuse(_("there is no column “{name}”").format(name=column))
        if column != name and not columns[column].is_figure:
            line.refuse(_("“{column}” holds no figures to draw").format(column=column))
    return ChartRule("lines" if line.match["kind"] == "lines" else "bars", name, drawn)


def _columns(lines: Iterable[Line]) -> dict[str, Column]:
    by_name = _once_each(lines)
    columns = {name: _column(line) for name, line in by_name.items()}
    for name, column in columns.items():
        named = (("by", column.kind_from), ("with", column.companion), ("scale", column.scale))
        for word, other in named:
            if other and (
                other == name or (other in columns and columns[other].kind not in _TEXTS)
            ):
                reason = _("“{word} {other}” must name another column, one of text")
                by_name[name].refuse(reason.format(word=word, other=other))
    return columns


def _column(line: Line) -> Column:
    match = line.match
    if match["kind"] and match["kind"] not in _KINDS:
        line.refuse(
            _("there is no kind “{kind}”").format(kind=match["kind"]),
            _("Kinds are {kinds}, and by COLUMN.").format(kinds=", ".join(Kind)),
        )
    options: dict[str, str] = {}
    for option in _OPTION.finditer(match["options"]):
        name = option["flag"] or str(option.lastgroup)
        if name in options:
            line.refuse(_("“{option}” stands twice").format(option=option[0]))
        options[name] = option[option.lastgroup or 0]
    return Column(
        line.name,
        Kind(match["kind"]) if match["kind"] else None,
        match["kind_from"],
        _words(match["heading"]),
        group=_words(options["group"]) if "group" in options else None,
        once="once" in options,
        hidden="hidden" in options,
        width=int(options["width"]) if "width" in options else None,
        companion=options.get("companion"),
        scale=options.get("scale"),
    )


def _key(line: Line, text: str) -> tuple[KeyPart, ...]:
    parts = []
    for match in _KEY_PART.finditer(text):
        literal = match["text"] if match["number"] is None else int(match["number"])
        column = (match["column"] or match["name"]) if literal is None else None
        parts.append(KeyPart(match["name"], column, literal))
    if len({part.name for part in parts}) < len(parts):
        line.refuse(_("the key names a column twice"))
    return tuple(parts)


def _target(line: Line) -> Target:
    key = _key(line, line.match["key"])
    if not key:
        line.refuse(_("without a key it would write to every row"))
    return Target(line.match["table"], line.match["column"], key)


def _row_rule(line: Line) -> RowRule:
    return RowRule(
        tuple(
            RowPart(part["table"], _key(line, part["key"]), part["by"])
            for part in _ROW_PART.finditer(line.rest)
        )
    )


def _choices(lines: Sequence[Line]) -> Choices:
    if lines[0].match["sql"] and len(lines) == 1:
        return Choices(sql=lines[0].rest.rstrip("; "))
    options: dict[str, Words] = {}
    for line in lines:
        if line.match["sql"]:
            line.refuse(_("a select stands for itself, without other “choice” lines"))
        for choice in _CHOICE.finditer(line.rest):
            value = choice["choice"]
            if value in options:
                line.refuse(_("a choice stands twice"))
            options[value] = words = _words(choice["words"] or value)
            if not words.id:
                line.refuse(_("the choice “{value}” has no Indonesian words").format(value=value))
    return Choices(MappingProxyType(options))


def _origin(line: Line) -> Origin:
    match = line.match
    key, text = _key(line, match["key"]), match["text"] or ""
    return Origin(match["query"], match["column"], key, text, line.number)


def _messages(lines: list[Line], checks: list[Line]) -> dict[str, str]:
    for line in lines:
        if line.name not in ("id", "en"):
            line.refuse(_("messages are in “id” or “en”"))
        if not checks:
            line.refuse(_("only a check has messages"), grammar.written("check"))
    if checks and not lines:
        checks[0].refuse(_("a check needs a message"), grammar.written("message"))
    return {name: line.rest for name, line in _once_each(lines).items()}
