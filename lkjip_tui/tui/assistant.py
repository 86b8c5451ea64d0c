"""Asks in one window what a new office is, and makes its file."""

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Final, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from lkjip_tui import paths
from lkjip_tui.core.changes.years import year_of, years_of
from lkjip_tui.core.errors import FileError, LkjipError, UsageError, system_reason
from lkjip_tui.core.storage.durability import require_free
from lkjip_tui.core.storage.seed import About, Seed, head_title_of
from lkjip_tui.core.storage.template import PASSAGES, Template
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import keys_waiting
from lkjip_tui.grid.layout import MARKS
from lkjip_tui.language import _, mark
from lkjip_tui.tui.dialogs import WINDOW, literal, path_of
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.pick_list import PickList
from lkjip_tui.tui.window import Window

_T = TypeVar("_T")

_TEMPLATE: Final = "kecamatan"
_RENSTRA_YEARS: Final = 5
#: Characters of an office's name that its file is named after.
_LONGEST_NAME: Final = 60

#: Each field with its label, and with why it is asked, which is told while it is filled in.
_FIELDS: Final = {
    "name": (mark("Office"), mark("As it stands on the report's cover: Kecamatan Sooko.")),
    "year": (mark("Report's year"), mark("The year that the first report is about.")),
    "file": (mark("File"), mark("All years of the office go into one new file.")),
    "regency": (mark("Regency or city"), mark("For captions and the cover; may follow later.")),
    "province": (mark("Province"), mark("For the cover; may follow later.")),
    "head": (mark("Head's title"), mark("Who signs the agreement; as a rule as it stands here.")),
    "strategic": (
        mark("Strategic plan"),
        mark("First and last year of the Renstra; five years unless yours says otherwise."),
    ),
}
_ABOUT_LIST: Final = mark(
    "All of it without figures. Space takes out or puts in, with what stands beneath; A all."
)


class _Refused(Exception):
    """What stands in a field cannot be."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was filled in, read."""

    name: str
    year: int
    file: Path
    about: About
    begin: Sequence[Seed]

    def make(self) -> Workspace:
        """Make the file."""
        return Workspace.create(self.file, self.name, self.year, about=self.about, begin=self.begin)


class NewOffice(Window[Workspace | None], EndsWork):
    """Gives the new office's open file; what cannot be is told where it was typed."""

    DEFAULT_CSS = f"""
    NewOffice {{
        {WINDOW}
        & > Vertical {{ height: 96%; max-height: 34; padding: 0 2; }}
        & #heading {{ margin-bottom: 0; }}
        & Horizontal {{ height: 1; }}
        & Horizontal > Static {{ width: 18; }}
        & Horizontal.refused > Static {{ color: $text-error; }}
        & Input {{ width: 1fr; }}
        & #about {{ height: auto; min-height: 2; max-height: 9; color: $text-muted; }}
        & #about.refused {{ color: $text-error; }}
        & PickList {{ height: 1fr; }}
        & #keys {{ margin-top: 0; }}
    }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "make", show=False, priority=True),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, file: Path | None = None, year: int | None = None) -> None:
        super().__init__()
        self._template = Template.read(paths.templates_folder(), _TEMPLATE)
        last = datetime.now().astimezone().year - 1
        self._given = {"year": str(year or last), "file": "" if file is None else str(file)}
        self._offered: dict[str, str] = {}
        self._refused = "", ""
        self._is_warned = False

    def compose(self) -> ComposeResult:
        """Lay out the fields, what is said of one, and what to begin with."""
        with Vertical():
            yield Static(literal(_("A new office")), id="heading")
            for field, (label, _why) in _FIELDS.items():
                with Horizontal(id=f"field-{field}"):
                    yield Static(literal(_(label)))
                    yield Input(self._given.get(field, ""), compact=True, id=field)
            yield Static(id="about", markup=False)
            yield Static(literal(_("It begins with what every kecamatan has")))
            yield PickList(self._template.parts)
            keys = _("F5  make it    Enter, Tab  next field    Esc  leave it")
            yield Static(literal(keys), id="keys")

    def on_mount(self) -> None:
        """Begin with the name, all else offered as it is as a rule."""
        self._offer()
        self._input("name").focus()

    def _input(self, field: str) -> Input:
        return self.query_one(f"#{field}", Input)

    # What is offered, and what is said

    def _offer(self) -> None:
        """Offer what follows from other fields, wherever nothing else was typed."""
        name = self._input("name").value
        named = re.sub(r"\W+", "-", name.lower()).strip("-")[:_LONGEST_NAME] or "lkjip"
        strategic = ""
        with suppress(UsageError):
            year = year_of(self._input("year").value)
            strategic = f"{year}–{year + _RENSTRA_YEARS - 1}"
        offered = {
            "file": str(Path.cwd() / f"{named}.duckdb"),
            "head": head_title_of(name),
            "strategic": strategic,
        }
        for field, text in offered.items():
            there = self._input(field)
            if there.value == self._offered.get(field, ""):
                there.value = text
        self._offered = offered
        kind = name.lower().split(" ")[0]
        parts = {part.key for part in self._template.parts}
        is_of_kind = _TEMPLATE.startswith(kind)  # also before it is typed to its end
        self.query_one(PickList).offer(parts if is_of_kind else parts & {PASSAGES})

    def on_input_changed(self, event: Input.Changed) -> None:
        """Let what is offered follow, and a refused text be mended."""
        self._is_warned = False
        if event.input.id in ("name", "year"):
            self._offer()
        if event.input.id == self._refused[0]:
            self._refuse("", "")

    def on_descendant_focus(self) -> None:
        """Say why the field is asked."""
        self._say_why()

    def _say_why(self) -> None:
        """Say why the field with the cursor is asked, or why what stands there cannot be."""
        field = (self.focused.id if self.focused else None) or ""
        is_refused = field == self._refused[0] != ""
        why = _FIELDS[field][1] if field in _FIELDS else _ABOUT_LIST
        self._say(f"{MARKS['error']} {self._refused[1]}" if is_refused else _(why))

    def _say(self, text: str) -> None:
        self.query_one("#about", Static).update(literal(text))

    def _refuse(self, field: str, reason: str) -> None:
        """Go to the field that cannot be as it is and say why; to none when that is mended."""
        self._refused = field, reason
        for row in self.query(Horizontal):
            row.set_class(row.id == f"field-{field}", "refused")
        self.query_one("#about").set_class(bool(field), "refused")
        if field:
            self._input(field).focus()
        self._say_why()

    # Acts

    def on_input_submitted(self) -> None:
        """Go on to the next field."""
        self.focus_next()

    def on_pick_list_done(self) -> None:
        """Make it, once the last of all is answered."""
        self.action_make()

    def action_leave(self) -> None:
        """Make nothing; what was typed is lost only on the second asking."""
        if self._input("name").value.strip() and not self._is_warned:
            self._is_warned = True
            self._say(_("Nothing is made yet: F5 makes it, Esc once more leaves it."))
        else:
            self.dismiss(None)

    @work(exclusive=True)
    async def action_make(self) -> None:
        """Make the file of what was filled in, or go to what cannot be."""
        with keys_waiting(self):
            try:
                wanted = self._wanted()
            except _Refused as refused:
                self._refuse(refused.field, refused.reason)
                return
            self._say(_("Writing {file} …").format(file=wanted.file))
            try:
                made = await asyncio.to_thread(wanted.make)
            except LkjipError as error:
                self._refuse("file", str(error))
            else:
                self.dismiss(made)

    def _wanted(self) -> "_Wanted":
        """Return what was filled in; raises _Refused at the first text that cannot be."""
        name, year = self._read("name", _named), self._read("year", year_of)
        return _Wanted(
            name,
            year,
            self._read("file", _free),
            About(
                self._read("regency", str),
                self._read("province", str),
                self._read("head", str),
                self._read("strategic", years_of),
            ),
            self._template.seeds(year, self.query_one(PickList).picked),
        )

    def _read(self, field: str, reader: Callable[[str], _T]) -> _T:
        try:
            return reader(self._input(field).value.strip())
        except LkjipError as error:
            raise _Refused(field, str(error)) from error


def _named(text: str) -> str:
    if not text:
        raise UsageError(_("The office needs a name."))
    return text


def _free(text: str) -> Path:
    """Return the file that a text names, if one can be made there."""
    file = path_of(text)
    if not file.name:
        raise UsageError(_("The file needs a name."))
    try:
        if not file.parent.is_dir():
            raise FileError(
                _("There is no folder {folder}.").format(folder=file.parent),
                _("Name a folder that is there."),
            )
        require_free(file)
    except OSError as error:
        raise FileError(
            _("{file} cannot be made: {reason}.").format(file=file, reason=system_reason(error)),
            _("Name a folder with space that you may write to."),
        ) from error
    return file
