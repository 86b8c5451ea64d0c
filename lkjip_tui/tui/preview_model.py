"""What is proposed as the preview's grid shows it: a row a change, in the width that there is.

Which row it is, its column, what is there now and what comes are all in view at once. What every
change shares is said once, in the heading.
"""

from collections.abc import Sequence
from typing import Final

from lkjip_tui.core.figures.values import NULL_SIGN, safe_text
from lkjip_tui.grid import GridCell, GridColumn, GridRow
from lkjip_tui.grid.layout import PAD, fit, width_of
from lkjip_tui.language import _, mark
from lkjip_tui.transfer.proposed import Proposed
from lkjip_tui.tui.proposal import Proposal
from lkjip_tui.tui.shortening import from_difference, shared_out, told_apart
from lkjip_tui.tui.text_model import cut_words

_HEADINGS: Final = {
    "row": mark("Row"),
    "column": mark("Column"),
    "year": mark("Year"),
    "now": mark("Now"),
    "new": mark("New"),
    "difference": mark("Difference"),
    "reason": mark("Why not"),
    "line": mark("Line"),
}
#: What is in view however narrow the screen is; the others are farther to the right then.
_ALWAYS: Final = ("row", "column", "year", "now", "new")
_ENDS: Final = ("now", "new")
_BESIDE: Final = ("difference", "reason", "line")
_BECOMES: Final = " → "
#: Changes of which the widths are measured.
_MEASURED: Final = 200
#: Up to so many cells both ends stand at the right, as figures do.
_FIGURE: Final = 24
#: Cells that a text keeps where all columns are in view, and where only those of `_ALWAYS` are.
_READABLE, _LEAST = 20, 8


class PreviewModel:
    """The changes of a proposal; a GridModel."""

    def __init__(self, proposal: Proposal) -> None:
        self._proposal = proposal
        self._names: Sequence[str] = ()
        self.columns: Sequence[GridColumn] = ()
        self.width = 0
        """The cells that the columns are laid out in; 0 before they are."""

    @property
    def row_count(self) -> int:
        """How many changes are listed."""
        return self._proposal.row_count

    @property
    def new(self) -> int:
        """The number of the column that holds what comes."""
        return self._names.index("new")

    def fit(self, width: int) -> None:
        """Lay the columns out for the changes as they are now, in so many cells."""
        self.width = width
        count = self.row_count
        sample = self._proposal.page(0, min(count, _MEASURED))
        texts = {name: [_line(each, name) for each in sample] for name in _HEADINGS}
        said = _said_once(texts) if len(sample) == count else {}
        for name in _HEADINGS:
            if name not in _ENDS and not any(texts[name]):
                said.setdefault(name, "")
        if {"row", "column"} <= said.keys():
            del said["row"]
        self._names = names = [name for name in _HEADINGS if name not in said]
        headings = {name: _(heading) for name, heading in _HEADINGS.items()}
        shared = " · ".join(filter(None, said.values()))
        headings[names[0]] = f"{shared[:1].upper()}{shared[1:]}" or headings[names[0]]

        def need(name: str) -> int:
            widest = max(map(width_of, texts[name]), default=0)
            heading = width_of(headings[name])
            return min(max(widest, min(heading, _FIGURE) if name == names[0] else heading), width)

        needs = [need(name) for name in names]
        room = width - 2 * PAD * len(names)
        widths = shared_out(needs, room, _READABLE)
        if widths is None:
            first = [at for at, name in enumerate(names) if name in _ALWAYS]
            kept = width - 2 * PAD * len(first)
            in_view = shared_out([needs[at] for at in first], kept, _LEAST)
            widths = [*(in_view or [_LEAST] * len(first)), *needs[len(first) :]]
        is_figure = max(need("now"), need("new")) <= _FIGURE
        right = {"difference", "line", *(_ENDS if is_figure else ())}
        self.columns = [
            GridColumn(name, headings[name], right=name in right, width=wide)
            for name, wide in zip(names, widths, strict=True)
        ]

    def rows(self, start: int, stop: int) -> Sequence[GridRow]:
        """Return changes as the grid draws them."""
        page = self._proposal.page(start, stop)
        widths = {column.name: column.width or 0 for column in self.columns}
        texts = {name: [_line(each, name) for each in page] for name in self._names}
        for name in ("row", "column"):
            if name in texts:
                texts[name] = told_apart(texts[name], widths[name])
        least = min(widths[name] for name in _ENDS)
        pairs = zip(texts["now"], texts["new"], strict=True)
        ends = [from_difference(now, new, least) for now, new in pairs]
        for at, name in enumerate(_ENDS):
            texts[name] = [cut_words(pair[at], widths[name]) for pair in ends]
        return [
            GridRow([
                GridCell(
                    texts[name][at],
                    mark="waiting" if each.is_refused and name == "new" else "",
                )
                for name in self._names
            ])
            for at, each in enumerate(page)
        ]  # fmt: skip


def whole(each: Proposed) -> str:
    """Return all of a change, to be read in a window of its own."""
    parts = [(_(_HEADINGS[name]), getattr(each, name)) for name in (*_ENDS, *_BESIDE)]
    told = [f"{heading}\n{text}" for heading, text in parts if text]
    return "\n\n".join([each.place, *told])


def in_a_line(each: Proposed, width: int) -> str:
    """Return both ends of a change in so many cells, from where they differ."""
    now, new = (_line(each, name) or NULL_SIGN for name in _ENDS)
    difference = f"   ({each.difference})" if each.difference else ""
    told = f"{now}{_BECOMES}{new}{difference}"
    if width_of(told) <= width:
        return told
    ends = from_difference(now, new, width // 3)
    room = shared_out([width_of(end) for end in ends], width - len(_BECOMES), 1) or (1, 1)
    cut = (fit(end, most).rstrip() for end, most in zip(ends, room, strict=True))
    return _BECOMES.join(cut)


def _line(each: Proposed, name: str) -> str:
    text: str = getattr(each, name)
    return safe_text(text.split("\n", 1)[0] if name == "reason" else text)


def _said_once(texts: dict[str, list[str]]) -> dict[str, str]:
    """Return what all changes share of where they are: of row and column one at most."""
    alike = {name: values[0] for name, values in texts.items() if len(set(values)) == 1}
    others = {"column": "row", "row": "column"}
    where = next((name for name in others if name in alike and any(texts[others[name]])), "")
    return {name: alike[name] for name in (where, "year") if name in alike}
