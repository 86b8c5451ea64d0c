"""What much would change, before it is done: old, new, difference, what is refused and why.

The one preview of everything that changes many cells. It is accepted as one act, or not at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widgets import Static

from lkjip_tui.core.cells import Cells
from lkjip_tui.core.header import ViewRow
from lkjip_tui.core.plan import CellText, Outcome, Plan
from lkjip_tui.core.values import Kind, safe_text, show
from lkjip_tui.grid import CellEditor, Grid, GridCell, GridColumn, GridRow
from lkjip_tui.language import _, plural
from lkjip_tui.tui.dialogs import literal

Replan = Callable[[Sequence[CellText]], Plan]
"""Works a plan out anew for texts that were mended or left out."""

_NEW: Final = 2


class PlanModel:
    """The outcomes of a plan that refuse or change something, the refused first; a GridModel."""

    def __init__(self, plan: Plan, cells: Cells, names: ViewRow) -> None:
        self._cells, self._names = cells, names
        self.columns = [
            GridColumn("cell", _("Cell")),
            GridColumn("now", _("Now"), right=True),
            GridColumn("new", _("New"), right=True),
            GridColumn("difference", _("Difference"), right=True),
            GridColumn("reason", _("Why not")),
        ]
        self.outcomes: Sequence[Outcome] = ()
        self.replace(plan)

    def replace(self, plan: Plan) -> None:
        """Show another plan of the same table."""
        self.outcomes = [*plan.refused, *plan.changed]

    @property
    def row_count(self) -> int:
        """How many outcomes are listed."""
        return len(self.outcomes)

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return outcomes as the grid draws them."""
        return [self._row(outcome) for outcome in self.outcomes[start:stop]]

    def _row(self, outcome: Outcome) -> GridRow:
        entry, cells = outcome.entry, self._cells
        row, column = entry.row, entry.column
        name = cells.text(cells.shown[cells.trunk], row)
        if entry.new is not None:
            name = _("new row {number}").format(number=entry.new + 1)
        texts = [
            f"{cells.heading(column, self._names)} · {name}",
            cells.text(column, row),
            entry.text if outcome.refused else self.after(outcome),
            self._difference(outcome),
            outcome.refused.split("\n", 1)[0],
        ]
        return GridRow([
            GridCell(
                safe_text(text.split("\n", 1)[0]),
                more="\n" in text,
                mark="waiting" if outcome.refused and number == _NEW else "",
            )
            for number, text in enumerate(texts)
        ])  # fmt: skip

    def after(self, outcome: Outcome) -> str:
        """Return a cell as it would be printed."""
        entry, reading = outcome.entry, outcome.reading
        row = {**entry.row, entry.column.name: reading.value if reading else None}
        if entry.column.companion and reading is not None:
            row[entry.column.companion] = reading.words
        return self._cells.text(entry.column, row)

    def _difference(self, outcome: Outcome) -> str:
        column, row = outcome.entry.column, outcome.entry.row
        before = row[column.name]
        after = outcome.reading.value if outcome.reading else None
        kind = column.kind_in(row)
        if outcome.refused or not kind.is_number:
            return ""
        if not isinstance(before, int | Decimal) or not isinstance(after, int | Decimal):
            return ""
        return show(after - before, kind)


class Preview(ModalScreen[Plan | None]):
    """Shows a plan; its refused texts are mended or left out here. Gives the plan to be done."""

    DEFAULT_CSS = """
    Preview {
        align: center middle;
        & > Vertical {
            width: 96%; height: 90%; padding: 0 1; background: $surface; border: round $primary;
            layers: default grid-editor;
        }
        & #heading { text-style: bold; }
        & Grid { height: 1fr; }
        & #about { height: auto; max-height: 6; color: $text-muted; }
        & #reason { height: auto; max-height: 3; color: $text-error; }
        & #keys { height: 1; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "accept", show=False, priority=True),
        Binding("f2", "mend", show=False),
        Binding("delete", "leave_out", show=False),
        Binding("alt+x", "leave_out_refused", show=False),
        Binding("escape", "leave", show=False),
    ]

    def __init__(  # noqa: PLR0917 - what is shown, and how it is worked out anew
        self,
        title: str,
        plan: Plan,
        replan: Replan,
        cells: Cells,
        names: ViewRow,
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._title, self._notes = title, notes
        self._plan, self._replan = plan, replan
        self._model = PlanModel(plan, cells, names)
        self._left_out = 0

    def compose(self) -> ComposeResult:
        """Lay out the plan."""
        with Vertical():
            yield Static(literal(self._title), id="heading")
            yield Static(literal("\n".join(self._notes)), id="about")
            yield Grid()
            yield CellEditor()
            yield Static(id="reason", markup=False)
            yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Begin at what is refused."""
        self.query_one("#about").display = bool(self._notes)
        self._grid.follower = lambda _row, _column: self._show_reason()
        self._grid.show(self._model, cursor=(0, _NEW), frozen=1, empty=_("Nothing changes."))
        self._grid.focus()
        self._show_counts()

    @property
    def _grid(self) -> Grid:
        return self.query_one(Grid)

    @property
    def _here(self) -> Outcome | None:
        at = self._grid.cursor_row
        return self._model.outcomes[at] if at < self._model.row_count else None

    # Acts

    def action_accept(self) -> None:
        """Do it, unless something refused is neither mended nor left out."""
        editor = self.query_one(CellEditor)
        is_mending = editor.is_open
        if is_mending:
            self._mend(editor)
        if self._plan.refused and not is_mending:  # else it says why the text cannot be
            self._say(
                _("Some cells are refused: F2 mends one, Del leaves it out, Alt+X all of them.")
            )
        elif not self._plan.refused:
            self.dismiss(self._plan)

    def action_leave(self) -> None:
        """Do nothing of it."""
        self.dismiss(None)

    def action_mend(self) -> None:
        """Type the text under the cursor anew."""
        self._grid.action_edit()

    def action_leave_out(self) -> None:
        """Leave out the chosen cells."""
        self._leave_out({id(self._model.outcomes[number]) for number in self._grid.block.rows})

    def action_leave_out_refused(self) -> None:
        """Leave out every cell that is refused."""
        self._leave_out({id(outcome) for outcome in self._plan.refused})

    def _leave_out(self, ids: set[int]) -> None:
        kept = [each.entry for each in self._plan.outcomes if id(each) not in ids]
        self._left_out += len(self._plan.outcomes) - len(kept)
        self._show(self._replan(kept))

    def on_grid_edit_requested(self, event: Grid.EditRequested) -> None:
        """Open the text of the cell beside the cursor."""
        event.stop()
        if self._here is None:
            return
        grid = self._grid
        grid.move_to(event.row, _NEW)
        region = grid.cell_region(event.row, _NEW)
        origin = grid.region.offset - self.query_one(Vertical).region.offset - Offset(1, 1)
        self.query_one(CellEditor).open(
            region.translate(origin),
            self._here.entry.text if event.text is None else event.text,
            replace=event.text is not None,
        )

    def on_cell_editor_accepted(self, event: CellEditor.Accepted) -> None:
        """Work the plan out anew with the text that was typed."""
        event.stop()
        self._mend(event.editor)

    def on_cell_editor_cancelled(self, event: CellEditor.Cancelled) -> None:
        """Leave the text as it was."""
        event.stop()

    # Inside

    def _mend(self, editor: CellEditor) -> None:
        """Take the text that is being edited for the one at the cursor."""
        here, text = self._here, editor.text
        editor.close()
        if here is None:
            return
        outcomes = self._plan.outcomes
        at = next(number for number, each in enumerate(outcomes) if each is here)
        entries = [each.entry for each in outcomes]
        entries[at] = replace(here.entry, text=text)
        self._show(self._replan(entries))
        mended = self._plan.outcomes[at]
        if mended.refused:
            self._grid.move_to(self._model.outcomes.index(mended), _NEW)

    def _show(self, plan: Plan) -> None:
        self._plan = plan
        self._model.replace(plan)
        self._grid.refresh_rows()
        self._show_counts()

    def _show_counts(self) -> None:
        plan = self._plan
        changed, refused = len(plan.changed), len(plan.refused)
        counts = [
            (changed, plural("{count} cell changes", "{count} cells change", changed)),
            (refused, _("{count} refused")),
            (len(plan.outcomes) - changed - refused, _("{count} hold that already")),
            (self._left_out, _("{count} left out")),
        ]  # fmt: skip
        told = " · ".join(
            text.format(count=show(count, Kind.COUNT)) for count, text in counts if count
        )
        heading = literal(self._title).append(literal(f"   {told}").stylize("$text-accent"))
        self.query_one("#heading", Static).update(heading)
        self._show_reason()

    def _show_reason(self) -> None:
        here = self._here
        self._say(here.refused if here else "")
        keys = _("F5  do it    F2  mend    Del  leave out    Esc  do nothing of it")
        self.query_one("#keys", Static).update(literal(keys))

    def _say(self, text: str) -> None:
        reason = self.query_one("#reason", Static)
        reason.update(Content("● ").append(literal(text)) if text else "")
