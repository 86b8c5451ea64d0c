"""SQL as it is typed: words and signs, statements, and where in them something stands.

It reads also what does not parse yet, and asks no database. Offsets count characters.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest
from typing import Final, Literal, cast
from unicodedata import category, east_asian_width

TokenKind = Literal["word", "quoted", "text", "number", "parameter", "comment", "sign"]
"""`word`: a name or keyword without quotes · `quoted`: a name in them · `text`: a literal."""

_TOKEN: Final = re.compile(
    r"""
    (?P<comment>--[^\n]*|/\*)
    |(?P<text>[eE]'(?:[^'\\]|\\.|'')*(?:'|\Z)|[bBxX]?'(?:[^']|'')*(?:'|\Z)
        |\$(?P<tag>(?:[^\W\d]\w*)?)\$.*?(?:\$(?P=tag)\$|\Z))
    |(?P<quoted>"(?:[^"]|"")*(?:"|\Z))
    |(?P<number>0[xX][0-9a-fA-F_]+|(?:\d[\d_]*(?:\.[\d_]*)?|(?<![\w.\])])\.\d[\d_]*)(?:[eE][+-]?\d+)?)
    |(?P<parameter>\$\w+|\?\d*)
    |(?P<word>[^\W\d][\w$]*)
    |(?P<sign>->>|<=>|!~~\*|!~~|::|:=|=>|->|\|\||<=|>=|<>|!=|==|//|\*\*|<<|>>|~~|\^@|&&|\S)
    """,
    re.DOTALL | re.VERBOSE,
)
_BLOCK_COMMENT: Final = re.compile(r"/\*|\*/")
_PLACE: Final = re.compile(
    r"^LINE (?P<line>\d+): (?P<excerpt>.*)\n(?P<caret> *)(?P<mark>\^+)", re.MULTILINE
)
_LINE: Final = re.compile(r"[^\n]+")
_CUT: Final = "..."
#: What stands before the statements of a line that is a comment.
_COMMENT: Final = "--"
_BLOCK: Final = "/*"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign, a literal or a comment, and where it stands."""

    kind: TokenKind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.start + len(self.text)

    @property
    def is_name(self) -> bool:
        """Whether it may name something."""
        return self.kind in ("word", "quoted")

    @property
    def word(self) -> str:
        """What a word says whatever its case, empty for all else."""
        return self.text.casefold() if self.kind == "word" else ""

    @property
    def name(self) -> str:
        """The name that it is, without its quotes."""
        return unquoted(self.text) if self.kind == "quoted" else self.text

    @property
    def is_open(self) -> bool:
        """Whether its end is still to be typed."""
        if self.kind == "quoted":
            return len(self.text) == 1 or self.text.count('"') % 2 == 1
        if self.kind == "comment":
            return self.text.startswith(_COMMENT) or not self.text.endswith("*/")
        if self.kind != "text":
            return False
        if dollar := re.match(r"\$\w*\$", self.text):
            return len(self.text) < 2 * len(dollar[0]) or not self.text.endswith(dollar[0])
        body = self.text[self.text.index("'") + 1 :]
        if self.text[0] in "eE":
            body = re.sub(r"\\.", "", body, flags=re.DOTALL)
        return body.count("'") % 2 == 0


@dataclass(frozen=True, slots=True)
class Statement:
    """One of several statements: its text from `start` on, with what is said before it."""

    text: str
    start: int
    stop: int
    """The offset behind its semicolon, or behind it where it has none."""

    @property
    def first_word(self) -> str:
        """The word that it begins with, in small letters."""
        return next((token.word for token in tokens(self.text) if token.kind != "comment"), "")


def tokens(sql: str) -> list[Token]:
    """Return everything but blanks, in order; what is not closed lasts to the end."""
    return [Token(kind, sql[start:end], start) for kind, start, end in _places(sql)]


def _places(sql: str) -> Iterator[tuple[TokenKind, int, int]]:
    """Yield what each token is, where it begins and where it ends."""
    at = 0
    while match := _TOKEN.search(sql, at):
        start, at = match.span()
        if sql.startswith(_BLOCK, start):
            at = _end_of_comment(sql, start)
        yield cast("TokenKind", match.lastgroup), start, at


def _end_of_comment(sql: str, start: int) -> int:
    """Return where a block comment ends; others may stand within it."""
    depth, at = 0, start
    while match := _BLOCK_COMMENT.search(sql, at):
        depth += 1 if match[0] == "/*" else -1
        at = match.end()
        if not depth:
            return at
    return len(sql)


def statements(sql: str) -> list[Statement]:
    """Return the statements of a text, each with the comments before it; those alone are none."""
    found: list[Statement] = []
    first, last, stop = -1, 0, 0
    is_said = False
    for kind, start, end in _places(sql):  # without tokens: a text may have thousands of rows
        if kind == "sign" and sql[start] == ";":
            if is_said:
                found.append(Statement(sql[first:last], first, end))
            first, stop, is_said = -1, end, False
        # What is said behind a semicolon, in its line, is of the statement before it.
        elif first >= 0 or kind != "comment" or not stop or "\n" in sql[stop:start]:
            first, last = start if first < 0 else first, end
            is_said = is_said or kind != "comment"
    if is_said:
        found.append(Statement(sql[first:last], first, last))
    return found


def statement_at(sql: str, offset: int) -> Statement | None:
    """Return the statement in which an offset lies, else the next one, else the last one.

    In the line in which a statement ends all behind it is still its own.
    """
    found = statements(sql)
    for statement, following in zip_longest(found, found[1:]):
        line_end = sql.find("\n", statement.stop)
        rest = len(sql) if line_end < 0 else line_end
        until = rest if following is None else min(rest, following.start - 1)
        if offset <= max(statement.stop, until):
            return statement
    return found[-1] if found else None


def quoted(name: str) -> str:
    """Return a name in quotes."""
    return '"' + name.replace('"', '""') + '"'


def unquoted(name: str) -> str:
    """Return the name that stands in quotes, closed or not."""
    inner = name[1:]
    closed = inner.endswith('"') and (inner.count('"') % 2 == 1)
    return (inner[:-1] if closed else inner).replace('""', '"')


def line_and_column(sql: str, offset: int) -> tuple[int, int]:
    """Return in which line and column an offset lies, as people count them: from 1."""
    before = sql[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def place_of_fault(
    statement: str, message: str, *, exactly: bool = False
) -> tuple[int, int] | None:
    """Return from where to where a message of the database marks a statement, None if it does not.

    It shows the line with a mark beneath it, cut at both ends where it is long. Where it may be
    about another statement, made of this one, the line must stand here `exactly`.
    """
    match = _PLACE.search(message)
    if match is None:
        return None
    lines = statement.split("\n")
    number = int(match["line"]) - 1
    if number >= len(lines):
        return None
    line, excerpt = lines[number], match["excerpt"]
    if exactly and excerpt.removeprefix(_CUT).removesuffix(_CUT) not in line:
        return None
    cells = len(match["caret"]) - len(f"LINE {match['line']}: ")
    before = 0
    if excerpt.startswith(_CUT) and not line.startswith(_CUT):
        excerpt = excerpt.removeprefix(_CUT)
        cells -= len(_CUT)
        is_end = line.endswith(excerpt)
        before = line.rfind(excerpt) if is_end else line.find(excerpt.removesuffix(_CUT))
    column = _characters(excerpt, cells, beyond=True)
    start = sum(len(line) + 1 for line in lines[:number]) + max(before, 0) + column
    length = _characters(statement[start:], len(match["mark"]))
    return min(start, len(statement)), min(start + length, len(statement))


def _characters(text: str, cells: int, *, beyond: bool = False) -> int:
    """Return how many characters take so many cells; `beyond` with what takes none behind them."""
    count = 0
    for char in text:
        width = _width(char)
        if cells <= 0 and (width or not beyond):
            break
        cells -= width
        count += 1
    return count + max(cells, 0)


def _width(char: str) -> int:
    """Return how many cells the database believes that a character takes."""
    if category(char) in {"Cc", "Mn", "Me"}:
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def name_of(sql: str) -> str:
    """Return what a text is called: the comment that it begins with, else its first line."""
    for match in _LINE.finditer(sql):
        if said := match[0].strip().removeprefix(_COMMENT).strip():
            return said
    return ""


def toggled(lines: Sequence[str]) -> list[str]:
    """Return lines as comments, or as they were where all of them are comments already."""
    filled = [line for line in lines if line.strip()]
    if not filled:
        return [f"{_COMMENT} ", *lines[1:]] if lines else []
    if all(line.lstrip().startswith(_COMMENT) for line in filled):
        return [_bare(line) for line in lines]
    indent = min(len(line) - len(line.lstrip()) for line in filled)
    return [
        f"{line[:indent]}{_COMMENT} {line[indent:]}" if line.strip() else line for line in lines
    ]


def _bare(line: str) -> str:
    indent = "".join(takewhile(str.isspace, line))
    rest = line[len(indent) :].removeprefix(_COMMENT)
    return indent + rest.removeprefix(" ") if line.strip() else line
