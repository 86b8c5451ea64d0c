"""What much would change, before it is done: old, new, difference, what is refused and why.

The one preview of everything that changes many cells. It is accepted as one act, or not at all.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Offset, Region
from textual.widgets import Static

from lkjip_tui.core.errors import LkjipError
from lkjip_tui.grid import CellEditor, Grid, keys_waiting
from lkjip_tui.language import _
from lkjip_tui.tui.detail import Detail
from lkjip_tui.tui.dialogs import literal
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.preview_model import PreviewModel, in_a_line, whole
from lkjip_tui.tui.proposal import Proposal
from lkjip_tui.tui.result_words import at_work
from lkjip_tui.tui.window import Window

_ESCAPE: Final = "Esc"
#: Seconds between two words about what is done, and after which it is stopped once more.
_SOON: Final = 0.2
_STOPPING: Final = 0.02


class Preview(Window[bool | None], EndsWork):
    """Shows a proposal; its refused texts are mended or left out here. Gives whether it was done.

    What was mended is gone with the window, so it closes only when it is done, or left. Where
    `other` names another look at the same, F4 closes with None for it. While it is done Esc calls
    `stop`, again and again, until that has ended.
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
        & Detail { height: 4; }
        & #about { height: auto; max-height: 25%; color: $text-muted; & Static { height: auto; } }
        & #reason { height: auto; max-height: 3; color: $text-error; }
        & #keys { height: auto; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "accept", show=False, priority=True),
        Binding("f2", "mend", show=False),
        Binding("delete", "leave_out", show=False),
        Binding("alt+x", "leave_out_refused", show=False),
        Binding("f4", "other", show=False),
        Binding("ctrl+o", "show_whole", show=False),
        Binding("alt+down", "scroll_notes(1)", show=False, priority=True),
        Binding("alt+up", "scroll_notes(-1)", show=False, priority=True),
        Binding("escape", "leave", show=False),
    ]

    def __init__(
        self,
        title: str,
        proposal: Proposal,
        notes: Sequence[str] = (),
        *,
        other: str = "",
        stop: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._stop = stop
        self._title, self._notes, self._other = title, notes, other
        self._proposal, self._model = proposal, PreviewModel(proposal)
        self._editing: int | None = None
        self._working = asyncio.Lock()
        self._is_doing = self._is_stopping = False
        self._warned_for = ""
        self.is_unsaved = False
        """Whether leaving now would lose a text that was mended here."""

    def compose(self) -> ComposeResult:
        """Lay out the proposal."""
        with Vertical():
            yield Static(literal(self._title), id="heading")
            with VerticalScroll(id="about", can_focus=False):
                yield Static(id="notes", markup=False)
            yield Grid()
            yield CellEditor()
            yield Detail()
            yield Static(id="reason", markup=False)
            yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Begin at what is refused."""
        self._grid.follower = lambda _row, _column: self._show_reason()
        self._model.fit(self._width)
        cursor = (0, self._model.new)
        self._grid.show(self._model, cursor=cursor, frozen=1, empty=_("Nothing changes."))
        self._grid.focus()
        for way in ("scroll_x", "scroll_y"):
            self.watch(self._grid, way, self._stand_over_cell, init=False)
        self._show_counts()

    @property
    def _grid(self) -> Grid:
        return self.query_one(Grid)

    @property
    def _here(self) -> int | None:
        """The row under the cursor, None where there is none."""
        at = self._grid.cursor_row
        return at if at < self._proposal.row_count else None

    # Acts

    @work
    async def action_accept(self) -> None:
        """Do it, unless something refused is neither mended nor left out."""
        async with self._at_work():
            is_mending = self._editing is not None
            if not await self._mend():
                return
            if not self._proposal.refused:
                await self._accept()
            elif not is_mending:  # else it says why the text cannot be
                self._say(
                    _("Some cells are refused: F2 mends one, Del leaves it out, Alt+X all of them.")
                )

    async def _accept(self) -> None:
        self._is_doing, self._is_stopping, began = True, False, time.monotonic()

        def tell() -> None:
            seconds = time.monotonic() - began
            told = at_work(_("Doing it"), seconds, None, is_stopping=self._is_stopping)
            self.query_one("#keys", Static).update(literal(told))

        telling = self.set_interval(_SOON, tell)
        try:
            refused = await self._proposal.do()
        finally:
            telling.stop()
            self._is_doing = False
        if refused is None:
            self.dismiss(result=True)
            return
        # The file may hold something else by now: that is what is to be looked at.
        if not await self._worked(self._proposal.look_again):
            self._show()
        self._show_keys()
        self._say(refused)

    def action_leave(self) -> None:
        """Do nothing of it; what was mended is lost only on the second asking."""
        self._leave(_ESCAPE, result=False)

    def action_other(self) -> None:
        """Look at it otherwise."""
        if self._other:
            self._leave("F4", result=None)

    def action_scroll_notes(self, pages: int) -> None:
        """Show the notes that have no room."""
        notes = self.query_one("#about", VerticalScroll)
        notes.scroll_relative(y=pages * max(notes.size.height - 1, 1), animate=False)

    def _stop_doing(self) -> None:
        """Stop it until it has: what is just about to begin does not hear it the first time."""
        if self._is_doing:
            self._is_stopping = True
            self._stop()
            self.set_timer(_STOPPING, self._stop_doing)

    def _leave(self, key: str, *, result: bool | None) -> None:
        if self._is_doing:
            if key == _ESCAPE:
                self._stop_doing()
            return
        if self.is_unsaved and self._warned_for != key:
            self._warned_for = key
            told = _("Texts were mended here: F5 does it, {key} once more drops them.")
            self._say(told.format(key=key))
        else:
            self.dismiss(result)

    def action_show_whole(self) -> None:
        """Show the chosen change in a window of its own."""
        from lkjip_tui.tui.text_window import TextWindow  # noqa: PLC0415 - it is heavy

        if self._here is not None:
            (each,) = self._proposal.page(self._here, self._here + 1)
            self.app.push_screen(TextWindow(self._title, whole(each)))

    def action_mend(self) -> None:
        """Type the text under the cursor anew."""
        self._grid.action_edit()

    @property
    def _can_be_mended(self) -> bool:
        """Whether cells can be mended and left out; says it where they cannot."""
        if not self._proposal.can_be_mended:
            self._say(_("Esc does nothing of it, and the statement can be mended."))
        return self._proposal.can_be_mended

    def action_leave_out(self) -> None:
        """Leave out the chosen cells."""
        if not self._can_be_mended:
            return
        rows = range(min(self._grid.block.rows.stop, self._proposal.row_count))
        chosen = rows[self._grid.block.rows.start :]
        self._leave_out(lambda: self._proposal.leave_out(chosen))

    def action_leave_out_refused(self) -> None:
        """Leave out every cell that is refused."""
        if self._can_be_mended:
            self._leave_out(self._proposal.leave_out_refused)

    @work
    async def _leave_out(self, leave_out: Callable[[], None]) -> None:
        async with self._at_work():
            if not await self._mend():
                return
            refused = await self._worked(leave_out)
            if refused:
                self._say(refused)
            else:
                self._show()

    def on_grid_edit_requested(self, event: Grid.EditRequested) -> None:
        """Open the text of the cell beside the cursor."""
        event.stop()
        if self._here is None or self._working.locked() or not self._can_be_mended:
            return
        grid = self._grid
        grid.move_to(event.row, self._model.new)
        self._editing = self._here
        self.query_one(CellEditor).open(
            self._cursor_region(),
            self._proposal.text(self._here),
            begun=event.text,
        )

    def _cursor_region(self) -> Region:
        """Return where the cell stands whose text is mended."""
        grid = self._grid
        origin = grid.region.offset - self.query_one(Vertical).region.offset - Offset(1, 1)
        region = grid.cell_region(grid.cursor_row, self._model.new)
        return region and region.translate(origin)

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
        """Put the text in an open box where it was opened; False where it cannot be.

        The cursor may be elsewhere by then: a click there closes the box.
        """
        mended, editor = self._editing, self.query_one(CellEditor)
        if mended is None:
            return True
        before, at = self._proposal.text(mended), mended

        def mend() -> None:
            nonlocal at
            at = self._proposal.mend(mended, editor.text)

        if refused := await self._worked(mend):
            self._grid.move_to(mended, self._model.new)
            editor.refuse(refused)
            self._say(refused)
            return False
        self.is_unsaved |= editor.text != before
        here = self._here
        self._editing = None
        editor.close()
        self._show()
        if at < self._proposal.row_count and self._proposal.refusal(at):
            self._grid.move_to(at, self._model.new)
        elif here is not None and here != mended:
            self._grid.move_to(here - (mended < here <= at), self._model.new)
        return True

    async def _worked(self, act: Callable[[], object]) -> str:
        """Do something off the screen; return why it cannot be, empty when it is done."""
        try:
            await asyncio.to_thread(act)
        except LkjipError as error:
            return str(error)
        return ""

    def _show(self) -> None:
        row = self._grid.cursor_row
        self._fit()
        self._grid.move_to(row, self._model.new)
        self._show_counts()

    def _fit_width(self) -> None:
        if self._width != self._model.width:
            self._fit()

    def _fit(self) -> None:
        """Lay the columns out for what is proposed now, in the width that there is."""
        self._model.fit(self._width)
        self._grid.show_columns()
        self._show_keys()

    @property
    def _width(self) -> int:
        grid = self._grid
        # Before it is laid out it is as wide as its frame will leave it.
        width = grid.size.width or self.app.size.width * 96 // 100 - 4
        return width - grid.styles.scrollbar_size_vertical

    def _show_counts(self) -> None:
        told = self._proposal.told
        heading = literal(self._title).append(literal(f"   {told}").stylize("$text-accent"))
        self.query_one("#heading", Static).update(heading)
        notes = [*self._proposal.notes, *self._notes]
        self.query_one("#notes", Static).update(literal("\n".join(notes)))
        self.query_one("#about").display = bool(notes)
        self.call_after_refresh(self._show_keys)
        self._show_reason()

    def _show_reason(self) -> None:
        here, self._warned_for = self._here, ""
        self._say(self._proposal.refusal(here) if here is not None else "")
        detail = self.query_one(Detail)
        if here is None:
            detail.clear()
            return
        (each,) = self._proposal.page(here, here + 1)
        detail.show(each.place, in_a_line(each, self._width - 2))

    def on_resize(self) -> None:
        """Lay it out anew."""
        self.call_after_refresh(self._fit_width)
        self.call_after_refresh(self._show_keys)
        self.call_after_refresh(self._stand_over_cell)

    def _stand_over_cell(self) -> None:
        self.query_one(CellEditor).stand_over(self._cursor_region())

    def _show_keys(self) -> None:
        keys = _("F5  do it    F2  mend    Del  leave out    Esc  do nothing of it")
        if not self._proposal.can_be_mended:
            keys = _("F5  do it    Esc  do nothing of it")
        keys += "    " + _("Ctrl+O  all of it")
        if self._other:
            keys = f"{keys}    F4  {self._other}"
        if self.query_one("#about", VerticalScroll).max_scroll_y:
            keys += "    " + _("Alt+↓  more notes")
        self.query_one("#keys", Static).update(literal(keys))

    def _say(self, text: str) -> None:
        reason = self.query_one("#reason", Static)
        reason.update(Content("● ").append(literal(text)))
        reason.display = bool(text)
