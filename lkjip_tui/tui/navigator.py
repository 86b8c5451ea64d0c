"""The list at the left: every sheet, report table and check, and the other screens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from lkjip_tui.core.checks.findings import SIGNS, Finding
from lkjip_tui.core.errors import QueryError
from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.core.query.queries import Kind, Query, Registry
from lkjip_tui.language import _, mark

FINDINGS = "findings"
SQL = "sql"
HISTORY = "history"
#: Screens that are no query, by the name that `Navigator.Chosen` gives.
OTHER_SCREENS = {FINDINGS: mark("Findings"), SQL: mark("SQL"), HISTORY: mark("History")}
#: A screen that is there only once an edition is chosen, and listed nowhere.
DIFFERENCES = "differences"

_STYLES = {"error": "$text-error", "warning": "$text-warning", "note": "$text-muted"}


@dataclass(frozen=True, slots=True)
class Counts:
    """What stands behind the names: rows of sheets, findings, checks that failed.

    `findings` is None until they are counted; those that were accepted are counted nowhere.
    """

    rows: Mapping[str, int]
    findings: Sequence[Finding] | None = None
    faults: Sequence[QueryError] = ()

    def of(self, registry: Registry) -> "Counts":
        """Return the same without what is of checks that are there no more."""
        if self.findings is None:
            return self
        names = {check.name for check in registry.of_kind(Kind.CHECK)}
        there = [finding for finding in self.findings if finding.check_name in names]
        return replace(self, findings=there)

    @property
    def failed(self) -> Mapping[str, QueryError]:
        """The faults by the full name of the check."""
        return {fault.message.partition(":")[0]: fault for fault in self.faults}

    @property
    def standing(self) -> Sequence[Finding]:
        """The findings that nobody accepted."""
        return [finding for finding in self.findings or () if not finding.accepted]

    def of_severity(self, severity: str) -> int:
        """Return how many findings of this severity stand."""
        return sum(finding.severity == severity for finding in self.standing)


class Navigator(OptionList):
    """Names with their counts; Enter or a click opens one, Ctrl+Del deletes one of one's own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "select", show=False),
        Binding("ctrl+delete", "app.command('delete_query')", show=False),
    ]

    DEFAULT_CSS = """
    Navigator {
        width: 20%; min-width: 20; max-width: 30; height: 1fr;
        border: none; padding: 0; background: $surface;
        scrollbar-size-vertical: 1;
        &:focus { border: none; }
    }
    """

    @dataclass
    class Chosen(Message):
        """A place was chosen: a query's full name, or one of `OTHER_SCREENS`."""

        place: str

    def __init__(self) -> None:
        super().__init__(markup=False, compact=True)
        self._queries: Sequence[Query] = ()
        self._counts = Counts({})
        self._here = ""

    def show(self, registry: Registry, here: str) -> None:
        """List these queries; `here` is the place that is open."""
        self._queries = [q for q in registry.queries.values() if q.kind is not Kind.BASIS]
        self._here = here
        self._fill()
        self._highlight(here)

    def count(self, counts: Counts) -> None:
        """Put counts behind the names."""
        self._counts = counts
        self._fill()

    def mark(self, place: str) -> None:
        """Say which place is open."""
        self._here = place
        self._fill()
        self._highlight(place)

    def on_resize(self) -> None:
        """Cut the names anew."""
        self._fill()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tell what was chosen."""
        event.stop()
        if event.option_id:
            self.post_message(self.Chosen(event.option_id))

    # Inside

    def _highlight(self, place: str) -> None:
        ids = [option.id for option in self.options]
        self.highlighted = ids.index(place) if place in ids else None

    def _fill(self) -> None:
        """List everything anew in one go, the bar where it was."""
        if not self.content_size.width:
            return  # it is filled once it is known how wide a name may be
        options = []
        for heading, names in self._groups():
            if names:
                options.append(Option(Content(f" {heading}").stylize("bold"), disabled=True))
                options += [Option(self._prompt(name), name) for name in names]
        before = self.highlighted_option
        self.set_options(options)
        # Rules come and go with what they find: the bar stays on its name.
        self._highlight(str(before.id) if before is not None else self._here)

    def _groups(self) -> list[tuple[str, list[str]]]:
        """Return headings and the places beneath them; of the checks those that find something."""

        def names(kind: Kind) -> list[str]:
            return [query.full_name for query in self._queries if query.kind is kind]

        broken = {f"{Kind.CHECK}.{finding.check_name}" for finding in self._counts.standing}
        broken |= self._counts.failed.keys()
        checks = [name for name in names(Kind.CHECK) if name in broken]
        return [
            (_("Data"), names(Kind.SHEET)),
            (_("Report"), names(Kind.TABLE)),
            (_("Checks"), [FINDINGS, *checks]),
            (_("Workbench"), [SQL, HISTORY]),
        ]

    def _prompt(self, place: str) -> Content:
        """Return the line of a place: its name at the left, its count at the right."""
        query = next((q for q in self._queries if q.full_name == place), None)
        name = _(OTHER_SCREENS[place]) if place in OTHER_SCREENS else place
        count = Content("")
        if place == FINDINGS:
            count = _signs(self._counts.standing)
        if query is not None:
            number = query.header.number or ""
            name = f"{number} {query.title()}" if number[:1].isdigit() else query.title()
            count = self._count(query)
        width = self.content_size.width
        room = width - 3 - (count.cell_length + 1 if count.cell_length else 0)
        sign = "▌" if place == self._here else " "
        label = Content(f"{sign} ").append(Content(safe_text(name)).truncate(room, ellipsis=True))
        gap = width - label.cell_length - count.cell_length - 1
        line = label.append(" " * max(gap, 0)).append(count)
        return line.stylize("bold $text-accent") if place == self._here else line

    def _count(self, query: Query) -> Content:
        """Return a sheet's rows, or the findings of a check, which may fail, or about a table."""
        if query.kind is Kind.SHEET:
            rows = self._counts.rows.get(query.full_name)
            return Content("" if rows is None else str(rows)).stylize("$text-muted")
        if query.full_name in self._counts.failed:
            return Content(_("failed")).stylize(_STYLES["error"])
        mine = [
            finding
            for finding in self._counts.standing
            if (finding.check_name == query.name if query.kind is Kind.CHECK
                else finding.view_name == query.full_name)
        ]  # fmt: skip
        return _signs(mine)


def _signs(found: Sequence[Finding]) -> Content:
    """Return how many there are of each severity, with its sign."""
    told = Content("")
    for severity, sign in SIGNS.items():
        number = sum(finding.severity == severity for finding in found)
        if number:
            told = told.append(Content(f"{sign}{number}").stylize(_STYLES[severity]))
    return told
