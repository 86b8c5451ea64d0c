"""What the checks find: the rows that break a rule, with a message a person can act on."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeGuard

from lkjip_tui import language
from lkjip_tui.core.cells import Cells
from lkjip_tui.core.database import Database, Session
from lkjip_tui.core.errors import QueryError
from lkjip_tui.core.facts import encode
from lkjip_tui.core.header import Severity, ViewRow, fill_names
from lkjip_tui.core.proof import cell_query
from lkjip_tui.core.queries import Kind, Query, Registry, by_dependency
from lkjip_tui.core.values import Value

#: Findings of one check that are read; more would not be read by anybody.
_MOST: Final = 100_000

#: The severities, gravest first, with the sign that stands for each.
SIGNS: Final[Mapping[Severity, str]] = {"error": "●", "warning": "▲", "note": "○"}
SEVERITIES: Final = tuple(SIGNS)


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that a check returned; the field names are the command line's promise."""

    check_name: str
    severity: Severity
    fiscal_year: int
    finding_key: str
    view_name: str | None
    row_key: str | None
    column_name: str | None
    place: str | None
    stated: Value
    computed: Value
    difference: Value
    message: str
    accepted: bool


def run(
    database: Database, registry: Registry, year: int
) -> tuple[list[Finding], list[QueryError]]:
    """Run every enabled check for one year; findings come errors first, then by rule.

    A check that fails is told in the second list and hides no other.
    """
    findings: list[Finding] = []
    faults: list[QueryError] = []
    accepted = {
        (name, key): stated
        for name, key, stated in database.read(
            "select check_name, finding_key, stated from accepted_finding where fiscal_year = ?",
            [year],
        )
    }
    checks = enabled(database, registry)
    with database.session() as session:
        kept = _keep(session, registry, checks)
        for check in checks:
            try:
                findings += _found(database, session, check, kept, year=year, accepted=accepted)
            except QueryError as error:
                faults.append(QueryError(f"{check.full_name}: {error.message}", error.hint))
    findings.sort(key=lambda finding: SEVERITIES.index(finding.severity))
    return findings, faults


def enabled(database: Database, registry: Registry) -> list[Query]:
    """Return the checks that are not switched off in this file."""
    found = database.read("select check_name from check_setting where not enabled")
    off = {row[0] for row in found}
    return [check for check in registry.of_kind(Kind.CHECK) if check.name not in off]


def _keep(session: Session, registry: Registry, checks: Sequence[Query]) -> Mapping[str, str]:
    """Compute once what the checks rest on; return the temporary tables, by view.

    The views lie upon each other, and the database plans all that lies beneath a view each time
    that it is named: for most offices that takes longer than reading the rows.
    """
    views = {query.full_name: query for query in registry.queries.values()}
    cells = cell_query(views.values())
    views[cells.full_name] = cells
    kept: dict[str, str] = {}
    named = [name for check in checks for name in sorted(check.mentions)]
    for query in by_dependency(views, named):
        table = f"temp.kept_{query.kind}_{query.name}"
        # One that fails is told by the checks that name it.
        with suppress(QueryError):
            session.keep(table, query.select_from(kept))
            kept[query.full_name] = table
    return kept


def _found(
    database: Database,
    session: Session,
    check: Query,
    kept: Mapping[str, str],
    *,
    year: int,
    accepted: dict[tuple[str, str], str | None],
) -> Iterator[Finding]:
    select = f"select v.* from ({check.select_from(kept)}\n) as v where v.fiscal_year = ?"
    ordered = f"{select} order by length(v.finding_key), v.finding_key"
    columns, rows = session.read(ordered, [year], most=_MOST)
    messages = check.header.messages
    message = messages.get(language.current()) or next(iter(messages.values()))
    cells = Cells(check, database)
    for row in rows:
        named = dict(zip(columns, row, strict=True))
        stated, computed = named.get("stated"), named.get("computed")
        key = (check.name, str(named["finding_key"]))
        yield Finding(
            check_name=check.name,
            severity=check.header.severity or "warning",
            fiscal_year=year,
            finding_key=key[1],
            view_name=named.get("view_name"),
            row_key=named.get("row_key"),
            column_name=named.get("column_name"),
            place=named.get("place"),
            stated=stated,
            computed=computed,
            difference=_difference(named),
            message=fill_names(message, cells.printed(named)),
            # An acceptance holds for the value that it was given for.
            accepted=key in accepted and accepted[key] == encode(stated),
        )


def _difference(row: ViewRow) -> Value:
    """Return what the check says that differs, else what is computed less what is stated."""
    stated, computed = row.get("stated"), row.get("computed")
    if row.get("difference") is not None or not (_is_number(stated) and _is_number(computed)):
        return row.get("difference")
    return computed - stated


def _is_number(value: Value) -> TypeGuard[int | Decimal]:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
