"""A sheet, a report table or any other query on the screen: its grid, its editors, its detail."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from lkjip_tui.core.editing import Deletion
from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.header import Column, ViewRow
from lkjip_tui.core.queries import Query
from lkjip_tui.core.values import Kind, edit_text, safe_text, show
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import CellEditor, ChoiceList, Echo, Grid
from lkjip_tui.language import _, plural
from lkjip_tui.tui.detail import Detail
from lkjip_tui.tui.dialogs import Confirm
from lkjip_tui.tui.query_model import QueryModel
from lkjip_tui.tui.view import View

if TYPE_CHECKING:
    from lkjip_tui.transfer.export import Exportable

_Editor = TypeVar("_Editor", CellEditor, ChoiceList)

_STEPS = {"down": (1, 0), "right": (0, 1), "left": (0, -1), "stay": (0, 0)}


@dataclass(slots=True)
class _Stand:
    """Where the user stood in a query, to come back to."""

    row: int = 0
    column: int = 0
    folded: set[str] = field(default_factory=set)


class QueryPane(Widget):
    """Shows one query at a time and edits what its header lets be edited."""

    DEFAULT_CSS = """
    QueryPane {
        height: 1fr; layers: default grid-editor;
        & > #title { height: 1; padding: 0 1; background: $background; }
        & > Grid { height: 1fr; }
    }
    """

    @dataclass
    class Changed(Message):
        """The file holds something else now; `told` says what in a few words."""

        told: str

    @dataclass
    class Told(Message):
        """Something to say in the status line."""

        text: str
        error: bool = False

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._model: QueryModel | None = None
        self._year = workspace.office.latest
        self._names: ViewRow = {}
        self._stands: dict[str, _Stand] = {}
        self._editing: tuple[Column, ViewRow] | None = None
        self._unnamed: str | None = None

    def compose(self) -> ComposeResult:
        """Lay out title, grid and detail; the editors come over them when they are needed."""
        yield Static(id="title", markup=False)
        yield Grid()
        yield Detail()

    def on_mount(self) -> None:
        """Follow the cursor."""
        self.grid.follower = self._follow

    async def _over(self, kind: type[_Editor]) -> _Editor:
        """Return the editor of this class, made when it is first needed."""
        found = next((child for child in self.children if isinstance(child, kind)), None)
        editor = found or kind()
        if found is None:
            await self.mount(editor)
        return editor

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    @property
    def model(self) -> QueryModel | None:
        """The rows on the screen."""
        return self._model

    @property
    def is_editing(self) -> bool:
        """Whether a cell's editor is open."""
        return any(editor.is_open for editor in self._editors())

    def _editors(self) -> Iterator[CellEditor | ChoiceList]:
        return (child for child in self.children if isinstance(child, CellEditor | ChoiceList))

    async def finish_editing(self) -> bool:
        """Save an open cell as Enter would; False when its text is refused and stays open."""
        for editor in self._editors():
            if isinstance(editor, CellEditor) and editor.is_open and self._editing is not None:
                refused = await self._save(*self._editing, editor.text)
                if refused is not None:
                    editor.refuse(refused)
                    return False
            editor.close()
        self._editing = None
        return True

    # Showing

    def show(self, view: View, *, row_key: str = "", column: str = "") -> None:
        """Show what was read, the cursor where it was left or on the cell named."""
        self._leave()
        query = view.query
        known = self._stands.get(query.full_name)
        stand = known or _Stand()
        cells = self._workspace.cells(query)
        model = self._model = QueryModel(cells, view.rows, view.names, stand.folded)
        if known is None:
            stand.column = model.begin
            self._stands[query.full_name] = stand
        self._year = view.year
        self._names = view.names
        if row_key and (found := model.reveal(row_key)) is not None:
            stand.row = found
        shown = [each.name for each in model.shown]
        if column in shown:
            stand.column = shown.index(column)
        self.grid.show(
            model,
            cursor=(stand.row, stand.column),
            frozen=model.trunk + 1,
            empty=self._words_for_empty(query),
        )
        self._show_title()
        self._show_detail()

    async def reload(self) -> None:
        """Read the shown rows again; the cursor stays on its row, wherever that is now."""
        if self._model is None:
            return
        model, grid = self._model, self.grid
        query = model.cells.query
        row_key = str(model.row(grid.cursor_row).get("row_key", ""))
        try:
            view = await asyncio.to_thread(View.read, self._workspace, query, self._year)
        except LkjipError as error:
            self._tell(str(error), error=True)
            return
        if model is not self._model:
            return
        self._names = view.names
        model.cells = self._workspace.cells(query)
        model.replace(view.rows)
        grid.refresh_rows()
        found = model.position(row_key)
        if found is not None and found != grid.cursor_row:
            grid.move_to(found, grid.cursor_column)
        self._show_title()
        self._show_detail()

    def _leave(self) -> None:
        """Remember where the user stands in the query that is shown now."""
        if self._model is not None:
            stand = self._stands[self._model.cells.query.full_name]
            stand.row, stand.column = self.grid.cursor_row, self.grid.cursor_column
        for editor in self._editors():
            editor.close()
        self._editing = None

    def _words_for_empty(self, query: Query) -> str:
        if query.header.rows and not self._workspace.read_only:
            return _("Nothing here yet. Ins makes the first row.")
        return _("Nothing here in {year}.").format(year=self._year)

    def _show_title(self) -> None:
        model = self._model
        if model is None:
            return
        # A table of several parts bears the caption of the part in which the cursor is.
        title = model.cells.caption({**self._names, **model.row(self.grid.cursor_row)})
        count = plural("{count} row", "{count} rows", model.row_count).format(
            count=show(model.row_count, Kind.COUNT)
        )
        line = (
            Content(safe_text(title))
            .stylize("bold")
            .append(Content(f"  {count}").stylize("$text-muted"))
        )
        self.query_one("#title", Static).update(line)
        if model.fault:
            self._tell(model.fault, error=True)

    def _show_detail(self) -> None:
        """Show the cursor's cell whole, and what it is."""
        found = self._cell()
        if found is None or self._model is None:
            self.query_one(Detail).clear()
            return
        column, row = found
        cells = self._model.cells
        self.query_one(Detail).show(
            cells.heading(column, self._names),
            cells.text(column, row),
            state=_("ƒ computed") if self._is_computed(column, row) else "",
            remarks="\n".join(cells.notes(self._names)),
        )

    def _cell(self) -> tuple[Column, ViewRow] | None:
        """Return the cursor's column and row, None where there is none."""
        if self._model is None or not self._model.shown:
            return None
        row = self._model.row(self.grid.cursor_row)
        return (self._model.shown[self.grid.cursor_column], row) if row else None

    def _is_computed(self, column: Column, row: ViewRow) -> bool:
        """Say whether a cell is no fact but holds something all the same."""
        if self._model is None or self._model.cells.target(column, row) is not None:
            return False
        is_fact_elsewhere = column.name in self._model.cells.query.header.edits
        return row[column.name] is not None or not is_fact_elsewhere

    def _follow(self, _row: int, _column: int) -> None:
        if self._model is not None and self._model.cells.query.header.parts:
            self._show_title()
        self._show_detail()

    # Editing a cell

    async def on_grid_edit_requested(self, event: Grid.EditRequested) -> None:
        """Open the editor that fits the cell."""
        event.stop()
        await self._open_editor(event.text)

    async def _open_editor(self, text: str | None) -> None:
        found = self._editable()
        if found is None or self._model is None:
            return
        column, row = found
        if self._model.cells.choices(column) is not None:
            await self._open_choices(column, row, text or "")
        elif column.kind_in(row) is Kind.LONG:
            self._open_text(column, row, text)
        else:
            self._editing = found
            editor = await self._over(CellEditor)
            editor.open(
                self._cursor_region(),
                self._text_to_edit(column, row) if text is None else text,
                check=lambda typed: self._echo(column, row, typed),
                replace=text is not None,
            )

    def _editable(self) -> tuple[Column, ViewRow] | None:
        """Return the cursor's cell when it can be edited, else say why not."""
        found = self._cell()
        if found is None or self._model is None:
            return None
        if self._workspace.read_only:
            self._tell(_("The file is open for reading only."), error=True)
        elif self._is_computed(*found):
            self._tell(_("ƒ This cell is computed; edit what it is computed from."), error=True)
        elif self._model.cells.target(*found) is None:
            self._tell(_("Nothing belongs into this cell."), error=True)
        else:
            return found
        return None

    def _text_to_edit(self, column: Column, row: ViewRow) -> str:
        text = edit_text(row[column.name], column.kind_in(row))
        words = row.get(column.companion) if column.companion else None
        return f"{text} {words}".strip() if words else text

    def _echo(self, column: Column, row: ViewRow, typed: str) -> Echo:
        """Say how a typed text would be read."""
        try:
            reading = self._workspace.read_typed(self._shown_query, column, row, typed)
        except LkjipError as error:
            return Echo(str(error), error=True)
        if not column.kind_in(row).is_number:
            return Echo("")
        read = {**row, column.name: reading.value}
        if column.companion:
            read[column.companion] = reading.words or None
        told = self._workspace.cells(self._shown_query).text(column, read)
        return Echo(_("reads as {value}").format(value=told))

    def _why_not(self, column: Column, row: ViewRow, text: str) -> str:
        """Return why a text cannot be read in a cell, empty when it can."""
        try:
            self._workspace.read_typed(self._shown_query, column, row, text)
        except LkjipError as error:
            return str(error)
        return ""

    async def on_cell_editor_accepted(self, event: CellEditor.Accepted) -> None:
        """Save the typed text and go on; what is refused stays open with the reason."""
        event.stop()
        if self._editing is None:
            return
        refused = await self._save(*self._editing, event.text)
        if refused is not None:
            event.editor.refuse(refused)
            return
        _column, row = self._editing
        self._editing = None
        down, right = _STEPS[event.direction]
        if down and row.get("row_key") == self._unnamed:
            down = 0  # what is inserted next belongs to the row that has just got its name
        self._unnamed = None
        self.grid.move_to(self.grid.cursor_row + down, self.grid.cursor_column + right)
        event.editor.close()

    def on_cell_editor_cancelled(self, event: CellEditor.Cancelled) -> None:
        """Leave the cell as it was."""
        event.stop()
        self._editing = None

    async def _save(self, column: Column, row: ViewRow, text: str) -> str | None:
        """Write a text into a cell and read the rows again; return why not, None when done."""
        try:
            act = await asyncio.to_thread(
                self._workspace.edit, self._shown_query, column, row, text
            )
        except LkjipError as error:
            return str(error)
        if act is not None:
            told = await asyncio.to_thread(lambda: self._workspace.wording().told(act))
            await self.reload()
            self.post_message(
                self.Changed(_("saved, for every year") if told.every_year else _("saved"))
            )
        return None

    async def _save_or_tell(self, column: Column, row: ViewRow, text: str) -> None:
        refused = await self._save(column, row, text)
        if refused is not None:
            self._tell(refused, error=True)

    async def _open_choices(self, column: Column, row: ViewRow, typed: str) -> None:
        """List what the cell may hold; `typed` narrows the list from the start."""
        if self._model is None:
            return
        options = self._model.cells.choices(column) or ()
        self._editing = column, row
        editor = await self._over(ChoiceList)
        editor.open(
            self._cursor_region(),
            [(choice.value, safe_text(choice.label)) for choice in options],
            row[column.name],
            typed=typed,
            none=_("There is nothing to choose from yet."),
            unmatched=_("Nothing fits what is typed."),
        )

    async def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Save the choice."""
        event.stop()
        if self._editing is None:
            return
        column, row = self._editing
        self._editing = None
        await self._save_or_tell(column, row, "" if event.value is None else str(event.value))

    def on_choice_list_cancelled(self, event: ChoiceList.Cancelled) -> None:
        """Leave the cell as it was."""
        event.stop()
        self._editing = None

    @work
    async def _open_text(self, column: Column, row: ViewRow, typed: str | None) -> None:
        """Show a cell's whole text in a window, to edit it where it is a fact."""
        from lkjip_tui.tui.text_window import TextWindow  # noqa: PLC0415 - it is heavy

        model = self._model
        if model is None:
            return
        editable = not self._workspace.read_only and model.cells.target(column, row) is not None
        text = self._text_to_edit(column, row) if editable else model.cells.text(column, row)
        heading = model.cells.heading(column, self._names)
        check = (lambda typed: self._why_not(column, row, typed)) if editable else None
        edited = await self.app.push_screen_wait(
            TextWindow(heading, text, typed=typed or "", check=check)
        )
        if edited is not None and edited != text:
            await self._save_or_tell(column, row, edited)

    def _cursor_region(self) -> Region:
        """Return where the cursor's cell stands in this pane."""
        region = self.grid.cell_region(self.grid.cursor_row, self.grid.cursor_column)
        return region.translate(self.grid.region.offset - self.region.offset)

    # Commands

    def exportable(self) -> "Exportable | None":
        """Return what is shown, to be written to a file."""
        from lkjip_tui.transfer.export import of_query  # noqa: PLC0415 - not before it is asked for

        if self._model is None:
            return None
        return of_query(self._workspace, self._shown_query, self._year)

    async def do_edit(self) -> None:
        """Edit the cell under the cursor."""
        await self._open_editor(None)

    async def do_choose(self) -> None:
        """List what the cell may hold."""
        found = self._editable()
        if found is None or self._model is None:
            return
        if self._model.cells.choices(found[0]) is None:
            self._tell(_("This cell is typed, not chosen: F2 edits it."))
        else:
            await self._open_choices(*found, "")

    def do_long_text(self) -> None:
        """Open the cell's whole text."""
        if found := self._cell():
            column, row = found
            if self._model and self._model.cells.choices(column) is None:
                self._open_text(column, row, None)

    async def do_clear(self) -> None:
        """Make the cell's value unknown."""
        if found := self._editable():
            await self._save_or_tell(*found, "")

    async def do_insert_row(self) -> None:
        """Make a row at the cursor and go to its first cell that can be filled."""
        if self._model is None:
            return
        context = {"fiscal_year": self._year, "stage": self._names.get("stage")}
        here = self._model.row(self.grid.cursor_row)
        row = context | {name: value for name, value in here.items() if value is not None}
        try:
            new = await asyncio.to_thread(self._workspace.insert, self._shown_query, row)
        except LkjipError as error:
            self._tell(str(error), error=True)
            return
        await self.reload()
        model = self._model
        at = model.reveal(new.row_key) if new.row_key else None
        self._unnamed = new.row_key
        if at is not None:
            first = next(
                (n for n, c in enumerate(model.shown)
                 if c.kind in (Kind.TEXT, Kind.LONG) and model.cells.target(c, model.row(at))),
                self.grid.cursor_column,
            )  # fmt: skip
            self.grid.refresh_rows()
            self.grid.move_to(at, first)
        self.post_message(self.Changed(_("new row")))

    async def do_delete_row(self) -> None:
        """Ask, telling what hangs on the row, and take it out of the year."""
        if self._model is None or not (row := self._model.row(self.grid.cursor_row)):
            return
        try:
            deletion = await asyncio.to_thread(
                self._workspace.deletion, self._shown_query, row, self._year
            )
        except LkjipError as error:
            self._tell(str(error), error=True)
            return
        cells = self._model.cells
        self._delete(deletion, cells.text(cells.shown[cells.trunk], row))

    @work
    async def _delete(self, deletion: Deletion, name: str) -> None:
        wording = self._workspace.wording()
        told = "\n".join(f"  {n:>5}  {wording.table(table)}" for table, n in deletion.counts)
        for table, count in deletion.loosened:
            told += "\n" + _("{count} × {table}: stays, but no longer points here.").format(
                count=count, table=wording.table(table)
            )
        question = _("Delete “{name}” from {year}? These facts go:").format(
            name=name, year=self._year
        )
        if deletion.stays_in_other_years:
            told += "\n" + _("What other years hold stays there.")
        if not await self.app.push_screen_wait(Confirm(question, told, _("Delete"))):
            return
        try:
            await asyncio.to_thread(self._workspace.apply, deletion)
        except LkjipError as error:
            self._tell(str(error), error=True)
            return
        await self.reload()
        self.post_message(self.Changed(_("deleted")))

    def do_fold(self) -> None:
        """Fold or unfold the cursor's row."""
        self._fold(self.grid.cursor_row)

    def do_fold_all(self) -> None:
        """Fold every branch, or unfold everything."""
        if self._model is not None:
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

    @property
    def _shown_query(self) -> Query:
        if self._model is None:
            raise RuntimeError
        return self._model.cells.query

    def _tell(self, text: str, *, error: bool = False) -> None:
        self.post_message(self.Told(text, error))
