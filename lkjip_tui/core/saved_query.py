"""A statement of the console as a query of one's own: what a view needs, and the header.

A view has no parameters: the year is a column of it. It tells its rows of a year apart by a key.
Where a statement has neither, both are put into it if that can be done so that it gives the same
as before, which is tried; else it is told what is missing, with an example.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from lkjip_tui.core import grammar
from lkjip_tui.core.cells import raw_column
from lkjip_tui.core.cursors import Session, Tuple
from lkjip_tui.core.errors import Interrupted, QueryError
from lkjip_tui.core.header import Column, Header, KeyPart, Target, Words, parse
from lkjip_tui.core.queries import VIEW_NAME, Kind, Query, Registry
from lkjip_tui.core.sql_names import Names
from lkjip_tui.core.sql_scope import grouped, levels, path_to
from lkjip_tui.core.sql_select import Edit, Select, edited
from lkjip_tui.core.sql_text import quoted, tokens
from lkjip_tui.core.values import Kind as CellKind
from lkjip_tui.language import _

YEAR: Final = "fiscal_year"
"""The column that says of which year a row is, and the parameter that a statement may use."""

_ROW_KEY: Final = "row_key"
#: Columns of a check that lead to a cell, and are not shown.
_LEADING: Final = ("view_name", "row_key", "column_name")
_IDS: Final = re.compile(r"(\w+)_id")
_EXACT: Final = "_exact"
_PLAIN: Final = re.compile(grammar.NAME)
_MONEY: Final = re.compile(
    r"amount|budget|anggaran|realisasi|realization|rupiah|pagu", re.IGNORECASE
)
_PERCENT: Final = re.compile(r"_pct|percent|persen", re.IGNORECASE)
_YEARS: Final = re.compile(r"year|tahun|^number$|^no$|_count$|level", re.IGNORECASE)
#: Whole numbers that are no figures.
_TELLING: Final = re.compile(r"(_id|number|year|quarter|code)$")
_BIG: Final = re.compile(r"U?(BIG|HUGE)INT|DECIMAL\(\d+,0\)")
#: Expressions that are tried as a key.
_MOST_TRIED: Final = 8
_ONCE: Final = frozenset({"table", "caption", "note", "check"})

_NO_WORDS: Final = Words("")

Typed: TypeAlias = tuple[str, str]
"""A column's name and its type in the database."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement as a view's select, its columns, and the rows' order as a header says it.

    `told` says what was put into it and taken out of it, a sentence each.
    """

    select: str
    columns: tuple[Typed, ...]
    order: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fields:
    """What is asked of a query: what the lines of its header say that stand there once.

    `lines` are all others, as in a header but for the dashes before them.
    """

    kind: Kind
    name: str = ""
    title: Words = _NO_WORDS
    number: str = ""
    caption: str = ""
    note: str = ""
    severity: str = "warning"
    message: Words = _NO_WORDS
    lines: str = ""


# The statement


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
            columns = self._columns(statement, uses_year=_uses_year(statement))
        except QueryError as error:
            reason = error.message.partition("\n")[0]  # its place is not that in the statement
            raise QueryError(reason, _("Run it first: F5 shows the place.")) from error
        _require_names(columns)
        told: list[str] = []
        select = Select.read(statement)
        order = ""
        if select is not None and (found := select.order([name for name, _type in columns])):
            order, taken_out = found
            statement = edited(statement, [taken_out])
        text = self._with_year(statement, columns, told)
        text = self._with_key(text, told)
        columns = self._columns(text)
        if self._kind is Kind.CHECK and not {name for name, _type in columns}.issuperset(_LEADING):
            said = _("Without {columns} Enter on a finding goes to no cell.")
            told.append(said.format(columns=", ".join(_LEADING)))
        return Draft(text, columns, order, tuple(told))

    def _columns(self, text: str, *, uses_year: bool = False) -> tuple[Typed, ...]:
        values: dict[str, object] = {YEAR: self._years[-1]} if uses_year else {}
        found = self._read(f"describe {text}", values)
        return tuple((str(row[0]), str(row[1])) for row in found)

    def _read(self, sql: str, values: dict[str, object], most: int = 10_000) -> list[Tuple]:
        return self._session.read_guarded(sql, values, most=most)

    # The year

    def _with_year(self, text: str, columns: Sequence[Typed], told: list[str]) -> str:
        select = Select.read(text)
        has_year = any(name == YEAR for name, _type in columns)
        if _uses_year(text):
            made = self._without_parameter(text, select, columns, has_year=has_year)
            said = _("A view has no parameters: {year} is a column of it instead of ${year}.")
        elif has_year:
            return text
        else:
            found = next(self._year_from_source(text, select), None) if select else None
            if found is None:
                raise QueryError(
                    _("The statement gives no column {name}.").format(name=YEAR),
                    _("Every row is of a report's year. Select that of a relation, as {example},"
                      " or join report_year.").format(example=f"p.{YEAR}"),
                )  # fmt: skip
            made, said = found, _("The column {name} is put in.").format(name=YEAR)
        told.append(said.format(year=YEAR))
        return made

    def _without_parameter(
        self, text: str, select: Select | None, columns: Sequence[Typed], *, has_year: bool
    ) -> str:
        hint = _(
            "Select {year} of a relation, compare that of others with it, and leave ${year} out."
        ).format(year=YEAR)

        def refuse(reason: str) -> QueryError:
            told = _("A view has no parameters, and ${year} cannot be taken out here: {reason}.")
            return QueryError(told.format(year=YEAR, reason=reason), hint)

        if select is None:
            raise refuse(_("this is not one SELECT"))
        found = select.column_equal_to(YEAR, YEAR)
        if found is None:
            example = f"where p.{YEAR} = ${YEAR}"
            raise refuse(_("no condition is {example}").format(example=example))
        rest = [
            use for use in select.uses(YEAR) if not found.out.start <= use.start < found.out.stop
        ]
        if any(use.start < select.start for use in rest):
            raise refuse(_("it stands in what WITH names"))
        if select.has("limit", "offset", "using", "qualify", "window") or _has_window(text):
            raise refuse(_("LIMIT, OVER and the like would look at the rows of all years"))
        edits = [found.out, *(Edit(use.start, use.end, found.column) for use in rest)]
        made = self._grouped(select, found.column, edits, has_year=has_year)
        if made is None or not self._says_the_same(text, made, columns):
            raise refuse(_("without it the rows would be others"))
        return made

    def _year_from_source(self, text: str, select: Select) -> Iterator[str]:
        """Yield the statement with the year of one of its relations."""
        found = [token for token in tokens(text) if token.kind != "comment"]
        near = levels(path_to(grouped(found), select.start), select.start, self._names)[0]
        for source in near:
            if any(column.name == YEAR for column in source.columns):
                column = f"{self._names.written(source.alias)}.{YEAR}"
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

    def _is_sound(self, text: str) -> bool:
        try:
            self._columns(text)
        except Interrupted:
            raise
        except QueryError:
            return False
        return True

    def _says_the_same(self, before: str, made: str, columns: Sequence[Typed]) -> bool:
        """Whether a statement gives the rows of each year that another gives when asked for it."""
        listed = ", ".join(quoted(name) for name, _type in columns)
        for year in self._years:
            then = f"select {listed} from ({before}\n)"
            now = f"select {listed} from ({made}\n) where {YEAR} = ${YEAR}"
            differs = f"({then} except all {now}) union all ({now} except all {then}) limit 1"
            if self._read(differs, {YEAR: year}, 1):
                return False
        return True

    # The key

    def _with_key(self, text: str, told: list[str]) -> str:
        key = self._key
        if any(name == key for name, _type in self._columns(text)):
            self._require_key(text)
            return text
        select = Select.read(text)
        tried = self._keys(text, select) if select is not None else iter(())
        for expression, _number in zip(tried, range(_MOST_TRIED), strict=False):
            assert select is not None  # noqa: S101 - else nothing is tried
            called = "" if expression.endswith(f".{key}") else f" as {key}"
            behind = select.listed[0][-1].stop
            made = edited(text, [Edit(behind, behind, f", {expression}{called}")])
            if self._is_sound(made) and not self._twice(made):
                said = _("{column} tells the rows of a year apart.")
                told.append(said.format(column=f"{expression}{called}"))
                return made
        raise QueryError(
            _("The statement gives no column {name}.").format(name=key),
            _("It is a text that tells the rows of a year apart. Select one, as {example}.").format(
                example=f"'program/' || p.program_id as {key}"
            ),
        )

    def _keys(self, text: str, select: Select) -> Iterator[str]:
        """Yield what may tell the rows apart: a relation's own key, an id, other columns."""
        found = [token for token in tokens(text) if token.kind != "comment"]
        # What tells a view's rows apart is tried before what these stand beneath.
        telling = {name for query in _read_by(text, self._registry) for name in query.grain}
        for source in levels(path_to(grouped(found), select.start), select.start, self._names)[0]:
            alias = self._names.written(source.alias)
            held = [column.name for column in source.columns]
            own = [name for name in held if name == _ROW_KEY]
            ids = [name for name in held if _IDS.fullmatch(name)]
            own += sorted(ids, key=lambda name: name not in telling)
            for name in own:
                thing = _IDS.fullmatch(name)
                yield f"'{thing[1]}/' || {alias}.{name}" if thing else f"{alias}.{name}"
        columns = self._columns(text)
        terms = select.groups()
        if len(terms) == 1 and terms[0] != "all":
            yield "'total'"  # by the year alone: a row a year
        elif len(terms) == 2:  # noqa: PLR2004 - what else it groups by
            yield f"cast({terms[0]} as varchar)"
        elif terms and terms[0] != "all":
            yield f"concat_ws('/', {', '.join(terms[:-1])})"
        if len(columns) != len(select.listed):
            return  # one of them stands for several
        for number, (name, kind) in enumerate(columns):
            expression = select.expression(number, name)
            if kind == "VARCHAR":
                yield expression
            elif name != YEAR and _TELLING.search(name) and "INT" in kind:
                yield f"cast({expression} as varchar)"

    def _require_key(self, text: str) -> None:
        if twice := self._twice(text):
            year, key, count = twice
            raise QueryError(
                _("{name} does not tell the rows apart: “{key}” stands {count} times in {year}.")
                .format(name=self._key, key=key, count=count, year=year)
                if year is not None and key is not None
                else _("{name} does not tell the rows apart: in some it is empty.")
                .format(name=self._key if year is not None else YEAR),
                _("Select what differs in every row of a year, as {example}.").format(
                    example=f"'program/' || p.program_id as {self._key}"
                ),
            )  # fmt: skip

    def _twice(self, text: str) -> tuple[object, object, int] | None:
        key = quoted(self._key)
        found = self._read(
            f"select {YEAR}, {key}, count(*) as n from ({text}\n) group by all"
            f" having n > 1 or {YEAR} is null or {key} is null limit 1",
            {},
            1,
        )
        return found[0] if found else None


def _uses_year(text: str) -> bool:
    return any(token.text.casefold() == f"${YEAR}" for token in tokens(text))


def _has_window(text: str) -> bool:
    return any(token.word == "over" for token in tokens(text))


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


def _read_by(text: str, registry: Registry) -> list[Query]:
    """Return the queries that a statement reads from."""
    mentions = Query(Kind.BASIS, "", "", Header(), text).mentions
    return [query for name, query in registry.queries.items() if name in mentions]


# The header


def guessed(draft: Draft, kind: Kind, registry: Registry) -> str:
    """Return the lines of a header that follow from a draft: the order, and a line a column.

    A column is called, and of the kind, as in a view that the statement reads from, and in a sheet
    writes where it does there; what else there is follows from its name and type. (A cell that
    does not hold what is stored where it writes is refused then.)
    """
    known: dict[str, Column] = {}
    edits: dict[str, Sequence[Target]] = {}
    for query in _read_by(draft.select, registry):
        edits = {
            **{name: query.header.edits.get(name, ()) for name in query.header.columns},
            **edits,
        }
        known = {**query.header.columns, **known}
    lines = [f"order: {draft.order}"] if draft.order else []
    hidden = {*kind.promised, *(_LEADING if kind is Kind.CHECK else ())}
    for name, type_name in draft.columns:
        if name not in hidden and not _IDS.fullmatch(name):
            lines.append(_column_line(_column(name, type_name, known.get(name))))
    if kind is Kind.SHEET:
        given = {name for name, _type in draft.columns}
        for name, targets in edits.items():
            if name in given and known[name].kind is not CellKind.CHOICE:
                lines += [_edit_line(name, each) for each in targets if _is_keyed(each, given)]
    return "\n".join(lines)


def _is_keyed(target: Target, given: Collection[str]) -> bool:
    """Whether a row has all that finds the fact to which a cell writes."""
    return all(part.column is None or part.column in given for part in target.key)


def _edit_line(name: str, target: Target) -> str:
    keys = ", ".join(map(_key_part, target.key))
    return f"edit {name}: {target.table}.{target.column} ({keys})"


def _key_part(part: KeyPart) -> str:
    if part.column is None:
        literal = part.literal if isinstance(part.literal, int) else f"'{part.literal}'"
        return f"{part.name} = {literal}"
    return part.name if part.column == part.name else f"{part.name} = {part.column}"


def _column(name: str, type_name: str, known: Column | None) -> Column:
    raw = raw_column(name, type_name)
    kind = known.kind if known is not None else None
    if kind is None or kind.is_number != raw.is_figure or kind in {CellKind.CHOICE, CellKind.ROMAN}:
        kind = _kind(name, type_name, raw)
    heading = known.heading if known is not None else Words(name.replace("_", " ").capitalize())
    return replace(raw, kind=kind, heading=heading, hidden=name.endswith(_EXACT))


def _kind(name: str, type_name: str, raw: Column) -> CellKind:
    """Return what a column holds by its name and type."""
    if raw.kind not in {CellKind.RANK, CellKind.INDEX}:
        return raw.kind or CellKind.TEXT
    if _PERCENT.search(name):
        return CellKind.PERCENT
    is_whole = raw.kind is CellKind.RANK or _BIG.fullmatch(type_name) is not None
    if is_whole and _MONEY.search(name):
        return CellKind.RUPIAH
    if is_whole and not _YEARS.search(name):
        return CellKind.COUNT
    return CellKind.RANK if is_whole else CellKind.INDEX


def _column_line(column: Column) -> str:
    words = _line_words(column.heading).replace('"', "”")
    hidden = " hidden" if column.hidden else ""
    return f'column {column.name}: {column.kind} "{words}"{hidden}'


def _line_words(words: Words) -> str:
    return f"{words.id} | {words.en}" if words.en else words.id


def fields_of(statement: str, kind: Kind, sample: str = "") -> Fields:
    """Return what the comments before a statement say: a header's lines, else a title.

    What a `sample` is called is no title.
    """
    own: dict[str, str] = {}
    title, messages, lines = Words(""), dict[str, str](), list[str]()
    is_remark = False
    said = tokens(statement[: body_of(statement)[0]])
    for row in "\n".join(token.text for token in said).split("\n"):
        text = row.strip().removeprefix("--").strip()
        word, _colon, rest = (part.strip() for part in text.partition(":"))
        if grammar.is_line(text):
            is_remark = False
            if word == "title":
                indonesian, _bar, english = rest.partition("|")
                title = Words(indonesian.strip(), english.strip())
            elif word.startswith("message "):
                messages[word.split()[1]] = rest
            elif word in _ONCE and word not in own:
                own[word] = rest
            elif word != "grain":
                lines.append(text)
        elif text and (text.startswith("#") or is_remark):
            is_remark = True
            lines.append(text if text.startswith("#") else f"# {text}")
        elif text and text != sample and not title.id:
            title = Words(text)
        elif text and text != sample:
            lines.append(f"# {text}")
    return Fields(
        kind,
        title=title,
        number=own.get("table", ""),
        caption=own.get("caption", ""),
        note=own.get("note", ""),
        severity=own.get("check", "warning"),
        message=Words(messages.get("id", ""), messages.get("en", "")),
        lines="\n".join(lines),
    )


def body_of(statement: str) -> tuple[int, str]:
    """Return where a statement begins behind the comments before it, and what it is from there."""
    first = next((token for token in tokens(statement) if token.kind != "comment"), None)
    start = first.start if first is not None else len(statement)
    return start, statement[start:].rstrip().rstrip(";").rstrip()


def named(title: str) -> str:
    """Return a view's name that is made of a title."""
    name = re.sub(r"[^a-z0-9]+", "_", title.casefold()).strip("_")
    return name if not name or name[0].isalpha() else f"_{name}"


def file_of(fields: Fields, draft: Draft) -> str:
    """Return the whole query file; raises QueryError, with line and reason, for what cannot be."""
    if not fields.title.id:
        raise QueryError(_("It needs a title."), _("The navigator lists it by that."))
    if not VIEW_NAME.fullmatch(fields.name):
        raise QueryError(
            _("“{name}” is no name for a view.").format(name=fields.name),
            _("Use small letters, digits and _, and begin with a letter."),
        )
    if fields.kind is Kind.CHECK and not (fields.message.id or fields.message.en):
        raise QueryError(_("A check needs a message."), grammar.written("message"))
    text = "\n".join([*_header_lines(fields), draft.select, ""])
    header, _select = parse(text, f"{fields.name}.sql")
    given = {name for name, _type in draft.columns}
    if missing := sorted(header.reads() - given):
        raise QueryError(
            _("The header names a column that the statement does not give: {name}.").format(
                name=missing[0]
            ),
            _("Columns here: {columns}").format(columns=", ".join(sorted(given))),
        )
    return text


def _header_lines(fields: Fields) -> Iterator[str]:
    is_check = fields.kind is Kind.CHECK
    said = {
        "title": _line_words(fields.title),
        "table": fields.number if fields.kind is Kind.TABLE else "",
        "caption": fields.caption if fields.kind is Kind.TABLE else "",
        "note": fields.note if fields.kind is Kind.TABLE else "",
        "check": fields.severity if is_check else "",
        "message en": (fields.message.en or fields.message.id) if is_check else "",
        "message id": (fields.message.id or fields.message.en) if is_check else "",
        "grain": ", ".join(fields.kind.promised),
    }
    yield from (f"-- {word}: {' '.join(text.split())}" for word, text in said.items() if text)
    for line in fields.lines.split("\n"):
        if body := line.strip().removeprefix("--").strip():
            yield f"-- {body}"
