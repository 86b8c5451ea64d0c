"""The journal's entries as a printed table and for machines, and an act in words."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from lkjip_tui.core.acts import Act, CellChange, FactKey, RowMade
from lkjip_tui.core.facts import encode
from lkjip_tui.core.journal import Entry
from lkjip_tui.core.values import NULL_SIGN, Value, safe_text
from lkjip_tui.language import _
from lkjip_tui.transfer.export import Exportable
from lkjip_tui.transfer.printed import PrintedColumn, PrintedRow, PrintedTable
from lkjip_tui.transfer.records import Records

_NAMES = (
    "journal_id", "act_id", "changed_at", "changed_by", "label", "table_name", "fact_key",
    "column_name", "before", "after", "undo_of",
)  # fmt: skip


def exportable(entries: Sequence[Entry]) -> Exportable:
    """Return entries, newest first, to be written in any form."""
    return Exportable("history", lambda: [_printed(entries)], lambda: _records(entries))


def _printed(entries: Sequence[Entry]) -> PrintedTable:
    """Return entries as a table in the interface's language, times in the local zone."""
    headings = (
        _("When"), _("Who"), _("Act"), _("Table"), _("Row"), _("Column"), _("Before"), _("After"),
    )  # fmt: skip
    return PrintedTable(
        _("History"),
        [PrintedColumn(heading) for heading in headings],
        [
            PrintedRow([
                entry.changed_at.astimezone().isoformat(" ", "seconds"),
                entry.changed_by,
                _(entry.label) if entry.label else "",
                entry.table,
                _key(entry.key),
                entry.column or "",
                NULL_SIGN if entry.before is None else entry.before,
                NULL_SIGN if entry.after is None else entry.after,
            ])
            for entry in entries
        ],
    )  # fmt: skip


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


def write_act(out: TextIO, act: Act) -> None:
    """Write what an act changed, a line a change."""
    out.writelines(f"{safe_text(line)}\n" for line in _lines(act))


def _lines(act: Act) -> Iterator[str]:
    for change in act.changes:
        row = f"{change.table} ({_key(change.key)})"
        if isinstance(change, CellChange):
            yield f"{row} {change.column}: {_told(change.before)} → {_told(change.after)}"
        else:
            yield f"{'+' if isinstance(change, RowMade) else '−'} {row}"


def _key(key: FactKey) -> str:
    return ", ".join(f"{name}={_told(value)}" for name, value in key)


def _told(value: Value) -> str:
    text = encode(value)
    return NULL_SIGN if text is None else text
