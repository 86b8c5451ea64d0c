"""A short list laid over a cell, from which a value is picked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from lkjip_tui.grid.editor import Direction, TextBox, in_view
from lkjip_tui.grid.layout import PAD, fit, width_of

SHOWN = 10
WIDEST = 60

Options = Sequence[tuple[object, str]]


class FilterBox(TextBox):
    """The box beside the options: what is typed here narrows them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("ctrl+home", "step(-1000000)", show=False),
        Binding("ctrl+end", "step(1000000)", show=False),
        Binding("enter", "choose('down')", show=False, id="grid.choose"),
        Binding("tab", "choose('right')", show=False, id="grid.choose_right"),
        Binding("shift+tab", "choose('left')", show=False, id="grid.choose_left"),
        Binding("escape", "cancel", show=False, id="grid.cancel_choice"),
    ]

    def __init__(self, choices: "ChoiceList") -> None:
        super().__init__(choices.narrow)
        self._choices = choices

    def action_step(self, count: int) -> None:
        """Move the bar."""
        self._choices.move(count)

    def action_page(self, direction: int) -> None:
        """Move the bar by what is shown."""
        self._choices.turn(direction)

    def action_choose(self, direction: Direction) -> None:
        """Pick the option under the bar."""
        self._choices.choose(direction)

    def action_cancel(self) -> None:
        """Leave the cell as it was."""
        self._choices.cancel()


class _Labels(Widget):
    """The options that match, a line each, and a bar on one of them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--bar", "choice--none"}

    DEFAULT_CSS = """
    _Labels {
        background: $panel;
        color: $foreground;
        & > .choice--bar {
            background: $background; color: $text-primary; text-style: reverse;
        }
        & > .choice--none { color: $foreground 60%; }
    }
    """

    def __init__(self, choices: "ChoiceList") -> None:
        super().__init__()
        self._choices = choices
        self.matches: Options = ()
        self.lines = 1
        self.bar = 0
        self.top = 0
        self.none = ""

    def show(self, matches: Options, bar: int, none: str) -> None:
        """Show these options, or say that there are none."""
        self.matches = matches
        self.none = none
        self.top = 0
        self.put_bar(bar)

    def put_bar(self, bar: int) -> None:
        """Put the bar on an option and bring it into view."""
        self.bar = max(min(bar, len(self.matches) - 1), 0)
        self.top = min(max(self.top, self.bar - self.lines + 1), self.bar)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one option's line."""
        width = self.size.width
        index = self.top + y
        if not self.matches:
            text, style = self.none if y == 0 else "", "choice--none"
        elif index >= len(self.matches):
            text, style = "", ""
        else:
            text = self.matches[index][1]
            style = "choice--bar" if index == self.bar else ""
        ink = self.get_component_rich_style(style) if style else self.rich_style
        more = "⌄" if y == self.lines - 1 and index < len(self.matches) - 1 else " "
        if y == 0 and self.top > 0:
            more = "⌃"
        return Strip([Segment(f" {fit(text, width - 2 * PAD)}{more}", ink)], width)

    def on_click(self, event: events.Click) -> None:
        """Pick the option clicked."""
        place = event.get_content_offset(self)
        if place is not None and self.top + place.y < len(self.matches):
            self.put_bar(self.top + place.y)
            self._choices.choose("stay")

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move the bar down."""
        event.stop()
        self.put_bar(self.bar + 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move the bar up."""
        event.stop()
        self.put_bar(self.bar - 1)


class ChoiceList(Widget):
    """Options over a cell; typing narrows them to those that fit what is typed.

    Mount it beside the grid, and open it as a `CellEditor`. It closes itself, then tells.
    """

    DEFAULT_CSS = """
    ChoiceList {
        layer: grid-editor;
        overlay: screen;
        position: absolute;
        display: none;
        background: $panel;
        &.-above > FilterBox { dock: bottom; }
    }
    """

    @dataclass
    class Chosen(Message):
        """An option was picked; `direction` is where its key goes on to."""

        choices: "ChoiceList"
        value: object
        direction: Direction

        @property
        def control(self) -> "ChoiceList":
            """The list."""
            return self.choices

    @dataclass
    class Cancelled(Message):
        """None was picked."""

        choices: "ChoiceList"

        @property
        def control(self) -> "ChoiceList":
            """The list."""
            return self.choices

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._box = FilterBox(self)
        self._labels = _Labels(self)
        self._options: Options = ()
        self._fitting: Callable[[str], Options] | None = None
        self._current: object = None
        self._cell = Region()
        self._none = ""
        self._unmatched = ""
        self._opener: Widget | None = None
        self._is_open = False

    def compose(self) -> ComposeResult:
        """Compose the box and the options."""
        yield self._box
        yield self._labels

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._is_open

    def open(
        self,
        region: Region,
        fitting: Callable[[str], Options],
        current: object = None,
        *,
        none: str = "",
        unmatched: str = "",
        typed: str = "",
    ) -> None:
        """Offer (value, label) pairs over a region of the container, the bar on `current`.

        `fitting` returns those that fit what is typed, the best first, and all for nothing.
        `none` is said when there are no options at all, `unmatched` when none fits; `typed` is
        what the user has begun to type over the cell.
        """
        if not self._is_open:
            self._opener = self.screen.focused
        self._is_open = True
        self._fitting, self._options = fitting, fitting("")
        self._none = none
        self._unmatched = unmatched or none
        self._current = current
        self._place(region)
        self._box.start(typed)
        self.narrow()
        self.display = True
        self.screen.set_focus(self._box)

    def stand_over(self, region: Region) -> None:
        """Go to where the cell stands now; an empty region is out of view, the last line is not."""
        if self._is_open:
            self._place(in_view(region, self._cell, self._room()))

    def move(self, count: int) -> None:
        """Move the bar by so many options."""
        self._labels.put_bar(self._labels.bar + count)

    def turn(self, direction: int) -> None:
        """Move the bar by as many options as are shown."""
        self.move(direction * self._labels.lines)

    def choose(self, direction: Direction) -> None:
        """Pick the option under the bar, if there is one."""
        if self._is_open and self._labels.matches:
            value, _ = self._labels.matches[self._labels.bar]
            self.close()
            self.post_message(self.Chosen(self, value, direction))

    def cancel(self) -> None:
        """Pick none."""
        self.close()
        self.post_message(self.Cancelled(self))

    def narrow(self) -> None:
        """Show the options that fit what is typed."""
        typed = self._box.value.strip()
        matches = self._fitting(typed) if self._fitting and typed else self._options
        values = [value for value, _ in matches]
        bar = values.index(self._current) if not typed and self._current in values else 0
        self._labels.show(matches, bar, self._unmatched if self._options else self._none)

    def close(self) -> None:
        """Go away; the focus returns to where it came from, unless it has gone elsewhere."""
        if not self._is_open:
            return
        self._is_open = False
        if self._box.has_focus and self._opener is not None and self._opener.is_attached:
            self.screen.set_focus(self._opener)
        self.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the box's doings to itself."""
        event.stop()

    def on_descendant_blur(self) -> None:
        """Pick none when the user goes elsewhere within the program."""
        if self.app.app_focus and self._is_open:
            self.cancel()

    def _room(self) -> Size:
        return self.parent.size if isinstance(self.parent, Widget) else self.screen.size

    def _place(self, region: Region) -> None:
        self._cell, room = region, self._room()
        widest = max((width_of(label) for _, label in self._options), default=0)
        widest = max(widest, width_of(self._none), width_of(self._unmatched))
        width = min(max(region.width, min(widest, WIDEST) + 2 * PAD), room.width)
        lines = min(max(len(self._options), 1), SHOWN, max(room.height - 1, 1))
        below = region.y + 1 + lines <= room.height
        self._labels.lines = lines
        self._labels.styles.height = lines
        self.set_class(not below, "-above")
        self.styles.height = lines + 1
        self.styles.width = width
        self.styles.offset = (
            max(min(region.x, room.width - width), 0),
            region.y if below else max(region.y - lines, 0),
        )
