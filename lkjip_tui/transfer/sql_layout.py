"""Statements laid out in the house's style: small letters, four spaces, 88 columns.

The library reads the SQL of many databases, so each statement that it gives is held against the
one that it was given, word by word; one that says something else stays as it is.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from lkjip_tui.core.storage.sql_text import Statement, Token, statements, tokens

if TYPE_CHECKING:
    from sqlfmt.mode import Mode
    from sqlfmt.rule import Rule

_WIDTH: Final = 88
#: Characters of a comment that always fits beside what it is said of.
_SHORT: Final = 30
#: What the library's grammar says of other databases, and what holds for this one.
_MENDED: Final = {
    "comment": [(r"#[^\r\n]*|", ""), (r"//[^\r\n]*|", "")],
    "other_identifiers": [(r"(@\w+", r"(#\d+|@\w+")],
    "quoted_name": [("|u&|x)?'", "|u&|x|e)?'")],
}
_MORE_OPERATORS: Final = r"(//|\*\*|\^@|!~~\*?)"
#: Keywords that the library takes for names.
_SMALL: Final = frozenset(["all", "asc", "desc", "distinct", "false", "null", "nulls", "true"])
_SIGN: Final = "\ue000"


@dataclass(frozen=True, slots=True)
class Layout:
    """A text whose statements are laid out, and those that stay as they are."""

    text: str
    count: int
    left: Sequence[Statement]


def laid_out(sql: str) -> Layout:
    """Lay out every statement of a text that can be; what is said between them stays."""
    text, at, left, count = "", 0, [], 0
    for statement in statements(sql):
        between = sql[at : statement.start]
        new = _laid_out(statement.text)
        if new is None:
            left.append(statement)
            new = statement.text
        else:
            count += 1
        if at and "\n" not in between and "\n" in new + text:
            between = f"{between.rstrip()}\n"
        end = statement.start + len(statement.text)
        mark = sql[end : statement.stop].lstrip()
        # Behind a remark to the end of the line the mark would be a part of that.
        mark = f"\n{mark}" if mark and _ends_in_remark(new) else mark
        text += between + new + mark
        at = statement.stop
    return Layout(text + sql[at:], count, left)


def moved(before: str, after: str, offset: int) -> int:
    """Return where an offset of a text lies once it is laid out: at the same word."""
    old, new = tokens(before), tokens(after)
    number = bisect_right(old, offset, key=lambda token: token.start) - 1
    if number + 1 < len(old) and (number < 0 or offset > old[number].end):
        number += 1  # in the blanks before a word
    if not 0 <= number < len(new):
        return len(after)
    within = max(offset - old[number].start, 0)
    return min(new[number].start + within, new[number].end)


def _ends_in_remark(statement: str) -> bool:
    last = tokens(statement)[-1]
    return last.kind == "comment" and last.text.startswith("--")


def _laid_out(statement: str) -> str | None:
    """Return a statement laid out, None where that would say something else."""
    from sqlfmt.api import format_string  # noqa: PLC0415 - only who lays out waits for it
    from sqlfmt.exception import SqlfmtError  # noqa: PLC0415 - likewise

    found = tokens(statement)
    said = [token.kind for token in found if token.kind != "comment"]
    if ("text", "text") in pairwise(said):
        return None  # one text in two lines, which are two where they stand in one
    start = next((token.start for token in found if token.kind != "comment"), len(statement))
    short, comments = _shortened(statement, start, found)
    try:
        new = format_string(short, _mode()).rstrip("\n")
    except (SqlfmtError, RecursionError):
        return None
    for sign, comment in comments.items():
        new = new.replace(sign, comment)
    new = statement[:start] + new
    new_tokens = tokens(new)
    if list(map(_meant, found)) != list(map(_meant, new_tokens)):
        return None
    return "".join(_with_small_words(new, new_tokens))


def _shortened(statement: str, start: int, found: Sequence[Token]) -> tuple[str, dict[str, str]]:
    """Return a statement from `start` on with signs for long comments: the library breaks them."""
    parts: list[str] = []
    comments: dict[str, str] = {}
    at = start
    for token in found:
        is_long = token.kind == "comment" and len(token.text) > _SHORT
        if is_long and token.start >= start and "\n" not in token.text:
            closing = " */" if token.text.startswith("/*") else ""
            sign = f"{token.text[:2]} {_SIGN}{len(comments)}{_SIGN}{closing}"
            comments[sign] = token.text
            parts += (statement[at : token.start], sign)
            at = token.end
    return "".join((*parts, statement[at:])), comments


def _with_small_words(text: str, found: Sequence[Token]) -> Iterator[str]:
    """Yield a text with keywords and functions in small letters; other names stay as typed."""
    at = 0
    for token in found:
        yield text[at : token.start]
        is_call = token.kind == "word" and text[token.end : token.end + 1] == "("
        yield token.text.lower() if is_call or token.word in _SMALL else token.text
        at = token.end
    yield text[at:]


def _meant(token: Token) -> str:
    if token.kind == "comment":
        return " ".join(token.text.removeprefix("--").split())
    return token.word or token.text.lower() if token.kind != "text" else token.text


def _mode() -> "Mode":
    """Return the style, with the grammar mended where this database's is another."""
    from sqlfmt.dialect import ClickHouse  # noqa: PLC0415 - likewise
    from sqlfmt.mode import Mode  # noqa: PLC0415 - likewise

    class DuckDb(ClickHouse):
        """Names keep their letters, as there; `//` divides, and `e'…'` is one text."""

        def get_rules(self) -> "list[Rule]":
            rules = [_mended(rule) for rule in super().get_rules()]
            operator = next(rule for rule in rules if rule.name == "pg_operator")
            more = replace(operator, name="duckdb_operator", pattern=_MORE_OPERATORS)
            return sorted([*rules, more], key=lambda rule: rule.priority)

    mode = Mode(line_length=_WIDTH, no_jinjafmt=True)
    mode.dialect = DuckDb()
    return mode


def _mended(rule: "Rule") -> "Rule":
    pattern = rule.pattern
    for old, new in _MENDED.get(rule.name, ()):
        pattern = pattern.replace(old, new, 1)
    return replace(rule, pattern=pattern)
