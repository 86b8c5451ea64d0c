"""The palette: every act and every place, found by words of its name or of what it is about."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.grid import keys_waiting
from lkjip_tui.language import _
from lkjip_tui.tui.dialogs import WINDOW, literal
from lkjip_tui.tui.ends_work import EndsWork
from lkjip_tui.tui.navigator import OTHER_SCREENS
from lkjip_tui.tui.query_pane import QueryPane
from lkjip_tui.tui.search_line import SearchLine
from lkjip_tui.tui.window import Window, until_drawn

if TYPE_CHECKING:
    from lkjip_tui.tui.app import LkjipApp
    from lkjip_tui.tui.workbench import Workbench

#: As many entries as are listed; whoever types on sees the others.
_MOST: Final = 100
#: What people call the sorts of places, in both languages, as in “tabel 3.9”.
_SORTS: Final = {
    Kind.SHEET: "lembar sheet",
    Kind.TABLE: "tabel table",
    Kind.CHECK: "pemeriksaan check",
}
#: What people call some acts that are named otherwise, in both languages.
_CALLED: Final = {
    "back_up": "backup cadangan salinan",
    "undo": "batal batalkan",
    "insert_row": "tambah baris add row",
    "export": "simpan save cetak print",
    "report": "simpan save cetak print",
    "theme": "warna colour color pengaturan settings",
    "edit_keys": "pengaturan settings",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A name, what stands beneath it, and what choosing it does; `also` is searched unseen.

    `act` is called with `given`: so thousands of rows share one, and the collector of garbage,
    which looks at each object while the screen stands still, has a third of them to look at.
    """

    name: str
    about: str
    act: Callable[..., Any]
    key: str = ""
    also: str = ""
    given: tuple[object, ...] = ()
    searched: tuple[str, str, str] = field(init=False, repr=False)
    """The name; it with what stands beneath; both with what is not seen: folded only once, since
    every letter that is typed goes through thousands of rows. A name `x` is stored as "\\n x ", so
    that a part "\\n x" is its beginning, " x" the beginning of a word and " x " a whole one."""

    def __post_init__(self) -> None:
        name = f"\n {self.name.casefold()} "
        beneath = f"{name}{self.about.casefold()}"
        object.__setattr__(self, "searched", (name, beneath, f"{beneath} {self.also.casefold()}"))


def fitting(entries: Sequence[Entry], typed: str) -> Iterator[Entry]:
    """Yield the entries that hold every word typed, in any order, those first that are so named.

    A name that begins so comes before one that has these words, whose words begin so, or that holds
    them within; then come those that hold them in what stands beneath the name, and last what is
    searched unseen. Of equal ones those come first whose name is what was typed, then those whose
    name has the words as they were typed.
    """
    words = typed.casefold().split()
    phrase = " ".join(words)
    rest = _holding(entries, 2, words)
    for searched, parts in (
        (0, [f"\n {phrase}"]),
        (0, [f" {word} " for word in words]),
        (0, [f" {word}" for word in words]),
        *((searched, words) for searched in range(3)),
    ):
        fit = _holding(rest, searched, parts)
        yield from sorted(fit, key=lambda entry: _distance(entry.searched[0], phrase))
        found = set(map(id, fit))
        rest = [entry for entry in rest if id(entry) not in found]


def _distance(name: str, phrase: str) -> int:
    """Return how much a name is not what was typed: it is that, it holds it, or only its words."""
    return 0 if name == f"\n {phrase} " else 1 if phrase in name else 2


def _holding(entries: Sequence[Entry], searched: int, parts: Sequence[str]) -> Sequence[Entry]:
    """Return those that hold all parts in the one of their texts that is searched."""
    for part in parts:
        entries = [entry for entry in entries if part in entry.searched[searched]]
    return entries


def acts(app: "LkjipApp") -> Iterator[Entry]:
    """Yield every command that acts on the screen, to be found by its English words, too."""
    for command in app.key_settings.commands:
        if not command.built_in and app.acts_here(command):
            called = _CALLED.get(command.id, "")
            yield Entry(
                _(command.label),
                _(command.help),
                partial(app.run_action, f"command('{command.id}')"),
                key=command.key_text,
                also=f"{command.key_text} {called} {command.label} {command.help}",
            )


def places(bench: "Workbench") -> Iterator[Entry]:
    """Yield every sheet, table and check with its name in SQL, the other screens, the years."""
    for query in bench.workspace.registry.queries.values():
        if query.kind is not Kind.BASIS:
            title = f"{query.header.number or ''} {query.title()}".strip()
            name, also = query.full_name, _SORTS[query.kind]
            yield Entry(safe_text(title), name, bench.go, given=(name,), also=also)
    for place, name in OTHER_SCREENS.items():
        yield Entry(_(name), "", bench.go, given=(place,))
    for year in bench.workspace.office.years:
        yield Entry(str(year), _("Fiscal year"), bench.switch_year, given=(year,))


def rows(bench: "Workbench") -> Iterator[Entry]:
    """Yield the rows of the table that is shown, folded and filtered ones too, unless it is long.

    They are found by number, name, code and key.
    """
    model = bench.query_pane.model if isinstance(bench.pane, QueryPane) else None
    if model is None or not model.is_held:
        return
    number = next((column for column in model.cells.shown if column.name == "number"), None)
    place = bench.place

    def go(key: str) -> None:
        bench.go(place, row_key=key)

    for row in model.every_row():
        if key := row.get("row_key"):
            name = model.cells.row_name(row)
            numbered = name if number is None else f"{model.cells.text(number, row)} {name}"
            about = " · ".join(str(part) for part in (row.get("code"), key) if part)
            yield Entry(safe_text(numbered).strip(), safe_text(about), go, given=(str(key),))


class Palette(Window[None], EndsWork):
    """A line to type in, and the entries that fit, best first."""

    DEFAULT_CSS = f"""
    Palette {{
        {WINDOW}
        & > Vertical {{ height: 90%; padding: 1; }}
        & SearchLine {{ margin-bottom: 1; }}
        & OptionList {{
            height: 1fr; padding: 0; border: none; background: $surface;
            scrollbar-size-vertical: 1;
            & > .option-list--option-highlighted {{
                color: $block-cursor-foreground; background: $block-cursor-background;
                text-style: $block-cursor-text-style;
            }}
        }}
    }}
    """

    def __init__(
        self,
        words: str,
        entries: Sequence[Entry],
        *,
        typed_only: Callable[[], Sequence[Entry]] = tuple,
        find: Callable[[str], None] | None = None,
    ) -> None:
        """`typed_only` reads, off the screen, what is listed only once something is typed.

        `find` looks for what is typed elsewhere.
        """
        super().__init__()
        self._line = SearchLine(self._list)
        self._line.placeholder = words
        self._options = OptionList(markup=False, compact=True)
        self._options.can_focus = False  # what is typed goes on in the line
        self._entries = entries
        self._read = typed_only
        self._typed_only: Sequence[Entry] = ()
        self._find = find
        self._listed: Sequence[Entry] = ()

    def compose(self) -> ComposeResult:
        """Lay out line and list."""
        with Vertical():
            yield self._line
            yield self._options
            yield Static(literal(_("Enter  choose    Esc  leave it")), id="keys")

    def on_unmount(self) -> None:
        """Let go of the entries now: the collector of garbage would stop the screen for them."""
        self._entries = self._typed_only = self._listed = ()
        self._options.clear_options()

    @work
    async def on_mount(self) -> None:
        """List what there is once the window is drawn, and read what more there is."""
        try:
            with keys_waiting(self):
                await until_drawn(self)
                self._list()
                await until_drawn(self)  # the reading would take half of Python from it
                self._typed_only = await asyncio.to_thread(self._read)
        except LkjipError as error:
            self.query_one("#keys", Static).update(literal(f"● {error}"))
        if self._line.value.strip():
            self._list()

    def _list(self) -> None:
        typed = self._line.value.strip()
        entries = [*self._entries, *self._typed_only] if typed else self._entries
        listed = list(islice(fitting(entries, typed), _MOST))
        if typed and (find := self._find) is not None:
            told = _("Find “{text}” in the rows").format(text=typed)
            listed.append(Entry(told, "", partial(find, typed)))
        self._listed = listed
        options = self._options
        options.set_options([Option(_prompt(entry)) for entry in listed])
        options.highlighted = 0 if listed else None
        if not listed:
            options.add_option(Option(literal(_("Nothing fits what is typed.")), disabled=True))

    def action_move(self, step: str) -> None:
        """Move the bar."""
        getattr(self._options, f"action_{step}")()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Do what the bar is on."""
        event.stop()
        at = self._options.highlighted
        if self._listed and at is not None:
            self._do(self._listed[at])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was clicked."""
        event.stop()
        self._do(self._listed[event.option_index])

    def action_leave(self) -> None:
        """Do nothing."""
        self.dismiss()

    def _do(self, entry: Entry) -> None:
        self.dismiss()
        self.app.call_later(entry.act, *entry.given)


def _prompt(entry: Entry) -> Content:
    """Return a name with its key, and what stands beneath it."""
    prompt = literal(entry.name).stylize("bold")
    if entry.key:
        prompt = prompt.append(Content(f"   {entry.key}"))
    if entry.about:
        prompt = prompt.append(literal(f"\n{entry.about}").stylize("dim"))
    return prompt


def open_palette(app: "LkjipApp") -> None:
    """Open the palette with all that can be done, and all places, over the screen."""
    entries = [*acts(app), *(places(app.workbench) if app.workbench else ())]
    app.push_screen(Palette(_("Do or go to…"), entries))


def open_places(bench: "Workbench") -> None:
    """Open the palette with places, years and the rows of the table that is shown."""
    bench.app.push_screen(
        Palette(
            _("Go to a table, a year or a row…"),
            list(places(bench)),
            typed_only=lambda: list(rows(bench)),
            find=bench.query_pane.find if isinstance(bench.pane, QueryPane) else None,
        )
    )
