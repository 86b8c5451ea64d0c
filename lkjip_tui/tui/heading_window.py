"""Which column each heading of a source is, said by hand."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lkjip_tui.language import _
from lkjip_tui.tui.dialogs import WINDOW, Choose, literal
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.window import Window


class HeadingWindow(Window[Mapping[str, str] | None], EndsWork):
    """Lists headings with an example; Enter says of one what it is, F5 goes on with all of it.

    Gives the columns that were said, by heading; an empty one leaves a heading out.
    """

    DEFAULT_CSS = f"""
    HeadingWindow {{
        {WINDOW}
        & OptionList {{ height: auto; max-height: 11; }}
        & #about {{ color: $text-error; margin-bottom: 1; }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "accept", show=False, priority=True),
        Binding("escape", "leave", show=False),
    ]

    def __init__(
        self,
        headings: Sequence[tuple[str, str | None]],
        examples: Sequence[str],
        choices: Mapping[str, str],
        said: Mapping[str, str],
        *,
        others: Mapping[str, str],
        about: str = "",
    ) -> None:
        """`choices` are the words for each column; `said` is what was said before.

        `others` are the words for columns that headings were taken for, and that cannot be said;
        `about` is why it is asked.
        """
        super().__init__()
        self._headings = headings
        self._examples = examples
        self._choices = choices
        self._said = dict(said)
        self._words, self._about = {**others, **choices}, about

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical():
            yield Static(literal(_("Which column is each heading of the source?")), id="heading")
            if self._about:
                yield Static(literal(f"● {self._about}"), id="about")
            yield OptionList(*map(Option, self._lines()), markup=False)
            keys = _("Enter  say what it is    F5  go on    Esc  leave it")
            yield Static(literal(keys), id="keys")

    def _lines(self) -> Sequence[str]:
        left_out = _("left out")
        lines = []
        for (heading, column), example in zip(self._headings, self._examples, strict=True):
            name = self._said.get(heading, column or "")
            means = self._words.get(name, name) or left_out
            lines.append(f"{heading or '–'} ({example or '–'})  →  {means}")
        return [literal(line).plain for line in lines]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say what a heading is."""
        event.stop()
        self._choose(event.option_index)

    @work
    async def _choose(self, at: int) -> None:
        heading, _column = self._headings[at]
        if not heading.strip():
            return
        left_out = _("left out")
        words = [left_out, *self._choices.values()]
        answer = await self.app.push_screen_wait(Choose(heading, words))
        if answer is None:
            return
        names = {text: name for name, text in self._choices.items()}
        self._said[heading] = names.get(answer, "")
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(line) for line in self._lines()])
        listed.highlighted = at

    def action_accept(self) -> None:
        """Close with what was said."""
        self.dismiss(self._said)

    def action_leave(self) -> None:
        """Close without anything."""
        self.dismiss(None)
