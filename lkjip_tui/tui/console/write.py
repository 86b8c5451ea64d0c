"""Write mode of the console: a switch, and a look at what a statement would change before it does.

While it is on, a sign stands above the texts. It is off whenever the program starts.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from textual import work
from textual.app import ComposeResult
from textual.widgets import Static

from lkjip_tui.core.checks.findings import Finding
from lkjip_tui.core.errors import Interrupted, LkjipError, SavedUnmarked, UsageError
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.tui.commands import BY_ID
from lkjip_tui.tui.console.result import SqlResult
from lkjip_tui.tui.console.result_job import Job
from lkjip_tui.tui.console.runs import Ran
from lkjip_tui.tui.dialogs import literal
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.navigator import SQL
from lkjip_tui.tui.told import Changed, GoTo, Told

if TYPE_CHECKING:
    from lkjip_tui.core.sql.result import Work
    from lkjip_tui.core.sql.statement_changes import StatementChanges
    from lkjip_tui.transfer.proposed import Proposed

_SIGN: Final = "✎"


class SqlWrite(EndsWork):
    """Whether statements may change facts, and what becomes of those that do."""

    DEFAULT_CSS = """
    SqlWrite {
        height: 1; padding: 0 1; display: none;
        background: $warning-muted; color: $text-warning; text-style: bold;
        &.on { display: block; }
    }
    """

    def __init__(self, workspace: Workspace, result: SqlResult) -> None:
        """Begin off; `result` is where a statement is told of while it runs."""
        super().__init__()
        self._workspace = workspace
        self._result = result

    def compose(self) -> ComposeResult:
        """Lay out the sign."""
        told = _("write mode: changes are shown first; {key} ends it")
        told = told.format(key=BY_ID["write_mode"].key_text)
        yield Static(literal(f"{_SIGN} {told}"))

    @property
    def is_on(self) -> bool:
        """Whether it is on."""
        return self.has_class("on")

    def do_write_mode(self) -> None:
        """Switch it on or off."""
        self.toggle_class("on")
        told = _("Write mode is on.") if self.is_on else _("Write mode is off.")
        self.post_message(Told(told))

    def takes(self, statement: str) -> bool:
        """Whether a statement is run here; what is only read is not."""
        try:
            writes = self._workspace.console.writes_facts(statement)
        except LkjipError:
            return self.is_on  # it is told here why not
        if writes and not self.is_on:
            told = _("{key} lets statements change facts.")
            self.post_message(Told(told.format(key=BY_ID["write_mode"].key_text)))
        return writes and self.is_on

    def run(
        self, statement: str, year: int, parameters: Mapping[str, object] | None = None
    ) -> None:
        """Look at what a statement would change, and do it once that is accepted."""
        if self._result.is_running:
            self._result.tell_running()
            return
        job = self._result.begin(Job(_("looking at what would change"), is_run=True))
        self._run(job, statement, year, parameters or {})

    @work(group="write")
    async def _run(
        self, job: Job, statement: str, year: int, parameters: Mapping[str, object]
    ) -> None:
        ran = partial(Ran, uuid4().hex, statement)
        try:
            changes = self._workspace.changes_by(statement, parameters, year=year)
        except LkjipError as error:
            self._result.end(job, error)
            self.post_message(ran(error=error))
            return
        try:
            looked = _Looked(self._workspace, changes, year)
            await self._result.do(job, looked.look)
            told = await self._accepted(looked)
        except LkjipError as error:
            self._result.end(job, error)
            self.post_message(ran(job.milliseconds, error=error))
        else:
            nothing = _("Nothing was changed.")
            self._result.tell(told or nothing)
            left = None if told else Interrupted(nothing)
            self.post_message(ran(job.milliseconds, changes.count, is_whole=True, error=left))
        finally:
            changes.close()

    async def _accepted(self, looked: "_Looked") -> str:
        """Show what would change, and do it; return what is told then, empty where it is left."""
        from lkjip_tui.tui.preview import Preview  # noqa: PLC0415 - opened seldom

        if not looked.changes.count:
            return looked.why_none
        self._result.tell("")
        proposal = StatementProposal(self._workspace, looked)
        preview = Preview(_("What the statement would change"), proposal)
        if not await self.app.push_screen_wait(preview):
            return ""
        told = _("written: {extent}").format(extent=looked.changes.extent)
        self.post_message(Changed(proposal.unmarked or told))
        office = self._workspace.office
        if looked.year not in office.years:
            self.post_message(GoTo(SQL, "", "", year=office.latest))
        undo = _("{key} outside the text takes it back").format(key=BY_ID["undo"].key_text)
        return f"{told}; {undo}"


class _Looked:
    """What a statement would change, and what the checks say of a year now."""

    def __init__(self, workspace: Workspace, changes: "StatementChanges", year: int) -> None:
        self._workspace = workspace
        self.year = year
        self.changes = changes
        self.notes: Sequence[str] = ()
        self.why_none = ""

    def look(self, work: "Work") -> None:
        """Find it out; raises as `StatementChanges.look`."""
        from lkjip_tui.transfer import written_changes  # noqa: PLC0415 - when needed

        self.changes.look(work)
        self.why_none = written_changes.of_none(self.changes)
        found: Sequence[Finding] = ()
        if self.changes.count and self.changes.checks is not None:
            found, _faults = self._workspace.findings(self.year)
        self.notes = [
            *written_changes.of_tables(self.changes),
            *written_changes.of_checks(self.changes, found, self.year),
        ]


class StatementProposal:
    """Changes of a statement; a Proposal. Nothing of them can be mended."""

    can_be_mended: Final = False

    def __init__(self, workspace: Workspace, looked: _Looked) -> None:
        from lkjip_tui.transfer import written_changes  # noqa: PLC0415 - when needed

        self._workspace, self._looked = workspace, looked
        self._words = written_changes
        self._wording = written_changes.words_for(workspace, looked.changes)
        self.unmarked = ""
        """What is wrong although it is done."""
        self.refused = 0

    @property
    def notes(self) -> Sequence[str]:
        """How much changes in which table, and what the checks would say."""
        return self._looked.notes

    @property
    def told(self) -> str:
        """How much it is, in words."""
        return str(self._looked.changes.extent)

    @property
    def row_count(self) -> int:
        """How many changes are listed."""
        return self._looked.changes.count

    def page(self, start: int, stop: int) -> Sequence["Proposed"]:
        """Return changes in words."""
        told, wording = self._words.told, self._wording
        return [told(wording, change) for change in self._looked.changes.page(start, stop)]

    def refusal(self, _row: int) -> str:
        """Return why a change is refused: none is."""
        return ""

    def text(self, row: int) -> str:
        """Return what shall be there."""
        return self.page(row, row + 1)[0].new

    def mend(self, _row: int, _text: str) -> int:
        """Refuse that: the statement is mended."""
        raise UsageError(
            _("What a statement makes is not mended here."), _("Esc, and mend the statement.")
        )

    def leave_out(self, _rows: Collection[int]) -> None:
        """Refuse that, too."""
        self.mend(0, "")

    def leave_out_refused(self) -> None:
        """Refuse that, too."""
        self.mend(0, "")

    def look_again(self) -> None:
        """Hold it against the file as it is now."""
        from lkjip_tui.core.sql.result import Work  # noqa: PLC0415 - when needed

        self._looked.look(Work())

    async def do(self) -> str | None:
        """Do it."""
        try:
            await asyncio.to_thread(self._workspace.write, self._looked.changes)
        except SavedUnmarked as error:  # it is done all the same
            self.unmarked = str(error)
        except LkjipError as error:
            return str(error)
        return None
