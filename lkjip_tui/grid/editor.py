"""The box in which a cell's text is typed, laid over the cell."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from lkjip_tui.grid.compositor import conceal
from lkjip_tui.grid.keys import act_at_once, acts_everywhere, typed
from lkjip_tui.grid.layout import MARKS, PAD, fit, tame, width_of

Direction = Literal["down", "right", "left", "stay"]

ROOM = 40
"""How wide a box becomes for a long text in a narrow cell."""

GROWTH = 8
"""By how much it becomes wider at a time: each time the whole screen is laid out."""

NOTE_ROOM = 60
NOTE_LINES = 3


@dataclass(frozen=True, slots=True)
class Echo:
    """What a typed text would become, or why it cannot, and what stands in the cell then."""

    text: str
    error: bool = False
    standing: str = ""


class _Literal(Highlighter):
    """Shows each character, also one that would drive the terminal."""

    def __call__(self, text: str | Text) -> Text:
        plain = text if isinstance(text, str) else text.plain
        return Text(tame(plain), no_wrap=True, overflow="ignore", end="")

    def highlight(self, text: Text) -> None:
        """Leave the text as it is."""


class TextBox(Input):
    """One line of text that keeps every key but those that act everywhere.

    It takes back typing itself (Ctrl+Z, and Ctrl+Y to do it again). `on_change` is called
    before the next key acts, where Textual's own message would come after it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+a", "select_all", show=False),
        Binding("ctrl+z", "take_back", show=False),
        Binding("ctrl+y", "do_again", show=False),
    ]

    DEFAULT_CSS = """
    TextBox, TextBox:focus {
        height: 1;
        padding: 0 1;
        border: none;
        background: $primary-muted;
        color: $foreground;
        background-tint: transparent;
    }
    """

    def __init__(self, on_change: Callable[[], None] = lambda: None) -> None:
        super().__init__(compact=True, highlighter=_Literal(), select_on_focus=False)
        self.cursor_blink = False
        self._on_change = on_change
        self._past: list[str] = []
        self._future: list[str] = []
        self._known = ""

    def start(self, text: str) -> None:
        """Begin with a text, the caret at its end, and nothing to take back."""
        self._known = text
        self.value = text
        self.cursor_position = len(text)
        self._past.clear()
        self._future.clear()

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Keep a key from the bindings of what is around the box."""
        return not acts_everywhere(key)

    def _position_to_cell(self, position: int) -> int:
        """Return where the terminal's caret stands: in the text as it is shown."""
        return width_of(self.value[:position])

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001
        """Leave the styles alone, which are the same wherever the keys go."""

    def watch_value(self, value: str) -> None:
        """Remember what stood before, and tell."""
        if value != self._known:
            self._past.append(self._known)
            self._future.clear()
            self._known = value
        self._on_change()

    def action_take_back(self) -> None:
        """Take back the last change of the text."""
        self._step(self._past, self._future)

    def action_do_again(self) -> None:
        """Make the change again that was taken back."""
        self._step(self._future, self._past)

    async def on_key(self, event: events.Key) -> None:
        """Leave alone the letter of Alt with a letter, which Input would type."""
        if event.is_printable and typed(event) is None:
            event.prevent_default()
        await act_at_once(self, event)

    def on_paste(self, event: events.Paste) -> None:
        """Put a pasted text in one line."""
        lines = (line.strip() for line in event.text.splitlines())
        text = " ".join(line for line in lines if line).replace("\t", " ")
        if text:
            self.replace(text, *self.selection)
        event.prevent_default()
        event.stop()

    def _step(self, source: list[str], other: list[str]) -> None:
        if source:
            other.append(self._known)
            self._known = source.pop()
            self.value = self._known
            self.cursor_position = len(self._known)


class CellBox(TextBox):
    """The box of a cell editor: its ends are keys too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept('down')", show=False, id="grid.accept_down"),
        Binding("tab", "accept('right')", show=False, id="grid.accept_right"),
        Binding("shift+tab", "accept('left')", show=False, id="grid.accept_left"),
        Binding("escape", "cancel", show=False, id="grid.cancel"),
    ]

    def __init__(self, editor: "CellEditor") -> None:
        super().__init__(editor.consider)
        self._editor = editor

    def action_accept(self, direction: Direction) -> None:
        """Offer the text to the application."""
        self._editor.accept(direction)

    def action_cancel(self) -> None:
        """Leave the cell as it was."""
        self._editor.cancel()


class CellEditor(Widget):
    """A box over a cell, with a line beneath that says what the text would become.

    Mount it beside the grid, in the same container. `open` takes the cell's region in that
    container: `grid.cell_region(row, column).translate(grid.virtual_region.offset)`. After
    `Accepted` call `close` or `refuse`. Clicking elsewhere accepts in place.
    """

    DEFAULT_CSS = """
    CellEditor {
        layer: grid-editor;
        overlay: screen;
        position: absolute;
        display: none;
        height: 1;

        & > Static {
            layer: note;
            overlay: screen;
            position: absolute;
            padding: 0 1;
            background: $panel;
            color: $text-muted;
        }
        &.-error > Static { color: $text-error; text-style: bold; }
    }
    """

    @dataclass
    class Accepted(Message):
        """The user is done with the text; `direction` is where the cursor wants to go."""

        editor: "CellEditor"
        text: str
        direction: Direction

        @property
        def control(self) -> "CellEditor":
            """The editor."""
            return self.editor

    @dataclass
    class Cancelled(Message):
        """The user left the cell as it was; the editor is closed."""

        editor: "CellEditor"

        @property
        def control(self) -> "CellEditor":
            """The editor."""
            return self.editor

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._box = CellBox(self)
        self._note = Static(markup=False)
        self._check: Callable[[str], Echo] | None = None
        self._echo = Echo("")
        self._cell = Region()
        self._note_width = 0
        self._opener: Widget | None = None
        self._is_open = False
        self._is_offered = False
        self._is_refused = False

    def compose(self) -> ComposeResult:
        """Compose the box and its note."""
        yield self._box
        yield self._note

    @property
    def is_open(self) -> bool:
        """Whether a cell is being edited."""
        return self._is_open

    @property
    def is_refused(self) -> bool:
        """Whether the text was offered and could not be taken."""
        return self._is_open and self._is_refused

    @property
    def text(self) -> str:
        """The text as typed so far."""
        return self._box.value

    def open(
        self,
        region: Region,
        text: str,
        *,
        check: Callable[[str], Echo] | None = None,
        caret_at_end: bool = True,
        begun: str | None = None,
    ) -> None:
        """Edit a text over a region of the container.

        `check` is asked at every change what the text would become. `begun` is what the user has
        begun to type over the text, which stands there again when all of that is taken back.
        """
        if not self._is_open:
            self._opener = self.screen.focused
        self._is_open = True
        self._is_offered = self._is_refused = False
        self._cell = region
        self._note_width = 0
        self._check = check
        self._box.start(text)
        if begun is not None:
            self._box.value = begun
        self._box.cursor_position = len(self._box.value) if caret_at_end else 0
        self.consider()
        self.display = True
        self.refresh(layout=True)
        self.screen.set_focus(self._box)

    def stand_over(self, region: Region) -> None:
        """Go to where the cell stands now; an empty region is out of view, the last line is not."""
        if self._is_open:
            self._cell = in_view(region, self._cell, self._room())
            self._place()

    def accept(self, direction: Direction) -> None:
        """Offer the text to the application, which closes the editor or refuses."""
        if self._is_open and not self._is_offered:
            self._is_offered = True
            self.post_message(self.Accepted(self, self._box.value, direction))

    def cancel(self) -> None:
        """Close, and say that nothing is to change."""
        self.close()
        self.post_message(self.Cancelled(self))

    def refuse(self, reason: str, standing: str = "") -> None:
        """Stay open with the text as typed, and say why it cannot be taken and what stands."""
        self._is_offered = False
        self._is_refused = True
        self._say(Echo(reason, error=True, standing=standing))
        self.screen.set_focus(self._box)

    def close(self) -> None:
        """Go away; the focus returns to where it came from, unless it has gone elsewhere."""
        if not self._is_open:
            return
        self._is_open = False
        self._is_offered = False
        if self._box.has_focus and self._opener is not None and self._opener.is_attached:
            self.screen.set_focus(self._opener)
        # The screen is laid out anew when what the cell holds now has been drawn.
        conceal(self)
        self.screen.call_after_refresh(self._leave)

    def _leave(self) -> None:
        if not self._is_open:
            self.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the box's doings to itself."""
        event.stop()

    def on_descendant_blur(self) -> None:
        """Accept in place when the user goes elsewhere within the program."""
        if self.app.app_focus and self._is_open:
            self.accept("stay")

    def consider(self) -> None:
        """Say what the text would become now."""
        if not self._is_open or self._is_offered:
            return
        self._say(Echo("") if self._check is None else self._check(self._box.value))

    def _say(self, echo: Echo) -> None:
        self._echo = echo
        self.set_class(echo.error, "-error")
        self._place()

    def _room(self) -> Size:
        return self.parent.size if isinstance(self.parent, Widget) else self.screen.size

    def _place(self) -> None:
        """Cover the cell, wider when the text asks for it, the note beneath or else above."""
        room, cell = self._room(), self._cell
        wanted = min(width_of(self._box.value) + 1 + 2 * PAD + GROWTH, ROOM)
        wanted -= wanted % GROWTH
        width = min(max(cell.width, wanted), room.width)
        x = max(min(cell.x, room.width - width), 0)
        self.styles.width = width
        self.styles.offset = (x, cell.y)

        mark = MARKS["waiting" if self._is_refused else "error"]
        sign = f"{mark} " if self._echo.error and self._echo.text else ""
        note_room = min(NOTE_ROOM, room.width) - 2 * PAD
        lines = _wrapped(sign + self._echo.text, note_room)[:NOTE_LINES]
        lines += _wrapped(self._echo.standing, note_room)[:1]
        self._note.display = bool(lines)
        if not lines:
            return
        # A place that changes has the whole screen laid out: one that is wide enough stays.
        self._note_width = max(self._note_width, width, max(map(width_of, lines)) + 2 * PAD)
        note_width = min(self._note_width, room.width)
        note_x = max(min(x, room.width - note_width), 0)
        below = cell.y + 1 + len(lines) <= room.height
        self._note.update("\n".join(lines), layout=False)
        self._note.styles.width = note_width
        self._note.styles.height = len(lines)
        self._note.styles.offset = (note_x - x, 1 if below else -len(lines))


def in_view(region: Region, before: Region, room: Size) -> Region:
    """Return where an editor stands: over its cell, on the last line when that is out of view."""
    region = region or Region(before.x, room.height - 1, before.width, 1)
    return region.translate((0, min(room.height - 1 - region.y, 0)))


def _wrapped(text: str, width: int) -> list[str]:
    """Return a text's lines, broken between words."""
    lines: list[str] = []
    line = ""
    for word in tame(text.replace("\n", " ")).split():
        longer = f"{line} {word}" if line else word
        if width_of(longer) > width and line:
            lines.append(line)
            line = word
        else:
            line = longer
    return [fit(it, min(width_of(it), width)) for it in (*lines, line) if it]
