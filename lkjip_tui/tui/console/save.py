"""Saves a statement of the console as a query beside the file, after asking for its header."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static, TextArea

from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.figures.values import Kind as CellKind
from lkjip_tui.core.query.header import Header, Words, parse
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.core.sql.drafting import Draft
from lkjip_tui.core.sql.saved_query import Fields, file_of, named
from lkjip_tui.grid.layout import MARKS
from lkjip_tui.language import _, mark
from lkjip_tui.tui.dialogs import WINDOW, literal
from lkjip_tui.tui.text_pad import TextPad
from lkjip_tui.tui.window import Window

KINDS: Final = {
    Kind.TABLE: mark("A table of the report"),
    Kind.SHEET: mark("A sheet"),
    Kind.CHECK: mark("A check"),
}
_ALL: Final = frozenset(KINDS)
_TABLE: Final = frozenset({Kind.TABLE})
_CHECK: Final = frozenset({Kind.CHECK})

#: Each field with its label, with why it is asked, and for which kinds.
_FIELDS: Final = {
    "title": (mark("Title"), mark("In Indonesian, as the navigator lists it."), _ALL),
    "english": (
        mark("Title in English"),
        mark("For whoever reads the program in English; may be left out."),
        _ALL,
    ),
    "name": (
        mark("Name"),
        mark("The file's name, and the view's in SQL: small letters, digits and _."),
        _ALL,
    ),
    "number": (
        mark("Number"),
        mark("Of the printed table, as 3.10: the report has it in that chapter. May be left out."),
        _TABLE,
    ),
    "caption": (
        mark("Caption"),
        mark("Stands above the printed table. {office} and {fiscal_year} are filled in."),
        _TABLE,
    ),
    "note": (mark("Note"), mark("Stands beneath the printed table; may be left out."), _TABLE),
    "severity": (
        mark("Severity"),
        mark("How grave its findings are: error, warning or note."),
        _CHECK,
    ),
    "message": (
        mark("Message"),
        mark("In Indonesian; names of columns in braces are filled in, as {place}."),
        _CHECK,
    ),
    "message_en": (
        mark("Message in English"),
        mark("The same in English; left as it is, it follows the one above."),
        _CHECK,
    ),
}
_ABOUT_LINES: Final = mark(
    "A line a column: its kind, its heading in Indonesian | English, “hidden” where it is not"
    " shown. Kinds: {kinds}. Columns without a line are there for SQL."
)
_ABOUT_EDITS: Final = mark(
    "An edit line says which fact a column's cells write to; without it they are read."
)


class SaveQuery(Window[tuple[Fields, str] | None]):
    """Asks for a header; gives what was filled in, and the file that follows from it.

    `require` raises what is wrong with a header in the office's file.
    """

    DEFAULT_CSS = f"""
    SaveQuery {{
        {WINDOW}
        & > Vertical {{ width: 100; height: 96%; max-height: 36; padding: 0 2; }}
        & #heading {{ margin-bottom: 0; }}
        & Horizontal {{ height: 1; }}
        & Horizontal > Static {{ width: 20; }}
        & Input {{ width: 1fr; }}
        & #about {{ height: auto; min-height: 3; max-height: 7; color: $text-muted; }}
        & #about.refused {{ color: $text-error; }}
        & TextArea, & TextArea:focus {{ height: 1fr; border: none; padding: 0; }}
        & #keys {{ margin-top: 0; }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "save", show=False, priority=True),
        Binding("escape", "leave", show=False),
        Binding("ctrl+a", "choose_all", show=False, priority=True),
    ]

    def __init__(self, fields: Fields, draft: Draft, require: Callable[[Header], None]) -> None:
        super().__init__()
        self._require = require
        self._given, self._draft = fields, draft
        self._offered: dict[str, str] = {}
        self._is_warned = False

    def compose(self) -> ComposeResult:
        """Lay out the fields of the kind, what is said of one, and the lines of columns."""
        given = self._given
        texts = {
            "title": given.title.id, "english": given.title.en, "name": given.name,
            "number": given.number, "caption": given.caption, "note": given.note,
            "severity": given.severity, "message": given.message.id,
            "message_en": given.message.en,
        }  # fmt: skip
        with Vertical():
            yield Static(literal(_(KINDS[given.kind])), id="heading")
            for field, (label, _why, kinds) in _FIELDS.items():
                if given.kind in kinds:
                    with Horizontal():
                        yield Static(literal(_(label)))
                        yield Input(texts[field], compact=True, id=field)
            yield Static(id="about", markup=False)
            yield Static(literal(_("Columns and what else the header says")))
            yield TextPad(given.lines)
            keys = _("F5  save it    Enter, Tab  next field    Esc  leave it")
            yield Static(literal(keys), id="keys")

    def on_mount(self) -> None:
        """Begin with the title, what follows from it offered."""
        self._offer()
        self.query_one("#title", Input).focus()

    def _value(self, field: str) -> str:
        found = self.query(f"#{field}")
        return found.first(Input).value.strip() if found else ""

    def _offer(self) -> None:
        """Offer what follows from the title, wherever nothing else was typed."""
        title, english = self._value("title"), self._value("english")
        first = next((name for name, _type in self._draft.columns if name == "place"), "")
        place = f"{{{first}}}: " if first else ""
        message = f"{place}{title}" if title else ""
        given = self._value("message")
        if given in {"", self._offered.get("message", "")}:
            given = f"{place}{english or title}" if title else ""
        offered = {
            "name": named(title),
            "caption": f"{title} {{office}} Tahun {{fiscal_year}}" if title else "",
            "message": message,
            "message_en": given,
        }
        for field, text in offered.items():
            for there in self.query(f"#{field}").results(Input):
                if there.value in {"", self._offered.get(field, "")}:
                    there.value = self._offered[field] = text

    def on_input_changed(self, event: Input.Changed) -> None:
        """Let what is offered follow."""
        self._is_warned = False
        if event.input.id in {"title", "english", "message"}:
            self._offer()

    def on_input_submitted(self) -> None:
        """Go on to the next field."""
        self.focus_next()

    def on_descendant_focus(self) -> None:
        """Say why the field is asked."""
        field = (self.focused.id if self.focused else None) or ""
        kinds = ", ".join(kind for kind in CellKind if kind is not CellKind.CHOICE)
        about = [_(_FIELDS[field][1]) if field in _FIELDS else _(_ABOUT_LINES).format(kinds=kinds)]
        if field not in _FIELDS and self._given.kind is Kind.SHEET:
            about.append(_(_ABOUT_EDITS))
        self._say(" ".join(about))

    def _say(self, text: str, *, refused: bool = False) -> None:
        about = self.query_one("#about", Static)
        about.set_class(refused, "refused")
        about.update(literal(f"{MARKS['error']} {text}" if refused else text))

    def action_choose_all(self) -> None:
        """Choose the whole text of the field, as everywhere else."""
        if isinstance(self.focused, Input):
            self.focused.action_select_all()
        elif isinstance(self.focused, TextArea):
            self.focused.select_all()

    def action_leave(self) -> None:
        """Save nothing; what was typed is lost only on the second asking."""
        if self._value("title") and not self._is_warned:
            self._is_warned = True
            self._say(_("Nothing is saved yet: F5 saves it, Esc once more leaves it."))
        else:
            self.dismiss(None)

    def action_save(self) -> None:
        """Give what is filled in, or say what cannot be."""
        filled = replace(
            self._given,
            name=self._value("name"),
            title=Words(self._value("title"), self._value("english")),
            number=self._value("number"),
            caption=self._value("caption"),
            note=self._value("note"),
            severity=self._value("severity"),
            message=Words(self._value("message"), self._value("message_en")),
            lines=self.query_one(TextArea).text,
        )
        try:
            text = file_of(filled, self._draft)
            self._require(parse(text, f"{filled.name}.sql")[0])
        except LkjipError as error:
            self._say(str(error), refused=True)
        else:
            self.dismiss((filled, text))
