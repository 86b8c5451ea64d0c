"""What a passage of the report says, line by line: paragraphs, items of lists, places, names.

Every line that is not empty is a paragraph; one that begins with a mark as `1.`, `a)` or `-` is
an item, deeper when its sort of mark is new since the last paragraph. A line that is one name
alone may be the place of a table or a chart; `{signature}` is that of the signature, with the lines
right above it, as place and date.

A name stands in braces: `{office}`, `{fiscal_year-1}`, `{budget_summary}`,
`{performance_agreement:revised}`, `{budget_summary:total:budget}`. Within one between colons may
stand a name of captions, as in `{population:population/{fiscal_year}:total}`. What looks different
stays as it is written, braces and all; doubled braces around a name let it stay, too.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, takewhile
from operator import ne
from typing import Final, TypeAlias

from lkjip_tui.core.query.grammar import NAME

_CAPTION_NAME: Final = rf"{NAME}(?:[+-][0-9]{{1,4}})?"
_CELL_PART: Final = rf"(?:[^{{}}:\n]|\{{{_CAPTION_NAME}\}})+"
_BRACED: Final = re.compile(
    rf"\{{(?P<kept>\{{[^{{}}\n]*\}})\}}"
    rf"|\{{(?P<name>{_CAPTION_NAME}|{NAME}(?:\.{NAME})?(?::{_CELL_PART}){{0,2}})\}}"
)
_SIGNATURE: Final = "{signature}"
_ITEM: Final = re.compile(r"(?P<mark>\(?(?:[0-9]{1,3}|[a-z])[.)]|[-–•])\s+(?P<text>\S.*)")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; a broken one stands where a name has nothing to say."""

    text: str
    broken: bool = False


Text: TypeAlias = Sequence[Run]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its mark as written, and how deep it stands, from 0 on."""

    mark: str
    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A line that is one name alone."""

    name: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Where the head of the office signs, beneath what stands right above it."""

    above: Sequence[str]


Line: TypeAlias = Paragraph | Item | Place | Signature


def lines(body: str) -> Iterator[Line]:
    """Yield what the lines of a passage are."""
    sorts: Sequence[str] = ()
    for is_empty, group in groupby(map(str.strip, body.splitlines()), key=lambda line: not line):
        together = [] if is_empty else list(group)
        if together[-1:] == [_SIGNATURE]:
            yield Signature(together[:-1])
            continue
        for line in together:
            if item := _ITEM.fullmatch(line):
                sort = re.sub("[0-9]+", "1", re.sub("[a-z]", "a", item["mark"]))
                sorts = [*takewhile(partial(ne, sort), sorts), sort]
                yield Item(item["mark"], len(sorts) - 1, item["text"])
            else:
                alone = _BRACED.fullmatch(line)
                name = alone["name"] if alone else None
                yield Place(name) if name else Paragraph(line)
                sorts = ()


def filled(text: str, value: Callable[[str], Run]) -> Text:
    """Return a text with each of its names replaced by what `value` has for it."""
    runs: list[Run] = []
    end = 0
    for match in _BRACED.finditer(text):
        runs.append(Run(text[end : match.start()]))
        runs.append(Run(match["kept"]) if match["kept"] else value(match["name"]))
        end = match.end()
    runs.append(Run(text[end:]))
    return [run for run in runs if run.text]


def plain(text: Text) -> str:
    """Return a filled text without its marks."""
    return "".join(run.text for run in text)
