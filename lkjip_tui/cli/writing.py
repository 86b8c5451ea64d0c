"""What `sql --write` does: a statement that changes facts, told and done as one act."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lkjip_tui.cli.limit import Limit
from lkjip_tui.cli.output import put, stoppable, tell
from lkjip_tui.language import _
from lkjip_tui.transfer.forms import Form

if TYPE_CHECKING:
    from lkjip_tui.core.checks.findings import Finding
    from lkjip_tui.core.sql.statement_changes import StatementChanges
    from lkjip_tui.core.workspace import Workspace


def write_facts(
    workspace: "Workspace",
    text: str,
    parameters: Mapping[str, object],
    form: Form,
    limit: Limit,
    *,
    dry_run: bool,
) -> None:
    """Do what a statement says, or with `dry_run` only list what it would change.

    What changes in which table, and what the checks say then, goes to standard error.
    """
    from lkjip_tui.core.sql.result import Work
    from lkjip_tui.transfer import written_changes

    changes = workspace.changes_by(text, parameters)
    try:
        stoppable(workspace, lambda: changes.look(Work()), limit.from_now())
        if not changes.count:
            tell(written_changes.of_none(changes))
            return
        if dry_run:
            put(workspace, form, written_changes.exportable(workspace, changes))
        _tell(workspace, changes)
        if not dry_run:
            stoppable(workspace, lambda: workspace.write(changes))
            (deed,) = workspace.deeds(1)
            tell(_("Saved as act {number}; lkjip undo takes it back.").format(number=deed.act_id))
    finally:
        changes.close()


def _tell(workspace: "Workspace", changes: "StatementChanges") -> None:
    from lkjip_tui.transfer import written_changes

    year = workspace.year(None)
    found: Sequence[Finding] = ()
    if changes.checks is not None:
        found, _faults = stoppable(workspace, lambda: workspace.findings(year))
    for line in written_changes.of_tables(changes):
        tell(line)
    for line in written_changes.of_checks(changes, found, year):
        tell(line)
