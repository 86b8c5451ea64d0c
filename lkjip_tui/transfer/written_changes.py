"""What a statement would change, in words: for the preview, and for the command line."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from lkjip_tui.core.acts import Act, CellChange, Change, RowMade
from lkjip_tui.core.changes.extent import Extent
from lkjip_tui.core.changes.wording import Wording, thing
from lkjip_tui.core.checks.findings import SIGNS, Finding
from lkjip_tui.core.figures.values import Kind, Value, show
from lkjip_tui.core.query.header import Severity
from lkjip_tui.core.sql.statement_changes import WRITTEN, CheckChange, StatementChanges
from lkjip_tui.core.sql.statement_runs import TableChanges
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _, plural
from lkjip_tui.transfer import history
from lkjip_tui.transfer.export import Exportable
from lkjip_tui.transfer.proposed import Proposed

#: Changes of which the names of new things are taken.
_NAMED: Final = 1000
#: Changes that are read at once.
_PAGE: Final = 1000


def words_for(workspace: Workspace, changes: StatementChanges) -> Wording:
    """Return how facts are called, those that the statement makes, too."""
    return workspace.wording(Act("", tuple(changes.page(0, _NAMED))))


def told(wording: Wording, change: Change) -> Proposed:
    """Return a change in words; of a row that comes or goes what it holds."""
    about = wording.told(Act("", (change,)))
    told = Proposed(about.row, about.cell, about.year, about.before, about.after)
    if isinstance(change, CellChange):
        return replace(told, difference=_difference(change.before, change.after))
    held = "; ".join(line.strip() for line in wording.whole(change).split("\n")[1:])
    if isinstance(change, RowMade):
        return replace(told, new=f"{about.after}: {held}" if held else about.after)
    return replace(told, now=held or about.before)


def exportable(workspace: Workspace, changes: StatementChanges) -> Exportable:
    """Return all changes, to be written in any form."""
    return history.of_changes(WRITTEN, words_for(workspace, changes), lambda: _all(changes))


def _all(changes: StatementChanges) -> Iterator[Change]:
    for start in range(0, changes.count, _PAGE):
        yield from changes.page(start, start + _PAGE)


def of_none(changes: StatementChanges) -> str:
    """Return why a statement changes nothing."""
    if changes.meets_no_row:
        return _("No row fits: nothing was changed.")
    return _("The facts are so already; nothing was changed.")


def of_tables(changes: StatementChanges) -> Sequence[str]:
    """Return how much changes in each table, beside how many rows it has."""
    return [_of_table(each) for each in changes.tables]


def _of_table(each: TableChanges) -> str:
    parts = [
        (each.changed, plural(
            "{count} of {all} rows changes ({cells})", "{count} of {all} rows change ({cells})",
            each.changed,
        )),
        (each.made, plural("{count} row is new", "{count} rows are new", each.made)),
        (each.removed, plural(
            "{count} of {all} rows goes", "{count} of {all} rows go", each.removed
        )),
    ]  # fmt: skip
    known = {"all": show(each.count, Kind.COUNT), "cells": Extent(each.cells, 0)}
    told = (text.format(count=show(n, Kind.COUNT), **known) for n, text in parts if n)
    name = thing(each.table)
    name = each.table if name == each.table else f"{each.table} ({name})"
    return f"{name}: {', '.join(told)}"


def of_checks(changes: StatementChanges, found: Sequence[Finding], year: int) -> Iterator[str]:
    """Yield what the checks would say: first all of a year, in which there is `found`."""
    if changes.checks is None:
        yield _("The checks take long here: they are counted once it is done.")
        return
    standing = Counter(each.severity for each in found if not each.accepted)
    then: Counter[Severity] = Counter(standing)
    for each in changes.checks:
        if each.year == year and each.then is not None:
            then[each.check.header.severity or "warning"] += each.then - each.now
    counts = "   ".join(_count(sign, standing[name], then[name]) for name, sign in SIGNS.items())
    if not changes.checks:
        yield _("Checks: {counts}, as now").format(counts=counts)
        return
    yield _("Checks in {year}: {counts}").format(year=year, counts=counts)
    # What is worse comes before what is better.
    for each in sorted(changes.checks, key=lambda check: (check.year != year, _gain(check))):
        yield _of_check(each, year)


def _count(sign: str, now: int, then: int) -> str:
    told = show(now, Kind.COUNT)
    return f"{sign} {told}" if now == then else f"{sign} {told} → {show(then, Kind.COUNT)}"


def _gain(check: CheckChange) -> tuple[bool, int]:
    severity = list(SIGNS).index(check.check.header.severity or "warning")
    return check.then is not None and check.then < check.now, severity


def _of_check(each: CheckChange, year: int) -> str:
    sign = SIGNS[each.check.header.severity or "warning"]
    title = each.check.title() if each.year == year else f"{each.check.title()} ({each.year})"
    then = _("cannot be run then") if each.then is None else show(each.then, Kind.COUNT)
    return f"  {sign} {title}: {show(each.now, Kind.COUNT)} → {then}"


def _difference(before: Value, after: Value) -> str:
    if isinstance(before, bool) or isinstance(after, bool):
        return ""
    if isinstance(before, int | Decimal) and isinstance(after, int | Decimal):
        return show(after - before, Kind.INDEX)
    return ""
