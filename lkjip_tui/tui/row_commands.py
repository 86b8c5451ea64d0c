"""What is done to whole rows of a query pane: asked where it must be, done, and shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from lkjip_tui.core.acts import Act
from lkjip_tui.core.changes.row_acts import Deletion
from lkjip_tui.core.figures.values import Kind, quoted, show
from lkjip_tui.core.query.choosing import Choice
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.query.queries import Query
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Direction, keys_waiting
from lkjip_tui.language import _, plural
from lkjip_tui.tui.arrangement import DOWN, UP
from lkjip_tui.tui.commands import BY_ID
from lkjip_tui.tui.dialogs import Confirm
from lkjip_tui.tui.told import Changed, Told

if TYPE_CHECKING:
    from lkjip_tui.tui.query_pane import QueryPane

#: Rows that are deleted at once; what hangs on each of them is looked for.
_MOST_DELETED: Final = 200
#: Characters of a name in a question.
_LONGEST_NAME: Final = 60
#: Of several rows, those that are named before they are deleted.
_NAMED: Final = 3


class RowCommands:
    """Acts on the cursor's row of a pane, and where many can be taken, on the chosen ones."""

    def __init__(self, workspace: Workspace, pane: "QueryPane") -> None:
        self._workspace = workspace
        self._pane = pane

    async def do_insert_row(self) -> None:
        """Make a row at the cursor and go to its first cell that can be filled."""
        model = self._pane.model
        if model is None:
            return
        row, query = self._pane.here(), model.cells.query
        new = await self._pane.attempt(lambda: self._workspace.insert(query, row))
        if new is not None:
            # Figures that are made belong to the row on which the cursor is.
            await self._pane.reload(new_row=new.row_key or str(row.get("row_key", "")))
            await self._tell_done(_("new row"), query, new.act)

    async def do_duplicate_row(self) -> None:
        """Make the row once more, and go to the copy's name."""
        if (found := self._here()) is None:
            return
        query, row, year = found
        new = await self._pane.attempt(lambda: self._workspace.duplicate(query, row, year))
        if new is not None:
            await self._pane.reload(new_row=new.row_key or "")
            await self._tell_done(_("duplicated"), query, new.act)

    async def do_move_row_up(self) -> None:
        """Exchange the row with the one before it."""
        await self._move(-1)

    async def do_move_row_down(self) -> None:
        """Exchange the row with the one behind it."""
        await self._move(1)

    async def _move(self, step: int) -> None:
        """Exchange the row with the one before (-1) or behind it (1)."""
        if (found := self._here()) is None:
            return
        if why := self._why_unmoved():
            self._tell(why, error=True)
            return
        query, row, year = found
        act = await self._pane.attempt(lambda: self._workspace.move(query, row, year, step))
        if act is not None:
            await self._pane.reload()
            await self._tell_done(_("moved"), query, act)

    def _why_unmoved(self) -> str:
        """Say why no row moves: nobody would see where it goes, or which row it changes with."""
        model = self._pane.model
        if model is not None and any(model.arrangement.sort_sign(n) for n in model.cells.columns):
            told = _(
                "The rows are sorted: {key} in the column with {up} or {down} ends that first."
            )
            return told.format(key=BY_ID["sort"].key_text, up=UP, down=DOWN)
        if model is not None and model.arrangement.filters:
            told = _("Rows are filtered out: {key} shows all of them first.")
            return told.format(key=BY_ID["all_rows"].key_text)
        return ""

    async def do_put_under(self) -> None:
        """List what the row can stand under, and take it to what is picked."""
        if (found := self._here()) is None:
            return
        query, row, year = found
        parents = await self._pane.attempt(lambda: self._workspace.parents(query, row, year))
        if parents is None:
            return

        async def put(parent: Choice, _direction: Direction) -> None:
            act = await self._pane.attempt(
                lambda: self._workspace.put_under(query, row, parent.value)
            )
            if act is not None:
                await self._pane.reload()
                await self._tell_done(_("moved"), query, act)

        self._tell(_("Put “{name}” under…").format(name=self._name(query, row)))
        await self._pane.facts.pick(parents, put)

    async def do_delete_row(self) -> None:
        """Ask, telling what hangs on the chosen rows, and take them out of the year."""
        if (found := self._here()) is None:
            return
        query, row, year = found
        model, grid = self._pane.model, self._pane.grid
        chosen = [row]
        if model is not None and grid.has_block:
            block = grid.block
            if len(block.rows) == model.row_count > 1 and len(block.columns) < len(model.shown):
                told = _("Every row is chosen: {key} chooses them whole, then they are deleted.")
                self._tell(told.format(key=BY_ID["grid.choose_rows"].key_text), error=True)
                return
            if len(block.rows) > _MOST_DELETED:
                told = _("At most {most} rows are deleted at once.")
                self._tell(told.format(most=show(_MOST_DELETED, Kind.COUNT)), error=True)
                return
            chosen = [model.row(at) for at in block.rows]
        deletion = await self._pane.attempt(lambda: self._workspace.deletion(query, chosen, year))
        if deletion is not None:
            names = [f"“{self._name(query, each)}”" for each in chosen]
            self._pane.run_worker(self._ask_and_delete(deletion, names))

    async def _ask_and_delete(self, deletion: Deletion, names: Sequence[str]) -> None:
        wording = self._workspace.wording()
        told = "\n".join(f"  {n:>5}  {wording.table(table)}" for table, n in deletion.counts)
        name = names[0]
        if len(names) > 1:
            name = plural("{count} row", "{count} rows", len(names)).format(count=len(names))
            told = "\n".join([*names[:_NAMED], *["…"] * (len(names) > _NAMED), "", told])
        for table, count in deletion.loosened:
            told += "\n" + _("{count} × {table}: stays, but no longer points here.").format(
                count=count, table=wording.table(table)
            )
        question = _("Delete {name}? These facts go:")
        if deletion.of_year:
            question = _("Delete {name} from {year}? These facts go:")
        question = question.format(name=name, year=self._pane.year)
        if deletion.stays_in_other_years:
            told += "\n" + _("What other years hold stays there.")
        if not await self._pane.app.push_screen_wait(Confirm(question, told, _("Delete"))):
            return
        with keys_waiting(self._pane):
            act = await self._pane.attempt(lambda: self._workspace.apply(deletion))
            if act is not None:
                self._pane.grid.unchoose()
                await self._pane.reload()
                self._pane.changed(_("deleted"), act)

    # Inside

    def _here(self) -> tuple[Query, ViewRow, int] | None:
        """Return the query, the cursor's row and the year; None where there is no row."""
        model = self._pane.model
        row = model.row(self._pane.grid.cursor_row) if model is not None else None
        return (model.cells.query, row, self._pane.year) if model is not None and row else None

    async def _tell_done(self, done: str, query: Query, act: Act) -> None:
        """Say what is done, and that numbers change in all years: they belong to the things."""
        years = await self._pane.attempt(lambda: self._workspace.renumbered_years(query, act))
        if years:
            told = _("{act}: numbers changed in every year") if years > 1 else "{act}"
            self._pane.post_message(Changed(told.format(act=done)))
        else:
            self._pane.changed(done, act)

    def _name(self, query: Query, row: ViewRow) -> str:
        cells = self._workspace.cells(query)
        return quoted(cells.text(cells.shown[cells.trunk], row), _LONGEST_NAME)

    def _tell(self, text: str, *, error: bool = False) -> None:
        self._pane.post_message(Told(text, error))
