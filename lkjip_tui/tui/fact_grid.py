"""A query's rows in a grid whose cells are edited in place."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import TypeVar, cast

from textual.app import ComposeResult
from textual.geometry import Region
from textual.widget import Widget

from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.figures.values import Kind, Value, quoted, safe_text
from lkjip_tui.core.query.choosing import Choice, fitting
from lkjip_tui.core.query.header import Column, ViewRow
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import CellEditor, ChoiceList, Direction, Echo, Grid, Options, draw
from lkjip_tui.language import _
from lkjip_tui.tui.block_texts import text_to_edit
from lkjip_tui.tui.query_model import QueryModel, cell_of
from lkjip_tui.tui.told import GoTo, Told

_Editor = TypeVar("_Editor", CellEditor, ChoiceList)

Save = Callable[[Column, ViewRow, str], Awaitable[str | None]]
"""Writes a typed text into a cell, and shows what came of it; returns why not, None when done."""

Picked = Callable[[Choice, Direction], Awaitable[None]]
"""Does something with what was picked from a list by a key that goes on in a direction."""

#: Rows below a cell among which the next fact is looked for.
_FAR = 200


class FactGrid(Widget):
    """Shows a model, and edits those of its cells that are facts with the editor that fits each."""

    DEFAULT_CSS = """
    FactGrid {
        height: 1fr; layers: default grid-editor;
        & > Grid { height: 1fr; }
    }
    """

    def __init__(self, workspace: Workspace, save: Save) -> None:
        super().__init__()
        self._workspace = workspace
        self._save = save
        self.grid = Grid()
        self._model: QueryModel | None = None
        self._editing: tuple[Column, ViewRow] | None = None
        self._picked: Picked | None = None
        self._saving = asyncio.Lock()
        self._unnamed: str | None = None

    def compose(self) -> ComposeResult:
        """Lay out the grid; the editors come over it when they are needed."""
        yield self.grid

    def on_mount(self) -> None:
        """Keep an open editor over its cell, however the grid is scrolled."""
        for way in ("scroll_x", "scroll_y"):
            self.watch(self.grid, way, self._stand_over_cell, init=False)

    def on_resize(self) -> None:
        """Keep an open editor over its cell, which stands elsewhere in another size."""
        self.call_after_refresh(self._stand_over_cell)

    def _stand_over_cell(self) -> None:
        for editor in self._editors():
            editor.stand_over(self._cursor_region())

    def show(self, model: QueryModel, *, cursor: tuple[int, int], empty: str) -> None:
        """Show a model from now on; `empty` is said where no rows are."""
        self.close_editors()
        self._model = model
        self.grid.show(model, cursor=cursor, frozen=model.frozen, empty=empty)

    def show_new_row(self, row_key: str) -> bool:
        """Put the cursor on the name of a row that was just made; False where it is not shown.

        It stays there after the name, since what is inserted next belongs to that row.
        """
        if self._model is None or (at := self._model.reveal(row_key)) is None:
            return False
        model = self._model
        named = (
            number
            for number, column in enumerate(model.shown)
            if column.kind in (Kind.TEXT, Kind.LONG) and model.cells.target(column, model.row(at))
        )
        self._unnamed = row_key
        self.grid.refresh_rows()
        self.grid.move_to(at, next(named, self.grid.cursor_column))
        return True

    @property
    def model(self) -> QueryModel | None:
        """The rows on the screen."""
        return self._model

    @property
    def edited_key(self) -> str:
        """The key of the row whose cell is edited; empty when none is."""
        return str(self._editing[1].get("row_key", "")) if self._editing else ""

    @property
    def has_years(self) -> bool:
        """Whether the file holds several years, which share the names of things."""
        return len(self._workspace.office.years) > 1

    @property
    def is_editing(self) -> bool:
        """Whether a cell's editor is open."""
        return any(editor.is_open for editor in self._editors())

    def _editors(self) -> Iterator[CellEditor | ChoiceList]:
        return (child for child in self.children if isinstance(child, CellEditor | ChoiceList))

    def close_editors(self) -> None:
        """Leave an open cell as it was; what was typed there is gone."""
        for editor in self._editors():
            editor.close()
        self._editing = self._picked = None

    async def finish_editing(self) -> bool:
        """Save an open cell as Enter would; False when its text is refused and stays open."""
        # What is being saved is saved whole, although whoever asked may go elsewhere meanwhile.
        return await asyncio.shield(self._finish())

    async def _finish(self) -> bool:
        async with self._saving:
            for editor in self._editors():
                if isinstance(editor, CellEditor) and editor.is_open and self._editing is not None:
                    refused = await self._save(*self._editing, editor.text)
                    if refused is not None:
                        self._refuse(editor, refused)
                        return False
                editor.close()
            self._editing = self._picked = None
            return True

    def cell(self) -> tuple[Column, ViewRow] | None:
        """Return the cursor's column and row, None where there is none."""
        return cell_of(self._model, self.grid)

    def is_computed(self, column: Column, row: ViewRow) -> bool:
        """Say whether a cell is no fact but holds something all the same."""
        if self._model is None or self._model.cells.target(column, row) is not None:
            return False
        is_fact_elsewhere = column.name in self._model.cells.query.header.edits
        return row[column.name] is not None or not is_fact_elsewhere

    # Commands

    async def do_edit(self) -> None:
        """Edit the cell under the cursor."""
        await self._open_editor(None)

    async def do_edit_start(self) -> None:
        """Edit the cell under the cursor, the caret before its text."""
        await self._open_editor(None, caret_at_end=False)

    async def do_edit_empty(self) -> None:
        """Edit the cell under the cursor as if it held nothing."""
        await self._open_editor("")

    async def do_choose(self) -> None:
        """List what the cell may hold."""
        found = self._editable()
        if found is None or self._model is None:
            return
        if self._model.cells.choices(*found) is None:
            self._tell(_("This cell is typed, not chosen: F2 edits it."))
        else:
            await self._open_choices(*found, "")

    async def do_long_text(self) -> None:
        """Open the cell's whole text."""
        if found := self.cell():
            column, row = found
            if self._model and not self._model.cells.is_chosen(column):
                await self._open_text(column, row, None)

    def do_fold(self) -> None:
        """Fold or unfold the cursor's row."""
        self._fold(self.grid.cursor_row)

    def do_fold_all(self) -> None:
        """Fold every branch, or unfold everything."""
        if self._model is not None and not (self._model.levels and self._model.is_held):
            self._tell(_("Nothing lies beneath any row."))
        elif self._model is not None:
            key = str(self._model.row(self.grid.cursor_row).get("row_key", ""))
            self._model.toggle_all()
            self.grid.refresh_rows()
            self.grid.move_to(self._model.position(key) or 0, self.grid.cursor_column)

    def on_grid_fold_toggled(self, event: Grid.FoldToggled) -> None:
        """Fold or unfold the row whose sign was clicked."""
        event.stop()
        self._fold(event.row)

    def _fold(self, index: int) -> None:
        if self._model is not None and self._model.can_fold(index):
            self._model.toggle_fold(index)
            self.grid.refresh_rows()
        else:
            self._tell(_("Nothing lies beneath this row."))

    # Editing

    async def on_grid_edit_requested(self, event: Grid.EditRequested) -> None:
        """Open the editor that fits the cell; Enter on no fact goes where its row leads."""
        event.stop()
        found = self.cell() if event.text is None else None
        leads = found is not None and self._shown.cells.target(*found) is None
        led_to = GoTo.from_row(found[1]) if found and leads else None
        if led_to is not None:
            self.post_message(led_to)
        else:
            await self._open_editor(event.text)

    async def _open_editor(self, text: str | None, *, caret_at_end: bool = True) -> None:
        found = self._editable()
        if found is None or self._model is None:
            return
        column, row = found
        if self._model.cells.is_chosen(column):
            await self._open_choices(column, row, text or "")
        elif column.kind_in(row) is Kind.LONG:
            await self._open_text(column, row, text)
        else:
            model = self._model
            editor = await self._over(CellEditor)
            if self._model is not model:
                return
            self._editing = found
            model.note(self.grid.cursor_row)  # a refused text leads back there
            editor.open(
                self._cursor_region(),
                text_to_edit(self._shown.cells, column, row),
                check=lambda typed: self._echo(column, row, typed),
                caret_at_end=caret_at_end,
                begun=text,
            )

    def _editable(self) -> tuple[Column, ViewRow] | None:
        """Return the cursor's cell when it can be edited, else say why not."""
        found = self.cell()
        if found is None or self._model is None:
            return None
        if self._workspace.read_only:
            self._tell(self._workspace.why_read_only, error=True)
        elif self.is_computed(*found):
            self._tell(_("ƒ This cell is computed; edit what it is computed from."), error=True)
        elif self._model.cells.target(*found) is None:
            self._tell(self._why_empty(*found), error=True)
        else:
            return found
        return None

    def _why_empty(self, column: Column, row: ViewRow) -> str:
        """Say what a cell lacks that could be a fact in other rows, or in this one later."""
        targets = self._shown.cells.query.header.edits.get(column.name, ())
        parts = [part.column for target in targets for part in target.key if part.column]
        lacking = next((p for p in parts if not p.endswith("_id") and row.get(p) is None), "")
        if place := self._workspace.wording().place("report_year", lacking):
            return _("This cell can be filled once this is known: {place}.").format(place=place)
        return _("Nothing belongs into this cell.")

    def _echo(self, column: Column, row: ViewRow, typed: str) -> Echo:
        """Say how a typed text would be read."""
        try:
            reading = self._workspace.read_typed(self._shown.cells.query, column, row, typed)
        except LkjipError as error:
            return Echo(str(error), error=True)
        if not column.kind_in(row).is_number:
            return Echo("")
        read = {**row, column.name: reading.value}
        if column.companion:
            read[column.companion] = reading.words or None
        told = self._shown.cells.text(column, read)
        remark = f" · {reading.remark}" if reading.remark else ""
        return Echo(_("reads as {value}").format(value=told) + remark)

    async def on_cell_editor_accepted(self, event: CellEditor.Accepted) -> None:
        """Save the typed text and go on; what is refused stays open with the reason."""
        event.stop()
        async with self._saving:
            editing = self._editing
            if editing is None or not event.editor.is_open:
                return
            refused = await self._save(*editing, event.text)
            if self._editing is not editing:
                return
            if refused is not None:
                self.post_message(Told(""))  # nothing is saved any more
                self._refuse(event.editor, refused)
                self._go_back()
                return
            self._editing = None
            self._go_on(event.direction, editing[1])
            event.editor.close()
            draw(self.screen)

    def _refuse(self, editor: CellEditor, reason: str) -> None:
        """Keep a text that was not taken open, over the cell as it stands now."""
        if self._editing is not None:
            column, row = self._editing
            self._editing = column, self._now(row)
            editor.refuse(reason, self._standing(*self._editing))

    def _now(self, row: ViewRow) -> ViewRow:
        """Return a row as it is shown now, which its editor may have been opened before."""
        at = self._shown.position(str(row.get("row_key", "")))
        return row if at is None else self._shown.row(at)

    def _standing(self, column: Column, row: ViewRow) -> str:
        """Say what a cell holds whose text was not taken."""
        held = quoted(self._shown.cells.text(column, row))
        return _("The cell holds {value}.").format(value=held)

    def _go_on(self, direction: Direction, row: ViewRow) -> None:
        """Move to the next fact in a direction; what is computed between is passed over."""
        grid = self.grid
        if direction in ("left", "right"):
            step = 1 if direction == "right" else -1
            for _cell in range(len(self._shown.shown)):
                grid.action_step(step)
                if (found := self.cell()) and self._shown.cells.target(*found) is not None:
                    break
        elif direction == "down" and row.get("row_key") != self._unnamed:
            column, here = self._shown.shown[grid.cursor_column], grid.cursor_row
            below = range(here + 1, min(here + 1 + _FAR, self._shown.row_count))
            target = self._shown.cells.target
            facts = (n for n in below if target(column, self._shown.row(n)) is not None)
            grid.move_to(next(facts, here + 1), grid.cursor_column)
        self._unnamed = None

    def _go_back(self) -> None:
        """Put the cursor on the cell whose text was refused."""
        if self._editing is None:
            return
        column, row = self._editing
        at = self._shown.position(str(row.get("row_key", "")))
        if at is not None:
            self.grid.move_to(at, self._shown.shown.index(column))

    def on_grid_cursor_moved(self) -> None:
        """Stay with a refused text: what is typed next belongs to it."""
        if any(isinstance(editor, CellEditor) and editor.is_refused for editor in self._editors()):
            self._go_back()

    def on_cell_editor_cancelled(self, event: CellEditor.Cancelled) -> None:
        """Leave the cell as it was."""
        event.stop()
        self._editing = None
        self._tell("")

    async def _open_choices(self, column: Column, row: ViewRow, typed: str) -> None:
        """List what the cell may hold; `typed` narrows the list from the start."""
        if self._model is None:
            return

        cells = self._model.cells

        async def save(choice: Choice, direction: Direction) -> None:
            # The words of a choice tell it apart; its value may be an id that looks like a number.
            text = choice.label if cells.is_chosen(column) else str(choice.value)
            if refused := await self._save(column, row, text):
                self._tell(refused, error=True)
            else:
                self._go_on(direction, row)

        held = row[column.name] if cells.is_chosen(column) else text_to_edit(cells, column, row)
        options = cells.choices(column, row) or ()
        await self.pick(options, save, current=held, typed=typed)

    async def pick(
        self, options: Sequence[Choice], picked: Picked, *, current: Value = None, typed: str = ""
    ) -> None:
        """List options over the cursor's cell, the bar on the one with the value `current`."""

        def narrow(typed: str) -> Options:
            return [(choice, safe_text(choice.label)) for choice in fitting(options, typed)]

        editor = await self._over(ChoiceList)
        self._picked = picked
        editor.open(
            self._cursor_region(),
            narrow,
            next((choice for choice in options if choice.value == current), None),
            typed=typed,
            none=_("There is nothing to choose from yet."),
            unmatched=_("Nothing fits what is typed."),
        )

    async def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Do what the list was opened for."""
        event.stop()
        picked, self._picked = self._picked, None
        if picked is not None:
            await picked(cast("Choice", event.value), event.direction)

    def on_choice_list_cancelled(self, event: ChoiceList.Cancelled) -> None:
        """Leave everything as it was."""
        event.stop()
        self._picked = None

    async def _open_text(self, column: Column, row: ViewRow, typed: str | None) -> None:
        """Show a cell's whole text in a window, to edit it where it is a fact."""
        from lkjip_tui.tui.text_window import TextWindow  # noqa: PLC0415 - it is heavy

        model = self._shown
        editable = not self._workspace.read_only and model.cells.target(column, row) is not None
        text = text_to_edit(model.cells, column, row) if editable else model.cells.text(column, row)
        parts = model.cells.whole_heading(column, model.names), model.cells.row_name(row)
        heading = " · ".join(filter(None, parts))

        async def save(edited: str) -> str:
            now = self._now(row)
            reason = await self._save(column, now, edited)
            return f"{reason}\n{self._standing(column, self._now(row))}" if reason else ""

        await self.app.push_screen(
            TextWindow(heading, text, typed=typed or "", save=save if editable else None)
        )

    def _cursor_region(self) -> Region:
        """Return where the cursor's cell stands in this pane."""
        region = self.grid.cell_region(self.grid.cursor_row, self.grid.cursor_column)
        return region and region.translate(self.grid.region.offset - self.region.offset)

    async def _over(self, kind: type[_Editor]) -> _Editor:
        """Return the editor of this class, made when it is first needed."""
        found = next((child for child in self.children if isinstance(child, kind)), None)
        editor = found or kind()
        if found is None:
            await self.mount(editor)
        return editor

    @property
    def _shown(self) -> QueryModel:
        if self._model is None:
            raise LookupError
        return self._model

    def _tell(self, text: str, *, error: bool = False) -> None:
        self.post_message(Told(text, error))
