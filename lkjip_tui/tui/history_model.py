"""The history as the grid's models: its acts, and the changes of one act."""

from collections.abc import Callable, Iterator, Sequence
from typing import Self

from textual.content import Content

from lkjip_tui.core.acts import Act, Change
from lkjip_tui.core.changes.chronicle import Deed
from lkjip_tui.core.changes.wording import Told, Wording
from lkjip_tui.core.errors import LkjipError
from lkjip_tui.core.figures.values import safe_text
from lkjip_tui.core.workspace import Workspace
from lkjip_tui.grid import GridColumn, GridRow
from lkjip_tui.language import _
from lkjip_tui.transfer.history import label
from lkjip_tui.tui.text_model import text_cell

#: As many acts as are read unless an older one is asked for.
_ACTS = 2_000
_WHO_WIDTH = 12


class HistoryModel:
    """Acts, newest first: when, what, who. A GridModel."""

    def __init__(self, deeds: Sequence[Deed], told: Sequence[Told], wording: Wording) -> None:
        self.deeds = deeds
        self._told = told
        self._wording = wording
        people = {deed.changed_by for deed in deeds}
        widest = max(Content(safe_text(name)).cell_length for name in (_("Who"), *people))
        self.columns = [
            GridColumn("when", _("When"), width=len("2021-12-31 12:00")),
            GridColumn("what", _("What")),
            GridColumn("who", _("Who"), width=min(widest, _WHO_WIDTH)),
        ]

    @classmethod
    def read(cls, workspace: Workspace, act: int) -> Self:
        """Read the newest acts, and all back to `act` if that is given."""
        deeds = workspace.deeds(_ACTS)
        if act and deeds and deeds[-1].act_id > act:
            deeds = workspace.deeds(deeds[0].act_id - act + 1)
        wording = workspace.wording()
        return cls(deeds, [wording.told(deed.act, deed.extent) for deed in deeds], wording)

    @property
    def row_count(self) -> int:
        """How many acts there are."""
        return len(self.deeds)

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return acts as the grid draws them."""
        return [
            GridRow([
                text_cell(f"{deed.changed_at.astimezone():%Y-%m-%d %H:%M}"),
                text_cell(_what(deed, told)),
                text_cell(deed.changed_by),
            ])
            for deed, told in zip(self.deeds[start:stop], self._told[start:stop], strict=True)
        ]  # fmt: skip

    def position(self, act: int) -> int | None:
        """Return where an act stands."""
        return next((at for at, deed in enumerate(self.deeds) if deed.act_id == act), None)

    def heading(self, row: int) -> str:
        """Return an act's number, sort, time and author, and how it hangs together with others."""
        deed = self.deeds[row]
        when = f"{deed.changed_at.astimezone():%Y-%m-%d %H:%M:%S}"
        number = _("Act {number}").format(number=deed.act_id)
        return " · ".join(filter(None, (number, label(deed), when, deed.changed_by)))

    def relations(self, row: int) -> str:
        """Return by which act one is undone, or which it takes back; empty for neither."""
        return _relations(self.deeds[row])

    def whole(self, row: int) -> str:
        """Return the first changes of an act whole, and how much it changed in all."""
        deed = self.deeds[row]
        lines = [self._wording.whole(change) for change in deed.act.changes]
        if deed.count > len(lines):
            lines.append(_("{extent} in all").format(extent=deed.extent))
        return "\n".join(lines)


def _what(deed: Deed, told: Told) -> str:
    """Return an act in one line; what undid several names these, for no one change tells it."""
    return f"{label(deed)} · {_relations(deed) if deed.takes_back[1:] else told}"


def _relations(deed: Deed) -> str:
    if deed.undone_by is not None:
        return _("undone by act {number}").format(number=deed.undone_by)
    if not deed.takes_back:
        return ""
    acts = deed.takes_back
    if len(acts) == 1:
        return _("takes back act {number}").format(number=acts[0])
    return _("takes back acts {first} to {last}").format(first=acts[0], last=acts[-1])


class ChangesModel:
    """All changes of one act; `read` gives those from one to before another. A GridModel."""

    def __init__(
        self, wording: Wording, count: int, read: Callable[[int, int], Sequence[Change]]
    ) -> None:
        self._wording = wording
        self._read = read
        self.row_count = count
        self.columns = [
            GridColumn("year", _("Year"), width=len(_("every year"))),
            GridColumn("row", _("Row")),
            GridColumn("column", _("Column")),
            GridColumn("before", _("Before")),
            GridColumn("after", _("After")),
        ]

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return changes as the grid draws them."""
        try:
            return list(self._rows(self._read(start, stop)))
        except LkjipError as error:  # drawing must go on
            return [GridRow([text_cell(""), text_cell(str(error))])]

    def _rows(self, changes: Sequence[Change]) -> Iterator[GridRow]:
        for change in changes:
            told = self._wording.told(Act("", (change,)))
            texts = told.year, told.row, told.cell, told.before, told.after
            yield GridRow([text_cell(text) for text in texts])

    def whole(self, row: int) -> str:
        """Return a change whole; empty beyond the last."""
        return "\n".join(self._wording.whole(change) for change in self._read(row, row + 1))
