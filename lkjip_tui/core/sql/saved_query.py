"""The header of a query of one's own, made of what is asked and of what follows from its select."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from lkjip_tui.core.errors import QueryError
from lkjip_tui.core.figures.values import AS_STORED, Layout
from lkjip_tui.core.figures.values import Kind as CellKind
from lkjip_tui.core.query import grammar
from lkjip_tui.core.query.cells import raw_column
from lkjip_tui.core.query.header import Column, KeyPart, Target, Words, parse
from lkjip_tui.core.query.queries import VIEW_NAME, Kind, Registry, read_by
from lkjip_tui.core.sql.drafting import LEADING, Draft
from lkjip_tui.core.sql.fact_columns import written
from lkjip_tui.core.sql.row_keys import Typed
from lkjip_tui.core.storage.sql_text import tokens
from lkjip_tui.language import _

_ID: Final = re.compile(r"\w+_id")
_EXACT: Final = "_exact"
_MONEY: Final = re.compile(
    r"amount|budget|anggaran|realisasi|realization|rupiah|pagu", re.IGNORECASE
)
_PERCENT: Final = re.compile(r"_pct|percent|persen", re.IGNORECASE)
_YEARS: Final = re.compile(
    r"year|tahun|number$|^no$|level|(^|_)(id|code|kode|nip|nik)($|_)", re.IGNORECASE
)
_SMALL: Final = re.compile(r"U?(TINY|SMALL)?INT(EGER)?")
_SCALED: Final = re.compile(r"DECIMAL\(\d+,(\d+)\)")
_BIG: Final = re.compile(r"U?(BIG|HUGE)INT|DECIMAL\(\d+,0\)")
#: Words of lines that are asked for, of which a header needs one of each.
_ASKED: Final = {
    Kind.TABLE: frozenset({"table", "caption", "note"}),
    Kind.CHECK: frozenset({"check", "message"}),
}
_NOTHING: Final = frozenset[str]()
_OF: Final = re.compile(r"(\w+)(?:\s+(\w+))?\s*:")
#: Lines that are of one column.
_OF_COLUMN: Final = frozenset({"column", "edit", "choice", "from"})
_NO_WORDS: Final = Words("")


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


def guessed(draft: Draft, kind: Kind, registry: Registry) -> str:
    """Return the lines of a header that follow from a draft: the order, and a line a column.

    A column of a view is called, and of the kind, as there, and in a sheet writes where it does
    there; one of a fact as where that is written. What else there is follows from its name and
    type.
    """
    known = written(draft.own, registry)
    lines = [f"order: {draft.order}"] if draft.order else []
    hidden = {*kind.promised, *(LEADING if kind is Kind.CHECK else ())}
    for name, type_name in draft.columns:
        if name not in hidden and not _ID.fullmatch(name):
            lines.append(_column_line(_column(name, type_name, known.get(name, (None,))[0])))
    if kind is Kind.SHEET:
        for name, (_known_as, targets) in known.items():
            lines += [_edit_line(name, each) for each in targets]
    return "\n".join(lines)


def layouts(statement: str, columns: Iterable[Typed], registry: Registry) -> dict[str, Layout]:
    """Return how the figures of a statement's columns are shown, with all their digits.

    They are of the kinds that a header would say. Where no fact is so called, and no view says
    that it is an index, a DECIMAL shows the decimals of its type. Thousands are marked but in
    ranks, years and ids, and in small whole numbers of which nothing is known.
    """
    known = _known(statement, registry)
    as_stored = {name for name, column in known.items() if column.kind is CellKind.INDEX}
    for query in registry.queries.values():
        as_stored.update(each.column for edit in query.header.edits.values() for each in edit)
    found = {}
    for name, type_name in columns:
        raw = raw_column(name, type_name)
        if raw.is_figure:
            kind = _column(name, type_name, known.get(name)).kind
            scaled = None if name in as_stored else _SCALED.fullmatch(type_name)
            bare = kind is CellKind.RANK and (raw.kind is kind or _BIG.fullmatch(type_name))
            # As a year under another name.
            bare = bare or (
                name not in known and kind is CellKind.COUNT and _SMALL.fullmatch(type_name)
            )
            decimals = int(scaled[1]) if scaled else AS_STORED
            found[name] = Layout(CellKind.RANK if bare else CellKind.INDEX, decimals)
    return found


def _known(statement: str, registry: Registry) -> dict[str, Column]:
    """Return the columns of the views that a statement reads from, the first of each name."""
    known: dict[str, Column] = {}
    for query in read_by(statement, registry):
        known = {**query.header.columns, **known}
    return known


def completed(fields: Fields, draft: Draft, registry: Registry, before: Collection[str]) -> Fields:
    """Return what is asked with the lines that follow from the draft and are not there yet.

    Lines of columns that it does not give go. Columns that the view gave `before` get none: that
    they have no line was meant so.
    """
    given = {name for name, _type in draft.columns}
    kept = [line for line in fields.lines.split("\n") if line]
    kept = [line for line in kept if _of(line)[0] not in _OF_COLUMN or _of(line)[1] in given]
    said = set(map(_of, kept))
    if any(word == "column" for word, _name in said):
        given -= set(before)
    added: dict[str, list[str]] = {"order": [], "column": [], "edit": []}
    for line in guessed(draft, fields.kind, registry).split("\n"):
        word, name = _of(line)
        if word == "order":
            kept = [other for other in kept if _of(other)[0] != "order"]
            added[word].append(line)
        elif name in given and not said & {(word, name), ("column", name)}:
            added[word].append(line)
    columns = [at for at, line in enumerate(kept, 1) if _of(line)[0] == "column"]
    behind = columns[-1] if columns else len(kept)
    lines = [*kept[:behind], *added["order"], *added["column"], *kept[behind:], *added["edit"]]
    return replace(fields, lines="\n".join(lines))


def _of(line: str) -> tuple[str, str]:
    """Return the word of a header's line and the name behind it; empty where it has none."""
    found = _OF.match(line)
    return (found[1], found[2] or "") if found else ("", "")


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
    asked, promised = _ASKED.get(kind, _NOTHING), ", ".join(kind.promised)
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
            elif word.startswith("message ") and "message" in asked:
                messages[word.split()[1]] = rest
            elif word in asked and word not in own:
                own[word] = rest
            elif (word, rest) != ("grain", promised):
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
    lines = [line.strip().removeprefix("--").strip() for line in fields.lines.split("\n")]
    has_grain = any(_of(line)[0] == "grain" for line in lines)
    said = {
        "title": _line_words(fields.title),
        "table": fields.number if fields.kind is Kind.TABLE else "",
        "caption": fields.caption if fields.kind is Kind.TABLE else "",
        "note": fields.note if fields.kind is Kind.TABLE else "",
        "check": fields.severity if is_check else "",
        "message en": (fields.message.en or fields.message.id) if is_check else "",
        "message id": (fields.message.id or fields.message.en) if is_check else "",
        "grain": "" if has_grain else ", ".join(fields.kind.promised),
    }
    yield from (f"-- {word}: {' '.join(text.split())}" for word, text in said.items() if text)
    yield from (f"-- {line}" for line in lines if line)
