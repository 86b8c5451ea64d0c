"""Acts in words as a printed table, and as the journal has them for machines."""

from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from lkjip_tui.core.acts import Act, CellChange, Change, RecordedAct, RowRemoved
from lkjip_tui.core.changes.chronicle import Deed, Entry
from lkjip_tui.core.changes.wording import Wording
from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.transfer.export import Exportable
from lkjip_tui.transfer.printed import PrintedColumn, PrintedRow, PrintedTable
from lkjip_tui.transfer.records import Record, Records

_NAMES = (
    "journal_id", "act_id", "changed_at", "changed_by", "label", "table_name", "fact_key",
    "column_name", "before", "after", "undo_of",
)  # fmt: skip
_CHANGE_NAMES = ("table_name", "fact_key", "action", "column_name", "before", "after")


def exportable(workspace: Workspace, limit: int) -> Exportable:
    """Return the newest acts, newest first, to be written in any form."""
    return Exportable(
        "history",
        lambda: [_printed(workspace, limit)],
        lambda: _records(workspace.history(limit)),
    )


def of_act(workspace: Workspace, act: Act) -> Exportable:
    """Return all changes of an act that is not done yet, to be written in any form."""
    return of_changes(act.label, workspace.wording(act), lambda: act.changes)


def of_changes(label: str, wording: Wording, changes: Callable[[], Iterable[Change]]) -> Exportable:
    """Return changes, which are read again for each form, to be written in any."""
    return Exportable(
        label,
        lambda: [_changes(label, wording, changes())],
        lambda: Records(_CHANGE_NAMES, map(_change, changes())),
    )


def _changes(label: str, wording: Wording, changes: Iterable[Change]) -> PrintedTable:
    headings = _("Year"), _("Row"), _("Column"), _("Now"), _("New")
    told = (wording.told(Act("", (change,))) for change in changes)
    rows = (PrintedRow([each.year, each.row, each.cell, each.before, each.after]) for each in told)
    return PrintedTable(_(label), [PrintedColumn(heading) for heading in headings], rows)


def _change(change: Change) -> Record:
    """Return a change under the journal's own names; a row that comes or goes is whole."""
    key = dict(change.key)
    if isinstance(change, CellChange):
        return change.table, key, "update", change.column, change.before, change.after
    row = dict(change.row)
    is_gone = isinstance(change, RowRemoved)
    ends = (row, None) if is_gone else (None, row)
    return change.table, key, "delete" if is_gone else "insert", None, *ends


def _printed(workspace: Workspace, limit: int) -> PrintedTable:
    """Return acts as a table in the interface's language, a line each, in local time."""
    headings = (
        _("When"), _("Act"), _("Year"), _("Row"), _("Column"), _("Before"), _("After"),
        _("In all"), _("Who"),
    )  # fmt: skip
    wording = workspace.wording()
    rows = []
    for deed in workspace.deeds(limit):
        told = wording.told(deed.act, deed.extent)
        rows.append(PrintedRow([
            f"{deed.changed_at.astimezone():%Y-%m-%d %H:%M:%S}",
            label(deed),
            told.year, told.row, told.cell, told.before, told.after,
            str(deed.extent) if deed.extent.count > 1 else "",
            deed.changed_by,
        ]))  # fmt: skip
    return PrintedTable(_("History"), [PrintedColumn(heading) for heading in headings], rows)


def label(deed: Deed) -> str:
    """Return what sort of act it was, with a sign and a word when it is undone by now."""
    named = _(deed.act.label) if deed.act.label else ""
    undone = _("undone")
    return named if deed.undone_by is None else f"↶ {undone}: {named}"


def _records(entries: Sequence[Entry]) -> Records:
    """Return entries under the journal's own names."""
    return Records(
        _NAMES,
        (
            (
                entry.journal_id, entry.act_id, entry.changed_at, entry.changed_by, entry.label,
                entry.table, dict(entry.key), entry.column, entry.before, entry.after,
                entry.undo_of,
            )
            for entry in entries
        ),
    )  # fmt: skip


def write_act(out: TextIO, workspace: Workspace, act: Act | RecordedAct) -> None:
    """Write what an act did just now: in a line, or of a few cells a line each."""
    whole = workspace.told(act)
    lines = [str(whole)]
    if whole.extent.count > 1:
        (deed,) = workspace.deeds(1)
        if deed.extent.count == deed.count == len(deed.act.changes):
            told = workspace.wording().told
            lines = [f"{deed.extent}:", *(f"  {told(Act('', (c,)))}" for c in deed.act.changes)]
    out.writelines(f"{safe_text(line)}\n" for line in lines)
