"""Saves a statement of the console as a query beside the file, after asking for its header."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from lkjip_tui.core.cursors import Session
from lkjip_tui.core.errors import FileError, LkjipError, QueryError
from lkjip_tui.core.header import Words
from lkjip_tui.core.queries import Kind
from lkjip_tui.core.saved_query import (
    YEAR,
    Draft,
    Drafting,
    Fields,
    body_of,
    fields_of,
    file_of,
    guessed,
    named,
)
from lkjip_tui.core.sql_names import Names
from lkjip_tui.core.values import Kind as CellKind
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid.layout import MARKS, fit, width_of
from lkjip_tui.language import _, mark
from lkjip_tui.tui.dialogs import WINDOW, Choose, Confirm, literal, shown_path
from lkjip_tui.tui.long_read import LongRead
from lkjip_tui.tui.sql_buffers import write_whole
from lkjip_tui.tui.text_pad import TextPad
from lkjip_tui.tui.told import QuerySaved, Told

if TYPE_CHECKING:
    from lkjip_tui.tui.sql_pane import SqlPane

_KINDS: Final = {
    Kind.TABLE: mark("A table of the report"),
    Kind.SHEET: mark("A sheet"),
    Kind.CHECK: mark("A check"),
}
_ALL: Final = frozenset(_KINDS)
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
    "severity": (mark("Severity"), mark("How grave its findings are."), _CHECK),
    "message": (
        mark("Message"),
        mark("In Indonesian; names of columns in braces are filled in, as {place}."),
        _CHECK,
    ),
    "message_en": (mark("Message in English"), mark("The same in English."), _CHECK),
}
_ABOUT_LINES: Final = mark(
    "A line a column: its kind, its heading in Indonesian | in English, and “hidden” behind it"
    " where it is not shown. Kinds: {kinds}. Columns without a line are there for SQL."
)
#: Lines of a statement that a question shows of it, and letters that one has room for.
_MOST_LINES: Final = 9
_MOST_LETTERS: Final = 68


class SaveQuery(ModalScreen[tuple[Fields, str] | None]):
    """Asks for a header; gives what was filled in, and the file that follows from it."""

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
    ]

    def __init__(self, fields: Fields, draft: Draft) -> None:
        super().__init__()
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
            yield Static(literal(_(_KINDS[given.kind])), id="heading")
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
        offered = {
            "name": named(title),
            "caption": f"{title} {{office}} Tahun {{fiscal_year}}" if title else "",
            "message": f"{place}{title}" if title else "",
            "message_en": f"{place}{english or title}" if title else "",
        }
        for field, text in offered.items():
            for there in self.query(f"#{field}").results(Input):
                if there.value in {"", self._offered.get(field, "")}:
                    there.value = text
        self._offered = offered

    def on_input_changed(self, event: Input.Changed) -> None:
        """Let what is offered follow."""
        self._is_warned = False
        if event.input.id in {"title", "english"}:
            self._offer()

    def on_input_submitted(self) -> None:
        """Go on to the next field."""
        self.focus_next()

    def on_descendant_focus(self) -> None:
        """Say why the field is asked."""
        field = (self.focused.id if self.focused else None) or ""
        kinds = ", ".join(kind for kind in CellKind if kind is not CellKind.CHOICE)
        about = _(_FIELDS[field][1]) if field in _FIELDS else _(_ABOUT_LINES).format(kinds=kinds)
        self._say(about)

    def _say(self, text: str, *, refused: bool = False) -> None:
        about = self.query_one("#about", Static)
        about.set_class(refused, "refused")
        about.update(literal(f"{MARKS['error']} {text}" if refused else text))

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
        except LkjipError as error:
            self._say(str(error), refused=True)
        else:
            self.dismiss((filled, text))


class SaveActs:
    """What the console does to save a statement as a query."""

    def __init__(self, pane: "SqlPane", workspace: Workspace) -> None:
        self._pane = pane
        self._workspace = workspace
        self._reading = LongRead()

    @property
    def is_at_work(self) -> bool:
        """Whether it is tried what a statement gives."""
        return self._reading.is_at_work

    def do_stop(self) -> None:
        """Stop that."""
        self._reading.stop()

    def do_save_query(self) -> None:
        """Ask what the statement shall be, and save it as that."""
        self._pane.run_worker(self._save(), group="save", exclusive=True)

    async def _save(self) -> None:
        try:
            await self._ask_and_save()
        except LkjipError as error:
            self._pane.post_message(Told(str(error), error=True))

    async def _ask_and_save(self) -> None:
        app = self._pane.app
        found = self._pane.editor.to_run()
        if len(found) != 1:
            raise QueryError(_("One statement is saved."), _("Put the cursor into it."))
        statement = found[0].text
        names = {_(words): kind for kind, words in _KINDS.items()}
        chosen = await app.push_screen_wait(Choose(_("Save the statement as"), list(names)))
        if chosen is None:
            return
        kind = names[chosen]
        draft = await self._draft(body_of(statement)[1], kind)
        if draft.told:
            told = "\n".join([*(f"○ {each}" for each in draft.told), "", _cut(draft.select)])
            question = _("For a view it becomes")
            if not await app.push_screen_wait(Confirm(question, told, _("go on"))):
                return
        fields = fields_of(statement, kind, _("One statement that reads; F5 runs it."))
        ours = self._workspace.registry.of_kind(kind)
        same = (each.name for each in ours if each.is_own and each.header.title == fields.title)
        fields = replace(fields, name=next(same, ""))  # it was opened to be changed
        if "column " not in fields.lines:
            lines = [fields.lines, guessed(draft, kind, self._workspace.registry)]
            fields = replace(fields, lines="\n".join(line for line in lines if line))
        while filled := await app.push_screen_wait(SaveQuery(fields, draft)):
            fields, text = filled
            if await self._write(fields, text):
                return

    async def _draft(self, statement: str, kind: Kind) -> Draft:
        """Return the statement as a view's select, tried out; raises what is wrong with it."""
        workspace = self._workspace
        if others := sorted(workspace.parameters(statement) - {YEAR}):
            raise QueryError(
                _("A view has no parameters: ${name} stands for nothing there.").format(
                    name=others[0]
                ),
                _("Write the value itself."),
            )
        workspace.sql(statement).close()  # what could change something is refused
        known, years = self._pane.editor.area.names, workspace.office.years

        def read(session: Session) -> Draft:
            names = known if known.relations else Names.read(session, workspace.registry)
            drafting = Drafting(session, names, workspace.registry, kind=kind, years=years)
            return drafting.draft(statement)

        session = workspace.session()
        draft = await self._reading.run(self._pane, session, read)
        session.close()
        return draft

    async def _write(self, fields: Fields, text: str) -> bool:
        """Write the file, after asking where something stands there; False if it shall not be."""
        app = self._pane.app
        beside = await asyncio.to_thread((self._workspace.path.parent / "queries").resolve)
        file = beside / fields.kind.folder / f"{fields.name}.sql"
        full_name = f"{fields.kind}.{fields.name}"
        held = self._workspace.registry.queries.get(full_name)
        question = told = ""
        if await asyncio.to_thread(file.exists):
            question = _("Write over {file}?").format(file=shown_path(file))
            told = _("It holds another query of yours.")
        elif held is not None and not held.is_own:
            question = _("Let it stand in the place of {name}?").format(name=full_name)
            told = _("That comes with the program: “{title}”. It comes back with your file gone.")
            told = told.format(title=held.title())
        if question and not await app.push_screen_wait(Confirm(question, told, _("write"))):
            return False
        await asyncio.to_thread(_put, file, text)
        self._pane.post_message(QuerySaved(full_name, str(file)))
        return True


def _put(file: Path, text: str) -> None:
    """Write a file whole, in a folder that is there then; raises FileError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, text)
    except OSError as error:
        told = _("{file} cannot be written: {reason}")
        raise FileError(told.format(file=file, reason=error.strerror)) from error


def _cut(statement: str) -> str:
    """Return as much of a statement as a question has room for."""
    lines: list[str] = []
    room = _MOST_LINES
    for line in statement.split("\n"):
        if room <= 0:
            return "\n".join([*lines, "…"])
        lines.append(fit(line, room * _MOST_LETTERS).rstrip())
        room -= 1 + width_of(line) // _MOST_LETTERS
    return "\n".join(lines)
