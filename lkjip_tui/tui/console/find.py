"""Finding and replacing in the console's editor, by the keys that do it in tables."""

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.widgets import Input

from lkjip_tui.core.figures.values import Kind, show
from lkjip_tui.grid import keys_waiting
from lkjip_tui.language import _, plural
from lkjip_tui.tui.console.completion import SqlText
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.finder import Replace
from lkjip_tui.tui.line_box import LineBox
from lkjip_tui.tui.told import Told

if TYPE_CHECKING:
    from regex import Pattern


class SqlFind(EndsWork):
    """A line for the text that is looked for; F3 goes on from the cursor."""

    DEFAULT_CSS = "SqlFind { height: auto; }"

    def __init__(self, area: SqlText) -> None:
        super().__init__()
        self._area = area
        self._text = ""

    def compose(self) -> ComposeResult:
        """Lay out the line, which is not seen until it is asked for."""
        yield LineBox(_("Find in the editor…"))

    def do_find(self) -> None:
        """Ask for a text, beginning with what is chosen, and go to where it stands."""
        chosen = self._area.selected_text
        box = self.query_one(LineBox)
        if chosen and "\n" not in chosen:
            box.start(chosen)
        box.begin()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the line's doings to itself."""
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Look for the text from the cursor on."""
        event.stop()
        event.input.remove_class("open")
        self._area.focus()
        if event.value:
            self._text = event.value
            self._go(1)

    def do_find_next(self) -> None:
        """Go to where the text stands next."""
        self._go(1)

    def do_find_previous(self) -> None:
        """Go to where the text stood before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        if not self._text:
            self.do_find()
            return
        text, wanted = self._area.text.casefold(), self._text.casefold()
        begin, end = sorted(self._area.chosen_offsets)
        if len(text) != len(self._area.text):  # letters that are several in their small form
            text, wanted = self._area.text, self._text
        ahead = text.find(wanted, end) if step > 0 else text.rfind(wanted, 0, begin)
        found = ahead if ahead >= 0 else (text.find if step > 0 else text.rfind)(wanted)
        if found < 0:
            self._tell(_("“{text}” is not in the editor.").format(text=self._text))
            return
        self._area.go_to(found, found + len(wanted))
        self._tell("" if ahead >= 0 else _("from the other end"))

    @work
    async def do_replace(self) -> None:
        """Ask what is replaced by what, in what is chosen or everywhere; one step takes it back."""
        area = self._area
        begin, end = sorted(area.chosen_offsets)
        lines = "\n" in area.selected_text
        if not lines:
            begin, end = 0, len(area.text)
        text = area.text[begin:end]

        def count(pattern: "Pattern[str]") -> tuple[int, bool]:
            return sum(1 for _match in pattern.finditer(text, timeout=1)), True

        scope = _("In what is chosen.") if lines else _("In the whole text.")
        asked = await self.app.push_screen_wait(Replace(self._text, scope, count, _counted))
        if asked is None:
            return
        import regex  # noqa: PLC0415 - only whoever replaces waits for it

        pattern, by = asked
        with keys_waiting(self):
            try:
                new, number = await asyncio.to_thread(lambda: pattern.subn(by, text, timeout=5))
            except TimeoutError:
                self._tell(_("This expression takes too long; nothing was replaced."), error=True)
                return
            except (regex.error, IndexError) as error:
                told = _("The replacement cannot be read: {why}.")
                self._tell(told.format(why=error), error=True)
                return
        if number:
            area.put(new, begin, end)
            area.go_to(begin)
        told = plural("{count} place replaced", "{count} places replaced", number)
        self._tell(told.format(count=show(number, Kind.COUNT)))

    def _tell(self, text: str, *, error: bool = False) -> None:
        self.post_message(Told(text, error))


def _counted(count: int, _is_all: bool) -> str:  # noqa: FBT001 - as for tables
    told = plural("It is there {count} time.", "It is there {count} times.", count)
    return told.format(count=show(count, Kind.COUNT))
