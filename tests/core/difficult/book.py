"""Books that are hard to count: typed through the sheets, then read view by view."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from lkjip_tui.core.checks.findings import Finding
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.workspace import Workspace
from tests.core.support import open_new_office, rows_of

#: The year that most books report, and the strategic plan around it.
YEAR: Final = 2023
PLAN: Final = (2022, 2026)

Row = Mapping[str, Any]


def exact(text: str | None) -> Decimal | None:
    """Return a figure as a hand writes it."""
    return None if text is None else Decimal(text)


@dataclass(frozen=True, slots=True)
class Book:
    """An open book whose views are read once each, and the ids of what is in it."""

    workspace: Workspace
    ids: Mapping[str, int] = field(default_factory=dict)
    _read: dict[tuple[str, int], dict[str, Row]] = field(default_factory=dict)
    _found: dict[int, list[Finding]] = field(default_factory=dict)

    def key(self, thing: str) -> str:
        """Return the row key of a thing of some kind that has a name here: `program/mixed`."""
        kind, slash, name = thing.partition("/")
        return f"{kind}/{self.ids[name]}" if slash else kind

    def rows(self, name: str, year: int = YEAR) -> Mapping[str, Row]:
        """Return the rows of a view in order, by their key."""
        if (name, year) not in self._read:
            found = rows_of(self.workspace, name, year)
            self._read[name, year] = {row["row_key"]: row for row in found}
            assert len(self._read[name, year]) == len(found)
        return self._read[name, year]

    def row(self, name: str, row_key: str, year: int = YEAR) -> Row:
        """Return one row of a view."""
        return self.rows(name, year)[row_key]

    def findings(self, year: int = YEAR) -> Sequence[Finding]:
        """Return what the checks find; none of them may fail."""
        if year not in self._found:
            self._found[year], faults = self.workspace.findings(year)
            assert faults == []
        return self._found[year]


class Desk:
    """Types into the sheets of one year."""

    def __init__(self, workspace: Workspace, year: int = YEAR) -> None:
        self.workspace = workspace
        self.year = year

    def insert(self, sheet: str, **at: int) -> int:
        """Make a row of a year in its first stage; return the id of the thing it is about."""
        place: ViewRow = {"fiscal_year": self.year, "stage": "initial", **at}
        row_key = self.workspace.insert(self.workspace.find(sheet), place).row_key
        assert row_key
        return int(row_key.rpartition("/")[2])

    def fill(self, sheet: str, texts: Mapping[str, Mapping[str, str]]) -> None:
        """Type texts into cells, by row and column, as the sheet showed them before."""
        query = self.workspace.find(sheet)
        rows = {row["row_key"]: row for row in rows_of(self.workspace, sheet, self.year)}
        for row_key, cells in texts.items():
            for column, text in cells.items():
                self.workspace.edit(query, query.header.columns[column], rows[row_key], text)

    def fill_year(self, **cells: str) -> None:
        """Type into the report year."""
        self.fill("report_years", {f"report_year/{self.year}": cells})

    def plan(self, start: int, end: int) -> None:
        """Type the first and the last year of the strategic plan."""
        self.fill_year(strategic_start_year=str(start), strategic_end_year=str(end))

    def indicators(self, *names: str) -> dict[str, int]:
        """Make an objective with indicators that lack even their names; return all their ids."""
        objective = self.insert("indicators")
        made = {name: self.insert("indicators", objective_id=objective) for name in names}
        return {"objective": objective, **made}

    def program(self, **cells: str) -> int:
        """Make a program of the agreement and return its id."""
        program = self.insert("programs")
        self.fill("programs", {f"program/{program}": cells})
        return program

    def sub_activities(self, program: int, *cells: Mapping[str, str]) -> list[int]:
        """Make sub kegiatan beneath a program's new kegiatan and return their ids."""
        activity = self.insert("activities", program_id=program)
        ids = [self.insert("activities", activity_id=activity) for _cells in cells]
        made = zip(ids, cells, strict=True)
        self.fill("activities", {f"sub_activity/{one}": texts for one, texts in made})
        return ids


@contextmanager
def written(
    folder: Path, write: Callable[[Desk], Mapping[str, int]], year: int = YEAR
) -> Iterator[Book]:
    """Have a new book written, which returns its ids, and open it again to be read."""
    path = folder / "book.duckdb"
    with open_new_office(path, "Kecamatan Puri", year) as workspace:
        ids = write(Desk(workspace, year))
    with Workspace.open(path) as workspace:
        yield Book(workspace, ids)


@contextmanager
def copied(book: Book, path: Path) -> Iterator[Book]:
    """Open a copy of a book, to write on."""
    book.workspace.back_up(path)
    with Workspace.open(path) as workspace:
        yield Book(workspace, book.ids)
