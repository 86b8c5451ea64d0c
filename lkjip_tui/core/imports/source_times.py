"""Of which year and stage a source is, where that is not what it is taken into.

Titles, headings and a sheet's name say years; a figure of the revision says its stage. Neither is
refused: who imports is told.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lkjip_tui.core.figures.block import Block
from lkjip_tui.core.imports.recognition import BlockMapping
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import FISCAL_YEAR, Column, Target, ViewRow, fill_names
from lkjip_tui.core.query.headings import merged
from lkjip_tui.language import _

_STAGES: Final = ("initial", "revised")
#: Rules and letters have years of their own.
_RULE: Final = re.compile(
    r"(?:nomor|no\.?)\s*\S+\s+tahun\s+\d{4}|\S*/\d{4}\b", re.IGNORECASE
)  # fmt: skip
_SPAN: Final = re.compile(
    r"\b(20\d\d)\s*(?:[-–—/]|s\.?\s?/?d\.?|sampai)\s*(20\d\d)\b", re.IGNORECASE
)
_SAID: Final = re.compile(
    r"\b(?:tahun(?:\s+anggaran)?|t\.?\s?a\.?|anggaran|realisasi|target|iku)\s*:?\s*(20\d\d)\b",
    re.IGNORECASE,
)
_ANY: Final = re.compile(r"(?<![\d.,])(20\d\d)(?![\d.,]\d)")


def of_other_years(
    block: Block, mapping: BlockMapping, columns: Mapping[str, Column], names: ViewRow
) -> Sequence[int]:
    """Return the years that a source says it is of, none where the imported one is among them.

    Lines that bear their year say it themselves; a heading may be of a year before, as its column.
    """
    if FISCAL_YEAR in mapping.columns:
        return []
    titles = [block.title, *(text for row in block.rows[: mapping.head] for text in row)]
    headings = merged(block.rows[mapping.head : mapping.body][:2]) if mapping.body else ()
    for name, heading in zip(mapping.columns, headings, strict=False):
        text = heading
        for own in _years_of_column(columns.get(name or ""), names):
            text = text.replace(own, "")
        titles.append(text)
    said = [_RULE.sub(" ", text) for text in titles if "20" in text]
    year = int(str(names[FISCAL_YEAR]))
    spans = [(int(first), int(last)) for text in said for first, last in _SPAN.findall(text)]
    plain = [_SPAN.sub(" ", text) for text in said]
    sure = {int(found) for text in plain for found in _SAID.findall(text)}
    years = sure or {int(found) for text in plain for found in _ANY.findall(text)}
    if year in years or (not years and any(first <= year <= last for first, last in spans)):
        return []
    return sorted(years or {each for span in spans for each in span})


def not_in_force(mapping: BlockMapping, cells: Cells, names: ViewRow) -> Iterator[tuple[str, str]]:
    """Yield the columns of a source that are of another stage than the year's, and what to know.

    Budgets of both stages come in one file once there is a revision: only its own figures say
    something then.
    """
    stage = str(names.get("stage"))
    edits = cells.query.header.edits
    of_stage = {
        name: _stage(edits[name]) for name in mapping.columns if name is not None and name in edits
    }
    for name, own in of_stage.items():
        heading = cells.whole_heading(cells.columns[name], names)
        if own == "revised" and stage == "initial":
            told = _("{column}: figures of the revision, which no table of the report reads before"
                     " “{command}”")  # fmt: skip
        elif own == "initial" and stage == "revised" and "revised" not in of_stage.values():
            told = _("{column}: figures before the revision, but the revision is in force: tables"
                     " read its figures")  # fmt: skip
        else:
            continue
        command = _("Put the revision in force")
        yield name, told.format(column=heading, command=command)


def _stage(targets: Sequence[Target]) -> str | None:
    found = {
        next((str(p.literal) for p in target.key if p.literal in _STAGES), None)
        for target in targets
    }
    return found.pop() if len(found) == 1 else None


def _years_of_column(column: Column | None, names: ViewRow) -> set[str]:
    """Return the years that a column's own heading names."""
    if column is None:
        return set()
    words = (column.heading.in_language(language) for language in ("id", "en"))
    return {year for text in words for year in _ANY.findall(fill_names(text, names))}
