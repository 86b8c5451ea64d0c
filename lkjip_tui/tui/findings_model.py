"""Findings as the grid's model: under the rule that they break, the gravest rules first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final

from lkjip_tui.core.checks.findings import SIGNS, Finding
from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.core.query.queries import Kind
from lkjip_tui.grid import GridCell, GridColumn, GridRow
from lkjip_tui.language import _, mark
from lkjip_tui.tui.text_model import cut_words

#: Names, headings and widths; what is longer is read whole beneath the list.
_COLUMNS: Final = (
    ("finding", mark("Finding"), None),
    ("stated", mark("Stated"), 15),
    ("computed", mark("Computed"), 15),
    ("difference", mark("Difference"), 15),
)


@dataclass(frozen=True, slots=True)
class Failed:
    """A check that could not run, and so found nothing; `place` is its full name or its file."""

    place: str
    title: str
    reason: str


_Line = Finding | Failed | Sequence[Finding]


class FindingsModel:
    """Rules and their findings that hold a text; a rule's can be folded. A GridModel.

    Before them stand the rules that could not run.
    """

    def __init__(self, found: Sequence[Finding], titles: Mapping[str, str]) -> None:
        self._found = found
        self._titles = titles
        self._folded: set[str] = set()
        self._wanted = ""
        self._failed: Sequence[Failed] = ()
        self._lines: list[_Line] = []
        self.columns = [
            GridColumn(
                name,
                _(heading),
                right=width is not None,
                width=width,
                tree=width is None,
            )
            for name, heading, width in _COLUMNS
        ]
        self._arrange()

    def replace(
        self, found: Sequence[Finding], titles: Mapping[str, str], failed: Sequence[Failed] = ()
    ) -> None:
        """Show other findings, folded and narrowed as these are."""
        self._found, self._titles, self._failed = found, titles, failed
        self._arrange()

    def narrow(self, wanted: str) -> None:
        """Show only findings whose rule, place or message holds a text, whatever its case."""
        self._wanted = wanted.casefold()
        self._arrange()

    @property
    def is_narrowed(self) -> bool:
        """Whether a text leaves some findings out, if they do not hold it."""
        return bool(self._wanted)

    @property
    def everything(self) -> Sequence[Finding]:
        """All findings, whatever is shown of them."""
        return self._found

    @property
    def shown(self) -> Sequence[Finding]:
        """The findings that the text leaves, also those that are folded away."""
        return [finding for finding in self._found if self._holds(finding)]

    @property
    def row_count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return lines as the grid draws them."""
        return [self._row(line) for line in self._lines[start:stop]]

    def findings(self, row: int) -> Sequence[Finding]:
        """Return the finding of a line, all of the rule on a rule's line, none beyond the last."""
        if not 0 <= row < len(self._lines):
            return ()
        line = self._lines[row]
        if isinstance(line, Failed):
            return ()
        return (line,) if isinstance(line, Finding) else line

    def failed(self, row: int) -> Failed | None:
        """Return the rule of a line that could not run, None on any other."""
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        return line if isinstance(line, Failed) else None

    def is_rule(self, row: int) -> bool:
        """Say whether a line is that of a rule with findings."""
        return row < len(self._lines) and not isinstance(self._lines[row], Finding | Failed)

    def title(self, finding: Finding) -> str:
        """Return the title of a finding's rule."""
        return self._titles.get(finding.check_name, finding.check_name)

    def position(self, check_name: str, finding_key: str = "") -> int | None:
        """Return the line of a finding, of its rule without a key; unfolds what hides it."""
        if finding_key and check_name in self._folded:
            self._folded.discard(check_name)
            self._arrange()
        for number, line in enumerate(self._lines):
            if isinstance(line, Failed):
                if line.place == f"{Kind.CHECK}.{check_name}":
                    return number
                continue
            first = line if isinstance(line, Finding) else line[0]
            is_it = isinstance(line, Finding) == bool(finding_key)
            if is_it and first.check_name == check_name and finding_key in ("", first.finding_key):
                return number
        return None

    def toggle_fold(self, row: int) -> int:
        """Fold or unfold the rule of a line; return the rule's line."""
        if not self.findings(row):
            return row
        name = self.findings(row)[0].check_name
        self._folded ^= {name}
        self._arrange()
        return self.position(name) or 0

    def toggle_all(self) -> None:
        """Fold every rule, or unfold all when one is folded."""
        names = {finding.check_name for finding in self._found}
        self._folded = set() if self._folded else names
        self._arrange()

    # Inside

    def _holds(self, finding: Finding) -> bool:
        texts = (self.title(finding), finding.place or "", finding.message, finding.reason or "")
        return any(self._wanted in text.casefold() for text in texts)

    def _arrange(self) -> None:
        texts = ((each, f"{each.title} {each.reason}".casefold()) for each in self._failed)
        self._lines = [each for each, text in texts if self._wanted in text]
        for name, group in groupby(self.shown, key=attrgetter("check_name")):
            # What was accepted stands beneath what is still to be looked at.
            found = sorted(group, key=attrgetter("accepted"))
            self._lines.append(found)
            if name not in self._folded or self._wanted:
                self._lines += found

    def _row(self, line: _Line) -> GridRow:
        if isinstance(line, Finding):
            return self._of_finding(line)
        return _of_failed(line) if isinstance(line, Failed) else self._of_rule(line)

    def _of_rule(self, found: Sequence[Finding]) -> GridRow:
        first = found[0]
        count = sum(not finding.accepted for finding in found)
        told = f"{SIGNS[first.severity]} {self.title(first)}  {count}"
        if count < len(found):
            told += f"  ✓ {len(found) - count}"
        is_folded = first.check_name in self._folded
        cells = [GridCell(safe_text(told)), *[GridCell("")] * (len(_COLUMNS) - 1)]
        return GridRow(cells, level=1, fold="closed" if is_folded else "open", strong=True)

    def _of_finding(self, finding: Finding) -> GridRow:
        texts = finding.texts
        place = finding.place or finding.message
        cells = [safe_text(("✓ " if finding.accepted else "") + place)]
        cells += [cut_words(safe_text(texts.get(it.name, "")), it.width) for it in self.columns[1:]]
        return GridRow([GridCell(text, quiet=finding.accepted) for text in cells], level=2)


def _of_failed(line: Failed) -> GridRow:
    told = [f"{SIGNS['error']} {safe_text(line.title)}", _("could not run")]
    cells = [GridCell(text) for text in (*told, *[""] * (len(_COLUMNS) - len(told)))]
    return GridRow(cells, level=1, strong=True)
