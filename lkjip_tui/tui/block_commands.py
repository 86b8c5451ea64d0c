"""What is done to the chosen cells of a query pane: copied, pasted, filled, cleared, replaced."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from lkjip_tui.core.acts import Act
from lkjip_tui.core.changes.plan import CellText, Plan
from lkjip_tui.core.errors import LkjipError, SavedUnmarked
from lkjip_tui.core.figures.values import Kind, show
from lkjip_tui.core.query.header import ViewRow
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import Block, keys_waiting
from lkjip_tui.language import _, mark, plural
from lkjip_tui.transfer.forms import CopyForm
from lkjip_tui.tui import block_texts
from lkjip_tui.tui.copying import Copying
from lkjip_tui.tui.dialogs import Choose
from lkjip_tui.tui.query_model import QueryModel
from lkjip_tui.tui.told import Told

if TYPE_CHECKING:
    from lkjip_tui.tui.pasting import Paste
    from lkjip_tui.tui.proposal import Replan
    from lkjip_tui.tui.query_pane import QueryPane

PASTE: Final = mark("paste")
FILL: Final = mark("fill")
CLEAR: Final = mark("clear")
CUT: Final = mark("cut")
REPLACE: Final = mark("replace")

#: As many cells change without being looked at before.
_UNSEEN: Final = 1_000
#: Cells that are chosen to be changed at once; a plan of more takes many seconds and the memory.
_MOST_CHANGED: Final = 100_000


class BlockCommands(Copying):
    """Acts on the chosen cells of a pane; whatever changes some is one act of the file."""

    def __init__(self, workspace: Workspace, pane: "QueryPane") -> None:
        super().__init__(pane)
        self._workspace = workspace
        self._pane = pane

    async def do_clear(self) -> None:
        """Make the values of the chosen cells unknown."""
        await self._clear(CLEAR)

    async def do_cut(self) -> None:
        """Copy the chosen cells, and make their values unknown."""
        if not self._is_too_much(self._block) and await self.copy(CopyForm.TSV):
            await self._clear(CUT)

    async def _clear(self, label: str) -> None:
        await self._put_found(block_texts.cleared, label)

    async def do_paste(self) -> None:
        """Put what was copied last into the cells from the cursor on."""
        if text := self._pane.app.clipboard:
            await self.paste(text)
        else:
            self._tell(_("Nothing was copied here; paste with the terminal's own key."))

    async def paste(self, text: str) -> None:
        """Put a text of many cells into those that are chosen and on, or where its headings say."""
        model = self._pane.model
        if model is None:
            return
        if not model.cells.query.header.edits:  # however long it is, it need not be searched
            self._tell(_("Nothing here can be changed: these cells are computed."), error=True)
            return
        from lkjip_tui.tui.pasting import Paste  # noqa: PLC0415 - not before anything is pasted

        at = self._pane.here()
        place = await asyncio.to_thread(Paste, model, self._block, text, self._copied)
        if place.other_year or place.subtotals:
            self._pane.run_worker(self._ask_and_paste(model, place, at))
        else:
            await self._paste(model, place, at)

    async def _ask_and_paste(self, model: QueryModel, place: "Paste", at: ViewRow) -> None:
        """Ask what nobody but the user knows, and paste; nothing where one answer is missing."""
        own = _("Into the rows that they were copied from")
        facts = _("Lines for the others alone")
        chosen: str | None = ""
        if place.other_year:
            question = _(
                "These cells are from {year}, and other rows stand here. Where do they go?"
            )
            options = [own, _("Line by line from here on")]
            chosen = await self._ask(question.format(year=place.other_year), options)
        if chosen not in (own, None) and (subtotals := place.subtotals):
            question = plural(
                "{count} of these rows is computed. What has been copied?",
                "{count} of these rows are computed. What has been copied?",
                subtotals,
            )
            options = [_("A line for each of these rows"), facts]
            chosen = await self._ask(question.format(count=subtotals), options)
        if chosen is None:
            self._tell(_("Nothing was changed."))
            return
        with keys_waiting(self._pane):
            await self._paste(
                model, place, at, pass_computed=chosen == facts, into_own_rows=chosen == own
            )

    async def _ask(self, question: str, options: Sequence[str]) -> str | None:
        return await self._pane.app.push_screen_wait(Choose(question, options))

    async def _paste(
        self,
        model: QueryModel,
        place: "Paste",
        at: ViewRow,
        *,
        pass_computed: bool = False,
        into_own_rows: bool = False,
    ) -> None:
        entries, notes = await asyncio.to_thread(
            place.entries, pass_computed=pass_computed, into_own_rows=into_own_rows
        )
        await self._put(model, entries, PASTE, typed=False, notes=notes, at=at)

    async def do_fill_down(self) -> None:
        """Put each column's first chosen value into the chosen cells below it."""
        await self._put_found(block_texts.filled_down, FILL)

    async def do_fill_right(self) -> None:
        """Put each row's first chosen value into the chosen cells at its right."""
        await self._put_found(block_texts.filled_right, FILL)

    async def do_fill_series(self) -> None:
        """Let each column's first chosen values go on in the chosen cells below them."""
        await self._put_found(block_texts.series, FILL)

    async def put_texts(self, model: QueryModel, entries: Sequence[CellText]) -> None:
        """Put texts in which something was replaced."""
        await self._put(model, entries, REPLACE)

    # Inside

    @property
    def _block(self) -> Block:
        return self._pane.grid.block

    def _is_too_much(self, block: Block) -> bool:
        """Say whether a block has more cells than are changed at once, which is told."""
        if block.count > _MOST_CHANGED:
            most = show(_MOST_CHANGED, Kind.COUNT)
            told = _("More than {count} cells are not changed at once: choose fewer.")
            self._tell(told.format(count=most), error=True)
        return block.count > _MOST_CHANGED

    async def _put_found(
        self, find: Callable[[QueryModel, Block], Sequence[CellText]], label: str
    ) -> None:
        """Put the texts that are found, off the screen, for the chosen cells."""
        model, block = self._pane.model, self._block
        if model is None or self._is_too_much(block):
            return
        entries = await asyncio.to_thread(find, model, block)
        if entries or label != FILL:
            await self._put(model, entries, label)
        else:
            self._tell(_("Choose a value and the facts behind it that it fills."), error=True)

    async def _put(
        self,
        model: QueryModel,
        entries: Sequence[CellText],
        label: str,
        *,
        typed: bool = True,
        notes: Sequence[str] = (),
        at: ViewRow | None = None,
    ) -> None:
        """Do what texts for cells mean; look at it first where it is much, doubtful or refused.

        A click may have gone elsewhere while they were gathered: they belong to the table of the
        model all the same, which is then told. New rows are made at the row `at`.
        """
        if not entries and not notes:
            self._tell(_("Nothing here can be changed: these cells are computed."), error=True)
            return
        query = model.cells.query
        if not self._shows(model):
            told = _("Into {table} · {year}, which is not shown now.")
            notes = [told.format(table=query.title(), year=model.place[1]), *notes]

        def replan(texts: Sequence[CellText], *, afresh: bool = False) -> Plan:
            if afresh:
                texts = model.as_they_are(texts)
            return self._workspace.plan(query, texts, label, typed=typed, at=at)

        plan = await self._pane.attempt(lambda: replan(entries))
        if plan is None:
            return
        makes_rows = any(entry.new is not None for entry in entries)
        if plan.refused or notes or makes_rows or len(plan.changed) > _UNSEEN:
            self._pane.run_worker(self._look_and_do(model, plan, replan, label, notes))
        elif refused := await self._do(model, plan, label):
            self._tell(refused, error=True)

    async def _look_and_do(
        self,
        model: QueryModel,
        plan: Plan,
        replan: "Replan",
        label: str,
        notes: Sequence[str],
    ) -> None:
        from lkjip_tui.tui.preview import Preview  # noqa: PLC0415 - not before it is needed
        from lkjip_tui.tui.proposal import PlanProposal  # noqa: PLC0415 - likewise

        proposal = PlanProposal(
            plan, replan, lambda plan: self._do(model, plan, label), model.cells, model.names
        )
        preview = Preview(_(label).capitalize(), proposal, notes)
        if not await self._pane.app.push_screen_wait(preview):
            self._tell(_("Nothing was changed."))

    async def _do(self, model: QueryModel, plan: Plan, label: str) -> str | None:
        """Do what a plan says, and show it; returns why it cannot be, None when it is done."""
        if not plan.changed:
            self._tell(_("They hold that already."))
            return None

        def apply() -> Act | str:
            try:
                return self._workspace.apply(plan)
            except SavedUnmarked:  # it is done all the same
                raise
            except LkjipError as error:
                return str(error)

        act = await self._pane.attempt(apply)
        if isinstance(act, str):
            await self._pane.reload()  # it may have changed under the screen
            return act
        if act is not None:
            await self._pane.reload()
            if label == PASTE and self._shows(model):
                # By its headings it may have gone where nobody looks.
                await self._go_to(plan.changed[0].entry)
            self._pane.changed(f"{_(label)}: {plan.extent}", act)
        return None

    def _shows(self, model: QueryModel) -> bool:
        """Whether the table and year of a model are those on the screen."""
        return self._pane.model is not None and self._pane.model.place == model.place

    async def _go_to(self, entry: CellText) -> None:
        model, grid = self._pane.model, self._pane.grid
        if model is None or entry.column not in model.shown:
            return
        row_key = str(entry.row.get("row_key", ""))
        await self._pane.seek(model, [row_key])
        row = model.position(row_key)
        if row is not None:
            grid.move_to(row, model.shown.index(entry.column))

    def _tell(self, text: str, *, error: bool = False) -> None:
        self._pane.post_message(Told(text, error))
