"""Books that are hard to count: what an office typed, built on real DuckDB as a user types it.

Each book is one file. What its tables must say stands in `test_difficult_years.py`.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from lkjip_tui.core.findings import Finding
from lkjip_tui.core.workspace import Workspace
from tests.core.support import row_of, rows_of

#: The year that most books report, and the strategic plan around it.
YEAR: Final = 2023
PLAN: Final = (2022, 2026)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Book:
    """An open book whose views are read once each."""

    workspace: Workspace
    _read: dict[tuple[str, int], dict[str, Row]] = field(default_factory=dict)
    _found: dict[int, list[Finding]] = field(default_factory=dict)

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
        """Make a row and return the id of the thing that it is about."""
        (year,) = rows_of(self.workspace, "report_years", self.year)
        place = {"fiscal_year": self.year, "stage": year["stage"], **at}
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


@dataclass(frozen=True, slots=True)
class Case:
    """One indicator as it is typed, and the percent that a hand works out.

    `raw` is the percent before the cap where one is; `predicate` the class of the percent.
    """

    name: str
    target: str = ""
    result: str = ""
    pct: str | None = None
    predicate: str | None = None
    raw: str | None = None
    upper: str = ""
    kind: str = "percent"
    rule: Mapping[str, str] = field(default_factory=dict)
    is_served: bool = False

    @property
    def raw_pct(self) -> str | None:
        """The percent before the cap."""
        return self.raw or self.pct


def write_cases(path: Path, cases: Sequence[Case]) -> dict[str, int]:
    """Write a book with an indicator a case; return their ids.

    The agreement and the strategic plan, which ends in this year, have the same target, so that
    all tables must come to one percent. A program that spent 150 of 200 serves each case that is
    to be served.
    """
    ids = {}
    with Workspace.create(path, "Kecamatan Puri", YEAR) as workspace:
        desk = Desk(workspace)
        desk.fill_year(strategic_start_year=str(YEAR - 4), strategic_end_year=str(YEAR))
        objective = desk.insert("indicators")
        for case in cases:
            ids[case.name] = desk.insert("indicators", objective_id=objective)
        keys = {case.name: f"indicator/{ids[case.name]}" for case in cases}
        desk.fill("indicators", {
            keys[case.name]: {"value_kind": case.kind, **case.rule} for case in cases
        })  # fmt: skip
        desk.fill("indicators", {keys[case.name]: _figures(case) for case in cases})
        desk.fill("indicators", {
            keys[case.name]: {"name": case.name} for case in cases if case.is_served
        })  # fmt: skip
        served = [case.name for case in cases if case.is_served]
        programs = {name: desk.insert("programs") for name in served}
        desk.fill("programs", {
            f"program/{program}": {"indicator_id": name} for name, program in programs.items()
        })  # fmt: skip
        subs = []
        for program in programs.values():
            activity = desk.insert("activities", program_id=program)
            subs.append(desk.insert("activities", activity_id=activity))
        spent = {"budget_initial": "200", "realization": "150"}
        desk.fill("activities", {f"sub_activity/{sub}": spent for sub in subs})
    return ids


def _figures(case: Case) -> dict[str, str]:
    cells = dict.fromkeys(("target_initial", "target_strategic"), case.target)
    cells |= dict.fromkeys(("upper_value", "upper_strategic"), case.upper)
    return {name: text for name, text in {**cells, "realization": case.result}.items() if text}


@dataclass(frozen=True, slots=True)
class Quartered:
    """An indicator of quarters as they are typed, and what a hand makes of them.

    `emptied` names cells that were typed and then cleared again.
    """

    name: str
    rule: str
    targets: Sequence[str] = ("", "", "", "")
    results: Sequence[str] = ("", "", "", "")
    target: str = ""
    result: str = ""
    emptied: Sequence[str] = ()
    kind: str = "index"
    formula: str = "maximize"
    year_target: str | None = None
    year_result: str | None = None
    words: str | None = None
    pct: str | None = None

    @property
    def cells(self) -> Mapping[str, str]:
        """What is typed, by column of the sheet of quarters."""
        cells = {f"target_q{n}": text for n, text in enumerate(self.targets, 1)}
        cells |= {f"realization_q{n}": text for n, text in enumerate(self.results, 1)}
        cells |= {"target": self.target, "realization": self.result}
        return {name: text for name, text in cells.items() if text}


def write_quarters(path: Path, cases: Sequence[Quartered]) -> dict[str, int]:
    """Write a book with an indicator a case, all in the strategic plan with 50; return their ids.

    Two sub kegiatan have quarters too: one 100, nothing and 300; one 500 in the year, but 100
    and 200 in its quarters.
    """
    with Workspace.create(path, "Kecamatan Puri", YEAR) as workspace:
        desk = Desk(workspace)
        desk.fill_year(strategic_start_year=str(PLAN[0]), strategic_end_year=str(PLAN[1]))
        objective = desk.insert("indicators")
        ids = {case.name: desk.insert("indicators", objective_id=objective) for case in cases}
        keys = {case.name: f"indicator/{ids[case.name]}" for case in cases}
        desk.fill("indicators", {
            keys[case.name]: {
                "name": case.name, "value_kind": case.kind, "formula": case.formula,
                "quarter_rule": case.rule,
            }
            for case in cases
        })  # fmt: skip
        desk.fill("indicators", {key: {"target_strategic": "50"} for key in keys.values()})
        desk.fill("quarters", {keys[case.name]: case.cells for case in cases})
        for case in cases:
            for name in case.emptied:
                desk.fill("quarters", {keys[case.name]: {name: ""}})
        first, second = desk.sub_activities(
            desk.program(), {"budget_initial": "1.000"}, {"budget_initial": "1.000"}
        )
        desk.fill("quarters", {
            f"sub_activity/{first}": {"realization_q1": "100", "realization_q3": "300"},
            f"sub_activity/{second}": {
                "realization": "500", "realization_q1": "100", "realization_q2": "200",
            },
        })  # fmt: skip
    return {**ids, "first": first, "second": second}


def write_money(folder: Path) -> tuple[Mapping[str, Path], dict[str, int]]:
    """Write the same budgets by the initial stage, by a bare revision and by a filled one.

    Returns the three files by `initial`, `bare` and `revised`, and the ids of what is in them.
    """
    files = {name: folder / f"{name}.duckdb" for name in ("initial", "bare", "revised")}
    with Workspace.create(files["initial"], "Kecamatan Puri", YEAR) as workspace:
        desk = Desk(workspace)
        ids = {"objective": desk.insert("indicators"), "empty objective": desk.insert("objectives")}
        for name in ("reached", "open", "dropped"):
            ids[name] = desk.insert("indicators", objective_id=ids["objective"])
        desk.fill("indicators", {
            f"indicator/{ids['reached']}": {
                "name": "reached", "target_initial": "50", "realization": "40",
            },
            f"indicator/{ids['open']}": {"name": "open", "target_initial": "10"},
            f"indicator/{ids['dropped']}": {
                "name": "dropped", "target_initial": "5", "realization": "5",
            },
        })  # fmt: skip
        for name, cells in _PROGRAMS.items():
            ids[name] = desk.program(name=name, **cells)
        kept, dropped, added, unknown = desk.sub_activities(
            ids["mixed"],
            {"budget_initial": "2.147.483.648.000", "realization": "536.870.912.000"},
            {"budget_initial": "1.000.000.000.000", "realization": "400.000.000.000"},
            {"realization": "250.000.000.000"},
            {},
        )
        ids |= {"kept": kept, "gone": dropped, "added": added, "unknown": unknown}
        ids["activity"] = desk.insert("activities", program_id=ids["without subs"])
        (ids["nought"],) = desk.sub_activities(
            ids["of nought"], {"budget_initial": "0", "realization": "0"}
        )
        (ids["spent"],) = desk.sub_activities(ids["only spent"], {"realization": "7.000"})
        (ids["outer"],) = desk.sub_activities(
            ids["left out"], {"budget_initial": "600.000", "realization": "300.000"}
        )
    shutil.copyfile(files["initial"], files["bare"])
    with Workspace.open(files["bare"]) as workspace:
        Desk(workspace).fill_year(stage="revised")
    shutil.copyfile(files["bare"], files["revised"])
    with Workspace.open(files["revised"]) as workspace:
        desk = Desk(workspace)
        desk.fill("programs", {
            f"program/{ids[name]}": {"budget_revised": "6.000.000", **{
                column: text for column, text in cells.items() if column == "indicator_id"
            }}
            for name, cells in _PROGRAMS.items() if name != "left out"
        })  # fmt: skip
        desk.fill("activities", {
            f"sub_activity/{ids['kept']}": {"budget_revised": "2.147.483.648.000"},
            f"sub_activity/{ids['added']}": {"budget_revised": "500.000.000.000"},
            f"sub_activity/{ids['nought']}": {"budget_revised": "0"},
            f"sub_activity/{ids['outer']}": {"budget_revised": "600.000"},
        })  # fmt: skip
        desk.fill("indicators", {
            f"indicator/{ids['reached']}": {"target_revised": "64"},
            f"indicator/{ids['open']}": {"target_revised": "10"},
        })  # fmt: skip
    return files, ids


def write_years(path: Path) -> dict[str, int]:
    """Write a book of years around a strategic plan from 2022 to 2026; return their ids.

    2020 lies before the plan, 2021 has no report, 2022 has all, 2023 has lost the plan's years
    and has no result but that of an indicator outside all plans, 2025 was started two years on.
    """
    with Workspace.create(path, "Kecamatan Puri", 2020) as workspace:
        desk = Desk(workspace, 2020)
        desk.fill_year(strategic_start_year=str(PLAN[0]), strategic_end_year=str(PLAN[1]))
        objective = desk.insert("indicators")
        ids = {"indicator": desk.insert("indicators", objective_id=objective)}
        key = f"indicator/{ids['indicator']}"
        desk.fill("indicators", {key: {"target_initial": "10", "realization": "8"}})
        workspace.start_year(2022)
        desk = Desk(workspace, 2022)
        desk.fill("indicators", {key: {
            "target_initial": "20", "target_strategic": "16", "final_target": "40",
            "realization_1_before": "12", "realization": "18",
        }})  # fmt: skip
        desk.fill("national_comparison", {key: {"national_value": "20"}})
        ids |= _services(desk)
        desk.fill("sheet.population", {
            "population/2022": {"male": "120", "female": "0"},
            "population/2021": {"female": "100"},
        })  # fmt: skip
        workspace.start_year(2023)
        desk = Desk(workspace)
        desk.fill_year(strategic_start_year="", strategic_end_year="")
        desk.fill("sheet.population", {"population/2023": {"male": "0", "female": "100"}})
        ids["outside"] = desk.insert("indicators", objective_id=objective)
        key = f"indicator/{ids['outside']}"
        desk.fill("indicators", {key: {"realization": "5"}})
        agreed = row_of(workspace, "performance_agreement", f"{key}/initial", YEAR)
        query = workspace.find("performance_agreement")
        workspace.apply(workspace.deletion(query, agreed, YEAR))
        workspace.start_year(2025)
    return ids


def _services(desk: Desk) -> dict[str, int]:
    """Make services of three groups, the last of which has nothing."""
    figures = {
        "whole": ("A", "100", "90"), "unknown": ("A", "", ""), "nought": ("B", "0", "5"),
        "unplanned": ("B", "", "80"), "waiting": ("C", "", ""),
    }  # fmt: skip
    ids = {name: desk.insert("services") for name in figures}
    desk.fill("services", {
        f"service/{ids[name]}": {
            column: text
            for column, text in zip(("service_group", "target", "realization"), texts, strict=True)
            if text
        }
        for name, texts in figures.items()
    })  # fmt: skip
    return ids


def write_huge(path: Path) -> dict[str, int]:
    """Write a book with the money of 301 programs of 2.147.483.648.000; return their ids.

    Three programs have a hundred times that and spent a third, one has it and spent all but
    one rupiah. The first two serve the outcome.
    """
    hundred = {"budget_initial": "214.748.364.800.000", "realization": "71.582.788.266.666"}
    one = {"budget_initial": "2.147.483.648.000", "realization": "2.147.483.647.999"}
    amounts = {"first": hundred, "second": hundred, "third": hundred, "fourth": one}
    with Workspace.create(path, "Kecamatan Puri", YEAR) as workspace:
        desk = Desk(workspace)
        ids = {"outcome": desk.insert("indicators", objective_id=desk.insert("indicators"))}
        key = f"indicator/{ids['outcome']}"
        desk.fill("indicators", {
            key: {"name": "outcome", "target_initial": "3", "realization": "2"},
        })  # fmt: skip
        for name, cells in amounts.items():
            serves = {"indicator_id": "outcome"} if name in ("first", "second") else {}
            agreed = {"budget_initial": cells["budget_initial"]}
            ids[name] = desk.program(**agreed, **serves)
            desk.sub_activities(ids[name], cells)
    return ids


def write_slips(path: Path) -> None:
    """Write a book of the largest figures that are read, ten of which no column can hold."""
    most = "999.999.999.999.999.999"
    with Workspace.create(path, "Kecamatan Puri", YEAR) as workspace:
        desk = Desk(workspace)
        indicator = desk.insert("indicators", objective_id=desk.insert("indicators"))
        desk.fill("indicators", {f"indicator/{indicator}": {
            "name": "outcome", "target_initial": "99999999999999,9999", "realization": "0,0001",
        }})  # fmt: skip
        desk.sub_activities(
            desk.program(budget_initial=most, indicator_id="outcome"),
            {"budget_initial": most, "realization": f"-{most}"},
            *[{"budget_initial": most}] * 9,
        )
        desk.fill("sheet.population", {f"population/{YEAR}": {"male": most, "female": most}})


_PROGRAMS: Final[Mapping[str, Mapping[str, str]]] = {
    "mixed": {"budget_initial": "1.000", "indicator_id": "reached"},
    "without kegiatan": {"budget_initial": "5.000.000", "indicator_id": "reached"},
    "without subs": {},
    "of nought": {"indicator_id": "open"},
    "only spent": {"indicator_id": "dropped"},
    "left out": {},
}
