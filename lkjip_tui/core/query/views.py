"""Queries as views in the file, so that any other client of it reads the same numbers.

They are written anew only when a query changed. A query that does not bind, or whose header does
not fit its select or the facts, is told with file, line and reason; it is left out, and nothing
but what rests on it. A `from` line that leads nowhere is told and left out alone.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from lkjip_tui.core.errors import QueryError, UsageError
from lkjip_tui.core.query.header import Origin
from lkjip_tui.core.query.queries import Macros, Query, Registry
from lkjip_tui.core.query.view_writing import Attempt, require_choices, require_fit, stored_columns
from lkjip_tui.core.storage.database import Database
from lkjip_tui.core.storage.facts import Facts
from lkjip_tui.language import _

_ERROR_LINE: Final = re.compile(r"^LINE (\d+):", re.MULTILINE)


def write(database: Database, facts: Facts, registry: Registry) -> None:
    """Store every query as a view, in one transaction, unless the file has just these.

    One that cannot be stored is told in `registry.faults` and leaves the registry, with all that
    rests on it unless it only replaced another. On a read-only file those stay whose stored view
    fits their header.
    """
    if not are_current(database, registry):
        if database.read_only:
            _keep_stored(database, facts, registry)
        else:
            _store(database, facts, registry)
    if database.read_only and not are_current(database, registry):
        hint = _("Open the file once for editing; that brings its views up to date.")
    else:
        hint = _("The cell does not say where it comes from until the line is mended.")
    _leave_out_lost_origins(registry, stored_columns(database), hint)


def are_current(database: Database, registry: Registry) -> bool:
    """Return whether the file's views are those of the registry."""
    stored = database.value("select queries_hash from workbook")
    return bool(stored == registry.fingerprint)


def _store(database: Database, facts: Facts, registry: Registry) -> None:
    """Write the views, without those that cannot be."""
    left_out: list[Query | Macros] = []
    hint = _("The rest works without it. Mend the file and read the queries again.")
    while True:
        attempt = Attempt(database, facts, registry, left_out)
        attempt.run()
        if not attempt.broken:
            return
        for part, reason in attempt.broken:
            left_out.append(part)
            if isinstance(part, Query):
                registry.leave_out(part)
            registry.refuse(part.file, _fault(part, reason, hint), is_own=part.is_own)


def _keep_stored(database: Database, facts: Facts, registry: Registry) -> None:
    """Keep the queries that the file has a fitting view of."""
    stored = stored_columns(database)
    unsure = list(registry.queries.values())
    while unsure:
        query = unsure.pop(0)
        name = query.full_name
        try:
            require_fit(query, facts, stored.get(name))
            require_choices(query, database)
        except QueryError as error:
            hint = _("Open the file once for editing; that brings its views up to date.")
            fault = _fault(query, error.message, hint)
            registry.refuse(query.file, fault, is_own=query.is_own)
            registry.leave_out(query)
            unsure += [registry.queries[name]] if name in registry.queries else []


def _leave_out_lost_origins(
    registry: Registry, stored: Mapping[str, frozenset[str]], hint: str
) -> None:
    """Tell the first `from` line of each query that leads nowhere, and do without all of those.

    Only the explanation of a cell rests on one, and it may be another query that changed.
    """
    for query in list(registry.queries.values()):
        reasons = {
            origin: reason
            for origins in query.header.origins.values()
            for origin in origins
            if (reason := _why_lost(origin, query, registry, stored))
        }
        if not reasons:
            continue
        kept = {
            name: tuple(origin for origin in origins if origin not in reasons)
            for name, origins in query.header.origins.items()
        }
        registry.put(replace(query, header=replace(query.header, origins=kept)))
        origin, reason = next(iter(reasons.items()))
        message = _("{file}, line {line}: {reason}").format(
            file=Path(query.file).name, line=origin.line, reason=reason
        )
        registry.faults.append(QueryError(message, hint))


def _why_lost(
    origin: Origin, query: Query, registry: Registry, stored: Mapping[str, frozenset[str]]
) -> str:
    """Return why a `from` line leads nowhere; empty when it leads somewhere."""
    try:
        source = registry.find(origin.query)
    except UsageError as error:
        return error.message
    if missing := sorted(origin.reads() - stored.get(query.full_name, frozenset())):
        return _("its select gives no column {name}").format(name=missing[0])
    wanted = {origin.column, "fiscal_year", *(part.name for part in origin.key)}
    if missing := sorted(wanted - stored.get(source.full_name, frozenset())):
        return _("{view} has no column {column}.").format(view=source.full_name, column=missing[0])
    return ""


def _fault(part: Query | Macros, reason: str, hint: str) -> QueryError:
    """Tell what is wrong with a query, in the line of its own file."""
    place = Path(part.file).name
    if isinstance(part, Query) and (line := _ERROR_LINE.search(reason)):
        # `create view … as` takes the first line of what was run.
        number = part.header.select_line + int(line[1]) - 2
        place += ", " + _("line {number}").format(number=number)
    return QueryError(f"{place}: {reason.strip().splitlines()[0]}", hint)
