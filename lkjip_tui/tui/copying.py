"""The chosen cells of a pane as text for other programs, on the terminal's clipboard."""

import asyncio
from typing import TYPE_CHECKING, Final

from lkjip_tui.language import _, plural
from lkjip_tui.transfer.forms import CopyForm
from lkjip_tui.tui.dialogs import Choose
from lkjip_tui.tui.told import Told

if TYPE_CHECKING:
    from lkjip_tui.tui.console.result import SqlResult
    from lkjip_tui.tui.pasting import Copied
    from lkjip_tui.tui.query_pane import QueryPane

#: Cells that are copied at once; more would fill the terminal's clipboard and the memory.
_MOST: Final = 1_000_000


class Copying:
    """Copies what is chosen in a pane, and remembers what it was."""

    def __init__(self, pane: "QueryPane | SqlResult") -> None:
        self._copies_of = pane
        self._copied: Copied | None = None

    async def do_copy(self) -> None:
        """Copy the chosen cells as a spreadsheet takes them."""
        await self.copy(CopyForm.TSV)

    def do_copy_as(self) -> None:
        """Copy the chosen cells in a form that is chosen."""
        self._copies_of.run_worker(self._copy_as())

    async def _copy_as(self) -> None:
        forms = {form.menu_name: form for form in CopyForm}
        chosen = await self._copies_of.app.push_screen_wait(Choose(_("Copy as"), list(forms)))
        if chosen is not None:
            await self.copy(forms[chosen])

    async def copy(self, form: CopyForm) -> bool:
        """Copy the chosen cells in a form; False where that cannot be, which is told."""
        from lkjip_tui.transfer.clipboard import copied  # noqa: PLC0415 - not before it is asked for

        pane = self._copies_of
        model, block = pane.model, pane.grid.block
        if model is None or not block.count:
            return False
        if block.count > _MOST:
            told = _("That is more than a clipboard takes: export the table.")
            pane.post_message(Told(told, error=True))
            return False
        columns = [model.shown[number] for number in block.columns]
        headed = len(columns) == len(model.shown) and len(block.rows) > 1

        def copying() -> "Copied":
            from lkjip_tui.tui.pasting import Copied  # noqa: PLC0415 - likewise

            rows = [model.row(number) for number in block.rows]
            text = copied(form, model.cells, columns, rows, model.names, headed=headed)
            return Copied.of(text, model, rows)

        self._copied = await asyncio.to_thread(copying)
        pane.app.copy_to_clipboard(self._copied.text)
        told = plural("{count} cell copied", "{count} cells copied", block.count)
        pane.post_message(Told(told.format(count=block.count)))
        return True
