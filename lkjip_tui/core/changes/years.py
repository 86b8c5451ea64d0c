"""Starts a fiscal year: the structure of an earlier one, with figures yet to come.

Membership is a row (an indicator in a plan, a program in the agreement, a sub kegiatan with a
budget), so carrying structure over is writing these rows with null figures: what was in force
becomes `initial`; the annual and the strategic plan stay themselves. The report's passages keep
chapter, number and title, and lose their text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from lkjip_tui.core.acts import Act, CellChange, Change, FactKey, RowMade
from lkjip_tui.core.errors import UsageError
from lkjip_tui.core.figures.values import Value
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.facts import Facts
from lkjip_tui.language import _, mark

START_YEAR: Final = mark("start year")
REVISE: Final = mark("put the revision in force")
#: The sheet that counts what a year lacks, and leads to it.
LACKING: Final = "sheet.completeness"

_EARLIEST: Final = 1900
_LATEST: Final = 9999
_KEPT_OF_THE_YEAR: Final = (
    "strategic_start_year",
    "strategic_end_year",
    "head_name",
    "head_rank",
    "head_nip",
)


#: What both stages of the agreement have, with the column that tells which.
_STAGED: Final = {
    "indicator_target": "plan",
    "program_budget": "stage",
    "sub_activity_budget": "stage",
}
_FIGURES: Final = ("value", "upper_value", "label", "amount")
#: A passage that only says which tables and charts stand there.
_PLACES: Final = re.compile(r"(?:\{[\w.]+(?::[\w.]+)?\}\s*)+")
_YEAR_DIGITS: Final = 4
_BETWEEN_YEARS: Final = re.compile(r"\s*(?:[-–—/]|s\.?/?d\.?|\s)\s*")
_SHOWN: Final = 20


def require_year(year: int) -> None:
    """Refuse what cannot be a fiscal year; raises UsageError."""
    if not _EARLIEST <= year <= _LATEST:
        raise UsageError(
            _("{year} is no fiscal year.").format(year=year),
            _("Name one from {first} to {last}.").format(first=_EARLIEST, last=_LATEST),
        )


def year_of(text: str) -> int:
    """Return the fiscal year that a text names; raises UsageError."""
    tidy = text.strip()
    if not tidy.isdecimal() or len(tidy) > _YEAR_DIGITS:
        raise UsageError(
            _("“{text}” is not a year.").format(text=_shortened(tidy)), _("For example: 2025")
        )
    year = int(tidy)
    require_year(year)
    return year


def years_of(text: str) -> tuple[int, int] | None:
    """Return the years that a text like "2025–2029" names, None for none; raises UsageError."""
    if not text.strip():
        return None
    named = _BETWEEN_YEARS.split(text.strip())
    if len(named) != 2:  # noqa: PLR2004 - from one to the other
        raise UsageError(
            _("“{text}” names no two years.").format(text=_shortened(text)),
            _("For example: 2025–2029"),
        )
    first, last = map(year_of, named)
    if last < first:
        raise UsageError(
            _("{last} is before {first}.").format(first=first, last=last),
            _("For example: 2025–2029"),
        )
    return first, last


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def start(database: Database, facts: Facts, year: int, source: int | None) -> Act:
    """Return the act that starts `year` from `source`, by default the latest year before it.

    Raises UsageError when the year is none, is there already or has none to start from, and when
    `source` is not in the file.
    """
    require_year(year)
    years = [int(row[0]) for row in database.read("select fiscal_year from report_year")]
    told = ", ".join(str(known) for known in sorted(years)) or _("none")
    if year in years:
        raise UsageError(
            _("{year} is in this file already.").format(year=year),
            _("Years here: {years}").format(years=told),
        )
    if source is not None and source not in years:
        raise UsageError(
            _("{year} is not in this file.").format(year=source),
            _("Years here: {years}").format(years=told),
        )
    if source is None:
        source = max((known for known in years if known < year), default=None)
    if source is None:
        raise UsageError(
            _("There is no year before {year} to start it from.").format(year=year),
            _("Name a later one with --from. Years here: {years}").format(years=told),
        )
    stage = database.value("select stage from report_year where fiscal_year = ?", [source])
    changes: list[Change] = []
    for known in facts.rows("report_year", (("fiscal_year", source),)):
        kept = dict(known)
        key: FactKey = (("fiscal_year", year),)
        fields = tuple((name, kept[name]) for name in _KEPT_OF_THE_YEAR)
        changes.append(RowMade("report_year", key, (*key, ("stage", "initial"), *fields)))
    for table, rows in _structure(facts, year, source, str(stage)):
        there = {facts.key_of(table, row) for row in facts.rows(table, (("fiscal_year", year),))}
        changes += [RowMade(table, key, row) for key, row in rows if key not in there]
    changes += _passages(facts, year, source)
    return Act(START_YEAR, tuple(changes))


def unrevised(facts: Facts, year: int) -> int:
    """Return how many initial figures have no revised one beside others that are revised.

    None once the revision is in force.
    """
    (told,) = facts.rows("report_year", (("fiscal_year", year),))
    if dict(told)["stage"] == "revised":
        return 0
    return sum(
        sum(_is_filled(row) for row, _revised in pairs)
        for pairs, is_begun in _initial(facts, year).values()
        if is_begun
    )


def revise(facts: Facts, year: int, *, fill: bool) -> Act:
    """Return the act that puts the revision of a year in force; raises UsageError if it is.

    Of targets, the programs' and the sub kegiatan's budgets, those of which nothing is revised yet
    begin with what the initial agreement holds. Where some are, the others do so only to `fill`
    them: the revision may have dropped them.
    """
    key: FactKey = (("fiscal_year", year),)
    (told,) = facts.rows("report_year", key)
    if dict(told)["stage"] == "revised":
        raise UsageError(
            _("The revision of {year} is in force already.").format(year=year),
            _("Its figures are filled in Indicators, Programs and Activities."),
        )
    changes: list[Change] = [CellChange("report_year", key, "stage", "initial", "revised")]
    for table, (pairs, is_begun) in _initial(facts, year).items():
        for row, revised in pairs if fill or not is_begun else ():
            whole = tuple({**row, _STAGED[table]: "revised"}.items())
            own = facts.key_of(table, whole)
            if revised is None:
                changes.append(RowMade(table, own, whole))
            else:
                changes += [
                    CellChange(table, own, name, None, row[name])
                    for name in _FIGURES
                    if row.get(name) is not None
                ]
    return Act(REVISE, tuple(changes))


_Staged: TypeAlias = Mapping[str, Value]


def _initial(
    facts: Facts, year: int
) -> Mapping[str, tuple[Sequence[tuple[_Staged, _Staged | None]], bool]]:
    """Return by table the initial rows without a revised figure, and whether others have one.

    Beside each stands the row of the revision that is there, without a figure.
    """
    found = {}
    for table, stage in _STAGED.items():
        rows = [dict(row) for row in facts.rows(table, (("fiscal_year", year),))]

        def of(row: _Staged, table: str = table, stage: str = stage) -> FactKey:
            return facts.key_of(table, tuple({**row, stage: "revised"}.items()))

        revised = {of(row): row for row in rows if row[stage] == "revised"}
        pairs = [(row, revised.get(of(row))) for row in rows if row[stage] == "initial"]
        found[table] = (
            [(row, other) for row, other in pairs if other is None or not _is_filled(other)],
            any(map(_is_filled, revised.values())),
        )
    return found


def _is_filled(row: _Staged) -> bool:
    return any(row.get(name) is not None for name in _FIGURES)


def _structure(
    facts: Facts, year: int, source: int, stage: str
) -> Iterator[tuple[str, list[tuple[FactKey, FactKey]]]]:
    """Yield each table of figures with the rows, key and all, that mean membership in `year`."""

    def of(table: str) -> Iterable[dict[str, Value]]:
        return (dict(row) for row in facts.rows(table, (("fiscal_year", source),)))

    def keyed(**key: Value) -> FactKey:
        return tuple(key.items())

    def members(table: str, keys: Iterable[FactKey]) -> tuple[str, list[tuple[FactKey, FactKey]]]:
        # The same sub kegiatan may be there by its budget and by its realization.
        return table, [(key, key) for key in dict.fromkeys(keys)]

    yield members(
        "indicator_target",
        (
            keyed(
                indicator_id=row["indicator_id"],
                fiscal_year=year,
                plan="initial" if row["plan"] == stage else row["plan"],
                quarter=0,
            )
            for row in of("indicator_target")
            if row["quarter"] == 0 and row["plan"] in (stage, "annual_plan", "strategic")
        ),
    )
    programs = [
        (
            keyed(program_id=row["program_id"], fiscal_year=year, stage="initial"),
            (("indicator_id", row["indicator_id"]),),
        )
        for row in of("program_budget")
        if row["stage"] == stage
    ]
    yield "program_budget", [(key, (*key, *served)) for key, served in programs]
    budgeted = (row for row in of("sub_activity_budget") if row["stage"] == stage)
    yield members(
        "sub_activity_budget",
        (
            keyed(sub_activity_id=row["sub_activity_id"], fiscal_year=year, stage="initial")
            for row in (*budgeted, *of("sub_activity_realization"))
        ),
    )
    yield members(
        "service_result",
        (keyed(service_id=row["service_id"], fiscal_year=year) for row in of("service_result")),
    )


def _passages(facts: Facts, year: int, source: int) -> Iterator[Change]:
    """Yield the source's passages for `year`, without their text.

    One that is nothing but the place of a table or chart is structure, and stays.
    """
    if facts.rows("section", (("fiscal_year", year),)):
        return
    sections = facts.rows("section", (("fiscal_year", source),))
    for row, new_id in zip(sections, facts.new_ids(len(sections)), strict=True):
        kept = dict(row)
        key: FactKey = (("section_id", new_id),)
        names = ["chapter", "number", "title"]
        if _PLACES.fullmatch(str(kept["body"] or "")):
            names.append("body")
        fields = tuple((name, kept[name]) for name in names)
        yield RowMade("section", key, (*key, ("fiscal_year", year), *fields))
