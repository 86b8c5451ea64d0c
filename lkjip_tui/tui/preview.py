"""What much would change, before it is done: old, new, difference, what is refused and why.

The one preview of everything that changes many cells. It is accepted as one act, or not at all.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import ClassVar, Protocol

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widgets import Static

from lkjip_tui.core.cells import Cells
from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.header import ViewRow
from lkjip_tui.core.plan import CellText, Outcome, Plan
from lkjip_tui.core.values import Kind, show
from lkjip_tui.grid import CellEditor, Grid, keys_waiting
from lkjip_tui.language import _
from lkjip_tui.tui.dialogs import literal
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.plan_model import NEW, PlanModel


class Replan(Protocol):
    """Works a plan out anew, off the screen, for texts that were mended or left out."""

    def __call__(self, entries: Sequence[CellText], /, *, afresh: bool = False) -> Plan:
        """Return the plan; `afresh` with the rows as the file holds them now."""
        ...


Do = Callable[[Plan], Awaitable[str | None]]
"""Does what a plan says; gives why it cannot be, None when it is done."""


class Preview(ModalScreen[bool], EndsWork):
    """Shows a plan; its refused texts are mended or left out here. Gives whether it was done.

    What was mended is gone with the window, so it closes only when the plan is done.
    """

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
        do: Do,
        cells: Cells,
        names: ViewRow,
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._title, self._notes = title, notes
        self._plan, self._replan, self._do = plan, replan, do
        self._model = PlanModel(plan, cells, names)
        self._left_out = 0
        self._editing: Outcome | None = None
        self._working = asyncio.Lock()
        self._is_doing = False
        self._is_warned = False
        self.is_unsaved = False
        """Whether leaving now would lose a text that was mended here."""

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
        self._grid.show(self._model, cursor=(0, NEW), frozen=1, empty=_("Nothing changes."))
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

    @work
    async def action_accept(self) -> None:
        """Do it, unless something refused is neither mended nor left out."""
        async with self._at_work():
            is_mending = self._editing is not None
            if not await self._mend():
                return
            if not self._plan.refused:
                await self._accept()
            elif not is_mending:  # else it says why the text cannot be
                self._say(
                    _("Some cells are refused: F2 mends one, Del leaves it out, Alt+X all of them.")
                )

    async def _accept(self) -> None:
        self._is_doing = True
        refused = await self._do(self._plan)
        self._is_doing = False
        if refused is None:
            self.dismiss(result=True)
            return
        # The file may hold something else by now: that is what is to be looked at.
        plan = await self._worked_out([each.entry for each in self._plan.outcomes], afresh=True)
        if isinstance(plan, Plan):
            self._show(plan)
        self._say(refused)

    def action_leave(self) -> None:
        """Do nothing of it; what was mended is lost only on the second asking."""
        if self._is_doing:
            return
        if self.is_unsaved and not self._is_warned:
            self._is_warned = True
            self._say(_("Texts were mended here: F5 does it, Esc once more drops them."))
        else:
            self.dismiss(result=False)

    def action_mend(self) -> None:
        """Type the text under the cursor anew."""
        self._grid.action_edit()

    def action_leave_out(self) -> None:
        """Leave out the chosen cells."""
        chosen = self._grid.block.rows
        self._leave_out({self._place(self._model.outcomes[number]) for number in chosen})

    def action_leave_out_refused(self) -> None:
        """Leave out every cell that is refused."""
        self._leave_out({self._place(outcome) for outcome in self._plan.refused})

    @work
    async def _leave_out(self, places: set[int]) -> None:
        async with self._at_work():
            if not await self._mend():
                return
            entries = [each.entry for each in self._plan.outcomes]
            kept = [entry for place, entry in enumerate(entries) if place not in places]
            plan = await self._worked_out(kept)
            if isinstance(plan, Plan):
                self._left_out += len(entries) - len(kept)
                self._show(plan)
            else:
                self._say(plan)

    def on_grid_edit_requested(self, event: Grid.EditRequested) -> None:
        """Open the text of the cell beside the cursor."""
        event.stop()
        if self._here is None or self._working.locked():
            return
        grid = self._grid
        grid.move_to(event.row, NEW)
        region = grid.cell_region(event.row, NEW)
        origin = grid.region.offset - self.query_one(Vertical).region.offset - Offset(1, 1)
        self._editing = self._here
        self.query_one(CellEditor).open(
            region.translate(origin),
            self._here.entry.text if event.text is None else event.text,
            replace=event.text is not None,
        )

    def on_cell_editor_accepted(self, event: CellEditor.Accepted) -> None:
        """Work the plan out anew with the text that was typed."""
        event.stop()
        self._take_text()

    @work
    async def _take_text(self) -> None:
        async with self._at_work():
            await self._mend()

    def on_cell_editor_cancelled(self, event: CellEditor.Cancelled) -> None:
        """Leave the text as it was."""
        event.stop()
        self._editing = None

    # Inside

    @asynccontextmanager
    async def _at_work(self) -> AsyncIterator[None]:
        """Keep keys, other work and the box waiting: they are meant for the plan that comes."""
        with keys_waiting(self):
            async with self._working:
                yield

    async def _mend(self) -> bool:
        """Put the text in an open box where it was opened; False where no plan comes of it.

        The cursor may be elsewhere by then: a click there closes the box.
        """
        mended, editor = self._editing, self.query_one(CellEditor)
        if mended is None:
            return True
        at = self._place(mended)
        entries = [each.entry for each in self._plan.outcomes]
        entries[at] = replace(mended.entry, text=editor.text)
        plan = await self._worked_out(entries)
        if isinstance(plan, str):
            self._go_to(mended)
            editor.refuse(plan)
            self._say(plan)
            return False
        self.is_unsaved |= editor.text != mended.entry.text
        here = self._here
        at_cursor = at if here is None or plan.outcomes[at].refused else self._place(here)
        self._editing = None
        editor.close()
        self._show(plan)
        if at_cursor != at or plan.outcomes[at].refused:
            self._go_to(plan.outcomes[at_cursor])
        return True

    async def _worked_out(self, entries: Sequence[CellText], *, afresh: bool = False) -> Plan | str:
        """Return the plan of these entries, or why there is none."""
        try:
            return await asyncio.to_thread(self._replan, entries, afresh=afresh)
        except LkjipError as error:
            return str(error)

    def _place(self, outcome: Outcome) -> int:
        """Return where an outcome stands in the plan, which lists them in another order."""
        return next(n for n, each in enumerate(self._plan.outcomes) if each is outcome)

    def _go_to(self, outcome: Outcome) -> None:
        if outcome in self._model.outcomes:
            self._grid.move_to(self._model.outcomes.index(outcome), NEW)

    def _show(self, plan: Plan) -> None:
        self._plan = plan
        self._model.replace(plan)
        self._grid.refresh_rows()
        self._show_counts()

    def _show_counts(self) -> None:
        plan = self._plan
        changed, refused = len(plan.changed), len(plan.refused)
        counts = [
            (refused, _("{count} refused")),
            (len(plan.outcomes) - changed - refused, _("{count} hold that already")),
            (self._left_out, _("{count} left out")),
        ]  # fmt: skip
        told = " · ".join((
            str(plan.extent),
            *(text.format(count=show(count, Kind.COUNT)) for count, text in counts if count),
        ))  # fmt: skip
        heading = literal(self._title).append(literal(f"   {told}").stylize("$text-accent"))
        self.query_one("#heading", Static).update(heading)
        self._show_reason()

    def _show_reason(self) -> None:
        here, self._is_warned = self._here, False
        self._say(here.refused if here else "")
        keys = _("F5  do it    F2  mend    Del  leave out    Esc  do nothing of it")
        self.query_one("#keys", Static).update(literal(keys))

    def _say(self, text: str) -> None:
        reason = self.query_one("#reason", Static)
        reason.update(Content("● ").append(literal(text)) if text else "")
