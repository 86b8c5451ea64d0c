"""The text of the console's editor, with what may follow it: as a ghost behind it, and as a list.

What may follow is worked out behind the screen; what comes too late for the text is dropped.
"""

import asyncio
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, islice
from typing import ClassVar, Final, cast, get_args

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events, work
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import Document, Location, TextAreaTheme

from lkjip_tui.core.sql.colouring import Colour, Colouring
from lkjip_tui.core.sql.completion import Completion, Suggestion, complete
from lkjip_tui.core.sql.sql_names import Names
from lkjip_tui.grid.keys import typed
from lkjip_tui.grid.layout import fit, width_of
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.text_pad import TextPad

#: Letters from which on the ghost comes by itself.
_ENOUGH: Final = 2
_SHOWN: Final = 8
_WIDEST: Final = 72
_LABEL: Final = 36
_SIGNS: Final = {"column": "▪", "relation": "▦", "function": "ƒ", "keyword": " "}


class SuggestionList(Widget):
    """What may follow, a line each, over whatever is beneath; the keys stay with the text."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"suggestions--bar", "suggestions--about"}

    DEFAULT_CSS = """
    SuggestionList {
        overlay: screen; position: absolute; display: none;
        background: $panel; color: $foreground;
        & > .suggestions--bar {
            background: $background; color: $text-primary; text-style: reverse;
        }
        & > .suggestions--about { color: $foreground 60%; }
    }
    """

    class Clicked(Message):
        """The user has clicked on a suggestion."""

    def __init__(self) -> None:
        super().__init__()
        self._listed: Sequence[Suggestion] = ()
        self._bar = self._top = 0

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return bool(self.display)

    @property
    def chosen(self) -> Suggestion:
        """What the bar is on."""
        return self._listed[self._bar]

    def open(self, listed: Sequence[Suggestion], at: Offset) -> None:
        """List suggestions beneath a place of the screen, or above it where there is no room."""
        self._listed, self._bar, self._top = listed, 0, 0
        around = self.parent.region if isinstance(self.parent, Widget) else self.screen.region
        lines = min(len(listed), _SHOWN)
        width = min(max(map(_width, listed)), _WIDEST, around.width)
        below = at.y + 1 + lines <= self.screen.size.height
        self.styles.width, self.styles.height = width, lines
        self.styles.offset = (
            max(min(at.x - around.x, around.width - width), 0),
            (at.y + 1 if below else max(at.y - lines, 0)) - around.y,
        )
        self.display = True
        self.refresh()

    def close(self) -> None:
        """Go away."""
        self.display = False

    def move(self, count: int) -> None:
        """Move the bar by so many lines, from one end to the other."""
        last = len(self._listed) - 1
        goes_round = abs(count) == 1 and not 0 <= self._bar + count <= last
        self._bar = (self._bar + count) % (last + 1) if goes_round else self._bar + count
        self._bar = min(max(self._bar, 0), last)
        self._top = min(max(self._top, self._bar - self.size.height + 1), self._bar)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one suggestion's line."""
        number, width = self._top + y, self.size.width
        if number >= len(self._listed):
            return Strip.blank(width, self.rich_style)
        each = self._listed[number]
        is_here = number == self._bar
        ink = self.get_component_rich_style("suggestions--bar") if is_here else self.rich_style
        dim = ink if is_here else self.get_component_rich_style("suggestions--about")
        more = "⌄" if y == self.size.height - 1 and number < len(self._listed) - 1 else " "
        more = "⌃" if y == 0 and self._top > 0 else more
        label = f" {_SIGNS[each.kind]} {each.label} "
        taken = min(width_of(label), width - 1)
        about = fit(each.about, max(width - 1 - taken, 0))
        return Strip([Segment(fit(label, taken), ink), Segment(about, dim), Segment(more, ink)])

    def on_click(self, event: events.Click) -> None:
        """Take what is clicked."""
        event.stop()
        self._bar = min(self._top + event.y, len(self._listed) - 1)
        self.post_message(self.Clicked())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move the bar down."""
        event.stop()
        self.move(1 if self._bar < len(self._listed) - 1 else 0)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move the bar up."""
        event.stop()
        self.move(-1 if self._bar else 0)


def _width(each: Suggestion) -> int:
    return width_of(f" {_SIGNS[each.kind]} {each.label} ") + width_of(each.about) + 1


class _Ink(TextAreaTheme):
    """Leaves the words of the cursor's line their colours."""

    def apply_css(self, text_area: TextArea) -> None:
        super().apply_css(text_area)
        line = text_area.get_component_rich_style("text-area--cursor-line")
        self.cursor_line_style = Style(bgcolor=line.bgcolor)


class SqlText(TextPad, EndsWork):
    """A statement that is typed; `names` are those that may stand in it.

    Tab takes the ghost, or what the list's bar is on; without both it indents.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sql-text--fault",
        *(f"sql-text--{colour}" for colour in get_args(Colour)),
    }

    DEFAULT_CSS = """
    SqlText {
        height: 1fr; padding: 0; border: none;
        &:focus { border: none; }
        & > .sql-text--fault { color: $text-error; text-style: bold underline; }
        & > .sql-text--keyword { color: $text-primary; text-style: bold; }
        & > .sql-text--function { color: $text-accent; }
        & > .sql-text--text { color: $text-success; }
        & > .sql-text--number { color: $text-warning; }
        & > .sql-text--parameter { color: $text-secondary; }
        & > .sql-text--comment { color: $foreground 60%; text-style: italic; }
    }
    """

    def __init__(self, suggestions: SuggestionList) -> None:
        self._names = Names()
        self._colouring = Colouring()
        self._parts: list[tuple[Colour, int, int]] = []
        self._line_starts: list[int] = []
        super().__init__(tab_behavior="indent", show_line_numbers=True)
        self.register_theme(_Ink("ink"))
        self.theme = "ink"
        self._list = suggestions
        self._completion: Completion | None = None
        self._is_typing = False
        self._fault: tuple[int, int] | None = None

    @property
    def names(self) -> Names:
        """What may be named here."""
        return self._names

    @names.setter
    def names(self, names: Names) -> None:
        self._names, self._colouring = names, Colouring.of(names)
        self._build_highlight_map()
        self.refresh()

    # Places

    @property
    def offset_of_cursor(self) -> int:
        """How many characters stand before the cursor."""
        return self._index(self.cursor_location)

    @property
    def chosen_offsets(self) -> tuple[int, int]:
        """Where what is chosen begins and ends, as it was chosen; both the cursor's without."""
        start, end = self.selection
        return self._index(start), self._index(end)

    def _index(self, location: Location) -> int:
        return cast("Document", self.document).get_index_from_location(location)

    def _where(self, index: int) -> Location:
        return cast("Document", self.document).get_location_from_index(index)

    def go_to(self, start: int, stop: int | None = None) -> None:
        """Put the cursor behind so many characters, or choose those up to another place."""
        self._is_typing = False
        where = self._where
        self.move_cursor(where(start))
        if stop is not None:
            self.move_cursor(where(stop), select=True)
        self.scroll_cursor_visible(center=True, animate=False)

    def put(self, text: str, start: int, stop: int) -> None:
        """Put a text in the place of what stands from `start` to `stop`, as one step back."""
        self._is_typing = False
        where = self._where
        self.history.checkpoint()
        self.replace(text, where(start), where(stop), maintain_selection_offset=False)
        self.history.checkpoint()

    def mark_fault(self, fault: tuple[int, int] | None) -> None:
        """Mark what stands from one place to another as what is wrong, until it is changed."""
        if fault != self._fault:
            self._fault = fault
            self._line_cache.clear()
            self.refresh()

    # Colours

    def _build_highlight_map(self) -> None:
        """Be told by the library that the text is another one."""
        super()._build_highlight_map()
        self._line_starts = []

    def get_line(self, line_index: int) -> Text:
        """Return a line with its colours, and with what is wrong in it marked."""
        line = super().get_line(line_index)
        if not self._line_starts:
            self._look_through()
        start = self._line_starts[line_index]
        for part, began, ended in self._parts_from(start):
            if began > start + len(line):
                break
            self._paint(line, part, began - start, ended - start)
        if self._fault is not None:
            self._paint(line, "fault", *(each - start for each in self._fault))
        return line

    def _look_through(self) -> None:
        """Find what stands where: of each line alone it would take as long as of all."""
        document = cast("Document", self.document)
        between = len(document.newline)
        lengths = (len(line) + between for line in document.lines)
        self._line_starts = list(accumulate(lengths, initial=0))
        self._parts = list(self._colouring.parts(self.text))

    def _parts_from(self, start: int) -> Iterator[tuple[Colour, int, int]]:
        first = bisect_right(self._parts, start, key=lambda part: part[2])
        return islice(self._parts, first, None)

    def _paint(self, line: Text, part: str, start: int, stop: int) -> None:
        style = self.get_component_rich_style(f"sql-text--{part}")
        line.stylize(style, max(start, 0), max(stop, 0))

    # Completion

    def do_complete(self) -> None:
        """List what may stand at the cursor."""
        self._complete(asked=True)

    def close_list(self) -> None:
        """Take list and ghost away."""
        self._list.close()
        self.suggestion = ""
        self._completion = None

    @work(exclusive=True, group="completion")
    async def _complete(self, *, asked: bool) -> None:
        text, at = self.text, self.offset_of_cursor
        found = await asyncio.to_thread(complete, self.names, text, at)
        if text != self.text or at != self.offset_of_cursor:
            return
        was_open = self._list.is_open
        self.close_list()
        self._completion = found
        if found is None:
            return
        is_behind_dot = text[found.start - 1 : found.start] == "."
        if len(found.typed) >= _ENOUGH or is_behind_dot:
            self.suggestion = found.ghost
        if asked or is_behind_dot or (was_open and found.typed):
            start = self._where(found.start)
            back = self.cursor_location[1] - start[1]
            at_word = self.cursor_screen_offset - Offset(back + 3, 0)
            self._list.open(found.suggestions, at_word)

    def take(self, suggestion: Suggestion) -> None:
        """Put a suggestion in the place of what is typed of it."""
        found = self._completion
        self.close_list()
        if found is not None:
            self.put(suggestion.text, found.start, found.stop)

    def on_key(self, event: events.Key) -> None:
        """Let the list have its keys while it is open, and know what is typed."""
        self._is_typing = typed(event) is not None or event.key in {"backspace", "delete"}
        act = self._act(event.key)
        if act is not None:
            event.stop()
            event.prevent_default()
            act()

    def _act(self, key: str) -> Callable[[], object] | None:
        """Return what a key does here that is no typing."""
        found, shown = self._completion, self._list
        if shown.is_open:
            moves = {"up": -1, "down": 1, "pageup": -_SHOWN, "pagedown": _SHOWN}
            if key in moves:
                return lambda: shown.move(moves[key])
            is_there = found is not None and shown.chosen.text == found.typed
            if key == "tab" or (key == "enter" and not is_there):
                return lambda: self.take(shown.chosen)
            if key == "enter":
                self.close_list()  # the word is whole, and the line ends
            if key == "escape":
                return self.close_list
        if key == "tab" and self.suggestion and found is not None:
            return lambda: self.take(found.suggestions[0])
        if key == "enter" and self.selection.is_empty:
            return self._break_line
        return None

    def _break_line(self) -> None:
        """Begin a line that is as far in as the one before."""
        row, column = self.cursor_location
        line = self.document.get_line(row)[:column]
        self.insert("\n" + line[: len(line) - len(line.lstrip())])

    def on_mouse_down(self) -> None:
        """Know that the cursor goes elsewhere."""
        self._is_typing = False

    def on_text_area_changed(self) -> None:
        """Look for what may follow what was typed; what was wrong may be right by now."""
        self.mark_fault(None)
        if self._is_typing:
            self._complete(asked=False)
        else:
            self.close_list()

    def on_text_area_selection_changed(self) -> None:
        """Take away what belongs to another place."""
        if not self._is_typing:
            self.close_list()

    def on_blur(self) -> None:
        """Take the list away when the keys go elsewhere."""
        self.close_list()
