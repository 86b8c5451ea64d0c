"""Findings as text by rule, as a printed table and for machines."""

from collections.abc import Sequence
from dataclasses import fields
from itertools import groupby
from operator import attrgetter
from typing import Final, TextIO

from lkjip_tui.core.findings import SEVERITIES, SIGNS, Finding
from lkjip_tui.core.queries import Kind, Registry
from lkjip_tui.core.values import safe_text
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
            accepted = _("accepted") if finding.accepted else ""
            out.write(f"  {safe_text(finding.message)}{accepted and f' ({accepted})'}\n")
        blank = "\n"


def exportable(found: Sequence[Finding], registry: Registry) -> Exportable:
    """Return findings to be written in any form."""
    return Exportable("findings", lambda: [_printed(found, registry)], lambda: _records(found))


def _printed(found: Sequence[Finding], registry: Registry) -> PrintedTable:
    """Return findings as a table in the interface's language."""
    headings = (_("Severity"), _("Place"), _("Finding"), _("Accepted"), _("Rule"))
    return PrintedTable(
        _("Findings"),
        [PrintedColumn(heading) for heading in headings],
        [
            PrintedRow([
                _(_SEVERITIES[finding.severity]),
                finding.place or "",
                finding.message,
                "✓" if finding.accepted else "",
                _title(finding.check_name, registry),
            ])
            for finding in found
        ],
    )  # fmt: skip


def _records(found: Sequence[Finding]) -> Records:
    """Return findings under the names that scripts rest on."""
    names = tuple(field.name for field in fields(Finding))
    return Records(names, map(attrgetter(*names), found))


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
