"""What a new office may begin with: the names that offices of its kind share, and no figure.

A template is a folder of CSV files like the example's, but what belongs to a year lacks the
`fiscal_year`: it is the one that the office begins with. As everywhere a row with a null figure
puts a thing into the year.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from lkjip_tui.core.errors import UsageError
from lkjip_tui.core.storage.seed import Seed
from lkjip_tui.language import _, mark

#: The part that fits every office.
PASSAGES: Final = "section"
#: What is picked, in groups, and what is picked one by one, by what it stands beneath.
_GROUPS: Final = {
    PASSAGES: mark("The report's chapters, as headings without text"),
    "program": mark("Programs with their kegiatan and sub kegiatan"),
    "objective": mark("Objectives and indicators with unit and formula"),
}
_BENEATH: Final = {"program": "", "objective": "", "indicator": "objective"}
#: Every table behind those that its rows name by an id.
_IN_ORDER: Final = (
    *_BENEATH, "activity", "sub_activity", "program_budget", "sub_activity_budget",
    "indicator_target", PASSAGES,
)  # fmt: skip
_OF_A_YEAR: Final = ("program_budget", "sub_activity_budget", "indicator_target", PASSAGES)

_Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Part:
    """Something to pick; what stands beneath it follows with a higher `level` than its own."""

    key: str
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of office: the rows that one may begin with, by table."""

    tables: Mapping[str, Seed]

    @classmethod
    def read(cls, folder: Path, name: str) -> Self:
        """Read the template of this name in a folder of them; raises UsageError without one."""
        known = sorted(each.name for each in folder.iterdir() if each.is_dir())
        if name not in known:
            raise UsageError(
                _("There is no template “{name}”.").format(name=name),
                _("Those that there are: {names}").format(names=", ".join(known)),
            )
        files = sorted((folder / name).glob("*.csv"))
        return cls({file.stem: Seed.from_csv(file) for file in files})

    @property
    def parts(self) -> Sequence[Part]:
        """Everything that can be picked, each before what stands beneath it."""
        return list(self._parts())

    def _parts(self) -> Iterator[Part]:
        for table, name in _GROUPS.items():
            yield Part(table, _(name), 1)
            if table in _BENEATH:
                yield from self._things(table, None, 2)

    def _things(self, table: str, parent: str | None, level: int) -> Iterator[Part]:
        for row in self._rows(table):
            key = row[f"{table}_id"]
            if parent is None or row[f"{_BENEATH[table]}_id"] == parent:
                yield Part(f"{table}/{key}", row["name"] or "", level)
                for lower in (each for each, above in _BENEATH.items() if above == table):
                    yield from self._things(lower, key, level + 1)

    def seeds(self, year: int, picked: Collection[str] | None = None) -> Sequence[Seed]:
        """Return the rows that `year` begins with: of the parts picked, by key, or of all.

        What hangs on a part goes with it; an indicator goes where its objective does.
        """
        ids: dict[str, set[str | None]] = {}

        def is_in(table: str, row: _Row) -> bool:
            part = f"{table}/{row[f'{table}_id']}" if table in _BENEATH else table
            is_chosen = picked is None or part in picked
            return (is_chosen or table not in (*_BENEATH, PASSAGES)) and all(
                row[f"{other}_id"] in there for other, there in ids.items() if f"{other}_id" in row
            )

        found = []
        for table in _IN_ORDER:
            rows = [row for row in self._rows(table) if is_in(table, row)]
            ids[table] = {row.get(f"{table}_id") for row in rows}
            of_year = {"fiscal_year": str(year)} if table in _OF_A_YEAR else {}
            columns = (*self.tables[table].columns, *of_year)
            found.append(Seed(table, columns, [[*row.values(), *of_year.values()] for row in rows]))
        return found

    def _rows(self, table: str) -> Iterator[_Row]:
        seed = self.tables[table]
        return (dict(zip(seed.columns, row, strict=True)) for row in seed.rows)
