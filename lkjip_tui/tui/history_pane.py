"""The history: every act of the file, newest first; single ones and many are taken back here."""

import asyncio
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from lkjip_tui.core.figures.values import Kind, show
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Grid
from lkjip_tui.language import _, plural
from lkjip_tui.transfer import history
from lkjip_tui.transfer.export import Exportable
from lkjip_tui.tui.act_window import ActWindow
from lkjip_tui.tui.detail import Detail
from lkjip_tui.tui.dialogs import Confirm, literal
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.history_model import ChangesModel, HistoryModel
from lkjip_tui.tui.told import TakeBack, Told


class HistoryPane(EndsWork):
    """A titled list of acts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.command('back')", show=False),
    ]

    DEFAULT_CSS = """
    HistoryPane {
        height: 1fr;
        & > #title { height: 1; padding: 0 1; }
        & > Grid { height: 1fr; }
    }
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._model: HistoryModel | None = None

    def compose(self) -> ComposeResult:
        """Lay out title, list and detail."""
        about = literal(_("Enter lists what an act changed; Esc goes back")).stylize("$text-muted")
        title = literal(_("History")).stylize("bold").append("  ").append(about)
        yield Static(title, id="title", markup=False)
        yield Grid(typing=False)
        yield Detail()

    def on_mount(self) -> None:
        """Follow the cursor."""
        self.grid.follower = self._follow

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    @property
    def act_to_keep(self) -> int:
        """The act on which the cursor stays when newer ones come; 0 at the top, where it stays."""
        here = self._here()
        return self._number(here) if here else 0

    def show(self, model: HistoryModel, act: int) -> None:
        """List acts, the cursor on one of them, or on the newest."""
        self._model = model
        cursor = model.position(act) or 0, self.grid.cursor_column
        self.grid.show(model, cursor=cursor, empty=_("Nothing was changed yet."))
        self._follow(*cursor)

    def exportable(self) -> Exportable:
        """Return the list, to be written to a file."""
        return history.exportable(self._workspace, self.grid.model.row_count)

    # Commands

    def do_undo_act(self) -> None:
        """Take back the act at the cursor alone."""
        if (here := self._here()) is not None:
            number = self._number(here)
            self.post_message(TakeBack(lambda: self._workspace.undo_act(number)))

    @work
    async def do_undo_to_here(self) -> None:
        """Take back every act that is newer than the one at the cursor, after asking."""
        here, model = self._here(), self._model
        if here is None or model is None:
            return
        number = self._number(here)
        acts, extent = await asyncio.to_thread(self._workspace.newer, number)
        if not acts:
            self.post_message(Told(_("No newer act stands.")))
            return
        question = plural("Undo {count} newer act?", "Undo {count} newer acts?", acts)
        about = "\n".join((
            _("Taken back: {extent}.").format(extent=extent),
            _("Stays: {act}").format(act=model.heading(here)),
            _("Ctrl+Y brings all of it back."),
        ))  # fmt: skip
        asked = Confirm(question.format(count=show(acts, Kind.COUNT)), about, _("undo"))
        if await self.app.push_screen_wait(asked):
            self.post_message(TakeBack(lambda: self._workspace.undo_to(number)))

    def do_long_text(self) -> None:
        """Show the act at the cursor whole."""
        from lkjip_tui.tui.text_window import TextWindow  # noqa: PLC0415 - it is heavy

        if (here := self._here()) is not None and self._model is not None:
            model = self._model
            self.app.push_screen(TextWindow(model.heading(here), model.whole(here)))

    def on_grid_edit_requested(self, event: Grid.EditRequested) -> None:
        """List all changes of the act."""
        event.stop()
        if self._model is not None:
            deed = self._model.deeds[event.row]
            read = partial(self._workspace.changes, deed.act_id)
            changes = ChangesModel(self._workspace.wording(), deed.count, read)
            heading = f"{deed.extent} · {self._model.heading(event.row)}"
            self.app.push_screen(ActWindow(heading, changes))

    # Inside

    def _here(self) -> int | None:
        """Return the cursor's row, None where there is none."""
        row = self.grid.cursor_row
        return row if self._model is not None and row < self._model.row_count else None

    def _number(self, row: int) -> int:
        return 0 if self._model is None else self._model.deeds[row].act_id

    def _follow(self, row: int, _column: int) -> None:
        """Show the act under the cursor whole."""
        detail = self.query_one(Detail)
        if self._model is None or row >= self._model.row_count:
            detail.clear()
        else:
            model = self._model
            detail.show(model.heading(row), model.whole(row), state=model.relations(row))
