"""Rows as lines that the database writes itself, many times as fast as they are written here.

Each function returns what makes, of the text of a query, one that gives a line a row; None where
a column is of a type that only Python knows how to write. How the lines look is `machine`'s and
`markdown`'s to say: these write the same, letter by letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lkjip_tui.core.figures import block, written
from lkjip_tui.core.figures.values import NULL_SIGN, Layout, is_number_type
from lkjip_tui.core.storage.cursors import Rewrite

#: What Python takes for a blank, which the database's patterns take for letters.
_BLANK: Final = "\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
#: Beside a space and a new line: what is surely seen, and one cell wide, in every version of
#: Python. What else a text holds is looked at there.
SEEN: Final = "!-~\xa1-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u22ff"
#: What JSON names by a number that has a letter among its digits; Python writes a small one.
_HEXADECIMAL: Final = "\x0b\x0e\x0f\x1a-\x1f"
_FLOATS: Final = ("DOUBLE", "FLOAT")
#: Where the query stands in what is made of it.
_QUERY: Final = "\0query\0"
#: Around what the database leaves to be written, as JSON, which holds none itself.
LEFT: Final = "\0"


def csv(types: Sequence[str], chosen: Sequence[int], mark: str) -> Rewrite | None:
    """Write fields between marks as `machine.write_csv` does, of the columns that are chosen."""
    return _csv([written.exact(f"c{n}", types[n]) for n in chosen], types, chosen, mark)


def spreadsheet_csv(types: Sequence[str], chosen: Sequence[int], mark: str) -> Rewrite | None:
    """Write fields as `machine.write_spreadsheet_csv` does."""
    return _csv([_local(f"c{n}", types[n]) for n in chosen], types, chosen, mark)


def json(types: Sequence[str], chosen: Sequence[int], names: Sequence[str]) -> Rewrite | None:
    """Write objects as `machine.write_json` does, `names` as it writes them before each value.

    A comma and a new line stand before each; what stands between `LEFT` must still be written.
    """
    fields = [written.exact(f"c{n}", types[n]) for n in chosen]
    known = [field for field in fields if field is not None]
    if len(known) < len(fields):
        return None
    finite = [f"isfinite(c{n})" if types[n] in _FLOATS else "true" for n in chosen]
    texts = [_json(f"f{at}", types[n], f"f{len(known) + at}") for at, n in enumerate(chosen)]
    named = ", ', ', ".join(
        f"'{_literal(name)}', {text}" for name, text in zip(names, texts, strict=True)
    )
    source = _select([*known, *finite], _columns(len(types)))
    select = f"select concat(',', chr(10), '{{', {named}, '}}') as line from {source}"
    return lambda query: select.replace(_QUERY, f"{query}\n")


@dataclass(frozen=True, slots=True)
class Markup:
    """What a printed table's line is made of beside its cells.

    `letters` bear a backslash; what holds one of `links`, or of `schemes` before a colon, is left;
    `strong` stands around the cells of sums, `step` before the name of
    a row for each level that it stands beneath them.
    """

    letters: str
    links: tuple[str, ...]
    schemes: str
    strong: str
    step: str
    new_line: str


@dataclass(frozen=True, slots=True)
class Printed:
    """Which column a cell prints, and how; without a layout it is a machine text.

    `words` is the column of the words behind it.
    """

    column: int
    layout: Layout | None = None
    words: int | None = None


def markdown(
    types: Sequence[str],
    cells: Sequence[Printed],
    markup: Markup,
    level: int | None = None,
    trunk: int | None = None,
) -> Rewrite | None:
    """Write cells between bars as `markdown.write` does; what stands between `LEFT` it still must.

    `level` is the column of a row's level in a tree, `trunk` the cell that is indented by it.
    """
    known = [text for cell in cells if (text := _printed(cell, types)) is not None]
    if len(known) < len(cells) or (level is not None and not written.is_whole(types[level])):
        return None
    may_be_anything = [
        written.is_text(types[cell.column]) or cell.words is not None for cell in cells
    ]
    depth = "null" if level is None else f"c{level}"
    query = _select([*known, depth], _columns(len(types)))
    ready = [f"f{n}" for n in range(len(known))]
    if texts := [name for name, anything in zip(ready, may_be_anything, strict=True) if anything]:
        # Most rows hold nothing odd: then they are looked through once, and not text by text.
        query = f"(select *, concat({', '.join(texts)}) as texts from {query}) as t"
        is_plain = " and ".join([_means_nothing("texts", markup), *map(_is_trimmed, texts)])
        query = f"(select *, {is_plain} as is_plain from {query}) as t"
    ready = [
        f"case when is_plain then {name} else {_escaped(name, markup)} end"
        if name in texts
        else name
        for name in ready
    ]
    query = _select([*ready, f"f{len(known)}"], query)
    shown = [f"f{n}" for n in range(len(known))]
    if level is not None:
        depth = f"f{len(known)}"
        shown = [
            f"case when {depth} <= 1 and {text} <> ''"
            f" then '{markup.strong}' || {text} || '{markup.strong}' else {text} end"
            for text in shown
        ]
    if level is not None and trunk is not None:
        step = f"repeat('{markup.step}', greatest(coalesce({depth}, 0) - 1, 0))"
        shown[trunk] = f"{step} || {shown[trunk]}"
    bars = ", ' | ', ".join(shown)
    return _lines(f"'| ', {bars}, ' |'", query)


def _csv(
    fields: Sequence[str | None], types: Sequence[str], chosen: Sequence[int], mark: str
) -> Rewrite | None:
    known = [field for field in fields if field is not None]
    if len(known) < len(fields):
        return None
    quoted = [
        _quoted(f"f{n}", mark) if written.is_text(types[column]) else f"coalesce(f{n}, '')"
        for n, column in enumerate(chosen)
    ]
    if len(quoted) == 1:  # a line with nothing on it would be skipped
        quoted = [f"case when f0 is null then '\"\"' else {quoted[0]} end"]
    marked = f", '{mark}', ".join(quoted)
    return _lines(marked, _select(known, _columns(len(types))))


def _columns(count: int) -> str:
    """Return a query, to be put into others, as columns that are called c0, c1 and so on."""
    named = ", ".join(f"c{n}" for n in range(count))
    return f"({_QUERY}) as v({named})"


def _select(fields: Sequence[str], source: str) -> str:
    """Return fields f0, f1 …, each found once however often it is asked for."""
    named = ", ".join(f"{field} as f{n}" for n, field in enumerate(fields))
    return f"(select {named} from {source}) as t"


def _lines(parts: str, source: str) -> Rewrite:
    select = f"select concat({parts}, chr(10)) as line from {source}"
    return lambda query: select.replace(_QUERY, f"{query}\n")


def _is_plain(text: str) -> str:
    """Return whether a text begins with a letter or digit and ends with what can be seen."""
    return (
        f"({text} >= '0' and {text} < '=' or {text} >= 'A' and {text} < chr(127))"
        f" and {text}[-1] between '!' and '~'"
    )


def _quoted(text: str, mark: str) -> str:
    """Return a text as a field, quoted where it must be; null is nothing, and unlike ''."""
    # Patterns are slow; most texts are known not to need one.
    holds = " and ".join(
        f"not contains({text}, {letter})" for letter in (f"'{mark}'", "'\"'", "chr(10)", "chr(13)")
    )
    pattern = f'[{mark}"\r\n]|^$|^[#{_BLANK}]|[{_BLANK}]$'
    quoted = f"""'"' || replace({text}, '"', '""') || '"'"""
    return (
        f"case when {_is_plain(text)} and {holds} then {text} when {text} is null then ''"
        f" when regexp_matches({text}, '{pattern}') then {quoted} else {text} end"
    )


def _local(column: str, type_name: str) -> str | None:
    """Return a value as an Indonesian spreadsheet reads it."""
    text = written.exact(column, type_name)
    if type_name == "BOOLEAN":
        return f"case when {column} then 'Ya' when not {column} then 'Tidak' end"
    if text is None or not written.is_text(type_name):
        return f"replace({text}, '.', ',')" if text and is_number_type(type_name) else text
    return (
        f"case when {_is_plain(text)} then {text}"
        f" when regexp_matches({text}, '^(?:{_literal(block.RUN.pattern)})')"
        f" then '''' || {text} else {text} end"
    )


def _json(text: str, type_name: str, is_finite: str) -> str:
    """Return a machine text as JSON, or one that is left; what is not finite is a text, too."""
    if written.is_number(type_name) or type_name == "BOOLEAN":
        return f"coalesce({text}, 'null')"
    if not written.is_text(type_name):
        bare = f" when {is_finite} then {text}" if type_name in _FLOATS else ""
        return f"""case when {text} is null then 'null'{bare} else '"' || {text} || '"' end"""
    json = f"cast(to_json({text}) as varchar)"
    return (
        f"case when {text} is null then 'null' when strlen({json}) = strlen({text}) + 2"
        f" or not regexp_matches({text}, '[{_HEXADECIMAL}]') then {json}"
        f" else '{LEFT}' || {json} || '{LEFT}' end"
    )


def _printed(cell: Printed, types: Sequence[str]) -> str | None:
    """Return the text of a cell, before anything in it is escaped."""
    column, type_name = f"c{cell.column}", types[cell.column]
    if cell.layout is None:
        text = written.exact(column, type_name)
    else:
        text = written.printed(column, type_name, cell.layout)
    if text is None:
        return None
    shown = f"coalesce({text}, '{NULL_SIGN}')"
    if cell.words is None:
        return shown
    if not written.is_text(types[cell.words]):
        return None
    words = f"cast(c{cell.words} as varchar)"
    return (
        f"case when coalesce({words}, '') = '' then {shown} when {column} is null then {words}"
        f" else {shown} || ' ' || {words} end"
    )


def _means_nothing(text: str, markup: Markup) -> str:
    """Return whether a text is ASCII and shows as it is, but for blanks at its ends."""
    odd = {*markup.letters, *markup.links, ":", "\x7f"} - {"\\"}
    holds = " and ".join(f"not contains({text}, '{each}')" for each in sorted(odd))
    # JSON of what has no escape is longer by its quotes alone; and quick to make.
    is_json = f"strlen(to_json({text})) = strlen({text}) + 2"
    return f"strlen({text}) = length({text}) and {is_json} and {holds}"


def _is_trimmed(text: str) -> str:
    return f"{text} >= '!' and not suffix({text}, ' ')"


def _escaped(text: str, markup: Markup) -> str:
    """Return a text that Markdown shows letter by letter, or one that is left."""
    json = f"to_json({text})"
    meaning = "".join(f"\\{letter}" for letter in markup.letters)
    seen = f"[ \n{SEEN}]*"
    bare = " and ".join(f"not contains({text}, '{link}')" for link in markup.links)
    return (
        f"case when {_means_nothing(text, markup)} and {_is_trimmed(text)} then {text}"
        f" when regexp_full_match({text}, '{seen}') and {bare}"
        f" and not regexp_matches({text}, '(?i){markup.schemes}:') then replace(regexp_replace("
        f"trim({text}, ' \n'), '([{meaning}])', '\\\\\\1', 'g'), chr(10), '{markup.new_line}')"
        f" else '{LEFT}' || {json} || '{LEFT}' end"
    )


def _literal(text: str) -> str:
    return text.replace("'", "''")
