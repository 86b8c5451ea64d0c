"""The findings of a year: grouped by rule, narrowed by a text, accepted, gone to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, Static

from lkjip_tui.core.checks.findings import Finding
from lkjip_tui.core.query.queries import Kind, Registry
from lkjip_tui.grid import Grid
from lkjip_tui.language import _, plural
from lkjip_tui.transfer import findings
from lkjip_tui.transfer.export import Exportable
from lkjip_tui.tui.detail import Detail
from lkjip_tui.tui.dialogs import Ask, Confirm, literal
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.findings_model import Failed, FindingsModel
from lkjip_tui.tui.line_box import LineBox
from lkjip_tui.tui.navigator import Counts
from lkjip_tui.tui.told import GoTo


class FindingsPane(EndsWork):
    """Lists rules and their findings."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    DEFAULT_CSS = """
    FindingsPane {
        height: 1fr;
        & > #title { height: 1; padding: 0 1; }
            & > Grid { height: 1fr; }
    }
    """

    @dataclass
    class Accepted(Message):
        """The user lets findings stand, for a reason; None opens them again."""

        findings: Sequence[Finding]
        reason: str | None

    @dataclass
    class RuleOff(Message):
        """The user wants a rule to be silent in this file."""

        check_name: str
        title: str

    def __init__(self) -> None:
        super().__init__()
        self._model = FindingsModel((), {})
        self._registry: Registry | None = None
        self._year = 0
        self._can_accept = True
        self._is_known = False
        self._failed: Sequence[Failed] = ()

    def compose(self) -> ComposeResult:
        """Lay out title, filter, list and detail."""
        yield Static(id="title", markup=False)
        yield LineBox(_("Show findings that hold…"))
        yield Grid(typing=False)
        yield Detail()

    def on_mount(self) -> None:
        """Follow the cursor."""
        self.grid.follower = self._follow
        self.grid.show(self._model, cursor=(0, 0), frozen=1, empty="")

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    @property
    def rule(self) -> str:
        """The check whose line the cursor is on, by full name or file; empty without one."""
        row = self.grid.cursor_row
        if (failed := self._model.failed(row)) is not None:
            return failed.place
        names = (f"{Kind.CHECK}.{finding.check_name}" for finding in self._model.findings(row))
        return next(names, "")

    def show(
        self,
        counts: Counts,
        registry: Registry,
        year: int,
        *,
        rule: str = "",
        can_accept: bool = True,
    ) -> None:
        """Show what was found in a year, as far as it is known; the cursor stays.

        From a finding that was accepted, which goes behind the others, it goes to what has come
        into its place. With a rule's name it goes there, whatever is filtered.
        """
        row = self.grid.cursor_row
        here = next(iter(self._model.findings(self.grid.cursor_row)), None)
        on_rule = self._model.is_rule(self.grid.cursor_row)
        self._registry, self._year, self._can_accept = registry, year, can_accept
        self._is_known = counts.findings is not None
        titles = {check.name: check.title() for check in registry.of_kind(Kind.CHECK)}
        self._failed = _failed(counts, registry)
        self._model.replace(counts.findings or (), titles, self._failed)
        if rule:
            self._show_all()
        self._refresh()
        at = self._model.position(rule) if rule else None
        if at is None and here is not None and not rule:
            at = self._model.position(here.check_name, "" if on_rule else here.finding_key)
            is_settled = (
                not here.accepted and at is not None and self._model.findings(at)[0].accepted
            )
            if is_settled and not on_rule:
                at = min(row, self._model.row_count - 1)
        if at is not None:
            self.grid.move_to(at, self.grid.cursor_column)

    def exportable(self) -> Exportable | None:
        """Return the findings that are shown, to be written to a file."""
        if self._registry is None:
            return None
        return findings.exportable(self._model.shown, self._registry)

    # Commands

    def do_narrow(self) -> None:
        """Show only the findings that hold a text."""
        self.query_one(LineBox).begin()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list while the text is typed."""
        event.stop()
        self._model.narrow(event.value)
        self._refresh()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the list; an empty text needs no room."""
        event.stop()
        event.input.set_class(bool(event.value), "open")
        self.grid.focus()

    async def action_leave(self) -> None:
        """Take the filter away; without one, go back to where the user went from."""
        if self._model.is_narrowed:
            self._show_all()
            self._refresh()
        else:
            await self.app.run_action("command('back')")

    def _show_all(self) -> None:
        box = self.query_one(LineBox)
        with box.prevent(Input.Changed):
            box.value = ""
        box.remove_class("open")
        self._model.narrow("")

    def do_fold(self) -> None:
        """Fold or unfold the rule at the cursor."""
        if self._model.row_count:
            at = self._model.toggle_fold(self.grid.cursor_row)
            self.grid.refresh_rows()
            self.grid.move_to(at, self.grid.cursor_column)

    def do_fold_all(self) -> None:
        """Fold every rule, or unfold all."""
        self._model.toggle_all()
        self.grid.refresh_rows()
        self._follow(self.grid.cursor_row, self.grid.cursor_column)

    def on_grid_fold_toggled(self, event: Grid.FoldToggled) -> None:
        """Fold or unfold the rule whose sign was clicked."""
        event.stop()
        self.grid.move_to(event.row, self.grid.cursor_column)
        self.do_fold()

    def on_grid_edit_requested(self, event: Grid.EditRequested) -> None:
        """Go to the finding's cell, or fold the rule."""
        event.stop()
        if self._model.is_rule(event.row):
            self.do_fold()
        else:
            for finding in self._model.findings(event.row):
                if finding.view_name:
                    cell = finding.row_key or "", finding.column_name or ""
                    self.post_message(GoTo(finding.view_name, *cell))

    @work
    async def do_accept(self) -> None:
        """Let the finding, or all of the rule, stand with a reason; or take that back."""
        row = self.grid.cursor_row
        found = self._model.findings(row)
        if not found:
            return
        standing = [finding for finding in found if not finding.accepted]
        about = found[0].message if len(found) == 1 else self._model.title(found[0])
        if not standing:
            question = _("This was accepted. Shall it count again?")
            told = f"{about}\n{findings.acceptance(found[0])}" if len(found) == 1 else about
            if await self.app.push_screen_wait(Confirm(question, told, _("Open it again"))):
                self.post_message(self.Accepted(found, None))
            return
        question = plural(
            "Accept {count} finding: why may it stand?",
            "Accept {count} findings: why may they stand?",
            len(standing),
        ).format(count=len(standing))
        hint = _("It opens again when what is stated changes.")
        lacking = _("Say why it may stand.")
        reason = await self.app.push_screen_wait(
            Ask(question, "", f"{about}\n{hint}", lacking=lacking)
        )
        if reason is not None:
            self.post_message(self.Accepted(standing, reason))

    def do_rule_off(self) -> None:
        """Switch the rule at the cursor off."""
        for finding in self._model.findings(self.grid.cursor_row)[:1]:
            self.post_message(self.RuleOff(finding.check_name, self._model.title(finding)))

    # Inside

    def _refresh(self) -> None:
        grid, model = self.grid, self._model
        shown = model.shown
        if model.is_narrowed:
            empty = _("No finding holds this text. Esc shows all.")
            told = _("{count} of {all} hold “{text}”; Esc shows all").format(
                count=len(shown), all=len(model.everything), text=self.query_one(LineBox).value
            )
        elif self._is_known:
            empty = _("Nothing is found wrong in {year}.").format(year=self._year)
            told = findings.summary(shown, self._year) if shown else ""
            if accepted := sum(finding.accepted for finding in shown):
                told += "  ✓ " + _("{count} accepted").format(count=accepted)
        else:
            empty, told = _("checking…"), ""
        if self._failed and not model.is_narrowed:
            count = len(self._failed)
            failed = plural("{count} check could not run", "{count} checks could not run", count)
            told = "  ".join(filter(None, [f"● {failed.format(count=count)}", told]))
        grid.show(model, cursor=(grid.cursor_row, grid.cursor_column), frozen=1, empty=empty)
        title = literal(_("Findings")).stylize("bold")
        self.query_one("#title", Static).update(
            title.append(literal(f"  {told}").stylize("$text-muted"))
        )
        self._follow(grid.cursor_row, grid.cursor_column)

    def _follow(self, row: int, _column: int) -> None:
        """Show the finding under the cursor whole."""
        detail = self.query_one(Detail)
        found = self._model.findings(row)
        if (failed := self._model.failed(row)) is not None:
            detail.show(failed.title, failed.reason, state=_("could not run"))
        elif not found:
            detail.clear()
        elif self._model.is_rule(row):
            detail.show(
                self._model.title(found[0]),
                found[0].check_name,
                remarks=_("Enter folds; a accepts all of them with a reason.")
                if self._can_accept
                else _("Enter folds."),
            )
        else:
            finding = found[0]
            told = findings.acceptance(finding)
            enter = _("Enter goes to the cell.") if finding.view_name else ""
            detail.show(self._model.title(finding), finding.message, state=told, remarks=enter)


def _failed(counts: Counts, registry: Registry) -> list[Failed]:
    """Return the checks that could not run, and those whose file was refused."""
    ran = [
        Failed(check.full_name, check.title(), counts.failed[check.full_name].message)
        for check in registry.of_kind(Kind.CHECK)
        if check.full_name in counts.failed
    ]
    refused = [each for each in registry.refused if each.kind is Kind.CHECK]
    return [*ran, *(Failed(each.file, each.name, each.error.message) for each in refused)]
