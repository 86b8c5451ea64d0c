"""The lines of a query's header, word for word: which there are, and how each is written.

Splits a query file into header lines and select, and refuses what it does not understand with
file, line and the form that was expected: a misspelt `edit` skipped would be a sheet that
nobody can fill. What the lines mean together is `header`'s.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from lkjip_tui.core.errors import QueryError
from lkjip_tui.language import _


def _nameless(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


def _several(pattern: str, separator: str) -> str:
    return rf"{_nameless(pattern)}(?:\s*{separator}\s*{_nameless(pattern)})*"


NAME = r"[A-Za-z_]\w*"
_VALUE = rf"'(?P<text>[^']*)'|(?P<number>[0-9]{{1,9}})|(?P<column>{NAME})"
KEY_PART = rf"(?P<name>{NAME})(?:\s*=\s*(?:{_VALUE}))?"
_KEY = rf"\(\s*(?P<key>(?:{_several(KEY_PART, ',')})?)\s*\)"
ROW_PART = rf"(?P<table>{NAME})\s*{_KEY}(?:\s*by\s+(?P<by>{NAME}))?"
ORDER_TERM = rf"(?P<column>{NAME})(?:\s+(?P<way>asc|desc))?(?:\s+nulls\s+(?P<nulls>first|last))?"
_LABELS = r'group\s+"(?P<group>[^"]*)"|width\s+(?P<width>[1-9][0-9]{0,3})'
CHOICE = r'(?P<choice>[^\s,"](?:[^,"]*[^\s,"])?)(?:\s+"(?P<words>[^"]*)")?'
OPTION = rf"(?P<flag>once|hidden)|{_LABELS}|with\s+(?P<companion>{NAME})|scale\s+(?P<scale>{NAME})"
_KIND = rf"(?:by\s+(?P<kind_from>{NAME})|(?P<kind>\w+))"


@dataclass(frozen=True, slots=True)
class _Form:
    """How the lines of one word are written; `named` ones say which column they are about."""

    pattern: re.Pattern[str]
    example: str
    named: bool = False
    repeated: bool = False


def _form(pattern: str, example: str, *, named: bool = False, repeated: bool = False) -> _Form:
    return _Form(re.compile(pattern, re.DOTALL), example, named, repeated or named)


_FORMS = {
    "title": _form(".+", "title: Indonesian | English"),
    "table": _form(".+", "table: 3.1"),
    "place": _form("[0-9]{1,4}", "place: 30"),
    "caption": _form(".+", "caption: text with {names}"),
    "note": _form(".+", "note: text with {names}", repeated=True),
    "grain": _form(_several(NAME, ","), "grain: COLUMN, COLUMN"),
    "order": _form(_several(ORDER_TERM, ","), "order: COLUMN desc nulls first, COLUMN"),
    "parts": _form(NAME, "parts: COLUMN"),
    "tree": _form(NAME, "tree: COLUMN"),
    "chart": _form(
        rf"(?:(?P<kind>bars|lines)\s+)?(?P<name>{NAME})\s*:\s*(?P<columns>{_several(NAME, ',')})",
        "chart: lines NAME: COLUMN, COLUMN",
    ),
    "column": _form(
        rf'{_KIND}\s+"(?P<heading>[^"]*)"(?P<options>(?:\s+(?:{_nameless(OPTION)}))*)',
        'column NAME: KIND "Indonesian | English" group "…" once hidden width 12'
        " with COLUMN scale COLUMN",
        named=True,
    ),
    "edit": _form(
        rf"(?P<table>{NAME})\.(?P<column>{NAME})\s*{_KEY}",
        "edit NAME: TABLE.COLUMN (NAME, NAME = COLUMN, NAME = 'text', NAME = 0)",
        named=True,
    ),
    "row": _form(
        _several(ROW_PART, r"\+"), "row: TABLE (NAME, …) by COLUMN + TABLE (NAME, …)", repeated=True
    ),
    "choice": _form(
        rf"(?P<sql>(?i:select\s|with\s+\w+\s+as\s).+)|{_several(CHOICE, ',')}",
        'choice NAME: a "Indonesian | English", b, c',
        named=True,
    ),
    "from": _form(
        rf'(?P<query>(?:{NAME}\.)?{NAME})\.(?P<column>{NAME})\s*{_KEY}(?:\s*"(?P<text>[^"]*)")?',
        'from NAME: QUERY.COLUMN (NAME, …) "text with {names}"',
        named=True,
    ),
    "check": _form("error|warning|note", "check: error"),
    "message": _form(".+", "message en: text with {names}", named=True),
}
_LINE = re.compile(rf"(?P<word>{NAME})(?:\s+(?P<name>{NAME}))?\s*:(?P<rest>.*)", re.DOTALL)


def _refuse(file: str, number: int, reason: str, hint: str) -> NoReturn:
    message = _("{file}, line {line}: {reason}")
    raise QueryError(message.format(file=file, line=number, reason=reason), hint)


@dataclass(frozen=True, slots=True)
class Line:
    """One header line, `word name: …`, where it stands, and how its rest was understood."""

    file: str
    number: int
    word: str
    name: str
    rest: str
    match: re.Match[str]

    def refuse(self, reason: str, hint: str = "") -> NoReturn:
        """Raise QueryError for what this line says; by default the hint is the line's form."""
        _refuse(self.file, self.number, reason, hint or written(self.word))


def is_line(content: str) -> bool:
    """Say whether a comment is meant as a header line, be it well written or not."""
    found = _LINE.fullmatch(content)
    return found is not None and found["word"].casefold() in _FORMS


def written(word: str) -> str:
    """Return the hint that shows how the lines of a word are written."""
    return _("Write: -- {form}").format(form=_FORMS[word].example)


def split(text: str, file: str) -> tuple[Mapping[str, list[Line]], str, int]:
    """Return a file's header lines by word, its select, and the line where the select begins.

    Between header lines may stand blank lines and remarks: comments that begin with `#` or a
    capital letter, with the comment lines that follow. `Edit name: …` is a header line all the
    same: as a remark it would be lost without a word.
    """
    lines: dict[str, list[Line]] = {}
    remark = False
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    for number, row in enumerate(rows, 1):
        content = row.strip()
        if content and not content.startswith("--"):
            if select := "\n".join(rows[number - 1 :]).strip().rstrip("; \t\n"):
                return lines, select, number
            break
        content = content.removeprefix("--").strip()
        line_like = _LINE.fullmatch(content)
        known = line_like is not None and line_like["word"].casefold() in _FORMS
        begins = content[:1] == "#" or (content[:1].isupper() and not known)
        remark = begins or (remark and content != "" and not line_like)
        if content and not remark:
            line = _read(content, file, number)
            lines.setdefault(line.word, []).append(line)
            if len(lines[line.word]) > 1 and not _FORMS[line.word].repeated:
                line.refuse(_("a second “{word}” line").format(word=line.word))
    _refuse(file, len(rows), _("no select follows the header"), _("Write one under its lines."))


def _read(content: str, file: str, number: int) -> Line:
    parts = _LINE.fullmatch(content)
    word = (parts["word"] if parts else content.split(maxsplit=1)[0]).casefold()
    if word not in _FORMS:
        _refuse(
            file,
            number,
            _("“{text}” is no header line").format(text=content),
            _("Header lines begin with {words}; a remark with # or a capital letter.").format(
                words=", ".join(_FORMS)
            ),
        )
    form = _FORMS[word]
    rest = parts["rest"].strip() if parts else ""
    match = form.pattern.fullmatch(rest)
    if not parts or not match or bool(parts["name"]) != form.named:
        _refuse(
            file,
            number,
            _("this “{word}” line cannot be read").format(word=word),
            written(word),
        )
    return Line(file, number, word, parts["name"] or "", rest, match)
