"""Codes in a list of things of one table, as Programs: before names, or of another level.

A whole realization may be taken into such a list; its kegiatan and sub kegiatan are none of it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from lkjip_tui.core.changes.numbering import coded
from lkjip_tui.core.imports.nomenclature import TABLES, Coded, own_codes, table_of
from lkjip_tui.core.imports.outline import Line
from lkjip_tui.core.imports.recognition import BlockMapping, with_keys
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import CODE, ROW_KEY
from lkjip_tui.language import plural

_NAMED: Final = 3

_Rows: TypeAlias = Sequence[tuple[str, ...]]


def codes_apart(rows: _Rows, mapping: BlockMapping, cells: Cells) -> tuple[_Rows, BlockMapping]:
    """Return rows with the codes that stand before names in a column of their own, the last.

    What bears keys stands as it was exported.
    """
    columns, own = mapping.columns, cells.shown[cells.trunk].name
    is_coded = not {ROW_KEY, CODE} & {*columns} and CODE in cells.query.header.edits
    if not is_coded or own not in columns:
        return rows, mapping
    place = columns.index(own)
    found = [coded(row[place]) for row in rows]
    if not any(found):
        return rows, mapping
    apart = [
        (*row[:place], parts[1], *row[place + 1 :], parts[0]) if parts else (*row, "")
        for row, parts in zip(rows, found, strict=True)
    ]
    return apart, with_keys(replace(mapping, columns=(*columns, CODE)), cells)


def of_other_levels(rows: Sequence[Mapping[str, str]], cells: Cells) -> Collection[str]:
    """Return the codes of a list's lines that things of other tables have, as kegiatan."""
    tables = {rule.parts[0].table for rule in cells.query.header.rows}
    if len(tables) != 1 or TABLES.isdisjoint(tables):
        return ()
    own = cells.shown[cells.trunk].name
    things = [Coded(code, row.get(own, ""), "") for row in rows if (code := code_of(row))]
    others = {each.code for each in things} - {*own_codes(things, [*tables])}
    return {code for code in others if table_of(code) not in {None, *tables}}


def code_of(texts: Mapping[str, str]) -> str:
    """Return the code of a list's line, empty for none."""
    return texts.get(CODE, "").strip().rstrip(".")


def told(lines: Sequence[Line]) -> Iterator[str]:
    """Yield what to know of lines that are left out for their codes."""
    if lines:
        named = ", ".join(line.code for line in lines[:_NAMED])
        if len(lines) > _NAMED:
            named += " …"
        yield plural(
            "{count} line left out: its code is of another level: {codes}",
            "{count} lines left out: their codes are of other levels: {codes}",
            len(lines),
        ).format(count=len(lines), codes=named)
