"""What a new file starts with: an office that is known by little, or the example's facts.

Facts come from CSV files named as their tables, with the columns' names in the first line; an
empty field is null. They precede the journal: nothing that a file starts with can be undone.
"""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self
from uuid import uuid4

from lkjip_tui.core.storage import migrations
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.facts import Facts


@dataclass(frozen=True, slots=True)
class Seed:
    """Rows of one table as text."""

    table: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | None]]

    @classmethod
    def from_csv(cls, file: Path) -> Self:
        """Read the rows of the table that the file is named after."""
        with file.open(encoding="utf-8", newline="") as lines:
            columns, *rows = csv.reader(lines)
        return cls(file.stem, columns, [[field or None for field in row] for row in rows])


def reference(folder: Path) -> list[Seed]:
    """Return the lists that every office starts with: the scales in use."""
    return [Seed.from_csv(folder / "scale_class.csv")]


def example(folder: Path) -> list[Seed]:
    """Return the facts of an example office, one table a file."""
    return [Seed.from_csv(file) for file in sorted(folder.glob("*.csv"))]


@dataclass(frozen=True, slots=True)
class About:
    """What may be known of a new office beside its name; what is empty is not known yet."""

    regency: str = ""
    province: str = ""
    head_title: str = ""
    strategic_years: tuple[int, int] | None = None


def head_title_of(office: str) -> str:
    """Return what the head of an office is called as a rule, empty for a name without two words."""
    kind, _space, place = office.strip().partition(" ")
    if not place:
        return ""
    heads = {"kecamatan": "Camat", "kelurahan": "Lurah", "inspektorat": "Inspektur"}
    head = heads.get(kind.lower())
    return f"{head} {place}" if head else f"Kepala {office.strip()}"


def empty_office(name: str, year: int, about: About) -> list[Seed]:
    """Return an office that reports `year` and has nothing in it yet."""
    office = ("1", name, about.regency, about.province, about.head_title)
    first, last = about.strategic_years or (None, None)
    return [
        Seed(
            "office",
            ("office_id", "name", "regency", "province", "head_title"),
            [[field or None for field in office]],
        ),
        Seed(
            "report_year",
            ("fiscal_year", "strategic_start_year", "strategic_end_year"),
            [[number if number is None else str(number) for number in (year, first, last)]],
        ),
    ]


def write(
    database: Database,
    steps: Sequence[migrations.Migration],
    seeds: Sequence[Seed],
    clock: Callable[[], datetime],
) -> None:
    """Give an empty database its schema, its identity and its first facts."""
    migrations.run(database, steps, clock)
    tables = Facts(database, migrations.tables(steps)).tables
    with database.transaction() as transaction:
        transaction.change("insert into workbook values (?, ?, null)", [uuid4(), clock()])
        for seed in seeds:
            types = [tables[seed.table].columns[name].type for name in seed.columns]
            marks = f"({', '.join(f'cast(? as {kind})' for kind in types)})"
            if seed.rows:
                transaction.change(
                    f"insert into {seed.table} ({', '.join(seed.columns)})"
                    f" values {', '.join([marks] * len(seed.rows))}",
                    [field for row in seed.rows for field in row],
                )
