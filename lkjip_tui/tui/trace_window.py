"""Where a figure comes from, in a window: its formula, and the cells it came from."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lkjip_tui.core.changes.provenance import Source, Trace
from lkjip_tui.core.checks.findings import SIGNS
from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.language import _
from lkjip_tui.transfer.findings import acceptance
from lkjip_tui.tui.changes_window import line
from lkjip_tui.tui.dialogs import WINDOW, literal
from lkjip_tui.tui.window import Scrolled, Window

#: Lines of the window that are neither words nor sources.
_FRAME = 8


class TraceWindow(Window[Source | None]):
    """Shows a trace; returns the cell that the user wants to go to."""

    DEFAULT_CSS = f"""
    TraceWindow {{
        {WINDOW}
        & > Vertical {{ width: 110; }}
        & #heading {{ margin-bottom: 0; }}
        & Scrolled {{ height: auto; }}
        & OptionList {{
            height: auto; margin-top: 1; padding: 0; border: none; background: $surface;
        }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f8", "leave", show=False)]

    def __init__(self, trace: Trace) -> None:
        super().__init__()
        self._trace = trace
        # What was printed stands last: it is held against the cell, not what made it.
        self._cells = [*trace.sources, *trace.printed]

    def compose(self) -> ComposeResult:
        """Lay out what is known of the cell."""
        trace = self._trace
        with Vertical():
            name = " · ".join(part for part in (trace.name, trace.heading) if part)
            yield Static(literal(name), id="heading")
            with Scrolled():
                yield Static(Content("\n").join(_told(trace)))
            if self._cells:
                yield OptionList(markup=False, compact=True)
            keys = _("Enter  go there    Esc  leave") if self._cells else _("Esc  leave")
            yield Static(literal(keys), id="keys")

    def on_resize(self) -> None:
        """List the sources in the room that there is, half of it for the words above."""
        room = self.size.height * 9 // 10 - _FRAME
        self.query_one(Scrolled).styles.max_height = max(room // 2, 2)
        for listed in self.query(OptionList):
            listed.styles.max_height = max(room - room // 2, 2)
        self.call_after_refresh(self._list)

    def _list(self) -> None:
        for listed in self.query(OptionList):
            width = listed.scrollable_content_region.width - 2
            at = listed.highlighted or 0
            sources = self._cells
            # What tells them apart comes first, since the line may be short.
            by_name = len({each.name for each in self._trace.sources}) != 1
            listed.set_options(
                [
                    Option(_line(each, width, by_name or each in self._trace.printed))
                    for each in sources
                ]
            )
            listed.highlighted = at
            listed.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to a source."""
        event.stop()
        self.dismiss(self._cells[event.option_index])

    def action_leave(self) -> None:
        """Stay where the cell is."""
        self.dismiss(None)


def _told(trace: Trace) -> Iterator[Content]:
    yield literal(trace.title).stylize("$text-muted")
    told = literal(trace.text).stylize("bold")
    if trace.formula:
        told = told.append(literal(f"  = {trace.formula}"))
    yield told
    if trace.rests_on:
        yield literal(
            _("Its query does not say which rows it comes from. It reads {views}.").format(
                views=", ".join(trace.rests_on)
            )
        )
    for finding in trace.found:
        sign = Content("✓ " if finding.accepted else f"{SIGNS[finding.severity]} ")
        message = f"{finding.message} {acceptance(finding)}".strip()
        yield sign.stylize("" if finding.accepted else "$text-error").append(literal(message))
    if trace.changes is not None:
        yield from _changes(trace)


def _changes(trace: Trace) -> Iterator[Content]:
    changes = trace.changes or ()
    if not changes:
        yield literal(_("A fact; it was not changed since the file was made."))
    for change in changes[:1]:
        yield literal(line(change))
        yield literal(_("Shift+F8 lists all changes of this cell.")).stylize("$text-muted")


def _line(source: Source, width: int, by_name: bool) -> Content:  # noqa: FBT001
    """Return a source in one line: what it is at the left, its figure at the right."""
    sign = "✎" if source.is_fact else "ƒ"
    figure = Content(safe_text(source.text))
    names = (source.name, source.heading) if by_name else (source.heading, source.name)
    words = f"{sign} {' · '.join(filter(None, names))}  ({source.query.title()})"
    room = max(width - figure.cell_length - 2, 8)
    left = Content(safe_text(words)).truncate(room, ellipsis=True)
    gap = max(width - left.cell_length - figure.cell_length, 2)
    return left.append(" " * gap).append(figure.stylize("bold"))
