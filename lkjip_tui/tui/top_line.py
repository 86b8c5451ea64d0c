"""The first line of the screen: office and file, the year, when it was saved, what is wrong."""

from datetime import datetime

from textual.content import Content
from textual.widget import Widget

from lkjip_tui.core.checks.findings import SIGNS
from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.language import _
from lkjip_tui.tui.navigator import Counts


class TopLine(Widget):
    """Shows what it was told last; the end of the left side gives way."""

    DEFAULT_CSS = "TopLine { height: 1; background: $panel; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._left = self._right = Content("")

    def show(
        self, workspace: Workspace, year: int, counts: Counts, saved_at: datetime | None
    ) -> None:
        """Show these."""
        self._left = Content(" lkjip ").stylize("bold $text-accent")
        if workspace.read_only:
            label = _("read only")
            if (at := workspace.copied_at) is not None:
                from lkjip_tui.core.storage.shown_copy import when  # noqa: PLC0415 - seldom

                label = _("copy of {time}").format(time=when(at))
            self._left = self._left.append(Content(f" {label} ").stylize("bold $text-warning"))
        name = safe_text(f" {workspace.office.name} · {workspace.path.name}")
        self._left = self._left.append(name)
        self._right = Content(f"◂ {year} ▸").stylize("bold")
        if saved_at is not None:
            saved = _("saved")
            self._right = self._right.append(f"   {saved} {saved_at:%H:%M:%S}")
        for severity, sign in SIGNS.items():
            count = counts.of_severity(severity)
            if severity != "note":
                style = f"$text-{severity}" if count else "$text-muted"
                told = "…" if counts.findings is None else count
                self._right = self._right.append(Content(f"   {sign} {told}").stylize(style))
        self.refresh()

    def render(self) -> Content:
        """Return the line."""
        room = self.size.width - self._right.cell_length
        left = self._left.truncate(max(room - 1, 8), ellipsis=True)
        return left.append(" " * max(room - left.cell_length, 1)).append(self._right)
