"""Which column of a view a heading means, as offices write headings.

Both languages, identifiers, shortened words, units and marks of notes are seen through; a heading
that may mean two columns means none.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal, Self

from lkjip_tui.core.figures.values import Kind
from lkjip_tui.core.query.cells import Cells
from lkjip_tui.core.query.header import ROW_KEY, Column, ViewRow, fill_names


@dataclass(frozen=True, slots=True)
class Level:
    """What a column of an office's file holds of one level of a tree: names or codes."""

    table: str
    part: Literal["name", "code"]

    def __str__(self) -> str:
        """Return it as a mapping names it."""
        return f"{self.table}.{self.part}"

    @classmethod
    def named(cls, name: str) -> Self | None:
        """Return the level that a mapping names; None for a view's column."""
        table, _dot, part = name.partition(".")
        return cls(table, "code" if part == "code" else "name") if part else None


#: What a mapping calls columns of accounts, which say what a thing's money was for.
ACCOUNT: Final = "account"
#: No heading is longer; what is can only be a cell.
_LONGEST: Final = 200
_NOTE_SIGN: Final = re.compile("[¹²³⁰⁴-⁹*†]+")
#: A number whose bracket was never opened.
_NOTE_NUMBER: Final = re.compile(r"([^()]*(?:\([^()]*\)[^()]*)*)(?<!\d)\d{1,2}\)\s*")
_BROKEN_WORD: Final = re.compile(r"(?<=\w)-\s+(?=\w)")
_BEFORE_REVISION: Final = re.compile(r"sebelum\s+perubahan")
_ASIDE: Final = re.compile(r"\([^()]*\)")
_WORD: Final = re.compile(r"%|[^\W_]+")
_SAME_WORD: Final = {
    word: meant
    for meant, words in {
        "anggaran": "ang angg pagu keuangan",
        "realisasi": "real realis",
        "selisih": "sel sisa",
        "capaian": "cap pencapaian",
        "persen": "% pct persentase prosentase percent",
        "no": "nomor nomer nmr",
        "tahun": "th thn",
        "tw": "triwulan triw",
        "keterangan": "ket",
        "satuan": "sat",
        "jumlah": "jml jlh",
        "indikator": "ind indik",
        "kegiatan": "keg",
        "program": "prog",
        "murni": "apbd induk",
        "perubahan": "papbd pak perub",
        "kode": "kd",
        **dict(zip("1234", ("i", "ii", "iii", "iv"), strict=True)),
    }.items()
    for word in words.split()
}
_PERCENT: Final = "persen"
_UNITS: Final = frozenset({"rp", "rupiah"})
_SPARED: Final = frozenset({"persen", "tahun", "setelah", "jumlah", "besar", "rek", "rekening"})
_NAMES: Final = frozenset({
    "uraian", "nama", "program", "kegiatan", "sub", "subkegiatan", "indikator", "kinerja",
    "sasaran", "layanan", "dan", "name", "description",
})  # fmt: skip
#: What a heading of codes and names in one cell has beside `kode`.
_CODE_WORDS: Final = frozenset({"kode", "rekening", "program", "code"})
_WHOLE_NAMES: Final = frozenset({"uraian", "nama", "nomenklatur", "name", "description"})
#: Figures that stand there once a stage, by headings that name none.
_FIGURES: Final = {
    "target": "target",
    "targetkinerja": "target",
    **dict.fromkeys(("jumlah", "nilai", "alokasi", "total", "jumlahanggaran", "dpa"), "budget"),
}
#: Levels of trees, by the words of their headings.
_LEVELS: Final = {
    "program": "program",
    "kegiatan": "activity",
    "subkegiatan": "sub_activity",
    **dict.fromkeys(("sasaran", "sasaranstrategis", "objective"), "objective"),
    **dict.fromkeys(
        ("indikator", "indikatorkinerja", "indikatorkinerjautama", "indikatorsasaran", "iku",
         "indicator"),
        "indicator",
    ),
    "activity": "activity",
    "subactivity": "sub_activity",
}  # fmt: skip
_LEVEL_NAMES: Final = frozenset(
    str(Level(table, part)) for table in _LEVELS.values() for part in ("name", "code")
)
_LEVEL_ASIDES: Final = frozenset({"kode", "nama", "uraian", "nomenklatur", "code", "name"})
_ACCOUNTS: Final = frozenset({"rekening", "akun", "belanja", "rek"})
#: Columns that a table for machines has though no header declares them.
_UNDECLARED: Final = ("fiscal_year", ROW_KEY)


class Headings:
    """What the columns of a view may be called, the surest names first.

    With two and more `tables` of a tree a column may as well be a level's.
    """

    def __init__(self, cells: Cells, names: ViewRow, tables: Sequence[str] = ()) -> None:
        self._cells = cells
        self._names = names
        self._tables = tables if len(tables) > 1 else ()
        self._spared = _SPARED | {str(names.get("fiscal_year"))}
        whole, own, spare = (defaultdict[str, list[str]](list) for _level in range(3))
        for column in cells.columns.values():
            bare, grouped = self._texts(column)
            for level, keys in (
                (whole, map(_joined, grouped)),
                (own, map(_joined, bare)),
                (spare, map(self._spare, _ways(column, (*bare, *grouped)))),
            ):
                for key in set(keys):
                    level[key].append(column.name)
        identifiers = {name: [name] for name in (*_UNDECLARED, *cells.columns)}
        self._levels: Sequence[tuple[Callable[[str], str], Mapping[str, list[str]]]] = (
            (str.strip, identifiers),
            (_joined, whole),
            (_joined, own),
            (self._spare, spare),
        )

    def assign(self, texts: Sequence[str]) -> tuple[str | None, ...]:
        """Return the column that each heading means, None for one that means none for sure."""
        found = self._assign_levels(texts)
        for normal, known in self._levels:
            alike = defaultdict[tuple[str, bool], list[int]](list)
            for number, text in enumerate(texts):
                if found[number] is None and (key := normal(text)):
                    alike[key, _PERCENT in _words(text)].append(number)
            for (key, is_percent), numbers in alike.items():
                free = [
                    name for name in known.get(key, ())
                    if name not in found and not (is_percent and self._is_amount(name))
                ]  # fmt: skip
                for number, name in zip(numbers, self._chosen(free, len(numbers)), strict=False):
                    found[number] = name
        self._assign_of_stage(texts, found)
        self._assign_name(texts, found)
        return tuple(found)

    def _is_amount(self, name: str) -> bool:
        """Whether a column holds figures that no percent can stand for."""
        column = self._cells.columns.get(name)
        return column is not None and column.kind in {Kind.RUPIAH, Kind.COUNT}

    def _assign_of_stage(self, texts: Sequence[str], found: list[str | None]) -> None:
        """Take “Target” and “Jumlah” for the year's figure of the stage in force."""
        for number, text in enumerate(texts):
            name = f"{_FIGURES.get(_joined(text))}_{self._names.get('stage')}"
            if found[number] is None and name in self._cells.columns and name not in found:
                found[number] = name

    def _assign_levels(self, texts: Sequence[str]) -> list[str | None]:
        """Return the level that each heading speaks of; rows of our own files say theirs."""
        found: list[str | None] = [None] * len(texts)
        if not self._tables or ROW_KEY in map(str.strip, texts):
            return found
        for number, words in enumerate([*_words(text)] for text in texts):
            table = _LEVELS.get("".join(word for word in words if word not in _LEVEL_ASIDES))
            if table is not None and table in self._tables:
                name = str(Level(table, "code" if "kode" in words else "name"))
                found[number] = None if name in found else name
        if any(found):  # else the code of an account is that of whatever the row is
            for number, text in enumerate(texts):
                if found[number] is None and _ACCOUNTS.intersection(_words(text)):
                    found[number] = ACCOUNT
        return found

    def _chosen(self, free: Sequence[str], wanted: int) -> Sequence[str]:
        """Return the columns that headings of one wording mean, in their order."""
        columns = self._cells.columns
        shown = [name for name in free if name in columns and not columns[name].hidden] or free
        if len(shown) > wanted:
            # Of what stands there once a stage, that of the stage in force.
            shown = [name for name in shown if name.endswith(f"_{self._names.get('stage')}")]
        return shown if len(shown) in {1, wanted} else ()

    def _assign_name(self, texts: Sequence[str], found: list[str | None]) -> None:
        """Take “Nama” or “Program / Kegiatan” for what the rows are called by."""
        if not self._cells.shown or (own := self._cells.shown[self._cells.trunk].name) in found:
            return
        if any(name in _LEVEL_NAMES for name in found):
            return
        for number, text in enumerate(texts):
            words = [*_words(text)] if found[number] is None else []
            if "kode" in words and _WHOLE_NAMES.isdisjoint(words):
                continue
            if words and (_NAMES | _CODE_WORDS).issuperset(words):
                found[number] = own
                return

    def _texts(self, column: Column) -> tuple[Sequence[str], Sequence[str]]:
        """Return a column's heading in each language: alone, and behind that of its group."""
        bare, grouped = [], []
        for language in ("id", "en"):
            own = fill_names(column.heading.in_language(language), self._names)
            group = column.group.in_language(language) if column.group else ""
            bare.append(own)
            grouped.append(f"{group} {own}")
        return bare, grouped

    def _spare(self, text: str) -> str:
        """Return a heading without the words that say little, and the report's own year."""
        return "".join(word for word in _words(text) if word not in self._spared)


def merged(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    """Return the heading of each column; a group's stands over the first of its columns alone."""
    if len(rows) == 1:
        return rows[0]
    texts, group = [], ""
    for above, own in zip(*rows, strict=True):
        group = above if above.strip() else group if own.strip() else ""
        texts.append(f"{group} {own}".strip())
    return texts


def _ways(column: Column, texts: Iterable[str]) -> Iterator[str]:
    """Yield headings with and without asides; money may say that it is some."""
    for text in texts:
        for way in (text, _ASIDE.sub(" ", text)):
            yield way
            if column.kind is Kind.RUPIAH:
                yield f"{way} anggaran"


def _joined(text: str) -> str:
    return "".join(_words(text))


def _words(text: str) -> Iterator[str]:
    """Yield a heading's words as they are meant, without units and marks of notes.

    What says one thing twice, as “Pagu Anggaran”, says it once.
    """
    plain = _NOTE_SIGN.sub("", text[:_LONGEST])
    if noted := _NOTE_NUMBER.fullmatch(plain):
        plain = noted[1]
    folded = unicodedata.normalize("NFKC", _BROKEN_WORD.sub("", plain)).casefold()
    found = _WORD.findall(_BEFORE_REVISION.sub("murni", folded))
    meant = (_SAME_WORD.get(word, word) for word in found if word not in _UNITS)
    for word, _again in groupby(meant):
        yield word
