"""Findings as text by rule, as a printed table and for machines."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final, TextIO

from lkjip_tui import language
from lkjip_tui.core.checks.findings import FIELDS, SEVERITIES, SIGNS, Finding
from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.core.query.header import fill_names
from lkjip_tui.core.query.queries import Kind, Registry
from lkjip_tui.language import _, mark, plural
from lkjip_tui.transfer.export import Exportable
from lkjip_tui.transfer.printed import PrintedColumn, PrintedRow, PrintedTable
from lkjip_tui.transfer.records import Records

_SEVERITIES: Final = {
    "error": mark("error"),
    "warning": mark("warning"),
    "note": mark("note"),
}


def write(out: TextIO, found: Sequence[Finding], registry: Registry) -> None:
    """Write findings under the rule that they break, the gravest rules first."""
    blank = ""
    for name, broken in groupby(found, key=attrgetter("check_name")):
        group = list(broken)
        title = _title(name, registry)
        out.write(f"{blank}{SIGNS[group[0].severity]} {title} ({name}): {len(group)}\n")
        for finding in group:
            accepted = acceptance(finding)
            told = [f"[{cell}]" if (cell := _cell(finding, registry)) else "", accepted]
            line = " ".join(part for part in (finding.message, *told) if part)
            out.write(f"  {safe_text(line)}\n")
        blank = "\n"


def acceptance(finding: Finding) -> str:
    """Return that a finding was accepted and why, empty for one that stands."""
    if not finding.accepted:
        return ""
    return _("(accepted: {reason})").format(reason=finding.reason or "–")


def exportable(found: Sequence[Finding], registry: Registry) -> Exportable:
    """Return findings to be written in any form."""
    return Exportable("findings", lambda: [_printed(found, registry)], lambda: _records(found))


def _printed(found: Sequence[Finding], registry: Registry) -> PrintedTable:
    """Return findings as a table in the interface's language."""
    headings = [_("Severity"), _("Rule"), _("Finding"), _("Where")]
    rows = [
        [
            _(_SEVERITIES[finding.severity]),
            _title(finding.check_name, registry),
            finding.message,
            _cell(finding, registry),
        ]
        for finding in found
    ]
    if any(finding.accepted for finding in found):
        headings.append(_("Accepted"))
        for finding, row in zip(found, rows, strict=True):
            row.append(finding.reason or "✓" if finding.accepted else "")
    return PrintedTable(
        _("Findings"),
        [PrintedColumn(heading) for heading in headings],
        [PrintedRow(row) for row in rows],
    )


def _cell(finding: Finding, registry: Registry) -> str:
    """Return the sheet or table and the heading of the cell that a finding is about."""
    query = registry.queries.get(finding.view_name or "")
    if query is None:
        return ""
    column = query.header.columns.get(finding.column_name or "")
    if column is None:
        return query.title()
    heading = column.heading.in_language(language.current())
    names = {"fiscal_year": finding.fiscal_year}
    return f"{query.title()} · {fill_names(heading, names)}"


def _records(found: Sequence[Finding]) -> Records:
    """Return findings under the names that scripts rest on."""
    return Records(FIELDS, map(attrgetter(*FIELDS), found))


def summary(found: Sequence[Finding], year: int) -> str:
    """Return how many findings stand open, in a sentence."""
    counts = [
        sum(one.severity == severity and not one.accepted for one in found)
        for severity in SEVERITIES
    ]
    if not found:
        return _("{year}: nothing was found.").format(year=year)
    told = (
        plural("{count} error", "{count} errors", counts[0]),
        plural("{count} warning", "{count} warnings", counts[1]),
        plural("{count} note", "{count} notes", counts[2]),
    )
    open_ones = ", ".join(
        text.format(count=count) for text, count in zip(told, counts, strict=True)
    )
    return f"{year}: {open_ones}"


def _title(name: str, registry: Registry) -> str:
    return safe_text(registry.queries[f"{Kind.CHECK}.{name}"].title())
