"""Codes that a spreadsheet holds as numbers: 7,01 was 7.01, and 7,1 was 7.1 or 7.10.

They are read as codes. What a lost zero leaves open is told by the codes around it or those that
the file has, or else not at all: then the line has no code, and its name tells what it means.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Final, TypeAlias

from lkjip_tui.core.imports.outline import Line
from lkjip_tui.core.imports.recognition import name_key
from lkjip_tui.core.query.header import CODE, ROW_KEY
from lkjip_tui.core.query.headings import ACCOUNT, Level
from lkjip_tui.language import plural

_NUMBER: Final = re.compile(r"\s*(\d+),(\d+)\s*")
#: Numbers of three decimals come with a nought behind them (`transfer.source`).
_LENGTHENED: Final = 4
_NAMED: Final = 3

_Rows: TypeAlias = Sequence[tuple[str, ...]]


def read_codes(rows: _Rows, columns: Sequence[str | None]) -> tuple[_Rows, Collection[str]]:
    """Return rows with the numbers in columns of codes as codes, and those that may be things'."""
    found: set[str] = set()
    for place, name in enumerate(columns):
        level = Level.named(name or "")
        is_code = name == CODE or (level is not None and level.part == "code")
        if not (is_code or name == ACCOUNT):
            continue
        if not any("," in text for text in map(itemgetter(place), rows)):
            continue
        codes = _codes([row[place] for row in rows])
        rows = [
            row if code is None else (*row[:place], code, *row[place + 1 :])
            for row, code in zip(rows, codes, strict=True)
        ]
        if is_code:
            found.update(filter(None, codes))
    return rows, found


def settled(
    lines: Sequence[Line],
    numbers: Collection[str],
    known: Mapping[str, Collection[str]],
    by_key: Mapping[str, str],
) -> tuple[Sequence[Line], Sequence[str]]:
    """Return lines whose codes were numbers with those that are meant, and what to know of it.

    `known` are the codes that the file has, by the lines' tables; `by_key` those of its rows.
    """
    names = defaultdict[object, set[str]](set)
    for line in lines:
        if key := name_key(line.name):
            names[line.table, line.parent, line.code].add(key)
    written = {line.code for line in lines} - {*numbers}
    alike = {table: _by_zeros({*codes} - written) for table, codes in known.items()}
    found = list(lines)
    read: dict[str, None] = {}
    doubtful: dict[str, None] = {}
    for at, line in enumerate(lines):
        if line.code not in numbers or line.is_total or line.is_detail:
            continue
        own = by_key.get(line.texts.get(ROW_KEY, "").strip())
        fitting = alike.get(line.table, {}).get(_without_zeros(line.code), [])
        is_doubtful = len(fitting) > 1 or len(names[line.table, line.parent, line.code]) > 1
        if own is not None:
            code = own if _without_zeros(own) == _without_zeros(line.code) else line.code
        elif is_doubtful:
            code = ""
            doubtful[line.code] = None
        else:
            code = next(iter(fitting), line.code)
        if "," not in code:  # else it was none: the file's code is written so
            read[line.code] = None
        texts = {**line.texts, CODE: code} if CODE in line.texts else line.texts
        found[at] = replace(line, code=code, texts=texts)
    return found, _notes([*read], [*doubtful])


def _codes(texts: Sequence[str]) -> Sequence[str | None]:
    """Return the codes that numbers were made of, None for what is no number.

    Where 7.01 stands beside 7.1, this is 7.10: such codes have their digits all.
    """
    found = [_parts(text) for text in texts]
    padded: dict[str, int] = {}
    for whole, part in filter(None, found):
        if part.startswith("0"):
            padded[whole] = max(padded.get(whole, 0), len(part))
    return [
        f"{parts[0]}.{parts[1].ljust(padded.get(parts[0], 0), '0')}" if parts else None
        for parts in found
    ]


def _parts(text: str) -> tuple[str, str] | None:
    """Return a number's digits before and behind its comma."""
    match = _NUMBER.fullmatch(text) if "," in text else None
    if match is None:
        return None
    whole, part = match.groups()
    is_lengthened = len(part) == _LENGTHENED and part.endswith("0")
    return whole, part[:-1] if is_lengthened else part


def _without_zeros(code: str) -> str:
    code = code.replace(",", ".")  # so that a code with a comma is found, too
    return code.rstrip("0") if "." in code else code


def _by_zeros(codes: Collection[str]) -> Mapping[str, Sequence[str]]:
    found = defaultdict[str, list[str]](list)
    for code in codes:
        found[_without_zeros(code)].append(code)
    return found


def _notes(read: Sequence[str], doubtful: Sequence[str]) -> Sequence[str]:
    notes = []
    if read:
        told = plural(
            "{count} code is a number in the source, where 7.10 and 7.1 are the same: {codes}",
            "{count} codes are numbers in the source, where 7.10 and 7.1 are the same: {codes}",
            len(read),
        )
        notes.append(told.format(count=len(read), codes=_listed(read)))
    if doubtful:
        told = plural(
            "{count} of them may be two codes: it is left out, and the name tells the row: {codes}",
            "{count} of them may be two codes each: they are left out, and names tell the rows:"
            " {codes}",
            len(doubtful),
        )
        notes.append(told.format(count=len(doubtful), codes=_listed(doubtful)))
    return notes


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(codes[:_NAMED]) + (" …" if len(codes) > _NAMED else "")
