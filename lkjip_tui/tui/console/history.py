"""The window of the console's earlier statements: searched, put into the editor, run again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from lkjip_tui.core.figures.values import Kind, safe_text, show
from lkjip_tui.core.storage.sql_text import name_of
from lkjip_tui.language import _, plural
from lkjip_tui.tui.console.runs import Run
from lkjip_tui.tui.dialogs import WINDOW, literal
from lkjip_tui.tui.search_line import SearchLine
from lkjip_tui.tui.window import Window

#: As many runs as are listed; whoever types on sees the others.
_MOST: Final = 200
_SIGNS: Final = {"done": "✓", "stopped": "■", "failed": "●"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A statement of earlier, to be put into the editor, and run at once if `to_run`."""

    statement: str
    to_run: bool


class _Line(SearchLine):
    """The line that is searched by: keys that it does not type belong to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "screen.run", show=False),
    ]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Keep the key that runs from whatever is beneath the window."""
        return key != "f5" and super().check_consume_key(key, character)


class SqlHistory(Window[Chosen | None]):
    """A line to type in, the runs whose statements hold its words, and the one chosen whole."""

    DEFAULT_CSS = f"""
    SqlHistory {{
        {WINDOW}
        & > Vertical {{ width: 110; height: 90%; padding: 0 1; }}
        & #heading {{ margin-bottom: 0; height: 1; }}
        & _Line {{ margin-bottom: 0; }}
        & OptionList {{
            height: 1fr; padding: 0; border: none; background: $surface;
            text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1;
        }}
        & #whole {{ height: auto; max-height: 40%; border-top: hkey $panel; }}
        & #keys {{ margin-top: 0; }}
    }}
    """

    def __init__(self, runs: Sequence[Run]) -> None:
        super().__init__()
        self._runs = runs
        self._line = _Line(self._list)
        self._line.placeholder = _("Words of the statement…")
        self._options = OptionList(markup=False, compact=True)
        self._options.can_focus = False  # what is typed goes on in the line
        self._listed: Sequence[Run] = ()

    def compose(self) -> ComposeResult:
        """Lay out line, list and the statement."""
        with Vertical():
            yield Static(literal(_("Earlier statements")), id="heading")
            yield self._line
            yield self._options
            yield Static(id="whole", markup=False)
            keys = _("Enter  into the editor    F5  run again    Esc  leave it")
            yield Static(literal(keys), id="keys")

    def on_mount(self) -> None:
        """List everything."""
        self._list()

    def _list(self) -> None:
        words = self._line.value.casefold().split()
        fit = (run for run in self._runs if all(word in _searched(run) for word in words))
        self._listed = [run for run, _number in zip(fit, range(_MOST), strict=False)]
        self._options.set_options([Option(_prompt(run)) for run in self._listed])
        self._options.highlighted = 0 if self._listed else None
        if not self._listed:
            told = _("Nothing fits what is typed.") if words else _("Nothing was run yet.")
            self._options.add_option(Option(literal(told), disabled=True))
            self._show_whole("")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the statement whole."""
        event.stop()
        if event.option_index < len(self._listed):
            run = self._listed[event.option_index]
            told = f"{run.statement.strip()}\n● {run.reason}" if run.reason else run.statement
            self._show_whole(told.strip())

    def _show_whole(self, text: str) -> None:
        self.query_one("#whole", Static).update(literal(text))

    def action_move(self, step: str) -> None:
        """Move the bar."""
        getattr(self._options, f"action_{step}")()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what the bar is on."""
        event.stop()
        self._take(to_run=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was clicked."""
        event.stop()
        self._take(to_run=False)

    def action_run(self) -> None:
        """Run what the bar is on again."""
        self._take(to_run=True)

    def action_leave(self) -> None:
        """Take nothing."""
        self.dismiss(None)

    def _take(self, *, to_run: bool) -> None:
        at = self._options.highlighted
        if self._listed and at is not None:
            self.dismiss(Chosen(self._listed[at].statement, to_run))


def _searched(run: Run) -> str:
    day = run.at.partition("T")[0]  # figures are looked for in statements, not among minutes
    return f"{run.statement} {day} {run.reason}".casefold()


def _prompt(run: Run) -> Content:
    """Return when it ran, what came of it, and how it begins."""
    try:
        at = f"{datetime.fromisoformat(run.at).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        at = run.at
    told = {"failed": _("failed"), "stopped": _("stopped")}.get(run.outcome) or _rows(run)
    sign = _SIGNS.get(run.outcome, " ")
    name = safe_text(" ".join(name_of(run.statement).split()))
    return literal(f"{sign} {at}  {told}  ").stylize("$text-muted").append(Content(name))


def _rows(run: Run) -> str:
    told = plural("{count} row", "{count} rows", run.rows)
    if not run.is_whole:
        told = _("at least {count} rows")
    count = told.format(count=show(run.rows, Kind.COUNT))
    return f"{count}, {show(run.milliseconds, Kind.COUNT)} ms"
