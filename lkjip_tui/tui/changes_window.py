"""Who changed a cell, in a window: when, who, from what, to what."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lkjip_tui.core.changes.provenance import Changed, Trace
from lkjip_tui.language import _
from lkjip_tui.tui.dialogs import WINDOW, literal
from lkjip_tui.tui.window import Window


def line(change: Changed) -> str:
    """Return a change in one line."""
    when = f"{change.at.astimezone():%Y-%m-%d %H:%M:%S}"
    act = _(change.label) if change.label else ""
    told = (when, change.by, act, f"{change.before} → {change.after}")
    return "  ".join(part for part in told if part)


class ChangesWindow(Window[int | None]):
    """Lists the changes of a cell; returns the number of the act that the user wants to see."""

    DEFAULT_CSS = f"""
    ChangesWindow {{
        {WINDOW}
        & OptionList {{
            height: auto; max-height: 14; padding: 0; border: none; background: $surface;
        }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,shift+f8", "leave", show=False)
    ]

    def __init__(self, trace: Trace) -> None:
        super().__init__()
        self._trace = trace
        self._changes = trace.changes or ()

    def compose(self) -> ComposeResult:
        """Lay out the changes, or why there are none."""
        trace = self._trace
        with Vertical():
            name = " · ".join(part for part in (trace.name, trace.heading) if part)
            yield Static(literal(name), id="heading")
            if self._changes:
                yield OptionList(
                    *[Option(literal(line(change))) for change in self._changes],
                    markup=False,
                    compact=True,
                )
                yield Static(literal(_("Enter  show the act    Esc  leave")), id="keys")
                return
            if trace.changes is None:
                told = _("A computed cell has no changes of its own; F8 tells where it comes from.")
            else:
                told = _("A fact; it was not changed since the file was made.")
            yield Static(literal(told))
            yield Static(literal(_("Esc  leave")), id="keys")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the act of a change."""
        event.stop()
        self.dismiss(self._changes[event.option_index].act_id)

    def action_leave(self) -> None:
        """Stay where the cell is."""
        self.dismiss(None)
