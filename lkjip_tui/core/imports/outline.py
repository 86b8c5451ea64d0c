"""What the lines of an office's table are: things under things, sums of them, or details.

Offices write a tree in one column (with codes, indents, roman numerals, PROGRAM before the name),
or in a column a level, where an empty cell repeats the one above. Both become lines, each a thing
of one level under another line. What cannot be told is a line without a level, for its user to see.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from lkjip_tui.core.changes.numbering import coded, unnumbered
from lkjip_tui.core.imports import nomenclature
from lkjip_tui.core.imports.nomenclature import Coded
from lkjip_tui.core.imports.recognition import name_key
from lkjip_tui.core.imports.sum_lines import SumLines
from lkjip_tui.core.query.headings import ACCOUNT, Level

_CALLED: Final = re.compile(
    r"(program|sub\s*-?\s*kegiatan|kegiatan|sasaran(?:\s+strategis)?|indikator(?:\s+kinerja)?)"
    r"\s*(?:\d{1,2}\s*)?[:.]\s*(?=\S)",
    re.IGNORECASE,
)
_SHOUTED: Final = re.compile(r"PROGRAM\s+[A-Z]")
_TABLES: Final = {
    "program": "program",
    "kegiatan": "activity",
    "subkegiatan": "sub_activity",
    "sasaran": "objective",
    "sasaranstrategis": "objective",
    "indikator": "indicator",
    "indikatorkinerja": "indicator",
}
_ROMAN: Final = re.compile(r"[IVX]+\.?")
_Step: TypeAlias = tuple[str, str, str]
"""A thing on the way to a line: table, code, name."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: the block's row `number`, and what it is.

    `table` is the fact table of its thing, empty when that cannot be told; `parent` the index of
    the line that it stands under. `texts` are its cells by the view's columns. `is_total` says
    that it sums up others or is their mean, as its name says; `is_detail` that it is an account or
    a class above all things.
    """

    number: int
    table: str = ""
    code: str = ""
    name: str = ""
    parent: int | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    is_total: bool = False
    is_detail: bool = False


def by_levels(
    rows: Iterable[tuple[int, Sequence[str]]],
    columns: Sequence[str | None],
    levels: Mapping[int, Level],
    tables: Sequence[str],
    *,
    figures: Sequence[str],
    sums: SumLines,
) -> Sequence[Line]:
    """Return the lines of rows that have a column a level; `tables` from the top down.

    A thing that several rows name is one line for each of them: its accounts. Those are details
    where the thing's own row has `figures`, and so is an account that sums up others.
    """
    lines: list[Line] = []
    path: list[_Step] = []
    known: dict[tuple[_Step, ...], int] = {}
    for number, row in rows:
        texts = _texts(columns, row)
        steps = _steps(row, levels, tables)
        label = sums.label(row, [(code, name) for _table, code, name in steps], _unit(texts))
        if label:
            lines.append(Line(number, name=label, texts=texts, is_total=True))
            continue
        for step in steps:
            if step not in path:  # else the cell repeats what stands above it
                path = [each for each in path if tables.index(each[0]) < tables.index(step[0])]
                path.append(step)
        deepest = next((at for at, step in enumerate(path) if steps and step == steps[-1]), None)
        whole = path if deepest is None else path[: deepest + 1]
        parent: int | None = None
        for depth, step in enumerate(whole, 1):
            at = tuple(whole[:depth])
            is_own = depth == len(whole)
            if (
                parent is not None
                and lines[parent].table not in tables[: tables.index(step[0])][-1:]
            ):
                parent = None  # a level is left out: under what it stands is not said
            if is_own or at not in known:
                known.setdefault(at, len(lines))
                lines.append(Line(number, *step, parent, texts if is_own else {}))
            parent = known[at]
    return _without_sums(lines, figures)


def by_names(
    rows: Iterable[tuple[int, Sequence[str]]],
    columns: Sequence[str | None],
    tables: Sequence[str],
    *,
    own: str,
    known: Mapping[str, str],
    figures: Sequence[int],
    sums: SumLines,
) -> Sequence[Line]:
    """Return the lines of rows whose things all stand in the column `own`.

    `known` are the tables of names that the file has, by `name_key`; `figures` the block's columns
    that only things of the last level fill.
    """
    found: list[Line] = []
    indents: list[int] = []
    romans: list[bool] = []
    filled: list[bool] = []
    for number, row in rows:
        texts = _texts(columns, row)
        text = texts.get(own, "")
        indents.append(len(text) - len(text.lstrip()))
        romans.append(bool(_ROMAN.fullmatch(texts.get("number", "").strip())))
        filled.append(any(row[place].strip() for place in figures))
        line = Line(number, texts=texts)
        code, name = _code_and_name(text.strip())
        code = texts.get("code", "").strip().rstrip(".") or code
        if label := sums.label(row, [(code, name)] if code or name else [], _unit(texts)):
            found.append(replace(line, name=label, is_total=True))
            continue
        table = texts.get("row_key", "").partition("/")[0]
        if called := _CALLED.match(name):
            table = _TABLES[name_key(called[1])]
            inner, name = _code_and_name(name[called.end() :])
            code = code or inner
        found.append(replace(line, table=table if table in tables else "", code=code, name=name))
    own_codes = nomenclature.own_codes(
        [
            Coded(line.code, line.name, line.table or known.get(name_key(line.name), ""))
            for line in found
            if line.code and not line.is_total
        ],
        tables,
    )
    found = [
        line if line.is_total or line.code in own_codes else _by_code(line, tables)
        for line in found
    ]
    found = _by_depth(found, tables)
    found = _without_signature(found, filled)
    widths = sorted(set(indents))
    by_indent = dict(zip(widths, tables, strict=True)) if len(widths) == len(tables) else {}
    has_codes = any(line.table and line.code for line in found)
    without_figure = tables[-2] if len(tables) > 1 and not has_codes else ""
    for at, line in enumerate(found):
        if _is_open(line):
            by_sign = (
                known.get(name_key(line.name), ""),
                tables[0] if romans[at] or _SHOUTED.match(line.name) else "",
                by_indent.get(indents[at], ""),
                tables[-1] if filled[at] else without_figure,
            )
            table = next((table for table in by_sign if table in tables), "")
            found[at] = replace(line, table=table)
    return _under_each_other(found, tables)


def _steps(
    row: Sequence[str], levels: Mapping[int, Level], tables: Sequence[str]
) -> Sequence[_Step]:
    """Return the things that a row names, from the top down."""
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for place, level in levels.items():
        text = row[place].strip()
        if level.part == "code":
            codes[level.table] = text.rstrip(".") or codes.get(level.table, "")
        elif text:
            code, names[level.table] = _code_and_name(text)
            codes[level.table] = codes.get(level.table) or code.rstrip(".")
    return [
        (table, codes.get(table, ""), names.get(table, ""))
        for table in tables
        if codes.get(table) or names.get(table)
    ]


def _without_sums(lines: Sequence[Line], figures: Sequence[str]) -> Sequence[Line]:
    """Take for details what is counted in another line of the same thing."""
    of_thing = defaultdict[object, list[int]](list)
    for at, line in enumerate(lines):
        if ACCOUNT in line.texts and not line.is_total:
            of_thing[line.parent, line.table, line.code, line.name].append(at)
    found = list(lines)
    for places in of_thing.values():
        accounts = {at: lines[at].texts[ACCOUNT].strip() for at in places}
        is_summed = any(
            not accounts[at] and any(lines[at].texts.get(name, "").strip() for name in figures)
            for at in places
        )
        codes = [text.split()[0].rstrip(".") for text in accounts.values() if text]
        for at, text in accounts.items():
            whole = f"{text.split()[0].rstrip('.')}." if text else ""
            if text and (is_summed or any(code.startswith(whole) for code in codes)):
                found[at] = replace(lines[at], is_detail=True)
    return found


def _code_and_name(text: str) -> tuple[str, str]:
    """Return the code of a thing, empty for none, and its name."""
    return coded(text) or ("", unnumbered(text))


def _texts(columns: Sequence[str | None], row: Sequence[str]) -> Mapping[str, str]:
    texts: dict[str, str] = {}
    for name, text in zip(columns, row, strict=True):
        if name == ACCOUNT:  # its code and its name
            texts[name] = f"{texts.get(name, '')} {text}"
        elif name is not None:
            texts[name] = text
    return texts


def _unit(texts: Mapping[str, str]) -> str:
    return texts.get("unit", "")


def _is_open(line: Line) -> bool:
    return not (line.table or line.is_total or line.is_detail) and bool(line.name)


def _by_code(line: Line, tables: Sequence[str]) -> Line:
    """Say of a line what its code says."""
    table = nomenclature.table_of(line.code) if line.code and not line.table else None
    if table is None:
        return line
    return replace(line, table=table) if table in tables else replace(line, is_detail=True)


def _by_depth(lines: Sequence[Line], tables: Sequence[str]) -> list[Line]:
    """Take codes of an office's own, as 1, 1.1, 1.1.1, for levels where there are as many."""
    depths = sorted({line.code.count(".") for line in lines if line.code and _is_open(line)})
    if len(depths) != len(tables):
        return list(lines)
    at = dict(zip(depths, tables, strict=True))
    return [
        replace(line, table=at[line.code.count(".")]) if line.code and _is_open(line) else line
        for line in lines
    ]


def _without_signature(lines: Sequence[Line], filled: Sequence[bool]) -> list[Line]:
    """Take what stands behind the last sum for no thing: place and date, titles, names.

    It has no code, no figures, and nothing that says what it is.
    """
    last = max((at for at, line in enumerate(lines) if line.is_total), default=len(lines))
    behind = range(last + 1, len(lines))
    if any(
        filled[at] or lines[at].code or lines[at].table or _SHOUTED.match(lines[at].name)
        for at in behind
    ):
        return list(lines)
    return [*lines[: last + 1], *(replace(lines[at], is_detail=True) for at in behind)]


def _under_each_other(lines: Sequence[Line], tables: Sequence[str]) -> Sequence[Line]:
    """Put each thing under the line of the level above whose code begins its own, else the last."""
    last: dict[str, int] = {}
    codes: dict[str, int] = {}
    placed: list[Line] = []
    for at, line in enumerate(lines):
        parent = None
        if line.table:
            level = tables.index(line.table)
            above = nomenclature.above(line.code)
            by_code = [codes[code] for code in above if code in codes]
            fitting = [at for at in by_code if level and placed[at].table == tables[level - 1]]
            if level:
                parent = fitting[0] if fitting else last.get(tables[level - 1])
                if parent is not None and nomenclature.is_elsewhere(line.code, placed[parent].code):
                    parent = None
            last[line.table] = at
            for deeper in tables[level + 1 :]:
                last.pop(deeper, None)
            if line.code:
                codes[line.code] = at
        placed.append(replace(line, parent=parent))
    return placed
