"""The whole report of a year: its passages with every table, chart and figure in its place.

A table that no passage places stands at the end of the chapter that its number begins with, or
else in the appendix; a chart that none places, behind its table.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import accumulate, chain, groupby
from operator import itemgetter
from typing import Final

from lkjip_tui.core.errors import UsageError
from lkjip_tui.core.figures.figures import to_roman
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.query.queries import Kind, Query
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.transfer import charts, passages, printed
from lkjip_tui.transfer.passages import Item, Paragraph, Place, Run, Signature
from lkjip_tui.transfer.printed import PrintedTable
from lkjip_tui.transfer.report_blocks import Block, Heading, Report, Signed, Words
from lkjip_tui.transfer.report_names import Names

_CHART: Final = "chart"
_PREFACE: Final = "KATA PENGANTAR"
_APPENDIX: Final = "LAMPIRAN"
#: The chapters that the regulation on these reports names, and the most that there may be.
_CHAPTERS: Final = {
    "I": "PENDAHULUAN",
    "II": "PERENCANAAN KINERJA",
    "III": "AKUNTABILITAS KINERJA",
    "IV": "PENUTUP",
}
_DIGITS: Final = frozenset("123456789")
_ROMAN: Final = frozenset(map(to_roman, range(1, 11)))
_DEEPEST: Final = 4
#: How many digits of a NIP are printed together.
_NIP: Final = (8, 6, 1, 3)


def of_year(workspace: Workspace, year: int) -> Report:
    """Return the report of a year; raises QueryError when a view that it needs fails."""
    return _Reporter(workspace, year).report()


def grouped_nip(nip: str) -> str:
    """Return a civil servant's number as it is printed; what is none stays as it is."""
    digits = nip.replace(" ", "")
    if not digits.isdecimal() or len(digits) != sum(_NIP):
        return nip
    ends = list(accumulate(_NIP))
    return " ".join(digits[end - size : end] for end, size in zip(ends, _NIP, strict=True))


class _Reporter:
    """Puts a report together, and remembers what has its place and what has not."""

    def __init__(self, workspace: Workspace, year: int) -> None:
        self._workspace, self._year = workspace, year
        self._names = Names(workspace, year)
        self._tables: dict[str, Mapping[str, PrintedTable]] = {}
        self._placed: set[tuple[str, str]] = set()
        self._charted: set[str] = set()

    def report(self) -> Report:
        """Return the report."""
        written = self._names.rows(self._workspace.find(f"{Kind.SHEET}.sections"))
        self._charted = set(self._charts_named(written))
        chapters: dict[str, list[Block]] = {}
        for chapter, rows in groupby(written, key=_chapter_of):
            chapters[chapter] = list(self._chapter(chapter, list(rows)))
        self._add_unplaced(chapters)
        front: list[Block] = []
        body: list[Block] = []
        for chapter, blocks in chapters.items():
            # What has no number precedes chapter I, unless it is the appendix or no chapter at all.
            is_front = chapter and chapter not in _ROMAN and not chapter.startswith(_APPENDIX)
            (front if is_front else body).extend(blocks)
        return Report(self._title(), front, body, self._names.problems)

    def _title(self) -> Sequence[str]:
        names = self._workspace.names(self._year)
        office = [str(names[name]).upper() for name in ("office", "regency") if names.get(name)]
        return [
            "LAPORAN KINERJA INSTANSI PEMERINTAH (LKjIP)", " ".join(office), f"TAHUN {self._year}"
        ]  # fmt: skip

    # Passages

    def _chapter(self, chapter: str, rows: Sequence[ViewRow]) -> Iterator[Block]:
        """Yield what a chapter is made of.

        Its title is that of its first passage when this has neither number nor text.
        """
        numbered = chapter in _ROMAN
        if numbered and rows[0]["title"] and not (rows[0]["number"] or rows[0]["body"]):
            title, rows = str(rows[0]["title"]), rows[1:]
        else:
            title = _CHAPTERS.get(chapter, "") if numbered else chapter
        self._names.place = f"Bab {chapter}" if numbered else chapter
        if chapter:
            mark = f"BAB {chapter}" if numbered else ""
            yield Heading(1, mark, self._names.filled(title))
        is_signed = False
        for row in rows:
            for block in self._passage(row, chapter):
                is_signed = is_signed or isinstance(block, Signed)
                yield block
        if chapter == _PREFACE and not is_signed:
            yield self._signed(())

    def _passage(self, row: ViewRow, chapter: str) -> Iterator[Block]:
        number, title = str(row["number"] or "").strip(" .)"), str(row["title"] or "")
        told = (f"Bab {chapter}" if chapter in _ROMAN else chapter, number, title)
        self._names.place = " ".join(part for part in told if part)
        if title and _chapter_name(title) != chapter:
            level = min(number.count(".") + 2, _DEEPEST) if number else 3
            mark = f"{number.rpartition('.')[2]}." if number else ""
            yield Heading(level, mark, self._names.filled(title))
        for line in passages.lines(str(row["body"] or "")):
            match line:
                case Paragraph(text):
                    yield Words(self._names.filled(text))
                case Item(mark, depth, text):
                    yield Words(self._names.filled(text), mark, depth)
                case Signature(above):
                    yield self._signed(above)
                case Place(name):
                    yield from self._at_place(name)

    def _signed(self, above: Sequence[str]) -> Signed:
        title, name, rank, nip = (
            self._names.value(each) for each in ("head_title", "head_name", "head_rank", "head_nip")
        )
        head = [replace(title, text=title.text.upper()), name, rank]
        if not nip.broken:
            nip = Run(f"NIP. {grouped_nip(nip.text)}")
        lines = [*map(self._names.filled, above), *([run] for run in (*head, nip))]
        return Signed(lines, len(above) + head.index(name))

    # Tables and charts

    def _at_place(self, name: str) -> Sequence[Block]:
        """Return what a name on a line of its own stands for: a text unless it is a view's."""
        view, *rest = name.split(":")
        if len(rest) > 1 or self._names.is_caption_name(name):
            return [Words([self._names.value(name)])]
        try:
            if view == _CHART and rest:
                query = self._names.find(rest[0])
                if chart := charts.of_query(self._workspace, query, self._year):
                    return [chart]
                reason = _("{view} has nothing to draw.").format(view=query.full_name)
                return [Words([self._names.broken(name, reason)])]
            query = self._names.find(view)
        except UsageError as error:
            return [Words([self._names.broken(name, error.message)])]
        parts = self._parts(query)
        chosen = rest or list(parts)
        if chosen[0] not in parts:
            reason = _("{view} has no part {part}.").format(view=query.full_name, part=chosen[0])
            return [Words([self._names.broken(name, reason)])]
        return [*chain.from_iterable(self._table(query, part) for part in chosen)]

    def _add_unplaced(self, chapters: dict[str, list[Block]]) -> None:
        """Put the tables that have no place behind the passages of their chapters."""
        appendix = next((name for name in chapters if name.startswith(_APPENDIX)), _APPENDIX)
        for query in self._workspace.registry.of_kind(Kind.TABLE):
            number = (query.header.number or "").partition(".")[0]
            home = to_roman(int(number)) if number in _DIGITS else appendix
            home = home if home in chapters else appendix
            for part in self._parts(query):
                if (query.full_name, part) not in self._placed:
                    blocks = chapters.setdefault(home, [Heading(1, "", [Run(_APPENDIX)])])
                    blocks += self._table(query, part)

    def _table(self, query: Query, part: str) -> Iterator[Block]:
        """Yield a part of a view's tables, and behind the last one a chart that has no place."""
        parts = self._parts(query)
        self._placed.add((query.full_name, part))
        yield parts[part]
        if part == list(parts)[-1] and query.full_name not in self._charted:
            self._charted.add(query.full_name)
            if chart := charts.of_query(self._workspace, query, self._year):
                yield chart

    def _charts_named(self, written: Iterable[ViewRow]) -> Iterator[str]:
        """Yield the views whose charts have a place in a passage."""
        for row in written:
            for line in passages.lines(str(row["body"] or "")):
                if isinstance(line, Place) and line.name.startswith(f"{_CHART}:"):
                    with suppress(UsageError):
                        yield self._names.find(line.name.partition(":")[2]).full_name

    def _parts(self, query: Query) -> Mapping[str, PrintedTable]:
        """Return the printed tables of a view by the value of its `parts` column."""
        if query.full_name not in self._tables:
            cells, names = self._workspace.cells(query), self._workspace.names(self._year)
            rows, parts = self._names.rows(query), query.header.parts
            groups = groupby(rows, key=itemgetter(parts)) if parts and rows else [("", rows)]
            self._tables[query.full_name] = {
                str(value): replace(table, rows=list(table.rows))
                for value, group in groups
                for table in printed.of_rows(cells, cells.shown, list(group), names)
            }
        return self._tables[query.full_name]


def _chapter_of(row: ViewRow) -> str:
    return _chapter_name(str(row["chapter"] or ""))


def _chapter_name(text: str) -> str:
    return text.strip().upper()
