"""Every computed cell of the shipped sheets and tables says where it comes from, and truly so."""

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Final

import pytest

from lkjip_tui.core.figures.values import Kind as ValueKind
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.query.header import Column, Origin, ViewRow, fill_names
from lkjip_tui.core.query.queries import Kind, Query
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.core.workspace import Workspace
from tests.core.support import YEAR, inside, put, rows_of

Place = tuple[str, str, str]
"""A view, a row's key and a column."""

#: Cells that rest on nothing: words that a query writes itself, a year that was begun, and that
#: of a whole part of the report nothing is there.
RESTS_ON_NOTHING: Final = {
    ("sheet.activities", "name", "Jumlah"),
    ("report.budget_summary", "name", "Jumlah"),
    ("report.service_coverage", "name", "Rata-rata"),
    ("sheet.quarters", "unit", "Rp"),
    ("sheet.completeness", "lacking", "belum ada"),
    *(("sheet.report_years", "fiscal_year", year) for year in (YEAR - 1, YEAR)),
}

#: Sheets of what headers say of the rules.
OF_HEADERS: Final = {"sheet.rules", "sheet.accepted_findings"}

ALL_ROWS: Final = 100_000
ARITHMETIC: Final = re.compile(r"[\d\s.,()÷×−+%-]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A row that a computed cell comes from, and what the column named there holds."""

    row_key: str
    value: Value


@dataclass(frozen=True, slots=True)
class Computed:
    """A shown cell without an edit, its row, and each origin that applies with its rows."""

    query: Query
    column: Column
    row: ViewRow
    origins: list[tuple[Origin, list[Found]]]
    text: str

    @property
    def place(self) -> Place:
        """Where the cell stands."""
        return self.query.full_name, str(self.row["row_key"]), self.column.name

    @property
    def value(self) -> Value:
        """What the cell holds."""
        return self.row[self.column.name]


class Book:
    """The views of a file, each computed once, and what their computed cells come from."""

    def __init__(self, office: Workspace, session: Session) -> None:
        self._office = office
        self._session = session
        self._kept: dict[str, str] = {}

    @property
    def queries(self) -> list[Query]:
        """All sheets and tables."""
        registry = self._office.registry
        return [*registry.of_kind(Kind.SHEET), *registry.of_kind(Kind.TABLE)]

    def rows(self, query: Query) -> list[ViewRow]:
        """Return the rows of a view, of all years."""
        names, rows = self._session.read(f"from {self._kept_as(query)}", most=ALL_ROWS)
        return [dict(zip(names, row, strict=True)) for row in rows]

    @cached_property
    def all_computed(self) -> Sequence[Computed]:
        """The cells that hold something and cannot be typed into."""
        return list(self.computed(self.queries))

    def computed(self, queries: Iterable[Query]) -> Iterator[Computed]:
        """Yield those of some sheets and tables."""
        for query in queries:
            cells = self._office.cells(query)
            for row in self.rows(query):
                printed = cells.printed(row)
                for column in cells.shown:
                    if row[column.name] is None or query.header.route(column.name, row):
                        continue
                    origins = [
                        (origin, self.found(origin, row))
                        for origin in query.header.origins.get(column.name, ())
                        if origin.key_in(row) is not None
                    ]
                    text = next((origin.text for origin, _found in origins if origin.text), "")
                    yield Computed(query, column, row, origins, fill_names(text, printed))

    def found(self, origin: Origin, row: ViewRow) -> list[Found]:
        """Return the rows of the origin's query in the row's year, or in the year that it names."""
        key = dict(origin.key_in(row) or ())
        key.setdefault("fiscal_year", row["fiscal_year"])
        source = self._office.find(origin.query)
        where = " and ".join(f"v.{name} = ?" for name in key)
        _names, rows = self._session.read(
            f"select v.row_key, v.{origin.column} from {self._kept_as(source)} as v where {where}",
            list(key.values()),
            most=ALL_ROWS,
        )
        return [Found(*row) for row in rows]

    def _kept_as(self, query: Query) -> str:
        """Return the name of the table that a view's rows are kept in, made when first asked."""
        name = query.full_name
        if name not in self._kept:
            self._kept[name] = f"kept_{name.replace('.', '_')}"
            self._session.keep(self._kept[name], f"from {name}")
        return self._kept[name]


@contextmanager
def reading(office: Workspace) -> Iterator[Book]:
    """Keep rows of sheets and tables while many of them are asked for."""
    with office.session() as session:
        yield Book(office, session)


@pytest.fixture(scope="module", params=["as it came", "fuller"])
def book(
    template: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Book]:
    """Return the example as it came, and with what it lacks; both are only read."""
    path = shutil.copyfile(template, tmp_path_factory.mktemp("book") / "office.duckdb")
    with Workspace.open(path) as office:
        if request.param == "fuller":
            fill(office)
        with reading(office) as found:
            yield found


def fill(office: Workspace) -> None:
    """Let the other stage be in force, a year stand before, and other formulas measure."""
    with inside(office).database.transaction() as transaction:
        transaction.run(
            f"""
            insert into report_year by name
                select y.* replace ({YEAR - 1} as fiscal_year) from report_year as y;
            insert into sub_activity_budget by name
                select b.* replace ('initial' as stage, b.amount - 1000 as amount)
                from sub_activity_budget as b where b.sub_activity_id % 7 <> 0;
            insert into indicator_target by name
                select t.* replace ({YEAR - 1} as fiscal_year) from indicator_target as t
                where t.plan = 'strategic' and t.fiscal_year = {YEAR} and t.quarter = 0;
            update report_year set stage = 'initial' where fiscal_year = {YEAR};
            """
        )
    for number, formula in enumerate(("minimize", "range", "minimize_inverse", "met")):
        put(office, "indicators", f"indicator/{5 + number}", "formula", formula)
    put(office, "indicators", "indicator/6", "upper_value", "81,5")
    put(office, "indicators", "indicator/1", "realization", "90")
    put(office, "indicators", "indicator/4", "cap", "90")
    put(office, "national_comparison", "indicator/10", "national_value", "83,5")


@pytest.mark.slow
def test_every_computed_cell_says_where_it_comes_from(book: Book) -> None:
    """F8 would have no answer, and a figure of the report would have to be believed."""
    silent = {
        (cell.query.full_name, cell.column.name, cell.value)
        for cell in book.all_computed
        if not cell.origins and cell.query.full_name not in OF_HEADERS
    }
    assert silent <= RESTS_ON_NOTHING
    assert silent


def test_every_origin_leads_to_rows_with_the_cell_that_it_names(book: Book) -> None:
    """F8 would list nothing, or Enter lead to a row that does not show the figure."""
    shown = {
        query.full_name: {c.name for c in query.header.columns.values() if not c.hidden}
        for query in book.queries
    }
    for cell in book.all_computed:
        for origin, found in cell.origins:
            assert found, (cell.place, origin)
            assert origin.column in shown[origin.query], (cell.place, origin)


def test_every_sum_of_money_is_the_sum_of_the_rows_that_it_names(book: Book) -> None:
    """F8 would leave out a sub kegiatan, or list one that counts elsewhere."""
    sums = 0
    for cell in book.all_computed:
        if cell.column.kind is ValueKind.RUPIAH and len(cell.origins) == 1:
            ((_origin, found),) = cell.origins
            amounts = [one.value for one in found if one.value is not None]
            assert sum(map(int, amounts)) == cell.value, cell.place
            sums += 1
    assert sums > 50


def test_every_formula_with_its_figures_gives_the_cell(book: Book, office: Workspace) -> None:
    """F8 would show a calculation that comes to another figure than the one it explains."""
    reckoned = 0
    for cell in book.all_computed:
        assert not set("{}") & set(cell.text), (cell.place, cell.text)
        if ARITHMETIC.fullmatch(cell.text) and any(sign in cell.text for sign in "÷×−+"):
            assert isinstance(cell.value, int | Decimal)
            marks = str.maketrans({".": "", ",": ".", "÷": "/", "×": "*", "−": "-", "%": ""})
            result = inside(office).database.value(
                f"select round(cast({cell.text.translate(marks)} as decimal(38, 10)), 2)"
            )
            assert result == cell.value, (cell.place, cell.text)
            reckoned += 1
    assert reckoned > 100


def test_the_way_from_cell_to_cell_ends_at_facts(book: Book) -> None:
    """Someone who follows F8 and Enter would go in a circle and never reach what to mend."""
    ways: dict[Place, set[Place]] = {
        cell.place: {
            (origin.query, one.row_key, origin.column)
            for origin, found in cell.origins
            for one in found
        }
        for cell in book.all_computed
        if cell.row["fiscal_year"] == YEAR
    }
    while ended := {place for place, onward in ways.items() if not onward & ways.keys()}:
        ways = {place: onward for place, onward in ways.items() if place not in ended}
    assert ways == {}


def test_each_stage_in_force_leads_to_its_own_budget_and_target(office: Workspace) -> None:
    """F8 would send people to the budget that was replaced within the year."""
    fill(office)
    asked = {
        ("sheet.activities", "program/1", "difference"),
        ("sheet.activities", "sub_activity/1", "absorption_pct"),
        ("sheet.indicators", "indicator/4", "achievement_pct"),
        ("report.achievement", "indicator/4", "achievement_pct"),
    }

    def led_to() -> set[str]:
        with reading(office) as found:
            return {
                origin.column
                for cell in found.computed(map(office.find, {view for view, _key, _name in asked}))
                if cell.place in asked and cell.row["fiscal_year"] == YEAR
                for origin, _rows in cell.origins
            } - {"realization"}

    assert led_to() == {"budget_initial", "target_initial"}
    put(office, "report_years", f"report_year/{YEAR}", "stage", "revised")
    assert led_to() == {"budget_revised", "target_revised"}


def test_a_total_lists_programs_and_a_subtotal_its_sub_kegiatan(office: Workspace) -> None:
    """F8 on Jumlah would list everything, and on a program only what it adds up itself."""
    with reading(office) as found:
        rows = {
            cell.place[1]: {one.row_key for _origin, rows in cell.origins for one in rows}
            for cell in found.computed([office.find("report.budget_summary")])
            if cell.place[2] == "budget"
        }
    programs = {f"program/{number}" for number in range(1, 6)}
    assert rows["total"] == programs
    parts = [rows[program] for program in sorted(programs)]
    whole = {row["row_key"] for row in rows_of(office, "budget_summary") if row["level"] == 3}
    assert set().union(*parts) == whole
    assert sum(map(len, parts)) == len(whole) == 29
