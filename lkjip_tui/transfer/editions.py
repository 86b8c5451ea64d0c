"""Editions, and what they print differently from the file, as tables and for machines."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from lkjip_tui.core.differences import Difference
from lkjip_tui.core.editions import Edition
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.transfer.export import Exportable
from lkjip_tui.transfer.printed import PrintedColumn, PrintedRow, PrintedTable
from lkjip_tui.transfer.records import Records

_LISTED: Final = ("name", "fiscal_year", "frozen_at", "journal_id", "folder")
_COMPARED: Final = ("view_name", "row_key", "column_name", "change", "then", "now")


def listed(workspace: Workspace, found: Sequence[Edition]) -> Exportable:
    """Return editions, each with the files in it that were changed since."""
    changed = [workspace.editions.changed_files(edition) for edition in found]

    def printed() -> PrintedTable:
        headings = _("Edition"), _("Year"), _("Frozen"), _("State")
        rows = [
            PrintedRow([
                edition.name,
                str(edition.fiscal_year),
                f"{edition.frozen_at.astimezone():%Y-%m-%d %H:%M}",
                changed_text(names) or _("as it was frozen"),
            ])
            for edition, names in zip(found, changed, strict=True)
        ]  # fmt: skip
        return PrintedTable(_("Editions"), [PrintedColumn(heading) for heading in headings], rows)

    return Exportable(
        "editions",
        lambda: [printed()],
        lambda: Records(
            (*_LISTED, "changed"),
            (
                (*attrgetter(*_LISTED)(edition), names)
                for edition, names in zip(found, changed, strict=True)
            ),
        ),
    )


def changed_text(names: Sequence[str]) -> str:
    """Return which files of an edition are not what was frozen; empty when all are."""
    if not names:
        return ""
    return _("changed since it was frozen: {files}").format(files=", ".join(names))


def texts(difference: Difference) -> tuple[str, str]:
    """Return what an edition prints and what the file prints, in words for a whole row."""
    if difference.change == "came":
        return _("no such row"), _("there")
    if difference.change == "went":
        return _("there"), _("no such row")
    return difference.then, difference.now


def compared(edition: Edition, found: Sequence[Difference]) -> Exportable:
    """Return what an edition prints differently from the file."""

    def printed() -> PrintedTable:
        headings = _("Table"), _("Row"), _("Column"), edition.name, _("Now")
        rows = [PrintedRow([each.table, each.row, each.column, *texts(each)]) for each in found]
        title = _("Compared with “{edition}”").format(edition=edition.name)
        return PrintedTable(title, [PrintedColumn(heading) for heading in headings], rows)

    return Exportable(
        "differences",
        lambda: [printed()],
        lambda: Records(_COMPARED, map(attrgetter(*_COMPARED), found)),
    )
