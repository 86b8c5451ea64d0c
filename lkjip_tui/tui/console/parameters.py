"""The form that asks what a statement's parameters stand for, before it runs."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from lkjip_tui.core.errors import InputRefused, LkjipError
from lkjip_tui.core.sql import parameters
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import TextBox
from lkjip_tui.language import _
from lkjip_tui.tui.dialogs import WINDOW, literal
from lkjip_tui.tui.memory import Memory
from lkjip_tui.tui.window import Window

if TYPE_CHECKING:
    from textual.app import App

    from lkjip_tui.core.storage.sql_text import Statement


class Parameters:
    """Asks for what statements need, and remembers it for whoever uses the program."""

    def __init__(self, workspace: Workspace, memory: Memory) -> None:
        self._workspace = workspace
        self._memory = memory
        self._given: Mapping[str, object] = {}

    def lacking(self, found: "Sequence[Statement]") -> list[str]:
        """Return the names that must be asked for, in the order in which they stand."""
        self._given = {}
        names = (name for each in found for name in self._names(each))
        return parameters.in_order((each.text for each in found), names)

    async def are_given(self, app: "App[None]", names: Sequence[str]) -> bool:
        """Ask for them; False when the user leaves it."""
        texts = await app.push_screen_wait(ParameterForm(names, self._memory.given))
        if texts is None:
            return False
        self._memory.gave(texts)
        self._given = {name: parameters.read(text) for name, text in texts.items()}
        return True

    def of(self, statement: "Statement") -> Mapping[str, object]:
        """Return what was given for a statement, which takes no others."""
        return parameters.chosen(self._names(statement), self._given)

    def _names(self, statement: "Statement") -> frozenset[str]:
        try:
            return self._workspace.console.parameters(statement.text)
        except LkjipError:  # to run it tells what is wrong
            return frozenset()


class ParameterForm(Window[Mapping[str, str] | None]):
    """A line for each parameter, and beside it what the text there stands for."""

    DEFAULT_CSS = f"""
    ParameterForm {{
        {WINDOW}
        & VerticalScroll {{ height: auto; max-height: 12; }}
        & Horizontal {{ height: 1; }}
        & .name {{ width: auto; min-width: 16; max-width: 28; padding-right: 1; }}
        & TextBox {{ width: 1fr; }}
        & .kind {{ width: 21; padding-left: 1; color: $text-muted; }}
        & #about {{ height: auto; min-height: 2; margin-top: 1; color: $text-muted; }}
        & #about.refused {{ color: $text-error; }}
        & #keys {{ margin-top: 0; }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "run", show=False, priority=True),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, names: Sequence[str], known: Mapping[str, str]) -> None:
        """`known` are the texts that were given last."""
        super().__init__()
        self._names = names
        self._boxes = [_Box(self, known.get(name.casefold(), "")) for name in names]
        self._kinds = [Static(classes="kind", markup=False) for _name in names]

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        with Vertical():
            yield Static(literal(_("What the statement asks for")), id="heading")
            with VerticalScroll(can_focus=False):
                for name, box, kind in zip(self._names, self._boxes, self._kinds, strict=True):
                    with Horizontal():
                        yield Static(literal(f"${name}"), classes="name")
                        yield box
                        yield kind
            yield Static(id="about", markup=False)
            keys = _("Enter  next, then run    F5  run    Esc  leave it")
            yield Static(literal(keys), id="keys")

    def on_mount(self) -> None:
        """Begin with what was given last, chosen whole, so that typing replaces it."""
        for box in self._boxes:
            box.begin()
        self.tell()
        self._boxes[0].focus()

    def tell(self) -> None:
        """Say beside each line what its text stands for, and beneath why one cannot be read."""
        refused = ""
        for box, kind in zip(self._boxes, self._kinds, strict=True):
            try:
                said = parameters.kind_of(parameters.read(box.value))
            except InputRefused as error:
                said, refused = _("● two readings"), f"● {error}"
            kind.update(literal(said))
        rule = _("Empty is null. A text that looks like a figure stands in apostrophes: '7'.")
        for about in self.query("#about").results(Static):
            about.set_class(bool(refused), "refused")
            about.update(literal(refused or rule))

    def on_input_submitted(self, event: TextBox.Submitted) -> None:
        """Go to the next line, and run behind the last."""
        event.stop()
        if event.input is self._boxes[-1]:
            self.action_run()
        else:
            self.focus_next()

    def action_run(self) -> None:
        """Take what stands there, unless one of them cannot be read."""
        for box in self._boxes:
            try:
                parameters.read(box.value)
            except InputRefused:
                box.focus()
                return
        texts = zip(self._names, self._boxes, strict=True)
        self.dismiss({name.casefold(): box.value for name, box in texts})

    def action_leave(self) -> None:
        """Run nothing."""
        self.dismiss(None)


class _Box(TextBox):
    """A line whose text is chosen whole when the keys come to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,down", "app.focus_next", show=False),
        Binding("shift+tab,up", "app.focus_previous", show=False),
        Binding("escape", "screen.leave", show=False),
    ]

    def __init__(self, form: ParameterForm, text: str) -> None:
        super().__init__(form.tell)
        self._text = text

    def begin(self) -> None:
        """Show what was given last."""
        self.start(self._text)

    def on_focus(self) -> None:
        """Let what is typed replace what stands there."""
        self.action_select_all()
