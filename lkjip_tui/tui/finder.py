"""Finding a text among the rows that show, and replacing it in those that are facts."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Checkbox, Input, Static

from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.figures.values import Kind, show
from lkjip_tui.core.storage.cursors import Session
from lkjip_tui.grid import keys_waiting
from lkjip_tui.language import _, plural
from lkjip_tui.tui.arranger import Ready, at_once
from lkjip_tui.tui.block_commands import BlockCommands
from lkjip_tui.tui.block_texts import holding, replaced
from lkjip_tui.tui.dialogs import WINDOW, literal
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.fact_grid import FactGrid
from lkjip_tui.tui.line_box import LineBox
from lkjip_tui.tui.long_read import LongRead
from lkjip_tui.tui.query_model import Shown
from lkjip_tui.tui.told import Told
from lkjip_tui.tui.window import Window

if TYPE_CHECKING:
    from regex import Pattern

#: Seconds for which cells are counted that hold what is typed, and without a key before that.
_LOOKING: Final = 0.3
_AT_REST: Final = 0.1

Count: TypeAlias = "Callable[[Pattern[str]], tuple[int, bool]]"
"""Counts the cells that hold a pattern; tells whether all were looked at. It may take a moment."""


class Finder(EndsWork):
    """A line for the text that is looked for; F3 goes on from the cursor."""

    DEFAULT_CSS = "Finder { height: auto; }"

    def __init__(self, shown: Shown, reading: LongRead, *, ready: Ready = at_once) -> None:
        """`ready` is waited for before a text is looked for."""
        super().__init__()
        self._reading = reading
        self._shown = shown
        self._ready = ready
        self._text = ""

    def compose(self) -> ComposeResult:
        """Lay out the line, which is not seen until it is asked for."""
        yield LineBox(_("Find in the rows that show…"))

    def do_find(self) -> None:
        """Ask for a text and go to where it stands."""
        self.query_one(LineBox).begin()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the line's doings to itself."""
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Look for the text from the cursor on."""
        event.stop()
        event.input.remove_class("open")
        self._shown.grid.focus()
        if event.value:
            self.find(event.value)

    def find(self, text: str) -> None:
        """Go to where a text stands, from the cursor on."""
        self._text = text
        self._go(1)

    def do_find_next(self) -> None:
        """Go to where the text stands next."""
        self._go(1)

    def do_find_previous(self) -> None:
        """Go to where the text stood before."""
        self._go(-1)

    @work(exclusive=True, group="find")
    async def _go(self, step: int) -> None:
        if not self._text:
            self.do_find()
            return
        with keys_waiting(self):
            is_ready = await self._ready(False)  # noqa: FBT003 - it is a Ready
            model, grid = self._shown.model, self._shown.grid
            if not is_ready or model is None:
                return
            here = grid.cursor_row, grid.cursor_column

            def find(session: Session) -> tuple[int, int] | None:
                with session:
                    return model.find(self._text, here, step, session)

            try:
                found = await self._reading.run(self, model.session(), find)
            except LkjipError as error:
                self._tell(str(error), error=True)
                return
            if model is not self._shown.model:
                return
            if found is None:
                self._tell(_("“{text}” is in none of the rows that show.").format(text=self._text))
                return
            grid.move_to(*found)
            went_round = (found <= here) if step > 0 else (found >= here)
            self._tell(_("from the other end") if went_round else "")

    def _tell(self, text: str, *, error: bool = False) -> None:
        self.post_message(Told(text, error))


class Replacer(Finder, EndsWork):
    """Finds a text, and replaces it in cells that are facts."""

    def __init__(self, facts: FactGrid, blocks: BlockCommands, reading: LongRead) -> None:
        super().__init__(facts, reading)
        self._facts = facts
        self._blocks = blocks

    @work
    async def do_replace(self) -> None:
        """Ask what is replaced by what, in the chosen cells or in every text that shows."""
        model, grid = self._facts.model, self._facts.grid
        if model is None:
            return
        block = grid.block if grid.has_block else None

        def count(pattern: "Pattern[str]") -> tuple[int, bool]:
            return holding(model, block, pattern, _LOOKING)

        asked = await self.app.push_screen_wait(Replace(self._text, self._scope(), count))
        if asked is None:
            return
        import regex  # noqa: PLC0415 - only whoever replaces waits for it

        with keys_waiting(self):
            try:
                entries = await asyncio.to_thread(replaced, model, block, *asked)
            except TimeoutError:
                self._tell(_("This expression takes too long; nothing was replaced."), error=True)
                return
            except (regex.error, IndexError) as error:
                told = _("The replacement cannot be read: {why}.")
                self._tell(told.format(why=error), error=True)
                return
            except LkjipError as error:
                self._tell(str(error), error=True)
                return
            if entries:
                await self._blocks.put_texts(model, entries)
            elif block is not None:
                self._tell(_("Nothing to replace was found in the chosen cells."))
            else:
                self._tell(_("Nothing to replace was found."))

    def _scope(self) -> str:
        """Say in which cells is replaced, and what that changes besides."""
        scope = _("In every text of the rows that show; choose cells to replace in these alone.")
        if self._facts.grid.has_block:
            scope = _("In the chosen cells.")
        if self._facts.has_years:
            scope += " " + _("Names change in every year.")
        return scope


class _Tick(Checkbox):
    """A box whose cross is there or not, where the library tells it by colour alone."""

    BUTTON_INNER = " "

    def watch_value(self) -> None:
        """Draw the cross, or take it away."""
        self.BUTTON_INNER = "X" if self.value else " "
        super().watch_value()
        self.refresh()


class Replace(Window["tuple[Pattern[str], str] | None"], EndsWork):
    """What is replaced and by what; gives the pattern and the replacement."""

    DEFAULT_CSS = f"""
    Replace {{
        {WINDOW}
        & Input {{ margin-bottom: 1; background: $panel; }}
        & #fault {{ color: $text-error; height: auto; }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self, text: str, scope: str, count: Count, words: Callable[[int, bool], str] | None = None
    ) -> None:
        """`words` tell a count; without them it is one of cells."""
        super().__init__()
        self._text, self._scope, self._count = text, scope, count
        self._words = words or _counted

    def compose(self) -> ComposeResult:
        """Lay out the two lines and what they mean."""
        with Vertical():
            yield Static(literal(_("Replace")), id="heading")
            yield Static(literal(_("What")))
            yield Input(self._text, id="what", compact=True)
            yield Static(literal(_("By")))
            yield Input(id="by", compact=True)
            yield _Tick(_("small and capital letters differ"), id="case", compact=True)
            yield _Tick(_("it is a regular expression"), id="regular", compact=True)
            yield Static(literal(self._scope))
            yield Static(id="count", markup=False)
            yield Static(id="fault", markup=False)
            yield Static(literal(_("Enter  replace    Tab  next    Esc  leave it")), id="keys")

    def on_mount(self) -> None:
        """Count what is found already."""
        self._tell_count()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Count anew when something else is looked for."""
        if event.input.id == "what":
            self._tell_count()

    def on_checkbox_changed(self) -> None:
        """Count anew."""
        self._tell_count()

    @work(exclusive=True)
    async def _tell_count(self) -> None:
        """Say how many cells hold what is typed, when no further key has come for a moment."""
        await asyncio.sleep(_AT_REST)
        pattern, told = self._pattern(), ""
        if not isinstance(pattern, str):
            try:
                told = self._words(*await asyncio.to_thread(self._count, pattern))
            except LkjipError as error:
                told = str(error)
        self.query_one("#count", Static).update(literal(told))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go from the first line to the second, and from there to the work."""
        if event.input.id == "what":
            self.query_one("#by").focus()
        else:
            self._accept()

    def _pattern(self) -> "Pattern[str] | str":
        """Return what is looked for, or why it cannot be."""
        what = self.query_one("#what", Input).value
        import regex  # noqa: PLC0415 - likewise

        flags = regex.V0 if self.query_one("#case", Checkbox).value else regex.IGNORECASE
        if not what:
            return _("Say what is to be replaced.")
        try:
            return regex.compile(what if self._is_regular else regex.escape(what), flags)
        except regex.error as error:
            return _("This is no regular expression: {why}.").format(why=error)

    @property
    def _is_regular(self) -> bool:
        return self.query_one("#regular", Checkbox).value

    def _accept(self) -> None:
        pattern, by = self._pattern(), self.query_one("#by", Input).value
        if isinstance(pattern, str):
            self.query_one("#fault", Static).update(literal(f"● {pattern}"))
        else:
            self.dismiss((pattern, by if self._is_regular else by.replace("\\", r"\\")))

    def action_leave(self) -> None:
        """Replace nothing."""
        self.dismiss(None)


def _counted(count: int, is_all: bool) -> str:  # noqa: FBT001 - what a Count gives
    told = plural("{count} cell holds it.", "{count} cells hold it.", count)
    if not is_all:
        told = _("At least {count} cells hold it.")
    return told.format(count=show(count, Kind.COUNT))
